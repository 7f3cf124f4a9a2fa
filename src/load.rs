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
//! | `pass`, `lower`, `entries`, `links`, `words`, `bare` | the way into the model, for each kind of thing |
//! | `fault`, `faults` | one thing that is wrong, all of them in the order of the file |
//! | `bytes`, `unreadable`, `mistaken` | what is read at all; why a file cannot be shown; what it is instead |
//! | `several`, `remarks`, `line` | several files as one, what is found out later, where an id stands |
//! | `packed`, `shipped` | the file that the program carries: it was read when the program was built |
//! | `parallel/` | speed alone: bytes, long lists and chunks on all cores |
//!
//! Must never panic, whatever the bytes are, and never put a hostile character into a [`Knowledge`] or a [`Problem`].

mod bare;
mod bytes;
mod entries;
mod fault;
mod faults;
mod id;
mod line;
mod links;
mod lower;
mod mistaken;
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
mod unreadable;
mod value;
mod words;

use std::mem;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use crate::knowledge::{Knowledge, Place, Problem};
pub use bytes::{bytes, stream, takes_long};
pub use line::line_of;
pub use packed::{Packed, pack};

use fault::Fault;
use faults::Faults;
pub use remarks::Remarks;
pub use several::Source;
use syntax::{Sink, Whole};
pub use unreadable::{MAX_BYTES, Unreadable};
use unreadable::{senseless, text_of, too_large, unreadable, without_place};

/// A file that was read, perhaps with problems of meaning.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What the file says, without what refers to nothing. Has at least one topic and one entry.
    pub knowledge: Knowledge,
    /// What is wrong with it, in the order of the file.
    pub problems: Vec<Problem>,
}

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

/// What is wrong with what a file means that has mistakes of notation, but for what is wrong only because of them.
fn also_meant(file: &str, source: &str, written: raw::File<'_>, sink: Sink) -> Vec<Problem> {
    let (knowledge, mut faults) = lower::lower(written, Faults::new(source), &|_| {});
    let given_up = sink.given_up(source);
    faults.retain(|fault| !given_up.explains(fault));
    faults.into_problems(file, &knowledge.ids)
}

/// A fault if there is no entry at all.
fn nothing_to_show(written: &raw::File<'_>) -> Option<Fault> {
    let what = if written.topics.is_empty() { "no topics" } else { "no topic has an entry" };
    let remedy = "a knowledge file has topics, and topics have entries";
    let is_empty = written.topics.iter().all(|topic| topic.entries.is_empty());
    is_empty.then(|| Fault::at(0..1, format!("{what}: nothing to show"), remedy))
}

/// Line, column and text of the bytes `at` of any `source`, for a problem of it.
pub fn place(source: &str, at: &Range<usize>) -> Place {
    faults::place(source, at)
}
