//! Any bytes load or explain themselves, and what loads is consistent and harmless.
//!
//! Files are made from a seed, so a failure can be repeated. `TUMEN_CASES` sets how many.

use proptest::prelude::*;

use tumen::knowledge::{
    Address, EntityIx, EntryIx, Item, Knowledge, MarkKind, Problem, Text, TopicIx, TourIx,
};
use tumen::knowledge::{SourceIx, StatementIx};
use tumen::load::from_bytes;
use tumen::text::clean::is_hostile;

const SMALL: &[u8] = include_bytes!("../data/small.ron");

fn cases() -> u32 {
    std::env::var("TUMEN_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3_000)
}

fn harmless(text: &str) {
    assert!(!text.chars().any(is_hostile), "a hostile character in {text:?}");
}

fn check_text(knowledge: &Knowledge, text: &Text) {
    harmless(&text.plain);
    let mut last = 0;
    for mark in &text.marks {
        let (start, end) = (mark.range.start as usize, mark.range.end as usize);
        assert!(start >= last && text.plain.get(start..end).is_some(), "{text:?}");
        last = start;
        match &mark.kind {
            MarkKind::Link(address) => check_address(knowledge, *address),
            MarkKind::Web(url) => {
                harmless(url);
                let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
                assert!(matches!(&*scheme, "https" | "http" | "mailto"), "{url}");
            }
            MarkKind::Block(_) | MarkKind::Emphasis | MarkKind::Strong => {}
        }
    }
}

fn check_address(knowledge: &Knowledge, address: Address) {
    let written = knowledge.address_text(address);
    assert_eq!(knowledge.address(&written), Ok(address), "{written}");
    harmless(knowledge.name(address));
}

fn check_item(knowledge: &Knowledge, item: Item) {
    let name = knowledge.ids.name(item);
    assert_eq!(knowledge.ids.get(name), Some(item), "{name:?}");
    harmless(name);
}

/// Every index leads somewhere, every address leads back to itself, and nothing could drive a terminal.
fn check(knowledge: &Knowledge) {
    let k = knowledge;
    assert!(!k.topics.is_empty() && !k.entries.is_empty(), "nothing to show");
    let items = (0..k.sources.len()).map(|at| Item::Source(SourceIx::new(at)));
    items
        .chain((0..k.tours.len()).map(|at| Item::Tour(TourIx::new(at))))
        .for_each(|item| check_item(k, item));
    for text in [&k.id, &k.title, &k.subtitle, &k.language] {
        harmless(text);
    }
    for source in &k.sources {
        [&source.title, &source.note].into_iter().chain(&source.url).for_each(|text| harmless(text));
    }
    let mut next = (0, 0);
    for (at, topic) in k.topics.iter().enumerate() {
        check_address(k, Address::Topic(TopicIx::new(at)));
        harmless(&topic.short);
        check_text(k, &topic.summary);
        assert_eq!(topic.entries.start, next.0);
        next.0 = topic.entries.end;
    }
    for (at, entry) in k.entries.iter().enumerate() {
        check_address(k, Address::Entry(EntryIx::new(at)));
        assert!(k.topic(entry.topic).entries.contains(&(at as u32)));
        entry.tags.iter().chain(&entry.aliases).for_each(|name| harmless(name));
        entry.see.iter().for_each(|item| check_item(k, *item));
        assert_eq!(entry.statements.start, next.1);
        next.1 = entry.statements.end;
    }
    assert_eq!(next, (k.entries.len() as u32, k.statements.len() as u32));
    for (at, statement) in k.statements.iter().enumerate() {
        check_address(k, Address::Statement(StatementIx::new(at)));
        assert!(k.entry(statement.entry).statements.contains(&(at as u32)));
        check_text(k, &statement.text);
        let parties = statement.standing.by().iter().chain(statement.standing.denied_by());
        parties.for_each(|ix| check_address(k, Address::Entity(*ix)));
        statement.sources.iter().for_each(|ix| check_item(k, Item::Source(*ix)));
    }
    check_the_rest(k);
}

fn check_the_rest(k: &Knowledge) {
    for (at, entity) in k.entities.iter().enumerate() {
        check_address(k, Address::Entity(EntityIx::new(at)));
        entity.native.iter().chain(&entity.aliases).for_each(|name| harmless(name));
        check_text(k, &entity.summary);
        entity.sources.iter().for_each(|ix| check_item(k, Item::Source(*ix)));
        assert!(entity.at.is_none_or(|(north, east)| north.abs() <= 90.0 && east.abs() <= 180.0));
        let mentions = &k.mentions;
        mentions
            .statements(EntityIx::new(at))
            .iter()
            .for_each(|ix| check_address(k, Address::Statement(*ix)));
        mentions.relations(EntityIx::new(at)).iter().for_each(|ix| harmless(&k.relation(*ix).kind));
    }
    for relation in &k.relations {
        assert!(relation.from != relation.to);
        check_address(k, Address::Entity(relation.from));
        check_address(k, Address::Entity(relation.to));
        check_address(k, Address::Statement(relation.statement));
        harmless(&relation.kind);
    }
    for tour in &k.tours {
        harmless(&tour.title);
        harmless(&tour.summary);
        for step in &tour.steps {
            check_address(k, step.show);
            step.reveal.iter().for_each(|ix| check_address(k, Address::Statement(*ix)));
            harmless(&step.say);
        }
    }
}

fn check_problem(problem: &Problem) {
    for text in [&problem.file, &problem.what, &problem.remedy] {
        harmless(text);
    }
    assert!(!problem.what.is_empty() && !problem.remedy.is_empty(), "{problem}");
    let Some(place) = &problem.place else { return };
    harmless(&place.text);
    let shown = place.text.chars().count();
    assert!(place.line >= 1 && place.column >= 1 && place.length >= 1 && shown <= 120, "{problem}");
    assert!(place.mark <= shown && place.length <= (shown - place.mark).max(1), "{problem}");
}

/// Whether the bytes loaded; either way all that came of them is checked.
fn load(bytes: &[u8]) -> bool {
    let (problems, loaded) = match from_bytes("f.ron", bytes) {
        Ok(loaded) => {
            check(&loaded.knowledge);
            (loaded.problems, true)
        }
        Err(unreadable) => {
            assert!(!unreadable.0.is_empty(), "unreadable without a reason");
            (unreadable.0, false)
        }
    };
    problems.iter().for_each(check_problem);
    loaded
}

/// A small generator of numbers: the same seed gives the same file on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        // splitmix64, Steele et al. 2014.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit.max(1) as u64) as usize
    }
}

/// Pieces that mean something in the file, or something bad anywhere.
const PIECES: &[&str] = &[
    "\"",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\\",
    "/*",
    "*/",
    "//",
    "r#\"",
    "#",
    "'",
    "..",
    "None",
    "Some(",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "\r",
    "\n",
    "\0",
    "\u{9b}",
    "&#27;",
    "&#x202e;",
    "\\u{202e}",
    "\\x1b",
    "](",
    "](http://x)",
    "](H1#x/y)",
    "[x](russia)",
    "**",
    "*",
    "`",
    "<b>",
    "![x](russia)",
    "    ",
    "H1",
    "\"\"",
    "russia",
    "\"H1\"",
    "\"kim-jong-un\"",
    "NaN",
    "1e999",
    "-",
    "by: []",
    "id: \"H1\", ",
    "김",
    "\u{301}",
    "---\n",
];

/// The small file after one to four accidents.
fn mutant(seed: u64) -> Vec<u8> {
    let mut numbers = Numbers(seed);
    let mut bytes = SMALL.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        let until = (at + 1 + numbers.below(40)).min(bytes.len());
        match numbers.below(7) {
            0 => bytes[at] ^= 1 << numbers.below(8),
            1 => drop(bytes.drain(at..until)),
            2 => drop(bytes.remove(at)),
            3 => {
                let piece = bytes[at..until].to_vec();
                let to = numbers.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            4 => bytes.truncate(at + 1),
            _ => {
                let piece = PIECES[numbers.below(PIECES.len())].bytes();
                bytes.splice(at..at, piece);
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// A file in which some words inside of quotes are exchanged: it can be read, but means something else.
fn muddle(seed: u64) -> String {
    let mut numbers = Numbers(seed);
    let source = String::from_utf8_lossy(SMALL);
    let mut parts: Vec<&str> = source.split('"').collect();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(parts.len() / 2) * 2 + 1;
        parts[at] = match numbers.below(3) {
            0 => PIECES[numbers.below(PIECES.len())],
            _ => parts[numbers.below(parts.len() / 2) * 2 + 1],
        };
    }
    parts.join("\"")
}

#[test]
fn a_damaged_file_loads_or_explains_itself() {
    let opened = (0..u64::from(cases())).filter(|seed| load(&mutant(*seed))).count();
    assert!(opened > 0, "no damaged file opened: the property was not tested");
    println!("{opened} of {} damaged files opened", cases());
}

#[test]
fn a_muddled_file_loads_without_what_it_muddles() {
    let opened = (0..u64::from(cases())).filter(|seed| load(muddle(*seed).as_bytes())).count();
    assert!(opened * 2 > cases() as usize, "most muddled files open: {opened}");
    println!("{opened} of {} muddled files opened", cases());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_load_or_explain_themselves(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        load(&bytes);
    }

    #[test]
    fn any_text_in_a_text_is_harmless(text in "\\PC{0,40}|[\\[\\]()*`_<>&#;!a-z \u{1b}\u{202e}\n\t/:]{0,60}") {
        let quoted = text.replace('\\', "\\\\").replace('"', "\\\"");
        let source = String::from_utf8_lossy(SMALL).replace("A visit to Pyongyang is foreseen.", &quoted);
        prop_assert!(load(source.as_bytes()));
    }
}
