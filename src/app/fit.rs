//! Whether the steps of a tour fit the smallest screen that a class is shown one on.
//!
//! Nobody who looks at a projector can scroll. Must never draw: lines are counted as they would be written.

use super::{Size, tour};
use crate::config::Charset;
use crate::knowledge::{Address, Knowledge, Lens, StatementIx, Step};

/// The smallest screen that a tour is made for.
pub const PROJECTOR: Size = Size { columns: 80, rows: 24 };

/// How a step fits a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// All that it reveals can be seen at once, with the page's title above it; or it shows a page to be paged through.
    Fits,
    /// It needs so many lines, more than there are.
    Needs {
        /// Lines from the title to the end of the last statement.
        lines: usize,
        /// Lines that there are.
        room: usize,
    },
    /// It reveals a statement that is not on the page that it shows.
    Elsewhere(StatementIx),
    /// It has a lens, in which this cannot be seen: it has no date, no place, no relation. `None`: nothing can.
    Unseen(Option<StatementIx>),
}

/// How a step fits a screen of this size.
pub fn fit(knowledge: &Knowledge, step: &Step, size: Size) -> Fit {
    if step.lens != Lens::Read {
        return fit_picture(knowledge, step, size);
    }
    if step.reveal.is_empty() {
        return Fit::Fits;
    }
    let shown = match step.show {
        Address::Entry(entry) => Some(entry),
        Address::Statement(statement) => Some(knowledge.statement(statement).entry),
        Address::Topic(_) | Address::Entity(_) => None,
    };
    let elsewhere = |ix: &&StatementIx| Some(knowledge.statement(**ix).entry) != shown;
    if let Some(statement) = step.reveal.iter().find(elsewhere) {
        return Fit::Elsewhere(*statement);
    }
    let area = tour::arrange(size, false).text;
    let lines = tour::document(knowledge, step, area, Charset::Unicode).lines.len();
    let room = usize::from(area.height);
    if lines > room { Fit::Needs { lines, room } } else { Fit::Fits }
}

/// How a step's picture fits, and whether all that it is to show is in it.
fn fit_picture(knowledge: &Knowledge, step: &Step, size: Size) -> Fit {
    let room = (tour::arrange(size, false).picture, Charset::Unicode);
    if let Err(lines) = tour::Picture::room(knowledge, step, room) {
        return Fit::Needs { lines, room: usize::from(room.0.height) };
    }
    let mut parts = 0..step.reveal.len().max(1);
    match parts.find(|part| !tour::Picture::shows(knowledge, step, *part, room)) {
        Some(part) => Fit::Unseen(step.reveal.get(part).copied()),
        None => Fit::Fits,
    }
}
