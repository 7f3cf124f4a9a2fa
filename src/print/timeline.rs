//! Dated statements in order: `tumen timeline`.
//!
//! A statement stands where its own date begins, or else its entry's, which is then marked; one without either is not
//! in it, and a note says how many these are. Must never make a date more exact than it was written.

use super::answer::{Answer, Ask, Form};
use super::json;
use super::sheet::{Sheet, muted};
use super::show::Page;
use crate::knowledge::{Address, Date, Item, Knowledge, StatementIx, TopicIx};
use crate::text::width::width;

/// The widest date that stands in the margin; a longer one has a line of its own.
const DATES: usize = 19;

/// A stretch of time, from the first day of one date to the last day of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// No earlier than this.
    pub from: Option<Date>,
    /// No later than this.
    pub to: Option<Date>,
}

impl Span {
    /// What is wrong with a stretch that ends before it begins.
    fn reversed(self) -> Option<String> {
        let (from, to) = (self.from?, self.to?);
        let ends_first = from.first_day().zip(to.last_day()).is_some_and(|(first, last)| last < first);
        ends_first
            .then(|| format!("from {} to {}: the end comes before the beginning", from.words(), to.words()))
    }

    /// Whether any day that `date` may mean lies in it.
    fn touches(self, date: Date) -> bool {
        let begins = self.from.and_then(Date::first_day);
        let ends = self.to.and_then(Date::last_day);
        let before = begins.zip(date.last_day()).is_some_and(|(begins, last)| last < begins);
        let after = ends.zip(date.first_day()).is_some_and(|(ends, first)| first > ends);
        !before && !after
    }
}

/// Answers with the dated statements of a topic, or of all, in a stretch of time.
pub(super) fn answer(ask: &Ask, knowledge: &Knowledge, topic: Option<&str>, span: Span) -> Answer {
    let topic = match topic.map(|name| topic_of(knowledge, name)).transpose() {
        Ok(topic) => topic,
        Err(why) => return Answer::none(Answer::SENSELESS, &why),
    };
    if let Some(why) = span.reversed() {
        return Answer::none(Answer::SENSELESS, &why);
    }
    let (dated, undated) = statements(knowledge, topic, span);
    let item = |(date, ix): &(Date, StatementIx)| json::Dated {
        record: json::Record::of(knowledge, Item::Statement(*ix)),
        date: date.to_string(),
    };
    let text = match ask.form {
        Form::Json => json::line(&json::Timeline {
            version: json::VERSION,
            total: dated.len(),
            items: dated.iter().map(item).collect(),
        }),
        Form::Text | Form::Markdown if dated.is_empty() => String::new(),
        Form::Text | Form::Markdown => text(ask, knowledge, &dated),
    };
    let mut notes = Vec::new();
    if dated.is_empty() {
        notes.push("no dated statement in this time".to_owned());
    }
    if undated > 0 {
        let (are, their) = if undated == 1 { ("statement has", "its") } else { ("statements have", "their") };
        notes.push(format!("{undated} {are} no date, nor has {their} entry"));
    }
    let status = if dated.is_empty() { Answer::NOTHING } else { Answer::FOUND };
    Answer { text, notes, status }
}

/// The statements with a date that touches `span`, in order, and how many have none.
fn statements(
    knowledge: &Knowledge,
    topic: Option<TopicIx>,
    span: Span,
) -> (Vec<(Date, StatementIx)>, usize) {
    let (mut dated, mut undated) = (Vec::new(), 0);
    for ix in (0..knowledge.statements.len()).map(StatementIx::new) {
        let statement = knowledge.statement(ix);
        let entry = knowledge.entry(statement.entry);
        if topic.is_some_and(|topic| topic != entry.topic) {
            continue;
        }
        match statement.when.or(entry.when) {
            None => undated += 1,
            Some(date) if span.touches(date) => dated.push((date, ix)),
            Some(_) => {}
        }
    }
    // What always was comes first, and of what begins together what is over first.
    dated.sort_by_key(|(date, ix)| {
        (date.first_day().unwrap_or(i32::MIN), date.last_day().unwrap_or(i32::MAX), *ix)
    });
    (dated, undated)
}

/// The topic that `name` names: its id, its title or short title, or the beginning of one.
fn topic_of(knowledge: &Knowledge, name: &str) -> Result<TopicIx, String> {
    if let Some(Item::Topic(ix)) = knowledge.ids.get(name) {
        return Ok(ix);
    }
    let wanted = name.to_lowercase();
    let starts = |ix: &TopicIx| {
        let topic = knowledge.topic(*ix);
        let names = [knowledge.ids.name(Item::Topic(*ix)), &topic.title, &topic.short];
        names.iter().any(|own| own.to_lowercase().starts_with(&wanted))
    };
    let mut found = knowledge.topic_ixs().filter(starts);
    match (found.next(), found.next()) {
        (Some(ix), None) => Ok(ix),
        (Some(_), Some(_)) => {
            Err(format!("`{name}` begins the names of several topics; {}", there_are(knowledge)))
        }
        (None, _) => Err(format!("no topic is called `{name}`; {}", there_are(knowledge))),
    }
}

fn there_are(knowledge: &Knowledge) -> String {
    let ids: Vec<&str> = knowledge.topic_ixs().map(|ix| knowledge.ids.name(Item::Topic(ix))).collect();
    format!("there are {}", ids.join(", "))
}

fn text(ask: &Ask, knowledge: &Knowledge, dated: &[(Date, StatementIx)]) -> String {
    let mut sheet = Sheet::new(ask.paper);
    let mut page = Page { knowledge, sheet: &mut sheet, cited: Vec::new() };
    let own = |ix: StatementIx| knowledge.statement(ix).when.is_some();
    // A date in brackets is the entry's.
    let label = |(date, ix): &(Date, StatementIx)| {
        if own(*ix) { date.words() } else { format!("({})", date.words()) }
    };
    let cells = dated.iter().map(|row| width(&label(row))).filter(|cells| *cells <= DATES);
    let margin = cells.max().unwrap_or(0) + 2;
    let dot = ask.paper.dot();
    for row in dated {
        let address = knowledge.address_text(Address::Statement(row.1));
        page.dated(row.1, margin, label(row), &muted(format!("{dot}{address}")));
    }
    page.sources();
    if dated.iter().any(|(_, ix)| !own(*ix)) {
        sheet.paragraph(
            0,
            &[muted("A date in brackets is that of the entry: the statement has none of its own.")],
        );
    }
    sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vague_date_is_in_every_time_that_it_may_mean() {
        let date = |text: &str| text.parse::<Date>().ok();
        for (own, from, to, expected) in [
            ("1961", "", "", true),
            ("1961", "1961-07", "", true),
            ("1961", "1962", "", false),
            ("1961", "", "1960", false),
            ("196X", "1969", "1971", true),
            ("1995/..", "2024", "", true),
            ("1995/..", "", "1994", false),
            ("../1945", "1945", "", true),
            ("1950/1953", "1951", "1951", true),
        ] {
            let span = Span { from: date(from), to: date(to) };
            assert_eq!(date(own).map(|own| span.touches(own)), Some(expected), "{own} in {from} to {to}");
        }
    }
}
