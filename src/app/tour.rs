//! A tour that is given: where it is, and what of it is on the screen.
//!
//! Each step is a few *parts* that are shown one after the other: its statements, or the screenfuls of a page that is
//! shown whole. Must never change the dossier's places: whoever steps aside to look something up moves in the explorer
//! as always, and comes back to the part where the tour was left.

mod picture;

use ratatui::layout::Rect;

use super::document::{Document, MEASURE};
use super::filter::Filter;
use super::layout::{MARGIN, SMALLEST, Screen};
use super::page::{View, stage};
use super::{Library, Page, Size, State};
use crate::config::Charset;
use crate::knowledge::{Address, Knowledge, StatementIx, Step, Tour, TourIx};
pub use picture::{Picture, title};

/// Rows from which a stage has an empty row above its text.
const ROOMY: u16 = 15;
/// Columns from which the notes stand beside the stage, and not below it.
const NOTES_BESIDE: u16 = 110;
/// Columns of the notes beside the stage.
const NOTES_COLUMNS: u16 = 38;

/// A tour under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presenting {
    /// Which tour.
    pub tour: TourIx,
    /// Which of its steps, from 0.
    pub step: usize,
    /// Which part of the step was shown last, from 0.
    pub part: usize,
    /// It has the screen; otherwise one has stepped aside.
    pub on_stage: bool,
    /// The speaker's notes are shown, too.
    pub notes: bool,
    /// The number of a step that is being typed; 0 is none.
    pub number: usize,
    /// When it began and when this step did, in seconds of the session's clock; `None` before the clock was read.
    pub began: Option<(u32, u32)>,
}

/// The areas of a tour's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stage {
    /// The text that everybody is to read.
    pub text: Rect,
    /// The cells that a picture may take in its place.
    pub picture: Rect,
    /// What only the speaker is to read; empty without notes.
    pub notes: Rect,
    /// Where the tour is.
    pub footer: Rect,
}

impl Presenting {
    /// A tour from its beginning.
    pub const fn new(tour: TourIx) -> Self {
        Self { tour, step: 0, part: 0, on_stage: true, notes: false, number: 0, began: None }
    }

    /// The tour in `knowledge`.
    pub fn tour(self, knowledge: &Knowledge) -> Option<&Tour> {
        knowledge.tours.get(self.tour.at())
    }

    /// The step it is at.
    pub fn step(self, knowledge: &Knowledge) -> Option<&Step> {
        self.tour(knowledge)?.steps.get(self.step)
    }

    /// Seconds since it began, and since its step did.
    pub fn taken(self, clock: u32) -> (u32, u32) {
        self.began.map_or((0, 0), |(tour, step)| (clock.saturating_sub(tour), clock.saturating_sub(step)))
    }

    /// Goes to a step; `part` is moved to where there is one.
    pub(super) fn go(&mut self, step: usize, part: usize, clock: u32) {
        (self.step, self.part) = (step, part);
        self.began = self.began.map(|(tour, _)| (tour, clock));
    }
}

/// Where things are on a tour's screen.
pub fn arrange(size: Size, notes: bool) -> Stage {
    let Size { columns, rows } = size;
    if columns < SMALLEST.columns || rows < SMALLEST.rows {
        return Stage::default();
    }
    let footer = Rect { x: 0, y: rows - 1, width: columns, height: 1 };
    let mut text = Rect { x: 0, y: 0, width: columns, height: rows - 1 };
    let mut own = Rect::default();
    if notes && columns >= NOTES_BESIDE {
        text.width -= NOTES_COLUMNS + 1;
        own = Rect { x: text.right() + 1, width: NOTES_COLUMNS, ..text };
    } else if notes {
        let height = (text.height * 2 / 5).max(2);
        text.height -= height + 1;
        own = Rect { y: text.bottom() + 1, height, ..text };
    }
    if text.height >= ROOMY {
        text = Rect { y: 1, height: text.height - 1, ..text };
    }
    let picture = text;
    let width = text.width.saturating_sub(2 * MARGIN).min(MEASURE);
    text = Rect { x: text.x + (text.width - width) / 2, width, ..text };
    Stage { text, picture, notes: own, footer }
}

/// A step as it is written on a stage: all of it, revealed or not, so that nothing moves.
pub fn document(knowledge: &Knowledge, step: &Step, room: Rect, charset: Charset) -> Document {
    let filter = Filter::default();
    let ascii = charset == Charset::Ascii;
    let view = View { knowledge, width: room.width, filter: &filter, query: None, ascii, keymap: None };
    let entry = |ix, revealed: &[StatementIx]| {
        let airy = stage::entry(view, ix, revealed, 2);
        if airy.lines.len() <= usize::from(room.height) { airy } else { stage::entry(view, ix, revealed, 1) }
    };
    match step.show {
        Address::Entry(ix) if !step.reveal.is_empty() => entry(ix, &step.reveal),
        Address::Statement(statement) => {
            let revealed = if step.reveal.is_empty() { &[statement][..] } else { &step.reveal };
            entry(knowledge.statement(statement).entry, revealed)
        }
        Address::Entry(ix) => Page::Entry(ix).document(view),
        show if !step.reveal.is_empty() => picture::written(view, show, &step.reveal),
        Address::Topic(topic) => Page::Topic(topic).document(view),
        Address::Entity(entity) => Page::Entity(entity).document(view),
    }
}

/// What a tour shows now: its step, and where it is seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shown {
    /// The step, all of it; with a picture, only what was revealed last.
    pub document: Document,
    /// What is seen through the step's lens.
    pub picture: Option<Picture>,
    /// The first line that is seen.
    pub top: usize,
    /// The rows in which it is seen: a short step stands a little above the middle.
    pub area: Rect,
    /// Stops that are not revealed yet begin with this one.
    pub revealed: usize,
    /// How many parts the step has, at least 1.
    pub parts: usize,
}

/// What is on the stage; nothing if no tour is.
pub fn shown(state: &State, library: &Library) -> Option<Shown> {
    let presenting = state.tour.as_ref()?;
    let step = presenting.step(&library.knowledge)?;
    let areas = arrange(state.size, presenting.notes);
    let knowledge = &library.knowledge;
    let parts = step.reveal.len().max(1);
    let (charset, part) = (state.look.charset, presenting.part.min(parts - 1));
    let may_draw = state.screen != Screen::Lines;
    let picture = may_draw.then(|| Picture::of(knowledge, step, part, (areas.picture, charset))).flatten();
    if let Some(picture) = picture {
        let ascii = charset == Charset::Ascii;
        let document = picture::words(knowledge, step, part, (areas.picture, ascii));
        let (area, revealed) = (picture.words, document.stops.len());
        return Some(Shown { document, picture: Some(picture), top: 0, area, revealed, parts });
    }
    let room = areas.text;
    let document = document(knowledge, step, room, charset);
    let height = usize::from(room.height).max(1);
    let most = document.lines.len().saturating_sub(height);
    let above = height.saturating_sub(document.lines.len()) as u16 * 2 / 5;
    let area = Rect { y: room.y + above, height: room.height - above, ..room };
    if step.reveal.is_empty() {
        let parts = document.lines.len().div_ceil(height).max(1);
        let top = (presenting.part.min(parts - 1) * height).min(most);
        return Some(Shown { top, area, revealed: document.stops.len(), parts, document, picture: None });
    }
    let newest = document.stops.get(part).map_or(0..0, |stop| stop.lines.clone());
    // As little as it takes to see the newest statement, and its beginning rather than its end.
    let top = newest.end.saturating_sub(height).min(newest.start);
    Some(Shown { top, area, revealed: part + 1, parts, document, picture: None })
}
