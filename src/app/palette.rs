//! The palette: actions by their names, narrowed as one types.

use std::ops::Range;

use tui_input::Input;

use super::scroll;
use crate::action::{Action, Group, Row, TABLE, row};
use crate::keys::habits;
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
        // What is done to what is typed, or in one list, cannot be done from here.
        let is_meant_elsewhere = |row: &Row| {
            row.group == Group::Type
                || matches!(row.action, Action::Palette | Action::Digit(_) | Action::Forget)
        };
        let mut listed: Vec<&Row> = TABLE.iter().filter(|row| !is_meant_elsewhere(row)).collect();
        // What another program's command line is told comes first.
        let typed = habits::command(self.input.value().trim());
        // Nobody opens a palette to go down a line.
        listed.sort_by_key(|row| row.group == Group::Move);
        // What an action does is looked through too: one may know "dark" and not "theme".
        let texts: Vec<String> = listed.iter().map(|row| format!("{} {}", row.name, row.help)).collect();
        let names: Vec<&str> = texts.iter().map(String::as_str).collect();
        let in_name = |row: &Row, letters: Vec<Range<usize>>| {
            letters.into_iter().filter(|range| range.end <= row.name.len()).collect::<Vec<_>>()
        };
        let picked = pick(self.input.value(), &names).into_iter();
        let mut rows: Vec<_> = picked
            .filter_map(|(at, letters)| listed.get(at).map(|row| (*row, in_name(row, letters))))
            .collect();
        if let Some(row) = typed.and_then(row) {
            rows.retain(|(other, _)| other.action != row.action);
            rows.insert(0, (row, Vec::new()));
        }
        rows
    }

    /// The selected action.
    pub(super) fn chosen(&self) -> Option<Action> {
        self.rows().get(self.row).map(|(row, _)| row.action)
    }

    pub(super) fn go(&mut self, action: Action) {
        self.row = scroll::row(self.row, action, self.rows().len(), ROWS);
    }

    pub(super) fn settle(&mut self) {
        self.row = self.row.min(self.rows().len().saturating_sub(1));
        self.top = self.top.clamp((self.row + 1).saturating_sub(ROWS), self.row);
    }
}
