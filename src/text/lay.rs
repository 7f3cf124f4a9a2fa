//! Lays a text of several blocks out in lines: lists with their signs, tables in columns, code as it is indented.
//!
//! What comes back says which bytes of the text stand where, and what stands between them. Must never leave out a word:
//! where there is no room for columns or signs, the words stand one below the other.

use std::ops::Range;

use super::blocks::{Form, Node};
use super::width::width;
use super::wrap::wrap;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bit {
    /// Words: bytes of the text.
    Words(Range<usize>),
    /// Words that stand out: a heading, the name of a column.
    Strong(Range<usize>),
    /// What the text does not hold: the sign of an item, blanks, a rule.
    Sign(String),
}

/// One line, from left to right.
pub type Line = Vec<Bit>;

/// Signs of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// `•`, `│`, `─`
    Unicode,
    /// `-`, `>`, `-`: those of plain mail.
    Ascii,
}

/// Cells that the words beside a sign need at least; where they have less, the sign goes.
const LEAST: usize = 4;
/// Cells of a column at least; where they have less, a table is told row by row.
const COLUMN: usize = 6;
/// Cells between two columns.
const GAP: usize = 2;
/// Cells of a rule at most.
const RULE: usize = 20;
/// Cells by which code is set in.
const CODE: usize = 2;

/// The lines of `nodes`, which are blocks of `plain`, in `cells` at most. Only a grapheme that is wider makes a wider
/// line. An empty line stands between blocks that are no list of something.
pub fn lay(plain: &str, nodes: &[Node], cells: usize, signs: Signs) -> Vec<Line> {
    Layout { plain, signs }.all(nodes, cells.max(1))
}

#[derive(Clone, Copy)]
struct Layout<'a> {
    plain: &'a str,
    signs: Signs,
}

impl Layout<'_> {
    fn all(self, nodes: &[Node], cells: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| nodes.get(before));
            if before.is_some_and(|before| is_apart(before.form, node.form)) {
                lines.push(Line::new());
            }
            lines.extend(self.one(node, cells));
        }
        lines
    }

    fn one(self, node: &Node, cells: usize) -> Vec<Line> {
        match node.form {
            Form::Paragraph | Form::Cell | Form::Break => self.words(node, cells, Bit::Words),
            Form::Heading(_) => self.words(node, cells, Bit::Strong),
            Form::Quote => {
                let sign = self.sign("│ ", "> ");
                beside(sign, sign, cells, |cells| self.all(&node.inner, cells))
            }
            Form::Bullets => {
                let items = node.inner.iter();
                items.flat_map(|item| self.item(item, self.sign("• ", "- "), cells)).collect()
            }
            Form::Numbers(first) => self.numbers(node, first, cells),
            Form::Code => {
                let set_in = " ".repeat(CODE);
                beside(&set_in, &set_in, cells, |cells| self.all(&node.inner, cells))
            }
            Form::Line(blanks) => {
                // Blanks are worth no more than half of a line.
                let set_in = " ".repeat((blanks as usize).min(cells / 2));
                beside(&set_in, &set_in, cells, |cells| self.words(node, cells, Bit::Words))
            }
            Form::Rule => vec![vec![Bit::Sign(self.sign("─", "-").repeat(cells.min(RULE)))]],
            Form::Table => self.table(node, cells),
            Form::Item | Form::Head | Form::Row | Form::Note => self.all(&node.inner, cells),
        }
    }

    fn sign<'s>(self, unicode: &'s str, ascii: &'s str) -> &'s str {
        if self.signs == Signs::Unicode { unicode } else { ascii }
    }

    /// Words in lines.
    fn words(self, node: &Node, cells: usize, bit: impl Fn(Range<usize>) -> Bit) -> Vec<Line> {
        let wrapped = |range: &Range<usize>| -> Vec<Range<usize>> {
            let words = self.plain.get(range.clone()).unwrap_or_default();
            wrap(words, cells)
                .into_iter()
                .map(|line| range.start + line.start..range.start + line.end)
                .collect()
        };
        node.lines
            .iter()
            .flat_map(wrapped)
            .map(|line| if line.is_empty() { Line::new() } else { vec![bit(line)] })
            .collect()
    }

    fn item(self, item: &Node, sign: &str, cells: usize) -> Vec<Line> {
        beside(sign, &" ".repeat(width(sign)), cells, |cells| self.all(&item.inner, cells))
    }

    /// Numbers end in one column.
    fn numbers(self, list: &Node, first: u32, cells: usize) -> Vec<Line> {
        let number = |at: usize| u64::from(first) + at as u64;
        let digits = number(list.inner.len().saturating_sub(1)).to_string().len();
        let items = list.inner.iter().enumerate();
        items.flat_map(|(at, item)| self.item(item, &format!("{:>digits$}. ", number(at)), cells)).collect()
    }

    fn table(self, table: &Node, cells: usize) -> Vec<Line> {
        let count = table.inner.iter().map(|row| row.inner.len()).max().unwrap_or_default();
        let longest = |column: usize| {
            let words = |row: &Node| row.inner.get(column).map_or(0, |cell| self.cells(cell));
            table.inner.iter().map(words).max().unwrap_or_default().max(1)
        };
        let needs: Vec<usize> = (0..count).map(longest).collect();
        let gaps = GAP * count.saturating_sub(1);
        let fits = needs.iter().sum::<usize>() + gaps <= cells;
        if count == 0 || !(fits || count * COLUMN + gaps <= cells) {
            return self.records(table, cells);
        }
        let widths = shared(&needs, cells.saturating_sub(gaps));
        let mut lines = Vec::new();
        for row in &table.inner {
            let is_head = row.form == Form::Head;
            lines.extend(self.row(row, &widths, is_head));
            if is_head {
                let rules = widths.iter().map(|cells| self.sign("─", "-").repeat((*cells).max(1)));
                lines.push(vec![Bit::Sign(rules.collect::<Vec<_>>().join(&" ".repeat(GAP)))]);
            }
        }
        lines
    }

    /// Cells that the longest line of a cell takes.
    fn cells(self, cell: &Node) -> usize {
        cell.lines
            .iter()
            .map(|line| width(self.plain.get(line.clone()).unwrap_or_default()))
            .max()
            .unwrap_or_default()
    }

    /// A row: its cells side by side, each in its column.
    fn row(self, row: &Node, widths: &[usize], is_head: bool) -> Vec<Line> {
        let bit = |range| if is_head { Bit::Strong(range) } else { Bit::Words(range) };
        let columns: Vec<Vec<Line>> =
            row.inner.iter().zip(widths).map(|(cell, cells)| self.words(cell, *cells, bit)).collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or_default();
        let mut lines = Vec::new();
        for at in 0..height {
            let mut line = Line::new();
            let mut owed = 0;
            for (column, cells) in columns.iter().zip(widths) {
                let bits = column.get(at).map(Vec::as_slice).unwrap_or_default();
                let taken = bits.iter().map(|bit| self.width(bit)).sum::<usize>();
                if taken > 0 {
                    if owed > 0 {
                        line.push(Bit::Sign(" ".repeat(owed)));
                    }
                    owed = 0;
                    line.extend(bits.iter().cloned());
                }
                owed += cells.saturating_sub(taken) + GAP;
            }
            lines.push(line);
        }
        lines
    }

    fn width(self, bit: &Bit) -> usize {
        match bit {
            Bit::Words(range) | Bit::Strong(range) => {
                width(self.plain.get(range.clone()).unwrap_or_default())
            }
            Bit::Sign(sign) => width(sign),
        }
    }

    /// A table row by row: each cell below the name of its column.
    fn records(self, table: &Node, cells: usize) -> Vec<Line> {
        let head = table.inner.iter().find(|row| row.form == Form::Head);
        let rows: Vec<&Node> = table.inner.iter().filter(|row| row.form != Form::Head).collect();
        if rows.is_empty() {
            return head.map_or_else(Vec::new, |head| self.row_of_names(head, cells));
        }
        let mut lines = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                lines.push(Line::new());
            }
            for (column, cell) in row.inner.iter().enumerate() {
                let name = head.and_then(|head| head.inner.get(column)).filter(|name| self.cells(name) > 0);
                if self.cells(cell) == 0 && name.is_none() {
                    continue;
                }
                lines.extend(name.map_or_else(Vec::new, |name| self.words(name, cells, Bit::Strong)));
                lines.extend(beside("  ", "  ", cells, |cells| self.words(cell, cells, Bit::Words)));
            }
        }
        lines
    }

    fn row_of_names(self, head: &Node, cells: usize) -> Vec<Line> {
        head.inner.iter().flat_map(|name| self.words(name, cells, Bit::Strong)).collect()
    }
}

/// Lines behind a sign: `first` before the first of them, `rest` before the others.
fn beside(first: &str, rest: &str, cells: usize, lines: impl FnOnce(usize) -> Vec<Line>) -> Vec<Line> {
    let room = cells.saturating_sub(width(first));
    if room < LEAST {
        return lines(cells);
    }
    let mut lines = lines(room);
    if lines.is_empty() {
        lines.push(Line::new());
    }
    for (at, line) in lines.iter_mut().enumerate() {
        let sign = if at == 0 { first } else { rest };
        // No blanks at the end of a line without words.
        let sign = if line.is_empty() { sign.trim_end() } else { sign };
        if !sign.is_empty() {
            line.insert(0, Bit::Sign(sign.to_owned()));
        }
    }
    lines
}

/// Whether an empty line stands between two blocks.
const fn is_apart(before: Form, after: Form) -> bool {
    !matches!(
        (before, after),
        (Form::Paragraph, Form::Bullets | Form::Numbers(_))
            | (Form::Item, Form::Item)
            | (Form::Line(_), Form::Line(_))
            | (Form::Note, Form::Note)
    )
}

/// Columns of so many cells in a room: narrow ones get what they need, the others share what is left.
fn shared(needs: &[usize], room: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..needs.len()).collect();
    order.sort_by_key(|at| needs[*at]);
    let (mut left, mut widths) = (room, vec![0; needs.len()]);
    for (done, at) in order.into_iter().enumerate() {
        let share = left / (needs.len() - done).max(1);
        widths[at] = needs[at].min(share).max(1);
        left = left.saturating_sub(widths[at]);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::blocks::{Block, tree};
    use crate::text::markup::{SpanKind, parse};

    /// The lines of a source as text.
    fn laid(source: &str, cells: usize, signs: Signs) -> Vec<String> {
        let markup = parse(source);
        let block = |kind: &SpanKind<'_>| match kind {
            SpanKind::Block(block) => Some(*block),
            _ => None,
        };
        let marks: Vec<(Range<usize>, Block)> =
            markup.spans.iter().filter_map(|span| Some((span.range.clone(), block(&span.kind)?))).collect();
        let nodes = tree(markup.plain.len(), marks.into_iter());
        let text = |bit: &Bit| match bit {
            Bit::Words(range) | Bit::Strong(range) => markup.plain[range.clone()].to_owned(),
            Bit::Sign(sign) => sign.clone(),
        };
        lay(&markup.plain, &nodes, cells, signs).iter().map(|line| line.iter().map(text).collect()).collect()
    }

    #[test]
    fn each_block_has_its_form() {
        for (source, cells, expected) in [
            ("It holds:\n\n- shells\n- rockets", 20, "It holds:|• shells|• rockets"),
            ("- a b\n  - c\n\n    d\n- e", 9, "• a b|  • c||    d|• e"),
            ("9. nine\n10. ten", 20, " 9. nine|10. ten"),
            ("One.\n\nTwo.", 20, "One.||Two."),
            ("> so it\n> was\n\nsaid", 20, "│ so it was||said"),
            ("Use\n\n```sh\nif x\n\ty\n\nls\n```\n\nthen", 20, "Use||  if x|      y||  ls||then"),
            ("Use\n\n    ls", 20, "Use||  ls"),
            ("# Head\n\nText", 20, "Head||Text"),
            ("a\n\n---\n\nb", 4, "a||────||b"),
            ("one  \ntwo\\\nthree", 20, "one|two|three"),
            ("| y | n |\n|---|---|\n| 2023 | 5 |\n| | 6 |", 20, "y     n|────  ─|2023  5|      6"),
            (
                "| y | n |\n|---|---|\n| one two three | four five six |",
                14,
                "y       n|──────  ──────|one     four|two     five|three   six",
            ),
            ("| year | n |\n|---|---|\n| 2023 | many of them |", 9, "year|  2023|n|  many of|  them"),
            ("So[^1].\n\n[^1]: Page 5", 20, "So[1].||[1] Page 5"),
            ("- a\n- b", 3, "a|b"),
        ] {
            assert_eq!(laid(source, cells, Signs::Unicode).join("|"), expected, "{source:?} in {cells}");
        }
        assert_eq!(laid("- a\n\n> b", 20, Signs::Ascii).join("|"), "- a||> b");
    }

    #[test]
    fn no_line_is_too_wide_and_no_word_is_lost() {
        let source = "Intro words:\n\n1. first item\n   - nested thing\n\n     > quoted here\n2. second\n\n| alpha beta | gamma |\n\
                      |---|---|\n| delta epsilon zeta | eta |\n\n```\ncode line\n    deep\n```\n\n### Title\n\n---\n\nLast.";
        let words = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.chars().any(char::is_alphabetic))
                .map(str::to_owned)
                .collect()
        };
        let mut expected = words(&parse(source).plain);
        expected.sort();
        for cells in 1..60 {
            for signs in [Signs::Unicode, Signs::Ascii] {
                let lines = laid(source, cells, signs);
                assert!(lines.iter().all(|line| width(line) <= cells), "{cells}: {lines:?}");
                if cells >= 16 {
                    let mut found = words(&lines.join("\n"));
                    found.sort();
                    // A table that is told row by row repeats no word here: it has one row.
                    assert_eq!(found, expected, "{cells}");
                }
            }
        }
    }
}
