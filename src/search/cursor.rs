//! A search that is taken in steps: the best rows first, then how many there are. A step does a bounded amount of work,
//! so that whoever has a clock can show what is found so far and let the rest follow.
//!
//! One word walks its levels from the best down and stops where no row can be better than those it has. Of several, the
//! rarest says which rows there are; the others add to what each of them can be worth at best; then the rows are read,
//! the most promising first, until no other can be better. Steps change neither rows nor order: must never stop early
//! where a row might still come in.

mod near;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::candidates::Candidates;
use super::exact_names::statement_of;
use super::forward_index::RowIx;
use super::fuse::WEIGHED;
use super::impacts::Impacts;
use super::meaning::Near;
use super::query::Query;
use super::resolve::ResolvedQuery;
use super::rowset::RowSet;
use super::scorer::{NEAREST, Place, Scored, Scorer};
use super::upper_bound::{UpperBound, UpperBounds};
use super::{Hit, Hits, Index};
use crate::knowledge::{Address, Knowledge};

/// Rows from which what is near in meaning has a step of its own.
const LONG: usize = 2_000;
/// About a nanosecond each: what it takes to read a row, to glance at one, and to look at a posting.
const READING: usize = 400;
const GLANCING: usize = 200;
const POSTING: usize = 4;
/// Postings that are looked at in the time that it takes to read a row.
const PER_READING: usize = READING / POSTING;
/// Rows whose words are fetched together: memory is slow to answer, but answers several at a time.
const AHEAD: usize = 8;
/// Postings that are looked at in one step.
const STRETCH: usize = 1 << 14;

/// How far a [`SearchCursor`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// Better rows may still come.
    Seeking,
    /// The rows are the best; how many there are in all is not known yet.
    Counting,
    /// There is nothing left to do.
    Done,
}

/// What is done next.
#[derive(Debug, Clone)]
enum Stage {
    /// There are no words: rows pass the filters or not, in their order.
    Each(RowIx),
    /// One word: its levels, from the best down.
    Walk(Impacts),
    /// One word: the rows of its words are counted, from this word and posting on.
    Count(usize, usize),
    /// Several words: which rows hold them.
    Candidates(Box<Candidates>),
    /// The rows that may hold them are read, from this one of them on.
    Read(Vec<u32>, usize, Box<Candidates>),
    /// What is near in meaning is looked for.
    Meaning,
    Done,
}

/// A search under way. Needs the same index and knowledge at every step.
#[derive(Debug, Clone)]
pub struct SearchCursor {
    resolved: ResolvedQuery,
    scorer: Scorer,
    /// Tells which rows need not be judged, where that can be told.
    bounds: Option<UpperBounds>,
    /// Rows that are wanted; and that are looked for, which may be more.
    wanted: usize,
    limit: usize,
    /// What is near in meaning, once that has been looked for.
    near: Option<Vec<Near>>,
    stage: Stage,
    is_final: bool,
    /// The best rows so far, the worst of them first.
    best: BinaryHeap<Reverse<(u32, Reverse<RowIx>)>>,
    /// Rows that have been read, or are among the best.
    seen: RowSet,
    /// Rows found so far that hold as many words as any.
    total: usize,
    /// Words that a row must hold.
    least: u32,
}

impl SearchCursor {
    pub(super) fn new(index: &Index, knowledge: &Knowledge, query: &Query, rows: usize) -> Self {
        let resolved = ResolvedQuery::new(query, index, knowledge);
        let limit = if resolved.asked.is_empty() { rows } else { rows.max(WEIGHED) };
        let (scorer, bounds) = (Scorer::new(&resolved, knowledge), UpperBounds::new(&resolved, knowledge));
        let seen = RowSet::of(index.texts.rows.len());
        let least = resolved.wanted as u32;
        let stage = match resolved.wanted {
            _ if resolved.is_empty() => Stage::Done,
            0 => Stage::Each(0),
            1 => Stage::Walk(Impacts::new(&resolved.atoms[0], &index.vocabulary)),
            _ => Stage::Candidates(Box::new(Candidates::new(&resolved, index, least, false))),
        };
        let (best, total) = (BinaryHeap::new(), 0);
        let mut new = Self {
            resolved,
            scorer,
            bounds,
            wanted: rows,
            limit,
            near: None,
            stage,
            is_final: false,
            best,
            seen,
            total,
            least,
        };
        new.read_named(index, knowledge);
        new
    }

    /// Works until the rows or their number are certain, or for about so many nanoseconds of an ordinary machine.
    pub fn step(&mut self, index: &Index, knowledge: &Knowledge, budget: usize) -> Progress {
        let before = self.progress();
        let mut spent = 0;
        while spent < budget && self.progress() == before && before != Progress::Done {
            let is_long = index.texts.rows.len() > LONG && budget < usize::MAX;
            if matches!(self.stage, Stage::Meaning) && spent > 0 && is_long {
                // What words find is shown first.
                break;
            }
            spent += match std::mem::replace(&mut self.stage, Stage::Done) {
                Stage::Each(row) => self.each(index, knowledge, row),
                Stage::Walk(levels) => self.walk(index, knowledge, levels),
                Stage::Count(word, from) => self.count(index, knowledge, word, from),
                Stage::Candidates(gather) => self.gather(index, gather),
                Stage::Read(rows, at, gather) => self.read(index, knowledge, (rows, at), gather),
                Stage::Meaning => self.mean(index),
                Stage::Done => 0,
            };
            if matches!(self.stage, Stage::Done) && self.waits() {
                self.stage = Stage::Meaning;
            }
        }
        self.progress()
    }

    /// What is found so far.
    pub fn hits(&mut self, index: &Index, knowledge: &Knowledge) -> Hits {
        let mut rows: Vec<(u32, Reverse<RowIx>)> = self.best.iter().map(|Reverse(row)| *row).collect();
        if let (Stage::Candidates(gather), true) = (&self.stage, rows.is_empty()) {
            // Better than nothing: some of the rows that hold the rarest word may hold them all.
            let (scorer, resolved, least) = (&mut self.scorer, &self.resolved, self.least);
            let mut score = |row| Some(scorer.judge(Place { index, knowledge, row }, resolved, least)?.score);
            rows = gather.some(self.limit).filter_map(|row| Some((score(row)?, Reverse(row)))).collect();
        }
        rows.sort_unstable_by_key(|row| Reverse(*row));
        let mut held = 0;
        let rows = rows.into_iter().filter_map(|(_, Reverse(row))| {
            let judged = self.scorer.judge(Place { index, knowledge, row }, &self.resolved, self.least)?;
            held |= judged.atoms;
            Some((row, hit(index, knowledge, row, judged)))
        });
        let found: Vec<(RowIx, Hit)> = rows.collect();
        let is_found = !found.is_empty();
        let (mut rows, nearest) = self.with_meaning(index, knowledge, found);
        let near = rows.iter().filter(|row| row.near).count();
        let all = self.total.max(rows.len() - near) + near;
        rows.truncate(self.wanted);
        let leads = self.resolved.corrected.iter().filter(|correction| held >> correction.atom & 1 == 1);
        let corrected = leads.map(|correction| (correction.typed.clone(), correction.meant.clone()));
        let mut notes = self.resolved.notes.clone();
        if is_found && self.least < self.resolved.wanted as u32 {
            notes.push(near::showing_the_most(&self.resolved.missing));
        }
        let guessed = self.resolved.scattered.iter().filter(|_| is_found);
        notes.extend(guessed.map(|word| format!("no `{word}`; showing words that hold its letters")));
        let corrected = corrected.collect();
        let (total, progress) = (all, self.progress());
        notes.extend(near::said(&nearest, near));
        let ResolvedQuery { scattered, whole, .. } = &self.resolved;
        let (scattered, whole) = (scattered.clone(), whole.clone());
        Hits { rows, total, progress, corrected, scattered, whole, nearest, near, notes }
    }

    /// Reads the rows that the query names exactly: nothing is better, and no level tells.
    fn read_named(&mut self, index: &Index, knowledge: &Knowledge) {
        let named: Vec<RowIx> = self.resolved.named.iter().map(|named| named.row).collect();
        for row in named {
            if self.seen.insert(row) {
                self.take(index, knowledge, row, self.least);
            }
        }
    }

    /// Judges a row and takes it if it is found.
    fn take(&mut self, index: &Index, knowledge: &Knowledge, row: RowIx, least: u32) {
        let place = Place { index, knowledge, row };
        let Some(judged) = self.scorer.judge(place, &self.resolved, least.max(self.least)) else { return };
        if judged.held > self.least {
            self.best.clear();
            (self.least, self.total) = (judged.held, 0);
        }
        self.total += 1;
        self.keep(judged.score, row);
    }

    /// Keeps a row if it is among the best. `false` if no row after it of the same score can be.
    fn keep(&mut self, score: u32, row: RowIx) -> bool {
        let own = (score, Reverse(row));
        if self.best.len() < self.limit {
            self.best.push(Reverse(own));
            return true;
        }
        match self.best.peek_mut() {
            Some(mut worst) if own > worst.0 => {
                *worst = Reverse(own);
                true
            }
            _ => false,
        }
    }

    /// Whether no row that is worth `most` at best can come in any more.
    fn is_out(&self, most: u32) -> bool {
        let worst = self.best.peek().map_or(0, |Reverse((score, _))| *score);
        self.limit == 0 || (self.best.len() == self.limit && most < worst)
    }

    /// Whether this row cannot come in if it is worth `most` at best.
    fn is_beaten(&self, most: u32, row: RowIx) -> bool {
        let is_worse = |worst: &Reverse<_>| (most, Reverse(row)) <= worst.0;
        self.limit == 0 || (self.best.len() == self.limit && self.best.peek().is_some_and(is_worse))
    }

    /// What a row shows at a glance, if a glance tells.
    fn glimpse(&mut self, index: &Index, row: RowIx) -> Option<UpperBound> {
        let is_whole = self.least == self.resolved.wanted as u32;
        self.bounds.as_mut().filter(|_| is_whole).map(|bounds| bounds.at(index, &self.resolved, row))
    }

    fn each(&mut self, index: &Index, knowledge: &Knowledge, row: RowIx) -> usize {
        if row as usize >= index.texts.rows.len() {
            return READING;
        }
        self.take(index, knowledge, row, 0);
        self.is_final |= self.best.len() == self.limit;
        self.stage = Stage::Each(row + 1);
        READING / 4
    }

    /// Takes the next run of the only word.
    fn walk(&mut self, index: &Index, knowledge: &Knowledge, mut levels: Impacts) -> usize {
        let most = u32::from(levels.top()) + self.scorer.rare(0);
        let some = if self.resolved.is_plain() { STRETCH } else { STRETCH / PER_READING };
        let run = if self.is_out(most) { None } else { levels.next(&index.vocabulary, some) };
        let Some((_, run)) = run else {
            (self.is_final, self.stage) = (true, Stage::Count(0, 0));
            (self.seen, self.total) = (RowSet::of(index.texts.rows.len()), 0);
            return POSTING;
        };
        let mut spent = POSTING * 8;
        for posting in run {
            let row = posting.row();
            if self.resolved.is_plain() {
                spent += POSTING;
                if self.seen.insert(row) && !self.keep(most, row) {
                    break;
                }
            } else if self.seen.insert(row) {
                spent += READING;
                self.take(index, knowledge, row, 1);
            }
        }
        self.stage = Stage::Walk(levels);
        spent
    }

    /// Counts some of the rows of the only word.
    fn count(&mut self, index: &Index, knowledge: &Knowledge, word: usize, from: usize) -> usize {
        let by_id: Vec<RowIx> = self.resolved.atoms[0].named.iter().map(|named| named.row).collect();
        let mut spent = POSTING * 8;
        let mut rows: Vec<RowIx> = Vec::new();
        match self.resolved.atoms[0].words.get(word) {
            Some((word_ix, _)) => {
                let postings = index.vocabulary.postings(*word_ix).get(from..).unwrap_or_default();
                let some = postings.get(..STRETCH).unwrap_or(postings);
                rows.extend(some.iter().map(|posting| posting.row()));
                let is_all = some.len() == postings.len();
                self.stage =
                    if is_all { Stage::Count(word + 1, 0) } else { Stage::Count(word, from + some.len()) };
            }
            None => rows = by_id,
        }
        for row in rows {
            spent += POSTING;
            if self.seen.insert(row) {
                let is_found = self.resolved.is_plain() || {
                    spent += READING;
                    let place = Place { index, knowledge, row };
                    self.scorer.judge(place, &self.resolved, self.least).is_some()
                };
                self.total += usize::from(is_found);
            }
        }
        spent
    }

    fn gather(&mut self, index: &Index, mut gather: Box<Candidates>) -> usize {
        if let Some(spent) = gather.step(&self.resolved, index) {
            self.stage = Stage::Candidates(gather);
            return spent * POSTING;
        }
        let rows = gather.candidates();
        let spent = rows.len() * POSTING * 4;
        self.stage = Stage::Read(rows, 0, gather);
        spent
    }

    /// Reads the next row, or ends.
    fn read(
        &mut self,
        index: &Index,
        knowledge: &Knowledge,
        (rows, at): (Vec<u32>, usize),
        gather: Box<Candidates>,
    ) -> usize {
        if !self.is_final && gather.patience().is_some_and(|patience| at > patience) {
            // The rows that have been read stay read.
            self.stage =
                Stage::Candidates(Box::new(Candidates::new(&self.resolved, index, self.least, true)));
            return READING;
        }
        if at.is_multiple_of(AHEAD) {
            let ahead = rows.get(at..).unwrap_or_default().iter().take(AHEAD);
            ahead.for_each(|row| index.texts.fetch(gather.most(*row).0));
        }
        let next = rows.get(at).map(|row| gather.most(*row));
        match next {
            Some((row, held, mean)) if held >= self.least => {
                // One word is near to nothing, and rows that are worth the same come in their order.
                let is_last = if held > 1 { self.is_out(mean + NEAREST) } else { self.is_beaten(mean, row) };
                self.is_final |= held == self.least && self.total > 0 && is_last;
                let mut spent = POSTING;
                if self.seen.insert(row) {
                    spent = match self.glimpse(index, row) {
                        Some(UpperBound { holds: false, .. }) => GLANCING,
                        Some(UpperBound { near, .. }) if self.is_beaten(mean + near, row) => {
                            self.total += 1;
                            GLANCING
                        }
                        _ => {
                            self.take(index, knowledge, row, 0);
                            READING
                        }
                    };
                }
                self.stage = Stage::Read(rows, at + 1, gather);
                spent
            }
            _ => self.fall_back(index, knowledge),
        }
    }

    /// Where no row holds all words, those that hold the most are found.
    fn fall_back(&mut self, index: &Index, knowledge: &Knowledge) -> usize {
        let wanted = self.resolved.wanted as u32;
        // Half of them is often enough, and far fewer rows hold that many than any one of them.
        let half = wanted.div_ceil(2).max(2);
        let least = if half < self.least { half } else { 1 };
        if self.total == 0 && least < self.least {
            self.least = least;
            self.seen = RowSet::of(index.texts.rows.len());
            self.stage = Stage::Candidates(Box::new(Candidates::new(&self.resolved, index, least, false)));
            self.read_named(index, knowledge);
        }
        READING
    }
}

/// A row as it is shown.
pub(super) fn hit(index: &Index, knowledge: &Knowledge, row: RowIx, judged: Scored) -> Hit {
    let address = match (index.texts.rows.address(row), judged.statement) {
        (Address::Entry(entry), Some(at)) => {
            statement_of(knowledge, entry, at).map_or(Address::Entry(entry), Address::Statement)
        }
        (address, _) => address,
    };
    Hit { address, score: judged.score, more: judged.more as usize, near: false }
}
