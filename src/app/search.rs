//! The search as one reader sees it: what is typed, the hits, and which of them is selected.
//!
//! Ranking is [`crate::search`]'s. The page one came from is not touched until a hit is opened, so `Esc` has nothing to
//! undo.

use std::ops::Range;

use tui_input::Input;

use super::document::{Document, Ink, Role, Run, Writer};
use super::page::View;
use super::{Library, Page, motion};
use crate::action::Action;
use crate::knowledge::{Address, EntryIx};
use crate::search::{Hit, Hits, Query};

/// Hits that are fetched: more than anybody walks along.
const MOST: usize = 500;
/// Lines that a hit takes in the list.
pub const HIT_LINES: usize = 2;

/// What can be typed, and what it means.
const LANGUAGE: [(&str, &str); 9] = [
    ("juche stalin", "words, in any order; half a word will do"),
    ("\"mutual defence\"", "exactly this"),
    ("treaty !1995", "the first, not the second"),
    ("is:alleged", "how well it stands"),
    ("by:russia", "who says so"),
    ("denied:russia", "who denies it"),
    ("who:putin", "who is named"),
    ("when:1950..1961", "when it was"),
    ("in: tag: kind:", "topic, key word, kind of name"),
];

/// Writes what can be typed.
pub(super) fn language(writer: &mut Writer) {
    for (typed, means) in LANGUAGE {
        let lead = vec![Run::new(format!("  {typed:<18}"), Ink::of(Role::Strong))];
        writer.paragraph(lead, &[Run::new(means, Ink::of(Role::Muted))]);
    }
}

/// What is shown while nothing is typed.
pub fn blank(columns: u16, asked: &str) -> Document {
    let mut writer = Writer::new(columns);
    writer.paragraph(vec![], &[Run::new("Type what you look for, in any script.", Ink::of(Role::Body))]);
    if !asked.is_empty() {
        writer.paragraph(vec![], &[Run::new(format!("Up: {asked}"), Ink::of(Role::Muted))]);
    }
    writer.blank();
    language(&mut writer);
    writer.finish()
}

/// What is typed, and what it finds.
#[derive(Debug, Clone)]
pub struct Search {
    /// What is typed.
    pub input: Input,
    /// Only this entry is searched.
    pub here: Option<EntryIx>,
    /// What is typed, understood and corrected.
    pub query: Query,
    /// What it finds.
    pub hits: Hits,
    /// The selected hit.
    pub row: usize,
    /// The first hit seen.
    pub top: usize,
}

impl Search {
    /// A search for `text`, in one entry or in everything.
    pub(super) fn new(text: &str, here: Option<EntryIx>, library: &Library) -> Self {
        let input = Input::new(text.to_owned());
        let mut search = Self { input, here, query: Query::default(), hits: Hits::default(), row: 0, top: 0 };
        search.ask(library);
        search
    }

    /// Searches for what is typed now.
    pub(super) fn ask(&mut self, library: &Library) {
        self.query = Query::parse(self.input.value());
        self.hits = match (&library.index, self.here) {
            (Some(index), Some(here)) => index.search_within(&library.knowledge, &self.query, here),
            (Some(index), None) => index.search(&library.knowledge, &self.query, MOST),
            (None, _) => Hits::default(),
        };
        self.query = std::mem::take(&mut self.query).understood(&self.hits);
        (self.row, self.top) = (0, 0);
    }

    /// The selected hit.
    pub fn chosen(&self) -> Option<&Hit> {
        self.hits.rows.get(self.row)
    }

    /// The page beside the hits, and the lines of it on which the selected hit stands.
    pub fn preview(&self, view: View<'_>) -> Option<(Document, Range<usize>)> {
        let (page, statement) = match self.chosen()?.address {
            Address::Statement(ix) => (Page::Entry(view.knowledge.statement(ix).entry), Some(ix)),
            Address::Entry(ix) => (Page::Entry(ix), None),
            Address::Entity(ix) => (Page::Entity(ix), None),
            Address::Topic(ix) => (view.knowledge.entry_at(ix, 0).map_or(Page::Topic(ix), Page::Entry), None),
        };
        let document = page.document(View { query: Some(&self.query), ..view });
        let stop = document.stops.iter().find(|stop| statement.is_some() && stop.statement == statement);
        let lines = stop.map_or(0..0, |stop| stop.lines.clone());
        Some((document, lines))
    }

    pub(super) fn go(&mut self, action: Action, lines: usize) {
        self.row = motion::row(self.row, action, self.hits.rows.len(), lines / HIT_LINES);
    }

    pub(super) fn settle(&mut self, lines: usize) {
        let seen = (lines / HIT_LINES).max(1);
        self.row = self.row.min(self.hits.rows.len().saturating_sub(1));
        self.top = self.top.clamp((self.row + 1).saturating_sub(seen), self.row);
    }
}
