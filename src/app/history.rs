//! Back and forward, as in a browser. Holds places with where one was on them, so that coming back changes nothing.

use super::lens::Lenses;
use super::{Focus, Page};
use crate::knowledge::TopicIx;

/// How far back one can go.
const DEPTH: usize = 200;

/// A place as it was left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The open tab.
    pub topic: TopicIx,
    /// The page.
    pub page: Page,
    /// The row of the list that was selected.
    pub row: usize,
    /// Where the keys went.
    pub focus: Focus,
    /// The selected stop of the page.
    pub stop: usize,
    /// The first line of the page that was seen.
    pub scroll: usize,
    /// Through which lens one looked, and at what.
    pub lenses: Lenses,
}

/// Where one was.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    back: Vec<Place>,
    forward: Vec<Place>,
}

impl History {
    /// One goes on from `place` to somewhere new.
    pub fn leave(&mut self, place: Place) {
        if self.back.last() != Some(&place) {
            if self.back.len() == DEPTH {
                self.back.remove(0);
            }
            self.back.push(place);
        }
        self.forward.clear();
    }

    /// Whether there is a place to go back to.
    pub fn leads_back(&self) -> bool {
        !self.back.is_empty()
    }

    /// The places behind, oldest first.
    pub(super) fn way(&self) -> impl Iterator<Item = &Place> {
        self.back.iter()
    }

    /// Puts what `carried` makes of it in the place of each; what it makes nothing of goes.
    pub(super) fn carry(&mut self, carried: impl Fn(Place) -> Option<Place>) {
        for places in [&mut self.back, &mut self.forward] {
            *places = places.drain(..).filter_map(&carried).collect();
        }
    }

    /// One goes back from `here`; where to, if there is a place.
    pub fn back(&mut self, here: Place) -> Option<Place> {
        let place = self.back.pop()?;
        self.forward.push(here);
        Some(place)
    }

    /// One goes forward again from `here`.
    pub fn forward(&mut self, here: Place) -> Option<Place> {
        let place = self.forward.pop()?;
        self.back.push(here);
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(row: usize) -> Place {
        let topic = TopicIx(0);
        Place {
            topic,
            page: Page::Topic(topic),
            row,
            focus: Focus::List,
            stop: 0,
            scroll: 0,
            lenses: Lenses::default(),
        }
    }

    #[test]
    fn back_and_forward_meet() {
        let mut history = History::default();
        history.leave(place(1));
        history.leave(place(2));
        assert_eq!(history.back(place(3)), Some(place(2)));
        assert_eq!(history.back(place(2)), Some(place(1)));
        assert_eq!(history.back(place(1)), None);
        assert_eq!(history.forward(place(1)), Some(place(2)));
        history.leave(place(2));
        assert_eq!(history.forward(place(4)), None, "a new way forgets the old one");
    }

    #[test]
    fn it_does_not_grow_for_ever() {
        let mut history = History::default();
        for row in 0..10 * DEPTH {
            history.leave(place(row));
        }
        assert_eq!(history.back.len(), DEPTH);
    }
}
