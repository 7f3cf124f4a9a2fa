//! The lanes of a timeline: which items stand in which, and which of them is selected.

use std::borrow::Cow;

use super::Timeline;
use crate::app::filter::Shown;
use crate::app::lens::{Scope, Sight, Subject};
use crate::knowledge::{Dated, Dates, EntityIx, StandingKind, StatementIx, TopicIx};

/// More names than these have no lane of their own.
const NAMES: usize = 8;

/// What has a date, as one looks at it.
pub(super) struct Lanes<'a> {
    sight: Sight<'a>,
    /// The dates of each topic, or of the one entity that one looks at.
    dates: Cow<'a, Dates>,
    by_name: bool,
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
            Scope::Topic(topic) => Cow::Borrowed(sight.knowledge.dates_of_topic(topic)),
            Scope::Entity(entity) => Cow::Owned(sight.knowledge.dates_of_entity(entity)),
        };
        Self { sight, dates, by_name: view.by_name }
    }

    /// What one looks at.
    pub(super) const fn sight(&self) -> Sight<'a> {
        self.sight
    }

    /// The items in scope that are not hidden, in the order of time.
    pub(super) fn own(&self) -> impl DoubleEndedIterator<Item = &Dated> {
        self.dates.items.iter().filter(|item| !self.is_hidden(item))
    }

    /// The items of a topic that are not hidden.
    pub(super) fn of_topic(&self, topic: TopicIx) -> impl DoubleEndedIterator<Item = &Dated> {
        let dates: &Dates = match self.sight.scope {
            Scope::Topic(own) if own != topic => self.sight.knowledge.dates_of_topic(topic),
            _ => &self.dates,
        };
        let inside = move |item: &&Dated| self.sight.knowledge.entry(item.entry).topic == topic;
        let filters = matches!(self.sight.scope, Scope::Entity(_));
        dates.items.iter().filter(move |item| !filters || inside(item)).filter(|item| !self.is_hidden(item))
    }

    /// All items of all lanes that are not hidden; in the order of time within each topic.
    pub(super) fn all(&self) -> Box<dyn Iterator<Item = &Dated> + '_> {
        match self.sight.scope {
            Scope::Entity(_) => Box::new(self.own()),
            Scope::Topic(_) => {
                Box::new(self.sight.knowledge.topic_ixs().flat_map(|topic| self.of_topic(topic)))
            }
        }
    }

    /// Whether none of its standings is asked for, and those are to be hidden.
    fn is_hidden(&self, item: &Dated) -> bool {
        self.sight.filter.hides && self.sight.filter.is_on() && self.all_are(item, Shown::Hidden)
    }

    /// Whether none of its standings is asked for.
    pub(super) fn is_faint(&self, item: &Dated) -> bool {
        self.sight.filter.is_on() && self.all_are(item, Shown::Faint)
    }

    fn all_are(&self, item: &Dated, shown: Shown) -> bool {
        item.standings != 0
            && StandingKind::ALL
                .into_iter()
                .filter(|kind| item.standings & (1 << *kind as u8) != 0)
                .all(|kind| self.sight.filter.shown(kind) == shown)
    }

    /// What an item is called.
    pub(super) fn label(&self, item: &Dated) -> &'a str {
        label(self.sight, item)
    }

    /// What an item stands for. On the page of an entity its entry may say more than what is in scope.
    pub(super) fn subject(&self, item: &Dated) -> Subject {
        match (item.statement, self.sight.scope) {
            (Some(statement), Scope::Entity(_)) => Subject::Statement(statement),
            (Some(statement), _) if !item.is_entry => Subject::Statement(statement),
            _ => Subject::Entry(item.entry),
        }
    }

    /// The statements of an item; of an entry without statements of its date all of them.
    pub(super) fn statements(&self, item: &Dated) -> Vec<StatementIx> {
        let knowledge = self.sight.knowledge;
        let date = knowledge.date_of_item(item);
        let of_entry = || knowledge.statements_of(item.entry);
        if item.statement.is_none() {
            return of_entry().collect();
        }
        let same = |ix: &StatementIx| knowledge.date_of(*ix) == date;
        let inside = |ix: &StatementIx| match self.sight.scope {
            Scope::Entity(_) => self.sight.scope.holds(knowledge, *ix),
            Scope::Topic(_) => true,
        };
        of_entry().filter(same).filter(inside).collect()
    }

    /// The item that a subject of this lens stands for.
    pub(super) fn item(&self, subject: Subject) -> Option<&Dated> {
        let knowledge = self.sight.knowledge;
        let dates = self.dates_with(subject);
        match subject {
            Subject::Entry(entry) => {
                let own = knowledge.entry(entry).when;
                dates.of_entry(knowledge, entry, own).or_else(|| dates.of_entry(knowledge, entry, None))
            }
            Subject::Statement(_) | Subject::Relation(_) => {
                dates.holding(knowledge, subject.statement(knowledge)?)
            }
            Subject::Entity(entity) => {
                let mut statements = knowledge.mentions.statements(entity).iter();
                statements.find_map(|statement| dates.holding(knowledge, *statement))
            }
        }
    }

    /// The dates among which a subject is looked for.
    fn dates_with(&self, subject: Subject) -> &Dates {
        match (self.sight.scope, subject.entry(self.sight.knowledge)) {
            (Scope::Topic(own), Some(entry)) if self.sight.knowledge.entry(entry).topic != own => {
                self.sight.knowledge.dates_of_topic(self.sight.knowledge.entry(entry).topic)
            }
            _ => &self.dates,
        }
    }

    /// The item in scope that stands for the shared selection: that of its statement, or the nearest in time.
    pub(super) fn selected(&self) -> Option<&Dated> {
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
            (Some(far), _) => {
                let day = far.day();
                self.own().min_by_key(|item| i64::from(item.day()).abs_diff(i64::from(day)))
            }
            (None, Some(entry)) => self.own().min_by_key(|item| item.entry.at().abs_diff(entry.at())),
            (None, None) => self.own().next(),
        }
    }

    /// The first and the last day of everything, hidden or not, up to the day whose knowledge the file is.
    pub(super) fn extent(&self) -> Option<(i32, i32)> {
        let knowledge = self.sight.knowledge;
        let all: Vec<Option<(i32, i32)>> = match self.sight.scope {
            Scope::Entity(_) => vec![self.dates.extent],
            Scope::Topic(_) => {
                knowledge.topic_ixs().map(|topic| knowledge.dates_of_topic(topic).extent).collect()
            }
        };
        let as_of = knowledge.as_of.and_then(crate::knowledge::Date::last_day).map(|day| (day, day));
        let extents = all.into_iter().chain([as_of]).flatten();
        extents.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// What lanes there are, and the items of each.
    pub(super) fn lanes(&self) -> Vec<(About, Vec<&Dated>)> {
        if self.by_name {
            return self.named();
        }
        let topics = self.sight.knowledge.topic_ixs();
        let lanes = topics.map(|topic| (About::Topic(topic), self.of_topic(topic).collect::<Vec<_>>()));
        let own =
            |about: &About| matches!(self.sight.scope, Scope::Topic(own) if *about == About::Topic(own));
        lanes.filter(|(about, items)| !items.is_empty() || own(about)).collect()
    }

    /// A lane for each of those most often named, in the order of how often. An item may stand in several.
    fn named(&self) -> Vec<(About, Vec<&Dated>)> {
        let knowledge = self.sight.knowledge;
        let own = if let Scope::Entity(own) = self.sight.scope { Some(own) } else { None };
        let items: Vec<&Dated> = self.own().collect();
        let mut lanes: Vec<Vec<usize>> = vec![Vec::new(); knowledge.entities.len()];
        for (at, item) in items.iter().enumerate() {
            for entity in self.statements(item).iter().flat_map(|ix| knowledge.statement(*ix).named()) {
                let lane = &mut lanes[entity.at()];
                if own != Some(entity) && lane.last() != Some(&at) {
                    lane.push(at);
                }
            }
        }
        let mut order: Vec<usize> = (0..lanes.len()).filter(|at| !lanes[*at].is_empty()).collect();
        order.sort_by_key(|at| (std::cmp::Reverse(lanes[*at].len()), *at));
        order.truncate(NAMES);
        let mut has_lane = vec![false; items.len()];
        let mut found = Vec::new();
        for at in order {
            lanes[at].iter().for_each(|item| has_lane[*item] = true);
            let lane = lanes[at].iter().map(|item| items[*item]).collect();
            found.push((About::Entity(EntityIx::new(at)), lane));
        }
        let others: Vec<&Dated> = (0..items.len()).filter(|at| !has_lane[*at]).map(|at| items[at]).collect();
        if !others.is_empty() || found.is_empty() {
            found.push((About::Others, others));
        }
        found
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
