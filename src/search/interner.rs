//! Gives words numbers while a file is read. One a thread: what several of them read is brought together afterwards.
//!
//! All letters lie in one string, so that a word costs a few bytes and no allocation. Must never decide an order by a
//! hash: the numbers are those of the order in which words turn up, and [`Interner::sorted`] makes them that of the alphabet.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::spelling::american;
use crate::text::split::Split;

/// A word of one [`Interner`], by the order in which it turned up.
pub(super) type Number = u32;

/// No other spelling.
const NONE: Number = Number::MAX;
/// Not looked at yet: a spelling that no text holds must not become a word.
const UNKNOWN: Number = Number::MAX - 1;

/// Distinct words.
#[derive(Debug, Default)]
pub(super) struct Interner {
    letters: String,
    /// For each word the byte after its last.
    ends: Vec<u32>,
    table: HashTable<Slot>,
    hasher: DefaultHashBuilder,
}

/// A word as the table knows it: what a text needs of most words is here, without a look at their letters.
#[derive(Debug, Clone, Copy)]
struct Slot {
    start: Start,
    number: Number,
    /// Its American spelling, [`NONE`] or [`UNKNOWN`].
    american: Number,
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelled {
    pub(super) number: Number,
    /// The word that is its American spelling, if that is another.
    pub(super) american: Option<Number>,
}

/// The first eight bytes of a word, the first one above the others, and zeros behind its last: starts come in the order
/// of their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Start(u64);

impl Start {
    fn of(word: &str) -> Self {
        let mut first = [0; 8];
        for (to, from) in first.iter_mut().zip(word.bytes()) {
            *to = from;
        }
        Self(u64::from_be_bytes(first))
    }

    /// Whether it is all of its word: there is room for a zero, which is no letter.
    const fn is_all(self) -> bool {
        self.0 as u8 == 0
    }

    fn hash<'w>(self, hasher: &DefaultHashBuilder, word: impl FnOnce() -> &'w str) -> u64 {
        if self.is_all() { hasher.hash_one(self.0) } else { hasher.hash_one(word()) }
    }
}

impl Interner {
    /// The number of `word`.
    pub(super) fn number(&mut self, word: &str) -> Number {
        let start = Start::of(word);
        self.slot(start, start.hash(&self.hasher, || word), word).number
    }

    /// The words of a text, in place of what is in `found`.
    pub(super) fn read(&mut self, text: &Split, found: &mut Vec<Spelled>) {
        found.clear();
        found.extend((0..text.len()).map(|ix| self.spelled(text, ix)));
    }

    /// The word of a text at `ix`.
    pub(super) fn spelled(&mut self, text: &Split, ix: usize) -> Spelled {
        let (start, word) = (Start(text.start(ix)), text.word(ix));
        let hash = start.hash(&self.hasher, || word);
        let slot = self.slot(start, hash, word);
        let other = if slot.american == UNKNOWN { self.spell(slot, hash) } else { slot.american };
        Spelled { number: slot.number, american: (other != NONE).then_some(other) }
    }

    /// What is known of `word`, which has that start and that hash.
    fn slot(&mut self, start: Start, hash: u64, word: &str) -> Slot {
        let (letters, ends) = (&self.letters, &self.ends);
        let is_it = |slot: &Slot| {
            slot.start == start && (start.is_all() || spelled(letters, ends, slot.number) == word)
        };
        if let Some(slot) = self.table.find(hash, is_it) {
            return *slot;
        }
        let slot = Slot { start, number: self.ends.len() as Number, american: UNKNOWN };
        self.letters.push_str(word);
        self.ends.push(self.letters.len() as u32);
        let (letters, ends, hasher) = (&self.letters, &self.ends, &self.hasher);
        let again = |slot: &Slot| slot.start.hash(hasher, || spelled(letters, ends, slot.number));
        self.table.insert_unique(hash, slot, again);
        slot
    }

    /// The American spelling of a word that has that hash, which is a word from now on, or [`NONE`].
    fn spell(&mut self, of: Slot, hash: u64) -> Number {
        let other = american(self.word(of.number)).map_or(NONE, |word| self.number(&word));
        if let Some(slot) = self.table.find_mut(hash, |slot| slot.number == of.number) {
            slot.american = other;
        }
        other
    }

    /// How it is written.
    pub(super) fn word(&self, number: Number) -> &str {
        spelled(&self.letters, &self.ends, number)
    }

    /// All words in the order of the alphabet.
    pub(super) fn sorted(&self) -> Vec<Number> {
        // Most words differ in their starts: comparing those as numbers is several times faster.
        let numbers = 0..self.ends.len() as Number;
        let mut keyed: Vec<(Start, Number)> =
            numbers.map(|number| (Start::of(self.word(number)), number)).collect();
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
        let (mut words, mut text, mut found) = (Interner::default(), Split::default(), Vec::new());
        text.of("treaty defence arms treaty");
        words.read(&text, &mut found);
        assert_eq!(found[0], found[3]);
        assert_eq!(found[0].american, None);
        assert_eq!(words.word(found[1].american.expect("another spelling")), "defense");
        assert_eq!(words.number("defence"), found[1].number);
        for (long, other) in [("fortification", "fortifications"), ("eightlet", "eightletter")] {
            assert_ne!(words.number(long), words.number(other), "they start alike");
        }
        let sorted: Vec<&str> = words.sorted().into_iter().map(|number| words.word(number)).collect();
        let expected =
            ["arms", "defence", "defense", "eightlet", "eightletter", "fortification", "fortifications"];
        assert_eq!(sorted, [&expected[..], &["treaty"]].concat());
    }
}
