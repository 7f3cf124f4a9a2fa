//! Following links by their letters.

use super::open;
use crate::app::hints::{Hints, hints};
use crate::app::{Focus, Library, Overlay, State};

/// Puts letters over links; a single link is followed at once if it is the selected stop's.
pub(super) fn links(state: &mut State, library: &Library, of_stop: bool) {
    // With the keys on a page that is not seen either, the screen is too small for anything: there are no links.
    if state.panes().page.width == 0 && state.focus == Focus::List {
        open(state, library);
        return;
    }
    let found = hints(state, library, of_stop);
    match found.as_slice() {
        [] => state.message = Some("no link here".to_owned()),
        [only] if of_stop => state.visit(only.to, library),
        _ => state.overlay = Some(Overlay::Links(Hints { typed: String::new(), of_stop })),
    }
}

pub(super) fn type_hint(state: &mut State, letter: char, library: &Library) {
    let Some(Overlay::Links(mut typed)) = state.overlay.take() else { return };
    typed.typed.push(letter.to_ascii_lowercase());
    let mut left = hints(state, library, typed.of_stop);
    left.retain(|hint| hint.letters.starts_with(&typed.typed));
    match left.as_slice() {
        [] => state.message = Some(format!("no link has the letters {}", typed.typed)),
        [only] if only.letters == typed.typed => state.visit(only.to, library),
        _ => state.overlay = Some(Overlay::Links(typed)),
    }
}
