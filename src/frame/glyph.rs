//! A row of cells as a terminal sees it: glyphs that take one cell or more, and cells that a glyph before covers.
//!
//! Must never let a control character through, nor a glyph that the row would cut in half: both become blanks.

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::{Color, Modifier};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Modifiers that are sent; blinking and hidden text are not.
pub(super) const SENT: Modifier = Modifier::BOLD
    .union(Modifier::DIM)
    .union(Modifier::ITALIC)
    .union(Modifier::UNDERLINED)
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// Modifiers that show on a blank.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// Colours and modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) fg: Color,
    pub(super) bg: Color,
    pub(super) modifier: Modifier,
}

/// The colours that a glyph is seen in. A blank has no foreground, and goes with any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colours {
    pub(super) fg: Option<Color>,
    pub(super) bg: Color,
}

impl Colours {
    /// Whether one pen can have both.
    pub(super) fn agree(self, other: Self) -> bool {
        self.bg == other.bg && (self.fg == other.fg || self.fg.is_none() || other.fg.is_none())
    }

    /// These, and the foreground of `other` if they have none.
    pub(super) fn or(self, other: Self) -> Self {
        Self { fg: self.fg.or(other.fg), ..self }
    }
}

/// What the cells of a row show from some column on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Glyph<'a> {
    /// A character, with everything that combines with it, how many cells it takes, and who agrees on that.
    Shown { symbol: &'a str, cells: u16, trust: Trust, look: Look },
    /// Nothing but the ground; foreground, weight and slant do not matter and are those of `Look::blank`.
    Blank { look: Look },
    /// Covered by the glyph before.
    Covered,
}

/// How far terminals agree on the width of a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// Everywhere the same.
    Sure,
    /// Twice as wide in some East Asian settings (UAX #11, "ambiguous").
    Ambiguous,
    /// Old and new terminals differ: emoji, joiners, variation selectors, combining marks.
    Doubtful,
}

impl Look {
    /// What remains of a look on a blank: the ground, and what is drawn across it.
    fn blank(self) -> Self {
        let modifier = self.modifier & SEEN_ON_BLANKS;
        let fg = if modifier.is_empty() { Color::Reset } else { self.fg };
        Self { fg, bg: self.bg, modifier }
    }

    /// Whether an erased cell can have this look: a ground alone.
    pub(super) fn is_ground(self) -> bool {
        self.modifier.is_empty()
    }
}

impl PartialEq for Glyph<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Shown { symbol, look, .. }, Self::Shown { symbol: other, look: other_look, .. }) => {
                is_same_symbol(symbol, other) && look == other_look
            }
            (Self::Blank { look }, Self::Blank { look: other }) => look == other,
            (Self::Covered, Self::Covered) => true,
            _ => false,
        }
    }
}

impl Glyph<'_> {
    /// What stands everywhere after the screen was cleared.
    pub(super) const CLEARED: Self =
        Self::Blank { look: Look { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() } };

    /// How many columns it takes, itself included.
    pub(super) fn cells(self) -> usize {
        match self {
            Self::Shown { cells, .. } => usize::from(cells),
            Self::Blank { .. } | Self::Covered => 1,
        }
    }

    /// The colours that it is seen in.
    pub(super) fn colours(self) -> Colours {
        match self {
            Self::Shown { look, .. } => Colours { fg: Some(look.fg), bg: look.bg },
            Self::Blank { look } => Colours { fg: (!look.is_ground()).then_some(look.fg), bg: look.bg },
            Self::Covered => Colours { fg: None, bg: Color::Reset },
        }
    }

    /// How far terminals agree on its width.
    pub(super) fn trust(self) -> Trust {
        match self {
            Self::Shown { trust, .. } => trust,
            Self::Blank { .. } | Self::Covered => Trust::Sure,
        }
    }

    /// The most columns that any terminal may take for it.
    pub(super) fn reach(self) -> usize {
        match self {
            Self::Shown { symbol, trust, .. } if trust != Trust::Sure => {
                let apart: usize = symbol.chars().map(|c| c.width_cjk().unwrap_or(0)).sum();
                apart.max(self.cells() + 1)
            }
            _ => self.cells(),
        }
    }
}

/// Whether two cells hold the same. Asked of every cell of every frame.
pub(super) fn is_same(a: &Cell, b: &Cell) -> bool {
    is_same_symbol(a.symbol(), b.symbol()) && a.fg == b.fg && a.bg == b.bg && a.modifier == b.modifier
}

/// Whether two symbols are the same: almost all are one byte, which needs no comparison of memory.
fn is_same_symbol(a: &str, b: &str) -> bool {
    match (a.as_bytes(), b.as_bytes()) {
        ([a], [b]) => a == b,
        (a, b) => a == b,
    }
}

/// Reads a row of cells, from the beginning of a glyph on.
pub(super) fn glyphs(row: &[Cell]) -> Vec<Glyph<'_>> {
    let mut found = Vec::with_capacity(row.len());
    while let Some(cell) = row.get(found.len()) {
        let look = Look { fg: cell.fg, bg: cell.bg, modifier: cell.modifier & SENT };
        let symbol = cell.symbol();
        match symbol.as_bytes() {
            [b' '] => found.push(Glyph::Blank { look: look.blank() }),
            [b'!'..=b'~'] => found.push(Glyph::Shown { symbol, cells: 1, trust: Trust::Sure, look }),
            _ => {
                let room = row.len() - found.len();
                let cells = cells(symbol);
                if (1..=room).contains(&usize::from(cells)) {
                    found.push(Glyph::Shown { symbol, cells, trust: trust(symbol), look });
                    found.extend((1..cells).map(|_| Glyph::Covered));
                } else {
                    found.push(Glyph::Blank { look: look.blank() });
                }
            }
        }
    }
    found
}

/// Cells that a symbol takes; 0 if it may not be shown.
fn cells(symbol: &str) -> u16 {
    if symbol.chars().any(char::is_control) { 0 } else { symbol.cell_width() }
}

fn trust(symbol: &str) -> Trust {
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return Trust::Doubtful };
    match (symbol.width(), symbol.width_cjk()) {
        (1, 1) if c < EMOJI => Trust::Sure,
        (1, 2) if c < EMOJI => Trust::Ambiguous,
        (2, _) if is_old_and_wide(c) => Trust::Sure,
        _ => Trust::Doubtful,
    }
}

/// From here on stand pictures, whose widths came late and differ.
const EMOJI: char = '\u{1f000}';

/// Wide since the first edition of UAX #11: kana, Han, Hangul syllables, full-width forms.
fn is_old_and_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_terminals_agree() {
        for (symbol, expected) in [
            ("a", Trust::Sure),
            ("한", Trust::Sure),
            ("中", Trust::Sure),
            ("─", Trust::Ambiguous),
            ("’", Trust::Ambiguous),
            ("К", Trust::Sure),
            ("●", Trust::Ambiguous),
            ("e\u{301}", Trust::Doubtful),
            ("❤\u{fe0f}", Trust::Doubtful),
            ("👩\u{200d}👧", Trust::Doubtful),
            ("😀", Trust::Doubtful),
            ("\u{1112}\u{1161}\u{11ab}", Trust::Doubtful),
        ] {
            assert_eq!(trust(symbol), expected, "{symbol:?}");
        }
    }

    #[test]
    fn halves_and_control_characters_become_blanks() {
        let row = |symbols: &[&str]| -> Vec<Cell> {
            symbols.iter().map(|symbol| Cell::default().set_symbol(symbol).clone()).collect()
        };
        let shape = |symbols: &[&str]| -> String {
            let shape = |glyph: &Glyph<'_>| match glyph {
                Glyph::Shown { .. } => 'x',
                Glyph::Blank { .. } => '_',
                Glyph::Covered => '<',
            };
            glyphs(&row(symbols)).iter().map(shape).collect()
        };
        assert_eq!(shape(&["a", "한", "z", "b"]), "xx<x", "what a wide glyph covers is not read");
        assert_eq!(shape(&["a", "한"]), "x_", "no room for both halves");
        assert_eq!(shape(&["\u{1b}", "\u{9b}", "a\u{7}", "\u{301}", ""]), "_____");
    }
}
