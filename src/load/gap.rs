//! The smallest part of a file that holds a fault, and that the rest can be read without: a field, or an item of a list.
//!
//! A gap is overwritten byte by byte, line feeds excepted, so that everything else keeps its line and column.
//! Must never reach into what stands beside it: whatever else is wrong there is to be told as well.

use std::ops::Range;

use super::tokens::{Kind, Token, Tokens};

/// The names of the structures of the file: what is called otherwise is one of them misspelt.
const STRUCTURES: [&str; 9] =
    ["Knowledge", "Source", "Topic", "Entry", "Statement", "Entity", "Relation", "Tour", "Step"];

/// What is to be overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    /// Its bytes.
    pub(super) at: Range<usize>,
    /// What stands there instead of each of them: a blank, or a comma that is missing.
    with: char,
    /// What is no longer said for it.
    pub(super) lost: Option<Lost>,
}

/// A field that a structure no longer has, or no longer all of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lost {
    /// The structure, from bracket to bracket.
    structure: Range<usize>,
    /// The brackets directly within it: what is wrong in them is another structure's.
    inner: Vec<Range<usize>>,
    /// The field; `None` where its name was not understood, and it may have been any.
    pub(super) field: Option<String>,
}

/// A bracket that is open at the place that is looked for, and what of it is in hand there.
#[derive(Debug, Clone, Copy, Default)]
struct Bracket {
    at: usize,
    is_list: bool,
    /// Where the field or item begins, behind the bracket or the last comma.
    begin: Option<usize>,
}

impl Gap {
    /// The gap around the token at byte `place`, which is where `source` stopped making sense. `None` if there is none
    /// but the whole file.
    pub(super) fn around(source: &str, place: usize) -> Option<Self> {
        let mut open = vec![Bracket::default()];
        let mut before: Option<Token> = None;
        for token in Tokens::new(source, 0) {
            let depth = open.len();
            let innermost = open.last_mut()?;
            if token.at.end > place {
                if matches!(token.kind, Kind::Close(_)) && innermost.begin.is_none() {
                    open.pop();
                }
                return Self::at_token(source, &open, (before.as_ref(), &token));
            }
            match token.kind {
                Kind::Open(bracket) => {
                    innermost.begin.get_or_insert(token.at.start);
                    open.push(Bracket { at: token.at.start, is_list: bracket == '[', begin: None });
                }
                Kind::Close(bracket) if depth > 1 => {
                    open.pop();
                    // Behind a first line like `#![enable(implicit_some)]` the file begins anew.
                    if let (2, ']', Some(root)) = (depth, bracket, open.first_mut()) {
                        root.begin = None;
                    }
                }
                Kind::Sign(',') => innermost.begin = None,
                _ => drop(innermost.begin.get_or_insert(token.at.start)),
            }
            before = Some(token);
        }
        None
    }

    fn at_token(source: &str, open: &[Bracket], (before, token): (Option<&Token>, &Token)) -> Option<Self> {
        let silent = |at, with| Some(Self { at, with, lost: None });
        let (root, innermost) = (open.len() == 1, open.last()?);
        let begin = innermost.begin.unwrap_or(token.at.start);
        if root && token.kind == Kind::Sign('#') {
            let end = source.get(token.at.start..).and_then(|rest| rest.find(']'));
            return silent(token.at.start..token.at.start + end? + 1, ' ');
        }
        let next = Tokens::new(source, token.at.end).next().map(|next| next.kind);
        let is_name = token.kind == Kind::Word && next == Some(Kind::Open('('));
        if root && begin < token.at.start && before.is_some_and(|before| before.kind == Kind::Close(')')) {
            return silent(token.at.start..source.len(), ' ');
        }
        let is_misspelt = || {
            let known = source.get(token.at.clone()).is_some_and(|name| STRUCTURES.contains(&name));
            (root || !known) && has_fields(source, token.at.end)
        };
        if is_name && begin == token.at.start && (root || innermost.is_list) && is_misspelt() {
            // A structure needs no name.
            return silent(token.at.clone(), ' ');
        }
        let is_next = is_name || token.kind == Kind::Word && next == Some(Kind::Sign(':'));
        let is_over = |before: &Token| {
            begin < token.at.start
                && before.kind != Kind::Sign(':')
                && (innermost.is_list || begin < before.at.start)
        };
        let blank = source.get(..token.at.start).is_some_and(|text| text.ends_with([' ', '\t']));
        if is_next && blank && before.is_some_and(is_over) {
            return silent(token.at.start - 1..token.at.start, ',');
        }
        Self::of_field(source, open, token.at.start)
    }

    /// The innermost field or item of a list around the token at `place`.
    fn of_field(source: &str, open: &[Bracket], place: usize) -> Option<Self> {
        let holds_fields = |bracket: &Bracket| bracket.is_list || has_fields(source, bracket.at);
        let depth = (1..open.len()).rev().find(|depth| open.get(*depth).is_some_and(holds_fields))?;
        let (outer, bracket) = (open.get(depth - 1)?, open.get(depth)?);
        let begin = bracket.begin.unwrap_or(place);
        let at = begin..end_of_field(source, begin)?;
        let name = |at: usize| Tokens::new(source, at).next().and_then(|word| source.get(word.at));
        let (structure, field) = match (bracket.is_list, outer.begin) {
            (true, Some(list)) => (outer.at, name(list)),
            (true, None) => return None,
            (false, _) => (bracket.at, name(begin).filter(|_| begin < place)),
        };
        let (structure, inner) = brackets(source, structure);
        Some(Self { at, with: ' ', lost: Some(Lost { structure, inner, field: field.map(str::to_owned) }) })
    }

    /// `text` with the gap in it; no byte moves.
    pub(super) fn cut(&self, text: &mut String) {
        let mend = |byte| if byte == b'\n' { '\n' } else { self.with };
        let mended: Option<String> = text.get(self.at.clone()).map(|cut| cut.bytes().map(mend).collect());
        if let Some(mended) = mended {
            text.replace_range(self.at.clone(), &mended);
        }
    }
}

impl Lost {
    /// Whether the structure that lost something says of itself what is told at `at`.
    pub(super) fn is_in(&self, at: &Range<usize>) -> bool {
        let within = |range: &Range<usize>| range.contains(&at.start);
        at.contains(&self.structure.start) || within(&self.structure) && !self.inner.iter().any(within)
    }
}

/// Where the field or item that begins at `begin` ends: with its comma, or before the bracket that closes it in.
/// `None` where that cannot be said, because a bracket or a quote is missing.
fn end_of_field(source: &str, begin: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut before: Option<Token> = None;
    for token in Tokens::new(source, begin) {
        // A word that touches a text: one of the two is the inside of another text, whose quote is missing.
        let touches = |before: &Token| {
            let is_text = |token: &Token| matches!(token.kind, Kind::Text { .. });
            let is_word = |token: &Token| token.kind == Kind::Word;
            before.at.end == token.at.start
                && (is_text(before) && is_word(&token) || is_word(before) && is_text(&token))
        };
        if before.as_ref().is_some_and(touches) {
            return None;
        }
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) if depth == 0 => return Some(token.at.start),
            Kind::Close(_) => depth -= 1,
            Kind::Sign(',') if depth == 0 => return Some(token.at.end),
            _ => {}
        }
        before = Some(token);
    }
    None
}

/// Whether the bracket at `open` holds fields, each of them with a name.
fn has_fields(source: &str, open: usize) -> bool {
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

/// The bracket at `open` up to its partner, and the brackets directly within it.
fn brackets(source: &str, open: usize) -> (Range<usize>, Vec<Range<usize>>) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The source with its gap at the first `^`, which is not part of it, blanks apart; and the field that is lost.
    fn cut(marked: &str) -> Option<(String, Option<String>)> {
        let place = marked.find('^').expect("a place is marked");
        let source = marked.replacen('^', "", 1);
        let mut text = source.clone();
        let gap = Gap::around(&text, place)?;
        gap.cut(&mut text);
        let lines = |text: &str| text.lines().map(str::len).collect::<Vec<_>>();
        assert_eq!(lines(&text), lines(&source), "no byte moves");
        Some((text.split_whitespace().collect(), gap.lost.and_then(|lost| lost.field)))
    }

    #[test]
    fn a_gap_is_the_smallest_field_or_item_that_holds_the_place() {
        for (marked, expected, field) in [
            ("K(a: 1, ^b: [2], c: 3)", "K(a:1,c:3)", None),
            ("K(a: 1, b: ^x(y: 2), c: 3)", "K(a:1,c:3)", Some("b")),
            ("K(a: [1, ^\"é\", 3])", "K(a:[1,3])", Some("a")),
            ("K(a: (1^), c: 3)", "K(c:3)", Some("a")),
            ("K(a: Some(^1), c: 3)", "K(c:3)", Some("a")),
            ("K(a: [T(b:\n^1)])", "K(a:[T()])", Some("b")),
            ("K(a: ^)", "K()", Some("a")),
            ("K(a: X^, b: 1)", "K(b:1)", Some("a")),
            ("K(a: 1, ^, b: 1)", "K(a:1,b:1)", None),
            ("K(a: \"b\" ^c: 1)", "K(a:\"b\",c:1)", None),
            ("K(a: [T(b: 1) ^T(b: 2)])", "K(a:[T(b:1),T(b:2)])", None),
            ("K(a: [^Topik(b: 1)])", "K(a:[(b:1)])", None),
            ("K(a: [^Entry(b: 1)])", "K(a:[])", Some("a")),
            ("^Knowlege(a: 1)", "(a:1)", None),
            ("#![x]\n^Knowlege(a: 1)", "#![x](a:1)", None),
            ("^#![x]\nK(a: 1)", "K(a:1)", None),
            ("K(a: 1) ^x y", "K(a:1)", None),
        ] {
            let (text, lost) = cut(marked).unwrap_or_else(|| panic!("no gap in {marked}"));
            assert_eq!((text.as_str(), lost.as_deref()), (expected, field), "{marked}");
        }
        for marked in ["K(a: ^[1, 2", "K(a: ^b\", c: \"d\")", "K(a: 1)^"] {
            assert_eq!(cut(marked), None, "{marked}");
        }
    }

    #[test]
    fn what_is_lost_is_lost_to_one_structure_only() {
        let source = "K(a: [T(b: 1)], c: x)";
        let lost =
            Gap::around(source, source.find('x').expect("x")).and_then(|gap| gap.lost).expect("a field");
        let is_in =
            |text: &str| lost.is_in(&source.find(text).map(|at| at..at + text.len()).expect("is there"));
        assert!(is_in("a") && is_in("c") && is_in("K(a") && !is_in("b") && !is_in("K"));
    }
}
