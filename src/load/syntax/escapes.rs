//! A text with escapes: where in the source each part of what it says is written.
//!
//! What it says is for `ron` to read. Must never differ from that in how long any part of it is.

use std::ops::Range;

/// Where the bytes `part` of what a text says are written. The text stands at `at` in `source`, without its quotes.
pub(in crate::load) fn written(source: &str, at: &Range<usize>, part: &Range<usize>) -> Range<usize> {
    // Byte of what it says → byte of the source: for the start of each stretch without escapes, and of each escape.
    let mut stretches = Vec::new();
    let (mut said, mut from) = (0, at.start);
    while let Some(rest) = source.get(from..at.end).filter(|rest| !rest.is_empty()) {
        stretches.push((said, from));
        let plain = rest.find('\\').unwrap_or(rest.len());
        (said, from) = (said + plain, from + plain);
        let (len, meant) = escape(rest.get(plain..).unwrap_or_default());
        if let Some(c) = meant {
            stretches.push((said, from));
            said += c.len_utf8();
        }
        from += len;
    }
    stretches.push((said, at.end));
    let find = |byte: usize| {
        let next = stretches.partition_point(|(said, _)| *said <= byte);
        let (said, source) = stretches.get(next.saturating_sub(1)).copied().unwrap_or_default();
        let limit = stretches.get(next).map_or(at.end, |(_, source)| *source);
        (source + (byte - said.min(byte))).min(limit)
    };
    find(part.start)..find(part.end).max(find(part.start))
}

/// The escape at the start of `rest`: its bytes and the character that it means, if it means one.
fn escape(rest: &str) -> (usize, Option<char>) {
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    let Some(first) = rest.get(1..).and_then(|rest| rest.chars().next()) else { return (rest.len(), None) };
    match first {
        // A backslash at the end of a line joins it with the next one.
        '\n' | '\r' => {
            let tail = rest.get(1..).unwrap_or_default();
            (rest.len() - tail.trim_start_matches([' ', '\t', '\n', '\r']).len(), None)
        }
        'x' => (rest.len().min(4), rest.get(2..4).and_then(hex)),
        'u' => {
            let end = rest.find('}').unwrap_or(rest.len() - 1);
            (end + 1, rest.get(3..end).and_then(hex))
        }
        'n' => (2, Some('\n')),
        't' => (2, Some('\t')),
        'r' => (2, Some('\r')),
        '0' => (2, Some('\0')),
        other => (1 + other.len_utf8(), Some(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_says_is_found_where_it_is_written() {
        let source = r#""a\n\u{43a}b\x41 \
              c\"d""#;
        let says: String = ron::from_str(source).expect("it is a text");
        assert_eq!(says, "a\nкbA c\"d");
        for (said, expected) in [
            ("a", "a"),
            ("b", "b"),
            ("к", r"\u{43a}"),
            ("A", r"\x41"),
            ("c", "c"),
            ("d", "d"),
            ("\"", "\\\""),
        ] {
            let at = says.find(said).expect(said);
            let place = written(source, &(1..source.len() - 1), &(at..at + said.len()));
            assert_eq!(source.get(place), Some(expected), "{said}");
        }
    }
}
