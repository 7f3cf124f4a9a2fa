//! Where the names of places that are out of sight stand: at the edge, where the line from the middle to them leaves it.
//!
//! Must never bend the truth for room: an arrow points to its place within 23 degrees, and a name that finds no room near
//! its own part of the edge is left out.

use super::dots::clip;
use super::mercator::{Extent, Spot};
use super::room::{Placed, Room};

/// How often a name may move along its edge, to each side.
const SLIDE: i32 = 4;
/// Columns that it moves at once along the upper and the lower edge; along the others, it moves by rows.
const STRIDE: i32 = 6;
/// Blanks between such a name and anything else, so that no arrow is read as another name's.
const GAP: u16 = 3;
/// Cells that an arrow takes beside its name.
pub const ARROW: u16 = 2;

/// One of eight directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// To the right.
    East,
    /// To the lower right.
    SouthEast,
    /// Down.
    South,
    /// To the lower left.
    SouthWest,
    /// To the left.
    West,
    /// To the upper left.
    NorthWest,
    /// Up.
    North,
    /// To the upper right.
    NorthEast,
}

impl Bearing {
    /// All of them, clockwise from the east.
    pub const ALL: [Self; 8] = [
        Self::East,
        Self::SouthEast,
        Self::South,
        Self::SouthWest,
        Self::West,
        Self::NorthWest,
        Self::North,
        Self::NorthEast,
    ];

    /// The direction from the middle of an area to a spot; a row is as high as two columns are wide.
    pub fn to(spot: Spot, extent: Extent) -> Self {
        let (across, down) = from_middle(spot, extent);
        let eighth = (down.atan2(across) / std::f64::consts::FRAC_PI_4).round() as i32;
        Self::ALL.get(eighth.rem_euclid(8) as usize).copied().unwrap_or(Self::East)
    }

    /// Whether an arrow stands before its name, on the side to which it points.
    pub const fn is_before(self) -> bool {
        !matches!(self, Self::East | Self::SouthEast | Self::NorthEast)
    }

    /// The corner of an area that lies in this direction, if one does.
    pub fn corner(self, extent: Extent) -> Option<(u16, u16)> {
        let (right, low) = (extent.columns.checked_sub(1)?, extent.rows.checked_sub(1)?);
        match self {
            Self::NorthWest => Some((0, 0)),
            Self::NorthEast => Some((right, 0)),
            Self::SouthWest => Some((0, low)),
            Self::SouthEast => Some((right, low)),
            _ => None,
        }
    }
}

fn from_middle(spot: Spot, extent: Extent) -> (f64, f64) {
    let (columns, rows) = (f64::from(extent.columns), f64::from(extent.rows));
    (spot.column - columns / 2.0, 2.0 * (spot.row - rows / 2.0))
}

/// The cell in which the line from the middle of an area to a spot outside leaves it; `None` if there is no area.
pub fn exit(spot: Spot, extent: Extent) -> Option<(u16, u16)> {
    let (columns, rows) = (f64::from(extent.columns), f64::from(extent.rows));
    if extent.columns == 0 || extent.rows == 0 {
        return None;
    }
    let middle = (columns / 2.0, rows / 2.0);
    let (_, (column, row)) = clip((middle, (spot.column, spot.row)), (columns, rows))?;
    Some(((column as u16).min(extent.columns - 1), (row as u16).min(extent.rows - 1)))
}

/// Room for a name of so many cells and its arrow near the place where it leaves the area, none if all is taken.
///
/// What lies to a corner may be named along either edge there. A name that `must` stand takes the best place, whatever is
/// there.
pub fn place(spot: Spot, width: u16, must: bool, room: &Room) -> Option<Placed> {
    let extent = room.extent();
    let (column, row) = exit(spot, extent)?;
    let width = (width + ARROW).min(extent.columns);
    if !must && width == extent.columns {
        return None;
    }
    let bearing = Bearing::to(spot, extent);
    let last_row = extent.rows - 1;
    let is_beside = column == 0 || column == extent.columns - 1;
    let other = bearing.corner(extent).map(|cell| (cell, !is_beside));
    let slides = || (0..=SLIDE).flat_map(|by| [by, -by]);
    let along = |((column, row), is_beside): ((u16, u16), bool)| {
        slides().filter_map(move |by| {
            let (x, y) = if is_beside { (0, by) } else { (by * STRIDE, 0) };
            let start = i32::from(column) - if bearing.is_before() { 0 } else { i32::from(width) - 1 };
            let (x, y) = (start + x, i32::from(row) + y);
            let last = i32::from(extent.columns - width);
            let inside = (0..=i32::from(last_row)).contains(&y);
            inside.then_some(Placed { column: x.clamp(0, last) as u16, row: y as u16, width })
        })
    };
    let edges = || std::iter::once(((column, row), is_beside)).chain(other).flat_map(along);
    // Where the upper or lower edge is full, the row next to it is near enough.
    let inner = |words: Placed| match words.row {
        0 => Some(Placed { row: 1.min(last_row), ..words }),
        row if row == last_row => Some(Placed { row: row - 1, ..words }),
        _ => None,
    };
    let apart = |words: &Placed| {
        let from = words.column.saturating_sub(GAP - 1);
        let to = (words.column + words.width + GAP - 1).min(extent.columns);
        room.is_free(Placed { column: from, width: to - from, ..*words }, None)
    };
    let free = edges().find(apart).or_else(|| edges().filter_map(inner).find(apart));
    if must { free.or_else(|| edges().next()) } else { free }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn outside() -> impl Strategy<Value = (Extent, Spot)> {
        let extent = (1..160_u16, 1..60_u16).prop_map(|(columns, rows)| Extent { columns, rows });
        (extent, -2000.0..2000.0, -2000.0..2000.0)
            .prop_map(|(extent, column, row)| (extent, Spot { column, row }))
            .prop_filter("outside", |(extent, spot)| {
                let inside = |value: f64, cells: u16| (0.0..f64::from(cells)).contains(&value);
                !inside(spot.column, extent.columns) || !inside(spot.row, extent.rows)
            })
    }

    #[test]
    fn arrows_by_the_compass() {
        let extent = Extent { columns: 40, rows: 10 };
        for (column, row, bearing, cell) in [
            (-99.0, 5.0, Bearing::West, (0, 5)),
            (200.0, 5.0, Bearing::East, (39, 5)),
            (20.0, -50.0, Bearing::North, (20, 0)),
            (20.0, 50.0, Bearing::South, (20, 9)),
            (120.0, -45.0, Bearing::NorthEast, (30, 0)),
            (-80.0, 55.0, Bearing::SouthWest, (10, 9)),
        ] {
            let spot = Spot { column, row };
            assert_eq!(
                (Bearing::to(spot, extent), exit(spot, extent)),
                (bearing, Some(cell)),
                "{column} {row}"
            );
        }
    }

    proptest! {
        #[test]
        fn an_arrow_points_to_its_place((extent, spot) in outside()) {
            let (across, down) = from_middle(spot, extent);
            let at = Bearing::ALL.iter().position(|one| *one == Bearing::to(spot, extent)).unwrap();
            let angle = at as f64 * std::f64::consts::FRAC_PI_4;
            let cosine = (across * angle.cos() + down * angle.sin()) / across.hypot(down);
            prop_assert!(cosine > 22.6_f64.to_radians().cos(), "{cosine}");
        }

        #[test]
        fn a_name_stands_at_the_edge_beyond_which_its_place_is((extent, spot) in outside(), width in 1..30_u16) {
            let room = Room::new(extent);
            let Some(words) = place(spot, width, false, &room) else {
                prop_assert!(width + ARROW >= extent.columns);
                return Ok(());
            };
            prop_assert!(words.column + words.width <= extent.columns && words.row < extent.rows);
            let (column, row) = exit(spot, extent).unwrap();
            let is_at_edge = column == 0 || row == 0 || column + 1 == extent.columns || row + 1 == extent.rows;
            prop_assert!(is_at_edge && words.row == row && words.holds((column, row)), "{words:?} {column} {row}");
        }

        #[test]
        fn names_at_the_edge_are_apart_and_at_the_edge_of_their_bearing(
            columns in 20..160_u16, rows in 3..60_u16,
            spots in prop::collection::vec((-2000.0..-1.0, -2000.0..2000.0, 1..20_u16), 1..30),
        ) {
            let extent = Extent { columns, rows };
            let mut room = Room::new(extent);
            let mut all: Vec<Placed> = Vec::new();
            for (column, row, width) in spots {
                let spot = Spot { column, row };
                let Some(words) = place(spot, width, false, &room) else { continue };
                for other in &all {
                    let gap = Placed { width: other.width + 1, ..*other };
                    prop_assert!(!words.overlaps(gap), "{words:?} touches {other:?}");
                }
                // All of them lie to the left of the area.
                let near = match Bearing::to(spot, extent) {
                    Bearing::North | Bearing::NorthWest => words.column == 0 || words.row <= 1,
                    Bearing::South | Bearing::SouthWest => words.column == 0 || words.row + 2 >= rows,
                    Bearing::West => words.column == 0 || words.row <= 1 || words.row + 2 >= rows,
                    bearing => return Err(TestCaseError::fail(format!("{bearing:?}"))),
                };
                prop_assert!(near, "{words:?} for {spot:?}");
                room.take(words);
                all.push(words);
            }
        }
    }
}
