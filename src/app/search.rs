//! The search as one reader sees it: what is typed, the hits, and which of them is selected.
//!
//! Ranking is [`crate::search`]'s. The page one came from is not touched until a hit is opened, so `Esc` has nothing to
//! undo.

use tui_input::Input;

use super::page::View;
use super::{Library, Page, motion};
use crate::action::Action;
use crate::knowledge::{Address, EntryIx};
use crate::search::{Hit, Hits, Query};

/// Hits that are fetched: more than anybody walks along.
const MOST: usize = 500;
/// Lines that a hit takes in the list.
pub const HIT_LINES: usize = 2;

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
        self.hits = match &library.index {
            Some(index) => index.search(&library.knowledge, &self.query, MOST),
            None => Hits::default(),
        };
        if let Some(here) = self.here {
            let knowledge = &library.knowledge;
            self.hits.rows.retain(
                |hit| matches!(hit.address, Address::Statement(ix) if knowledge.statement(ix).entry == here),
            );
            self.hits.total = self.hits.rows.len();
        }
        self.query = std::mem::take(&mut self.query).corrected(&self.hits.corrected);
        (self.row, self.top) = (0, 0);
    }

    /// The selected hit.
    pub fn chosen(&self) -> Option<&Hit> {
        self.hits.rows.get(self.row)
    }

    /// The page beside the hits, and the line of it on which the selected hit stands.
    pub fn preview(&self, view: View<'_>) -> Option<(super::document::Document, usize)> {
        let (page, statement) = match self.chosen()?.address {
            Address::Statement(ix) => (Page::Entry(view.knowledge.statement(ix).entry), Some(ix)),
            Address::Entry(ix) => (Page::Entry(ix), None),
            Address::Entity(ix) => (Page::Entity(ix), None),
            Address::Topic(ix) => (view.knowledge.entry_at(ix, 0).map_or(Page::Topic(ix), Page::Entry), None),
        };
        let document = page.document(View { query: Some(&self.query), ..view });
        let stop = document.stops.iter().find(|stop| statement.is_some() && stop.statement == statement);
        let line = stop.map_or(0, |stop| stop.lines.start);
        Some((document, line))
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
