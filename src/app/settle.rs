//! Settling: after every message, what is selected exists and is seen, at any size.
//!
//! Must never move anything that is right already. It knows every part of the screen; none of them may know it.

use super::{Library, Overlay, State, act, lens, motion, panel};

/// Makes everything that is selected exist and be seen, at any size and after any message.
pub(super) fn settle(state: &mut State, library: &Library) {
    motion::settle(state, library);
    lens::settle(state, library);
    let room = state.panes();
    match &mut state.overlay {
        Some(Overlay::Search(search)) => search.settle(usize::from(room.list.height)),
        Some(Overlay::Palette(palette)) => palette.settle(),
        Some(Overlay::Bookmarks { row }) => {
            let rows = usize::from(state.memory.last.is_some()) + state.memory.bookmarks.len();
            *row = (*row).min(rows.saturating_sub(1));
        }
        _ => {}
    }
    panel::settle(state, library);
    if state.tour.is_some() {
        act::touring::settle(state, library);
    }
}
