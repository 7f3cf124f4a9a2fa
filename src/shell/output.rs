//! Bytes out to the terminal. Must never lose a part of a frame: a terminal shared with a program that made it
//! non-blocking is waited for.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, write};
use rustix::stdio::stdout;

/// Writes all of `bytes`: one system call unless the terminal takes less.
pub(super) fn send(bytes: &[u8]) -> io::Result<()> {
    send_to(stdout(), bytes)
}

/// Writes all of `bytes` to any file.
pub(super) fn send_to(out: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        match write(out, rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(sent) => rest = rest.get(sent..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                if !wait(out, None)? {
                    return Err(io::ErrorKind::BrokenPipe.into());
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Whether the terminal is alive and takes bytes within `patience`.
pub(super) fn ready(patience: Duration) -> bool {
    let patience = Timespec { tv_sec: patience.as_secs() as i64, tv_nsec: patience.subsec_nanos().into() };
    wait(stdout(), Some(&patience)).unwrap_or(false)
}

/// Waits until `out` takes bytes; `false` if it is gone or the time is over.
fn wait(out: BorrowedFd<'_>, patience: Option<&Timespec>) -> io::Result<bool> {
    let mut files = [PollFd::new(&out, PollFlags::OUT)];
    loop {
        match poll(&mut files, patience) {
            Ok(_) => break,
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(files.iter().all(|file| file.revents() == PollFlags::OUT))
}
