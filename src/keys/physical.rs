//! Which Latin key lies under a letter typed with a Russian, Ukrainian or Korean layout.
//!
//! For commands only: a reader who types Russian should not have to switch layouts to press `j`. Must never touch
//! text that is typed into a search.

/// The rows of a US keyboard beside those of the Russian layout (ЙЦУКЕН, GOST) and the Korean one (Dubeolsik, KS X
/// 5002); Ukrainian differs from Russian in four letters.
const LAYOUTS: [(&str, &str); 7] = [
    ("qwertyuiop[]asdfghjkl;'zxcvbnm,.", "йцукенгшщзхъфывапролджэячсмитьбю"),
    ("QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>", "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"),
    ("]s'`", "їієґ"),
    ("}S\"~", "ЇІЄҐ"),
    ("qwertyuiopasdfghjklzxcvbnm", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"),
    ("QWERTOP", "ㅃㅉㄸㄲㅆㅒㅖ"),
    ("#", "№"),
];

/// The character that the same key types on a US keyboard; the character itself where there is no other.
///
/// `/` and `?` of the Russian layout lie on the key of `.`, which means the full stop there, so they cannot be told
/// apart from it and stay what they are.
pub fn physical(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    LAYOUTS
        .iter()
        .find_map(|(latin, other)| other.chars().position(|o| o == c).and_then(|at| latin.chars().nth(at)))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_under_the_letter() {
        for (typed, key) in [
            ('о', 'j'),
            ('л', 'k'),
            ('О', 'J'),
            ('й', 'q'),
            ('а', 'f'),
            ('і', 's'),
            ('ㅓ', 'j'),
            ('ㅂ', 'q'),
            ('j', 'j'),
            ('?', '?'),
            ('김', '김'),
        ] {
            assert_eq!(physical(typed), key, "{typed}");
        }
    }

    #[test]
    fn the_layouts_have_as_many_keys_on_both_sides() {
        for (latin, other) in LAYOUTS {
            assert_eq!(latin.chars().count(), other.chars().count(), "{latin}");
        }
    }
}
