//! Files of one's own on disk: written whole or not at all (`save`), and read if they are small (`small`).
//!
//! Must never leave half a file, or a second one beside it, whatever happens meanwhile.

mod save;
mod small;

pub use save::{is_same, led_to, save};
pub use small::{Pipes, SMALL, small};
