//! Choosing from a short list of names: actions, bookmarks, topics. Must never be used on texts: there, words count.

use std::ops::Range;

use super::similarity::anywhere;
use crate::text::fold::{Folded, merged};

/// Words of a query that count.
const MOST_WORDS: usize = 8;

/// The names that hold all words of `query`, letters scattered or not, best first, with the matched letters of each as
/// byte ranges. Names of the same worth stay in their order, and an empty query is all names in their order.
pub fn pick(query: &str, names: &[&str]) -> Vec<(usize, Vec<Range<usize>>)> {
    let query = Folded::of(query);
    let mut found: Vec<(i64, usize, Vec<Range<usize>>)> = Vec::new();
    for (ix, name) in names.iter().enumerate() {
        if let Some((score, marks)) = fit(&query, name) {
            found.push((score, ix, marks));
        }
    }
    found.sort_by_key(|(score, ix, _)| (std::cmp::Reverse(*score), *ix));
    found.into_iter().map(|(_, ix, marks)| (ix, marks)).collect()
}

fn fit(query: &Folded, name: &str) -> Option<(i64, Vec<Range<usize>>)> {
    let folded = Folded::of(name);
    let mut score = 0;
    let mut marks = Vec::new();
    for word in query.words().take(MOST_WORDS) {
        let (worth, letters) = anywhere(word, folded.letters())?;
        score += worth;
        marks.extend(letters.into_iter().map(|at| folded.origin_of(at)));
    }
    Some((score, merged(marks)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] = ["Quit", "Next tab", "Timeline", "Map", "Copy with citation"];

    #[test]
    fn best_first() {
        for (query, expected) in [
            ("", vec![0, 1, 2, 3, 4]),
            ("time", vec![2]),
            ("tab next", vec![1]),
            ("cwc", vec![4]),
            ("m", vec![3, 2]),
            ("zz", vec![]),
        ] {
            let found: Vec<usize> = pick(query, &NAMES).into_iter().map(|(ix, _)| ix).collect();
            assert_eq!(found, expected, "{query}");
        }
    }

    #[test]
    fn letters_are_marked() {
        assert_eq!(pick("cwc", &NAMES), [(4, vec![0..1, 5..6, 10..11])]);
        assert_eq!(pick("", &["a"]), [(0, vec![])]);
    }
}
