//! What is taken along of a place: its text, its text with what it rests on, its address, or the same for programs.
//!
//! A citation stands on its own: whoever finds it in a mail knows who says so, who denies it, when, and on what it
//! rests. Must never hold what could drive the terminal that it is pasted into: every text passes through [`clean`].

use std::fmt::Write;

use super::{json, show};
use crate::app::Form;
use crate::knowledge::{Address, EntityIx, Item, Knowledge, SourceIx, StatementIx, Text, TopicIx};
use crate::text::clean::clean;
use crate::text::lay::{Bit, Signs, lay};

/// What is taken along of `address`, without a line feed at its end.
pub fn copied(knowledge: &Knowledge, form: Form, address: Address) -> String {
    match form {
        Form::Text => text(knowledge, address),
        Form::Citation => format!("{}\n{}", cited(knowledge, address), whence(knowledge, address)),
        Form::Address => knowledge.address_text(address),
        Form::Json => {
            let item = json::Item::of(knowledge, address.item());
            json::line(&json::Show { version: json::VERSION, item }).trim_end().to_owned()
        }
    }
}

/// What is read, paragraph by paragraph.
fn text(knowledge: &Knowledge, address: Address) -> String {
    let paragraphs = match address {
        Address::Statement(ix) => vec![passage(&knowledge.statement(ix).text)],
        Address::Entry(ix) => {
            let statements = knowledge.statements_of(ix);
            let texts = statements.map(|ix| passage(&knowledge.statement(ix).text));
            std::iter::once(line(&knowledge.entry(ix).title)).chain(texts).collect()
        }
        Address::Topic(ix) => topic(knowledge, ix),
        Address::Entity(ix) => entity(knowledge, ix),
    };
    paragraphs.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn line(text: &str) -> String {
    clean(text).into_owned()
}

/// A text in its blocks, a line each, as plain mail has them, with addresses behind the words that lead there.
fn passage(text: &Text) -> String {
    let text = text.with_addresses();
    let blocks = text.blocks();
    if blocks.is_empty() {
        return line(&text.plain);
    }
    let written = |bit: &Bit| match bit {
        Bit::Words(range) | Bit::Strong(range) => line(text.plain.get(range.clone()).unwrap_or_default()),
        Bit::Sign(sign) => sign.clone(),
    };
    let lines = lay(&text.plain, &blocks, usize::MAX, Signs::Ascii);
    lines.iter().map(|bits| bits.iter().map(written).collect::<String>()).collect::<Vec<_>>().join("\n")
}

/// Title, summary, and the titles of its entries.
fn topic(knowledge: &Knowledge, ix: TopicIx) -> Vec<String> {
    let topic = knowledge.topic(ix);
    let titles: Vec<String> =
        knowledge.entries_of(ix).map(|ix| format!("- {}", line(&knowledge.entry(ix).title))).collect();
    vec![line(&topic.title), passage(&topic.summary), titles.join("\n")]
}

/// Names, kind and summary.
fn entity(knowledge: &Knowledge, ix: EntityIx) -> Vec<String> {
    let entity = knowledge.entity(ix);
    let names = entity.native.iter().chain(&entity.aliases).map(|name| line(name)).collect::<Vec<_>>();
    let also = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
    let when = entity.lifetime().map_or(String::new(), |when| format!(", {when}"));
    let head = format!("{}{also}: {}{when}", line(&entity.name), entity.kind.word());
    vec![head, passage(&entity.summary)]
}

/// The text, each statement followed by how well it stands and on what it rests.
fn cited(knowledge: &Knowledge, address: Address) -> String {
    let statement = |ix: StatementIx| {
        format!("{}\n[{}]", passage(&knowledge.statement(ix).text), standing(knowledge, ix))
    };
    match address {
        // Many a statement says "it" of what the title names.
        Address::Statement(ix) => {
            let title = line(&knowledge.entry(knowledge.statement(ix).entry).title);
            format!("{title}\n{}", statement(ix))
        }
        Address::Entry(ix) => {
            let entry = knowledge.entry(ix);
            let when = entry.when.map_or(String::new(), |when| format!(" ({})", when.words()));
            let head = format!("{}{when}", line(&entry.title));
            let statements = knowledge.statements_of(ix).map(statement);
            std::iter::once(head).chain(statements).collect::<Vec<_>>().join("\n\n")
        }
        Address::Entity(ix) => {
            let sources = sources(knowledge, &knowledge.entity(ix).sources);
            format!("{}{}", text(knowledge, address), sources.map_or(String::new(), |it| format!("\n[{it}]")))
        }
        Address::Topic(_) => text(knowledge, address),
    }
}

/// "T1, alleged by A, denied by B and C; September 2023; source: D".
fn standing(knowledge: &Knowledge, ix: StatementIx) -> String {
    let statement = knowledge.statement(ix);
    let id = knowledge.ids.name(Item::Statement(ix));
    let mut words = format!("{id}, {}", statement.standing.kind().word());
    // Writing into a string cannot fail.
    if let Some(by) = parties(knowledge, statement.standing.by()) {
        let _ = write!(words, " by {by}");
    }
    if let Some(by) = parties(knowledge, statement.standing.denied_by()) {
        let _ = write!(words, ", denied by {by}");
    }
    if let Some(when) = statement.when {
        let _ = write!(words, "; {}", when.words());
    }
    if let Some(sources) = sources(knowledge, &statement.sources) {
        let _ = write!(words, "; {sources}");
    }
    words
}

/// "A, B and C"; `None` of nobody.
fn parties(knowledge: &Knowledge, parties: &[EntityIx]) -> Option<String> {
    (!parties.is_empty()).then(|| line(&show::parties(knowledge, parties)))
}

/// "source: A" or "sources: A; B"; `None` of none.
fn sources(knowledge: &Knowledge, sources: &[SourceIx]) -> Option<String> {
    let told = |ix: &SourceIx| {
        let source = knowledge.source(*ix);
        let url = source.url.as_deref().map_or(String::new(), |url| format!(" <{url}>"));
        format!("{}{}", line(&source.title), line(&url))
    };
    let titles: Vec<String> = sources.iter().map(told).collect();
    let word = if titles.len() == 1 { "source" } else { "sources" };
    (!titles.is_empty()).then(|| format!("{word}: {}", titles.join("; ")))
}

/// The dossier, the day of what it knows, and the address.
fn whence(knowledge: &Knowledge, address: Address) -> String {
    let as_of = knowledge.as_of.map_or(String::new(), |date| format!(", as of {}", date.words()));
    format!("From \"{}\"{as_of}: {}", line(&knowledge.title), knowledge.address_text(address))
}
