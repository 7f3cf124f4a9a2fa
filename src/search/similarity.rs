//! How alike a query's word and a word of the file are. The only place where `fuzzy-matcher` is asked.
//!
//! Both words are folded. Four tiers that never overlap: the word itself, its start, a part of it, scattered letters
//! of it in their order. Must never look at more than two words: what a word is worth in a document is ranking's.

use std::sync::LazyLock;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Folded words need no case; the matcher's own caches are per thread, so one serves all sessions.
static SKIM: LazyLock<SkimMatcherV2> = LazyLock::new(|| SkimMatcherV2::default().respect_case());

/// The word itself.
pub const EXACT: u16 = 1000;
/// Least worth of a start of the word.
pub const PREFIX: u16 = 700;
/// Least worth of a part of the word.
pub const SUBSTRING: u16 = 500;
/// A word of the same family.
pub const RELATED: u16 = PREFIX;
/// Another form of the word.
pub const INFLECTED: u16 = PREFIX + ROOM as u16 - 1;
/// Least worth of scattered letters.
pub const SCATTERED: u16 = 100;
/// Room for the better ones within the tiers above; scattered letters have three times as much.
const ROOM: usize = 100;

/// Letters from which scattered ones are looked for: three turn up in every tenth word.
const FEWEST_SCATTERED: usize = 4;

/// Letters from which a part of a word is looked for: shorter ones are in almost every word.
/// Two letters of a script other than ASCII say more than two of it: a Hangul syllable is a word's half.
pub(super) fn is_telling(query: &str) -> bool {
    query.chars().nth(if query.is_ascii() { 2 } else { 1 }).is_some()
}

/// What a query of so many bytes is worth against a word of so many that holds it as it is written, at its start or
/// further on.
pub(super) fn held(query: usize, word: usize, is_start: bool) -> u16 {
    if is_start && query == word {
        return EXACT;
    }
    // How much of the word the query covers, as a share of the room.
    let share = (ROOM * query).checked_div(word).unwrap_or(0);
    (if is_start { PREFIX } else { SUBSTRING }) + share as u16
}

/// What `query` is worth against `word`: 0 or `None` never matches, [`EXACT`] is the word itself.
///
/// Scattered letters start with the word's first letter, are at least four, and lie within three times their number.
pub fn similarity(query: &str, word: &str) -> Option<u16> {
    holding(query, word).or_else(|| scattering(query, word))
}

/// [`similarity`] of a word that holds the query as it is written.
pub(super) fn holding(query: &str, word: &str) -> Option<u16> {
    let is_start = word.starts_with(query);
    let holds = !query.is_empty() && (is_start || is_telling(query) && word.contains(query));
    holds.then(|| held(query.len(), word.len(), is_start))
}

/// [`similarity`] of a word that holds the query's letters alone, in their order.
pub(super) fn scattering(query: &str, word: &str) -> Option<u16> {
    // Far cheaper than the matcher, and says no to nearly every word.
    if !is_subsequence(query, word) {
        return None;
    }
    scattered(query, word).map(|(worth, _)| worth)
}

/// Which letters of `word` the query's letters are, counted in characters; `None` if it does not match.
pub(super) fn letters(query: &str, word: &str) -> Option<Vec<usize>> {
    let worth = similarity(query, word)?;
    if worth < SUBSTRING {
        return scattered(query, word).map(|(_, letters)| letters);
    }
    let start = word.get(..word.find(query)?)?.chars().count();
    Some((start..start + query.chars().count()).collect())
}

fn scattered(query: &str, word: &str) -> Option<(u16, Vec<usize>)> {
    let count = query.chars().count();
    if count < FEWEST_SCATTERED || query.chars().next() != word.chars().next() {
        return None;
    }
    let (score, letters) = SKIM.fuzzy_indices(word, query)?;
    let (first, last) = (*letters.first()?, *letters.last()?);
    if first != 0 || last >= count * 3 {
        return None;
    }
    // A word scores best against itself.
    let best = SKIM.fuzzy_match(query, query)?.max(1);
    let share = (score.max(0) * 3 * ROOM as i64 / best).min(3 * ROOM as i64);
    Some((SCATTERED + share as u16, letters))
}

/// Whether `word` holds the letters of `query` in their order.
fn is_subsequence(query: &str, word: &str) -> bool {
    let mut rest = word.chars();
    query.chars().all(|c| rest.any(|other| other == c))
}

/// The bits of a [`signature`] that are letters; the others are pairs of letters.
pub(super) const LETTERS: u64 = (1 << 36) - 1;

/// The letters of a folded word as bits, and the pairs of neighbours among them: a word can only hold another whose bits
/// it has, and another's letters in their order only if it has the bits of those.
pub(super) fn signature(word: &str) -> u64 {
    let (mut bits, mut before) = (0, None);
    for c in word.chars().map(u32::from) {
        let bit = match c {
            // a to z
            0x61..=0x7a => c - 0x61,
            // 0 to 9
            0x30..=0x39 => 26 + c % 3,
            c => 29 + c % 7,
        };
        let pair = |before: u32| 1 << (36 + (before.wrapping_mul(37) ^ c.wrapping_mul(11)) % 28);
        bits |= 1 << bit | before.map_or(0, pair);
        before = Some(c);
    }
    bits
}

/// How many slips there may be between two words, the shorter of so many letters, for one to be meant by the other.
pub(super) const fn slips(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4 | 5 => 1,
        _ => 2,
    }
}

/// How many letters one must change, add, leave out or swap with their neighbour to get from `typed` to `word`
/// ("optimal string alignment"); `None` if they are more than `most`.
pub(super) fn distance(typed: &[char], word: &str, most: usize) -> Option<usize> {
    const ROOM: usize = crate::text::fold::LONGEST_WORD + 1;
    if typed.len() >= ROOM {
        return None;
    }
    let mut rows = [[0_u8; ROOM]; 3];
    for (at, cell) in rows[0].iter_mut().enumerate() {
        *cell = at as u8;
    }
    let (mut before, mut lines) = (None, 0);
    for (line, own) in (1..).zip(word.chars()) {
        let (two_above, above) = (rows[(line + 1) % 3], rows[(line + 2) % 3]);
        let row = &mut rows[line % 3];
        row[0] = line as u8;
        let mut least = line;
        for (at, c) in (1..).zip(typed) {
            let mut cost = (above[at] + 1).min(row[at - 1] + 1).min(above[at - 1] + u8::from(*c != own));
            if at > 1 && before == Some(*c) && typed[at - 2] == own {
                cost = cost.min(two_above[at - 2] + 1);
            }
            row[at] = cost;
            least = least.min(usize::from(cost));
        }
        // What stands below is no less than this line, or than the one above it and one more.
        if least > most + 1 {
            return None;
        }
        (before, lines) = (Some(own), line);
    }
    let all = usize::from(rows[lines % 3][typed.len()]);
    (all <= most).then_some(all)
}

/// Finds the best alignment of a query's word anywhere in a longer text; for lists of names.
pub(super) fn anywhere(query: &str, text: &str) -> Option<(i64, Vec<usize>)> {
    SKIM.fuzzy_indices(text, query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers() {
        for (query, word, least, most) in [
            ("treaty", "treaty", EXACT, EXACT),
            ("trea", "treaty", PREFIX, EXACT - 1),
            ("eat", "treaty", SUBSTRING, PREFIX - 1),
            ("trty", "treaty", SCATTERED, SUBSTRING - 1),
            ("kmjn", "kimjongun", SCATTERED, SUBSTRING - 1),
            ("정은", "김정은", SUBSTRING, PREFIX - 1),
            ("t", "treaty", PREFIX, EXACT - 1),
        ] {
            let worth = similarity(query, word).unwrap_or_default();
            assert!((least..=most).contains(&worth), "{query} in {word}: {worth}");
        }
    }

    #[test]
    fn noise_does_not_match() {
        for (query, word) in [
            ("", "treaty"),
            ("ea", "treaty"),
            ("reaty2", "treaty"),
            ("rty", "treat"),
            ("eay", "treaty"),
            ("ty", "treaty"),
            ("try", "treaty"),
        ] {
            assert_eq!(similarity(query, word), None, "{query} in {word}");
        }
    }

    #[test]
    fn letters_are_those_of_the_word() {
        for (query, word, expected) in [
            ("trea", "treaty", vec![0, 1, 2, 3]),
            ("정은", "김정은", vec![1, 2]),
            ("trty", "treaty", vec![0, 1, 4, 5]),
        ] {
            assert_eq!(letters(query, word), Some(expected));
        }
    }

    #[test]
    fn the_distance_is_that_of_the_library() {
        let words = [
            "",
            "a",
            "ab",
            "ba",
            "treaty",
            "tretay",
            "treat",
            "theatre",
            "김정은",
            "정김은",
            "aaaa",
            "rteayt",
        ];
        for (typed, word) in words.iter().flat_map(|typed| words.iter().map(move |word| (typed, word))) {
            let letters: Vec<char> = typed.chars().collect();
            let expected = strsim::osa_distance(typed, word);
            for most in 0..6 {
                let found = distance(&letters, word, most);
                assert_eq!(found, (expected <= most).then_some(expected), "{typed} {word} {most}");
            }
        }
    }

    #[test]
    fn a_word_has_the_pairs_of_its_parts() {
        for word in ["kimjongun", "김정은", "h1961", "x"] {
            let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
            for (from, to) in ends.iter().flat_map(|from| ends.iter().map(move |to| (*from, *to))) {
                let part = word.get(from..to).unwrap_or_default();
                assert_eq!(signature(part) & !signature(word), 0, "{part} in {word}");
            }
        }
        assert!(signature("ab") & !signature("ba") & !LETTERS != 0, "pairs tell what letters do not");
    }

    #[test]
    fn a_word_has_the_letters_of_what_it_holds() {
        for (part, word) in [("kju", "kimjongun"), ("정은", "김정은"), ("1961", "h1961")] {
            assert_eq!(signature(part) & !signature(word) & LETTERS, 0);
        }
    }
}
