//! The rows of a timeline: how many each lane has, and which mark stands in which.

use ratatui::layout::Rect;

use super::chart::{Lane, Mark, More};
use super::days;
use super::lanes::{About, Lanes, signs};
use crate::app::lens::{Scope, Sight};
use crate::geom::axis::Scale;
use crate::geom::pack::{Bar, counts, pack};
use crate::knowledge::Dated;
use crate::text::width::width;

/// The longest label that is asked for; longer ones are cut.
const LABEL: usize = 48;
/// About so many bars are tried in a lane.
const MANY: usize = 2000;

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
    groups: &[(About, &[Dated])],
    (scale, selected): (Scale, Option<Dated>),
    room: Rect,
) -> (Vec<Lane>, usize) {
    let sight = lanes.sight();
    let own = groups.iter().position(|(about, _)| {
        matches!((about, sight.scope), (About::Topic(topic), Scope::Topic(own)) if *topic == own)
    });
    let counts: Vec<usize> =
        groups.iter().map(|(_, items)| reaching(items, scale).count() + inside(items, scale).len()).collect();
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
            ..fill(*lanes, items, (scale, selected), area, is_open)
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
fn reaching(items: &[Dated], scale: Scale) -> impl Iterator<Item = &Dated> {
    let from = items.partition_point(|item| item.first < scale.first);
    items.get(..from).unwrap_or_default().iter().filter(move |item| item.last >= scale.first)
}

/// The items that begin in what is seen.
fn inside(items: &[Dated], scale: Scale) -> &[Dated] {
    let from = items.partition_point(|item| item.first < scale.first);
    let to = items.partition_point(|item| item.first <= scale.last);
    items.get(from..to).unwrap_or_default()
}

/// The items that begin in each column, found without looking at all of them.
fn by_column(items: &[Dated], scale: Scale) -> impl Iterator<Item = &[Dated]> {
    let mut rest = inside(items, scale);
    (0..scale.columns).map(move |column| {
        let cut = rest.partition_point(|item| scale.column(item.first) <= i32::from(column));
        let (here, later) = rest.split_at(cut);
        rest = later;
        here
    })
}

/// How many items begin in each column.
pub(super) fn density(lanes: Lanes<'_>, items: &[Dated], scale: Scale) -> Vec<usize> {
    let count = |here: &[Dated]| {
        if lanes.hides() { here.iter().filter(|item| !lanes.is_hidden(item)).count() } else { here.len() }
    };
    by_column(items, scale).map(count).collect()
}

/// Bars that may get a place, and how many items of each column were not even tried.
struct Wanted {
    bars: Vec<(Bar, Dated)>,
    untried: Vec<usize>,
}

/// The bars of a lane. Of the many that begin in one column only so many are tried as could have a place.
fn wanted(lanes: Lanes<'_>, items: &[Dated], (scale, selected): (Scale, Option<Dated>), rows: u16) -> Wanted {
    let each = usize::from(rows).min((MANY / usize::from(scale.columns.max(1))).max(2));
    let mut wanted = Wanted { bars: Vec::new(), untried: vec![0; usize::from(scale.columns)] };
    let mut take = |here: &mut dyn Iterator<Item = &Dated>, len: Option<usize>, column: usize| {
        let mut tried = 0;
        let mut seen = 0;
        for item in here {
            seen += 1;
            if tried < each || selected == Some(*item) {
                wanted.bars.extend(bar(lanes, item, scale));
                tried += 1;
            } else if let Some(len) = len {
                seen = len;
                break;
            }
        }
        if let Some(untried) = wanted.untried.get_mut(column) {
            *untried += seen - tried;
        }
    };
    let shown = |item: &&Dated| !lanes.is_hidden(item);
    take(&mut reaching(items, scale).filter(shown), None, 0);
    for (column, here) in by_column(items, scale).enumerate() {
        // Where nothing is hidden, and what is selected is not here, the number is known without looking.
        let own = selected.is_some_and(|own| {
            here.first().is_some_and(|a| a.first <= own.first)
                && here.last().is_some_and(|z| own.first <= z.first)
        });
        let len = (!lanes.hides() && !own).then_some(here.len());
        take(&mut here.iter().filter(shown), len, column);
    }
    wanted.bars.sort_by_key(|(bar, _)| bar.from);
    wanted
}

/// The columns of an item, and the cells that its label would take.
fn bar(lanes: Lanes<'_>, item: &Dated, scale: Scale) -> Option<(Bar, Dated)> {
    let (from, to) = days(item, (scale.first, scale.last));
    let (from, to) = scale.span(from, to)?;
    // The first sign stands in the bar itself, the others before the label.
    let signs = match item.standings.count_ones() as usize {
        0 | 1 => 0,
        signs => signs,
    };
    let label = (signs + width(lanes.label(item)).min(LABEL)) as u16;
    Some((Bar { from, to, label, lead: 2 }, *item))
}

/// Packs the items of a lane into its rows.
fn fill(
    lanes: Lanes<'_>,
    items: &[Dated],
    (scale, selected): (Scale, Option<Dated>),
    area: Rect,
    is_open: bool,
) -> Lane {
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
fn more(lanes: Lanes<'_>, items: &[Dated], (scale, hidden): (Scale, &[usize]), area: Rect) -> Vec<More> {
    let first = |column: u16| {
        let from = items.partition_point(|item| scale.column(item.first) < i32::from(column));
        let later = items.get(from..).unwrap_or_default().iter().chain(items.last());
        later.into_iter().find(|item| !lanes.is_hidden(item))
    };
    let counts = counts(hidden).into_iter();
    let more = counts.filter_map(|one| {
        let subject = lanes.subject(first(one.from)?);
        Some(More { y: area.bottom() - 1, x: area.x + one.at, count: one.count, subject })
    });
    more.collect()
}
