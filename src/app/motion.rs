//! Moving about a list or a page, so that what is selected exists and is seen. Must never know what lies over the panes.

use super::document::Document;
use super::scroll::row;
use super::{Focus, Lens, Library, State};
use crate::action::Action;

/// Moves the selection of the list or the page.
pub(super) fn go(state: &mut State, action: Action, library: &Library) {
    match state.focus {
        Focus::List => in_list(state, action, library),
        Focus::Page => on_page(state, action, library),
    }
}

fn in_list(state: &mut State, action: Action, library: &Library) {
    let rows = state.rows(library);
    let lines = usize::from(list_lines(state, library));
    let cursor = state.cursor();
    let to = row(cursor.row, action, rows.len(), lines);
    select_row(state, to, library);
}

/// Selects a row of the open list; the page follows.
pub(super) fn select_row(state: &mut State, row: usize, library: &Library) {
    if let Some(cursor) = state.lists.get_mut(state.topic.at()) {
        cursor.row = row;
    }
    state.show_row(library);
}

/// Lines of the list pane that rows may take: all but those of the topic's summary.
pub(super) fn list_lines(state: &State, library: &Library) -> u16 {
    state.panes().list.height.saturating_sub(super::panel::summary_lines(state, library))
}

/// Reads on or back: a page of the text if there is more of it, else the entry after or before.
pub(super) fn read(state: &mut State, action: Action, library: &Library) {
    let panes = state.panes();
    let page = usize::from(panes.text().height);
    let most = state.document(library).lines.len().saturating_sub(page);
    let on = action == Action::ReadOn;
    let more = panes.page.width > 0 && if on { state.scroll < most } else { state.scroll > 0 };
    if more {
        // A line or two stay in sight, so that the eye finds where it was.
        let lines = page.saturating_sub(2).max(1) as isize;
        scroll_page(state, if on { lines } else { -lines }, library);
    } else {
        step_entry(state, if on { Action::NextEntry } else { Action::PreviousEntry }, library);
    }
}

/// To the entry after or before this one; the keys stay where they went.
pub(super) fn step_entry(state: &mut State, action: Action, library: &Library) {
    let by = if action == Action::NextEntry { Action::LineDown } else { Action::LineUp };
    let rows = state.rows(library);
    let cursor = state.cursor();
    let to = row(cursor.row, by, rows.len(), 1);
    if to == cursor.row {
        let end = if by == Action::LineDown { "last" } else { "first" };
        state.message = Some(format!("This is the {end} entry of the topic"));
        return;
    }
    select_row(state, to, library);
}

fn on_page(state: &mut State, action: Action, library: &Library) {
    let document = state.document(library);
    let page = usize::from(state.panes().text().height).max(1);
    match action {
        Action::LineDown | Action::LineUp => step(state, action, &document, page),
        Action::First => (state.stop, state.scroll) = (0, 0),
        Action::Last => {
            state.stop = document.stops.len().saturating_sub(1);
            state.scroll = document.lines.len().saturating_sub(page);
        }
        _ => {
            state.scroll = row(state.scroll, action, document.lines.len(), page);
            state.scroll = state.scroll.min(document.lines.len().saturating_sub(page));
            select_seen(state, &document);
        }
    }
}

/// One stop on; inside a stop that is longer than the page, and past the last one, one line.
fn step(state: &mut State, action: Action, document: &Document, page: usize) {
    let bottom = state.scroll + page;
    let most = document.lines.len().saturating_sub(page);
    let down = action == Action::LineDown;
    let Some(stop) = document.stops.get(state.stop) else {
        state.scroll = row(state.scroll, action, most + 1, 1);
        return;
    };
    let unseen = if down { stop.lines.end > bottom } else { stop.lines.start < state.scroll };
    let next = row(state.stop, action, document.stops.len(), 1);
    if unseen || next == state.stop {
        state.scroll = row(state.scroll, action, most + 1, 1);
    } else {
        state.stop = next;
        show_stop(state, document);
    }
}

/// Scrolls as little as it takes to see the selected stop; with the first one, also what stands above it.
pub(super) fn show_stop(state: &mut State, document: &Document) {
    let page = usize::from(state.panes().text().height).max(1);
    let Some(stop) = document.stops.get(state.stop) else { return };
    if state.stop == 0 && stop.lines.end <= page {
        state.scroll = 0;
    } else if stop.lines.start < state.scroll || stop.lines.len() >= page {
        state.scroll = stop.lines.start;
    } else if stop.lines.end > state.scroll + page {
        state.scroll = stop.lines.end - page;
    }
}

/// Whether the `at`-th stop is seen, at least in part.
fn is_seen(state: &State, document: &Document, at: usize) -> bool {
    let page = usize::from(state.panes().text().height).max(1);
    let seen = state.scroll..state.scroll + page;
    document.stops.get(at).is_some_and(|stop| stop.lines.start < seen.end && stop.lines.end > seen.start)
}

/// Selects the stop nearest to the selected one among those that are seen.
fn select_seen(state: &mut State, document: &Document) {
    if is_seen(state, document, state.stop) {
        return;
    }
    let all = 0..document.stops.len();
    let seen = all.filter(|at| is_seen(state, document, *at));
    if let Some(nearest) = seen.min_by_key(|at| at.abs_diff(state.stop)) {
        state.stop = nearest;
    }
}

/// Scrolls the page, as the wheel does; the selection stays in sight.
pub(super) fn scroll_page(state: &mut State, lines: isize, library: &Library) {
    let document = state.document(library);
    let page = usize::from(state.panes().text().height).max(1);
    let most = document.lines.len().saturating_sub(page);
    state.scroll = state.scroll.saturating_add_signed(lines).min(most);
    select_seen(state, &document);
}

/// Shows the selected stop again if its lines were moved: one came back at another size, or statements were hidden.
///
/// A page may begin and end with lines of no stop, which can be read with the first or last one out of sight.
fn keep_stop_seen(state: &mut State, document: &Document) {
    let some_seen = (0..document.stops.len()).any(|at| is_seen(state, document, at));
    let below = document.stops.get(state.stop).is_some_and(|stop| stop.lines.start > state.scroll);
    if !is_seen(state, document, state.stop) && (some_seen || (below && state.stop > 0)) {
        show_stop(state, document);
    }
}

/// Makes the selected row and the selected stop exist and be seen.
pub(super) fn settle(state: &mut State, library: &Library) {
    let lines = usize::from(list_lines(state, library)).max(1);
    let rows = state.rows(library);
    if let Some(cursor) = state.lists.get_mut(state.topic.at()) {
        rows.settle(cursor, lines);
    }
    // A page that is seen from its top needs not be written to know that.
    let reads = state.lenses.shown == Lens::Read;
    if reads && (state.focus == Focus::Page || state.stop > 0 || state.scroll > 0) {
        let document = state.document(library);
        let page = usize::from(state.panes().text().height).max(1);
        let most = document.lines.len().saturating_sub(page);
        state.stop = state.stop.min(document.stops.len().saturating_sub(1));
        state.scroll = state.scroll.min(most);
        keep_stop_seen(state, &document);
        state.scroll = state.scroll.min(most);
    }
}
