//! Which rows may hold several words of a query, and what each of them is worth at best.
//!
//! The rarest words come first and say which rows there are. A word that leads to far more rows than there are left is
//! followed only where it is worth most: for the rest it is taken for found, at the best that is left of it, and the
//! row's own words tell later. So what is said here is never less than the truth, and may be more. Must never read a row.

use super::Index;
use super::ask::Ask;
use super::judge::rarity;
use super::levels::Levels;
use super::texts::RowIx;

/// Postings that one may look at rather than read a row.
const PER_ROW: usize = 64;
/// One more than the greatest mean of levels.
const MEANS: usize = 2048;

/// The words gathered so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Gather {
    /// The atoms, those of the fewest rows first.
    order: Vec<usize>,
    /// Which of them is being followed, the runs that are left of it, and the postings that have been looked at.
    at: usize,
    levels: Option<Levels>,
    looked_at: usize,
    least: usize,
    /// For each row: the last atom that led to it, counted from 1; how many did; the sum of their levels.
    reached: Vec<Reached>,
    /// Rows that any atom led to, in the order in which they were met.
    rows: Vec<RowIx>,
    /// Atoms that are taken for found everywhere, and the sum of their levels.
    presumed: (u32, u32),
}

#[derive(Debug, Clone, Copy, Default)]
struct Reached {
    last: u8,
    count: u8,
    sum: u16,
}

impl Gather {
    /// Looks for rows that hold `least` of the wanted atoms or more.
    pub(super) fn new(ask: &Ask, index: &Index, least: u32) -> Self {
        let mut order: Vec<usize> = (0..ask.wanted).collect();
        order.sort_by_key(|atom| ask.atoms[*atom].rows);
        let reached = vec![Reached::default(); index.texts.rows.len()];
        Self { order, least: least as usize, reached, ..Self::default() }
    }

    /// Follows one run and says how many postings it had; `None` if all is gathered.
    pub(super) fn step(&mut self, ask: &Ask, index: &Index) -> Option<usize> {
        let atom = &ask.atoms[*self.order.get(self.at)?];
        // What lacks fewer than some number of words holds one of any that many: only the rarest bring new rows.
        let brings_rows = self.at + self.least <= ask.wanted;
        let mut levels = self.levels.take().unwrap_or_else(|| Levels::new(atom, &index.vocabulary));
        if !brings_rows && self.looked_at > self.rows.len().saturating_mul(PER_ROW) {
            self.presume(levels.top() + rarity(atom.rows) as u16);
            return Some(self.rows.len());
        }
        let Some((level, run)) = levels.next(&index.vocabulary) else {
            (self.at, self.looked_at) = (self.at + 1, 0);
            return Some(1);
        };
        let (last, add) = (self.at as u8 + 1, level + rarity(atom.rows) as u16);
        for posting in run {
            let row = posting.row();
            let Some(reached) = self.reached.get_mut(row as usize) else { continue };
            // The runs come best first: the first time is the best.
            if reached.last == last || (reached.last == 0 && !brings_rows) {
                continue;
            }
            if reached.last == 0 {
                self.rows.push(row);
            }
            *reached = Reached { last, count: reached.count + 1, sum: reached.sum + add };
        }
        let work = run.len() + 1;
        self.looked_at += work;
        self.levels = Some(levels);
        Some(work)
    }

    /// Takes the atom that is followed for found in every row, and worth so much where it has not been met.
    fn presume(&mut self, worth: u16) {
        let last = self.at as u8 + 1;
        for row in &self.rows {
            let Some(reached) = self.reached.get_mut(*row as usize) else { continue };
            if reached.last == last {
                // What is presumed of all rows is not to count twice in those where it is known.
                *reached = Reached { last, count: reached.count - 1, sum: reached.sum - worth };
            }
        }
        self.presumed.0 += 1;
        self.presumed.1 += u32::from(worth);
        (self.at, self.looked_at) = (self.at + 1, 0);
    }

    /// How many words a row holds at most, and the mean of their levels at most.
    pub(super) fn most(&self, row: RowIx) -> (u32, u32) {
        let reached = self.reached.get(row as usize).copied().unwrap_or_default();
        let sum = u32::from(reached.sum) + self.presumed.1;
        (u32::from(reached.count) + self.presumed.0, sum / (self.order.len() as u32).max(1))
    }

    /// The rows that may hold enough words, the most promising first.
    pub(super) fn candidates(&mut self) -> Vec<RowIx> {
        let (atoms, least) = (self.order.len(), self.least);
        let bucket = |row: RowIx| {
            let (held, mean) = self.most(row);
            let lacking = atoms.saturating_sub(held as usize);
            (lacking + least <= atoms).then(|| lacking * MEANS + (MEANS - 1).saturating_sub(mean as usize))
        };
        let mut places = vec![0; (atoms - least + 1) * MEANS + 1];
        for at in self.rows.iter().filter_map(|row| bucket(*row)) {
            places[at + 1] += 1;
        }
        for at in 1..places.len() {
            places[at] += places[at - 1];
        }
        let mut sorted = vec![0; places.last().copied().unwrap_or(0)];
        for row in &self.rows {
            if let Some(at) = bucket(*row) {
                sorted[places[at]] = *row;
                places[at] += 1;
            }
        }
        self.rows = Vec::new();
        sorted
    }

    /// Some of the rows met so far.
    pub(super) fn some(&self, count: usize) -> impl Iterator<Item = RowIx> {
        self.rows.iter().take(count).copied()
    }
}
