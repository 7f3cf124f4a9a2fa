//! What is remembered of a dossier from one session to the next: bookmarks, the way one came, the last place.
//!
//! Addresses are kept as text, so that they find their place again in a file that has changed. Two sessions may write
//! at the same time: each writes what *changed*, onto what is there then. Must never touch a file: the shell does.

use serde::{Deserialize, Serialize};

/// The form that this program writes.
const FORMAT: u32 = 1;
/// Places of a way that are kept.
const WAY: usize = 50;

/// What is remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    format: u32,
    /// What it is about, for people who open the file; an id, and paths if there are some.
    pub about: String,
    /// Where one was last.
    pub last: Option<String>,
    /// The places before it, oldest first.
    pub way: Vec<String>,
    /// In the order in which they were made.
    pub bookmarks: Vec<Bookmark>,
}

/// A place to come back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// Where it is.
    pub address: String,
    /// What it was called when it was marked.
    pub title: String,
}

/// What a session adds to what is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new bookmark.
    Mark(Bookmark),
    /// The bookmark of this address goes.
    Unmark(String),
    /// The session ends here, and came this way.
    Leave {
        /// Where one is.
        last: String,
        /// The places before it, oldest first.
        way: Vec<String>,
    },
}

/// Why a file of memory cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// A later program wrote it.
    #[error("was written by a newer Tumen")]
    Newer,
    /// It makes no sense.
    #[error("is damaged")]
    Damaged,
}

impl Memory {
    /// Reads what [`Memory::written`] wrote.
    ///
    /// # Errors
    /// When it is of a newer form, or makes no sense.
    pub fn read(text: &str) -> Result<Self, Unusable> {
        let memory: Self = ron::from_str(text).map_err(|_| Unusable::of(text))?;
        match memory.format {
            FORMAT => Ok(memory),
            0 => Err(Unusable::Damaged),
            _ => Err(Unusable::Newer),
        }
    }

    /// The text of the file.
    pub fn written(&self) -> String {
        let memory = Self { format: FORMAT, ..self.clone() };
        let form = ron::ser::PrettyConfig::new().struct_names(true);
        // Texts, numbers and lists can always be written.
        ron::ser::to_string_pretty(&memory, form).unwrap_or_default() + "\n"
    }

    /// Takes in a change.
    pub fn take(&mut self, change: Change) {
        match change {
            Change::Mark(mark) => {
                if !self.bookmarks.iter().any(|known| known.address == mark.address) {
                    self.bookmarks.push(mark);
                }
            }
            Change::Unmark(address) => self.bookmarks.retain(|known| known.address != address),
            Change::Leave { last, mut way } => {
                way.drain(..way.len().saturating_sub(WAY));
                (self.last, self.way) = (Some(last), way);
            }
        }
    }

    /// Whether a change would leave everything as it is.
    pub fn knows(&self, change: &Change) -> bool {
        let mut after = self.clone();
        after.take(change.clone());
        after == *self
    }
}

impl Unusable {
    /// What is wrong with a text that could not be read: of a newer form only the form's number may still be readable.
    fn of(text: &str) -> Self {
        let number = text.split_once("format:").map_or("", |(_, rest)| rest.trim_start());
        let number: String = number.chars().take_while(char::is_ascii_digit).collect();
        if number.parse().is_ok_and(|number: u32| number > FORMAT) { Self::Newer } else { Self::Damaged }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(address: &str) -> Change {
        Change::Mark(Bookmark { address: address.into(), title: address.to_uppercase() })
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut memory = Memory { about: "dossier \"x\"".into(), ..Memory::default() };
        memory.take(mark("history/treaty#H25"));
        memory.take(mark("juche"));
        memory.take(Change::Leave { last: "juche".into(), way: vec!["overview".into()] });
        let read = Memory::read(&memory.written()).expect("it is its own");
        assert_eq!((read.bookmarks, read.last, read.way), (memory.bookmarks, memory.last, memory.way));
    }

    #[test]
    fn of_two_sessions_neither_loses_what_it_changed() {
        let mut file = Memory::default();
        for change in [mark("a"), mark("b"), Change::Unmark("a".into()), mark("c"), mark("b")] {
            file.take(change);
        }
        let addresses: Vec<&str> = file.bookmarks.iter().map(|mark| &*mark.address).collect();
        assert_eq!(addresses, ["b", "c"]);
        assert!(file.knows(&mark("b")) && !file.knows(&mark("a")));
    }

    #[test]
    fn a_way_does_not_grow_for_ever() {
        let mut memory = Memory::default();
        let way: Vec<String> = (0..200).map(|at| at.to_string()).collect();
        memory.take(Change::Leave { last: "x".into(), way });
        assert_eq!((memory.way.len(), memory.way.last().map(String::as_str)), (WAY, Some("199")));
    }

    #[test]
    fn what_cannot_be_used_says_why() {
        for (text, why) in [
            ("", Unusable::Damaged),
            ("Memory(format: 1, bookmarks: [", Unusable::Damaged),
            ("Memory(bookmarks: [])", Unusable::Damaged),
            ("Memory(format: 2, bookmarks: [])", Unusable::Newer),
            ("Memory(format: 3, bookmarks: {\"a\": 1})", Unusable::Newer),
        ] {
            assert_eq!(Memory::read(text), Err(why), "{text}");
        }
    }
}
