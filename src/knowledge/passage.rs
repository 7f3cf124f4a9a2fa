//! A text that is more than one paragraph, and the addresses in any text.
//!
//! Must never lose a word or put two together: what is made of a text holds its words in their order.

use std::borrow::Cow;
use std::ops::Range;

use super::{Few, Item, Knowledge, Mark, MarkKind, Text, Web};
use crate::text::blocks::{Node, tree};

impl Text {
    /// Its blocks; empty if it is one paragraph, as most texts are.
    pub fn blocks(&self) -> Vec<Node> {
        let block = |mark: &Mark| match mark.kind {
            MarkKind::Block(block) => Some((bytes(mark), block)),
            _ => None,
        };
        tree(self.plain.len(), self.marks.iter().filter_map(block))
    }

    /// A part of it as a text of its own, in one paragraph.
    #[must_use]
    pub fn part(&self, range: &Range<usize>) -> Self {
        let marks = self.marks.iter().filter(|mark| !matches!(mark.kind, MarkKind::Block(_)));
        let cut = |mark: &Mark| {
            let own = bytes(mark);
            let (from, to) = (own.start.max(range.start), own.end.min(range.end));
            let range = (from < to).then(|| (from - range.start) as u32..(to - range.start) as u32)?;
            Some(Mark { range, kind: mark.kind.clone() })
        };
        let plain = self.plain.get(range.clone()).unwrap_or_default();
        Self { plain: plain.into(), marks: marks.filter_map(cut).collect() }
    }

    /// The addresses in it that lead out of the dossier, each with the words that lead there.
    pub fn addresses(&self) -> impl Iterator<Item = (&str, &str)> {
        self.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Web(to) => Some((self.plain.get(bytes(mark)).unwrap_or_default(), &**to)),
            _ => None,
        })
    }

    /// The same with each address behind its words, for where nothing can be followed: "the report <https://…>".
    pub fn with_addresses(&self) -> Cow<'_, Self> {
        let told = |mark: &&Mark| matches!(&mark.kind, MarkKind::Web(to) if !is_said(self, mark, to));
        let mut places: Vec<(u32, &str)> = Vec::new();
        for mark in self.marks.iter().filter(told) {
            if let MarkKind::Web(to) = &mark.kind {
                places.push((mark.range.end, to));
            }
        }
        if places.is_empty() {
            return Cow::Borrowed(self);
        }
        places.sort_by_key(|(at, _)| *at);
        let mut plain = String::with_capacity(self.plain.len() + places.len() * 32);
        let mut from = 0;
        for (at, to) in &places {
            plain.push_str(self.plain.get(from..*at as usize).unwrap_or_default());
            plain.extend([" <", to, ">"]);
            from = *at as usize;
        }
        plain.push_str(self.plain.get(from..).unwrap_or_default());
        let added = |until: &dyn Fn(u32) -> bool| -> u32 {
            places.iter().filter(|(at, _)| until(*at)).map(|(_, to)| to.len() as u32 + 3).sum()
        };
        let moved = |mark: &Mark| {
            let Range { start, end } = mark.range;
            let holds = matches!(mark.kind, MarkKind::Block(_));
            let from = start + added(&|at| at <= start);
            let to = if start == end { from } else { end + added(&|at| at < end || (holds && at == end)) };
            Mark { range: from..to, kind: mark.kind.clone() }
        };
        let marks: Few<Mark> = self.marks.iter().map(moved).collect();
        Cow::Owned(Self { plain: plain.into(), marks })
    }
}

impl Knowledge {
    /// The text that something says; `None` of what has none with marks.
    fn text_of(&self, item: Item) -> Option<&Text> {
        match item {
            Item::Statement(ix) => Some(&self.statement(ix).text),
            Item::Topic(ix) => Some(&self.topic(ix).summary),
            Item::Entity(ix) => Some(&self.entity(ix).summary),
            Item::Entry(_) | Item::Source(_) | Item::Tour(_) => None,
        }
    }

    /// The addresses outside of the dossier in the text of something, in their order.
    pub fn webs(&self, of: Item) -> impl Iterator<Item = Web> {
        let marks = self.text_of(of).map(|text| &*text.marks).unwrap_or_default();
        let is_web = |(mark, _): &(&Mark, u32)| matches!(mark.kind, MarkKind::Web(_));
        marks.iter().zip(0..).filter(is_web).map(move |(_, mark)| Web { of, mark })
    }

    /// The address that `web` stands for; `None` if there is none, as in another dossier.
    pub fn web(&self, web: Web) -> Option<&str> {
        if let Item::Source(ix) = web.of {
            return self.sources.get(ix.at())?.url.as_deref();
        }
        match &self.text_of(web.of)?.marks.get(web.mark as usize)?.kind {
            MarkKind::Web(to) => Some(to),
            _ => None,
        }
    }
}

/// Whether the words of a mark are its address already.
fn is_said(text: &Text, mark: &Mark, to: &str) -> bool {
    let words = text.plain.get(bytes(mark)).unwrap_or_default();
    words == to || to.strip_prefix("mailto:") == Some(words)
}

/// The bytes of the plain text that are marked.
fn bytes(mark: &Mark) -> Range<usize> {
    mark.range.start as usize..mark.range.end as usize
}
