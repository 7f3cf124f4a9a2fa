//! The file that a command is about: one that is named, standard input, or the one inside.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::Stop;
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
        Some(path) if path.as_os_str() == "-" => load::from_bytes(INPUT, &input()),
        Some(path) => load::read(path),
    }
}

/// The same, and the text in which remarks have their places; it is empty where there is none.
pub(super) fn read_with_text(file: Option<&Path>) -> (Result<Loaded, Unreadable>, String) {
    match file {
        Some(path) if path.as_os_str() == "-" => {
            let bytes = input();
            (load::from_bytes(INPUT, &bytes), String::from_utf8(bytes).unwrap_or_default())
        }
        Some(path) => {
            let loaded = load::read(path);
            // Read twice, so that what `load::read` says of a file that cannot be read is said here too.
            let text = loaded.as_ref().ok().and_then(|_| fs::read_to_string(path).ok());
            (loaded, text.unwrap_or_default())
        }
        None => (load::shipped(), String::new()),
    }
}

/// What a problem calls the file.
pub(super) fn name(file: &Path) -> String {
    if file.as_os_str() == "-" { INPUT.to_owned() } else { file.display().to_string() }
}

/// Standard input up to the largest file that is read, and one byte of what is beyond it.
fn input() -> Vec<u8> {
    let mut bytes = Vec::new();
    // What breaks off in the middle is a file that makes no sense, and is explained as such.
    let _ = io::stdin().lock().take(load::MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
    bytes
}
