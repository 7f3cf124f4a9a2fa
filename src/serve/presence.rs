//! A session's name on the roll, and its word as a presenter. Must never outlive the session, whatever ends it.

use std::sync::Arc;

use super::Shared;
use crate::app::Talk;

/// Takes a session off the roll however it ends, and with it a presenter off the stage.
pub(super) struct Presence {
    pub(super) shared: Arc<Shared>,
    pub(super) number: u64,
    /// What it shared last, if it presents.
    pub(super) shared_last: Option<Arc<Talk>>,
}

impl Drop for Presence {
    fn drop(&mut self) {
        self.shared.roll.note(self.number, None);
        let now = Arc::clone(&self.shared.hub.subscribe().borrow());
        if self.shared_last.as_ref().is_some_and(|last| Arc::ptr_eq(last, &now)) {
            self.shared.hub.publish(Arc::new(now.ended()));
        }
    }
}
