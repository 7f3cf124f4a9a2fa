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
use crate::knowledge::Ids;

/// A file is read again so often at most.
const MOST: usize = 100;
/// Bytes that are read again at most, in all: of a very large file only the first few faults are found at once.
const MOST_BYTES: usize = 1 << 27;

/// What a file is to be judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    /// What it means as well.
    Alone,
    /// Its structure only, since it may refer to what stands in other files.
    WithOthers,
}

/// The faults of `source`, of which `first` is the one that keeps it from being read, and the ids that it is known to
/// have.
pub(super) fn faults(source: &str, first: Fault, judged: Judged) -> (Faults<'_>, Ids) {
    let mut faults = Faults::new(source);
    if parse::has_other_format(source) {
        faults.push(first);
        return (faults, Ids::default());
    }
    let mut text = source.to_owned();
    let mut gaps = Gaps::default();
    let mut next = first;
    let mut left = (MOST_BYTES / source.len().max(1)).clamp(1, MOST);
    loop {
        let gap =
            next.at.as_ref().filter(|_| next.sort != Sort::Last).and_then(|at| Gap::around(&text, at.start));
        let place = next.at.clone();
        faults.push(next);
        let Some(gap) = gap else { return (faults, Ids::default()) };
        if left == 0 {
            faults.push(more(place));
            return (faults, Ids::default());
        }
        left -= 1;
        gaps.note(&text, &gap);
        gap.cut(&mut text);
        next = match parse::whole(&text) {
            Err(fault) => fault,
            Ok(file) if judged == Judged::Alone => {
                let (knowledge, meant) = lower::lower(file, Faults::new(&text), &|_| {});
                faults.join_copy(meant, |fault| !gaps.explain(&text, fault));
                return (faults, knowledge.ids);
            }
            Ok(_) => return (faults, Ids::default()),
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
        let tokens: Vec<_> = Tokens::new(cut, 0).collect();
        for (at, three) in tokens.windows(3).enumerate() {
            let [name, colon, value] = three else { continue };
            // `idd: "treaty"` gives an id as well: a field of a name that is unknown may have been any.
            let is_id = at == 0 && lost.field.is_none() || cut.get(name.at.clone()) == Some("id");
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
