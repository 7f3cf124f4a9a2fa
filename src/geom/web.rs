//! A web around a middle: where it stands, where the two sides begin, and the curves between them.
//!
//! Names stand on the sides and curves in the gutters, so that no curve can ever run through a name. Depends on nothing
//! but the size, so that nothing moves while one walks.

use super::dots::{ACROSS, DOWN, Stretch};
use super::mercator::Extent;

/// Cells of a gutter: enough for a curve to be one, and no more than the eye follows.
const GUTTER: (u16, u16) = (4, 14);
/// Cells of the middle.
const MIDDLE: (u16, u16) = (12, 22);
/// Cells between the longest row and the edge.
const MARGIN: u16 = 1;
/// Pieces of which a curve is made.
const PIECES: u32 = 14;

/// A stretch of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// The first one.
    pub start: u16,
    /// How many.
    pub width: u16,
}

/// How a width is shared out, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Names on the left.
    pub left: Columns,
    /// Curves between them and the middle.
    pub left_gutter: Columns,
    /// The middle.
    pub middle: Columns,
    /// Curves between it and the names on the right.
    pub right_gutter: Columns,
    /// Names on the right.
    pub right: Columns,
}

/// Shares out `columns` between sides whose longest rows take `needs` cells, on the left and on the right.
///
/// The middle stands in the middle, unless one side needs more than its half and the other has it to give.
pub fn plan(columns: u16, needs: [u16; 2]) -> Plan {
    let middle = (columns / 6).clamp(MIDDLE.0, MIDDLE.1).min(columns);
    let half = (columns - middle) / 2;
    let [left, right] = needs.map(|need| need.saturating_add(MARGIN));
    let least = (columns / 20).max(GUTTER.0);
    let gutter = half.saturating_sub(left.max(right)).clamp(least, GUTTER.1.max(least)).min(half);
    let side = half - gutter;
    // What both sides have, the gutters taken off; the one that needs less gets no more than that where room is short.
    let both = 2 * side;
    let (left, right) = match (left > side, right > side) {
        (true, false) => (left.min(both - right), right.max(both.saturating_sub(left))),
        (false, true) => (left.max(both.saturating_sub(right)), right.min(both - left)),
        _ => (side, side),
    };
    // What is written, and the ground of what is selected, does not touch the edges.
    let edge = MARGIN.min(left);
    let (left, right, mut next) = (left - edge, right.saturating_sub(MARGIN), edge);
    let mut take = |width: u16| {
        let columns = Columns { start: next, width };
        next += width;
        columns
    };
    Plan {
        left: take(left),
        left_gutter: take(gutter),
        middle: take(middle),
        right_gutter: take(gutter),
        right: take(right),
    }
}

/// The row on which the first of `len` rows stands, and how many are seen, beginning with row `top`.
///
/// Few rows stand around the middle; many fill the height from the top on.
pub fn rows(len: usize, top: usize, extent: Extent) -> (u16, usize) {
    let height = usize::from(extent.rows);
    if len <= height { (((height - len) / 2) as u16, len) } else { (0, height.min(len.saturating_sub(top))) }
}

/// A curve across a gutter, from the middle of a row at its near end to the middle of a row at its far end.
///
/// Both ends are level: a cubic whose slope is nought at 0 and 1 ("smoothstep"), in pieces, in dots.
pub fn curve(gutter: Columns, near: u16, far: u16, to_right: bool) -> impl Iterator<Item = Stretch> {
    let (start, width) = (f64::from(gutter.start) * ACROSS, f64::from(gutter.width) * ACROSS - 1.0);
    let middle = |row: u16| f64::from(row) * DOWN + 1.5;
    let (from, to) = (middle(near), middle(far));
    let point = move |piece: u32| {
        let along = f64::from(piece) / f64::from(PIECES);
        let eased = along * along * (3.0 - 2.0 * along);
        let across = if to_right { along } else { 1.0 - along };
        (start + across * width, from + eased * (to - from))
    };
    (0..PIECES).map(move |piece| (point(piece), point(piece + 1)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_overlaps_and_nothing_leaves_the_area(columns in 0..400_u16, needs in [0..90_u16, 0..90_u16]) {
            let plan = plan(columns, needs);
            let parts = [plan.left, plan.left_gutter, plan.middle, plan.right_gutter, plan.right];
            for pair in parts.windows(2) {
                prop_assert_eq!(pair[0].start + pair[0].width, pair[1].start);
            }
            prop_assert!(plan.right.start + plan.right.width <= columns);
        }

        #[test]
        fn no_row_is_cut_while_there_is_room_beside_it(columns in 60..400_u16, needs in [0..90_u16, 0..90_u16]) {
            let plan = plan(columns, needs);
            let cut = |need: u16, side: Columns| need > side.width;
            let spare = |need: u16, side: Columns| side.width > need + MARGIN;
            prop_assert!(!(cut(needs[0], plan.left) && spare(needs[1], plan.right)), "{plan:?}");
            prop_assert!(!(cut(needs[1], plan.right) && spare(needs[0], plan.left)), "{plan:?}");
        }

        #[test]
        fn a_curve_stays_in_its_gutter_and_meets_both_rows(
            columns in 60..400_u16, near in 0..60_u16, far in 0..60_u16, to_right: bool,
        ) {
            let gutter = plan(columns, [30, 30]).right_gutter;
            let pieces: Vec<Stretch> = curve(gutter, near, far, to_right).collect();
            for (from, to) in &pieces {
                for (x, _) in [from, to] {
                    let column = (x / ACROSS) as u16;
                    prop_assert!((gutter.start..gutter.start + gutter.width).contains(&column));
                }
            }
            let row = |y: f64| (y / DOWN) as u16;
            prop_assert_eq!((row(pieces[0].0.1), row(pieces[pieces.len() - 1].1.1)), (near, far));
        }

        #[test]
        fn rows_fit(len in 0..200_usize, top in 0..200_usize, height in 0..60_u16) {
            let (first, seen) = rows(len, top.min(len), Extent { columns: 80, rows: height });
            prop_assert!(usize::from(first) + seen <= usize::from(height) && seen <= len);
        }
    }
}
