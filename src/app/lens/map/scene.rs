//! What is seen of a map at a size: pins with their names, paths between them, and the parallels that have a name.

use super::extent;
use super::places::{Spread, relations};
use crate::app::lens::Sight;
use crate::geom::label::{Placed, Wanted, place};
use crate::geom::mercator::{Extent, Point, Spot, View};
use crate::knowledge::{EntityIx, EntityKind};
use crate::text::width::width;

/// The longest name that is written whole, in cells.
const LONGEST: u16 = 26;
/// Names beyond these many are not even tried: there would be no room.
const NAMES: usize = 300;
/// Cells beside a pin that still hit it.
const NEAR: u16 = 1;
/// Degrees of longitude to both sides of its place that a parallel is drawn over.
const REACH: f64 = 4.5;
/// Columns from which such a line is drawn: before that, there is nothing that it could part.
const SEEN_FROM: f64 = 14.0;
/// Kilometres in a degree of the equator.
const DEGREE: f64 = 111.32;

/// What is seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Which part of the world.
    pub view: View,
    /// In how many cells.
    pub extent: Extent,
    /// The places, the selected one first, then by importance; none twice.
    pub pins: Vec<Pin>,
    /// Relations between places; those of the selected one last, so that they lie above.
    pub paths: Vec<Path>,
    /// Parallels with a name, from west to east.
    pub parallels: Vec<(Point, Point)>,
    /// Where the selected place lies if it is out of sight: the nearest cell, and its name.
    pub beyond: Option<((u16, u16), EntityIx)>,
    /// Cells of a scale bar, and how many kilometres it stands for in the middle of the map.
    pub scale: (u16, u32),
}

/// A place that is seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    /// The entity.
    pub entity: EntityIx,
    /// Its cell.
    pub cell: (u16, u16),
    /// How many statements in scope name it.
    pub count: usize,
    /// It is the selected one.
    pub selected: bool,
    /// Its name as it is written.
    pub name: String,
    /// Where its name stands, if there is room.
    pub label: Option<Placed>,
}

/// Relations between two places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Path {
    /// One of them.
    pub from: Spot,
    /// The other.
    pub to: Spot,
    /// One of them is selected.
    pub selected: bool,
}

impl Scene {
    /// The place at a cell: its pin, its name, or a pin nearby.
    pub fn at(&self, column: u16, row: u16) -> Option<EntityIx> {
        let on_name = |pin: &&Pin| {
            pin.label.is_some_and(|label| {
                label.row == row && (label.column..label.column + label.width).contains(&column)
            })
        };
        let away = |pin: &&Pin| pin.cell.0.abs_diff(column).max(2 * pin.cell.1.abs_diff(row));
        let near = || self.pins.iter().filter(|pin| away(pin) <= NEAR).min_by_key(away);
        let on_pin = self.pins.iter().find(|pin| pin.cell == (column, row));
        on_pin.or_else(|| self.pins.iter().find(on_name)).or_else(near).map(|pin| pin.entity)
    }
}

/// Works out what is seen.
pub(super) fn scene(sight: Sight<'_>, all: &[Spread], view: View, own: Option<EntityIx>) -> Scene {
    let extent = extent(sight);
    let own = all.iter().find(|one| Some(one.entity) == own);
    let others = all.iter().filter(|one| own.is_none_or(|own| one.entity != own.entity));
    let mut pins: Vec<Pin> = own
        .into_iter()
        .chain(others)
        .filter_map(|one| {
            let cell = view.cell(one.point, extent)?;
            let selected = own.is_some_and(|own| own.entity == one.entity);
            Some(Pin {
                entity: one.entity,
                cell,
                count: one.count,
                selected,
                name: name(sight, one),
                label: None,
            })
        })
        .collect();
    let scale = scale(view, extent);
    let wanted: Vec<Wanted> =
        pins.iter().map(|pin| Wanted { anchor: pin.cell, width: cells(&pin.name) }).collect();
    let tried = wanted.len().min(NAMES);
    for (pin, label) in pins.iter_mut().zip(place(&wanted, tried, extent)) {
        pin.label = label;
    }
    Scene {
        view,
        extent,
        pins,
        paths: paths(sight, all, view, own),
        parallels: all.iter().filter_map(|one| parallel(sight, one, view)).collect(),
        beyond: own.and_then(|own| beyond(own, view, extent)),
        scale,
    }
}

fn cells(name: &str) -> u16 {
    (width(name) as u16).min(LONGEST)
}

/// Countries in capitals, as on maps made of paper.
fn name(sight: Sight<'_>, one: &Spread) -> String {
    let entity = sight.knowledge.entity(one.entity);
    if entity.kind == EntityKind::State { entity.name.to_uppercase() } else { entity.name.to_string() }
}

/// Each pair of places once.
fn paths(sight: Sight<'_>, all: &[Spread], view: View, own: Option<&Spread>) -> Vec<Path> {
    let mut pairs: Vec<(EntityIx, EntityIx)> =
        relations(sight).into_iter().map(|(from, to)| (from.min(to), from.max(to))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let extent = extent(sight);
    let mut spots: Vec<(EntityIx, Spot)> =
        all.iter().map(|one| (one.entity, view.spot(one.point, extent))).collect();
    spots.sort_by_key(|(entity, _)| *entity);
    let spot = |entity: EntityIx| {
        let at = spots.binary_search_by_key(&entity, |(entity, _)| *entity).ok()?;
        spots.get(at).map(|(_, spot)| *spot)
    };
    let path = |(from, to): (EntityIx, EntityIx)| {
        let selected = own.is_some_and(|own| own.entity == from || own.entity == to);
        Some(Path { from: spot(from)?, to: spot(to)?, selected })
    };
    let mut paths: Vec<Path> = pairs.into_iter().filter_map(path).collect();
    paths.sort_by_key(|path| path.selected);
    paths
}

/// A place that is called "38th parallel" is a line, not a point: drawn for a few degrees to both sides.
fn parallel(sight: Sight<'_>, one: &Spread, view: View) -> Option<(Point, Point)> {
    if 2.0 * REACH / view.step() < SEEN_FROM {
        return None;
    }
    let name = &sight.knowledge.entity(one.entity).name;
    let ordinal = name.strip_suffix(" parallel")?;
    let digits = ["th", "st", "nd", "rd"].into_iter().find_map(|ending| ordinal.strip_suffix(ending))?;
    let latitude: u8 = digits.parse().ok()?;
    let (its, _) = sight.knowledge.entity(one.entity).at?;
    let y = Point::at(f64::from(latitude).copysign(its), 0.0).y;
    Some((Point { x: one.point.x - REACH, y }, Point { x: one.point.x + REACH, y }))
}

/// The cell at the edge that is nearest to a place out of sight.
fn beyond(own: &Spread, view: View, extent: Extent) -> Option<((u16, u16), EntityIx)> {
    if view.cell(own.point, extent).is_some() || extent.columns == 0 || extent.rows == 0 {
        return None;
    }
    let Spot { column, row } = view.spot(own.point, extent);
    let inside = |value: f64, cells: u16| value.clamp(0.0, f64::from(cells - 1)) as u16;
    Some(((inside(column, extent.columns), inside(row, extent.rows)), own.entity))
}

/// The longest round distance that is shorter than a sixth of the map.
fn scale(view: View, extent: Extent) -> (u16, u32) {
    let cell = DEGREE * view.step() * view.centre().degrees().0.to_radians().cos();
    let most = f64::from(extent.columns) / 6.0 * cell;
    let round = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
    let distance = round.into_iter().take_while(|km| f64::from(*km) <= most).last().unwrap_or(10);
    ((f64::from(distance) / cell).round() as u16, distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_round_and_fits() {
        for columns in [20, 80, 200] {
            let extent = Extent { columns, rows: 20 };
            let view = View::fit(&[Point::at(39.0, 125.7), Point::at(43.1, 131.9)], extent);
            let (cells, distance) = scale(view, extent);
            assert!(cells <= columns / 2 && distance >= 10, "{cells} cells for {distance} km at {columns}");
        }
    }
}
