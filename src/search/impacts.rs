//! The rows that a word of a query leads to, best first: what a word is worth and where it stands make a *level*, and
//! the rows of a level come in runs.
//!
//! Words wait in one bucket a level, by the best place where each stands anywhere; its other places follow when their
//! level's turn comes. So the best rows cost nothing but themselves. Must never look at a row's words.

use super::exact_names::Named;
use super::field::WEIGHTS;
use super::resolve::Atom;
use super::similarity::EXACT;
use super::vocabulary::{Posting, Vocabulary, WordIx};

/// The class of an id that is written whole.
const NAMED: usize = 4;
/// The level of an id that is written whole.
pub(super) const NAMED_LEVEL: u16 = EXACT + WEIGHTS[NAMED];

/// What stands for the rows that have the word for an id.
const BY_ID: WordIx = WordIx::MAX;

/// The runs of one atom that have not been taken yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Impacts {
    /// For each level the words whose next run is of it, and where that run begins in their postings.
    buckets: Vec<Vec<(WordIx, u32)>>,
    by_id: Vec<Posting>,
}

impl Impacts {
    pub(super) fn new(atom: &Atom, vocabulary: &Vocabulary) -> Self {
        let by_id = atom.named.iter().map(|named: &Named| Posting::new(named.row, NAMED)).collect();
        let mut levels = Self { buckets: Vec::new(), by_id };
        for (word, worth) in &atom.words {
            levels.push(worth + WEIGHTS[vocabulary.best(*word)], (*word, 0));
        }
        if !levels.by_id.is_empty() {
            levels.push(NAMED_LEVEL, (BY_ID, 0));
        }
        levels
    }

    fn push(&mut self, level: u16, run: (WordIx, u32)) {
        let at = usize::from(level);
        if self.buckets.len() <= at {
            self.buckets.resize_with(at + 1, Vec::new);
        }
        self.buckets[at].push(run);
    }

    /// The level of the next run; 0 if there is none.
    pub(super) fn top(&mut self) -> u16 {
        while self.buckets.last().is_some_and(Vec::is_empty) {
            self.buckets.pop();
        }
        self.buckets.len().saturating_sub(1) as u16
    }

    /// The next run of rows, none of which is worth more than those before: its level, and the rows in order. Of a run of
    /// more than `most` rows the others come later.
    pub(super) fn next<'a>(
        &'a mut self,
        vocabulary: &'a Vocabulary,
        most: usize,
    ) -> Option<(u16, &'a [Posting])> {
        let level = self.top();
        let (word, from) = self.buckets.last_mut()?.pop()?;
        if word == BY_ID {
            return Some((level, &self.by_id));
        }
        let rest = vocabulary.postings(word).get(from as usize..).unwrap_or_default();
        let class = rest.first().map_or(0, |posting| posting.class());
        // Most runs are short: the end is looked for from the beginning, in steps twice as wide each time.
        let mut near = 1;
        while rest.get(near).is_some_and(|posting| posting.class() == class) {
            near *= 2;
        }
        let run =
            rest.get(..near).unwrap_or(rest).partition_point(|posting| posting.class() == class).min(most);
        if let Some(next) = rest.get(run) {
            self.push(level - WEIGHTS[class] + WEIGHTS[next.class()], (word, from + run as u32));
        }
        Some((level, rest.get(..run).unwrap_or_default()))
    }
}
