//! Draws the evidence: bars of standings for each topic, and below them who says and who denies what.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::app::filter::Shown;
use crate::app::lens::Sight;
use crate::app::lens::evidence::{Evidence, Field, Table, table};
use crate::knowledge::StandingKind;
use crate::text::width::width;
use crate::ui::brush::{Brush, Sign, after};

/// Eighths of a cell, from the left.
const EIGHTHS: [&str; 9] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

/// Draws the evidence into the area of the lens.
pub(super) fn draw(brush: Brush, view: &Evidence, sight: Sight<'_>, buffer: &mut Buffer) {
    let table = table(view, sight);
    heads(brush, &table, sight, buffer);
    for name in &table.names {
        let style = if name.is_own { brush.strong() } else { brush.body() };
        brush.text(buffer, name.area, &name.text, style);
        if name.is_own {
            let bar = Rect { x: sight.area.x, width: 1, ..name.area };
            brush.text(buffer, bar, brush.sign(Sign::Bar), brush.accent());
        }
    }
    let dot = if brush.is_ascii() { "." } else { "·" };
    for Position { x, y } in &table.empty {
        brush.text(buffer, Rect { x: *x, y: *y, width: 1, height: 1 }, dot, brush.faint());
    }
    table.fields.iter().for_each(|field| cell(brush, field, &table, sight, buffer));
}

/// What stands over the tables.
fn heads(brush: Brush, table: &Table, sight: Sight<'_>, buffer: &mut Buffer) {
    let line = brush.sign(Sign::Horizontal);
    for (name, area) in &table.groups {
        if usize::from(area.width) < width(name) {
            continue;
        }
        let taken = brush.text(buffer, *area, name, brush.muted());
        let rest = after(*area, taken + 1);
        brush.text(buffer, rest, &line.repeat(rest.width.into()), brush.faint());
    }
    for (kind, area) in &table.standings {
        let full = sight.filter.shown(*kind) == Shown::Full;
        let style = if full { brush.standing(*kind) } else { brush.dim() };
        let taken = brush.text(buffer, *area, brush.standing_sign(*kind), style.add_modifier(Modifier::BOLD));
        let rest = after(*area, taken + 1);
        if usize::from(rest.width) > width(kind.word()) {
            brush.text(buffer, rest, kind.word(), style);
        }
    }
    if let Some(heading) = table.heading {
        let inner = after(heading, 1);
        let hidden = [(table.hidden.1, "who say it"), (table.hidden.2, "who deny it")];
        let mut words = vec!["Who says it, by row; who denies it, by column".to_owned()];
        words.extend(
            hidden.iter().filter(|(count, _)| *count > 0).map(|(count, who)| format!("+{count} {who}")),
        );
        let words = words.join("  ");
        let taken = brush.text(buffer, inner, &words, brush.muted());
        let rest = after(inner, taken + 1);
        brush.text(buffer, rest, &line.repeat(rest.width.into()), brush.faint());
    }
}

/// A bar as long as there are statements, a part for each standing, and how many there are.
fn cell(brush: Brush, field: &Field, table: &Table, sight: Sight<'_>, buffer: &mut Buffer) {
    let total: usize = field.counts.iter().sum();
    let number = total.to_string();
    if field.is_selected {
        let lead = Rect { x: field.area.x.saturating_sub(1), width: field.area.width + 1, ..field.area };
        buffer.set_style(lead.intersection(sight.area), brush.chosen());
        brush.text(buffer, Rect { width: 1, ..lead }, brush.sign(Sign::Bar), brush.accent());
    }
    let mut rest = field.area;
    for (kind, count) in StandingKind::ALL.into_iter().zip(field.counts) {
        if count == 0 {
            continue;
        }
        let faint = sight.filter.shown(kind) != Shown::Full;
        let style = if faint { brush.dim() } else { brush.standing(kind) };
        let taken = bar(brush, rest, (count, table.longest), style, buffer);
        rest = after(rest, taken);
    }
    // What is selected may have a ground and an ink of its own.
    let style = if field.is_selected { brush.strong().patch(brush.chosen()) } else { brush.body() };
    brush.text(buffer, after(rest, 1), &number, style);
}

/// A bar of eighths of cells; the cells that it took.
fn bar(
    brush: Brush,
    area: Rect,
    (count, (most, room)): (usize, (usize, u16)),
    style: Style,
    buffer: &mut Buffer,
) -> u16 {
    let eighths = (count * usize::from(room) * 8 / most.max(1)).max(2);
    if brush.is_ascii() {
        let cells = (eighths.div_ceil(8) as u16).min(area.width);
        return brush.text(buffer, Rect { width: cells, ..area }, &"#".repeat(cells.into()), style);
    }
    let whole = "█".repeat(eighths / 8);
    let bar = format!("{whole}{}", EIGHTHS[eighths % 8]);
    let cells = Rect { width: area.width.min(width(&bar) as u16), ..area };
    brush.text(buffer, cells, &bar, style)
}
