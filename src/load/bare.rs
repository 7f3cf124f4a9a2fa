//! Addresses that stand in a text as they are, without brackets around them: they lead where they say.
//!
//! Where one ends is what GitHub says of "autolinks (extension)" (<https://github.github.com/gfm/>): at a blank or `<`,
//! and without the signs that end a sentence. Must never mark what a link marks already.

use std::ops::Range;

use memchr::memmem;

use super::links::is_web;
use crate::knowledge::{Mark, MarkKind, Text};

/// A text, with its bare addresses marked. Most have none, and are looked through once.
pub(super) fn marked(text: Text) -> Text {
    if memmem::find(text.plain.as_bytes(), b"://").is_none() {
        return text;
    }
    let marks = with_addresses(&text.plain, text.marks.to_vec());
    Text { marks: marks.into_iter().collect(), ..text }
}

/// The marks of a text with one more for each address that stands in it as it is, in order of their starts.
fn with_addresses(plain: &str, mut marks: Vec<Mark>) -> Vec<Mark> {
    let mut from = 0;
    let mut added = false;
    while let Some(found) = plain.get(from..).and_then(|rest| memmem::find(rest.as_bytes(), b"://")) {
        let colon = from + found;
        from = colon + 3;
        let Some(range) = address(plain, colon) else { continue };
        from = range.end;
        let own = range.start as u32..range.end as u32;
        let leads = |mark: &Mark| matches!(mark.kind, MarkKind::Link(_) | MarkKind::Web(_));
        let is_marked = |mark: &Mark| mark.range.start < own.end && own.start < mark.range.end;
        let Some(to) = plain.get(range).filter(|to| is_web(to)) else { continue };
        if !marks.iter().any(|mark| leads(mark) && is_marked(mark)) {
            marks.push(Mark { range: own, kind: MarkKind::Web(to.into()) });
            added = true;
        }
    }
    if added {
        // What holds others stays before them: the order of equal starts is kept.
        marks.sort_by_key(|mark| mark.range.start);
    }
    marks
}

/// The bytes of the address whose scheme ends at `colon`.
fn address(plain: &str, colon: usize) -> Option<Range<usize>> {
    let before = plain.get(..colon)?;
    let scheme = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let start = colon - scheme;
    let rest = plain.get(start..)?;
    let end = rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
    let mut address = rest.get(..end)?;
    loop {
        let closes = address.matches(')').count() > address.matches('(').count();
        let signs = ['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"', ';', '”', '’', '»'];
        let shorter = address.strip_suffix(signs).or_else(|| address.strip_suffix(')').filter(|_| closes));
        let Some(shorter) = shorter else { break };
        address = shorter;
    }
    Some(start..start + address.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_before_what_ends_the_sentence() {
        for (plain, expected) in [
            ("See https://a.b/c_d, and (http://e.f/g_(h)).", &["https://a.b/c_d", "http://e.f/g_(h)"][..]),
            ("HTTPS://A.B", &["HTTPS://A.B"]),
            ("At “https://a.b/ü?x=1&y”.", &["https://a.b/ü?x=1&y"]),
            ("ftp://a.b is none, nor is :// or https:// or https:///x", &[]),
            ("https://a.b/<c>", &["https://a.b/"]),
        ] {
            let marks = with_addresses(plain, Vec::new());
            let found: Vec<&str> =
                marks.iter().map(|mark| &plain[mark.range.start as usize..mark.range.end as usize]).collect();
            assert_eq!(found, expected, "{plain}");
        }
    }
}
