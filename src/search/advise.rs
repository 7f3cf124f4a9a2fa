//! What is said about a query: how it was understood, and what to ask where nothing is found.
//!
//! Must never change what is found.

use super::cursor::Progress;
use super::query::{Query, TermKind};
use super::resolve::ResolvedQuery;
use super::{Index, similarity};
use crate::knowledge::Knowledge;

/// Work that one piece of advice may cost, in about nanoseconds; what would cost more is not said.
const COST: usize = 2_000_000;
/// Words that are offered in place of one that the file does not hold.
const OFFERS: usize = 3;

/// One piece of a query, as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// In words.
    pub text: String,
    /// What it does.
    pub role: Role,
}

/// What a piece of a query does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Is looked for.
    Wanted,
    /// Narrows.
    Filter,
    /// Need not be found.
    Ignored,
}

/// What to ask instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advice {
    /// A word that the file does not hold, and those that are most like it.
    Instead(String, Vec<String>),
    /// A filter or an exclusion, and how many would be found without it.
    Without(String, usize),
    /// A word, and how many would be found by it alone.
    Alone(String, usize),
}

impl Advice {
    /// What it is about, and what that comes to.
    pub fn words(&self) -> (String, String) {
        let hits = |count: usize| if count == 1 { "1 hit".to_owned() } else { format!("{count} hits") };
        match self {
            Self::Instead(word, others) if others.is_empty() => {
                (format!("{word}: "), "not in this file".to_owned())
            }
            Self::Instead(word, others) => {
                (format!("{word} is not in this file; like it: "), others.join(", "))
            }
            Self::Without(filter, found) => (format!("without {filter}: "), hits(*found)),
            Self::Alone(word, found) => (format!("{word} alone: "), hits(*found)),
        }
    }
}

impl Index {
    /// The pieces of a query in the order of words and filters, each as it was understood.
    pub fn understood(&self, knowledge: &Knowledge, query: &Query) -> Vec<Part> {
        let mut parts = Vec::new();
        for term in &query.terms {
            let text = match term.kind {
                TermKind::Word => term.words.join("-"),
                TermKind::Phrase | TermKind::OpenPhrase => format!("\"{}\"", term.words.join(" ")),
            };
            let role = if term.optional { Role::Ignored } else { Role::Wanted };
            parts.push(if term.not {
                Part { text: format!("not {text}"), role: Role::Filter }
            } else {
                Part { text, role }
            });
        }
        let filters = query.filters.iter().filter_map(|filter| filter.resolve(self.names(knowledge)).ok());
        parts.extend(filters.map(|filter| Part { text: filter.words(knowledge), role: Role::Filter }));
        parts
    }

    /// What to ask instead of a query that finds nothing.
    pub fn advice(&self, knowledge: &Knowledge, query: &Query) -> Vec<Advice> {
        let mut advice = Vec::new();
        let mut say = |without: String, query: &Query| match self.count(knowledge, query) {
            Some(found) if found > 0 => advice.push(Advice::Without(without, found)),
            _ => {}
        };
        for at in 0..query.filters.len() {
            let mut other = query.clone();
            let filter = other.filters.remove(at);
            say(filter.written_whole(), &other);
        }
        for at in (0..query.terms.len()).filter(|at| query.terms[*at].not) {
            let mut other = query.clone();
            let term = other.terms.remove(at);
            say(format!("!{}", term.words.join("-")), &other);
        }
        if advice.is_empty() && query.filters.len() > 1 {
            let other = Query { filters: Vec::new(), ..query.clone() };
            if let Some(found) = self.count(knowledge, &other).filter(|found| *found > 0) {
                advice.push(Advice::Without("all filters".to_owned(), found));
            }
        }
        let wanted = query.terms.iter().filter(|term| !term.not && !term.optional);
        let wanted: Vec<_> = wanted.collect();
        for term in &wanted {
            let alone = Query { terms: vec![(*term).clone()], ..Query::default() };
            let found = self.count(knowledge, &alone);
            let text = term.words.join(" ");
            match found {
                Some(0) => {
                    let offers = self.offers(&term.words);
                    advice.push(Advice::Instead(text, offers));
                }
                Some(found) if wanted.len() > 1 => advice.push(Advice::Alone(text, found)),
                _ => {}
            }
        }
        advice
    }

    /// How many a query finds, if that can be known cheaply.
    pub(super) fn count(&self, knowledge: &Knowledge, query: &Query) -> Option<usize> {
        if ResolvedQuery::new(query, self, knowledge).is_empty() {
            return None;
        }
        let query = Query { is_literal: true, ..query.clone() };
        let mut seek = self.seek(knowledge, &query, 0);
        seek.step(self, knowledge, COST);
        let is_done = seek.step(self, knowledge, COST) == Progress::Done;
        is_done.then(|| seek.hits(self, knowledge).total)
    }

    /// The words that are most like the first of `words`, however unlike that is.
    fn offers(&self, words: &[String]) -> Vec<String> {
        let Some(typed) = words.first() else { return Vec::new() };
        let letters: Vec<char> = typed.chars().collect();
        let most = (letters.len() / 2).min(4);
        // A slip adds one letter or takes one away at most: a word much longer or shorter than the typed one is none.
        let may_be = |word: &str| word.chars().count().abs_diff(letters.len()) <= most;
        let near = |word: &str| {
            let slips = may_be(word).then(|| similarity::distance(&letters, word, most)).flatten()?;
            Some((slips, word.to_owned()))
        };
        let mut found: Vec<(usize, String)> =
            (0..self.vocabulary.len()).filter_map(|at| near(self.vocabulary.word(at as u32))).collect();
        found.sort_unstable();
        found.into_iter().take(OFFERS).map(|(_, word)| word).collect()
    }
}
