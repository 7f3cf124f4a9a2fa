//! What the program costs a terminal: time to the first frame, bytes for a row, wake-ups while idle, memory; and what a
//! reader of a large file waits for.
//!
//! Beside `less` and `fzf` in the same run, on the same texts, all started directly in a pseudo-terminal. Run it on a
//! quiet machine: `cargo bench --bench terminal`. Ratios are what counts; times depend on the machine.
//! `cargo bench --bench terminal -- 1000000` opens a file of so many entries and does nothing else.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench prints, and fails by panicking"
)]

#[cfg(target_os = "linux")]
#[path = "../tests/it/pty.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the tests, which use more of it")]
mod pty;

#[cfg(target_os = "linux")]
#[path = "terminal/measure.rs"]
mod measure;

#[cfg(target_os = "linux")]
#[path = "terminal/opening.rs"]
mod opening;

#[cfg(target_os = "linux")]
#[path = "corpus/ron.rs"]
mod corpus;

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("SKIPPED: it reads /proc, which only Linux has");
}

#[cfg(target_os = "linux")]
fn main() {
    // `cargo test --benches` asks only whether it runs.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    if let Some(entries) = std::env::args().find_map(|argument| argument.parse().ok()) {
        opening::open(entries);
        return;
    }
    measure::start();
    measure::idle();
    for size in [(80, 24), (200, 60)] {
        measure::rows(size);
        measure::letters(size);
    }
    opening::open(100_000);
}
