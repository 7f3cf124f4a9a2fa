//! What is seen of a map at a size: pins with their names, paths between them, and the parallels that have a name.

use super::extent;
use super::legend::{self, Numbered};
use super::places::{Spread, relations};
use crate::app::lens::Sight;
use crate::geom::edge::{self, Bearing};
use crate::geom::label::{Wanted, place};
use crate::geom::mercator::{Extent, Point, Spot, View};
use crate::geom::room::{Placed, Room};
use crate::knowledge::{EntityIx, EntityKind};
use crate::text::width::width;

/// Cells of a name that are written on any map, however narrow.
const SHORT: u16 = 26;
/// Names beyond these many are not even tried: there would be no room.
const NAMES: usize = 300;
/// Names of places outside beyond these many are not tried: the edge would be full of them.
const OUTSIDE: usize = 12;
/// How often names are placed again because the legend takes the room of one.
const ROUNDS: usize = 4;
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
    /// Places out of sight, the selected one first, then by importance: those whose names find room at the edge.
    pub outside: Vec<Outside>,
    /// What the numbers stand for.
    pub legend: Vec<Numbered>,
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
    /// The number in its cell, where a name in that cell found no room.
    pub number: Option<char>,
}

/// A place out of sight.
#[derive(Debug, Clone, PartialEq)]
pub struct Outside {
    /// The entity.
    pub entity: EntityIx,
    /// It is the selected one.
    pub selected: bool,
    /// Its name as it is written.
    pub name: String,
    /// In which direction it lies.
    pub bearing: Bearing,
    /// Where its name and the arrow stand, at the edge.
    pub at: Placed,
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
    /// The place at a cell: its pin, its name on the map, at the edge or in the legend, or a pin nearby.
    pub fn at(&self, column: u16, row: u16) -> Option<EntityIx> {
        let cell = (column, row);
        let on_pin = || self.pins.iter().find(|pin| pin.cell == cell).map(|pin| pin.entity);
        let on_name = || self.pins.iter().find(|pin| pin.label.is_some_and(|label| label.holds(cell)));
        let at_edge = || self.outside.iter().find(|one| one.at.holds(cell)).map(|one| one.entity);
        let in_legend = || self.legend.iter().find(|one| one.at.holds(cell)).map(|one| one.entity);
        let away = |pin: &&Pin| pin.cell.0.abs_diff(column).max(2 * pin.cell.1.abs_diff(row));
        let near = || self.pins.iter().filter(|pin| away(pin) <= NEAR).min_by_key(away);
        on_pin()
            .or_else(|| on_name().map(|pin| pin.entity))
            .or_else(at_edge)
            .or_else(in_legend)
            .or_else(|| near().map(|pin| pin.entity))
    }

    /// The selected place, if it is out of sight.
    pub fn beyond(&self) -> Option<&Outside> {
        self.outside.iter().find(|one| one.selected)
    }
}

/// Works out what is seen.
pub(super) fn scene(sight: Sight<'_>, all: &[Spread], view: View, own: Option<EntityIx>) -> Scene {
    let extent = extent(sight);
    let own = all.iter().find(|one| Some(one.entity) == own);
    let others = all.iter().filter(|one| own.is_none_or(|own| one.entity != own.entity));
    let (mut pins, mut wanted, mut far) = (Vec::new(), Vec::new(), Vec::new());
    for one in own.into_iter().chain(others) {
        let (spot, selected) = (view.spot(one.point, extent), own == Some(one));
        let Some(cell) = view.cell(one.point, extent) else {
            far.push((spot, one, selected));
            continue;
        };
        let name = name(sight, one);
        wanted.push(Wanted { spot, width: cells(&name).min(SHORT.max(extent.columns * 2 / 3)) });
        let (entity, count) = (one.entity, one.count);
        pins.push(Pin { entity, cell, count, selected, name, label: None, number: None });
    }
    // The selected place is named before all others, wherever it is.
    let beyond = far.iter().take(1).filter(|(_, _, selected)| *selected);
    let mut room = Room::new(extent);
    let mut outside = at_edge(sight, beyond.copied(), &mut room);
    let legend = labels(&mut pins, &wanted, &mut room);
    let others = far.iter().filter(|(_, _, selected)| !selected).take(OUTSIDE);
    outside.extend(at_edge(sight, others.copied(), &mut room));
    Scene {
        view,
        extent,
        pins,
        paths: paths(sight, all, view, own),
        parallels: all.iter().filter_map(|one| parallel(sight, one, view)).collect(),
        outside,
        legend,
        scale: scale(view, extent),
    }
}

/// Names the places that are seen, beside them or by numbers, and takes the cells of all that from the room.
fn labels(pins: &mut [Pin], wanted: &[Wanted], room: &mut Room) -> Vec<Numbered> {
    let (empty, extent) = (room.clone(), room.extent());
    let tried = wanted.len().min(NAMES);
    let mut corner = None;
    for _ in 0..ROUNDS {
        *room = empty.clone();
        if let Some(corner) = corner {
            legend::Corner::take(corner, room);
        }
        for (pin, label) in pins.iter_mut().zip(place(wanted, tried, room)) {
            pin.label = label;
        }
        // What is left over needs a corner; whose name stood there may be left over then.
        let next = legend::corner(&legend::unnamed(pins, extent), wanted, extent);
        if next == corner {
            break;
        }
        corner = next.or(corner);
    }
    let Some(corner) = corner else { return Vec::new() };
    let legend = legend::fill(legend::unnamed(pins, extent), corner);
    for pin in pins {
        pin.number = legend.iter().find(|one| one.cell == pin.cell).map(|one| one.number);
    }
    legend
}

/// The names of places out of sight that find room at the edge.
fn at_edge<'a>(
    sight: Sight<'_>,
    places: impl Iterator<Item = (Spot, &'a Spread, bool)>,
    room: &mut Room,
) -> Vec<Outside> {
    let mut found = Vec::new();
    for (spot, one, selected) in places {
        let name = name(sight, one);
        let Some(at) = edge::place(spot, cells(&name), selected, room) else { continue };
        room.take(at);
        let bearing = Bearing::to(spot, room.extent());
        found.push(Outside { entity: one.entity, selected, name, bearing, at });
    }
    found
}

fn cells(name: &str) -> u16 {
    width(name).min(usize::from(u16::MAX)) as u16
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
