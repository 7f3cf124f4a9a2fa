//! Keys that mean nothing here, and something in the programs that a reader comes from.

use super::run;
use crate::action::{Action, Context};
use crate::app::{Effect, Library, Overlay, State};
use crate::keys::Key;
use crate::keys::habits::{Habit, habit};

/// Does what a key does elsewhere, or says what does it here; `None` if it is no habit.
pub(super) fn follow(
    state: &mut State,
    context: Context,
    sequence: &[Key],
    library: &Library,
) -> Option<Vec<Effect>> {
    // In a sequence or over links the key was meant for them.
    let [key] = sequence else { return None };
    if matches!(state.overlay, Some(Overlay::Links(_))) {
        return None;
    }
    match habit(context, *key)? {
        Habit::Does(action) => Some(run(state, action, library)),
        Habit::Instead(action, words) => {
            state.message = Some(format!("{} {words}", keys_of(action, library)?));
            Some(Vec::new())
        }
    }
}

/// The first key of an action; `None` if a user has given it none.
fn keys_of(action: Action, library: &Library) -> Option<String> {
    library.keymap.keys_of(Context::Command, action).into_iter().next()
}
