//! Which documents a query names exactly: by an id, a name or a title, whatever its spelling and its spaces.
//!
//! What is kept is a hash of the letters, four bytes; the letters themselves are in the knowledge and are compared when
//! a query meets the hash. Must never be asked for parts of a name.

use super::forward_index::{RowIx, Rows};
use super::spelling::american;
use crate::knowledge::{Address, EntryIx, Item, Knowledge, StatementIx};
use crate::text::fold::Folded;

/// What an exact id, name or title is worth: more than any other match can be.
mod bonus {
    pub(super) const STATEMENT_ID: u32 = 8000;
    pub(super) const ENTITY_NAME: u32 = 4000;
    pub(super) const TOPIC_TITLE: u32 = 3000;
    pub(super) const ENTRY_TITLE: u32 = 600;
}

/// All of a row, whatever its statements.
pub(super) const WHOLE: u32 = u32::MAX;

/// Something that can be named exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) hash: u32,
    pub(super) row: RowIx,
    /// Which of the row's statements, or [`WHOLE`].
    pub(super) statement: u32,
    /// Whether it is an id, not a name.
    pub(super) is_id: bool,
}

impl Key {
    /// The key of a name; none if no letter is in it.
    pub(super) fn new(hash: KeyHash, row: RowIx, statement: u32, is_id: bool) -> Option<Self> {
        hash.0.map(|hash| Self { hash, row, statement, is_id })
    }

    /// What it is worth to a query that says exactly this.
    fn bonus(self, rows: &Rows) -> u32 {
        match rows.address(self.row) {
            Address::Entity(_) => bonus::ENTITY_NAME,
            Address::Topic(_) => bonus::TOPIC_TITLE,
            _ if self.statement != WHOLE => bonus::STATEMENT_ID,
            _ => bonus::ENTRY_TITLE,
        }
    }
}

/// The hash of words as one: FNV-1a (Fowler, Noll and Vo), the same on every machine. None of nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct KeyHash(Option<u32>);

impl KeyHash {
    /// With the letters of a word in American spelling.
    #[must_use]
    pub(super) fn and(self, word: &str) -> Self {
        let start = self.0.unwrap_or(0x811c_9dc5);
        let add = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        Self(if word.is_empty() { self.0 } else { Some(word.bytes().fold(start, add)) })
    }
}

/// Words as one, in the spelling that all forms share.
pub(super) fn exact_key<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.fold(String::new(), |key, word| key + american(word).as_deref().unwrap_or(word))
}

/// A document, and what it is worth to be named exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) row: RowIx,
    /// Which of the row's statements, or [`WHOLE`].
    pub(super) statement: u32,
    pub(super) bonus: u32,
}

/// The keys of a file.
#[derive(Debug, Default)]
pub(super) struct ExactNames {
    /// By hash.
    pub(super) sorted: Vec<Key>,
}

impl ExactNames {
    /// Takes all keys; quickest if runs of them are in order.
    pub(super) fn new(mut keys: Vec<Key>) -> Self {
        keys.sort();
        keys.dedup();
        keys.shrink_to_fit();
        Self { sorted: keys }
    }

    /// What is called exactly `key`, in the order of rows; with `only_ids`, by an id.
    pub(super) fn named(&self, knowledge: &Knowledge, rows: &Rows, key: &str, only_ids: bool) -> Vec<Named> {
        let KeyHash(Some(hash)) = KeyHash::default().and(key) else { return Vec::new() };
        let from = self.sorted.partition_point(|own| own.hash < hash);
        let same = self.sorted.iter().skip(from).take_while(|own| own.hash == hash);
        let meant = same.filter(|own| (own.is_id || !only_ids) && is_called(knowledge, rows, **own, key));
        meant.map(|own| Named { row: own.row, statement: own.statement, bonus: own.bonus(rows) }).collect()
    }
}

/// Whether what has this hash is really called so.
fn is_called(knowledge: &Knowledge, rows: &Rows, own: Key, key: &str) -> bool {
    let is = |name: &str| exact_key(Folded::of(name).words()) == key;
    let id = |item: Item| is(knowledge.ids.name(item));
    match rows.address(own.row) {
        Address::Entity(ix) if own.is_id => id(Item::Entity(ix)),
        Address::Entity(ix) => {
            let entity = knowledge.entity(ix);
            entity.native.iter().chain(&entity.aliases).chain([&entity.name]).any(|name| is(name))
        }
        Address::Topic(ix) if own.is_id => id(Item::Topic(ix)),
        Address::Topic(ix) => is(&knowledge.topic(ix).title) || is(&knowledge.topic(ix).short),
        Address::Entry(ix) if own.statement != WHOLE => {
            statement_of(knowledge, ix, own.statement).is_some_and(|ix| id(Item::Statement(ix)))
        }
        Address::Entry(ix) if own.is_id => id(Item::Entry(ix)),
        Address::Entry(ix) => is(&knowledge.entry(ix).title),
        Address::Statement(_) => false,
    }
}

/// The `at`-th statement of an entry.
pub(super) fn statement_of(knowledge: &Knowledge, entry: EntryIx, at: u32) -> Option<StatementIx> {
    let range = &knowledge.entry(entry).statements;
    range.start.checked_add(at).filter(|ix| *ix < range.end).map(StatementIx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter_to_a_key() {
        let key = |text: &str| exact_key(Folded::of(text).words());
        assert_eq!(key("Mutual-defence programme"), key("mutual defense program"));
        let hash = |words: &[&str]| words.iter().fold(KeyHash::default(), |hash, word| hash.and(word)).0;
        assert_eq!(hash(&["kim", "jongun"]), hash(&["kimjongun"]));
        assert_eq!(hash(&[""]), None);
    }
}
