//! Longitude and latitude ↔ cells, in Mercator's projection: every place has its right shape, and panning moves all alike.
//!
//! The plane is measured in degrees of longitude: x grows to the east, y to the north. A cell of a terminal is twice as
//! high as wide, so a row takes twice the degrees of a column. The sphere has no edge: x goes round.

/// Degrees of longitude once around.
pub const AROUND: f64 = 360.0;
/// The latitudes that the map reaches: further on there is little but ice, drawn ever larger.
const NORTH: f64 = 77.0;
const SOUTH: f64 = -58.0;
/// Degrees of longitude in a column at the widest view.
const WIDEST: f64 = 8.0;
/// Steps of zoom from the widest to the closest view, two to a doubling.
pub const CLOSEST: u8 = 17;
/// Parts of a degree in which a view's centre is kept.
pub const PARTS: f64 = 10_000.0;
/// Part of the area that stays free around what a view is fitted to.
const FREE: f64 = 0.14;
/// Rows that stay free above and below it together: there stand names of what lies further on.
const FREE_ROWS: f64 = 2.0;

/// A place on the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// East, in degrees of longitude.
    pub x: f64,
    /// North, in degrees of longitude at the equator.
    pub y: f64,
}

/// Columns and rows of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Columns, in cells.
    pub columns: u16,
    /// Rows, in cells.
    pub rows: u16,
}

/// A place in cells, from the upper left corner of the area; may lie outside of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Columns to the right.
    pub column: f64,
    /// Rows down.
    pub row: f64,
}

/// Which part of the plane is seen: its centre in ten-thousandths of a degree, and how close one is.
///
/// Whole numbers, so that views can be compared and the same keys always lead to the same view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct View {
    x: i32,
    y: i32,
    zoom: u8,
}

/// A direction on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the west.
    Left,
    /// To the east.
    Right,
    /// To the north.
    Up,
    /// To the south.
    Down,
}

impl Point {
    /// The place at a latitude and a longitude in degrees, by Mercator's formula y = ln tan(π/4 + φ/2).
    pub fn at(latitude: f64, longitude: f64) -> Self {
        let latitude = latitude.clamp(-85.0, 85.0).to_radians();
        let y = (std::f64::consts::FRAC_PI_4 + latitude / 2.0).tan().ln().to_degrees();
        Self { x: around(longitude), y }
    }

    /// Latitude and longitude in degrees.
    pub fn degrees(self) -> (f64, f64) {
        let latitude = 2.0 * self.y.to_radians().exp().atan() - std::f64::consts::FRAC_PI_2;
        (latitude.to_degrees(), around(self.x))
    }
}

/// A longitude, or a difference of two, in −180 to 180.
pub(super) fn around(x: f64) -> f64 {
    (x + AROUND / 2.0).rem_euclid(AROUND) - AROUND / 2.0
}

impl View {
    /// The closest view of all `points`, with room around them; the whole map if there are none.
    pub fn fit(points: &[Point], extent: Extent) -> Self {
        let Some((centre, across, up)) = bounds(points) else {
            return Self::new(Point { x: 60.0, y: 40.0 }, 0).settled(extent);
        };
        let (columns, rows) = (f64::from(extent.columns), f64::from(extent.rows));
        let fits = |zoom: &u8| {
            let step = step(*zoom);
            let high = (rows * (1.0 - FREE)).min((rows - FREE_ROWS).max(rows / 2.0));
            across <= columns * (1.0 - FREE) * step && up <= high * 2.0 * step
        };
        // A single place is shown with the country around it, not with the bay it lies on.
        let zoom = (0..=CLOSEST - 4).rev().find(fits).unwrap_or(0);
        Self::new(centre, zoom).settled(extent)
    }

    fn new(centre: Point, zoom: u8) -> Self {
        let part = |value: f64| (value * PARTS).round() as i32;
        Self { x: part(around(centre.x)), y: part(centre.y), zoom }
    }

    /// The place in the middle.
    pub fn centre(self) -> Point {
        Point { x: f64::from(self.x) / PARTS, y: f64::from(self.y) / PARTS }
    }

    /// Degrees of longitude in a column; a row has twice as many.
    pub fn step(self) -> f64 {
        step(self.zoom)
    }

    /// Steps from the widest view.
    pub const fn zoom(self) -> u8 {
        self.zoom
    }

    /// The same view with a place in the middle, as far as the map reaches.
    #[must_use]
    pub fn centred(self, point: Point, extent: Extent) -> Self {
        Self::new(point, self.zoom).settled(extent)
    }

    /// The view of an area that never shows a place twice nor what lies beyond the map.
    #[must_use]
    pub fn settled(self, extent: Extent) -> Self {
        let (columns, rows) = (f64::from(extent.columns), f64::from(extent.rows));
        let zoom = (self.zoom..CLOSEST).find(|zoom| columns * step(*zoom) <= AROUND).unwrap_or(CLOSEST);
        let half = rows * step(zoom);
        let (south, north) = (Point::at(SOUTH, 0.0).y, Point::at(NORTH, 0.0).y);
        let mut centre = self.centre();
        // Where more is seen than the map has, the north is what matters more.
        centre.y = if north - south < 2.0 * half {
            north - half
        } else {
            centre.y.clamp(south + half, north - half)
        };
        Self::new(centre, zoom)
    }

    /// How far the view of an area reaches across and up, in ten-thousandths of a degree of longitude.
    pub fn reach(self, extent: Extent) -> (i32, i32) {
        let part = |cells: f64| (cells * self.step() * PARTS).round() as i32;
        (part(extent.columns.into()), part(2.0 * f64::from(extent.rows)))
    }

    /// The same view, farther away if an area would not reach so far otherwise.
    #[must_use]
    pub fn reaching(self, (across, up): (i32, i32), extent: Extent) -> Self {
        let reaches = |zoom: &u8| {
            let own = Self { zoom: *zoom, ..self }.reach(extent);
            own.0 >= across && own.1 >= up
        };
        let zoom = (0..=self.zoom).rev().find(reaches).unwrap_or(0);
        Self { zoom, ..self }.settled(extent)
    }

    /// Closer by so many steps, or farther away by as many below nothing, with one place staying where it is seen.
    #[must_use]
    pub fn zoomed(self, by: i8, held: Point, extent: Extent) -> Self {
        let zoom = self.zoom.saturating_add_signed(by).min(CLOSEST);
        let ratio = step(zoom) / self.step();
        let centre = self.centre();
        let toward = around(centre.x - held.x);
        let moved = Point { x: held.x + toward * ratio, y: held.y + (centre.y - held.y) * ratio };
        Self::new(moved, zoom).settled(extent)
    }

    /// Moved by whole cells.
    #[must_use]
    pub fn panned(self, way: Way, cells: u16, extent: Extent) -> Self {
        let by = f64::from(cells) * self.step();
        let Point { x, y } = self.centre();
        let to = match way {
            Way::Left => Point { x: x - by, y },
            Way::Right => Point { x: x + by, y },
            Way::Up => Point { x, y: y + 2.0 * by },
            Way::Down => Point { x, y: y - 2.0 * by },
        };
        Self::new(to, self.zoom).settled(extent)
    }

    /// Where a place is seen. Of the copies of a place, it is the one nearest to the middle.
    pub fn spot(self, point: Point, extent: Extent) -> Spot {
        let centre = self.centre();
        Spot {
            column: f64::from(extent.columns) / 2.0 + around(point.x - centre.x) / self.step(),
            row: f64::from(extent.rows) / 2.0 - (point.y - centre.y) / self.step() / 2.0,
        }
    }

    /// The cell in which a place is seen, if it is.
    pub fn cell(self, point: Point, extent: Extent) -> Option<(u16, u16)> {
        let Spot { column, row } = self.spot(point, extent);
        let inside = (0.0..f64::from(extent.columns)).contains(&column)
            && (0.0..f64::from(extent.rows)).contains(&row);
        inside.then_some((column as u16, row as u16))
    }

    /// The place that is seen at a spot.
    pub fn point(self, spot: Spot, extent: Extent) -> Point {
        let centre = self.centre();
        let x = centre.x + (spot.column - f64::from(extent.columns) / 2.0) * self.step();
        let y = centre.y - (spot.row - f64::from(extent.rows) / 2.0) * 2.0 * self.step();
        Point { x: around(x), y }
    }

    /// The nearest view that shows `point` with a margin around it: this one, if it does.
    #[must_use]
    pub fn showing(self, point: Point, extent: Extent) -> Self {
        let margin = |cells: u16, most: f64| (f64::from(cells) / 6.0).min(most);
        let (beside, above) = (margin(extent.columns, 12.0), margin(extent.rows, 3.0));
        let Spot { column, row } = self.spot(point, extent);
        let over = |value: f64, cells: u16, margin: f64| {
            let last = f64::from(cells) - margin;
            if value < margin { value - margin } else { (value - last).max(0.0) }
        };
        let Point { x, y } = self.centre();
        let x = x + over(column, extent.columns, beside) * self.step();
        let y = y - over(row, extent.rows, above) * 2.0 * self.step();
        let moved = Self::new(Point { x, y }, self.zoom);
        if (moved.x, moved.y) == (self.x, self.y) { self } else { moved.settled(extent) }
    }
}

fn step(zoom: u8) -> f64 {
    WIDEST * (-f64::from(zoom) / 2.0).exp2()
}

/// The middle of all points, and how far they reach across and up; the shorter way around the globe.
fn bounds(points: &[Point]) -> Option<(Point, f64, f64)> {
    let mut xs: Vec<f64> = points.iter().map(|point| point.x).collect();
    xs.sort_by(f64::total_cmp);
    let (first, last) = (*xs.first()?, *xs.last()?);
    // The widest stretch without a point is what is left out.
    let mut west = first;
    let mut widest = first + AROUND - last;
    for pair in xs.windows(2) {
        if pair[1] - pair[0] > widest {
            (widest, west) = (pair[1] - pair[0], pair[1]);
        }
    }
    let across = AROUND - widest;
    let low = points.iter().map(|point| point.y).fold(f64::INFINITY, f64::min);
    let high = points.iter().map(|point| point.y).fold(f64::NEG_INFINITY, f64::max);
    Some((Point { x: west + across / 2.0, y: f64::midpoint(low, high) }, across, high - low))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places() -> impl Strategy<Value = Point> {
        (-57.0..76.5, -180.0..180.0).prop_map(|(latitude, longitude)| Point::at(latitude, longitude))
    }

    fn extents() -> impl Strategy<Value = Extent> {
        (1..300_u16, 1..100_u16).prop_map(|(columns, rows)| Extent { columns, rows })
    }

    proptest! {
        #[test]
        fn degrees_come_back(latitude in -84.9..84.9, longitude in -180.0..180.0) {
            let (up, across) = Point::at(latitude, longitude).degrees();
            prop_assert!((up - latitude).abs() < 1e-9 && (across - longitude).abs() < 1e-9);
        }

        #[test]
        fn a_spot_leads_back_to_its_place(place in places(), points in prop::collection::vec(places(), 0..9), extent in extents()) {
            let view = View::fit(&points, extent);
            let back = view.point(view.spot(place, extent), extent);
            prop_assert!(around(back.x - place.x).abs() < 1e-6 && (back.y - place.y).abs() < 1e-6);
        }

        #[test]
        fn what_a_view_is_fitted_to_is_seen(points in prop::collection::vec(places(), 1..9)) {
            // From the width on at which the whole map fits above each other.
            let extent = Extent { columns: 60, rows: 24 };
            let view = View::fit(&points, extent);
            let (_, across, up) = bounds(&points).expect("there are some");
            if across < 300.0 && up < 200.0 {
                for point in points {
                    prop_assert!(view.cell(point, extent).is_some(), "{point:?} in {view:?}");
                }
            }
        }

        #[test]
        fn no_place_is_seen_twice(points in prop::collection::vec(places(), 0..9), extent in extents()) {
            let view = View::fit(&points, extent);
            prop_assert!(f64::from(extent.columns) * view.step() <= AROUND || view.zoom() == CLOSEST);
        }

        #[test]
        fn what_must_be_shown_is_shown(place in places(), points in prop::collection::vec(places(), 1..4), extent in extents()) {
            let view = View::fit(&points, extent).zoomed(3, points[0], extent).showing(place, extent);
            prop_assert!(view.cell(place, extent).is_some(), "{place:?} in {view:?}");
            prop_assert_eq!(view.showing(place, extent), view);
        }

        #[test]
        fn the_place_one_zooms_to_stays(place in places()) {
            let extent = Extent { columns: 80, rows: 24 };
            let view = View::fit(&[place], extent);
            let before = view.spot(place, extent);
            let after = view.zoomed(2, place, extent).spot(place, extent);
            prop_assert!((before.column - after.column).abs() < 0.1 && (before.row - after.row).abs() < 0.1);
        }
    }

    #[test]
    fn a_view_across_the_pacific_is_fitted_the_short_way() {
        let points = [Point::at(35.7, 139.7), Point::at(38.9, -77.0)];
        let (centre, across, _) = bounds(&points).expect("two points");
        assert!(across < 150.0 && around(centre.x - 211.35).abs() < 0.01, "{centre:?} {across}");
    }

    #[test]
    fn panning_there_and_back_changes_nothing() {
        let extent = Extent { columns: 80, rows: 24 };
        let view = View::fit(&[Point::at(39.0, 125.8), Point::at(43.1, 131.9)], extent);
        for (there, back) in [(Way::Left, Way::Right), (Way::Up, Way::Down)] {
            assert_eq!(view.panned(there, 4, extent).panned(back, 4, extent), view);
            assert_ne!(view.panned(there, 4, extent), view);
        }
    }
}
