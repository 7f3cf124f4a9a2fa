//! Ids to items and back, and where each entity is mentioned. Built once, when a file is loaded.

use std::collections::HashMap;

use super::{EntityIx, EntryIx, Item, Knowledge, MarkKind, RelationIx, StatementIx};
use crate::knowledge::Address;

/// The flat space of ids.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    items: HashMap<Box<str>, Item>,
    names: HashMap<Item, Box<str>>,
}

impl Ids {
    /// Takes `id` for `item`. The item that had the id before keeps it and is returned.
    pub fn claim(&mut self, id: &str, item: Item) -> Option<Item> {
        self.names.entry(item).or_insert_with(|| id.into());
        if let Some(first) = self.items.get(id) {
            return Some(*first);
        }
        self.items.insert(id.into(), item);
        None
    }

    /// What `id` names.
    pub fn get(&self, id: &str) -> Option<Item> {
        self.items.get(id).copied()
    }

    /// The id of `item`; empty for an item of another file.
    pub fn name(&self, item: Item) -> &str {
        self.names.get(&item).map_or("", |id| id)
    }

    /// The known id nearest to `wrong`, if any is near enough to be meant.
    ///
    /// Near is a Damerau–Levenshtein distance of at most a third of the longer id, letters' case aside; ties go to
    /// the id that sorts first, so that the same file always gives the same advice.
    pub fn nearest(&self, wrong: &str) -> Option<&str> {
        let folded = wrong.to_lowercase();
        self.items
            .keys()
            .filter_map(|id| {
                let distance = strsim::damerau_levenshtein(&folded, &id.to_lowercase());
                (distance * 3 <= id.chars().count().max(folded.chars().count())).then_some((distance, &**id))
            })
            .min()
            .map(|(_, id)| id)
    }
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
            let linked = statement.text.marks.iter().filter_map(|mark| match mark.kind {
                MarkKind::Link(Address::Entity(entity)) => Some(entity),
                _ => None,
            });
            let parties = statement.standing.by().iter().chain(statement.standing.denied_by()).copied();
            for entity in linked.chain(parties) {
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
