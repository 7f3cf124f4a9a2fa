//! The text of a file as a row of words, texts and brackets, each with its place.
//!
//! It knows as much of the notation as `ron` does: blanks, comments, raw texts, raw names. Must never fail and never
//! judge: it runs over files that make no sense, too. What cannot end where it seems to end is only remembered.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::load) enum Kind {
    /// A name or a number.
    Word,
    /// A text in quotes.
    Text(Form),
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// Any other character.
    Sign(char),
}

/// How a text in quotes is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::load) enum Form {
    /// As it is meant.
    Plain,
    /// With escapes.
    Escaped,
    /// As `r"…"` or `r#"…"#`.
    Raw,
    /// Without an end: the file ends in it.
    Open,
}

/// A token and its bytes, quotes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::load) struct Token {
    pub(in crate::load) kind: Kind,
    pub(in crate::load) at: Range<usize>,
}

/// The tokens of a text from some byte on; blanks and comments are passed over.
#[derive(Debug, Clone)]
pub(in crate::load) struct Tokens<'s> {
    source: &'s str,
    next: usize,
    /// The first text that has no end, or one in the wrong place: a word touches it from behind.
    pub(super) torn: Option<Range<usize>>,
    /// Where the comment begins that is not closed.
    pub(super) open_comment: Option<usize>,
}

/// Whether `c` may stand in a name or a number.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+')
}

/// Blanks beyond ASCII, as `ron` knows them.
fn is_wide_blank(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}')
}

impl<'s> Tokens<'s> {
    /// Starts at byte `from`, which must not lie within a text or a comment.
    pub(in crate::load) fn new(source: &'s str, from: usize) -> Self {
        Self { source, next: from, torn: None, open_comment: None }
    }

    /// Goes on at byte `at`, which must not lie within a text or a comment.
    pub(super) fn seek(&mut self, at: usize) {
        self.next = at;
    }

    fn rest(&self) -> &'s str {
        self.source.get(self.next..).unwrap_or_default()
    }

    fn skip_blank(&mut self) {
        let bytes = self.source.as_bytes();
        loop {
            match bytes.get(self.next) {
                Some(b' ' | b'\n' | b'\t' | b'\r' | b'\x0b' | b'\x0c') => self.next += 1,
                Some(b'/') => match bytes.get(self.next + 1) {
                    Some(b'/') => {
                        let rest = self.rest().as_bytes();
                        self.next += memchr(b'\n', rest).unwrap_or(rest.len());
                    }
                    Some(b'*') => self.skip_block_comment(),
                    _ => return,
                },
                Some(0x80..) => match self.rest().chars().next().filter(|c| is_wide_blank(*c)) {
                    Some(blank) => self.next += blank.len_utf8(),
                    None => return,
                },
                _ => return,
            }
        }
    }

    /// Passes over the block comment that begins here; they nest.
    fn skip_block_comment(&mut self) {
        let bytes = self.source.as_bytes();
        let mut at = self.next;
        let mut depth = 0_usize;
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'/', b'*', rest)) {
            at += found;
            let (step, deeper) = match bytes.get(at..at + 2) {
                Some(b"/*") => (2, depth + 1),
                Some(b"*/") => (2, depth - 1),
                _ => (1, depth),
            };
            (at, depth) = (at + step, deeper);
            if depth == 0 {
                self.next = at;
                return;
            }
        }
        self.open_comment.get_or_insert(self.next);
        self.next = bytes.len();
    }

    /// The bytes and the kind of the text in quotes that begins here.
    fn quoted(&self) -> (usize, Kind) {
        let rest = self.rest().as_bytes();
        let (mut end, mut form) = (1, Form::Plain);
        while let Some(found) = rest.get(end..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
            end += found;
            if rest.get(end) == Some(&b'"') {
                return (end + 1, Kind::Text(form));
            }
            // The character after a backslash is not looked at.
            (end, form) = (end + 2, Form::Escaped);
        }
        (rest.len(), Kind::Text(Form::Open))
    }

    /// The bytes and the kind of what begins here with an `r`: a raw text, a raw name or a word.
    fn raw(&self) -> (usize, Kind) {
        let rest = self.rest();
        let hashes = rest.bytes().skip(1).take_while(|b| *b == b'#').count();
        let body = rest.get(1 + hashes..).unwrap_or_default();
        if body.starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let found = body.get(1..).and_then(|body| memmem::find(body.as_bytes(), end.as_bytes()));
            return match found {
                Some(at) => (2 + hashes + at + end.len(), Kind::Text(Form::Raw)),
                None => (rest.len(), Kind::Text(Form::Open)),
            };
        }
        match hashes {
            1 if body.starts_with(is_word) => (2 + word(body), Kind::Word),
            _ => (word(rest), Kind::Word),
        }
    }

    /// Passes over one field or item, as far as the comma behind it or the bracket that closes it in; says where that
    /// stands. `None` where it cannot be said, because a bracket or a quote is missing.
    pub(in crate::load) fn pass_item(&mut self) -> Option<Token> {
        let mut depth = 0_usize;
        let mut before = (Kind::Sign(','), self.next);
        loop {
            let token = self.next()?;
            // A word that touches a text: one of the two is the inside of another text, whose quote is missing.
            let touches = before.1 == token.at.start
                && matches!(
                    (before.0, token.kind),
                    (Kind::Text(_), Kind::Word) | (Kind::Word, Kind::Text(_))
                );
            before = (token.kind, token.at.end);
            match token.kind {
                _ if touches => return None,
                Kind::Close(_) | Kind::Sign(',') if depth == 0 => return Some(token),
                Kind::Open(_) => depth += 1,
                Kind::Close(_) => depth -= 1,
                _ => {}
            }
        }
    }
}

/// Bytes of the name or number at the start of `rest`.
fn word(rest: &str) -> usize {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'+');
    let plain = rest.bytes().position(|b| !is_plain(b)).unwrap_or(rest.len());
    let more = rest.get(plain..).filter(|more| !more.is_empty() && !more.as_bytes()[0].is_ascii());
    plain + more.map_or(0, |more| more.find(|c| !is_word(c)).unwrap_or(more.len()))
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_blank();
        let start = self.next;
        let first = *self.source.as_bytes().get(start)?;
        let (len, kind) = match first {
            b'"' => self.quoted(),
            b'(' | b'[' | b'{' => (1, Kind::Open(char::from(first))),
            b')' | b']' | b'}' => (1, Kind::Close(char::from(first))),
            b',' | b':' => (1, Kind::Sign(char::from(first))),
            b'r' => self.raw(),
            _ => match word(self.rest()) {
                0 => {
                    let sign = self.rest().chars().next()?;
                    (sign.len_utf8(), Kind::Sign(sign))
                }
                len => (len, Kind::Word),
            },
        };
        self.next += len;
        if let Kind::Text(form) = kind
            && (form == Form::Open || self.rest().starts_with(is_word))
        {
            self.torn.get_or_insert(start..self.next);
        }
        Some(Token { kind, at: start..self.next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_has_its_place() {
        let source = "r#a: r#\"b\"c\"# , 'd' é1.5\u{2028}//(\n/* ( /* [ */ */\"e\\\"\"\u{a0}r##";
        let found: Vec<_> = Tokens::new(source, 0).map(|token| (token.kind, &source[token.at])).collect();

        let expected = [
            (Kind::Word, "r#a"),
            (Kind::Sign(':'), ":"),
            (Kind::Text(Form::Raw), "r#\"b\"c\"#"),
            (Kind::Sign(','), ","),
            (Kind::Sign('\''), "'"),
            (Kind::Word, "d"),
            (Kind::Sign('\''), "'"),
            (Kind::Word, "é1.5"),
            (Kind::Text(Form::Escaped), "\"e\\\"\""),
            (Kind::Sign('\u{a0}'), "\u{a0}"),
            (Kind::Word, "r"),
            (Kind::Sign('#'), "#"),
            (Kind::Sign('#'), "#"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_does_not_end_is_remembered() {
        for (source, torn, open_comment) in [
            ("\"a\" \"b\", c", None, None),
            ("(\"a, b: \"c, \"d\"e", Some(1..9), None),
            ("a \"b", Some(2..4), None),
            ("r#\"a\"", Some(0..5), None),
            ("a /* /* */", None, Some(2)),
        ] {
            let mut tokens = Tokens::new(source, 0);
            tokens.by_ref().for_each(drop);
            assert_eq!((tokens.torn, tokens.open_comment), (torn, open_comment), "{source}");
        }
    }

    #[test]
    fn an_item_ends_with_its_comma_or_before_its_bracket() {
        for (source, end) in [
            ("a: [1, (2)], b", Some(11)),
            ("T(a: \"),\") /* , */ )", Some(19)),
            ("[1, 2", None),
            ("b\", c: \"d\")", None),
        ] {
            let passed = Tokens::new(source, 0).pass_item();
            assert_eq!(passed.map(|token| token.at.start), end, "{source}");
        }
    }
}
