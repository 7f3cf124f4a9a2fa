//! From a keystroke to the bytes of the frame that answers it, over the shipped file.
//!
//! Walks as a reader takes them, each key timed alone: `update`, `draw` into a buffer, and what `frame` makes of the
//! difference. Bound: p99 ≤ 1 ms at 200×60. Run it on a quiet machine: `cargo bench --bench keystroke`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench prints, and fails by panicking"
)]

use std::sync::Arc;
use std::time::Instant;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tumen::app::{Effect, Library, Msg, Size, State, update};
use tumen::config::{Charset, Depth, Look, Theme};
use tumen::frame::{Erase, Painter};
use tumen::keys::{Key, Keymap};
use tumen::load::from_bytes;
use tumen::search::Index;
use tumen::ui::draw;

/// Microseconds that the slowest key but one in a hundred may take at 200×60.
const BOUND: f64 = 1000.0;
/// How often each walk is taken. The first time warms the caches and is not counted.
const ROUNDS: usize = 30;

/// How many of the slowest keys are named.
const SLOWEST: usize = 8;

/// Typed into the search letter by letter: names, misspelt ones, other scripts, filters, nothing there.
const QUERIES: [&str; 10] = [
    "kim jong un",
    "pyonygang",
    "artillery shells",
    "김정은",
    "Ким Чен Ын",
    "is:alleged russia",
    "in:history treaty",
    "\"nuclear\" !china",
    "when:1950..1961 war",
    "zzzzqqqq",
];

/// A walk and its keys, each written as in the key table.
fn walks() -> Vec<(&'static str, Vec<String>)> {
    let keys = |text: &str, times: usize| -> Vec<String> {
        let once = text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        std::iter::repeat_n(once, times).flatten().collect()
    };
    let mut rows = keys("j", 12);
    rows.extend(keys("k", 6));
    rows.extend(keys("G g PageDown PageUp", 2));
    let mut stops = keys("Enter", 1);
    stops.extend(keys("j", 8));
    stops.extend(keys("k", 8));
    stops.extend(keys("Ctrl-d Ctrl-u J J K", 2));
    // A link of the page, the first one there, then all the way back.
    let mut links = keys("Enter f s f a f a", 1);
    links.extend(keys("Backspace", 3));
    links.extend(keys("L H", 2));
    let mut typing = Vec::new();
    for query in QUERIES {
        typing.push("/".to_owned());
        typing.extend(query.chars().map(|c| if c == ' ' { "Space".to_owned() } else { c.to_string() }));
        typing.extend(keys("Down Down Esc", 1));
    }
    vec![
        ("rows of the list", rows),
        ("stops of a page", stops),
        ("topics", keys("Tab Tab Tab Tab Tab Tab 3 5 1 Shift-Tab", 3)),
        ("links and back", links),
        ("ten queries, letter by letter", typing),
        ("help", keys("? j j PageDown G g Esc", 3)),
        ("palette", keys(": t h e Down Backspace Esc", 3)),
        ("standings", keys("s j Enter 2 Enter Enter Esc", 3)),
    ]
}

fn library() -> Library {
    let bytes = include_bytes!("../assets/dprk-russia.ron");
    let loaded = from_bytes("dprk-russia.ron", bytes).unwrap_or_else(|error| panic!("{error}"));
    let index = Some(Arc::new(Index::build(&loaded.knowledge)));
    let keymap = Arc::new(Keymap::from_table().expect("the table has no conflicts"));
    Library { knowledge: Arc::new(loaded.knowledge), problems: loaded.problems.into(), index, keymap }
}

/// Takes a walk from a session's beginning; microseconds of each key.
fn walk(library: &Library, size: Size, keys: &[String]) -> Vec<f64> {
    let look = Look { theme: Theme::Dark, depth: Depth::True, charset: Charset::Unicode };
    let mut state = State::new(size, look, library);
    let mut painter = Painter::new(Erase::Coloured);
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.columns, size.rows));
    let mut bytes = Vec::new();
    let cursor = draw(&state, library, &mut buffer);
    painter.paint(&buffer, cursor, &mut bytes);
    let mut times = Vec::with_capacity(keys.len());
    for key in keys {
        let key: Key = key.parse().unwrap_or_else(|error| panic!("{error}"));
        bytes.clear();
        let start = Instant::now();
        let effects = update(&mut state, &Msg::Key(key), library);
        let cursor = draw(&state, library, &mut buffer);
        painter.paint(&buffer, cursor, &mut bytes);
        times.push(start.elapsed().as_secs_f64() * 1e6);
        assert!(!effects.contains(&Effect::Quit), "{key} ended the walk");
    }
    times
}

/// The value that so many hundredths of `sorted` do not exceed (nearest rank).
fn percentile(sorted: &[f64], hundredths: usize) -> f64 {
    let rank = (sorted.len() * hundredths).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

fn main() {
    // `cargo test --benches` asks only whether it runs.
    let rounds = if std::env::args().any(|argument| argument == "--test") { 2 } else { ROUNDS };
    let library = library();
    for (columns, rows) in [(80, 24), (200, 60)] {
        println!("{columns}×{rows}, µs a key {:>15} {:>8} {:>8} {:>8}", "keys", "p50", "p99", "worst");
        let (mut all, mut typical) = (Vec::new(), Vec::new());
        for (name, keys) in walks() {
            let times: Vec<Vec<f64>> =
                (0..rounds).map(|_| walk(&library, Size { columns, rows }, &keys)).skip(1).collect();
            typical.extend(keys.iter().enumerate().map(|(at, key)| {
                let of_key = sorted(times.iter().filter_map(|round| round.get(at).copied()));
                (percentile(&of_key, 50), name, at, key.clone())
            }));
            let times = sorted(times.into_iter().flatten());
            report(name, &times);
            all.extend(times);
        }
        let all = sorted(all);
        report("all", &all);
        // What else the machine does in between falls on a key in one round and not in the next.
        report("each key at its median", &sorted(typical.iter().map(|key| key.0)));
        typical.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (time, name, at, key) in typical.iter().take(SLOWEST) {
            println!("  {time:>6.0} µs: {key}, key {} of {name}", at + 1);
        }
        if columns == 200 {
            println!("keystroke → frame ready p99: {:.0} µs (bound {BOUND})", percentile(&all, 99));
        }
    }
}

fn sorted(numbers: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

fn report(name: &str, sorted: &[f64]) {
    let [p50, p99, worst] = [50, 99, 100].map(|hundredths| percentile(sorted, hundredths));
    println!("{name:<30} {:>6} {p50:>8.0} {p99:>8.0} {worst:>8.0}", sorted.len());
}
