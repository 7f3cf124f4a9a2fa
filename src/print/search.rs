//! What a query finds: `tumen search`.
//!
//! Must never show a hit without its address, nor a statement without its standing.

use super::answer::{Answer, Ask, Form};
use super::json;
use super::sheet::{Ink, Sheet, marked, muted, plain};
use super::show::Page;
use crate::knowledge::{Address, Date, Knowledge};
use crate::search::{Advice, Hit, Hits, Index, Query, marks};
use crate::text::clean::clean;

/// Answers with the best hits of a query, at most so many.
pub(super) fn answer(
    ask: &Ask,
    knowledge: &Knowledge,
    index: &Index,
    (typed, limit): (&str, usize),
) -> Answer {
    let query = Query::parse(typed).finished();
    let hits = index.search(knowledge, &query, limit);
    let query = query.understood(&hits);
    let text = match ask.form {
        Form::Json => json::line(&json::Search::new(knowledge, typed, &hits)),
        Form::Text | Form::Markdown if hits.rows.is_empty() => String::new(),
        Form::Text | Form::Markdown => text(ask, knowledge, &query, &hits),
    };
    // What is near in meaning alone is shown, and is not found.
    let status = if hits.total == hits.near { Answer::NOTHING } else { Answer::FOUND };
    let advice = if hits.total == 0 { index.advice(knowledge, &query) } else { Vec::new() };
    Answer { text, notes: notes(typed, &hits, &advice), status }
}

/// What is to be known about the answer that is no part of it.
fn notes(typed: &str, hits: &Hits, advice: &[Advice]) -> Vec<String> {
    let mut notes = hits.notes.clone();
    notes.extend(hits.corrected.iter().map(|(wrong, meant)| format!("no `{wrong}`; showing `{meant}`")));
    if hits.total == hits.near {
        notes.push(format!("nothing found for `{typed}`"));
        notes.extend(advice.iter().map(Advice::words).map(|(about, what)| about + &what));
    } else if hits.rows.len() < hits.total {
        notes.push(format!("the best {} of {} hits; -n shows more", hits.rows.len(), hits.total));
    }
    notes.iter().map(|note| clean(note).into_owned()).collect()
}

fn text(ask: &Ask, knowledge: &Knowledge, query: &Query, hits: &Hits) -> String {
    let mut sheet = Sheet::new(ask.paper);
    let mut page = Page { knowledge, sheet: &mut sheet, cited: Vec::new() };
    let ids = hits.rows.iter().filter_map(|hit| match hit.address {
        Address::Statement(ix) => Some(ix),
        _ => None,
    });
    let margin = page.margin(ids);
    for hit in &hits.rows {
        row(&mut page, query, hit, margin);
    }
    page.sources();
    sheet.finish()
}

/// A hit. What is no statement has no id that a reader would cite: there, the margin stays empty.
fn row(page: &mut Page<'_, '_>, query: &Query, hit: &Hit, margin: usize) {
    let knowledge = page.knowledge;
    let dot = page.sheet.paper().dot();
    let near = match (hit.near, page.sheet.paper().ascii) {
        (false, _) => "",
        (true, false) => "≈ near in meaning · ",
        (true, true) => "~ near in meaning - ",
    };
    let more = if hit.more > 0 { format!(" and {} more there", hit.more) } else { String::new() };
    let address = muted(format!("{dot}{near}{}{more}", knowledge.address_text(hit.address)));
    let found = |text: &'_ str| marks(query, text);
    let (kind, when, text) = match hit.address {
        Address::Statement(ix) => {
            let text = &*knowledge.statement(ix).text.plain;
            page.statement_of(ix, margin, &marked(text, &found(text), Ink::Plain), &address);
            return;
        }
        Address::Entry(ix) => {
            let entry = knowledge.entry(ix);
            ("entry", entry.when.map(Date::words), &*knowledge.topic(entry.topic).title)
        }
        Address::Topic(ix) => ("topic", None, &*knowledge.topic(ix).summary.plain),
        Address::Entity(ix) => {
            let entity = knowledge.entity(ix);
            (entity.kind.word(), entity.lifetime(), &*entity.summary.plain)
        }
    };
    let title = knowledge.name(hit.address);
    page.sheet.blank();
    page.sheet.paragraph(margin, &marked(title, &found(title), Ink::Strong));
    if !text.is_empty() {
        page.sheet.paragraph(margin, &marked(text, &found(text), Ink::Plain));
    }
    let when = when.map(|when| format!("{dot}{when}")).unwrap_or_default();
    page.sheet.paragraph(margin, &[plain(kind), muted(when), address]);
}
