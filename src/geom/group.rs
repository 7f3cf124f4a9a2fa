//! Which of some places a map begins with: the densest group of those that matter.
//!
//! Must never depend on the size of a screen: a class looks at the same part of the world on every terminal.

use super::mercator::{AROUND, Point, around};

/// How much dearer it is to reach to the north or south than across: maps on a screen are wider than high.
const UPRIGHT: f64 = 2.5;
/// A group counts as reaching over at least this part of the whole, however near to each other its places are.
const LEAST: f64 = 1.0 / 8.0;
/// Places that a group has at least: two are a pair, and what they are near to is worth seeing.
const FEWEST: usize = 3;
/// How many times as dense as the whole a group must be to be shown without the rest.
const WORTH: f64 = 1.25;
/// How many of the places that matter most may be the middle of a group.
const MIDDLES: usize = 12;
/// Places that are looked at; those beyond are named so seldom that no group hangs on them.
const MOST: usize = 300;

/// The positions of the places in the densest group, in order; of all places if none is denser.
///
/// `places` are given with how often each is named, the one named most first. A group is one of the places that matter
/// most with the so many nearest to it. Its density is the square of its share of all weights over its share of the
/// whole reach; a place weighs 1 + log2(1 + times named), so that no single one outweighs a neighbourhood.
pub fn densest(places: &[(Point, usize)]) -> Vec<usize> {
    let mut best = (WORTH, (0..places.len()).collect());
    let places = places.get(..places.len().min(MOST)).unwrap_or(places);
    for (point, _) in places.iter().take(MIDDLES) {
        best = around_one(*point, places, best);
    }
    best.1.sort_unstable();
    best.1
}

/// The densest of the groups around a point, if it is denser than the best so far.
fn around_one(middle: Point, places: &[(Point, usize)], best: (f64, Vec<usize>)) -> (f64, Vec<usize>) {
    let offset = |place: &(Point, usize)| (around(place.0.x - middle.x), UPRIGHT * (place.0.y - middle.y));
    let away = |at: &usize| places.get(*at).map(offset).map_or(f64::INFINITY, |(x, y)| x.abs().max(y.abs()));
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| away(a).total_cmp(&away(b)).then(a.cmp(b)));
    let weight = |(_, count): &(Point, usize)| 1.0 + (1.0 + *count as f64).log2();
    let total: f64 = places.iter().map(weight).sum();
    let all = places.iter().map(offset).fold(Reach::NONE, Reach::with).longest().max(f64::MIN_POSITIVE);
    let (mut own, mut weights) = (Reach::NONE, 0.0);
    let (mut density, mut len) = (best.0, None);
    for (at, place) in order.iter().filter_map(|at| places.get(*at)).enumerate() {
        own = own.with(offset(place));
        weights += weight(place);
        let its = (weights / total).powi(2) / (own.longest() / all).max(LEAST);
        if at + 1 >= FEWEST && its > density {
            (density, len) = (its, Some(at + 1));
        }
    }
    let Some(len) = len else { return best };
    order.truncate(len);
    (density, order)
}

/// How far some places reach, from the first one.
#[derive(Debug, Clone, Copy)]
struct Reach {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Reach {
    const NONE: Self = Self { west: 0.0, east: 0.0, south: 0.0, north: 0.0 };

    fn with(self, (x, y): (f64, f64)) -> Self {
        Self {
            west: self.west.min(x),
            east: self.east.max(x),
            south: self.south.min(y),
            north: self.north.max(y),
        }
    }

    fn longest(self) -> f64 {
        (self.east - self.west).min(AROUND).max(self.north - self.south)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(latitude: f64, longitude: f64, named: usize) -> (Point, usize) {
        (Point::at(latitude, longitude), named)
    }

    #[test]
    fn a_map_begins_where_most_is() {
        let (lisbon, porto, faro) = (at(38.7, -9.1, 9), at(41.1, -8.6, 3), at(37.0, -7.9, 1));
        let (madrid, lima, goa) = (at(40.4, -3.7, 2), at(-12.0, -77.0, 2), at(15.5, 73.8, 1));
        for (what, places, group) in [
            ("nothing", vec![], vec![]),
            ("one place", vec![lisbon], vec![0]),
            ("two far from each other", vec![lisbon, lima], vec![0, 1]),
            ("a country", vec![lisbon, porto, faro], vec![0, 1, 2]),
            (
                "a country, its neighbour, and two far away",
                vec![lisbon, porto, madrid, lima, faro, goa],
                vec![0, 1, 2, 4],
            ),
            ("a pair is not worth leaving the third out", vec![lisbon, porto, lima], vec![0, 1, 2]),
            ("three corners of the world", vec![lisbon, lima, goa], vec![0, 1, 2]),
            (
                "not where one is named most, but where most is named",
                vec![(lima.0, 9), lisbon, porto, madrid, faro],
                vec![1, 2, 3, 4],
            ),
        ] {
            assert_eq!(densest(&places), group, "{what}");
        }
    }

    #[test]
    fn a_group_goes_over_the_180th_meridian() {
        let places = [
            at(52.0, 179.0, 5),
            at(51.0, -179.0, 3),
            at(53.0, 177.0, 2),
            at(0.0, 10.0, 1),
            at(50.0, -176.0, 1),
        ];
        assert_eq!(densest(&places), [0, 1, 2, 4]);
    }

    proptest! {
        #[test]
        fn a_group_holds_some_places_each_once(
            places in prop::collection::vec((-80.0..80.0, -180.0..180.0, 0..40_usize), 1..40)
        ) {
            let places: Vec<(Point, usize)> = places.into_iter().map(|(a, b, named)| at(a, b, named)).collect();
            let group = densest(&places);
            prop_assert!(group.windows(2).all(|pair| pair[0] < pair[1]) && group.len() <= places.len());
            prop_assert!(group.len() >= FEWEST.min(places.len()), "a pair is no group");
        }
    }
}
