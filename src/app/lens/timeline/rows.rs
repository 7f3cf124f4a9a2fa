//! The rows of a timeline: how many each lane has, and which mark stands in which.

use ratatui::layout::Rect;

use super::chart::{Lane, Mark, More};
use super::days;
use super::lanes::{About, Lanes, signs};
use crate::app::lens::{Scope, Sight};
use crate::geom::axis::Scale;
use crate::geom::pack::{Bar, Packed, counts, pack};
use crate::knowledge::Dated;
use crate::text::width::width;

/// The longest label that is asked for; longer ones are cut.
const LABEL: usize = 48;

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

pub(super) fn density(columns: impl Iterator<Item = u16>, width: u16) -> Vec<usize> {
    let mut found = vec![0; usize::from(width)];
    for column in columns {
        if let Some(count) = found.get_mut(usize::from(column)) {
            *count += 1;
        }
    }
    found
}
