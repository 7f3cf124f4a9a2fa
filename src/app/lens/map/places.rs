//! Which places a scope has, and which statements name them.
//!
//! Must stay quick over a hundred thousand entries: statements are counted in the lists of mentions, not read.

use crate::app::filter::Shown;
use crate::app::lens::{Scope, Sight};
use crate::geom::mercator::Point;
use crate::knowledge::{EntityIx, Knowledge, RelationIx, StatementIx, TopicIx};

/// A place of the scope.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spread {
    /// The entity.
    pub(crate) entity: EntityIx,
    /// Where it is.
    pub(crate) point: Point,
    /// How many statements in scope name it.
    pub(crate) count: usize,
}

/// The places in scope, those that most statements name first.
pub(crate) fn spread(sight: Sight<'_>) -> Vec<Spread> {
    let knowledge = sight.knowledge;
    let counts = match sight.scope {
        Scope::Topic(topic) => of_topic(sight, topic),
        Scope::Entity(entity) => of_entity(sight, entity),
    };
    let placed = counts.into_iter().filter_map(|(entity, count)| {
        let (latitude, longitude) = knowledge.entity(entity).at?;
        Some(Spread { entity, point: Point::at(latitude, longitude), count })
    });
    let mut all: Vec<Spread> = placed.collect();
    all.sort_by_key(|one| (std::cmp::Reverse(one.count), one.entity));
    all
}

fn placed(knowledge: &Knowledge) -> impl Iterator<Item = EntityIx> {
    let all = knowledge.entities.iter().enumerate();
    all.filter(|(_, entity)| entity.at.is_some()).map(|(at, _)| EntityIx::new(at))
}

/// The statements of a topic: one range, for they stand in reading order.
fn range(knowledge: &Knowledge, topic: TopicIx) -> std::ops::Range<u32> {
    let entries = &knowledge.topic(topic).entries;
    if entries.is_empty() {
        return 0..0;
    }
    let statements =
        |at: u32| knowledge.entries.get(at as usize).map_or(0..0, |entry| entry.statements.clone());
    statements(entries.start).start..statements(entries.end - 1).end
}

/// The mentions of an entity in a topic.
fn mentions(knowledge: &Knowledge, entity: EntityIx, topic: TopicIx) -> &[StatementIx] {
    let range = range(knowledge, topic);
    let all = knowledge.mentions.statements(entity);
    let from = all.partition_point(|ix| ix.0 < range.start);
    let to = all.partition_point(|ix| ix.0 < range.end);
    all.get(from..to).unwrap_or_default()
}

fn count(sight: Sight<'_>, statements: &[StatementIx]) -> usize {
    if !sight.filter.is_on() {
        return statements.len();
    }
    statements.iter().filter(|ix| sight.shown(**ix) != Shown::Hidden).count()
}

fn of_topic(sight: Sight<'_>, topic: TopicIx) -> Vec<(EntityIx, usize)> {
    let all = placed(sight.knowledge)
        .map(|entity| (entity, count(sight, mentions(sight.knowledge, entity, topic))));
    let mut found: Vec<(EntityIx, usize)> = all.filter(|(_, count)| *count > 0).collect();
    add_ends(sight, &mut found);
    found
}

fn of_entity(sight: Sight<'_>, own: EntityIx) -> Vec<(EntityIx, usize)> {
    let knowledge = sight.knowledge;
    let mut counts = vec![0; knowledge.entities.len()];
    let mut last = vec![None; knowledge.entities.len()];
    for ix in knowledge.mentions.statements(own).iter().filter(|ix| sight.shown(**ix) != Shown::Hidden) {
        for entity in knowledge.statement(*ix).named() {
            if last[entity.at()].replace(*ix) != Some(*ix) {
                counts[entity.at()] += 1;
            }
        }
    }
    let all = placed(knowledge).map(|entity| (entity, counts[entity.at()]));
    let mut found: Vec<(EntityIx, usize)> =
        all.filter(|(entity, count)| *count > 0 || *entity == own).collect();
    add_ends(sight, &mut found);
    found
}

/// Adds the ends of relations that no statement in scope links to: they are in scope all the same.
fn add_ends(sight: Sight<'_>, found: &mut Vec<(EntityIx, usize)>) {
    let mut known = vec![false; sight.knowledge.entities.len()];
    for (entity, _) in found.iter() {
        known[entity.at()] = true;
    }
    for (from, to) in relations(sight) {
        for end in [from, to] {
            if !std::mem::replace(&mut known[end.at()], true) {
                found.push((end, 0));
            }
        }
    }
}

/// The relations in scope between two places, by their ends.
pub(super) fn relations(sight: Sight<'_>) -> Vec<(EntityIx, EntityIx)> {
    let knowledge = sight.knowledge;
    let holds = |relation: &crate::knowledge::Relation| match sight.scope {
        Scope::Topic(topic) => range(knowledge, topic).contains(&relation.statement.0),
        Scope::Entity(own) => relation.from == own || relation.to == own,
    };
    let between = |relation: &crate::knowledge::Relation| {
        let has = |entity: EntityIx| knowledge.entity(entity).at.is_some();
        let seen = sight.shown(relation.statement) != Shown::Hidden;
        (seen && relation.from != relation.to && has(relation.from) && has(relation.to) && holds(relation))
            .then_some((relation.from, relation.to))
    };
    match sight.scope {
        Scope::Topic(_) => knowledge.relations.iter().filter_map(between).collect(),
        Scope::Entity(own) => {
            let all = knowledge.mentions.relations(own).iter();
            all.filter_map(|ix: &RelationIx| between(knowledge.relation(*ix))).collect()
        }
    }
}

/// What happened at a place: the statements in scope that name it, in reading order.
pub(super) fn statements(sight: Sight<'_>, place: EntityIx) -> impl Iterator<Item = StatementIx> {
    let knowledge = sight.knowledge;
    let (all, other): (&[StatementIx], &[StatementIx]) = match sight.scope {
        Scope::Topic(topic) => (mentions(knowledge, place, topic), &[]),
        Scope::Entity(own) if own == place => (knowledge.mentions.statements(place), &[]),
        Scope::Entity(own) => {
            // Both lists are in order: the shorter one is walked, the longer one looked up.
            let (a, b) = (knowledge.mentions.statements(own), knowledge.mentions.statements(place));
            if a.len() < b.len() { (a, b) } else { (b, a) }
        }
    };
    let both = matches!(sight.scope, Scope::Entity(own) if own != place);
    let named = move |ix: &StatementIx| !both || other.binary_search(ix).is_ok();
    all.iter().copied().filter(named).filter(move |ix| sight.shown(*ix) != Shown::Hidden)
}

/// How many statements in scope name no place.
pub(super) fn without_place(sight: Sight<'_>) -> usize {
    let knowledge = sight.knowledge;
    match sight.scope {
        Scope::Topic(topic) => {
            let range = range(knowledge, topic);
            let mut named = vec![false; range.len()];
            for entity in placed(knowledge) {
                for ix in mentions(knowledge, entity, topic) {
                    named[(ix.0 - range.start) as usize] = true;
                }
            }
            named.iter().filter(|named| !**named).count()
        }
        Scope::Entity(own) => {
            let has_place = |ix: &&StatementIx| {
                knowledge.statement(**ix).named().any(|entity| knowledge.entity(entity).at.is_some())
            };
            knowledge.mentions.statements(own).iter().filter(|ix| !has_place(ix)).count()
        }
    }
}
