//! From a keystroke to the drawn frame, in the lenses, over generated files of ten and a hundred thousand entries.
//!
//! Bound: a key, `update` and `draw` together, ≤ 16 ms at p99 at 200×60. Run it on a quiet machine:
//! `cargo bench --bench lenses`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench prints, and fails by panicking"
)]

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tumen::app::{Library, Msg, Size, State, update};
use tumen::config::{Charset, Depth, Look, Theme};
use tumen::keys::{Key, Keymap};
use tumen::load::from_bytes;
use tumen::ui::draw;

/// Milliseconds that the slowest key but one in a hundred may take.
const BOUND: f64 = 16.0;
const SIZE: Size = Size { columns: 200, rows: 60 };

/// What is done in each lens, from the first topic; `@` is on the page of an entity that is named everywhere.
const WALKS: [(&str, &str); 11] = [
    ("timeline: walk", "t l l l l h h j j k k l l G g PageDown PageUp Tab Tab l l l"),
    ("timeline: zoom and pan", "t + + + + + + + l l < > < > - - + + + + l h 0 + + Tab l Tab l"),
    ("timeline: by name", "t o l l j j k h + + l l 0 Tab l"),
    ("timeline: as text", "t T j j j k G g PageDown PageDown"),
    ("evidence: walk", "e l l j j k h j j j j j l l J J J K Tab Tab l"),
    ("evidence: as text", "e T j j G g PageDown"),
    ("map: walk", "m l l j j h k Space Space Space b + + + l j 0 Tab Tab l"),
    ("map: zoom and pan", "m < < > > + + < > Shift-Up Shift-Down + + + < > > - - - - 0"),
    ("map and network: as text", "m T j j j G g PageDown w j j G g PageDown"),
    ("network: walk", "w j j l j h j j Space Space o j j o j l Enter j Enter j Backspace Backspace Tab"),
    ("of an entity", "@ t l l + + j 0 e l l j j J m l j + + 0 w j j l o j j"),
];

/// Numbers without a pattern: `SplitMix64` (Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    /// A century, its last week as dense as all the rest, and every kind of date.
    fn date(&mut self) -> String {
        let year = 1900 + self.below(124);
        match self.below(8) {
            0 | 1 => format!("2024-01-{:02}", 1 + self.below(7)),
            2 => format!("{year}-{:02}", 1 + self.below(12)),
            3 => format!("{year}-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28)),
            4 => format!("{}X", year / 10),
            5 => format!("{year}/{}", (year + self.below(9)).min(2024)),
            6 => format!("{year}/.."),
            _ => format!("{year}~"),
        }
    }
}

/// A file of so many entries with three statements each, in six topics.
fn written(entries: usize) -> String {
    let mut dice = Dice(7);
    let mut text = String::from(
        "#![enable(implicit_some)]\nKnowledge(format: 1, id: \"g\", title: \"Generated\", as_of: \"2024-01-08\", language: \"en\",\nsources: [Source(id: \"s\", title: \"S\")], topics: [\n",
    );
    let people = 2 + entries / 50;
    for topic in 0..6 {
        let _ = writeln!(
            text,
            "Topic(id: \"t{topic}\", title: \"Topic {topic}\", short: \"T{topic}\", summary: \"\", entries: ["
        );
        for entry in (topic..entries).step_by(6) {
            let _ = writeln!(
                text,
                "Entry(id: \"e{entry}\", title: \"What happened {entry} times\", when: \"{}\", statements: [",
                dice.date()
            );
            for at in 0..3 {
                let (by, denier) = (dice.below(30), dice.below(30));
                let standing = match dice.below(6) {
                    0 => "Established".to_owned(),
                    1 => format!("Stated(by: [\"n{by}\"])"),
                    2 => format!("Alleged(by: [\"n{by}\"], denied_by: [\"n{denier}\"])"),
                    3 => "Unverified".to_owned(),
                    4 => "Assessed".to_owned(),
                    _ => "Expected".to_owned(),
                };
                let when =
                    if dice.below(2) == 0 { String::new() } else { format!(", when: \"{}\"", dice.date()) };
                let who = dice.below(people as u64);
                let _ = writeln!(
                    text,
                    "Statement(id: \"S{entry}-{at}\", standing: {standing}{when}, sources: [\"s\"], text: \"It was said of [one](n{who}) and of [all](n0) that it is so.\"),"
                );
            }
            text.push_str("]),\n");
        }
        text.push_str("]),\n");
    }
    text.push_str("], entities: [\n");
    for at in 0..people {
        let when = if at % 40 == 0 { format!(", when: \"{}\"", dice.date()) } else { String::new() };
        let (kind, place) = match at % 8 {
            1 => ("Place", format!(", at: ({}.5, {}.25)", dice.below(70), dice.below(170))),
            odd if odd % 2 == 1 => ("Person", String::new()),
            _ => ("Event", String::new()),
        };
        let _ = writeln!(text, "Entity(id: \"n{at}\", kind: {kind}, name: \"Name {at}\"{when}{place}),");
    }
    text.push_str("], relations: [\n");
    for at in 0..people as u64 {
        // Every fourth one is about a name that is everywhere.
        let from = if at % 4 == 0 { at % 30 } else { dice.below(people as u64) };
        let to = (from + 1 + dice.below(people as u64 - 1)) % people as u64;
        let (statement, when) = (dice.below(entries as u64), dice.date());
        let _ = writeln!(
            text,
            "Relation(from: \"n{from}\", to: \"n{to}\", kind: \"had to do with\", when: \"{when}\", statement: \"S{statement}-1\"),"
        );
    }
    text.push_str("], tours: [])\n");
    text
}

fn library(entries: usize) -> Library {
    let loaded =
        from_bytes("generated.ron", written(entries).as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    if let Some(problem) = loaded.problems.first() {
        panic!("{problem}");
    }
    let keymap = Arc::new(Keymap::from_table().expect("the table has no conflicts"));
    Library { knowledge: Arc::new(loaded.knowledge), problems: loaded.problems.into(), index: None, keymap }
}

/// Milliseconds of each key of a walk: of `update` and of `draw`.
fn walk(library: &Library, keys: &str) -> Vec<(f64, f64)> {
    let look = Look { theme: Theme::Dark, depth: Depth::True, charset: Charset::Unicode };
    let mut state = State::new(SIZE, look, library);
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.columns, SIZE.rows));
    let mut times = Vec::new();
    for key in keys.split(' ') {
        if key == "@" {
            let to = library.knowledge.address("n1").expect("a name");
            state.open(to, library);
            continue;
        }
        let key: Key = key.parse().unwrap_or_else(|error| panic!("{error}"));
        let start = Instant::now();
        update(&mut state, &Msg::Key(key), library);
        let updated = start.elapsed().as_secs_f64() * 1e3;
        buffer.reset();
        draw(&state, library, &mut buffer);
        times.push((updated, start.elapsed().as_secs_f64() * 1e3 - updated));
    }
    times
}

fn main() {
    let quick = std::env::args().any(|argument| argument == "--test");
    let sizes: &[usize] = if quick { &[100] } else { &[10_000, 100_000] };
    for entries in sizes {
        let library = library(*entries);
        println!("{entries} entries, 200×60, ms a key        update p50, p99, worst    draw p50, p99, worst");
        let mut all = Vec::new();
        for (name, keys) in WALKS {
            // The first round fills the tables that are made when they are first asked for.
            let rounds = if quick { 2 } else { 6 };
            let times: Vec<(f64, f64)> =
                (0..rounds).map(|_| walk(&library, keys)).skip(1).flatten().collect();
            let [update, draw] = [0, 1]
                .map(|part| percentiles(times.iter().map(|time| if part == 0 { time.0 } else { time.1 })));
            println!("{name:<32} {update}    {draw}");
            all.extend(times.iter().map(|time| time.0 + time.1));
        }
        println!("{:<32} {} (bound of p99: {BOUND})", "update and draw", percentiles(all.into_iter()));
    }
}

/// The 50th, the 99th and the highest percentile, by nearest rank.
fn percentiles(values: impl Iterator<Item = f64>) -> String {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let at = |hundredths: usize| {
        let rank = (sorted.len() * hundredths).div_ceil(100).max(1);
        sorted.get(rank - 1).copied().unwrap_or_default()
    };
    format!("{:>7.2} {:>7.2} {:>7.2}", at(50), at(99), at(100))
}
