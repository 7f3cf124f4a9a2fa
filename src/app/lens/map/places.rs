//! Which places a scope has, and which statements name them.
//!
//! Must stay quick over a hundred thousand entries: statements are not read, their counts are.

use crate::app::filter::Shown;
use crate::app::lens::{Scope, Sight};
use crate::geom::mercator::Point;
use crate::knowledge::{Counts, EntityIx, Places, RelationIx, StandingKind, StatementIx};

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
    let (all, own) = (places(sight), if let Scope::Entity(own) = sight.scope { Some(own) } else { None });
    let named = all.named.iter().map(|(entity, counts)| (*entity, count(sight, counts)));
    let mut counts: Vec<(EntityIx, usize)> =
        named.filter(|(entity, count)| *count > 0 || own == Some(*entity)).collect();
    if let Some(own) = own.filter(|own| all.named.iter().all(|(entity, _)| entity != own)) {
        counts.push((own, 0));
    }
    add_ends(sight, &mut counts);
    let placed = counts.into_iter().filter_map(|(entity, count)| {
        let (latitude, longitude) = knowledge.entity(entity).at?;
        Some(Spread { entity, point: Point::at(latitude, longitude), count })
    });
    let mut all: Vec<Spread> = placed.collect();
    all.sort_by_key(|one| (std::cmp::Reverse(one.count), one.entity));
    all
}

/// The places that statements in scope name, hidden ones among them.
fn places(sight: Sight<'_>) -> &Places {
    match sight.scope {
        Scope::Topic(topic) => sight.knowledge.places_of_topic(topic),
        Scope::Entity(entity) => sight.knowledge.places_of_entity(entity),
    }
}

/// How many statements are not hidden.
fn count(sight: Sight<'_>, counts: &Counts) -> usize {
    let seen = StandingKind::ALL.into_iter().filter(|kind| sight.filter.shown(*kind) != Shown::Hidden);
    seen.map(|kind| counts[kind as usize]).sum()
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
        Scope::Topic(topic) => knowledge.statements_in(topic).contains(&relation.statement.0),
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
    let all = sight.scope.naming(sight.knowledge, place);
    all.filter(move |ix| sight.shown(*ix) != Shown::Hidden)
}

/// How many statements in scope name a place.
pub(super) fn count_at(sight: Sight<'_>, place: EntityIx) -> usize {
    let named = &places(sight).named;
    let at = named.binary_search_by_key(&place, |(entity, _)| *entity).ok();
    at.and_then(|at| named.get(at)).map_or(0, |(_, counts)| count(sight, counts))
}

/// How many statements in scope name no place.
pub(super) fn without_place(sight: Sight<'_>) -> usize {
    places(sight).nowhere
}
