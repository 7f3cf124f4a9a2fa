//! Words as they are compared in a search: without case, accents, apostrophes and forms of the same letter.
//!
//! Every folded letter remembers which bytes of the text it was made of, so that a match can be shown in the text as
//! it is written. Must never know a language's spelling: only how letters are written.
//!
//! Compatibility forms are decomposed (NFKD, Unicode Standard Annex 15), marks on Latin, Greek, Cyrillic, Hebrew and
//! Arabic letters dropped, and what is left is composed again, so that a Hangul syllable is one letter and `が` is
//! not `か`. `й` becomes `и` and `ё` becomes `е`, however they were typed.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Letters of a word that count; more are dropped. Keeps the work per word bounded whatever a file or a query holds.
pub const LONGEST_WORD: usize = 64;

/// A text as folded words, one space between them.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    letters: String,
    /// For each character of `letters`, the bytes of the text it was made of.
    origins: Vec<Range<u32>>,
    words: Vec<Word>,
}

/// Where a word stands in [`Folded`].
#[derive(Debug, Clone)]
struct Word {
    bytes: Range<usize>,
    /// Position of its first character.
    first: usize,
    glued: bool,
}

/// What a cluster of characters does to the word it stands in.
pub(super) enum Role {
    Letters,
    Apostrophe,
    Hyphen,
    Invisible,
    Separator,
}

impl Folded {
    /// Folds a text. Takes time in proportion to its length.
    pub fn of(text: &str) -> Self {
        let mut folded = Self::default();
        let (mut at, mut hyphen, mut open) = (0, false, false);
        let mut made = String::new();
        while let Some(cluster) = cluster_at(text, at) {
            let origin = at as u32..(at + cluster.len()) as u32;
            at += cluster.len();
            made.clear();
            match role(cluster, &mut made) {
                Role::Letters => {
                    if !open {
                        folded.start_word(hyphen);
                    }
                    folded.extend_word(&made, &origin);
                    (hyphen, open) = (false, true);
                }
                // A possessive is the word itself: "Japan's" is found as "Japan".
                Role::Apostrophe if open && is_possessive(text.get(at..).unwrap_or_default()) => {
                    at += 1;
                    open = false;
                }
                Role::Apostrophe | Role::Invisible => {}
                Role::Hyphen => (hyphen, open) = (open, false),
                Role::Separator => (hyphen, open) = (false, false),
            }
        }
        folded
    }

    fn start_word(&mut self, glued: bool) {
        if !self.words.is_empty() {
            self.letters.push(' ');
            let end = self.origins.last().map_or(0, |origin| origin.end);
            self.origins.push(end..end);
        }
        let start = self.letters.len();
        self.words.push(Word { bytes: start..start, first: self.origins.len(), glued });
    }

    fn extend_word(&mut self, made: &str, origin: &Range<u32>) {
        let Some(word) = self.words.last_mut() else { return };
        for c in made.chars() {
            if self.origins.len() - word.first >= LONGEST_WORD {
                break;
            }
            self.letters.push(c);
            self.origins.push(origin.clone());
        }
        word.bytes.end = self.letters.len();
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// All words with one space between them.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// The word at `ix`; empty beyond the last.
    pub fn word(&self, ix: usize) -> &str {
        self.words.get(ix).and_then(|word| self.letters.get(word.bytes.clone())).unwrap_or_default()
    }

    /// The words in order.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.words.len()).map(|ix| self.word(ix))
    }

    /// Whether a hyphen ties the word at `ix` to the one before it.
    pub fn is_glued(&self, ix: usize) -> bool {
        self.words.get(ix).is_some_and(|word| word.glued)
    }

    /// The words of a range as one: "kim jong un" as "kimjongun", at most [`LONGEST_WORD`] letters.
    pub fn joined(&self, words: Range<usize>) -> String {
        words.flat_map(|ix| self.word(ix).chars()).take(LONGEST_WORD).collect()
    }

    /// Runs of words tied by hyphens, each of two or more.
    pub fn compounds(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for ix in (1..self.len()).filter(|ix| self.is_glued(*ix)) {
            match runs.last_mut() {
                Some(run) if run.end == ix => run.end = ix + 1,
                _ => runs.push(ix - 1..ix + 1),
            }
        }
        runs
    }

    /// The bytes of the text that the `letter`-th letter was made of, counted from the start of the word at `word`
    /// and on through the words after it.
    pub fn origin(&self, word: usize, letter: usize) -> Range<usize> {
        let mut left = letter;
        for ix in word..self.words.len() {
            let count = self.word(ix).chars().count();
            if left < count {
                let origin = self.origins.get(self.words[ix].first + left).cloned().unwrap_or_default();
                return origin.start as usize..origin.end as usize;
            }
            left -= count;
        }
        0..0
    }

    /// The bytes of the text that the `at`-th character of [`Folded::letters`] was made of; empty for a space.
    pub fn origin_of(&self, at: usize) -> Range<usize> {
        self.origins.get(at).map_or(0..0, |origin| origin.start as usize..origin.end as usize)
    }
}

/// `ranges` in order, with those that touch or overlap made one and empty ones left out.
pub fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The characters at `at` that a reader sees as one.
pub(super) fn cluster_at(text: &str, at: usize) -> Option<&str> {
    let bytes = text.as_bytes();
    // Two ASCII bytes in a row never share a cluster, but for CR LF, which folds to nothing either way.
    if bytes.get(at)?.is_ascii() && bytes.get(at + 1).is_none_or(u8::is_ascii) {
        return text.get(at..=at);
    }
    let cluster = text.get(at..)?.graphemes(true).next()?;
    // A letter that binds to the next one (UAX 29, "prepend") takes even a blank: for a search it ends there.
    let parts = |c: char| c.is_whitespace() || (c.is_ascii() && !c.is_ascii_alphanumeric());
    let end = cluster.char_indices().skip(1).find(|(_, c)| parts(*c)).map(|(end, _)| end);
    end.map_or(Some(cluster), |end| cluster.get(..end))
}

/// What `cluster` is; its folded letters go to `made`.
pub(super) fn role(cluster: &str, made: &mut String) -> Role {
    let Some(first) = cluster.chars().next() else { return Role::Separator };
    match first {
        'a'..='z' | 'A'..='Z' | '0'..='9' if cluster.len() == 1 => {
            made.push(first.to_ascii_lowercase());
            return Role::Letters;
        }
        '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | '＇' => return Role::Apostrophe,
        '-' | '\u{2010}' | '\u{2011}' => return Role::Hyphen,
        '\0'..='\u{7f}' if cluster.len() == 1 => return Role::Separator,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => return Role::Invisible,
        _ => {}
    }
    let lower = cluster.nfkd().filter(|c| !is_dropped(*c)).flat_map(char::to_lowercase);
    let plain = lower.filter(|c| !is_dropped(*c)).flat_map(spelled_out);
    made.extend(plain.nfc().filter(|c| c.is_alphanumeric()));
    if made.is_empty() { Role::Separator } else { Role::Letters }
}

/// Marks that are not typed when searching.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}' | 'ʼ' | 'ʻ')
}

/// Letters that Unicode does not decompose, as they are typed on a keyboard without them.
fn spelled_out(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        'ð' | 'đ' => ('d', None),
        'ø' => ('o', None),
        'ł' => ('l', None),
        'ı' => ('i', None),
        'ς' => ('σ', None),
        c => (c, None),
    };
    std::iter::once(first).chain(second)
}

/// Whether what follows an apostrophe is the `s` that ends a word.
pub(super) fn is_possessive(rest: &str) -> bool {
    let mut rest = rest.chars();
    matches!(rest.next(), Some('s' | 'S')) && !rest.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_however_it_is_written() {
        for (text, folded) in [
            ("Kim Jong-un", "kim jong un"),
            ("KIM JONG UN", "kim jong un"),
            ("김정은", "김정은"),
            ("\u{1100}\u{1175}\u{11b7}정은", "김정은"),
            ("Ким Чен Ын", "ким чен ын"),
            ("Сергей", "сергеи"),
            ("Серге\u{438}\u{306}", "сергеи"),
            ("Café Zoë", "cafe zoe"),
            ("Cafe\u{301}", "cafe"),
            ("Ch’ongjin", "chongjin"),
            ("Japan's rule", "japan rule"),
            ("Workers' Party", "workers party"),
            ("Workers’ Party", "workers party"),
            ("“multi\u{ad}polar”", "multipolar"),
            ("1950–53", "1950 53"),
            ("Ｋｉｍ ﬁre", "kim fire"),
            ("Straße Łódź İstanbul", "strasse lodz istanbul"),
            ("が か", "が か"),
            ("\u{1193f} a\u{1193f}-b", "\u{1193f} a\u{1193f} b"),
            ("", ""),
            (" — … ", ""),
        ] {
            assert_eq!(Folded::of(text).letters(), folded, "{text:?}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["Kim Jong-un", "Серге́й Лавро́в", "김정은 위원장", "Straße", "ΣΟΦΟΣ", "½ ㎞"]
        {
            let once = Folded::of(text).letters().to_owned();
            assert_eq!(Folded::of(&once).letters(), once);
        }
    }

    #[test]
    fn a_letter_leads_back_to_its_bytes() {
        let text = "Zoë’s Jong-un";
        let folded = Folded::of(text);
        assert_eq!(folded.letters(), "zoe jong un");
        assert_eq!(&text[folded.origin(0, 2)], "ë");
        assert_eq!(&text[folded.origin(1, 4)], "u", "on through the next word");
        assert_eq!(folded.joined(1..3), "jongun");
        assert_eq!(folded.compounds(), vec![1..3; 1]);
        assert_eq!(folded.origin(2, 9), 0..0);
    }

    #[test]
    fn ranges_that_touch_are_one() {
        assert_eq!(merged(vec![4..6, 0..1, 1..2, 5..9, 9..9]), [0..2, 4..9]);
    }
}
