//! Everything that has a date, in the order of time. Computed once, when it is first asked for.
//!
//! Statements of one entry that have the same date are one item: they happened together and are told together. A
//! statement without a date of its own has that of its entry. Must never say when something was more exactly than that.

use std::sync::OnceLock;

use super::{Date, EntityIx, EntityKind, EntryIx, Knowledge, Series, StatementIx, TopicIx};

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
    by_topic: OnceLock<Vec<(TopicIx, Vec<u32>)>>,
    by_name: OnceLock<Vec<(Option<EntityIx>, Vec<u32>)>>,
}

/// The dates of each topic, and of each entity that was asked for.
#[derive(Debug, Default)]
pub struct Chronicle {
    topics: OnceLock<Vec<Dates>>,
    entities: OnceLock<Vec<OnceLock<Dates>>>,
    eras: OnceLock<Vec<(EntityIx, Date)>>,
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

    /// What comes before what in the order of time: no two items of one list are the same in all of this.
    pub(super) const fn place(&self) -> (i32, i32, EntryIx, Option<StatementIx>) {
        (self.first, self.last, self.entry, self.statement)
    }
}

impl Dates {
    fn sorted(mut self) -> Self {
        self.items.sort_unstable_by_key(Dated::place);
        self.items.shrink_to_fit();
        let ends = self.items.iter().flat_map(|item| [item.first, item.last]);
        let days = ends.filter(|day| *day != i32::MIN && *day != i32::MAX);
        self.extent = days.fold(None, |extent, day| match extent {
            None => Some((day, day)),
            Some((first, last)) => Some((first.min(day), last.max(day))),
        });
        self
    }

    /// All items.
    pub fn series(&self) -> Series<'_> {
        Series::all(&self.items)
    }

    /// The item that holds a statement.
    pub fn holding(&self, knowledge: &Knowledge, statement: StatementIx) -> Option<&Dated> {
        let date = knowledge.date_of(statement)?;
        self.at_date(knowledge, knowledge.statement(statement).entry, date)
    }

    /// The item of an entry that has a date.
    fn at_date(&self, knowledge: &Knowledge, entry: EntryIx, date: Date) -> Option<&Dated> {
        let (first, last) = span(date);
        let same = |item: &&Dated| item.entry == entry && knowledge.date_of_item(item) == Some(date);
        self.series().spanning(first, last).find(same)
    }

    /// The item of an entry at its own date; the first one of the entry if it has none.
    pub fn of_entry(&self, knowledge: &Knowledge, entry: EntryIx) -> Option<&Dated> {
        let own = knowledge.entry(entry).when.and_then(|own| self.at_date(knowledge, entry, own));
        own.or_else(|| {
            let its = knowledge.statements_of(entry).filter_map(|ix| self.holding(knowledge, ix));
            its.min_by_key(|item| item.place())
        })
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
    pub fn dates_by_topic<'a>(&self, dates: &'a Dates) -> impl Iterator<Item = (TopicIx, Series<'a>)> {
        let lists = dates.by_topic.get_or_init(|| {
            let mut lists: Vec<Vec<u32>> = vec![Vec::new(); self.topics.len()];
            for (at, item) in (0..).zip(&dates.items) {
                lists[self.entry(item.entry).topic.at()].push(at);
            }
            self.topic_ixs().zip(lists).filter(|(_, items)| !items.is_empty()).collect()
        });
        lists.iter().map(|(topic, list)| (*topic, Series::some(&dates.items, list)))
    }

    /// The items by whom they name, those most often named first; `None` for those that name none of them.
    ///
    /// An item may stand in several lists. `own` is named by all of them, and has no list.
    pub fn dates_by_name<'a>(
        &self,
        dates: &'a Dates,
        own: Option<EntityIx>,
    ) -> impl Iterator<Item = (Option<EntityIx>, Series<'a>)> {
        let lists = dates.by_name.get_or_init(|| self.lists_by_name(dates, own));
        lists.iter().map(|(entity, list)| (*entity, Series::some(&dates.items, list)))
    }

    fn lists_by_name(&self, dates: &Dates, own: Option<EntityIx>) -> Vec<(Option<EntityIx>, Vec<u32>)> {
        // Whom each item names, once each: the number after that of the last item that named an entity.
        let mut seen = vec![0; self.entities.len()];
        let mut counts = vec![0_usize; self.entities.len()];
        let mut pairs: Vec<(u32, EntityIx)> = Vec::new();
        for (at, item) in (0..).zip(&dates.items) {
            for entity in self.statements_of_item(item).flat_map(|ix| self.statement(ix).named()) {
                if Some(entity) != own && std::mem::replace(&mut seen[entity.at()], at + 1) != at + 1 {
                    counts[entity.at()] += 1;
                    pairs.push((at, entity));
                }
            }
        }
        let all = (0..self.entities.len()).map(EntityIx::new);
        let mut most: Vec<EntityIx> = all.filter(|entity| counts[entity.at()] > 0).collect();
        most.sort_by_key(|entity| (std::cmp::Reverse(counts[entity.at()]), *entity));
        most.truncate(NAMES);
        let mut list_of: Vec<Option<usize>> = vec![None; self.entities.len()];
        for (own, entity) in most.iter().enumerate() {
            list_of[entity.at()] = Some(own);
        }
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); most.len()];
        let mut is_listed = vec![false; dates.items.len()];
        for (at, entity) in pairs {
            if let Some(own) = list_of[entity.at()] {
                lists[own].push(at);
                is_listed[at as usize] = true;
            }
        }
        let others = (0..).zip(&is_listed).filter(|(_, listed)| !**listed).map(|(at, _)| at).collect();
        let names = most.into_iter().map(Some).zip(lists).chain([(None, others)]);
        names.filter(|(_, list)| !list.is_empty()).collect()
    }

    /// What a time is called after, those most often mentioned first: events that lasted; after them whoever stood for a
    /// time to a state as its relation says: its leader, say.
    pub fn eras(&self) -> &[(EntityIx, Date)] {
        self.chronicle.eras.get_or_init(|| {
            let all = (0..).map(EntityIx::new).zip(&self.entities);
            let lasting = all.filter(|(_, entity)| entity.kind == EntityKind::Event);
            let events = lasting.filter_map(|(ix, entity)| Some((ix, entity.when?)));
            let reigns = self.relations.iter().filter(|relation| {
                let kinds = [relation.from, relation.to].map(|end| self.entity(end).kind);
                kinds == [EntityKind::Person, EntityKind::State]
            });
            let reigns = reigns.filter_map(|relation| Some((relation.from, relation.when?)));
            let lasted = |(_, when): &(EntityIx, Date)| matches!(when, Date::Interval(..));
            let mentions = |ix: EntityIx| std::cmp::Reverse(self.mentions.statements(ix).len());
            let sorted = |mut eras: Vec<(EntityIx, Date)>| {
                eras.sort_by_key(|(ix, when)| (mentions(*ix), *ix, when.first_day(), when.last_day()));
                eras.dedup();
                eras
            };
            [sorted(events.filter(lasted).collect()), sorted(reigns.filter(lasted).collect())].concat()
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
