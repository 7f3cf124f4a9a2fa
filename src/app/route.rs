//! Who has the keys: the layer whose meaning they have, in whose words the footer names them.
//!
//! Must never say what a key does: that is the keymap's and the layer's own.

use super::{Library, Note, Overlay, State};
use crate::action::Context;

impl State {
    /// What keys mean now.
    pub const fn context(&self) -> Context {
        match &self.overlay {
            Some(Overlay::Search(_) | Overlay::Palette(_)) => Context::Typing,
            Some(Overlay::Links(_)) => Context::Links,
            Some(Overlay::Bookmarks { .. }) => Context::Marks,
            None if self.is_on_stage() => Context::Tour,
            None if self.number > 0 => Context::Number,
            _ => Context::Command,
        }
    }

    /// Whether a tour has the screen and the keys.
    pub(super) const fn is_on_stage(&self) -> bool {
        self.overlay.is_none() && matches!(self.tour, Some(tour) if tour.on_stage)
    }

    /// Has the footer say something until the next key, with the keys that work here.
    pub(super) fn say(&mut self, note: impl Into<Note>, library: &Library) {
        self.message = Some(note.into().said(&library.keymap, self.context()));
    }
}
