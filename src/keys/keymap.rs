//! What keys mean: sequences → actions, per context. Must never hold two meanings of one sequence.

use std::collections::BTreeMap;

use super::{Code, Key, KeyError, physical};
use crate::action::{Action, Context, Row, TABLE};

/// Sequences of keys and what they mean.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: BTreeMap<(Context, Vec<Key>), Action>,
}

/// What a sequence of keys means so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// This action.
    Run(Action),
    /// The beginning of something longer.
    Pending,
    /// Nothing.
    Nothing,
}

/// Why keys cannot be bound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Not written like a key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Both mean something, and one is the beginning of the other, or the same.
    #[error(
        "`{first}` is bound to {first_action:?} and stands in the way of `{second}` for {second_action:?}"
    )]
    Taken {
        /// The keys bound before.
        first: String,
        /// Their action.
        first_action: Action,
        /// The keys that were to be bound.
        second: String,
        /// Their action.
        second_action: Action,
    },
}

impl Keymap {
    /// The keys of the table.
    ///
    /// # Errors
    /// When two rows of the table want the same keys, which a test rules out.
    pub fn from_table() -> Result<Self, Conflict> {
        Self::from_table_but(|_, _| false)
    }

    /// The keys of the table, without those of the rows that `is_left_out` names for a context.
    ///
    /// # Errors
    /// When two rows of the table want the same keys, which a test rules out.
    pub fn from_table_but(is_left_out: impl Fn(Context, &Row) -> bool) -> Result<Self, Conflict> {
        let mut keymap = Self { bindings: BTreeMap::new() };
        for row in TABLE {
            for context in Context::ALL {
                for keys in row.keys_in(context).iter().filter(|_| !is_left_out(context, row)) {
                    keymap.bind(context, keys, row.action)?;
                }
            }
        }
        Ok(keymap)
    }

    /// Binds a sequence, written with blanks between its keys.
    pub fn bind(&mut self, context: Context, keys: &str, action: Action) -> Result<(), Conflict> {
        let sequence = keys.split_whitespace().map(str::parse).collect::<Result<Vec<Key>, _>>()?;
        if let Some((other, first_action)) = self.in_the_way(context, &sequence) {
            let first = written(other);
            return Err(Conflict::Taken {
                first,
                first_action,
                second: keys.to_owned(),
                second_action: action,
            });
        }
        self.bindings.insert((context, sequence), action);
        Ok(())
    }

    /// A binding that begins with `sequence`, or that `sequence` begins with.
    fn in_the_way(&self, context: Context, sequence: &[Key]) -> Option<(&[Key], Action)> {
        // In order, what begins with a sequence comes right behind it.
        let behind = self.bindings.range((context, sequence.to_vec())..).next();
        let longer =
            behind.filter(|((its_context, its), _)| *its_context == context && its.starts_with(sequence));
        let shorter = || {
            let start = |len: usize| Some((context, sequence.get(..len)?.to_vec()));
            (1..sequence.len()).find_map(|len| self.bindings.get_key_value(&start(len)?))
        };
        longer.or_else(shorter).map(|((_, keys), action)| (&**keys, *action))
    }

    /// What `keys` mean. Where they mean nothing as commands, the same physical keys of a Latin layout are tried.
    pub fn meaning(&self, context: Context, keys: &[Key]) -> Meaning {
        let meaning = self.exact(context, keys);
        if meaning != Meaning::Nothing || context == Context::Typing {
            return meaning;
        }
        let under = |key: &Key| match key.code {
            Code::Char(c) => Key { code: Code::Char(physical(c)), ..*key },
            _ => *key,
        };
        self.exact(context, &keys.iter().map(under).collect::<Vec<_>>())
    }

    fn exact(&self, context: Context, keys: &[Key]) -> Meaning {
        let from = (context, keys.to_vec());
        match self.bindings.range(from.clone()..).next() {
            Some((found, action)) if *found == from => Meaning::Run(*action),
            Some(((found_context, found), _)) if *found_context == context && found.starts_with(keys) => {
                Meaning::Pending
            }
            _ => Meaning::Nothing,
        }
    }

    /// What may follow `keys`: the rest of each sequence that begins with them, and the word for what it does, in the
    /// order of the table.
    pub fn continuations(&self, context: Context, keys: &[Key]) -> Vec<(String, &'static str)> {
        let place = |action: Action| TABLE.iter().position(|row| row.action == action);
        let mut found: Vec<_> = self
            .bindings
            .iter()
            .filter(|((its_context, _), _)| *its_context == context)
            .filter_map(|((_, its), action)| {
                let rest = its.strip_prefix(keys).filter(|rest| !rest.is_empty())?;
                let at = place(*action)?;
                Some((at, written(rest), TABLE.get(at)?.hint))
            })
            .collect();
        found.sort();
        found.into_iter().map(|(_, keys, word)| (keys, word)).collect()
    }

    /// The keys of an action, as written, in the order of the table; other bindings after them.
    pub fn keys_of(&self, context: Context, action: Action) -> Vec<String> {
        let mut keys: Vec<String> = self
            .bindings
            .iter()
            .filter(|((its_context, _), its_action)| *its_context == context && **its_action == action)
            .map(|((_, keys), _)| written(keys))
            .collect();
        let table = crate::action::row(action).map_or(&[][..], |row| row.keys_in(context));
        keys.sort_by_key(|key| table.iter().position(|known| known == key).unwrap_or(usize::MAX));
        keys
    }
}

fn written(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        text.split_whitespace().map(|key| key.parse().expect(key)).collect()
    }

    #[test]
    fn the_table_has_no_conflicts_and_every_key_means_its_row() {
        let keymap = Keymap::from_table().expect("the table's keys do not conflict");
        for row in TABLE {
            for context in Context::ALL {
                for written in row.keys_in(context) {
                    assert_eq!(
                        keymap.meaning(context, &keys(written)),
                        Meaning::Run(row.action),
                        "{written}"
                    );
                }
            }
        }
    }

    #[test]
    fn sequences_wait_and_conflicts_are_named() {
        let mut keymap = Keymap { bindings: BTreeMap::new() };
        keymap.bind(Context::Command, "y t", Action::Open).expect("free");
        assert_eq!(keymap.meaning(Context::Command, &keys("y")), Meaning::Pending);
        assert_eq!(keymap.meaning(Context::Command, &keys("y t")), Meaning::Run(Action::Open));
        assert_eq!(keymap.meaning(Context::Command, &keys("y x")), Meaning::Nothing);
        assert_eq!(keymap.meaning(Context::Typing, &keys("y")), Meaning::Nothing);
        for taken in ["y", "y t", "y t x"] {
            let conflict = keymap.bind(Context::Command, taken, Action::Help).expect_err("taken");
            assert!(conflict.to_string().contains("`y t`"), "{conflict}");
        }
        keymap.bind(Context::Command, "y x", Action::Help).expect("free");
    }

    #[test]
    fn commands_follow_the_physical_key_and_typing_does_not() {
        let keymap = Keymap::from_table().expect("no conflicts");
        for (typed, action) in
            [("о", Action::LineDown), ("Ctrl-в", Action::HalfPageDown), ("ㅓ", Action::LineDown)]
        {
            assert_eq!(keymap.meaning(Context::Command, &keys(typed)), Meaning::Run(action), "{typed}");
            assert_eq!(keymap.meaning(Context::Typing, &keys(typed)), Meaning::Nothing);
        }
    }

    #[test]
    fn keys_of_an_action_stand_in_the_order_of_the_table() {
        let keymap = Keymap::from_table().expect("no conflicts");
        assert_eq!(keymap.keys_of(Context::Command, Action::Back), ["Backspace", "H", "Alt-Left", "Ctrl-o"]);
    }
}
