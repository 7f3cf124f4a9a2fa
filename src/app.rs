//! One reader's session: what happened goes in, what the shell must do comes out.
//!
//! Must never do I/O, read a clock or know a terminal. The same messages on the same [`Library`] give the same state.
//!
//! [`update`] is the only way to change a [`State`]; [`layout`], [`page`] and [`list`] are pure functions of it that
//! `update` (page heights, mouse) and `ui` (drawing) share.

mod act;
pub mod bookmarks;
mod class;
pub mod clock;
pub mod document;
pub mod filter;
pub mod fit;
mod follow;
pub mod hints;
mod history;
pub mod layout;
pub mod lens;
mod library;
pub mod list;
mod motion;
mod mouse;
mod msg;
mod note;
mod opening;
mod overlay;
pub mod page;
pub mod palette;
pub mod panel;
mod permissions;
mod renew;
mod route;
mod scroll;
pub mod search;
mod settle;
mod start;
mod state;
pub mod tabs;
pub mod tour;

pub use crate::knowledge::Lens;
pub use class::{Attendance, Class, Door, GOES_ON as CLASS_GOES_ON, Part, Talk};
pub use follow::{Asking, Letter, Stage, Whereabouts};
pub use history::{History, Place};
pub use layout::Screen;
pub use library::Library;
pub use msg::{Button, Effect, Form, Mouse, Msg, Size};
pub use note::Note;
pub use opening::Opening;
pub use overlay::Overlay;
pub use page::Page;
pub use permissions::Permissions;
pub use renew::renewed;
pub use state::{Focus, State, Walk};

/// Takes in one message, and says what is to be done outside.
pub fn update(state: &mut State, msg: &Msg, library: &Library) -> Vec<Effect> {
    let effects = update_ahead(state, msg, library);
    catch_up(state, library);
    effects
}

/// The same where more messages come at once: while a text is typed, nothing is searched for before [`catch_up`] or a
/// message that needs what is found. Whoever draws catches up first; the state is then the one that [`update`] gives.
pub fn update_ahead(state: &mut State, msg: &Msg, library: &Library) -> Vec<Effect> {
    let only_types = act::typing::only_types(state, msg, library);
    if !only_types {
        catch_up(state, library);
    }
    // What a presenter has found is shared with every letter.
    hurry(state, only_types && !class::leads(state));
    let before = class::before(state, library);
    let mut effects = act::take(state, msg, library);
    effects.extend(state.taken.take().map(Effect::Take));
    settle::settle(state, library);
    effects.extend(class::after(state, before, msg, library));
    hurry(state, false);
    effects
}

/// Has the search wait for more, or not.
fn hurry(state: &mut State, is_hurried: bool) {
    if let Some(Overlay::Search(search)) = &mut state.overlay {
        search.is_hurried = is_hurried;
    }
}

/// Searches for what is typed, if that was put off.
pub fn catch_up(state: &mut State, library: &Library) {
    if let Some(Overlay::Search(search)) = &mut state.overlay
        && search.catch_up(library)
    {
        settle::settle(state, library);
    }
}
