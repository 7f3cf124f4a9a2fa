//! Reads a knowledge file: RON → [`Knowledge`], and every problem with its place.
//!
//! ```text
//! bytes ──▶ text ──▶ parse ──────────▶ raw ───────────▶ lower ──────────▶ Knowledge
//!                    │   ▲             as it is         what refers is
//!                    ▼   │ values      written          resolved, by `names`
//!                 syntax ron                            │
//!                    │ where everything stands          │ what it means wrongly
//!                    ▼                                  ▼
//!                  sink ────────────────────────────▶ faults ───────────▶ Problems
//!                  what is written wrongly            by bytes            by line and column
//! ```
//!
//! Two readers: `ron` reads values, each at its place (`value`); `syntax` knows places, and what may stand where. A
//! field or an item that cannot be read is left out, and the rest is read on, so that everything that is wrong is
//! reported at once. A file with mistakes of notation is not shown; what a file means wrongly is left out of it, so that
//! what is loaded can always be shown.
//!
//! | file | room for |
//! |---|---|
//! | `syntax/` | tokens, the outline, brackets, what is said of mistakes of notation |
//! | `value`, `raw`, `parse` | single values, the structures of a file, the file |
//! | `id`, `names` | what an id is, who has which |
//! | `pass`, `lower`, `entries`, `links`, `words` | the way into the model, for each kind of thing |
//! | `fault`, `faults` | one thing that is wrong, all of them in the order of the file |
//! | `several`, `remarks`, `line` | several files as one, what is found out later, where an id stands |
//! | `packed`, `shipped` | the file that the program carries: it was read when the program was built |
//! | `parallel/` | speed alone: bytes, long lists and chunks on all cores |
//!
//! Must never panic, whatever the bytes are, and never put a hostile character into a [`Knowledge`] or a [`Problem`].

mod entries;
mod fault;
mod faults;
mod id;
mod line;
mod links;
mod lower;
mod names;
mod packed;
mod parallel;
mod parse;
mod pass;
mod raw;
mod remarks;
mod several;
mod shipped;
mod syntax;
mod value;
mod words;

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::mem;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use crate::knowledge::{Ids, Knowledge, Place, Problem};
pub use line::line_of;
pub use packed::{Packed, pack};

use fault::Fault;
use faults::Faults;
pub use remarks::Remarks;
pub use several::Source;
use syntax::{Sink, Whole};

/// The largest file that is read, in bytes: 1 GiB, some fifteen times a file of 100,000 entries.
pub const MAX_BYTES: usize = 1 << 30;

/// Problems that an [`Unreadable`] writes out: what a screen has room for, so that the first one stays in sight.
const SAID: usize = 4;

/// Files up to this size, in bytes, are read in a few milliseconds.
const QUICK_BYTES: u64 = 1 << 20;

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
    /// Bytes that have been read, of all.
    Bytes(usize, usize),
    /// Entries that have been resolved, of all.
    Entries(usize, usize),
}

/// Reads the file at `path`.
///
/// # Errors
/// When it cannot be opened or cannot be shown at all.
pub fn read(path: &Path) -> Result<Loaded, Unreadable> {
    read_aloud(path, &|_| {})
}

/// As [`read`]; `progress` is called now and then, on any thread, with how far reading has come.
///
/// # Errors
/// When it cannot be opened or cannot be shown at all.
pub fn read_aloud(path: &Path, progress: &(dyn Fn(Progress) + Sync)) -> Result<Loaded, Unreadable> {
    make_sense(&path.display().to_string(), &bytes_of(path)?, progress)
}

/// The bytes of a file that is not too large.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let file = path.display().to_string();
    let placeless = |what: &str, remedy: &str| Unreadable(vec![without_place(&file, what, remedy)]);
    let size = fs::metadata(path).map(|about| (about.is_dir(), about.len()));
    match size {
        Ok((true, _)) => return Err(placeless("is a folder, not a file", "name a file in it")),
        Ok((false, bytes)) if bytes > MAX_BYTES as u64 => return Err(Unreadable(vec![too_large(&file)])),
        // Any other trouble shows again when the file is read.
        Ok(_) | Err(_) => {}
    }
    let read = match size {
        Ok((_, bytes)) if bytes > QUICK_BYTES => {
            parallel::bytes(path, bytes as usize).or_else(|_| fs::read(path))
        }
        _ => fs::read(path),
    };
    read.map_err(|error| match error.kind() {
        ErrorKind::NotFound => placeless("there is no such file", "check the name and the folder"),
        ErrorKind::PermissionDenied => placeless("may not be read", "ask for permission to read it"),
        _ => placeless(&format!("cannot be read: {error}"), ""),
    })
}

/// Whether the file at `path` is so large that reading it would be noticed: then it is read behind the first frame.
pub fn takes_long(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() > QUICK_BYTES)
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
    let bytes_read = |bytes| progress(Progress::Bytes(done.fetch_add(bytes, Relaxed) + bytes, source.len()));
    let (written, mut sink) = parse::parse(&Whole::new(source, 0, &bytes_read));
    if !sink.faults.is_empty() {
        let mut problems = senseless(file, source, mem::take(&mut sink.faults));
        if !sink.is_over {
            problems.extend(also_meant(file, source, written, sink));
        }
        return Err(Unreadable(problems));
    }
    if let Some(fault) = nothing_to_show(&written) {
        return Err(unreadable(file, source, fault));
    }
    let total = written.topics.iter().map(|topic| topic.entries.len()).sum();
    let done = AtomicUsize::new(0);
    let lowered = |entries| progress(Progress::Entries(done.fetch_add(entries, Relaxed) + entries, total));
    let (knowledge, faults) = lower::lower(written, Faults::new(source), &lowered);
    let problems = faults.into_problems(file, &knowledge.ids);
    Ok(Loaded { knowledge, problems })
}

/// The text of a file, without a byte order mark.
fn text_of<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, Unreadable> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(without_mark(text).0),
        Err(error) => {
            let lossy = String::from_utf8_lossy(bytes);
            let (text, mark) = without_mark(&lossy);
            let at = error.valid_up_to() - mark;
            let fault = Fault::at(at..at + 1, "not UTF-8", "save the file as UTF-8");
            Err(unreadable(file, text, fault))
        }
    }
}

/// The mistakes of notation in a file.
fn senseless(file: &str, source: &str, mistakes: Vec<Fault>) -> Vec<Problem> {
    let mut faults = Faults::new(source);
    for mistake in mistakes {
        faults.push(mistake);
    }
    faults.into_problems(file, &Ids::default())
}

/// What is wrong with what a file means that has mistakes of notation, but for what is wrong only because of them.
fn also_meant(file: &str, source: &str, written: raw::File<'_>, sink: Sink) -> Vec<Problem> {
    let (knowledge, mut faults) = lower::lower(written, Faults::new(source), &|_| {});
    let given_up = sink.given_up(source);
    faults.retain(|fault| !given_up.explains(fault));
    faults.into_problems(file, &knowledge.ids)
}

fn unreadable(file: &str, source: &str, fault: Fault) -> Unreadable {
    let mut faults = Faults::new(source);
    faults.push(fault);
    Unreadable(faults.into_problems(file, &Ids::default()))
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
