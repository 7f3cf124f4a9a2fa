//! The network: who is related to whom, how and when.

use super::{Optic, Row, Scope, Sight, Subject};
use crate::app::document::{Ink, Line, Role, Run};
use crate::knowledge::RelationIx;

/// Where one looks in the network.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Network;

/// The relations of a scope, in the order of the file.
fn relations(sight: Sight<'_>) -> Vec<RelationIx> {
    match sight.scope {
        Scope::Entity(entity) => sight.knowledge.mentions.relations(entity).to_vec(),
        Scope::Topic(_) => (0..sight.knowledge.relations.len())
            .map(RelationIx::new)
            .filter(|ix| sight.scope.holds(sight.knowledge, sight.knowledge.relation(*ix).statement))
            .collect(),
    }
}

impl Optic for Network {
    fn rows(&self, sight: Sight<'_>) -> Vec<Row> {
        relations(sight).into_iter().map(|ix| Row::Mark(Subject::Relation(ix))).collect()
    }

    fn write(&self, sight: Sight<'_>, row: Row) -> Line {
        let Row::Mark(Subject::Relation(ix)) = row else { return Line::new() };
        let relation = sight.knowledge.relation(ix);
        let name = |entity| Run::new(&*sight.knowledge.entity(entity).name, Ink::of(Role::Strong));
        let kind = Run::new(format!(" {} ", relation.kind), Ink::of(Role::Body));
        let when = relation.when.map_or_else(String::new, |when| format!("  {}", when.words()));
        vec![name(relation.from), kind, name(relation.to), Run::new(when, Ink::of(Role::Muted))]
    }

    fn left_out(&self, sight: Sight<'_>) -> String {
        let hidden = sight.knowledge.relations.len() - relations(sight).len();
        super::count(hidden, "relation rests on another topic", "relations rest on other topics")
    }

    fn is_readable(&self, _sight: Sight<'_>) -> bool {
        false
    }
}
