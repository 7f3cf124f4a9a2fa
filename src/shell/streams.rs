//! The standard streams of a program that answers and ends.
//!
//! Whoever shares a pipe may have made it non-blocking (`O_NONBLOCK` belongs to the open file, not to a process): it is
//! waited for, so that no answer is cut and no input ends too early. Must never be used while a session draws.

use std::io::{self, ErrorKind, Read};
use std::os::fd::AsFd;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::stdio::{stderr, stdin, stdout};

use super::output;

/// Writes all of `bytes` to standard output.
///
/// # Errors
/// When nobody takes them (`BrokenPipe`), or they have no room.
pub fn answer(bytes: &[u8]) -> io::Result<()> {
    output::send_to(stdout(), bytes)
}

/// Writes all of `bytes` to standard error.
///
/// # Errors
/// As [`answer`].
pub fn complain(bytes: &[u8]) -> io::Result<()> {
    output::send_to(stderr(), bytes)
}

/// Reads standard input to its end.
#[derive(Debug, Clone, Copy)]
pub struct StandardInput;

impl Read for StandardInput {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            match rustix::io::read(stdin(), &mut *bytes) {
                // What was closed before the program began has nothing to give.
                Err(Errno::BADF) => return Ok(0),
                Err(Errno::AGAIN) => wait()?,
                Err(Errno::INTR) => {}
                other => return other.map_err(io::Error::from),
            }
        }
    }
}

/// Waits until there is something to read, or the end of it.
fn wait() -> io::Result<()> {
    let input = stdin();
    match poll(&mut [PollFd::new(&input.as_fd(), PollFlags::IN)], None) {
        Err(error) if io::Error::from(error).kind() != ErrorKind::Interrupted => Err(error.into()),
        Ok(_) | Err(_) => Ok(()),
    }
}
