//! Reads a knowledge file: RON → [`Knowledge`], and every problem with its place.
//!
//! Three steps: `ron` reads the file as it is written (`raw`); the ids are collected (`names`); everything that
//! refers to something is resolved (`lower`). A file that makes no sense to `ron` is explained (`syntax`), and read
//! again without what made none (`mend`, `gap`), for the sake of what else is wrong with it. Everything that a file means
//! wrongly is reported at once, and left out, so that what is loaded can always be shown. For the file that the program
//! carries, all of that was done when it was built (`packed`, `shipped`).
//!
//! A large file is cut at its entries (`cut`), and read and resolved on all cores (`cores`); what comes out is the same.
//!
//! Must never panic, whatever the bytes are, and never put a hostile character into a [`Knowledge`] or a [`Problem`].

mod bare;
mod bytes;
mod cores;
mod cut;
mod entries;
mod faults;
mod gap;
mod guess;
mod line;
mod links;
mod lower;
mod mend;
mod mistaken;
mod names;
mod packed;
mod parse;
mod pieces;
mod plain;
mod raw;
mod remarks;
mod scan;
mod several;
mod shipped;
mod syntax;
mod tokens;
mod words;

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use crate::knowledge::{Ids, Knowledge, Place, Problem};
pub use bytes::{bytes, stream, takes_long};
pub use line::line_of;
pub use packed::{Packed, pack};

use faults::{Fault, Faults};
pub use remarks::Remarks;
pub use several::Source;

/// The largest file that is read, in bytes: 1 GiB, some fifteen times a file of 100,000 entries.
pub const MAX_BYTES: usize = 1 << 30;

/// Problems that an [`Unreadable`] writes out: what a screen has room for, so that the first one stays in sight.
const SAID: usize = 4;

/// Bytes behind a place that are looked at to show its line.
const SHOWN: usize = 1 << 12;

/// A file that was read, perhaps with problems of meaning.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What the file says, without what refers to nothing. Has at least one topic and one entry.
    pub knowledge: Knowledge,
    /// What is wrong with it, in the order of the file.
    pub problems: Vec<Problem>,
}

/// Why a file cannot be shown at all: it is too large or no text, makes no sense, has another format, or has nothing
/// to show. Never empty. What keeps it from being shown comes first, what else is wrong with it after that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub Vec<Problem>);

impl fmt::Display for Unreadable {
    /// The first few problems, with an empty line between them, and how many there are beyond.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().take(SAID).enumerate() {
            if at > 0 {
                f.write_str("\n\n")?;
            }
            problem.fmt(f)?;
        }
        match self.0.len().saturating_sub(SAID) {
            0 => Ok(()),
            1 => f.write_str("\n\n1 problem more; `tumen check` shows all"),
            more => write!(f, "\n\n{more} problems more; `tumen check` shows all"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// How far the reading of a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many bytes of so many have been read.
    Bytes(usize, usize),
    /// So many entries of so many have been resolved, in a file of so many bytes that is read.
    Entries(usize, usize),
}

/// Hears that so much more is done, on any thread.
type Told<'t> = dyn Fn(usize) + Sync + 't;

/// Reads the file at `path`.
///
/// # Errors
/// When it cannot be opened or cannot be shown at all.
pub fn read(path: &Path) -> Result<Loaded, Unreadable> {
    read_aloud(path, &|_| {})
}

/// As [`read`]; `progress` is told now and then, on any thread, how far it has come.
///
/// # Errors
/// When it cannot be opened or cannot be shown at all.
pub fn read_aloud(path: &Path, progress: &(dyn Fn(Progress) + Sync)) -> Result<Loaded, Unreadable> {
    make_sense(&path.display().to_string(), &bytes(path)?, progress)
}

/// The dossier that the program carries.
///
/// # Errors
/// When the program was built wrongly.
pub fn shipped() -> Result<Loaded, Unreadable> {
    let damaged = || {
        let what = "this program was built without its dossier";
        Unreadable(vec![without_place(shipped::NAME, what, "install it again")])
    };
    let knowledge = shipped::knowledge().ok_or_else(damaged)?;
    Ok(Loaded { knowledge, problems: Vec::new() })
}

/// Reads the bytes of a file; `file` is its name in problems.
///
/// # Errors
/// When it cannot be shown at all.
pub fn from_bytes(file: &str, bytes: &[u8]) -> Result<Loaded, Unreadable> {
    make_sense(file, bytes, &|_| {})
}

fn make_sense(file: &str, bytes: &[u8], progress: &(dyn Fn(Progress) + Sync)) -> Result<Loaded, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable(vec![too_large(file)]));
    }
    let source = text_of(file, bytes)?;
    let done = AtomicUsize::new(0);
    let told = |bytes| progress(Progress::Bytes(done.fetch_add(bytes, Relaxed) + bytes, source.len()));
    let written = parse::parse(source, &told)
        .map_err(|fault| Unreadable(senseless(file, source, fault, mend::Judged::Alone)))?;
    let total = written.topics.iter().map(|topic| topic.entries.len()).sum();
    let done = AtomicUsize::new(0);
    let told = |entries| progress(Progress::Entries(done.fetch_add(entries, Relaxed) + entries, total));
    understand(file, written, source, &told)
}

/// The text of a file, without a byte order mark.
fn text_of<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, Unreadable> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(without_mark(text).0),
        Err(error) => Err(not_utf8(file, bytes, error.valid_up_to())),
    }
}

/// Says that `bytes` are no UTF-8 from `at` on. What is far behind that place is nothing to anybody.
fn not_utf8(file: &str, bytes: &[u8], at: usize) -> Unreadable {
    let lossy = String::from_utf8_lossy(bytes.get(..at + SHOWN).unwrap_or(bytes));
    let (text, mark) = without_mark(&lossy);
    let at = at - mark;
    let what = if mistaken::is_utf16(bytes) { "this is UTF-16" } else { "not UTF-8" };
    unreadable(file, text, Fault::at(at..at + 1, what, "save the file as UTF-8"))
}

/// All that is wrong with a file that makes no sense because of `fault`.
fn senseless(file: &str, source: &str, fault: Fault, judged: mend::Judged) -> Vec<Problem> {
    let mistaken = mistaken::mistaken(source);
    if mistaken.is_empty() {
        return mend::problems(file, source, fault, judged);
    }
    let mut faults = Faults::new(source);
    for fault in mistaken {
        faults.push(fault);
    }
    faults.into_problems(file, &Ids::default())
}

fn unreadable(file: &str, source: &str, fault: Fault) -> Unreadable {
    let mut faults = Faults::new(source);
    faults.push(fault);
    Unreadable(faults.into_problems(file, &Ids::default()))
}

/// What `written` means, which was read from `source`.
fn understand(
    file: &str,
    written: raw::File<'_>,
    source: &str,
    told: &Told<'_>,
) -> Result<Loaded, Unreadable> {
    if let Some(fault) = nothing_to_show(&written) {
        return Err(unreadable(file, source, fault));
    }
    let (knowledge, faults) = lower::lower(written, Faults::new(source), told);
    let problems = faults.into_problems(file, &knowledge.ids);
    Ok(Loaded { knowledge, problems })
}

/// A fault if there is no entry at all.
fn nothing_to_show(written: &raw::File<'_>) -> Option<Fault> {
    let what = if written.topics.is_empty() { "no topics" } else { "no topic has an entry" };
    let remedy = "a knowledge file has topics, and topics have entries";
    let is_empty = written.topics.iter().all(|topic| topic.entries.is_empty());
    is_empty.then(|| Fault::at(0..1, format!("{what}: nothing to show"), remedy))
}

/// `text` without a byte order mark, and the bytes that the mark took.
fn without_mark(text: &str) -> (&str, usize) {
    text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, '\u{feff}'.len_utf8()))
}

/// Line, column and text of the bytes `at` of any `source`, for a problem of it.
pub fn place(source: &str, at: &Range<usize>) -> Place {
    faults::place(source, at)
}

fn too_large(file: &str) -> Problem {
    without_place(file, "is larger than 1 GiB, the most that is read", "split it")
}

fn without_place(file: &str, what: &str, remedy: &str) -> Problem {
    let clean = |text: &str| crate::text::clean::clean(text).into_owned();
    Problem { file: clean(file), place: None, what: clean(what), remedy: clean(remedy) }
}
