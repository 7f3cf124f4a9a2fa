//! Signals as messages.
//!
//! Must never let the process end with the terminal taken: whoever asked for the end gets it within [`GRACE`], also
//! when the main loop hangs.

use std::io;
use std::process;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::{End, Wake, terminal};

/// How long the main loop may take to end the session itself.
const GRACE: Duration = Duration::from_millis(500);

/// Signals that are kept from now on, for a thread to deliver them.
pub(super) struct Registered(Signals);

/// Begins to keep signals, so that none ends the process once the terminal is taken.
pub(super) fn register() -> io::Result<Registered> {
    Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH]).map(Registered)
}

impl Registered {
    /// Turns signals into wakes for as long as the process lives.
    pub(super) fn deliver(mut self, sender: &Sender<Wake>) {
        for signal in self.0.forever() {
            let wake = match signal {
                // While an editor has the terminal, what is typed for it reaches the whole group.
                SIGINT | SIGQUIT if !terminal::is_entered() => continue,
                SIGTSTP if !terminal::is_entered() => {
                    // Where the process cannot be stopped it goes on.
                    let _ = terminal::suspend();
                    continue;
                }
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

/// Asks the main loop for the end, and ends the process if it does not come.
pub(super) fn end(sender: &Sender<Wake>, end: End) {
    if sender.send(Wake::End(end)).is_ok() {
        thread::sleep(GRACE);
        terminal::leave();
        process::exit(end.status().into());
    }
}
