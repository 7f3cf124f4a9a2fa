//! What takes longer to count than a frame may, counted before anybody asks for it: in large files alone.
//!
//! Whatever is counted here is counted all the same when it is asked for first; nothing depends on this having run.

use super::{EntityIx, Knowledge};

/// From so many statements on, to count what they say takes a noticeable part of a frame.
const MANY: usize = 10_000;

impl Knowledge {
    /// Counts what lenses will ask for, unless that is quick. Takes a fraction of what reading the file did; meant for
    /// a thread that has nothing else to do.
    pub fn count_ahead(&self) {
        if self.statements.len() < MANY {
            return;
        }
        self.tally();
        self.eras();
        for topic in self.topic_ixs() {
            let dates = self.dates_of_topic(topic);
            self.places_of_topic(topic);
            if self.statements_in(topic).len() >= MANY {
                drop(self.dates_by_name(dates, None));
            }
        }
        let all = (0..self.entities.len()).map(EntityIx::new);
        for entity in all.filter(|entity| self.mentions.statements(*entity).len() >= MANY) {
            let dates = self.dates_of_entity(entity);
            drop(self.dates_by_topic(dates));
            drop(self.dates_by_name(dates, Some(entity)));
            self.tally_of_entity(entity);
            self.places_of_entity(entity);
        }
    }
}
