//! The mouse: tabs, rows, links, wheel. What a click hits is found by the same layout that draws.

use ratatui::layout::{Position, Rect};

use super::hints::{aside, aside_text};
use super::search::HIT_LINES;
use super::{Button, Focus, Lens, Library, Mouse, Overlay, State, act, lens, motion, panel, scroll, tabs};
use crate::action::Action;
use crate::config::Charset;

/// Lines that a notch of the wheel scrolls.
const NOTCH: usize = 3;

pub(super) fn take(state: &mut State, mouse: Mouse, library: &Library) {
    match (&state.overlay, mouse.button) {
        (Some(Overlay::Search(_)), _) => in_search(state, mouse, library),
        (Some(_), Button::Left) => state.overlay = None,
        (Some(_), button) => {
            let action = if button == Button::WheelDown { Action::LineDown } else { Action::LineUp };
            for _ in 0..NOTCH {
                panel::go(state, action, library);
            }
        }
        (None, Button::Left) => click(state, mouse, library),
        (None, button) => wheel(state, mouse, button, library),
    }
}

const fn at(mouse: Mouse) -> Position {
    Position { x: mouse.column, y: mouse.row }
}

/// Line and column within an area.
fn within(area: Rect, mouse: Mouse) -> Option<(usize, u16)> {
    area.contains(at(mouse)).then(|| (usize::from(mouse.row - area.y), mouse.column - area.x))
}

fn click(state: &mut State, mouse: Mouse, library: &Library) {
    let panes = state.panes();
    if panes.tabs.contains(at(mouse)) {
        let ascii = state.look.charset == Charset::Ascii;
        let tabs = tabs::tabs(&library.knowledge, state.topic, panes.tabs.width, ascii);
        let under = tabs.iter().rfind(|tab| tab.column <= mouse.column);
        if let Some(tab) = under {
            act::tab(state, tab.topic, library);
        }
    } else if panes.legend.contains(at(mouse)) {
        state.overlay = Some(Overlay::Standings { row: 0 });
    } else if state.lenses.shown != Lens::Read {
        if lens::click(state, at(mouse), library) {
            act::open(state, library);
        }
    } else if let Some((line, _)) = within(panes.list, mouse) {
        let above = usize::from(panel::summary_lines(state, library));
        let row = line.checked_sub(above).and_then(|line| state.rows(library).at_line(state.cursor(), line));
        if let Some(row) = row {
            motion::select_row(state, row, library);
            state.focus = Focus::List;
            // Where one pane is seen at a time there is no other way to say that the entry is wanted.
            if !panes.both() {
                act::open(state, library);
            }
        }
    } else if let Some((line, column)) = within(panes.text(), mouse) {
        let document = state.document(library);
        let line = line + state.scroll;
        if let Some(to) = document.link_at(line, column) {
            state.follow_link(to, library);
        } else if let Some(stop) = document.stop_at(line) {
            state.focus = Focus::Page;
            state.stop = stop;
        }
    } else if let Some((line, column)) = within(aside_text(panes.aside), mouse)
        && let Some(to) = aside(state, library).link_at(line, column)
    {
        state.follow_link(to, library);
    }
}

fn wheel(state: &mut State, mouse: Mouse, button: Button, library: &Library) {
    let panes = state.panes();
    let down = button == Button::WheelDown;
    if state.lenses.shown != Lens::Read {
        lens::wheel(state, at(mouse), down, library);
        return;
    }
    if panes.list.contains(at(mouse)) {
        let rows = state.rows(library);
        let action = if down { Action::LineDown } else { Action::LineUp };
        let to = scroll::row(state.cursor().row, action, rows.len(), 1);
        if to != state.cursor().row {
            motion::select_row(state, to, library);
        }
    } else if panes.page.contains(at(mouse)) {
        let lines = NOTCH as isize;
        motion::scroll_page(state, if down { lines } else { -lines }, library);
    }
}

fn in_search(state: &mut State, mouse: Mouse, library: &Library) {
    let panes = state.panes();
    let Some(Overlay::Search(search)) = &mut state.overlay else { return };
    match mouse.button {
        Button::WheelDown => search.go(Action::LineDown, 0),
        Button::WheelUp => search.go(Action::LineUp, 0),
        Button::Left => {
            let Some((line, _)) = within(panes.list, mouse) else { return };
            let row = search.top + line / HIT_LINES;
            if row < search.hits.rows.len() {
                search.select(row);
                act::open(state, library);
            }
        }
    }
}
