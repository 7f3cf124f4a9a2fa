//! Where a long list may be cut, without reading it: a guess, which costs next to nothing.
//!
//! Must never be relied on: whoever cuts here reads what stands before the cut, too, and sees whether it ends there.

use memchr::memmem;

/// Where the items of one list seem to begin: at the beginning of a line, with the words that the first one begins with.
///
/// What only seems so, within a text or a comment or in another list, is found out when the items before it are read:
/// none of them ends there.
pub(super) struct Guess<'s> {
    source: &'s str,
    /// The line break before the first item, its indentation, and the item up to its bracket; `None` if there is
    /// anything else before it in its line.
    sign: Option<&'s str>,
    /// Bytes of the indentation, and of the line break.
    indent: usize,
    /// Bytes of a piece, at least.
    size: usize,
    /// The start of the next piece.
    next: Option<usize>,
}

impl<'s> Guess<'s> {
    /// Of a list whose first item begins at byte `first`.
    pub(super) fn new(source: &'s str, first: usize, size: usize) -> Self {
        let line = source.get(..first).and_then(|before| before.rfind('\n')).unwrap_or(first);
        let is_first = source.get(line + 1..first).is_some_and(|indent| indent.bytes().all(|b| b == b' '));
        let bracket = source.get(first..).and_then(|rest| rest.bytes().take(20).position(|b| b == b'('));
        let sign = bracket.filter(|_| is_first).and_then(|bracket| source.get(line..=first + bracket));
        Self { source, sign, indent: first - line, size, next: Some(first) }
    }

    /// Where the piece ends that begins at byte `start`, if anything follows it.
    pub(super) fn after(&self, start: usize) -> Option<usize> {
        let from = start + self.size;
        let at = memmem::find(self.source.as_bytes().get(from..)?, self.sign?.as_bytes())?;
        Some(from + at + self.indent)
    }
}

impl Iterator for Guess<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let start = self.next?;
        self.next = self.after(start);
        Some(start)
    }
}
