//! Text as terminals and readers see it: cells, lines, inline markup, folded letters.
//!
//! Must never know what a text is about: nothing here imports from the rest of the crate.

pub mod clean;
pub mod enumeration;
pub mod fold;
pub mod markup;
pub mod split;
pub mod width;
pub mod wrap;
