//! Characters that may not reach a terminal.
//!
//! A knowledge file is somebody else's text. Control characters in it could drive the terminal, and bidirectional
//! overrides could make a line say what it does not ("Trojan Source", CVE-2021-42574).

use std::borrow::Cow;

/// Whether `c` is a control character (C0, DEL, C1) or changes the direction of what follows.
///
/// Line feed and tab count as hostile too: texts are single paragraphs.
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// `text` without hostile characters: white space becomes a space, the rest goes.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let keep = |c: char| match c {
        '\n' | '\t' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_hostile(c) => None,
        c => Some(c),
    };
    Cow::Owned(text.chars().filter_map(keep).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hostile_is_left() {
        for (text, expected) in [
            ("plain 김정은", "plain 김정은"),
            ("a\u{1b}[31mb", "a[31mb"),
            ("a\u{202e}b\u{2066}c", "abc"),
            ("one\ttwo\nthree", "one two three"),
            ("\u{9b}2J", "2J"),
        ] {
            assert_eq!(clean(text), expected);
            assert!(!clean(text).chars().any(is_hostile));
        }
    }
}
