//! Draws the open lens: a caption over it, its picture or its text, and what is selected in words.
//!
//! One file a picture. A lens without a picture of its own is shown as text.

mod evidence;
mod map;
mod network;
mod timeline;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::brush::{Brush, Sign, after, line_of};
use super::{chrome, page};
use crate::app::layout::{MARGIN, Panes};
use crate::app::lens::{self, Lenses, Optic, Row, Scope, Sight};
use crate::app::{Lens, Library, State};
use crate::text::width::{truncate, width};

/// Cells in which a few words can be read.
const LEAST: u16 = 8;

/// Draws the lens, and says where the cursor stands: on the selected row of a text, for those who listen to it.
pub(super) fn draw(
    brush: Brush,
    state: &State,
    library: &Library,
    panes: Panes,
    buffer: &mut Buffer,
) -> Option<Position> {
    let optic = state.lenses.optic()?;
    let sight = state.sight(library);
    caption(brush, (state, optic), sight, panes.caption, buffer);
    detail(brush, state, library, panes, buffer);
    if state.lenses.is_text(sight) {
        return text(brush, optic, sight, buffer);
    }
    picture(brush, &state.lenses, sight, buffer);
    None
}

/// The picture of the lens that is open, alone.
pub(super) fn picture(brush: Brush, lenses: &Lenses, sight: Sight<'_>, buffer: &mut Buffer) {
    match lenses.shown {
        Lens::Timeline => timeline::draw(brush, &lenses.timeline, sight, buffer),
        Lens::Evidence => evidence::draw(brush, &lenses.evidence, sight, buffer),
        Lens::Map => map::draw(brush, &lenses.map, sight, buffer),
        Lens::Network => network::draw(brush, &lenses.network, sight, buffer),
        Lens::Read => {}
    }
}

/// What one looks at on the left, what is left out on the right.
fn caption(
    brush: Brush,
    (state, optic): (&State, &dyn Optic),
    sight: Sight<'_>,
    area: Rect,
    buffer: &mut Buffer,
) {
    let inner = after(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    let title = state.lenses.shown.title();
    let is_text = state.lenses.is_text(sight);
    let no_room = if is_text { String::new() } else { optic.no_room(sight) };
    let left_out: Vec<String> = [no_room, lens::hidden_words(sight), optic.left_out(sight)]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    let left_out = left_out.join(", ");
    let scope = sight.scope.name(sight.knowledge);
    // The tabs say which topic it is; which entity it is, is said here alone.
    let named = if matches!(sight.scope, Scope::Entity(_)) { width(scope) + 2 } else { 0 };
    let room = Rect { width: inner.width.saturating_sub((width(title) + 2 + named) as u16), ..inner };
    // What is left out is said in any case, if need be in fewer letters.
    let left_out = truncate(&left_out, room.width.into(), brush.sign(Sign::Ellipsis));
    let taken = brush.text_right(buffer, inner, &left_out, brush.muted());
    let rest = Rect { width: inner.width.saturating_sub(taken + 2), ..inner };
    let taken = brush.text(buffer, rest, title, brush.accent());
    let rest = after(rest, taken + 2);
    if rest.width < LEAST {
        return;
    }
    let caption = if is_text { optic.caption_of_text(sight) } else { optic.caption(sight) };
    let words = [scope.to_owned(), caption];
    let words: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
    let dot = if sight.ascii { " - " } else { " · " };
    brush.text(buffer, rest, &words.join(dot), brush.body());
}

/// What is selected: under a rule below the picture, or beside one.
fn detail(brush: Brush, state: &State, library: &Library, panes: Panes, buffer: &mut Buffer) {
    if panes.detail.is_empty() {
        return;
    }
    if panes.detail.y == panes.lens.y {
        chrome::vertical(brush, panes.lens.right(), panes.lens, buffer);
    } else {
        chrome::rule(brush, Rect { y: panes.lens.bottom(), height: 1, ..panes.lens }, buffer);
    }
    let inner = after(Rect { width: panes.detail.width.saturating_sub(MARGIN), ..panes.detail }, MARGIN);
    let document = lens::detail(state, library);
    page::lines(brush, &document, 0, inner, buffer);
    cut(brush, document.lines.len(), inner, buffer);
}

/// Says in the last row how many rows of the statement find no room, if any do not.
fn cut(brush: Brush, len: usize, area: Rect, buffer: &mut Buffer) {
    let more = len.saturating_sub(area.height.into());
    if more == 0 || area.is_empty() {
        return;
    }
    let rows = if more == 1 { "row" } else { "rows" };
    let words = format!(" {} +{more} {rows}", brush.sign(Sign::Ellipsis));
    let words = if width(&words) > usize::from(area.width) { format!("+{more}") } else { words };
    brush.text_right(buffer, line_of(area, area.height - 1), &words, brush.muted());
}

/// The text twin, with the selected row in sight.
fn text(brush: Brush, optic: &dyn Optic, sight: Sight<'_>, buffer: &mut Buffer) -> Option<Position> {
    let (area, rows) = (sight.area, optic.rows(sight));
    if area.is_empty() {
        return None;
    }
    if rows.iter().all(|row| matches!(row, Row::Heading(_))) {
        brush.text(buffer, after(area, MARGIN), &lens::nothing(sight, "can be listed"), brush.muted());
        return None;
    }
    let selected = optic.selected(sight);
    let own = rows.iter().position(|row| selected.is_some_and(|selected| *row == Row::Mark(selected)));
    let top = lens::text_top(rows.len(), own.unwrap_or_default(), area.height.into());
    let mut cursor = None;
    for (y, (at, row)) in (0..area.height).zip(rows.iter().enumerate().skip(top)) {
        let line = line_of(area, y);
        let room = after(Rect { width: area.width.saturating_sub(1), ..line }, MARGIN);
        brush.line(buffer, room, &optic.write(sight, *row));
        if Some(at) == own {
            buffer.set_style(line, brush.chosen());
            brush.text(buffer, Rect { width: 1, ..line }, brush.sign(Sign::Bar), brush.accent());
            cursor = Some(Position { x: area.x, y: line.y });
        }
    }
    page::thumb(brush, (rows.len(), area.height.into()), top, area, buffer);
    cursor
}
