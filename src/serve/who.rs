//! A connection, as everything that serves it knows it. Must never hold what it said in secret.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::sync::watch;
use tokio::time::timeout;

use super::LINGER;
use super::guard::{Switch, Wire};

/// The number of a connection in the log: when the server began, in seconds since 1970, and which one it is since then,
/// so that no two of one log are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id {
    pub(super) began: u64,
    pub(super) number: u64,
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{}", self.began, self.number)
    }
}

/// A connection.
#[derive(Debug, Clone)]
pub(super) struct Who {
    pub(super) id: Id,
    pub(super) from: SocketAddr,
    /// What it calls itself; empty until it is let in.
    pub(super) user: String,
    /// Ends it at once.
    pub(super) switch: Switch,
    /// It has asked for something, and is being served.
    pub(super) busy: Arc<watch::Sender<bool>>,
}

impl Who {
    /// What it asked for is done: it may ask for something else, in its time (`Limits::grace`), or leave.
    pub(super) fn done(&self) {
        self.busy.send_replace(false);
    }

    /// Waits until it is gone, for as long as a client may take to end its connection once everything is said.
    pub(super) async fn leaves(&self) {
        let _ = timeout(LINGER, self.switch.gone()).await;
    }
}

/// What a client has said before it was let in, as far as somebody else has to know.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Bytes that had been read when it last said who it is; 0 if it has not.
    at: AtomicU64,
    admitted: AtomicBool,
}

impl Heard {
    /// It says who it is.
    pub(super) fn speaks(&self, wire: &Wire) {
        self.at.store(wire.read(), Ordering::Relaxed);
    }

    /// It is let in.
    pub(super) fn admitted(&self) {
        self.admitted.store(true, Ordering::Relaxed);
    }

    /// Whether it was let in.
    pub(super) fn is_admitted(&self) -> bool {
        self.admitted.load(Ordering::Relaxed)
    }

    /// Whether something has come since a client that is not let in last said who it is.
    pub(super) fn has_more(&self, wire: &Wire) -> bool {
        let at = self.at.load(Ordering::Relaxed);
        at > 0 && at != wire.read() && !self.is_admitted()
    }
}
