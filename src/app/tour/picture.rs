//! A step that is seen through a lens: the picture, and in words below it the statement that was revealed last.
//!
//! Must never keep where one looks: that follows from the step alone, so that the same step is the same on every screen
//! of a size. Where a picture cannot be read, there is none, and the step is written as any other.

use ratatui::layout::Rect;

use crate::app::document::{Document, Ink, MEASURE, Role, Run, Writer};
use crate::app::filter::Filter;
use crate::app::layout::MARGIN;
use crate::app::lens::{Lenses, Row, Scope, Sight, Subject};
use crate::app::page::View;
use crate::config::Charset;
use crate::knowledge::{Address, Item, Knowledge, Lens, StatementIx, Step};

/// Rows from which there is an empty one above and below the picture.
const AIRY: u16 = 16;
/// Rows of the picture without which there is none.
const ROWS: u16 = 6;
/// Rows that are enough for any picture.
const ENOUGH: u16 = 8;

/// A step through its lens.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Where it says what is seen.
    pub title: Rect,
    /// The cells of the picture.
    pub area: Rect,
    /// The cells of the words below it.
    pub words: Rect,
    /// What one looks at.
    pub scope: Scope,
    /// The lens, and where one looks in it.
    pub lenses: Lenses,
}

impl Picture {
    /// What a step shows in `room`, with its statement `part` revealed last; `None` where it cannot be read.
    pub(super) fn of(
        knowledge: &Knowledge,
        step: &Step,
        part: usize,
        (room, charset): (Rect, Charset),
    ) -> Option<Self> {
        let ascii = charset == Charset::Ascii;
        let mut picture = Self::placed(knowledge, step, part, (room, ascii))?;
        let mut lenses = picture.lenses;
        let sight = picture.sight(knowledge, ascii);
        if lenses.shown == Lens::Map {
            lenses.map.speak_of(sight, &step.reveal);
        }
        let optic = lenses.optic_mut()?;
        if !optic.is_readable(sight) {
            return None;
        }
        optic.settle(sight);
        picture.lenses = lenses;
        Some(picture)
    }

    /// Whether a statement can be seen in the picture of a step: it has a date, a place, a relation.
    pub(in crate::app) fn shows(
        knowledge: &Knowledge,
        step: &Step,
        part: usize,
        room: (Rect, Charset),
    ) -> bool {
        let Some(picture) = Self::of(knowledge, step, part, room) else { return false };
        let Some(optic) = picture.lenses.optic() else { return false };
        let sight = picture.sight(knowledge, room.1 == Charset::Ascii);
        match step.reveal.get(part) {
            Some(statement) => optic.statements(sight).contains(statement),
            None => optic.rows(sight).iter().any(|row| matches!(row, Row::Mark(_))),
        }
    }

    /// Whether a step's picture and the longest of its statements have room.
    ///
    /// # Errors
    /// The lines that they need.
    pub(in crate::app) fn room(
        knowledge: &Knowledge,
        step: &Step,
        room: (Rect, Charset),
    ) -> Result<(), usize> {
        if Self::of(knowledge, step, 0, room).is_some() {
            return Ok(());
        }
        let lines = longest(knowledge, step, room.0, room.1 == Charset::Ascii) + 4 + ENOUGH;
        Err(usize::from(lines.max(room.0.height + 1)))
    }

    fn placed(knowledge: &Knowledge, step: &Step, part: usize, (room, ascii): (Rect, bool)) -> Option<Self> {
        if step.lens == Lens::Read {
            return None;
        }
        let air = u16::from(room.height >= AIRY);
        let words = longest(knowledge, step, room, ascii);
        // The words stand off from the picture above them, and from the last row of the screen below.
        let below = if words > 0 { words + 2 * air } else { 0 };
        let height = room.height.checked_sub(1 + air + below)?;
        if height < ROWS {
            return None;
        }
        let area = Rect { y: room.y + 1 + air, height, ..room };
        let inner = Rect { x: room.x + MARGIN, width: room.width.saturating_sub(2 * MARGIN), ..room };
        let subject = step.reveal.get(part).map(|ix| Subject::Statement(*ix));
        Some(Self {
            title: Rect { height: 1, ..inner },
            area,
            words: Rect {
                y: room.bottom() - below + air,
                height: words,
                width: inner.width.min(MEASURE),
                ..inner
            },
            scope: scope(knowledge, step.show),
            lenses: Lenses {
                shown: step.lens,
                subject: subject.or_else(|| Subject::of(step.show)),
                ..Lenses::default()
            },
        })
    }

    /// What the lens depends on.
    pub fn sight<'a>(&self, knowledge: &'a Knowledge, ascii: bool) -> Sight<'a> {
        let subject = self.lenses.subject;
        let filter = &Filter::ALL;
        Sight { knowledge, filter, scope: self.scope, subject, area: self.area, ascii, lines: false }
    }
}

/// What a step is called.
pub fn title(knowledge: &Knowledge, show: Address) -> &str {
    match show {
        Address::Statement(ix) => &knowledge.entry(knowledge.statement(ix).entry).title,
        show => knowledge.name(show),
    }
}

/// What one looks at: the tab that something stands on, or a name.
fn scope(knowledge: &Knowledge, show: Address) -> Scope {
    match show {
        Address::Topic(topic) => Scope::Topic(topic),
        Address::Entity(entity) => Scope::Entity(entity),
        Address::Entry(entry) => Scope::Topic(knowledge.entry(entry).topic),
        Address::Statement(ix) => Scope::Topic(knowledge.entry(knowledge.statement(ix).entry).topic),
    }
}

/// The statement that was revealed last, in words; without one, what there is to say about what is shown.
pub(super) fn words(
    knowledge: &Knowledge,
    step: &Step,
    part: usize,
    (room, ascii): (Rect, bool),
) -> Document {
    let width = room.width.saturating_sub(2 * MARGIN).min(MEASURE);
    let view = View { knowledge, width, filter: &Filter::ALL, query: None, ascii, keymap: None };
    let mut writer = Writer::new(width);
    let summary = match step.show {
        Address::Topic(ix) => Some((&knowledge.topic(ix).summary, Item::Topic(ix))),
        Address::Entity(ix) => Some((&knowledge.entity(ix).summary, Item::Entity(ix))),
        Address::Entry(_) | Address::Statement(_) => None,
    };
    match (step.reveal.get(part), summary) {
        (Some(statement), _) => view.statement(&mut writer, *statement, None, &[]),
        (None, Some(summary)) if !summary.0.plain.is_empty() => view.text(&mut writer, summary),
        (None, _) => {}
    }
    writer.finish()
}

/// Lines that the words need, whichever statement is revealed: nothing moves from one to the next.
fn longest(knowledge: &Knowledge, step: &Step, room: Rect, ascii: bool) -> u16 {
    let lines = |part| words(knowledge, step, part, (room, ascii)).lines.len();
    (0..step.reveal.len().max(1)).map(lines).max().unwrap_or_default() as u16
}

/// A step of several entries as text: what it shows by its name, and the statements.
pub(super) fn written(view: View<'_>, show: Address, revealed: &[StatementIx]) -> Document {
    let mut writer = Writer::new(view.width);
    writer.paragraph(vec![], &[Run::new(title(view.knowledge, show), Ink::of(Role::Title))]);
    for statement in revealed {
        writer.blank();
        view.statement(&mut writer, *statement, None, &[]);
    }
    writer.finish()
}
