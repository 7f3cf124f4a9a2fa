//! On the rule under the input of a search: how the query was understood, or what the filter being typed may become.
//!
//! Plain words are not repeated: what is understood as it is typed goes without saying.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::brush::{Brush, after};
use crate::action::{Action, Context};
use crate::app::search::Search;
use crate::keys::Keymap;
use crate::search::Role;
use crate::text::width::width;

/// Cells of the rule before the first chip, and between two.
const GAP: u16 = 1;

/// Draws the chips, as many as there is room for.
pub(super) fn draw(brush: Brush, search: &Search, keymap: &Keymap, area: Rect, buffer: &mut Buffer) {
    let mut rest = after(area, GAP);
    if let Some(first) = search.completions.first() {
        let key = keymap.key(Context::Typing, Action::Complete);
        let lead = key.as_deref().map(|key| (key, Look::Key));
        let pieces: Vec<_> = lead.into_iter().chain([(&*first.filter, Look::Strong)]).collect();
        rest = chip(brush, rest, &pieces, first.leaves, buffer);
        for other in search.completions.iter().skip(1) {
            rest = chip(brush, rest, &[(&other.filter, Look::Muted)], other.leaves, buffer);
        }
        return;
    }
    for part in search.parts.iter().filter(|part| part.role != Role::Ignored) {
        let pieces: &[(&str, Look)] = match part.role {
            Role::Filter => &[("[", Look::Muted), (&part.text, Look::Key), ("]", Look::Muted)],
            Role::Wanted | Role::Ignored => &[(&part.text, Look::Strong)],
        };
        rest = chip(brush, rest, pieces, None, buffer);
    }
    let ignored = search.parts.iter().filter(|part| part.role == Role::Ignored);
    let ignored: Vec<&str> = ignored.map(|part| part.text.as_str()).collect();
    if !ignored.is_empty() {
        chip(brush, rest, &[("left out: ", Look::Muted), (&ignored.join(", "), Look::Muted)], None, buffer);
    }
}

#[derive(Clone, Copy)]
enum Look {
    Key,
    Strong,
    Muted,
}

/// One chip, a blank on each side; what is left of the area, nothing if there was no room.
fn chip(
    brush: Brush,
    area: Rect,
    pieces: &[(&str, Look)],
    count: Option<usize>,
    buffer: &mut Buffer,
) -> Rect {
    let is_spaced = matches!(pieces, [(_, Look::Key), ..]);
    let count = count.map_or_else(String::new, |count| format!(" {count}"));
    let words: usize = pieces.iter().map(|(text, _)| width(text)).sum();
    let cells = (words + usize::from(is_spaced) + width(&count) + 2) as u16;
    if cells > area.width {
        return Rect::default();
    }
    let mut rest = after(area, brush.text(buffer, area, " ", brush.muted()));
    for (text, look) in pieces {
        let style = match look {
            Look::Key => brush.accent(),
            Look::Strong => brush.strong(),
            Look::Muted => brush.muted(),
        };
        rest = after(rest, brush.text(buffer, rest, text, style));
        if is_spaced && matches!(look, Look::Key) {
            rest = after(rest, brush.text(buffer, rest, " ", brush.muted()));
        }
    }
    brush.text(buffer, rest, &format!("{count} "), brush.muted());
    after(area, cells + GAP)
}
