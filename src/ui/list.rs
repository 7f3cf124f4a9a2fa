//! The list of a topic's entries: dates in a column, titles in one line or two.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::brush::{Brush, Sign, after, line_of};
use super::has_keys;
use crate::app::filter::Shown;
use crate::app::list::LEAD;
use crate::app::{Focus, Library, State, panel};
use crate::knowledge::EntryIx;

pub(super) fn draw(brush: Brush, state: &State, library: &Library, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let mut y = 0;
    for line in panel::summary(state, library) {
        brush.text(buffer, after(line_of(area, y), LEAD), line, brush.muted());
        y += 1;
    }
    if y > 0 {
        y += 1;
    }
    let rows = state.rows(library);
    let cursor = state.cursor();
    for row in cursor.top..rows.len() {
        let titles = rows.titles(row);
        let height = titles.len() as u16;
        if y >= area.height {
            return;
        }
        let block = Rect { y: area.y + y, height: height.min(area.height - y), ..area };
        let selected = row == cursor.row;
        if rows.dates > 0 && (row == cursor.top || rows.date(row).is_some()) {
            let entry = rows.entry(row).map(|ix| library.knowledge.entry(ix));
            if let Some(when) = entry.and_then(|entry| entry.when) {
                let date = Rect { width: rows.dates, ..after(line_of(block, 0), LEAD) };
                brush.text(buffer, date, &when.brief(), brush.muted());
            }
        }
        let style = match rows.entry(row) {
            Some(entry) if !asked_for(state, library, entry) => brush.dim(),
            _ if selected && !state.follows() => brush.strong(),
            _ => brush.body(),
        };
        for (line, title) in (0..).zip(&titles) {
            let room = after(line_of(block, line), rows.column());
            brush.text(buffer, Rect { width: room.width.saturating_sub(1), ..room }, title, style);
        }
        if selected {
            mark(brush, state, block, buffer);
        }
        y += height;
    }
}

/// Whether an entry has a statement of a standing that is asked for, or none at all.
fn asked_for(state: &State, library: &Library, entry: EntryIx) -> bool {
    let knowledge = &library.knowledge;
    let full = |ix| state.filter.shown(knowledge.statement(ix).standing.kind()) == Shown::Full;
    !state.filter.is_on()
        || knowledge.entry(entry).statements.is_empty()
        || knowledge.statements_of(entry).any(full)
}

/// The bar beside the selected row, and the ground behind it while the keys go there. Who follows has the bar alone:
/// keys would lead away, and what need not be sent again reaches hundreds sooner.
fn mark(brush: Brush, state: &State, block: Rect, buffer: &mut Buffer) {
    let here = has_keys(state, Focus::List);
    let style = if here { brush.accent() } else { brush.faint() };
    if here && !state.follows() {
        buffer.set_style(block, brush.chosen());
    }
    for line in 0..block.height {
        brush.text(buffer, Rect { width: 1, ..line_of(block, line) }, brush.sign(Sign::Bar), style);
    }
}
