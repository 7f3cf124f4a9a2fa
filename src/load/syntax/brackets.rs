//! Which bracket belongs to which: in files that may lack some.
//!
//! Must never take a bracket in a text or a comment for one.

use std::ops::Range;

use super::lexer::{Kind, Tokens};

/// A bracket that has no partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// The bracket at `open` up to its partner, and the brackets directly within it.
pub(super) fn contents(source: &str, open: usize) -> (Range<usize>, Vec<Range<usize>>) {
    let (mut inner, mut begins) = (Vec::new(), Vec::new());
    for token in Tokens::new(source, open) {
        match token.kind {
            Kind::Open(_) => begins.push(token.at.start),
            Kind::Close(_) => match (begins.pop(), begins.len()) {
                (Some(begin), 1) => inner.push(begin..token.at.end),
                (Some(_), 2..) => {}
                _ => return (open..token.at.end, inner),
            },
            _ => {}
        }
    }
    (open..source.len(), inner)
}

/// Whether the bracket at `open` holds fields, each of them with a name.
pub(super) fn has_fields(source: &str, open: usize) -> bool {
    let mut depth = 0_usize;
    let mut is_word = false;
    for token in Tokens::new(source, open) {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) if depth <= 1 => return false,
            Kind::Close(_) => depth -= 1,
            Kind::Sign(':') if depth == 1 && is_word => return true,
            _ => {}
        }
        is_word = token.kind == Kind::Word;
    }
    false
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
}
