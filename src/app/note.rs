//! What the footer says, and which key helps: that is asked of the keymap when it is said.
//!
//! Must never name a key by hand: keys can be rebound, and an action that has none is not spoken of.

use std::borrow::Cow;

use crate::action::{Action, Context};
use crate::keys::Keymap;

/// Words for the footer and, behind them, the key that helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    words: Cow<'static, str>,
    way: Option<(&'static [Action], &'static str)>,
}

impl Note {
    /// Adds what the key of an action does: `; q leaves it`. Of several actions, two at least must have a key.
    #[must_use]
    pub const fn with(mut self, actions: &'static [Action], does: &'static str) -> Self {
        self.way = Some((actions, does));
        self
    }

    /// What is said where keys have the meaning of `context`.
    pub fn said(&self, keymap: &Keymap, context: Context) -> String {
        let way = self.way.and_then(|(actions, does)| way(keymap, context, actions, does));
        way.map_or_else(|| self.words.clone().into_owned(), |way| format!("{}; {way}", self.words))
    }
}

impl From<&'static str> for Note {
    fn from(words: &'static str) -> Self {
        Self { words: words.into(), way: None }
    }
}

impl From<String> for Note {
    fn from(words: String) -> Self {
        Self { words: words.into(), way: None }
    }
}

/// `q leaves it`, with the keys that do it here; `None` where none does.
pub(super) fn way(keymap: &Keymap, context: Context, actions: &[Action], does: &str) -> Option<String> {
    let keys: Vec<String> = actions.iter().filter_map(|action| keymap.key(context, *action)).collect();
    let (last, before) = keys.split_last()?;
    let is_enough = keys.len() >= actions.len().min(2);
    let lead = if before.is_empty() { String::new() } else { format!("{} and ", before.join(", ")) };
    is_enough.then(|| format!("{lead}{last} {does}"))
}
