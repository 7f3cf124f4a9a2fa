//! A query asked of one file: its words resolved against the vocabulary, its filters against the names.
//!
//! Here it is decided what a word means when it matches nothing as written. Must never look at a document.

use super::document::exact_key;
use super::filter::Resolved;
use super::likeness::SUBSTRING;
use super::names::Names;
use super::query::{Query, Term, TermKind, free_stopwords, terms};
use super::spelling::forms;
use super::vocabulary::{Vocabulary, WordIx};

/// One word of the query and every word of the vocabulary that it matches.
#[derive(Debug)]
pub(super) struct Atom {
    /// In the vocabulary's order.
    pub(super) words: Vec<WordIx>,
    /// What each word of the vocabulary is worth to it; 0 is no match.
    worth: Vec<u16>,
}

impl Atom {
    fn new(vocabulary: &Vocabulary, matches: impl IntoIterator<Item = (WordIx, u16)>) -> Self {
        let mut worth = vec![0; vocabulary.len()];
        for (word, value) in matches {
            let best = &mut worth[word as usize];
            *best = value.max(*best);
        }
        let words = worth.iter().enumerate().filter(|(_, worth)| **worth > 0);
        Self { words: words.map(|(word, _)| word as WordIx).collect(), worth }
    }

    /// What a word is worth; 0 is no match.
    pub(super) fn worth(&self, word: WordIx) -> u16 {
        self.worth.get(word as usize).copied().unwrap_or(0)
    }

    /// Every match of a word of the query, in all its spellings; scattered letters only if nothing is better.
    fn fuzzy(vocabulary: &Vocabulary, word: &str) -> Self {
        let forms = forms(word);
        let close: Vec<_> = forms.iter().flat_map(|form| vocabulary.holding(form)).collect();
        if close.is_empty() {
            return Self::new(vocabulary, forms.iter().flat_map(|form| vocabulary.scattering(form)));
        }
        Self::new(vocabulary, close)
    }

    /// The word itself, or what it starts if it is `open`.
    fn exact(vocabulary: &Vocabulary, word: &str, open: bool) -> Self {
        Self::new(vocabulary, forms(word).iter().flat_map(|form| vocabulary.starting(form, !open)))
    }

    fn best(&self) -> u16 {
        self.words.iter().map(|word| self.worth(*word)).max().unwrap_or(0)
    }
}

/// A word that matches nothing, and what is looked for instead.
#[derive(Debug)]
pub(super) struct Correction {
    pub(super) typed: String,
    pub(super) meant: String,
    /// Which of the atoms it is.
    pub(super) atom: usize,
}

/// A query that knows what it means in one file.
#[derive(Debug, Default)]
pub(super) struct Ask {
    /// All must match.
    pub(super) atoms: Vec<Atom>,
    /// Stretches of `atoms` that must follow one another.
    pub(super) phrases: Vec<std::ops::Range<usize>>,
    /// None may match; several are a phrase.
    pub(super) never: Vec<Vec<Atom>>,
    pub(super) filters: Vec<Resolved>,
    pub(super) corrected: Vec<Correction>,
    /// Words that match by scattered letters alone.
    pub(super) scattered: Vec<String>,
    pub(super) notes: Vec<String>,
    /// The words that are looked for, as written or corrected.
    said: Vec<String>,
}

impl Ask {
    pub(super) fn new(query: &Query, names: &Names, vocabulary: &Vocabulary) -> Self {
        let mut ask = Self { notes: query.notes.clone(), ..Self::default() };
        for term in &query.terms {
            ask.term(term, vocabulary);
        }
        for filter in &query.filters {
            match filter.resolve(names) {
                Ok(resolved) => ask.filters.push(resolved),
                Err(why) => {
                    ask.notes.push(format!("{why}; searched as words"));
                    let mut terms = terms(&filter.written, None, false);
                    free_stopwords(&mut terms);
                    for term in terms {
                        ask.term(&term, vocabulary);
                    }
                }
            }
        }
        ask
    }

    /// What the query says as a whole, to compare with names.
    pub(super) fn key(&self) -> String {
        exact_key(self.said.iter().map(String::as_str))
    }

    /// Whether nothing is asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.atoms.is_empty() && self.never.is_empty() && self.filters.is_empty()
    }

    fn term(&mut self, term: &Term, vocabulary: &Vocabulary) {
        let open = term.kind != TermKind::Phrase;
        let last = term.words.len().saturating_sub(1);
        let exact = |(ix, word): (usize, &String)| Atom::exact(vocabulary, word, open && ix == last);
        match term.kind {
            _ if term.not => self.never.push(term.words.iter().enumerate().map(exact).collect()),
            TermKind::Word if term.optional => self.said.extend_from_slice(&term.words),
            TermKind::Word => self.word(&term.words, vocabulary),
            TermKind::Phrase | TermKind::OpenPhrase => {
                let from = self.atoms.len();
                self.atoms.extend(term.words.iter().enumerate().map(exact));
                self.phrases.push(from..self.atoms.len());
                self.said.extend_from_slice(&term.words);
            }
        }
    }

    /// A word; of a compound the joined form if any word holds it, or else its parts.
    fn word(&mut self, parts: &[String], vocabulary: &Vocabulary) {
        if parts.len() > 1 {
            let joined = parts.concat();
            let atom = Atom::fuzzy(vocabulary, &joined);
            if atom.best() >= SUBSTRING {
                self.push(joined, atom);
                return;
            }
        }
        for part in parts {
            let atom = Atom::fuzzy(vocabulary, part);
            // Scattered letters are a guess as well: a word that is one slip away is the better one.
            let nearest = match atom.best() {
                0 => vocabulary.nearest(part, false),
                worth if worth < SUBSTRING => vocabulary.nearest(part, true),
                _ => None,
            };
            if let Some(meant) = nearest.map(str::to_owned) {
                let atom = self.atoms.len();
                self.push(meant.clone(), Atom::fuzzy(vocabulary, &meant));
                self.corrected.push(Correction { typed: part.clone(), meant, atom });
                continue;
            }
            if (1..SUBSTRING).contains(&atom.best()) {
                self.scattered.push(part.clone());
            }
            self.push(part.clone(), atom);
        }
    }

    fn push(&mut self, word: String, atom: Atom) {
        self.atoms.push(atom);
        self.said.push(word);
    }
}
