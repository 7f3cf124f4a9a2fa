//! Reads small files that a user names: a configuration, a password, keys. Must never read on where a file does not end.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// The most bytes that a small file has: 1 MiB, some thousand times what they usually have.
pub const SMALL: u64 = 1 << 20;

/// Whether a named pipe is waited for until somebody writes into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pipes {
    /// As `cat` does.
    Awaited,
    /// Nothing is to wait for it.
    Refused,
}

/// The text of the small file at `path`: a file, or what a pipe or a device gives.
///
/// # Errors
/// When it cannot be opened, is a folder or a pipe that is not waited for, holds more than [`SMALL`] bytes, or is no UTF-8.
pub fn small(path: &Path, pipes: Pipes) -> io::Result<String> {
    let invalid = |what: &str| io::Error::new(ErrorKind::InvalidData, what);
    // To open a named pipe is to wait for it, so it is looked at before.
    if pipes == Pipes::Refused && is_named_pipe(path) {
        return Err(invalid("it is a named pipe; write a file instead"));
    }
    let file = File::open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(invalid("it is a folder; name a file in it"));
    }
    let mut bytes = Vec::new();
    if about.len() <= SMALL {
        file.take(SMALL + 1).read_to_end(&mut bytes)?;
    }
    if about.len() > SMALL || bytes.len() as u64 > SMALL {
        return Err(invalid("it is larger than 1 MiB, so it is not what it was taken for"));
    }
    String::from_utf8(bytes).map_err(|_| invalid("it is not UTF-8"))
}

/// Whether `path` is a pipe that others open by its name. One that a shell hands over (`<(…)`) has a writer already.
#[cfg(unix)]
fn is_named_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let is_handed_over = ["/dev/fd", "/proc"].iter().any(|folder| path.starts_with(folder));
    !is_handed_over && fs::metadata(path).is_ok_and(|about| about.file_type().is_fifo())
}

/// There are none that have a name in a folder.
#[cfg(not(unix))]
fn is_named_pipe(path: &Path) -> bool {
    let _ = fs::metadata(path);
    false
}
