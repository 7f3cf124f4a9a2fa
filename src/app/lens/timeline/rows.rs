//! The rows of a timeline: how many each lane has, and which mark stands in which.

use ratatui::layout::Rect;

use super::chart::{Lane, Mark, More};
use super::days;
use super::lanes::{About, Lanes, signs};
use crate::app::lens::{Scope, Sight};
use crate::geom::axis::Scale;
use crate::geom::pack::{Bar, counts, pack};
use crate::knowledge::{Dated, Series};
use crate::text::width::width;

/// The longest label that is asked for; longer ones are cut.
const LABEL: usize = 48;
/// Cells of a lane for which one bar is tried: fewer than a bar takes with its label.
const CELLS: usize = 12;

/// What a lane is called.
pub(super) fn name(about: About, sight: Sight<'_>) -> String {
    match about {
        About::Topic(topic) => sight.knowledge.topic(topic).short.to_string(),
        About::Entity(entity) => sight.knowledge.entity(entity).name.to_string(),
        About::Others => "others".to_owned(),
    }
}

/// Gives each lane its rows, and packs what it holds into them.
pub(super) fn place(
    lanes: &Lanes<'_>,
    groups: &[(About, Series<'_>)],
    (scale, selected): (Scale, Option<Dated>),
    room: Rect,
) -> (Vec<Lane>, usize) {
    let sight = lanes.sight();
    let own = groups.iter().position(|(about, _)| {
        matches!((about, sight.scope), (About::Topic(topic), Scope::Topic(own)) if *topic == own)
    });
    // More items than there are rows are as good as any number of them.
    let some = |items: Series<'_>| reaching(items, scale).take(room.height.into()).count();
    let counts: Vec<usize> =
        groups.iter().map(|(_, items)| some(*items) + inside(*items, scale).len()).collect();
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
            ..fill(*lanes, *items, (scale, selected), area, is_open)
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
    let air = |pitch: u16, gap: u16| needed * pitch + gaps * gap < room.height + pitch;
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

/// The items that begin before what is seen, and reach into it.
fn reaching(items: Series<'_>, scale: Scale) -> impl Iterator<Item = &Dated> {
    items.part(0..items.before(scale.first)).iter().filter(move |item| item.last >= scale.first)
}

/// The items that begin in what is seen.
fn inside(items: Series<'_>, scale: Scale) -> Series<'_> {
    items.part(items.before(scale.first)..items.before(scale.last.saturating_add(1)))
}

/// The items that begin in each column, found without looking at all of them.
fn by_column(items: Series<'_>, scale: Scale) -> impl Iterator<Item = Series<'_>> {
    let mut rest = inside(items, scale);
    (1..=scale.columns).map(move |next| {
        let none = rest.part(rest.len()..rest.len());
        let (here, later) = if next == scale.columns { (rest, none) } else { rest.cut(scale.begins(next)) };
        rest = later;
        here
    })
}

/// How many items begin in each column.
pub(super) fn density(lanes: Lanes<'_>, items: Series<'_>, scale: Scale) -> Vec<usize> {
    by_column(items, scale).map(|here| lanes.count(here)).collect()
}

/// Bars that may get a place, and how many items of each column were not even tried.
struct Wanted {
    bars: Vec<(Bar, Dated)>,
    untried: Vec<usize>,
}

/// The bars of a lane. Of the many that begin in one column only so many are tried as could have a place, and what is
/// selected wherever it stands.
fn wanted(
    lanes: Lanes<'_>,
    items: Series<'_>,
    (scale, selected): (Scale, Option<Dated>),
    rows: u16,
) -> Wanted {
    let columns: Vec<Series<'_>> = by_column(items, scale).collect();
    let filled = columns.iter().filter(|here| !here.is_empty()).count();
    let most = usize::from(rows) * usize::from(scale.columns) / CELLS;
    let each = usize::from(rows).min((most / filled.max(1)).max(2));
    let shown = |item: &&Dated| !lanes.is_hidden(item);
    let own = selected.filter(|own| shown(&own) && items.position(own).is_some());
    let mut wanted = Wanted { bars: Vec::new(), untried: vec![0; usize::from(scale.columns)] };
    let mut take = |tried: Vec<&Dated>, all: usize, own: Option<&Dated>, column: usize| {
        let own = own.filter(|own| !tried.contains(own));
        if let Some(untried) = wanted.untried.get_mut(column) {
            *untried += all - tried.len() - usize::from(own.is_some());
        }
        wanted.bars.extend(tried.into_iter().chain(own).filter_map(|item| bar(lanes, item, scale)));
    };
    let reaching = || reaching(items, scale).filter(shown);
    let before = own.as_ref().filter(|own| own.first < scale.first && own.last >= scale.first);
    take(reaching().take(each).collect(), reaching().count(), before, 0);
    for (column, here) in columns.into_iter().enumerate() {
        let begins =
            |own: &&Dated| own.first >= scale.first && scale.column(own.first) == i32::from(column as u16);
        let tried = here.iter().filter(shown).take(each).collect();
        take(tried, lanes.count(here), own.as_ref().filter(begins), column);
    }
    wanted.bars.sort_by_key(|(bar, _)| bar.from);
    wanted
}

/// The columns of an item, and the cells that its label would take.
fn bar(lanes: Lanes<'_>, item: &Dated, scale: Scale) -> Option<(Bar, Dated)> {
    let (from, to) = days(item, (scale.first, scale.last));
    let (from, to) = scale.span(from, to)?;
    // Signs for which the bar is too short stand behind it; between them and the label is a blank.
    let over = (item.standings.count_ones() as u16).saturating_sub(to - from + 1);
    let label = width(lanes.label(item)).min(LABEL) as u16;
    Some((Bar { from, to, label, lead: 2 + over }, *item))
}

/// Packs the items of a lane into its rows.
fn fill(
    lanes: Lanes<'_>,
    items: Series<'_>,
    (scale, selected): (Scale, Option<Dated>),
    area: Rect,
    is_open: bool,
) -> Lane {
    // A row has no place for as many marks as it has columns.
    if area.height == 1
        && !is_open
        && inside(items, scale).len() > usize::from(scale.columns)
        && !lanes.hides()
    {
        let density = density(lanes, items, scale);
        return Lane { rows: (area.y, 1), density, ..Lane::default() };
    }
    let Wanted { bars, mut untried } = wanted(lanes, items, (scale, selected), area.height);
    let only: Vec<Bar> = bars.iter().map(|(bar, _)| *bar).collect();
    let keep = selected.and_then(|own| bars.iter().position(|(_, item)| *item == own));
    let more_untried = untried.iter().any(|count| *count > 0);
    let mut packed =
        if more_untried && area.height > 1 { None } else { Some(pack(&only, area.width, area.height, keep)) };
    let mut lane = Lane { rows: (area.y, area.height), ..Lane::default() };
    if area.height == 1
        && !is_open
        && (more_untried || packed.as_ref().is_some_and(|packed| !packed.hidden.is_empty()))
    {
        lane.density = density(lanes, items, scale);
        return lane;
    }
    if area.height > 1 && packed.as_ref().is_none_or(|packed| !packed.hidden.is_empty()) {
        let fewer = pack(&only, area.width, area.height - 1, keep);
        fewer.hidden.iter().for_each(|hidden| untried[usize::from(only[*hidden].from)] += 1);
        lane.more = more(lanes, items, (scale, &untried), area);
        packed = Some(fewer);
    }
    let packed = packed.unwrap_or_default();
    if lane.more.is_empty() {
        lane.rows.1 = packed.rows().max(1);
    }
    lane.marks = packed
        .placed
        .iter()
        .map(|place| {
            let (bar, item) = &bars[place.bar];
            Mark {
                subject: lanes.subject(item),
                item: *item,
                date: lanes.sight().knowledge.date_of_item(item),
                signs: signs(item),
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

/// Counts what has no place, in the last row of the lane. A click there goes to the first item of its columns.
fn more(lanes: Lanes<'_>, items: Series<'_>, (scale, hidden): (Scale, &[usize]), area: Rect) -> Vec<More> {
    let first = |column: u16| {
        let from = items.before(scale.begins(column));
        let later = items.part(from..items.len()).iter().chain(items.get(items.len().wrapping_sub(1)));
        later.into_iter().find(|item| !lanes.is_hidden(item))
    };
    let counts = counts(hidden).into_iter();
    let more = counts.filter_map(|one| {
        let subject = lanes.subject(first(one.from)?);
        Some(More { y: area.bottom() - 1, x: area.x + one.at, count: one.count, subject })
    });
    more.collect()
}
