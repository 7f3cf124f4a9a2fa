//! Whether a session can open what it needs. Must be asked before the terminal is taken: a session that finds out later
//! is deaf.

use std::io;
use std::os::fd::OwnedFd;

use rustix::io::{Errno, fcntl_dupfd_cloexec};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::stdio::stdout;

/// What a session has open at most beside what it is started with: seven files for keys and signals, three to watch
/// files, one that is read, three to keep bookmarks, and two while an editor starts.
const NEEDED: usize = 16;
/// A limit with which nobody has to count.
const PLENTY: u64 = 1024;

/// Makes room for what a session opens, if there is none and there may be.
///
/// # Errors
/// When too few files may be open at once.
pub(super) fn suffice() -> io::Result<()> {
    let limit = getrlimit(Resource::Nofile);
    // With so many, hardly any can be open already, and the start is spared the trial.
    if limit.current.is_none_or(|most| most >= PLENTY) || are_free() {
        return Ok(());
    }
    // What is allowed may be more than what holds.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
    if are_free() {
        return Ok(());
    }
    let most = limit.maximum.map_or_else(|| "too few".to_owned(), |most| most.to_string());
    Err(io::Error::other(format!(
        "a session opens up to {NEEDED} files beside those that are open already, and `ulimit -n` allows {most} in all"
    )))
}

/// Whether so many descriptors are to be had.
fn are_free() -> bool {
    let held: Result<Vec<OwnedFd>, Errno> = (0..NEEDED).map(|_| fcntl_dupfd_cloexec(stdout(), 0)).collect();
    held.is_ok()
}
