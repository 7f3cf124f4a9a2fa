//! The bytes of a knowledge file, whatever it is: a file, a pipe, a device.
//!
//! It is opened once and read once, to its end or to the most that is read, and no further than to where it shows that
//! it is no text: a device may never end. Must never wait for more than what is read.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek};
use std::path::Path;

use memchr::memmem;

use super::fault::Fault;
use super::parallel;
use super::unreadable::{MAX_BYTES, Unreadable, not_utf8, text_of, too_large, unreadable, without_place};

/// Files up to this size, in bytes, are read in a few milliseconds.
const QUICK_BYTES: u64 = 1 << 20;
/// Bytes that are looked at before more is read.
const FIRST: usize = 1 << 16;
/// No text has so many NUL bytes in a row: holes in a file have them, and devices, and what a power cut leaves behind.
const NULS: &[u8] = &[0; 16];

/// The bytes of the file at `path`: at most [`MAX_BYTES`], and no long run of NUL bytes among them.
///
/// # Errors
/// When it cannot be opened or read, is a folder, is too large, or is seen to be no text.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let name = path.display().to_string();
    let placeless = |what: &str, remedy: &str| Unreadable(vec![without_place(&name, what, remedy)]);
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => placeless("there is no such file", "check the name and the folder"),
        ErrorKind::PermissionDenied => placeless("may not be read", "ask for permission to read it"),
        _ => placeless(&format!("cannot be read: {error}"), ""),
    };
    // Some systems do not open folders.
    let folder = || placeless("is a folder, not a file", "name a file in it");
    let mut file = File::open(path).map_err(|error| if path.is_dir() { folder() } else { failed(error) })?;
    let about = file.metadata().map_err(failed)?;
    if about.is_dir() {
        return Err(folder());
    }
    if about.len() > MAX_BYTES as u64 {
        return Err(Unreadable(vec![too_large(&name)]));
    }
    if about.is_file() && about.len() > QUICK_BYTES {
        let mut first = Vec::with_capacity(FIRST);
        // Whatever goes wrong here goes wrong below again, and is told there.
        let _ = file.by_ref().take(FIRST as u64).read_to_end(&mut first);
        without_nuls(&name, first)?;
        if let Ok(all) = parallel::bytes(path, &file, about.len() as usize, |slice| {
            nuls(slice, 0).map(|at| at + NULS.len())
        }) {
            return without_nuls(&name, all);
        }
        file.rewind().map_err(failed)?;
    }
    stream(&name, &mut file)
}

/// As [`bytes`], of what `from` gives; `name` is what problems call it.
///
/// # Errors
/// As those of [`bytes`].
pub fn stream(name: &str, from: &mut dyn Read) -> Result<Vec<u8>, Unreadable> {
    let mut all = Vec::new();
    // Bytes that are looked at already, and those of them that are known to be letters.
    let (mut seen, mut valid) = (0, 0);
    let mut next = FIRST as u64;
    loop {
        match (&mut *from).take(next).read_to_end(&mut all) {
            Ok(0) => return Ok(all),
            Ok(_) => {}
            Err(error) => {
                let what = format!("cannot be read: {error}");
                return Err(Unreadable(vec![without_place(name, &what, "")]));
            }
        }
        if all.len() > MAX_BYTES {
            return Err(Unreadable(vec![too_large(name)]));
        }
        if let Some(at) = nuls(&all, seen) {
            return Err(no_text(name, &all, at));
        }
        if let Err(error) = std::str::from_utf8(all.get(valid..).unwrap_or_default()) {
            if error.error_len().is_some() {
                return Err(not_utf8(name, &all, valid + error.valid_up_to()));
            }
            valid += error.valid_up_to();
        } else {
            valid = all.len();
        }
        seen = all.len();
        // Twice as much each time, and one byte of what is beyond the most that is read.
        next = (seen as u64).min((MAX_BYTES + 1 - seen) as u64);
    }
}

/// Whether the file at `path` is so large that reading it would be noticed: then it is read behind the first frame.
pub fn takes_long(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() > QUICK_BYTES)
}

/// `bytes`, unless they hold a long run of NUL bytes.
fn without_nuls(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Unreadable> {
    // Where reading came across one, it ended there.
    let may_hold_some = bytes.ends_with(NULS) || bytes.len() <= FIRST;
    let found = if may_hold_some { nuls(&bytes, 0) } else { None };
    match found {
        Some(at) => Err(no_text(name, &bytes, at)),
        None => Ok(bytes),
    }
}

/// Where the first long run of NUL bytes begins that does not end before `seen`.
fn nuls(bytes: &[u8], seen: usize) -> Option<usize> {
    let from = seen.saturating_sub(NULS.len() - 1);
    memmem::find(bytes.get(from..)?, NULS).map(|at| from + at)
}

/// Why what has NUL bytes at `at` is no knowledge file.
fn no_text(name: &str, bytes: &[u8], at: usize) -> Unreadable {
    let text = match text_of(name, bytes.get(..at).unwrap_or_default()) {
        Ok(text) => format!("{text}\0"),
        // What is no text even before says so.
        Err(unreadable) => return unreadable,
    };
    let at = text.len() - 1;
    let what = "NUL bytes: from here on this is no text";
    let remedy = "name a knowledge file; if this is one, it is damaged: take a copy of it";
    unreadable(name, &text, Fault::at(at..at + 1, what, remedy))
}
