//! One row: which glyphs must be sent, which of them together, and how.
//!
//! Must never leave half of a wide glyph: where an old one is cut or a new one begins, both halves are sent.

use std::iter;
use std::ops::Range;

use ratatui::buffer::Cell;

use super::Erase;
use super::cursor::{Cursor, number};
use super::glyph::{Colours, Glyph, Trust, glyphs, is_same};
use super::pen::Pen;

/// The longest stretch that is written again rather than jumped over, in cells: a jump takes at most ten bytes.
const GAP: usize = 10;
/// What erasing a stretch inside a row costs beside its own sequence: the way behind it.
const WAY_BEHIND: usize = 5;

/// A row that differs, and which of its glyphs are still to be sent.
#[derive(Debug)]
pub(super) struct Row<'a> {
    y: u16,
    glyphs: Vec<Glyph<'a>>,
    changed: Vec<bool>,
}

/// Glyphs of a row that are written one after the other.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) columns: Range<usize>,
    pub(super) colours: Colours,
}

impl<'a> Row<'a> {
    /// What turns the row `old` into `new`, which are of one length; `None` if they are the same.
    pub(super) fn new(y: u16, old: &[Cell], new: &'a [Cell]) -> Option<Self> {
        let first = old.iter().zip(new).position(|(old, new)| !is_same(old, new))?;
        let glyphs = glyphs(new);
        // Up to the first cell that differs, both rows hold the same glyphs: there they need no comparison.
        let start = (0..=first).rev().find(|column| glyphs[*column] != Glyph::Covered).unwrap_or_default();
        let mut changed = vec![false; glyphs.len()];
        changes(self::glyphs(&old[start..]).into_iter(), &glyphs[start..], &mut changed[start..]);
        Some(Self { y, glyphs, changed })
    }

    /// What puts `new` on a row that was just cleared.
    pub(super) fn on_cleared(y: u16, new: &'a [Cell]) -> Self {
        let glyphs = glyphs(new);
        let mut changed = vec![false; glyphs.len()];
        changes(iter::repeat(Glyph::CLEARED), &glyphs, &mut changed);
        Self { y, glyphs, changed }
    }

    /// The colours of its glyphs.
    pub(super) fn colours(&self) -> impl Iterator<Item = Colours> {
        self.glyphs.iter().map(|glyph| glyph.colours())
    }

    /// Its columns.
    pub(super) fn len(&self) -> usize {
        self.glyphs.len()
    }

    /// Splits what must be sent by colours, from left to right.
    ///
    /// A blank goes with its neighbours. So does what a glyph of doubtful width may reach into: it must be sent after
    /// that glyph.
    pub(super) fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        // Up to here, a glyph of doubtful width may reach.
        let mut bound = 0;
        for (column, glyph) in self.glyphs.iter().enumerate().filter(|(column, _)| self.changed[*column]) {
            let colours = glyph.colours();
            let behind = column + glyph.cells();
            let joined = runs
                .last_mut()
                .filter(|run| run.columns.end == column)
                .filter(|run| column < bound || run.colours.agree(colours));
            if let Some(run) = joined {
                run.columns.end = behind;
                run.colours = run.colours.or(colours);
            } else {
                runs.push(Run { columns: column..behind, colours });
            }
            bound = bound.max(if glyph.trust() == Trust::Sure { 0 } else { column + glyph.reach() });
        }
        runs
    }

    /// Writes what is still to be sent within `columns`.
    pub(super) fn paint(
        &mut self,
        columns: Range<usize>,
        erase: Erase,
        (at, pen): (&mut Cursor, &mut Pen),
        out: &mut Vec<u8>,
    ) {
        at.aim(self.y);
        let mut column = columns.start;
        while let Some(next) = (column..columns.end).find(|column| self.changed[*column]) {
            reach(&self.glyphs, next, (at, pen), out);
            column = if let Some(stretch) = blanks(&self.glyphs, &self.changed, next, erase) {
                wipe(&stretch, (at, pen), out);
                stretch.behind
            } else {
                let behind = next + write(&self.glyphs, next, (at, pen), out);
                self.write_on(behind..columns.end, (at, pen), out)
            };
            self.changed[next..column].fill(false);
        }
    }

    /// Writes what follows in the very colours of the pen, and says where that ends: most letters of most words.
    fn write_on(
        &self,
        columns: Range<usize>,
        (at, pen): (&mut Cursor, &mut Pen),
        out: &mut Vec<u8>,
    ) -> usize {
        let Range { start, end } = columns;
        if at.known_column() != Some(start as u16) {
            return start;
        }
        let mut column = start;
        while column < end
            && self.changed[column]
            && let Glyph::Shown { symbol, cells: 1, trust: Trust::Sure, look } = self.glyphs[column]
            && pen.is(look)
        {
            out.extend_from_slice(symbol.as_bytes());
            column += 1;
        }
        at.advance(column as u16, self.glyphs.len() as u16);
        column
    }
}

/// Says in `changed` which columns begin a glyph that must be sent.
fn changes<'a>(old: impl Iterator<Item = Glyph<'a>>, new: &[Glyph<'_>], changed: &mut [bool]) {
    // Up to here, a glyph that is being replaced or written may have left something on terminals that take it for
    // wider than it is.
    let mut stained = 0;
    for (column, (before, after)) in old.zip(new).enumerate() {
        let differs = before != *after;
        if differs {
            stained = stained.max(column + before.reach());
        }
        // Where an ambiguous glyph reaches over a blank, nothing is lost.
        let covers = !differs && column > 0 && column + 1 == stained && overlaps(new[column - 1], *after);
        if *after != Glyph::Covered && (differs || column < stained) && !covers {
            changed[column] = true;
            stained = stained.max(column + after.reach());
        }
    }
}

/// Whether the right half of `glyph`, where it has one, may lie over `behind`.
fn overlaps(glyph: Glyph<'_>, behind: Glyph<'_>) -> bool {
    matches!(behind, Glyph::Blank { look } if look.is_ground())
        && glyph.trust() == Trust::Ambiguous
        && glyph.colours().bg == behind.colours().bg
}

/// Brings the cursor to `column`, over cells that stay as they are: by a jump or by writing them again.
fn reach(new: &[Glyph<'_>], column: usize, (at, pen): (&mut Cursor, &mut Pen), out: &mut Vec<u8>) {
    if at.known_column() == Some(column as u16) {
        return;
    }
    if at.may_be_at(column as u16) && new[column].trust() == Trust::Ambiguous {
        return;
    }
    let start = out.len();
    let mut by_jump = *at;
    by_jump.go(column as u16, out);
    let from = at.known_column().map(usize::from).filter(|from| *from < column && column - from <= GAP);
    if let Some(gap) = from.and_then(|from| new.get(from..column))
        && gap.iter().all(|glyph| glyph.trust() == Trust::Sure)
    {
        let jumped = out.len();
        let mut jump_pen = *pen;
        set(&mut jump_pen, new[column], out);
        let cost = out.len() - start;
        out.truncate(jumped);
        let mut again = Vec::with_capacity(2 * GAP);
        let mut gap_pen = *pen;
        for glyph in gap {
            put(&mut gap_pen, *glyph, &mut again);
        }
        let length = again.len();
        let mut after = gap_pen;
        set(&mut after, new[column], &mut again);
        if again.len() <= cost {
            out.truncate(start);
            out.extend_from_slice(again.get(..length).unwrap_or_default());
            *pen = gap_pen;
            at.advance(column as u16, u16::MAX);
            return;
        }
    }
    *at = by_jump;
}

/// Writes the glyph at `column`, and says how many columns it takes.
fn write(new: &[Glyph<'_>], column: usize, (at, pen): (&mut Cursor, &mut Pen), out: &mut Vec<u8>) -> usize {
    let glyph = new[column];
    let behind = (column + glyph.cells()) as u16;
    let end = new.len() as u16;
    let trust = glyph.trust();
    if trust == Trust::Doubtful && glyph.cells() > 1 {
        // A terminal that takes it for narrow would leave what was in its second cell.
        set(pen, glyph, out);
        out.extend((0..glyph.cells()).map(|_| b' '));
        at.advance(behind, end);
        at.go(column as u16, out);
    }
    put(pen, glyph, out);
    match trust {
        Trust::Sure => at.advance(behind, end),
        Trust::Ambiguous => at.advance_unsure(behind, true, end),
        Trust::Doubtful => at.advance_unsure(behind, false, end),
    }
    glyph.cells()
}

/// Sets the pen as `glyph` needs it.
fn set(pen: &mut Pen, glyph: Glyph<'_>, out: &mut Vec<u8>) {
    match glyph {
        Glyph::Shown { look, .. } => pen.set(look, out),
        Glyph::Blank { look } => pen.set_blank(look, out),
        Glyph::Covered => {}
    }
}

/// Sets the pen and writes `glyph`.
fn put(pen: &mut Pen, glyph: Glyph<'_>, out: &mut Vec<u8>) {
    set(pen, glyph, out);
    match glyph {
        Glyph::Shown { symbol, .. } => out.extend_from_slice(symbol.as_bytes()),
        Glyph::Blank { .. } => out.push(b' '),
        Glyph::Covered => {}
    }
}

/// Blanks of one ground that are cheaper to erase than to write.
struct Stretch<'a> {
    glyph: Glyph<'a>,
    /// How many cells to erase; `None` is up to the end of the row.
    cells: Option<u16>,
    /// The first column that need not be looked at again.
    behind: usize,
}

/// The blanks from `column` on, if erasing them pays.
fn blanks<'a>(new: &[Glyph<'a>], changed: &[bool], column: usize, erase: Erase) -> Option<Stretch<'a>> {
    let glyph = new[column];
    let Glyph::Blank { look } = glyph else { return None };
    let coloured = look.bg != ratatui::style::Color::Reset;
    if !look.is_ground() || (coloured && erase == Erase::Plain) {
        return None;
    }
    let behind = (column..new.len()).find(|column| new[*column] != glyph).unwrap_or(new.len());
    let last = (column..behind).rev().find(|column| changed[*column])?;
    let spaces = last + 1 - column;
    let to_the_end = behind == new.len() && spaces > "\x1b[K".len();
    let inside = spaces > "\x1b[10X".len() + WAY_BEHIND;
    let cells = if to_the_end { None } else { Some(spaces as u16) };
    (to_the_end || inside).then_some(Stretch {
        glyph,
        cells,
        behind: if to_the_end { behind } else { last + 1 },
    })
}

/// Erases a stretch that begins at the cursor, which stays where it is.
fn wipe(stretch: &Stretch<'_>, (_, pen): (&mut Cursor, &mut Pen), out: &mut Vec<u8>) {
    set(pen, stretch.glyph, out);
    out.extend_from_slice(b"\x1b[");
    if let Some(cells) = stretch.cells {
        number(cells, out);
        out.push(b'X');
    } else {
        out.push(b'K');
    }
}
