//! Where the cursor stands for readers who hear the screen: on what is selected.
//!
//! A screen reader speaks the row of the terminal's own cursor. Every pane marks its selected row with one sign in the
//! first column, which holds nothing else on a screen of lines, so that the mark is the place.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::brush::{Brush, Sign};

/// The first row that is marked; the first one below the tabs where none is.
pub(super) fn cursor(brush: Brush, buffer: &Buffer) -> Option<Position> {
    let area = buffer.area;
    let is_marked = |y: &u16| buffer[(area.x, *y)].symbol() == brush.sign(Sign::Bar);
    let marked = (area.top()..area.bottom()).find(is_marked);
    let first = Some(area.y + 1).filter(|y| *y < area.bottom());
    marked.or(first).filter(|_| area.width > 0).map(|y| Position { x: area.x, y })
}
