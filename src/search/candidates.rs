//! Which rows may hold several words of a query, and what each of them is worth at best.
//!
//! The rarest words say which rows there are. Then every word is followed through its postings, and adds what it is worth
//! where it stands best. A word that leads to far more rows than there are is not followed: it is taken for found in all
//! of them, at its very best. One that leads to very many is at first followed only where it is worth most, in titles and
//! names, and taken for found in every text, at the best that it is worth there; only if that leaves too many rows to be
//! told apart is it followed everywhere. The rows' own words tell later. So what is said here is never less than the
//! truth, and may be more. Must never read a row.

use super::Index;
use super::field::{CLASSES, WEIGHTS};
use super::forward_index::RowIx;
use super::impacts::NAMED_LEVEL;
use super::resolve::{Atom, ResolvedQuery};
use super::rowset::RowSet;
use super::scorer::rarity;
use super::vocabulary::{Posting, Vocabulary};

/// When a search takes its short cuts. They change how long it takes, never what it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tuning {
    /// Postings that may be followed in place of looking at one row.
    pub per_row: usize,
    /// Rows of a word from which it is first followed only in titles and names, where it is worth most.
    pub many: usize,
}

impl Tuning {
    /// What the program uses: measured on files of up to a million entries.
    pub const DEFAULT: Self = Self { per_row: 128, many: 1 << 16 };
    /// Takes every short cut in files of a few entries, so that tests see all of them.
    pub const SMALL_FILES: Self = Self { per_row: 2, many: 8 };
}

impl Default for Tuning {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The first of the classes that are left for later: texts, and what is worth less. Nearly all postings are of these.
const TEXT: usize = 5;
/// Postings that are looked at in one step.
const STRETCH: usize = 1 << 14;
/// One more than the greatest mean of levels.
const MEANS: usize = 2048;

/// The words gathered so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidates {
    tuning: Tuning,
    /// The atoms, those of the fewest rows first.
    order: Vec<usize>,
    least: usize,
    /// Whether words of very many rows are followed everywhere.
    is_thorough: bool,
    /// Postings that have been left for later.
    left: usize,
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

impl Candidates {
    /// Looks for rows that hold `least` of the wanted atoms or more.
    pub(super) fn new(resolved: &ResolvedQuery, index: &Index, least: u32, is_thorough: bool) -> Self {
        let mut order: Vec<usize> = (0..resolved.wanted).collect();
        order.sort_by_key(|atom| resolved.atoms[*atom].rows);
        let rows = index.texts.rows.len();
        let (levels, rows) = (vec![0; rows], RowSet::of(rows));
        let (least, tuning) = (least as usize, index.tuning);
        Self { tuning, order, least, is_thorough, rows, levels, ..Self::default() }
    }

    /// Does a little and says how many postings it looked at; `None` if all is gathered.
    pub(super) fn step(&mut self, resolved: &ResolvedQuery, index: &Index) -> Option<usize> {
        // What lacks fewer than some number of words holds one of any that many: only the rarest bring rows.
        if !self.is_following && self.at + self.least > resolved.wanted {
            return Some(self.number());
        }
        let atom = &resolved.atoms[*self.order.get(self.at)?];
        if self.is_following
            && self.word == 0
            && atom.rows > self.reached.len().saturating_mul(self.tuning.per_row)
        {
            self.presume(best_level(atom, &index.vocabulary));
            return Some(atom.words.len());
        }
        let classes = if self.is_partial(resolved, atom) { TEXT } else { CLASSES };
        let mut looked_at = 0;
        while looked_at < STRETCH {
            let Some((word, worth)) = atom.words.get(self.word) else {
                self.end(atom, classes);
                return Some(looked_at + self.reached.len());
            };
            let postings = index.vocabulary.postings(*word).get(self.posting..).unwrap_or_default();
            let some = postings.get(..STRETCH).unwrap_or(postings);
            let followed = self.follow(some, worth + rarity(atom.rows) as u16, classes);
            looked_at += followed + 1;
            (self.word, self.posting) = if followed == some.len() && some.len() < postings.len() {
                (self.word, self.posting + followed)
            } else {
                self.left += postings.len() - followed;
                (self.word + 1, 0)
            };
        }
        Some(looked_at)
    }

    /// Whether the atom at work is followed only where it is worth most.
    fn is_partial(&self, resolved: &ResolvedQuery, atom: &Atom) -> bool {
        // The rarest are known by their rows: those must be found everywhere.
        let is_rare = self.at + self.least <= resolved.wanted;
        self.is_following && !self.is_thorough && !is_rare && atom.rows > self.tuning.many
    }

    /// Follows some postings of a word of that worth, those of the first `classes`, and says how many that were.
    fn follow(&mut self, postings: &[Posting], worth: u16, classes: usize) -> usize {
        if !self.is_following {
            for posting in postings {
                self.rows.insert(posting.row());
            }
            return postings.len();
        }
        let levels = WEIGHTS.map(|weight| weight + worth);
        let mut followed = 0;
        for posting in postings {
            if posting.class() >= classes {
                break;
            }
            followed += 1;
            if let Some(best) = self.levels.get_mut(posting.row() as usize) {
                *best = levels[posting.class()].max(*best);
            }
        }
        followed
    }

    /// Ends the atom that is at work: what has it for an id is left, and what it adds.
    fn end(&mut self, atom: &Atom, classes: usize) {
        let rare = rarity(atom.rows) as u16;
        let level = NAMED_LEVEL + rare;
        // What is left of it is worth no more than this anywhere.
        let rest = WEIGHTS.get(classes).map_or(0, |weight| weight + atom.best() + rare);
        for named in &atom.named {
            if !self.is_following {
                self.rows.insert(named.row);
            } else if let Some(best) = self.levels.get_mut(named.row as usize) {
                *best = level.max(*best);
            }
        }
        if self.is_following {
            for reached in &mut self.reached {
                let level = self.levels.get(reached.row as usize).copied().unwrap_or(0).max(rest);
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
        self.most_of(self.reached.get(at as usize).copied().unwrap_or_default())
    }

    fn most_of(&self, Reached { row, count, sum }: Reached) -> (RowIx, u32, u32) {
        let sum = u32::from(sum) + self.presumed.1;
        (row, u32::from(count) + self.presumed.0, sum / (self.order.len() as u32).max(1))
    }

    /// The rows that may hold enough words, the most promising first; [`Candidates::most`] tells of each.
    pub(super) fn candidates(&self) -> Vec<u32> {
        let (atoms, least) = (self.order.len(), self.least);
        let count = (atoms - least + 1) * MEANS;
        // Rows that hold too few words come last, and go. To reckon is slow: each row's bucket is kept.
        let bucket = |reached: &Reached| {
            let (_, held, mean) = self.most_of(*reached);
            let lacking = atoms.saturating_sub(held as usize);
            (lacking * MEANS + (MEANS - 1).saturating_sub(mean as usize)).min(count) as u32
        };
        let buckets: Vec<u32> = self.reached.iter().map(bucket).collect();
        let mut places = vec![0_u32; count + 1];
        for bucket in &buckets {
            places[*bucket as usize] += 1;
        }
        let mut start = 0;
        for place in &mut places {
            start += std::mem::replace(place, start);
        }
        let enough = places.last().copied().unwrap_or(0) as usize;
        let mut sorted = vec![0; buckets.len()];
        for (row, bucket) in (0..).zip(&buckets) {
            let place = &mut places[*bucket as usize];
            sorted[*place as usize] = row;
            *place += 1;
        }
        sorted.truncate(enough);
        sorted
    }

    /// How many rows may be looked at before it is better to follow everything that has been left; `None` if nothing was.
    pub(super) fn patience(&self) -> Option<usize> {
        (self.left > 0).then_some(self.left / self.tuning.per_row)
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
