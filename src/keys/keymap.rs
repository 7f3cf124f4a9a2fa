//! What keys mean: sequences → actions, per context. Must never hold two meanings of one sequence.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Code, Key, KeyError, physical};
use crate::action::{Action, Context, Row, TABLE};

/// How many contexts there are, [`Context::Links`] included, which has no keys of its own.
const CONTEXTS: usize = Context::Editing as usize + 1;

/// The keys of actions, as written, in the order of the actions.
type Written = Vec<(Action, Vec<String>)>;

/// Sequences of keys and what they mean.
///
/// ```
/// use tumen::action::{Action, Context};
/// use tumen::keys::{Key, Keymap, Meaning};
///
/// let mut keymap = Keymap::from_table()?;
/// let y: Key = "y".parse()?;
/// // `y` alone waits for a second key.
/// assert_eq!(keymap.meaning(Context::Command, &[y]), Meaning::Pending);
/// // A key may be bound if nothing else begins with it.
/// keymap.bind(Context::Command, "Ctrl-x q", Action::Quit)?;
/// assert!(keymap.bind(Context::Command, "Ctrl-x", Action::Help).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    /// In the order of contexts and sequences, in which what begins with a sequence comes right behind it.
    bindings: Vec<Binding>,
    /// For each context the keys of its actions, as written, in the order of the actions. Every frame names keys, so they
    /// are looked for once.
    written: [OnceLock<Written>; CONTEXTS],
}

/// A sequence of keys and what it means.
#[derive(Debug, Clone)]
struct Binding {
    context: Context,
    keys: Vec<Key>,
    action: Action,
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
        let mut keymap = Self::default();
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
        if let Some(other) = self.in_the_way(context, &sequence) {
            return Err(Conflict::Taken {
                first: written(&other.keys),
                first_action: other.action,
                second: keys.to_owned(),
                second_action: action,
            });
        }
        let at = self.place(context, &sequence);
        self.bindings.insert(at, Binding { context, keys: sequence, action });
        self.written = Default::default();
        Ok(())
    }

    /// Where a sequence stands, or would.
    fn place(&self, context: Context, keys: &[Key]) -> usize {
        self.bindings.partition_point(|binding| (binding.context, &*binding.keys) < (context, keys))
    }

    /// The first binding that begins with `keys`, if there is one.
    fn first(&self, context: Context, keys: &[Key]) -> Option<&Binding> {
        let found = self.bindings.get(self.place(context, keys))?;
        (found.context == context && found.keys.starts_with(keys)).then_some(found)
    }

    /// A binding that begins with `sequence`, or that `sequence` begins with.
    fn in_the_way(&self, context: Context, sequence: &[Key]) -> Option<&Binding> {
        let shorter =
            |len: usize| self.first(context, sequence.get(..len)?).filter(|found| found.keys.len() == len);
        self.first(context, sequence).or_else(|| (1..sequence.len()).find_map(shorter))
    }

    /// What `keys` mean: in the context itself, else in those below it. Where they mean nothing as commands, the same
    /// physical keys of a Latin layout are tried.
    pub fn meaning(&self, context: Context, keys: &[Key]) -> Meaning {
        let found = context.layers().iter().map(|layer| self.own_meaning(*layer, keys));
        found.into_iter().find(|meaning| *meaning != Meaning::Nothing).unwrap_or(Meaning::Nothing)
    }

    /// What `keys` mean in this context alone.
    fn own_meaning(&self, context: Context, keys: &[Key]) -> Meaning {
        let meaning = self.exact(context, keys);
        let unshifted = |key: &Key| Key { shift: false, ..*key };
        match context {
            _ if meaning != Meaning::Nothing => return meaning,
            Context::Typing => return meaning,
            // Nothing is selected with Shift.
            Context::Editing => return self.exact(context, &keys.iter().map(unshifted).collect::<Vec<_>>()),
            _ => {}
        }
        let under = |key: &Key| match key.code {
            Code::Char(c) => Key { code: Code::Char(physical(c)), ..*key },
            _ => *key,
        };
        self.exact(context, &keys.iter().map(under).collect::<Vec<_>>())
    }

    fn exact(&self, context: Context, keys: &[Key]) -> Meaning {
        match self.first(context, keys) {
            Some(found) if found.keys.len() == keys.len() => Meaning::Run(found.action),
            Some(_) => Meaning::Pending,
            None => Meaning::Nothing,
        }
    }

    /// What may follow `keys`: the rest of each sequence that begins with them, and the word for what it does, in the
    /// order of the table.
    pub fn continuations(&self, context: Context, keys: &[Key]) -> Vec<(String, &'static str)> {
        let place = |action: Action| TABLE.iter().position(|row| row.action == action);
        let mut found: Vec<_> = self
            .bindings
            .iter()
            .filter(|binding| context.layers().contains(&binding.context))
            .filter_map(|binding| {
                let rest = binding.keys.strip_prefix(keys).filter(|rest| !rest.is_empty())?;
                let at = place(binding.action)?;
                Some((at, written(rest), TABLE.get(at)?.hint))
            })
            .collect();
        found.sort();
        found.into_iter().map(|(_, keys, word)| (keys, word)).collect()
    }

    /// The keys that do `action` in a context, as written: its own before those of the contexts below, in the order of
    /// the table; other bindings after them. Habits are left out: they are nobody's first choice.
    pub fn keys_of(&self, context: Context, action: Action) -> &[String] {
        let all = self.written[context as usize].get_or_init(|| self.all_written(context));
        let found = all.binary_search_by_key(&action, |(action, _)| *action).ok().and_then(|at| all.get(at));
        found.map_or(&[], |(_, keys)| keys)
    }

    /// The keys of all actions that have some in a context.
    fn all_written(&self, context: Context) -> Written {
        let mut all: BTreeMap<Action, Vec<(usize, usize, String)>> = BTreeMap::new();
        let layers = context.layers().iter().filter(|layer| **layer != Context::Habit);
        for (depth, layer) in layers.enumerate() {
            let own = self.bindings.iter().filter(|binding| binding.context == *layer);
            for binding in own.filter(|its| self.reaches(context, &its.keys, its.action)) {
                let written = written(&binding.keys);
                let known = crate::action::row(binding.action).map_or(&[][..], |row| row.keys_in(*layer));
                let place = known.iter().position(|known| *known == written).unwrap_or(usize::MAX);
                all.entry(binding.action).or_default().push((depth, place, written));
            }
        }
        let in_order = |(action, mut keys): (Action, Vec<(usize, usize, String)>)| {
            // What is bound beside the table stands as the bindings do.
            keys.sort_by_key(|(depth, place, _)| (*depth, *place));
            (action, keys.into_iter().map(|(_, _, written)| written).collect())
        };
        all.into_iter().map(in_order).collect()
    }

    /// The key to name for an action in a context; `None` if none does it there.
    pub fn key(&self, context: Context, action: Action) -> Option<String> {
        self.keys_of(context, action).first().cloned()
    }

    /// Whether a sequence does `action` here, and none of its keys is taken for something else on the way.
    fn reaches(&self, context: Context, keys: &[Key], action: Action) -> bool {
        let is_typed = context == Context::Links && keys.first().is_some_and(|key| key.typed().is_some());
        let shorter =
            |len: usize| keys.get(..len).is_some_and(|keys| self.meaning(context, keys) == Meaning::Pending);
        !is_typed && (1..keys.len()).all(shorter) && self.meaning(context, keys) == Meaning::Run(action)
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
        let mut keymap = Keymap::default();
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
