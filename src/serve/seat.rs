//! What a session begins with. Must never be kept: a session takes it apart.

use tokio::sync::{mpsc, watch};

use super::screen::Line;
use super::who::Who;
use crate::app::{Part, Size};
use crate::config::Environment;

/// What a session begins with.
pub(super) struct Seat {
    pub(super) who: Who,
    pub(super) part: Part,
    pub(super) line: Line,
    pub(super) environment: Environment,
    /// What is typed.
    pub(super) packets: mpsc::Receiver<Vec<u8>>,
    /// The size of the terminal.
    pub(super) size: watch::Receiver<Size>,
}
