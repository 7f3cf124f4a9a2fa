//! Something wrong with a file, by bytes of its source, and what an id may have been meant for.
//!
//! Must never hold a line or a column: they are counted when all faults are known.

use std::ops::Range;

use crate::knowledge::{Address, Item};

/// Something wrong, by bytes of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// What is meant; `None` where no place can be given.
    pub(super) at: Option<Range<usize>>,
    /// What is wrong, lower case, without a full stop.
    pub(super) what: String,
    /// Another place that the message is to name by its line: "first at line 12".
    pub(super) first: Option<usize>,
    /// What to do about it.
    pub(super) remedy: String,
    /// What else depends on it.
    pub(super) sort: Sort,
}

/// What else depends on a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
    /// Nothing.
    Usual,
    /// An id names nothing that was wanted: the message is to end with the id that was meant.
    Unknown(String, Wanted),
    /// This field is missing. It may be one that was given up because it could not be read: then this is no fault.
    Lacking(&'static str),
}

impl Fault {
    /// A fault at `at`.
    pub(super) fn at(at: Range<usize>, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        let (what, remedy) = (what.into(), remedy.into());
        Self { at: Some(at), what, first: None, remedy, sort: Sort::Usual }
    }

    /// The same, where the fault is that `field` is not there.
    pub(super) fn lacking(self, field: &'static str) -> Self {
        Self { sort: Sort::Lacking(field), ..self }
    }
}

/// What may stand in a place of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// An entity.
    Entity,
    /// A source.
    Source,
    /// A statement.
    Statement,
    /// Something that can be shown: a topic, an entry, a statement or an entity.
    Place,
}

impl Wanted {
    pub(super) fn accepts(self, item: Item) -> bool {
        match self {
            Self::Entity => matches!(item, Item::Entity(_)),
            Self::Source => matches!(item, Item::Source(_)),
            Self::Statement => matches!(item, Item::Statement(_)),
            Self::Place => Address::of(item).is_some(),
        }
    }

    /// What it is called, with its article.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Entity => "an entity",
            Self::Source => "a source",
            Self::Statement => "a statement",
            Self::Place => "an entity, entry, statement or topic",
        }
    }

    /// What it is called, without an article.
    pub(super) fn bare(self) -> &'static str {
        self.noun().split_once(' ').map_or("", |(_, bare)| bare)
    }
}

/// The word for what an item is, with its article.
pub(super) const fn noun(item: Item) -> &'static str {
    match item {
        Item::Source(_) => "a source",
        Item::Topic(_) => "a topic",
        Item::Entry(_) => "an entry",
        Item::Statement(_) => "a statement",
        Item::Entity(_) => "an entity",
        Item::Tour(_) => "a tour",
    }
}
