//! A knowledge file of any size, as RON: what `load` is measured with.
//!
//! The same number of entries always gives the same bytes. Words follow a Zipf–Mandelbrot law, names repeat as they do
//! in dossiers (a few are everywhere), and all of the format occurs: standings with parties, dates of every kind,
//! links, emphasis, escapes, native names, relations, a tour. An entry takes about 730 bytes.

use std::fmt::Write;

/// Distinct words of the texts, apart from names.
const WORDS: usize = 40_000;
/// Statements whose ids a relation or a tour may name without asking whether there are so many.
const FIRST: usize = 8;
const TOPICS: [&str; 6] = ["overview", "history", "war", "needs", "demands", "reaction"];
const TAGS: [&str; 12] = [
    "treaty", "arms", "trade", "summit", "border", "labour", "energy", "missile", "grain", "sanction",
    "rail", "port",
];

/// `SplitMix64` (Steele, Lea, Flood 2014): one multiplication a number, and no state but a counter.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }

    /// Whether something happens that happens so many times in a hundred.
    fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }
}

/// Ranks by falling frequency: the `r`-th comes up in proportion to 1 / (r + 2.7).
struct Zipf(Vec<f64>);

impl Zipf {
    fn new(ranks: usize) -> Self {
        let mut sum = 0.0;
        let weigh = |rank| {
            sum += 1.0 / (rank as f64 + 2.7);
            sum
        };
        Self((0..ranks).map(weigh).collect())
    }

    fn rank(&self, dice: &mut Dice) -> usize {
        let at = (dice.roll() >> 11) as f64 / (1_u64 << 53) as f64 * self.0.last().copied().unwrap_or(0.0);
        self.0.partition_point(|sum| *sum <= at).min(self.0.len().saturating_sub(1))
    }
}

/// What texts are made of.
struct Stock {
    dice: Dice,
    words: Vec<String>,
    by_rank: Zipf,
    /// Names of entities; the id of the `n`-th is `e{n}`.
    names: Vec<String>,
    name_by_rank: Zipf,
}

/// The knowledge file of so many entries.
pub(crate) fn knowledge_file(entries: usize) -> String {
    let mut stock = Stock::new(entries);
    let mut file = String::with_capacity(entries * 760 + 10_000);
    file.push_str(
        "#![enable(implicit_some)]\n// Made up by a program.\nKnowledge(\n    format: 1,\n    id: \"made-up\",\n    \
         title: \"A made-up dossier\",\n    as_of: \"2024-01\",\n    language: \"en\",\n    sources: [\n        \
         Source(id: \"article\", title: \"An article\", note: \"made up\"),\n        \
         Source(id: \"handbook\", title: \"A handbook\", url: \"https://example.org/book\"),\n    ],\n    topics: [\n",
    );
    let mut statement = 0;
    for (at, topic) in TOPICS.iter().enumerate() {
        let _ = writeln!(
            file,
            "        Topic(id: \"{topic}\", title: \"Part {topic}\", short: \"{topic}\", \
             summary: \"What is said of {topic}.\", entries: ["
        );
        for entry in entries * at / TOPICS.len()..entries * (at + 1) / TOPICS.len() {
            stock.entry(&mut file, entry, &mut statement);
        }
        file.push_str("        ]),\n");
    }
    file.push_str("    ],\n    entities: [\n");
    for at in 0..stock.names.len() {
        stock.entity(&mut file, at);
    }
    file.push_str("    ],\n    relations: [\n");
    for _ in 0..stock.names.len() {
        stock.relation(&mut file, statement);
    }
    file.push_str("    ],\n    tours: [\n        Tour(id: \"tour\", title: \"A way through\", steps: [\n");
    for at in 0..FIRST.min(statement) {
        let _ =
            writeln!(file, "            Step(show: \"s{at}\", reveal: [\"s{at}\"], say: \"Wait here.\"),");
    }
    file.push_str("        ]),\n    ],\n)\n");
    file
}

impl Stock {
    fn new(entries: usize) -> Self {
        let mut dice = Dice(61);
        let words: Vec<String> =
            // The rarer ones are longer.
            (1..=WORDS).map(|rank| word(&mut dice, 1 + rank.ilog10() as usize / 2)).collect();
        let names = (0..(entries / 20).max(20)).map(|_| {
            let (first, last) = (word(&mut dice, 2), word(&mut dice, 3));
            format!("{} {}", capital(&first), capital(&last))
        });
        let names: Vec<String> = names.collect();
        Self { by_rank: Zipf::new(WORDS), name_by_rank: Zipf::new(names.len()), dice, words, names }
    }

    fn word(&mut self) -> &str {
        let rank = self.by_rank.rank(&mut self.dice);
        &self.words[rank]
    }

    fn name(&mut self) -> usize {
        self.name_by_rank.rank(&mut self.dice)
    }

    /// So many words, the first one with a capital letter.
    fn words(&mut self, count: usize) -> String {
        let first = capital(self.word());
        (1..count).fold(first, |text, _| text + " " + self.word())
    }

    /// A sentence or two of Markdown, mostly with a link or two.
    fn text(&mut self) -> String {
        let mut text = self.words(6);
        for _ in 0..self.dice.below(3) {
            let name = self.name();
            let after = self.words(3).to_lowercase();
            let _ = write!(text, " [{}](e{name}) {after}", self.names[name]);
        }
        match self.dice.below(100) {
            0..4 => text += " *so it was said* then",
            4..6 => text += r#" and \"nothing else\""#,
            6..8 => text += " \u{43d}\u{430} \u{440}\u{435}\u{43a}\u{435}",
            _ => {}
        }
        let count = 2 + self.dice.below(9);
        text + ". " + &self.words(count) + "."
    }

    fn date(&mut self) -> String {
        let (year, month, day) =
            (1945 + self.dice.below(79), 1 + self.dice.below(12), 1 + self.dice.below(28));
        match self.dice.below(8) {
            0 => format!("{}X", year / 10),
            1 => format!("{year}~"),
            2 => format!("{year}/.."),
            3 => format!("{year}/{}", year + 1 + day),
            4 => format!("{year}-{month:02}"),
            5 => format!("{year}-{month:02}-{day:02}"),
            _ => year.to_string(),
        }
    }

    fn entry(&mut self, file: &mut String, at: usize, statement: &mut usize) {
        let length = 3 + self.dice.below(6);
        let title = self.words(length);
        let _ =
            write!(file, "            Entry(id: \"n{at}\", title: \"{title}\", when: \"{}\"", self.date());
        let tag = self.dice.below(TAGS.len());
        let _ = write!(file, ", tags: [\"{}\", \"{}\"]", TAGS[tag], TAGS[(tag + 5) % TAGS.len()]);
        if self.dice.percent(30) {
            let _ = write!(file, ", aliases: [\"{}\"]", self.words(2));
        }
        if at > 0 && self.dice.percent(30) {
            let _ = write!(file, ", see: [\"n{}\"]", self.dice.below(at));
        }
        file.push_str(", statements: [\n");
        for _ in 0..=self.dice.below(4) {
            self.statement(file, *statement);
            *statement += 1;
        }
        file.push_str("            ]),\n");
    }

    fn statement(&mut self, file: &mut String, at: usize) {
        let (one, other) = (self.name(), self.name());
        let standing = match self.dice.below(10) {
            0..4 => "Established".to_owned(),
            4..6 => format!("Stated(by: [\"e{one}\"])"),
            6 => format!(
                "Alleged(by: [\"e{one}\"], denied_by: [\"e{}\"])",
                other.max(one + 1) % self.names.len()
            ),
            7 => "Unverified".to_owned(),
            8 => "Assessed".to_owned(),
            _ => "Expected".to_owned(),
        };
        let _ = write!(file, "                Statement(id: \"s{at}\", standing: {standing}");
        if self.dice.percent(40) {
            let _ = write!(file, ", when: \"{}\"", self.date());
        }
        let sources = if self.dice.percent(20) { "\"article\", \"handbook\"" } else { "\"article\"" };
        let _ = write!(file, ", sources: [{sources}],\n                    text: \"{}\"),\n", self.text());
    }

    fn entity(&mut self, file: &mut String, at: usize) {
        const KINDS: [&str; 8] =
            ["Person", "State", "Organisation", "Place", "Treaty", "Event", "Weapon", "Idea"];
        let kind = KINDS[self.dice.below(KINDS.len())];
        let _ = write!(file, "        Entity(id: \"e{at}\", kind: {kind}, name: \"{}\"", self.names[at]);
        if self.dice.percent(50) {
            let native: String = (0..3).map(|_| hangul(&mut self.dice)).collect();
            let _ = write!(file, ", native: [\"{native}\"], aliases: [\"{}\"]", self.words(2));
        }
        if kind == "Place" {
            let (north, east) = (self.dice.below(80), self.dice.below(170));
            let _ = write!(file, ", at: ({north}.25, {east}.5)");
        }
        let _ = writeln!(file, ", summary: \"{}.\", sources: [\"handbook\"]),", self.words(8));
    }

    fn relation(&mut self, file: &mut String, statements: usize) {
        let (from, statement) = (self.name(), self.dice.below(statements));
        let to = (from + 1 + self.dice.below(self.names.len() - 1)) % self.names.len();
        let (kind, when) = (self.words(2).to_lowercase(), self.date());
        let _ = writeln!(
            file,
            "        Relation(from: \"e{from}\", to: \"e{to}\", kind: \"{kind}\", when: \"{when}\", \
             statement: \"s{statement}\"),"
        );
    }
}

/// A word of so many syllables that can be spoken.
fn word(dice: &mut Dice, syllables: usize) -> String {
    const BEGIN: &[&str] = &["b", "ch", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "y", ""];
    const MIDDLE: &[&str] = &["a", "e", "i", "o", "u", "ae", "ia", "ou"];
    const END: &[&str] = &["", "", "n", "ng", "k", "m", "l", "r", "s", "t"];
    let mut word = String::new();
    for _ in 0..syllables.max(1) {
        for parts in [BEGIN, MIDDLE, END] {
            word += parts[dice.below(parts.len())];
        }
    }
    word
}

fn hangul(dice: &mut Dice) -> char {
    char::from_u32(0xac00 + dice.below(11_172) as u32).unwrap_or('김')
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
