//! Ids to items and back. Built once, when a file is loaded.
//!
//! Must never give one id to two items: who claims it first has it.

use std::hash::BuildHasher;
use std::sync::OnceLock;

use hashbrown::DefaultHashBuilder;
use hashbrown::hash_table::{Entry, HashTable};

use super::Item;

/// How many kinds of [`Item`] there are.
const KINDS: usize = 6;

impl Item {
    /// The position of its kind among the kinds, and its own among its kind.
    const fn slot(self) -> (usize, usize) {
        match self {
            Self::Source(ix) => (0, ix.at()),
            Self::Topic(ix) => (1, ix.at()),
            Self::Entry(ix) => (2, ix.at()),
            Self::Statement(ix) => (3, ix.at()),
            Self::Entity(ix) => (4, ix.at()),
            Self::Tour(ix) => (5, ix.at()),
        }
    }
}

/// The flat space of ids.
///
/// All ids stand one behind the other in one text: a file of a million statements has a million and more of them.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    /// Every id, without anything in between.
    text: String,
    /// By [`Item::slot`]: where the item's id stands.
    spans: [Vec<Span>; KINDS],
    /// The items that have an id, to be found by it; without those in `parts`.
    items: Table,
    /// Those that were claimed by the many, by [`part_of`] the hash of their ids; none in a small file. What is most
    /// referred to is not among them, and stays close together.
    parts: Vec<Table>,
    hasher: Hasher,
}

type Table = HashTable<(Span, Item)>;

/// How many parts there are, if there are any: each can be filled on a core of its own.
const PARTS: usize = 8;

/// The part in which an id stands. A table looks at the first and at the last bits of a hash.
const fn part_of(hash: u64) -> usize {
    (hash >> 40) as usize % PARTS
}

/// Bytes of [`Ids::text`]; a file is not larger than 1 GiB, so that they can be counted in 32 bits.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: u32,
    len: u32,
}

/// Ids that were read on any thread, to be claimed later: their hashes are known, and they stand close together.
#[derive(Debug, Default)]
pub struct Read {
    text: String,
    /// Of each, its hash and its length.
    ids: Vec<(u64, u32)>,
}

impl Read {
    /// Reads `ids`, for [`Ids::claim_all`].
    pub fn of<'i>(ids: impl Iterator<Item = &'i str>) -> Self {
        let hasher = Hasher::default();
        let mut read = Self::default();
        for id in ids {
            read.text.push_str(id);
            read.ids.push((hasher.hash(id), id.len() as u32));
        }
        read
    }

    /// How many ids were read.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// How ids are hashed: everywhere in the same way, so that an id can be read before it is known who will claim it, and
/// in another one each time that the program runs, so that no file can foresee it.
#[derive(Debug, Clone)]
struct Hasher(DefaultHashBuilder);

impl Default for Hasher {
    fn default() -> Self {
        static OF_ALL: OnceLock<DefaultHashBuilder> = OnceLock::new();
        Self(OF_ALL.get_or_init(DefaultHashBuilder::default).clone())
    }
}

impl Hasher {
    fn hash(&self, id: &str) -> u64 {
        self.0.hash_one(id)
    }
}

/// One part of the table, to be filled on any thread.
#[derive(Debug)]
pub struct Part<'i> {
    number: usize,
    own: &'i mut Table,
    /// The ids that were claimed one by one.
    others: &'i Table,
    text: &'i str,
    /// Where the first of the ids stands in the text.
    start: u32,
    reads: &'i [&'i Read],
    items: &'i [Item],
    hasher: &'i Hasher,
}

impl Part<'_> {
    /// Claims the ids that belong here; says which of all, from 0, could not be had.
    pub fn fill(self) -> Vec<usize> {
        let Self { number, own, others, text, mut start, reads, items, hasher } = self;
        let mut unnamed = Vec::new();
        let all = reads.iter().flat_map(|read| &read.ids);
        for (at, ((hash, len), item)) in all.zip(items).enumerate() {
            let span = Span { start, len: *len };
            start += len;
            if part_of(*hash) != number {
                continue;
            }
            let id = span.of(text);
            let is_taken = others.find(*hash, |(span, _)| span.of(text) == id).is_some();
            if *len == 0 || is_taken || insert((own, text, hasher), *hash, span, *item).is_some() {
                unnamed.push(at);
            }
        }
        unnamed
    }
}

/// Takes the id at `span` of a table's text for `item`, unless another item has it: that one is returned.
fn insert(
    (table, text, hasher): (&mut Table, &str, &Hasher),
    hash: u64,
    span: Span,
    item: Item,
) -> Option<Item> {
    let id = span.of(text);
    let rehash = |(span, _): &(Span, Item)| hasher.hash(span.of(text));
    match table.entry(hash, |(span, _)| span.of(text) == id, rehash) {
        Entry::Occupied(first) => return Some(first.get().1),
        Entry::Vacant(vacant) => vacant.insert((span, item)),
    };
    None
}

impl Span {
    fn of(self, text: &str) -> &str {
        text.get(self.start as usize..(self.start + self.len) as usize).unwrap_or_default()
    }
}

impl Ids {
    /// No ids yet, and room for so many.
    pub fn with_capacity(ids: usize) -> Self {
        Self { items: Table::with_capacity(ids), ..Self::default() }
    }

    /// Takes `id` for `item`. If another item has it, that one keeps it and is returned, and `item` has no id yet.
    pub fn claim(&mut self, id: &str, item: Item) -> Option<Item> {
        let span = Span { start: self.text.len() as u32, len: id.len() as u32 };
        self.text.push_str(id);
        let hash = self.hasher.hash(id);
        let Self { text, items, parts, hasher, .. } = self;
        let part = parts.get(part_of(hash));
        let first = part.and_then(|part| part.find(hash, |(span, _)| span.of(text) == id));
        let first =
            first.map(|(_, item)| *item).or_else(|| insert((items, text.as_str(), hasher), hash, span, item));
        if first.is_some() {
            self.text.truncate(span.start as usize);
        } else {
            self.set_span(item, span);
        }
        first
    }

    /// Makes room for so many more ids.
    pub fn reserve(&mut self, ids: usize) {
        let Self { text, items, hasher, .. } = self;
        items.reserve(ids, |(span, _)| hasher.hash(span.of(text)));
    }

    /// As [`Self::claim`] of each of the ids of `reads` for one of `items`, in their order, part by part: each can be
    /// filled on another thread. An id that is empty or that another item has cannot be had. Only once.
    pub fn claim_all<'i>(&'i mut self, reads: &'i [&'i Read], items: &'i [Item]) -> Vec<Part<'i>> {
        let start = self.text.len() as u32;
        self.text.reserve(reads.iter().map(|read| read.text.len()).sum());
        let mut next = start;
        for ((_, len), item) in reads.iter().flat_map(|read| &read.ids).zip(items) {
            self.set_span(*item, Span { start: next, len: *len });
            next += len;
        }
        // Of an id that is not taken its letters stay behind, where nobody sees them.
        self.text.extend(reads.iter().map(|read| &*read.text));
        // Hashes do not fall evenly.
        let room = items.len() / PARTS + items.len() / 64;
        self.parts = (0..PARTS).map(|_| Table::with_capacity(room)).collect();
        let Self { text, items: others, parts, hasher, .. } = self;
        let part = |(number, own)| Part { number, own, others, text, start, reads, items, hasher };
        parts.iter_mut().enumerate().map(part).collect()
    }

    fn set_span(&mut self, item: Item, span: Span) {
        let (kind, at) = item.slot();
        let spans = &mut self.spans[kind];
        if spans.len() <= at {
            spans.resize(at + 1, Span::default());
        }
        if let Some(own) = spans.get_mut(at) {
            *own = span;
        }
    }

    /// What `id` names.
    pub fn get(&self, id: &str) -> Option<Item> {
        let hash = self.hasher.hash(id);
        let find =
            |table: &Table| table.find(hash, |(span, _)| span.of(&self.text) == id).map(|(_, item)| *item);
        find(&self.items).or_else(|| self.parts.get(part_of(hash)).and_then(find))
    }

    /// The id of `item`; empty for an item of another file.
    pub fn name(&self, item: Item) -> &str {
        let (kind, at) = item.slot();
        self.spans[kind].get(at).map_or("", |span| span.of(&self.text))
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.tables().map(Table::len).sum()
    }

    fn tables(&self) -> impl Iterator<Item = &Table> {
        std::iter::once(&self.items).chain(&self.parts)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The known id nearest to `wrong`, if any is near enough to be meant.
    ///
    /// Near is an edit distance (Damerau–Levenshtein without overlaps: "optimal string alignment") of at most a
    /// third of the longer id, letters' case aside; ties go to the id that sorts first, so that the same file always
    /// gives the same advice.
    pub fn nearest(&self, wrong: &str) -> Option<&str> {
        self.nearest_of(wrong, |_| true)
    }

    /// As [`Ids::nearest`], among the ids of the items that `wanted` accepts.
    pub fn nearest_of(&self, wrong: &str, wanted: impl Fn(Item) -> bool) -> Option<&str> {
        let folded = wrong.to_lowercase();
        let letters = letters(&folded);
        let length = folded.chars().count();
        self.tables()
            .flatten()
            .map(|(span, item)| (span.of(&self.text), item))
            .filter(|(id, item)| {
                // No distance is less than what the lengths or the letters alone make it: most ids end here.
                let most = id.len().max(length) / 3;
                id.len().abs_diff(length) <= most
                    && missing(letters, self::letters(id)) <= most
                    && wanted(**item)
            })
            .filter_map(|(id, _)| {
                let distance = strsim::osa_distance(&folded, &id.to_lowercase());
                (distance * 3 <= id.chars().count().max(length)).then_some((distance, id))
            })
            .min()
            .map(|(_, id)| id)
    }
}

/// The letters and signs of `text` as a set of bits, case aside.
fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |set, b| set | 1 << (b.to_ascii_lowercase() % 64))
}

/// How many letters one of two sets has and the other has not, whichever is more: no fewer edits can make up for it.
fn missing(a: u64, b: u64) -> usize {
    (a & !b).count_ones().max((b & !a).count_ones()) as usize
}
