//! Where a reader is, by meaning: what a presenter shares, so that each terminal lays it out by itself.
//!
//! Must never hold a row, a column or a size, or an index into one file: ids and letters alone, which mean the same
//! on every screen, after a reload, and on another machine.

use super::document::{Document, Line, Stop};
use super::filter::Filter;
use super::lens::{Looking, Subject};
use super::search::Search;
use super::tour::Presenting;
use super::{Focus, Lens, Library, Overlay, Page, State, Walk, motion, settle};
use crate::knowledge::{Address, Item, Knowledge};

/// A place in a dossier, and how far one has read there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whereabouts {
    /// The id of the open topic.
    pub topic: String,
    /// The address of the page: a topic, an entry or an entity.
    pub page: String,
    /// The id of the selected part of the page: a statement of it, or where the part leads.
    pub part: Option<String>,
    /// The first letter that is seen.
    pub first: Letter,
    /// The keys go to the page, and not to the list beside it.
    pub reading: bool,
    /// What was searched for, whose matches are marked.
    pub query: Option<String>,
    /// Through which lens one looks.
    pub lens: Lens,
    /// The address of what is selected there.
    pub subject: Option<String>,
    /// Where in the lens one looks: how near, how arranged.
    pub looking: Looking,
    /// Which standings are asked for.
    pub filter: Filter,
    /// What is being searched for, while it is typed.
    pub asking: Option<Asking>,
    /// The tour on the stage, if there is one.
    pub tour: Option<Stage>,
}

/// A search that is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asking {
    /// What is typed.
    pub typed: String,
    /// The id of the only entry that is searched.
    pub within: Option<String>,
    /// The address of the selected hit.
    pub hit: Option<String>,
}

/// How far a tour has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stage {
    /// The id of the tour.
    pub tour: String,
    /// Which of its steps, from 0.
    pub step: usize,
    /// Which part of the step was revealed last, from 0.
    pub part: usize,
}

/// A letter of a page, however its lines are broken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// The id of the part it belongs to; `None` above the first one.
    pub part: Option<String>,
    /// How many letters of the part stand before it; blanks are not counted.
    pub before: usize,
}

impl Whereabouts {
    /// Where a session is.
    pub fn of(state: &State, library: &Library) -> Self {
        let knowledge = &library.knowledge;
        let document = state.document(library);
        let part = document.stops.get(state.stop).and_then(|stop| id(stop, knowledge));
        Self {
            topic: knowledge.ids.name(Item::Topic(state.topic)).to_owned(),
            page: knowledge.address_text(state.page.address()),
            part,
            first: letter(&document, state.scroll, knowledge),
            reading: state.focus == Focus::Page,
            query: state.walk.as_ref().map(|walk| walk.typed.clone()),
            lens: state.lenses.shown,
            subject: state.lenses.subject.map(|subject| knowledge.address_text(subject.address(knowledge))),
            looking: Looking::of(state, library),
            filter: state.filter,
            asking: asking(state, knowledge),
            tour: state.tour.filter(|tour| tour.on_stage).map(|tour| Stage {
                tour: knowledge.ids.name(Item::Tour(tour.tour)).to_owned(),
                step: tour.step,
                part: tour.part,
            }),
        }
    }

    /// The address of the place, as far as it can be written: what `--goto` reads.
    pub fn address(&self) -> String {
        if let Some(stage) = &self.tour {
            return format!("step {} of {}", stage.step + 1, stage.tour);
        }
        match (&self.part, &self.subject) {
            (_, Some(subject)) if self.lens != Lens::Read => subject.clone(),
            (Some(part), _) if self.reading && !part.contains(['/', '#']) => format!("{}#{part}", self.page),
            _ => self.page.clone(),
        }
    }

    /// Brings a session there. What the file does not know is left as it is.
    pub(super) fn bring(&self, state: &mut State, library: &Library) {
        let knowledge = &library.knowledge;
        let Some(Item::Topic(topic)) = knowledge.ids.get(&self.topic) else { return };
        let Ok(address) = knowledge.address(&self.page) else { return };
        state.topic = topic;
        state.passing = false;
        match address {
            Address::Entry(entry) => {
                state.page = Page::Entry(entry);
                if let Some(cursor) = state.lists.get_mut(topic.at()) {
                    cursor.row = knowledge.row_of(entry);
                }
            }
            Address::Entity(entity) => state.page = Page::Entity(entity),
            Address::Topic(_) | Address::Statement(_) => state.page = Page::Topic(topic),
        }
        // Where there is room for one pane, what is read matters more than the list it stands in; a lens has all the room
        // and says nothing about that.
        state.lenses.shown = Lens::Read;
        let alone = !state.panes().both() && !matches!(state.page, Page::Topic(_));
        state.focus = if self.reading || alone { Focus::Page } else { Focus::List };
        state.lenses.shown = self.lens;
        let subject = self.subject.as_ref().and_then(|subject| knowledge.address(subject).ok());
        state.lenses.subject = subject.and_then(Subject::of);
        state.filter = self.filter;
        self.looking.bring(state, library);
        self.stage(state, library);
        self.search(state, library);
        self.ask(state, library);
        let document = state.document(library);
        let of = |wanted: &Option<String>| {
            wanted.as_ref().and_then(|wanted| {
                document.stops.iter().position(|stop| id(stop, knowledge).as_ref() == Some(wanted))
            })
        };
        state.stop = of(&self.part).unwrap_or_default();
        state.scroll = line(&document, of(&self.first.part), self.first.before);
        let seen = state.scroll..state.scroll + usize::from(state.panes().text().height);
        let is_seen = |stop: &Stop| stop.lines.start < seen.end && stop.lines.end > seen.start;
        if self.reading && document.stops.get(state.stop).is_some_and(|stop| !is_seen(stop)) {
            // A smaller screen ends above it.
            motion::show_stop(state, &document);
        }
        settle::settle(state, library);
    }

    /// Shows the same part of the same tour, or none.
    fn stage(&self, state: &mut State, library: &Library) {
        let tour = |stage: &Stage| match library.knowledge.ids.get(&stage.tour) {
            Some(Item::Tour(tour)) => Some((tour, stage.step, stage.part)),
            _ => None,
        };
        let before = state.tour;
        state.tour = self.tour.as_ref().and_then(tour).map(|(tour, step, part)| Presenting {
            step,
            part,
            on_stage: true,
            ..before.filter(|before| before.tour == tour).unwrap_or(Presenting::new(tour))
        });
    }

    /// Opens the same search, with hits of one's own, or closes it.
    fn ask(&self, state: &mut State, library: &Library) {
        // Help and the like lie over everything until they are closed.
        if !matches!(state.overlay, None | Some(Overlay::Search(_))) {
            return;
        }
        let Some(Asking { typed, within, hit }) = &self.asking else {
            state.overlay = None;
            return;
        };
        let entry = |id: &String| match library.knowledge.ids.get(id) {
            Some(Item::Entry(entry)) => Some(entry),
            _ => None,
        };
        let within = within.as_ref().and_then(entry);
        let mut search = match state.overlay.take() {
            Some(Overlay::Search(own)) if own.input.value() == typed && own.here == within => own,
            _ => Box::new(Search::new(typed, within, library)),
        };
        let hit = hit.as_ref().and_then(|hit| library.knowledge.address(hit).ok());
        let row = search.hits.rows.iter().position(|own| Some(own.address) == hit);
        search.row = row.unwrap_or(search.row);
        state.overlay = Some(Overlay::Search(search));
    }

    /// Marks what was searched for, and walks along the same hits.
    fn search(&self, state: &mut State, library: &Library) {
        if state.walk.as_ref().map(|walk| &walk.typed) == self.query.as_ref() {
            return;
        }
        state.walk = self.query.as_ref().and_then(|typed| {
            let Search { query, hits, .. } = Search::new(typed, None, library);
            let hits: Vec<Address> = hits.rows.iter().map(|hit| hit.address).collect();
            let here = self.part.as_ref().and_then(|part| library.knowledge.address(part).ok());
            let at = hits.iter().position(|hit| Some(*hit) == here).unwrap_or_default();
            (!hits.is_empty()).then(|| Walk { query, typed: typed.clone(), hits, at })
        });
    }
}

/// The search that is open.
pub(super) fn asking(state: &State, knowledge: &Knowledge) -> Option<Asking> {
    let Some(Overlay::Search(search)) = &state.overlay else { return None };
    Some(Asking {
        typed: search.input.value().to_owned(),
        within: search.here.map(|ix| knowledge.ids.name(Item::Entry(ix)).to_owned()),
        hit: search.chosen().map(|hit| knowledge.address_text(hit.address)),
    })
}

/// The id of a stop.
fn id(stop: &super::document::Stop, knowledge: &Knowledge) -> Option<String> {
    let statement = stop.statement.map(|ix| knowledge.ids.name(Item::Statement(ix)).to_owned());
    statement.or_else(|| stop.target.map(|to| knowledge.address_text(to)))
}

/// The first letter of a line.
fn letter(document: &Document, line: usize, knowledge: &Knowledge) -> Letter {
    let stop = document.stops.iter().rev().find(|stop| stop.lines.start <= line);
    let start = stop.map_or(0, |stop| stop.lines.start);
    let before = document.lines.get(start..line).unwrap_or_default().iter().map(letters).sum();
    Letter { part: stop.and_then(|stop| id(stop, knowledge)), before }
}

/// The line of a letter, of which so many stand before it in a stop, or above the first one.
fn line(document: &Document, stop: Option<usize>, before: usize) -> usize {
    let start = stop.and_then(|at| document.stops.get(at)).map_or(0, |stop| stop.lines.start);
    let next = stop.map_or(0, |at| at + 1);
    let end = document.stops.get(next).map_or(document.lines.len(), |stop| stop.lines.start);
    let mut seen = 0;
    let with_it = document.lines.get(start..end).unwrap_or_default().iter().position(|line| {
        seen += letters(line);
        seen > before
    });
    // All its letters stand before the blank line below it.
    start + with_it.unwrap_or(end.saturating_sub(start + 1))
}

fn letters(line: &Line) -> usize {
    line.iter().flat_map(|run| run.text.chars()).filter(|c| !c.is_whitespace()).count()
}
