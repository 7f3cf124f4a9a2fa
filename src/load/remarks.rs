//! Places for what is found out about a file after it was read: a name that nothing mentions, a step that does not fit.
//!
//! Ids stand in the source as they are, so they can be looked for there. Must never be asked about a file that makes no
//! sense.

use std::collections::HashMap;
use std::ops::Range;

use super::fault::Fault;
use super::faults::Faults;
use super::syntax::{Kind, Tokens};
use super::unreadable::without_mark;
use crate::knowledge::{Ids, Problem};

/// Remarks on one source, by the ids of what they are about.
#[derive(Debug)]
pub struct Remarks<'s> {
    source: &'s str,
    faults: Faults<'s>,
    /// Where each id is given, without its quotes.
    ids: HashMap<&'s str, Range<usize>>,
}

impl<'s> Remarks<'s> {
    /// No remarks yet on the file whose text is `source`; empty for the file that the program carries.
    pub fn new(source: &'s str) -> Self {
        let source = without_mark(source).0;
        let tokens: Vec<_> = Tokens::new(source, 0).collect();
        let mut ids = HashMap::new();
        for three in tokens.windows(3) {
            let [name, colon, value] = three else { continue };
            let is_id = source.get(name.at.clone()) == Some("id") && colon.kind == Kind::Sign(':');
            let within = value.at.start + 1..value.at.end.saturating_sub(1);
            if let (true, Kind::Text(_), Some(id)) = (is_id, value.kind, source.get(within.clone())) {
                ids.entry(id).or_insert(within);
            }
        }
        Self { source, faults: Faults::new(source), ids }
    }

    /// A remark on what has this id.
    pub fn on(&mut self, id: &str, what: &str, remedy: &str) {
        let at = self.ids.get(id).cloned();
        self.push(at, what, remedy);
    }

    /// A remark on the step `at`, from 0, of the tour that has this id.
    pub fn on_step(&mut self, tour: &str, at: usize, what: &str, remedy: &str) {
        let from = self.ids.get(tour).map(|id| id.end + 1);
        let is_step = |place: &Range<usize>| self.source.get(place.clone()) == Some("Step");
        let place = from
            .and_then(|from| Tokens::new(self.source, from).map(|token| token.at).filter(is_step).nth(at));
        self.push(place, what, remedy);
    }

    fn push(&mut self, at: Option<Range<usize>>, what: &str, remedy: &str) {
        self.faults.push(Fault { at, ..Fault::at(0..0, what, remedy) });
    }

    /// All remarks, in the order of the file, which is called `file`.
    pub fn into_problems(self, file: &str) -> Vec<Problem> {
        self.faults.into_problems(file, &Ids::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_steps_are_found_where_they_stand() {
        let source =
            "// id: \"a\"\nT(id: \"a\", id : \"b\"),\nT(id: \"t\", steps: [Step(x: 1), // Step\n Step()])";
        let mut remarks = Remarks::new(source);
        remarks.on("a", "one", "");
        remarks.on("b", "two", "");
        remarks.on_step("t", 1, "three", "");
        remarks.on("nobody", "four", "");
        let found: Vec<_> = remarks
            .into_problems("f")
            .into_iter()
            .map(|problem| {
                (problem.what, problem.place.map(|place| (place.line, place.column, place.length)))
            })
            .collect();
        let expected =
            [("four", None), ("one", Some((2, 8, 1))), ("two", Some((2, 18, 1))), ("three", Some((4, 2, 4)))];
        assert_eq!(found, expected.map(|(what, place)| (what.to_owned(), place)));
    }
}
