//! Waits for keys, and for the terminal to vanish.
//!
//! One thread waits for bytes and reads them; `input` says what they mean, and how long to wait for the rest of what has
//! only begun. A second thread, which reads nothing, watches for the end alone, so that the end does not depend on the
//! main loop. Must never wake up without a cause.
//!
//! While another program has the terminal, the thread that reads is at rest: see [`Gate`].

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::{End, Tty, Wake, signals};
use crate::app::Msg;
use crate::input::Input;
use crate::keys::Key;

/// How long it may take to come to rest.
const PATIENCE: Duration = Duration::from_millis(300);
/// Bytes that are read at once.
const CHUNK: usize = 1024;

/// Says that the thread is over, however that came.
struct Farewell(Sender<Wake>);

impl Drop for Farewell {
    fn drop(&mut self) {
        let end = if thread::panicking() { End::Panicked } else { End::Lost };
        // Nobody listens any more when the session is over already.
        let _ = self.0.send(Wake::End(end));
    }
}

/// Brings the thread that reads to rest, and lets it go on.
pub(super) struct Gate {
    /// A byte wakes it.
    bell: PipeWriter,
    resting: Receiver<()>,
    go_on: Sender<()>,
}

/// The other side of a [`Gate`].
pub(super) struct Rest {
    bell: PipeReader,
    resting: Sender<()>,
    go_on: Receiver<()>,
}

/// The thread is at rest until this is dropped.
pub(super) struct Pause(Sender<()>);

impl Drop for Pause {
    fn drop(&mut self) {
        // A thread that is gone needs no word.
        let _ = self.0.send(());
    }
}

impl Gate {
    /// A gate, and what the thread that reads needs of it.
    pub(super) fn new() -> io::Result<(Self, Rest)> {
        let (theirs, bell) = io::pipe()?;
        let (to_main, resting) = mpsc::channel();
        let (go_on, from_main) = mpsc::channel();
        Ok((Self { bell, resting, go_on }, Rest { bell: theirs, resting: to_main, go_on: from_main }))
    }

    /// Waits until the thread reads no more. `None` if it does not come to rest, since it is gone.
    pub(super) fn pause(&mut self) -> Option<Pause> {
        // Of an earlier time when it came to rest too late.
        while self.resting.try_recv().is_ok() {}
        self.bell.write_all(&[0]).ok()?;
        // Whenever it comes to rest, the word to go on is there already.
        let pause = Pause(self.go_on.clone());
        self.resting.recv_timeout(PATIENCE).ok().map(|()| pause)
    }
}

impl Rest {
    /// Rests until the word to go on comes.
    fn rest(&mut self) {
        let mut byte = [0];
        if self.bell.read(&mut byte).is_ok_and(|count| count > 0) && self.resting.send(()).is_ok() {
            let _ = self.go_on.recv();
        }
    }
}

/// What there is to do for the thread that reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    Read,
    /// Nothing came for as long as was to be waited.
    Late,
    Rest,
    End,
}

/// Turns input into wakes until the terminal is gone.
pub(super) fn read(tty: &Tty, sender: Sender<Wake>, mut rest: Rest) {
    let sender = Farewell(sender);
    let (mut input, mut msgs) = (Input::default(), Vec::new());
    loop {
        match called(tty.input(), rest.bell.as_fd(), input.due()) {
            Call::End => return,
            Call::Rest => {
                rest.rest();
                // What had begun belongs to what was typed before.
                input = Input::default();
            }
            Call::Late => input.expire(Instant::now(), &mut msgs),
            Call::Read => {
                let mut bytes = [0; CHUNK];
                match rustix::io::read(tty.input(), &mut bytes) {
                    Ok(0) => return,
                    Ok(count) => {
                        input.feed(bytes.get(..count).unwrap_or_default(), Instant::now(), &mut msgs);
                    }
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    Err(_) => return,
                }
            }
        }
        for msg in msgs.drain(..) {
            if sender.0.send(wake(msg)).is_err() {
                return;
            }
        }
    }
}

/// What a message wakes the main loop with.
fn wake(msg: Msg) -> Wake {
    // In raw mode the terminal does not make the signal of it.
    let interrupt = Key { ctrl: true, ..Key::char('c') };
    if msg == Msg::Key(interrupt) { Wake::End(End::Interrupted) } else { Wake::Msg(msg) }
}

/// Ends the session when the terminal vanishes, whatever the rest of it is doing.
pub(super) fn watch(tty: &Tty, sender: &Sender<Wake>) {
    // Hang-ups and errors are told without being asked for.
    if wait(tty.input(), PollFlags::empty()).is_ok() {
        signals::end(sender, End::Lost);
    }
}

/// Waits for input or for the bell, and no longer than until `due`; the bell comes first.
fn called(terminal: BorrowedFd<'_>, bell: BorrowedFd<'_>, due: Option<Instant>) -> Call {
    let mut files = [PollFd::new(&terminal, PollFlags::IN), PollFd::new(&bell, PollFlags::IN)];
    loop {
        match poll(&mut files, due.map(left).as_ref()) {
            Ok(0) => return Call::Late,
            Ok(_) => break,
            Err(Errno::INTR) => {}
            Err(_) => return Call::End,
        }
    }
    match (files[0].revents(), files[1].revents().contains(PollFlags::IN)) {
        (_, true) => Call::Rest,
        (found, _) if found == PollFlags::IN => Call::Read,
        _ => Call::End,
    }
}

/// The time until `due`.
fn left(due: Instant) -> Timespec {
    let left = due.saturating_duration_since(Instant::now());
    Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() }
}

/// Waits without an end, and says what was found.
fn wait(file: BorrowedFd<'_>, wanted: PollFlags) -> io::Result<PollFlags> {
    let mut files = [PollFd::new(&file, wanted)];
    loop {
        match poll(&mut files, None) {
            Ok(_) => return Ok(files.iter().fold(PollFlags::empty(), |found, file| found | file.revents())),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
