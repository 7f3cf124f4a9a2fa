//! Items in the order of time, all of a list or some of it: found by their days, without walking there.

use std::ops::Range;

use super::Dated;

/// Items in the order of time.
#[derive(Debug, Clone, Copy)]
pub struct Series<'a> {
    items: &'a [Dated],
    /// Which of them, in the same order; `None` for all.
    chosen: Option<&'a [u32]>,
}

impl<'a> Series<'a> {
    /// All of some items, which are in the order of time.
    pub(super) const fn all(items: &'a [Dated]) -> Self {
        Self { items, chosen: None }
    }

    /// Some of the items, by their positions, in the same order.
    pub(super) const fn some(items: &'a [Dated], chosen: &'a [u32]) -> Self {
        Self { items, chosen: Some(chosen) }
    }

    /// How many there are.
    pub const fn len(self) -> usize {
        match self.chosen {
            None => self.items.len(),
            Some(chosen) => chosen.len(),
        }
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The `at`-th one.
    pub fn get(self, at: usize) -> Option<&'a Dated> {
        match self.chosen {
            None => self.items.get(at),
            Some(chosen) => chosen.get(at).and_then(|at| self.items.get(*at as usize)),
        }
    }

    /// All of them.
    pub fn iter(self) -> impl ExactSizeIterator<Item = &'a Dated> + DoubleEndedIterator + use<'a> {
        // Every position is there, so that nothing else can be given.
        (0..self.len()).map(move |at| match self.chosen {
            None => &self.items[at],
            Some(chosen) => &self.items[chosen[at] as usize],
        })
    }

    /// Those at some positions, as far as there are any.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Self {
        let end = range.end.min(self.len());
        let range = range.start.min(end)..end;
        match self.chosen {
            None => Self { items: &self.items[range], chosen: None },
            Some(chosen) => Self { chosen: Some(&chosen[range]), ..self },
        }
    }

    /// How many begin before a day.
    pub fn before(self, day: i32) -> usize {
        self.partition(|item| item.first < day)
    }

    /// Cuts off those that begin before a day, in steps that double: for many cuts one after the other.
    pub fn cut(self, day: i32) -> (Self, Self) {
        let begins_before = |at: usize| self.get(at).is_some_and(|item| item.first < day);
        let mut far = 1;
        while begins_before(far) {
            far *= 2;
        }
        let at = far / 2 + self.part(far / 2..far).before(day);
        (self.part(0..at), self.part(at..self.len()))
    }

    /// How many of them come first, given that all those do for which `is_early` holds.
    fn partition(self, is_early: impl Fn(&Dated) -> bool) -> usize {
        match self.chosen {
            None => self.items.partition_point(is_early),
            Some(chosen) => chosen.partition_point(|at| is_early(&self.items[*at as usize])),
        }
    }

    /// Where an item stands.
    pub fn position(self, item: &Dated) -> Option<usize> {
        let at = self.partition(|other| other.place() < item.place());
        (self.get(at) == Some(item)).then_some(at)
    }

    /// Those of an entry that may mean the days from `first` to `last`.
    pub(super) fn spanning(self, first: i32, last: i32) -> impl Iterator<Item = &'a Dated> + use<'a> {
        let from = self.partition(|item| (item.first, item.last) < (first, last));
        let same = move |item: &&Dated| (item.first, item.last) == (first, last);
        self.part(from..self.len()).iter().take_while(same)
    }

    /// The accepted one whose day is nearest to `day`; of several the first.
    pub fn nearest(self, day: i32, accepts: impl Fn(&Dated) -> bool) -> Option<&'a Dated> {
        // What has no beginning stands first, in the order of its ends, and all others in that of their beginnings.
        let open = self.before(i32::MIN + 1);
        let parts = [self.part(0..open), self.part(open..self.len())];
        let nearest = |part: Self| {
            let split = part.partition(|item| item.day() < day);
            let later = part.part(split..part.len()).iter().find(|item| accepts(item));
            let earlier = part.part(0..split).iter().rev().find(|item| accepts(item));
            // Of those of one day, the first.
            let earlier = earlier.and_then(|found| {
                let from = part.partition(|item| item.day() < found.day());
                part.part(from..split).iter().find(|item| accepts(item))
            });
            earlier.into_iter().chain(later).min_by_key(|item| item.day().abs_diff(day))
        };
        parts.into_iter().filter_map(nearest).min_by_key(|item| item.day().abs_diff(day))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::knowledge::{EntryIx, StatementIx};

    fn item((first, last, entry): (i32, i32, u32)) -> Dated {
        let (first, last) = (if first < -40 { i32::MIN } else { first }, last.max(first));
        let statement = Some(StatementIx(entry));
        Dated { first, last, entry: EntryIx(entry), statement, is_entry: false, standings: entry as u8 }
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_walking_finds(
            spans in prop::collection::vec((-50..50, -50..50, 0..90_u32), 0..40),
            chosen in prop::collection::vec(any::<bool>(), 40),
            day in -60..60,
        ) {
            let mut items: Vec<Dated> = spans.into_iter().map(item).collect();
            items.sort_by_key(Dated::place);
            items.dedup_by_key(|item| item.place());
            let some: Vec<u32> = (0..items.len()).filter(|at| chosen[*at]).map(|at| at as u32).collect();
            for series in [Series::all(&items), Series::some(&items, &some)] {
                prop_assert_eq!(series.before(day), series.iter().filter(|item| item.first < day).count());
                let (cut, rest) = series.cut(day);
                prop_assert_eq!((cut.len(), rest.len()), (series.before(day), series.len() - cut.len()));
                for (at, item) in series.iter().enumerate() {
                    prop_assert_eq!(series.position(item), Some(at));
                    prop_assert_eq!(series.get(at), Some(item));
                }
                let odd = |item: &Dated| item.standings % 2 == 1;
                let walked = series.iter().filter(|item| odd(item)).min_by_key(|item| item.day().abs_diff(day));
                prop_assert_eq!(series.nearest(day, odd), walked);
            }
        }
    }
}
