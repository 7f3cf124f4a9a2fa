//! Draws a session. Must never change state, and must draw at any size from 0×0.
//!
//! One file a pane. All of them are given a `Brush`, which knows how a role looks in this session, and an area, and
//! write into it and nowhere else.

mod ascii;
mod bookmarks;
mod brush;
mod chips;
mod chrome;
mod footer;
mod hints;
mod lens;
mod list;
mod opening;
mod page;
mod panel;
mod plain;
mod search;
mod stage;
mod tones;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::{Focus, Library, Overlay, State, panel as panels};
use crate::config::Charset;
use brush::Brush;
pub use opening::draw as draw_opening;

/// Draws the whole screen over whatever `buffer` holds, and says where the cursor stands if it is shown.
pub fn draw(state: &State, library: &Library, buffer: &mut Buffer) -> Option<Position> {
    let brush = Brush::of(state);
    let cursor = whole(brush, state, library, buffer);
    if state.look.charset == Charset::Ascii {
        ascii::only(buffer);
    }
    if brush.has_lines() { cursor.or_else(|| plain::cursor(brush, buffer)) } else { cursor }
}

/// Draws all of it; where a text is typed, says where.
fn whole(brush: Brush, state: &State, library: &Library, buffer: &mut Buffer) -> Option<Position> {
    let panes = state.panes();
    brush.lay_ground(buffer);
    if panes.footer.width == 0 {
        brush.text(buffer, buffer.area, "too small: 20×5", brush.ground());
        return None;
    }
    // A frame may be asked for in the moment before the new size is known: what does not fit is not drawn.
    if buffer.area.width < state.size.columns || buffer.area.height < state.size.rows {
        return None;
    }
    if state.blank {
        footer::off(brush, state, panes.footer, buffer);
        return None;
    }
    if !matches!(state.overlay, None | Some(Overlay::Palette(_) | Overlay::Tours { .. }))
        || !stage::draw(brush, state, library, buffer)
    {
        return explorer(brush, state, library, buffer);
    }
    over(brush, state, library, buffer)
}

/// Draws list, page, what is around them, and what lies over them.
fn explorer(brush: Brush, state: &State, library: &Library, buffer: &mut Buffer) -> Option<Position> {
    let panes = state.panes();
    chrome::title(brush, state, library, panes.title, buffer);
    chrome::rule(brush, panes.rule, buffer);
    chrome::legend(brush, state, library, panes.legend, buffer);
    footer::draw(brush, state, library, panes.footer, buffer);
    if let Some(document) = panels::document(state, library) {
        chrome::tabs(brush, state, library, panes.tabs, buffer);
        panel::read(brush, state, &document, body(panes.list, panes.page, panes.aside), buffer);
        return None;
    }
    if let Some(Overlay::Search(search)) = &state.overlay {
        return Some(search::draw(brush, state, search, library, buffer));
    }
    chrome::tabs(brush, state, library, panes.tabs, buffer);
    let cursor = lens::draw(brush, state, library, panes, buffer);
    list::draw(brush, state, library, panes.list, buffer);
    page::draw(brush, state, library, panes, buffer);
    if state.overlay.is_some() { over(brush, state, library, buffer) } else { cursor }
}

/// Draws what lies over the panes without hiding them.
fn over(brush: Brush, state: &State, library: &Library, buffer: &mut Buffer) -> Option<Position> {
    match &state.overlay {
        Some(Overlay::Links(links)) => hints::draw(brush, state, library, links, buffer),
        Some(Overlay::Palette(palette)) => return panel::palette(brush, library, palette, buffer),
        Some(Overlay::Tours { row }) => panel::tours(brush, state, library, *row, buffer),
        Some(Overlay::Bookmarks { row }) => bookmarks::draw(brush, (state, library), *row, buffer),
        Some(Overlay::Standings { row }) => panel::standings(brush, state, *row, buffer),
        _ => {}
    }
    None
}

/// The area of all panes together.
fn body(list: Rect, page: Rect, aside: Rect) -> Rect {
    [list, page, aside].into_iter().filter(|area| area.width > 0).reduce(Rect::union).unwrap_or_default()
}

/// Whether the keys go to `focus` and nothing lies over it.
fn has_keys(state: &State, focus: Focus) -> bool {
    state.focus == focus && matches!(state.overlay, None | Some(Overlay::Links(_)))
}
