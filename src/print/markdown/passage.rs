//! A text of several blocks in Markdown again: lists, quotations, tables and code as they were written.
//!
//! Must never let a word of the file become markup: all but code passes through [`super::escape`].

use super::text;
use crate::knowledge::{Address, Text};
use crate::text::blocks::{Form, Node};
use crate::text::clean::clean;

/// Where addresses lead.
type Link<'a> = &'a dyn Fn(Address) -> Option<String>;

/// The lines of a text, without blanks before them; one if it is a paragraph. `lead` stands before its first word, and
/// `tail` behind its last.
pub(in crate::print) fn lines(of: &Text, link: Link<'_>, lead: &str, tail: &str) -> Vec<String> {
    let blocks = of.blocks();
    if blocks.is_empty() {
        return vec![format!("{lead}{}{tail}", text(of, link))];
    }
    let writer = Writer { of, link };
    let mut lines = writer.all(&blocks);
    // What stands before or behind a text is a paragraph of its own, unless the text begins or ends with one.
    let is_words = |node: Option<&Node>| node.is_some_and(|node| node.form == Form::Paragraph);
    if !lead.is_empty() {
        if is_words(blocks.first()) {
            lines.iter_mut().take(1).for_each(|line| line.insert_str(0, lead));
        } else {
            lines.splice(0..0, [lead.trim_end().to_owned(), String::new()]);
        }
    }
    if !tail.is_empty() {
        if is_words(blocks.last()) {
            lines.iter_mut().rev().take(1).for_each(|line| line.push_str(tail));
        } else {
            lines.extend([String::new(), tail.trim_start().to_owned()]);
        }
    }
    lines
}

#[derive(Clone, Copy)]
struct Writer<'a> {
    of: &'a Text,
    link: Link<'a>,
}

impl Writer<'_> {
    fn all(self, nodes: &[Node]) -> Vec<String> {
        let (mut lines, mut other) = (Vec::new(), false);
        for (at, node) in nodes.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| nodes.get(before)).map(|node| node.form);
            if before.is_some() {
                lines.push(String::new());
            }
            // Two lists in a row would be one: the second one has other signs.
            other = is_list(node.form) && before.is_some_and(is_list) && !other;
            lines.extend(self.one(node, other));
        }
        lines
    }

    fn one(self, node: &Node, other: bool) -> Vec<String> {
        match node.form {
            Form::Paragraph | Form::Cell | Form::Line(_) | Form::Break => self.words(node),
            Form::Heading(level) => {
                vec![format!("{} {}", "#".repeat(level.into()), self.words(node).join(" "))]
            }
            Form::Quote => prefixed(self.all(&node.inner), "> ", "> "),
            Form::Bullets => {
                let sign = if other { "* " } else { "- " };
                node.inner.iter().flat_map(|item| self.item(item, sign)).collect()
            }
            Form::Numbers(first) => {
                let sign = if other { ')' } else { '.' };
                let items = node.inner.iter().zip(u64::from(first)..);
                items.flat_map(|(item, number)| self.item(item, &format!("{number}{sign} "))).collect()
            }
            Form::Code => self.code(node),
            Form::Rule => vec!["---".to_owned()],
            Form::Table => self.table(node),
            Form::Item | Form::Head | Form::Row | Form::Note => self.all(&node.inner),
        }
    }

    /// Words, a line each up to the breaks between them.
    fn words(self, node: &Node) -> Vec<String> {
        let last = node.lines.len().saturating_sub(1);
        let line = |(at, range): (usize, &std::ops::Range<usize>)| {
            let words = text(&self.of.part(range), self.link);
            if at < last { words + "\\" } else { words }
        };
        node.lines.iter().enumerate().map(line).collect()
    }

    fn item(self, item: &Node, sign: &str) -> Vec<String> {
        let mut lines = self.all(&item.inner);
        if lines.is_empty() {
            lines.push(String::new());
        }
        prefixed(lines, sign, &" ".repeat(sign.len()))
    }

    fn code(self, code: &Node) -> Vec<String> {
        let line = |line: &Node| {
            let blanks = if let Form::Line(blanks) = line.form { blanks as usize } else { 0 };
            let words =
                line.lines.first().and_then(|range| self.of.plain.get(range.clone())).unwrap_or_default();
            format!("{}{}", " ".repeat(blanks), clean(words))
        };
        let lines: Vec<String> = code.inner.iter().map(line).collect();
        // Longer than any row of the sign in it.
        let run = |line: &String| line.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(lines.iter().map(run).max().unwrap_or_default().max(2) + 1);
        std::iter::once(fence.clone()).chain(lines).chain([fence]).collect()
    }

    fn table(self, table: &Node) -> Vec<String> {
        let columns = table.inner.iter().map(|row| row.inner.len()).max().unwrap_or_default();
        let row = |row: &Node| {
            let cells = (0..columns)
                .map(|at| row.inner.get(at).map_or_else(String::new, |cell| self.words(cell).join(" ")));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut lines = Vec::new();
        for node in &table.inner {
            lines.push(row(node));
            if node.form == Form::Head {
                lines.push(format!("|{}", "---|".repeat(columns)));
            }
        }
        lines
    }
}

const fn is_list(form: Form) -> bool {
    matches!(form, Form::Bullets | Form::Numbers(_))
}

/// Lines with `first` before the first of them and `rest` before the others, and no blanks at their ends.
pub(super) fn prefixed(lines: Vec<String>, first: &str, rest: &str) -> Vec<String> {
    let line = |(at, line): (usize, String)| {
        let sign = if at == 0 { first } else { rest };
        if line.is_empty() { sign.trim_end().to_owned() } else { format!("{sign}{line}") }
    };
    lines.into_iter().enumerate().map(line).collect()
}
