//! What a presenter shares, on its way to everybody who follows.
//!
//! One small trait, so that several servers may stand behind one address: sessions share nothing else. The one here
//! serves one process. Must never queue: who listens late gets the present, not the past.

use std::sync::Arc;

use tokio::sync::watch;

use crate::app::Talk;

/// Carries what a presenter shares to all sessions.
///
/// One that spans machines keeps a [`watch`] of its own and feeds it with what comes over the network: the last
/// value wins, and losing one in between does no harm.
pub trait Hub: Send + Sync + 'static {
    /// Shares this with everybody, instead of what was shared before.
    fn publish(&self, talk: Arc<Talk>);
    /// What is shared now, and what will be.
    fn subscribe(&self) -> watch::Receiver<Arc<Talk>>;
}

/// The hub of one process.
#[derive(Debug)]
pub struct Local(watch::Sender<Arc<Talk>>);

impl Default for Local {
    fn default() -> Self {
        Self(watch::Sender::new(Arc::default()))
    }
}

impl Hub for Local {
    fn publish(&self, talk: Arc<Talk>) {
        self.0.send_replace(talk);
    }

    fn subscribe(&self) -> watch::Receiver<Arc<Talk>> {
        self.0.subscribe()
    }
}
