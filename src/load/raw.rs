//! The file as it is written: its structures, and what stands in which field.
//!
//! Everything may be missing here: what must be there is a question of meaning, asked when all of the file has been
//! read, so that one missing field does not hide the others. Must never leave `load`: the model knows no notation.
//!
//! To add a field: its name and its type in `written!` here; what it means where its structure is lowered (`lower`,
//! `entries`); the field of the model in `packed`. The compiler asks for the last two once the model has it.

use std::fmt;
use std::mem;

use serde::Deserialize;

use super::id::is_id;
use super::parallel::list;
use super::syntax::{Outline, Structure, Unread, Value};
use super::value::{Spanned, Str, plain, value};
use crate::knowledge::{Few, Read};

/// Declares the structures of the file: each field may be missing, and none may be unknown.
macro_rules! written {
    ($($(#[$doc:meta])* $name:ident as $word:literal { $($field:ident: $type:ty),* $(,)? })*) => {
        /// The names of all of them.
        const STRUCTURES: &[&str] = &[$($word),*];

        $(
            $(#[$doc])*
            #[derive(Debug, Default)]
            #[cfg_attr(test, derive(Deserialize))]
            #[cfg_attr(test, serde(rename = $word, deny_unknown_fields, default, bound(deserialize = "'de: 'a")))]
            pub(super) struct $name<'a> {
                $(pub(super) $field: $type,)*
            }

            impl<'a> Structure<'a> for $name<'a> {
                const NAME: &'static str = $word;
                const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
                const ALL: &'static [&'static str] = STRUCTURES;

                fn read_field(&mut self, field: &str, outline: &mut Outline<'a, '_>) -> Result<(), Unread> {
                    match field {
                        $(stringify!($field) => self.$field = Value::read(outline)?,)*
                        _ => {}
                    }
                    Ok(())
                }
            }

            impl<'a> Value<'a> for $name<'a> {
                fn read(outline: &mut Outline<'a, '_>) -> Result<Self, Unread> {
                    outline.structure()
                }
            }
        )*
    };
}

written! {
    /// The whole file.
    File as "Knowledge" {
        format: Option<Spanned<u64>>, id: Str<'a>, title: Str<'a>, subtitle: Str<'a>, as_of: Option<Str<'a>>,
        language: Str<'a>, sources: Vec<Source<'a>>, topics: Vec<Topic<'a>>, entities: Long<Entity<'a>>,
        relations: Long<Relation<'a>>, tours: Vec<Tour<'a>>,
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
        id: Str<'a>, standing: Option<Spanned<Standing<'a>>>, when: Option<Str<'a>>, text: Str<'a>,
        sources: Few<Str<'a>>,
    }
    /// A person, state, place and so on.
    Entity as "Entity" {
        id: Str<'a>, kind: Option<Kind>, name: Str<'a>, in_text: Str<'a>, native: Few<Str<'a>>,
        aliases: Few<Str<'a>>, at: Option<Spanned<(f64, f64)>>, when: Option<Str<'a>>, summary: Str<'a>,
        sources: Few<Str<'a>>,
    }
    /// An edge between two entities.
    Relation as "Relation" {
        from: Str<'a>, to: Str<'a>, kind: Str<'a>, when: Option<Str<'a>>, statement: Str<'a>,
    }
    /// A prepared path.
    Tour as "Tour" { id: Str<'a>, title: Str<'a>, summary: Str<'a>, steps: Vec<Step<'a>> }
    /// One stop of a tour.
    Step as "Step" { show: Str<'a>, lens: Lens, reveal: Few<Str<'a>>, say: Str<'a> }
    /// Who says so.
    Stated as "Stated" { by: Few<Str<'a>> }
    /// Who says so, and who denies it.
    Alleged as "Alleged" { by: Few<Str<'a>>, denied_by: Few<Str<'a>> }
}

/// How well a statement stands.
#[derive(Debug)]
#[cfg_attr(test, derive(Deserialize), serde(deny_unknown_fields, bound(deserialize = "'de: 'a")))]
pub(super) enum Standing<'a> {
    Established,
    Stated {
        #[cfg_attr(test, serde(default))]
        by: Few<Str<'a>>,
    },
    Alleged {
        #[cfg_attr(test, serde(default))]
        by: Few<Str<'a>>,
        #[cfg_attr(test, serde(default))]
        denied_by: Few<Str<'a>>,
    },
    Unverified,
    Assessed,
    Expected,
}

impl<'a> Value<'a> for Standing<'a> {
    fn read(outline: &mut Outline<'a, '_>) -> Result<Self, Unread> {
        /// The words for it.
        #[derive(Deserialize)]
        enum Word {
            Established,
            Stated,
            Alleged,
            Unverified,
            Assessed,
            Expected,
        }

        Ok(match value(outline)? {
            Word::Established => Self::Established,
            Word::Stated => {
                let Stated { by } = outline.fields()?;
                Self::Stated { by }
            }
            Word::Alleged => {
                let Alleged { by, denied_by } = outline.fields()?;
                Self::Alleged { by, denied_by }
            }
            Word::Unverified => Self::Unverified,
            Word::Assessed => Self::Assessed,
            Word::Expected => Self::Expected,
        })
    }
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

plain! { Kind, Lens }

/// A list that may be long, and is read on all cores then.
#[derive(Debug)]
#[cfg_attr(test, derive(Deserialize), serde(transparent))]
pub(super) struct Long<T>(pub(super) Vec<T>);

impl<T> Default for Long<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'s, T: Value<'s> + Send> Value<'s> for Long<T> {
    fn read(outline: &mut Outline<'s, '_>) -> Result<Self, Unread> {
        let mut all = Vec::new();
        for items in list(outline, |items: Vec<T>| items)? {
            all.extend(items);
        }
        Ok(Self(all))
    }
}

/// Entries that were read together. One core may read them and another one lower them.
///
/// Must never hold its statements entry by entry: memory that one core asked for and another one gives back makes both
/// of them wait, and there is a list of statements for every entry.
pub(super) struct Piece<'a> {
    /// Without their statements.
    entries: Vec<Entry<'a>>,
    /// The statements of all of them, in their order.
    statements: Vec<Statement<'a>>,
    /// How many statements each entry has.
    pub(super) counts: Vec<u32>,
    /// The ids of all of them; empty where what is written is no id.
    pub(super) ids: Read,
}

impl<'a> Piece<'a> {
    /// The piece of these entries.
    fn of(mut entries: Vec<Entry<'a>>) -> Self {
        let counts: Vec<u32> = entries.iter().map(|entry| entry.statements.len() as u32).collect();
        let mut statements = Vec::with_capacity(counts.iter().sum::<u32>() as usize);
        for entry in &mut entries {
            statements.extend(mem::take(&mut entry.statements));
        }
        let mut piece = Self { entries, statements, counts, ids: Read::default() };
        let ids = piece.iter().flat_map(|(entry, statements)| {
            std::iter::once(&entry.id).chain(statements.iter().map(|statement| &statement.id))
        });
        piece.ids = Read::of(ids.map(|id| if is_id(&id.0) { &*id.0 } else { "" }));
        piece
    }

    /// Each entry, and its statements.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Entry<'a>, &[Statement<'a>])> {
        let mut rest = &*self.statements;
        self.entries.iter().zip(&self.counts).map(move |(entry, count)| {
            let (own, others) = rest.split_at_checked(*count as usize).unwrap_or((rest, &[]));
            rest = others;
            (entry, own)
        })
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many statements all of them have.
    pub(super) fn statements(&self) -> usize {
        self.statements.len()
    }
}

/// The entries of a topic, in the pieces in which they were read.
#[derive(Default)]
pub(super) struct Pieces<'a>(pub(super) Vec<Piece<'a>>);

impl<'a> Pieces<'a> {
    /// Each entry, and its statements.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Entry<'a>, &[Statement<'a>])> {
        self.0.iter().flat_map(Piece::iter)
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Piece::len).sum()
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Debug for Pieces<'_> {
    /// As one list.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'s> Value<'s> for Pieces<'s> {
    fn read(outline: &mut Outline<'s, '_>) -> Result<Self, Unread> {
        list(outline, Piece::of).map(Self)
    }
}

#[cfg(test)]
impl<'de: 'a, 'a> Deserialize<'de> for Pieces<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|entries| Self(vec![Piece::of(entries)]))
    }
}
