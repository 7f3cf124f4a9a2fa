//! Draws a session. Must never change state, and must draw at any size from 0×0.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::app::{Library, State};

/// Draws the whole screen, and says where the cursor stands if it is shown.
pub fn draw(_state: &State, library: &Library, buffer: &mut Buffer) -> Option<Position> {
    buffer.set_stringn(
        0,
        0,
        &library.knowledge.title,
        buffer.area.width.into(),
        ratatui::style::Style::new(),
    );
    None
}
