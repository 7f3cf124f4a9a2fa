//! The picture of a timeline in cells: lanes, marks, eras, axis and overview, before anything is drawn.
//!
//! Computed anew from what one looks at, by `update` (walking, clicks) and by `draw` alike.

use ratatui::layout::{Position, Rect};

use super::Timeline;
use super::eras::eras;
use super::lanes::{About, Lanes};
use super::rows::{density, name, place};
use crate::app::lens::{Sight, Subject};
use crate::geom::axis::{Scale, Tick};
use crate::knowledge::{Date, Dated, EntityIx, Series, StandingKind};
use crate::text::width::width;

/// The widest column of lane names, in cells.
const NAMES: u16 = 14;
/// Columns under which lanes have no names.
const NARROW: u16 = 56;

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
            36.. => (4, 2, 1),
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
fn names_width(groups: &[(About, Series<'_>)], sight: Sight<'_>) -> u16 {
    if sight.area.width < NARROW {
        return 1;
    }
    let longest = groups.iter().map(|(about, _)| width(&name(*about, sight))).max().unwrap_or_default();
    (longest as u16).min(NAMES) + 3
}

/// How much happens when, of everything, and which part of it is seen.
fn overview(
    lanes: &Lanes<'_>,
    (first, last): (i32, i32),
    scale: Scale,
    y: u16,
) -> (u16, Vec<usize>, (u16, u16)) {
    let whole = Scale { first, last, columns: scale.columns };
    let mut counts = vec![0; usize::from(scale.columns)];
    for dates in lanes.all() {
        counts.iter_mut().zip(density(*lanes, dates.series(), whole)).for_each(|(sum, count)| *sum += count);
    }
    (y, counts, whole.span(scale.first, scale.last).unwrap_or_default())
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
