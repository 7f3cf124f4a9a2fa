//! The file that a command is about: one that is named, standard input, or the one inside.
//!
//! Must never read one twice: a pipe has nothing to give any more.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::arguments::Arguments;
use super::{Stop, own};
use crate::disk::is_same;
use crate::load::{self, Loaded, Unreadable};

/// What standard input is called in problems.
const INPUT: &str = "standard input";

/// Reads `file` for a command that needs what it says; `None` is the dossier that the program carries.
pub(super) fn load(file: Option<&Path>) -> Result<Loaded, Stop> {
    read(file).map_err(|problems| Stop::Wrong(problems.to_string()))
}

/// Reads `file`; `-` is standard input.
pub(super) fn read(file: Option<&Path>) -> Result<Loaded, Unreadable> {
    match file {
        None => load::shipped(),
        Some(path) if is_input(path) => load::from_bytes(INPUT, &input()?),
        Some(path) => load::read(path),
    }
}

/// The same, and the text in which remarks have their places; it is empty where there is none.
pub(super) fn read_with_text(file: Option<&Path>) -> (Result<Loaded, Unreadable>, String) {
    let Some(path) = file else { return (load::shipped(), String::new()) };
    match if is_input(path) { input() } else { load::bytes(path) } {
        Ok(bytes) => (load::from_bytes(&name(path), &bytes), String::from_utf8(bytes).unwrap_or_default()),
        Err(unreadable) => (Err(unreadable), String::new()),
    }
}

/// What a problem calls the file.
pub(super) fn name(file: &Path) -> String {
    if is_input(file) { INPUT.to_owned() } else { file.display().to_string() }
}

/// Whether what `file` says comes once: from standard input, a pipe or a device.
pub(super) fn is_read_once(file: &Path) -> bool {
    is_input(file) || fs::metadata(file).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// What `out` is to the program, if it reads that: then it is not to be written.
pub(super) fn read_from(out: &Metadata, arguments: &Arguments) -> Option<&'static str> {
    let is_out = |file: &PathBuf| {
        let about = if is_input(file) { metadata_of(&io::stdin()) } else { fs::metadata(file).ok() };
        about.is_some_and(|about| is_same(&about, out))
    };
    if arguments.explore.files.iter().chain(&arguments.file()).any(is_out) {
        return Some("the knowledge file itself");
    }
    own::config_path().filter(is_out).map(|_| "the configuration")
}

/// What the system knows of an open file.
#[cfg(unix)]
pub(super) fn metadata_of(file: &impl std::os::fd::AsFd) -> Option<Metadata> {
    let copy = file.as_fd().try_clone_to_owned().ok()?;
    fs::File::from(copy).metadata().ok()
}

/// What the system knows of an open file: nothing that is asked for here.
#[cfg(not(unix))]
pub(super) fn metadata_of<F>(_: &F) -> Option<Metadata> {
    None
}

fn is_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// All of standard input.
fn input() -> Result<Vec<u8>, Unreadable> {
    #[cfg(unix)]
    return load::stream(INPUT, &mut crate::shell::StandardInput);
    #[cfg(not(unix))]
    return load::stream(INPUT, &mut io::stdin().lock());
}
