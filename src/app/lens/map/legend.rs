//! The names that find no room beside their places: a number stands at the place, and the name in a corner of the map.

use super::scene::Pin;
use crate::geom::label::Wanted;
use crate::geom::mercator::Extent;
use crate::geom::room::{Placed, Room};
use crate::knowledge::EntityIx;
use crate::text::width::width;

/// What places are numbered with; those beyond these many stay without a name.
const NUMBERS: &str = "123456789abcdefghijklmnopqrstuvwxyz";
/// Cells between two names on one row.
const GAP: u16 = 2;
/// Cells between the names and a place on one row, lest it be read as one of the numbers.
const AWAY: u16 = 4;
/// Cells of a line on a narrow map.
const LINE: u16 = 24;

/// A number and the names that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// The first of the places.
    pub entity: EntityIx,
    /// The cell of the map in which they are.
    pub cell: (u16, u16),
    /// The number.
    pub number: char,
    /// "2 Seoul, SOUTH KOREA"
    pub words: String,
    /// Where that stands.
    pub at: Placed,
}

/// A free corner of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Corner {
    column: u16,
    row: u16,
    columns: u16,
    rows: u16,
}

impl Corner {
    /// Takes its cells.
    pub(super) fn take(self, room: &mut Room) {
        for row in self.row..self.row + self.rows {
            room.take(Placed { column: self.column, row, width: self.columns });
        }
    }
}

/// The places without a name, from north to south; all names of a cell stand together, in lines of at most some cells.
pub(super) fn unnamed(pins: &[Pin], extent: Extent) -> Vec<Numbered> {
    let mut cells: Vec<(u16, u16)> =
        pins.iter().filter(|pin| pin.label.is_none()).map(|pin| pin.cell).collect();
    cells.sort_unstable_by_key(|(column, row)| (*row, *column));
    cells.dedup();
    let most = usize::from((extent.columns / 3).max(LINE));
    let numbered = |(cell, number): ((u16, u16), char)| {
        let own: Vec<&Pin> = pins.iter().filter(|pin| pin.cell == cell).collect();
        lines(&own, (cell, number), most)
    };
    cells.into_iter().zip(NUMBERS.chars()).flat_map(numbered).collect()
}

/// A number and its names, in as many lines as they need: those after the first one are indented.
fn lines(pins: &[&Pin], (cell, number): ((u16, u16), char), most: usize) -> Vec<Numbered> {
    let mut lines: Vec<Numbered> = Vec::new();
    for pin in pins {
        match lines.last_mut() {
            Some(line) if width(&line.words) + 2 + width(&pin.name) < most => {
                line.words.push_str(", ");
                line.words.push_str(&pin.name);
            }
            last => {
                let start = if last.is_none() { format!("{number} ") } else { "  ".to_owned() };
                if let Some(line) = last {
                    line.words.push(',');
                }
                let at = Placed { column: 0, row: 0, width: 0 };
                let (entity, words) = (pin.entity, format!("{start}{}", pin.name));
                lines.push(Numbered { entity, cell, number, words, at });
            }
        }
    }
    for line in &mut lines {
        line.at.width = width(&line.words).min(usize::from(u16::MAX)) as u16;
    }
    lines
}

/// The smallest corner of a map that has room for some names and in which there is no place.
pub(super) fn corner(names: &[Numbered], wanted: &[Wanted], extent: Extent) -> Option<Corner> {
    let mut places = Room::new(extent);
    for one in wanted {
        let (column, row) = one.anchor();
        places.take(Placed { column, row, width: 1 });
    }
    let longest = names.iter().map(|name| name.at.width).max()?;
    let most = extent.columns.checked_sub(2)?;
    // One under another first, for such a list is read most easily; then as wide as it must be.
    let widths = [longest, extent.columns / 3, extent.columns / 2, most];
    widths.into_iter().filter(|width| (longest..=most).contains(width)).find_map(|columns| {
        let rows = flow(names, columns).iter().map(|(_, row)| row + 1).max()?;
        // The scale keeps its row.
        let low = extent.rows.checked_sub(rows + 1)?;
        let right = extent.columns - 1 - columns;
        let corners = [(1, low), (right, low), (1, 0), (right, 0)];
        let mut all = corners.map(|(column, row)| Corner { column, row, columns, rows }).into_iter();
        let is_free = |one: &Corner| {
            let column = one.column.saturating_sub(AWAY);
            let width = (one.column + one.columns + AWAY).min(extent.columns) - column;
            let mut rows = one.row..one.row + one.rows;
            2 * one.rows <= extent.rows + 1
                && rows.all(|row| places.is_free(Placed { column, row, width }, None))
        };
        all.find(is_free)
    })
}

/// Puts names into a corner; those that find no room are left out.
pub(super) fn fill(names: Vec<Numbered>, corner: Corner) -> Vec<Numbered> {
    let places = flow(&names, corner.columns);
    let put = |(name, (column, row)): (Numbered, (u16, u16))| {
        let fits = row < corner.rows && name.at.width <= corner.columns;
        let at = Placed { column: corner.column + column, row: corner.row + row, ..name.at };
        fits.then_some(Numbered { at, ..name })
    };
    names.into_iter().zip(places).filter_map(put).collect()
}

/// Column and row of each name where all of them are written one after another.
fn flow(names: &[Numbered], columns: u16) -> Vec<(u16, u16)> {
    let (mut column, mut row) = (0_u16, 0);
    let mut places = Vec::with_capacity(names.len());
    for name in names {
        if column > 0 && column.saturating_add(name.at.width) > columns {
            (column, row) = (0, row + 1);
        }
        places.push((column, row));
        column = column.saturating_add(name.at.width).saturating_add(GAP);
    }
    places
}
