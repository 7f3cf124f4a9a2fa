//! What English words mean, as far as vectors tell: a table of 32,000 words, read in place from the program.
//!
//! `assets/meaning.md` says where it comes from and how it is written. Whole numbers throughout. Nothing is parsed when the
//! program starts. Must never know a file or a query.

use super::inflection::inflections;

const TABLE: &[u8] = include_bytes!("../../assets/meaning.bin");

/// Numbers of a [`Vector`].
pub const DIMENSIONS: usize = 64;
/// Length of a [`Vector`] that is not zero.
const LENGTH: i64 = 127;
/// What two vectors of the same direction have for their [`dot`].
pub const SAME: i32 = (LENGTH * LENGTH) as i32;

/// Bytes before the starts.
const HEAD: usize = 16;
/// Words between two starts.
const STRIDE: usize = 16;

/// A direction: what a word, or several, mean. Of length 127, but for rounding.
pub type Vector = [i8; DIMENSIONS];

/// A word of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// How much it tells, from 1 to 255: common words tell little.
    pub weight: u8,
    /// What it means.
    pub vector: Vector,
}

/// The parts of the table.
struct Parts {
    starts: &'static [u8],
    words: &'static [u8],
    weights: &'static [u8],
    vectors: &'static [u8],
}

fn number(bytes: &[u8]) -> usize {
    bytes.first_chunk().map_or(0, |four| u32::from_le_bytes(*four) as usize)
}

/// The parts of the table; a few additions. None of what is no table.
fn parts(table: &'static [u8]) -> Option<Parts> {
    let (head, rest) = table.split_at_checked(HEAD)?;
    let (count, letters) = (number(head.get(8..)?), number(head.get(12..)?));
    let (starts, rest) = rest.split_at_checked(count.div_ceil(STRIDE) * 4)?;
    let (words, rest) = rest.split_at_checked(letters)?;
    let (weights, vectors) = rest.split_at_checked(count)?;
    Some(Parts { starts, words, weights, vectors })
}

impl Parts {
    /// The place of a word.
    fn find(&self, word: &str) -> Option<usize> {
        let from = |block: usize| number(self.starts.get(block * 4..).unwrap_or_default());
        let own = |at: usize| {
            self.words.get(at..).unwrap_or_default().split(|byte| *byte == b'\n').next().unwrap_or_default()
        };
        let (mut low, mut high) = (0, self.starts.len() / 4);
        while low < high {
            let middle = low + (high - low) / 2;
            if own(from(middle)) <= word.as_bytes() { low = middle + 1 } else { high = middle }
        }
        let block = low.checked_sub(1)?;
        let words = self.words.get(from(block)..)?.split(|byte| *byte == b'\n').take(STRIDE);
        let at = words.take_while(|own| *own <= word.as_bytes()).enumerate().last()?;
        (at.1 == word.as_bytes()).then_some(block * STRIDE + at.0)
    }

    fn meaning(&self, at: usize) -> Option<Meaning> {
        let bytes = self.vectors.get(at * DIMENSIONS / 2..(at + 1) * DIMENSIONS / 2)?;
        let mut sums = [0; DIMENSIONS];
        for (two, byte) in sums.chunks_exact_mut(2).zip(bytes) {
            two.copy_from_slice(&[i64::from(byte & 15) - 8, i64::from(byte >> 4) - 8]);
        }
        Some(Meaning { weight: *self.weights.get(at)?, vector: direction(&sums.map(|number| number << 8)) })
    }
}

/// What exactly this folded word means; `None` if the table does not have it.
pub fn meaning_of(word: &str) -> Option<Meaning> {
    let parts = parts(TABLE)?;
    parts.meaning(parts.find(word)?)
}

/// Whether a folded word is a word of English, as far as the table tells.
pub fn is_english(word: &str) -> bool {
    parts(TABLE).is_some_and(|parts| parts.find(word).is_some())
}

/// What a word means, or else the first of its other forms, in the order of the alphabet, that the table has.
pub fn meaning_of_any_form(word: &str) -> Option<Meaning> {
    meaning_of(word).or_else(|| inflections(word).iter().find_map(|form| meaning_of(form)))
}

/// What the commonest word of the table means that is one slip away from `typed`: a letter changed, added, left out, or
/// swapped with its neighbour; of equally common ones the first in order. Words of fewer than five letters are no slips.
pub fn one_slip_away(typed: &str) -> Option<Meaning> {
    if typed.len() < 5 || !typed.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let letters = typed.as_bytes();
    let mut found = Vec::new();
    let mut take = |word: Vec<u8>| found.extend(String::from_utf8(word));
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        for letter in b'a'..=b'z' {
            take([before, &[letter], after].concat());
            take([before, &[letter], after.get(1..).unwrap_or_default()].concat());
        }
        take([before, after.get(1..).unwrap_or_default()].concat());
        if let [first, second, rest @ ..] = after {
            take([before, &[*second, *first], rest].concat());
        }
    }
    found.sort_unstable();
    found.dedup();
    let known = found.iter().filter(|word| *word != typed).filter_map(|word| meaning_of(word));
    known.min_by_key(|meaning| meaning.weight)
}

/// The direction of a sum of vectors: each number times 127 over the length, both rounded towards zero. Zero stays zero.
pub fn direction(sums: &[i64; DIMENSIONS]) -> Vector {
    let square: u64 = sums.iter().map(|sum| sum.unsigned_abs().pow(2)).sum();
    let length = (square.isqrt() as i64).max(1);
    sums.map(|sum| (sum * LENGTH / length).clamp(-LENGTH, LENGTH) as i8)
}

/// How alike two directions are: [`SAME`] if they are the same, 0 if they have nothing to do with each other.
#[inline]
pub fn dot(one: &Vector, two: &Vector) -> i32 {
    one.iter().zip(two).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_others_are_not() {
        let all = parts(TABLE).expect("a table");
        let words: Vec<&str> =
            all.words.split(|byte| *byte == b'\n').map(|word| std::str::from_utf8(word).unwrap()).collect();
        assert_eq!((words.len(), all.weights.len()), (32_001, 32_000), "each word ends a line");
        for (at, word) in words.iter().enumerate().take(32_000) {
            assert_eq!(all.find(word), Some(at), "{word}");
        }
        for word in ["", "a0", "aaaaaa", "pyonygang", "zzzzzz", "김정은", "starvin", "\n"] {
            assert!(!is_english(word), "{word}");
        }
    }

    #[test]
    fn what_is_alike_lies_near() {
        let near =
            |one: &str, two: &str| dot(&meaning_of(one).unwrap().vector, &meaning_of(two).unwrap().vector);
        for (word, close, far) in [
            ("hunger", "starvation", "missile"),
            ("shells", "ammunition", "luxury"),
            ("treaty", "pact", "satellite"),
            ("navy", "submarine", "famine"),
        ] {
            assert!(near(word, close) > SAME / 3 && near(word, close) > 2 * near(word, far), "{word}");
        }
        let length = near("war", "war");
        assert!((SAME * 94 / 100..=SAME).contains(&length), "{length}");
        assert!(meaning_of("the").unwrap().weight < meaning_of("starving").unwrap().weight / 10);
    }

    #[test]
    fn what_is_no_table_has_no_words() {
        for len in [0, 9, HEAD, 9_000, 300_000] {
            assert!(parts(&TABLE[..len]).and_then(|parts| parts.meaning(31_999)).is_none(), "{len}");
        }
    }

    #[test]
    fn a_form_stands_for_a_word_that_is_missing() {
        assert!(meaning_of("emboldens").is_none() || meaning_of_any_form("emboldens").is_some());
        assert_eq!(meaning_of_any_form("treaty"), meaning_of("treaty"));
        assert_eq!(meaning_of_any_form("xqzs"), None);
    }
}
