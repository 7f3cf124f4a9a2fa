//! A page as lines of runs: what is written where, before anything is drawn.
//!
//! Computed from knowledge and a width, by `update` (paging, mouse) and by `draw` alike. Must never hold a colour: a run
//! says what it is, and `ui` decides how that looks.

mod passage;

use std::ops::Range;

use crate::knowledge::{Address, EntityIx, Item, MarkKind, StandingKind, StatementIx, Text, Web};
use crate::text::width::width;
use crate::text::wrap::wrap;

/// The widest column of text, in cells: longer lines are hard to come back from.
pub const MEASURE: u16 = 76;

/// A blank at which no line breaks; it is written as a blank.
pub(super) const TIE: char = '\u{a0}';

/// What a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The name of the page.
    Title,
    /// The name of a part of it.
    Heading,
    /// What is read.
    Body,
    /// Stressed.
    Emphasis,
    /// Stressed more.
    Strong,
    /// Beside the point: dates, sources, kinds.
    Muted,
    /// A name in another script.
    Native,
    /// The sign or the word of a standing.
    Standing(StandingKind),
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// To a place in the dossier.
    Place(Address),
    /// Out of it.
    Web(Web),
}

/// How a run is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ink {
    /// What it is.
    pub role: Role,
    /// Where it leads.
    pub link: Option<Target>,
    /// It is what was searched for.
    pub matched: bool,
    /// It is there, but not asked for.
    pub faint: bool,
}

/// A stretch of one line, written in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its text.
    pub text: String,
    /// How it is written.
    pub ink: Ink,
}

/// One line.
pub type Line = Vec<Run>;

/// Something on the page that can be selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Its lines, from 0.
    pub lines: Range<usize>,
    /// The statement that it is, if it is one of this entry.
    pub statement: Option<StatementIx>,
    /// Where opening it leads; `None` where its links are offered instead.
    pub target: Option<Address>,
    /// The page shows only some of what mentions this entity: opening the stop searches for all of it.
    pub more: Option<EntityIx>,
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its lines, none wider than it was written for.
    pub lines: Vec<Line>,
    /// What can be selected, from top to bottom.
    pub stops: Vec<Stop>,
}

/// A link and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Line from 0.
    pub line: usize,
    /// Column from 0, in cells.
    pub column: u16,
    /// Width in cells.
    pub width: u16,
    /// Where it leads.
    pub to: Target,
}

impl Ink {
    /// Ink of a role, and nothing else.
    pub const fn of(role: Role) -> Self {
        Self { role, link: None, matched: false, faint: false }
    }

    /// The same ink, leading somewhere.
    #[must_use]
    pub const fn to(self, link: Address) -> Self {
        Self { link: Some(Target::Place(link)), ..self }
    }

    /// The same ink, leading out of the dossier.
    #[must_use]
    pub const fn to_web(self, link: Web) -> Self {
        Self { link: Some(Target::Web(link)), ..self }
    }
}

impl Run {
    /// A run of some text.
    pub fn new(text: impl Into<String>, ink: Ink) -> Self {
        Self { text: text.into(), ink }
    }
}

impl Document {
    /// The links of the page, from top to bottom. A link that goes on in the next line is one link.
    pub fn spots(&self) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::new();
        for (line, runs) in self.lines.iter().enumerate() {
            let mut column = 0;
            let mut before = None;
            for run in runs {
                let cells = width(&run.text) as u16;
                if let Some(to) = run.ink.link {
                    let goes_on = before == Some(to) || (before.is_none() && is_wrapped(&spots, line, to));
                    if !goes_on {
                        spots.push(Spot { line, column, width: cells, to });
                    }
                }
                before = run.ink.link.or(before.filter(|_| run.text.trim().is_empty() && column == 0));
                column += cells;
            }
        }
        spots
    }

    /// Where the link at a cell of a line leads.
    pub fn link_at(&self, line: usize, column: u16) -> Option<Target> {
        let mut from = 0;
        for run in self.lines.get(line)? {
            let to = from + width(&run.text) as u16;
            if (from..to).contains(&column) {
                return run.ink.link;
            }
            from = to;
        }
        None
    }

    /// The stop at or before a line.
    pub fn stop_at(&self, line: usize) -> Option<usize> {
        self.stops.iter().position(|stop| stop.lines.contains(&line))
    }
}

/// Whether the last link leads to `to` and ended the line before.
fn is_wrapped(spots: &[Spot], line: usize, to: Target) -> bool {
    spots.last().is_some_and(|spot| spot.to == to && spot.line + 1 == line && spot.column > 0)
}

/// Writes a document of a width.
#[derive(Debug)]
pub(super) struct Writer {
    document: Document,
    width: usize,
}

impl Writer {
    pub(super) fn new(width: u16) -> Self {
        Self { document: Document::default(), width: usize::from(width.max(1)) }
    }

    pub(super) fn finish(mut self) -> Document {
        while self.document.lines.last().is_some_and(Vec::is_empty) {
            self.document.lines.pop();
        }
        self.document
    }

    /// An empty line, unless there is one already or nothing stands above it.
    pub(super) fn blank(&mut self) {
        if self.document.lines.last().is_some_and(|line| !line.is_empty()) {
            self.document.lines.push(Line::new());
        }
    }

    /// An empty line, whatever stands above it.
    pub(super) fn empty(&mut self) {
        self.document.lines.push(Line::new());
    }

    /// A paragraph: `lead` stands before its first line, and the other lines are indented as far.
    pub(super) fn paragraph(&mut self, lead: Vec<Run>, runs: &[Run]) {
        let mut indent: usize = lead.iter().map(|run| width(&run.text)).sum();
        let mut lead = lead;
        if indent * 2 > self.width {
            // On a very narrow page a margin goes, and words before the text get a line of their own.
            let says = lead.iter().any(|run| !run.text.trim().is_empty());
            let own = std::mem::take(&mut lead);
            if says {
                self.paragraph(vec![], &own);
            }
            indent = if says { 2.min(self.width / 2) } else { 0 };
            lead.push(Run::new(" ".repeat(indent), Ink::of(Role::Body)));
        }
        let plain: String = runs.iter().map(|run| run.text.as_str()).collect();
        let mut lead = Some(lead);
        for range in wrap(&plain, self.width - indent) {
            let mut line =
                lead.take().unwrap_or_else(|| vec![Run::new(" ".repeat(indent), Ink::of(Role::Body))]);
            line.retain(|run| !run.text.is_empty());
            line.extend(slice(runs, range));
            self.document.lines.push(line);
        }
    }

    /// A paragraph whose further lines are indented a little, so that each of several is seen to be one.
    pub(super) fn hanging(&mut self, runs: &[Run]) {
        let from = self.document.lines.len();
        self.width = self.width.saturating_sub(2).max(1);
        self.paragraph(vec![], runs);
        self.width += 2;
        for line in self.document.lines.iter_mut().skip(from + 1) {
            line.insert(0, Run::new("  ", Ink::of(Role::Body)));
        }
    }

    /// Cells that a line has.
    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Lines written so far.
    pub(super) const fn lines(&self) -> usize {
        self.document.lines.len()
    }

    /// What `write` writes is one stop.
    pub(super) fn stop(
        &mut self,
        statement: Option<StatementIx>,
        target: Option<Address>,
        write: impl FnOnce(&mut Self),
    ) {
        let from = self.document.lines.len();
        write(self);
        let lines = from..self.document.lines.len();
        self.document.stops.push(Stop { lines, statement, target, more: None });
    }

    /// A line that says that there is more of what mentions `entity`.
    pub(super) fn more(&mut self, entity: EntityIx, words: &str) {
        self.stop(None, None, |writer| {
            let indent = vec![Run::new("   ", Ink::of(Role::Body))];
            writer.paragraph(indent, &[Run::new(words, Ink::of(Role::Muted))]);
        });
        if let Some(stop) = self.document.stops.last_mut() {
            stop.more = Some(entity);
        }
    }
}

/// The parts of `runs` that lie in a byte range of their joined text.
fn slice(runs: &[Run], range: Range<usize>) -> Vec<Run> {
    let mut found = Vec::new();
    let mut from = 0;
    for run in runs {
        let to = from + run.text.len();
        let cut = range.start.max(from)..range.end.min(to);
        if cut.start < cut.end
            && let Some(text) = run.text.get(cut.start - from..cut.end - from)
        {
            let tied = !text.is_ascii() && text.contains(TIE);
            let text = if tied { text.replace(TIE, " ") } else { text.to_owned() };
            found.push(Run::new(text, run.ink));
        }
        from = to;
    }
    found
}

/// A text as runs: its marks, and the stretches that were searched for. `of` says whose text it is, if any.
pub(super) fn runs(text: &Text, of: Option<Item>, base: Ink, matches: &[Range<usize>]) -> Vec<Run> {
    let mut cuts: Vec<usize> = vec![0, text.plain.len()];
    let inline = text.marks.iter().zip(0_u32..).filter(|(mark, _)| !matches!(mark.kind, MarkKind::Block(_)));
    let inline: Vec<_> = inline
        .map(|(mark, at)| (mark.range.start as usize..mark.range.end as usize, &mark.kind, at))
        .collect();
    let marks = || inline.iter();
    cuts.extend(marks().flat_map(|(range, ..)| [range.start, range.end]));
    cuts.extend(matches.iter().flat_map(|range| [range.start, range.end]));
    cuts.sort_unstable();
    cuts.dedup();
    let mut found = Vec::new();
    for pair in cuts.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let mut ink = base;
        for (_, kind, at) in marks().filter(|(range, ..)| range.contains(&from)) {
            match kind {
                MarkKind::Emphasis => ink.role = Role::Emphasis,
                MarkKind::Strong => ink.role = Role::Strong,
                MarkKind::Link(to) => ink.link = Some(Target::Place(*to)),
                MarkKind::Web(_) => ink.link = of.map(|of| Target::Web(Web { of, mark: *at })),
                MarkKind::Block(_) => {}
            }
        }
        ink.matched = matches.iter().any(|range| range.contains(&from));
        if let Some(part) = text.plain.get(from..to) {
            found.push(Run::new(part, ink));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Mark;

    fn text() -> Text {
        let to = MarkKind::Link(Address::Entity(EntityIx(7)));
        Text {
            plain: "In 1961 Nikita Khrushchev signed".into(),
            marks: [Mark { range: 8..25, kind: to }].into(),
        }
    }

    #[test]
    fn a_paragraph_hangs_under_its_lead() {
        let mut writer = Writer::new(12);
        let sign = Run::new("* ", Ink::of(Role::Muted));
        writer.paragraph(vec![sign], &[Run::new("one two three four", Ink::of(Role::Body))]);
        let lines: Vec<String> = writer
            .finish()
            .lines
            .iter()
            .map(|line| line.iter().map(|run| run.text.as_str()).collect())
            .collect();
        assert_eq!(lines, ["* one two", "  three four"]);
    }

    #[test]
    fn a_link_across_lines_is_one_link() {
        let mut writer = Writer::new(15);
        writer.paragraph(
            vec![Run::new("* ", Ink::of(Role::Muted))],
            &runs(&text(), None, Ink::of(Role::Body), &[]),
        );
        let document = writer.finish();
        let spots = document.spots();
        assert_eq!(spots.len(), 1, "{:?}", document.lines);
        let second = document.lines.iter().position(|line| line.iter().any(|run| run.text == "Khrushchev"));
        let to = Target::Place(Address::Entity(EntityIx(7)));
        assert_eq!(document.link_at(second.expect("wrapped"), 4), Some(to));
    }

    #[test]
    fn matches_cut_through_links() {
        let year = 3..10;
        let found = runs(&text(), None, Ink::of(Role::Body), std::slice::from_ref(&year));
        let matched: String =
            found.iter().filter(|run| run.ink.matched).map(|run| run.text.as_str()).collect();
        let linked: String =
            found.iter().filter(|run| run.ink.link.is_some()).map(|run| run.text.as_str()).collect();
        assert_eq!((matched.as_str(), linked.as_str()), ("1961 Ni", "Nikita Khrushchev"));
    }
}
