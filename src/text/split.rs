//! A text as words alone: those of [`Folded`](super::fold::Folded) without where their letters come from, several
//! times faster.
//!
//! An index reads every text of a file once, and most of them are ASCII for the most part. Must never find other words
//! than [`Folded`](super::fold::Folded) does.

use std::mem;
use std::ops::Range;

use super::fold::{LONGEST_WORD, Role, cluster_at, is_possessive, role};

/// For each ASCII letter or digit the one that it folds to; 0 for any other byte.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte: u8 = 0;
    while byte.is_ascii() {
        if byte.is_ascii_alphanumeric() {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

/// Bytes of a word's start.
const START: usize = size_of::<u64>();

/// The words of the text that was split last. Made once and used again, for its memory.
#[derive(Debug, Default)]
pub struct Split {
    /// One word behind the other, and [`START`] zeros.
    letters: String,
    words: Vec<Word>,
}

/// Where a word stands in the letters, in bytes.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: u32,
    end: u32,
    glued: bool,
}

/// What has been read of a text.
struct Reading<'s> {
    letters: Vec<u8>,
    words: &'s mut Vec<Word>,
    /// Whether the next letter belongs to the last word.
    open: bool,
    /// Whether a hyphen stands right behind the last word.
    hyphen: bool,
}

impl Split {
    /// Splits `text`, and forgets the one before. Takes time in proportion to its length.
    pub fn of(&mut self, text: &str) {
        self.words.clear();
        let mut letters = mem::take(&mut self.letters).into_bytes();
        letters.clear();
        letters.reserve(text.len() + START);
        let mut reading = Reading { letters, words: &mut self.words, open: false, hyphen: false };
        let mut at = 0;
        if !text.is_ascii() {
            let mut made = String::new();
            while let Some(strange) = text.get(at..).and_then(|rest| rest.bytes().position(|b| !b.is_ascii()))
            {
                // What stands before it may belong to it, as a letter does to its accent.
                let end = (at + strange).saturating_sub(1).max(at);
                at = reading.plain(text, at..end);
                let Some(cluster) = cluster_at(text, at) else { break };
                at = reading.cluster(text, at, cluster, &mut made);
            }
        }
        reading.plain(text, at..text.len());
        reading.letters.extend_from_slice(&[0; START]);
        // Letters are made from text, whole.
        self.letters = String::from_utf8(reading.letters).unwrap_or_default();
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word at `ix`; empty beyond the last.
    pub fn word(&self, ix: usize) -> &str {
        let range = |word: &Word| word.start as usize..word.end as usize;
        self.words.get(ix).and_then(|word| self.letters.get(range(word))).unwrap_or_default()
    }

    /// The first eight bytes of the word at `ix` as a number, the first one above the others, zeros behind its last.
    pub fn start(&self, ix: usize) -> u64 {
        let Some(word) = self.words.get(ix) else { return 0 };
        let (start, len) = (word.start as usize, (word.end - word.start) as usize);
        let bytes = self.letters.as_bytes().get(start..start + START).and_then(|it| it.try_into().ok());
        let all = bytes.map_or(0, u64::from_be_bytes);
        if len < START { all & !(u64::MAX >> (8 * len)) } else { all }
    }

    /// The words in order.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.words.len()).map(|ix| self.word(ix))
    }

    /// Whether a hyphen ties the word at `ix` to the one before it.
    pub fn is_glued(&self, ix: usize) -> bool {
        self.words.get(ix).is_some_and(|word| word.glued)
    }

    /// How many words the compound that starts at `ix` has; less than two is none.
    pub fn compound(&self, ix: usize) -> usize {
        if self.words.get(ix).is_none_or(|word| word.glued) {
            return 0;
        }
        1 + self.words.iter().skip(ix + 1).take_while(|word| word.glued).count()
    }

    /// The words of a range as one, at most [`LONGEST_WORD`] letters.
    pub fn joined(&self, words: Range<usize>) -> &str {
        let start = self.words.get(words.start).map_or(0, |word| word.start as usize);
        let end = self.words.get(words.end.saturating_sub(1)).map_or(start, |word| word.end as usize);
        let joined = self.letters.get(start..end).unwrap_or_default();
        joined.char_indices().nth(LONGEST_WORD).and_then(|(end, _)| joined.get(..end)).unwrap_or(joined)
    }
}

impl Reading<'_> {
    /// Reads a range of `text` that is ASCII, in which each byte stands for itself. Gives the byte to go on from: behind
    /// the range if an apostrophe stands at its end.
    fn plain(&mut self, text: &str, range: Range<usize>) -> usize {
        let bytes = text.as_bytes().get(..range.end).unwrap_or_default();
        let mut at = range.start;
        while let Some(byte) = bytes.get(at) {
            let letter = LETTERS[usize::from(*byte)];
            at += 1;
            if letter != 0 {
                self.start_word();
                self.letters.push(letter);
                while let Some(letter) =
                    bytes.get(at).map(|byte| LETTERS[usize::from(*byte)]).filter(|it| *it != 0)
                {
                    self.letters.push(letter);
                    at += 1;
                }
                self.end_word();
                continue;
            }
            match byte {
                b'\'' | b'`' => at += self.apostrophe(text, at),
                b'-' => (self.hyphen, self.open) = (self.open, false),
                _ => (self.hyphen, self.open) = (false, false),
            }
        }
        at
    }

    /// Reads the `cluster` at byte `at` of `text`, and gives the byte to go on from.
    fn cluster(&mut self, text: &str, at: usize, cluster: &str, made: &mut String) -> usize {
        let after = at + cluster.len();
        made.clear();
        match role(cluster, made) {
            Role::Letters => {
                self.start_word();
                self.letters.extend_from_slice(made.as_bytes());
                self.end_word();
            }
            Role::Apostrophe => return after + self.apostrophe(text, after),
            Role::Invisible => {}
            Role::Hyphen => (self.hyphen, self.open) = (self.open, false),
            Role::Separator => (self.hyphen, self.open) = (false, false),
        }
        after
    }

    /// How many bytes behind an apostrophe belong to it. A possessive is the word itself: "Japan's" is found as "Japan".
    fn apostrophe(&mut self, text: &str, after: usize) -> usize {
        let possessive = self.open && is_possessive(text.get(after..).unwrap_or_default());
        self.open &= !possessive;
        usize::from(possessive)
    }

    fn start_word(&mut self) {
        if !self.open {
            let start = self.letters.len() as u32;
            self.words.push(Word { start, end: start, glued: self.hyphen });
            (self.hyphen, self.open) = (false, true);
        }
    }

    /// Ends the last word for now: further letters may follow an apostrophe.
    fn end_word(&mut self) {
        let Some(word) = self.words.last_mut() else { return };
        let start = word.start as usize;
        if self.letters.len() - start > LONGEST_WORD {
            let own = self.letters.get(start..).unwrap_or_default();
            let starts = own.iter().enumerate().filter(|(_, byte)| !matches!(byte, 0x80..0xc0));
            let end = starts.map(|(at, _)| at).nth(LONGEST_WORD);
            self.letters.truncate(end.map_or(self.letters.len(), |end| start + end));
        }
        word.end = self.letters.len() as u32;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold::Folded;

    fn check(split: &mut Split, text: &str) {
        split.of(text);
        let folded = Folded::of(text);
        let found: Vec<(&str, bool)> =
            split.words().enumerate().map(|(ix, word)| (word, split.is_glued(ix))).collect();
        let expected: Vec<(&str, bool)> =
            folded.words().enumerate().map(|(ix, word)| (word, folded.is_glued(ix))).collect();
        assert_eq!(found, expected, "{text:?}");
        for (ix, word) in folded.words().enumerate() {
            let bytes = split.start(ix).to_be_bytes();
            let (own, rest) = bytes.split_at(word.len().min(START));
            assert!(word.as_bytes().starts_with(own) && rest.iter().all(|byte| *byte == 0), "{text:?}");
        }
        for compound in folded.compounds() {
            assert_eq!(split.compound(compound.start), compound.len(), "{text:?}");
            assert_eq!(split.joined(compound.clone()), folded.joined(compound), "{text:?}");
        }
    }

    #[test]
    fn words_alone_are_the_same_words() {
        let long = "x".repeat(LONGEST_WORD + 1);
        let mut split = Split::default();
        for text in [
            "Kim Jong-un's Workers' Party, the `DPRK`'s",
            "a--b -c d- - e-f-g",
            "it's o'clock's",
            "h25: 1950-53",
            "Café Jong-un",
            "Cafe\u{301}’s “first”—and last",
            "김정은 위원장-Ким Чен Ын",
            "don’t",
            "-",
            "",
            &long,
            &format!("{long}’{long}"),
            &"é".repeat(LONGEST_WORD + 1),
        ] {
            check(&mut split, text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn any_text_has_the_same_words(
            text in prop::collection::vec(
                prop_oneof![
                    4 => "[a-zA-Z0-9 '`-]{0,6}",
                    2 => "[éЙё’‘—\u{301}\u{308}\u{ad}\u{200b}김ǅßﬁ٣が\u{1193f}]{1,3}",
                    1 => any::<String>(),
                    1 => "[a-z]{60,70}",
                ],
                0..8,
            ),
        ) {
            check(&mut Split::default(), &text.concat());
        }
    }
}
