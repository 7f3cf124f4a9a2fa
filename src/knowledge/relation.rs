//! Who has to do with whom: dated edges between entities, and the sentences that they make.
//!
//! Must never say more than the statement that a relation rests on.

use std::borrow::Cow;

use super::{Date, EntityIx, Knowledge, StatementIx};

/// A dated, kinded edge from one entity to another, resting on a statement. Reads "FROM kind TO".
#[derive(Debug, Clone)]
pub struct Relation {
    /// Who or what acts.
    pub from: EntityIx,
    /// Whom or what it concerns.
    pub to: EntityIx,
    /// A short verb phrase: "armed and trained".
    pub kind: Box<str>,
    /// When it held.
    pub when: Option<Date>,
    /// The statement that says so.
    pub statement: StatementIx,
}

impl Relation {
    /// Who, does what, to whom: three parts that make one sentence, the first with a capital letter.
    pub fn sentence<'k>(&'k self, knowledge: &'k Knowledge) -> (Cow<'k, str>, &'k str, &'k str) {
        let from = knowledge.entity(self.from).in_text();
        let mut letters = from.chars();
        let first = letters.next().filter(|letter| letter.is_lowercase());
        let from = first.map_or(Cow::Borrowed(from), |first| first.to_uppercase().chain(letters).collect());
        (from, &self.kind, knowledge.entity(self.to).in_text())
    }
}
