//! Signals as messages.
//!
//! Must never let the process end with the terminal taken: whoever asked for the end gets it within [`GRACE`], also
//! when the main loop hangs.

use std::io;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::{End, Wake, terminal};

/// How long the main loop may take to end the session itself.
const GRACE: Duration = Duration::from_millis(500);

/// How long what comes after it may take: a class has terminals of its own to give back.
const FAREWELL: Duration = Duration::from_secs(3);

/// What `SIGHUP` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HangUp {
    /// The end, as for any program with a terminal.
    Ends,
    /// The file has changed, as for any server. That the terminal is gone is seen otherwise (`input::watch`).
    Reloads,
}

/// Signals that are kept from now on, for a thread to deliver them.
pub(super) struct Registered {
    signals: Signals,
    hang_up: HangUp,
}

/// Begins to keep signals, so that none ends the process once the terminal is taken.
pub(super) fn register(hang_up: HangUp) -> io::Result<Registered> {
    let signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    Ok(Registered { signals, hang_up })
}

impl Registered {
    /// Turns signals into wakes for as long as the process lives.
    pub(super) fn deliver(mut self, sender: &Sender<Wake>) {
        for signal in self.signals.forever() {
            let wake = match signal {
                // While an editor has the terminal, what is typed for it reaches the whole group.
                SIGINT | SIGQUIT if !terminal::is_entered() => continue,
                // A class goes on while its file is being edited.
                SIGTSTP if !terminal::is_entered() && self.hang_up == HangUp::Reloads => continue,
                SIGTSTP if !terminal::is_entered() => {
                    // Where the process cannot be stopped it goes on.
                    let _ = terminal::suspend();
                    continue;
                }
                SIGHUP if self.hang_up == HangUp::Reloads => Wake::Saved,
                SIGWINCH => Wake::Resized,
                SIGTSTP => Wake::Suspend,
                SIGCONT => Wake::Continued,
                signal => return end(sender, End::Signal(signal)),
            };
            if sender.send(wake).is_err() {
                return;
            }
        }
    }
}

/// The main loop has ended: what is left to do is to be waited for.
static OVER: AtomicBool = AtomicBool::new(false);

/// Says that the main loop has ended.
pub(super) fn over() {
    OVER.store(true, Ordering::Release);
}

/// Asks the main loop for the end, and ends the process if it does not come.
pub(super) fn end(sender: &Sender<Wake>, end: End) {
    if sender.send(Wake::End(end)).is_ok() {
        thread::sleep(GRACE);
        if OVER.load(Ordering::Acquire) {
            thread::sleep(FAREWELL);
        }
        terminal::leave();
        process::exit(end.status().into());
    }
}
