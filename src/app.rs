//! One reader's session: what happened goes in, what the shell must do comes out.
//!
//! Must never do I/O, read a clock or know a terminal. The same messages on the same [`Library`] give the same state.

mod msg;
mod state;

pub use msg::{Button, Effect, Library, Mouse, Msg, Size};
pub use state::State;

/// Takes in one message, and says what is to be done outside.
pub fn update(state: &mut State, msg: &Msg, library: &Library) -> Vec<Effect> {
    state.take(msg, library)
}
