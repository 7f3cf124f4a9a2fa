//! Keys as data: how they are written, and what they mean where.
//!
//! Must never know a terminal: the shell turns its events into [`Key`]s.

pub mod habits;
mod key;
mod keymap;
mod physical;

pub use key::{Code, Key, KeyError};
pub use keymap::{Conflict, Keymap, Meaning};
pub use physical::physical;
