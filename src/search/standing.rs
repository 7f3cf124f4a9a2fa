//! The words that a statement is found by because of its standing, and the other names that `is:` knows.
//!
//! A reader asks "who denies it" or for a "rumour", and the screen answers with a sign and one word. This is the one
//! table of what is asked in place of that word. Must never rank.

use crate::knowledge::StandingKind;

/// What a statement is found by if somebody denies it.
pub const DENIED: &str = "denied by, deny denies denial";

/// What `is:` knows beside the standings: that somebody denies it.
pub(super) const IS_DENIED: &str = "denied";

/// What every statement of this standing is found by: first the word on the screen, then its forms and its like.
pub const fn standing_words(kind: StandingKind) -> &'static str {
    match kind {
        StandingKind::Established => "established, fact facts",
        StandingKind::Stated => "stated by, state states say says said",
        StandingKind::Alleged => "alleged by, allege alleges allegation allegations claim claims claimed",
        StandingKind::Unverified => "unverified, rumour rumours rumoured speculation",
        StandingKind::Assessed => "assessed, assess assessment scorer judged judgement judgements",
        StandingKind::Expected => "expected, expect expects expectation",
    }
}

/// What a folded value of `is:` means: the standings whose word it starts, or else those of which another word does.
pub(super) fn meant(value: &str) -> Vec<StandingKind> {
    let holds =
        |words: &str| words.split([',', ' ']).flat_map(super::forms).any(|word| word.starts_with(value));
    let own = |kind: &StandingKind| kind.word().starts_with(value);
    let other = |kind: &StandingKind| holds(standing_words(*kind));
    let found: Vec<_> = StandingKind::ALL.into_iter().filter(own).collect();
    if found.is_empty() { StandingKind::ALL.into_iter().filter(other).collect() } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_by_its_other_names() {
        for (value, expected) in [
            ("a", vec![StandingKind::Alleged, StandingKind::Assessed]),
            ("st", vec![StandingKind::Stated]),
            ("rumour", vec![StandingKind::Unverified]),
            ("rumor", vec![StandingKind::Unverified]),
            ("claimed", vec![StandingKind::Alleged]),
            ("judgment", vec![StandingKind::Assessed]),
            ("said", vec![StandingKind::Stated]),
            ("fact", vec![StandingKind::Established]),
            ("maybe", vec![]),
        ] {
            assert_eq!(meant(value), expected, "{value}");
        }
    }

    #[test]
    fn the_word_on_the_screen_comes_first() {
        for kind in StandingKind::ALL {
            assert!(standing_words(kind).starts_with(kind.word()));
        }
    }
}
