//! Ids to items and back, and where each entity is mentioned. Built once, when a file is loaded.

use hashbrown::HashMap;

use super::{EntityIx, EntryIx, Item, Knowledge, RelationIx, StatementIx};

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
#[derive(Debug, Clone, Default)]
pub struct Ids {
    items: HashMap<Box<str>, Item>,
    /// By [`Item::slot`].
    names: [Vec<Box<str>>; KINDS],
}

impl Ids {
    /// Takes `id` for `item`. If another item has it, that one keeps it and is returned, and `item` has no id yet.
    pub fn claim(&mut self, id: &str, item: Item) -> Option<Item> {
        if let Some(first) = self.items.get(id) {
            return Some(*first);
        }
        self.items.insert(id.into(), item);
        let (kind, at) = item.slot();
        let names = &mut self.names[kind];
        if names.len() <= at {
            names.resize(at + 1, Box::default());
        }
        if let Some(name) = names.get_mut(at) {
            *name = id.into();
        }
        None
    }

    /// What `id` names.
    pub fn get(&self, id: &str) -> Option<Item> {
        self.items.get(id).copied()
    }

    /// The id of `item`; empty for an item of another file.
    pub fn name(&self, item: Item) -> &str {
        let (kind, at) = item.slot();
        self.names[kind].get(at).map_or("", |id| id)
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
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
        self.items
            .iter()
            .filter(|(id, item)| {
                // No distance is less than what the lengths or the letters alone make it: most ids end here.
                let most = id.len().max(length) / 3;
                id.len().abs_diff(length) <= most
                    && missing(letters, self::letters(id)) <= most
                    && wanted(**item)
            })
            .filter_map(|(id, _)| {
                let distance = strsim::osa_distance(&folded, &id.to_lowercase());
                (distance * 3 <= id.chars().count().max(length)).then_some((distance, &**id))
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

/// Where each entity is mentioned: backlinks.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    statements: Vec<Vec<StatementIx>>,
    relations: Vec<Vec<RelationIx>>,
    entries: HashMap<Item, Vec<EntryIx>>,
}

impl Mentions {
    /// Reads a knowledge's links, standings and relations.
    pub fn of(knowledge: &Knowledge) -> Self {
        let mut mentions = Self {
            statements: vec![Vec::new(); knowledge.entities.len()],
            relations: vec![Vec::new(); knowledge.entities.len()],
            entries: HashMap::new(),
        };
        for (at, statement) in knowledge.statements.iter().enumerate() {
            let ix = StatementIx::new(at);
            for entity in statement.named() {
                let list = &mut mentions.statements[entity.at()];
                if list.last() != Some(&ix) {
                    list.push(ix);
                }
            }
        }
        for (at, relation) in knowledge.relations.iter().enumerate() {
            mentions.relations[relation.from.at()].push(RelationIx::new(at));
            if relation.to != relation.from {
                mentions.relations[relation.to.at()].push(RelationIx::new(at));
            }
        }
        for (at, entry) in knowledge.entries.iter().enumerate() {
            for item in &entry.see {
                mentions.entries.entry(*item).or_default().push(EntryIx::new(at));
            }
        }
        mentions
    }

    /// The statements that link to `entity` or name it as a party, in reading order.
    pub fn statements(&self, entity: EntityIx) -> &[StatementIx] {
        self.statements.get(entity.at()).map_or(&[], |list| list)
    }

    /// The relations that start or end at `entity`, in the file's order.
    pub fn relations(&self, entity: EntityIx) -> &[RelationIx] {
        self.relations.get(entity.at()).map_or(&[], |list| list)
    }

    /// The entries whose "see also" names `item`, in reading order.
    pub fn entries(&self, item: Item) -> &[EntryIx] {
        self.entries.get(&item).map_or(&[], |list| list)
    }
}
