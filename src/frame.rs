//! Turns a drawn screen into the fewest bytes that put it on a terminal which shows the one before.
//!
//! [`Painter`] remembers what the terminal shows and sends what differs: nothing at all for the same screen. Within
//! a row, a short stretch that stays is written again where that is cheaper than a jump; blank stretches are erased;
//! a colour is set only when it changes and would be seen, and where it is dear, all that has it is sent together.
//! Scrolling regions are not used: they move whole rows, and the screen is mostly a list beside a text.
//!
//! Must never do I/O, ask the terminal anything, or pass on a control character that a cell holds: frames are the
//! same bytes for the local terminal and over SSH. Sequences are those of ECMA-48 and xterm
//! (<https://invisible-island.net/xterm/ctlseqs/ctlseqs.html>); line feeds are sent bare, so the terminal must be raw.

mod cursor;
mod glyph;
mod link;
pub mod modes;
mod order;
mod pen;
mod row;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;

use self::cursor::Cursor;
pub use self::link::Link;
use self::pen::Pen;
use self::row::Row;

/// Begins a frame that the terminal shows only when it is whole (synchronized output); unknown elsewhere, harmless.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// Ends what [`BEGIN`] began.
const END: &[u8] = b"\x1b[?2026l";
const CURSOR_ON: &[u8] = b"\x1b[?25h";
const CURSOR_OFF: &[u8] = b"\x1b[?25l";
/// Plain colours and an empty screen.
const CLEAR: &[u8] = b"\x1b[m\x1b[2J";

/// Which grounds an erased stretch takes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erase {
    /// Only the terminal's own ground: terminals without "background colour erase", such as GNU screen.
    Plain,
    /// The ground that is set ("background colour erase"): almost all others.
    Coloured,
}

impl Erase {
    /// How a terminal erases, from its name: GNU screen's own descriptions say that it does not do it in colour.
    pub fn of(term: &str) -> Self {
        if term.starts_with("screen") && !term.contains("bce") { Self::Plain } else { Self::Coloured }
    }
}

/// What a terminal shows, and how to make it show something else.
#[derive(Debug)]
pub struct Painter {
    erase: Erase,
    /// `None`: unknown, so everything must be sent.
    shown: Option<Buffer>,
    left: Left,
    /// What the last frame was written with.
    pen: Pen,
    /// Whether the terminal takes links.
    links: bool,
    /// The links that it shows.
    linked: Vec<Link>,
}

/// How the cursor was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    Unknown,
    Hidden,
    At(Position),
}

impl Painter {
    /// A painter for a terminal of which nothing is known, not even that it is empty.
    pub fn new(erase: Erase) -> Self {
        let (left, pen) = (Left::Unknown, Pen::default());
        Self { erase, shown: None, left, pen, links: false, linked: Vec::new() }
    }

    /// A painter for a terminal of a name, from which follows how it erases and whether it takes links.
    pub fn of(term: &str) -> Self {
        Self { links: link::are_known(term), ..Self::new(Erase::of(term)) }
    }

    /// Forgets what the terminal shows, so that the next frame sends everything: after a resize, a suspension, or
    /// when something else has written on it.
    pub fn forget(&mut self) {
        self.shown = None;
        self.left = Left::Unknown;
        self.pen = Pen::default();
        self.linked.clear();
    }

    /// Appends to `out` what makes the terminal show `next`, with the cursor at `cursor` or hidden.
    ///
    /// Appends nothing if the terminal shows it already, and one whole frame otherwise: it trusts no place of the
    /// cursor but its own. Colours stay as the last glyph had them, until the next frame or whoever leaves the terminal.
    pub fn paint(&mut self, next: &Buffer, cursor: Option<Position>, out: &mut Vec<u8>) {
        self.paint_linked(next, Vec::new(), cursor, out);
    }

    /// The same with addresses behind some cells, each in one row, where the terminal takes them. Without any, it appends
    /// what [`Painter::paint`] does.
    pub fn paint_linked(
        &mut self,
        next: &Buffer,
        links: Vec<Link>,
        cursor: Option<Position>,
        out: &mut Vec<u8>,
    ) {
        let links = if self.links { links } else { Vec::new() };
        if self.shown.as_ref().is_some_and(|shown| shown.area != next.area) {
            self.forget();
        }
        let start = out.len();
        out.extend_from_slice(BEGIN);
        let empty = out.len();
        if let Some(shown) = &mut self.shown {
            if self.linked != links {
                link::forget(shown, (&self.linked, &links));
            }
            let sent: Vec<bool> =
                links.iter().map(|(area, _)| row_of(shown, area.y) != row_of(next, area.y)).collect();
            self.pen = paint_rows((shown, next), (self.erase, self.pen), out);
            let sent = |row| links.iter().zip(&sent).any(|((area, _), sent)| *sent && area.y == row);
            link::write(next, &links, sent, &mut self.pen, out);
        } else {
            out.extend_from_slice(CLEAR);
            self.pen = paint_whole(next, self.erase, out);
            link::write(next, &links, |_| true, &mut self.pen, out);
            self.shown = Some(next.clone());
        }
        self.linked = links;
        let painted = out.len() > empty;
        let cursor = cursor.map_or(Left::Hidden, Left::At);
        place_cursor(self.left, cursor, painted, out);
        self.left = cursor;
        if out.len() == empty {
            out.truncate(start);
        } else {
            out.extend_from_slice(END);
        }
    }
}

/// The cells of a row; none if there is no such row.
fn row_of(buffer: &Buffer, row: u16) -> &[Cell] {
    let width = usize::from(buffer.area.width).max(1);
    buffer.content.chunks_exact(width).nth(row.into()).unwrap_or_default()
}

/// Paints a screen that was just cleared, and says what the last glyph was written with.
///
/// Row by row: there is nothing to jump over, and the first frame is waited for.
fn paint_whole(next: &Buffer, erase: Erase, out: &mut Vec<u8>) -> Pen {
    let width = usize::from(next.area.width).max(1);
    let (mut at, mut pen) = (Cursor::default(), Pen::default());
    for (y, new) in next.content.chunks_exact(width).enumerate() {
        Row::on_cleared(y as u16, new).paint(0..width, erase, (&mut at, &mut pen), out);
    }
    pen
}

/// Paints the rows that differ, makes `shown` equal to `next`, and says what the last glyph was written with.
fn paint_rows(
    (shown, next): (&mut Buffer, &Buffer),
    (erase, mut pen): (Erase, Pen),
    out: &mut Vec<u8>,
) -> Pen {
    let width = usize::from(next.area.width).max(1);
    let pairs = shown.content.chunks_exact_mut(width).zip(next.content.chunks_exact(width));
    let mut rows = Vec::new();
    for (y, (old, new)) in pairs.enumerate() {
        if let Some(row) = Row::new(y as u16, old, new) {
            rows.push(row);
            old.clone_from_slice(new);
        }
    }
    let order =
        if order::has_long_colours(&rows) { order::by_colour(&rows, pen) } else { order::by_row(&rows) };
    let mut at = Cursor::default();
    for place in order {
        if let Some(row) = rows.get_mut(place.row) {
            row.paint(place.columns, erase, (&mut at, &mut pen), out);
        }
    }
    pen
}

/// Puts the cursor where it belongs, if it is not there already.
fn place_cursor(was: Left, cursor: Left, painted: bool, out: &mut Vec<u8>) {
    match cursor {
        Left::At(place) => {
            if !matches!(was, Left::At(_)) {
                out.extend_from_slice(CURSOR_ON);
            }
            if painted || was != cursor {
                cursor::jump(place.y, place.x, out);
            }
        }
        Left::Hidden if was != Left::Hidden => out.extend_from_slice(CURSOR_OFF),
        Left::Hidden | Left::Unknown => {}
    }
}
