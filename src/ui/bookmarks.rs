//! The list of bookmarks, in a box.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::brush::{Brush, after, line_of};
use super::panel::{frame, select};
use crate::action::{Action, Context};
use crate::app::bookmarks::{ROWS, rows};
use crate::app::{Library, State};
use crate::text::width::width;

pub(super) fn draw(brush: Brush, (state, library): (&State, &Library), row: usize, buffer: &mut Buffer) {
    let rows = rows(state, library);
    let area = frame(brush, "Bookmarks", rows.len().clamp(1, ROWS) as u16, buffer);
    if rows.is_empty() {
        let key = library.keymap.key(Context::Marks, Action::Bookmark);
        let words = key.map_or("None yet.".to_owned(), |key| format!("None yet: {key} marks where one is."));
        brush.text(buffer, line_of(area, 0), &words, brush.muted());
        return;
    }
    // The selected row is seen, with as many before it as there is room for.
    let top = (row + 1).saturating_sub(usize::from(area.height));
    for (line, (at, its)) in (0..area.height).zip(rows.iter().enumerate().skip(top)) {
        let place = line_of(area, line);
        let lead = if its.is_last { "last time: " } else { "" };
        let taken = brush.text(buffer, place, lead, brush.muted());
        let style = if its.to.is_some() { brush.strong() } else { brush.dim() };
        let room = after(place, taken);
        let note = if its.to.is_some() { its.address.clone() } else { "not in the file any more".to_owned() };
        // The name matters more than the address.
        let left = usize::from(room.width).saturating_sub(width(&its.title) + 2);
        let short = [note.as_str(), note.rsplit('/').next().unwrap_or_default()];
        let note = short.into_iter().find(|note| width(note) <= left).unwrap_or_default();
        let cells = brush.text_right(buffer, room, note, brush.muted());
        brush.text(buffer, Rect { width: room.width - cells, ..room }, &its.title, style);
        if at == row {
            select(brush, place, buffer);
        }
    }
}
