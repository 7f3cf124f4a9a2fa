//! Where each entity is mentioned: backlinks. Built once, when a file is loaded.
//!
//! Must never count a statement twice for one entity, however often it names it.

use super::{EntityIx, EntryIx, Item, Knowledge, RelationIx, Statement, StatementIx};

/// Where each entity is mentioned: backlinks.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    statements: Lists<StatementIx>,
    relations: Lists<RelationIx>,
    /// What some entry's "see also" names, in order, as often as it is named; and beside it the entries.
    seen: (Vec<Item>, Vec<EntryIx>),
}

impl Mentions {
    /// Which entities `statements` name, the first of which is the `first` of all; within one, each counts once.
    pub fn named(first: usize, statements: &[Statement]) -> Vec<(EntityIx, StatementIx)> {
        let mut all = Vec::with_capacity(statements.len());
        let mut own = Vec::new();
        for (statement, at) in statements.iter().zip(first..) {
            own.extend(statement.named());
            if own.len() > 1 {
                own.sort_unstable();
                own.dedup();
            }
            all.extend(own.drain(..).map(|entity| (entity, StatementIx::new(at))));
        }
        all
    }

    /// Reads a knowledge's links, standings and relations.
    pub fn of(knowledge: &Knowledge) -> Self {
        Self::with(knowledge, &Self::named(0, &knowledge.statements))
    }

    /// As [`Self::of`]; `named` is what [`Self::named`] says of all statements, in their order.
    pub fn with(knowledge: &Knowledge, named: &[(EntityIx, StatementIx)]) -> Self {
        let entities = knowledge.entities.len();
        let mut related = Vec::with_capacity(2 * knowledge.relations.len());
        for (at, relation) in knowledge.relations.iter().enumerate() {
            related.push((relation.from, RelationIx::new(at)));
            if relation.to != relation.from {
                related.push((relation.to, RelationIx::new(at)));
            }
        }
        let entries = knowledge.entries.iter().enumerate();
        let mut seen: Vec<(Item, EntryIx)> = entries
            .flat_map(|(at, entry)| entry.see.iter().map(move |item| (*item, EntryIx::new(at))))
            .collect();
        seen.sort_unstable();
        Self {
            statements: Lists::of(entities, named),
            relations: Lists::of(entities, &related),
            seen: seen.into_iter().unzip(),
        }
    }

    /// The statements that link to `entity` or name it as a party, in reading order.
    pub fn statements(&self, entity: EntityIx) -> &[StatementIx] {
        self.statements.list(entity.at())
    }

    /// The relations that start or end at `entity`, in the file's order.
    pub fn relations(&self, entity: EntityIx) -> &[RelationIx] {
        self.relations.list(entity.at())
    }

    /// The entries whose "see also" names `item`, in reading order.
    pub fn entries(&self, item: Item) -> &[EntryIx] {
        let (items, entries) = &self.seen;
        let start = items.partition_point(|other| *other < item);
        let end = start + items[start..].partition_point(|other| *other == item);
        entries.get(start..end).unwrap_or_default()
    }
}

/// Many lists in one piece of memory.
#[derive(Debug, Clone, Default)]
struct Lists<T> {
    /// Where each list begins, and where the last one ends.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Lists<T> {
    /// `pairs` name a list, of so many, and an item of it; each list keeps the order of the pairs.
    fn of(lists: usize, pairs: &[(EntityIx, T)]) -> Self {
        let mut starts = vec![0_u32; lists + 1];
        for (list, _) in pairs {
            starts[list.at() + 1] += 1;
        }
        for list in 0..lists {
            starts[list + 1] += starts[list];
        }
        let mut next = starts.clone();
        let mut items = vec![T::default(); pairs.len()];
        for (list, item) in pairs {
            let at = &mut next[list.at()];
            items[*at as usize] = *item;
            *at += 1;
        }
        Self { starts, items }
    }

    fn list(&self, at: usize) -> &[T] {
        let range = self.starts.get(at).zip(self.starts.get(at + 1));
        range.and_then(|(start, end)| self.items.get(*start as usize..*end as usize)).unwrap_or_default()
    }
}
