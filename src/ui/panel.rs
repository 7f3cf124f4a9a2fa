//! What lies over the panes: help and problems over all of them, palette and standings in a box.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::symbols::border;
use ratatui::widgets::{Block, Borders, Clear, Widget};

use super::brush::{Brush, Sign, WIDEST, after, line_of};
use super::{chrome, page};
use crate::action::Context;
use crate::app::document::Document;
use crate::app::layout::MARGIN;
use crate::app::palette::{Palette, ROWS};
use crate::app::panel::{self as panels, STANDING_ROWS, TOUR_ROWS};
use crate::app::{Library, Overlay, State, filter::Shown};
use crate::knowledge::StandingKind;
use crate::text::width::{grapheme_width, width};
use crate::text::wrap::wrap;

/// Cells of the longest meaning of a standing; where they are lacking, that of the selected one stands below.
const WIDEST_MEANING: usize = 33;
/// Cells of a box, its border included.
const BOX: u16 = 64;

const ASCII: border::Set<'_> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// A text that is read, in place of the panes.
pub(super) fn read(brush: Brush, state: &State, document: &Document, area: Rect, buffer: &mut Buffer) {
    let top = match state.overlay {
        Some(Overlay::Help { top } | Overlay::About { top } | Overlay::Problems { top }) => top,
        _ => 0,
    };
    let columns = panels::columns(state);
    let width = area.width / columns as u16;
    for column in 0..columns {
        let own = Rect { x: area.x + column as u16 * width, width, ..area };
        let text = Rect { x: own.x + MARGIN, width: width.saturating_sub(2 * MARGIN), ..own };
        page::lines(brush, document, top + column * usize::from(area.height), text, buffer);
    }
    let seen = Rect { height: area.height, ..area };
    page::thumb(brush, (document.lines.len(), panels::lines_seen(state)), top, seen, buffer);
}

/// An empty box of so many rows inside, high up in the middle.
pub(super) fn frame(brush: Brush, title: &str, rows: u16, buffer: &mut Buffer) -> Rect {
    let screen = buffer.area;
    if brush.has_lines() {
        // In place of a box, the whole screen but its last row; the mark stands in the first column.
        let area = Rect { height: screen.height.saturating_sub(1), ..screen };
        Clear.render(area, buffer);
        buffer.set_style(area, brush.ground());
        brush.text(buffer, line_of(area, 0), title, brush.strong());
        return Rect {
            x: 1,
            y: 1,
            width: area.width.saturating_sub(2),
            height: rows.min(area.height.saturating_sub(1)),
        };
    }
    let width = BOX.min(screen.width);
    let height = (rows + 2).min(screen.height);
    let y = (screen.height - height) / 3;
    let area = Rect { x: (screen.width - width) / 2, y, width, height };
    let set = if brush.sign(Sign::Vertical) == "|" { ASCII } else { border::ROUNDED };
    // What lies behind steps back, so that nobody reads across the border; the footer says what can be done.
    buffer.set_style(Rect { height: screen.height.saturating_sub(1), ..screen }, brush.faint());
    cut_before(area, buffer);
    Clear.render(area, buffer);
    let title = format!(" {title} ");
    let block = Block::new()
        .borders(Borders::ALL)
        .border_set(set)
        .style(brush.ground())
        .border_style(brush.faint())
        .title(title.as_str())
        .title_style(chrome::box_title(brush));
    let inner = block.inner(area);
    block.render(area, buffer);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// Takes away the letters that would reach under the left edge of an area: half a letter is none.
fn cut_before(area: Rect, buffer: &mut Buffer) {
    for (gap, x) in (1..).zip((0..area.x).rev()).take(WIDEST) {
        for y in area.top()..area.bottom() {
            let cell = &mut buffer[(x, y)];
            if grapheme_width(cell.symbol()) > gap {
                cell.set_symbol(" ");
            }
        }
    }
}

/// Actions by their names; says where the cursor stands.
pub(super) fn palette(
    brush: Brush,
    library: &Library,
    palette: &Palette,
    buffer: &mut Buffer,
) -> Option<Position> {
    let area = frame(brush, "Actions", ROWS as u16 + 1, buffer);
    let lead = brush.text(buffer, line_of(area, 0), ": ", brush.accent());
    let room = after(line_of(area, 0), lead);
    let cursor = brush.input(buffer, room, &palette.input);
    for (line, (row, letters)) in (1..).zip(palette.rows().into_iter().skip(palette.top).take(ROWS)) {
        let at = line_of(area, line);
        if at.height == 0 {
            break;
        }
        let keys = library.keymap.keys_of(Context::Command, row.action).join("  ");
        let taken = brush.text_right(buffer, at, &keys, brush.accent());
        let room = Rect { width: at.width.saturating_sub(taken + 2), ..at };
        let taken = brush.marked(buffer, room, (row.name, &letters), brush.strong());
        let room = after(room, taken);
        let gap = 16_usize.saturating_sub(width(row.name)).max(2) as u16;
        let room = after(room, gap);
        if usize::from(room.width) >= width(row.help) {
            brush.text(buffer, room, row.help, brush.muted());
        }
        if usize::from(line) - 1 + palette.top == palette.row {
            select(brush, at, buffer);
        }
    }
    (room.height > 0).then_some(cursor)
}

/// Which standings are shown, and what becomes of the others.
pub(super) fn standings(brush: Brush, state: &State, row: usize, buffer: &mut Buffer) {
    let area = frame(brush, "Standings", STANDING_ROWS as u16 + 1, buffer);
    for (line, kind) in (0..).zip(StandingKind::ALL) {
        let at = line_of(area, line);
        let full = state.filter.shown(kind) == Shown::Full;
        let number = format!("{}  {}  ", line + 1, if full { "[x]" } else { "[ ]" });
        let taken = brush.text(buffer, at, &number, brush.muted());
        let word = format!("{} {:<13}", brush.standing_sign(kind), kind.word());
        let style = if full { brush.standing(kind) } else { brush.dim() };
        let more = brush.text(buffer, after(at, taken), &word, style);
        let room = after(at, taken + more);
        if usize::from(room.width) >= WIDEST_MEANING {
            brush.text(buffer, room, kind.meaning(), brush.muted());
        } else if usize::from(line) == row {
            brush.text(buffer, line_of(area, STANDING_ROWS as u16 - 1), kind.meaning(), brush.muted());
        }
    }
    let what = if state.filter.hides { "hidden" } else { "dimmed" };
    let last = line_of(area, STANDING_ROWS as u16);
    let lead = brush.text(buffer, last, &format!("{STANDING_ROWS}  the others are "), brush.muted());
    brush.text(buffer, after(last, lead), what, brush.strong());
    let line = if row + 1 == STANDING_ROWS { STANDING_ROWS } else { row };
    select(brush, line_of(area, line as u16), buffer);
}

/// The tours to choose from, and what the selected one shows.
pub(super) fn tours(brush: Brush, state: &State, library: &Library, row: usize, buffer: &mut Buffer) {
    let tours = &library.knowledge.tours;
    let rows = tours.len().min(TOUR_ROWS);
    let about = tours.get(row).map_or("", |tour| &*tour.summary);
    let lines = wrap(about, usize::from(BOX.min(buffer.area.width).saturating_sub(4)));
    let area = frame(brush, "Tours", (rows + 1 + lines.len()) as u16, buffer);
    let top = (row + 1).saturating_sub(rows);
    let left = state.tour.or(state.left_tour);
    for (line, (at, tour)) in (0..).zip(tours.iter().enumerate().skip(top).take(rows)) {
        let here = line_of(area, line);
        let steps = match left.filter(|left| left.tour.at() == at) {
            Some(left) => format!("at {}/{}", left.step + 1, tour.steps.len()),
            None => format!("{} steps", tour.steps.len()),
        };
        let taken = brush.text_right(buffer, here, &steps, brush.muted());
        let number = brush.text(buffer, here, &format!("{}  ", at + 1), brush.accent());
        let room = Rect { width: here.width.saturating_sub(taken + 2), ..here };
        brush.text(buffer, after(room, number), &tour.title, brush.strong());
        if at == row {
            select(brush, here, buffer);
        }
    }
    for (line, range) in (rows as u16 + 1..).zip(lines) {
        brush.text(buffer, line_of(area, line), about.get(range).unwrap_or_default(), brush.muted());
    }
}

/// Marks the selected row of a box, in the cell between border and text.
pub(super) fn select(brush: Brush, at: Rect, buffer: &mut Buffer) {
    if at.height == 0 || at.x == 0 {
        return;
    }
    buffer.set_style(at, brush.chosen());
    brush.text(buffer, Rect { x: at.x - 1, width: 1, ..at }, brush.sign(Sign::Bar), brush.accent());
}
