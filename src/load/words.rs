//! Texts, names and dates of the file, made safe to show. What had to be changed for it is a fault.
//!
//! Must never let a hostile character through, whichever way it was written: plainly, as an escape, or as an entity
//! of Markdown.

use std::ops::Range;

use super::bare;
use super::fault::Fault;
use super::pass::Pass;
use super::value::Str;
use crate::knowledge::{Date, DateError, Few, Mark, MarkKind, Text};
use crate::text::clean::{clean, is_hostile};
use crate::text::markup::{self, Span, SpanKind};

/// What a text may hold besides letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One line: a name, a title.
    Line,
    /// A paragraph: line breaks and tabs are spaces.
    Paragraph,
}

/// What the hostile character `c` does.
fn harm(c: char) -> &'static str {
    if c.is_control() { "is a control character" } else { "changes what is seen" }
}

/// Whether `text` is printable ASCII, and so cannot hold anything hostile. Most texts are, and bytes are looked at many
/// times faster than characters, sixteen at a time where nothing ends the loop early.
fn is_printable_ascii(text: &str) -> bool {
    text.bytes().fold(0, |other, b| other | u8::from(!matches!(b, b' '..=b'~'))) == 0
}

/// Whether two blanks follow each other in `text`.
fn has_gap(text: &str) -> bool {
    let blanks = || text.bytes().map(|b| u8::from(b == b' '));
    blanks().zip(blanks().skip(1)).fold(0, |found, (a, b)| found | (a & b)) != 0
}

impl Pass<'_, '_> {
    /// A name or title. May be empty.
    pub(super) fn line(&mut self, text: &Str<'_>, near: &Range<usize>) -> Box<str> {
        self.safe(text, near, Form::Line)
    }

    /// A paragraph without markup. May be empty.
    pub(super) fn paragraph(&mut self, text: &Str<'_>, near: &Range<usize>) -> Box<str> {
        self.safe(text, near, Form::Paragraph)
    }

    /// A name or title that must be there: where it is not, `instead` is.
    pub(super) fn title(
        &mut self,
        text: &Str<'_>,
        near: &Range<usize>,
        of: (&'static str, &str),
    ) -> Box<str> {
        let title = self.line(text, near);
        if !title.is_empty() {
            return title;
        }
        let (field, instead) = of;
        self.empty(text, near, field);
        instead.into()
    }

    /// Says that `field` is empty, unless `text` is not.
    pub(super) fn empty(&mut self, text: &Str<'_>, near: &Range<usize>, field: &'static str) {
        let at = self.faults.place(text, near);
        let is_missing = at == *near;
        let what = if is_missing { format!("no `{field}`") } else { format!("`{field}` is empty") };
        let fault = Fault::at(at, what, format!("write `{field}: \"…\"`"));
        self.faults.push(if is_missing { fault.lacking(field) } else { fault });
    }

    /// Names that are not empty, in their order.
    pub(super) fn lines(&mut self, texts: &[Str<'_>], near: &Range<usize>, field: &str) -> Few<Box<str>> {
        let line = |text: &Str<'_>| {
            let line = self.line(text, near);
            if line.is_empty() {
                let at = self.faults.place(text, near);
                self.faults.push(Fault::at(at, format!("an empty text in `{field}`"), "remove it"));
                return None;
            }
            Some(line)
        };
        texts.iter().filter_map(line).collect()
    }

    fn safe(&mut self, text: &Str<'_>, near: &Range<usize>, form: Form) -> Box<str> {
        if is_printable_ascii(&text.0) && !has_gap(&text.0) {
            return text.0.trim().into();
        }
        self.check(text, near, form);
        let safe = clean(&text.0);
        let safe = safe.trim();
        if form == Form::Paragraph && has_gap(safe) {
            // The blanks that indent the next line of a text are no part of it.
            return safe.split_whitespace().collect::<Vec<_>>().join(" ").into();
        }
        safe.into()
    }

    /// Reports the first character of `text` that may not be in it.
    fn check(&mut self, text: &Str<'_>, near: &Range<usize>, form: Form) {
        let allowed = |c: char| form == Form::Paragraph && matches!(c, '\n' | '\r' | '\t');
        let Some((at, c)) = text.0.char_indices().find(|(_, c)| is_hostile(*c) && !allowed(*c)) else {
            return;
        };
        let place = self.faults.part(text, &(at..at + c.len_utf8()), near);
        let what = match c {
            '\n' | '\r' => "a line break in a text of one line".to_owned(),
            '\t' => "a tab in a text of one line".to_owned(),
            _ => format!("U+{:04X} {}", c as u32, harm(c)),
        };
        self.faults.push(Fault::at(place, what, "remove it; until then it is not shown"));
    }

    /// A date, if one is given and is one.
    pub(super) fn date(&mut self, text: Option<&Str<'_>>, near: &Range<usize>) -> Option<Date> {
        let text = text?;
        let error = match text.0.parse() {
            Ok(date) => return Some(date),
            Err(error) => error,
        };
        let remedy = match error {
            DateError::Empty => "write a date such as 1961 or 1961-07-06, or leave it out",
            DateError::Missing(_) => "write `..` for an end that is open: 1995/.. or ../1945",
            DateError::Form(_) => {
                "dates are written 1961, 1961-07, 1961-07-06, 196X, 1950/1953, 1995/.., 1961~ or 1961?"
            }
            DateError::Calendar(_) => "check the month and the day",
            DateError::Reversed(_) => "write the earlier date first",
            DateError::Endless(_) => "give it a beginning or an end, or leave `when` out",
        };
        let at = self.faults.place(text, near);
        self.faults.push(Fault::at(at, error.to_string(), remedy));
        None
    }

    /// A paragraph of Markdown, with its links followed. May be empty.
    pub(super) fn text(&mut self, text: &Str<'_>, near: &Range<usize>) -> Text {
        if !is_printable_ascii(&text.0) {
            self.check(text, near, Form::Paragraph);
        }
        let markup = markup::parse(&text.0);
        let mark = |Span { range, kind }: Span<'_>| {
            let kind = match kind {
                SpanKind::Emphasis => MarkKind::Emphasis,
                SpanKind::Strong => MarkKind::Strong,
                SpanKind::Link { to, at } => self.link(text, &to, &at, near)?,
                SpanKind::Picture { to, at } => self.picture(text, &to, &at, near)?,
                SpanKind::Block(block) => MarkKind::Block(block),
            };
            // A link without a text has been followed, but there is nothing of it to see.
            let mark = Mark { range: range.start as u32..range.end as u32, kind };
            is_kept(&mark).then_some(mark)
        };
        let marks = markup.spans.into_iter().filter_map(mark).collect();
        let hostile = if is_printable_ascii(&markup.plain) {
            None
        } else {
            markup.plain.chars().find(|c| is_hostile(*c))
        };
        if hostile.is_none() && !markup.plain.starts_with(' ') && !markup.plain.ends_with(' ') {
            return bare::marked(Text { plain: markup.plain.into(), marks });
        }
        if let Some(c) = hostile.filter(|c| !text.0.contains(*c)) {
            let what = format!("an entity for U+{:04X}, which {}", c as u32, harm(c));
            let at = self.faults.place(text, near);
            self.faults.push(Fault::at(at, what, "remove it; until then it is not shown"));
        }
        bare::marked(safe_text(&markup.plain, &marks))
    }
}

/// Whether there is anything of a mark: a block may be empty, as a cell of a table is.
fn is_kept(mark: &Mark) -> bool {
    !mark.range.is_empty() || matches!(mark.kind, MarkKind::Block(_))
}

/// `plain` without hostile characters and without blanks at its ends, and the marks moved along.
fn safe_text(plain: &str, marks: &[Mark]) -> Text {
    let mut safe = String::with_capacity(plain.len());
    // For each byte of `plain`, how many bytes of `safe` stand before it.
    let mut moved = Vec::with_capacity(plain.len() + 1);
    for (at, c) in plain.char_indices() {
        moved.resize(at + c.len_utf8(), safe.len() as u32);
        let mut bytes = [0; 4];
        let kept = clean(c.encode_utf8(&mut bytes)).into_owned();
        if !(safe.is_empty() && kept == " ") {
            safe.push_str(&kept);
        }
    }
    safe.truncate(safe.trim_end().len());
    let end = safe.len() as u32;
    let place = |at: u32| moved.get(at as usize).map_or(end, |at| (*at).min(end));
    let marks = marks
        .iter()
        .map(|mark| Mark { range: place(mark.range.start)..place(mark.range.end), kind: mark.kind.clone() })
        .filter(is_kept)
        .collect();
    Text { plain: safe.into(), marks }
}
