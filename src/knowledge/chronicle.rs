//! Everything that has a date, in the order of time. Computed once, when it is first asked for.
//!
//! Statements of one entry that have the same date are one item: they happened together and are told together. A
//! statement without a date of its own has that of its entry. Must never say when something was more exactly than that.

use std::sync::OnceLock;

use super::{Date, EntityIx, EntryIx, Knowledge, StatementIx, TopicIx};

/// Something that has a date: an entry, or statements of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The first day that it may mean, as a Julian day number; [`i32::MIN`] if it has no beginning.
    pub first: i32,
    /// The last day that it may mean; [`i32::MAX`] if it has no end.
    pub last: i32,
    /// The entry.
    pub entry: EntryIx,
    /// The first of its statements of this date; `None` if the entry alone has it.
    pub statement: Option<StatementIx>,
    /// The date is the entry's.
    pub is_entry: bool,
    /// The standings of its statements, a bit each, in the order of `StandingKind::ALL`.
    pub standings: u8,
}

/// What has a date, and how many statements have none.
#[derive(Debug, Default)]
pub struct Dates {
    /// In the order of time: of their beginnings, what has none first, then of their ends, then as they are read.
    pub items: Vec<Dated>,
    /// Statements that neither have a date nor stand in an entry that has one.
    pub undated: usize,
    /// The first and the last day of all; `None` if nothing has a date.
    pub extent: Option<(i32, i32)>,
    by_topic: OnceLock<Vec<(TopicIx, Vec<Dated>)>>,
    by_name: OnceLock<Vec<(Option<EntityIx>, Vec<Dated>)>>,
}

/// The dates of each topic, and of each entity that was asked for.
#[derive(Debug, Default)]
pub struct Chronicle {
    topics: OnceLock<Vec<Dates>>,
    entities: OnceLock<Vec<OnceLock<Dates>>>,
}

impl Clone for Chronicle {
    /// A copy counts anew: what it is about may be changed before it is asked.
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// More names than these have no list of their own.
const NAMES: usize = 8;

impl Dated {
    /// The day where it is: that of its beginning; of what has none, its end.
    pub const fn day(&self) -> i32 {
        if self.first == i32::MIN { self.last } else { self.first }
    }
}

impl Dates {
    fn sorted(mut self) -> Self {
        self.items.sort_by_key(|item| (item.first, item.last, item.entry, item.statement));
        let ends = self.items.iter().flat_map(|item| [item.first, item.last]);
        let days = ends.filter(|day| *day != i32::MIN && *day != i32::MAX);
        self.extent = days.fold(None, |extent, day| match extent {
            None => Some((day, day)),
            Some((first, last)) => Some((first.min(day), last.max(day))),
        });
        self
    }

    /// The item that holds a statement.
    pub fn holding(&self, knowledge: &Knowledge, statement: StatementIx) -> Option<&Dated> {
        let date = knowledge.date_of(statement)?;
        self.of_entry(knowledge, knowledge.statement(statement).entry, Some(date))
    }

    /// The item of an entry that has a date; the first one of the entry if no date is given.
    pub fn of_entry(&self, knowledge: &Knowledge, entry: EntryIx, date: Option<Date>) -> Option<&Dated> {
        let Some(date) = date else { return self.items.iter().find(|item| item.entry == entry) };
        let (first, last) = span(date);
        let from = self.items.partition_point(|item| item.first < first);
        let same = |item: &&Dated| {
            item.entry == entry && item.last == last && knowledge.date_of_item(item) == Some(date)
        };
        self.items.get(from..)?.iter().take_while(|item| item.first == first).find(same)
    }
}

/// First and last day, as in [`Dated`].
fn span(date: Date) -> (i32, i32) {
    (date.first_day().unwrap_or(i32::MIN), date.last_day().unwrap_or(i32::MAX))
}

/// The item of an entry at a date.
fn item(entry: EntryIx, date: Date, is_entry: bool) -> Dated {
    let (first, last) = span(date);
    Dated { first, last, entry, statement: None, is_entry, standings: 0 }
}

impl Knowledge {
    /// When what a statement says was so: its own date, else that of its entry.
    pub fn date_of(&self, statement: StatementIx) -> Option<Date> {
        let statement = self.statement(statement);
        statement.when.or(self.entry(statement.entry).when)
    }

    /// The date of an item as it was written.
    pub fn date_of_item(&self, item: &Dated) -> Option<Date> {
        match item.statement {
            Some(statement) if !item.is_entry => self.date_of(statement),
            _ => self.entry(item.entry).when,
        }
    }

    /// What has a date in a topic.
    pub fn dates_of_topic(&self, topic: TopicIx) -> &Dates {
        let dates = |topic: TopicIx| {
            let mut dates = Dates::default();
            for entry in self.entries_of(topic) {
                self.add_dates(entry, self.statements_of(entry), true, &mut dates);
            }
            dates.sorted()
        };
        let all = self.chronicle.topics.get_or_init(|| self.topic_ixs().map(dates).collect());
        &all[topic.at()]
    }

    /// What has a date among the statements that mention an entity.
    pub fn dates_of_entity(&self, entity: EntityIx) -> &Dates {
        let all =
            self.chronicle.entities.get_or_init(|| self.entities.iter().map(|_| OnceLock::new()).collect());
        all[entity.at()].get_or_init(|| {
            let mut dates = Dates::default();
            let statements = self.mentions.statements(entity);
            for of_entry in statements.chunk_by(|a, b| self.statement(*a).entry == self.statement(*b).entry) {
                let Some(first) = of_entry.first() else { continue };
                self.add_dates(self.statement(*first).entry, of_entry.iter().copied(), false, &mut dates);
            }
            dates.sorted()
        })
    }

    /// The items topic by topic; topics that have none are left out.
    pub fn dates_by_topic<'a>(&self, dates: &'a Dates) -> &'a [(TopicIx, Vec<Dated>)] {
        dates.by_topic.get_or_init(|| {
            let mut lists: Vec<Vec<Dated>> = vec![Vec::new(); self.topics.len()];
            for item in &dates.items {
                lists[self.entry(item.entry).topic.at()].push(*item);
            }
            self.topic_ixs().zip(lists).filter(|(_, items)| !items.is_empty()).collect()
        })
    }

    /// The items by whom they name, those most often named first; `None` for those that name none of them.
    ///
    /// An item may stand in several lists. `own` is named by all of them, and has no list.
    pub fn dates_by_name<'a>(
        &self,
        dates: &'a Dates,
        own: Option<EntityIx>,
    ) -> &'a [(Option<EntityIx>, Vec<Dated>)] {
        dates.by_name.get_or_init(|| {
            let named = |item: &Dated| {
                let mut named: Vec<EntityIx> =
                    self.statements_of_item(item).flat_map(|ix| self.statement(ix).named()).collect();
                named.sort_unstable();
                named.dedup();
                named.retain(|entity| Some(*entity) != own);
                named
            };
            let mut counts: Vec<(usize, EntityIx)> =
                (0..self.entities.len()).map(|at| (0, EntityIx::new(at))).collect();
            dates.items.iter().flat_map(named).for_each(|entity| counts[entity.at()].0 += 1);
            counts.retain(|(count, _)| *count > 0);
            counts.sort_by_key(|(count, entity)| (std::cmp::Reverse(*count), *entity));
            counts.truncate(NAMES);
            let mut lists: Vec<(Option<EntityIx>, Vec<Dated>)> = counts
                .iter()
                .map(|(_, entity)| (Some(*entity), Vec::new()))
                .chain([(None, Vec::new())])
                .collect();
            for item in &dates.items {
                let named = named(item);
                let mut has_list = false;
                for (_, list) in
                    lists.iter_mut().filter(|(entity, _)| entity.is_some_and(|e| named.contains(&e)))
                {
                    list.push(*item);
                    has_list = true;
                }
                if let (false, Some((_, others))) = (has_list, lists.last_mut()) {
                    others.push(*item);
                }
            }
            lists.retain(|(_, list)| !list.is_empty());
            lists
        })
    }

    /// The statements of an item: those of its entry that have its date; all of them if the entry alone has it.
    pub fn statements_of_item(&self, item: &Dated) -> impl Iterator<Item = StatementIx> {
        let (date, all) = (self.date_of_item(item), item.statement.is_none());
        self.statements_of(item.entry).filter(move |ix| all || self.date_of(*ix) == date)
    }

    /// Adds an entry's dates; with those of the entry itself where it has no statement of its own date.
    fn add_dates(
        &self,
        ix: EntryIx,
        statements: impl Iterator<Item = StatementIx>,
        alone: bool,
        dates: &mut Dates,
    ) {
        let own = self.entry(ix).when;
        let from = dates.items.len();
        if let (Some(own), true) = (own, alone) {
            dates.items.push(item(ix, own, true));
        }
        for statement in statements {
            let Some(date) = self.date_of(statement) else {
                dates.undated += 1;
                continue;
            };
            let bit = 1 << self.statement(statement).standing.kind() as u8;
            let same = |other: &&mut Dated| self.date_of_item(other) == Some(date);
            if let Some(other) = dates.items.get_mut(from..).and_then(|items| items.iter_mut().find(same)) {
                other.statement = other.statement.or(Some(statement));
                other.standings |= bit;
            } else {
                let new = item(ix, date, own == Some(date));
                dates.items.push(Dated { statement: Some(statement), standings: bit, ..new });
            }
        }
        // Of an entry whose statements have dates of their own, the standings are those of all of them.
        let all = dates.items.get(from..).into_iter().flatten().fold(0, |all, item| all | item.standings);
        if let Some(entry) = dates.items.get_mut(from).filter(|item| item.statement.is_none()) {
            entry.standings = all;
        }
    }
}
