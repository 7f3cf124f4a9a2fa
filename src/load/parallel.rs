//! What is here for speed alone: large files are read and resolved on all cores.
//!
//! Without it everything would come out the same, only later. Must never decide anything that the rest of `load` could
//! decide otherwise: a test reads files in the smallest pieces, and in one.

mod bytes;
mod cores;
mod list;

pub(super) use bytes::bytes;
pub(super) use cores::each;
pub(super) use list::list;
