//! How many cells a text takes, and where it may be cut. Never cuts a grapheme in half.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells that `text` takes on a terminal. Hangul, Han and most emoji take two.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let apart: Option<usize> = text.chars().map(lone).sum();
    apart.unwrap_or_else(|| text.graphemes(true).map(grapheme_width).sum())
}

/// Cells of a character that joins with none of its kind: in a text of such characters each is a grapheme, and nothing
/// needs to be looked up. `None` for all others, and for those that nobody writes much.
pub const fn lone(c: char) -> Option<usize> {
    match c {
        // ASCII, Latin with accents, Cyrillic, dashes and quotation marks, the signs that are drawn with.
        ' '..='~'
        | '\u{a0}'..='\u{ac}'
        | '\u{ae}'..='\u{2ff}'
        | '\u{400}'..='\u{481}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2500}'..='\u{259f}'
        | '●'
        | '◇'
        | '❝'
        | '→' => Some(1),
        // Han and Hangul.
        '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Some(2),
        _ => None,
    }
}

/// Cells of one grapheme, as `ratatui` reckons them when it draws: most take one or two, conjuncts of Indic scripts
/// three and more.
pub fn grapheme_width(grapheme: &str) -> usize {
    grapheme.width()
}

/// The longest start of `text` that takes at most `cells`.
pub fn prefix(text: &str, cells: usize) -> &str {
    if text.is_ascii() {
        return text.get(..cells).unwrap_or(text);
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme_width(grapheme);
        if used > cells {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// `text` in at most `cells`, with `ellipsis` at the end if something had to go.
///
/// An ellipsis that does not fit either is left out, so the result never takes more than `cells`.
pub fn truncate<'a>(text: &'a str, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let room = cells.saturating_sub(width(ellipsis));
    if width(ellipsis) > cells {
        return Cow::Borrowed(prefix(text, cells));
    }
    let mut cut = prefix(text, room).trim_end().to_owned();
    cut.push_str(ellipsis);
    Cow::Owned(cut)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    proptest! {
        #[test]
        fn a_lone_character_is_a_grapheme_of_its_own(text in proptest::collection::vec(select(loners()), 0..20)) {
            let text: String = text.into_iter().collect();
            let cells: usize = text.graphemes(true).map(grapheme_width).sum();
            prop_assert_eq!(text.chars().map(lone).sum::<Option<usize>>(), Some(cells));
            prop_assert_eq!(text.graphemes(true).count(), text.chars().count());
        }
    }

    fn loners() -> Vec<char> {
        (' '..=char::MAX).filter(|c| lone(*c).is_some()).collect()
    }

    #[test]
    fn a_lone_character_takes_what_it_is_said_to_take() {
        for c in loners() {
            assert_eq!(lone(c), Some(grapheme_width(c.encode_utf8(&mut [0; 4]))), "{c:?}");
        }
    }

    #[test]
    fn cells() {
        for (text, cells) in [
            ("", 0),
            ("Kim", 3),
            ("김정은", 6),
            ("Ким", 3),
            ("e\u{301}", 1),
            ("北京", 4),
            ("त्रि", 3),
            ("👩\u{200d}👧", 2),
        ] {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn truncation_keeps_graphemes_whole() {
        for (text, cells, expected) in [
            ("Pyongyang", 9, "Pyongyang"),
            ("Pyongyang", 5, "Pyon…"),
            ("김정은", 6, "김정은"),
            ("김정은", 5, "김정…"),
            ("김정은", 4, "김…"),
            ("김정은", 1, "…"),
            ("김정은", 0, ""),
            ("one two", 5, "one…"),
        ] {
            assert_eq!(truncate(text, cells, "…"), expected, "{text:?} in {cells}");
        }
    }
}
