//! Gives words numbers while a file is read. One a thread: what several of them read is brought together afterwards.
//!
//! All letters lie in one string, so that a word costs a few bytes and no allocation. Must never decide an order by a
//! hash: the numbers are those of the order in which words turn up, and [`Words::sorted`] makes them that of the alphabet.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::spelling::american;

/// A word of one [`Words`], by the order in which it turned up.
pub(super) type Number = u32;

/// No other spelling.
const NONE: Number = Number::MAX;
/// Not looked at yet: a spelling that no text holds must not become a word.
const UNKNOWN: Number = Number::MAX - 1;

/// Distinct words.
#[derive(Debug, Default)]
pub(super) struct Words {
    letters: String,
    /// For each word the byte after its last.
    ends: Vec<u32>,
    /// For each word its American spelling, [`NONE`] or [`UNKNOWN`].
    americans: Vec<Number>,
    table: HashTable<Number>,
    hasher: DefaultHashBuilder,
}

impl Words {
    /// The number of `word`.
    pub(super) fn number(&mut self, word: &str) -> Number {
        let hash = self.hasher.hash_one(word);
        let (letters, ends) = (&self.letters, &self.ends);
        if let Some(number) = self.table.find(hash, |number| spelled(letters, ends, *number) == word) {
            return *number;
        }
        let number = self.ends.len() as Number;
        self.letters.push_str(word);
        self.ends.push(self.letters.len() as u32);
        self.americans.push(UNKNOWN);
        let (letters, ends, hasher) = (&self.letters, &self.ends, &self.hasher);
        self.table.insert_unique(hash, number, |number| hasher.hash_one(spelled(letters, ends, *number)));
        number
    }

    /// The American spelling of a word, if it is another; it is a word from now on.
    pub(super) fn american(&mut self, number: Number) -> Option<Number> {
        let mut other = self.americans.get(number as usize).copied().unwrap_or(NONE);
        if other == UNKNOWN {
            other = american(self.word(number)).map_or(NONE, |word| self.number(&word));
            self.americans[number as usize] = other;
        }
        (other != NONE).then_some(other)
    }

    /// How it is written.
    pub(super) fn word(&self, number: Number) -> &str {
        spelled(&self.letters, &self.ends, number)
    }

    /// All words in the order of the alphabet.
    pub(super) fn sorted(&self) -> Vec<Number> {
        // Most words differ in the first eight bytes: comparing those as numbers is several times faster.
        let mut keyed: Vec<(u64, Number)> = (0..self.ends.len() as Number)
            .map(|number| {
                let mut first = [0; 8];
                for (to, from) in first.iter_mut().zip(self.word(number).bytes()) {
                    *to = from;
                }
                (u64::from_be_bytes(first), number)
            })
            .collect();
        keyed.sort_unstable_by(|(a, one), (b, other)| {
            a.cmp(b).then_with(|| self.word(*one).cmp(self.word(*other)))
        });
        keyed.into_iter().map(|(_, number)| number).collect()
    }
}

fn spelled<'a>(letters: &'a str, ends: &[u32], number: Number) -> &'a str {
    let at = number as usize;
    let from = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    letters.get(from as usize..ends.get(at).copied().unwrap_or(from) as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_a_word_and_the_alphabet_in_the_end() {
        let mut words = Words::default();
        let numbers: Vec<Number> =
            ["treaty", "defence", "arms", "treaty"].into_iter().map(|word| words.number(word)).collect();
        assert_eq!(numbers[0], numbers[3]);
        let other = words.american(numbers[1]).expect("another spelling");
        assert_eq!(words.word(other), "defense");
        assert_eq!(words.american(numbers[0]), None);
        let sorted: Vec<&str> = words.sorted().into_iter().map(|number| words.word(number)).collect();
        assert_eq!(sorted, ["arms", "defence", "defense", "treaty"]);
    }
}
