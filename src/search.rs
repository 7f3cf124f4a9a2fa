//! Query → ranked hits. The only user of `fuzzy-matcher`.
//!
//! # What is found
//!
//! A *document* is a topic; an entity; a statement, with its entry; or an entry that has no statements. A *row* is what
//! is shown: a topic, an entity, or an entry with the best of its statements. The words of a document stand in texts,
//! and where they stand is worth something:
//!
//! | text | worth |
//! |---|---|
//! | an entity's own name: its first word | 300 |
//! | its other words; titles of topics and entries | 240; 290 if the statement's text holds the same word |
//! | other names of an entity or an entry, tags, kinds, words of ids without a number | 200; 250 if … |
//! | dates of statements and entries: years, months and days, as they are said and as they are written | 200 |
//! | a statement's text; summaries of topics and entities; an entity's dates | 160 |
//! | the names of all entities that a statement or a summary links to, or that a statement has for a party | 120 |
//! | what is said of its standing ([`standing_words`], [`DENIED`]) | 20 |
//!
//! A text's words are folded ([`crate::text::fold`]) and count in all their [`forms`]; words with hyphens between them
//! also as one; in a name so does each run of two to four, and the initials of a name of three or four. An id as a
//! whole is a word of what it names, worth [`EXACT`] and 200.
//!
//! All words of a query must match words of one document, in any order; none of the excluded ones may match it, exactly
//! or as a start; phrases must follow one another exactly; every filter must pass. [`similarity()`] says how words match.
//!
//! - The other forms of an English word ([`inflections`]) match as nearly all of a word does ([`INFLECTED`]).
//! - Scattered letters count only where no word of the file holds the query's word as it is written, or is a form of it,
//!   and it is no *real word*: one that [`is_english`] knows, asked of a file in English. It is said that they count.
//! - A real word that matches nothing matches all words of its family ([`is_of_family`]), as the start of a word does.
//! - A word that matches nothing and is no real word is replaced by the nearest one that is no stop word: of the fewest slips (two at most, one in short words or
//!   if the first letter differs), then of the same first letter, then of names, then in the most rows, then in the
//!   order of the alphabet. So is one that matches by scattered letters alone and is one slip away, after its first letter,
//!   from a word. It is said if a row that is shown holds it.
//! - [`is_stopword`] tells the words that need not match where others are asked for.
//! - If no document holds all words, those that hold the most are found.
//! - The whole address of something is taken for its id.
//!
//! # What is near in meaning
//!
//! Where the file is in English and the query is of words alone (no phrase, exclusion, filter or address), its words are
//! also asked for what they mean ([`meaning_of_any_form`], in American spelling; of a corrected word the one that is meant; stop words do not
//! count). A word that neither the file nor the table has is taken for the commonest one of the table that is one slip
//! away. The last word of a query that is still being typed is asked only if the file has nothing that matches it and the table
//! has it as it is written; until a word is ended, nothing is taken for a slip.
//!
//! A document's mean is the [`direction`] of the sum of all its words' vectors, each times its weight and 10 in the statement's
//! text or the entity's summary, 2 in titles and an entity's own name, 1 in other names, tags, kinds and ids; nothing elsewhere.
//! Topics have none. The query's mean is that of its words, each times its weight. Of the 1000 documents whose means have
//! the greatest [`dot`] with it, the first in order if equal, each is worth that, and the mean, by weight, over the query's
//! words of the likeness of the word in the document that is most like it: of two words the dot less a fifth of [`SAME`], but
//! no less than 0, times five fourths; nine tenths of that in other names, tags, kinds and ids. Entities are worth a
//! fifth of [`SAME`] less. All divisions are rounded down. A row is as near as its nearest document; the thirty nearest count.
//!
//! - Where no document holds all words, or a real word is held as a part of others alone, the rows found by words, as ordered
//!   below, and the near ones are merged. The row at place n of the first thirty found by words has 1,000,000 / (2 + n) points, the one at place n of the near
//!   ones twice as many, and the sum is its score; of equal ones what words find comes first. Of rows that words do not find five come in at most.
//!   Rows found by words behind the thirtieth come last, with no points.
//! - Where nothing is being typed any more and fewer than five rows hold all of at least two words, near ones fill up the places to the fifth, with the score 0.
//! - Else meaning says nothing.
//!
//! # In which order
//!
//! A word of the query is worth the best of its matches: the similarity, what the word is worth where it stands, and up to
//! 32 for being rare, 3 less for each doubling of the rows that its matches stand in. A document's score is the sum over
//! the words of the query divided by their number, rounded down; where it holds several, up to 150 if one text holds them
//! all side by side, 15 less for each word in between, and 30 if they also stand in the order of the query; and a bonus if
//! the whole query is its statement's id (8000), its entity's name or id (4000), its topic's (3000), or its entry's title
//! or id (600). The row's score is that of its best document. Of equal ones the statement that is worth most without what
//! all statements of its entry share is shown, then the first.
//!
//! Rows come by score; where scores are equal, entities come first, those that more statements mention before others; then
//! topics, then entries, in the file's order. The file, the query and the limit decide everything: there is no clock, no
//! chance and no order of a hash map. `tests/it/exactness.rs` repeats this page word by word without an index, and finds
//! the same rows in the same order.
//!
//! # How it stays quick
//!
//! The distinct words of a file are its `vocabulary`, which grows far more slowly than the text. A query's word is
//! matched against the vocabulary alone; each word leads to rows, those first where it is worth most (`impacts`). One word
//! is walked from the best down until no other row can come in. Of several words the rarest says which rows there are, the
//! others add what each row can be worth at best (`candidates`), the most promising are glanced at (`upper_bound`), and those that
//! may still come in are read (`scorer`), again until no other can. A [`SearchCursor`] does this in steps, so that rows can be
//! shown before they are counted. Letters are marked for rows that are seen. Of a large file the first entries can be
//! searched before the others are indexed ([`Index::build_in_stages`]).

mod advise;
mod build;
mod candidates;
mod complete;
mod cursor;
mod exact_names;
mod family;
mod field;
mod filter;
mod forward_index;
mod fuse;
mod fuzzy_list;
mod highlight;
mod impacts;
mod inflection;
mod interner;
mod meaning;
mod meaning_table;
mod names;
mod packed;
mod postings;
mod query;
mod resolve;
mod rowset;
mod scorer;
mod similarity;
mod spelling;
mod standing;
mod stopwords;
mod tokenize;
mod upper_bound;
mod vocabulary;

use std::cmp::Reverse;
use std::sync::OnceLock;
use std::thread;

pub use advise::{Advice, Part, Role};
pub use candidates::Tuning;
pub use complete::Completion;
pub use cursor::{Progress, SearchCursor};
pub use family::is_of_family;
pub use fuzzy_list::pick;
pub use highlight::marks;
pub use inflection::inflections;
pub use meaning_table::{
    DIMENSIONS, Meaning, SAME, Vector, direction, dot, is_english, meaning_of, meaning_of_any_form,
    one_slip_away,
};
pub use packed::pack;
pub use query::Query;
pub use similarity::{EXACT, INFLECTED, PREFIX, RELATED, SCATTERED, SUBSTRING, similarity};
pub use spelling::forms;
pub use standing::{DENIED, standing_words};
pub use stopwords::is_stopword;

use crate::knowledge::{Address, EntryIx, Knowledge};
use exact_names::ExactNames;
use forward_index::ForwardIndex;
use meaning::MeaningIndex;
use names::Names;
use resolve::ResolvedQuery;
use scorer::{Place, Scorer};
use vocabulary::Vocabulary;

/// All that is needed to search one [`Knowledge`]. Owns its data; shared by all sessions.
#[derive(Debug, Default)]
pub struct Index {
    texts: ForwardIndex,
    vocabulary: Vocabulary,
    keys: ExactNames,
    /// Read with the rest, or when a filter first asks for them.
    names: OnceLock<Names>,
    /// Read with the rest, or when a question first asks for it.
    meaning: OnceLock<MeaningIndex>,
    tuning: Tuning,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    /// The best ones, best first.
    pub rows: Vec<Hit>,
    /// How many there are in all; so many at least, until the search is done.
    pub total: usize,
    /// Whether the rows and their number are certain.
    pub progress: Progress,
    /// Words that matched nothing, folded, and the word that was found instead.
    pub corrected: Vec<(String, String)>,
    /// Words that matched by scattered letters alone, folded.
    pub scattered: Vec<String>,
    /// Words that the file has as they were typed, not only as parts of others; folded.
    pub whole: Vec<String>,
    /// Words that no document holds, folded, and the word of the file that is nearest to each in meaning.
    pub nearest: Vec<(String, String)>,
    /// How many of all hits are near in meaning alone.
    pub near: usize,
    /// What in the query was not understood, each in one line.
    pub notes: Vec<String>,
}

impl Default for Hits {
    /// Nothing asked, nothing found.
    fn default() -> Self {
        let (rows, corrected, scattered, whole, notes) = Default::default();
        let (nearest, progress) = (Vec::new(), Progress::Done);
        Self { rows, total: 0, progress, corrected, scattered, whole, nearest, near: 0, notes }
    }
}

/// One row of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it is: of an entry, the best of its statements.
    pub address: Address,
    /// What it is worth; comparable within one search only.
    pub score: u32,
    /// How many other statements of the entry are found by the same words.
    pub more: usize,
    /// Whether it is near in meaning and holds none of what was found by words.
    pub near: bool,
}

impl Index {
    /// Reads all words of a file, on all cores if it is a large one.
    pub fn build(knowledge: &Knowledge) -> Self {
        Self::build_on(knowledge, build::threads(knowledge.entries.len()))
    }

    /// As [`Index::build`], on so many threads. The index is the same whatever their number.
    pub fn build_on(knowledge: &Knowledge, threads: usize) -> Self {
        Self::first(knowledge, knowledge.entries.len(), threads)
    }

    /// An index of all topics and entities, and of the first so many entries: as if the file had no others. A search in
    /// it says nothing of the others, and takes from them neither rows nor words.
    pub fn first(knowledge: &Knowledge, entries: usize, threads: usize) -> Self {
        let entries = entries.min(knowledge.entries.len());
        thread::scope(|scope| {
            let names = (threads > 1).then(|| scope.spawn(|| Names::of(knowledge, entries)));
            let (texts, vocabulary, keys) = build::build(knowledge, entries, threads);
            let names = names.and_then(|names| names.join().ok());
            let names = names.unwrap_or_else(|| Names::of(knowledge, entries)).into();
            let index =
                Self { texts, vocabulary, keys, names, meaning: OnceLock::new(), tuning: Tuning::DEFAULT };
            if threads > 1 && resolve::is_in_english(knowledge) {
                index.meaning();
            }
            index
        })
    }

    /// Builds the index of a file, on all cores. Of a large one, `ready` is first given an index of some entries, while
    /// the others are still being read: what is ready can be searched.
    pub fn build_in_stages(knowledge: &Knowledge, mut ready: impl FnMut(Self)) {
        for entries in build::stages(knowledge.entries.len()) {
            ready(Self::first(knowledge, entries, build::threads(entries)));
        }
    }

    /// The same index, searched with other short cuts: what it finds stays the same.
    #[must_use]
    pub fn tuned(self, tuning: Tuning) -> Self {
        Self { tuning, ..self }
    }

    /// How many entries of the file can be found; all of them unless it is an index of the [`Index::first`] ones.
    pub fn reach(&self) -> usize {
        self.texts.rows.entries
    }

    /// The names that filters know.
    fn names(&self, knowledge: &Knowledge) -> &Names {
        self.names.get_or_init(|| Names::of(knowledge, self.reach()))
    }

    /// What its documents mean.
    fn meaning(&self) -> &MeaningIndex {
        self.meaning.get_or_init(|| MeaningIndex::of(&self.texts, &self.vocabulary))
    }

    /// How many distinct words the file has, in all their forms.
    pub fn words(&self) -> usize {
        self.vocabulary.len()
    }

    /// The best `limit` hits. `knowledge` must be the one that the index was built from.
    ///
    /// A query of filters or exclusions alone finds all that pass, in the order of rows; an empty one finds nothing.
    pub fn search(&self, knowledge: &Knowledge, query: &Query, limit: usize) -> Hits {
        let mut seek = self.seek(knowledge, query, limit);
        while seek.step(self, knowledge, usize::MAX) != Progress::Done {}
        seek.hits(self, knowledge)
    }

    /// The same search, to be taken in steps.
    pub fn seek(&self, knowledge: &Knowledge, query: &Query, limit: usize) -> SearchCursor {
        SearchCursor::new(self, knowledge, query, limit)
    }

    /// The statements of one entry that hold as many words of the query as any of them: all, or at least half of them.
    pub fn search_within(&self, knowledge: &Knowledge, query: &Query, entry: EntryIx) -> Hits {
        let resolved = ResolvedQuery::new(query, self, knowledge);
        if resolved.is_empty() || entry.at() >= self.reach() {
            return Hits { notes: resolved.notes, ..Hits::default() };
        }
        let row = self.texts.rows.entry(entry);
        let mut found = Scorer::new(&resolved, knowledge).judge_all(
            Place { index: self, knowledge, row },
            &resolved,
            resolved.wanted as u32,
        );
        found.sort_by_key(|judged| Reverse((judged.score, judged.own)));
        let rows =
            found.into_iter().map(|judged| Hit { more: 0, ..cursor::hit(self, knowledge, row, judged) });
        let rows: Vec<Hit> = rows.collect();
        Hits {
            total: rows.len(),
            rows,
            scattered: resolved.scattered,
            whole: resolved.whole,
            notes: resolved.notes,
            ..Hits::default()
        }
    }
}
