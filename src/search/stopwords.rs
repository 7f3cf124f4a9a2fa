//! English words that hold a question together and say nothing of what is asked for.
//!
//! One need not find them where anything else is asked for. Must never hold a word that a file could be about.

/// In order of the alphabet.
const STOPWORDS: &[&str] = &[
    "a",
    "about",
    "am",
    "an",
    "and",
    "any",
    "are",
    "at",
    "be",
    "been",
    "but",
    "by",
    "can",
    "cant",
    "could",
    "did",
    "didnt",
    "do",
    "does",
    "doesnt",
    "dont",
    "ever",
    "for",
    "from",
    "had",
    "happen",
    "happened",
    "happening",
    "happens",
    "has",
    "have",
    "how",
    "if",
    "in",
    "is",
    "isnt",
    "it",
    "its",
    "just",
    "lets",
    "may",
    "me",
    "my",
    "of",
    "on",
    "only",
    "or",
    "our",
    "please",
    "really",
    "so",
    "some",
    "tell",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "true",
    "was",
    "wasnt",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "would",
    "you",
    "your",
];

/// Whether a folded word is one of them.
pub fn is_stopword(word: &str) -> bool {
    STOPWORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_order_and_each_once() {
        assert!(STOPWORDS.is_sorted_by(|one, next| one < next));
        assert!(is_stopword("who") && !is_stopword("whole"));
    }
}
