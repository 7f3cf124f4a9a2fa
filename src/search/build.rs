//! Builds an index on all cores: reads runs of entries side by side, brings their words together, and has the rows posted
//! (`postings`).
//!
//! The result is the same whatever the number of threads: words get their places in the alphabet, and rows are posted
//! in order. Threads live no longer than the call. Must never rank.

use std::num::NonZero;
use std::ops::Range;
use std::thread;

use super::exact_names::ExactNames;
use super::forward_index::{Chunk, ForwardIndex, Rows};
use super::interner::Interner;
use super::postings::post;
use super::tokenize::Reader;
use super::vocabulary::{Vocabulary, WordIx};
use crate::knowledge::{EntryIx, Knowledge};

/// Entries from which a second thread is worth its start.
const WORTH_A_THREAD: usize = 2_000;
/// The most threads that are started.
const MOST_THREADS: usize = 16;

/// How many threads read a file of so many entries on this machine.
pub(super) fn threads(entries: usize) -> usize {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    (entries / WORTH_A_THREAD).clamp(1, cores.min(MOST_THREADS))
}

/// How many entries are read at first, and how many times as many in each stage that follows: what is read twice is a
/// small part of the whole.
const FIRST_STAGE: usize = 8_192;
const STAGE_AFTER_STAGE: usize = 12;

/// Of a file with so many entries, how many are read in each stage, all of them in the last.
pub(super) fn stages(entries: usize) -> Vec<usize> {
    let stages = std::iter::successors(Some(FIRST_STAGE), |stage| Some(stage * STAGE_AFTER_STAGE));
    stages.take_while(|stage| stage * STAGE_AFTER_STAGE <= entries).chain([entries]).collect()
}

/// Reads the rows of a file, of its entries the first so many, on so many threads.
pub(super) fn build(
    knowledge: &Knowledge,
    entries: usize,
    threads: usize,
) -> (ForwardIndex, Vocabulary, ExactNames) {
    let rows = Rows::of(knowledge, entries);
    let cuts = cuts(rows.entries, threads);
    let mut heads = Reader::new(knowledge, &rows);
    let read = |run: Range<usize>| {
        let mut reader = Reader::new(knowledge, &rows);
        run.map(EntryIx::new).for_each(|ix| reader.entry(ix));
        reader.keys.sort_unstable();
        reader
    };
    let mut readers: Vec<Reader<'_>> = thread::scope(|scope| {
        let read = &read;
        let others: Vec<_> = cuts.iter().skip(1).map(|run| scope.spawn(move || read(run.clone()))).collect();
        rows.entities.iter().for_each(|ix| heads.entity(*ix));
        knowledge.topic_ixs().for_each(|ix| heads.topic(ix));
        heads.standings();
        let mut readers: Vec<_> = cuts.iter().take(1).map(|run| read(run.clone())).collect();
        // A thread that panicked has no rows: the others are found all the same.
        readers.extend(others.into_iter().filter_map(|other| other.join().ok()));
        readers
    });
    readers.insert(0, heads);
    let keys = readers.iter_mut().flat_map(|reader| std::mem::take(&mut reader.keys)).collect();
    let in_names: Vec<_> =
        readers.first_mut().map(|heads| std::mem::take(&mut heads.named)).unwrap_or_default();
    let (words, chunks): (Vec<Interner>, Vec<Chunk>) =
        readers.into_iter().map(|reader| (reader.words, reader.chunk)).unzip();
    let (mut vocabulary, names) = together(&words);
    if let Some(names) = names.first() {
        vocabulary.name(in_names.into_iter().filter_map(|number| names.get(number as usize).copied()));
    }
    let mut chunks = thread::scope(|scope| {
        let rename = |(mut chunk, names): (Chunk, Vec<WordIx>)| {
            chunk.tokens.iter_mut().for_each(|token| *token = token.renamed(&names));
            chunk.tokens.shrink_to_fit();
            chunk
        };
        let all: Vec<_> = chunks.into_iter().zip(names).map(|it| scope.spawn(move || rename(it))).collect();
        all.into_iter().filter_map(|renamed| renamed.join().ok()).collect::<Vec<_>>()
    });
    let heads = if chunks.is_empty() { Chunk::default() } else { chunks.remove(0) };
    let starts = cuts.iter().map(|run| run.start as u32).collect();
    let texts = ForwardIndex { rows, heads, entries: chunks, starts };
    post(&texts, &mut vocabulary, &cuts);
    (texts, vocabulary, ExactNames::new(keys))
}

/// So many runs of about the same length.
fn cuts(len: usize, runs: usize) -> Vec<Range<usize>> {
    let runs = runs.max(1);
    (0..runs).map(|at| len * at / runs..len * (at + 1) / runs).collect()
}

/// All words in the order of the alphabet, and for the words of each reader their places in it.
fn together(words: &[Interner]) -> (Vocabulary, Vec<Vec<WordIx>>) {
    let sorted: Vec<Vec<u32>> = thread::scope(|scope| {
        let all: Vec<_> = words.iter().map(|words| scope.spawn(|| words.sorted())).collect();
        all.into_iter().map(|sorted| sorted.join().unwrap_or_default()).collect()
    });
    let mut names: Vec<Vec<WordIx>> = sorted.iter().map(|sorted| vec![0; sorted.len()]).collect();
    let mut next = vec![0; sorted.len()];
    let word = |reader: usize, next: &[usize]| -> Option<&str> {
        sorted[reader].get(next[reader]).map(|number| words[reader].word(*number))
    };
    let (mut letters, mut ends) = (String::new(), Vec::new());
    while let Some(least) = (0..words.len()).filter_map(|reader| word(reader, &next)).min() {
        let place = ends.len() as WordIx;
        for reader in 0..words.len() {
            if word(reader, &next) == Some(least) {
                names[reader][sorted[reader][next[reader]] as usize] = place;
                next[reader] += 1;
            }
        }
        letters.push_str(least);
        ends.push(letters.len() as u32);
    }
    (Vocabulary::new(letters, ends), names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::forward_index::RowIx;

    #[test]
    fn runs_cover_everything_once() {
        assert_eq!(cuts(7, 3), [0..2, 2..4, 4..7]);
        assert_eq!(cuts(0, 2), [0..0, 0..0]);
    }

    #[test]
    fn stages_grow_fast_and_end_with_everything() {
        assert_eq!(stages(0), [0]);
        assert_eq!(stages(90_000), [90_000]);
        assert_eq!(stages(100_000), [8_192, 100_000]);
        assert_eq!(stages(1_200_000), [8_192, 98_304, 1_200_000]);
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let knowledge = crate::load::shipped().map_or_else(|_| unreachable!(), |loaded| loaded.knowledge);
        let all = knowledge.entries.len();
        let (texts, vocabulary, _) = build(&knowledge, all, 1);
        for threads in [2, 3, 7, 40] {
            let (other_texts, other, _) = build(&knowledge, all, threads);
            assert_eq!(
                (&other.letters, &other.ends, &other.starts, &other.postings),
                (&vocabulary.letters, &vocabulary.ends, &vocabulary.starts, &vocabulary.postings)
            );
            for row in 0..texts.rows.len() as RowIx {
                assert_eq!(other_texts.row(row), texts.row(row));
            }
        }
    }
}
