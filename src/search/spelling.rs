//! British and American spelling as one: each word of a file and of a query also counts in its American form.
//!
//! Rules, not a dictionary. A rule may make a word that nobody writes ("promise", "promize"); such a word is never
//! typed and so never found. Must never drop the form as written: "rumou" is still a start of "rumour".

/// `(end of a British word, end of the American one, least letters before it)`, without a plural's `s`; the first that
/// fits counts. In order of the last letter, so that most words are looked at once.
const ENDINGS: &[(&str, &str, usize)] = &[
    ("sceptic", "skeptic", 0),
    ("ised", "ized", 3),
    ("ysed", "yzed", 3),
    ("entred", "entered", 1),
    ("elled", "eled", 2),
    ("ise", "ize", 3),
    ("yse", "yze", 3),
    ("fence", "fense", 2),
    ("licence", "license", 0),
    ("pretence", "pretense", 0),
    ("programme", "program", 0),
    ("logue", "log", 2),
    ("entre", "enter", 1),
    ("etre", "eter", 1),
    ("eatre", "eater", 1),
    ("ibre", "iber", 1),
    ("oeuvre", "euver", 1),
    ("cheque", "check", 0),
    ("ising", "izing", 3),
    ("ysing", "yzing", 3),
    ("elling", "eling", 2),
    ("ageing", "aging", 0),
    ("sceptical", "skeptical", 0),
    ("programm", "program", 0),
    ("aluminium", "aluminum", 0),
    ("isation", "ization", 3),
    ("iser", "izer", 3),
    ("judgement", "judgment", 0),
    ("grey", "gray", 0),
];

/// The folded `word` in American spelling, if that differs.
pub(super) fn american(word: &str) -> Option<String> {
    if word.len() < 4 || !word.is_ascii() {
        return None;
    }
    let (single, plural) = word.strip_suffix('s').map_or((word, ""), |single| (single, "s"));
    let last = single.as_bytes().last();
    for (british, american, before) in
        ENDINGS.iter().filter(|(british, ..)| british.as_bytes().last() == last)
    {
        if let Some(stem) = single.strip_suffix(british).filter(|stem| stem.len() >= *before) {
            return Some(format!("{stem}{american}{plural}"));
        }
    }
    // "rumour", "favourable", "neighbouring", but not "four" or "course".
    let at = word.as_bytes().windows(3).position(|three| three == b"our").filter(|at| *at >= 3)?;
    let vowel = word.as_bytes().get(at - 1).is_some_and(|b| b"aeiou".contains(b));
    (!vowel).then(|| format!("{}or{}", &word[..at], &word[at + 3..]))
}

/// The forms under which a folded word is kept and looked for, the one as written first.
pub fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    forms.extend(american(word));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_to_american() {
        for (british, expected) in [
            ("defence", "defense"),
            ("programme", "program"),
            ("programmes", "programs"),
            ("rumour", "rumor"),
            ("rumoured", "rumored"),
            ("neighbouring", "neighboring"),
            ("recognise", "recognize"),
            ("industrialisation", "industrialization"),
            ("centre", "center"),
            ("kilometres", "kilometers"),
            ("dialogue", "dialog"),
            ("labelled", "labeled"),
            ("manoeuvre", "maneuver"),
        ] {
            assert_eq!(american(british).as_deref(), Some(expected));
        }
    }

    #[test]
    fn other_words_stay() {
        for word in
            ["four", "hour", "tour", "course", "fence", "rise", "war", "treaty", "calibration", "김정은"]
        {
            assert_eq!(american(word), None, "{word}");
        }
    }
}
