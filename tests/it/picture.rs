//! A screen as a picture, in SVG, for the README.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use tumen::text::width::width;

/// Pixels of a cell; a common proportion of monospaced letters at 14 pixels.
const CELL: (f64, f64) = (8.4, 18.0);

/// The screen: one rectangle for each ground, one text for each stretch of one style.
pub(crate) fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (across, down) = (f64::from(columns) * CELL.0, f64::from(rows) * CELL.1);
    let ground = hex(buffer[(0, rows - 1)].bg);
    let mut out = String::new();
    let mut put = |line: String| {
        out.push_str(&line);
        out.push('\n');
    };
    put(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:.0} {down:.0}" width="{across:.0}" height="{down:.0}">"#
    ));
    put(format!(r#"<rect width="100%" height="100%" fill="{ground}"/>"#));
    put(r#"<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">"#
        .to_owned());
    for y in 0..rows {
        for (x, cells, text, cell) in stretches(buffer, y) {
            let (left, top, wide) = (f64::from(x) * CELL.0, f64::from(y) * CELL.1, f64::from(cells) * CELL.0);
            if hex(cell.bg) != ground {
                let fill = hex(cell.bg);
                put(format!(
                    r#"<rect x="{left:.1}" y="{top:.1}" width="{wide:.1}" height="{:.1}" fill="{fill}"/>"#,
                    CELL.1
                ));
            }
            if !text.trim().is_empty() {
                put(format!(
                    r#"<text x="{left:.1}" y="{:.1}" textLength="{wide:.1}" xml:space="preserve" fill="{}"{}>{}</text>"#,
                    top + 13.5,
                    hex(cell.fg),
                    weight(cell.modifier),
                    escape(&text)
                ));
            }
        }
    }
    put("</g>\n</svg>".to_owned());
    out
}

/// The stretches of a row that have one style: column, cells, text, and a cell with the style.
fn stretches(buffer: &Buffer, y: u16) -> Vec<(u16, u16, String, Cell)> {
    let mut found: Vec<(u16, u16, String, Cell)> = Vec::new();
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let cells = width(cell.symbol()).max(1) as u16;
        match found.last_mut() {
            Some((_, taken, text, same)) if same.style() == cell.style() => {
                *taken += cells;
                text.push_str(cell.symbol());
            }
            _ => found.push((x, cells, cell.symbol().to_owned(), cell.clone())),
        }
        x += cells;
    }
    found
}

fn hex(color: Color) -> String {
    match color {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        other => panic!("the picture is drawn in 24 bits, not in {other}"),
    }
}

fn weight(modifier: Modifier) -> String {
    let mut out = String::new();
    for (wanted, attribute) in [
        (Modifier::BOLD, r#" font-weight="bold""#),
        (Modifier::ITALIC, r#" font-style="italic""#),
        (Modifier::UNDERLINED, r#" text-decoration="underline""#),
    ] {
        if modifier.contains(wanted) {
            write!(out, "{attribute}").expect("a string takes it");
        }
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
