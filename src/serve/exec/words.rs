//! A command line as words, with the quoting that every shell has. Must never expand, run or open anything.

/// Words of a command.
const MOST: usize = 64;

/// Takes a line apart at blanks; quotes and backslashes keep blanks in a word.
///
/// # Errors
/// When a quote is not closed, or there are too many words.
pub(super) fn words(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = line.chars();
    while let Some(c) = letters.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => {
                let next = letters.next().ok_or("a backslash stands at the end")?;
                word.get_or_insert_default().push(next);
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err("a quote is not closed".to_owned());
    }
    words.extend(word);
    if words.len() > MOST { Err("there are too many words".to_owned()) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_as_shells_have_them() {
        for (line, expected) in [
            ("", &[][..]),
            ("  search  kim   jong un ", &["search", "kim", "jong", "un"]),
            ("search \"mutual defence\" x", &["search", "mutual defence", "x"]),
            ("search 'a \"b\" c'", &["search", "a \"b\" c"]),
            ("show a\\ b", &["show", "a b"]),
            ("show ''", &["show", ""]),
            ("a'b'\"c\"", &["abc"]),
            ("search 김정은", &["search", "김정은"]),
            ("$(reboot) `x` ; | > y", &["$(reboot)", "`x`", ";", "|", ">", "y"]),
        ] {
            assert_eq!(
                words(line).as_deref(),
                Ok(&*expected.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>())
            );
        }
        for line in ["'", "a \"b", "a\\"] {
            assert!(words(line).is_err(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn quoted_words_come_back(list in prop::collection::vec(".{0,12}", 0..8)) {
            let line: Vec<String> = list.iter().map(|word| format!("'{}'", word.replace('\'', "'\\''"))).collect();
            prop_assert_eq!(words(&line.join(" ")), Ok(list));
        }
    }
}
