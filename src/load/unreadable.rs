//! Why a file cannot be shown, and what every file is asked before it is read: is it text, and not too much of it?
//!
//! Must never give back no reason at all.

use std::fmt;

use super::fault::Fault;
use super::faults::Faults;
use super::mistaken::is_utf16;
use crate::knowledge::{Ids, Problem};

/// The largest file that is read, in bytes: 1 GiB, some fifteen times a file of 100,000 entries.
pub const MAX_BYTES: usize = 1 << 30;

/// Problems that an [`Unreadable`] writes out: what a screen has room for, so that the first one stays in sight.
const SAID: usize = 4;

/// Bytes behind a place that are looked at to show its line.
const SHOWN: usize = 1 << 12;

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

/// The text of a file, without a byte order mark.
pub(super) fn text_of<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, Unreadable> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(without_mark(text).0),
        Err(error) => Err(not_utf8(file, bytes, error.valid_up_to())),
    }
}

/// Says that `bytes` are no UTF-8 from `at` on. What is far behind that place is nothing to anybody.
pub(super) fn not_utf8(file: &str, bytes: &[u8], at: usize) -> Unreadable {
    let lossy = String::from_utf8_lossy(bytes.get(..at + SHOWN).unwrap_or(bytes));
    let (text, mark) = without_mark(&lossy);
    let at = at - mark;
    let what = if is_utf16(bytes) { "this is UTF-16" } else { "not UTF-8" };
    unreadable(file, text, Fault::at(at..at + 1, what, "save the file as UTF-8"))
}

/// The mistakes of notation in a file.
pub(super) fn senseless(file: &str, source: &str, mistakes: Vec<Fault>) -> Vec<Problem> {
    let mut faults = Faults::new(source);
    for mistake in mistakes {
        faults.push(mistake);
    }
    faults.into_problems(file, &Ids::default())
}

/// A file that cannot be shown because of `fault`.
pub(super) fn unreadable(file: &str, source: &str, fault: Fault) -> Unreadable {
    let mut faults = Faults::new(source);
    faults.push(fault);
    Unreadable(faults.into_problems(file, &Ids::default()))
}

/// `text` without a byte order mark, and the bytes that the mark took.
pub(super) fn without_mark(text: &str) -> (&str, usize) {
    text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, '\u{feff}'.len_utf8()))
}

/// A file that is larger than [`MAX_BYTES`].
pub(super) fn too_large(file: &str) -> Problem {
    without_place(file, "is larger than 1 GiB, the most that is read", "split it")
}

/// A problem of the file as a whole.
pub(super) fn without_place(file: &str, what: &str, remedy: &str) -> Problem {
    let clean = |text: &str| crate::text::clean::clean(text).into_owned();
    Problem { file: clean(file), place: None, what: clean(what), remedy: clean(remedy) }
}
