//! Which cells of a picture are taken, so that no words are written over others.
//!
//! Must never know what takes them.

use super::mercator::Extent;

/// The cells of some words: where they begin, and how many they take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Column of the first cell.
    pub column: u16,
    /// Its row.
    pub row: u16,
    /// How many cells.
    pub width: u16,
}

/// The cells of an area, each free or taken.
#[derive(Debug, Clone)]
pub struct Room {
    extent: Extent,
    cells: Vec<bool>,
}

impl Placed {
    /// Whether a cell is one of these.
    pub fn holds(self, (column, row): (u16, u16)) -> bool {
        row == self.row && (self.column..self.column + self.width).contains(&column)
    }

    /// Whether two words share a cell.
    pub const fn overlaps(self, other: Self) -> bool {
        self.row == other.row
            && self.column < other.column + other.width
            && other.column < self.column + self.width
    }
}

impl Room {
    /// An area with all of its cells free.
    pub fn new(extent: Extent) -> Self {
        Self { extent, cells: vec![false; usize::from(extent.columns) * usize::from(extent.rows)] }
    }

    /// The size of the area.
    pub const fn extent(&self) -> Extent {
        self.extent
    }

    /// Whether words and the cell on each side of them are free; `own`, the place that they name, is not counted.
    pub fn is_free(&self, words: Placed, own: Option<(u16, u16)>) -> bool {
        let from = words.column.saturating_sub(1);
        let to = (words.column + words.width + 1).min(self.extent.columns);
        (from..to).all(|column| own == Some((column, words.row)) || !self.is_taken(column, words.row))
    }

    /// Whether a cell is.
    pub fn is_taken(&self, column: u16, row: u16) -> bool {
        let at = usize::from(row) * usize::from(self.extent.columns) + usize::from(column);
        self.cells.get(at).is_some_and(|cell| *cell)
    }

    /// Takes the cells of some words.
    pub fn take(&mut self, words: Placed) {
        let start = usize::from(words.row) * usize::from(self.extent.columns) + usize::from(words.column);
        let end = (start + usize::from(words.width)).min(self.cells.len());
        if let Some(cells) = self.cells.get_mut(start..end) {
            cells.fill(true);
        }
    }
}
