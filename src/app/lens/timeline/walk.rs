//! Walking along a timeline: from mark to mark, from lane to lane; nearer, further, earlier, later.

use super::chart::{Chart, Mark, chart};
use super::lanes::{About, Lanes};
use super::{Timeline, days};
use crate::action::Action;
use crate::app::lens::{Answer, Sight};
use crate::knowledge::Dated;

/// The fewest days that are seen at once.
const NEAREST: i32 = 28;

/// Does what an action means here.
pub(super) fn act(view: &mut Timeline, sight: Sight<'_>, action: Action) -> Answer {
    match action {
        Action::Right => along(view, sight, 1),
        Action::Left => along(view, sight, -1),
        Action::PageDown | Action::HalfPageDown | Action::ReadOn => along(view, sight, 10),
        Action::PageUp | Action::HalfPageUp | Action::ReadBack => along(view, sight, -10),
        Action::First => along(view, sight, isize::MIN),
        Action::Last => along(view, sight, isize::MAX),
        Action::LineDown => across(view, sight, true),
        Action::LineUp => across(view, sight, false),
        Action::ZoomIn | Action::ZoomOut => {
            let lanes = Lanes::of(view, sight);
            let day = lanes.selected().map(|item| middle(item, view, &lanes));
            let day = day.or_else(|| lanes.extent().map(|(first, last)| i32::midpoint(first, last)));
            day.map_or(Answer::Done, |day| zoom(view, sight, action, day))
        }
        Action::ZoomFit => {
            view.window = None;
            Answer::Done
        }
        Action::PanLeft | Action::PanRight => pan(view, sight, action),
        Action::Arrange => {
            view.by_name = !view.by_name;
            Answer::Done
        }
        _ => Answer::Nothing,
    }
}

/// The middle of what is seen of an item.
fn middle(item: &Dated, view: &Timeline, lanes: &Lanes<'_>) -> i32 {
    let window = view.window.or_else(|| lanes.extent()).unwrap_or((item.day(), item.day()));
    let (from, to) = days(item, window);
    i32::midpoint(from.max(window.0), to.min(window.1))
}

/// So many items on, in the order of time; those that are hidden do not count.
fn along(view: &Timeline, sight: Sight<'_>, by: isize) -> Answer {
    let lanes = Lanes::of(view, sight);
    let items = lanes.series();
    let shown = |item: &&Dated| !lanes.is_hidden(item);
    let Some(selected) = lanes.selected() else { return nearest_elsewhere(view, sight) };
    let at = items.position(selected).unwrap_or_default();
    let (before, after) = (items.part(0..at).iter(), items.part(at + 1..items.len()).iter());
    let to = match by {
        isize::MIN => items.iter().find(shown),
        isize::MAX => items.iter().rev().find(shown),
        0.. => after.filter(shown).take(by.unsigned_abs()).last(),
        _ => before.rev().filter(shown).take(by.unsigned_abs()).last(),
    };
    to.map_or(Answer::Done, |item| Answer::Select(lanes.subject(item)))
}

/// Where nothing in scope has a date, one goes to the latest of what has one.
fn nearest_elsewhere(view: &Timeline, sight: Sight<'_>) -> Answer {
    let lanes = Lanes::of(view, sight);
    let shown = |item: &Dated| !lanes.is_hidden(item);
    let all = lanes.all().into_iter().filter_map(|dates| dates.series().nearest(i32::MAX, shown));
    let last = all.max_by_key(|item| (item.day(), item.entry));
    last.map_or(Answer::Done, |item| Answer::Select(lanes.subject(item)))
}

/// To the nearest mark in the nearest row below or above that has one; a lane of density is entered at its nearest item.
fn across(view: &Timeline, sight: Sight<'_>, down: bool) -> Answer {
    let chart = chart(view, sight);
    let Some(own) = chart.marks().find(|mark| mark.is_selected) else {
        return nearest_elsewhere(view, sight);
    };
    let distance =
        |y: u16| if down { y.checked_sub(own.y) } else { own.y.checked_sub(y) }.filter(|rows| *rows > 0);
    let column = |mark: &Mark| i32::from(mark.columns.0.midpoint(mark.columns.1));
    let mark = chart
        .marks()
        .filter_map(|mark| Some((distance(mark.y)?, column(mark).abs_diff(column(own)), mark)))
        .min_by_key(|(rows, columns, _)| (*rows, *columns));
    let packed = crowded(&chart, &distance);
    match (mark, packed) {
        (Some((rows, _, mark)), packed) if packed.is_none_or(|(other, _)| rows < other) => {
            Answer::Select(mark.subject)
        }
        (_, Some((_, about))) => {
            let lanes = Lanes::of(view, sight);
            let lane = lanes.lanes().into_iter().find(|(its, _)| *its == about);
            let shown = |item: &Dated| !lanes.is_hidden(item);
            let nearest = lane.and_then(|(_, items)| items.nearest(own.item.day(), shown));
            nearest.map_or(Answer::Done, |item| Answer::Select(lanes.subject(item)))
        }
        _ => Answer::Done,
    }
}

/// The nearest lane of density that way, and how many rows away it is.
fn crowded(chart: &Chart, distance: &impl Fn(u16) -> Option<u16>) -> Option<(u16, About)> {
    let dense = chart.lanes.iter().filter(|lane| !lane.density.is_empty());
    dense.filter_map(|lane| Some((distance(lane.rows.0)?, lane.about))).min_by_key(|(rows, _)| *rows)
}

/// Shows half as many days, or twice as many; `around` stays where it is.
pub(super) fn zoom(view: &mut Timeline, sight: Sight<'_>, action: Action, around: i32) -> Answer {
    let lanes = Lanes::of(view, sight);
    let Some(extent) = lanes.extent() else { return Answer::Done };
    let (first, last) = view.window.unwrap_or(extent);
    let seen = f64::from(last) - f64::from(first) + 1.0;
    let wanted = if action == Action::ZoomIn { (seen / 2.0).max(f64::from(NEAREST)) } else { seen * 2.0 };
    // Twice half of an odd number of days is a day less than all.
    if wanted + 2.0 >= f64::from(extent.1) - f64::from(extent.0) + 1.0 {
        view.window = None;
        return Answer::Done;
    }
    let part = ((f64::from(around) - f64::from(first)) / seen).clamp(0.0, 1.0);
    let from = (f64::from(around) - part * wanted).round() as i32;
    view.window = Some(within((from, from + wanted as i32 - 1), extent));
    Answer::Done
}

/// Shows what lies half a window earlier or later; what is selected there is the nearest item that is seen.
fn pan(view: &mut Timeline, sight: Sight<'_>, action: Action) -> Answer {
    let (Some((first, last)), Some(extent)) = (view.window, Lanes::of(view, sight).extent()) else {
        return Answer::Done;
    };
    let by = ((last - first) / 2).max(1) * if action == Action::PanLeft { -1 } else { 1 };
    let window = within((first + by, last + by), extent);
    let lanes = Lanes::of(view, sight);
    let is_seen = |window: (i32, i32), item: &Dated| {
        let (from, to) = days(item, window);
        from <= window.1 && to >= window.0
    };
    if lanes.selected().is_some_and(|item| is_seen(window, item)) {
        view.window = Some(window);
        return Answer::Done;
    }
    let items = lanes.series();
    let (edge, ahead) = if by > 0 { (last, 1) } else { (first, -1) };
    let is_ahead = |item: &Dated| !lanes.is_hidden(item) && item.day().cmp(&edge) as i32 == ahead;
    let middle = i32::midpoint(window.0, window.1);
    let seen = items.nearest(middle, |item| !lanes.is_hidden(item) && is_seen(window, item));
    let Some(item) = seen.or_else(|| items.nearest(edge, is_ahead)) else { return Answer::Done };
    let subject = lanes.subject(item);
    view.window = Some(if is_seen(window, item) { window } else { around(item.day(), window, extent) });
    Answer::Select(subject)
}

/// A window of the same days with a day in its middle.
fn around(day: i32, (first, last): (i32, i32), extent: (i32, i32)) -> (i32, i32) {
    let length = last - first;
    within((day - length / 2, day - length / 2 + length), extent)
}

/// A window moved as little as it takes to lie inside of what there is.
fn within((first, last): (i32, i32), extent: (i32, i32)) -> (i32, i32) {
    let length = last - first;
    let from = first.min(extent.1 - length).max(extent.0);
    (from, from + length)
}

/// Moves the window to what is selected, if that is out of sight.
pub(super) fn settle(view: &mut Timeline, sight: Sight<'_>) {
    let Some(window) = view.window else { return };
    let lanes = Lanes::of(view, sight);
    let Some(extent) = lanes.extent().filter(|extent| extent.1 - extent.0 > window.1 - window.0) else {
        view.window = None;
        return;
    };
    let inside = within(window, extent);
    let moved = lanes.selected().and_then(|item| {
        let (from, to) = days(item, inside);
        (from > inside.1 || to < inside.0).then(|| around(item.day(), inside, extent))
    });
    view.window = Some(moved.unwrap_or(inside));
}
