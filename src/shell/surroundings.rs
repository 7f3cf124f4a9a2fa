//! What a local session has around it beside its terminal. Worked out by the command line, once.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::Wake;
use super::clipboard::Inside;
use super::files::Reading;
use super::input::Gate;
use super::memory::Keeper;
use crate::config::Clipboard;
use crate::knowledge::Problem;
use crate::load::Source;

/// What there is outside of a session.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// What the dossier was read from.
    pub source: Source,
    /// It is the one that the program carries, whose words were gathered when it was built.
    pub is_shipped: bool,
    /// Read it anew whenever it is saved.
    pub watch: bool,
    /// The folder of what is remembered; `None` remembers nothing.
    pub memory: Option<PathBuf>,
    /// The command line of the editor.
    pub editor: String,
    /// The way of copies.
    pub clipboard: Clipboard,
    /// What stands between the program and the terminal.
    pub inside: Inside,
    /// What is wrong with the configuration: shown beside what is wrong with the file.
    pub problems: Arc<[Problem]>,
}

/// What a session keeps of what is around it.
pub(super) struct Outside {
    pub(super) around: Surroundings,
    /// What wakes the main loop.
    pub(super) sender: Sender<Wake>,
    /// Brings input to rest.
    pub(super) gate: Gate,
    /// Keeps what is remembered.
    pub(super) keeper: Option<Keeper>,
    /// Bookmarks were made that nothing keeps.
    pub(super) forgets: bool,
    pub(super) reading: Reading,
    /// The terminal shows its normal screen, for selecting by hand.
    pub(super) lent: bool,
}

impl Outside {
    pub(super) fn new(around: Surroundings, sender: Sender<Wake>, gate: Gate) -> Self {
        Self { around, sender, gate, keeper: None, forgets: false, reading: Reading::Not, lent: false }
    }
}
