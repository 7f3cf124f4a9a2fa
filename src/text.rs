//! Text as terminals and readers see it: cells, lines, markup and its blocks, folded letters.
//!
//! Must never know what a text is about: nothing here imports from the rest of the crate.

pub mod blocks;
pub mod clean;
pub mod enumeration;
pub mod fold;
pub mod lay;
pub mod markup;
pub mod split;
pub mod width;
pub mod wrap;
