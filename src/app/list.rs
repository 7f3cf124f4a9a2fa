//! The list of a topic's entries: which row is selected and which is the first one seen.
//!
//! Rows are entries, and an entry takes one line or two. Must stay as quick for a hundred thousand entries as for ten:
//! only rows that can be seen are looked at.

use std::borrow::Cow;

use crate::knowledge::{Date, Entry, EntryIx, Knowledge, TopicIx};
use crate::text::width::width;
use crate::text::wrap::wrap;

/// Cells that the column of dates may take: "1980s–90s".
const DATES: u16 = 10;
/// Cells that a title needs beside a date.
const NARROW: u16 = 16;
/// Cells between dates and titles.
const GAP: u16 = 2;
/// Cells before the dates: the bar of the selection and a blank.
pub const LEAD: u16 = 2;
/// Rows above and below among which equal titles are told apart: more than are seen at once.
const NEAR: usize = 64;
/// How many entries decide how wide the column of dates is.
const SAMPLE: usize = 256;

/// Where one is in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The selected row, from 0.
    pub row: usize,
    /// The first row seen.
    pub top: usize,
}

/// How the rows of one topic are laid out at one width.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    knowledge: &'a Knowledge,
    topic: TopicIx,
    /// Cells for the title.
    pub title: usize,
    /// Cells for the dates; 0 where there are none.
    pub dates: u16,
}

impl<'a> Rows<'a> {
    /// The rows of a topic in a list `columns` wide.
    pub fn new(knowledge: &'a Knowledge, topic: TopicIx, columns: u16) -> Self {
        let briefs = knowledge.entries_of(topic).take(SAMPLE).filter_map(|ix| knowledge.entry(ix).when);
        let dates = briefs.map(|when| width(&when.brief()) as u16).max().unwrap_or_default().min(DATES);
        let beside = columns.saturating_sub(LEAD + dates + GAP + 1);
        // Where titles would be squeezed, they matter more than dates.
        let dates = if beside < NARROW { 0 } else { dates };
        let title = columns.saturating_sub(LEAD + dates + GAP * u16::from(dates > 0) + 1);
        Self { knowledge, topic, title: usize::from(title).max(1), dates }
    }

    /// The column in which titles begin.
    pub const fn column(&self) -> u16 {
        if self.dates > 0 { LEAD + self.dates + GAP } else { LEAD }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.knowledge.entries_of(self.topic).len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry of a row.
    pub fn entry(&self, row: usize) -> Option<EntryIx> {
        self.knowledge.entry_at(self.topic, row)
    }

    /// The title of a row in one line or two; what does not fit is cut by who draws it. Of several rows near each other
    /// that have the same title, each has its date beside it, which then takes the end of the second line.
    pub fn titles(&self, row: usize) -> Vec<Cow<'a, str>> {
        let Some(entry) = self.entry(row) else { return Vec::new() };
        let title: &'a str = &self.knowledge.entry(entry).title;
        let Some(when) = self.date_of_twin(row) else { return self.lines(title) };
        let whole = format!("{title}, {when}");
        let lines = wrap(&whole, self.title);
        match lines.as_slice() {
            [] | [_] => vec![Cow::Owned(whole)],
            [first, second] => [first, second]
                .map(|line| Cow::Owned(whole.get(line.clone()).unwrap_or_default().to_owned()))
                .into(),
            _ => vec![Cow::Borrowed(title), Cow::Owned(when)],
        }
    }

    /// A title in one line or two.
    fn lines(&self, title: &'a str) -> Vec<Cow<'a, str>> {
        if width(title) <= self.title {
            return vec![title.into()];
        }
        let lines = wrap(title, self.title);
        match lines.get(1) {
            None => vec![title.into()],
            Some(second) => vec![
                lines.first().and_then(|first| title.get(first.clone())).unwrap_or_default().into(),
                title.get(second.start..).unwrap_or_default().into(),
            ],
        }
    }

    /// The date of a row, as exact as it is, if a row near it has the same title and another date.
    fn date_of_twin(&self, row: usize) -> Option<String> {
        let own = self.knowledge.entry(self.entry(row)?);
        let when = own.when?;
        let near = row.saturating_sub(NEAR)..=row + NEAR;
        let is_twin = |other: &Entry| other.title == own.title && other.when != own.when;
        let mut others = near.filter_map(|other| Some(self.knowledge.entry(self.entry(other)?)));
        others.any(is_twin).then(|| when.words())
    }

    /// The date of a row, unless the row above has the same: then it goes without saying.
    pub fn date(&self, row: usize) -> Option<Date> {
        let when = |row: usize| {
            self.entry(row).map(|ix| self.knowledge.entry(ix)).and_then(|entry: &Entry| entry.when)
        };
        let own = when(row)?;
        let above = row.checked_sub(1).and_then(when);
        (above.map(Date::brief) != Some(own.brief())).then_some(own)
    }

    /// Lines that a row takes.
    pub fn height(&self, row: usize) -> usize {
        self.titles(row).len().max(1)
    }

    /// The row at a line of the pane, if any.
    pub fn at_line(&self, cursor: Cursor, line: usize) -> Option<usize> {
        let mut below = 0;
        for row in cursor.top..self.len() {
            below += self.height(row);
            if line < below {
                return Some(row);
            }
            if below > line {
                break;
            }
        }
        None
    }

    /// Moves the first row seen as little as it takes for the selected one to be seen whole.
    pub fn settle(&self, cursor: &mut Cursor, lines: usize) {
        cursor.row = cursor.row.min(self.len().saturating_sub(1));
        cursor.top = cursor.top.min(cursor.row);
        let mut used = self.height(cursor.row);
        let mut top = cursor.row;
        while top > 0 && used + self.height(top - 1) <= lines {
            top -= 1;
            used += self.height(top);
        }
        // `top` is now the earliest first row with which the selected one is seen.
        cursor.top = cursor.top.max(top);
        self.fill(cursor, lines);
    }

    /// Shows earlier rows where the end of the list would leave lines empty.
    fn fill(&self, cursor: &mut Cursor, lines: usize) {
        let mut used = 0;
        for row in cursor.top..self.len() {
            used += self.height(row);
            if used > lines {
                return;
            }
        }
        while cursor.top > 0 && used + self.height(cursor.top - 1) <= lines {
            cursor.top -= 1;
            used += self.height(cursor.top);
        }
    }
}
