//! Writes a file whole or not at all: what is new is written beside it, brought to disk, and renamed.
//!
//! Until it is whole it has no name, where the system can do that (`O_TMPFILE` of `open(2)`). Who is killed in the moment
//! between the name that it gets then and the last one leaves it behind; the next one who writes the file takes it away.
//! Must never replace a link, or a file that may not be written.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use atomic_write_file::AtomicWriteFile;
#[cfg(unix)]
use std::os::unix::fs::OpenOptionsExt;

/// Links that are followed before they count as a circle, as Linux does (`path_resolution(7)`).
const LINKS: usize = 40;
/// What is still called by a name for a moment after so long is nobody's any more.
const OLD: Duration = Duration::from_secs(10 * 60);
/// Letters and digits that `atomic_write_file` ends such a name with; it begins with a dot and the file's own.
const ENDING: usize = 6;

/// Replaces the file at `path`, or the one that a link there leads to, by one that holds `bytes`.
///
/// A file that is there keeps its owner, where that may be set, and its permissions; a new one gets `mode`, less what the
/// process's mask takes away. When this returns, the file is on disk.
///
/// # Errors
/// When the file or its folder may not be written, or the disk is full: then what was there is there as it was.
pub fn save(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let path = led_to(path)?;
    match fs::metadata(&path) {
        // A file that is replaced is not asked whether it may be written; its user wants it to be.
        Ok(_) => drop(File::options().write(true).open(&path)?),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut options = AtomicWriteFile::options();
    #[cfg(unix)]
    options.mode(mode);
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = options.open(&path)?;
    file.write_all(bytes)?;
    file.commit()?;
    // What cannot be tidied up is there for the next time.
    let _ = tidy(&path);
    Ok(())
}

/// Takes away what others left beside the file at `path` when they were killed.
fn tidy(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let own = path.file_name().unwrap_or_default().as_encoded_bytes();
    for item in fs::read_dir(folder)? {
        let item = item?;
        let name = item.file_name();
        let ending = name.as_encoded_bytes().strip_prefix(b".").and_then(|name| name.strip_prefix(own));
        let is_moment = ending
            .and_then(|ending| ending.strip_prefix(b"."))
            .is_some_and(|ending| ending.len() == ENDING && ending.iter().all(u8::is_ascii_alphanumeric));
        let is_old = || item.metadata()?.modified().map(|at| at.elapsed().is_ok_and(|age| age >= OLD));
        if is_moment && is_old()? {
            fs::remove_file(item.path())?;
        }
    }
    Ok(())
}

/// Where the links at `path` lead in the end, whether or not there is something.
///
/// # Errors
/// When they lead in a circle.
pub fn led_to(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs::read_link(&path) {
            // What is relative begins where the link is.
            Ok(to) => path = path.parent().unwrap_or(Path::new("")).join(to),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("its links lead in a circle"))
}

/// Whether both are one file of the disk, by whatever names they were found.
#[cfg(unix)]
pub fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.is_file() && (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Whether both are one file of the disk: not known here.
#[cfg(not(unix))]
pub fn is_same(_: &Metadata, _: &Metadata) -> bool {
    false
}
