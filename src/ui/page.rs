//! The page and the column beside it: a document, from a line on, with the selected stop marked.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::brush::{Brush, Sign, line_of};
use super::{chrome, has_keys};
use crate::app::document::Document;
use crate::app::hints::{aside, aside_text};
use crate::app::layout::Panes;
use crate::app::{Focus, Library, State};

pub(super) fn draw(brush: Brush, state: &State, library: &Library, panes: Panes, buffer: &mut Buffer) {
    if panes.both() {
        chrome::vertical(brush, panes.list.right(), panes.list, buffer);
    }
    if panes.page.is_empty() {
        return;
    }
    let document = state.document(library);
    lines(brush, &document, state.scroll, panes.text(), buffer);
    if state.focus == Focus::Page
        && let Some(stop) = document.stops.get(state.stop)
    {
        let here = has_keys(state, Focus::Page);
        let rows = stop.lines.start.saturating_sub(state.scroll)..stop.lines.end.saturating_sub(state.scroll);
        mark(brush, rows, panes.page, here, buffer);
    }
    let seen = usize::from(panes.page.height);
    thumb(brush, (document.lines.len(), seen), state.scroll, panes.page, buffer);
    if panes.aside.width > 0 {
        chrome::vertical(brush, panes.page.right(), panes.page, buffer);
        lines(brush, &aside(state, library), 0, aside_text(panes.aside), buffer);
    }
}

/// Writes the lines of a document from `scroll` on.
pub(super) fn lines(brush: Brush, document: &Document, scroll: usize, area: Rect, buffer: &mut Buffer) {
    for (row, line) in (0..area.height).zip(document.lines.iter().skip(scroll)) {
        brush.line(buffer, line_of(area, row), line);
    }
}

/// The bar beside the rows of the selected stop, as far as they are seen.
pub(super) fn mark(brush: Brush, rows: Range<usize>, area: Rect, here: bool, buffer: &mut Buffer) {
    let style = if here { brush.accent() } else { brush.faint() };
    for row in rows.start..rows.end.min(area.height.into()) {
        brush.text(buffer, Rect { width: 1, ..line_of(area, row as u16) }, brush.sign(Sign::Bar), style);
    }
}

/// How much of a document is seen, at the right edge; nothing if all of it is.
pub(super) fn thumb(
    brush: Brush,
    (len, seen): (usize, usize),
    scroll: usize,
    area: Rect,
    buffer: &mut Buffer,
) {
    let rows = usize::from(area.height);
    if len <= seen || area.width == 0 || rows == 0 {
        return;
    }
    let size = (rows * seen / len).clamp(1, rows);
    let most = len - seen;
    let top = (rows - size) * scroll.min(most) / most;
    for row in top..top + size {
        let at = Rect { x: area.right() - 1, width: 1, ..line_of(area, row as u16) };
        brush.text(buffer, at, brush.sign(Sign::Thumb), brush.faint());
    }
}
