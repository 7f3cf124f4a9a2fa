//! Query → ranked hits. The only user of `fuzzy-matcher`.
//!
//! # What is found
//!
//! A *document* is a topic; an entry by its title, aliases, tags, ids and date; a statement, with all that its entry
//! is found by and with the names of the entities it mentions; or an entity by its names, kind, date and summary. All
//! words of a query must match words of one document, in any order ([`likeness`] says how), none of the excluded ones
//! may, and every filter must pass. An entry is left out where one of its statements is found.
//!
//! # In which order
//!
//! By score (the `rank` module says what counts), and by the file's order where scores are equal. The file, the query and the
//! limit decide everything: there is no clock, no chance and no order of a hash map.
//!
//! # How it stays quick
//!
//! The distinct words of a file are its vocabulary, which grows far more slowly than the text. A query's word is
//! matched against the vocabulary alone; each word leads to the documents that hold it; the word of the query that leads
//! to the fewest drives, and the others are looked up in those documents. Letters are marked for the rows returned.

mod ask;
mod document;
mod filter;
mod likeness;
mod marks;
mod names;
mod pick;
mod query;
mod rank;
mod spelling;
mod vocabulary;

use std::cmp::Reverse;

pub use likeness::{EXACT, PREFIX, SCATTERED, SUBSTRING, likeness};
pub use marks::marks;
pub use pick::pick;
pub use query::Query;
pub use spelling::forms;

use crate::knowledge::{Address, Knowledge};
use ask::Ask;
use document::Documents;
use names::Names;
use rank::Ranking;
use vocabulary::{DocumentIx, Vocabulary};

/// All that is needed to search one [`Knowledge`]. Owns its data; shared by all sessions.
#[derive(Debug, Default)]
pub struct Index {
    documents: Documents,
    vocabulary: Vocabulary,
    names: Names,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// The best ones, best first.
    pub rows: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// Words that matched nothing, folded, and the word that was looked for instead.
    pub corrected: Vec<(String, String)>,
    /// What in the query was not understood, each in one line.
    pub notes: Vec<String>,
}

/// One row of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it is.
    pub address: Address,
    /// What it is worth; comparable within one search only.
    pub score: u32,
}

impl Index {
    /// Reads all words of a file.
    pub fn build(knowledge: &Knowledge) -> Self {
        let (documents, vocabulary) = document::read(knowledge);
        Self { documents, vocabulary, names: Names::of(knowledge) }
    }

    /// The best `limit` hits. `knowledge` must be the one that the index was built from.
    ///
    /// A query of filters or exclusions alone finds all that pass, in the file's order; an empty one finds nothing.
    pub fn search(&self, knowledge: &Knowledge, query: &Query, limit: usize) -> Hits {
        let ask = Ask::new(query, &self.names, &self.vocabulary);
        let mut found = if ask.is_empty() { Vec::new() } else { self.score(knowledge, &ask) };
        let total = found.len();
        let order = |(score, document): &(u32, DocumentIx)| (Reverse(*score), *document);
        if limit < found.len() {
            if limit > 0 {
                found.select_nth_unstable_by_key(limit - 1, order);
            }
            found.truncate(limit);
        }
        found.sort_unstable_by_key(order);
        let row = |(score, document): (u32, DocumentIx)| {
            let address = self.documents.address(document)?;
            Some(Hit { address, score })
        };
        let rows = found.into_iter().filter_map(row).collect();
        Hits { rows, total, corrected: ask.corrected, notes: ask.notes }
    }

    /// Every document that matches, with its score, without entries that are shown by a statement.
    fn score(&self, knowledge: &Knowledge, ask: &Ask) -> Vec<(u32, DocumentIx)> {
        let exactly: Vec<(DocumentIx, u32)> = self.documents.exactly(&ask.key()).collect();
        let mut ranking = Ranking::new(ask, &self.documents, &self.vocabulary);
        let mut found = Vec::new();
        let mut shown = vec![false; knowledge.entries.len()];
        for document in self.candidates(ask) {
            let Some(address) = self.documents.address(document) else { continue };
            if !ask.filters.iter().all(|filter| filter.passes(knowledge, address)) {
                continue;
            }
            let Some(score) = ranking.score(document) else { continue };
            let bonus = exactly.iter().filter(|(of, _)| *of == document).map(|(_, bonus)| *bonus).max();
            found.push((score + bonus.unwrap_or(0), document));
            if let Address::Statement(ix) = address {
                shown[knowledge.statement(ix).entry.at()] = true;
            }
        }
        found.retain(|(_, document)| match self.documents.address(*document) {
            Some(Address::Entry(ix)) => !shown[ix.at()],
            _ => true,
        });
        found
    }

    /// The documents that may match, each once, in the file's order.
    fn candidates(&self, ask: &Ask) -> Vec<DocumentIx> {
        let lists = |words: &[u32]| words.iter().map(|word| self.vocabulary.postings(*word).len()).sum();
        let Some(driver) = ask.atoms.iter().min_by_key(|atom| -> usize { lists(&atom.words) }) else {
            return (0..self.documents.len() as DocumentIx).collect();
        };
        let postings = driver.words.iter().flat_map(|word| self.vocabulary.postings(*word));
        let mut documents: Vec<DocumentIx> = postings.copied().collect();
        documents.sort_unstable();
        documents.dedup();
        documents
    }
}
