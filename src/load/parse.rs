//! The text of a file → the file as it is written (`raw`), and all that keeps it from being read.
//!
//! Must never judge a file of another format by the rules of this one.

use std::mem;
use std::ops::Range;

use ron::Deserializer;
use ron::error::Error;

use super::fault::Fault;
use super::mistaken::mistaken;
use super::raw::File;
use super::syntax::{Kind, Outline, Sink, Unread, Value, Whole};
use super::value::options;

/// The `format` that this program reads.
const FORMAT: u64 = 1;

/// The file as it is written, as far as it can be read, and what is wrong with how it is written.
pub(super) fn parse<'s>(whole: &Whole<'s>) -> (File<'s>, Sink) {
    let mut outline = Outline::new(whole, 0);
    let file = document(&mut outline).unwrap_or_default();
    let mut sink = mem::take(&mut outline.sink);
    if !sink.faults.is_empty() {
        sink = sink.unless(mistaken(whole.source));
    }
    let base = whole.base;
    let format = file.format.as_ref().map(|format| (format.value, format.place()));
    let other = format.and_then(|(format, at)| other_format(format, at.start - base..at.end - base));
    sink = sink.unless(other.into_iter().collect());
    (file, sink)
}

/// The one structure that a file is.
fn document<'s>(outline: &mut Outline<'s, '_>) -> Result<File<'s>, Unread> {
    if outline.whole.source.trim().is_empty() {
        let fault = Fault::at(0..0, "the file is empty", "a knowledge file is one `Knowledge(…)`");
        return Err(outline.last(Unread::Value(Box::new(fault))));
    }
    first_lines(outline)?;
    let file = match File::read(outline) {
        Ok(file) => file,
        Err(unread) => return Err(outline.last(unread)),
    };
    if outline.kind().is_some() {
        let unread = outline.unexpected(&Error::TrailingCharacters);
        // What is wrong before it is told all the same.
        let _ = outline.forgive(unread, true);
    }
    Ok(file)
}

/// Passes over lines like `#![enable(implicit_some)]`.
fn first_lines(outline: &mut Outline<'_, '_>) -> Result<(), Unread> {
    while outline.is_at(Kind::Sign('#')) {
        let source = outline.whole.source;
        let rest = source.get(outline.place()..).unwrap_or_default();
        match Deserializer::from_str_with_options(rest, &options()) {
            Ok(reader) => outline.seek(source.len() - reader.remainder().len()),
            Err(error) => {
                let unread = outline.unexpected(&error.code);
                outline.forgive(unread, true)?;
                let Some(end) = rest.find(']') else { return Err(outline.end()) };
                outline.seek(source.len() - rest.len() + end + 1);
            }
        }
    }
    Ok(())
}

/// A fault if a file says that it has another format than [`FORMAT`].
fn other_format(format: u64, at: Range<usize>) -> Option<Fault> {
    let (age, remedy) = match format {
        FORMAT => return None,
        0 => ("is none that there ever was", "write `format: 1`"),
        _ => (
            "is newer than this program knows",
            "use a newer program, or write `format: 1` if that is what it is",
        ),
    };
    Some(Fault::at(at, format!("format {format} {age}"), remedy))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{Index, select};
    use serde::Deserialize;

    use super::*;

    const SMALL: &str = include_str!("../../tests/data/small.ron");
    const SHIPPED: &str = include_str!("../../assets/dprk-russia.ron");

    /// What is cut into the text of a file: what the notation knows, and what it does not.
    const PIECES: &[&str] = &[
        "\"",
        "\\",
        "\\\"",
        "\\u{41}",
        "r\"a\"",
        "r#\"b\"#",
        "b\"c\"",
        "'d'",
        "#",
        "!",
        "//",
        "/*",
        "*/",
        "/* ] */",
        "// )\n",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ",,",
        ":",
        " ",
        "\n",
        "\t",
        "\u{b}",
        "\u{85}",
        "\u{2028}",
        "é",
        "김",
        "id",
        "id: \"x\",",
        "format: 1,",
        "topics: [],",
        "entries: [],",
        "entities: [],",
        "Topic",
        "Entry(",
        "Some(",
        "None",
        "Stated",
        "Established",
        "State",
        "-",
        "1",
        "1.5",
        "_",
        "1_0",
        "0x1",
        "+1",
        "#![enable(unwrap_newtypes)]",
        "#![enable(explicit_struct_names)]",
        "at: (1, 2.5),",
        "()",
        "r#id",
        "\n            Entry(",
        "\n            Entry(id: 1),",
        "\n        Entity(",
        "\n]",
    ];

    /// How many broken files are read: `TUMEN_CASES`, if it is set.
    fn cases() -> u32 {
        std::env::var("TUMEN_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4_000)
    }

    /// The file as `ron` reads it all by itself.
    fn by_ron(source: &str) -> ron::Result<File<'_>> {
        let mut reader =
            Deserializer::from_str_with_options(source, &options()).map_err(|error| error.code)?;
        let file = File::deserialize(&mut reader)?;
        reader.end()?;
        Ok(file)
    }

    /// What is read here is what `ron` reads by itself, in one piece and in as many as there are items; whether it can
    /// be read.
    fn same(source: &str) -> bool {
        let by_ron = by_ron(source);
        let mut told = Vec::new();
        for piece in [usize::MAX, 1] {
            let mut whole = Whole::new(source, 0, &|_| {});
            whole.piece = piece;
            let (file, sink) = parse(&whole);
            match &by_ron {
                Ok(expected) if sink.faults.is_empty() => {
                    assert_eq!(format!("{file:?}"), format!("{expected:?}"), "{source}");
                }
                Ok(file) => assert_ne!(
                    file.format.as_ref().map_or(FORMAT, |it| it.value),
                    FORMAT,
                    "{sink:?} {source}"
                ),
                // Structures without names are what they are, whatever the file asks for.
                Err(Error::ExpectedStructName(_)) => {}
                Err(error) => assert!(!sink.faults.is_empty(), "{error} in {source}"),
            }
            told.push(sink.faults);
        }
        assert_eq!(told[0], told[1], "{source}");
        told[0].is_empty()
    }

    #[test]
    fn what_is_read_is_what_ron_reads() {
        assert!(same(SMALL) && same(SHIPPED));
        assert!(!same(&SMALL.replacen("format: ", "format: #![enable(implicit_some)] ", 1)));
    }

    #[test]
    fn what_only_seems_to_be_an_item_is_none() {
        let entry = SMALL.find("Entry(").expect("it has one");
        let line = &SMALL[SMALL[..entry].rfind('\n').expect("on a line of its own")..entry];
        let text = SMALL.find("text: \"").expect("it has one") + "text: \"".len();
        let entries = SMALL.find("entries: [").expect("it has some") + "entries: [".len();
        let seeming = format!("{line}Entry(id: \\\"x\\\"),");
        for (at, written) in [
            (text, seeming.clone()),
            (text, format!("[{seeming}]")),
            (entries, format!("/*{line}Entry(id: 1),{line}Entry(]*/")),
            (entries, format!("//{line}// Entry(\n")),
        ] {
            assert!(same(&format!("{}{written}{}", &SMALL[..at], &SMALL[at..])), "{written}");
        }
    }

    #[test]
    fn a_comment_that_never_ends_hides_the_rest() {
        let tags = SMALL.find("tags: [\"border\"").expect("it has one") + "tags: [\"border\"".len();
        for comment in ["/*", "/*y\"", "/* /", "/**", "/"] {
            assert!(!same(&format!("{}{comment}{}", &SMALL[..tags], &SMALL[tags..])), "{comment}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(cases()))]
        #[test]
        fn broken_files_are_never_read_otherwise(
            edits in prop::collection::vec((any::<Index>(), select(PIECES), 0_usize..12), 1..4),
        ) {
            let mut source = SMALL.to_owned();
            for (at, piece, removed) in edits {
                let at = at.index(source.len());
                let Some(end) = (at..=(at + removed).min(source.len())).rev().find(|at| source.is_char_boundary(*at))
                else { continue };
                if source.is_char_boundary(at) {
                    source.replace_range(at..end, piece);
                }
            }
            same(&source);
        }
    }
}
