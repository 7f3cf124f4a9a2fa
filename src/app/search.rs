//! The search as one reader sees it: what is typed, the hits, and which of them is selected.
//!
//! Ranking is [`crate::search`]'s. The page one came from is not touched until a hit is opened, so `Esc` has nothing to
//! undo.

use std::ops::Range;

use tui_input::Input;

use super::document::{Document, Ink, Role, Run, Writer};
use super::page::View;
use super::{Library, Page, scroll};
use crate::action::{Action, Context};
use crate::keys::Keymap;
use crate::knowledge::{Address, EntryIx};
use crate::search::{Advice, Completion, Hit, Hits, Part, Progress, Query, Role as Meaning, SearchCursor};

/// Hits that are fetched: more than anybody walks along.
const MOST: usize = 100;
/// Work that is done before the first rows are shown, and in each slice after them: about six milliseconds.
const SLICE: usize = 6_000_000;
/// Work that the number of hits may take before the rows are shown.
const COUNTING: usize = 1_000_000;
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
pub fn blank(columns: u16, asked: &str, keymap: &Keymap) -> Document {
    let mut writer = Writer::new(columns);
    writer.paragraph(vec![], &[Run::new("Type what you look for, in any script.", Ink::of(Role::Body))]);
    if let Some(key) = keymap.key(Context::Typing, Action::LineUp).filter(|_| !asked.is_empty()) {
        writer.paragraph(vec![], &[Run::new(format!("{key}: {asked}"), Ink::of(Role::Muted))]);
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
    /// How it was understood, if that is not just what is typed.
    pub parts: Vec<Part>,
    /// What the filter that is being typed may become.
    pub completions: Vec<Completion>,
    /// What to ask instead, if nothing is found.
    pub advice: Vec<Advice>,
    /// What is left to do until hits and their number are certain.
    seek: Option<Box<SearchCursor>>,
    /// The hit that was selected before the index grew, until it is found again.
    held: Option<Address>,
    /// What is typed has not been searched for yet.
    put_off: bool,
    /// More comes at once.
    pub(super) is_hurried: bool,
}

impl Search {
    /// A search for `text`, in one entry or in everything.
    pub(super) fn new(text: &str, here: Option<EntryIx>, library: &Library) -> Self {
        let input = Input::new(text.to_owned());
        let mut search = Self {
            input,
            here,
            query: Query::default(),
            hits: Hits::default(),
            row: 0,
            top: 0,
            parts: Vec::new(),
            completions: Vec::new(),
            advice: Vec::new(),
            seek: None,
            held: None,
            put_off: false,
            is_hurried: false,
        };
        search.ask(library);
        search
    }

    /// Searches for what is typed now. What was left to do for what was typed before is dropped.
    pub(super) fn ask(&mut self, library: &Library) {
        (self.row, self.top, self.seek, self.hits, self.held) = (0, 0, None, Hits::default(), None);
        self.put_off = false;
        (self.parts, self.completions, self.advice) = (Vec::new(), Vec::new(), Vec::new());
        self.query = Query::parse(self.input.value());
        let Some(index) = &library.index else { return };
        let knowledge = &library.knowledge;
        if let Some(here) = self.here {
            self.hits = index.search_within(knowledge, &self.query, here);
        } else {
            let mut seek = Box::new(index.seek(knowledge, &self.query, MOST));
            if seek.step(index, knowledge, SLICE) == Progress::Counting {
                seek.step(index, knowledge, COUNTING);
            }
            self.hits = seek.hits(index, knowledge);
            self.completions = index.completions(knowledge, self.input.value());
            self.seek = Some(seek).filter(|_| self.hits.progress != Progress::Done);
        }
        self.conclude(library);
    }

    /// Another text is typed. If more comes at once, it is searched for at [`Self::catch_up`].
    pub(super) fn edited(&mut self, library: &Library) {
        if self.is_hurried {
            (self.put_off, self.seek) = (true, None);
        } else {
            self.ask(library);
        }
    }

    /// Searches for what is typed, if that was put off; `false` if not.
    pub(super) fn catch_up(&mut self, library: &Library) -> bool {
        let was_put_off = self.put_off;
        if was_put_off {
            self.ask(library);
        }
        was_put_off
    }

    /// Searches anew because more can be searched. The selected hit stays selected, if it is still among the first.
    pub(super) fn renew(&mut self, library: &Library) {
        let held = self.chosen().map(|hit| hit.address);
        self.ask(library);
        self.held = held;
        self.select_again();
    }

    /// Selects the hit that was selected before the index grew, as soon as it is there.
    fn select_again(&mut self) {
        let row = self.held.and_then(|held| self.hits.rows.iter().position(|hit| hit.address == held));
        if let Some(row) = row {
            (self.row, self.held) = (row, None);
        }
    }

    /// Whether better hits, or more, may still come.
    pub fn is_seeking(&self) -> bool {
        self.seek.is_some()
    }

    /// Goes on searching for a slice of work. The selected hit stays selected.
    pub(super) fn go_on(&mut self, library: &Library) {
        let (Some(seek), Some(index)) = (&mut self.seek, &library.index) else { return };
        let chosen = self.hits.rows.get(self.row).map(|hit| hit.address);
        let before = self.hits.progress;
        let progress = seek.step(index, &library.knowledge, SLICE);
        // While hits are counted the rows stay: there is nothing to show before the end.
        if progress != before || progress == Progress::Seeking {
            self.hits = seek.hits(index, &library.knowledge);
        }
        self.row = self.hits.rows.iter().position(|hit| Some(hit.address) == chosen).unwrap_or(0);
        self.select_again();
        if progress == Progress::Done {
            self.seek = None;
        }
        self.conclude(library);
    }

    /// Says how the query was understood and, where nothing is found, what to ask instead.
    fn conclude(&mut self, library: &Library) {
        let Some(index) = &library.index else { return };
        let knowledge = &library.knowledge;
        self.query = std::mem::take(&mut self.query).understood(&self.hits);
        let parts = index.understood(knowledge, &self.query);
        let is_plain = |part: &Part| part.role == Meaning::Wanted && !part.text.starts_with('"');
        self.parts = if parts.iter().all(is_plain) { Vec::new() } else { parts };
        if self.hits.rows.is_empty() && self.seek.is_none() && self.here.is_none() {
            self.advice = index.advice(knowledge, &self.query);
        }
    }

    /// Takes the first of the completions. `false` if there is none.
    pub(super) fn complete(&mut self, library: &Library) -> bool {
        let Some(first) = self.completions.first() else { return false };
        // The next word is another one.
        self.input = Input::new(format!("{} ", first.text));
        self.ask(library);
        true
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
            Address::Topic(ix) => (Page::Topic(ix), None),
        };
        let document = page.document(View { query: Some(&self.query), ..view });
        let stop = document.stops.iter().find(|stop| statement.is_some() && stop.statement == statement);
        let lines = stop.map_or(0..0, |stop| stop.lines.clone());
        Some((document, lines))
    }

    pub(super) fn go(&mut self, action: Action, lines: usize) {
        self.select(scroll::row(self.row, action, self.hits.rows.len(), lines / HIT_LINES));
    }

    /// Selects the hit in this row.
    pub(super) fn select(&mut self, row: usize) {
        (self.row, self.held) = (row, None);
    }

    pub(super) fn settle(&mut self, lines: usize) {
        let seen = (lines / HIT_LINES).max(1);
        self.row = self.row.min(self.hits.rows.len().saturating_sub(1));
        self.top = self.top.clamp((self.row + 1).saturating_sub(seen), self.row);
    }
}
