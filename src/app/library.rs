//! What all sessions share. Must never change while somebody reads in it: a file that is read again is another library.

use std::sync::Arc;

use crate::keys::Keymap;
use crate::knowledge::{Knowledge, Problem};
use crate::search::Index;

/// What all readers share and none changes.
#[derive(Debug, Clone)]
pub struct Library {
    /// The dossier.
    pub knowledge: Arc<Knowledge>,
    /// What is wrong with its file.
    pub problems: Arc<[Problem]>,
    /// What is searched; built after the first frame, in a large file for its first entries first.
    pub index: Option<Arc<Index>>,
    /// What keys mean.
    pub keymap: Arc<Keymap>,
}

impl Library {
    /// How much of the dossier can be searched, in percent: 0 until anything can be, 100 once all of it can be.
    pub fn searchable(&self) -> usize {
        let entries = self.knowledge.entries.len();
        let share = |reach: usize| if reach < entries { (reach * 100 / entries).max(1) } else { 100 };
        self.index.as_ref().map_or(0, |index| share(index.reach()))
    }
}
