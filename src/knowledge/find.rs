//! The thing that somebody means who types an id, an address or a name on a command line.
//!
//! Links and bookmarks are exact, and go by [`Knowledge::address`]. Must never choose between two things of one name:
//! whoever asks is told both.

use super::{EntityIx, EntryIx, Item, Knowledge, TopicIx};

/// The most things that advice names.
const MOST: usize = 5;
/// The fewest letters that a part of a name is known by.
const FEWEST: usize = 3;

/// A word that means nothing, or too much.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct NotFound {
    /// What was typed; of an address its last part.
    pub wrong: String,
    /// Whether it is the name of all of `close`.
    pub is_shared: bool,
    /// Ids of what may have been meant, at most five.
    pub close: Vec<String>,
}

impl NotFound {
    fn words(&self) -> String {
        let wrong = &self.wrong;
        let close: Vec<String> = self.close.iter().map(|id| format!("`{id}`")).collect();
        match (self.is_shared, &*close) {
            (_, []) => format!("nothing is called `{wrong}`"),
            (false, _) => format!("nothing is called `{wrong}`; did you mean {}?", close.join(", ")),
            (true, _) => format!("`{wrong}` is the name of {}; which one?", close.join(", ")),
        }
    }
}

impl Knowledge {
    /// The thing that an id, an address or a whole name means: `H25`, `history/treaty-1961`, `김정은`, `Pyongyang`. Case
    /// matters only where two ids differ by nothing else.
    ///
    /// # Errors
    /// When nothing or more than one thing is called so. The error names what is close: an id that is spelt alike, or
    /// what has the word in its name.
    pub fn find(&self, text: &str) -> Result<Item, NotFound> {
        let wrong = text.trim();
        let last = wrong.rsplit(['/', '#']).next().unwrap_or_default();
        let nearest = self.ids.nearest(last);
        let same = || nearest.filter(|id| id.eq_ignore_ascii_case(last)).and_then(|id| self.ids.get(id));
        if let Some(item) = self.ids.get(last).or_else(same) {
            return Ok(item);
        }
        let folded = wrong.to_lowercase();
        let named = self.called(|name| name.to_lowercase() == folded);
        if let [item] = *named {
            return Ok(item);
        }
        let is_shared = !named.is_empty();
        let partly = || {
            let enough = folded.chars().count() >= FEWEST;
            self.called(|name| enough && name.to_lowercase().contains(&folded))
        };
        let close = match (is_shared, nearest) {
            (true, _) => named,
            (false, Some(id)) => self.ids.get(id).into_iter().collect(),
            (false, None) => partly(),
        };
        let close = close.into_iter().take(MOST).map(|item| self.ids.name(item).to_owned()).collect();
        Err(NotFound { wrong: wrong.to_owned(), is_shared, close })
    }

    /// What has a name of which `is_meant` says so, names before titles, in the order of the file.
    fn called(&self, is_meant: impl Fn(&str) -> bool) -> Vec<Item> {
        let names = |ix: &EntityIx| {
            let entity = self.entity(*ix);
            std::iter::once(&entity.name)
                .chain(&entity.native)
                .chain(&entity.aliases)
                .any(|name| is_meant(name))
        };
        let entities = (0..self.entities.len()).map(EntityIx::new).filter(names).map(Item::Entity);
        let entries = (0..self.entries.len()).map(EntryIx::new);
        let entries = entries.filter(|ix| is_meant(&self.entry(*ix).title)).map(Item::Entry);
        let topics = (0..self.topics.len()).map(TopicIx::new);
        let titles = |ix: &TopicIx| is_meant(&self.topic(*ix).title) || is_meant(&self.topic(*ix).short);
        entities.chain(entries).chain(topics.filter(titles).map(Item::Topic)).collect()
    }
}
