//! The distinct words of a file and the rows that each leads to. Grows far more slowly than the text, so it is what
//! gets matched fuzzily.
//!
//! Words are kept in order: those that start alike stand together. Must never depend on the order of a hash map.

use std::cmp::Reverse;
use std::ops::Range;

use memchr::memmem::Finder;

use super::family::is_of_family;
use super::field::CLASSES;
use super::forward_index::RowIx;
use super::similarity::{LETTERS, RELATED, distance, held, is_telling, scattering, signature, slips};
use super::stopwords::is_stopword;

/// A word of the [`Vocabulary`], by its position in it.
pub(super) type WordIx = u32;

/// A row that a word leads to, and the class of the best place where it stands there. The best classes come first, and
/// within a class the rows are in order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting(pub(super) u32);

/// Rows that can be told apart; the bits above are the class.
pub(super) const MOST_ROWS: u32 = 1 << 29;

impl Posting {
    pub(super) const fn new(row: RowIx, class: usize) -> Self {
        Self((class as u32) << 29 | row)
    }

    pub(super) const fn row(self) -> RowIx {
        self.0 & (MOST_ROWS - 1)
    }

    pub(super) const fn class(self) -> usize {
        (self.0 >> 29) as usize % CLASSES
    }
}

/// All words, sorted, with the rows that hold them.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) letters: String,
    /// For each word the byte after its last.
    pub(super) ends: Vec<u32>,
    pub(super) signatures: Vec<u64>,
    /// Which words stand in names.
    pub(super) in_names: Vec<bool>,
    /// For each word where its postings start; one more than there are words.
    pub(super) starts: Vec<u32>,
    pub(super) postings: Vec<Posting>,
    /// For each word the class of its first posting.
    pub(super) best: Vec<u8>,
}

impl Vocabulary {
    /// Words in order, given as in the fields of the same names, without postings.
    pub(super) fn new(letters: String, ends: Vec<u32>) -> Self {
        let mut vocabulary = Self { letters, ends, ..Self::default() };
        vocabulary.signatures =
            (0..vocabulary.len()).map(|at| signature(vocabulary.word(at as u32))).collect();
        vocabulary.in_names = vec![false; vocabulary.len()];
        vocabulary.starts = vec![0; vocabulary.len() + 1];
        vocabulary
    }

    /// Takes the words that stand in names.
    pub(super) fn name(&mut self, words: impl Iterator<Item = WordIx>) {
        for word in words {
            self.in_names[word as usize] = true;
        }
    }

    /// Takes the postings, word by word, and where those of each word start.
    pub(super) fn post(&mut self, starts: Vec<u32>, postings: Vec<Posting>) {
        (self.starts, self.postings) = (starts, postings);
        let first = |word: usize| self.postings(word as WordIx).first().map_or(CLASSES - 1, |it| it.class());
        self.best = (0..self.len()).map(|word| first(word) as u8).collect();
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How it is written.
    pub(super) fn word(&self, word: WordIx) -> &str {
        self.letters.get(self.bytes(word as usize)).unwrap_or_default()
    }

    /// Where it stands in the letters.
    fn bytes(&self, word: usize) -> Range<usize> {
        let from = word.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        from as usize..self.ends.get(word).copied().unwrap_or(from) as usize
    }

    /// The rows that a word leads to.
    pub(super) fn postings(&self, word: WordIx) -> &[Posting] {
        let at = word as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => self.postings.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// How many rows a word leads to.
    pub(super) fn count(&self, word: WordIx) -> usize {
        let at = word as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => (*to - *from) as usize,
            _ => 0,
        }
    }

    /// The class of a word's first posting.
    pub(super) fn best(&self, word: WordIx) -> usize {
        usize::from(self.best.get(word as usize).copied().unwrap_or(CLASSES as u8 - 1)) % CLASSES
    }

    /// The first word that does not come before `text`, if `after` one that starts with it neither.
    fn place(&self, text: &str, after: bool) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from + (to - from) / 2;
            let word = self.word(middle as WordIx);
            if word < text || (after && word.starts_with(text)) { from = middle + 1 } else { to = middle }
        }
        from
    }

    /// The words that start with `text`.
    fn starts_with(&self, text: &str) -> Range<usize> {
        self.place(text, false)..self.place(text, true)
    }

    /// Every word that holds `query` as it is written, with its worth, in the vocabulary's order.
    pub(super) fn holding(&self, query: &str) -> Vec<(WordIx, u16)> {
        if is_telling(query) { self.anywhere(query) } else { self.starting(query, false) }
    }

    /// The same for a query that may stand anywhere in a word: all words are one text, which is searched far faster than
    /// word by word.
    fn anywhere(&self, query: &str) -> Vec<(WordIx, u16)> {
        let mut found = Vec::new();
        let finder = Finder::new(query);
        let letters = self.letters.as_bytes();
        let (mut from, mut word) = (0, 0);
        while let Some(at) = letters.get(from..).and_then(|rest| finder.find(rest)).map(|at| from + at) {
            word = self.word_at(at, word);
            let own = self.bytes(word);
            from = if at + query.len() <= own.end {
                found.push((word as WordIx, held(query.len(), own.len(), at == own.start)));
                own.end
            } else {
                // Its end stands in the next word.
                at + 1
            };
        }
        found
    }

    /// The word in which the byte `at` of the letters stands, from the word `from` on.
    fn word_at(&self, at: usize, from: usize) -> usize {
        let mut near = 1;
        while self.ends.get(from + near).is_some_and(|end| *end as usize <= at) {
            near *= 2;
        }
        let among = self.ends.get(from..).unwrap_or_default();
        let among = among.get(..=near).unwrap_or(among);
        from + among.partition_point(|end| *end as usize <= at)
    }

    /// Every word of the family of `query`, in the vocabulary's order.
    pub(super) fn related(&self, query: &str) -> Vec<(WordIx, u16)> {
        let Some(start) = query.get(..4) else { return Vec::new() };
        let among = self.starts_with(start).map(|at| at as WordIx);
        among.filter(|at| is_of_family(query, self.word(*at))).map(|at| (at, RELATED)).collect()
    }

    /// Every word that holds the letters of `query` in their order, with its worth, in the vocabulary's order.
    pub(super) fn scattering(&self, query: &str) -> Vec<(WordIx, u16)> {
        let Some(first) = query.chars().next() else { return Vec::new() };
        let among = self.starts_with(first.encode_utf8(&mut [0; 4]));
        let bits = signature(query) & LETTERS;
        let signatures = self.signatures.get(among.clone()).unwrap_or_default();
        let could = among.zip(signatures).filter(|(_, own)| bits & !**own == 0);
        could
            .filter_map(|(at, _)| Some((at as WordIx, scattering(query, self.word(at as WordIx))?)))
            .collect()
    }

    /// The words that start with `query`; with `whole`, only the word itself.
    pub(super) fn starting(&self, query: &str, whole: bool) -> Vec<(WordIx, u16)> {
        let words = if query.is_empty() { 0..0 } else { self.starts_with(query) };
        let words = words.map(|word| (word as WordIx, self.bytes(word).len()));
        let words = words.filter(|(_, len)| !whole || *len == query.len());
        words.map(|(word, len)| (word, held(query.len(), len, true))).collect()
    }

    /// The word that was probably meant by one that matches nothing: the fewest slips (edit distance with neighbours
    /// swapped: "optimal string alignment"), then the same first letter, then words of names, then the most common,
    /// then the first in order.
    ///
    /// Two slips are too many where the first letter is another: few people miss the first one. If it is `certain`
    /// that nothing else is meant, one slip after the first letter is the most.
    pub(super) fn nearest(&self, wrong: &str, certain: bool) -> Option<&str> {
        let typed: Vec<char> = wrong.chars().collect();
        let most = slips(typed.len()).min(if certain { 1 } else { usize::MAX });
        let first = typed.first().filter(|_| most > 0)?;
        let alike = self.starts_with(first.encode_utf8(&mut [0; 4]));
        let same_start = self.nearest_among(alike.clone(), &typed, most);
        // With another first letter one slip is the most, and no better than one with the same.
        if certain || matches!(same_start, Some((0 | 1, _))) {
            return same_start.map(|(_, word)| self.word(word));
        }
        let others = self.first_slips(&typed);
        let best = others.into_iter().min_by_key(|word| self.familiarity(*word));
        best.or(same_start.map(|(_, word)| word)).map(|word| self.word(word))
    }

    /// The words that are one slip away from `typed` and start with another letter: the slip is at the first letter, and
    /// what follows is as it was typed.
    fn first_slips(&self, typed: &[char]) -> Vec<WordIx> {
        let [first, rest @ ..] = typed else { return Vec::new() };
        let all = |letters: &[char]| letters.iter().collect::<String>();
        let (whole, tail) = (all(typed), all(rest));
        // Another letter in its place or before it; left out; swapped with the next one.
        let behind_another = |word: &WordIx| {
            let mut letters = self.word(*word).chars();
            letters.next() != Some(*first) && [whole.as_str(), &tail].contains(&letters.as_str())
        };
        let mut found: Vec<WordIx> =
            self.anywhere(&tail).into_iter().map(|(word, _)| word).filter(behind_another).collect();
        let swapped = match rest {
            [second, others @ ..] => format!("{second}{first}{}", all(others)),
            [] => String::new(),
        };
        for other in [&tail, &swapped].into_iter().filter(|other| !other.starts_with(*first)) {
            found.extend(self.starting(other, true).into_iter().map(|(word, _)| word));
        }
        found.retain(|word| may_be_meant(self.word(*word), self.word(*word).chars().count()));
        found
    }

    /// What decides between words of as many slips, the least of it: names first, then common words, then the alphabet.
    fn familiarity(&self, word: WordIx) -> (bool, Reverse<usize>, WordIx) {
        let in_names = self.in_names.get(word as usize).copied().unwrap_or(false);
        (!in_names, Reverse(self.count(word)), word)
    }

    /// The nearest of some words that all start with the letter of `typed`, or all with others, and its slips.
    fn nearest_among(&self, among: Range<usize>, typed: &[char], most: usize) -> Option<(usize, WordIx)> {
        let bits = signature(&typed.iter().collect::<String>()) & LETTERS;
        // More slips than the best has so far are too many.
        let (mut best, mut most): (Option<(usize, WordIx)>, _) = (None, most);
        let signatures = self.signatures.get(among.clone()).unwrap_or_default();
        for (at, own) in among.zip(signatures) {
            // A slip adds one letter and takes one away at most: nearly all words end here.
            let own = own & LETTERS;
            if (own & !bits).count_ones().max((bits & !own).count_ones()) as usize > most {
                continue;
            }
            let word = self.word(at as WordIx);
            let letters = word.chars().count();
            if letters.abs_diff(typed.len()) > most.min(slips(letters)) || !may_be_meant(word, letters) {
                continue;
            }
            let Some(slips) = distance(typed, word, most.min(slips(letters))) else { continue };
            let own = (slips, self.familiarity(at as WordIx));
            if best.is_none_or(|(slips, word)| own < (slips, self.familiarity(word))) {
                (best, most) = (Some((slips, at as WordIx)), slips);
            }
        }
        best
    }
}

/// Whether a word of so many letters may be meant by another: it is long enough, and says something.
fn may_be_meant(word: &str, letters: usize) -> bool {
    slips(letters) > 0 && !is_stopword(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::similarity::holding;

    /// A vocabulary of these words, each in the row of its position.
    fn vocabulary(words: &[&str]) -> Vocabulary {
        let mut sorted: Vec<(&str, RowIx)> = words.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        let (mut letters, mut ends, mut starts) = (String::new(), Vec::new(), Vec::new());
        let mut last = None;
        for (at, (word, _)) in sorted.iter().enumerate() {
            if last != Some(word) {
                letters.push_str(word);
                ends.push(letters.len() as u32);
                starts.push(at as u32);
                last = Some(word);
            }
        }
        starts.push(sorted.len() as u32);
        let mut vocabulary = Vocabulary::new(letters, ends);
        vocabulary.post(starts, sorted.into_iter().map(|(_, row)| Posting::new(row, 0)).collect());
        vocabulary
    }

    #[test]
    fn a_posting_is_a_row_and_a_class() {
        let posting = Posting::new(MOST_ROWS - 1, 7);
        assert_eq!((posting.row(), posting.class()), (MOST_ROWS - 1, 7));
        assert!(Posting::new(9, 0) < Posting::new(0, 1), "the best class comes first");
    }

    #[test]
    fn words_lead_to_the_rows_that_hold_them() {
        let vocabulary = vocabulary(&["treaty", "arms", "treaty", "army"]);
        let found = |query: &str| -> Vec<RowIx> {
            let words = vocabulary.holding(query);
            words.iter().flat_map(|(word, _)| vocabulary.postings(*word)).map(|it| it.row()).collect()
        };
        assert_eq!(found("treaty"), [0, 2]);
        assert_eq!(found("eat"), [0, 2]);
        assert_eq!(found("ar"), [1, 3], "in the order of words: arms, army");
        assert!(found("x").is_empty());
        assert_eq!(vocabulary.starting("arm", false).len(), 2);
        assert_eq!(vocabulary.starting("arm", true).len(), 0);
    }

    #[test]
    fn the_nearest_word() {
        let words = [
            "pyongyang",
            "putin",
            "pupil",
            "juche",
            "korea",
            "korea",
            "korean",
            "banner",
            "water",
            "want",
            "what",
        ];
        let mut vocabulary = vocabulary(&words);
        let place = |word: &str| vocabulary.place(word, false) as WordIx;
        let names = [place("putin"), place("pyongyang")];
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
            ("wnat", Some("want")),
        ] {
            assert_eq!(vocabulary.nearest(wrong, false), meant, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn all_words_as_one_text_tell_what_each_word_tells(
            words in prop::collection::btree_set("[abé]{1,7}", 1..60),
            query in "[abé]{1,6}",
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let vocabulary = vocabulary(&words);
            let all = || (0..vocabulary.len() as WordIx).map(|word| (word, vocabulary.word(word)));
            let holds = |(word, own): (WordIx, &str)| Some((word, holding(&query, own)?));
            prop_assert_eq!(vocabulary.holding(&query), all().filter_map(holds).collect::<Vec<_>>());

            let typed: Vec<char> = query.chars().collect();
            let other_start = |own: &str| !own.starts_with(typed[0]) && slips(own.chars().count()) > 0;
            let one_away = all().filter(|(_, own)| other_start(own) && distance(&typed, own, 1) == Some(1));
            let mut found = if typed.len() > 3 { vocabulary.first_slips(&typed) } else { Vec::new() };
            found.sort_unstable();
            let expected: Vec<WordIx> = one_away.filter(|_| typed.len() > 3).map(|(word, _)| word).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
