//! Addresses behind letters: hyperlinks as terminals know them, OSC 8
//! (<https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>).
//!
//! Written over what a frame has painted, row by row: a row that is sent has its links sent again, as nothing else of it
//! says where they are. Must never put a byte into an address that could end it, and sends nothing where there is none.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::cursor;
use super::glyph::{Glyph, Trust, glyphs};
use super::pen::Pen;

/// Bytes of an address at most; several terminals take no more.
const MOST: usize = 2_000;
/// Ends a link.
const END: &[u8] = b"\x1b]8;;\x1b\\";

/// Cells of one row, and the address behind them.
pub type Link = (Rect, String);

/// Whether a terminal of this name takes links, or at least leaves out what it does not know. Those that are not known
/// to do either get none: the console of Linux and GNU screen may show them as letters.
pub(super) fn are_known(term: &str) -> bool {
    const FAMILIES: [&str; 13] = [
        "xterm",
        "tmux",
        "alacritty",
        "foot",
        "wezterm",
        "kitty",
        "ghostty",
        "contour",
        "konsole",
        "vte",
        "gnome",
        "iterm2",
        "rio",
    ];
    FAMILIES
        .iter()
        .any(|name| term == *name || term.strip_prefix(name).is_some_and(|rest| rest.starts_with('-')))
}

/// Makes the cells of links unknown in what is shown, where the links of their row are others than those before: they
/// differ then from what comes.
pub(super) fn forget(shown: &mut Buffer, (old, new): (&[Link], &[Link])) {
    let changed = |row: u16| !of_row(old, row).eq(of_row(new, row));
    let mut strange = Cell::EMPTY;
    strange.set_symbol("\0");
    for (area, _) in old.iter().chain(new).filter(|(area, _)| changed(area.y)) {
        for position in area.intersection(shown.area).positions() {
            shown[position] = strange.clone();
        }
    }
}

fn of_row(links: &[Link], row: u16) -> impl Iterator<Item = &Link> {
    links.iter().filter(move |(area, _)| area.y == row)
}

/// Writes the links of the rows that were sent, each as the cells of `next` are.
pub(super) fn write(
    next: &Buffer,
    links: &[Link],
    is_sent: impl Fn(u16) -> bool,
    pen: &mut Pen,
    out: &mut Vec<u8>,
) {
    let columns = usize::from(next.area.width).max(1);
    for (area, to) in links.iter().filter(|(area, _)| is_sent(area.y)) {
        let Some(address) = address(to) else { continue };
        let area = area.intersection(next.area);
        let row = next.content.chunks_exact(columns).nth(area.y.into()).unwrap_or_default();
        let glyphs = glyphs(row);
        let cells = usize::from(area.x)..usize::from(area.right());
        cursor::jump(area.y, area.x, out);
        out.extend([b"\x1b]8;;", address.as_bytes(), b"\x1b\\"].concat());
        for (column, glyph) in glyphs.iter().enumerate().filter(|(column, _)| cells.contains(column)) {
            match glyph {
                Glyph::Shown { symbol, look, trust, cells } => {
                    pen.set(*look, out);
                    out.extend_from_slice(symbol.as_bytes());
                    if *trust != Trust::Sure {
                        cursor::jump(area.y, column as u16 + cells, out);
                    }
                }
                Glyph::Blank { look } => {
                    pen.set_blank(*look, out);
                    out.push(b' ');
                }
                Glyph::Covered => {}
            }
        }
        out.extend_from_slice(END);
    }
}

/// An address in the letters that may stand in a sequence; `None` if it is too long.
fn address(to: &str) -> Option<String> {
    let mut address = String::with_capacity(to.len());
    for byte in to.bytes() {
        match byte {
            0x21..=0x7e => address.push(byte.into()),
            // Writing into a string cannot fail.
            other => {
                let _ = write!(address, "%{other:02X}");
            }
        }
    }
    (address.len() <= MOST).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_terminals_that_are_known_get_links() {
        for (term, known) in [
            ("xterm-256color", true),
            ("xterm-kitty", true),
            ("tmux-256color", true),
            ("foot", true),
            ("dumb", false),
            ("linux", false),
            ("screen", false),
            ("screen.xterm-256color", false),
            ("vt220", false),
            ("", false),
            ("footless", false),
        ] {
            assert_eq!(are_known(term), known, "{term}");
        }
    }

    #[test]
    fn nothing_in_an_address_ends_it() {
        assert_eq!(address("https://a.b/ü\u{1b}\\ \u{7}").as_deref(), Some("https://a.b/%C3%BC%1B\\%20%07"));
        assert_eq!(address(&"x".repeat(MOST + 1)), None);
    }
}
