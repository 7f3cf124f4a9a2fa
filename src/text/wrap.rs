//! Where lines break. Must never change a text: what comes back are byte ranges of it.

use std::ops::Range;

use textwrap::WordSeparator;
use textwrap::core::{Word, break_words};
use textwrap::wrap_algorithms::wrap_first_fit;

/// The lines of `text` at `cells` wide, as byte ranges without the white space at their ends.
///
/// Words break at spaces; a word wider than the line is cut between graphemes where it must be. A text without
/// words has one empty line. `cells` of 0 counts as 1.
pub fn wrap(text: &str, cells: usize) -> Vec<Range<usize>> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, start, cells, &mut lines);
        start += paragraph.len() + 1;
    }
    lines
}

fn wrap_paragraph(text: &str, offset: usize, cells: usize, lines: &mut Vec<Range<usize>>) {
    let words = break_words(WordSeparator::AsciiSpace.find_words(text), cells);
    let place = |word: &Word<'_>| word.word.as_ptr() as usize - text.as_ptr() as usize;
    let before = lines.len();
    for line in wrap_first_fit(&words, &[cells as f64]) {
        if let (Some(first), Some(last)) = (line.first(), line.last()) {
            lines.push(offset + place(first)..offset + place(last) + last.word.len());
        }
    }
    if lines.len() == before {
        lines.push(offset..offset);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::width;

    #[test]
    fn breaks_at_spaces_and_keeps_every_word() {
        for (text, cells, expected) in [
            ("", 10, vec![""]),
            ("one two three", 7, vec!["one two", "three"]),
            ("one  two", 3, vec!["one", "two"]),
            ("incomprehensible", 6, vec!["incomp", "rehens", "ible"]),
            ("김정은 위원장", 6, vec!["김정은", "위원장"]),
            ("a\nb", 9, vec!["a", "b"]),
        ] {
            let lines: Vec<_> = wrap(text, cells).into_iter().map(|range| &text[range]).collect();
            assert_eq!(lines, expected, "{text:?} in {cells}");
            assert!(lines.iter().all(|line| width(line) <= cells.max(2)));
        }
    }
}
