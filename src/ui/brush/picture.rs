//! What pictures are drawn with: dots in the nearest shape that a terminal has, signs, arrows, and the ground of land.

use ratatui::style::Style;

use super::super::tones::Tone;
use super::Brush;
use crate::config::{Charset, Theme};

/// Signs of places and edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Mark {
    /// A place.
    Town,
    /// A place that much is said of.
    City,
    /// The left end of a scale.
    LeftEnd,
    /// Its right end.
    RightEnd,
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Upwards.
    Up,
    /// Downwards.
    Down,
    /// Upwards to the left.
    UpLeft,
    /// Upwards to the right.
    UpRight,
    /// Downwards to the left.
    DownLeft,
    /// Downwards to the right.
    DownRight,
}

/// Shapes of ASCII by the dots that they stand for; a cell takes the first one that has all of its dots.
const SHAPES: [(u8, char); 13] = [
    (0b0000_1001, '\''),
    (0b0001_0010, '-'),
    (0b0010_0100, '-'),
    (0b0011_0110, '-'),
    (0b0001_1011, '"'),
    (0b1100_0000, '_'),
    (0b1110_0100, '.'),
    (0b0100_0111, '|'),
    (0b1011_1000, '|'),
    (0b0111_1000, '/'),
    (0b0101_1110, '/'),
    (0b1010_0011, '\\'),
    (0b1011_0001, '\\'),
];

/// The dots of the upper and of the lower half of a cell.
const UPPER: u8 = 0b0001_1011;
const LOWER: u8 = !UPPER;

/// The shape of ASCII that has all of some dots.
fn stroke(bits: u8) -> char {
    SHAPES.iter().find(|(shape, _)| bits & !shape == 0).map_or(':', |(_, c)| *c)
}

impl Brush {
    /// The character for a cell's dots, given as the low byte of a braille pattern.
    pub(in crate::ui) fn dots(self, bits: u8) -> char {
        match self.look.charset {
            Charset::Unicode => char::from_u32(0x2800 + u32::from(bits)).unwrap_or(' '),
            Charset::Blocks => match (bits & UPPER, bits & LOWER) {
                (0, _) => '▄',
                (_, 0) => '▀',
                _ => '█',
            },
            Charset::Ascii => stroke(bits),
        }
    }

    /// The character for the dots of a thin line: where there is no braille, a stroke rather than half a block.
    pub(in crate::ui) fn line_dots(self, bits: u8) -> char {
        match self.look.charset {
            Charset::Unicode => self.dots(bits),
            Charset::Blocks | Charset::Ascii => stroke(bits),
        }
    }

    /// Whether dots are drawn as blocks, which are heavier than lines.
    pub(in crate::ui) fn has_blocks(self) -> bool {
        self.look.charset == Charset::Blocks
    }

    pub(in crate::ui) fn mark(self, mark: Mark) -> &'static str {
        let (unicode, ascii) = match mark {
            Mark::Town => ("▪", "o"),
            Mark::City => ("■", "O"),
            Mark::LeftEnd => ("├", "|"),
            Mark::RightEnd => ("┤", "|"),
            Mark::Left => ("◀", "<"),
            Mark::Right => ("▶", ">"),
            Mark::Up => ("▲", "^"),
            Mark::Down => ("▼", "v"),
            // The console of Linux has no slanted ones.
            Mark::UpLeft | Mark::UpRight if self.has_blocks() => ("▲", "^"),
            Mark::DownLeft | Mark::DownRight if self.has_blocks() => ("▼", "v"),
            Mark::UpLeft => ("◤", "^"),
            Mark::UpRight => ("◥", "^"),
            Mark::DownLeft => ("◣", "v"),
            Mark::DownRight => ("◢", "v"),
        };
        match self.look.charset {
            Charset::Unicode | Charset::Blocks => unicode,
            Charset::Ascii => ascii,
        }
    }

    /// Whether land has a ground of its own: enough colours to tell it from the sea, and enough contrast on both.
    pub(in crate::ui) fn has_land(self) -> bool {
        self.has_chosen_ground() && self.look.theme != Theme::Contrast
    }

    /// The ground of land.
    pub(in crate::ui) fn land(self) -> Style {
        Style::new().bg(self.color(Tone::Land))
    }

    /// What leads from one thing to another.
    pub(in crate::ui) fn link(self) -> Style {
        self.tone(Tone::Link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Depth, Look};

    fn brush(charset: Charset) -> Brush {
        Brush::new(Look { theme: Theme::Dark, depth: Depth::True, charset })
    }

    #[test]
    fn dots_become_the_nearest_shape() {
        for (bits, braille, block, ascii) in [
            (0x01, '⠁', '▀', '\''),
            (0xc0, '⣀', '▄', '_'),
            (0x47, '⡇', '█', '|'),
            (0xb8, '⢸', '█', '|'),
            (0x12, '⠒', '▀', '-'),
            (0x24, '⠤', '▄', '-'),
            (0x58, '⡘', '█', '/'),
            (0xa1, '⢡', '█', '\\'),
            (0xff, '⣿', '█', ':'),
        ] {
            let shown =
                [Charset::Unicode, Charset::Blocks, Charset::Ascii].map(|charset| brush(charset).dots(bits));
            assert_eq!(shown, [braille, block, ascii]);
            let lines = [Charset::Unicode, Charset::Blocks, Charset::Ascii]
                .map(|charset| brush(charset).line_dots(bits));
            assert_eq!(lines, [braille, ascii, ascii]);
        }
    }
}
