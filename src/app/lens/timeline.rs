//! The timeline: what has a date, in the order of time.

use super::{Optic, Row, Sight, Subject};
use crate::app::document::{Ink, Line, Role, Run};
use crate::app::filter::Shown;

/// Where one looks in time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Timeline;

impl Optic for Timeline {
    fn rows(&self, sight: Sight<'_>) -> Vec<Row> {
        let knowledge = sight.knowledge;
        let seen = sight.scope.statements(knowledge).filter(|ix| sight.shown(*ix) != Shown::Hidden);
        let mut dated: Vec<_> = seen.filter_map(|ix| Some((knowledge.statement(ix).when?, ix))).collect();
        dated.sort_by_key(|(when, ix)| (when.first_day(), *ix));
        dated.into_iter().map(|(_, ix)| Row::Mark(Subject::Statement(ix))).collect()
    }

    fn write(&self, sight: Sight<'_>, row: Row) -> Line {
        let Row::Mark(Subject::Statement(ix)) = row else { return Line::new() };
        let statement = sight.knowledge.statement(ix);
        let when = statement.when.map_or_else(String::new, |when| format!("{}  ", when.words()));
        vec![Run::new(when, Ink::of(Role::Muted)), Run::new(&*statement.text.plain, Ink::of(Role::Body))]
    }

    fn left_out(&self, sight: Sight<'_>) -> String {
        let undated = |ix: &_| sight.knowledge.statement(*ix).when.is_none();
        let count = sight.scope.statements(sight.knowledge).filter(undated).count();
        super::count(count, "statement has no date", "statements have no date")
    }
}
