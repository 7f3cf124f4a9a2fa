//! The dossier as plain text, where there is no terminal to draw on.
//!
//! Must never print what could drive a terminal: every text passes through [`clean`], also those that were cleaned
//! when the file was read.

use std::fmt::Write;

use crate::knowledge::{Date, EntryIx, Knowledge, TopicIx};
use crate::text::clean::clean;
use crate::text::width::width;
use crate::text::wrap::wrap;

/// Columns before an entry's title: its date stands there.
const DATE: usize = 14;

/// What the dossier holds, in lines of at most `columns` cells: title, topics, entries with date and number of
/// statements, and how to go on.
pub fn overview(knowledge: &Knowledge, columns: usize) -> String {
    let mut out = contents(knowledge, columns);
    out.push('\n');
    paragraph("Run `tumen` in a terminal to read it; `tumen --help` says more.", 0, columns, &mut out);
    out
}

/// The same without how to read it.
pub fn contents(knowledge: &Knowledge, columns: usize) -> String {
    let mut out = String::new();
    paragraph(&knowledge.title, 0, columns, &mut out);
    if !knowledge.subtitle.is_empty() {
        paragraph(&knowledge.subtitle, 0, columns, &mut out);
    }
    if let Some(date) = knowledge.as_of {
        paragraph(&format!("As of {}", date.words()), 0, columns, &mut out);
    }
    for topic in knowledge.topic_ixs() {
        out.push('\n');
        topic_lines(knowledge, topic, columns, &mut out);
    }
    out
}

fn topic_lines(knowledge: &Knowledge, topic: TopicIx, columns: usize, out: &mut String) {
    paragraph(&knowledge.topic(topic).title, 0, columns, out);
    let summary = &knowledge.topic(topic).summary.plain;
    if !summary.is_empty() {
        paragraph(summary, 2, columns, out);
    }
    for entry in knowledge.entries_of(topic) {
        entry_lines(knowledge, entry, columns, out);
    }
}

fn entry_lines(knowledge: &Knowledge, ix: EntryIx, columns: usize, out: &mut String) {
    let entry = knowledge.entry(ix);
    let date = entry.when.map(Date::brief).unwrap_or_default();
    let gap = (DATE - 2).saturating_sub(width(&date));
    let count = entry.statements.len();
    let statements = if count == 1 { "1 statement".to_owned() } else { format!("{count} statements") };
    let start = out.len();
    paragraph(&format!("{} ({statements})", entry.title), DATE, columns, out);
    // The date stands in the room that the paragraph left.
    let label = format!("  {date}{:gap$}", "");
    out.replace_range(start..start + DATE, label.get(..).unwrap_or_default());
}

/// One text, wrapped, `indent` cells from the left.
fn paragraph(text: &str, indent: usize, columns: usize, out: &mut String) {
    let text = clean(text);
    for line in wrap(&text, columns.saturating_sub(indent)) {
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{:indent$}{}", "", text.get(line).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{Entry, Few, Text, Topic};

    fn knowledge(title: &str) -> Knowledge {
        let entry = |title: &str, when: &str, count| Entry {
            topic: TopicIx(0),
            title: title.into(),
            when: when.parse().ok(),
            tags: Few::default(),
            aliases: Few::default(),
            see: Few::default(),
            statements: 0..count,
        };
        Knowledge {
            title: title.into(),
            subtitle: "Two neighbours".into(),
            as_of: "2024-01".parse().ok(),
            topics: vec![Topic {
                title: "History".into(),
                short: "History".into(),
                summary: Text { plain: "How it began.".into(), marks: Few::default() },
                entries: 0..2,
            }],
            entries: vec![entry("The treaty of friendship", "1961/1995", 1), entry("Later", "", 12)],
            ..Knowledge::default()
        }
    }

    #[test]
    fn titles_dates_and_numbers() {
        let expected = "\
North Korea and Russia
Two neighbours
As of January 2024

History
  How it began.
  1961–95     The treaty of
              friendship (1
              statement)
              Later (12
              statements)

Run `tumen` in a terminal to
read it; `tumen --help` says
more.
";
        assert_eq!(overview(&knowledge("North Korea and Russia"), 30), expected);
    }

    #[test]
    fn nothing_drives_the_terminal_and_no_width_fails() {
        for columns in [0, 1, 5, 80] {
            let text = overview(&knowledge("a\u{1b}[31m\u{202e}b"), columns);
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
        }
    }
}
