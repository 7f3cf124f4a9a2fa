//! Which part of the world is seen: the densest group of places, all of them, or the country around one.
//!
//! Must never depend on what was seen before: a view follows from the places and the size alone.

use super::places::Spread;
use crate::geom::group::densest;
use crate::geom::mercator::{Extent, PARTS, Point, Spot, View};

/// Degrees of longitude that a large country reaches across.
const COUNTRY: f64 = 60.0;

/// The densest group of places, those that most statements name first.
fn group(all: &[Spread]) -> impl Iterator<Item = &Spread> {
    let places: Vec<(Point, usize)> = all.iter().map(|one| (one.point, one.count)).collect();
    densest(&places).into_iter().filter_map(|at| all.get(at))
}

/// The place that is selected as long as nothing else was.
pub(super) fn first(all: &[Spread]) -> Option<&Spread> {
    group(all).next()
}

/// The view with which a map opens.
pub(super) fn opening(all: &[Spread], extent: Extent) -> View {
    let points: Vec<Point> = group(all).map(|one| one.point).collect();
    View::fit(&points, extent)
}

/// The view of all places.
pub(super) fn whole(all: &[Spread], extent: Extent) -> View {
    let points: Vec<Point> = all.iter().map(|one| one.point).collect();
    View::fit(&points, extent)
}

/// Whether a place lies so far outside of a view that moving it there would show nothing of what was seen.
pub(super) fn is_far(view: View, point: Point, extent: Extent) -> bool {
    let Spot { column, row } = view.spot(point, extent);
    let over = |value: f64, cells: u16| (-value).max(value - f64::from(cells)) > f64::from(cells) / 4.0;
    over(column, extent.columns) || over(row, extent.rows)
}

/// The view of a place together with the place nearest to it, or of the country around it if that one is farther away.
pub(super) fn visit(all: &[Spread], point: Point, extent: Extent) -> View {
    let country = View::fit(&[point], extent).reaching(((COUNTRY * PARTS) as i32, 0), extent);
    let spot = |other: &Point| country.spot(*other, extent);
    let own = spot(&point);
    let away = |other: &Point| (spot(other).column - own.column).hypot(2.0 * (spot(other).row - own.row));
    let others = all.iter().map(|one| one.point).filter(|other| *other != point);
    let nearest = others.min_by(|a, b| away(a).total_cmp(&away(b)));
    let both = nearest.map(|nearest| View::fit(&[point, nearest], extent));
    both.filter(|both| both.zoom() >= country.zoom()).unwrap_or(country)
}
