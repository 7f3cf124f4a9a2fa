//! The file as it is written, in types of serde's making.
//!
//! Everything may be missing here: what must be there is a question of meaning, asked when all of the file has been
//! read, so that one missing field does not hide the others. Must never leave `load`: the model knows no notation.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

use super::pieces::Pieces;
use crate::knowledge::Few;

/// A string of the file.
///
/// Borrowed from the source where it can be, and then it knows its place: `ron` keeps no places of values, but a
/// slice of the source lies at its own offset. A string with an escape in it had to be put together and knows none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Str<'a>(pub(super) Cow<'a, str>);

/// Where a [`Str`] comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// These bytes of the source, without the quotes.
    At(Range<usize>),
    /// Put together from a literal with escapes.
    Escaped,
    /// Not written at all.
    Missing,
}

impl Str<'_> {
    /// Where it comes from in `source`, which must be the text that was read.
    pub(super) fn origin(&self, source: &str) -> Origin {
        let Cow::Borrowed(text) = self.0 else { return Origin::Escaped };
        // The slice of a missing string lies somewhere else altogether.
        let start = (text.as_ptr() as usize).wrapping_sub(source.as_ptr() as usize);
        match start.checked_add(text.len()) {
            Some(end) if start > 0 && end < source.len() => Origin::At(start..end),
            _ => Origin::Missing,
        }
    }
}

impl Default for Str<'_> {
    fn default() -> Self {
        Self(Cow::Borrowed(""))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Str<'a> {
    /// Borrows wherever the source allows it; serde's own `Cow` would copy inside of lists and options.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrowing;

        impl<'de> Visitor<'de> for Borrowing {
            type Value = Str<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text in quotes")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Str(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Str(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<Self::Value, E> {
                Ok(Str(Cow::Owned(text)))
            }
        }

        deserializer.deserialize_str(Borrowing)
    }
}

/// Declares the structures of the file: each field may be missing, and none may be unknown.
///
macro_rules! written {
    ($($(#[$doc:meta])* $name:ident as $word:literal { $($field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize)]
        #[serde(rename = $word, deny_unknown_fields, default, bound(deserialize = "'de: 'a"))]
        pub(super) struct $name<'a> {
            $(pub(super) $field: $type,)*
        }
    )*};
}

written! {
    /// The whole file.
    File as "Knowledge" {
        format: Option<u64>, id: Str<'a>, title: Str<'a>, subtitle: Str<'a>, as_of: Option<Str<'a>>,
        language: Str<'a>, sources: Vec<Source<'a>>, topics: Vec<Topic<'a>>, entities: Vec<Entity<'a>>,
        relations: Vec<Relation<'a>>, tours: Vec<Tour<'a>>,
    }
    /// What statements rest on.
    Source as "Source" { id: Str<'a>, title: Str<'a>, note: Str<'a>, url: Option<Str<'a>> }
    /// A tab.
    Topic as "Topic" { id: Str<'a>, title: Str<'a>, short: Str<'a>, summary: Str<'a>, entries: Pieces<'a> }
    /// One item of a topic.
    Entry as "Entry" {
        id: Str<'a>, title: Str<'a>, when: Option<Str<'a>>, tags: Few<Str<'a>>, aliases: Few<Str<'a>>,
        see: Few<Str<'a>>, statements: Vec<Statement<'a>>,
    }
    /// One or two sentences.
    Statement as "Statement" {
        id: Str<'a>, standing: Option<Standing<'a>>, when: Option<Str<'a>>, text: Str<'a>, sources: Few<Str<'a>>,
    }
    /// A person, state, place and so on.
    Entity as "Entity" {
        id: Str<'a>, kind: Option<Kind>, name: Str<'a>, native: Few<Str<'a>>, aliases: Few<Str<'a>>,
        at: Option<(f64, f64)>, when: Option<Str<'a>>, summary: Str<'a>, sources: Few<Str<'a>>,
    }
    /// An edge between two entities.
    Relation as "Relation" {
        from: Str<'a>, to: Str<'a>, kind: Str<'a>, when: Option<Str<'a>>, statement: Str<'a>,
    }
    /// A prepared path.
    Tour as "Tour" { id: Str<'a>, title: Str<'a>, summary: Str<'a>, steps: Vec<Step<'a>> }
    /// One stop of a tour.
    Step as "Step" { show: Str<'a>, lens: Lens, reveal: Few<Str<'a>>, say: Str<'a> }
}

/// How well a statement stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub(super) enum Standing<'a> {
    Established,
    Stated {
        #[serde(default)]
        by: Few<Str<'a>>,
    },
    Alleged {
        #[serde(default)]
        by: Few<Str<'a>>,
        #[serde(default)]
        denied_by: Few<Str<'a>>,
    },
    Unverified,
    Assessed,
    Expected,
}

/// What kind of thing an entity is.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) enum Kind {
    Person,
    State,
    Organisation,
    Place,
    Treaty,
    Event,
    Weapon,
    Idea,
}

/// Through which lens a step is shown.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(super) enum Lens {
    #[default]
    Read,
    Timeline,
    Map,
    Network,
    Evidence,
}
