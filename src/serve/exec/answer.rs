//! What each command answers, as text. Must never print what could drive a terminal.

use std::fmt::Write;

use crate::app::Library;
use crate::knowledge::{Address, Item, Knowledge, StatementIx, TopicIx};
use crate::search::Query;
use crate::text::clean::clean;
use crate::text::width::width;
use crate::text::wrap::wrap;

/// Hits that are printed.
const HITS: usize = 20;
/// Cells of a date in a timeline, and the gap behind it.
const DATE: usize = 18;

const HELP: &str = "\
Commands, which answer without a terminal:
  search WORDS…   what is found, best first
  show ID         a statement, an entry, a name or a topic: show H25
  timeline        what is dated, in order
  help            this

Without a command, and with a terminal, `ssh HOST` opens the dossier.
";

/// What a command gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Answer {
    /// For standard output.
    pub(super) out: String,
    /// For standard error.
    pub(super) complaint: String,
    /// 0 found, 1 nothing found, 2 could not run.
    pub(super) status: u8,
}

impl Answer {
    /// The command cannot be run, and why.
    pub(super) fn wrong(message: &str) -> Self {
        let complaint = format!("tumen: {}; `help` names the commands\n", clean(message));
        Self { out: String::new(), complaint, status: super::COULD_NOT_RUN }
    }

    fn found(out: String) -> Self {
        Self { out, ..Self::default() }
    }

    fn nothing(complaint: &str) -> Self {
        Self { out: String::new(), complaint: format!("tumen: {}\n", clean(complaint)), status: 1 }
    }
}

/// Answers a command for a terminal of so many columns.
pub(super) fn answer(words: &[String], columns: usize, library: &Library) -> Answer {
    let Some((command, rest)) = words.split_first() else { return Answer::found(HELP.to_owned()) };
    match (command.as_str(), rest) {
        ("help" | "--help" | "-h", _) => Answer::found(HELP.to_owned()),
        ("search", []) => Answer::wrong("search for what?"),
        ("search", words) => search(&words.join(" "), columns, library),
        ("show", [address]) => show(address, columns, &library.knowledge),
        ("show", _) => Answer::wrong("show takes one address, such as H25"),
        ("timeline", []) => timeline(columns, &library.knowledge),
        ("timeline", _) => Answer::wrong("timeline takes nothing more"),
        (other, _) => Answer::wrong(&format!("there is no command `{other}` here")),
    }
}

fn search(text: &str, columns: usize, library: &Library) -> Answer {
    let Some(index) = &library.index else { return Answer::wrong("nothing can be searched yet") };
    let knowledge = &library.knowledge;
    let hits = index.search(knowledge, &Query::parse(text), HITS);
    let mut out = String::new();
    for hit in &hits.rows {
        place(hit.address, columns, knowledge, &mut out);
    }
    if out.is_empty() { Answer::nothing(&format!("nothing found for {text}")) } else { Answer::found(out) }
}

fn show(text: &str, columns: usize, knowledge: &Knowledge) -> Answer {
    let address = match knowledge.address(text) {
        Ok(address) => address,
        Err(error) => return Answer::nothing(&error.to_string()),
    };
    let mut out = String::new();
    match address {
        Address::Entry(ix) => {
            line(&knowledge.entry(ix).title, 0, columns, &mut out);
            knowledge.statements_of(ix).for_each(|ix| statement(ix, columns, knowledge, &mut out));
        }
        Address::Topic(ix) => topic(ix, columns, knowledge, &mut out),
        other => place(other, columns, knowledge, &mut out),
    }
    Answer::found(out)
}

fn timeline(columns: usize, knowledge: &Knowledge) -> Answer {
    let mut dated: Vec<_> = knowledge
        .topic_ixs()
        .flat_map(|topic| knowledge.entries_of(topic))
        .flat_map(|entry| knowledge.statements_of(entry))
        .filter_map(|ix| Some((knowledge.statement(ix).when?, ix)))
        .collect();
    dated.sort_by_key(|(when, ix)| (when.first_day(), *ix));
    let mut out = String::new();
    for (when, ix) in dated {
        let date = when.brief();
        let gap = DATE.saturating_sub(width(&date)).max(1);
        let text = &knowledge.statement(ix).text.plain;
        let from = out.len();
        line(&format!("{text} [{}]", knowledge.ids.name(Item::Statement(ix))), DATE, columns, &mut out);
        // The date stands in the room that the first line leaves.
        out.replace_range(from..from + DATE, &format!("{date}{:gap$}", ""));
    }
    if out.is_empty() { Answer::nothing("nothing here is dated") } else { Answer::found(out) }
}

/// One place in a few lines: what it is called, and what it says.
fn place(address: Address, columns: usize, knowledge: &Knowledge, out: &mut String) {
    match address {
        Address::Statement(ix) => statement(ix, columns, knowledge, out),
        Address::Entity(ix) => {
            let entity = knowledge.entity(ix);
            line(&format!("{}  {}", knowledge.address_text(address), entity.name), 0, columns, out);
            line(&entity.summary.plain, 2, columns, out);
        }
        Address::Entry(_) | Address::Topic(_) => {
            line(
                &format!("{}  {}", knowledge.address_text(address), knowledge.name(address)),
                0,
                columns,
                out,
            );
        }
    }
}

fn statement(ix: StatementIx, columns: usize, knowledge: &Knowledge, out: &mut String) {
    let statement = knowledge.statement(ix);
    let mut head =
        format!("{}  {}", knowledge.address_text(Address::Statement(ix)), statement.standing.kind().word());
    let names = |list: &[crate::knowledge::EntityIx]| {
        list.iter().map(|ix| &*knowledge.entity(*ix).name).collect::<Vec<_>>().join(", ")
    };
    if !statement.standing.by().is_empty() {
        // Writing into a string cannot fail.
        let _ = write!(head, " by {}", names(statement.standing.by()));
    }
    if !statement.standing.denied_by().is_empty() {
        let _ = write!(head, ", denied by {}", names(statement.standing.denied_by()));
    }
    line(&head, 0, columns, out);
    line(&statement.text.plain, 2, columns, out);
}

fn topic(ix: TopicIx, columns: usize, knowledge: &Knowledge, out: &mut String) {
    let topic = knowledge.topic(ix);
    line(&topic.title, 0, columns, out);
    line(&topic.summary.plain, 2, columns, out);
    for entry in knowledge.entries_of(ix) {
        place(Address::Entry(entry), columns, knowledge, out);
    }
}

/// One text, wrapped, `indent` cells from the left.
fn line(text: &str, indent: usize, columns: usize, out: &mut String) {
    let text = clean(text);
    for line in wrap(&text, columns.saturating_sub(indent).max(10)) {
        let _ = writeln!(out, "{:indent$}{}", "", text.get(line).unwrap_or_default());
    }
}
