//! The last look at a screen for a terminal that has no letters but those of ASCII.
//!
//! Must never move anything: a glyph keeps its cells.

use ratatui::buffer::Buffer;

use crate::config::ascii_cells;
use crate::text::width::width;

/// Puts every glyph in ASCII, on the cells that it has.
pub(super) fn only(buffer: &mut Buffer) {
    let columns = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(columns) {
        for at in 0..row.len() {
            let glyph = row[at].symbol();
            if glyph.is_ascii() {
                continue;
            }
            let cells = width(glyph).clamp(1, columns - at);
            let shown = ascii_cells(glyph, cells);
            for (cell, letter) in row[at..].iter_mut().zip(shown.chars()) {
                cell.set_char(letter);
            }
        }
    }
}
