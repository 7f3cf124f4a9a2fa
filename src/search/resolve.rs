//! A query asked of one file: its words resolved against the vocabulary, its filters against the names.
//!
//! Here it is decided what a word means when it matches nothing as written. Must never look at a document.

use std::cmp::Reverse;
use std::ops::Range;

use super::Index;
use super::exact_names::{Named, exact_key};
use super::filter::Resolved;
use super::inflection::inflections;
use super::meaning::Asked;
use super::meaning_table::{is_english, meaning_of, meaning_of_any_form, one_slip_away};
use super::query::{Query, Term, TermKind, free_stopwords, terms};
use super::similarity::{EXACT, INFLECTED, PREFIX, SUBSTRING};
use super::spelling::forms;
use super::vocabulary::{Vocabulary, WordIx};
use crate::knowledge::{Address, Knowledge};

/// Words of a query that are looked for; a reader types a handful.
pub(super) const MOST_ATOMS: usize = 32;

/// One word of the query and every word of the vocabulary that it matches.
#[derive(Debug, Clone, Default)]
pub(super) struct Atom {
    /// In the vocabulary's order, with what each is worth.
    pub(super) words: Vec<(WordIx, u16)>,
    /// Which words of the vocabulary these are: each one's bit, and how many of them stand before each 64.
    bits: Vec<(u64, u32)>,
    /// What has it for an id.
    pub(super) named: Vec<Named>,
    /// Rows of all its words, those of several counted several times.
    pub(super) rows: usize,
}

impl Atom {
    /// Of matches, those of each spelling in the vocabulary's order.
    fn new(vocabulary: &Vocabulary, spellings: impl Iterator<Item = Vec<(WordIx, u16)>>) -> Self {
        let words = spellings.reduce(|mut words, others| {
            words.extend(others);
            words.sort_unstable_by_key(|(word, worth)| (*word, Reverse(*worth)));
            words.dedup_by_key(|(word, _)| *word);
            words
        });
        let words = words.unwrap_or_default();
        let rows = words.iter().map(|(word, _)| vocabulary.count(*word)).sum();
        let mut bits = vec![(0, 0); if words.is_empty() { 0 } else { vocabulary.len().div_ceil(64) }];
        for (word, _) in &words {
            bits[*word as usize / 64].0 |= 1 << (word % 64);
        }
        let mut before = 0;
        for (own, count) in &mut bits {
            *count = before;
            before += u64::count_ones(*own);
        }
        Self { words, bits, named: Vec::new(), rows }
    }

    /// What a word is worth; 0 is no match.
    #[inline]
    pub(super) fn worth(&self, word: WordIx) -> u16 {
        let (bits, before) = self.bits.get(word as usize / 64).copied().unwrap_or_default();
        let own = 1 << (word % 64);
        if bits & own == 0 {
            return 0;
        }
        let at = before + (bits & (own - 1)).count_ones();
        self.words.get(at as usize).map_or(0, |(_, worth)| *worth)
    }

    /// Every match of a word of the query, in all its spellings; scattered letters only if nothing is better and
    /// `guesses` are wanted.
    fn fuzzy(vocabulary: &Vocabulary, word: &str, guesses: bool) -> Self {
        let forms = forms(word);
        let inflected = |form: &String| {
            let others = inflections(form).into_iter().flat_map(|other| vocabulary.starting(&other, true));
            let mut words: Vec<_> = others.map(|(word, _)| (word, INFLECTED)).collect();
            words.sort_unstable();
            words
        };
        let held = forms.iter().map(|form| vocabulary.holding(form));
        let close = Self::new(vocabulary, held.chain(forms.iter().map(inflected)));
        if close.words.is_empty() && guesses {
            return Self::new(vocabulary, forms.iter().map(|form| vocabulary.scattering(form)));
        }
        close
    }

    /// The word itself, or what it starts if it is `open`.
    fn exact(vocabulary: &Vocabulary, word: &str, open: bool) -> Self {
        Self::new(vocabulary, forms(word).iter().map(|form| vocabulary.starting(form, !open)))
    }

    /// What the best of its words is worth.
    pub(super) fn best(&self) -> u16 {
        self.words.iter().map(|(_, worth)| *worth).max().unwrap_or(0)
    }
}

/// A word that matches nothing, and what is looked for instead.
#[derive(Debug, Clone)]
pub(super) struct Correction {
    pub(super) typed: String,
    pub(super) meant: String,
    /// Which of the atoms it is.
    pub(super) atom: usize,
}

/// A query that knows what it means in one file.
#[derive(Debug, Clone, Default)]
pub(super) struct ResolvedQuery {
    /// First those that must match, then those that must not.
    pub(super) atoms: Vec<Atom>,
    /// How many must match.
    pub(super) wanted: usize,
    /// Stretches of `atoms` that must follow one another.
    pub(super) phrases: Vec<Range<usize>>,
    /// Stretches of `atoms` that must not.
    pub(super) never: Vec<Range<usize>>,
    pub(super) filters: Vec<Resolved>,
    /// What the query as a whole names.
    pub(super) named: Vec<Named>,
    pub(super) corrected: Vec<Correction>,
    /// Words that match by scattered letters alone.
    pub(super) scattered: Vec<String>,
    /// Words that the file has as they are written, not only as parts of others.
    pub(super) whole: Vec<String>,
    /// What the words mean, where that is asked.
    pub(super) asked: Vec<Asked>,
    /// Whether nothing is being typed any more.
    pub(super) is_finished: bool,
    /// Whether a real word is held as a part of others alone.
    pub(super) is_guess: bool,
    /// Words that match nothing at all.
    pub(super) missing: Vec<String>,
    pub(super) notes: Vec<String>,
    /// The words of all atoms as bits: nearly all words of a text are none of them.
    bits: Vec<u64>,
    /// The words that are looked for, as written or corrected.
    said: Vec<String>,
    /// Exclusions, until all that is wanted is known.
    nevers: Vec<Vec<Atom>>,
}

/// Whether a file is written in English: only then words of English say what is meant.
pub(super) fn is_in_english(knowledge: &Knowledge) -> bool {
    let language = knowledge.language.split('-').next().unwrap_or_default();
    language.eq_ignore_ascii_case("en")
}

/// A word in American spelling, of which the table has more.
fn american_form(word: &str) -> String {
    forms(word).pop().unwrap_or_default()
}

/// The id at the end of what is written as an address, if it leads there. Not asked as the command line asks: to find out
/// what is like a wrong one takes long, and most of what is typed is none.
fn id_of<'q>(written: &'q str, knowledge: &Knowledge) -> Option<&'q str> {
    let id = written.rsplit(['/', '#']).next().filter(|id| !id.is_empty())?;
    let address = Address::of(knowledge.ids.get(id)?)?;
    knowledge.address_text(address).ends_with(written).then_some(id)
}

/// Where names and words are looked up.
#[derive(Clone, Copy)]
struct File<'a> {
    index: &'a Index,
    knowledge: &'a Knowledge,
}

impl File<'_> {
    /// What has a word for an id.
    fn named(self, word: &str) -> Vec<Named> {
        let key = exact_key([word].into_iter());
        self.index.keys.named(self.knowledge, &self.index.texts.rows, &key, true)
    }
}

impl ResolvedQuery {
    pub(super) fn new(query: &Query, index: &Index, knowledge: &Knowledge) -> Self {
        let file = File { index, knowledge };
        let (is_finished, notes) = (query.is_finished, query.notes.clone());
        let mut resolved = Self { is_finished, notes, ..Self::default() };
        let named = id_of(&query.whole, knowledge).map(|id| terms(id, None, false));
        for term in named.as_ref().unwrap_or(&query.terms) {
            resolved.term(term, file);
        }
        for filter in &query.filters {
            match filter.resolve(index.names(knowledge)) {
                Ok(filter) => resolved.filters.push(filter),
                Err(why) => {
                    resolved.notes.push(format!("{why}; searched as words"));
                    let mut terms = terms(&filter.written, None, false);
                    free_stopwords(&mut terms);
                    for term in terms {
                        resolved.term(&term, file);
                    }
                }
            }
        }
        let asks_for_kind = resolved.filters.iter().any(Resolved::asks_for_kind);
        for filter in resolved.filters.iter_mut().filter(|_| asks_for_kind) {
            filter.take_lives();
        }
        if named.is_none() && !query.is_literal && is_in_english(knowledge) {
            resolved.ask(query);
        }
        resolved.wanted = resolved.atoms.len();
        for atoms in std::mem::take(&mut resolved.nevers) {
            let from = resolved.atoms.len();
            resolved.atoms.extend(atoms);
            resolved.never.push(from..resolved.atoms.len());
        }
        let key = exact_key(resolved.said.iter().map(String::as_str));
        resolved.named = index.keys.named(knowledge, &index.texts.rows, &key, false);
        resolved.bits = vec![0; index.vocabulary.len().div_ceil(64)];
        for atom in &resolved.atoms {
            for (all, (own, _)) in resolved.bits.iter_mut().zip(&atom.bits) {
                *all |= own;
            }
        }
        resolved
    }

    /// Asks the words for what they mean, if nothing else is asked.
    fn ask(&mut self, query: &Query) {
        let is_word = |term: &Term| !term.not && term.kind == TermKind::Word;
        if !query.whole.is_empty() || !query.filters.is_empty() || !query.terms.iter().all(is_word) {
            return;
        }
        let last = query.terms.len().saturating_sub(1);
        for (at, term) in query.terms.iter().enumerate().filter(|(_, term)| !term.optional) {
            for (part, word) in term.words.iter().enumerate() {
                let is_ended = query.is_finished || at < last || part + 1 < term.words.len();
                let correction = self.corrected.iter().find(|own| own.typed == *word);
                let meant = correction.map_or(word, |own| &own.meant);
                let (meant, word_form) = (&american_form(meant), american_form(word));
                let is_missing = self.missing.contains(word);
                let meaning = match (is_ended, is_missing) {
                    (true, true) => meaning_of_any_form(meant).or_else(|| one_slip_away(meant)),
                    (true, false) => meaning_of_any_form(meant),
                    (false, true) => meaning_of(&word_form),
                    (false, false) => None,
                };
                self.asked.extend(meaning.map(|meaning| Asked { word: word.clone(), meaning }));
            }
        }
    }

    /// Whether any of the atoms matches a word.
    #[inline]
    pub(super) fn wants(&self, word: WordIx) -> bool {
        self.bits.get(word as usize / 64).is_some_and(|bits| bits >> (word % 64) & 1 == 1)
    }

    /// Whether nothing is asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.atoms.is_empty() && self.filters.is_empty()
    }

    /// Whether a row is found as soon as its words are: nothing else is asked.
    pub(super) fn is_plain(&self) -> bool {
        self.filters.is_empty() && self.never.is_empty() && self.phrases.is_empty()
    }

    /// Whether there is room for so many words more.
    fn has_room(&mut self, words: usize) -> bool {
        let taken = self.atoms.len() + self.nevers.iter().map(Vec::len).sum::<usize>();
        let note = format!("only the first {MOST_ATOMS} words are searched");
        let fits = taken + words <= MOST_ATOMS;
        if !fits && !self.notes.contains(&note) {
            self.notes.push(note);
        }
        fits
    }

    fn term(&mut self, term: &Term, file: File<'_>) {
        if !term.optional && !self.has_room(term.words.len()) {
            return;
        }
        let vocabulary = &file.index.vocabulary;
        let open = term.kind != TermKind::Phrase;
        let last = term.words.len().saturating_sub(1);
        let exact = |(ix, word): (usize, &String)| {
            let named = if last == 0 { file.named(word) } else { Vec::new() };
            Atom { named, ..Atom::exact(vocabulary, word, open && ix == last) }
        };
        match term.kind {
            _ if term.not => self.nevers.push(term.words.iter().enumerate().map(exact).collect()),
            TermKind::Word if term.optional => self.said.extend_from_slice(&term.words),
            TermKind::Word => self.word(&term.words, file),
            TermKind::Phrase | TermKind::OpenPhrase => {
                let from = self.atoms.len();
                self.atoms.extend(term.words.iter().enumerate().map(exact));
                self.phrases.push(from..self.atoms.len());
                self.said.extend_from_slice(&term.words);
            }
        }
    }

    /// A word; of a compound the joined form if any word holds it or it is an id, or else its parts.
    fn word(&mut self, parts: &[String], file: File<'_>) {
        let vocabulary = &file.index.vocabulary;
        if parts.len() > 1 {
            let joined = parts.concat();
            let atom = Atom { named: file.named(&joined), ..Atom::fuzzy(vocabulary, &joined, true) };
            if atom.best() >= SUBSTRING || !atom.named.is_empty() {
                self.push(joined, atom);
                return;
            }
        }
        for part in parts {
            // What is a word is meant as it is written, whatever it looks like.
            let is_real = is_in_english(file.knowledge) && is_english(part);
            let mut atom = Atom { named: file.named(part), ..Atom::fuzzy(vocabulary, part, !is_real) };
            if is_real && atom.words.is_empty() && atom.named.is_empty() {
                atom = Atom::new(vocabulary, std::iter::once(vocabulary.related(part)));
            }
            // Scattered letters are a guess as well: a word that is one slip away is the better one.
            let nearest = match atom.best() {
                _ if is_real || !atom.named.is_empty() => None,
                0 => vocabulary.nearest(part, false),
                worth if worth < SUBSTRING => vocabulary.nearest(part, true),
                _ => None,
            };
            if let Some(meant) = nearest.map(str::to_owned) {
                let atom = self.atoms.len();
                self.push(meant.clone(), Atom::fuzzy(vocabulary, &meant, true));
                self.corrected.push(Correction { typed: part.clone(), meant, atom });
                continue;
            }
            self.is_guess |= is_real && atom.named.is_empty() && (1..PREFIX).contains(&atom.best());
            match atom.best() {
                0 if atom.named.is_empty() => self.missing.push(part.clone()),
                1..SUBSTRING => self.scattered.push(part.clone()),
                EXACT.. => self.whole.push(part.clone()),
                _ => {}
            }
            self.push(part.clone(), atom);
        }
    }

    fn push(&mut self, word: String, atom: Atom) {
        self.atoms.push(atom);
        self.said.push(word);
    }
}
