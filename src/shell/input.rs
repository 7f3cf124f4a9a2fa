//! Waits for keys, and for the terminal to vanish.
//!
//! crossterm 0.29 reads on for ever once its terminal is gone, so it is asked only when there is something to read
//! and the terminal is alive, and never for longer than a moment; inside of a half sequence it blocks all the same.
//! A second thread, which reads nothing, watches for the end alone, so that the end depends neither on crossterm nor
//! on the main loop. Must never wake up without a cause.

use std::io;
use std::os::fd::BorrowedFd;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use super::{End, Tty, Wake, signals, translate};

/// With its level-triggered reader, crossterm does not look at all when it may not wait.
const MOMENT: Duration = Duration::from_millis(1);

/// Says that the thread is over, however that came.
struct Farewell(Sender<Wake>);

impl Drop for Farewell {
    fn drop(&mut self) {
        let end = if thread::panicking() { End::Panicked } else { End::Lost };
        // Nobody listens any more when the session is over already.
        let _ = self.0.send(Wake::End(end));
    }
}

/// Turns input into wakes until the terminal is gone.
pub(super) fn read(tty: &Tty, sender: Sender<Wake>) {
    let sender = Farewell(sender);
    while is_readable(tty.input()) {
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

fn is_readable(file: BorrowedFd<'_>) -> bool {
    wait(file, PollFlags::IN).is_ok_and(|found| found == PollFlags::IN)
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
