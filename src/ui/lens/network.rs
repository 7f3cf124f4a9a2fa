//! Draws the network: the middle, curves in the gutters, names and relations on both sides.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::brush::{Brush, Mark, Sign, after};
use crate::app::filter::Shown;
use crate::app::lens::{Network, Plot, Side, Sight, Twig, indent, nothing};
use crate::geom::dots::Dots;
use crate::geom::mercator::Extent;
use crate::geom::web::curve;
use crate::knowledge::{EntityIx, RelationIx};
use crate::text::width::{truncate, width};
use crate::text::wrap::wrap;

/// Layers of curves.
const CURVE: u8 = 1;
const OWN_CURVE: u8 = 2;
/// Lines that the name in the middle may take.
const LINES: usize = 3;

/// Draws the network.
pub(super) fn draw(brush: Brush, network: &Network, sight: Sight<'_>, buffer: &mut Buffer) {
    let area = sight.area.intersection(buffer.area);
    let Some(plot) = network.plot(sight).filter(|_| !area.is_empty() && area == sight.area) else {
        let words = nothing(sight, "is related to anything");
        brush.text(buffer, after(area, 2), &words, brush.muted());
        return;
    };
    curves(brush, &plot, area, buffer);
    middle(brush, &plot, sight, area, buffer);
    for side in [Side::Left, Side::Right] {
        for (row, twig) in plot.twigs(side) {
            let columns = plot.columns(side);
            let line = Rect { x: area.x + columns.start, y: area.y + row, width: columns.width, height: 1 };
            match twig {
                Twig::Name { entity, depth, acts } => {
                    name(brush, sight, (entity, depth, acts), (side, line), buffer);
                }
                Twig::Edge { relation, depth, .. } => {
                    edge(brush, sight, (relation, depth), (side, line), buffer);
                    if plot.selected == Some(relation) {
                        buffer.set_style(line, brush.chosen());
                        bar(brush, side, line, buffer);
                    }
                }
                Twig::Blank => {}
            }
        }
        hidden(brush, &plot, side, area, buffer);
    }
}

/// Curves from the middle to each neighbour that is seen; that of the selected relation lies above the others.
fn curves(brush: Brush, plot: &Plot, area: Rect, buffer: &mut Buffer) {
    let extent = Extent { columns: area.width, rows: area.height };
    let mut dots = Dots::new(extent);
    for side in [Side::Left, Side::Right] {
        let gutter = if side == Side::Left { plot.plan.left_gutter } else { plot.plan.right_gutter };
        let mut last = None;
        for (row, twig) in plot.twigs(side) {
            match twig {
                Twig::Name { depth: 1, .. } => {
                    last = Some(row);
                    curve(gutter, plot.middle, row, side == Side::Right)
                        .for_each(|piece| dots.line(piece, CURVE, 0));
                }
                Twig::Edge { relation, .. } if plot.selected == Some(relation) => {
                    let pieces =
                        last.into_iter().flat_map(|row| curve(gutter, plot.middle, row, side == Side::Right));
                    pieces.for_each(|piece| dots.line(piece, OWN_CURVE, 0));
                }
                _ => {}
            }
        }
    }
    for row in 0..area.height {
        for column in 0..area.width {
            let Some((bits, layer)) = dots.get(column, row) else { continue };
            let style = if layer == OWN_CURVE { brush.accent() } else { brush.dim() };
            if let Some(cell) = buffer.cell_mut((area.x + column, area.y + row)) {
                cell.set_symbol(brush.line_dots(bits).encode_utf8(&mut [0; 4])).set_style(style);
            }
        }
    }
}

/// The entity in the middle, its name in a few lines, and what it is under it.
fn middle(brush: Brush, plot: &Plot, sight: Sight<'_>, area: Rect, buffer: &mut Buffer) {
    let entity = sight.knowledge.entity(plot.web.middle);
    let columns = plot.plan.middle;
    let room = columns.width.saturating_sub(2);
    let lines: Vec<&str> = wrap(&entity.name, room.into())
        .into_iter()
        .take(LINES)
        .filter_map(|line| entity.name.get(line))
        .collect();
    let first = plot.middle.saturating_sub((lines.len().saturating_sub(1) / 2) as u16);
    let last = area.height.saturating_sub(1);
    let mut write = |row: u16, text: &str, style: Style| {
        if row > last {
            return;
        }
        let line = Rect { x: area.x + columns.start, y: area.y + row, width: columns.width, height: 1 };
        let cells = (width(text) as u16).min(room);
        let text = truncate(text, room.into(), "");
        buffer.set_style(line, style);
        let at = Rect { x: line.x + 1 + (room - cells) / 2, width: room, ..line };
        brush.text(buffer, at, &text, style);
    };
    let mut row = first;
    for line in &lines {
        write(row, line, brush.reversed());
        row += 1;
    }
    write(row, entity.kind.word(), brush.muted());
}

/// A text at the inner end of a line, and cut at the outer one.
fn write(brush: Brush, side: Side, line: Rect, parts: &[(&str, Style)], buffer: &mut Buffer) {
    let cells: u16 = parts.iter().map(|(text, _)| width(text) as u16).sum();
    let mut rest = match side {
        Side::Right => line,
        Side::Left => after(line, line.width.saturating_sub(cells)),
    };
    for (text, style) in parts {
        let taken = brush.text(buffer, rest, text, *style);
        rest = after(rest, taken);
    }
}

/// A line without the indentation of a step.
fn indented(line: Rect, side: Side, cells: u16) -> Rect {
    match side {
        Side::Right => after(line, cells),
        Side::Left => Rect { width: line.width.saturating_sub(cells), ..line },
    }
}

/// The name of a neighbour, and an arrow to the one that is acted upon.
fn name(
    brush: Brush,
    sight: Sight<'_>,
    (entity, depth, acts): (EntityIx, u8, bool),
    (side, line): (Side, Rect),
    buffer: &mut Buffer,
) {
    let line = indented(line, side, indent(depth - 1) as u16);
    let to_right = acts == (side == Side::Left);
    let arrow = brush.mark(if to_right { Mark::Right } else { Mark::Left });
    let style = if depth == 1 { brush.strong() } else { brush.body() };
    let room = usize::from(line.width.saturating_sub(2));
    let name = truncate(&sight.knowledge.entity(entity).name, room, brush.sign(Sign::Ellipsis));
    match side {
        Side::Right => {
            write(brush, side, line, &[(arrow, brush.muted()), (" ", style), (&name, style)], buffer);
        }
        Side::Left => {
            write(brush, side, line, &[(&name, style), (" ", style), (arrow, brush.muted())], buffer);
        }
    }
}

/// A relation: its standing, its kind and its date.
fn edge(
    brush: Brush,
    sight: Sight<'_>,
    (ix, depth): (RelationIx, u8),
    (side, line): (Side, Rect),
    buffer: &mut Buffer,
) {
    let line = indented(line, side, indent(depth) as u16);
    let relation = sight.knowledge.relation(ix);
    let kind = sight.knowledge.statement(relation.statement).standing.kind();
    let faint = sight.shown(relation.statement) == Shown::Faint;
    let of = |style: Style| if faint { style.patch(brush.dim()) } else { style };
    let when = relation.when.map_or_else(String::new, |when| format!("  {}", when.brief()));
    let room = usize::from(line.width).saturating_sub(width(&when) + 2);
    let words = truncate(&relation.kind, room, brush.sign(Sign::Ellipsis));
    let sign = brush.standing_sign(kind);
    let (body, muted, colour) = (of(brush.body()), of(brush.muted()), of(brush.standing(kind)));
    match side {
        Side::Right => {
            write(brush, side, line, &[(sign, colour), (" ", body), (&words, body), (&when, muted)], buffer);
        }
        Side::Left => {
            let when = when.trim_start();
            let gap = if when.is_empty() { "" } else { "  " };
            let parts = [(when, muted), (gap, body), (&*words, body), (" ", body), (sign, colour)];
            write(brush, side, line, &parts, buffer);
        }
    }
}

/// The bar beside the selected relation, under the name of the neighbour.
fn bar(brush: Brush, side: Side, line: Rect, buffer: &mut Buffer) {
    let x = if side == Side::Right { line.x } else { line.right().saturating_sub(1) };
    brush.text(buffer, Rect { x, width: line.width.min(1), ..line }, brush.sign(Sign::Bar), brush.accent());
}

/// How many relations lie further up and down: in the gutter, where they would come in.
fn hidden(brush: Brush, plot: &Plot, side: Side, area: Rect, buffer: &mut Buffer) {
    let (above, below) = plot.hidden(side);
    let columns = if side == Side::Left { plot.plan.left_gutter } else { plot.plan.right_gutter };
    let style = brush.accent().add_modifier(Modifier::BOLD);
    for (count, row, mark) in [(above, 0, Mark::Up), (below, area.height.saturating_sub(1), Mark::Down)] {
        if let Some(count) = count {
            // A name alone is seen to lie there, and is no relation.
            let count = if count > 0 { count.to_string() } else { String::new() };
            let words = format!("{}{count}", brush.mark(mark));
            let line = Rect { x: area.x + columns.start, y: area.y + row, width: columns.width, height: 1 };
            brush.text(buffer, line, &words, style);
        }
    }
}
