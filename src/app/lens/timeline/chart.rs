//! The picture of a timeline in cells: lanes, marks, eras, axis and overview, before anything is drawn.
//!
//! Computed anew from what one looks at, by `update` (walking, clicks) and by `draw` alike.

use ratatui::layout::{Position, Rect};

use super::lanes::{About, Lanes};
use super::{Timeline, days};
use crate::app::lens::{Scope, Sight, Subject};
use crate::geom::axis::{Scale, Tick};
use crate::geom::pack::{Bar, Packed, counts, pack};
use crate::knowledge::{Date, Dated, EntityIx, EntityKind, StandingKind};
use crate::text::width::width;

/// The widest column of lane names, in cells.
const NAMES: u16 = 14;
/// Columns under which lanes have no names.
const NARROW: u16 = 56;
/// The longest label that is asked for; longer ones are cut.
const LABEL: usize = 48;
/// More eras than these are not looked at: those most often mentioned are.
const ERAS: usize = 12;

/// A timeline in cells of the screen.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    /// Days ↔ columns, counted from `lanes_from`.
    pub scale: Scale,
    /// The first column of the lanes; names stand before it.
    pub lanes_from: u16,
    /// Eras, over the lanes.
    pub eras: Vec<Era>,
    /// The lanes from top to bottom.
    pub lanes: Vec<Lane>,
    /// Lanes for which there is no room.
    pub lanes_hidden: usize,
    /// The row of the axis's line, if there is one; labels stand in the row below it.
    pub axis: u16,
    /// Rows of the axis: 2, 1 or 0.
    pub axis_rows: u16,
    /// The marks of the axis.
    pub ticks: Vec<Tick>,
    /// Row of the overview, how much happens in each of its columns, and which of them are seen above.
    pub overview: Option<(u16, Vec<usize>, (u16, u16))>,
}

/// A time that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Era {
    /// What it is.
    pub entity: EntityIx,
    /// Row on the screen.
    pub y: u16,
    /// Its columns, on the screen.
    pub columns: (u16, u16),
    /// First column and cells of its name.
    pub label: (u16, u16),
}

/// A lane.
#[derive(Debug, Clone, Default)]
pub struct Lane {
    /// What it is about.
    pub about: About,
    /// What it is called.
    pub name: String,
    /// How many items it has, seen or not.
    pub count: usize,
    /// It is what is in scope.
    pub is_own: bool,
    /// Its rows on the screen: the first one, and how many.
    pub rows: (u16, u16),
    /// Items with a place of their own.
    pub marks: Vec<Mark>,
    /// Where there are more.
    pub more: Vec<More>,
    /// Instead of marks: how many items begin in each column, where there is one row for many.
    pub density: Vec<usize>,
}

/// An item in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it stands for.
    pub subject: Subject,
    /// The item.
    pub item: Dated,
    /// Its date as written.
    pub date: Option<Date>,
    /// Its standings, firmest first.
    pub signs: Vec<StandingKind>,
    /// Row on the screen.
    pub y: u16,
    /// The columns of its time, on the screen; the end is exclusive.
    pub columns: (u16, u16),
    /// Signs and label: first column and cells, on the screen.
    pub label: (u16, u16),
    /// None of its standings is asked for.
    pub is_faint: bool,
    /// It is selected.
    pub is_selected: bool,
}

/// Items without a place of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct More {
    /// Row on the screen.
    pub y: u16,
    /// Column on the screen.
    pub x: u16,
    /// How many.
    pub count: usize,
    /// The first of them.
    pub subject: Subject,
}

/// What lies in which rows.
struct Rows {
    eras: u16,
    axis: u16,
    overview: u16,
    lanes: u16,
}

impl Rows {
    /// The more rows there are, the more stands around the lanes.
    const fn of(height: u16) -> Self {
        let (eras, axis, overview) = match height {
            26.. => (3, 2, 1),
            16.. => (2, 2, 1),
            12.. => (2, 2, 0),
            8.. => (1, 2, 0),
            4.. => (0, 1, 0),
            _ => (0, 0, 0),
        };
        Self { eras, axis, overview, lanes: height - eras - axis - overview }
    }
}

/// Places everything.
pub fn chart(view: &Timeline, sight: Sight<'_>) -> Chart {
    let area = sight.area;
    let lanes = Lanes::of(view, sight);
    let groups = lanes.lanes();
    let names = names_width(&groups, sight);
    let columns = area.width.saturating_sub(names + 1);
    let Some(scale) = view.scale(&lanes, columns) else { return Chart::default() };
    if area.is_empty() || columns == 0 {
        return Chart { scale, ..Chart::default() };
    }
    let rows = Rows::of(area.height);
    let mut chart = Chart { scale, lanes_from: area.x + names, ticks: scale.ticks(), ..Chart::default() };
    let top = area.y;
    chart.eras = eras(scale, sight, Rect { x: chart.lanes_from, width: columns, height: rows.eras, y: top });
    let used = chart.eras.iter().map(|era| era.y + 1 - top).max().unwrap_or_default();
    chart.axis_rows = rows.axis;
    chart.axis = area.bottom() - rows.overview - rows.axis;
    let room =
        Rect { x: chart.lanes_from, y: top + used, width: columns, height: rows.lanes + rows.eras - used };
    let selected = lanes.selected().copied();
    (chart.lanes, chart.lanes_hidden) = place(&lanes, &groups, (scale, selected), room);
    if rows.overview > 0 {
        chart.overview = lanes.extent().map(|extent| overview(&lanes, extent, scale, area.bottom() - 1));
    }
    chart
}

/// Cells of the names of the lanes, and a blank after them.
fn names_width(groups: &[(About, Vec<&Dated>)], sight: Sight<'_>) -> u16 {
    if sight.area.width < NARROW {
        return 1;
    }
    let longest = groups.iter().map(|(about, _)| width(&name(*about, sight))).max().unwrap_or_default();
    (longest as u16).min(NAMES) + 3
}

fn name(about: About, sight: Sight<'_>) -> String {
    match about {
        About::Topic(topic) => sight.knowledge.topic(topic).short.to_string(),
        About::Entity(entity) => sight.knowledge.entity(entity).name.to_string(),
        About::Others => "others".to_owned(),
    }
}

/// Gives each lane its rows, and packs what it holds into them.
fn place(
    lanes: &Lanes<'_>,
    groups: &[(About, Vec<&Dated>)],
    (scale, selected): (Scale, Option<Dated>),
    room: Rect,
) -> (Vec<Lane>, usize) {
    let sight = lanes.sight();
    let extent = (scale.first, scale.last);
    let is_seen = |item: &&&Dated| {
        let (from, to) = days(item, extent);
        scale.span(from, to).is_some()
    };
    let seen: Vec<Vec<&Dated>> =
        groups.iter().map(|(_, items)| items.iter().filter(is_seen).copied().collect()).collect();
    let own = groups.iter().position(|(about, _)| {
        matches!((about, sight.scope), (About::Topic(topic), Scope::Topic(own)) if *topic == own)
    });
    let counts: Vec<usize> = seen.iter().map(Vec::len).collect();
    let mut placed = Vec::new();
    let mut hidden = 0;
    for (at, height) in heights(&counts, own, room.height).into_iter().enumerate() {
        if height == 0 {
            hidden += 1;
            continue;
        }
        let area = Rect { height, ..room };
        let (about, items) = &groups[at];
        let is_open = own == Some(at) || own.is_none();
        placed.push(Lane {
            about: *about,
            name: name(*about, sight),
            count: items.len(),
            is_own: own == Some(at),
            ..fill(lanes, &seen[at], (scale, selected), area, is_open)
        });
    }
    spread(&mut placed, room);
    (placed, hidden)
}

/// Rows for lanes of so many items: one each, those around the own one first; then for the own one all but one more for
/// each of the others; then for whoever has more items than rows.
fn heights(counts: &[usize], own: Option<usize>, rows: u16) -> Vec<u16> {
    let mut heights = vec![0_u16; counts.len()];
    let mut left = rows;
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|at| at.abs_diff(own.unwrap_or_default()));
    let most = usize::from(rows.div_ceil(if own.is_some() { 3 } else { 2 })).max(1);
    for at in order.iter().take(most) {
        if left > 0 {
            heights[*at] = 1;
            left -= 1;
        }
    }
    let others = heights.iter().filter(|height| **height > 0).count().saturating_sub(1) as u16;
    if let Some(own) = own.filter(|own| heights[*own] > 0) {
        let kept = if left >= 2 * others { others } else { 0 };
        let more = (counts[own].saturating_sub(1).min(usize::from(u16::MAX)) as u16).min(left - kept);
        heights[own] += more;
        left -= more;
    }
    while left > 0 {
        let before = left;
        for at in 0..counts.len() {
            if left > 0 && heights[at] > 0 && usize::from(heights[at]) < counts[at] {
                heights[at] += 1;
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
    heights
}

/// Takes from each lane the rows that it does not need, and puts air between lanes and between rows where there is room.
fn spread(lanes: &mut [Lane], room: Rect) {
    let needed: u16 = lanes.iter().map(|lane| lane.rows.1).sum();
    let gaps = lanes.len().saturating_sub(1) as u16;
    let air = |pitch: u16, gap: u16| needed * pitch + gaps * gap <= room.height + pitch - 1;
    let (pitch, gap) = match () {
        () if air(2, 1) => (2, 1),
        () if air(2, 0) => (2, 0),
        () if air(1, 1) => (1, 1),
        () => (1, 0),
    };
    let mut y = room.y;
    for lane in lanes {
        let (top, height) = lane.rows;
        let moved = |row: u16| y + (row - top) * pitch;
        lane.marks.iter_mut().for_each(|mark| mark.y = moved(mark.y));
        lane.more.iter_mut().for_each(|more| more.y = moved(more.y));
        lane.rows = (y, height * pitch - (pitch - 1));
        y += height * pitch + gap;
    }
}

/// Packs the items of a lane into its rows.
fn fill(
    lanes: &Lanes<'_>,
    items: &[&Dated],
    (scale, selected): (Scale, Option<Dated>),
    area: Rect,
    is_open: bool,
) -> Lane {
    let extent = (scale.first, scale.last);
    let bars: Vec<(Bar, Dated)> = items
        .iter()
        .filter_map(|item| {
            let (from, to) = days(item, extent);
            let (from, to) = scale.span(from, to)?;
            // The first sign stands in the bar itself, the others before the label.
            let signs = match item.standings.count_ones() as usize {
                0 | 1 => 0,
                signs => signs,
            };
            let label = (signs + width(lanes.label(item)).min(LABEL)) as u16;
            Some((Bar { from, to, label, lead: 2 }, **item))
        })
        .collect();
    let mut sorted = bars;
    sorted.sort_by_key(|(bar, _)| bar.from);
    let only: Vec<Bar> = sorted.iter().map(|(bar, _)| *bar).collect();
    let keep = selected.and_then(|own| sorted.iter().position(|(_, item)| *item == own));
    let mut packed = pack(&only, area.width, area.height, keep);
    let mut lane = Lane { rows: (area.y, packed.rows().max(1)), ..Lane::default() };
    if !packed.hidden.is_empty() && area.height == 1 && !is_open {
        lane.density = density(sorted.iter().map(|(bar, _)| bar.from), area.width);
        return lane;
    }
    if !packed.hidden.is_empty() && area.height > 1 {
        packed = pack(&only, area.width, area.height - 1, keep);
        lane.rows.1 = area.height;
        more(&mut lane, lanes, &sorted, &packed, area);
    }
    lane.marks = packed
        .placed
        .iter()
        .map(|place| {
            let (bar, item) = &sorted[place.bar];
            Mark {
                subject: lanes.subject(item),
                item: *item,
                date: lanes.sight().knowledge.date_of_item(item),
                signs: lanes.signs(item),
                y: area.y + place.row,
                columns: (area.x + bar.from, area.x + bar.to),
                label: (area.x + place.label_at, place.label),
                is_faint: lanes.is_faint(item),
                is_selected: selected == Some(*item),
            }
        })
        .collect();
    lane
}

/// Counts what has no place, in the last row of the lane.
fn more(lane: &mut Lane, lanes: &Lanes<'_>, bars: &[(Bar, Dated)], packed: &Packed, area: Rect) {
    let at: Vec<u16> = packed.hidden.iter().map(|hidden| bars[*hidden].0.from).collect();
    let mut first = 0;
    for (column, count) in counts(&at, area.width) {
        let Some(hidden) = packed.hidden.get(first) else { break };
        let subject = lanes.subject(&bars[*hidden].1);
        lane.more.push(More { y: area.bottom() - 1, x: area.x + column, count, subject });
        first += count;
    }
}

fn density(columns: impl Iterator<Item = u16>, width: u16) -> Vec<usize> {
    let mut found = vec![0; usize::from(width)];
    for column in columns {
        if let Some(count) = found.get_mut(usize::from(column)) {
            *count += 1;
        }
    }
    found
}

/// How much happens when, of everything, and which part of it is seen.
fn overview(
    lanes: &Lanes<'_>,
    (first, last): (i32, i32),
    scale: Scale,
    y: u16,
) -> (u16, Vec<usize>, (u16, u16)) {
    let whole = Scale { first, last, columns: scale.columns };
    let starts = lanes.all().filter_map(|item| whole.span(item.day(), item.day()).map(|(from, _)| from));
    let seen = whole.span(scale.first, scale.last).unwrap_or_default();
    (y, density(starts, scale.columns), seen)
}

/// The eras that are seen, those most often mentioned first, packed into the rows that there are for them.
fn eras(scale: Scale, sight: Sight<'_>, area: Rect) -> Vec<Era> {
    if area.is_empty() {
        return Vec::new();
    }
    let knowledge = sight.knowledge;
    let own = if let Scope::Entity(own) = sight.scope { Some(own) } else { None };
    let mut found: Vec<(usize, Bar, EntityIx)> = Vec::new();
    for (at, entity) in knowledge.entities.iter().enumerate() {
        let ix = EntityIx::new(at);
        let lasts = matches!(entity.when, Some(Date::Interval(..)));
        let (Some(when), true) =
            (entity.when, own == Some(ix) || (entity.kind == EntityKind::Event && lasts))
        else {
            continue;
        };
        let from = when.first_day().unwrap_or(scale.first);
        let to = when.last_day().unwrap_or(scale.last.max(from));
        if let Some((from, to)) = scale.span(from, to) {
            let mentions = if own == Some(ix) { usize::MAX } else { knowledge.mentions.statements(ix).len() };
            found.push((mentions, Bar { from, to, label: width(&entity.name) as u16, lead: 1 }, ix));
        }
    }
    found.sort_by_key(|(mentions, bar, ix)| (std::cmp::Reverse(*mentions), bar.from, *ix));
    found.truncate(ERAS);
    found.sort_by_key(|(_, bar, ix)| (bar.from, *ix));
    let bars: Vec<Bar> = found.iter().map(|(_, bar, _)| *bar).collect();
    let placed = pack(&bars, area.width, area.height, None).placed;
    placed
        .iter()
        .map(|place| {
            let (_, bar, entity) = found[place.bar];
            Era {
                entity,
                y: area.y + place.row,
                columns: (area.x + bar.from, area.x + bar.to),
                label: (area.x + place.label_at, place.label),
            }
        })
        .collect()
}

impl Chart {
    /// All marks of all lanes.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.lanes.iter().flat_map(|lane| &lane.marks)
    }

    /// What lies at a cell: a mark, a count, or what is nearest in a lane of density.
    pub fn at(&self, at: Position) -> Option<Subject> {
        let mark = self.marks().find(|mark| {
            let (from, to) = mark.cells();
            mark.y == at.y && (from..to).contains(&at.x)
        });
        if let Some(mark) = mark {
            return Some(mark.subject);
        }
        let more = self.lanes.iter().flat_map(|lane| &lane.more);
        let digits = |more: &More| more.count.to_string().len() as u16 + 1;
        more.into_iter()
            .find(|more| more.y == at.y && (more.x..more.x + digits(more)).contains(&at.x))
            .map(|more| more.subject)
    }
}

impl Mark {
    /// The columns of everything that is drawn of it; the end is exclusive.
    pub fn cells(&self) -> (u16, u16) {
        (self.columns.0.min(self.label.0), self.columns.1.max(self.label.0 + self.label.1))
    }
}

/// "1950 to 1953", as fine as it takes.
pub(super) fn range_words(first: i32, last: i32) -> String {
    let date = |day: i32| time::Date::from_julian_day(day).ok();
    let (Some(from), Some(to)) = (date(first), date(last)) else { return String::new() };
    if last - first > 3 * 366 {
        return if from.year() == to.year() {
            from.year().to_string()
        } else {
            format!("{} to {}", from.year(), to.year())
        };
    }
    let words = |date: time::Date| format!("{} {} {}", date.day(), date.month(), date.year());
    if last - first > 120 {
        let words = |date: time::Date| format!("{} {}", date.month(), date.year());
        return format!("{} to {}", words(from), words(to));
    }
    format!("{} to {}", words(from), words(to))
}
