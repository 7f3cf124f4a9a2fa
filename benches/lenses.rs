//! From a keystroke to the drawn frame, in the lenses, over generated files of ten and a hundred thousand entries.
//!
//! Bound: a key, `update` and `draw` together, ≤ 16 ms at p99 at 200×60, the first one in a lens among them. Times are
//! those that the thread was running, whatever else the machine had to do: `cargo bench --bench lenses`, or with
//! `-- --read FILE` over any file.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench prints, and fails by panicking"
)]

use std::fmt::Write as _;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rustix::time::{ClockId, clock_gettime};
use tumen::app::{Library, Msg, Size, State, update};
use tumen::config::{Charset, Depth, Look, Theme};
use tumen::keys::{Key, Keymap};
use tumen::knowledge::{Address, EntityIx, Knowledge};
use tumen::load::from_bytes;
use tumen::ui::draw;

/// Milliseconds that the slowest key but one in a hundred may take.
const BOUND: f64 = 16.0;
const SIZE: Size = Size { columns: 200, rows: 60 };
/// How many of the slowest keys are named.
const SLOWEST: usize = 8;

/// What is done in each lens, in this order, and the keys that do it.
type Acts = &'static [(&'static str, &'static str)];

/// What is done in each lens, on a topic and on the page of an entity.
const LENSES: [(&str, Acts); 4] = [
    (
        "timeline",
        &[
            ("open", "t"),
            ("walk", "l l l l h h l l k k l l j j G g PageDown PageUp"),
            ("zoom", "+ + + + + + + + l - - - l + + l"),
            ("pan", "> > < > < Shift-Left Shift-Right >"),
            ("tab", "Tab Tab l Tab l Tab Tab Tab"),
            ("arrange", "0 o l l j j k h + + l l 0 Tab l Tab l o"),
            ("text", "T j j j k G g PageDown PageDown G k k T"),
            (
                "filter",
                "s j Space j Space k Enter Esc l j l s G Enter Esc l l j k h + + l > 0 o l T j G T o s G Enter Esc",
            ),
        ],
    ),
    (
        "map",
        &[
            ("open", "m"),
            ("walk", "l l j j h k Space Space Space b G g l j J J K"),
            ("zoom", "+ + + l j - - h 0 + + +"),
            ("pan", "< < > > + + < > Shift-Up Shift-Down Shift-Up"),
            ("tab", "0 Tab Tab l Tab Tab Tab Tab"),
            ("text", "T j j j G g PageDown T"),
            ("filter", "s j Space j Space Esc l j s G Enter Esc l j + T j T s G Enter Esc"),
        ],
    ),
    (
        "network",
        &[
            ("open", "w"),
            ("walk", "j j l j h j j Space Space J K g G"),
            ("zoom", "+ j j + j l - - o j o j o"),
            ("recentre", "Enter j Enter j Enter Backspace Backspace"),
            ("tab", "Tab Tab j Tab Tab Tab Tab"),
            ("text", "T j j G g PageDown T"),
            ("filter", "s j Space j Space Esc l j s G Enter Esc l j T j T s G Enter Esc"),
        ],
    ),
    (
        "evidence",
        &[
            ("open", "e"),
            ("walk", "l l j j k h j j j j j l l J J J K k k k G g"),
            ("tab", "Tab Tab l Tab Tab Tab Tab"),
            ("text", "T j j G g PageDown T"),
            ("filter", "s j Space j Space Esc l j s G Enter Esc l j T j T s G Enter Esc"),
        ],
    ),
];

/// What one looks at: a topic, whom most statements name, and whom as many name as most others.
fn scopes(knowledge: &Knowledge) -> [(&'static str, Option<EntityIx>); 3] {
    let mut all: Vec<EntityIx> = (0..knowledge.entities.len()).map(EntityIx::new).collect();
    all.sort_by_key(|ix| std::cmp::Reverse(knowledge.mentions.statements(*ix).len()));
    [("topic", None), ("the most named", all.first().copied()), ("another", all.get(all.len() / 2).copied())]
}

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

fn library(file: &[u8]) -> Library {
    let loaded = from_bytes("generated.ron", file).unwrap_or_else(|error| panic!("{error}"));
    if let Some(problem) = loaded.problems.first() {
        panic!("{problem}");
    }
    let keymap = Arc::new(Keymap::from_table().expect("the table has no conflicts"));
    Library { knowledge: Arc::new(loaded.knowledge), problems: loaded.problems.into(), index: None, keymap }
}

/// What a key took, in milliseconds.
#[derive(Debug, Clone)]
struct Took {
    act: &'static str,
    key: &'static str,
    update: f64,
    draw: f64,
}

impl Took {
    fn all(&self) -> f64 {
        self.update + self.draw
    }
}

/// Milliseconds that this thread has been running.
fn running() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// Presses the keys of a lens, from the first topic or from the page of an entity.
fn walk(library: &Library, acts: Acts, entity: Option<EntityIx>) -> Vec<Took> {
    let look = Look { theme: Theme::Dark, depth: Depth::True, charset: Charset::Unicode };
    let mut state = State::new(SIZE, look, library);
    if let Some(entity) = entity {
        state.open(Address::Entity(entity), library);
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.columns, SIZE.rows));
    let mut took = Vec::new();
    for (act, key) in acts.iter().flat_map(|(act, keys)| keys.split(' ').map(move |key| (*act, key))) {
        // From a page one goes to the tabs, which are measured once.
        if act == "tab" && entity.is_some() {
            continue;
        }
        let pressed: Key = key.parse().unwrap_or_else(|error| panic!("{error}"));
        let start = running();
        update(&mut state, &Msg::Key(pressed), library);
        let updated = running();
        buffer.reset();
        draw(&state, library, &mut buffer);
        took.push(Took { act, key, update: updated - start, draw: running() - updated });
    }
    took
}

/// The same dossier of which nothing has been counted yet, but for what is counted ahead.
fn anew(library: &Library) -> Library {
    let knowledge = Knowledge::clone(&library.knowledge);
    let start = running();
    knowledge.count_ahead();
    println!("   counted ahead in {:.0} ms", running() - start);
    Library { knowledge: Arc::new(knowledge), ..library.clone() }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let quick = arguments.iter().any(|argument| argument == "--test");
    let (sizes, rounds): (&[usize], usize) = if quick { (&[2_000], 1) } else { (&[10_000, 100_000], 4) };
    let read = arguments.iter().position(|argument| argument == "--read").map(|at| &arguments[at + 1]);
    let files: Vec<Vec<u8>> = match read {
        Some(path) => vec![std::fs::read(path).expect("the file is there")],
        None => sizes.iter().map(|entries| written(*entries).into_bytes()).collect(),
    };
    for file in files {
        let library = anew(&library(&file));
        println!("{} entries, 200×60, ms a key", library.knowledge.entries.len());
        println!("{:<38}{:>10}{:>24}{:>24}{:>24}", "", "first", "update p50 p99 worst", "draw", "both");
        let mut all = Vec::new();
        for (lens, acts) in LENSES {
            for (scope, entity) in scopes(&library.knowledge) {
                // The first round fills the tables that are made when they are first asked for, as the first key does.
                let first = walk(&library, acts, entity);
                let later: Vec<Took> = (0..rounds).flat_map(|_| walk(&library, acts, entity)).collect();
                for (act, _) in acts.iter().filter(|(act, _)| first.iter().any(|took| took.act == *act)) {
                    let of = |took: &&Took| took.act == *act;
                    let worst = first.iter().filter(of).map(Took::all).fold(0.0, f64::max);
                    let [update, draw, both] =
                        [|took: &Took| took.update, |took: &Took| took.draw, Took::all]
                            .map(|part: fn(&Took) -> f64| percentiles(later.iter().filter(of).map(part)));
                    println!("{:<38}{worst:>10.2}{update}{draw}{both}", format!("{lens} of {scope}: {act}"));
                }
                all.extend(first.into_iter().chain(later).map(|took| (lens, scope, took)));
            }
        }
        let both = percentiles(all.iter().map(|(_, _, took)| took.all()));
        println!("{:<48}{:>48}{both} (bound of p99: {BOUND})", "all of them", "");
        all.sort_by(|(_, _, a), (_, _, b)| b.all().total_cmp(&a.all()));
        for (lens, scope, took) in all.iter().take(SLOWEST) {
            let Took { act, key, update, draw } = took;
            println!("   slowest: {lens} of {scope}, {act}, {key}: {update:.2} + {draw:.2}");
        }
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
    format!("{:>8.2}{:>8.2}{:>8.2}", at(50), at(99), at(100))
}
