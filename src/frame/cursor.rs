//! Where the terminal's cursor is as far as that is known, and the shortest way to somewhere else.
//!
//! Must never trust a place that terminals disagree on: after the last column, after a glyph of doubtful width.

/// The cursor. Rows and columns count from 0; `None` is "unknown".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    row: Option<u16>,
    column: Option<u16>,
    /// The column if the terminal takes ambiguous characters for narrow ones.
    guess: Option<u16>,
    /// The row that is being painted.
    target: u16,
}

impl Cursor {
    /// Says which row is painted from now on.
    pub(super) fn aim(&mut self, row: u16) {
        self.target = row;
    }

    /// Whether the cursor is on the painted row at `column`, or would be if ambiguous characters were narrow.
    pub(super) fn may_be_at(self, column: u16) -> bool {
        self.row == Some(self.target) && (self.column == Some(column) || self.guess == Some(column))
    }

    /// Whether the cursor is on the painted row and its column is known.
    pub(super) fn known_column(self) -> Option<u16> {
        self.column.filter(|_| self.row == Some(self.target))
    }

    /// Goes to `column` of the painted row.
    pub(super) fn go(&mut self, column: u16, out: &mut Vec<u8>) {
        let row = self.target;
        if self.row != Some(row) || self.column != Some(column) {
            let mut best = Vec::with_capacity(12);
            jump(row, column, &mut best);
            for way in [within_row(*self, column), from_row_above(*self, column)].into_iter().flatten() {
                if way.len() < best.len() {
                    best = way;
                }
            }
            out.extend_from_slice(&best);
        }
        *self = Self { row: Some(row), column: Some(column), guess: None, target: row };
    }

    /// A glyph was written and moved the cursor to `column`; at `end` the terminal may wait to wrap.
    pub(super) fn advance(&mut self, column: u16, end: u16) {
        self.column = (column < end).then_some(column);
        self.guess = None;
    }

    /// A glyph was written of which not every terminal thinks that it ends before `column`.
    pub(super) fn advance_unsure(&mut self, column: u16, guess: bool, end: u16) {
        self.column = None;
        self.guess = (guess && column < end).then_some(column);
        if column >= end {
            self.row = None;
        }
    }
}

/// Goes to a place whatever was before: `CSI row ; column H`.
pub(super) fn jump(row: u16, column: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    if (row, column) != (0, 0) {
        number(row + 1, out);
    }
    if column > 0 {
        out.push(b';');
        number(column + 1, out);
    }
    out.push(b'H');
}

/// `number` in decimal.
pub(super) fn number(number: u16, out: &mut Vec<u8>) {
    // 65535 has five digits.
    let mut digits = [0; 5];
    let mut rest = number;
    let mut first = digits.len();
    while first > 0 && (rest > 0 || first == digits.len()) {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.extend_from_slice(&digits[first..]);
}

/// A control sequence with one number, which is left out if it is 1.
fn sequence(count: u16, letter: u8) -> Vec<u8> {
    let mut way = b"\x1b[".to_vec();
    if count != 1 {
        number(count, &mut way);
    }
    way.push(letter);
    way
}

fn within_row(from: Cursor, column: u16) -> Option<Vec<u8>> {
    if from.row != Some(from.target) {
        return None;
    }
    let absolute = if column == 0 { b"\r".to_vec() } else { sequence(column + 1, b'G') };
    let relative = from.column.map(|at| match column.checked_sub(at) {
        Some(0) => Vec::new(),
        Some(right) => sequence(right, b'C'),
        None if at - column <= 4 => vec![8; usize::from(at - column)],
        None => sequence(at - column, b'D'),
    });
    [Some(absolute), relative].into_iter().flatten().min_by_key(Vec::len)
}

/// Down by line feeds, then along the row. A line feed keeps the column, since the terminal is raw, and scrolls
/// only on the last row, from which no way leads down.
fn from_row_above(from: Cursor, column: u16) -> Option<Vec<u8>> {
    let down = from.target.checked_sub(from.row?).filter(|down| *down > 0)?;
    let mut way = if down <= 3 { vec![b'\n'; usize::from(down)] } else { sequence(down, b'B') };
    let there = Cursor { row: Some(from.target), guess: None, ..from };
    way.extend(within_row(there, column)?);
    Some(way)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_way_is_taken() {
        for (row, column, to_row, to_column, expected) in [
            (None, None, 0, 0, "\x1b[H"),
            (None, None, 4, 0, "\x1b[5H"),
            (None, None, 0, 7, "\x1b[1;8H"),
            (Some(4), Some(7), 4, 7, ""),
            (Some(4), Some(7), 4, 8, "\x1b[C"),
            (Some(4), Some(7), 4, 30, "\x1b[31G"),
            (Some(4), Some(7), 4, 0, "\r"),
            (Some(4), Some(7), 4, 5, "\x08\x08"),
            (Some(4), Some(99), 4, 90, "\x1b[9D"),
            (Some(4), None, 4, 8, "\x1b[9G"),
            (Some(4), Some(7), 5, 0, "\n\r"),
            (Some(4), Some(7), 6, 7, "\n\n"),
            (Some(4), None, 5, 0, "\n\r"),
            (Some(4), Some(7), 15, 7, "\x1b[11B"),
            (Some(4), Some(7), 0, 0, "\x1b[H"),
        ] {
            let mut cursor = Cursor { row, column, guess: None, target: to_row };
            let mut out = Vec::new();
            cursor.go(to_column, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), expected, "{row:?},{column:?} → {to_row},{to_column}");
        }
    }
}
