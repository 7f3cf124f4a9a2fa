//! Which rows may hold several words of a query, and what each of them is worth at best.
//!
//! The rarest words say which rows there are. Then every word is followed through its postings, and adds what it is worth
//! where it stands best. A word that leads to far more rows than there are is not followed: it is taken for found in all
//! of them, at its very best, and the row's own words tell later. So what is said here is never less than the truth, and
//! may be more. Must never read a row.

use std::ops::Range;

use super::Index;
use super::ask::{Ask, Atom};
use super::field::WEIGHTS;
use super::judge::rarity;
use super::levels::NAMED_LEVEL;
use super::rowset::RowSet;
use super::texts::RowIx;
use super::vocabulary::{Posting, Vocabulary};

/// Postings that one may look at rather than glance at a row.
const PER_ROW: usize = 128;
/// Postings that are looked at in one step.
const STRETCH: usize = 1 << 14;
/// One more than the greatest mean of levels.
const MEANS: usize = 2048;

/// The words gathered so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Gather {
    /// The atoms, those of the fewest rows first.
    order: Vec<usize>,
    least: usize,
    /// Whether the rows are known, and the words are followed.
    is_following: bool,
    /// Which of the atoms is at work, its next word, and the next of that word's postings.
    at: usize,
    word: usize,
    posting: usize,
    /// Rows that hold enough words, as far as the rarest tell.
    rows: RowSet,
    /// For each row of the file the best level to which the atom at work has led there: whether it is one of those that
    /// are looked for is asked once an atom, not once a posting.
    levels: Vec<u16>,
    /// What is known of the rows, in their order.
    reached: Vec<Reached>,
    /// Atoms that are taken for found everywhere, and the sum of their levels.
    presumed: (u32, u32),
}

/// What is known of a row: how many atoms lead to it, and the sum of their best levels there.
#[derive(Debug, Clone, Copy, Default)]
struct Reached {
    row: RowIx,
    count: u16,
    sum: u16,
}

impl Gather {
    /// Looks for rows that hold `least` of the wanted atoms or more.
    pub(super) fn new(ask: &Ask, index: &Index, least: u32) -> Self {
        let mut order: Vec<usize> = (0..ask.wanted).collect();
        order.sort_by_key(|atom| ask.atoms[*atom].rows);
        let rows = index.texts.rows.len();
        let (levels, rows) = (vec![0; rows], RowSet::of(rows));
        Self { order, least: least as usize, rows, levels, ..Self::default() }
    }

    /// Does a little and says how many postings it looked at; `None` if all is gathered.
    pub(super) fn step(&mut self, ask: &Ask, index: &Index) -> Option<usize> {
        // What lacks fewer than some number of words holds one of any that many: only the rarest bring rows.
        if !self.is_following && self.at + self.least > ask.wanted {
            return Some(self.number());
        }
        let atom = &ask.atoms[*self.order.get(self.at)?];
        if self.is_following && self.word == 0 && atom.rows > self.reached.len().saturating_mul(PER_ROW) {
            self.presume(best_level(atom, &index.vocabulary));
            return Some(atom.words.len());
        }
        let mut looked_at = 0;
        while looked_at < STRETCH {
            let Some((word, worth)) = atom.words.get(self.word) else {
                self.end(atom);
                return Some(looked_at + self.reached.len());
            };
            let postings = index.vocabulary.postings(*word).get(self.posting..).unwrap_or_default();
            let some = postings.get(..STRETCH).unwrap_or(postings);
            self.follow(some, worth + rarity(atom.rows) as u16);
            looked_at += some.len() + 1;
            (self.word, self.posting) = if some.len() == postings.len() {
                (self.word + 1, 0)
            } else {
                (self.word, self.posting + some.len())
            };
        }
        Some(looked_at)
    }

    /// Follows some postings of a word of that worth.
    fn follow(&mut self, postings: &[Posting], worth: u16) {
        if !self.is_following {
            for posting in postings {
                self.rows.insert(posting.row());
            }
            return;
        }
        let levels = WEIGHTS.map(|weight| weight + worth);
        for posting in postings {
            if let Some(best) = self.levels.get_mut(posting.row() as usize) {
                *best = levels[posting.class()].max(*best);
            }
        }
    }

    /// Ends the atom that is at work: what has it for an id is left, and what it adds.
    fn end(&mut self, atom: &Atom) {
        let level = NAMED_LEVEL + rarity(atom.rows) as u16;
        for named in &atom.named {
            if !self.is_following {
                self.rows.insert(named.row);
            } else if let Some(best) = self.levels.get_mut(named.row as usize) {
                *best = level.max(*best);
            }
        }
        if self.is_following {
            for reached in &mut self.reached {
                let level = self.levels.get(reached.row as usize).copied().unwrap_or(0);
                reached.count += u16::from(level > 0);
                reached.sum += level;
            }
            self.levels.fill(0);
        }
        (self.at, self.word, self.posting) = (self.at + 1, 0, 0);
    }

    /// All rows are known: makes room for what there is to know of them, and says how much that is.
    fn number(&mut self) -> usize {
        self.reached.extend(self.rows.iter().map(|row| Reached { row, ..Reached::default() }));
        (self.is_following, self.at, self.word, self.posting) = (true, 0, 0, 0);
        self.reached.len()
    }

    /// Takes an atom for found in every row.
    fn presume(&mut self, level: u16) {
        self.presumed.0 += 1;
        self.presumed.1 += u32::from(level);
        (self.at, self.word, self.posting) = (self.at + 1, 0, 0);
    }

    /// One of the rows, how many words it holds at most, and the mean of their levels at most.
    pub(super) fn most(&self, at: u32) -> (RowIx, u32, u32) {
        let Reached { row, count, sum } = self.reached.get(at as usize).copied().unwrap_or_default();
        let sum = u32::from(sum) + self.presumed.1;
        (row, u32::from(count) + self.presumed.0, sum / (self.order.len() as u32).max(1))
    }

    /// The rows that may hold enough words, the most promising first; [`Gather::most`] tells of each.
    pub(super) fn candidates(&self) -> Vec<u32> {
        let (atoms, least) = (self.order.len(), self.least);
        let bucket = |at: u32| {
            let (_, held, mean) = self.most(at);
            let lacking = atoms.saturating_sub(held as usize);
            (lacking + least <= atoms).then(|| lacking * MEANS + (MEANS - 1).saturating_sub(mean as usize))
        };
        let all: Range<u32> = 0..self.reached.len() as u32;
        let mut places = vec![0; (atoms - least + 1) * MEANS + 1];
        for at in all.clone().filter_map(bucket) {
            places[at + 1] += 1;
        }
        for at in 1..places.len() {
            places[at] += places[at - 1];
        }
        let mut sorted = vec![0; places.last().copied().unwrap_or(0)];
        for row in all {
            if let Some(at) = bucket(row) {
                sorted[places[at]] = row;
                places[at] += 1;
            }
        }
        sorted
    }

    /// Some of the rows met so far.
    pub(super) fn some(&self, count: usize) -> impl Iterator<Item = RowIx> {
        self.rows.iter().take(count)
    }
}

/// The best level of an atom anywhere.
fn best_level(atom: &Atom, vocabulary: &Vocabulary) -> u16 {
    let level = |(word, worth): &(u32, u16)| worth + WEIGHTS[vocabulary.best(*word)];
    let best = atom.words.iter().map(level).max().unwrap_or(0);
    let named = if atom.named.is_empty() { 0 } else { NAMED_LEVEL };
    best.max(named) + rarity(atom.rows) as u16
}
