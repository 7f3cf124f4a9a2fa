//! What a session may do beyond looking. One value, so that nothing of it can be forgotten where sessions are served.
//!
//! Must never be asked by the shell: what is not allowed never becomes an effect.

use super::Note;
use crate::action::Action;

/// What a session may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Permissions {
    /// Everything: it is the reader's own machine.
    #[default]
    All,
    /// Looking, and nothing that touches the machine or what is on it: the session is served to somebody else.
    Look,
    /// The same, and having the file read anew for everybody: a presenter's session.
    Lead,
}

impl Permissions {
    /// Why `action` is not to be had, in the words of the footer; `None` if it is.
    pub fn refuses(self, action: Action) -> Option<Note> {
        let words = match (self, action) {
            (Self::All, _) | (Self::Lead, Action::Reload) => return None,
            (_, Action::CopyText | Action::CopyCitation | Action::CopyAddress | Action::CopyJson) => {
                "no copying in a served session: Shift and the mouse select text"
            }
            (_, Action::ShowPlain) => "no other screen in a served session",
            (_, Action::Reload) => "the presenter has the file read anew, for everybody",
            (_, Action::Edit) => "no editor in a served session: the file is the server's",
            (_, Action::Suspend) => {
                let note = Note::from("a served session cannot be stopped");
                return Some(note.with(&[Action::CloseOrQuit], "leaves it"));
            }
            _ => return None,
        };
        Some(words.into())
    }
}
