//! The lanes of a timeline: which items stand in which, and which of them is selected.

use super::Timeline;
use crate::app::filter::Shown;
use crate::app::lens::{Scope, Sight, Subject};
use crate::knowledge::{Dated, Dates, EntityIx, Series, StandingKind, StatementIx, TopicIx};

/// What has a date, as one looks at it.
#[derive(Clone, Copy)]
pub(super) struct Lanes<'a> {
    sight: Sight<'a>,
    /// The dates of what is in scope.
    dates: &'a Dates,
    by_name: bool,
    /// Standings that are not asked for, a bit each, as in [`Dated::standings`].
    left_out: u8,
}

/// What a lane is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum About {
    /// The items of a topic.
    Topic(TopicIx),
    /// The items that name an entity.
    Entity(EntityIx),
    /// The items that name none of those that have a lane.
    #[default]
    Others,
}

impl<'a> Lanes<'a> {
    pub(super) fn of(view: &Timeline, sight: Sight<'a>) -> Self {
        let dates = match sight.scope {
            Scope::Topic(topic) => sight.knowledge.dates_of_topic(topic),
            Scope::Entity(entity) => sight.knowledge.dates_of_entity(entity),
        };
        let out = |kind: &StandingKind| sight.filter.shown(*kind) != Shown::Full;
        let left_out = StandingKind::ALL.into_iter().filter(out).fold(0, |bits, kind| bits | 1 << kind as u8);
        Self { sight, dates, by_name: view.by_name, left_out }
    }

    /// What one looks at.
    pub(super) const fn sight(&self) -> Sight<'a> {
        self.sight
    }

    /// The items in scope that are not hidden, in the order of time.
    pub(super) fn own(self) -> impl DoubleEndedIterator<Item = &'a Dated> {
        self.dates.items.iter().filter(move |item| !self.is_hidden(item))
    }

    /// The first and the last day of the items in scope that are not hidden.
    pub(super) fn own_extent(self) -> Option<(i32, i32)> {
        let whole = self.dates.extent?;
        let days = self.own().map(|item| super::days(item, whole));
        days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// The items in scope, hidden ones among them, in the order of time.
    pub(super) fn series(self) -> Series<'a> {
        self.dates.series()
    }

    /// The item in scope nearest to a day, of those that are not hidden.
    pub(super) fn nearest(self, day: i32) -> Option<&'a Dated> {
        self.series().nearest(day, |item| !self.is_hidden(item))
    }

    /// All dates of all lanes: of a topic those of the other topics too.
    pub(super) fn all(self) -> Vec<&'a Dates> {
        match self.sight.scope {
            Scope::Entity(_) => vec![self.dates],
            Scope::Topic(_) => {
                let topics = self.sight.knowledge.topic_ixs();
                topics.map(|topic| self.sight.knowledge.dates_of_topic(topic)).collect()
            }
        }
    }

    /// Whether anything can be hidden: else nothing need be looked at to know.
    pub(super) const fn hides(&self) -> bool {
        self.sight.filter.hides && self.left_out != 0
    }

    /// Whether none of its standings is asked for, and those are to be hidden.
    pub(super) const fn is_hidden(&self, item: &Dated) -> bool {
        self.sight.filter.hides && self.is_left_out(item)
    }

    /// Whether none of its standings is asked for.
    pub(super) const fn is_faint(&self, item: &Dated) -> bool {
        !self.sight.filter.hides && self.is_left_out(item)
    }

    const fn is_left_out(&self, item: &Dated) -> bool {
        item.standings != 0 && item.standings & !self.left_out == 0
    }

    /// How many of some items are not hidden.
    pub(super) fn count(&self, items: Series<'_>) -> usize {
        if self.hides() { items.iter().filter(|item| !self.is_hidden(item)).count() } else { items.len() }
    }

    /// What an item is called.
    pub(super) fn label(&self, item: &Dated) -> &'a str {
        label(self.sight, item)
    }

    /// Whether the item before or after it in time is called the same.
    pub(super) fn has_twin(&self, item: &Dated) -> bool {
        let items = self.series();
        let Some(at) = items.position(item) else { return false };
        let label = self.label(item);
        let is_same = |other: Option<&Dated>| other.is_some_and(|other| self.label(other) == label);
        at.checked_sub(1).is_some_and(|before| is_same(items.get(before))) || is_same(items.get(at + 1))
    }

    /// What an item stands for. On the page of an entity its entry may say more than what is in scope.
    pub(super) fn subject(&self, item: &Dated) -> Subject {
        match (item.statement, self.sight.scope) {
            (Some(statement), Scope::Entity(_)) => Subject::Statement(statement),
            (Some(statement), _) if !item.is_entry => Subject::Statement(statement),
            _ => Subject::Entry(item.entry),
        }
    }

    /// The statements of an item that are in scope.
    pub(super) fn statements(&self, item: &Dated) -> Vec<StatementIx> {
        let inside = |ix: &StatementIx| match self.sight.scope {
            Scope::Entity(_) => self.sight.scope.holds(self.sight.knowledge, *ix),
            Scope::Topic(_) => true,
        };
        self.sight.knowledge.statements_of_item(item).filter(inside).collect()
    }

    /// The item that a subject of this lens stands for.
    pub(super) fn item(&self, subject: Subject) -> Option<&'a Dated> {
        let knowledge = self.sight.knowledge;
        let dates = self.dates_with(subject);
        match subject {
            Subject::Entry(entry) => dates.of_entry(knowledge, entry),
            Subject::Statement(_) | Subject::Relation(_) => {
                dates.holding(knowledge, subject.statement(knowledge)?)
            }
            Subject::Entity(entity) => {
                let mut statements = self.sight.scope.naming(knowledge, entity);
                statements.find_map(|statement| dates.holding(knowledge, statement))
            }
        }
    }

    /// The dates among which a subject is looked for.
    fn dates_with(&self, subject: Subject) -> &'a Dates {
        match (self.sight.scope, subject.entry(self.sight.knowledge)) {
            (Scope::Topic(own), Some(entry)) if self.sight.knowledge.entry(entry).topic != own => {
                self.sight.knowledge.dates_of_topic(self.sight.knowledge.entry(entry).topic)
            }
            _ => self.dates,
        }
    }

    /// The item in scope that stands for the shared selection: that of its statement, or the nearest in time.
    pub(super) fn selected(&self) -> Option<&'a Dated> {
        let Some(subject) = self.sight.subject else { return self.own().next() };
        let knowledge = self.sight.knowledge;
        let found = self.item(subject);
        let here = |item: &&Dated| match self.sight.scope {
            Scope::Topic(topic) => knowledge.entry(item.entry).topic == topic,
            Scope::Entity(_) => true,
        };
        if let Some(own) = found.filter(here).filter(|item| !self.is_hidden(item)) {
            return Some(own);
        }
        match (found, subject.entry(knowledge)) {
            (Some(far), _) => self.nearest(far.day()),
            (None, Some(entry)) => self.own().min_by_key(|item| item.entry.at().abs_diff(entry.at())),
            (None, None) => self.own().next(),
        }
    }

    /// The first and the last day of everything, hidden or not, up to the day whose knowledge the file is; `None` if
    /// nothing has a date: an axis would then claim one.
    pub(super) fn extent(&self) -> Option<(i32, i32)> {
        let extents = self.all().into_iter().filter_map(|dates| dates.extent);
        let (first, last) = extents.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        let as_of = self.sight.knowledge.as_of.and_then(crate::knowledge::Date::last_day);
        Some(as_of.map_or((first, last), |day| (first.min(day), last.max(day))))
    }

    /// What lanes there are, and the items of each, hidden ones among them, in the order of time.
    pub(super) fn lanes(&self) -> Vec<(About, Series<'a>)> {
        let knowledge = self.sight.knowledge;
        match self.sight.scope {
            _ if self.by_name => {
                let own = if let Scope::Entity(own) = self.sight.scope { Some(own) } else { None };
                let named = knowledge.dates_by_name(self.dates, own);
                named.map(|(entity, items)| (entity.map_or(About::Others, About::Entity), items)).collect()
            }
            Scope::Entity(_) => {
                let topics = knowledge.dates_by_topic(self.dates);
                topics.map(|(topic, items)| (About::Topic(topic), items)).collect()
            }
            Scope::Topic(own) => knowledge
                .topic_ixs()
                .map(|topic| (topic, knowledge.dates_of_topic(topic).series()))
                .filter(|(topic, items)| *topic == own || !items.is_empty())
                .map(|(topic, items)| (About::Topic(topic), items))
                .collect(),
        }
    }
}

/// What an item is called: by the title of its entry, or by what its statement says.
pub(super) fn label<'a>(sight: Sight<'a>, item: &Dated) -> &'a str {
    match item.statement {
        Some(statement) if !item.is_entry => &sight.knowledge.statement(statement).text.plain,
        _ => &sight.knowledge.entry(item.entry).title,
    }
}

/// The standings of an item's statements, firmest first.
pub(super) fn signs(item: &Dated) -> Vec<StandingKind> {
    StandingKind::ALL.into_iter().filter(|kind| item.standings & (1 << *kind as u8) != 0).collect()
}
