//! Which places the statements of a topic name, and those about an entity. Counted when it is first asked for.
//!
//! Must stay quick over a hundred thousand entries: what is counted once is not read again, whatever the filter.

use std::ops::Range;
use std::sync::OnceLock;

use super::{Counts, EntityIx, Knowledge, StatementIx, TopicIx};

/// The places that some statements name.
#[derive(Debug, Default)]
pub struct Places {
    /// Each place that is named, and how many statements of each standing name it, in the order of the file.
    pub named: Vec<(EntityIx, Counts)>,
    /// How many statements name no place.
    pub nowhere: usize,
}

/// The places of each topic, and of each entity that was asked for.
#[derive(Debug, Default)]
pub struct Gazetteer {
    topics: OnceLock<Vec<OnceLock<Places>>>,
    entities: OnceLock<Vec<OnceLock<Places>>>,
}

impl Clone for Gazetteer {
    /// A copy counts anew: what it is about may be changed before it is asked.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Knowledge {
    /// The statements of a topic: one range, for they stand in reading order.
    pub fn statements_in(&self, topic: TopicIx) -> Range<u32> {
        let mut entries = self.entries_of(topic);
        let Some(first) = entries.next() else { return 0..0 };
        let last = entries.next_back().unwrap_or(first);
        self.entry(first).statements.start..self.entry(last).statements.end
    }

    /// The mentions of an entity in a topic, in reading order.
    pub fn mentions_in(&self, entity: EntityIx, topic: TopicIx) -> &[StatementIx] {
        let range = self.statements_in(topic);
        let all = self.mentions.statements(entity);
        let from = all.partition_point(|ix| ix.0 < range.start);
        let to = all.partition_point(|ix| ix.0 < range.end);
        all.get(from..to).unwrap_or_default()
    }

    /// The places that the statements of a topic name.
    pub fn places_of_topic(&self, topic: TopicIx) -> &Places {
        let all = self.gazetteer.topics.get_or_init(|| self.topics.iter().map(|_| OnceLock::new()).collect());
        all[topic.at()].get_or_init(|| {
            let range = self.statements_in(topic);
            let mut has_place = vec![false; range.len()];
            let mut named = Vec::new();
            for place in self.placed() {
                let mut counts = Counts::default();
                for ix in self.mentions_in(place, topic) {
                    counts[self.statement(*ix).standing.kind() as usize] += 1;
                    has_place[(ix.0 - range.start) as usize] = true;
                }
                if counts != Counts::default() {
                    named.push((place, counts));
                }
            }
            Places { named, nowhere: has_place.into_iter().filter(|has| !has).count() }
        })
    }

    /// The places that are named together with an entity, itself among them.
    pub fn places_of_entity(&self, own: EntityIx) -> &Places {
        let all =
            self.gazetteer.entities.get_or_init(|| self.entities.iter().map(|_| OnceLock::new()).collect());
        all[own.at()].get_or_init(|| {
            let mut counts = vec![Counts::default(); self.entities.len()];
            // The number after that of the last statement that named an entity: within one, each counts once.
            let mut last = vec![0; self.entities.len()];
            let mut nowhere = 0;
            for ix in self.mentions.statements(own) {
                let statement = self.statement(*ix);
                let mut has_place = false;
                for entity in statement.named().filter(|entity| self.entity(*entity).at.is_some()) {
                    has_place = true;
                    if std::mem::replace(&mut last[entity.at()], ix.0 + 1) != ix.0 + 1 {
                        counts[entity.at()][statement.standing.kind() as usize] += 1;
                    }
                }
                nowhere += usize::from(!has_place);
            }
            let named = self.placed().map(|place| (place, counts[place.at()]));
            Places { named: named.filter(|(_, counts)| *counts != Counts::default()).collect(), nowhere }
        })
    }

    fn placed(&self) -> impl Iterator<Item = EntityIx> {
        (0..)
            .map(EntityIx::new)
            .zip(&self.entities)
            .filter(|(_, entity)| entity.at.is_some())
            .map(|(ix, _)| ix)
    }
}
