//! Taking the terminal and giving it back.
//!
//! There is one terminal and one flag that says whether it is taken. [`leave`] may be called from everywhere and any
//! number of times: by [`Guard`] when the session returns, by the panic hook, by the thread that got a signal. Only
//! the first call after an [`enter`] does something, each step of it is tried even if one before failed, and it never
//! waits for a terminal that does not take bytes.

use std::io;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use nix::unistd::{Pid, getppid, getsid};
use rustix::process::{Signal, kill_current_process_group};

use super::output;
use crate::frame::modes::{ENTER, LEAVE, MOUSE_OFF, MOUSE_ON};

/// The normal screen for a while: mouse and paste are the terminal's again, lines wrap, the cursor is seen.
const LEND: &[u8] = b"\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?7h\x1b[m\x1b[?25h\x1b[?1049l";
/// How long a terminal may take to accept [`LEAVE`]; a slow line needs some time, a dead one has none.
const PATIENCE: Duration = Duration::from_millis(300);

/// The name of the threads on which a class is served.
const SERVER: &str = "serve";

static ENTERED: AtomicBool = AtomicBool::new(false);

/// Who gets the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pointer {
    /// Clicks and the wheel come here.
    Taken,
    /// The terminal keeps it: a drag selects text.
    Left,
}

impl Pointer {
    /// Who gets it where it is taken or not.
    pub(super) const fn of(taken: bool) -> Self {
        if taken { Self::Taken } else { Self::Left }
    }

    /// What switches the terminal to it.
    pub(super) fn modes(self) -> &'static [u8] {
        match self {
            Self::Taken => MOUSE_ON,
            Self::Left => MOUSE_OFF,
        }
    }
}

/// Gives the terminal back when it goes out of scope.
pub(super) struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Takes the terminal. The modes are appended to `out`, to be sent in one write with the first frame.
pub(super) fn enter(pointer: Pointer, out: &mut Vec<u8>) -> io::Result<()> {
    ENTERED.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    out.extend_from_slice(ENTER);
    if pointer == Pointer::Taken {
        out.extend_from_slice(MOUSE_ON);
    }
    Ok(())
}

/// Shows the normal screen with the mouse left to the terminal; it stays raw, so that any key can end this. What does
/// that is appended to `out`.
pub(super) fn lend(out: &mut Vec<u8>) {
    out.extend_from_slice(LEND);
}

/// Whether the terminal is taken.
pub(super) fn is_entered() -> bool {
    ENTERED.load(Ordering::SeqCst)
}

/// Gives the terminal back, if it is taken. Failures are ignored: there is nobody left to tell.
pub(super) fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    if output::ready(PATIENCE) {
        let _ = output::send(LEAVE);
    }
    let _ = disable_raw_mode();
}

/// Makes a panic give the terminal back before its message is printed, on whichever thread it happens.
pub(super) fn restore_on_panic() {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        // What panics on a thread of the server ends a session somewhere else, and not this one.
        if thread::current().name() != Some(SERVER) {
            leave();
        }
        previous(info);
    }));
}

/// Leaves, and stops the process and those it was started with, as `Ctrl-Z` does. Going on is told by a signal.
///
/// Does nothing where nobody could make it go on: POSIX calls such a process group orphaned (XBD § 3.242), and the
/// kernel would not stop it for `Ctrl-Z` either. A session that a terminal window or SSH started directly is one.
pub(super) fn suspend() -> io::Result<()> {
    if can_be_continued() {
        leave();
        kill_current_process_group(Signal::STOP)?;
    }
    Ok(())
}

/// Whether the parent belongs to the session, and so may be a shell that makes the process go on.
///
/// In a process namespace of its own (a container), processes outside are told as 0: a parent that is 0 is out of
/// reach, while two sessions that are both 0 are the same one, led from outside.
fn can_be_continued() -> bool {
    let parent = getppid();
    parent != Pid::from_raw(0) && getsid(Some(parent)) == getsid(None)
}
