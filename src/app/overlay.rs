//! What can lie over the panes: at most one thing at a time, and `Esc` takes it away.

use super::hints::Hints;
use super::palette::Palette;
use super::search::Search;

/// What lies over the panes.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// Search: what is typed, its hits, and the page of one of them.
    Search(Box<Search>),
    /// Actions by their names.
    Palette(Box<Palette>),
    /// Letters over every link.
    Links(Hints),
    /// All keys, from this line on.
    Help {
        /// The first line seen.
        top: usize,
    },
    /// What the file is and rests on, from this line on.
    About {
        /// The first line seen.
        top: usize,
    },
    /// What is wrong with the file, from this line on.
    Problems {
        /// The first line seen.
        top: usize,
    },
    /// The tours to choose from.
    Tours {
        /// The selected row.
        row: usize,
    },
    /// Bookmarks, and the last place of the session before.
    Bookmarks {
        /// The selected row.
        row: usize,
    },
    /// Which standings are shown.
    Standings {
        /// The selected row.
        row: usize,
    },
}
