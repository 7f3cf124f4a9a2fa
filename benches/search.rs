//! Typing queries letter by letter into files of every size: how long each letter takes until the rows are certain, until
//! the first ones can be shown, and until they are counted; and how long it takes to answer what nobody types. `cargo bench --bench search -- 10000 100000` chooses sizes.
//!
//! Times are those that this program itself was running: on a busy machine, what others take is not counted.
//! Peers answer the same letters in `benches/peers`.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench prints, and fails by panicking"
)]

mod corpus;

use std::fs;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

use corpus::{Wealth, queries, typed, written};
use tumen::knowledge::{Address, Knowledge};
use tumen::search::{Index, Progress, Query, marks};

/// Rows that a session asks for.
const ROWS: usize = 100;
/// Rows whose letters are marked: as many as a screen shows.
const SEEN: usize = 40;
/// What a session grants before it shows what is found so far, in about nanoseconds.
const SLICE: usize = 6_000_000;
/// Times that each letter is typed; the middle one counts, so that another program's turn does not.
const TIMES: usize = 3;
/// Entries from which once must do.
const LARGE: usize = 500_000;

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![100, 10_000, 100_000, 1_000_000] } else { asked };
    let shipped = tumen::load::shipped().expect("the shipped file").knowledge;
    let texts =
        ["kim jong un", "treaty 1961", "who denied arms", "pyonygang", "김정은", "is:alleged munitions"];
    println!("{:<34} {:>8} {:>8} {:>8} {:>8}   bound", "letter → …, in ms", "p50", "p90", "p99", "worst");
    measure("shipped file", &shipped, &texts.map(str::to_owned), Some(0.3));
    for entries in sizes {
        let bound = match entries {
            10_000 => Some(2.0),
            100_000 => Some(5.0),
            1_000_000 => Some(33.0),
            _ => None,
        };
        generated(entries, Wealth::Ordinary, bound);
        if entries == 100_000 {
            generated(entries, Wealth::Rich, None);
        }
    }
}

fn generated(entries: usize, wealth: Wealth, bound: Option<f64>) {
    let text = written(entries, wealth);
    let queries = queries(&text);
    let loaded = tumen::load::from_bytes("corpus", text.as_bytes()).expect("a knowledge file");
    assert!(loaded.problems.is_empty(), "{}", loaded.problems[0]);
    println!("-- {entries} entries, {wealth:?}, {} MB", text.len() / 1_000_000);
    drop(text);
    measure("", &loaded.knowledge, &queries, bound);
}

fn measure(name: &str, knowledge: &Knowledge, queries: &[String], bound: Option<f64>) {
    let before = resident();
    let (start, clock) = (running(), Instant::now());
    let index = Index::build(knowledge);
    let (took, clock) = (running().saturating_sub(start), clock.elapsed());
    println!(
        "   built in {:.0} ms by the clock, {:.0} ms running; {} words, {} MB more than before, {} MB in all",
        clock.as_secs_f64() * 1e3,
        took.as_secs_f64() * 1e3,
        index.words(),
        resident().saturating_sub(before) / 1000,
        resident() / 1000
    );
    let (mut first, mut rows, mut counted) = (Vec::new(), Vec::new(), Vec::new());
    for query in queries {
        for text in typed(query) {
            let often = if knowledge.entries.len() < LARGE { TIMES } else { 1 };
            let mut times: Vec<[Duration; 3]> = (0..often).map(|_| once(&index, knowledge, text)).collect();
            times.sort_unstable_by_key(|times| times[1]);
            let [shown, certain, all] = times[often / 2];
            first.push((shown, text));
            rows.push((certain, text));
            counted.push((all, text));
        }
    }
    report(&format!("{name} first rows"), first, Some(16.0));
    report(&format!("{name} rows certain"), rows, bound);
    report(&format!("{name} counted"), counted, None);
    let pasted = pasted();
    let answered = pasted.iter().map(|(what, text)| (answer(&index, knowledge, text), *what));
    report(&format!("{name} pasted"), answered.collect(), Some(50.0));
}

/// What nobody types and somebody pastes.
fn pasted() -> [(&'static str, String); 7] {
    [
        ("100 kB of one letter", "k".repeat(100_000)),
        ("100 kB of words", "king road gold ".repeat(6_700)),
        ("10,000 words of one letter", "k ".repeat(10_000)),
        ("the alphabet", ('a'..='z').flat_map(|c| [c, ' ']).collect::<String>().repeat(400)),
        ("control characters", "\u{1}\u{1b}[2J\u{7f}\u{9b}31m".repeat(10_000)),
        ("right to left", "שלום \u{202e}kim\u{2066} ".repeat(5_000)),
        ("combining marks", "e\u{301}\u{302}\u{323}".repeat(10_000)),
    ]
}

/// Until a session can show what is found so far, and how it was understood.
fn answer(index: &Index, knowledge: &Knowledge, text: &str) -> Duration {
    let start = running();
    let query = Query::parse(text);
    let mut seek = index.seek(knowledge, &query, ROWS);
    seek.step(index, knowledge, SLICE);
    let query = query.understood(&seek.hits(index, knowledge));
    std::hint::black_box((index.understood(knowledge, &query), index.completions(knowledge, text)));
    running().saturating_sub(start)
}

/// Until something can be shown, until the rows are certain with their letters marked, and until they are counted.
fn once(index: &Index, knowledge: &Knowledge, text: &str) -> [Duration; 3] {
    let start = running();
    let query = Query::parse(text);
    let mut seek = index.seek(knowledge, &query, ROWS);
    let mut progress = seek.step(index, knowledge, SLICE);
    let mut hits = seek.hits(index, knowledge);
    let first = running().saturating_sub(start);
    if progress == Progress::Seeking {
        while progress == Progress::Seeking {
            progress = seek.step(index, knowledge, SLICE);
        }
        hits = seek.hits(index, knowledge);
    }
    let query = query.understood(&hits);
    for row in hits.rows.iter().take(SEEN) {
        let text = match row.address {
            Address::Statement(ix) => &knowledge.statement(ix).text.plain,
            Address::Entity(ix) => &knowledge.entity(ix).name,
            other => knowledge.name(other),
        };
        std::hint::black_box(marks(&query, text));
    }
    let certain = running().saturating_sub(start);
    while seek.step(index, knowledge, SLICE) != Progress::Done {}
    [first, certain, running().saturating_sub(start)]
}

fn report(what: &str, mut times: Vec<(Duration, &str)>, bound: Option<f64>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent).div_ceil(100).clamp(1, times.len()) - 1];
    let ms = |percent: usize| at(percent).0.as_secs_f64() * 1e3;
    let bound = bound.map_or_else(String::new, |bound| format!("{bound}"));
    println!(
        "   {what:<31} {:>8.3} {:>8.3} {:>8.3} {:>8.3}   {bound:<5} worst: {}",
        ms(50),
        ms(90),
        ms(99),
        ms(100),
        at(100).1
    );
}

/// How long this program has been running on any core.
fn running() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Resident memory in kB, `proc_pid_status(5)`; 0 where there is no such file.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}
