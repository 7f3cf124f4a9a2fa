//! From the bytes of a large file to what can be shown: time of each step, and memory at its peak.
//!
//! `cargo bench --bench load -- 100000` prints the steps for a file of so many entries; `--write PATH` only writes the
//! file, to open it with the program, and `--read PATH` takes one that is there. Bounds at 100,000 entries: browsable 0.4 s after the first frame, searchable
//! after 1.5 s, memory at most four times the file.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench prints, and fails by panicking"
)]

#[path = "corpus/ron.rs"]
mod corpus;

use std::time::Instant;

use tumen::load;
use tumen::search::Index;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| {
        arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1))
    };
    // `cargo test --benches` asks only whether it runs.
    let small = arguments.iter().any(|argument| argument == "--test");
    let entries = arguments.iter().find_map(|argument| argument.parse().ok());
    let entries = entries.unwrap_or(if small { 100 } else { 100_000 });
    let file = match after("--read") {
        Some(path) => std::fs::read_to_string(path).expect("the file is there"),
        None => corpus::knowledge_file(entries),
    };
    if let Some(path) = after("--write") {
        std::fs::write(path, &file).expect("there is room for the file");
        return;
    }
    println!("{entries} entries, {:.1} MB", file.len() as f64 / 1e6);
    let rounds = if after("--read").is_some() || entries > 200_000 || small { 1 } else { 5 };
    let with_index = !arguments.iter().any(|argument| argument == "--no-index");
    let mut best = (f64::MAX, f64::MAX);
    for _ in 0..rounds {
        let start = Instant::now();
        let loaded = load::from_bytes("made-up.ron", file.as_bytes()).expect("it can be read");
        let read = start.elapsed().as_secs_f64();
        assert!(loaded.problems.is_empty(), "{}", loaded.problems[0]);
        let start = Instant::now();
        let index = with_index.then(|| Index::build(&loaded.knowledge));
        let built = start.elapsed().as_secs_f64();
        drop(index);
        best = (best.0.min(read), best.1.min(built));
    }
    println!("bytes → knowledge {:.0} ms, knowledge → index {:.0} ms", best.0 * 1e3, best.1 * 1e3);
}
