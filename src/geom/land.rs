//! Which cells are land: for each row of a view, the stretches between a coast and the next one.
//!
//! A place is on land if a line from it to the edge of the sheet crosses the coast an odd number of times (the even-odd
//! rule), so the coastlines need not be put together to shapes first.

use super::mercator::{AROUND, Extent, Spot, View};
use super::world::{Kind, Level};

/// For each row, the columns at which land begins and ends, in turn.
pub type Rows = Vec<Vec<(u16, u16)>>;

/// The land in the middle of each row of cells.
pub fn land(level: &Level, view: View, extent: Extent) -> Rows {
    crossings(level, view, extent).into_iter().map(|row| stretches(row, view, extent)).collect()
}

/// For each row, the longitudes at which its middle crosses a coast.
fn crossings(level: &Level, view: View, extent: Extent) -> Vec<Vec<f32>> {
    let middle = |row: f64| view.point(Spot { column: 0.0, row: row + 0.5 }, extent).y;
    let (top, bottom) = (middle(0.0), middle(f64::from(extent.rows) - 1.0));
    let tall = 2.0 * view.step();
    let mut rows = vec![Vec::new(); usize::from(extent.rows)];
    for (line, points) in level.lines() {
        if line.kind == Kind::Border || f64::from(line.north) < bottom || f64::from(line.south) > top {
            continue;
        }
        for pair in points.windows(2) {
            let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
            let (low, high) = (f64::from(ay.min(by)), f64::from(ay.max(by)));
            // The rows whose middle lies in low < y ≤ high.
            let first = ((top - high) / tall).ceil().max(0.0) as usize;
            let last = (((top - low) / tall).ceil().max(0.0) as usize).min(rows.len());
            for (row, found) in rows.iter_mut().enumerate().take(last).skip(first) {
                let along = ((top - row as f64 * tall) as f32 - ay) / (by - ay);
                found.push(ax + along * (bx - ax));
            }
        }
    }
    rows
}

/// The columns between the crossings of one row.
fn stretches(mut crossings: Vec<f32>, view: View, extent: Extent) -> Vec<(u16, u16)> {
    crossings.sort_by(f32::total_cmp);
    let half = f64::from(extent.columns) / 2.0;
    let centre = view.centre().x;
    let mut found: Vec<(u16, u16)> = Vec::new();
    // The sheet reaches from −180 to 180; the view may look over either edge of it.
    for sheet in [-AROUND, 0.0, AROUND] {
        for pair in crossings.chunks_exact(2) {
            let column = |x: f32| {
                let exact = half + (f64::from(x) + sheet - centre) / view.step();
                (exact.round().max(0.0) as u32).min(u32::from(extent.columns)) as u16
            };
            let (from, to) = (column(pair[0]), column(pair[1]));
            if from < to {
                found.push((from, to));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::mercator::Point;
    use super::super::world::World;
    use super::*;

    fn is_land(latitude: f64, longitude: f64, level: &Level) -> bool {
        let extent = Extent { columns: 21, rows: 11 };
        let place = Point::at(latitude, longitude);
        let view = View::fit(&[place], extent).zoomed(20, place, extent);
        let (column, row) = view.cell(place, extent).expect("it was fitted");
        land(level, view, extent)[usize::from(row)].iter().any(|(from, to)| (*from..*to).contains(&column))
    }

    #[test]
    fn cities_are_on_land_and_seas_are_not() {
        let world = World::shipped();
        for (name, latitude, longitude, expected) in [
            ("Pyongyang", 39.03, 125.75, true),
            ("Moscow", 55.75, 37.62, true),
            ("Kyiv", 50.45, 30.52, true),
            ("Beijing", 39.90, 116.40, true),
            ("Kansas", 38.5, -98.0, true),
            ("Chukotka, east of the 180th meridian", 67.0, -177.0, true),
            ("Chukotka, west of it", 67.5, 177.0, true),
            ("Sea of Japan", 40.0, 134.0, false),
            ("Yellow Sea", 36.0, 123.5, false),
            ("Black Sea", 43.3, 34.5, false),
            ("Pacific", 30.0, -160.0, false),
            ("Atlantic", 45.0, -35.0, false),
        ] {
            for level in world.levels() {
                assert_eq!(is_land(latitude, longitude, level), expected, "{name}");
            }
        }
    }
}
