//! What stands around the panes: title, tabs, rule, legend.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::brush::{Brush, Sign, after};
use crate::action::Action;
use crate::app::filter::Shown;
use crate::app::{Lens, Library, State, tabs};
use crate::knowledge::StandingKind;
use crate::text::width::width;

/// Title and subtitle on the left; problems and the dossier's date on the right. On a small screen the date alone.
pub(super) fn title(brush: Brush, state: &State, library: &Library, area: Rect, buffer: &mut Buffer) {
    let knowledge = &library.knowledge;
    let small = area.x > 0;
    let as_of = knowledge.as_of.map(|date| match (small, area.width) {
        (true, ..10) => date.to_string(),
        (true, _) => format!("as of {date}"),
        (false, _) => format!("as of {}", date.words()),
    });
    let inner = Rect { width: area.width.saturating_sub(1), ..area };
    let taken = brush.text_right(buffer, inner, &as_of.unwrap_or_default(), brush.muted());
    if small {
        return;
    }
    let mut left = after(Rect { width: inner.width.saturating_sub(taken + 2), ..inner }, 1);
    let count = library.problems.len();
    if count > 0 {
        let key = library.keymap.key(state.context(), Action::Problems);
        let key = key.map_or(String::new(), |key| format!(": {key}"));
        let words = format!("{count} problem{}{key}", if count == 1 { "" } else { "s" });
        left.width -=
            brush.text_right(buffer, left, &words, brush.standing(StandingKind::Alleged)).min(left.width);
    }
    let taken = brush.text(buffer, left, &knowledge.title, brush.strong());
    let rest = after(left, taken + 2);
    if !knowledge.subtitle.is_empty() && width(&knowledge.subtitle) <= usize::from(rest.width) {
        brush.text(buffer, rest, &knowledge.subtitle, brush.muted());
    }
}

/// The tabs; the open one stands out by weight and ground, not by colour alone.
pub(super) fn tabs(brush: Brush, state: &State, library: &Library, area: Rect, buffer: &mut Buffer) {
    if brush.has_lines() {
        let count = library.knowledge.topics.len();
        let title = &library.knowledge.topic(state.topic).title;
        brush.text(
            buffer,
            area,
            &format!("Topic {} of {count}: {title}", state.topic.at() + 1),
            brush.body(),
        );
        return;
    }
    for tab in tabs::tabs(&library.knowledge, state.topic, area.width, brush.is_ascii()) {
        let at = after(area, tab.column);
        if tab.more > 0 {
            brush.text(buffer, at, &tab.label, brush.muted());
        } else if tab.topic == state.topic {
            // A blank on each side, where there is one, makes it a tab.
            let label = format!(" {} ", tab.label);
            brush.text(buffer, after(area, tab.column - 1), &label, brush.reversed());
        } else {
            let digits = tab.label.chars().take_while(char::is_ascii_digit).count();
            let (number, name) = tab.label.split_at(digits);
            let taken = brush.text(buffer, at, number, brush.accent());
            brush.text(buffer, after(at, taken), name, brush.body());
        }
    }
}

pub(super) fn rule(brush: Brush, area: Rect, buffer: &mut Buffer) {
    let line = brush.sign(Sign::Horizontal).repeat(area.width.into());
    brush.text(buffer, area, &line, brush.faint());
}

/// The rule between two panes.
pub(super) fn vertical(brush: Brush, x: u16, area: Rect, buffer: &mut Buffer) {
    for y in area.top()..area.bottom() {
        if let Some(cell) = buffer.cell_mut((x, y)) {
            cell.set_symbol(brush.sign(Sign::Vertical)).set_style(brush.faint());
        }
    }
}

/// What a timeline is drawn with, in as many words as there is room for: where colours can be mixed, and elsewhere.
const BARS: [&str; 2] = ["a bar is when, fading where that is vague; grey is an era", "fading: vague"];
const LINES: [&str; 2] = ["a line is when, dotted where that is vague", "dotted: vague"];

/// What the signs in the margin mean; a standing that is not asked for is faint.
pub(super) fn legend(brush: Brush, state: &State, library: &Library, area: Rect, buffer: &mut Buffer) {
    let mut rest = after(area, 1);
    for kind in StandingKind::ALL {
        let full = state.filter.shown(kind) == Shown::Full;
        let (sign, word) =
            if full { (brush.standing(kind), brush.muted()) } else { (brush.dim(), brush.dim()) };
        let taken = brush.text(buffer, rest, brush.standing_sign(kind), sign);
        rest = after(rest, taken + 1);
        let taken = brush.text(buffer, rest, kind.word(), word);
        rest = after(rest, taken + 3);
    }
    let inner = Rect { width: rest.width.saturating_sub(1), ..rest };
    if state.filter.is_on() {
        let what = if state.filter.hides { "some are hidden" } else { "some are dimmed" };
        let key = library.keymap.key(state.context(), Action::Standings);
        let words = key.map_or(what.to_owned(), |key| format!("{what}: {key}"));
        brush.text_right(buffer, inner, &words, brush.accent());
    } else if state.lenses.shown == Lens::Timeline && !state.lenses.is_text(state.sight(library)) {
        let words = if brush.mixes() { BARS } else { LINES };
        let fits = words.into_iter().find(|words| width(words) <= inner.width.into());
        brush.text_right(buffer, inner, fits.unwrap_or_default(), brush.muted());
    }
}

/// The style of a title that stands in a box.
pub(super) fn box_title(brush: Brush) -> ratatui::style::Style {
    brush.accent().add_modifier(Modifier::BOLD).remove_modifier(Modifier::DIM)
}
