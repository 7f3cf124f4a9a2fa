//! The distinct words of a file and where each occurs. Grows far more slowly than the text, so it is what gets
//! matched fuzzily.
//!
//! Words are kept in order: those that start alike stand together. Must never depend on the order of a hash map.

use std::collections::HashMap;

use super::likeness::{held, scattering, signature, slips};

/// A word of the [`Vocabulary`], by its position in it.
pub(super) type WordIx = u32;

/// A document, by its position.
pub(super) type DocumentIx = u32;

/// All words, sorted, with the documents that hold them.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Vec<Box<str>>,
    signatures: Vec<u64>,
    /// Which words stand in names.
    in_names: Vec<bool>,
    /// For each word where its postings start; one more than there are words.
    starts: Vec<u32>,
    /// Documents in order, word by word.
    documents: Vec<DocumentIx>,
}

/// Gives words numbers while a file is read, in the order in which they turn up.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: HashMap<Box<str>, u32>,
}

impl Words {
    /// The number of `word`.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(word.into(), number);
        number
    }

    /// The vocabulary without postings, and for each number the word's place in it.
    pub(super) fn sorted(self) -> (Vocabulary, Vec<WordIx>) {
        let mut sorted: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        sorted.sort_unstable();
        let mut places = vec![0; sorted.len()];
        for (place, (_, number)) in sorted.iter().enumerate() {
            places[*number as usize] = place as WordIx;
        }
        let words: Vec<Box<str>> = sorted.into_iter().map(|(word, _)| word).collect();
        let signatures = words.iter().map(|word| signature(word)).collect();
        let in_names = vec![false; words.len()];
        (Vocabulary { words, signatures, in_names, ..Vocabulary::default() }, places)
    }
}

impl Vocabulary {
    /// Takes the words that stand in names.
    pub(super) fn name(&mut self, words: impl Iterator<Item = WordIx>) {
        for word in words {
            self.in_names[word as usize] = true;
        }
    }

    /// Takes the postings: pairs of a word and a document that holds it, in any order, repeated or not.
    pub(super) fn post(&mut self, mut pairs: Vec<(WordIx, DocumentIx)>) {
        pairs.sort_unstable();
        pairs.dedup();
        self.starts = vec![0; self.words.len() + 1];
        for (word, _) in &pairs {
            self.starts[*word as usize + 1] += 1;
        }
        for at in 1..self.starts.len() {
            self.starts[at] += self.starts[at - 1];
        }
        self.documents = pairs.into_iter().map(|(_, document)| document).collect();
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The documents that hold a word, in order.
    pub(super) fn postings(&self, word: WordIx) -> &[DocumentIx] {
        let at = word as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => self.documents.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Every word that holds `query` as it is written, with its worth, in the vocabulary's order.
    pub(super) fn holding(&self, query: &str) -> Vec<(WordIx, u16)> {
        self.matching(query, held)
    }

    /// Every word that holds the letters of `query` in their order, with its worth, in the vocabulary's order.
    pub(super) fn scattering(&self, query: &str) -> Vec<(WordIx, u16)> {
        self.matching(query, scattering)
    }

    fn matching(&self, query: &str, likeness: fn(&str, &str) -> Option<u16>) -> Vec<(WordIx, u16)> {
        let bits = signature(query);
        let could = |at: &usize| bits & !self.signatures[*at] == 0;
        let worth = |at: usize| likeness(query, &self.words[at]).map(|worth| (at as WordIx, worth));
        (0..self.words.len()).filter(could).filter_map(worth).collect()
    }

    /// The words that start with `query`; with `whole`, only the word itself.
    pub(super) fn starting(&self, query: &str, whole: bool) -> Vec<(WordIx, u16)> {
        let from = self.words.partition_point(|word| &**word < query);
        let fits = |word: &&str| if whole { *word == query } else { word.starts_with(query) };
        let words = self.words.iter().skip(from).map(|word| &**word).take_while(fits);
        words.enumerate().filter_map(|(at, word)| Some(((from + at) as WordIx, held(query, word)?))).collect()
    }

    /// The word that was probably meant by one that matches nothing: the fewest slips (Damerau–Levenshtein), then the
    /// same first letter, then words of names, then the most common, then the first in order.
    ///
    /// Two slips are too many where the first letter is another: few people miss the first one. If it is `certain`
    /// that nothing else is meant, one slip after the first letter is the most.
    pub(super) fn nearest(&self, wrong: &str, certain: bool) -> Option<&str> {
        let letters = wrong.chars().count();
        let most = slips(letters).min(if certain { 1 } else { usize::MAX });
        let bits = signature(wrong);
        let first = wrong.chars().next();
        let near = |at: usize| {
            // A slip changes one letter into another at most: two bits.
            if (self.signatures[at] ^ bits).count_ones() as usize > 2 * most {
                return None;
            }
            let word = &*self.words[at];
            let count = word.chars().count();
            let other_start = word.chars().next() != first;
            let most = if !other_start {
                slips(count).min(most)
            } else if certain {
                0
            } else {
                most.min(1)
            };
            if count.abs_diff(letters) > most || slips(count) == 0 {
                return None;
            }
            let distance = strsim::damerau_levenshtein(wrong, word);
            let common = std::cmp::Reverse(self.postings(at as WordIx).len());
            (distance <= most).then_some((distance, other_start, !self.in_names[at], common, word))
        };
        (0..self.words.len()).filter_map(near).min().map(|(.., word)| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        let mut numbers = Words::default();
        let pairs: Vec<_> =
            words.iter().enumerate().map(|(at, word)| (numbers.number(word), at as u32)).collect();
        let (mut vocabulary, places) = numbers.sorted();
        vocabulary.post(pairs.into_iter().map(|(number, at)| (places[number as usize], at)).collect());
        vocabulary
    }

    #[test]
    fn words_lead_to_the_documents_that_hold_them() {
        let vocabulary = vocabulary(&["treaty", "arms", "treaty", "army"]);
        let found = |query: &str| -> Vec<u32> {
            vocabulary
                .holding(query)
                .iter()
                .flat_map(|(word, _)| vocabulary.postings(*word))
                .copied()
                .collect()
        };
        assert_eq!(found("treaty"), [0, 2]);
        assert_eq!(found("ar"), [1, 3], "in the order of words: arms, army");
        assert!(found("x").is_empty());
        assert_eq!(vocabulary.starting("arm", false).len(), 2);
        assert_eq!(vocabulary.starting("arm", true).len(), 0);
    }

    #[test]
    fn the_nearest_word() {
        let words = ["pyongyang", "putin", "pupil", "juche", "korea", "korea", "korean", "banner", "water"];
        let mut vocabulary = vocabulary(&words);
        let place =
            |word: &str| vocabulary.words.iter().position(|other| **other == *word).map(|at| at as WordIx);
        let names: Vec<_> = ["putin", "pyongyang"].into_iter().filter_map(place).collect();
        vocabulary.name(names.into_iter());
        for (wrong, meant) in [
            ("pyonygang", Some("pyongyang")),
            ("putim", Some("putin")),
            ("jushe", Some("juche")),
            ("puxin", Some("putin")),
            ("buche", Some("juche")),
            ("wagner", None),
            ("koera", Some("korea")),
            ("abc", None),
            ("washington", None),
            ("warter", Some("water")),
        ] {
            assert_eq!(vocabulary.nearest(wrong, false), meant, "{wrong}");
        }
    }
}
