//! The file as a row of words, texts and brackets: where things are that `ron` does not tell the place of.
//!
//! Must never fail and never judge: it runs over files that no longer make sense, to find out where that began.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a number.
    Word,
    /// A text in quotes; `escaped` if it holds a backslash, and not `closed` if the file ends in it.
    Text { escaped: bool, closed: bool },
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// Any other character.
    Sign(char),
}

/// A token and its bytes, quotes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
}

/// The tokens of a text from some byte on; white space and comments are passed over.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'s> {
    source: &'s str,
    next: usize,
}

impl<'s> Tokens<'s> {
    /// Starts at byte `from`, which must not lie within a text or a comment.
    pub(super) fn new(source: &'s str, from: usize) -> Self {
        Self { source, next: from }
    }

    fn rest(&self) -> &'s str {
        self.source.get(self.next..).unwrap_or_default()
    }

    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            self.next += blank;
            let rest = self.rest();
            self.next += if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                block_comment(rest)
            } else {
                return;
            };
        }
    }
}

/// Bytes of the block comment at the start of `text`; they nest.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['/', '*'])) {
        at += found;
        let rest = text.get(at..).unwrap_or_default();
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            at += 1;
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The text in quotes at the start of `rest`, if there is one: its bytes and what it is.
fn text(rest: &str) -> Option<(usize, Kind)> {
    if let Some(body) = rest.strip_prefix('"') {
        let mut from = 0;
        let mut escaped = false;
        while let Some(found) = body.get(from..).and_then(|rest| rest.find(['"', '\\'])) {
            from += found;
            if body.as_bytes().get(from) == Some(&b'"') {
                return Some((from + 2, Kind::Text { escaped, closed: true }));
            }
            escaped = true;
            // The character after a backslash is not looked at; it may be a long one.
            from += 1 + body.get(from + 1..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        }
        return Some((rest.len(), Kind::Text { escaped, closed: false }));
    }
    let hashes = rest.strip_prefix('r')?;
    let body = hashes.trim_start_matches('#');
    let count = hashes.len() - body.len();
    let end = format!("\"{}", hashes.get(..count)?);
    let body = body.strip_prefix('"')?;
    let (len, closed) = body.find(&end).map_or((rest.len(), false), |at| (2 + count + at + end.len(), true));
    Some((len, Kind::Text { escaped: false, closed }))
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_blank();
        let rest = self.rest();
        let first = rest.chars().next()?;
        let (len, kind) = if let Some(found) = text(rest) {
            found
        } else {
            let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
            match rest.find(|c| !is_word(c)).unwrap_or(rest.len()) {
                0 => {
                    let kind = match first {
                        '(' | '[' | '{' => Kind::Open(first),
                        ')' | ']' | '}' => Kind::Close(first),
                        other => Kind::Sign(other),
                    };
                    (first.len_utf8(), kind)
                }
                len => (len, Kind::Word),
            }
        };
        let start = self.next;
        self.next += len;
        Some(Token { kind, at: start..self.next })
    }
}

/// A bracket that has no partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unpaired {
    /// Opened and never closed.
    Open(usize),
    /// Closed by a bracket of another form: where it opened, where the other one stands.
    Mismatch(usize, usize),
    /// Closed and never opened.
    Close(usize),
}

/// The first bracket without a partner.
pub(super) fn unpaired(source: &str) -> Option<Unpaired> {
    let mut open: Vec<(char, usize)> = Vec::new();
    for token in Tokens::new(source, 0) {
        match token.kind {
            Kind::Open(bracket) => open.push((partner(bracket), token.at.start)),
            Kind::Close(bracket) => match open.pop() {
                None => return Some(Unpaired::Close(token.at.start)),
                Some((expected, at)) if expected != bracket => {
                    return Some(Unpaired::Mismatch(at, token.at.start));
                }
                Some(_) => {}
            },
            _ => {}
        }
    }
    open.pop().map(|(_, at)| Unpaired::Open(at))
}

/// The bracket that closes what `open` opens.
pub(super) fn partner(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// The innermost bracket that is open at byte `at`.
pub(super) fn open_at(source: &str, at: usize) -> Option<usize> {
    let mut open = Vec::new();
    for token in Tokens::new(source, 0).take_while(|token| token.at.end <= at) {
        match token.kind {
            Kind::Open(_) => open.push(token.at.start),
            Kind::Close(_) => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}

/// The value of `field:` in the structure that byte `from` lies in, searched from there to the structure's end.
/// `from` must not lie within a text.
pub(super) fn field(source: &str, from: usize, field: &str) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    let mut tokens = Tokens::new(source, from);
    while let Some(token) = tokens.next() {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth = depth.checked_sub(1)?,
            Kind::Word if depth == 0 && source.get(token.at.clone()) == Some(field) => {
                let mut value = tokens.clone();
                if value.next()?.kind == Kind::Sign(':') {
                    return Some(value_at(source, &value.next()?));
                }
            }
            _ => {}
        }
    }
    None
}

/// The whole value that begins with `first`: a bracket up to its partner, a name together with its brackets.
fn value_at(source: &str, first: &Token) -> Range<usize> {
    let mut end = first.at.end;
    let mut depth = 0_usize;
    for token in Tokens::new(source, first.at.start) {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) if depth <= 1 => {
                return first.at.start..if depth == 1 { token.at.end } else { end };
            }
            Kind::Close(_) => depth -= 1,
            Kind::Sign(',') if depth == 0 => break,
            _ => {}
        }
        end = token.at.end;
    }
    first.at.start..end
}

/// A text literal with escapes, read: what it says, and for each of its stretches where that was written.
#[derive(Debug, Clone, Default)]
pub(super) struct Escaped {
    /// What it says.
    pub(super) says: String,
    /// The literal's bytes in the source, without the quotes.
    pub(super) at: Range<usize>,
    /// Byte of `says` → byte of the source, for the first byte of each stretch that was written without an escape.
    stretches: Vec<(usize, usize)>,
}

impl Escaped {
    /// Reads the literal at `at`, quotes included.
    pub(super) fn read(source: &str, at: &Range<usize>) -> Self {
        let inner = at.start + 1..at.end.saturating_sub(1).max(at.start + 1);
        let mut read = Self { at: inner.clone(), ..Self::default() };
        let mut from = inner.start;
        while let Some(rest) = source.get(from..inner.end).filter(|rest| !rest.is_empty()) {
            read.stretches.push((read.says.len(), from));
            let plain = rest.find('\\').unwrap_or(rest.len());
            read.says.push_str(rest.get(..plain).unwrap_or_default());
            from += plain;
            let (len, meant) = escape(rest.get(plain..).unwrap_or_default());
            if let Some(c) = meant {
                read.stretches.push((read.says.len(), from));
                read.says.push(c);
            }
            from += len;
        }
        read.stretches.push((read.says.len(), inner.end));
        read
    }

    /// Where the bytes `range` of what it says are written.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let find = |at: usize| {
            let next = self.stretches.partition_point(|(says, _)| *says <= at);
            let (says, source) = self.stretches.get(next.saturating_sub(1)).copied().unwrap_or_default();
            let limit = self.stretches.get(next).map_or(self.at.end, |(_, source)| *source);
            (source + (at - says.min(at))).min(limit)
        };
        find(range.start)..find(range.end).max(find(range.start))
    }
}

/// The escape at the start of `rest`: its bytes and the character that it means, if it means one.
fn escape(rest: &str) -> (usize, Option<char>) {
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    let Some(first) = rest.get(1..).and_then(|rest| rest.chars().next()) else { return (rest.len(), None) };
    match first {
        // A backslash at the end of a line joins it with the next one.
        '\n' | '\r' => {
            let tail = rest.get(1..).unwrap_or_default();
            (rest.len() - tail.trim_start_matches([' ', '\t', '\n', '\r']).len(), None)
        }
        'x' => (rest.len().min(4), rest.get(2..4).and_then(hex)),
        'u' => {
            let end = rest.find('}').unwrap_or(rest.len() - 1);
            (end + 1, rest.get(3..end).and_then(hex))
        }
        'n' => (2, Some('\n')),
        't' => (2, Some('\t')),
        'r' => (2, Some('\r')),
        '0' => (2, Some('\0')),
        other => (1 + other.len_utf8(), Some(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_texts_and_comments_are_no_brackets() {
        for (source, expected) in [
            ("(a: [\"](\", r#\"\")]\"#], /* ( /* [ */ */ b: 1) // (", None),
            ("(a: [1, 2)", Some(Unpaired::Mismatch(4, 9))),
            ("(a: [1, 2]", Some(Unpaired::Open(0))),
            ("(a: 1))", Some(Unpaired::Close(6))),
            ("\"\\\"(\"", None),
        ] {
            assert_eq!(unpaired(source), expected, "{source}");
        }
    }

    #[test]
    fn a_field_is_found_in_its_own_structure_only() {
        let source = "(id: 1, x: (at: 2), at: Some(3, [4]), y: 5), (at: 6)";
        let found = |from, name| field(source, from, name).and_then(|at| source.get(at));
        assert_eq!(found(1, "at"), Some("Some(3, [4])"));
        assert_eq!(found(1, "y"), Some("5"));
        assert_eq!(found(1, "z"), None);
        assert_eq!(found(12, "y"), None);
    }

    #[test]
    fn what_an_escaped_text_says_is_found_where_it_is_written() {
        let source = r#"x: "a\n\u{43a}b\x41 \
              c\"d""#;
        let literal = Escaped::read(source, &(3..source.len()));
        assert_eq!(literal.says, "a\nкbA c\"d");
        for (said, written) in
            [("a", "a"), ("b", "b"), ("к", r"\u{43a}"), ("A", r"\x41"), ("c", "c"), ("d", "d")]
        {
            let at = literal.says.find(said).expect(said);
            assert_eq!(source.get(literal.place(&(at..at + said.len()))), Some(written), "{said}");
        }
    }
}
