//! Reads a knowledge file: RON → [`Knowledge`], and every problem with its place.
//!
//! Three steps: `ron` reads the file as it is written (`raw`); the ids are collected (`names`); everything that
//! refers to something is resolved (`lower`). A file that makes no sense to `ron` is explained (`syntax`); everything
//! that it means wrongly is reported at once, and left out, so that what is loaded can always be shown. For the file
//! that the program carries, all of that was done when it was built (`packed`, `shipped`).
//!
//! Must never panic, whatever the bytes are, and never put a hostile character into a [`Knowledge`] or a [`Problem`].

mod faults;
mod links;
mod lower;
mod names;
mod packed;
mod raw;
mod shipped;
mod syntax;
mod tokens;
mod words;

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use ron::extensions::Extensions;
use serde::Deserialize;

use crate::knowledge::{Knowledge, Problem};
pub use packed::{Packed, pack};

use faults::{Fault, Faults};

/// The largest file that is read, in bytes: 1 GiB, some fifteen times a file of 100,000 entries.
pub const MAX_BYTES: usize = 1 << 30;

/// How deep a file may nest. The format needs less than 30; `ron` counts each bracket up to three times.
const MAX_DEPTH: usize = 64;

/// The `format` that this program reads.
const FORMAT: u64 = 1;

/// A file that was read, perhaps with problems of meaning.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What the file says, without what refers to nothing. Has at least one topic and one entry.
    pub knowledge: Knowledge,
    /// What is wrong with it, in the order of the file.
    pub problems: Vec<Problem>,
}

/// Why a file cannot be shown at all: it is too large or no text, makes no sense, has another format, or has nothing
/// to show. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub Vec<Problem>);

impl fmt::Display for Unreadable {
    /// All problems, with an empty line between them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Unreadable {}

/// Reads the file at `path`.
///
/// # Errors
/// When it cannot be opened or cannot be shown at all.
pub fn read(path: &Path) -> Result<Loaded, Unreadable> {
    let file = path.display().to_string();
    let placeless = |what: &str, remedy: &str| Unreadable(vec![without_place(&file, what, remedy)]);
    let size = fs::metadata(path).map(|about| (about.is_dir(), about.len()));
    match size {
        Ok((true, _)) => return Err(placeless("is a folder, not a file", "name a file in it")),
        Ok((false, bytes)) if bytes > MAX_BYTES as u64 => return Err(Unreadable(vec![too_large(&file)])),
        // Any other trouble shows again when the file is read.
        Ok(_) | Err(_) => {}
    }
    match fs::read(path) {
        Ok(bytes) => from_bytes(&file, &bytes),
        Err(error) => Err(match error.kind() {
            ErrorKind::NotFound => placeless("there is no such file", "check the name and the folder"),
            ErrorKind::PermissionDenied => placeless("may not be read", "ask for permission to read it"),
            _ => placeless(&format!("cannot be read: {error}"), ""),
        }),
    }
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
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable(vec![too_large(file)]));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let lossy = String::from_utf8_lossy(bytes);
            let (text, mark) = without_mark(&lossy);
            let at = error.valid_up_to() - mark;
            let fault = Fault::at(at..at + 1, "not UTF-8", "save the file as UTF-8");
            return Err(unreadable(file, text, fault));
        }
    };
    let (source, _) = without_mark(text);
    let written = parse(source).map_err(|fault| unreadable(file, source, fault))?;
    understand(file, &written, source)
}

fn unreadable(file: &str, source: &str, fault: Fault) -> Unreadable {
    let mut faults = Faults::new(source);
    faults.push(fault);
    Unreadable(faults.into_problems(file))
}

/// What `written` means, which was read from `source`.
fn understand(file: &str, written: &raw::File<'_>, source: &str) -> Result<Loaded, Unreadable> {
    if written.topics.iter().all(|topic| topic.entries.is_empty()) {
        let what = if written.topics.is_empty() { "no topics" } else { "no topic has an entry" };
        let remedy = "a knowledge file has topics, and topics have entries";
        return Err(unreadable(file, source, Fault::at(0..1, format!("{what}: nothing to show"), remedy)));
    }
    let (knowledge, faults) = lower::lower(written, Faults::new(source));
    Ok(Loaded { knowledge, problems: faults.into_problems(file) })
}

/// `text` without a byte order mark, and the bytes that the mark took.
fn without_mark(text: &str) -> (&str, usize) {
    text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, '\u{feff}'.len_utf8()))
}

/// The file as it is written, or why it makes no sense.
fn parse(source: &str) -> Result<raw::File<'_>, Fault> {
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(MAX_DEPTH);
    let mut reader = match ron::Deserializer::from_str_with_options(source, &options) {
        Ok(reader) => reader,
        Err(error) => return Err(syntax::explain(source, &error.code, 0)),
    };
    let written = raw::File::deserialize(&mut reader).and_then(|file| reader.end().map(|()| file));
    let cursor = source.len() - reader.remainder().len();
    match written {
        Ok(file) if file.format.is_none_or(|format| format == FORMAT) => Ok(file),
        Ok(_) => Err(other_format(source).unwrap_or_else(|| Fault::at(0..1, "unknown format", ""))),
        // A file of another format must not be explained by the rules of this one.
        Err(error) => Err(other_format(source).unwrap_or_else(|| syntax::explain(source, &error, cursor))),
    }
}

/// A fault if the file says that it has another format than [`FORMAT`].
fn other_format(source: &str) -> Option<Fault> {
    let open = tokens::Tokens::new(source, 0).find(|token| {
        token.kind == tokens::Kind::Open('(')
            && source.get(..token.at.start).is_some_and(|s| s.trim_end().ends_with("Knowledge"))
    })?;
    let at = tokens::field(source, open.at.end, "format")?;
    let format: u64 = source.get(at.clone())?.parse().ok()?;
    let (age, remedy) = match format {
        FORMAT => return None,
        0 => ("is none that there ever was", "write `format: 1`"),
        _ => (
            "is newer than this program knows",
            "use a newer program, or write `format: 1` if that is what it is",
        ),
    };
    Some(Fault::at(at, format!("format {format} {age}"), remedy))
}

fn too_large(file: &str) -> Problem {
    without_place(file, "is larger than 1 GiB, the most that is read", "split it")
}

fn without_place(file: &str, what: &str, remedy: &str) -> Problem {
    let clean = |text: &str| crate::text::clean::clean(text).into_owned();
    Problem { file: clean(file), place: None, what: clean(what), remedy: clean(remedy) }
}
