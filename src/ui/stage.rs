//! A tour's screen: one step, large and calm, and where the tour is; for the speaker also notes and the clock.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::brush::{Brush, after, line_of};
use super::{chrome, footer, lens, page};
use crate::action::{Action, Context};
use crate::app::document::{Ink, Role, Run};
use crate::app::tour::{self, Picture, Presenting, Shown};
use crate::app::{Library, State};
use crate::knowledge::{Knowledge, Step};
use crate::text::width::width;
use crate::text::wrap::wrap;

/// Cells beside the clock in which it is worth saying what comes next.
const BESIDE: u16 = 16;

/// Draws the tour. `false` if none has the screen.
pub(super) fn draw(brush: Brush, state: &State, library: &Library, buffer: &mut Buffer) -> bool {
    let Some(presenting) = state.tour.filter(|tour| tour.on_stage) else { return false };
    let Some(shown) = tour::shown(state, library) else { return false };
    let areas = tour::arrange(state.size, presenting.notes);
    if let (Some(picture), Some(step)) = (&shown.picture, presenting.step(&library.knowledge)) {
        looked_at(brush, (picture, step), &library.knowledge, buffer);
    }
    step(brush, &shown, buffer);
    footer(brush, state, library, areas.footer, buffer);
    if !areas.notes.is_empty() {
        let whole = Rect { height: areas.footer.y, ..buffer.area };
        if areas.notes.x > 0 {
            chrome::vertical(brush, areas.notes.x - 1, whole, buffer);
        } else {
            chrome::rule(brush, Rect { y: areas.notes.y - 1, height: 1, ..areas.notes }, buffer);
        }
        notes(brush, state, library, areas.notes, buffer);
    }
    true
}

/// What is seen through the step's lens, and what it is called.
fn looked_at(brush: Brush, (picture, step): (&Picture, &Step), knowledge: &Knowledge, buffer: &mut Buffer) {
    let sight = picture.sight(knowledge, brush.is_ascii());
    lens::picture(brush, &picture.lenses, sight, buffer);
    let taken = brush.text_right(buffer, picture.title, step.lens.title(), brush.muted());
    let room = Rect { width: picture.title.width.saturating_sub(taken + 2), ..picture.title };
    brush.line(buffer, room, &vec![Run::new(tour::title(knowledge, step.show), Ink::of(Role::Title))]);
}

/// The step as far as it is revealed; the newest statement has the bar, and those before it step back.
fn step(brush: Brush, shown: &Shown, buffer: &mut Buffer) {
    let area = shown.area;
    let hidden = shown.document.stops.iter().skip(shown.revealed).map(|stop| stop.lines.start).min();
    let lines = shown.document.lines.iter().take(hidden.unwrap_or(usize::MAX));
    for (row, line) in (0..area.height).zip(lines.skip(shown.top)) {
        brush.line(buffer, line_of(area, row), line);
    }
    let newest = shown.revealed.checked_sub(1).and_then(|at| shown.document.stops.get(at));
    let is_one_of_several = hidden.is_some() || shown.parts == shown.document.stops.len();
    // Below a picture there is no other statement to tell it from.
    if let Some(stop) = newest.filter(|_| is_one_of_several && shown.picture.is_none()) {
        let rows = stop.lines.start.saturating_sub(shown.top)..stop.lines.end.saturating_sub(shown.top);
        let bar = Rect { x: area.x.saturating_sub(tour_bar(area)), ..area };
        page::mark(brush, rows, bar, true, buffer);
    }
    page::thumb(
        brush,
        (shown.document.lines.len(), area.height.into()),
        shown.top,
        edge(area, buffer),
        buffer,
    );
}

/// Cells between the bar and the text.
const fn tour_bar(area: Rect) -> u16 {
    if area.x < 2 { area.x } else { 2 }
}

/// The stage with the margin behind its text, where its thumb stands.
fn edge(area: Rect, buffer: &Buffer) -> Rect {
    Rect { width: (area.width + 2).min(buffer.area.width.saturating_sub(area.x)), ..area }
}

/// The tour on the left; the step, and how long the tour has taken, on the right.
fn footer(brush: Brush, state: &State, library: &Library, area: Rect, buffer: &mut Buffer) {
    let inner = after(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    if let Some(message) = &state.message {
        brush.text(buffer, inner, message, brush.accent());
        return;
    }
    let Some((presenting, tour)) = state.tour.and_then(|at| Some((at, at.tour(&library.knowledge)?))) else {
        return;
    };
    let place = match presenting.number {
        0 => format!("{}/{}", presenting.step + 1, tour.steps.len()),
        number => format!("to {number}"),
    };
    let minutes = presenting.taken(state.clock).0 / 60;
    // Beside the notes there is a clock; and whoever follows may have come late.
    let is_told = !presenting.notes && !state.follows();
    let right = if is_told { format!("{minutes} min   {place}") } else { place };
    let taken = brush.text_right(buffer, inner, &right, brush.muted());
    let left = Rect { width: inner.width.saturating_sub(taken + 2), ..inner };
    // In a class, whether one follows, or who does, matters more than what the tour is called.
    let class = footer::class_lines(state, library);
    let class = class.iter().map(|words| (words.as_str(), brush.muted()));
    // Who has not gone on yet may not know how.
    let is_new = (presenting.step, presenting.part) == (0, 0);
    let ways = if is_new { ways(library) } else { String::new() };
    let ways = is_new.then_some((&*ways, brush.muted()));
    let mut words = class.chain(ways).chain([(&*tour.title, brush.faint())]);
    if let Some((words, style)) = words.find(|(words, _)| width(words) <= usize::from(left.width)) {
        brush.text(buffer, left, words, style);
    }
}

/// The keys of the stage.
fn ways(library: &Library) -> String {
    let ways = [
        (Context::Tour, Action::TourNext, "on"),
        (Context::Tour, Action::TourBack, "back"),
        (Context::Tour, Action::Notes, "notes"),
        (Context::Tour, Action::Close, "leave"),
    ];
    let way = |(context, action, word)| {
        let key = library.keymap.key(context, action)?;
        Some(format!("{key} {word}"))
    };
    ways.into_iter().filter_map(way).collect::<Vec<_>>().join("   ")
}

/// What the speaker says, what comes next, and the clock.
fn notes(brush: Brush, state: &State, library: &Library, area: Rect, buffer: &mut Buffer) {
    let Some((presenting, tour)) = state.tour.and_then(|at| Some((at, at.tour(&library.knowledge)?))) else {
        return;
    };
    let margin = 2.min(area.width / 2);
    let area = Rect { x: area.x + margin, width: area.width - 2 * margin, ..area };
    let clock = clock_text(presenting, state.clock);
    let mut row = u16::from(area.height > 10);
    let clock_line = line_of(area, row);
    brush.text(buffer, clock_line, &clock, brush.accent());
    row += if area.height > 5 { 2 } else { 1 };
    let say = tour.steps.get(presenting.step).map_or("", |step| &*step.say);
    let lines = wrap(say, area.width.into());
    // What is to be said matters more than what comes next.
    let room = area.height.saturating_sub(row);
    let has_next = lines.len() < usize::from(room);
    let end = area.height - u16::from(has_next);
    for (at, line) in lines.iter().enumerate().take(room.into()) {
        let is_cut = row + 1 == area.height && at + 1 < lines.len();
        let to = if is_cut { say.len() } else { line.end };
        // A line that is cut runs on to the edge, where a sign says so.
        brush.text(buffer, line_of(area, row), say.get(line.start..to).unwrap_or_default(), brush.strong());
        row += 1;
    }
    let next = match tour.steps.get(presenting.step + 1) {
        Some(step) => format!("Next: {}", tour::title(&library.knowledge, step.show)),
        None => "Next: the end".to_owned(),
    };
    if has_next {
        let last = if area.height > 10 { (row + 1).min(end) } else { end };
        brush.text(buffer, line_of(area, last), &next, brush.muted());
    } else {
        // Beside the clock, if anything can be read there.
        let beside = after(clock_line, width(&clock) as u16 + 3);
        if beside.width >= BESIDE {
            brush.text(buffer, beside, &next, brush.muted());
        }
    }
}

/// Since the beginning, and since the step began: `12:05  (1:10 here)`.
fn clock_text(presenting: Presenting, clock: u32) -> String {
    let (all, here) = presenting.taken(clock);
    let written = |seconds: u32| match seconds / 3600 {
        0 => format!("{}:{:02}", seconds / 60, seconds % 60),
        hours => format!("{hours}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    };
    format!("{}  ({} on this step)", written(all), written(here))
}
