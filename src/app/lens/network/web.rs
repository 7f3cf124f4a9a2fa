//! What stands around an entity: its neighbours by direction and date, and theirs, each relation once.
//!
//! Must be the same whenever it is asked for, and must not depend on what is selected: nothing moves while one walks.

use std::cmp::Reverse;
use std::collections::VecDeque;

use hashbrown::{HashMap, HashSet};

use crate::app::filter::Shown;
use crate::app::lens::{Scope, Sight};
use crate::knowledge::{EntityIx, RelationIx};

/// Relations beyond the first step that are shown at most: a web of thousands shows nothing.
const MOST: usize = 400;

/// A side of the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What acts upon the middle.
    Left,
    /// What the middle acts upon.
    Right,
}

/// A row of a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twig {
    /// The name of a neighbour; its relations follow.
    Name {
        /// The neighbour.
        entity: EntityIx,
        /// Steps from the middle, from 1.
        depth: u8,
        /// It acts upon what is nearer to the middle.
        acts: bool,
    },
    /// A relation with the neighbour above.
    Edge {
        /// The relation.
        relation: RelationIx,
        /// The neighbour.
        outer: EntityIx,
        /// Steps from the middle, from 1.
        depth: u8,
    },
    /// Nothing: it sets neighbours apart.
    Blank,
}

/// What stands around an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Web {
    /// The entity.
    pub middle: EntityIx,
    /// The rows on the left and on the right, from top to bottom.
    pub sides: [Vec<Twig>; 2],
}

impl Web {
    /// The rows of a side.
    pub fn side(&self, side: Side) -> &[Twig] {
        &self.sides[side as usize]
    }

    /// All relations with their outer ends: those on the right, then those on the left.
    pub fn edges(&self) -> impl Iterator<Item = (RelationIx, EntityIx)> {
        [Side::Right, Side::Left].into_iter().flat_map(|side| self.side(side)).filter_map(|twig| match twig {
            Twig::Edge { relation, outer, .. } => Some((*relation, *outer)),
            Twig::Name { .. } | Twig::Blank => None,
        })
    }

    /// Whether a relation is seen.
    pub fn has(&self, relation: RelationIx) -> bool {
        self.edges().any(|(edge, _)| edge == relation)
    }
}

/// A neighbour, and the relations with it in one direction.
#[derive(Debug)]
struct Branch {
    entity: EntityIx,
    acts: bool,
    edges: Vec<RelationIx>,
    /// The branches beyond it.
    beyond: Vec<Branch>,
}

/// Whether a relation is in scope and not hidden. An entity is seen with all that is related to it, however far.
pub(super) fn is_seen(sight: Sight<'_>, ix: RelationIx) -> bool {
    let statement = sight.knowledge.relation(ix).statement;
    let in_scope = match sight.scope {
        Scope::Topic(_) => sight.scope.holds(sight.knowledge, statement),
        Scope::Entity(_) => true,
    };
    in_scope && sight.shown(statement) != Shown::Hidden
}

/// Whether anything in scope is related to an entity.
pub(super) fn is_related(sight: Sight<'_>, entity: EntityIx) -> bool {
    sight.knowledge.mentions.relations(entity).iter().any(|ix| is_seen(sight, *ix))
}

/// The relations of a topic, in the order of the file.
pub(super) fn in_topic(sight: Sight<'_>) -> impl Iterator<Item = RelationIx> {
    (0..sight.knowledge.relations.len()).map(RelationIx::new).filter(move |ix| is_seen(sight, *ix))
}

/// The entity of the scope with the most relations, the first of them if there are several.
pub(super) fn most_related(sight: Sight<'_>) -> Option<EntityIx> {
    let mut counts = vec![0_u32; sight.knowledge.entities.len()];
    for ix in in_topic(sight) {
        let relation = sight.knowledge.relation(ix);
        for end in [relation.from, relation.to] {
            counts[end.at()] += 1;
        }
    }
    let (at, count) = counts.into_iter().enumerate().max_by_key(|(at, count)| (*count, Reverse(*at)))?;
    (count > 0).then_some(EntityIx::new(at))
}

/// The relations of a topic that are not in a web.
pub(super) fn unseen(sight: Sight<'_>, web: &Web) -> Vec<RelationIx> {
    if matches!(sight.scope, Scope::Entity(_)) {
        return Vec::new();
    }
    let seen: HashSet<RelationIx> = web.edges().map(|(edge, _)| edge).collect();
    in_topic(sight).filter(|ix| !seen.contains(ix)).collect()
}

/// Steps from the middle to the outer end of a relation; those beyond two count as three.
pub(super) fn steps(sight: Sight<'_>, middle: EntityIx, ix: RelationIx) -> u8 {
    let relation = sight.knowledge.relation(ix);
    if relation.from == middle || relation.to == middle {
        return 1;
    }
    let beside = |entity: EntityIx| {
        let (a, b) = (sight.knowledge.mentions.relations(entity), sight.knowledge.mentions.relations(middle));
        let (list, other) = if a.len() < b.len() { (a, middle) } else { (b, entity) };
        list.iter().any(|ix| {
            let relation = sight.knowledge.relation(*ix);
            (relation.from == other || relation.to == other) && is_seen(sight, *ix)
        })
    };
    if beside(relation.from) || beside(relation.to) { 2 } else { 3 }
}

/// What stands around `middle` within `depth` steps.
pub(super) fn web(sight: Sight<'_>, middle: EntityIx, depth: u8) -> Web {
    let mut used = HashSet::new();
    let mut first = branches(sight, middle, &mut used);
    grow(sight, middle, &mut first, depth, &mut used);
    let mut sides = [Vec::new(), Vec::new()];
    for branch in &first {
        write(branch, 1, &mut sides[usize::from(!branch.acts)]);
    }
    Web { middle, sides }
}

/// The neighbours of an entity by their first date, with the relations that were not used yet.
fn branches(sight: Sight<'_>, own: EntityIx, used: &mut HashSet<RelationIx>) -> Vec<Branch> {
    let day = |ix: RelationIx| {
        let first = sight.knowledge.relation(ix).when.and_then(|when| when.first_day().or(when.last_day()));
        (first.unwrap_or(i32::MAX), ix)
    };
    let all = sight.knowledge.mentions.relations(own).iter().copied();
    let mut edges: Vec<RelationIx> = all.filter(|ix| !used.contains(ix) && is_seen(sight, *ix)).collect();
    edges.sort_by_key(|ix| day(*ix));
    let mut branches: Vec<Branch> = Vec::new();
    let mut known: HashMap<(EntityIx, bool), usize> = HashMap::new();
    for ix in edges {
        used.insert(ix);
        let relation = sight.knowledge.relation(ix);
        let acts = relation.from != own;
        let entity = if acts { relation.from } else { relation.to };
        let at = *known.entry((entity, acts)).or_insert_with(|| {
            branches.push(Branch { entity, acts, edges: Vec::new(), beyond: Vec::new() });
            branches.len() - 1
        });
        branches[at].edges.push(ix);
    }
    branches
}

/// Lets branches grow step by step, so that each entity stands as near to the middle as it can.
fn grow(sight: Sight<'_>, middle: EntityIx, first: &mut [Branch], depth: u8, used: &mut HashSet<RelationIx>) {
    let mut grown: HashSet<EntityIx> = HashSet::from_iter([middle]);
    let mut room = MOST;
    let mut step: VecDeque<&mut Branch> = first.iter_mut().collect();
    for _ in 1..depth {
        let mut next = VecDeque::new();
        for branch in step {
            if room == 0 || !grown.insert(branch.entity) {
                continue;
            }
            branch.beyond = branches(sight, branch.entity, used);
            room = room.saturating_sub(branch.beyond.len());
            next.extend(&mut branch.beyond);
        }
        step = next;
    }
}

/// A branch as rows.
fn write(branch: &Branch, depth: u8, rows: &mut Vec<Twig>) {
    let entity = branch.entity;
    rows.push(Twig::Name { entity, depth, acts: branch.acts });
    rows.extend(branch.edges.iter().map(|relation| Twig::Edge { relation: *relation, outer: entity, depth }));
    for further in &branch.beyond {
        write(further, depth + 1, rows);
    }
}
