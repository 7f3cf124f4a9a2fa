//! Where a key, a click or an answer of the terminal ends. Must never hold on to what no terminal sends.
//!
//! The notation is that of ECMA-48 and xterm (<https://invisible-island.net/xterm/ctlseqs/ctlseqs.html>); that an
//! escape or another control ends a string, whoever began it, is what terminals do themselves
//! (<https://vt100.net/emu/dec_ansi_parser>).

/// What the beginning of some bytes is.
pub(super) enum Piece {
    /// The beginning of something.
    Unfinished,
    /// So many bytes may be one key or click.
    Whole(usize),
    /// So many bytes are none.
    Noise(usize),
}

/// What `bytes` begin with.
pub(super) fn piece(bytes: &[u8]) -> Piece {
    match bytes {
        [] | [0x1b] | [0x1b, 0x1b] => Piece::Unfinished,
        // The key, or Alt, and a sequence.
        [0x1b, rest @ ..] if matches!(rest, [0x1b, b'[' | b'O', ..]) => match piece(rest) {
            Piece::Unfinished => Piece::Unfinished,
            Piece::Whole(length) => Piece::Whole(length + 1),
            Piece::Noise(_) => Piece::Whole(1),
        },
        // Twice the key: the first one is whole.
        [0x1b, 0x1b, ..] => Piece::Whole(1),
        [0x1b, b'O', rest @ ..] => single_shift(rest),
        [0x1b, b'[', rest @ ..] => control_sequence(rest),
        [0x1b, b']' | b'P' | b'_' | b'^' | b'X', rest @ ..] => string(rest),
        // Alt and a key.
        [0x1b, rest @ ..] => match piece(rest) {
            Piece::Unfinished => Piece::Unfinished,
            Piece::Whole(length) => Piece::Whole(length + 1),
            Piece::Noise(length) => Piece::Noise(length + 1),
        },
        [first, ..] if first.is_ascii() => Piece::Whole(1),
        [first, rest @ ..] => letter(*first, rest),
    }
}

/// What follows `SS3`: one letter; older terminals put what is held with the key before it.
fn single_shift(rest: &[u8]) -> Piece {
    match rest.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b';')) {
        None => Piece::Unfinished,
        Some(at) if !(0x20..=0x7e).contains(&rest[at]) => Piece::Noise(at + 2),
        Some(at) => Piece::Whole(at + 3),
    }
}

/// What follows `CSI` (ECMA-48 § 5.4): parameters, then one final byte.
fn control_sequence(rest: &[u8]) -> Piece {
    match rest {
        // Clicks in the oldest notation, which is never asked for: three bytes of any value.
        [b'M', click @ ..] => {
            if click.len() < 3 {
                Piece::Unfinished
            } else {
                Piece::Noise(6)
            }
        }
        // F1 to F5 of the Linux console.
        [b'['] => Piece::Unfinished,
        [b'[', _, ..] => Piece::Whole(4),
        _ => match rest.iter().position(|byte| !(0x20..=0x3f).contains(byte)) {
            None => Piece::Unfinished,
            Some(at) if !(0x40..=0x7e).contains(&rest[at]) => Piece::Noise(at + 2),
            Some(at) if is_report(&rest[..at], rest[at]) => Piece::Noise(at + 3),
            Some(at) => Piece::Whole(at + 3),
        },
    }
}

/// Whether a terminal says something of itself.
///
/// Whatever has private parameters (attributes, modes, flags of its keyboard) or an intermediate byte (DECRPM); and
/// without them its state (`n`), its window (`t`), its line (`x`), its attributes (`c`) and where its cursor is (`R`,
/// which without parameters is F3).
fn is_report(parameters: &[u8], last: u8) -> bool {
    matches!(parameters.first(), Some(b'?' | b'>' | b'='))
        || parameters.last().is_some_and(|byte| *byte < 0x30)
        || matches!(last, b'n' | b't' | b'x' | b'y' | b'c')
        || (last == b'R' && !parameters.is_empty())
}

/// What follows `OSC`, `DCS`, `APC`, `PM` and `SOS`: a text, up to `BEL` or `ST`. What a text does not hold ends it, too,
/// and means what it means.
fn string(rest: &[u8]) -> Piece {
    let is_end = |byte: &u8| matches!(byte, 0..=0x07 | 0x0e..=0x1f | 0x7f);
    let Some(at) = rest.iter().position(is_end) else { return Piece::Unfinished };
    match rest[at..] {
        [0x07, ..] => Piece::Noise(at + 3),
        [0x1b] => Piece::Unfinished,
        [0x1b, b'\\', ..] => Piece::Noise(at + 4),
        _ => Piece::Noise(at + 2),
    }
}

/// A letter in UTF-8, if it is one.
fn letter(first: u8, rest: &[u8]) -> Piece {
    let more = match first {
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf4 => 3,
        _ => return Piece::Noise(1),
    };
    match rest.iter().take(more).position(|byte| byte & 0xc0 != 0x80) {
        Some(at) => Piece::Noise(at + 1),
        None if rest.len() < more => Piece::Unfinished,
        None => Piece::Whole(more + 1),
    }
}
