//! Signals as messages.
//!
//! Must never let the process end with the terminal taken: whoever asked for the end gets it within [`GRACE`], also
//! when the main loop hangs.

use std::io;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use signal_hook::consts::signal::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP,
    SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::iterator::Signals;

use super::{End, Wake, terminal};

/// How long the main loop may take to end the session itself.
const GRACE: Duration = Duration::from_millis(500);

/// How long what comes after it may take: a class has terminals of its own to give back.
const FAREWELL: Duration = Duration::from_secs(3);

/// The signals that end a process unless it says otherwise (`signal(7)`), but for those that say that it is broken,
/// after which nothing can be relied on, and those that cannot be kept.
pub const ENDING: [i32; 13] = [
    SIGTERM, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGABRT, SIGIO, SIGSYS,
    SIGTRAP,
];

/// What `SIGHUP` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HangUp {
    /// The end, as for any program with a terminal.
    Ends,
    /// The file has changed, as for any server. That the terminal is gone is seen otherwise (`input::watch`).
    Reloads,
}

/// Has a write beyond the largest file that is allowed (`ulimit -f`) fail, where it would end the process.
pub fn outlive_file_limit() {
    // A handler that does nothing is all that it takes. Where there can be none, the limit ends the process.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
}

/// Signals that are kept from now on, for a thread to deliver them.
pub(super) struct Registered {
    signals: Signals,
    hang_up: HangUp,
}

/// Begins to keep signals, so that none ends the process once the terminal is taken.
pub(super) fn register(hang_up: HangUp) -> io::Result<Registered> {
    let others = [SIGHUP, SIGTSTP, SIGCONT, SIGWINCH, SIGXFSZ];
    let signals = Signals::new(ENDING.iter().chain(&others))?;
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
                // The write fails, and is told.
                SIGXFSZ => continue,
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
