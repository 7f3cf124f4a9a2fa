//! Which mark lies in a direction, so that arrow keys walk over a picture as the eye does.

use super::mercator::{Spot, Way};

/// How much dearer it is to lie beside the way than further along it.
const ASIDE: f64 = 2.0;

/// The nearest of `spots` in a direction, none of them `from` itself; `None` if nothing lies that way.
///
/// Near means little way along and less aside. What lies more to the side than ahead is left to the other arrows, unless
/// nothing else lies that way.
pub fn nearest(from: Spot, way: Way, spots: impl Iterator<Item = Spot> + Clone) -> Option<usize> {
    let cost = |spot: &Spot| {
        let (across, down) = (spot.column - from.column, 2.0 * (spot.row - from.row));
        let (along, aside) = match way {
            Way::Left => (-across, down),
            Way::Right => (across, down),
            Way::Up => (-down, across),
            Way::Down => (down, across),
        };
        // Less than half a cell is no way.
        (along > 0.5).then_some((along < aside.abs(), along + ASIDE * aside.abs()))
    };
    let ranked = spots.enumerate().filter_map(|(at, spot)| Some((cost(&spot)?, at)));
    ranked.min_by(|(a, _), (b, _)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))).map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spot((column, row): (f64, f64)) -> Spot {
        Spot { column, row }
    }

    #[test]
    fn arrows_go_where_they_point() {
        let spots = [(10.0, 10.0), (20.0, 11.0), (14.0, 2.0), (2.0, 10.0), (10.0, 30.0), (60.0, 10.0)];
        for (way, to) in [(Way::Right, 1), (Way::Up, 2), (Way::Left, 3), (Way::Down, 4)] {
            assert_eq!(nearest(spot(spots[0]), way, spots.iter().map(|at| spot(*at))), Some(to), "{way:?}");
        }
    }

    proptest! {
        #[test]
        fn what_lies_that_way_is_found(from in (0.0..99.0, 0.0..99.0), spots in prop::collection::vec((0.0..99.0, 0.0..99.0), 0..20)) {
            let found = nearest(spot(from), Way::Right, spots.iter().map(|at| spot(*at)));
            let further = |at: &(f64, f64)| at.0 - from.0 > 0.5;
            prop_assert_eq!(found.is_some(), spots.iter().any(further));
            prop_assert!(found.is_none_or(|at| further(&spots[at])));
        }
    }
}
