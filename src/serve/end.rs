//! How a session ends, in words for the log and for whoever was in it. Must never tell a reader of somebody else.

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The reader left.
    Quit,
    /// The server ends.
    Stopped,
    /// No key came for too long.
    Idle,
    /// The terminal did not draw for too long.
    Stalled,
    /// The client is gone.
    Gone,
}

impl End {
    /// The word in the log.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Quit => "quit",
            Self::Stopped => "stopped",
            Self::Idle => "idle",
            Self::Stalled => "stalled",
            Self::Gone => "gone",
        }
    }

    /// What the reader is told below what stood there before.
    pub(super) fn farewell(self) -> &'static str {
        match self {
            Self::Stopped => "Tumen: the class is over.\r\n",
            Self::Idle => "Tumen: no key was pressed for a long time, so the session ended.\r\n",
            Self::Quit | Self::Stalled | Self::Gone => "",
        }
    }
}
