//! Says in plain words why a file is no knowledge file: what `ron` found, where that began, and what to do.
//!
//! `ron` stops where the file stops making sense, which is often far behind the bracket or quote that is missing.
//! Must never be asked about a file that could be read.

use std::ops::Range;

use ron::error::Error;

use super::faults::Fault;
use super::tokens::{self, Kind, Token, Tokens, Unpaired};

/// Explains `error`, at which `ron` had come to byte `cursor` of `source`.
pub(super) fn explain(source: &str, error: &Error, cursor: usize) -> Fault {
    if source.trim().is_empty() {
        return Fault::at(0..0, "the file is empty", "a knowledge file is one `Knowledge(…)`");
    }
    if let Some(fault) = unclosed_text(source, error, cursor) {
        return fault.last();
    }
    match error {
        Error::NoSuchStructField { expected, found, outer } => {
            return unknown_field(source, cursor, found, (expected, outer.as_deref()));
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let at = word_before(source, cursor, found);
            return Fault::at(at, format!("unknown `{found}`{}", meant(found, expected)), one_of(expected));
        }
        Error::DuplicateStructField { field, .. } => {
            let at = word_before(source, cursor, field);
            let what = format!("`{field}` is given twice");
            return Fault::at(at, what, "keep one of the two");
        }
        Error::ExpectedDifferentStructName { expected, found } => {
            let at = word_before(source, cursor, found);
            let what = format!("expected `{expected}(…)`, found `{found}`");
            return Fault::at(
                at,
                what,
                format!("write `{expected}(…)` here, or move this to where it belongs"),
            );
        }
        Error::InvalidEscape(_) => {
            let start = source.get(..cursor).and_then(|text| text.rfind('\\')).unwrap_or(cursor);
            let (what, remedy) = plain_words(error);
            return Fault::at(start..start + 2, what, remedy);
        }
        Error::ExceededRecursionLimit => {
            let at = cursor..cursor + 1;
            return Fault::at(
                at,
                "nested too deep",
                "no knowledge file needs brackets this deep: remove them",
            );
        }
        Error::UnclosedBlockComment => {
            let start = source.get(..cursor).and_then(|text| text.rfind("/*")).unwrap_or(cursor);
            let fault = Fault::at(start..start + 2, "this comment is not closed", "end it with `*/`");
            return fault.last();
        }
        _ => {}
    }
    match unclosed_bracket(source, cursor) {
        Some(fault) => fault.last(),
        None => unexpected(source, error, cursor),
    }
}

/// Something else stands at byte `cursor` than has to stand there.
fn unexpected(source: &str, error: &Error, cursor: usize) -> Fault {
    let Some(token) = next_token(source, cursor) else {
        let (what, remedy) = plain_words(error);
        return Fault::at(cursor..cursor, what, remedy);
    };
    let word = source.get(token.at.clone()).unwrap_or_default().chars().take(20).collect::<String>();
    let is_field = next_token(source, token.at.end).is_some_and(|next| next.kind == Kind::Sign(':'));
    match (error, token.kind) {
        (Error::ExpectedComma, _) => {
            let last = Tokens::new(source, 0).take_while(|before| before.at.end <= token.at.start).last();
            let line = line_of(source, last.map_or(cursor, |last| last.at.end));
            let what = format!("a comma is missing before `{word}`");
            Fault::at(token.at, what, format!("put a `,` behind what ends in line {line}"))
        }
        (Error::ExpectedIdentifier, Kind::Text { .. }) => {
            Fault::at(token.at, "a text where a word has to stand", "write it without quotes")
        }
        (
            Error::ExpectedString | Error::ExpectedNamedStructLike(_) | Error::ExpectedStructLike,
            Kind::Word,
        ) if is_field
            && tokens::open_at(source, cursor)
                .is_some_and(|at| source.get(at..).is_some_and(|rest| rest.starts_with('['))) =>
        {
            let line = line_of(source, tokens::open_at(source, cursor).unwrap_or(cursor));
            let what = format!("`{word}:` begins before the list before it has ended");
            let fault = Fault::at(token.at, what, format!("close the `[` of line {line} with `]`"));
            fault.last()
        }
        _ => {
            let (what, remedy) = plain_words(error);
            Fault::at(token.at, what, remedy)
        }
    }
}

/// The first token from byte `cursor` on. `ron` may have stopped right behind an opening quote, which is meant then.
fn next_token(source: &str, cursor: usize) -> Option<Token> {
    Tokens::new(source, cursor).next()
}

/// The occurrence of `word` that ends at `cursor` or, if there is none, just before it.
fn word_before(source: &str, cursor: usize, word: &str) -> Range<usize> {
    let before = source.get(..cursor).unwrap_or(source);
    before.rfind(word).map_or(cursor..cursor, |at| at..at + word.len())
}

/// `; did you mean X?` for the nearest of `known`, if one is near.
pub(super) fn meant(wrong: &str, known: &[&str]) -> String {
    let folded = wrong.to_lowercase();
    known
        .iter()
        .map(|name| (strsim::osa_distance(&folded, &name.to_lowercase()), name))
        .filter(|(distance, name)| distance * 2 <= name.chars().count().max(folded.chars().count()))
        .min()
        .map_or(String::new(), |(_, name)| format!("; did you mean `{name}`?"))
}

fn one_of(known: &[&str]) -> String {
    let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    format!("known are {}", names.join(", "))
}

/// A field that its structure does not have. `of` is the fields that it has, and its name.
fn unknown_field(source: &str, cursor: usize, found: &str, of: (&[&str], Option<&str>)) -> Fault {
    let at = word_before(source, cursor, found);
    let opens = next_token(source, at.end).is_some_and(|token| token.kind == Kind::Open('('));
    if let (true, Some(open)) = (opens, tokens::open_at(source, at.start)) {
        // `Statement(… Statement(…`: no field, but the next item, because this one has not ended.
        let what = format!("`{found}(` begins before the one before it has ended");
        let line = line_of(source, open);
        let remedy = format!("close the `(` of line {line} with `)`, or write the name of a field first");
        return Fault::at(at, what, remedy).last();
    }
    let (known, structure) = of;
    let within = structure.map_or(String::new(), |name| format!(" in `{name}`"));
    Fault::at(at, format!("unknown field `{found}`{within}{}", meant(found, known)), one_of(known))
}

fn line_of(source: &str, at: usize) -> usize {
    source.get(..at).unwrap_or(source).matches('\n').count() + 1
}

/// A text that runs on to the opening quote of the next one: a letter follows right behind its closing quote.
fn unclosed_text(source: &str, error: &Error, cursor: usize) -> Option<Fault> {
    let limit = if *error == Error::ExpectedStringEnd { source.len() } else { cursor };
    let mut before: Option<Token> = None;
    for token in Tokens::new(source, 0) {
        if token.at.start > limit {
            break;
        }
        let text = match &before {
            Some(text) if token.kind == Kind::Word && text.at.end == token.at.start => text,
            _ => &token,
        };
        if let Kind::Text { closed, .. } = text.kind
            && (*text != token || !closed)
        {
            let line = line_of(source, text.at.start);
            let what = "this text has no end, or one in the wrong place";
            let end = source.get(text.at.clone()).and_then(|t| t.find('\n')).unwrap_or(text.at.len());
            let remedy = format!(
                "put a `\"` where the text of line {line} ends; a `\"` within a text is written `\\\"`"
            );
            return Some(Fault::at(text.at.start..text.at.start + end, what, remedy));
        }
        before = Some(token);
    }
    None
}

/// A bracket without a partner, if that is what keeps `ron` from reading on at `cursor`.
fn unclosed_bracket(source: &str, cursor: usize) -> Option<Fault> {
    let name = |at: usize| source.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('(');
    match tokens::unpaired(source)? {
        Unpaired::Open(open) => {
            let (bracket, partner) = (name(open), tokens::partner(name(open)));
            let what = format!("this `{bracket}` is never closed");
            let remedy = format!("put the missing `{partner}` where what begins here ends");
            (cursor >= source.trim_end().len()).then(|| Fault::at(open..open + 1, what, remedy))
        }
        Unpaired::Mismatch(open, close) => {
            let (line, expected) = (line_of(source, open), tokens::partner(name(open)));
            let what = format!("`{}` stands where `{expected}` is missing", name(close));
            let remedy = format!("close the `{}` of line {line} with `{expected}` before it", name(open));
            (cursor >= close).then(|| Fault::at(close..close + 1, what, remedy))
        }
        Unpaired::Close(close) => {
            let what = format!("`{}` closes nothing", name(close));
            (cursor >= close).then(|| Fault::at(close..close + 1, what, "remove it, or open it before"))
        }
    }
}

/// What `ron` expected, as one would say it.
fn plain_words(error: &Error) -> (String, &'static str) {
    let expected = match error {
        Error::Eof => ("the file ends too early", "something is not finished: look for a missing `)` or `]`"),
        Error::ExpectedString => ("expected a text in quotes", "put it in quotes: \"…\""),
        Error::ExpectedStringEnd => ("this text has no end", "put a `\"` where it ends"),
        Error::InvalidEscape(_) => {
            ("a backslash with an unknown letter", "write a backslash as `\\\\`, a quote as `\\\"`")
        }
        Error::ExpectedArray => ("expected a list", "put it in square brackets: […]"),
        Error::ExpectedArrayEnd => ("expected `]`", "end the list with `]`"),
        Error::ExpectedInteger | Error::IntegerOutOfBounds | Error::InvalidIntegerDigit { .. } => {
            ("expected a whole number", "write it in digits, without a sign")
        }
        Error::ExpectedFloat | Error::FloatUnderscore => ("expected a number", "write it like 39.03"),
        Error::ExpectedMapColon => ("expected `:`", "a field is written `name: value`"),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            ("expected `(`", "what belongs together stands in round brackets: (…)")
        }
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => ("expected `)`", "end it with `)`"),
        Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) | Error::InvalidIdentifier(_) => {
            ("expected the name of a field", "a field is written `name: value`")
        }
        Error::TrailingCharacters => {
            ("there is more after the end", "one file holds one `Knowledge(…)`: remove what follows it")
        }
        Error::NoSuchExtension(_) | Error::ExpectedAttribute | Error::ExpectedAttributeEnd => {
            ("a first line that is not understood", "write `#![enable(implicit_some)]`, or nothing")
        }
        Error::ExpectedDifferentLength { .. } => {
            ("too many or too few numbers", "a place is written (latitude, longitude)")
        }
        // The rest cannot come from the shape of this file; what `ron` says of it is still better than nothing.
        other => return (lower_first(&other.to_string()), "compare it with the lines around it"),
    };
    (expected.0.to_owned(), expected.1)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
