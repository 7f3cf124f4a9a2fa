//! Query → ranked hits. The only user of `fuzzy-matcher`.
//!
//! # What is found
//!
//! A *document* is a topic; an entry by its title, aliases, tags, ids and date; a statement, with all that its entry
//! is found by, with the names of the entities it mentions, and with what is said of its standing ([`standing_words`],
//! [`DENIED`]); or an entity by its names, kind, date and summary. All words of a query must match words of one document,
//! in any order, none of the excluded ones may, and every filter must pass. An entry is left out where one of its
//! statements is found.
//!
//! - [`likeness()`] says how words match. Scattered letters count only where no word of the file matches better.
//! - A word that matches nothing is corrected, if that leads to hits; so is one that matches by scattered letters alone
//!   and is one slip away from a word.
//! - A name of three or four words also counts by its initials.
//! - [`is_stopword`] tells the words that need not match where others are asked for.
//! - If no document holds all words, those that hold the most are found: at least two, and at least half of them.
//!   Phrases, exclusions and filters hold all the same.
//!
//! # In which order
//!
//! By score (the `rank` module says what counts), and where scores are equal, an entity that more statements
//! mention comes first; the rest is in the file's order. The file, the query and the limit decide everything: there is no clock, no chance and no order of a hash map.
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
mod standing;
mod stopwords;
mod vocabulary;

use std::cmp::Reverse;

pub use likeness::{EXACT, PREFIX, SCATTERED, SUBSTRING, likeness};
pub use marks::marks;
pub use pick::pick;
pub use query::Query;
pub use spelling::forms;
pub use standing::{DENIED, standing_words};
pub use stopwords::is_stopword;

use crate::knowledge::{Address, Knowledge};
use ask::{Ask, Atom};
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
    /// Words that matched nothing, folded, and the word that was found instead.
    pub corrected: Vec<(String, String)>,
    /// Words that matched by scattered letters alone, folded.
    pub scattered: Vec<String>,
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

/// What is said when no document holds all words.
const SHOWING_THE_MOST: &str = "nothing holds all words; showing the most";

/// A document that matches, and what it is worth.
#[derive(Debug, Clone, Copy)]
struct Found {
    score: u32,
    document: DocumentIx,
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
        let mut ask = Ask::new(query, &self.names, &self.vocabulary);
        let mut found =
            if ask.is_empty() { Vec::new() } else { self.score(knowledge, &ask, ask.atoms.len()) };
        let least = ask.atoms.len().div_ceil(2).max(2);
        if found.is_empty() && least < ask.atoms.len() {
            found = self.score(knowledge, &ask, least);
            if !found.is_empty() {
                ask.notes.push(SHOWING_THE_MOST.to_owned());
            }
        }
        let total = found.len();
        let corrected = self.leading(&ask, &found);
        let order = |found: &Found| {
            (Reverse(found.score), Reverse(self.documents.mentions(found.document)), found.document)
        };
        if limit < found.len() {
            if limit > 0 {
                found.select_nth_unstable_by_key(limit - 1, order);
            }
            found.truncate(limit);
        }
        found.sort_unstable_by_key(order);
        let row = |found: Found| {
            let address = self.documents.address(found.document)?;
            Some(Hit { address, score: found.score })
        };
        let rows = found.into_iter().filter_map(row).collect();
        Hits { rows, total, corrected, scattered: ask.scattered, notes: ask.notes }
    }

    /// Every document that holds `least` words or more and as many as any other does, without entries that are shown
    /// by a statement.
    fn score(&self, knowledge: &Knowledge, ask: &Ask, least: usize) -> Vec<Found> {
        let exactly: Vec<(DocumentIx, u32)> = self.documents.exactly(&ask.key()).collect();
        let mut ranking = Ranking::new(ask, &self.documents, &self.vocabulary);
        let mut most = least;
        let mut found = Vec::new();
        for document in self.candidates(ask, least) {
            let Some(address) = self.documents.address(document) else { continue };
            if !ask.filters.iter().all(|filter| filter.passes(knowledge, address)) {
                continue;
            }
            let Some((held, score)) = ranking.score(document, most) else { continue };
            if held > most {
                found.clear();
                most = held;
            }
            let bonus = exactly.iter().filter(|(of, _)| *of == document).map(|(_, bonus)| *bonus).max();
            found.push(Found { score: score + bonus.unwrap_or(0), document });
        }
        let mut shown = vec![false; knowledge.entries.len()];
        for address in found.iter().filter_map(|found| self.documents.address(found.document)) {
            if let Address::Statement(ix) = address {
                shown[knowledge.statement(ix).entry.at()] = true;
            }
        }
        found.retain(|found| match self.documents.address(found.document) {
            Some(Address::Entry(ix)) => !shown[ix.at()],
            _ => true,
        });
        found
    }

    /// The corrections without which some of `found` would not be.
    fn leading(&self, ask: &Ask, found: &[Found]) -> Vec<(String, String)> {
        let holds = |atom: usize, document: DocumentIx| {
            let words = ask.atoms.get(atom).map(|atom| &*atom.words).unwrap_or_default();
            words.iter().any(|word| self.vocabulary.postings(*word).binary_search(&document).is_ok())
        };
        let leads = |atom: usize| found.iter().any(|found| holds(atom, found.document));
        let corrected = ask.corrected.iter().filter(|correction| leads(correction.atom));
        corrected.map(|correction| (correction.typed.clone(), correction.meant.clone())).collect()
    }

    /// The documents that may hold `least` words, each once, in the file's order.
    ///
    /// What lacks fewer than some number of words holds one of any that many: the rarest are looked up.
    fn candidates(&self, ask: &Ask, least: usize) -> Vec<DocumentIx> {
        if ask.atoms.is_empty() {
            return (0..self.documents.len() as DocumentIx).collect();
        }
        let count = |atom: &Atom| -> usize {
            atom.words.iter().map(|word| self.vocabulary.postings(*word).len()).sum()
        };
        let mut drivers: Vec<(usize, &Atom)> = ask.atoms.iter().map(|atom| (count(atom), atom)).collect();
        drivers.sort_by_key(|(count, _)| *count);
        drivers.truncate(ask.atoms.len() + 1 - least);
        let words = drivers.iter().flat_map(|(_, atom)| &atom.words);
        let postings = words.flat_map(|word| self.vocabulary.postings(*word));
        let mut documents: Vec<DocumentIx> = postings.copied().collect();
        documents.sort_unstable();
        documents.dedup();
        documents
    }
}
