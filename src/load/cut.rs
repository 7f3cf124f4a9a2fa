//! Cuts a large file at its entries, entities and relations, and reads the pieces on all cores.
//!
//! A piece is the text of some items of one list, each of which `ron` reads as if it were a file. What this module has
//! to know of the notation is little: names, brackets, commas, plain texts and comments. Where a file holds anything
//! else outside of its texts, or anything at all is wrong with it, there is no answer, and it is read as a whole.
//! Must never answer differently from that; a property test compares the two.

use std::ops::Range;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use ron::Deserializer;
use serde::Deserialize;

use super::guess::Guess;
use super::parse::options;
use super::pieces::{Piece, Pieces};
use super::plain::Plain;
use super::raw::{Entity, File, Relation, Topic};
use super::scan::Scan;
use super::{Told, cores};

/// Bytes of the source that are read in one go: some milliseconds' work.
const PIECE: usize = 1 << 18;

/// Items of a piece from which it is seen how many there will be.
const SAMPLE: usize = 16;

/// The value of a field.
enum Value<'s> {
    /// Anything that is read at once.
    At(Range<usize>),
    /// The topics: of each, its fields.
    Topics(Vec<Vec<Field<'s>>>),
    Entries(Vec<Piece<'s>>),
    Entities(Vec<Vec<Entity<'s>>>),
    Relations(Vec<Vec<Relation<'s>>>),
}

/// A field: its name, and its value.
struct Field<'s>(&'s str, Value<'s>);

/// Reads the file in pieces, if it can be cut and every piece makes sense.
pub(super) fn read<'s>(source: &'s str, told: &Told<'_>) -> Option<File<'s>> {
    read_by(PIECE, source, told)
}

/// As [`read`], with pieces of at least so many bytes.
fn read_by<'s>(size: usize, source: &'s str, told: &Told<'_>) -> Option<File<'s>> {
    let reader = Reader { source, told, size };
    let fields = reader.outline()?;
    if has_twins(&fields) {
        return None;
    }
    let mut file = File::default();
    for Field(name, value) in fields {
        match (name, value) {
            ("format", Value::At(at)) => file.format = reader.value(at)?,
            ("id", Value::At(at)) => file.id = reader.value(at)?,
            ("title", Value::At(at)) => file.title = reader.value(at)?,
            ("subtitle", Value::At(at)) => file.subtitle = reader.value(at)?,
            ("as_of", Value::At(at)) => file.as_of = reader.value(at)?,
            ("language", Value::At(at)) => file.language = reader.value(at)?,
            ("sources", Value::At(at)) => file.sources = reader.value(at)?,
            ("tours", Value::At(at)) => file.tours = reader.value(at)?,
            ("entities", Value::Entities(pieces)) => file.entities = joined(pieces),
            ("relations", Value::Relations(pieces)) => file.relations = joined(pieces),
            ("topics", Value::Topics(topics)) => {
                file.topics = topics.into_iter().map(|fields| reader.topic(fields)).collect::<Option<_>>()?;
            }
            _ => return None,
        }
    }
    Some(file)
}

/// Whether two of a few fields have the same name.
fn has_twins(fields: &[Field<'_>]) -> bool {
    let mut names: Vec<_> = fields.iter().map(|field| field.0).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

/// All items of a list that is not very long.
fn joined<T>(pieces: Vec<Vec<T>>) -> Vec<T> {
    let mut all = Vec::with_capacity(pieces.iter().map(Vec::len).sum());
    for items in pieces {
        all.extend(items);
    }
    all
}

/// `Name(field: value, …)`, where the name may be left out.
fn structure<'s>(
    scan: &mut Scan<'s>,
    name: &str,
    mut value: impl FnMut(&mut Scan<'s>, &'s str) -> Option<Value<'s>>,
) -> Option<Vec<Field<'s>>> {
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
        fields.push(Field(name, value(scan, name)?));
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

/// Items of a list that stand one after the other.
struct Run<T> {
    /// Where the first one begins.
    start: usize,
    items: T,
    /// `None` if what stands there is not understood.
    end: Option<RunEnd>,
}

/// What follows a run.
enum RunEnd {
    /// The run that begins there.
    Next(usize),
    /// Whatever stands behind the list.
    Last(usize),
}

/// Reads what was cut.
struct Reader<'s, 't> {
    source: &'s str,
    told: &'t Told<'t>,
    /// Bytes of a piece, at least.
    size: usize,
}

impl<'s> Reader<'s, '_> {
    /// What stands where in the file; the long lists are read on the way.
    fn outline(&self) -> Option<Vec<Field<'s>>> {
        let mut scan = Scan::new(self.source, 0);
        scan.header()?;
        let fields = structure(&mut scan, "Knowledge", |scan, name| match name {
            "topics" => list(scan, |scan| {
                structure(scan, "Topic", |scan, name| match name {
                    "entries" => self.items(scan, Piece::of).map(Value::Entries),
                    _ => scan.value().map(Value::At),
                })
            })
            .map(Value::Topics),
            "entities" => self.items(scan, |entities: Vec<Entity<'s>>| entities).map(Value::Entities),
            "relations" => self.items(scan, |relations: Vec<Relation<'s>>| relations).map(Value::Relations),
            _ => scan.value().map(Value::At),
        })?;
        scan.is_over().then_some(fields)
    }

    /// One value, which takes all of `at` but for blanks and comments.
    fn value<T: Deserialize<'s>>(&self, at: Range<usize>) -> Option<T> {
        let mut reader = Deserializer::from_str_with_options(self.source.get(at)?, &options()).ok()?;
        let value = T::deserialize(&mut reader).ok()?;
        reader.end().ok()?;
        Some(value)
    }

    /// One of very many values: the plain ones are read the quick way.
    fn item<T: Deserialize<'s>>(&self, scan: &mut Scan<'s>) -> Option<T> {
        let start = scan.place()?;
        let value = T::deserialize(Plain(scan)).ok();
        if value.is_some() && (scan.is_at(b',') || scan.is_at(b']')) {
            return value;
        }
        *scan = Scan::new(self.source, start);
        let at = scan.value()?;
        self.value(at)
    }

    /// Reads items from byte `start` on, up to the end of the list or the next cut.
    fn run<T: Deserialize<'s>>(&self, guess: &Guess<'s>, start: usize) -> Run<Vec<T>> {
        let mut run = Run { start, items: Vec::new(), end: None };
        let mut scan = Scan::new(self.source, start);
        let mut cut = guess.after(start);
        while let Some(at) = scan.place() {
            while let Some(passed) = cut.filter(|cut| *cut < at) {
                cut = guess.after(passed);
            }
            if cut == Some(at) {
                run.end = Some(RunEnd::Next(at));
                break;
            }
            let is_last = scan.has(b']') || {
                let Some(item) = self.item(&mut scan) else { break };
                run.items.push(item);
                if run.items.len() == SAMPLE {
                    let read = scan.place().map_or(self.size, |end| end - start);
                    run.items.reserve(self.size * SAMPLE / read);
                }
                !scan.has(b',') && scan.has(b']')
            };
            if is_last {
                run.end = scan.place().map(RunEnd::Last);
                break;
            }
        }
        run
    }

    /// The items of the list that begins here. Where its pieces begin is guessed, so that no core has to wait for what
    /// another one reads; a guess counts if the piece before it ends there, and only then.
    /// What is made of each piece is made at once, by whoever has read it.
    fn items<T: Deserialize<'s>, R: Send>(
        &self,
        scan: &mut Scan<'s>,
        make: impl Fn(Vec<T>) -> R + Sync,
    ) -> Option<Vec<R>> {
        scan.sign(b'[')?;
        let first = scan.place()?;
        let guess = Guess::new(self.source, first, self.size);
        let mut all = Vec::new();
        let is_over = AtomicBool::new(false);
        let mut end = Some(RunEnd::Next(first));
        let starts = Guess::new(self.source, first, self.size).take_while(|_| !is_over.load(Relaxed));
        cores::each(
            starts,
            |start| {
                let Run { start, items, end } = self.run(&guess, start);
                Run { start, items: make(items), end }
            },
            |run| {
                if !matches!(end, Some(RunEnd::Next(next)) if next == run.start) {
                    return;
                }
                if let Some(RunEnd::Next(next) | RunEnd::Last(next)) = run.end {
                    (self.told)(next - run.start);
                }
                end = run.end;
                all.push(run.items);
                is_over.store(!matches!(end, Some(RunEnd::Next(_))), Relaxed);
            },
        );
        let Some(RunEnd::Last(end)) = end else { return None };
        *scan = Scan::new(self.source, end);
        Some(all)
    }

    fn topic(&self, fields: Vec<Field<'s>>) -> Option<Topic<'s>> {
        if has_twins(&fields) {
            return None;
        }
        let mut topic = Topic::default();
        for Field(name, value) in fields {
            match (name, value) {
                ("id", Value::At(at)) => topic.id = self.value(at)?,
                ("title", Value::At(at)) => topic.title = self.value(at)?,
                ("short", Value::At(at)) => topic.short = self.value(at)?,
                ("summary", Value::At(at)) => topic.summary = self.value(at)?,
                ("entries", Value::Entries(pieces)) => topic.entries = Pieces(pieces),
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
        "\n            Entry(",
        "\n            Entry(id: 1),",
        "\n        Entity(",
        "\n]",
    ];

    /// How many broken files are read: `TUMEN_CASES`, if it is set.
    fn cases() -> u32 {
        std::env::var("TUMEN_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4_000)
    }

    /// What is read in pieces is what is read as a whole; whether it can be read in pieces.
    fn same(source: &str) -> bool {
        // As large as usual, and so small that there is a cut before almost every item.
        [PIECE, 1].into_iter().all(|size| {
            let Some(cut) = read_by(size, source, &|_| {}) else { return false };
            match whole(source) {
                Ok(whole) => assert_eq!(format!("{cut:?}"), format!("{whole:?}"), "{source}"),
                // Another format is asked for later.
                Err(_) => assert!(cut.format.is_some_and(|format| format != 1), "{source}"),
            }
            true
        })
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
