//! Colours and modifiers as they are set on the terminal, and the shortest way to others (SGR, ECMA-48 § 8.3.117).
//!
//! Must never change what would not be seen: on a blank, only the ground and what is drawn across it count.

use ratatui::style::{Color, Modifier};

use super::glyph::{Colours, Look};

/// What the terminal writes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    look: Look,
}

impl Default for Pen {
    fn default() -> Self {
        Self { look: Look { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() } }
    }
}

/// Codes that set one modifier.
const ON: [(Modifier, &[u8]); 6] = [
    (Modifier::BOLD, b"1"),
    (Modifier::DIM, b"2"),
    (Modifier::ITALIC, b"3"),
    (Modifier::UNDERLINED, b"4"),
    (Modifier::REVERSED, b"7"),
    (Modifier::CROSSED_OUT, b"9"),
];

/// Codes that take modifiers away; bold and dim have one in common.
const OFF: [(Modifier, &[u8]); 5] = [
    (Modifier::BOLD.union(Modifier::DIM), b"22"),
    (Modifier::ITALIC, b"23"),
    (Modifier::UNDERLINED, b"24"),
    (Modifier::REVERSED, b"27"),
    (Modifier::CROSSED_OUT, b"29"),
];

impl Pen {
    /// Whether it is set exactly so.
    pub(super) fn is(self, look: Look) -> bool {
        self.look == look
    }

    /// Sets exactly `look`, for a glyph that is seen.
    pub(super) fn set(&mut self, look: Look, out: &mut Vec<u8>) {
        if self.look == look {
            return;
        }
        let start = out.len();
        self.change(look, out);
        // A reset is shorter only where it takes something away.
        if self.loses(look) {
            let middle = out.len();
            afresh(look, out);
            keep_shorter(start, middle, out);
        }
        self.look = look;
    }

    /// Whether a modifier or a colour of its own goes on the way to `look`.
    fn loses(self, look: Look) -> bool {
        let colour = |own: Color, next: Color| own != Color::Reset && next == Color::Reset;
        !(self.look.modifier - look.modifier).is_empty()
            || colour(self.look.fg, look.fg)
            || colour(self.look.bg, look.bg)
    }

    /// Sets what shows of `look` on a blank, and leaves the rest as it is.
    pub(super) fn set_blank(&mut self, look: Look, out: &mut Vec<u8>) {
        let across = Modifier::UNDERLINED | Modifier::REVERSED | Modifier::CROSSED_OUT;
        let fg = if look.is_ground() { self.look.fg } else { look.fg };
        let kept = Look { fg, bg: look.bg, modifier: look.modifier | (self.look.modifier - across) };
        let start = out.len();
        let before = *self;
        self.set(kept, out);
        let middle = out.len();
        // Nothing is shorter than nothing: so it is for most blanks, which stand between words of one colour.
        if middle == start || kept == look {
            return;
        }
        let mut other = before;
        other.set(look, out);
        if keep_shorter(start, middle, out) {
            *self = other;
        }
    }

    /// The colours that are set.
    pub(super) fn colours(self) -> Colours {
        Colours { fg: Some(self.look.fg), bg: self.look.bg }
    }

    /// The codes that differ, and no others.
    fn change(self, to: Look, out: &mut Vec<u8>) {
        let mut codes = Codes::new(out);
        let gone = self.look.modifier - to.modifier;
        let mut kept = self.look.modifier;
        for (modifiers, code) in OFF {
            if gone.intersects(modifiers) {
                codes.push(code);
                kept -= modifiers;
            }
        }
        codes.modifiers(to.modifier - kept);
        if self.look.fg != to.fg {
            codes.colour(to.fg, Layer::Letters);
        }
        if self.look.bg != to.bg {
            codes.colour(to.bg, Layer::Ground);
        }
        codes.end();
    }
}

/// Keeps the shorter of what was written from `start` and from `middle` on, the first of two that are as long; whether
/// that is the second.
fn keep_shorter(start: usize, middle: usize, out: &mut Vec<u8>) -> bool {
    let second = out.len() - middle < middle - start;
    if second {
        out.drain(start..middle);
    } else {
        out.truncate(middle);
    }
    second
}

/// Writes the codes for `look` after a reset.
fn afresh(look: Look, out: &mut Vec<u8>) {
    if look == Pen::default().look {
        out.extend_from_slice(b"\x1b[m");
        return;
    }
    let mut codes = Codes::new(out);
    codes.push(b"0");
    codes.modifiers(look.modifier);
    if look.fg != Color::Reset {
        codes.colour(look.fg, Layer::Letters);
    }
    if look.bg != Color::Reset {
        codes.colour(look.bg, Layer::Ground);
    }
    codes.end();
}

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Letters,
    Ground,
}

/// One control sequence that is being written: `CSI code ; code m`.
struct Codes<'a> {
    out: &'a mut Vec<u8>,
    any: bool,
}

impl<'a> Codes<'a> {
    fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, any: false }
    }

    fn push(&mut self, code: &[u8]) {
        self.out.extend_from_slice(if self.any { b";" } else { b"\x1b[" });
        self.out.extend_from_slice(code);
        self.any = true;
    }

    fn number(&mut self, code: u16) {
        self.push(b"");
        super::cursor::number(code, self.out);
    }

    fn modifiers(&mut self, modifiers: Modifier) {
        if modifiers.is_empty() {
            return;
        }
        for (modifier, code) in ON {
            if modifiers.contains(modifier) {
                self.push(code);
            }
        }
    }

    /// A colour as it is; how many colours there are was decided by whoever drew.
    fn colour(&mut self, colour: Color, layer: Layer) {
        let base = if layer == Layer::Ground { 10 } else { 0 };
        match colour {
            Color::Indexed(index) => {
                for code in [38 + base, 5, u16::from(index)] {
                    self.number(code);
                }
            }
            Color::Rgb(red, green, blue) => {
                for code in [38 + base, 2, red.into(), green.into(), blue.into()] {
                    self.number(code);
                }
            }
            named => self.number(base + named_code(named)),
        }
    }

    fn end(self) {
        if self.any {
            self.out.push(b'm');
        }
    }
}

/// The code of a named colour for letters.
fn named_code(colour: Color) -> u16 {
    match colour {
        Color::Black => 30,
        Color::Red => 31,
        Color::Green => 32,
        Color::Yellow => 33,
        Color::Blue => 34,
        Color::Magenta => 35,
        Color::Cyan => 36,
        Color::Gray => 37,
        Color::DarkGray => 90,
        Color::LightRed => 91,
        Color::LightGreen => 92,
        Color::LightYellow => 93,
        Color::LightBlue => 94,
        Color::LightMagenta => 95,
        Color::LightCyan => 96,
        Color::White => 97,
        Color::Reset | Color::Indexed(_) | Color::Rgb(..) => 39,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(fg: Color, bg: Color, modifier: Modifier) -> Look {
        Look { fg, bg, modifier }
    }

    #[test]
    fn the_shortest_way_from_one_look_to_another() {
        let plain = Pen::default().look;
        let bold = look(Color::Reset, Color::Reset, Modifier::BOLD);
        let dim = look(Color::Reset, Color::Reset, Modifier::DIM);
        let both = look(Color::Reset, Color::Reset, Modifier::BOLD | Modifier::DIM);
        let red = look(Color::Red, Color::Reset, Modifier::empty());
        let busy = look(Color::Rgb(1, 2, 3), Color::Indexed(200), Modifier::BOLD | Modifier::ITALIC);
        for (from, to, expected) in [
            (plain, plain, ""),
            (plain, bold, "\x1b[1m"),
            (bold, plain, "\x1b[m"),
            (bold, dim, "\x1b[0;2m"),
            (both, bold, "\x1b[0;1m"),
            (plain, red, "\x1b[31m"),
            (red, look(Color::White, Color::Black, Modifier::empty()), "\x1b[97;40m"),
            (plain, busy, "\x1b[1;3;38;2;1;2;3;48;5;200m"),
            (busy, red, "\x1b[0;31m"),
            (busy, Look { fg: Color::Reset, ..busy }, "\x1b[39m"),
        ] {
            let mut pen = Pen { look: from };
            let mut out = Vec::new();
            pen.set(to, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), expected, "{from:?} → {to:?}");
            assert_eq!(pen.look, to);
        }
    }

    #[test]
    fn on_a_blank_letters_have_no_colour() {
        let busy = look(Color::Red, Color::Reset, Modifier::BOLD | Modifier::UNDERLINED);
        let mut out = Vec::new();
        let mut pen = Pen { look: look(Color::Red, Color::Reset, Modifier::BOLD) };
        pen.set_blank(Pen::default().look, &mut out);
        assert!(out.is_empty(), "a red, bold pen writes a plain blank");
        let mut pen = Pen { look: busy };
        pen.set_blank(Pen::default().look, &mut out);
        assert_eq!(out, b"\x1b[m", "an underlined one does not");
    }
}
