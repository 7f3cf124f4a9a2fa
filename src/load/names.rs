//! The first pass: who has which id. Everything that refers to something needs all of it.
//!
//! An item whose id is missing, malformed or taken still belongs to the file: it gets a made-up id that no other has.

use std::collections::HashMap;
use std::ops::Range;

use super::fault::{Fault, noun};
use super::faults::Faults;
use super::id::{is_id, mended};
use super::parallel::each;
use super::raw::{Entry, File, Statement, Topic};
use super::value::Str;
use crate::knowledge::{EntityIx, EntryIx, Ids, Item, Part, Read, SourceIx, StatementIx, TopicIx, TourIx};

/// The ids of a file, and what belongs to what.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Id → item, and back.
    pub(super) ids: Ids,
    topic_of: Vec<TopicIx>,
    entry_of: Vec<EntryIx>,
}

/// The place of the first of `texts` that is written, else `near`: where a thing is that has no place of its own.
pub(super) fn near(texts: &[&Str<'_>], near: &Range<usize>) -> Range<usize> {
    texts.iter().find_map(|text| text.place()).unwrap_or_else(|| near.clone())
}

/// The number of ids from which on other threads are worth starting.
const MANY: usize = 1 << 14;

/// All entries in reading order, with their topics and statements.
fn entries<'f, 'a>(
    file: &'f File<'a>,
) -> impl Iterator<Item = (&'f Topic<'a>, &'f Entry<'a>, &'f [Statement<'a>])> {
    let own = |topic: &'f Topic<'a>| topic.entries.iter().map(move |(entry, own)| (topic, entry, own));
    file.topics.iter().flat_map(own)
}

/// Where `topic` is written.
fn around_topic(topic: &Topic<'_>) -> Range<usize> {
    near(&[&topic.title, &topic.summary], &(0..0))
}

/// Claims ids one after the other, and keeps the items that could not have theirs for the end.
struct Claims<'f, 's> {
    faults: &'f mut Faults<'s>,
    names: Names,
    /// Who could not have its id, and the id that it gets instead unless that is taken too.
    unnamed: Vec<(Item, String)>,
    /// Ids that were used more than once.
    twice: Vec<(Item, Range<usize>)>,
}

impl Claims<'_, '_> {
    fn claim(&mut self, id: &Str<'_>, item: Item, around: &Range<usize>) {
        let text = &*id.0;
        if !is_id(text) {
            let at = self.faults.place(id, around);
            let (what, base) = match text {
                "" => {
                    (format!("{} without an `id`", noun(item)), noun(item).rsplit(' ').next().unwrap_or(""))
                }
                _ => (format!("`{text}` is no id"), text),
            };
            let remedy = "an id is made of letters a to z, digits, `-` and `_`";
            let fault = Fault::at(at, what, remedy);
            self.faults.push(if text.is_empty() { fault.lacking("id") } else { fault });
            self.unnamed.push((item, mended(base)));
        } else if let Some(first) = self.names.ids.claim(text, item) {
            self.twice.push((first, self.faults.place(id, around)));
            self.unnamed.push((item, text.to_owned()));
        }
    }

    /// Claims the ids of all entries and of their statements.
    fn claim_all(&mut self, file: &File<'_>) {
        let Names { ids, topic_of, entry_of } = &mut self.names;
        let reads: Vec<&Read> =
            file.topics.iter().flat_map(|topic| &topic.entries.0).map(|it| &it.ids).collect();
        let count = reads.iter().map(|read| read.len()).sum();
        let mut items = Vec::with_capacity(count);
        entry_of.reserve_exact(count);
        for (at, topic) in file.topics.iter().enumerate() {
            for statements in topic.entries.0.iter().flat_map(|piece| &piece.counts) {
                let ix = EntryIx::new(topic_of.len());
                topic_of.push(TopicIx::new(at));
                items.push(Item::Entry(ix));
                for _ in 0..*statements {
                    items.push(Item::Statement(StatementIx::new(entry_of.len())));
                    entry_of.push(ix);
                }
            }
        }
        let parts = ids.claim_all(&reads, &items);
        let mut unnamed = Vec::new();
        if items.len() < MANY {
            unnamed.extend(parts.into_iter().flat_map(Part::fill));
        } else {
            each(parts.into_iter(), Part::fill, |part| unnamed.extend(part));
        }
        if !unnamed.is_empty() {
            unnamed.sort_unstable();
            self.claim_again(file, &unnamed, &items);
        }
    }

    /// Says of the entries and statements that are `unnamed`, by their position in `items`, why they are.
    fn claim_again(&mut self, file: &File<'_>, unnamed: &[usize], items: &[Item]) {
        let mut written = Vec::with_capacity(items.len());
        for (topic, entry, statements) in entries(file) {
            let around = near(&[&entry.title], &around_topic(topic));
            let statements = statements.iter().map(|it| (&it.id, near(&[&it.text], &around)));
            written.push((&entry.id, around.clone()));
            written.extend(statements);
        }
        for at in unnamed {
            if let (Some((id, around)), Some(item)) = (written.get(*at), items.get(*at)) {
                self.claim(id, *item, around);
            }
        }
    }

    /// Reports the ids that were used twice. Only now is it known where each was used first.
    fn report_twice(&mut self, file: &File<'_>) {
        if self.twice.is_empty() {
            return;
        }
        let places = Places::of(file);
        for (first, second) in std::mem::take(&mut self.twice) {
            let id = self.names.ids.name(first);
            let what = format!("the id `{id}` is used twice");
            let remedy = "give one of the two another id; all ids of a file share one space";
            let first = places.get(first).map_or(0..0, |id| self.faults.place(id, &(0..0)));
            // The later one is marked, whichever of the two lists was read first.
            let (first, second) = if first.start <= second.start { (first, second) } else { (second, first) };
            let fault = Fault::at(second, what, remedy);
            self.faults.push(Fault { first: Some(first.start), ..fault });
        }
    }

    /// Gives an id to all that have none: the one that they wanted and a number that makes it their own.
    fn name_the_rest(&mut self) {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for (item, base) in std::mem::take(&mut self.unnamed) {
            let number = numbers.entry(base.clone()).or_insert(1);
            loop {
                let id = if *number == 1 { base.clone() } else { format!("{base}-{number}") };
                *number += 1;
                if self.names.ids.claim(&id, item).is_none() {
                    break;
                }
            }
        }
    }
}

/// Where the ids of entries and statements are written, by their index.
struct Places<'f, 'a> {
    file: &'f File<'a>,
    entries: Vec<&'f Str<'a>>,
    statements: Vec<&'f Str<'a>>,
}

impl<'f, 'a> Places<'f, 'a> {
    fn of(file: &'f File<'a>) -> Self {
        let statements = entries(file).flat_map(|(_, _, statements)| statements);
        Self {
            file,
            entries: entries(file).map(|(_, entry, _)| &entry.id).collect(),
            statements: statements.map(|statement| &statement.id).collect(),
        }
    }

    fn get(&self, item: Item) -> Option<&'f Str<'a>> {
        match item {
            Item::Source(ix) => self.file.sources.get(ix.at()).map(|source| &source.id),
            Item::Topic(ix) => self.file.topics.get(ix.at()).map(|topic| &topic.id),
            Item::Entry(ix) => self.entries.get(ix.at()).copied(),
            Item::Statement(ix) => self.statements.get(ix.at()).copied(),
            Item::Entity(ix) => self.file.entities.0.get(ix.at()).map(|entity| &entity.id),
            Item::Tour(ix) => self.file.tours.get(ix.at()).map(|tour| &tour.id),
        }
    }
}

impl Names {
    /// Reads all ids of `file`.
    pub(super) fn of(file: &File<'_>, faults: &mut Faults<'_>) -> Self {
        let mut names = Self::default();
        names.ids.reserve(file.sources.len() + file.topics.len() + file.entities.0.len() + file.tours.len());
        let mut claims = Claims { faults, names, unnamed: Vec::new(), twice: Vec::new() };
        for (at, item) in file.sources.iter().enumerate() {
            let around = near(&[&item.title, &item.note], &(0..0));
            claims.claim(&item.id, Item::Source(SourceIx::new(at)), &around);
        }
        for (at, topic) in file.topics.iter().enumerate() {
            claims.claim(&topic.id, Item::Topic(TopicIx::new(at)), &around_topic(topic));
        }
        for (at, item) in file.entities.0.iter().enumerate() {
            let around = near(&[&item.name, &item.summary], &(0..0));
            claims.claim(&item.id, Item::Entity(EntityIx::new(at)), &around);
        }
        for (at, item) in file.tours.iter().enumerate() {
            let around = near(&[&item.title, &item.summary], &(0..0));
            claims.claim(&item.id, Item::Tour(TourIx::new(at)), &around);
        }
        // The many last: they are claimed on all cores, and only who is not among them is known by then.
        claims.claim_all(file);
        claims.report_twice(file);
        claims.name_the_rest();
        claims.names
    }

    /// What `item` is a part of.
    fn parent(&self, item: Item) -> Option<Item> {
        match item {
            Item::Entry(ix) => self.topic_of.get(ix.at()).copied().map(Item::Topic),
            Item::Statement(ix) => self.entry_of.get(ix.at()).copied().map(Item::Entry),
            Item::Source(_) | Item::Topic(_) | Item::Entity(_) | Item::Tour(_) => None,
        }
    }

    /// The entry in which `item` is shown, if it is shown in one.
    pub(super) fn entry_of(&self, item: Item) -> Option<EntryIx> {
        match item {
            Item::Entry(ix) => Some(ix),
            Item::Statement(ix) => self.entry_of.get(ix.at()).copied(),
            Item::Source(_) | Item::Topic(_) | Item::Entity(_) | Item::Tour(_) => None,
        }
    }

    /// Whether the parts of an address before its last, nearest first, are those that `item` lies in.
    pub(super) fn lies_in<'p>(&self, item: Item, parts: impl Iterator<Item = &'p str>) -> bool {
        let mut within = item;
        for part in parts.filter(|part| !part.is_empty()) {
            match self.parent(within) {
                Some(parent) if self.ids.name(parent) == part => within = parent,
                _ => return false,
            }
        }
        true
    }

    /// The whole address of `item`.
    pub(super) fn address(&self, item: Item) -> String {
        let own = self.ids.name(item);
        match (self.parent(item), item) {
            (Some(parent), Item::Statement(_)) => format!("{}#{own}", self.address(parent)),
            (Some(parent), _) => format!("{}/{own}", self.address(parent)),
            (None, _) => own.to_owned(),
        }
    }
}
