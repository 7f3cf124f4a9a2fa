//! Where a reader is, as a value and as text: `history/treaty-1961#H25`.
//!
//! One concept for back and forward, links, tour steps and `--goto`. Must never hold more than a place: how it is
//! looked at (size, filter, theme) is the session's.

use super::{EntityIx, EntryIx, Item, Knowledge, StatementIx, TopicIx};

/// A place in one [`Knowledge`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// A topic: `history`.
    Topic(TopicIx),
    /// An entry: `history/treaty-1961`.
    Entry(EntryIx),
    /// A statement in its entry: `history/treaty-1961#H25`.
    Statement(StatementIx),
    /// An entity: `kim-jong-un`.
    Entity(EntityIx),
}

/// An address that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("nothing is called `{wrong}`{}", nearest.as_ref().map_or(String::new(), |id| format!("; did you mean `{id}`?")))]
pub struct NoSuchAddress {
    /// The part that is not known.
    pub wrong: String,
    /// The id that may have been meant.
    pub nearest: Option<String>,
}

impl Address {
    /// The place that an item is; sources and tours are none.
    pub const fn of(item: Item) -> Option<Self> {
        match item {
            Item::Topic(ix) => Some(Self::Topic(ix)),
            Item::Entry(ix) => Some(Self::Entry(ix)),
            Item::Statement(ix) => Some(Self::Statement(ix)),
            Item::Entity(ix) => Some(Self::Entity(ix)),
            Item::Source(_) | Item::Tour(_) => None,
        }
    }
}

impl Address {
    /// The item that is there: the other way round than [`Address::of`].
    pub const fn item(self) -> Item {
        match self {
            Self::Topic(ix) => Item::Topic(ix),
            Self::Entry(ix) => Item::Entry(ix),
            Self::Statement(ix) => Item::Statement(ix),
            Self::Entity(ix) => Item::Entity(ix),
        }
    }
}

impl Knowledge {
    /// Reads an address. Ids are one flat space, so a bare id is enough: `H25` is `history/treaty-1961#H25`.
    ///
    /// # Errors
    /// When the last part is no id, or is the id of a source or a tour, which are no places.
    pub fn address(&self, text: &str) -> Result<Address, NoSuchAddress> {
        let last = text.trim().rsplit(['/', '#']).next().unwrap_or_default();
        self.ids.get(last).and_then(Address::of).ok_or_else(|| NoSuchAddress {
            wrong: last.to_owned(),
            nearest: self.ids.nearest(last).filter(|id| *id != last).map(str::to_owned),
        })
    }

    /// Writes an address so that [`Knowledge::address`] reads it back.
    pub fn address_text(&self, address: Address) -> String {
        match address {
            Address::Topic(ix) => self.ids.name(Item::Topic(ix)).to_owned(),
            Address::Entity(ix) => self.ids.name(Item::Entity(ix)).to_owned(),
            Address::Entry(ix) => {
                let topic = self.ids.name(Item::Topic(self.entry(ix).topic));
                format!("{topic}/{}", self.ids.name(Item::Entry(ix)))
            }
            Address::Statement(ix) => {
                let entry = self.address_text(Address::Entry(self.statement(ix).entry));
                format!("{entry}#{}", self.ids.name(Item::Statement(ix)))
            }
        }
    }

    /// What a place is called: the title of a topic or an entry, the name of an entity, the id of a statement.
    pub fn name(&self, address: Address) -> &str {
        match address {
            Address::Topic(ix) => &self.topic(ix).title,
            Address::Entry(ix) => &self.entry(ix).title,
            Address::Statement(ix) => self.ids.name(Item::Statement(ix)),
            Address::Entity(ix) => &self.entity(ix).name,
        }
    }
}
