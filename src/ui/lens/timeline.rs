//! Draws a timeline: bars of time on an axis, as sharp or as vague as their dates are.
//!
//! Where colours can be mixed a bar is a ground on which its label stands, and what is vague fades; elsewhere it is a line.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::app::lens::timeline::{self, Chart, Era, Lane, Mark, Timeline, chart};
use crate::app::lens::{Sight, nothing};
use crate::knowledge::{Date, Edge, Point, Precision, StandingKind};
use crate::text::width::{truncate, width};
use crate::ui::brush::{Brush, Sign, is_covered};
use crate::ui::tones::Tone;

/// How much of its colour is in a bar, in one that is selected, and in one that is not asked for.
const BAR: f32 = 0.30;
const SELECTED: f32 = 0.55;
const FAINT: f32 = 0.10;
/// How much of the text's colour is in the ground of an era, and in an era's bar.
const ERA_GROUND: f32 = 0.045;
const ERA_BAR: f32 = 0.16;
const ERA_EDGE: f32 = 0.5;
/// Eighths of a cell, from the bottom.
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// The same where there is only ASCII.
const ASCII_EIGHTHS: [&str; 9] = [" ", ".", ".", ":", ":", "+", "+", "#", "#"];

/// Draws the timeline into the area of the lens.
pub(super) fn draw(brush: Brush, view: &Timeline, sight: Sight<'_>, buffer: &mut Buffer) {
    if sight.area.is_empty() {
        return;
    }
    let chart = chart(view, sight);
    if chart.lanes.is_empty() {
        let words = format!("  {}", nothing(sight, "has a date"));
        brush.text(buffer, Rect { height: 1, ..sight.area }, &words, brush.muted());
        return;
    }
    grounds(brush, &chart, buffer);
    eras(brush, &chart, sight, buffer);
    for lane in &chart.lanes {
        names(brush, lane, (&chart, sight), buffer);
        density(brush, lane, chart.lanes_from, buffer);
        lane.marks.iter().for_each(|mark| bar(brush, mark, sight, buffer));
        for more in &lane.more {
            let area =
                Rect { x: more.x, y: more.y, width: sight.area.right().saturating_sub(more.x), height: 1 };
            brush.text(buffer, area, &format!("+{}", more.count), brush.muted());
        }
    }
    guide(brush, &chart, buffer);
    axis(brush, &chart, sight, buffer);
    hidden(brush, &chart, sight, buffer);
    overview(brush, &chart, sight, buffer);
}

/// The rows of the lanes.
fn lane_rows(chart: &Chart) -> std::ops::Range<u16> {
    let top = chart.lanes.first().map_or(chart.axis, |lane| lane.rows.0);
    top..chart.axis
}

/// What lies behind the lanes: eras as bands, and a thin line at each tick.
fn grounds(brush: Brush, chart: &Chart, buffer: &mut Buffer) {
    let rows = lane_rows(chart);
    let most = chart.scale.columns * 2 / 3;
    if brush.mixes() {
        for column in chart.lanes_from..chart.lanes_from + chart.scale.columns {
            let over = |era: &&Era| {
                (era.columns.0..era.columns.1).contains(&column) && era.columns.1 - era.columns.0 < most
            };
            let depth = chart.eras.iter().filter(over).count().min(3);
            if depth > 0 {
                let ground = brush.mixed(Tone::Text, ERA_GROUND * depth as f32);
                for y in rows.clone() {
                    buffer[(column, y)].set_bg(ground);
                }
            }
        }
    }
    if brush.is_ascii() || !brush.mixes() {
        return;
    }
    let line = Style::new().fg(brush.mixed(Tone::Faint, 0.45));
    for tick in &chart.ticks {
        for y in rows.clone() {
            buffer[(chart.lanes_from + tick.column, y)].set_symbol("╎").set_style(line);
        }
    }
}

fn eras(brush: Brush, chart: &Chart, sight: Sight<'_>, buffer: &mut Buffer) {
    for era in &chart.eras {
        for x in era.columns.0..era.columns.1 {
            let cell = &mut buffer[(x, era.y)];
            if brush.mixes() {
                cell.set_symbol(" ").set_bg(brush.mixed(Tone::Text, ERA_BAR));
                if x == era.columns.0 {
                    cell.set_symbol("▏").set_fg(brush.mixed(Tone::Text, ERA_EDGE));
                }
            } else {
                cell.set_symbol(brush.sign(Sign::Horizontal)).set_style(brush.faint());
            }
        }
        let area = Rect { x: era.label.0, y: era.y, width: era.label.1, height: 1 };
        let name = &sight.knowledge.entity(era.entity).name;
        // Where there are no colours, its line is faint; its name is not.
        brush.text(buffer, area, name, brush.muted().remove_modifier(Modifier::DIM));
    }
}

/// The name of a lane, and how much there is in it.
fn names(brush: Brush, lane: &Lane, (chart, sight): (&Chart, Sight<'_>), buffer: &mut Buffer) {
    let room = chart.lanes_from.saturating_sub(sight.area.x + 2);
    if room < 2 {
        return;
    }
    let area = Rect { x: sight.area.x + 1, y: lane.rows.0, width: room, height: 1 };
    let style = if lane.is_own { brush.strong() } else { brush.muted() };
    brush.text(buffer, area, &lane.name, style);
    if lane.rows.1 > 1 {
        brush.text(buffer, Rect { y: area.y + 1, ..area }, &lane.count.to_string(), brush.dim());
    }
    if lane.count == 0 {
        let words = Rect { x: chart.lanes_from, width: chart.scale.columns, ..area };
        let hides = sight.filter.hides && sight.filter.is_on();
        let said = if hides { "nothing that is shown here has a date" } else { "nothing here has a date" };
        brush.text(buffer, words, said, brush.dim());
    }
    let bar = Rect { x: sight.area.x, width: 1, ..area };
    if lane.is_own {
        for y in lane.rows.0..lane.rows.0 + lane.rows.1 {
            brush.text(buffer, Rect { y, ..bar }, brush.sign(Sign::Bar), brush.accent());
        }
    }
}

/// A lane that is one row for many: how high a cell is filled says how many there are.
fn density(brush: Brush, lane: &Lane, x: u16, buffer: &mut Buffer) {
    heights(brush, &lane.density, Position { x, y: lane.rows.0 }, brush.muted(), buffer);
}

fn heights(brush: Brush, counts: &[usize], at: Position, style: Style, buffer: &mut Buffer) {
    let most = counts.iter().copied().max().unwrap_or_default().max(1);
    let set = if brush.is_ascii() { ASCII_EIGHTHS } else { EIGHTHS };
    for (x, count) in (at.x..).zip(counts) {
        if *count > 0 {
            // The square root keeps the few beside the many in sight.
            let part = (*count as f64 / most as f64).sqrt();
            let eighth = ((part * 8.0).round() as usize).clamp(1, 8);
            buffer[(x, at.y)].set_symbol(set[eighth]).set_style(style);
        }
    }
}

/// How the ends of a date are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Known to the day, the month or the year.
    Sharp,
    /// Somewhere in a decade, or about then.
    Soft,
    /// Goes on.
    Open,
}

const fn end_of(point: Point) -> End {
    if point.about || point.uncertain || (point.precision as u8) < Precision::Year as u8 {
        End::Soft
    } else {
        End::Sharp
    }
}

const fn ends(date: Option<Date>) -> (End, End) {
    const fn edge(edge: Edge) -> End {
        match edge {
            Edge::At(point) => end_of(point),
            Edge::Open => End::Open,
        }
    }
    match date {
        None => (End::Sharp, End::Sharp),
        Some(Date::Point(point)) => (end_of(point), end_of(point)),
        Some(Date::Interval(from, to)) => (edge(from), edge(to)),
    }
}

/// How strong a bar is in its cell `at` of `cells`, from 0 to 1: less towards an end that is vague.
fn strength(at: u16, cells: u16, (from, to): (End, End)) -> f32 {
    let fade = |distance: u16, end: End| {
        let length = match end {
            End::Sharp => return 1.0,
            End::Soft => (cells / 3).clamp(1, 5),
            End::Open => (cells / 2).clamp(1, 14),
        };
        (f32::from(distance) + 0.5).min(f32::from(length)) / f32::from(length)
    };
    fade(at, from).min(fade(cells - 1 - at, to)).max(0.12)
}

fn bar(brush: Brush, mark: &Mark, sight: Sight<'_>, buffer: &mut Buffer) {
    let tone = mark.signs.first().map_or(Tone::Muted, |kind| Tone::Standing(*kind as usize));
    let (from, to) = mark.columns;
    let ends = ends(mark.date);
    let part = if mark.is_selected {
        SELECTED
    } else if mark.is_faint {
        FAINT
    } else {
        BAR
    };
    for x in from..to {
        let strength = strength(x - from, to - from, ends);
        let cell = &mut buffer[(x, mark.y)];
        if brush.mixes() {
            cell.set_symbol(" ").set_bg(brush.mixed(tone, part * strength));
        } else {
            let style = if mark.is_faint { brush.dim() } else { brush.tone(tone) };
            let line = match (brush.is_ascii(), strength < 0.99) {
                (true, true) => ".",
                (true, false) => "=",
                (false, true) => "┄",
                (false, false) => "━",
            };
            cell.set_symbol(line).set_style(style);
        }
    }
    label(brush, mark, sight, buffer);
}

/// The signs in the bar, where it begins, as many as have room at their date; the words beside it.
fn label(brush: Brush, mark: &Mark, sight: Sight<'_>, buffer: &mut Buffer) {
    let faint = mark.is_faint;
    let sign_style = |kind: StandingKind| {
        if faint { brush.dim() } else { brush.standing(kind).add_modifier(Modifier::BOLD) }
    };
    let area = Rect { x: mark.label.0, y: mark.y, width: mark.label.1, height: 1 };
    // What was under the label is no longer seen through it.
    for x in area.left()..area.right() {
        buffer[(x, mark.y)].set_symbol(" ");
    }
    // A sign further on would be taken for another date.
    let behind = if area.x > mark.columns.0 { area.x } else { mark.columns.0 };
    let room = behind.max(mark.columns.1 + 1) - mark.columns.0;
    for (x, kind) in (mark.columns.0..mark.columns.0 + room).zip(&mark.signs) {
        let at = Rect { x, y: mark.y, width: 1, height: 1 };
        brush.text(buffer, at, brush.standing_sign(*kind), sign_style(*kind));
    }
    let mut style = match (mark.is_selected, faint, mark.item.is_entry) {
        (true, ..) => brush.strong(),
        (false, true, _) => brush.dim(),
        (false, false, true) => brush.body(),
        (false, false, false) => brush.muted(),
    };
    if mark.is_selected && !brush.mixes() {
        style = style.add_modifier(Modifier::REVERSED);
    }
    brush.text(buffer, area, timeline::label(sight, mark), style);
}

/// A line from what is selected down to its date on the axis, where nothing else is.
fn guide(brush: Brush, chart: &Chart, buffer: &mut Buffer) {
    let Some(mark) = chart.marks().find(|mark| mark.is_selected) else { return };
    for y in mark.y + 1..chart.axis {
        let at = Position { x: mark.columns.0, y };
        let is_free = [" ", "╎"].contains(&buffer[at].symbol()) && !is_covered(at, buffer);
        if is_free {
            buffer[at].set_symbol(brush.sign(Sign::Vertical)).set_style(brush.accent());
        }
    }
}

/// The axis: a line with its ticks, the labels below it, and the date of what is selected over them.
fn axis(brush: Brush, chart: &Chart, sight: Sight<'_>, buffer: &mut Buffer) {
    if chart.axis_rows == 0 {
        return;
    }
    let labels = chart.axis + chart.axis_rows - 1;
    if chart.axis_rows > 1 {
        let (line, tick) = if brush.is_ascii() { ("-", "+") } else { ("─", "┬") };
        for column in 0..chart.scale.columns {
            buffer[(chart.lanes_from + column, chart.axis)].set_symbol(line).set_style(brush.faint());
        }
        for at in &chart.ticks {
            buffer[(chart.lanes_from + at.column, chart.axis)].set_symbol(tick).set_style(brush.faint());
        }
    }
    let room = |x: u16| Rect { x, y: labels, width: sight.area.right().saturating_sub(x), height: 1 };
    for tick in &chart.ticks {
        let style = if tick.is_major { brush.body() } else { brush.muted() };
        brush.text(buffer, room(chart.lanes_from + tick.column), &tick.label, style);
    }
    let Some(mark) = chart.marks().find(|mark| mark.is_selected) else { return };
    let Some(when) = mark.date else { return };
    let most = usize::from(chart.scale.columns);
    let words = format!(" {} ", truncate(&when.words(), most.saturating_sub(2), brush.sign(Sign::Ellipsis)));
    let cells = width(&words) as u16;
    let right = chart.lanes_from + chart.scale.columns;
    let x = mark.columns.0.min(right.saturating_sub(cells)).max(chart.lanes_from);
    // No half of a label beside it.
    for beside in [x.checked_sub(1), Some(x + cells)].into_iter().flatten() {
        blank_word(buffer, beside, labels, (chart.lanes_from, right));
    }
    brush.text(buffer, Rect { width: cells, ..room(x) }, &words, brush.reversed());
}

/// How many lanes there is no room for, under the names of the others.
fn hidden(brush: Brush, chart: &Chart, sight: Sight<'_>, buffer: &mut Buffer) {
    if chart.lanes_hidden == 0 || chart.axis_rows == 0 {
        return;
    }
    let room = chart.lanes_from.saturating_sub(sight.area.x + 2);
    let area = Rect { x: sight.area.x + 1, y: chart.axis, width: room, height: 1 };
    let words = [format!("+{} lanes", chart.lanes_hidden), format!("+{}", chart.lanes_hidden)];
    if let Some(words) = words.iter().find(|words| width(words) <= usize::from(room)) {
        brush.text(buffer, area, words, brush.muted());
    }
}

/// Takes away the label that a cell is part of.
fn blank_word(buffer: &mut Buffer, x: u16, y: u16, (from, to): (u16, u16)) {
    let is_word = |buffer: &Buffer, x: u16| (from..to).contains(&x) && buffer[(x, y)].symbol() != " ";
    if !is_word(buffer, x) {
        return;
    }
    let mut left = x;
    while left > from && is_word(buffer, left - 1) {
        left -= 1;
    }
    let mut at = left;
    while is_word(buffer, at) {
        buffer[(at, y)].set_symbol(" ");
        at += 1;
    }
}

/// All of time in one row: how much happened when, and which part of it is seen above.
fn overview(brush: Brush, chart: &Chart, sight: Sight<'_>, buffer: &mut Buffer) {
    let Some((y, counts, (from, to))) = &chart.overview else { return };
    heights(brush, counts, Position { x: chart.lanes_from, y: *y }, brush.dim(), buffer);
    let whole = *from == 0 && usize::from(*to) == counts.len();
    if !whole {
        for column in *from..*to {
            let cell = &mut buffer[(chart.lanes_from + column, *y)];
            cell.set_style(brush.accent());
            if brush.mixes() {
                cell.set_bg(brush.mixed(Tone::Accent, 0.22));
            } else if cell.symbol() == " " {
                cell.set_symbol("_");
            }
        }
    }
    let room = chart.lanes_from.saturating_sub(sight.area.x + 2);
    brush.text(buffer, Rect { x: sight.area.x + 1, y: *y, width: room, height: 1 }, "all", brush.dim());
}
