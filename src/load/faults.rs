//! Collects what is wrong with a file, by bytes of its source, and turns it into problems with lines and columns.
//!
//! Must never grow with the number of faults: a file of a million faults is as quick to explain as one of a thousand.

use std::borrow::Cow;
use std::ops::Range;

use super::fault::{Fault, Sort, Wanted};
use super::syntax::written;
use super::value::Str;
use crate::knowledge::{Ids, Place, Problem};
use crate::text::clean::clean;

/// Problems that are shown at most; one more says how many there are beyond.
pub(super) const MOST: usize = 1_000;
/// Characters of a source line that a [`Place`] shows at most.
const SHOWN: usize = 120;

/// What is wrong with one source.
#[derive(Debug)]
pub(super) struct Faults<'s> {
    /// The source, without a byte order mark.
    pub(super) source: &'s str,
    found: Vec<Fault>,
    dropped: usize,
}

/// How much advice is still to be had. Looking for the nearest of very many ids takes its time.
#[derive(Debug)]
struct Advice {
    times: usize,
    comparisons: usize,
}

impl Advice {
    const ALL: Self = Self { times: 100, comparisons: 5_000_000 };

    /// `; did you mean X?` with the id nearest to `wrong` among the items that are `wanted`, or nothing.
    fn meant(&mut self, ids: &Ids, wrong: &str, wanted: Wanted) -> String {
        // Nobody mistypes a hundred letters; comparing very long words takes the square of their length.
        if wrong.len() > 100 {
            return String::new();
        }
        let Some(left) = self.comparisons.checked_sub(ids.len()).filter(|_| self.times > 0) else {
            return String::new();
        };
        *self = Self { times: self.times - 1, comparisons: left };
        let nearest = ids.nearest_of(wrong, |item| wanted.accepts(item));
        nearest.map_or_else(String::new, |id| format!("; did you mean `{id}`?"))
    }
}

impl<'s> Faults<'s> {
    /// No faults yet.
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, found: Vec::new(), dropped: 0 }
    }

    /// No faults yet, of a part of the same source.
    pub(super) fn of_part(&self) -> Self {
        Self::new(self.source)
    }

    /// Adds the faults of a part.
    pub(super) fn join(&mut self, part: Self) {
        self.dropped += part.dropped;
        part.found.into_iter().for_each(|fault| self.push(fault));
    }

    /// Keeps those that are `wanted`.
    pub(super) fn retain(&mut self, wanted: impl Fn(&Fault) -> bool) {
        self.found.retain(wanted);
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.found.len() + self.dropped
    }

    /// Adds `fault`. Of very many only the first in the file are kept.
    pub(super) fn push(&mut self, fault: Fault) {
        self.found.push(fault);
        if self.found.len() >= 4 * MOST {
            self.sort();
            self.dropped += self.found.len() - MOST;
            self.found.truncate(MOST);
        }
    }

    fn sort(&mut self) {
        let start = |fault: &Fault| fault.at.as_ref().map_or((0, 0), |at| (at.start, at.end));
        self.found.sort_by(|a, b| start(a).cmp(&start(b)).then_with(|| a.what.cmp(&b.what)));
    }

    /// Where `text` is written, without its quotes, or `near` if it is not written at all.
    pub(super) fn place(&self, text: &Str<'_>, near: &Range<usize>) -> Range<usize> {
        self.part(text, &(0..text.0.len()), near)
    }

    /// Where the bytes `part` of `text` are written.
    pub(super) fn part(&self, text: &Str<'_>, part: &Range<usize>, near: &Range<usize>) -> Range<usize> {
        match (text.place(), &text.0) {
            (None, _) => near.clone(),
            // Of an empty text the quotes are marked: there is nothing else to see.
            (Some(at), _) if at.is_empty() => at.start.saturating_sub(1)..at.end + 1,
            (Some(at), Cow::Borrowed(_)) => at.start + part.start..at.start + part.end,
            (Some(at), Cow::Owned(_)) => written(self.source, &at, part),
        }
    }

    /// All faults as problems of `file`, in the order of the source; `ids` are those that exist in it.
    pub(super) fn into_problems(self, file: &str, ids: &Ids) -> Vec<Problem> {
        self.into_problems_of(&[Part { file: file.to_owned(), lines: 0..usize::MAX }], ids)
    }

    /// All faults as problems of the files that the source was put together from, in the order of the source.
    pub(super) fn into_problems_of(mut self, parts: &[Part], ids: &Ids) -> Vec<Problem> {
        self.sort();
        let total = self.count();
        if total > MOST {
            self.found.truncate(MOST);
        }
        let mut advice = Advice::ALL;
        for fault in &mut self.found {
            if let Sort::Unknown(wrong, wanted) = &fault.sort {
                fault.what += &advice.meant(ids, wrong, *wanted);
            }
        }
        let Some(last) = self.found.last() else { return Vec::new() };
        let last = last.clone();
        let mut lines = Lines::new(self.source);
        let mut problems: Vec<Problem> =
            self.found.iter().map(|fault| lines.problem(self.source, parts, fault)).collect();
        if total > MOST {
            let what = format!("{} more problems are not shown", total - MOST);
            let more = Fault { what, remedy: "mend these first".into(), first: None, ..last };
            problems.push(lines.problem(self.source, parts, &more));
        }
        problems
    }
}

/// One of the files that a source was put together from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its name.
    pub(super) file: String,
    /// Its lines in the source, from 0.
    pub(super) lines: Range<usize>,
}

/// A line of the source as a problem of the part `own` names it: by its number, and by its file if that is another.
fn whereabouts(own: Option<&Part>, its: Option<&Part>, line: usize) -> String {
    let Some(its) = its else { return format!("at line {}", line + 1) };
    let line = line - its.lines.start + 1;
    if own == Some(its) { format!("at line {line}") } else { format!("at {}:{line}", its.file) }
}

/// Bytes → lines and columns.
#[derive(Debug)]
struct Lines {
    /// Where each line begins.
    starts: Vec<usize>,
    /// The byte that was counted to last, and its column from 0: what comes in order is counted once.
    counted: (usize, usize),
}

impl Lines {
    fn new(source: &str) -> Self {
        let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { starts, counted: (0, 0) }
    }

    /// The line, from 0, in which byte `at` lies.
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    fn problem(&mut self, source: &str, parts: &[Part], fault: &Fault) -> Problem {
        let part = |line: usize| parts.iter().find(|part| part.lines.contains(&line));
        let own = part(fault.at.as_ref().map_or(0, |at| self.line(at.start)));
        let first = fault.first.map(|first| (part(self.line(first)), self.line(first)));
        let what = match first {
            None => fault.what.clone(),
            Some((its, line)) => format!("{}; first {}", fault.what, whereabouts(own, its, line)),
        };
        let mut place = fault.at.as_ref().map(|at| self.place(source, at));
        if let (Some(place), Some(own)) = (&mut place, own) {
            place.line = place.line.saturating_sub(own.lines.start);
        }
        Problem {
            file: clean(own.map_or("", |part| &part.file)).into_owned(),
            place,
            what: clean(&what).into_owned(),
            remedy: clean(&fault.remedy).into_owned(),
        }
    }

    fn place(&mut self, source: &str, at: &Range<usize>) -> Place {
        let start = boundary(source, at.start);
        let line = self.line(start);
        let begin = self.starts.get(line).copied().unwrap_or(0);
        let end = self.starts.get(line + 1).map_or(source.len(), |next| next - 1);
        let slice = |range: Range<usize>| source.get(range).unwrap_or_default();
        let whole = slice(begin..end).trim_end_matches('\r');
        let end = begin + whole.len();
        let start = start.min(end);
        let stop = boundary(source, at.end.min(end)).max(start);
        if self.counted.0 < begin || self.counted.0 > start {
            self.counted = (begin, 0);
        }
        let column = self.counted.1 + slice(self.counted.0..start).chars().count();
        self.counted = (start, column);
        let (text, mark) = window(slice(begin..start), slice(start..end));
        let marked = clean(slice(start..stop)).chars().count();
        let length = marked.clamp(1, text.chars().count().saturating_sub(mark).max(1));
        Place { line: line + 1, column: column + 1, length, text, mark }
    }
}

/// Line, column and text of the bytes `at` of `source`.
pub(super) fn place(source: &str, at: &Range<usize>) -> Place {
    Lines::new(source).place(source, at)
}

/// The last byte up to `at` at which a character begins, or the end of `source`.
fn boundary(source: &str, at: usize) -> usize {
    let at = at.min(source.len());
    (0..=at).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(0)
}

/// At most [`SHOWN`] characters around the point between `before` and `after`, safe for a terminal, and how many of
/// them stand before it. What is cut off shows as `…`.
fn window(before: &str, after: &str) -> (String, usize) {
    let tail = |room: usize| before.char_indices().rev().take(room).last().map_or(before.len(), |(at, _)| at);
    let (before_count, after_count) =
        (before.chars().rev().take(SHOWN).count(), after.chars().take(SHOWN).count());
    // Half of the room before the place, or all that the other side leaves free.
    let room = (SHOWN / 2).max(SHOWN - after_count).min(before_count);
    let cut = tail(room) > 0;
    let kept = if cut { tail(room.saturating_sub(1)) } else { 0 };
    let mut text = String::from(if cut { "…" } else { "" });
    text.push_str(&clean(before.get(kept..).unwrap_or_default()));
    let mark = text.chars().count();
    let room = SHOWN - mark;
    let whole = after.char_indices().nth(room).is_none();
    let end = if whole { after.len() } else { after.char_indices().nth(room - 1).map_or(0, |(at, _)| at) };
    text.push_str(&clean(after.get(..end).unwrap_or_default()));
    if !whole {
        text.push('…');
    }
    (text, mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = "а".repeat(300);
        for at in [0, 1, 59, 60, 61, 150, 239, 240, 241, 299, 300] {
            let (before, after) = line.split_at(at * 2);
            let (text, mark) = window(before, after);
            let count = text.chars().count();
            assert!((SHOWN - 1..=SHOWN).contains(&count) && mark <= count, "{at}: {count} {mark}");
            assert_eq!(text.starts_with('…'), mark < at, "{at}");
            assert_eq!(text.ends_with('…'), count - mark < 300 - at, "{at}");
        }
        assert_eq!(window("ab", "c\u{202e}d"), ("abcd".to_owned(), 2));
    }

    #[test]
    fn of_too_many_the_first_are_shown_and_the_rest_are_counted() {
        let source = "x".repeat(20_000);
        let mut faults = Faults::new(&source);
        for at in (0..20_000).rev() {
            faults.push(Fault::at(at..at + 1, "wrong", ""));
        }
        let problems = faults.into_problems("f", &Ids::default());
        assert_eq!(problems.len(), MOST + 1);
        let columns: Vec<_> = problems.iter().filter_map(|p| p.place.as_ref()).map(|p| p.column).collect();
        assert_eq!(&columns[..MOST], &(1..=MOST).collect::<Vec<_>>());
        assert_eq!(problems[MOST].what, "19000 more problems are not shown");
    }
}
