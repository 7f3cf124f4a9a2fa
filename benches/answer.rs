//! An answer on the command line, from the start of the process to its end, beside `grep` over the same text.
//!
//! Both are started in turn, so that what else the machine does meets both. Run it on a quiet machine:
//! `cargo bench --bench answer`. The ratio is what counts; times depend on the machine.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench prints, and fails by panicking"
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Starts of each program.
const STARTS: usize = 301;
/// What is asked for.
const WORD: &str = "slbm";

fn main() {
    // `cargo test --benches` asks only whether it runs.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let program = env!("CARGO_BIN_EXE_tumen");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/dprk-russia.ron");
    let file = file.to_str().expect("a plain path");
    let rows: [(&str, &[&str]); 4] = [
        ("search", &["search", WORD]),
        ("search --json", &["search", "--json", WORD]),
        ("show", &["show", "H25"]),
        ("timeline", &["timeline"]),
    ];
    println!(
        "whole processes, {STARTS} starts each, in turn; beside grep {WORD} on the file as it is written"
    );
    for (name, arguments) in rows {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..STARTS {
            theirs.push(took("grep", &[WORD, file]));
            ours.push(took(program, arguments));
        }
        let paired = ours.iter().zip(&theirs).map(|(ours, theirs)| ours.as_secs_f64() / theirs.as_secs_f64());
        let least = |times: &[Duration]| times.iter().min().map_or(f64::NAN, Duration::as_secs_f64) * 1e3;
        println!(
            "  {name}: median of paired ratios {:.2}; least {:.2} and {:.2} ms, ratio {:.2}",
            median(paired.collect()),
            least(&ours),
            least(&theirs),
            least(&ours) / least(&theirs),
        );
    }
}

/// How long a process takes from its start to its end.
fn took(program: &str, arguments: &[&str]) -> Duration {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    command.status().expect("it runs");
    start.elapsed()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
