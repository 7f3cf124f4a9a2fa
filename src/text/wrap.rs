//! Where lines break. Must never change a text: what comes back are byte ranges of it.

use std::ops::Range;

use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_segmentation::UnicodeSegmentation;

use super::width::{prefix, width};

/// A word, or as much of one as fits a line. Measured as everything here is: `textwrap`'s own words add up
/// characters, and an emoji of several is wider or narrower than their sum.
#[derive(Debug)]
struct Piece {
    /// Its bytes in the whole text.
    range: Range<usize>,
    /// Its cells.
    cells: usize,
    /// The blanks after it.
    blanks: usize,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.cells as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.blanks as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// The lines of `text` at `cells` wide, as byte ranges without the white space at their ends.
///
/// Words break at spaces; a word wider than the line is cut between graphemes where it must be. A text without
/// words has one empty line. `cells` of 0 counts as 1; only a grapheme that is wider than that makes a wider line.
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
    let pieces = pieces(text, cells);
    let before = lines.len();
    for line in wrap_first_fit(&pieces, &[cells as f64]) {
        if let (Some(first), Some(last)) = (line.first(), line.last()) {
            lines.push(offset + first.range.start..offset + last.range.end);
        }
    }
    if lines.len() == before {
        lines.push(offset..offset);
    }
}

/// The words of `text`, those that are wider than a line cut between graphemes.
fn pieces(text: &str, cells: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for word in WordSeparator::AsciiSpace.find_words(text) {
        let mut rest = word.word;
        loop {
            // No text takes more cells than bytes. At least one grapheme is taken, or there would be no end to it.
            let fits = rest.len() <= cells;
            let cut = if fits { rest.len() } else { prefix(rest, cells).len().max(first(rest)) };
            let (piece, after) = rest.split_at(cut);
            let blanks = if after.is_empty() { word.whitespace.len() } else { 0 };
            pieces.push(Piece { range: at..at + cut, cells: width(piece), blanks });
            at += cut + blanks;
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
    }
    pieces
}

/// The bytes of the first grapheme.
fn first(text: &str) -> usize {
    text.graphemes(true).next().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_at_spaces_and_keeps_every_word() {
        for (text, cells, expected) in [
            ("", 10, vec![""]),
            ("one two three", 7, vec!["one two", "three"]),
            ("one  two", 3, vec!["one", "two"]),
            ("incomprehensible", 6, vec!["incomp", "rehens", "ible"]),
            ("김정은 위원장", 6, vec!["김정은", "위원장"]),
            ("a\nb", 9, vec!["a", "b"]),
            // Two cells, though its characters add up to one; and two, though they add up to four.
            ("ab ❤\u{fe0f}", 4, vec!["ab", "❤\u{fe0f}"]),
            ("👩\u{200d}👧👩\u{200d}👧", 2, vec!["👩\u{200d}👧", "👩\u{200d}👧"]),
            ("🇰🇵🇷🇺", 3, vec!["🇰🇵", "🇷🇺"]),
            ("e\u{301}e\u{301}", 1, vec!["e\u{301}", "e\u{301}"]),
            ("北京", 1, vec!["北", "京"]),
        ] {
            let lines: Vec<_> = wrap(text, cells).into_iter().map(|range| &text[range]).collect();
            assert_eq!(lines, expected, "{text:?} in {cells}");
            assert!(lines.iter().all(|line| width(line) <= cells.max(2)));
        }
    }
}
