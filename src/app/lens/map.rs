//! The map: the places in scope, by name and by where they are.

use super::{Optic, Row, Sight, Subject};
use crate::app::document::{Ink, Line, Role, Run};
use crate::knowledge::EntityIx;

/// Where one looks on the map.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Map;

/// The entities of a scope, in the order of their first mention.
pub(super) fn entities(sight: Sight<'_>) -> Vec<EntityIx> {
    let mut seen = vec![false; sight.knowledge.entities.len()];
    let statements = sight.scope.statements(sight.knowledge);
    let named = statements.flat_map(|statement| sight.knowledge.statement(statement).named());
    named.filter(|entity| !std::mem::replace(&mut seen[entity.at()], true)).collect()
}

impl Optic for Map {
    fn rows(&self, sight: Sight<'_>) -> Vec<Row> {
        let placed = |entity: &EntityIx| sight.knowledge.entity(*entity).at.is_some();
        entities(sight).into_iter().filter(placed).map(|entity| Row::Mark(Subject::Entity(entity))).collect()
    }

    fn write(&self, sight: Sight<'_>, row: Row) -> Line {
        let Row::Mark(Subject::Entity(entity)) = row else { return Line::new() };
        let entity = sight.knowledge.entity(entity);
        let place = entity
            .at
            .map_or_else(String::new, |(latitude, longitude)| format!("  {latitude:.1}, {longitude:.1}"));
        vec![Run::new(&*entity.name, Ink::of(Role::Body)), Run::new(place, Ink::of(Role::Muted))]
    }

    fn left_out(&self, sight: Sight<'_>) -> String {
        let nowhere = entities(sight).iter().filter(|ix| sight.knowledge.entity(**ix).at.is_none()).count();
        super::count(nowhere, "name has no place", "names have no place")
    }

    fn is_readable(&self, _sight: Sight<'_>) -> bool {
        false
    }
}
