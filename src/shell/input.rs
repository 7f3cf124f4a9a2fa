//! Waits for keys, and for the terminal to vanish.
//!
//! crossterm 0.29 reads on for ever once its terminal is gone, so it is asked only when there is something to read
//! and the terminal is alive, and never for longer than a moment; inside of a half sequence it blocks all the same.
//! A second thread, which reads nothing, watches for the end alone, so that the end depends neither on crossterm nor
//! on the main loop. Must never wake up without a cause.
//!
//! While another program has the terminal, the thread that reads is at rest: see [`Gate`].

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use crossterm::event;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use super::{End, Tty, Wake, signals, translate};

/// With its level-triggered reader, crossterm does not look at all when it may not wait.
const MOMENT: Duration = Duration::from_millis(1);

/// How long it may take to come to rest.
const PATIENCE: Duration = Duration::from_millis(300);

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

    /// Waits until the thread reads no more. `None` if it does not come to rest: it waits for the rest of a sequence.
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
    Rest,
    End,
}

/// Turns input into wakes until the terminal is gone.
pub(super) fn read(tty: &Tty, sender: Sender<Wake>, mut rest: Rest) {
    let sender = Farewell(sender);
    loop {
        match called(tty.input(), rest.bell.as_fd()) {
            Call::End => return,
            Call::Rest => {
                rest.rest();
                continue;
            }
            Call::Read => {}
        }
        while let Ok(true) = event::poll(MOMENT) {
            let Ok(event) = event::read() else { return };
            let wake = translate::wake(event);
            if wake.is_some_and(|wake| sender.0.send(wake).is_err()) {
                return;
            }
        }
    }
}

/// Ends the session when the terminal vanishes, whatever the rest of it is doing.
pub(super) fn watch(tty: &Tty, sender: &Sender<Wake>) {
    // Hang-ups and errors are told without being asked for.
    if wait(tty.input(), PollFlags::empty()).is_ok() {
        signals::end(sender, End::Lost);
    }
}

/// Waits for input or for the bell; the bell comes first.
fn called(terminal: BorrowedFd<'_>, bell: BorrowedFd<'_>) -> Call {
    let mut files = [PollFd::new(&terminal, PollFlags::IN), PollFd::new(&bell, PollFlags::IN)];
    loop {
        match poll(&mut files, None) {
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
