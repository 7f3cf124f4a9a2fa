//! Where names stand beside the places they name: never over another name or a place, never outside of the area, never
//! nearer to another place than to their own, and never in another order than the places.
//!
//! One pass in the order of importance: each name takes the first good one of the positions around its place, in the
//! order that map makers prefer (Imhof 1975: right before left, above before below). A name that finds none is left out:
//! a number and a legend say more than a name on the wrong side.

use super::mercator::{Extent, Spot};
use super::room::{Placed, Room};

/// A name to be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// Where its place is, inside the area.
    pub spot: Spot,
    /// Cells that the name takes.
    pub width: u16,
}

impl Wanted {
    /// The cell of its place.
    pub const fn anchor(self) -> (u16, u16) {
        (self.spot.column as u16, self.spot.row as u16)
    }
}

/// How many columns a row counts for where a name is nearer to one place than to another.
const ROW: u16 = 3;
/// Columns from a place to the farthest position of its name, a row counting for three.
pub const FARTHEST: u16 = 1 + ROW;

/// Places names, the most important one first; `None` for each that finds no good place. The first one always finds some.
///
/// Only the first `tried` names are. The cells of all anchors stay free, and one blank stands between a name and the
/// next thing on its row. The cells that names take are taken from `room`, and so are those of all anchors.
pub fn place(wanted: &[Wanted], tried: usize, room: &mut Room) -> Vec<Option<Placed>> {
    let extent = room.extent();
    let mut anchors = Room::new(extent);
    for one in wanted {
        let (column, row) = one.anchor();
        let cell = Placed { column, row, width: 1 };
        anchors.take(cell);
        room.take(cell);
    }
    let mut placed: Vec<Option<Placed>> = Vec::with_capacity(wanted.len());
    for (at, one) in wanted.iter().enumerate().take(tried) {
        let others = || wanted.iter().zip(&placed).filter_map(|(other, words)| Some((*other, (*words)?)));
        let is_good = |words: &Placed| {
            room.is_free(*words, Some(one.anchor()))
                && is_nearest(*words, *one, &anchors)
                && others().all(|(other, theirs)| in_order((*one, *words), (other, theirs)))
        };
        let mut found = around(*one, extent).find(is_good);
        if at == 0 && found.is_none() {
            let free = |words: &Placed| room.is_free(*words, Some(one.anchor()));
            found = around(*one, extent).find(free).or_else(|| forced(*one, extent));
        }
        if let Some(words) = found {
            room.take(words);
        }
        placed.push(found);
    }
    placed
}

/// The positions around a place, the best first, that lie in the area.
fn around(one: Wanted, extent: Extent) -> impl Iterator<Item = Placed> {
    let (column, row) = one.anchor();
    let (column, row) = (i32::from(column), i32::from(row));
    let width = i32::from(one.width);
    let middle = column - width / 2;
    let positions = [
        (column + 2, row),
        (column - 1 - width, row),
        (column + 1, row - 1),
        (column + 1, row + 1),
        (middle, row - 1),
        (middle, row + 1),
        (column - width, row - 1),
        (column - width, row + 1),
    ];
    let inside = move |(x, y): (i32, i32)| {
        let fits =
            x >= 0 && x + width <= i32::from(extent.columns) && (0..i32::from(extent.rows)).contains(&y);
        fits.then_some(Placed { column: x as u16, row: y as u16, width: one.width })
    };
    positions.into_iter().filter_map(inside)
}

/// Room for the first name, which must have some: over or under its place, moved into the area and cut if it must be.
fn forced(one: Wanted, extent: Extent) -> Option<Placed> {
    let (column, row) = one.anchor();
    let width = one.width.min(extent.columns);
    let start = column.saturating_sub(width / 2).min(extent.columns - width);
    let below = (row + 1 < extent.rows).then_some(row + 1);
    if let Some(row) = below.or(row.checked_sub(1)) {
        return Some(Placed { column: start, row, width });
    }
    // A single row: beside the place, whatever there is.
    let right = extent.columns.saturating_sub(column + 1);
    let (column, width) = if right >= column { (column + 1, right) } else { (0, column) };
    let width = width.min(one.width);
    (width > 0).then_some(Placed { column, row, width })
}

/// How far a name is from a cell: columns between them, and three for each row.
pub const fn distance(words: Placed, (column, row): (u16, u16)) -> u16 {
    let end = words.column + words.width - 1;
    let across = if column < words.column { words.column - column } else { column.saturating_sub(end) };
    across + ROW * row.abs_diff(words.row)
}

/// Whether a name is nearer to its own place than to any other that is not in the same cell.
fn is_nearest(words: Placed, one: Wanted, anchors: &Room) -> bool {
    let own = one.anchor();
    let far = distance(words, own);
    let extent = anchors.extent();
    let rows = far / ROW;
    let to = (words.row + rows).min(extent.rows.saturating_sub(1));
    (words.row.saturating_sub(rows)..=to).all(|row| {
        let from = words.column.saturating_sub(far);
        let end = (words.column + words.width + far).min(extent.columns);
        let near = |column: &u16| distance(words, (*column, row)) <= far;
        (from..end).filter(near).all(|column| (column, row) == own || !anchors.is_taken(column, row))
    })
}

/// Whether two names stand as their places do.
///
/// What is in the north is never named below what is in the south, and above it if it is rather north of it than beside
/// it; on one row, what is in the west is named before what is in the east.
pub fn in_order((a, its): (Wanted, Placed), (b, theirs): (Wanted, Placed)) -> bool {
    let (across, down) = (b.spot.column - a.spot.column, 2.0 * (b.spot.row - a.spot.row));
    let is_north_or_south = down.abs() > across.abs();
    let upright = match its.row.cmp(&theirs.row) {
        std::cmp::Ordering::Less => down >= 0.0,
        std::cmp::Ordering::Greater => down <= 0.0,
        std::cmp::Ordering::Equal => !is_north_or_south,
    };
    let same_row = its.row == theirs.row;
    upright && (!same_row || across == 0.0 || (across > 0.0) == (its.column < theirs.column))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn maps() -> impl Strategy<Value = (Extent, Vec<Wanted>)> {
        (1..60_u16, 1..20_u16).prop_flat_map(|(columns, rows)| {
            let spot = (0.0..f64::from(columns), 0.0..f64::from(rows));
            let one = (spot, 1..30_u16)
                .prop_map(|((column, row), width)| Wanted { spot: Spot { column, row }, width });
            (Just(Extent { columns, rows }), prop::collection::vec(one, 0..30))
        })
    }

    fn placed(wanted: &[Wanted], extent: Extent) -> Vec<Option<Placed>> {
        place(wanted, wanted.len(), &mut Room::new(extent))
    }

    /// The names that found room, with what they name, and whether each is the first.
    fn found(wanted: &[Wanted], extent: Extent) -> Vec<(Wanted, Placed)> {
        wanted.iter().zip(placed(wanted, extent)).filter_map(|(one, words)| Some((*one, words?))).collect()
    }

    proptest! {
        #[test]
        fn no_two_names_overlap_and_none_leaves_the_area((extent, wanted) in maps()) {
            let all: Vec<Placed> = placed(&wanted, extent).into_iter().flatten().collect();
            for (at, a) in all.iter().enumerate() {
                prop_assert!(a.column + a.width <= extent.columns && a.row < extent.rows && a.width > 0);
                for b in &all[..at] {
                    prop_assert!(!a.overlaps(*b), "{a:?} over {b:?}");
                }
            }
        }

        #[test]
        fn names_leave_all_places_free_but_where_the_first_must((extent, wanted) in maps()) {
            for name in placed(&wanted, extent).into_iter().skip(1).flatten() {
                for one in &wanted {
                    prop_assert!(!name.holds(one.anchor()), "{name:?} covers a place");
                }
            }
        }

        #[test]
        fn the_first_name_is_always_there((extent, wanted) in maps()) {
            let room = extent.columns > 1 || extent.rows > 1;
            if let Some(first) = placed(&wanted, extent).first() {
                prop_assert_eq!(first.is_some(), room);
                let covers = first.is_some_and(|name| name.holds(wanted[0].anchor()));
                prop_assert!(!covers, "the place itself stays in sight");
            }
        }

        #[test]
        fn names_stand_in_the_order_of_their_places((extent, wanted) in maps()) {
            let all = found(&wanted, extent);
            for (at, (a, its)) in all.iter().enumerate() {
                for (b, theirs) in &all[..at] {
                    // Said once more without the rule itself: who is in the north is not written below.
                    let (north, south) = if a.spot.row < b.spot.row { (its, theirs) } else { (theirs, its) };
                    prop_assert!(north.row <= south.row, "{a:?} {its:?}, {b:?} {theirs:?}");
                    let upright = 2.0 * (a.spot.row - b.spot.row).abs() > (a.spot.column - b.spot.column).abs();
                    prop_assert!(!upright || north.row < south.row, "{a:?} {its:?}, {b:?} {theirs:?}");
                    let (west, east) = if a.spot.column < b.spot.column { (its, theirs) } else { (theirs, its) };
                    prop_assert!(west.row != east.row || west.column < east.column, "{a:?} {its:?}, {b:?} {theirs:?}");
                }
            }
        }

        #[test]
        fn a_name_is_near_its_place_and_nearer_than_to_any_other((extent, wanted) in maps()) {
            let first = wanted.first().copied();
            for (one, words) in found(&wanted, extent).into_iter().filter(|(one, _)| Some(*one) != first) {
                let own = distance(words, one.anchor());
                prop_assert!(own <= FARTHEST, "{one:?} is named at {words:?}");
                for other in wanted.iter().filter(|other| other.anchor() != one.anchor()) {
                    prop_assert!(distance(words, other.anchor()) > own, "{words:?} of {one:?} is nearer to {other:?}");
                }
            }
        }
    }

    #[test]
    fn names_stand_to_the_right_if_they_can() {
        let extent = Extent { columns: 30, rows: 3 };
        let one = |column, row, width| Wanted { spot: Spot { column, row }, width };
        let wanted = [one(3.5, 1.5, 6), one(6.5, 1.5, 4), one(28.5, 1.5, 5)];
        let columns: Vec<Option<(u16, u16)>> =
            placed(&wanted, extent).iter().map(|p| p.map(|p| (p.column, p.row))).collect();
        // The second place stands where the first name would; over or under it, that name would be as near to the other.
        assert_eq!(columns, [Some((0, 0)), Some((8, 1)), Some((22, 1))]);
    }

    #[test]
    fn a_northern_neighbour_is_named_above() {
        let extent = Extent { columns: 40, rows: 5 };
        // Two places in one row of cells, the first one a little further north.
        let one = |column, row| Wanted { spot: Spot { column, row }, width: 8 };
        let rows = |a: Wanted, b: Wanted| {
            placed(&[a, b], extent).iter().map(|p| p.map(|p| p.row)).collect::<Vec<_>>()
        };
        assert_eq!(rows(one(20.2, 2.1), one(20.8, 2.9)), [Some(2), Some(3)]);
        assert_eq!(rows(one(20.8, 2.9), one(20.2, 2.1)), [Some(2), Some(1)]);
    }
}
