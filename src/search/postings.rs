//! Posts the rows of a file to their words, on all cores.
//!
//! Each row leads to its words; turned around, each word leads to its rows. Both are done in runs: rows side by side, then
//! words side by side. The result is the same whatever their number. Must never rank.

use std::ops::Range;
use std::thread;

use super::field::{CLASSES, Field, Fields, class};
use super::forward_index::{ForwardIndex, RowIx, Said, Visitor};
use super::vocabulary::{Posting, Vocabulary, WordIx};

/// Runs of words that each thread posts one after the other: the places of all words at once would not stay at hand.
const RUNS: usize = 8;

/// Where the words of some rows lead.
struct Leads {
    first: RowIx,
    /// The rows' leads, those to each run of words apart.
    runs: Vec<Run>,
    /// For each word of the vocabulary, in how many rows it stands.
    counts: Vec<u32>,
}

/// What leads to a run of words.
#[derive(Default)]
struct Run {
    /// For each row in turn its distinct words, each with its class.
    leads: Vec<Lead>,
    /// For each row the lead after its last.
    ends: Vec<u32>,
}

/// A word and the class of the best place where a row holds it, in four bytes.
#[derive(Clone, Copy)]
struct Lead(u32);

impl Lead {
    const fn new(word: WordIx, class: usize) -> Self {
        Self(word << 3 | class as u32)
    }

    const fn word(self) -> usize {
        (self.0 >> 3) as usize
    }

    const fn class(self) -> usize {
        (self.0 & 7) as usize
    }
}

/// Gives the `vocabulary` its postings, from runs of entries side by side.
pub(super) fn post(texts: &ForwardIndex, vocabulary: &mut Vocabulary, cuts: &[Range<usize>]) {
    let heads = texts.rows.entities.len() + texts.rows.topics;
    let rows = cuts.iter().map(|cut| cut.start + heads..cut.end + heads);
    let rows = std::iter::once(0..heads).chain(rows);
    let len = vocabulary.len();
    let words = &cuts_by_use(texts, len, cuts.len() * RUNS);
    let leads: Vec<Leads> = thread::scope(|scope| {
        let all: Vec<_> = rows.map(|rows| scope.spawn(move || leads(texts, words, rows))).collect();
        all.into_iter().filter_map(|leads| leads.join().ok()).collect()
    });
    let mut starts = vec![0; len + 1];
    for (word, before) in (1..=len).zip(0..) {
        let rows: u32 = leads.iter().map(|leads| leads.counts.get(before).copied().unwrap_or(0)).sum();
        starts[word] = starts[before] + rows;
    }
    let mut postings = vec![Posting::default(); starts[len] as usize];
    let mut rest = postings.as_mut_slice();
    let mut jobs = Vec::with_capacity(words.len());
    for (run, words) in words.iter().enumerate() {
        let own = rest.split_off_mut(..(starts[words.end] - starts[words.start]) as usize);
        jobs.push((run, words, own.unwrap_or_default()));
    }
    thread::scope(|scope| {
        let (leads, starts) = (&leads, &starts);
        while !jobs.is_empty() {
            let own = jobs.split_off(jobs.len().saturating_sub(RUNS));
            scope.spawn(move || {
                for (run, words, postings) in own {
                    place((leads, run), starts, words, postings);
                }
            });
        }
    });
    vocabulary.post(starts, postings);
}

/// Runs of so many words that texts use about as often each, by a look at some of their tokens.
fn cuts_by_use(texts: &ForwardIndex, words: usize, runs: usize) -> Vec<Range<usize>> {
    /// Of so many tokens one is looked at.
    const SOME: usize = 16;
    let mut uses = vec![0_u32; words];
    for token in texts.entries.iter().flat_map(|chunk| chunk.tokens.iter().step_by(SOME)) {
        if let Said::Word(word, _) = token.said() {
            uses[word as usize] += 1;
        }
    }
    shares(&uses, runs)
}

/// So many runs of about the same sum.
fn shares(uses: &[u32], runs: usize) -> Vec<Range<usize>> {
    let all: u64 = uses.iter().copied().map(u64::from).sum();
    let (mut cuts, mut sum) = (vec![0], 0);
    for (word, uses) in (1..).zip(uses) {
        sum += u64::from(*uses);
        while cuts.len() < runs && sum * runs as u64 >= all * cuts.len() as u64 && all > 0 {
            cuts.push(word);
        }
    }
    cuts.resize(runs, uses.len());
    let ends = cuts.iter().skip(1).copied().chain([uses.len()]);
    cuts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The distinct words of some rows, with the class of the best place of each; those of each run of `words` apart.
fn leads(texts: &ForwardIndex, words: &[Range<usize>], rows: Range<usize>) -> Leads {
    let run = |(run, words): (u16, &Range<usize>)| words.clone().map(move |_| Met { run, ..Met::default() });
    let mut seen = Seen { met: (0..).zip(words).flat_map(run).collect(), words: Vec::new() };
    let mut runs: Vec<Run> = words.iter().map(|_| Run::default()).collect();
    let first = rows.start as RowIx;
    for row in rows {
        texts.visit(row as RowIx, &mut seen);
        for word in seen.words.drain(..) {
            let met = &mut seen.met[word as usize];
            met.rows += 1;
            runs[usize::from(met.run)].leads.push(Lead::new(word, class(std::mem::take(&mut met.fields))));
        }
        for run in &mut runs {
            run.ends.push(run.leads.len() as u32);
        }
    }
    Leads { first, runs, counts: seen.met.into_iter().map(|met| met.rows).collect() }
}

/// What is known of a word of the vocabulary, together: it is asked for at once.
#[derive(Clone, Copy, Default)]
struct Met {
    /// The rows that have been read and hold it.
    rows: u32,
    /// Where it stands in the row that is being read.
    fields: Fields,
    /// The run that it is in.
    run: u16,
}

/// Has met the words of a row.
struct Seen {
    /// For each word of the vocabulary.
    met: Vec<Met>,
    /// Those of the row.
    words: Vec<WordIx>,
}

impl Visitor for Seen {
    fn word(&mut self, word: WordIx, field: Field, _: u32) {
        let fields = &mut self.met[word as usize].fields;
        if *fields == 0 {
            self.words.push(word);
        }
        *fields |= field.alone();
    }

    fn statement(&mut self) {}
}

/// Posts all rows to the `run`-th run of words, whose postings are `own`: class by class, in each in order.
fn place((leads, run): (&[Leads], usize), starts: &[u32], words: &Range<usize>, own: &mut [Posting]) {
    let runs = || leads.iter().filter_map(|leads| Some((leads.first, leads.runs.get(run)?)));
    let mut places = vec![[0; CLASSES]; words.len()];
    for lead in runs().flat_map(|(_, run)| &run.leads) {
        places[lead.word() - words.start][lead.class()] += 1;
    }
    let from = starts[words.start];
    for (counts, start) in places.iter_mut().zip(&starts[words.clone()]) {
        let mut place = start - from;
        for count in counts {
            place += std::mem::replace(count, place);
        }
    }
    for (first, run) in runs() {
        let mut start = 0;
        for (row, end) in (first..).zip(&run.ends) {
            for lead in &run.leads[start..*end as usize] {
                let place = &mut places[lead.word() - words.start][lead.class()];
                own[*place as usize] = Posting::new(row, lead.class());
                *place += 1;
            }
            start = *end as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shared_out_by_their_use() {
        assert_eq!(shares(&[0, 10, 1, 1], 2), [0..2, 2..4]);
        assert_eq!(shares(&[3, 3, 3], 3), [0..1, 1..2, 2..3]);
        assert_eq!(shares(&[9, 0], 3), [0..1, 1..1, 1..2]);
        assert_eq!(shares(&[0, 0], 2), [0..2, 2..2]);
        assert_eq!(shares(&[], 1), [0..0; 1]);
    }
}
