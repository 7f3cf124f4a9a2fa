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
pub mod list;
mod motion;
mod mouse;
mod msg;
mod opening;
mod overlay;
pub mod page;
pub mod palette;
pub mod panel;
mod permissions;
mod renew;
pub mod search;
mod state;
pub mod tabs;
pub mod tour;

pub use crate::knowledge::Lens;
pub use class::{Attendance, Class, Door, Part, Talk};
pub use follow::{Asking, Letter, Stage, Whereabouts};
pub use history::{History, Place};
pub use layout::Screen;
pub use msg::{Button, Effect, Form, Library, Mouse, Msg, Size};
pub use opening::Opening;
pub use overlay::Overlay;
pub use page::Page;
pub use permissions::Permissions;
pub use renew::renewed;
pub use state::{Focus, State, Walk};

/// Takes in one message, and says what is to be done outside.
pub fn update(state: &mut State, msg: &Msg, library: &Library) -> Vec<Effect> {
    let before = class::before(state, library);
    let mut effects = act::take(state, msg, library);
    effects.extend(state.taken.take().map(Effect::Take));
    motion::settle(state, library);
    effects.extend(class::after(state, before, msg, library));
    effects
}
