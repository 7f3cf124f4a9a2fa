//! Where names stand beside the places they name: never over another name or a place, never outside of the area.
//!
//! One pass in the order of importance: each name takes the first free one of the positions around its place, in the
//! order that map makers prefer (Imhof 1975: right before left, above before below). A name that finds none is left out.

use super::mercator::Extent;

/// A name to be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The cell of its place, inside the area.
    pub anchor: (u16, u16),
    /// Cells that the name takes.
    pub width: u16,
}

/// The cells of a name: where it begins, and how many it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Column of its first cell.
    pub column: u16,
    /// Its row.
    pub row: u16,
    /// How many cells; fewer than wanted only for the first name, where the area is narrower than it.
    pub width: u16,
}

/// Which cells are taken.
#[derive(Debug, Clone)]
struct Taken {
    extent: Extent,
    cells: Vec<bool>,
}

/// Places names, the most important one first; `None` for each that finds no room. The first one always finds some.
///
/// Only the first `tried` names are. The cells of all anchors stay free, and one blank stands between a name and the
/// next thing on its row.
pub fn place(wanted: &[Wanted], tried: usize, extent: Extent) -> Vec<Option<Placed>> {
    let mut taken = Taken::new(extent);
    for one in wanted {
        let (column, row) = one.anchor;
        taken.take(Placed { column, row, width: 1 });
    }
    let mut placed = Vec::with_capacity(wanted.len());
    for (at, one) in wanted.iter().enumerate().take(tried) {
        let mut found = around(*one, extent).find(|place| taken.is_free(*place, one.anchor));
        if at == 0 && found.is_none() {
            found = forced(*one, extent);
        }
        if let Some(place) = found {
            taken.take(place);
        }
        placed.push(found);
    }
    placed
}

/// The positions around a place, the best first, that lie in the area.
fn around(one: Wanted, extent: Extent) -> impl Iterator<Item = Placed> {
    let (column, row) = (i32::from(one.anchor.0), i32::from(one.anchor.1));
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
    let (column, row) = one.anchor;
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

impl Taken {
    fn new(extent: Extent) -> Self {
        Self { extent, cells: vec![false; usize::from(extent.columns) * usize::from(extent.rows)] }
    }

    fn row(&self, row: u16) -> usize {
        usize::from(row) * usize::from(self.extent.columns)
    }

    /// Whether a name and the cell on each side of it are free, its own place aside.
    fn is_free(&self, place: Placed, own: (u16, u16)) -> bool {
        let from = place.column.saturating_sub(1);
        let to = (place.column + place.width + 1).min(self.extent.columns);
        let start = self.row(place.row);
        (from..to).all(|column| {
            (column, place.row) == own
                || !self.cells.get(start + usize::from(column)).is_some_and(|cell| *cell)
        })
    }

    fn take(&mut self, place: Placed) {
        let start = self.row(place.row) + usize::from(place.column);
        let end = (start + usize::from(place.width)).min(self.cells.len());
        if let Some(cells) = self.cells.get_mut(start..end) {
            cells.fill(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn overlap(a: Placed, b: Placed) -> bool {
        a.row == b.row && a.column < b.column + b.width && b.column < a.column + a.width
    }

    fn maps() -> impl Strategy<Value = (Extent, Vec<Wanted>)> {
        (1..60_u16, 1..20_u16).prop_flat_map(|(columns, rows)| {
            let one = ((0..columns, 0..rows), 1..30_u16).prop_map(|(anchor, width)| Wanted { anchor, width });
            (Just(Extent { columns, rows }), prop::collection::vec(one, 0..30))
        })
    }

    proptest! {
        #[test]
        fn no_two_names_overlap_and_none_leaves_the_area((extent, wanted) in maps()) {
            let placed = place(&wanted, wanted.len(), extent);
            let all: Vec<Placed> = placed.iter().flatten().copied().collect();
            for (at, a) in all.iter().enumerate() {
                prop_assert!(a.column + a.width <= extent.columns && a.row < extent.rows && a.width > 0);
                for b in &all[..at] {
                    prop_assert!(!overlap(*a, *b), "{a:?} over {b:?}");
                }
            }
        }

        #[test]
        fn names_leave_all_places_free_but_where_the_first_must((extent, wanted) in maps()) {
            for name in place(&wanted, wanted.len(), extent).into_iter().skip(1).flatten() {
                for one in &wanted {
                    let (column, row) = one.anchor;
                    let covers = overlap(name, Placed { column, row, width: 1 });
                    prop_assert!(!covers, "{name:?} covers a place");
                }
            }
        }

        #[test]
        fn the_first_name_is_always_there((extent, wanted) in maps()) {
            let room = extent.columns > 1 || extent.rows > 1;
            if let Some(first) = place(&wanted, wanted.len(), extent).first() {
                prop_assert_eq!(first.is_some(), room);
                let own = wanted[0].anchor;
                let covers = first.is_some_and(|name| overlap(name, Placed { column: own.0, row: own.1, width: 1 }));
                prop_assert!(!covers, "the place itself stays in sight");
            }
        }
    }

    #[test]
    fn names_stand_to_the_right_if_they_can() {
        let extent = Extent { columns: 30, rows: 3 };
        let one = |column, row, width| Wanted { anchor: (column, row), width };
        let placed = place(&[one(3, 1, 6), one(5, 1, 4), one(28, 1, 5)], 3, extent);
        let columns: Vec<Option<(u16, u16)>> = placed.iter().map(|p| p.map(|p| (p.column, p.row))).collect();
        // The second place stands where the first name would, so that name goes above it.
        assert_eq!(columns, [Some((4, 0)), Some((7, 1)), Some((22, 1))]);
    }
}
