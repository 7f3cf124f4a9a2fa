//! A session goes on over a file that was read anew: the reader stays at the same ids.
//!
//! Must never carry an index from the old file into the new one.

use super::{Library, State, Whereabouts};

impl State {
    /// This session over `new`, where it was over `old`; what is gone from the file is left for its first topic.
    ///
    /// Choices of the reader stay, ways back do not: they may lead nowhere any more.
    #[must_use]
    pub fn over(&self, old: &Library, new: &Library) -> Self {
        let mut state = Self::new(self.size, self.look, new);
        state.filter.clone_from(&self.filter);
        state.asked.clone_from(&self.asked);
        state.class.clone_from(&self.class);
        (state.mouse, state.remote) = (self.mouse, self.remote);
        Whereabouts::of(self, old).bring(&mut state, new);
        state.message = Some("the file was read anew".to_owned());
        state
    }
}
