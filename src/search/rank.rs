//! What a document is worth to a query. Whole numbers throughout, so that every machine gives the same order.
//!
//! Each word of the query counts with its best match: how alike the words are, in which field, how rare. The mean of
//! that, and a bonus for words that stand together. Must never decide how many rows are shown.

use super::ask::{Ask, Atom};
use super::document::{Documents, Field, Occurrence};
use super::vocabulary::{DocumentIx, Vocabulary};

/// Words of a query next to each other in a document.
const TOGETHER: u32 = 150;
/// The same, in the order of the query.
const IN_ORDER: u32 = 30;
/// What each word in between takes away.
const PER_WORD_BETWEEN: u32 = 15;
/// Positions between the parts of a document: their words are never near.
const FAR: u32 = 1 << 16;

/// What a field adds. Less than lies between an exact word and a start of one.
const fn weight(field: Field) -> u32 {
    match field {
        Field::Name => 180,
        Field::Title => 120,
        Field::Head => 80,
        Field::Text | Field::Summary => 40,
        Field::Standing => 20,
        Field::Mention => 0,
    }
}

/// What a word of the query adds that leads to so many documents: up to 32, 3 less for each doubling. Which of its
/// completions a document holds does not matter: the common one is as likely to be meant as the rare one.
const fn rarity(documents: usize) -> u32 {
    match documents.checked_ilog2() {
        Some(doublings) => 32_u32.saturating_sub(3 * doublings),
        None => 32,
    }
}

/// The best that one word of the query finds in a document.
#[derive(Debug, Clone, Copy, Default)]
struct Best {
    anywhere: u32,
    in_text: u32,
    is_text: bool,
}

/// Scores documents for one query; keeps its working memory between them.
pub(super) struct Ranking<'a> {
    ask: &'a Ask,
    documents: &'a Documents,
    /// What each word of the query adds.
    rare: Vec<u32>,
    best: Vec<Best>,
    /// Place and atom of every match in the document.
    places: Vec<(u32, usize)>,
    last: Vec<Option<u32>>,
}

impl<'a> Ranking<'a> {
    pub(super) fn new(ask: &'a Ask, documents: &'a Documents, vocabulary: &'a Vocabulary) -> Self {
        let count = |atom: &Atom| atom.words.iter().map(|word| vocabulary.postings(*word).len()).sum();
        let rare = ask.atoms.iter().map(|atom| rarity(count(atom))).collect();
        Self { ask, documents, rare, best: Vec::new(), places: Vec::new(), last: Vec::new() }
    }

    /// How many words the document holds and its score; `None` if they are fewer than `least`, or if a phrase or an
    /// exclusion says no.
    pub(super) fn score(&mut self, document: DocumentIx, least: usize) -> Option<(usize, u32)> {
        if self.ask.never.iter().any(|atoms| self.holds(document, atoms)) {
            return None;
        }
        self.collect(document);
        let count = self.ask.atoms.len() as u32;
        if count == 0 {
            return Some((0, 0));
        }
        let held = self.best.iter().filter(|best| best.anywhere > 0).count();
        if held < least {
            return None;
        }
        let mut sum = 0;
        for best in &self.best {
            // A title's word that the text repeats is what the text is about.
            sum += best.anywhere + if best.is_text { 0 } else { best.in_text / 20 };
        }
        let phrases = &self.ask.phrases;
        if !phrases.iter().all(|phrase| self.holds(document, &self.ask.atoms[phrase.clone()])) {
            return None;
        }
        Some((held, sum / count + if held > 1 { self.nearness(held) } else { 0 }))
    }

    /// Finds all matches in a document.
    fn collect(&mut self, document: DocumentIx) {
        self.best.clear();
        self.best.resize(self.ask.atoms.len(), Best::default());
        self.places.clear();
        let mut base = 0;
        for (occurrences, role) in self.documents.parts(document) {
            for occurrence in occurrences {
                for (ix, atom) in self.ask.atoms.iter().enumerate() {
                    let worth = u32::from(atom.worth(occurrence.word));
                    if worth > 0 {
                        let field = role.unwrap_or(occurrence.field);
                        self.best[ix].take(worth + weight(field) + self.rare[ix], field == Field::Text);
                        self.places.push((base + occurrence.at, ix));
                    }
                }
            }
            base += FAR;
        }
    }

    /// The bonus for the narrowest stretch that holds every word of the query that the document holds, `count` in all.
    fn nearness(&mut self, count: usize) -> u32 {
        self.places.sort_unstable();
        self.last.clear();
        self.last.resize(count, None);
        let mut bonus = 0;
        for (place, atom) in &self.places {
            let missing = self.best.iter().take(*atom).filter(|best| best.anywhere == 0).count();
            self.last[*atom - missing] = Some(*place);
            let Some(first) = self.last.iter().copied().min().flatten() else { continue };
            let between = (place - first).saturating_sub(count as u32 - 1);
            let near = TOGETHER.saturating_sub(between.saturating_mul(PER_WORD_BETWEEN));
            let ordered = self.last.is_sorted();
            bonus = bonus.max(near + if near > 0 && ordered { IN_ORDER } else { 0 });
        }
        bonus
    }

    /// Whether words that match `atoms` follow one another somewhere in the document.
    fn holds(&self, document: DocumentIx, atoms: &[Atom]) -> bool {
        self.documents
            .parts(document)
            .any(|(occurrences, _)| occurrences.iter().any(|start| follows(occurrences, start.at, atoms)))
    }
}

/// Whether the words at `at` and on match `atoms` one by one.
fn follows(occurrences: &[Occurrence], at: u32, atoms: &[Atom]) -> bool {
    let from = occurrences.partition_point(|occurrence| occurrence.at < at);
    atoms.iter().zip(at..).all(|(atom, at)| {
        let rest = occurrences.get(from..).unwrap_or_default().iter();
        let mut here = rest.skip_while(|o| o.at < at).take_while(|o| o.at == at);
        here.any(|occurrence| atom.worth(occurrence.word) > 0)
    })
}

impl Best {
    fn take(&mut self, value: u32, text: bool) {
        if value > self.anywhere {
            (self.anywhere, self.is_text) = (value, text);
        }
        if text {
            self.in_text = self.in_text.max(value);
        }
    }
}
