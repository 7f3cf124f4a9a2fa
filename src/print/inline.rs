//! A text's marks as they are opened and closed, for notations that nest them.
//!
//! Must never lose or repeat a word, however the marks lie.

use std::ops::Range;

use crate::knowledge::{MarkKind, Text};

/// What comes next in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words, all in the marks that are open.
    Words(&'a str),
    /// A mark begins.
    Open(&'a MarkKind),
    /// The mark that began last ends.
    Close(&'a MarkKind),
}

/// The pieces of `text` in order. Every mark that is opened is closed, the last one first.
pub(super) fn pieces(text: &Text) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut open: Vec<(usize, &MarkKind)> = Vec::new();
    let mut at = 0;
    for mark in text.marks.iter().filter(|mark| !matches!(mark.kind, MarkKind::Block(_))) {
        let range = mark.range.start as usize..mark.range.end as usize;
        at = close(text, at, range.start, &mut open, &mut pieces);
        at = words(text, at..range.start, &mut pieces);
        // A mark cannot reach beyond the one that it begins in.
        let end = open.last().map_or(range.end, |(end, _)| range.end.min(*end));
        pieces.push(Piece::Open(&mark.kind));
        open.push((end, &mark.kind));
    }
    at = close(text, at, text.plain.len(), &mut open, &mut pieces);
    words(text, at..text.plain.len(), &mut pieces);
    pieces
}

/// Closes what ends at or before `limit`, with the words before each end; gives the byte that all is written up to.
fn close<'a>(
    text: &'a Text,
    mut at: usize,
    limit: usize,
    open: &mut Vec<(usize, &'a MarkKind)>,
    pieces: &mut Vec<Piece<'a>>,
) -> usize {
    while let Some((end, kind)) = open.pop_if(|(end, _)| *end <= limit) {
        at = words(text, at..end, pieces);
        pieces.push(Piece::Close(kind));
    }
    at
}

fn words<'a>(text: &'a Text, range: Range<usize>, pieces: &mut Vec<Piece<'a>>) -> usize {
    match text.plain.get(range.clone()) {
        Some(words) if !words.is_empty() => {
            pieces.push(Piece::Words(words));
            range.end
        }
        _ => range.start.max(range.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Mark;

    fn written(marks: &[(u32, u32, MarkKind)]) -> String {
        let marks =
            marks.iter().map(|(from, to, kind)| Mark { range: *from..*to, kind: kind.clone() }).collect();
        let text = Text { plain: "one two three".into(), marks };
        let write = |piece: &Piece<'_>| match piece {
            Piece::Words(words) => (*words).to_owned(),
            Piece::Open(MarkKind::Strong) => "<b>".to_owned(),
            Piece::Open(_) => "<i>".to_owned(),
            Piece::Close(MarkKind::Strong) => "</b>".to_owned(),
            Piece::Close(_) => "</i>".to_owned(),
        };
        pieces(&text).iter().map(write).collect()
    }

    #[test]
    fn marks_nest() {
        use MarkKind::{Emphasis, Strong};
        for (marks, expected) in [
            (vec![], "one two three"),
            (vec![(0, 3, Strong)], "<b>one</b> two three"),
            (vec![(0, 13, Strong), (4, 7, Emphasis)], "<b>one <i>two</i> three</b>"),
            (vec![(4, 7, Strong), (4, 7, Emphasis)], "one <b><i>two</i></b> three"),
            (vec![(0, 7, Strong), (4, 13, Emphasis)], "<b>one <i>two</i></b> three"),
            (vec![(0, 3, Strong), (3, 7, Emphasis)], "<b>one</b><i> two</i> three"),
        ] {
            assert_eq!(written(&marks), expected);
        }
    }
}
