//! The file was read anew: everything that led somewhere leads to the same ids again.
//!
//! Must never lose the reader's place while it is still in the file; what is gone is left for the nearest thing that
//! is there.

use super::act::touring;
use super::lens::{Lenses, Subject};
use super::list::Cursor;
use super::tour::Presenting;
use super::{Library, Note, Overlay, Page, Place, State, class, settle};
use crate::action::Action;
use crate::knowledge::{Address, EntryIx, Item, Knowledge, TopicIx};

/// From what was to what is.
#[derive(Clone, Copy)]
struct Way<'a> {
    old: &'a Knowledge,
    new: &'a Knowledge,
}

impl Way<'_> {
    fn address(self, address: Address) -> Option<Address> {
        self.new.ids.get(self.old.ids.name(address.item())).and_then(Address::of)
    }

    fn topic(self, ix: TopicIx) -> Option<TopicIx> {
        match self.address(Address::Topic(ix)) {
            Some(Address::Topic(ix)) => Some(ix),
            _ => None,
        }
    }

    fn entry(self, ix: EntryIx) -> Option<EntryIx> {
        match self.address(Address::Entry(ix)) {
            Some(Address::Entry(ix)) => Some(ix),
            _ => None,
        }
    }

    fn page(self, page: Page) -> Option<Page> {
        match self.address(page.address())? {
            Address::Topic(ix) => Some(Page::Topic(ix)),
            Address::Entry(ix) => Some(Page::Entry(ix)),
            Address::Entity(ix) => Some(Page::Entity(ix)),
            Address::Statement(_) => None,
        }
    }

    /// The row of a topic's list that was `row`, or as far down as there are rows.
    fn row(self, (old, new): (TopicIx, TopicIx), row: usize) -> usize {
        let entry = self.old.entry_at(old, row).and_then(|ix| self.entry(ix));
        let there = entry.filter(|ix| self.new.entry(*ix).topic == new).map(|ix| self.new.row_of(ix));
        there.unwrap_or_else(|| row.min(self.new.entries_of(new).len().saturating_sub(1)))
    }

    fn place(self, place: Place) -> Option<Place> {
        let page = self.page(place.page)?;
        // An entry may have moved to another topic.
        let topic = match page {
            Page::Entry(ix) => self.new.entry(ix).topic,
            _ => self.topic(place.topic)?,
        };
        let row = match page {
            Page::Entry(ix) => self.new.row_of(ix),
            _ => self.row((place.topic, topic), place.row),
        };
        Some(Place { topic, page, row, lenses: self.lenses(place.lenses), ..place })
    }

    /// The same lens on the same thing. Where one looked in it begins anew: other things may be there.
    fn lenses(self, lenses: Lenses) -> Lenses {
        let address = |subject: Subject| self.address(subject.address(self.old));
        let subject = lenses.subject.and_then(address).and_then(Subject::of);
        Lenses { shown: lenses.shown, text: lenses.text, subject, ..Lenses::default() }
    }

    /// The same tour, at the same step if there are as many.
    fn tour(self, tour: Presenting) -> Option<Presenting> {
        let Some(Item::Tour(ix)) = self.new.ids.get(self.old.ids.name(Item::Tour(tour.tour))) else {
            return None;
        };
        let last = self.new.tours.get(ix.at())?.steps.len().checked_sub(1)?;
        let step = tour.step.min(last);
        // A step may have other parts now.
        Some(Presenting { tour: ix, step, part: if step == tour.step { tour.part } else { 0 }, ..tour })
    }
}

/// What is said when the file was read anew with so many problems.
pub fn renewed(problems: usize) -> Note {
    match problems {
        0 => "read anew".into(),
        1 => Note::from("read anew: 1 problem").with(&[Action::Problems], "shows it"),
        many => Note::from(format!("read anew: {many} problems")).with(&[Action::Problems], "shows them"),
    }
}

impl State {
    /// Goes on in `new` where one was in `old`, by ids.
    pub fn renew(&mut self, old: &Library, new: &Library) {
        let way = Way { old: &old.knowledge, new: &new.knowledge };
        // The statement that is selected, and not the number of its row, is where one is.
        let stop = self.page.statement_at(way.old, &self.filter, self.stop).map(Address::Statement);
        let was = self.place();
        self.lists = way.new.topic_ixs().map(|topic| self.list_of(topic, way)).collect();
        self.tour = self.tour.and_then(|tour| way.tour(tour));
        self.left_tour = self.left_tour.and_then(|tour| way.tour(tour));
        self.history.carry(|place| way.place(place));
        if let Some(walk) = &mut self.walk {
            let here = walk.hits.get(walk.at).copied().and_then(|hit| way.address(hit));
            walk.hits = walk.hits.iter().filter_map(|hit| way.address(*hit)).collect();
            walk.at = walk.hits.iter().position(|hit| Some(*hit) == here).unwrap_or(0);
        }
        self.walk = self.walk.take().filter(|walk| !walk.hits.is_empty());
        if let Some(place) = way.place(was) {
            self.restore(place);
        } else {
            self.topic = way.topic(was.topic).unwrap_or(TopicIx(0));
            self.focus = super::Focus::List;
            self.lenses = way.lenses(was.lenses);
            self.show_row(new);
        }
        match &mut self.overlay {
            Some(Overlay::Search(search)) => {
                search.here = search.here.and_then(|ix| way.entry(ix));
                search.ask(new);
            }
            Some(Overlay::Links(_)) => self.overlay = None,
            _ => {}
        }
        if let Some(Address::Statement(ix)) = stop.and_then(|stop| way.address(stop)) {
            self.select(|stop| stop.statement == Some(ix), new);
        }
        class::renew(self, new);
        settle::settle(self, new);
        touring::settle(self, new);
    }

    /// Where one is in the list of a topic of the new file.
    fn list_of(&self, topic: TopicIx, way: Way<'_>) -> Cursor {
        let back = Way { old: way.new, new: way.old };
        let Some(old) = back.topic(topic) else { return Cursor::default() };
        let was = self.lists.get(old.at()).copied().unwrap_or_default();
        Cursor { row: way.row((old, topic), was.row), ..was }
    }
}
