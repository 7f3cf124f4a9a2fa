//! Generated knowledge files of any size, and what one types to search them. The same size always gives the same bytes.
//!
//! Words follow the law of Zipf and Mandelbrot, as those of real texts do: some hundred English ones lead, made-up ones
//! follow. A title has some fifty letters and an entry two statements of some two hundred, of all standings, with dates
//! and names; 100,000 entries are a file of some 75 MB.

use std::fmt::Write as _;

/// How many different words a file draws from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wealth {
    /// Some 40,000.
    Ordinary,
    /// Over 300,000 in 100,000 entries: one word in fourteen comes from a long list of rare ones.
    Rich,
}

/// The words that are used most, in this order.
const COMMON: &str = "the of and to in a is was for on as by with at from it that an be north this are which or east \
    were south had first west after not but their state war new river city road more treaty one army time who between \
    century two world iron under bridge during gold king part into early people capital known government border \
    country line town built called land over later century years house step music number sea area north map art \
    northern school general power history trade island water church major company made order long great railway \
    general law battle stone calendar winter village market coal minister harbour engine copper fleet summer winter \
    observatory architect parliament voyage lantern archive orchard glacier sulphur monastery cathedral pension";

const SYLLABLES: [&str; 64] = [
    "ba", "be", "bi", "bo", "cha", "che", "da", "de", "do", "du", "el", "en", "er", "fa", "fi", "ga", "ge",
    "go", "ha", "ho", "in", "is", "ja", "ji", "ka", "ke", "ki", "ko", "la", "le", "li", "lo", "ma", "me",
    "mi", "mo", "na", "ne", "ni", "no", "on", "or", "pa", "pe", "po", "qui", "ra", "re", "ri", "ro", "sa",
    "se", "si", "so", "sta", "ta", "te", "ti", "to", "tra", "va", "ve", "vi", "zo",
];

const HANGUL: [&str; 12] = ["김", "이", "박", "정", "은", "일", "성", "철", "수", "영", "민", "호"];

const KINDS: [&str; 4] = ["Person", "Organisation", "Place", "Event"];

/// Ranks of words that texts draw from; the rest of a rich file's words is as likely each as the other.
const RANKS: usize = 40_000;
const RARE: usize = 600_000;

/// Numbers without a pattern: `SplitMix64` (Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice that fall the same way for the same seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// Draws words.
#[derive(Debug)]
struct Words {
    dice: Dice,
    wealth: Wealth,
    /// For each rank the share of all words up to it, of 2^32.
    shares: Vec<u32>,
    known: Vec<String>,
}

impl Words {
    fn new(wealth: Wealth) -> Self {
        let weights: Vec<f64> = (0..RANKS).map(|rank| 1.0 / (rank as f64 + 2.7)).collect();
        let all: f64 = weights.iter().sum();
        let mut sum = 0.0;
        let share = |weight: &f64| {
            sum += weight / all;
            (sum * f64::from(u32::MAX)) as u32
        };
        let shares = weights.iter().map(share).collect();
        let common = COMMON.split_whitespace().map(str::to_owned);
        let made = (0..RANKS).map(|rank| spelled(rank, 3));
        let known = common.chain(made).take(RANKS).collect();
        Self { dice: Dice::new(7), wealth, shares, known }
    }

    fn word(&mut self, to: &mut String) {
        if self.wealth == Wealth::Rich && self.dice.below(14) == 0 {
            to.push_str(&spelled(self.dice.below(RARE), 4));
            return;
        }
        let share = self.dice.next() as u32;
        let rank = self.shares.partition_point(|own| *own < share).min(RANKS - 1);
        to.push_str(&self.known[rank]);
    }

    fn text(&mut self, words: usize, to: &mut String) {
        for at in 0..words {
            if at > 0 {
                to.push(' ');
            }
            self.word(to);
        }
    }
}

/// The word of a number: a syllable a digit, the digits well mixed.
fn spelled(number: usize, syllables: u32) -> String {
    let all = SYLLABLES.len().pow(syllables);
    let mut rest = (number * 40_503 + 977) % all;
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

/// The name of an entity: two words, each with a capital.
fn name(at: usize) -> String {
    let capital = |word: String| word[..1].to_uppercase() + &word[1..];
    format!("{} {}", capital(spelled(at * 31 + 5, 2)), capital(spelled(at * 17 + 90_000, 3)))
}

/// How many entities a file has.
const fn entities(entries: usize) -> usize {
    if entries < 1000 { 20 } else { entries / 50 }
}

/// A knowledge file of so many entries, as RON.
pub(crate) fn written(entries: usize, wealth: Wealth) -> String {
    let mut words = Words::new(wealth);
    let mut text = String::with_capacity(entries * 800 + 10_000);
    text.push_str(
        "#![enable(implicit_some)]\nKnowledge(format: 1, id: \"corpus\", title: \"A corpus\", as_of: \"2024-01\",\n\
         sources: [Source(id: \"book\", title: \"A book\")],\ntopics: [\n",
    );
    let topics = 6;
    for topic in 0..topics {
        let _ = writeln!(
            text,
            "Topic(id: \"t{topic}\", title: \"Part {topic}\", short: \"P{topic}\", entries: ["
        );
        for at in entries * topic / topics..entries * (topic + 1) / topics {
            entry(&mut text, &mut words, at, entities(entries));
        }
        text.push_str("]),\n");
    }
    text.push_str("],\nentities: [\n");
    for at in 0..entities(entries) {
        let native = [at, at / 12, at / 144].map(|at| HANGUL[at % HANGUL.len()]).concat();
        let (kind, name) = (KINDS[at % KINDS.len()], name(at));
        let _ =
            writeln!(text, "Entity(id: \"n{at}\", kind: {kind}, name: \"{name}\", native: [\"{native}\"]),");
    }
    text.push_str("])\n");
    text
}

fn entry(text: &mut String, words: &mut Words, at: usize, entities: usize) {
    let _ = write!(text, "Entry(id: \"e{at}\", title: \"");
    words.text(8, text);
    let year = 1850 + words.dice.below(170);
    let _ = write!(text, "\", when: \"{year}\", tags: [\"");
    words.word(text);
    text.push_str("\"], aliases: [\"");
    words.text(2, text);
    text.push_str("\"], statements: [\n");
    for statement in 0..2 {
        let party = words.dice.below(entities);
        let standing = match words.dice.below(6) {
            0 => format!("Stated(by: [\"n{party}\"])"),
            1 => format!("Alleged(by: [\"n{party}\"], denied_by: [\"n{}\"])", (party + 1) % entities),
            2 => "Unverified".to_owned(),
            3 => "Assessed".to_owned(),
            4 => "Expected".to_owned(),
            _ => "Established".to_owned(),
        };
        let _ = write!(
            text,
            " Statement(id: \"S{}\", standing: {standing}, sources: [\"book\"], text: \"",
            at * 2 + statement
        );
        words.text(15, text);
        // The first entities are named far more often than the last.
        let whom = words.dice.below(words.dice.clone().below(entities) + 1);
        let _ = write!(text, " [{}](n{whom}) ", name(whom));
        words.text(16, text);
        text.push_str(".\"),\n");
    }
    text.push_str("]),\n");
}

/// Forty things that one looks for in a file of so many entries: words of all ranks, of one entry together, names,
/// slips, and what is not there.
pub(crate) fn queries(text: &str) -> Vec<String> {
    let mut dice = Dice::new(11);
    let common: Vec<&str> = COMMON.split_whitespace().collect();
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with(" Statement(")).collect();
    let mut from_one = |count: usize| -> String {
        let line = lines[dice.below(lines.len())];
        let body = line.split("text: \"").nth(1).unwrap_or_default();
        let words: Vec<&str> =
            body.split(' ').filter(|word| word.chars().all(|c| c.is_ascii_lowercase())).collect();
        let picked: Vec<&str> = (0..count).map(|_| words[dice.below(words.len())]).collect();
        picked.join(" ")
    };
    let mut found: Vec<String> = [20, 40, 55, 68, 100, 126].map(|rank| common[rank].to_owned()).to_vec();
    found.extend([300, 1_200, 5_000, 20_000].map(|rank| spelled(rank, 3)));
    found.extend((0..8).map(|_| from_one(2)));
    found.extend((0..6).map(|_| from_one(3)));
    found.extend(["bridge iron", "gold road map", "century sus", "architect ret"].map(str::to_owned));
    // A letter lost, two letters swapped.
    found.extend(["obsrvatory", "clendar", "bridg iorn", "parlaiment", "arhcitect"].map(str::to_owned));
    found.extend([name(3), name(12).to_lowercase(), name(7).to_lowercase().replace(' ', "")]);
    found.extend([format!("{} treaty", name(2).to_lowercase()), "king s".to_owned()]);
    found.extend(["zqxw", "kaimongzzq"].map(str::to_owned));
    found
}

/// What stands in the input after each letter of `query`; not after a blank, which changes nothing.
pub(crate) fn typed(query: &str) -> impl Iterator<Item = &str> {
    let ends = query.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.map(|end| &query[..end]).filter(|typed| !typed.ends_with(' '))
}
