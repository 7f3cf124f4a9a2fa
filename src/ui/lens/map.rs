//! Draws the map: land, coasts and borders, then paths, pins and names. All of it is worked out in `geom` and in
//! [`Scene`]; here it gets its characters and colours.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::brush::{Brush, Mark, Sign};
use crate::app::lens::{Map, Outside, Pin, Scene, Sight};
use crate::geom::dots::{ACROSS, DOWN, Dots, Stretch};
use crate::geom::edge::{ARROW, Bearing};
use crate::geom::land::land;
use crate::geom::mercator::{AROUND, Point, Spot};
use crate::geom::room::Placed;
use crate::geom::world::{Kind, Level, World};
use crate::knowledge::{EntityKind, Knowledge};
use crate::text::width::{truncate, width};

/// What lies above what, in dots.
const GRATICULE: u8 = 1;
const BORDER: u8 = 2;
const COAST: u8 = 3;
const PATH: u8 = 4;
const PARALLEL: u8 = 5;
const OWN_PATH: u8 = 6;
/// Degrees of longitude across the map from which borders would only be noise.
const NO_BORDERS: f64 = 60.0;
/// Cells of the map times degrees in a column: the length of all borders in sight grows with it, and from here on they
/// would be most of what is sent when the map is moved. It does not depend on where one looks: nothing comes and goes.
const MOST_BORDERS: f64 = 1700.0;
/// Meridians are at least so many columns apart.
const MESH: f64 = 24.0;
/// The dots of a line in a legend.
const LINE: u8 = 0b0001_0010;
/// From so many statements on a place has the greater sign.
const MANY: usize = 5;

/// Draws the map.
pub(super) fn draw(brush: Brush, map: &Map, sight: Sight<'_>, buffer: &mut Buffer) {
    let area = sight.area.intersection(buffer.area);
    if area.is_empty() || area != sight.area {
        return;
    }
    let scene = map.scene(sight);
    let level = World::shipped().level(scene.view.step() / ACROSS);
    if let Some(level) = level.filter(|_| brush.has_land()) {
        ground(brush, level, &scene, area, buffer);
    }
    let mut dots = Dots::new(scene.extent);
    graticule(&scene, &mut dots);
    if let Some(level) = level {
        lines(level, &scene, &mut dots);
    }
    for (west, east) in &scene.parallels {
        dots.line(
            stretch(scene.view.spot(*west, scene.extent), scene.view.spot(*east, scene.extent)),
            PARALLEL,
            1,
        );
    }
    for path in &scene.paths {
        let (layer, gap) = if path.selected { (OWN_PATH, 0) } else { (PATH, 1) };
        dots.line(stretch(path.from, path.to), layer, gap);
    }
    write_dots(brush, &dots, area, buffer);
    scale(brush, &scene, area, buffer);
    apart(&scene, &dots, area, buffer);
    pins(brush, &scene, sight.knowledge, area, buffer);
    legend(brush, &scene, area, buffer);
    for one in scene.outside.iter().rev() {
        outside(brush, one, area, buffer);
    }
}

/// Two spots in dots.
fn stretch(from: Spot, to: Spot) -> Stretch {
    let dots = |spot: Spot| (spot.column * ACROSS, spot.row * DOWN);
    (dots(from), dots(to))
}

/// Land, where the terminal has a ground for it.
fn ground(brush: Brush, level: &Level, scene: &Scene, area: Rect, buffer: &mut Buffer) {
    for (y, row) in (area.y..area.bottom()).zip(land(level, scene.view, scene.extent)) {
        for (from, to) in row {
            let stretch = Rect { x: area.x + from, y, width: to - from, height: 1 };
            buffer.set_style(stretch, brush.land());
        }
    }
}

/// Coasts and borders. The sheet is laid side by side with itself, for a view may look over its edge.
fn lines(level: &Level, scene: &Scene, dots: &mut Dots) {
    let (view, extent) = (scene.view, scene.extent);
    let centre = view.centre();
    let (half_wide, half_high) = (f64::from(extent.columns) / 2.0, f64::from(extent.rows) / 2.0);
    let step = view.step();
    let (reach, height) = (half_wide * step, half_high * 2.0 * step);
    let has_borders = 2.0 * reach <= NO_BORDERS && 4.0 * half_wide * half_high * step <= MOST_BORDERS;
    for (line, points) in level.lines() {
        let layer = match line.kind {
            Kind::Seam => continue,
            Kind::Border if !has_borders => continue,
            Kind::Border => BORDER,
            Kind::Coast => COAST,
        };
        if f64::from(line.north) < centre.y - height || f64::from(line.south) > centre.y + height {
            continue;
        }
        for sheet in [-AROUND, 0.0, AROUND] {
            let (west, east) = (f64::from(line.west) + sheet, f64::from(line.east) + sheet);
            if east < centre.x - reach || west > centre.x + reach {
                continue;
            }
            let dot = |(x, y): (f32, f32)| {
                let column = half_wide + (f64::from(x) + sheet - centre.x) / step;
                let row = half_high - (f64::from(y) - centre.y) / step / 2.0;
                (column * ACROSS, row * DOWN)
            };
            for pair in points.windows(2) {
                dots.line((dot(pair[0]), dot(pair[1])), layer, u32::from(layer == BORDER));
            }
        }
    }
}

/// Where meridians and parallels of round degrees cross: whole lines would be most of what a terminal must be sent when
/// the map is moved.
fn graticule(scene: &Scene, dots: &mut Dots) {
    let (view, extent) = (scene.view, scene.extent);
    let round = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0];
    let mesh = round.into_iter().find(|mesh| mesh / view.step() >= MESH).unwrap_or(90.0);
    let (columns, rows) = (f64::from(extent.columns), f64::from(extent.rows));
    let latitude = |row: f64| view.point(Spot { column: 0.0, row }, extent).degrees().0;
    let reach = columns / 2.0 * view.step();
    let west = view.centre().x - reach;
    let mut parallel = (latitude(rows) / mesh).ceil() * mesh;
    while parallel < latitude(0.0) {
        let row = view.spot(Point::at(parallel, 0.0), extent).row;
        let mut meridian = (west / mesh).ceil() * mesh;
        while meridian < west + 2.0 * reach {
            // The four dots in the middle of one cell.
            let (x, y) = (2 * ((meridian - west) / view.step()) as i32, 4 * row as i32);
            for (beside, below) in [(0, 1), (1, 1), (0, 2), (1, 2)] {
                dots.set(x + beside, y + below, GRATICULE);
            }
            meridian += mesh;
        }
        parallel += mesh;
    }
}

fn write_dots(brush: Brush, dots: &Dots, area: Rect, buffer: &mut Buffer) {
    for row in 0..area.height {
        for column in 0..area.width {
            let Some((bits, layer)) = dots.get(column, row) else { continue };
            if let Some(cell) = buffer.cell_mut((area.x + column, area.y + row)) {
                let thin = layer != COAST && layer != GRATICULE;
                let dots = if thin { brush.line_dots(bits) } else { brush.dots(bits) };
                cell.set_symbol(dots.encode_utf8(&mut [0; 4])).set_style(style(brush, layer));
            }
        }
    }
}

fn style(brush: Brush, layer: u8) -> Style {
    match layer {
        GRATICULE => brush.faint(),
        BORDER => brush.dim(),
        // A coast is on the ground of land, whichever there is more of: so it is of one colour all along.
        COAST if brush.has_land() => brush.muted().patch(brush.land()),
        COAST if brush.has_blocks() => brush.dim(),
        COAST => brush.muted(),
        PATH => brush.link(),
        PARALLEL => brush.body(),
        _ => brush.accent(),
    }
}

/// A round distance in the lower left corner, and what lines and signs mean where there is room for that.
fn scale(brush: Brush, scene: &Scene, area: Rect, buffer: &mut Buffer) {
    let (cells, distance) = scene.scale;
    let line = brush.line_dots(LINE).to_string().repeat(3);
    let related = if scene.paths.is_empty() { String::new() } else { format!("   {line} relation") };
    let much = format!("   {} {MANY} statements and more", brush.mark(Mark::City));
    let much = if scene.pins.iter().any(|pin| pin.count >= MANY) { much } else { String::new() };
    for legend in [format!("{related}{much}"), related, String::new()] {
        let words = format!(" {distance} km{legend}");
        if scale_with(brush, (scene, cells), &words, area, buffer) {
            return;
        }
    }
}

/// The scale with some words after it; `false` if something else is in its place.
fn scale_with(
    brush: Brush,
    (scene, cells): (&Scene, u16),
    words: &str,
    area: Rect,
    buffer: &mut Buffer,
) -> bool {
    let taken = usize::from(cells) + width(words) + 2;
    let last = area.height - 1;
    let is_free = |pin: &Pin| {
        let free = |column: u16, row: u16| row != last || usize::from(column) > taken;
        free(pin.cell.0, pin.cell.1) && pin.label.is_none_or(|label| free(label.column, label.row))
    };
    let is_beside = |one: &Outside| one.at.row != last || usize::from(one.at.column) > taken;
    let is_clear = scene.pins.iter().all(is_free) && scene.outside.iter().all(is_beside);
    if taken > usize::from(area.width) || !is_clear {
        return false;
    }
    let line = brush.sign(Sign::Horizontal).repeat(cells.saturating_sub(2).into());
    let (left, right) = (brush.mark(Mark::LeftEnd), brush.mark(Mark::RightEnd));
    let at = Rect { x: area.x + 1, y: area.y + last, width: area.width - 1, height: 1 };
    brush.text(
        buffer,
        at,
        &format!("{left}{line}{right}{words}"),
        brush.muted().remove_modifier(Modifier::DIM),
    );
    true
}

/// Takes away the dots beside each name, so that none is read as a letter of it.
fn apart(scene: &Scene, dots: &Dots, area: Rect, buffer: &mut Buffer) {
    let labels = scene.pins.iter().filter_map(|pin| pin.label);
    let outside = scene.outside.iter().map(|one| one.at);
    for words in labels.chain(outside).chain(scene.legend.iter().map(|one| one.at)) {
        let beside = [words.column.checked_sub(1), Some(words.column + words.width)];
        for column in beside.into_iter().flatten().filter(|column| dots.get(*column, words.row).is_some()) {
            if let Some(cell) = buffer.cell_mut((area.x + column, area.y + words.row)) {
                cell.set_symbol(" ");
            }
        }
    }
}

/// The cells of some words on the screen.
fn cells(words: Placed, area: Rect) -> Rect {
    Rect { x: area.x + words.column, y: area.y + words.row, width: words.width, height: 1 }
}

/// Signs and names; the selected one last, so that nothing lies over it.
fn pins(brush: Brush, scene: &Scene, knowledge: &Knowledge, area: Rect, buffer: &mut Buffer) {
    for pin in scene.pins.iter().rev() {
        let style = if pin.selected { brush.accent() } else { brush.body() };
        let style = style.add_modifier(Modifier::BOLD).remove_modifier(Modifier::DIM);
        if let Some(cell) = buffer.cell_mut((area.x + pin.cell.0, area.y + pin.cell.1)) {
            let sign = if pin.count >= MANY || pin.selected { Mark::City } else { Mark::Town };
            match pin.number {
                Some(number) => cell.set_symbol(number.encode_utf8(&mut [0; 4])),
                None => cell.set_symbol(brush.mark(sign)),
            };
            cell.set_style(style);
        }
        let Some(label) = pin.label else { continue };
        let state = knowledge.entity(pin.entity).kind == EntityKind::State;
        let style = match (pin.selected, state) {
            (true, _) => brush.reversed(),
            (false, true) => brush.strong(),
            (false, false) => brush.body().remove_modifier(Modifier::BOLD),
        };
        // Where there are no colours, dots are faint or bold; what is written over them is not.
        let style = style.remove_modifier(Modifier::DIM);
        brush.text(buffer, cells(label, area), &pin.name, style);
    }
}

/// What the numbers stand for.
fn legend(brush: Brush, scene: &Scene, area: Rect, buffer: &mut Buffer) {
    for one in &scene.legend {
        let at = cells(one.at, area);
        brush.text(buffer, at, &one.words, brush.body().remove_modifier(Modifier::DIM | Modifier::BOLD));
        if one.words.starts_with(one.number) {
            let number = brush.body().add_modifier(Modifier::BOLD).remove_modifier(Modifier::DIM);
            brush.text(buffer, at, one.number.encode_utf8(&mut [0; 4]), number);
        }
    }
}

/// The name of a place out of sight at the edge beyond which it lies, with an arrow.
fn outside(brush: Brush, one: &Outside, area: Rect, buffer: &mut Buffer) {
    let arrow = brush.mark(match one.bearing {
        Bearing::East => Mark::Right,
        Bearing::SouthEast => Mark::DownRight,
        Bearing::South => Mark::Down,
        Bearing::SouthWest => Mark::DownLeft,
        Bearing::West => Mark::Left,
        Bearing::NorthWest => Mark::UpLeft,
        Bearing::North => Mark::Up,
        Bearing::NorthEast => Mark::UpRight,
    });
    let style = if one.selected { brush.reversed() } else { brush.muted() };
    let at = cells(one.at, area);
    // The arrow is the cell next to the edge; a name that is cut keeps it.
    let room = at.width.saturating_sub(ARROW) as usize;
    let name = truncate(&one.name, room, brush.sign(Sign::Ellipsis));
    let words = if one.bearing.is_before() { format!("{arrow} {name}") } else { format!("{name} {arrow}") };
    brush.text(buffer, at, &words, style.remove_modifier(Modifier::DIM));
}
