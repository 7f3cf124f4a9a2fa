//! All that is wrong with a file that makes no sense: not only where `ron` stopped, but what comes behind that too.
//!
//! What holds the fault is blanked out in a copy (`gap`), and the copy is read again, until it makes sense. Then even
//! what it means is looked at, but for what is wrong only because something was blanked out. Reading a right file
//! costs nothing of this. Must never give a file away to be shown: what was blanked out would be missing from it.

use std::collections::HashSet;
use std::ops::Range;

use super::faults::{Fault, Faults, Sort};
use super::gap::{Gap, Lost};
use super::tokens::{Kind, Tokens};
use super::{lower, parse};
use crate::knowledge::{Ids, Problem};

/// A file is read again so often at most.
const MOST: usize = 100;
/// Bytes that are read again at most, in all: of a very large file only the first few faults are found at once.
/// They take a few seconds.
const MOST_BYTES: usize = 1 << 28;

/// What a file is to be judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    /// What it means as well.
    Alone,
    /// Its structure only, since it may refer to what stands in other files.
    WithOthers,
}

/// The problems of `source`, which is called `file`: first those that keep it from being read, of which `first` is one,
/// then what else is wrong with it. Both are in the order of the file.
pub(super) fn problems(file: &str, source: &str, first: Fault, judged: Judged) -> Vec<Problem> {
    let (mut senseless, mut meant) = (Faults::new(source), Faults::new(source));
    let mut text = source.to_owned();
    let ids = mend(&mut text, first, judged, (&mut senseless, &mut meant));
    let mut problems = senseless.into_problems(file, &ids);
    problems.extend(meant.into_problems(file, &ids));
    problems
}

/// Blanks out in `text` what makes no sense, and collects what is wrong with it and with the rest. What comes back
/// are the ids that the rest is known to have.
fn mend(
    text: &mut String,
    first: Fault,
    judged: Judged,
    (senseless, meant): (&mut Faults<'_>, &mut Faults<'_>),
) -> Ids {
    let mut gaps = Gaps::default();
    let mut left = (MOST_BYTES / text.len().max(1)).clamp(1, MOST);
    // A file of another format is not judged by the rules of this one.
    let is_other = parse::has_other_format(text);
    let mut next = first;
    loop {
        let may_go_on = !is_other && next.sort != Sort::Last;
        let gap = next.at.as_ref().filter(|_| may_go_on).and_then(|at| Gap::around(text, at.start));
        let place = next.at.clone();
        senseless.push(next);
        let Some(gap) = gap else { return Ids::default() };
        if left == 0 {
            senseless.push(more(place));
            return Ids::default();
        }
        left -= 1;
        gaps.note(text, &gap);
        gap.cut(text);
        next = match parse::whole(text) {
            Err(fault) => fault,
            Ok(file) if judged == Judged::Alone => {
                let (knowledge, faults) = lower::lower(file, Faults::new(text), &|_| {});
                meant.join_copy(faults, |fault| !gaps.explain(text, fault));
                return knowledge.ids;
            }
            Ok(_) => return Ids::default(),
        };
    }
}

/// Says that reading ended at `place`.
fn more(place: Option<Range<usize>>) -> Fault {
    let what = "more may be wrong behind this place, which was not looked at";
    let end = place.map_or(0, |at| at.end);
    Fault::at(end..end, what, "mend what is told first, and check the file again")
}

/// What was blanked out.
#[derive(Debug, Default)]
struct Gaps {
    lost: Vec<Lost>,
    /// The ids that were given in it.
    ids: HashSet<String>,
}

impl Gaps {
    /// Notes what `text` is about to lose.
    fn note(&mut self, text: &str, gap: &Gap) {
        let Some(lost) = &gap.lost else { return };
        let cut = text.get(gap.at.clone()).unwrap_or_default();
        let tokens = || Tokens::new(cut, 0);
        for (at, ((name, colon), value)) in tokens().zip(tokens().skip(1)).zip(tokens().skip(2)).enumerate() {
            // `idd: "treaty"` gives an id as well: a field of a name that is unknown may have been any.
            let is_id = at == 0 && lost.field.is_none() || cut.get(name.at) == Some("id");
            let within = value.at.start + 1..value.at.end.saturating_sub(1);
            if let (true, Kind::Sign(':'), Kind::Text { .. }) = (is_id, colon.kind, value.kind) {
                self.ids.extend(cut.get(within).map(str::to_owned));
            }
        }
        self.lost.push(lost.clone());
    }

    /// Whether `fault` is one only because something was blanked out of `text`.
    fn explain(&self, text: &str, fault: &Fault) -> bool {
        let Some(at) = &fault.at else { return false };
        if let Sort::Lacking(field) = fault.sort {
            let lacks = |lost: &&Lost| lost.field.as_ref().is_none_or(|lost| lost == field);
            return self.lost.iter().filter(lacks).any(|lost| lost.is_in(at));
        }
        // An id that was given in a gap, or an address with one in it, but no address of the web.
        let written = text.get(at.clone()).unwrap_or_default();
        let is_unknown = matches!(fault.sort, Sort::Unknown(..));
        let is_reference = is_unknown || written.contains(['/', '#']) && !written.contains(':');
        is_reference && written.split(['/', '#']).any(|id| self.ids.contains(id))
    }
}
