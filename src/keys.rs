//! Keys as data: how they are written, and what they mean where.
//!
//! Must never know a terminal: the shell turns its events into [`Key`]s.

mod key;

pub use key::{Code, Key, KeyError};
