//! Evidence: how well what is said stands.

use super::{Optic, Row, Sight, Subject};
use crate::app::document::{Ink, Line, Role, Run};
use crate::knowledge::StandingKind;

/// Where one looks in the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence;

impl Optic for Evidence {
    fn rows(&self, sight: Sight<'_>) -> Vec<Row> {
        let mut rows = Vec::new();
        for (at, kind) in StandingKind::ALL.into_iter().enumerate() {
            rows.push(Row::Heading(at));
            let of_kind = |ix: &_| sight.knowledge.statement(*ix).standing.kind() == kind;
            let statements = sight.scope.statements(sight.knowledge).filter(of_kind);
            rows.extend(statements.map(|ix| Row::Mark(Subject::Statement(ix))));
        }
        rows
    }

    fn write(&self, sight: Sight<'_>, row: Row) -> Line {
        match row {
            Row::Heading(at) => {
                let kind = StandingKind::ALL.get(at).map_or("", |kind| kind.word());
                vec![Run::new(kind, Ink::of(Role::Heading))]
            }
            Row::Mark(Subject::Statement(ix)) => {
                vec![Run::new(&*sight.knowledge.statement(ix).text.plain, Ink::of(Role::Body))]
            }
            Row::Mark(_) => Line::new(),
        }
    }

    fn left_out(&self, _sight: Sight<'_>) -> String {
        String::new()
    }
}
