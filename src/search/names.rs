//! What filters can name: topics, entities and tags, folded once when the index is built.
//!
//! A name is met at the start of any of its words. Must never rank: a filter holds or does not.

use std::ops::Range;

use crate::knowledge::{Date, Edge, EntityIx, Entry, Item, Knowledge, Precision, TopicIx};
use crate::text::fold::Folded;

/// Names of one kind of thing, each from the start of each of its words, in order.
#[derive(Debug)]
struct Starts<T> {
    sorted: Vec<Start<T>>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Start<T> {
    /// Folded, without spaces.
    letters: Box<str>,
    /// Whether it is all of the name.
    whole: bool,
    of: T,
}

/// The names of a file.
#[derive(Debug, Default)]
pub(super) struct Names {
    topics: Starts<TopicIx>,
    entities: Starts<EntityIx>,
    tags: Starts<Box<str>>,
    /// The years in which anything begins, in order.
    years: Vec<i32>,
}

impl<T> Default for Starts<T> {
    fn default() -> Self {
        Self { sorted: Vec::new() }
    }
}

impl<T: Ord + Clone> Starts<T> {
    fn of<'a>(names: impl Iterator<Item = (&'a str, T)>) -> Self {
        let mut sorted = Vec::new();
        for (name, of) in names {
            let folded = Folded::of(name);
            for from in 0..folded.len() {
                let letters = folded.joined(from..folded.len()).into();
                sorted.push(Start { letters, whole: from == 0, of: of.clone() });
            }
        }
        sorted.sort_unstable();
        sorted.dedup();
        Self { sorted }
    }

    fn range(&self, wanted: &str) -> Range<usize> {
        let from = self.sorted.partition_point(|start| &*start.letters < wanted);
        let rest = self.sorted.get(from..).unwrap_or_default();
        from..from + rest.partition_point(|start| start.letters.starts_with(wanted))
    }

    /// What has a name of which a word starts so. In order, each once.
    fn begun(&self, wanted: &str) -> Vec<T> {
        let starts = self.sorted.get(self.range(wanted)).unwrap_or_default();
        let mut found: Vec<T> = starts.iter().map(|start| start.of.clone()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What is called exactly so; if nothing is, what has a name of which a word starts so. In order, each once.
    fn meant(&self, wanted: &str) -> Vec<T> {
        let starts = self.sorted.get(self.range(wanted)).unwrap_or_default();
        let called = |start: &&Start<T>| start.whole && &*start.letters == wanted;
        let any = starts.iter().any(|start| called(&start));
        let mut found: Vec<T> =
            starts.iter().filter(|start| !any || called(start)).map(|start| start.of.clone()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Names {
    /// Reads the names of a file, and the tags and years of its first so many entries.
    pub(super) fn of(knowledge: &Knowledge, entries: usize) -> Self {
        let entries = knowledge.entries.get(..entries).unwrap_or(&knowledge.entries);
        let topics = knowledge.topic_ixs().flat_map(|ix| {
            let topic = knowledge.topic(ix);
            [knowledge.ids.name(Item::Topic(ix)), &topic.title, &topic.short].map(|name| (name, ix))
        });
        let entities = (0..knowledge.entities.len()).map(EntityIx::new).flat_map(|ix| {
            let entity = knowledge.entity(ix);
            let own = [knowledge.ids.name(Item::Entity(ix)), &entity.name];
            let others = entity.native.iter().chain(&entity.aliases).map(|name| &**name);
            own.into_iter().chain(others).map(move |name| (name, ix))
        });
        let mut tags: Vec<&Box<str>> = entries.iter().flat_map(|entry| &entry.tags).collect();
        tags.sort_unstable();
        tags.dedup();
        Self {
            topics: Starts::of(topics),
            entities: Starts::of(entities),
            tags: Starts::of(tags.into_iter().map(|tag| (&**tag, tag.clone()))),
            years: years(knowledge, entries),
        }
    }

    /// The topics that a folded word may become.
    pub(super) fn topics_begun(&self, wanted: &str) -> Vec<TopicIx> {
        self.topics.begun(wanted)
    }

    /// The entities that a folded word may become.
    pub(super) fn entities_begun(&self, wanted: &str) -> Vec<EntityIx> {
        self.entities.begun(wanted)
    }

    /// The tags that a folded word may become, as they are written.
    pub(super) fn tags_begun(&self, wanted: &str) -> Vec<Box<str>> {
        self.tags.begun(wanted)
    }

    /// The years that what is typed may become; behind `..` the last year of a span.
    pub(super) fn years_begun(&self, typed: &str) -> Vec<String> {
        let (from, begun) = typed.rsplit_once("..").map_or(("", typed), |(from, to)| (from, to));
        let span = if from.is_empty() { String::new() } else { format!("{from}..") };
        let years = self.years.iter().map(i32::to_string).filter(|year| year.starts_with(begun));
        years.map(|year| format!("{span}{year}")).collect()
    }

    /// The topics that a folded word means.
    pub(super) fn topics(&self, wanted: &str) -> Vec<TopicIx> {
        self.topics.meant(wanted)
    }

    /// The entities that a folded word means.
    pub(super) fn entities(&self, wanted: &str) -> Vec<EntityIx> {
        self.entities.meant(wanted)
    }

    /// The tags that a folded word means, as they are written.
    pub(super) fn tags(&self, wanted: &str) -> Vec<Box<str>> {
        self.tags.meant(wanted)
    }
}

/// The years in which these entries, their statements and all entities begin.
fn years(knowledge: &Knowledge, entries: &[Entry]) -> Vec<i32> {
    let statements = entries.last().map_or(0, |last| last.statements.end as usize);
    let statements = knowledge.statements.iter().take(statements).filter_map(|statement| statement.when);
    let entries = entries.iter().filter_map(|entry| entry.when);
    let entities = knowledge.entities.iter().filter_map(|entity| entity.when);
    let mut years: Vec<i32> = Vec::new();
    for date in entries.chain(statements).chain(entities) {
        let (Date::Point(point) | Date::Interval(Edge::At(point), _) | Date::Interval(_, Edge::At(point))) =
            date
        else {
            continue;
        };
        if point.precision >= Precision::Year
            && let Err(place) = years.binary_search(&point.year)
        {
            years.insert(place, point.year);
        }
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_met_at_any_word() {
        let names = [
            "North Korean Needs",
            "Kim Jong-un",
            "Kim Jong-il",
            "Vladimir Putin",
            "Russia",
            "Russian Far East",
        ];
        let starts = Starts::of(names.into_iter().zip(0..));
        for (wanted, expected) in [
            ("needs", vec![0]),
            ("jongun", vec![1]),
            ("kim", vec![1, 2]),
            ("putin", vec![3]),
            ("russ", vec![4, 5]),
            ("russia", vec![4]),
            ("usa", vec![]),
        ] {
            assert_eq!(starts.meant(wanted), expected, "{wanted}");
        }
    }
}
