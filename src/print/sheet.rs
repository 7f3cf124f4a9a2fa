//! Text for people, line by line: wrapped to the paper, aligned in columns, coloured where that is wanted.
//!
//! The one place of `print` where bytes for a terminal are made. Everything that comes in is cleaned here; must never
//! let a colour carry what no word says.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use crate::knowledge::{StandingKind, Text};
use crate::text::clean::clean;
use crate::text::lay::{Bit, Signs, lay};
use crate::text::width::width;
use crate::text::wrap::wrap;

/// What a text is written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// Cells of a line.
    pub columns: usize,
    /// Whether colours and weights are written, as ANSI sequences (ECMA-48, 8.3.117).
    pub colour: bool,
    /// Whether signs are ASCII.
    pub ascii: bool,
}

impl Paper {
    /// 80 columns, no colour: a file, a pipe.
    pub const PLAIN: Self = Self { columns: 80, colour: false, ascii: false };

    /// What stands between two parts of one line.
    pub(super) const fn dot(self) -> &'static str {
        if self.ascii { " - " } else { " · " }
    }

    /// The sign of a standing.
    pub(super) const fn sign(self, kind: StandingKind) -> &'static str {
        if self.ascii { kind.letter() } else { kind.sign() }
    }
}

/// How a [`Span`] is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// As it is.
    Plain,
    /// A name, an id.
    Strong,
    /// Beside the point.
    Muted,
    /// What was searched for.
    Found,
    /// The sign or the word of a standing.
    Standing(StandingKind),
}

impl Ink {
    /// The parameters of its "select graphic rendition"; the sixteen colours are the user's own.
    const fn parameters(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Muted => "2",
            Self::Found => "1;4",
            Self::Standing(kind) => match kind {
                StandingKind::Established => "32",
                StandingKind::Stated => "34",
                StandingKind::Alleged => "31",
                StandingKind::Unverified => "33",
                StandingKind::Assessed => "35",
                StandingKind::Expected => "36",
            },
        }
    }
}

/// A stretch of text in one ink.
#[derive(Debug, Clone)]
pub(super) struct Span<'a> {
    text: Cow<'a, str>,
    ink: Ink,
}

/// Text in some ink, made safe.
pub(super) fn span<'a>(text: impl Into<Cow<'a, str>>, ink: Ink) -> Span<'a> {
    let text = text.into();
    let safe = match clean(&text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(safe) => Some(safe),
    };
    Span { text: safe.map_or(text, Cow::Owned), ink }
}

/// Plain text.
pub(super) fn plain<'a>(text: impl Into<Cow<'a, str>>) -> Span<'a> {
    span(text, Ink::Plain)
}

/// Text beside the point.
pub(super) fn muted<'a>(text: impl Into<Cow<'a, str>>) -> Span<'a> {
    span(text, Ink::Muted)
}

/// `text` with the stretches `found` of it marked; they lie in order at character boundaries.
pub(super) fn marked<'a>(text: &'a str, found: &[Range<usize>], ink: Ink) -> Vec<Span<'a>> {
    let mut spans = Vec::new();
    let mut at = 0;
    for range in found {
        if let (Some(before), Some(hit)) = (text.get(at..range.start), text.get(range.clone())) {
            spans.push(span(before, ink));
            spans.push(span(hit, Ink::Found));
            at = range.end;
        }
    }
    spans.push(span(text.get(at..).unwrap_or_default(), ink));
    spans
}

/// A text that grows downwards.
#[derive(Debug)]
pub(super) struct Sheet {
    paper: Paper,
    out: String,
}

impl Sheet {
    pub(super) fn new(paper: Paper) -> Self {
        Self { paper, out: String::new() }
    }

    pub(super) const fn paper(&self) -> Paper {
        self.paper
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// An empty line, unless nothing stands above it.
    pub(super) fn blank(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// A paragraph, `indent` cells from the left.
    pub(super) fn paragraph(&mut self, indent: usize, spans: &[Span<'_>]) {
        self.beside(&[], indent, spans);
    }

    /// A paragraph `indent` cells from the left, with a label in the room before it. A label that is too long for
    /// that room has lines of its own above.
    pub(super) fn beside(&mut self, label: &[Span<'_>], indent: usize, spans: &[Span<'_>]) {
        let room = self.paper.columns - indent.min(self.paper.columns / 2);
        self.beside_lines(label, indent, &lines(spans, room));
    }

    /// A text in its blocks, as [`Sheet::beside`] writes a paragraph; addresses stand behind the words that lead there.
    pub(super) fn text(&mut self, label: &[Span<'_>], indent: usize, text: &Text, more: &Span<'_>) {
        let told = text.with_addresses();
        let blocks = told.blocks();
        if blocks.is_empty() {
            return self.beside(label, indent, &[plain(&*told.plain), more.clone()]);
        }
        let room = self.paper.columns - indent.min(self.paper.columns / 2);
        let signs = if self.paper.ascii { Signs::Ascii } else { Signs::Unicode };
        let bit = |bit: Bit| match bit {
            Bit::Words(range) => plain(told.plain.get(range).unwrap_or_default()),
            Bit::Strong(range) => span(told.plain.get(range).unwrap_or_default(), Ink::Strong),
            Bit::Sign(sign) => muted(sign),
        };
        let laid = lay(&told.plain, &blocks, room, signs);
        let mut lines: Vec<Vec<Span<'_>>> =
            laid.into_iter().map(|line| line.into_iter().map(bit).collect()).collect();
        if !more.text.is_empty() {
            lines.push(vec![more.clone()]);
        }
        self.beside_lines(label, indent, &lines);
    }

    /// Lines that fit, with a label in the room before them.
    fn beside_lines(&mut self, label: &[Span<'_>], indent: usize, rows: &[Vec<Span<'_>>]) {
        // On a strip of paper the text keeps half of it.
        let indent = indent.min(self.paper.columns / 2);
        let cells: usize = label.iter().map(|span| width(&span.text)).sum();
        let fits = cells < indent.max(1);
        if !fits {
            for line in &lines(label, self.paper.columns) {
                self.line(0, line);
            }
        }
        for (at, line) in rows.iter().enumerate() {
            if at == 0 && fits && cells > 0 {
                let gap = plain(" ".repeat(indent - cells));
                let whole: Vec<Span<'_>> = label.iter().chain([&gap]).chain(line).cloned().collect();
                self.line(0, &whole);
            } else {
                self.line(indent, line);
            }
        }
    }

    fn line(&mut self, indent: usize, spans: &[Span<'_>]) {
        let empty = spans.iter().all(|span| span.text.is_empty());
        // Writing into a string cannot fail.
        let _ = write!(self.out, "{:indent$}", "", indent = if empty { 0 } else { indent });
        for Span { text, ink } in spans.iter().filter(|span| !span.text.is_empty()) {
            let parameters = ink.parameters();
            // A century is written with a dash; signs are ASCII where nothing else can be shown.
            let text = if self.paper.ascii { text.replace('–', "-") } else { text.to_string() };
            let _ = if self.paper.colour && !parameters.is_empty() {
                write!(self.out, "\u{1b}[{parameters}m{text}\u{1b}[0m")
            } else {
                write!(self.out, "{text}")
            };
        }
        self.out.push('\n');
    }
}

/// The lines that spans take at `cells` wide.
fn lines<'a>(spans: &'a [Span<'a>], cells: usize) -> Vec<Vec<Span<'a>>> {
    let whole: String = spans.iter().map(|span| &*span.text).collect();
    let cut = |line: Range<usize>| {
        let mut parts = Vec::new();
        let mut from = 0;
        for span in spans {
            let to = from + span.text.len();
            let part = line.start.max(from)..line.end.min(to);
            if part.start < part.end
                && let Some(text) = span.text.get(part.start - from..part.end - from)
            {
                parts.push(Span { text: Cow::Borrowed(text), ink: span.ink });
            }
            from = to;
        }
        parts
    };
    wrap(&whole, cells).into_iter().map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(columns: usize, colour: bool, write: impl FnOnce(&mut Sheet)) -> String {
        let mut sheet = Sheet::new(Paper { columns, colour, ascii: false });
        write(&mut sheet);
        sheet.finish()
    }

    #[test]
    fn a_label_stands_in_the_margin_or_above() {
        let text = [plain("one two three")];
        let write = |label: &'static str| {
            move |sheet: &mut Sheet| sheet.beside(&[span(label, Ink::Strong)], 4, &text.clone())
        };
        assert_eq!(written(11, false, write("H1")), "H1  one two\n    three\n");
        assert_eq!(
            written(11, false, |sheet| sheet.beside(&[plain("H12345")], 4, &[plain("one two three")])),
            "H12345\n    one two\n    three\n"
        );
    }

    #[test]
    fn colours_end_with_their_line_and_never_come_from_a_text() {
        let text = written(7, true, |sheet| {
            sheet.paragraph(0, &[span("one\u{1b}[31m two", Ink::Muted), plain(" three")]);
        });
        assert_eq!(text, "\u{1b}[2mone[31m\u{1b}[0m\n\u{1b}[2mtwo\u{1b}[0m\nthree\n");
    }

    #[test]
    fn what_was_searched_for_is_marked() {
        let spans = marked("a treaty held", std::slice::from_ref(&(2..8)), Ink::Plain);
        let inks: Vec<_> = spans.iter().map(|span| (&*span.text, span.ink)).collect();
        assert_eq!(inks, [("a ", Ink::Plain), ("treaty", Ink::Found), (" held", Ink::Plain)]);
    }

    #[test]
    fn no_strip_is_too_narrow() {
        for columns in 0..12 {
            let text = written(columns, false, |sheet| {
                sheet.beside(&[plain("H1")], 8, &[plain("one two 김정은")]);
            });
            assert!(text.contains('김'), "{columns}: {text:?}");
        }
    }
}
