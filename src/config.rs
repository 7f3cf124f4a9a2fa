//! What a user sets: theme, colours, keys, characters, clipboard; and what is remembered: bookmarks, the last place.
//!
//! Must never read the environment or a file: it is given what they say, and every session has one of its own.

mod ascii;
mod clipboard;
mod colors;
mod example;
mod look;
mod memory;
mod settings;
mod written;

pub use ascii::{ascii, ascii_cells};
pub use clipboard::Clipboard;
pub use colors::{Colors, ROLES, Rgb};
pub use example::example;
pub use look::{Charset, Depth, Environment, Look, Theme, Wish};
pub use memory::{Bookmark, Change, Memory, Unusable};
pub use settings::Settings;
