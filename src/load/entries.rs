//! Topics, entries and statements → [`Knowledge`]: what most of a file consists of, and so of the work.
//!
//! The entries of a topic are lowered in chunks, on all cores. A chunk knows the numbers of its first entry and of its
//! first statement, so that what comes out does not depend on who lowered what. Each chunk is given up as soon as it
//! is lowered: the file as written and what it means are never both there as a whole.

use std::ops::Range;

use super::fault::{Fault, Wanted};
use super::names::near;
use super::pass::Pass;
use super::raw::{self, Piece};
use super::value::{Spanned, Str};
use crate::knowledge::{
    EntityIx, Entry, EntryIx, Few, Item, Knowledge, Mentions, Standing, Statement, StatementIx, Topic,
    TopicIx,
};

/// Entries of one topic that are lowered in one go.
struct Chunk<'a> {
    topic: TopicIx,
    /// Where the topic is written.
    around: Range<usize>,
    first_entry: usize,
    first_statement: usize,
    piece: Piece<'a>,
}

/// What a chunk means.
#[derive(Default)]
struct Lowered {
    entries: Vec<Entry>,
    statements: Vec<Statement>,
    /// Which entities the statements name.
    named: Vec<(EntityIx, StatementIx)>,
}

impl Pass<'_, '_> {
    /// Topics, their entries and their statements, each list in reading order; and which entities statements name.
    pub(super) fn topics(
        &mut self,
        topics: Vec<raw::Topic<'_>>,
        knowledge: &mut Knowledge,
        (has_sources, progress): (bool, &(dyn Fn(usize) + Sync)),
    ) -> Vec<(EntityIx, StatementIx)> {
        let mut parts = Vec::new();
        let (mut entries, mut statements) = (0, 0);
        for (at, mut topic) in topics.into_iter().enumerate() {
            let ix = TopicIx::new(at);
            let around = near(&[&topic.id, &topic.title], &(0..0));
            let start = entries;
            for piece in std::mem::take(&mut topic.entries).0 {
                let (first_entry, first_statement) = (entries, statements);
                entries += piece.len();
                statements += piece.statements();
                let around = around.clone();
                parts.push(Chunk { topic: ix, around, first_entry, first_statement, piece });
            }
            if start == entries {
                let remedy = "give it an entry, or remove it";
                let fault = Fault::at(around.clone(), "a topic without entries", remedy);
                self.faults.push(fault.lacking("entries"));
            }
            knowledge.topics.push(self.topic((ix, &topic), &around, start..entries));
        }
        let Knowledge { entries: all_entries, statements: all_statements, .. } = knowledge;
        all_entries.reserve_exact(entries);
        all_statements.reserve_exact(statements);
        let mut named = Vec::with_capacity(statements);
        let lower = |pass: &mut Self, chunk: Chunk<'_>| {
            let count = chunk.piece.len();
            let lowered = pass.chunk(chunk, has_sources);
            progress(count);
            lowered
        };
        self.spread(parts, lower, |mut lowered| {
            all_entries.append(&mut lowered.entries);
            all_statements.append(&mut lowered.statements);
            named.append(&mut lowered.named);
        });
        named
    }

    /// A topic whose entries are those numbered `entries`.
    fn topic(
        &mut self,
        (ix, topic): (TopicIx, &raw::Topic<'_>),
        around: &Range<usize>,
        entries: Range<usize>,
    ) -> Topic {
        let title = self.title(&topic.title, around, ("title", self.id(Item::Topic(ix))));
        let short = self.line(&topic.short, around);
        Topic {
            short: if short.is_empty() { title.clone() } else { short },
            title,
            summary: self.text(&topic.summary, around),
            entries: entries.start as u32..entries.end as u32,
        }
    }

    fn chunk(&mut self, chunk: Chunk<'_>, has_sources: bool) -> Lowered {
        let mut lowered = Lowered::default();
        let Chunk { topic, around, first_entry, first_statement, piece } = chunk;
        lowered.entries.reserve_exact(piece.len());
        lowered.statements.reserve_exact(piece.statements());
        for ((entry, statements), at) in piece.iter().zip(first_entry..) {
            let around = near(&[&entry.id, &entry.title], &around);
            let start = first_statement + lowered.statements.len();
            for (statement, at_statement) in statements.iter().zip(start..) {
                let place = (StatementIx::new(at_statement), EntryIx::new(at));
                lowered.statements.push(self.statement(place, statement, &around, has_sources));
            }
            let statements = start as u32..(first_statement + lowered.statements.len()) as u32;
            lowered.entries.push(self.entry((topic, EntryIx::new(at)), entry, &around, statements));
        }
        lowered.named = Mentions::named(first_statement, &lowered.statements);
        lowered
    }

    fn entry(
        &mut self,
        (topic, ix): (TopicIx, EntryIx),
        entry: &raw::Entry<'_>,
        around: &Range<usize>,
        statements: Range<u32>,
    ) -> Entry {
        if statements.is_empty() {
            let remedy = "give it a statement, or remove it";
            let fault = Fault::at(around.clone(), "an entry without statements", remedy);
            self.faults.push(fault.lacking("statements"));
        }
        Entry {
            topic,
            title: self.title(&entry.title, around, ("title", self.id(Item::Entry(ix)))),
            when: self.date(entry.when.as_ref(), around),
            tags: self.tags(&entry.tags, around),
            aliases: self.lines(&entry.aliases, around, "aliases"),
            see: self.see(ix, &entry.see, around),
            statements,
        }
    }

    /// Key words, in lower case.
    fn tags(&mut self, tags: &[Str<'_>], around: &Range<usize>) -> Few<Box<str>> {
        let tags = self.lines(tags, around, "tags");
        if tags.iter().all(|tag| tag.bytes().all(|b| b.is_ascii_lowercase())) {
            return tags;
        }
        tags.iter().map(|tag| tag.to_lowercase().into()).collect()
    }

    fn see(&mut self, own: EntryIx, texts: &[Str<'_>], around: &Range<usize>) -> Few<Item> {
        let is_other = |item: &Item| *item != Item::Entry(own);
        let items = self.items(texts, around, ("see", Wanted::Place), Some);
        if !items.iter().all(is_other) {
            let items = items.iter().copied().filter(is_other).collect();
            let own = self.id(Item::Entry(own));
            let text = texts.iter().find(|text| *text.0 == *own);
            let at = text.map_or(around.clone(), |text| self.faults.place(text, around));
            self.faults.push(Fault::at(
                at,
                format!("`{own}` refers to itself"),
                "remove it from its own `see`",
            ));
            return items;
        }
        items
    }

    fn statement(
        &mut self,
        (at, entry): (StatementIx, EntryIx),
        statement: &raw::Statement<'_>,
        around: &Range<usize>,
        has_sources: bool,
    ) -> Statement {
        let around = near(&[&statement.id, &statement.text], around);
        let text = self.text(&statement.text, &around);
        if text.plain.is_empty() {
            self.empty(&statement.text, &around, "text");
        }
        let sources = self.sources(&statement.sources, &around);
        if has_sources && statement.sources.is_empty() {
            let what = format!("statement `{}` has no source", self.names.ids.name(Item::Statement(at)));
            let fault = Fault::at(around.clone(), what, "name what it rests on: `sources: [\"…\"]`");
            self.faults.push(fault.lacking("sources"));
        }
        Statement {
            entry,
            standing: self.standing(statement.standing.as_ref(), &around),
            when: self.date(statement.when.as_ref(), &around),
            text,
            sources,
        }
    }

    fn standing(&mut self, standing: Option<&Spanned<raw::Standing<'_>>>, around: &Range<usize>) -> Standing {
        let place = standing.map(Spanned::place);
        let standing = match standing.map(|standing| &standing.value) {
            None => {
                let remedy = "write Established, Stated(by: […]), Alleged(by: […], denied_by: […]), Unverified, \
                              Assessed or Expected; until then it counts as unverified";
                self.faults.push(Fault::at(around.clone(), "no `standing`", remedy).lacking("standing"));
                return Standing::Unverified;
            }
            Some(raw::Standing::Established) => return Standing::Established,
            Some(raw::Standing::Unverified) => return Standing::Unverified,
            Some(raw::Standing::Assessed) => return Standing::Assessed,
            Some(raw::Standing::Expected) => return Standing::Expected,
            Some(raw::Standing::Stated { by }) if !by.is_empty() => {
                Standing::Stated { by: self.entities(by, around, "by") }
            }
            Some(raw::Standing::Alleged { by, denied_by }) if !by.is_empty() => Standing::Alleged {
                by: self.entities(by, around, "by"),
                denied_by: self.entities(denied_by, around, "denied_by"),
            },
            Some(raw::Standing::Stated { .. } | raw::Standing::Alleged { .. }) => {
                let at = place.unwrap_or_else(|| around.clone());
                let remedy = "name them: `by: [\"…\"]`; until then the statement counts as unverified";
                self.faults.push(Fault::at(at, "nobody is named who says so", remedy).lacking("by"));
                return Standing::Unverified;
            }
        };
        // Who is not known has been reported; a claim of nobody's is not more than a rumour.
        if standing.by().is_empty() { Standing::Unverified } else { standing }
    }
}
