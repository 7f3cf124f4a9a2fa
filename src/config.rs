//! What a user sets: theme, colour depth, characters.
//!
//! Must never read the environment or a file: it is given what they say, and every session has one of its own.

mod look;

pub use look::{Charset, Depth, Environment, Look, Theme, Wish};
