//! The notation of a file: where everything stands in it, and all that is wrong with it, at once.
//!
//! ```text
//! text ─ lexer ─▶ tokens ─ outline ─▶ names, brackets, commas ─▶ the structures of `raw`
//!                             │
//!                             └─ sink ◀─ what is wrong, in `messages`, and what was given up for it
//! ```
//!
//! What a text says and what a number is worth is no question of this: `ron` reads values. Must never know what a
//! file is about.

mod brackets;
mod escapes;
mod lexer;
mod messages;
mod mistakes;
mod outline;
mod sink;

pub(super) use escapes::written;
pub(super) use lexer::{Form, Kind, Tokens};
pub(super) use outline::{Outline, Structure, Unread, Value, Whole};
pub(super) use sink::Sink;
