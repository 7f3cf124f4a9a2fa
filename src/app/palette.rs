//! The palette: actions by their names, narrowed as one types.

use std::ops::Range;

use tui_input::Input;

use super::motion;
use crate::action::{Action, Row, TABLE};
use crate::search::pick;

/// Rows of the palette that are seen at once.
pub const ROWS: usize = 12;

/// What is typed, and what it leaves.
#[derive(Debug, Clone)]
pub struct Palette {
    /// What is typed.
    pub input: Input,
    /// The selected row of what is left.
    pub row: usize,
    /// The first row seen.
    pub top: usize,
}

impl Palette {
    /// The palette with nothing typed.
    pub(super) fn new() -> Self {
        Self { input: Input::default(), row: 0, top: 0 }
    }

    /// The rows of the table that are left, best first, and the matched letters of their names.
    pub fn rows(&self) -> Vec<(&'static Row, Vec<Range<usize>>)> {
        let listed: Vec<&Row> = TABLE.iter().filter(|row| row.action != Action::Palette).collect();
        let names: Vec<&str> = listed.iter().map(|row| row.name).collect();
        let picked = pick(self.input.value(), &names);
        picked.into_iter().filter_map(|(at, letters)| Some((*listed.get(at)?, letters))).collect()
    }

    /// The selected action.
    pub(super) fn chosen(&self) -> Option<Action> {
        self.rows().get(self.row).map(|(row, _)| row.action)
    }

    pub(super) fn go(&mut self, action: Action) {
        self.row = motion::row(self.row, action, self.rows().len(), ROWS);
    }

    pub(super) fn settle(&mut self) {
        self.row = self.row.min(self.rows().len().saturating_sub(1));
        self.top = self.top.clamp((self.row + 1).saturating_sub(ROWS), self.row);
    }
}
