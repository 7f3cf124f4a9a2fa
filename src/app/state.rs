//! A session's state.

use super::{Effect, Library, Msg, Size};
use crate::config::Look;
use crate::keys::{Code, Key};

/// One reader's state.
#[derive(Debug, Clone)]
pub struct State {
    /// The terminal's size.
    pub size: Size,
    /// How it looks.
    pub look: Look,
}

impl State {
    /// The state of a session that begins.
    pub fn new(size: Size, look: Look, _library: &Library) -> Self {
        Self { size, look }
    }

    pub(super) fn take(&mut self, msg: &Msg, _library: &Library) -> Vec<Effect> {
        match *msg {
            Msg::Key(Key { code: Code::Char('q'), .. }) => vec![Effect::Quit],
            Msg::Key(Key { code: Code::Char('z'), ctrl: true, .. }) => vec![Effect::Suspend],
            Msg::Resize(size) => {
                self.size = size;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
