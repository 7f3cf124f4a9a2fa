//! Cuts a large file at its entries, entities and relations, and reads the pieces on all cores.
//!
//! A piece is the text of some items of one list, each of which `ron` reads as if it were a file. What this module has
//! to know of the notation is little: names, brackets, commas, plain texts and comments. Where a file holds anything
//! else outside of its texts, or anything at all is wrong with it, there is no answer, and it is read as a whole.
//! Must never answer differently from that; a property test compares the two.

use std::ops::Range;

use ron::Deserializer;
use serde::Deserialize;

use super::parse::options;
use super::plain::Plain;
use super::raw::{File, Topic};
use super::scan::Scan;
use super::{Told, cores};

/// Bytes of the source that are read in one go: some milliseconds' work.
const PIECE: usize = 1 << 18;

/// Items of one list, one behind the other.
struct Items(Vec<Range<usize>>);

/// The value of a field.
enum Value {
    /// Anything that is read at once.
    At(Range<usize>),
    /// A list of many items.
    Items(Items),
    /// The topics: of each, its fields.
    Topics(Vec<Vec<Field>>),
}

/// A field: where its name stands, and its value.
struct Field(Range<usize>, Value);

/// Reads the file in pieces, if it can be cut and every piece makes sense.
pub(super) fn read<'s>(source: &'s str, told: &Told<'_>) -> Option<File<'s>> {
    let fields = outline(source)?;
    let mut file = File::default();
    let reader = Reader { source, told };
    let name = |field: &Field| source.get(field.0.clone());
    if has_twins(fields.iter().map(name)) {
        return None;
    }
    for Field(name, value) in fields {
        match (source.get(name)?, value) {
            ("format", Value::At(at)) => file.format = reader.value(at)?,
            ("id", Value::At(at)) => file.id = reader.value(at)?,
            ("title", Value::At(at)) => file.title = reader.value(at)?,
            ("subtitle", Value::At(at)) => file.subtitle = reader.value(at)?,
            ("as_of", Value::At(at)) => file.as_of = reader.value(at)?,
            ("language", Value::At(at)) => file.language = reader.value(at)?,
            ("sources", Value::At(at)) => file.sources = reader.value(at)?,
            ("tours", Value::At(at)) => file.tours = reader.value(at)?,
            ("entities", Value::Items(items)) => file.entities = reader.items(items)?,
            ("relations", Value::Items(items)) => file.relations = reader.items(items)?,
            ("topics", Value::Topics(topics)) => {
                file.topics = topics.into_iter().map(|fields| reader.topic(fields)).collect::<Option<_>>()?;
            }
            _ => return None,
        }
    }
    Some(file)
}

/// Whether two of a few names are the same.
fn has_twins<'s>(names: impl Iterator<Item = Option<&'s str>>) -> bool {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

/// What stands where in the file.
fn outline(source: &str) -> Option<Vec<Field>> {
    let mut scan = Scan::new(source, 0);
    scan.header()?;
    let fields = structure(&mut scan, "Knowledge", |scan, name| match name {
        "topics" => list(scan, |scan| {
            structure(scan, "Topic", |scan, name| match name {
                "entries" => items(scan),
                _ => scan.value().map(Value::At),
            })
        })
        .map(Value::Topics),
        "entities" | "relations" => items(scan),
        _ => scan.value().map(Value::At),
    })?;
    scan.is_over().then_some(fields)
}

/// `Name(field: value, …)`, where the name may be left out.
fn structure<'s>(
    scan: &mut Scan<'s>,
    name: &str,
    mut value: impl FnMut(&mut Scan<'s>, &'s str) -> Option<Value>,
) -> Option<Vec<Field>> {
    let word = scan.word()?;
    if !word.is_empty() && scan.text(&word) != name {
        return None;
    }
    scan.sign(b'(')?;
    let mut fields = Vec::new();
    loop {
        let word = scan.word()?;
        if word.is_empty() {
            break;
        }
        scan.sign(b':')?;
        let name = scan.text(&word);
        fields.push(Field(word, value(scan, name)?));
        if !scan.has(b',') {
            break;
        }
    }
    scan.sign(b')')?;
    Some(fields)
}

/// `[item, …]`
fn list<'s, T>(scan: &mut Scan<'s>, mut item: impl FnMut(&mut Scan<'s>) -> Option<T>) -> Option<Vec<T>> {
    scan.sign(b'[')?;
    let mut items = Vec::new();
    while !scan.has(b']') {
        items.push(item(scan)?);
        if !scan.has(b',') {
            scan.sign(b']')?;
            break;
        }
    }
    Some(items)
}

fn items(scan: &mut Scan<'_>) -> Option<Value> {
    list(scan, Scan::value).map(Items).map(Value::Items)
}

/// Reads what was cut.
struct Reader<'s, 't> {
    source: &'s str,
    told: &'t Told<'t>,
}

impl<'s> Reader<'s, '_> {
    /// One value, which takes all of `at` but for blanks and comments.
    fn value<T: Deserialize<'s>>(&self, at: Range<usize>) -> Option<T> {
        let mut reader = Deserializer::from_str_with_options(self.source.get(at)?, &options()).ok()?;
        let value = T::deserialize(&mut reader).ok()?;
        reader.end().ok()?;
        Some(value)
    }

    /// One of very many values: the plain ones are read the quick way.
    fn item<T: Deserialize<'s>>(&self, at: Range<usize>) -> Option<T> {
        let mut scan = Scan::new(self.source, at.start);
        let value = T::deserialize(Plain(&mut scan)).ok();
        match value.filter(|_| scan.stands_before(at.end)) {
            Some(value) => Some(value),
            None => self.value(at),
        }
    }

    fn items<T: Deserialize<'s> + Send>(&self, items: Items) -> Option<Vec<T>> {
        let mut pieces: Vec<Vec<Range<usize>>> = Vec::new();
        for item in items.0 {
            match pieces.last_mut().filter(|piece| piece[0].start + PIECE > item.start) {
                Some(piece) => piece.push(item),
                None => pieces.push(vec![item]),
            }
        }
        let read = cores::each(pieces, |piece| {
            let bytes =
                piece.last().map_or(0, |last| last.end) - piece.first().map_or(0, |first| first.start);
            let items: Option<Vec<T>> = piece.into_iter().map(|item| self.item(item)).collect();
            (self.told)(bytes);
            items
        });
        let mut all = Vec::with_capacity(read.iter().flatten().map(Vec::len).sum());
        for items in read {
            all.extend(items?);
        }
        Some(all)
    }

    fn topic(&self, fields: Vec<Field>) -> Option<Topic<'s>> {
        let mut topic = Topic::default();
        if has_twins(fields.iter().map(|field| self.source.get(field.0.clone()))) {
            return None;
        }
        for Field(name, value) in fields {
            match (self.source.get(name)?, value) {
                ("id", Value::At(at)) => topic.id = self.value(at)?,
                ("title", Value::At(at)) => topic.title = self.value(at)?,
                ("short", Value::At(at)) => topic.short = self.value(at)?,
                ("summary", Value::At(at)) => topic.summary = self.value(at)?,
                ("entries", Value::Items(items)) => topic.entries = self.items(items)?,
                _ => return None,
            }
        }
        Some(topic)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;
    use crate::load::parse::whole;

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
    ];

    /// What is read in pieces is what is read as a whole; whether it can be read in pieces.
    fn same(source: &str) -> bool {
        let Some(cut) = read(source, &|_| {}) else { return false };
        match whole(source) {
            Ok(whole) => assert_eq!(format!("{cut:?}"), format!("{whole:?}"), "{source}"),
            // Another format is asked for later.
            Err(_) => assert!(cut.format.is_some_and(|format| format != 1), "{source}"),
        }
        true
    }

    #[test]
    fn usual_files_are_cut() {
        assert!(same(SMALL) && same(SHIPPED));
    }

    #[test]
    fn pieces_may_be_read_on_several_cores() {
        let entry = SMALL.find("Entry(").expect("it has one");
        let end = entry + SMALL[entry..].find("Entry(id: \"river\"").expect("and another one");
        let many = SMALL[..end].to_owned() + &SMALL[entry..end].repeat(2_000) + &SMALL[end..];
        assert!(many.len() > 2 * PIECE && same(&many));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
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
