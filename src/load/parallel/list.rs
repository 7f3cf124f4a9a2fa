//! Reads a long list in pieces, on all cores: each is the text of some items, and is read as the whole list would be.
//!
//! The lexer finds where an item ends without reading it, and so do those who give up an item that they cannot read.
//! Must never cut anywhere else.

use std::mem;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use super::super::syntax::{Kind, Outline, Tokens, Unread, Value};
use super::cores;

/// The place of some items.
struct Cut {
    start: usize,
    end: usize,
    /// How many they are.
    items: usize,
}

/// Finds the pieces of a list, one after the other.
struct Cuts<'s> {
    tokens: Tokens<'s>,
    /// Where the next piece begins; `None` behind the last one.
    next: Option<usize>,
    /// Bytes of a piece, at least.
    size: usize,
}

impl Iterator for Cuts<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        let start = self.next.take()?;
        let mut items = 1;
        while let Some(comma) = self.tokens.pass_item().filter(|token| token.kind == Kind::Sign(',')) {
            if comma.at.end - start >= self.size {
                self.next = Some(comma.at.end);
                return Some(Cut { start, end: comma.at.end, items });
            }
            items += 1;
        }
        // The list ends here, or it cannot be told where: then whoever reads this piece finds out why.
        Some(Cut { start, end: usize::MAX, items })
    }
}

/// `[item, …]`, in pieces; of each is kept what is made of it at once, by whoever has read it.
pub(in crate::load) fn list<'s, T: Value<'s> + Send, R: Send>(
    outline: &mut Outline<'s, '_>,
    make: impl Fn(Vec<T>) -> R + Sync,
) -> Result<Vec<R>, Unread> {
    let outer = outline.open_list()?;
    let (source, size, progress) = (outline.whole.source, outline.whole.piece, outline.whole.progress);
    let mut end = outline.place();
    let cuts = Cuts { tokens: Tokens::new(source, end), next: Some(end), size };
    let begin = outline.part(end);
    let is_over = AtomicBool::new(false);
    let mut all = Vec::new();
    cores::each(
        cuts.take_while(|_| !is_over.load(Relaxed)),
        |cut| {
            let mut part = begin.part(cut.start);
            let mut items = Vec::with_capacity(cut.items);
            // If it could not be read to its end, the sink says so.
            let _ = part.items(cut.end, &mut items);
            (make(items), mem::take(&mut part.sink), part.place())
        },
        |(made, sink, place)| {
            if outline.sink.is_over {
                return;
            }
            all.push(made);
            outline.sink.join(sink);
            progress(place - end);
            end = place;
            is_over.store(outline.sink.is_over, Relaxed);
        },
    );
    if outline.sink.is_over {
        return Err(Unread::Rest);
    }
    outline.seek(end);
    outline.close_list(outer)?;
    Ok(all)
}
