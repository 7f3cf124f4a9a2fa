//! Bytes of a terminal → messages, wherever a read or a packet happens to end: the same for the local terminal and for
//! one at the far end of a connection.
//!
//! Cuts the stream into whole sequences (`sequence`), which `decode` reads one by one. What a terminal says of itself,
//! in answer to whatever program asked, is dropped; only the answers to "are you there" (`CSI 5 n`) are counted, since
//! each says that a frame has been drawn. What has only begun waits until [`Input::due`]; then it is the key that a
//! person pressed, or nothing.
//!
//! Must never hold more than some thousand bytes, read a clock (whoever reads the bytes has one), or give other
//! messages when the same bytes come in other pieces at the same time.

mod decode;
mod sequence;

use std::time::{Duration, Instant};

use crate::app::Msg;
use crate::keys::Key;
use decode::decode;
use sequence::{Piece, piece};

/// No key or click is longer; a sequence that goes on is no key, and only its kind is kept.
const LONGEST: usize = 64;
/// Bytes that one paste may bring; the rest of it is dropped. No input takes as much.
const LONGEST_PASTE: usize = 16 * 1024;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";
/// "I am well": the answer to `CSI 5 n` (ECMA-48, DSR).
const WELL: &[u8] = b"\x1b[0n";
/// `Ctrl-C` as a byte.
const INTERRUPT: u8 = 3;

/// How long an `ESC` may be the beginning of something, before it is the key.
const AFTER_ESC: Duration = Duration::from_millis(40);
/// How long the next byte of a sequence, or of a paste, may take: packets part anywhere, and half an arrow is no key.
const AFTER_BYTE: Duration = Duration::from_millis(500);
/// How long all of a sequence may take, and how much longer for each of its bytes: no person types a hundred bytes a
/// second, so that `Alt-]` and keys that are held down do not go on for ever as the title of a window.
const WHOLE: Duration = Duration::from_secs(1);
const EACH_BYTE: Duration = Duration::from_millis(10);

/// The input of one terminal.
#[derive(Debug, Default)]
pub struct Input {
    /// What came and is not understood yet.
    held: Vec<u8>,
    /// How it came; means nothing while nothing is held.
    pace: Pace,
    /// The paste whose end has not come.
    paste: Option<Paste>,
    answers: u32,
}

/// When the bytes of a sequence came.
#[derive(Debug, Default, Clone, Copy)]
struct Pace {
    began: Option<Instant>,
    last: Option<Instant>,
    /// All of them, also those that are not kept.
    bytes: u32,
}

/// A paste that has begun.
#[derive(Debug, Default)]
struct Paste {
    text: Vec<u8>,
    /// Bytes that were handed over already.
    told: usize,
    /// When its last byte came; `None` once nothing has come for a while: then what comes may be a key.
    last: Option<Instant>,
}

impl Input {
    /// Takes in bytes that came `now`, and appends what they mean.
    pub fn feed(&mut self, bytes: &[u8], now: Instant, out: &mut Vec<Msg>) {
        for byte in bytes {
            if self.held.is_empty() {
                self.pace = Pace { began: Some(now), ..Pace::default() };
            }
            self.pace.last = Some(now);
            self.pace.bytes = self.pace.bytes.saturating_add(1);
            self.held.push(*byte);
            while self.advance(now, out) {}
        }
    }

    /// When [`Self::expire`] is to be called if no more bytes come; `None` if nothing waits.
    pub fn due(&self) -> Option<Instant> {
        match (&self.paste, self.held.as_slice()) {
            (Some(Paste { last: Some(last), .. }), _) => Some(*last + AFTER_BYTE),
            (_, []) => None,
            (_, [0x1b] | [0x1b, 0x1b]) => self.pace.last.map(|last| last + AFTER_ESC),
            _ => {
                let whole = self.pace.began? + WHOLE + EACH_BYTE * self.pace.bytes;
                Some(whole.min(self.pace.last? + AFTER_BYTE))
            }
        }
    }

    /// No more bytes came until `now`: a lone `ESC` is the key, `ESC [` is Alt and a bracket, and of a paste that goes
    /// on what came is handed over. Does nothing before it is due.
    pub fn expire(&mut self, now: Instant, out: &mut Vec<Msg>) {
        if self.due().is_none_or(|due| now < due) {
            return;
        }
        if self.paste.as_ref().is_some_and(|paste| paste.last.is_some()) {
            self.stall(now, out);
            return;
        }
        // What comes from now on is typed.
        self.paste = None;
        let held = std::mem::take(&mut self.held);
        let keys = held.strip_prefix(b"\x1b").filter(|rest| rest.first() == Some(&0x1b));
        if keys.is_some() {
            out.extend(decode(b"\x1b"));
        }
        match *keys.unwrap_or(&held) {
            [0x1b] => out.extend(decode(b"\x1b")),
            [0x1b, letter] => out.extend(decode(&[letter]).as_ref().and_then(with_alt)),
            _ => {}
        }
    }

    /// The answers to `CSI 5 n` since the last time.
    pub fn answers(&mut self) -> u32 {
        std::mem::take(&mut self.answers)
    }

    /// Bytes that are held; bounded, whatever comes.
    pub fn held(&self) -> usize {
        self.held.len() + self.paste.as_ref().map_or(0, |paste| paste.text.len())
    }

    /// Understands one piece more; `false` if there is none.
    fn advance(&mut self, now: Instant, out: &mut Vec<Msg>) -> bool {
        if self.is_pasted() {
            return self.advance_paste(now, out);
        }
        let (length, means) = match piece(&self.held) {
            Piece::Unfinished => {
                if self.held.len() > LONGEST {
                    self.shorten();
                }
                return false;
            }
            Piece::Whole(length) => (length, true),
            Piece::Noise(length) => (length, false),
        };
        let sequence: Vec<u8> = self.held.drain(..length).collect();
        self.pace = Pace { began: Some(now), last: Some(now), bytes: self.held.len() as u32 };
        if means {
            // A key or the end: the paste that has come to a stop is over.
            self.paste = None;
        }
        match sequence.as_slice() {
            PASTE_BEGINS => self.paste = Some(Paste { last: Some(now), ..Paste::default() }),
            WELL => self.answers = self.answers.saturating_add(1),
            _ if !means => {}
            [0x1b, rest @ ..] if matches!(rest, [0x1b, _, ..]) => self.take_second_escape(rest, out),
            sequence => out.extend(decode(sequence)),
        }
        true
    }

    /// `ESC` and a sequence: Alt and a key, as rxvt and older terminals of macOS write it; before anything else it is a
    /// key of its own.
    fn take_second_escape(&mut self, sequence: &[u8], out: &mut Vec<Msg>) {
        if let Some(msg) = decode(sequence).as_ref().and_then(with_alt) {
            out.push(msg);
        } else {
            out.extend(decode(b"\x1b"));
            self.held.splice(..0, sequence.iter().copied());
        }
    }

    /// Forgets the middle of a sequence that is too long to mean anything, but not what would end it.
    fn shorten(&mut self) {
        // `ESC` and a sequence: there it begins one byte later.
        let kind = if self.held.get(1) == Some(&0x1b) { 2 } else { 1 };
        if self.held.get(kind) == Some(&b'[') {
            // As a report it will be dropped, whatever ends it.
            self.held.truncate(kind + 1);
            self.held.push(b'?');
        } else {
            // The last byte may be the first half of `ST`.
            self.held.drain(kind + 1..self.held.len() - 1);
        }
    }

    /// Whether what is held belongs to a paste. After a while without a byte that is not so of an escape, which no
    /// terminal pastes, nor of `Ctrl-C`: whoever presses it is not to wait for an end that does not come.
    fn is_pasted(&self) -> bool {
        self.paste.as_ref().is_some_and(|paste| {
            paste.last.is_some() || !matches!(self.held.first(), None | Some(&0x1b | &INTERRUPT))
        })
    }

    /// Moves what surely belongs to the paste out of what is held.
    fn advance_paste(&mut self, now: Instant, out: &mut Vec<Msg>) -> bool {
        let ended = self.held.ends_with(PASTE_ENDS);
        let unsure = if ended { PASTE_ENDS.len() } else { beginning_of_end(&self.held) };
        let Some(paste) = &mut self.paste else { return false };
        paste.last = Some(now);
        let room = LONGEST_PASTE.saturating_sub(paste.told + paste.text.len());
        paste.text.extend(self.held.drain(..self.held.len() - unsure).take(room));
        if ended {
            self.held.clear();
            self.hand_over(out);
            self.paste = None;
        }
        false
    }

    /// Hands over what has come of a paste that goes on without going on.
    fn stall(&mut self, now: Instant, out: &mut Vec<Msg>) {
        self.hand_over(out);
        self.pace = Pace { began: Some(now), last: Some(now), bytes: self.held.len() as u32 };
        if let Some(paste) = &mut self.paste {
            paste.last = None;
        }
    }

    fn hand_over(&mut self, out: &mut Vec<Msg>) {
        if let Some(paste) = &mut self.paste {
            // An empty paste is one, too, but not what follows what was handed over.
            if !paste.text.is_empty() || paste.told == 0 {
                out.push(Msg::Paste(String::from_utf8_lossy(&paste.text).into_owned()));
            }
            paste.told += paste.text.len();
            paste.text = Vec::new();
        }
    }
}

/// The bytes at the end of `held` that may be the beginning of the end of a paste.
fn beginning_of_end(held: &[u8]) -> usize {
    (1..PASTE_ENDS.len()).rev().find(|length| held.ends_with(&PASTE_ENDS[..*length])).unwrap_or(0)
}

/// The same key with Alt; nothing else has one.
fn with_alt(msg: &Msg) -> Option<Msg> {
    match msg {
        Msg::Key(key) => Some(Msg::Key(Key { alt: true, ..*key })),
        _ => None,
    }
}
