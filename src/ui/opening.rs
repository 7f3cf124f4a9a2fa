//! The screen while a large file is being read: its name, how far that has come, and the keys that work already.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::brush::{Brush, after};
use super::{chrome, page};
use crate::action::{Action, Context};
use crate::app::Opening;
use crate::app::layout::{MARGIN, SMALLEST};
use crate::keys::Keymap;

/// Rows from which there is a blank one above and below what is said.
const ROOMY: u16 = 15;

/// Draws the whole screen, and says where the cursor stands if it is shown.
pub fn draw(opening: &Opening, keymap: &Keymap, buffer: &mut Buffer) -> Option<Position> {
    let brush = Brush::new(opening.look);
    brush.lay_ground(buffer);
    let screen = buffer.area;
    if screen.width < SMALLEST.columns || screen.height < SMALLEST.rows {
        brush.text(buffer, screen, "too small: 20×5", brush.ground());
        return None;
    }
    let line = |y: u16| after(Rect { y, width: screen.width - 1, height: 1, ..screen }, 1);
    brush.text(buffer, line(0), &opening.file, brush.strong());
    chrome::rule(brush, Rect { y: 2, height: 1, ..screen }, buffer);
    footer(brush, opening, keymap, line(screen.height - 1), buffer);
    let cursor = opening.input.as_ref().map(|input| {
        let lead = brush.text(buffer, line(1), "/ ", brush.accent());
        brush.input(buffer, after(line(1), lead), input)
    });
    let body = Rect { y: 3, height: screen.height - 4, ..after(screen, MARGIN) };
    if let (Some(top), Some(document)) = (opening.help, opening.help(keymap)) {
        page::lines(brush, &document, top, body, buffer);
        page::thumb(brush, (document.lines.len(), opening.help_lines()), top, body, buffer);
        return None;
    }
    let top = body.y + u16::from(screen.height >= ROOMY);
    let row = |y: u16| Rect { y, height: 1, ..body };
    brush.text(buffer, row(top), "Reading the file", brush.body());
    if top + 1 < screen.height - 1 {
        brush.text(buffer, row(top + 1), &opening.progress_words(), brush.muted());
    }
    cursor
}

fn footer(brush: Brush, opening: &Opening, keymap: &Keymap, area: Rect, buffer: &mut Buffer) {
    if let Some(message) = opening.message {
        brush.text(buffer, area, message, brush.accent());
        return;
    }
    let context = if opening.input.is_some() { Context::Typing } else { Context::Command };
    let hints: &[(Action, &str)] = match (&opening.input, opening.help) {
        (Some(_), _) => &[(Action::Close, "close")],
        (None, Some(_)) => &[(Action::LineDown, "scroll"), (Action::Close, "close")],
        (None, None) => &[(Action::Search, "search"), (Action::Help, "help"), (Action::CloseOrQuit, "quit")],
    };
    let mut rest = area;
    for (action, word) in hints {
        let Some(key) = keymap.key(context, *action) else { continue };
        let taken = brush.text(buffer, rest, &key, brush.accent());
        rest = after(rest, taken + 1);
        let taken = brush.text(buffer, rest, word, brush.muted());
        rest = after(rest, taken + 3);
    }
}
