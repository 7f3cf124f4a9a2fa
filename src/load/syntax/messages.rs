//! What is said of a mistake of notation: what is wrong, and what to do.
//!
//! Must never look for a place: who finds the mistake knows it.

use ron::error::Error;

use super::super::fault::Fault;
use super::brackets::partner;

/// What is wrong, and what to do about it.
pub(super) type Said = (String, String);

/// `; did you mean X?` for the nearest of `known`, if one is near.
fn meant(wrong: &str, known: &[&str]) -> String {
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

/// A field that its structure does not have.
pub(super) fn unknown_field(found: &str, structure: &str, known: &[&str]) -> Said {
    (format!("unknown field `{found}` in `{structure}`{}", meant(found, known)), one_of(known))
}

/// A word that is none of those which may stand there.
pub(super) fn unknown_word(found: &str, known: &[&str]) -> Said {
    (format!("unknown `{found}`{}", meant(found, known)), one_of(known))
}

/// A field for the second time.
pub(super) fn given_twice(field: &str) -> Said {
    (format!("`{field}` is given twice"), "keep one of the two".into())
}

/// A structure of another name.
pub(super) fn other_name(expected: &str, found: &str) -> Said {
    let what = format!("expected `{expected}(…)`, found `{found}`");
    (what, format!("write `{expected}(…)` here, or move this to where it belongs"))
}

/// The next item where a field has to stand; the one before it opened in line `line`.
pub(super) fn item_in_item(found: &str, line: usize) -> Said {
    let what = format!("`{found}(` begins before the one before it has ended");
    (what, format!("close the `(` of line {line} with `)`, or write the name of a field first"))
}

/// The next field where an item of a list has to stand; the list opened in line `line`.
pub(super) fn field_in_list(found: &str, line: usize) -> Said {
    let what = format!("`{found}:` begins before the list before it has ended");
    (what, format!("close the `[` of line {line} with `]`"))
}

/// No comma before `found`; what has to have one behind it ends in line `line`.
pub(super) fn no_comma(found: &str, line: usize) -> Said {
    let found: String = found.chars().take(20).collect();
    (format!("a comma is missing before `{found}`"), format!("put a `,` behind what ends in line {line}"))
}

/// A text that has no end, or one in the wrong place; it begins in line `line`.
pub(super) fn torn_text(line: usize) -> Said {
    let remedy =
        format!("put a `\"` where the text of line {line} ends; a `\"` within a text is written `\\\"`");
    ("this text has no end, or one in the wrong place".into(), remedy)
}

fn bracket(source: &str, at: usize) -> char {
    source.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('(')
}

/// The bracket at `open` has no partner.
pub(super) fn never_closed(source: &str, open: usize) -> Fault {
    let bracket = bracket(source, open);
    let what = format!("this `{bracket}` is never closed");
    let remedy = format!("put the missing `{}` where what begins here ends", partner(bracket));
    Fault::at(open..open + 1, what, remedy)
}

/// The brackets at these places, of which the first stands in line `line`, are of different forms.
pub(super) fn mismatch(source: &str, (open, close): (usize, usize), line: usize) -> Fault {
    let bracket = |at| bracket(source, at);
    let expected = partner(bracket(open));
    let what = format!("`{}` stands where `{expected}` is missing", bracket(close));
    let remedy = format!("close the `{}` of line {line} with `{expected}` before it", bracket(open));
    Fault::at(close..close + 1, what, remedy)
}

/// The bracket at `close` has no partner.
pub(super) fn closes_nothing(source: &str, close: usize) -> Fault {
    let what = format!("`{}` closes nothing", bracket(source, close));
    Fault::at(close..close + 1, what, "remove it, or open it before")
}

/// What `ron` expected, as one would say it. `is_text` says whether a text in quotes stands there.
pub(super) fn expected(error: &Error, is_text: bool) -> Said {
    let (what, remedy) = match error {
        Error::ExpectedIdentifier if is_text => {
            ("a text where a word has to stand", "write it without quotes")
        }
        Error::Eof => ("the file ends too early", "something is not finished: look for a missing `)` or `]`"),
        Error::ExpectedString => ("expected a text in quotes", "put it in quotes: \"…\""),
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
        other => return (lower_first(&other.to_string()), "compare it with the lines around it".into()),
    };
    (what.to_owned(), remedy.to_owned())
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
