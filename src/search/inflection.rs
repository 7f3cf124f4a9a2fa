//! The other forms of an English word: who asks what Russia "wants" means a text that says "want".
//!
//! Rules, not a dictionary: what they make is looked for among the words of the file, and what is not there is found
//! nowhere. Must never lead from one stem to another: "arms" has "armed" for a form, and not "army".

/// Endings of English verbs and nouns.
const ENDINGS: [&str; 5] = ["s", "es", "ed", "d", "ing"];

/// Letters of a stem, at least.
const SHORTEST: usize = 3;

/// The other forms that a folded `word` may have, in the order of the alphabet. None of a word that is not made of
/// ASCII letters alone.
pub fn inflections(word: &str) -> Vec<String> {
    if !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut forms: Vec<String> = stems(word).iter().flat_map(|stem| forms_of(stem)).collect();
    forms.sort_unstable();
    forms.dedup();
    forms.retain(|form| form != word);
    forms
}

/// Whether `other` may be a form of `word`, at a glance: all forms of a word begin with the same two letters.
pub(super) fn may_be_inflected(word: &str, other: &str) -> bool {
    word.as_bytes().get(..2).is_some_and(|start| other.as_bytes().starts_with(start))
}

/// What is left of a word without an ending that it may have; the word itself among it.
fn stems(word: &str) -> Vec<String> {
    let mut stems = vec![word.to_owned()];
    for ending in ["ies", "ied"] {
        stems.extend(word.strip_suffix(ending).map(|stem| format!("{stem}y")));
    }
    for ending in ENDINGS {
        // "press" is no plural.
        let stem = word.strip_suffix(ending).filter(|stem| !stem.ends_with('s') || ending != "s");
        stems.extend(stem.map(str::to_owned));
    }
    stems.extend(word.strip_suffix("ing").map(|stem| format!("{stem}e")));
    let has_vowel = |stem: &String| stem.bytes().any(|b| b"aeiouy".contains(&b));
    stems.retain(|stem| stem.len() >= SHORTEST && has_vowel(stem));
    stems
}

/// The stem with all endings.
fn forms_of(stem: &str) -> Vec<String> {
    let mut forms = vec![stem.to_owned()];
    match stem.strip_suffix(['y', 'e']) {
        Some(start) if stem.ends_with('y') => {
            forms.extend(["ies", "ied"].map(|ending| format!("{start}{ending}")));
            forms.extend(["s", "ed", "ing"].map(|ending| format!("{stem}{ending}")));
        }
        Some(start) => {
            forms.extend(["s", "d"].map(|ending| format!("{stem}{ending}")));
            forms.push(format!("{start}ing"));
        }
        None => forms.extend(["s", "es", "ed", "ing"].map(|ending| format!("{stem}{ending}"))),
    }
    forms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_glance_passes_over_no_form(word in "[a-z]{1,5}(s|es|ies|ied|ed|d|ing|y|e)?") {
            for form in inflections(&word) {
                prop_assert!(may_be_inflected(&word, &form), "{word}: {form}");
            }
        }
    }

    #[test]
    fn forms_of_one_word_lead_to_each_other() {
        for (word, other) in [
            ("wants", "want"),
            ("visits", "visited"),
            ("signed", "sign"),
            ("denies", "denied"),
            ("deny", "denies"),
            ("factory", "factories"),
            ("supplies", "supplying"),
            ("launches", "launch"),
            ("trade", "trading"),
            ("trading", "traded"),
            ("russians", "russian"),
        ] {
            assert!(inflections(word).iter().any(|form| form == other), "{word}: {:?}", inflections(word));
            assert!(inflections(other).iter().any(|form| form == word), "{other}: {:?}", inflections(other));
        }
    }

    #[test]
    fn other_words_are_no_forms() {
        for (word, other) in
            [("arms", "army"), ("press", "pres"), ("king", "k"), ("us", "u"), ("string", "str")]
        {
            assert!(!inflections(word).iter().any(|form| form == other), "{word}: {:?}", inflections(word));
        }
        assert_eq!(inflections("1995"), [""; 0]);
        assert_eq!(inflections("김정은"), [""; 0]);
    }
}
