//! The letters over the links that can be followed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::brush::Brush;
use crate::app::hints::{Hints, hints};
use crate::app::{Library, State};

pub(super) fn draw(brush: Brush, state: &State, library: &Library, typed: &Hints, buffer: &mut Buffer) {
    for hint in hints(state, library, typed.of_stop) {
        let Some(rest) = hint.letters.strip_prefix(&typed.typed) else { continue };
        // In the blank before the link, where there is one, the letter leaves the name to be read.
        let before = hint.column.checked_sub(1).filter(|x| buffer[(*x, hint.row)].symbol() == " ");
        let x = before.filter(|_| hint.letters.len() == 1).unwrap_or(hint.column);
        let at = Rect { x, y: hint.row, width: buffer.area.right() - x, height: 1 };
        brush.text(buffer, at, rest, brush.reversed());
    }
}
