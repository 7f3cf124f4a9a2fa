//! Walks over the text of a file without reading it: where a value ends, and nothing more.
//!
//! Knows the plain part of the notation only: at a raw text, a character in quotes, an attribute or anything that is
//! not ASCII outside of texts and comments it gives up. Must never go on where `ron` might see something else.

use std::ops::Range;

use memchr::{memchr, memchr2};

/// A place in a text.
#[derive(Debug)]
pub(super) struct Scan<'s> {
    source: &'s str,
    at: usize,
}

/// What a byte outside of texts and comments means to somebody who looks for the end of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// Nothing.
    Plain,
    /// It opens a bracket.
    Open,
    /// It closes one.
    Close,
    /// A comma.
    Comma,
    /// It begins a text.
    Quote,
    /// It may begin a comment.
    Slash,
    /// It may mean anything.
    Strange,
}

const BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Strange; 256];
    let plain = b" \t\r\n_:.+-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut at = 0;
    while at < plain.len() {
        bytes[plain[at] as usize] = Byte::Plain;
        at += 1;
    }
    bytes[b'(' as usize] = Byte::Open;
    bytes[b'[' as usize] = Byte::Open;
    bytes[b')' as usize] = Byte::Close;
    bytes[b']' as usize] = Byte::Close;
    bytes[b',' as usize] = Byte::Comma;
    bytes[b'"' as usize] = Byte::Quote;
    bytes[b'/' as usize] = Byte::Slash;
    bytes
};

impl<'s> Scan<'s> {
    /// At byte `at` of `source`.
    pub(super) fn new(source: &'s str, at: usize) -> Self {
        Self { source, at }
    }

    /// Where the next thing stands that is no blank and no comment; `None` if it may be anything.
    pub(super) fn place(&mut self) -> Option<usize> {
        self.blank()?;
        Some(self.at)
    }

    fn byte(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'s [u8] {
        self.source.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The text of `range`.
    pub(super) fn text(&self, range: &Range<usize>) -> &'s str {
        self.source.get(range.clone()).unwrap_or_default()
    }

    /// Passes over the file's first line, if it is the usual one: another may change what the rest means.
    pub(super) fn header(&mut self) -> Option<()> {
        self.blank()?;
        if let Some(after) =
            self.text(&(self.at..self.source.len())).strip_prefix("#![enable(implicit_some)]")
        {
            self.at = self.source.len() - after.len();
        }
        Some(())
    }

    /// Passes over blanks and comments.
    fn blank(&mut self) -> Option<()> {
        loop {
            match self.byte() {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(b'/') => self.comment()?,
                _ => return Some(()),
            }
        }
    }

    /// Passes over the comment that begins here. Where none ends, it stays: whoever goes on from the middle of a comment
    /// takes what is commented out for what is written.
    fn comment(&mut self) -> Option<()> {
        let rest = self.rest();
        let bytes = match rest.get(1) {
            Some(b'/') => memchr(b'\n', rest)?,
            Some(b'*') => {
                // Comments of this kind nest; one that holds a star or a slash is left to others.
                let within = rest.get(2..)?;
                let end = memchr2(b'*', b'/', within)?;
                within.get(end..)?.starts_with(b"*/").then_some(2 + end + 2)?
            }
            _ => return None,
        };
        self.at += bytes;
        Some(())
    }

    /// The name that stands here; it is empty if none does.
    pub(super) fn word(&mut self) -> Option<Range<usize>> {
        self.blank()?;
        let start = self.at;
        let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
        self.at += self.rest().iter().take_while(|b| is_word(b)).count();
        // A name of other letters too, or with a point in it, is not understood here.
        match self.byte() {
            Some(b'"' | b'\'' | b'#' | b'.' | b'-' | b'+' | 0x80..) => None,
            _ => Some(start..self.at),
        }
    }

    /// Passes over `sign`, which must stand here.
    pub(super) fn sign(&mut self, sign: u8) -> Option<()> {
        self.has(sign).then_some(())
    }

    /// Passes over `sign`, if it stands here.
    pub(super) fn has(&mut self, sign: u8) -> bool {
        let is = self.blank().is_some() && self.byte() == Some(sign);
        self.at += usize::from(is);
        is
    }

    /// Whether `sign` stands here.
    pub(super) fn is_at(&mut self, sign: u8) -> bool {
        self.blank().is_some() && self.byte() == Some(sign)
    }

    /// Whether a `Some` or a `None` stands here. Nothing is passed over.
    pub(super) fn is_option(&mut self) -> Option<bool> {
        self.blank()?;
        // Most values are texts.
        if self.byte() == Some(b'"') {
            return Some(false);
        }
        let start = self.at;
        let word = self.word()?;
        self.at = start;
        Some(matches!(self.text(&word), "Some" | "None"))
    }

    /// Passes over a plain decimal number.
    pub(super) fn number(&mut self) -> Option<Range<usize>> {
        self.blank()?;
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        self.digits()?;
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        matches!(self.byte()?, b',' | b')' | b' ' | b'\n').then_some(start..self.at)
    }

    fn digits(&mut self) -> Option<()> {
        let count = self.rest().iter().take_while(|b| b.is_ascii_digit()).count();
        self.at += count;
        (count > 0).then_some(())
    }

    /// Passes over a text in quotes: where it stands, quotes included, and whether it holds a backslash.
    pub(super) fn literal(&mut self) -> Option<(Range<usize>, bool)> {
        self.blank()?;
        if self.byte() != Some(b'"') {
            return None;
        }
        let start = self.at;
        let escaped = self.quoted()?;
        Some((start..self.at, escaped))
    }

    /// Whether nothing follows but blanks and comments.
    pub(super) fn is_over(&mut self) -> bool {
        self.blank().is_some() && self.byte().is_none()
    }

    /// Passes over one value: up to the comma behind it, or to the bracket that closes what it stands in.
    pub(super) fn value(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            let skip = self.rest().iter().position(|b| BYTES[usize::from(*b)] != Byte::Plain)?;
            self.at += skip;
            match BYTES[usize::from(self.byte()?)] {
                Byte::Open => depth += 1,
                Byte::Close | Byte::Comma if depth == 0 => return Some(start..self.at),
                Byte::Close => depth -= 1,
                Byte::Comma | Byte::Plain => {}
                Byte::Quote => {
                    self.quoted()?;
                    continue;
                }
                Byte::Slash => {
                    self.comment()?;
                    continue;
                }
                Byte::Strange => return None,
            }
            self.at += 1;
        }
    }

    /// Passes over the text that begins here, and says whether it holds a backslash. Where none ends, it stays.
    fn quoted(&mut self) -> Option<bool> {
        // A letter right before a quote makes it a raw text or a text of bytes.
        let before = self.at.checked_sub(1).and_then(|at| self.source.as_bytes().get(at));
        if before.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_') {
            return None;
        }
        let rest = self.rest();
        let mut end = 1;
        let mut escaped = false;
        loop {
            end += memchr2(b'"', b'\\', rest.get(end..)?)?;
            if rest.get(end) == Some(&b'"') {
                self.at += end + 1;
                return Some(escaped);
            }
            escaped = true;
            end += 2;
        }
    }
}
