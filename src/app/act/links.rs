//! Following links by their letters.

use super::open;
use crate::action::Action;
use crate::app::document::Target;
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
        [only] if of_stop => state.follow_link(only.to, library),
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
        [only] if only.letters == typed.typed => state.follow_link(only.to, library),
        _ => state.overlay = Some(Overlay::Links(typed)),
    }
}

impl State {
    /// Goes where a link leads. An address outside of the dossier is nothing that a terminal can show: it is taken along,
    /// where copying is allowed, and said in any case.
    pub(in crate::app) fn follow_link(&mut self, to: Target, library: &Library) {
        match to {
            Target::Place(to) => self.visit(to, library),
            Target::Web(web) => {
                let Some(address) = library.knowledge.web(web) else { return };
                if self.may.refuses(Action::CopyAddress).is_some() {
                    self.message = Some(format!("the address is {address}"));
                } else {
                    self.taken = Some(web);
                }
            }
        }
    }
}
