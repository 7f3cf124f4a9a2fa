//! The letters over the links that can be followed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::brush::Brush;
use crate::app::hints::{Hints, hints};
use crate::app::{Library, State};

pub(super) fn draw(brush: Brush, state: &State, library: &Library, typed: &Hints, buffer: &mut Buffer) {
    for hint in hints(state, library, typed.of_stop) {
        let Some(rest) = hint.letters.strip_prefix(&typed.typed) else { continue };
        let room = buffer.area.right().saturating_sub(hint.column);
        let at = Rect { x: hint.column, y: hint.row, width: room, height: 1 };
        brush.text(buffer, at, &rest.to_uppercase(), brush.reversed());
    }
}
