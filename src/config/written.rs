//! The configuration as it is written, in types of serde's making. Must never judge: that is `settings`'s.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

/// A text of the file. Borrowed from the source where it can be, so that its place is known.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Word<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// The whole file: every field may be missing, and none may be unknown.
#[derive(Debug, Default, Deserialize)]
#[serde(rename = "Config", deny_unknown_fields, default)]
pub(super) struct Config<'a> {
    pub(super) theme: Theme,
    pub(super) ascii: bool,
    pub(super) mouse: Option<bool>,
    pub(super) plain: bool,
    pub(super) clipboard: Clipboard,
    #[serde(borrow)]
    pub(super) colors: Pairs<'a, Word<'a>>,
    #[serde(borrow)]
    pub(super) keys: Pairs<'a, Vec<Word<'a>>>,
    #[serde(borrow)]
    pub(super) typing: Pairs<'a, Vec<Word<'a>>>,
    #[serde(borrow)]
    pub(super) tour: Pairs<'a, Vec<Word<'a>>>,
    #[serde(borrow)]
    pub(super) bookmarks: Pairs<'a, Vec<Word<'a>>>,
    #[serde(borrow)]
    pub(super) number: Pairs<'a, Vec<Word<'a>>>,
    #[serde(borrow)]
    pub(super) habits: Pairs<'a, Vec<Word<'a>>>,
    #[serde(borrow)]
    pub(super) editing: Pairs<'a, Vec<Word<'a>>>,
}

/// Which colours.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
pub(super) enum Theme {
    #[default]
    Auto,
    Dark,
    Light,
    Contrast,
}

/// The way of copies.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
pub(super) enum Clipboard {
    #[default]
    Auto,
    Raw,
    Tmux,
    Screen,
    Off,
}

/// `{ "name": value, … }` in the order of the file, repeats included.
#[derive(Debug)]
pub(super) struct Pairs<'a, V>(pub(super) Vec<(Word<'a>, V)>);

impl<V> Default for Pairs<'_, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de: 'a, 'a, V: Deserialize<'de>> Deserialize<'de> for Pairs<'a, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<'a, V>(PhantomData<(&'a (), V)>);

        impl<'de: 'a, 'a, V: Deserialize<'de>> Visitor<'de> for InOrder<'a, V> {
            type Value = Pairs<'a, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names and values in curly brackets: { \"name\": … }")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(InOrder(PhantomData))
    }
}
