//! Bytes of a terminal → messages, wherever a packet happens to end.
//!
//! Cuts the stream into whole key sequences, which `decode` reads one by one. Drops what terminals report without
//! being a key, but for the answers to "are you there" (`CSI 5 n`), which it counts: each says that a frame has been
//! drawn. Must never hold more than some hundred bytes, or give other messages when the same bytes come in other
//! pieces.

use std::time::Duration;

use super::decode::decode;
use crate::app::Msg;
use crate::keys::Key;

/// No key or click is longer; a sequence that goes on is noise, of which only its kind is kept.
const LONGEST: usize = 64;
/// What one paste may bring; the rest of it is dropped.
const LONGEST_PASTE: usize = 4096;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";
/// "I am well": the answer to `CSI 5 n` (ECMA-48, DSR).
const WELL: &[u8] = b"\x1b[0n";
/// How long an `ESC` may be the beginning of something, before it is the key.
const AFTER_ESC: Duration = Duration::from_millis(40);
/// How long the rest of a sequence may take: packets part anywhere, and half an arrow is no key.
const AFTER_BEGINNING: Duration = Duration::from_millis(500);

/// The input of one terminal.
#[derive(Debug, Default)]
pub struct Input {
    /// What came and is not understood yet.
    held: Vec<u8>,
    /// The text of a paste whose end has not come.
    paste: Option<Vec<u8>>,
    answers: u32,
}

/// What the beginning of some bytes is.
enum Piece {
    /// The beginning of something.
    Unfinished,
    /// So many bytes are one key or click.
    Whole(usize),
    /// So many bytes mean nothing.
    Noise(usize),
}

impl Input {
    /// Takes bytes in, and appends what they mean.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Msg>) {
        for byte in bytes {
            self.held.push(*byte);
            while self.advance(out) {}
        }
    }

    /// How long to wait for more before [`Self::give_up`] is called; `None` if nothing waits.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.held.as_slice()) {
            (Some(_), _) | (None, []) => None,
            (None, [0x1b]) => Some(AFTER_ESC),
            (None, _) => Some(AFTER_BEGINNING),
        }
    }

    /// Nothing more came: a lone `ESC` is the key, and `ESC [` is Alt and a bracket.
    pub fn give_up(&mut self, out: &mut Vec<Msg>) {
        if self.paste.is_none() {
            match *self.held.as_slice() {
                [0x1b] => out.extend(decode(&self.held)),
                [0x1b, letter] => {
                    if let Some(Msg::Key(key)) = decode(&[letter]) {
                        out.push(Msg::Key(Key { alt: true, ..key }));
                    }
                }
                _ => {}
            }
            self.held.clear();
        }
    }

    /// The answers to `CSI 5 n` since the last time.
    pub fn answers(&mut self) -> u32 {
        std::mem::take(&mut self.answers)
    }

    /// Bytes that are held; bounded, whatever comes.
    pub fn held(&self) -> usize {
        self.held.len() + self.paste.as_ref().map_or(0, Vec::len)
    }

    /// Understands one piece more; `false` if there is none.
    fn advance(&mut self, out: &mut Vec<Msg>) -> bool {
        if self.paste.is_some() {
            return self.advance_paste(out);
        }
        match piece(&self.held) {
            Piece::Unfinished => {
                if self.held.len() > LONGEST {
                    self.shorten();
                }
                false
            }
            Piece::Noise(length) => {
                self.held.drain(..length);
                true
            }
            Piece::Whole(length) => {
                let sequence: Vec<u8> = self.held.drain(..length).collect();
                match sequence.as_slice() {
                    PASTE_BEGINS => self.paste = Some(Vec::new()),
                    WELL => self.answers = self.answers.saturating_add(1),
                    sequence => out.extend(decode(sequence)),
                }
                true
            }
        }
    }

    /// Forgets the middle of a sequence that is too long to mean anything, but not what would end it.
    fn shorten(&mut self) {
        if self.held.get(1) == Some(&b'[') {
            // As a report it will be dropped, whatever ends it.
            self.held.truncate(2);
            self.held.push(b'?');
        } else {
            // The last byte may be the first half of `ST`.
            self.held.drain(2..self.held.len() - 1);
        }
    }

    /// Moves what surely belongs to the paste out of what is held.
    fn advance_paste(&mut self, out: &mut Vec<Msg>) -> bool {
        let ended = self.held.ends_with(PASTE_ENDS);
        let sure = if ended {
            self.held.len() - PASTE_ENDS.len()
        } else {
            self.held.len().saturating_sub(PASTE_ENDS.len() - 1)
        };
        if let Some(text) = &mut self.paste {
            text.extend(self.held.drain(..sure).take(LONGEST_PASTE.saturating_sub(text.len())));
        }
        if ended {
            self.held.clear();
            let text = self.paste.take().unwrap_or_default();
            out.push(Msg::Paste(String::from_utf8_lossy(&text).into_owned()));
        }
        false
    }
}

/// What `bytes` begin with.
fn piece(bytes: &[u8]) -> Piece {
    match bytes {
        [] | [0x1b] | [0x1b, b'O'] => Piece::Unfinished,
        // Twice the key: the first one is whole.
        [0x1b, 0x1b, ..] => Piece::Whole(1),
        [0x1b, b'O', ..] => Piece::Whole(3),
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
            // Private parameters: a report of the terminal about itself.
            Some(at) if matches!(rest[0], b'?' | b'>' | b'=') => Piece::Noise(at + 3),
            Some(at) => Piece::Whole(at + 3),
        },
    }
}

/// What follows `OSC`, `DCS` and the like: anything, up to `BEL` or `ST`.
fn string(rest: &[u8]) -> Piece {
    let bell = rest.iter().position(|byte| *byte == 7).map(|at| at + 3);
    let terminator = rest.windows(2).position(|pair| pair == b"\x1b\\").map(|at| at + 4);
    bell.into_iter().chain(terminator).min().map_or(Piece::Unfinished, Piece::Noise)
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
