//! Opening a large file: what a reader waits for, in the order in which it comes.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::time::{Duration, Instant};

use crate::corpus::knowledge_file;
use crate::measure::{FRAME, Folder, median, peak, until};
use crate::pty::{Session, tumen};

/// Starts of each program.
const STARTS: usize = 9;
/// Longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(60);
/// The terminal's columns and rows.
const SIZE: (u16, u16) = (80, 24);

/// Something that is waited for, and how one sees on the screen that it is there.
type Step = (&'static str, fn(&str) -> bool);

/// In the order in which they come.
const STEPS: [Step; 4] = [
    ("first frame", |screen| screen.contains("Reading the file")),
    ("browsable", |screen| screen.contains("What is said of overview")),
    ("first hits", |screen| beside_input(screen).contains(" hit")),
    ("all searched", |screen| {
        beside_input(screen).contains(" hit") && !beside_input(screen).contains("in the first")
    }),
];

/// The line in which one types, where the hits are counted: elsewhere the same letters may be those of a text.
fn beside_input(screen: &str) -> &str {
    screen.lines().nth(1).unwrap_or_default()
}

/// Opens a file of so many entries again and again, beside the shipped one. A query is typed once the file can be browsed:
/// before that, it would cover what is waited for.
pub(crate) fn open(entries: usize) {
    let text = knowledge_file(entries);
    let bytes = text.len();
    let folder = Folder::new("opening");
    let file = folder.write("large.ron", text.as_bytes());
    drop(text);
    let path = file.to_str().expect("a plain path");
    let mut times: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut memory = Vec::new();
    for _ in 0..STARTS {
        let shipped = until(FRAME, tumen(&[]), "q");
        times.entry("shipped").or_default().push(shipped.as_secs_f64());
        let (seen, kilobytes) = start(path);
        for (step, time) in seen {
            times.entry(step).or_default().push(time.as_secs_f64());
        }
        memory.push(kilobytes as f64);
    }
    println!(
        "opening a file of {entries} entries, {:.0} MB, {STARTS} starts beside the shipped file",
        bytes as f64 / 1e6
    );
    let middle = |name: &str| median(times.get(name).cloned().unwrap_or_default());
    let first = middle("first frame");
    println!(
        "  first frame {:.1} ms, shipped {:.1} ms: {:.2}",
        first * 1e3,
        middle("shipped") * 1e3,
        first / middle("shipped")
    );
    for (step, _) in STEPS.iter().skip(1) {
        let all = times.get(step).cloned().unwrap_or_default();
        let worst = all.iter().copied().fold(0.0, f64::max);
        println!("  {step} {:.2} s after that, at worst {:.2}", median(all) - first, worst - first);
    }
    let peak = median(memory);
    println!("  memory at its peak {:.0} MB, {:.1} times the file", peak / 1e3, peak * 1024.0 / bytes as f64);
}

/// When each step was seen, and the memory at its peak in kB.
fn start(path: &str) -> (Vec<(&'static str, Duration)>, u64) {
    let start = Instant::now();
    let mut session = Session::start_at(SIZE, tumen(&[path, "--no-mouse"]));
    let [columns, rows] = [SIZE.0, SIZE.1].map(|cells| NonZero::new(cells).expect("a terminal has cells"));
    let mut terminal = vt100::Parser::new(rows, columns, 0);
    let (mut seen, mut read) = (Vec::new(), 0);
    for (step, is_there) in STEPS {
        while !is_there(&terminal.screen().contents()) {
            assert!(
                session.read_some(start + PATIENCE),
                "{step} did not come: {}",
                terminal.screen().contents()
            );
            terminal.process(session.sent.get(read..).unwrap_or_default());
            read = session.sent.len();
        }
        seen.push((step, start.elapsed()));
        if step == "browsable" {
            session.press("/s7");
        }
    }
    let memory = peak(session.id());
    // Not Esc and a letter: close together they are that letter with Alt.
    session.press("\u{3}");
    session.end();
    (seen, memory)
}
