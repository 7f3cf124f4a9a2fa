//! What the documents of a file mean, and which of them are nearest in meaning to a question.
//!
//! A document means the mean of its words. The nearest thousand by that are then looked at word by word. Whole numbers
//! throughout, so that every machine gives the same order. Must never say what is found: that is the cursor's.

use std::cmp::Reverse;

use super::field::Field;
use super::forward_index::{ForwardIndex, RowIx, Visitor};
use super::meaning_table::{DIMENSIONS, Meaning, SAME, Vector, direction, dot, meaning_of};
use super::stopwords::is_stopword;
use super::vocabulary::{Vocabulary, WordIx};
use crate::knowledge::{Address, EntityIx};

/// Documents that are looked at word by word.
const LOOKED_AT: usize = 1000;
/// Rows that are returned at most.
pub(super) const NEAREST_ROWS: usize = 30;
/// A document that has no statement of its own.
pub(super) const WHOLE_ROW: u32 = u32::MAX;
/// Two words that are less alike have nothing to do with each other.
const STRANGERS: i32 = SAME / 5;
/// What entities are worth less than statements.
const FOR_ENTITIES: i32 = SAME / 5;

/// A word of a question that means something.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) word: String,
    pub(super) meaning: Meaning,
}

/// A row, and which of its statements is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) row: RowIx,
    pub(super) statement: Option<u32>,
}

/// The words of a file that mean something, and the means of its documents.
#[derive(Debug, Default)]
pub(super) struct MeaningIndex {
    /// Which words of the vocabulary mean something: each one's bit, and how many of them stand before each 64.
    bits: Vec<(u64, u32)>,
    words: Vec<WordIx>,
    vectors: Vec<Vector>,
    weights: Vec<u8>,
    /// Row and statement of each document.
    documents: Vec<(RowIx, u32)>,
    means: Vec<Vector>,
}

/// How much a word counts for the mean of a document by where it stands, in tenths.
const fn share(field: Field) -> i64 {
    match field {
        Field::Text | Field::Summary => 10,
        Field::Name | Field::Title => 2,
        Field::Head => 1,
        Field::When | Field::Mention | Field::Standing => 0,
    }
}

/// How much it counts where the nearest word is looked for, in tenths.
const fn nearness(field: Field) -> i32 {
    match field {
        Field::Text | Field::Summary | Field::Name | Field::Title => 10,
        Field::Head => 9,
        Field::When | Field::Mention | Field::Standing => 0,
    }
}

impl MeaningIndex {
    pub(super) fn of(texts: &ForwardIndex, vocabulary: &Vocabulary) -> Self {
        let mut index = Self { bits: vec![(0, 0); vocabulary.len().div_ceil(64)], ..Self::default() };
        for word in 0..vocabulary.len() as WordIx {
            let Some(meaning) = meaning_of(vocabulary.word(word)) else { continue };
            index.bits[word as usize / 64].0 |= 1 << (word % 64);
            index.words.push(word);
            index.vectors.push(meaning.vector);
            index.weights.push(meaning.weight);
        }
        let mut before = 0;
        for (own, count) in &mut index.bits {
            *count = before;
            before += u64::count_ones(*own);
        }
        let (mut documents, mut means) = (Vec::new(), Vec::new());
        for row in 0..texts.rows.len() as RowIx {
            if matches!(texts.rows.address(row), Address::Topic(_)) {
                continue;
            }
            let zero = [0; DIMENSIONS];
            let mut mean = Mean { index: &index, head: zero, own: zero, statement: None, found: Vec::new() };
            texts.visit(row, &mut mean);
            mean.end();
            for (statement, vector) in mean.found {
                documents.push((row, statement.unwrap_or(WHOLE_ROW)));
                means.push(vector);
            }
        }
        Self { documents, means, ..index }
    }

    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.documents.len()
    }

    /// The place of a word among those that mean something.
    #[inline]
    fn slot(&self, word: WordIx) -> Option<usize> {
        let (bits, before) = self.bits.get(word as usize / 64).copied().unwrap_or_default();
        let own = 1 << (word % 64);
        (bits & own != 0).then(|| before as usize + (bits & (own - 1)).count_ones() as usize)
    }

    /// The word of the file, other than a stop word, that is nearest to one of a question.
    pub(super) fn nearest_word(&self, asked: &Asked, vocabulary: &Vocabulary) -> Option<String> {
        let likeness = |at: usize| dot(&asked.meaning.vector, &self.vectors[at]);
        let word = |at: usize| vocabulary.word(self.words[at]);
        let all = (0..self.words.len()).filter(|at| !is_stopword(word(*at)) && likeness(*at) > STRANGERS);
        all.max_by_key(|at| (likeness(*at), Reverse(*at))).map(|at| word(at).to_owned())
    }

    /// The rows whose documents are nearest to a question, the nearest first.
    pub(super) fn nearest(&self, texts: &ForwardIndex, asked: &[Asked]) -> Vec<Near> {
        let mut sums = [0; DIMENSIONS];
        for Asked { meaning, .. } in asked {
            add(&mut sums, &meaning.vector, i64::from(meaning.weight));
        }
        let mean = direction(&sums);
        let mut best: Vec<(i32, usize)> =
            self.means.iter().enumerate().map(|(at, own)| (dot(&mean, own), at)).collect();
        let order = |own: &(i32, usize)| (Reverse(own.0), own.1);
        if best.len() > LOOKED_AT {
            best.select_nth_unstable_by_key(LOOKED_AT, order);
            best.truncate(LOOKED_AT);
        }
        best.sort_unstable_by_key(|(_, at)| *at);
        let near = asked.iter().map(|own| self.likeness(&own.meaning.vector)).collect();
        let mut reading = Likeness { index: self, near, head: vec![0; asked.len()], own: Vec::new() };
        let mut found: Vec<(i32, usize)> = Vec::new();
        for documents in best.chunk_by(|one, next| self.documents[one.1].0 == self.documents[next.1].0) {
            let Some(row) = documents.first().map(|(_, at)| self.documents[*at].0) else { continue };
            reading.clear();
            texts.visit(row, &mut reading);
            let less = if matches!(texts.rows.address(row), Address::Entity(_)) { FOR_ENTITIES } else { 0 };
            let scored = documents
                .iter()
                .map(|(whole, at)| (whole + reading.soft(self.documents[*at].1, asked) - less, *at));
            found.extend(scored.min_by_key(order));
        }
        found.sort_unstable_by_key(order);
        found.truncate(NEAREST_ROWS);
        let near = |(_, at): (i32, usize)| {
            let (row, statement) = self.documents[at];
            Near { row, statement: Some(statement).filter(|statement| *statement != WHOLE_ROW) }
        };
        found.into_iter().map(near).collect()
    }

    /// How alike each word of the file is to one of a question: strangers are not.
    fn likeness(&self, asked: &Vector) -> Vec<i32> {
        self.vectors.iter().map(|own| (dot(asked, own) - STRANGERS).max(0) * 5 / 4).collect()
    }
}

fn add(sums: &mut [i64; DIMENSIONS], vector: &Vector, times: i64) {
    for (sum, number) in sums.iter_mut().zip(vector) {
        *sum += i64::from(*number) * times;
    }
}

/// Adds up the words of a row's documents.
struct Mean<'a> {
    index: &'a MeaningIndex,
    head: [i64; DIMENSIONS],
    own: [i64; DIMENSIONS],
    statement: Option<u32>,
    found: Vec<(Option<u32>, Vector)>,
}

impl Mean<'_> {
    fn end(&mut self) {
        let mut sums = self.head;
        sums.iter_mut().zip(&self.own).for_each(|(sum, own)| *sum += own);
        if sums.iter().any(|sum| *sum != 0) {
            self.found.push((self.statement, direction(&sums)));
        }
        self.own = [0; DIMENSIONS];
    }
}

impl Visitor for Mean<'_> {
    fn word(&mut self, word: WordIx, field: Field, _: u32) {
        let Some(slot) = self.index.slot(word) else { return };
        let sums = if self.statement.is_none() { &mut self.head } else { &mut self.own };
        add(sums, &self.index.vectors[slot], share(field) * i64::from(self.index.weights[slot]));
    }

    fn statement(&mut self) {
        if self.statement.is_some() {
            self.end();
        }
        self.statement = Some(self.statement.map_or(0, |at| at + 1));
    }

    fn passes_over(&mut self, _: &ForwardIndex, _: EntityIx) -> bool {
        true
    }

    fn passes_over_standing(&mut self, _: &ForwardIndex, _: usize) -> bool {
        true
    }
}

/// Looks for the nearest word to each of a question's.
struct Likeness<'a> {
    index: &'a MeaningIndex,
    /// For each word of the question how alike the words of the file are.
    near: Vec<Vec<i32>>,
    head: Vec<i32>,
    /// The same for each statement.
    own: Vec<Vec<i32>>,
}

impl Likeness<'_> {
    fn clear(&mut self) {
        self.head.fill(0);
        self.own.clear();
    }

    /// How alike the words of a document are to those of the question, in the mean by how much these tell.
    fn soft(&self, statement: u32, asked: &[Asked]) -> i32 {
        let own = self.own.get(statement as usize);
        let best = |at: usize| self.head[at].max(own.map_or(0, |own| own[at]));
        let weight = |asked: &Asked| i32::from(asked.meaning.weight);
        let sum: i32 = asked.iter().enumerate().map(|(at, own)| best(at) * weight(own)).sum();
        sum / asked.iter().map(weight).sum::<i32>().max(1)
    }
}

impl Visitor for Likeness<'_> {
    fn word(&mut self, word: WordIx, field: Field, _: u32) {
        let Some(slot) = self.index.slot(word) else { return };
        let best = self.own.last_mut().unwrap_or(&mut self.head);
        for (best, near) in best.iter_mut().zip(&self.near) {
            *best = (near[slot] * nearness(field) / 10).max(*best);
        }
    }

    fn statement(&mut self) {
        self.own.push(vec![0; self.near.len()]);
    }

    fn passes_over(&mut self, _: &ForwardIndex, _: EntityIx) -> bool {
        true
    }

    fn passes_over_standing(&mut self, _: &ForwardIndex, _: usize) -> bool {
        true
    }
}
