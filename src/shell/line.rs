//! The line settings of a terminal (raw, echo, …), as they are before another program has it.
//!
//! Must never change the settings of a terminal that somebody else has now: the kernel would stop this process for it.

use std::os::fd::BorrowedFd;

use rustix::process::getpgrp;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};

/// The settings of one moment.
pub(super) struct Line(Option<Termios>);

impl Line {
    /// The settings now.
    pub(super) fn of(terminal: BorrowedFd<'_>) -> Self {
        Self(tcgetattr(terminal).ok())
    }

    /// Gives them back, whatever a program has made of them since. A terminal that is gone needs none.
    pub(super) fn restore(&self, terminal: BorrowedFd<'_>) {
        // Process groups that cannot be seen from inside of a container are told as an error.
        let is_ours = tcgetpgrp(terminal).map_or(true, |group| group == getpgrp());
        if let Some(settings) = self.0.as_ref().filter(|_| is_ours) {
            let _ = tcsetattr(terminal, OptionalActions::Now, settings);
        }
    }
}
