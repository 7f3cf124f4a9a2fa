//! Takes what is wrong while reading goes on: the faults in the order of the file, and what was given up for each.
//!
//! Must never be asked about a file that could be read: then it is empty.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::super::fault::{Fault, Sort};
use super::brackets::contents;
use super::lexer::{Kind, Tokens};

/// Mistakes of notation that are told at most: nobody mends more of them before the next look.
const MOST: usize = 100;

/// What keeps a file from being read.
#[derive(Debug, Default)]
pub(in crate::load) struct Sink {
    /// What is wrong, in the order of the file.
    pub(in crate::load) faults: Vec<Fault>,
    /// Whether the rest of the file was not looked at: nothing behind the last fault could be told apart.
    pub(in crate::load) is_over: bool,
    /// What structures do not have, or not all of, because it could not be read: by their brackets, the fields. `None`
    /// is one whose name was not understood, so that it may have been any.
    lost: BTreeMap<usize, Vec<Option<&'static str>>>,
    /// The ids that were given in what was given up.
    ids: HashSet<String>,
}

/// What was given up in a file, as far as it may be missed.
#[derive(Debug)]
pub(in crate::load) struct GivenUp<'s> {
    source: &'s str,
    lost: Vec<Lost>,
    ids: HashSet<String>,
}

/// What a structure lost.
#[derive(Debug)]
struct Lost {
    /// The structure, from bracket to bracket.
    structure: Range<usize>,
    /// The brackets directly within it: what is wrong in them is another structure's.
    inner: Vec<Range<usize>>,
    fields: Vec<Option<&'static str>>,
}

impl Sink {
    /// Adds `fault`. Of too many the first are kept, and one more says that there may be others.
    pub(super) fn push(&mut self, fault: Fault) {
        let end = fault.at.as_ref().map_or(0, |at| at.end);
        self.faults.push(fault);
        if self.faults.len() > MOST && !self.is_over {
            self.is_over = true;
            let what = "more may be wrong behind this place, which was not looked at";
            let remedy = "mend what is told first, and check the file again";
            self.faults.push(Fault::at(end..end, what, remedy));
        }
    }

    /// Adds what is wrong with the next part of the file, unless reading has ended before it.
    pub(in crate::load) fn join(&mut self, part: Self) {
        for fault in part.faults {
            if !self.is_over {
                self.push(fault);
            }
        }
        self.is_over |= part.is_over;
        for (open, fields) in part.lost {
            self.lost.entry(open).or_default().extend(fields);
        }
        self.ids.extend(part.ids);
    }

    /// These `faults` instead, if there are any: nothing else in the file is to be judged then.
    pub(in crate::load) fn unless(self, faults: Vec<Fault>) -> Self {
        if faults.is_empty() { self } else { Self { faults, is_over: true, ..Self::default() } }
    }

    /// Notes that the bytes `cut` of `source` are given up, and with them `field` of the structure whose bracket
    /// stands at `open`.
    pub(super) fn note(
        &mut self,
        source: &str,
        cut: Range<usize>,
        (open, field): (usize, Option<&'static str>),
    ) {
        let text = source.get(cut).unwrap_or_default();
        let tokens = || Tokens::new(text, 0);
        for (at, ((name, colon), value)) in tokens().zip(tokens().skip(1)).zip(tokens().skip(2)).enumerate() {
            // `idd: "treaty"` gives an id as well: a field of a name that is unknown may have been any.
            let is_id = at == 0 && field.is_none() || text.get(name.at) == Some("id");
            let within = value.at.start + 1..value.at.end.saturating_sub(1);
            if let (true, Kind::Sign(':'), Kind::Text(_)) = (is_id, colon.kind, value.kind) {
                self.ids.extend(text.get(within).map(str::to_owned));
            }
        }
        self.lost.entry(open).or_default().push(field);
    }

    /// What was given up in `source`, which is the text of the file.
    pub(in crate::load) fn given_up(self, source: &str) -> GivenUp<'_> {
        let lost = |(open, fields)| {
            let (structure, inner) = contents(source, open);
            Lost { structure, inner, fields }
        };
        GivenUp { source, lost: self.lost.into_iter().map(lost).collect(), ids: self.ids }
    }
}

impl GivenUp<'_> {
    /// Whether what `fault` says is so only because something was given up.
    pub(in crate::load) fn explains(&self, fault: &Fault) -> bool {
        let Some(at) = &fault.at else { return false };
        if let Sort::Lacking(field) = fault.sort {
            let may_have =
                |lost: &&Lost| lost.fields.iter().any(|lost| lost.is_none_or(|lost| lost == field));
            return self.lost.iter().filter(may_have).any(|lost| lost.is_in(at));
        }
        // An id that was given in what was given up, or an address with one in it, but no address of the web.
        let written = self.source.get(at.clone()).unwrap_or_default();
        let is_unknown = matches!(fault.sort, Sort::Unknown(..));
        let is_reference = is_unknown || written.contains(['/', '#']) && !written.contains(':');
        is_reference && written.split(['/', '#']).any(|id| self.ids.contains(id))
    }
}

impl Lost {
    /// Whether the structure that lost something says of itself what is told at `at`.
    fn is_in(&self, at: &Range<usize>) -> bool {
        let within = |range: &Range<usize>| range.contains(&at.start);
        at.contains(&self.structure.start) || within(&self.structure) && !self.inner.iter().any(within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_is_lost_to_one_structure_only() {
        let source = "K(a: [T(b: 1)], c: x)";
        let at = |text: &str| source.find(text).map(|at| at..at + text.len()).expect("it is there");
        let mut sink = Sink::default();
        sink.note(source, at("c: x"), (1, Some("c")));
        let given_up = sink.given_up(source);
        let lacks = |text, field| given_up.explains(&Fault::at(at(text), "", "").lacking(field));
        assert!(lacks("a", "c") && lacks("c", "c") && lacks("K(a", "c"));
        assert!(!lacks("b", "c") && !lacks("K", "c") && !lacks("a", "d"));
    }
}
