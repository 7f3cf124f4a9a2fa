//! Random knowledge files, as RON text: every kind of item, date, standing and script, in every mixture.
//!
//! The same [`Shape`] always gives the same text. What is written is right: the one problem that a file may have is a
//! topic without entries, which a session must be able to show.

use std::fmt::Write as _;

use proptest::prelude::*;
use tumen::knowledge::Knowledge;
use tumen::load::{Loaded, from_bytes};

/// What a file is made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Decides everything that the other two leave open.
    pub(crate) seed: u64,
    /// How many topics.
    pub(crate) topics: usize,
    /// How many entries a topic has at most; some have fewer, some have none.
    pub(crate) entries: usize,
}

/// Any file; a failing one shrinks to few topics with few entries.
pub(crate) fn shapes() -> impl Strategy<Value = Shape> {
    (any::<u64>().no_shrink(), 1..=12_usize, 0..=40_usize).prop_map(|(seed, topics, entries)| Shape {
        seed,
        topics,
        entries,
    })
}

/// Words as they come, and as they should not: each is somebody's name, or the end of some line's luck.
const WORDS: [&str; 44] = [
    "a",
    "of",
    "the",
    "arms",
    "river",
    "treaty",
    "Pyongyang",
    "Moscow",
    "well-known",
    "naïve",
    "don't",
    "1961",
    "self-determination",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "김정은",
    "조선민주주의인민공화국",
    "두만강",
    "Ким",
    "Чен",
    "Ын",
    "Туманная",
    "североатлантический",
    "北京",
    "朝鲜民主主义人民共和国",
    "図們江",
    // Combining marks: composed, decomposed, several on one letter, and one that has no letter.
    "é",
    "e\\u{301}",
    "a\\u{301}\\u{323}\\u{30a}",
    "\\u{301}",
    "각",
    "\\u{1100}\\u{1161}\\u{11a8}",
    // Emoji: one, with a tone, a family, a flag, a keycap, one made wide by a selector.
    "🚀",
    "👍🏽",
    "👩\\u{200d}👩\\u{200d}👧",
    "🇰🇵",
    "1\\u{fe0f}\\u{20e3}",
    "❤\\u{fe0f}",
    "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀",
    // Scripts whose clusters are wide or whose direction is another, a zero-width space, a soft hyphen.
    "क्षत्रिय",
    "שלום",
    "ﷺ",
    "zero\\u{200b}width",
    "soft\\u{ad}hyphen",
];

const DATES: [&str; 10] = [
    "1961",
    "1961-07",
    "1961-07-06",
    "196X",
    "1950/1953",
    "1995/..",
    "../1945",
    "1961~",
    "1961?",
    "1950-06-25/1950-09-15",
];

const KINDS: [&str; 8] = ["Person", "State", "Organisation", "Place", "Treaty", "Event", "Weapon", "Idea"];

/// Numbers without a pattern: `SplitMix64` (Steele, Lea and Flood 2014).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn words(&mut self, most: usize) -> String {
        let count = 1 + self.below(most);
        let words: Vec<&str> = (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect();
        words.join(" ")
    }

    /// `, when: "…"`, or nothing: dates are missing as often as not.
    fn when(&mut self) -> String {
        if self.one_in(2) { String::new() } else { format!(", when: \"{}\"", DATES[self.below(DATES.len())]) }
    }

    /// Up to three different numbers below `end`, as ids.
    fn ids(&mut self, letter: char, end: usize, least: usize) -> String {
        let mut found: Vec<usize> = (0..least + self.below(3)).map(|_| self.below(end)).collect();
        found.sort_unstable();
        found.dedup();
        found.iter().map(|at| format!("\"{letter}{at}\"")).collect::<Vec<_>>().join(", ")
    }
}

/// How many items of each kind a file has.
struct Counts {
    entries: Vec<usize>,
    all_entries: usize,
    entities: usize,
}

/// Writes the file.
pub(crate) fn written(shape: Shape) -> String {
    let mut dice = Dice(shape.seed);
    let some = |dice: &mut Dice| if dice.one_in(5) { 0 } else { dice.below(shape.entries + 1) };
    let mut entries: Vec<usize> = (0..shape.topics).map(|_| some(&mut dice)).collect();
    // A file with no entry at all has nothing to show, and is refused.
    if entries.iter().all(|count| *count == 0) {
        entries[dice.below(shape.topics)] = 1;
    }
    let counts = Counts { all_entries: entries.iter().sum(), entries, entities: 1 + dice.below(60) };
    let mut text = String::from("#![enable(implicit_some)]\nKnowledge(\n    format: 1, id: \"random\",\n");
    let _ = writeln!(text, "    title: \"{}\", subtitle: \"{}\",", dice.words(6), dice.words(9));
    let _ = writeln!(text, "    as_of: \"2024-01\", language: \"en\",");
    let _ = writeln!(text, "    sources: [Source(id: \"article\", title: \"{}\"),", dice.words(8));
    let _ =
        writeln!(text, "        Source(id: \"book\", title: \"A book\", url: \"https://example.org/\")],");
    let statements = topics(&mut text, &mut dice, &counts);
    entities(&mut text, &mut dice, counts.entities);
    relations(&mut text, &mut dice, counts.entities, statements);
    text.push_str(")\n");
    text
}

/// Writes the topics; how many statements they have in all.
fn topics(text: &mut String, dice: &mut Dice, counts: &Counts) -> usize {
    let (mut entry, mut statement) = (0, 0);
    text.push_str("    topics: [\n");
    for (at, count) in counts.entries.iter().enumerate() {
        let _ = write!(text, "        Topic(id: \"t{at}\", title: \"{}\"", dice.words(4));
        if dice.one_in(2) {
            let _ = write!(text, ", short: \"{}\"", dice.words(1));
        }
        let _ = writeln!(text, ", summary: \"{}\", entries: [", prose(dice, counts, 20));
        for _ in 0..*count {
            let _ = write!(text, "            Entry(id: \"e{entry}\", title: \"{}\"", dice.words(14));
            text.push_str(&dice.when());
            if dice.one_in(3) {
                let _ = write!(text, ", tags: [\"{}\"], aliases: [\"{}\"]", dice.words(2), dice.words(3));
            }
            // Not to oneself: the next one, round to the first.
            if counts.all_entries > 1 && dice.one_in(3) {
                let _ = write!(text, ", see: [\"e{}\", \"n0\"]", (entry + 1) % counts.all_entries);
            }
            text.push_str(", statements: [\n");
            for _ in 0..=dice.below(6) {
                write_statement(text, dice, counts, statement);
                statement += 1;
            }
            text.push_str("            ]),\n");
            entry += 1;
        }
        text.push_str("        ]),\n");
    }
    text.push_str("    ],\n");
    statement
}

fn write_statement(text: &mut String, dice: &mut Dice, counts: &Counts, at: usize) {
    let standing = match dice.below(6) {
        0 => "Established".to_owned(),
        1 => format!("Stated(by: [{}])", dice.ids('n', counts.entities, 1)),
        2 => {
            let (by, denied) = (dice.ids('n', counts.entities, 1), dice.ids('n', counts.entities, 0));
            format!("Alleged(by: [{by}], denied_by: [{denied}])")
        }
        3 => "Unverified".to_owned(),
        4 => "Assessed".to_owned(),
        _ => "Expected".to_owned(),
    };
    let sources = ["\"article\"", "\"book\"", "\"article\", \"book\""][dice.below(3)];
    let (when, long) = (dice.when(), if dice.one_in(40) { 150 } else { 12 });
    let prose = prose(dice, counts, long);
    let _ = writeln!(
        text,
        "                Statement(id: \"S{at}\", standing: {standing}{when}, sources: [{sources}], text: \"{prose}\"),"
    );
}

/// Words with links to all kinds of places among them, and some of them stressed.
fn prose(dice: &mut Dice, counts: &Counts, most: usize) -> String {
    let mut text = dice.words(most);
    for _ in 0..dice.below(3) {
        let label = dice.words(3);
        let to = match dice.below(4) {
            0 => format!("t{}", dice.below(counts.entries.len())),
            1 => format!("e{}", dice.below(counts.all_entries)),
            2 if dice.one_in(3) => "https://example.org/a".to_owned(),
            _ => format!("n{}", dice.below(counts.entities)),
        };
        let after = dice.words(5);
        let _ = write!(text, " [{label}]({to}) {after}");
    }
    if dice.one_in(3) {
        let _ = write!(text, " *{}* **strong**", WORDS[dice.below(WORDS.len())]);
    }
    text
}

fn entities(text: &mut String, dice: &mut Dice, count: usize) {
    text.push_str("    entities: [\n");
    for at in 0..count {
        let kind = KINDS[dice.below(KINDS.len())];
        let _ = write!(text, "        Entity(id: \"n{at}\", kind: {kind}, name: \"{}\"", dice.words(4));
        text.push_str(&dice.when());
        if dice.one_in(2) {
            let _ = write!(text, ", native: [\"{}\"], aliases: [\"{}\"]", dice.words(2), dice.words(3));
        }
        if dice.one_in(2) {
            let (latitude, longitude) = (dice.below(181) as f64 - 90.0, dice.below(361) as f64 - 180.0);
            let _ = write!(text, ", at: ({latitude:.1}, {longitude:.1})");
        }
        if dice.one_in(2) {
            let _ = write!(text, ", summary: \"{}\"", dice.words(20));
        }
        text.push_str("),\n");
    }
    text.push_str("    ],\n");
}

fn relations(text: &mut String, dice: &mut Dice, entities: usize, statements: usize) {
    text.push_str("    relations: [\n");
    // One that leads to itself would be a problem.
    for _ in 0..if entities > 1 { dice.below(20) } else { 0 } {
        let from = dice.below(entities);
        let to = (from + 1 + dice.below(entities - 1)) % entities;
        let (kind, when, statement) = (dice.words(3), dice.when(), dice.below(statements));
        let _ = writeln!(
            text,
            "        Relation(from: \"n{from}\", to: \"n{to}\", kind: \"{kind}\"{when}, statement: \"S{statement}\"),"
        );
    }
    text.push_str("    ],\n");
}

/// Reads a file that was written here. Fails if it has a problem that it was not meant to have.
pub(crate) fn loaded(shape: Shape) -> Loaded {
    let loaded =
        from_bytes("random.ron", written(shape).as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    for problem in &loaded.problems {
        assert_eq!(problem.what, "a topic without entries", "{shape:?}: {problem}");
    }
    let empty = loaded.knowledge.topics.iter().filter(|topic| topic.entries.is_empty()).count();
    assert_eq!(loaded.problems.len(), empty, "{shape:?}");
    loaded
}

/// The standings, scripts and gaps that a file has: what a generator is for.
fn variety(knowledge: &Knowledge) -> Vec<bool> {
    let statements = &knowledge.statements;
    let any = |what: &dyn Fn(char) -> bool| statements.iter().any(|s| s.text.plain.chars().any(what));
    let mut found: Vec<bool> = tumen::knowledge::StandingKind::ALL
        .into_iter()
        .map(|kind| statements.iter().any(|statement| statement.standing.kind() == kind))
        .collect();
    found.extend([
        any(&|c| ('가'..='힣').contains(&c)),
        any(&|c| ('а'..='я').contains(&c)),
        any(&|c| c == '北'),
        any(&|c| c == '\u{301}'),
        any(&|c| c == '🚀'),
        statements.iter().any(|statement| statement.when.is_none()),
        statements.iter().any(|statement| statement.when.is_some()),
        statements.iter().any(|statement| !statement.text.marks.is_empty()),
        knowledge.topics.iter().any(|topic| topic.entries.is_empty()),
        knowledge.entries.iter().any(|entry| !entry.see.is_empty()),
        knowledge.entities.iter().any(|entity| !entity.native.is_empty()),
        !knowledge.relations.is_empty(),
    ]);
    found
}

#[test]
fn random_files_load_without_problems_and_have_everything_in_them() {
    let mut seen: Vec<bool> = Vec::new();
    for seed in 0..24 {
        let shape = Shape { seed, topics: 1 + seed as usize % 12, entries: [0, 1, 5, 40][seed as usize % 4] };
        assert_eq!(written(shape), written(shape), "the same shape gives the same file");
        let found = variety(&loaded(shape).knowledge);
        seen.resize(found.len(), false);
        seen.iter_mut().zip(found).for_each(|(seen, found)| *seen |= found);
    }
    assert!(seen.iter().all(|seen| *seen), "never seen: {seen:?}");
}
