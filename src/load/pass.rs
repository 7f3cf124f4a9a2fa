//! A file on its way into the model: who has which id, and what is wrong so far.
//!
//! Other files give it the ways to lower texts (`words`), references (`links`), entries and the rest. Must never let it
//! be seen which core has lowered what.

use super::faults::Faults;
use super::names::Names;
use super::parallel::each;
use crate::knowledge::Item;

/// Items of a list that are lowered in one go: a few milliseconds' work.
const CHUNK: usize = 512;

/// A file on its way into the model, or a part of it.
#[derive(Debug)]
pub(super) struct Pass<'n, 's> {
    /// What is wrong so far.
    pub(super) faults: Faults<'s>,
    /// Who has which id.
    pub(super) names: &'n Names,
}

impl<'n> Pass<'n, '_> {
    /// Lowers the parts of a list on all cores, and hands what they mean to `take`, in their order. What comes out is
    /// the same as if one had done it alone.
    pub(super) fn spread<J: Send, R: Send>(
        &mut self,
        parts: Vec<J>,
        work: impl Fn(&mut Self, J) -> R + Sync,
        mut take: impl FnMut(R),
    ) {
        let (blank, names) = (self.faults.of_part(), self.names);
        let work = |part| {
            let mut pass = Self { faults: blank.of_part(), names };
            (work(&mut pass, part), pass.faults)
        };
        each(parts.into_iter(), work, |(result, faults)| {
            self.faults.join(faults);
            take(result);
        });
    }

    /// The id of `item`.
    pub(super) fn id(&self, item: Item) -> &'n str {
        self.names.ids.name(item)
    }
}

/// `items` in pieces of [`CHUNK`] or a little more, each with the number of its first item.
pub(super) fn chunks<T>(items: Vec<T>) -> Vec<(usize, Vec<T>)> {
    // What was read in one piece is left in it: to cut it would move all of it.
    if (1..=2 * CHUNK).contains(&items.len()) {
        return vec![(0, items)];
    }
    let mut rest = items.into_iter();
    let mut chunks = Vec::new();
    let mut first = 0;
    loop {
        let chunk: Vec<T> = rest.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return chunks;
        }
        first += chunk.len();
        chunks.push((first - chunk.len(), chunk));
    }
}
