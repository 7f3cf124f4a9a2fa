//! Bookmarks as a reader sees them: the last place of the session before, then what was marked.

use super::{Library, State};
use crate::knowledge::{Address, Knowledge};

/// Rows of the list that are seen at once.
pub const ROWS: usize = 12;

/// Whether what was remembered has come: it is read after the first frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recall {
    /// Not yet.
    Awaited,
    /// It has, or there is nothing.
    Done,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub title: String,
    /// Where it leads, as text.
    pub address: String,
    /// Where it leads; `None` if the file has no such place any more.
    pub to: Option<Address>,
    /// It is no bookmark, but where the session before ended.
    pub is_last: bool,
}

/// What a place is called in the list: a statement like its entry, since its id stands in its address.
pub(super) fn called(knowledge: &Knowledge, place: Address) -> &str {
    match place {
        Address::Statement(ix) => &knowledge.entry(knowledge.statement(ix).entry).title,
        place => knowledge.name(place),
    }
}

/// The rows of the list.
pub fn rows(state: &State, library: &Library) -> Vec<Row> {
    let knowledge = &library.knowledge;
    let row = |address: &str, title: Option<&str>, is_last: bool| {
        let to = knowledge.address(address).ok();
        let name = to.map(|to| called(knowledge, to).to_owned());
        let title = name.or_else(|| title.map(str::to_owned)).unwrap_or_else(|| address.to_owned());
        let address = to.map_or_else(|| address.to_owned(), |to| knowledge.address_text(to));
        // A file on disk may have been written by anybody.
        let clean = |text: String| crate::text::clean::clean(&text).into_owned();
        Row { title: clean(title), address: clean(address), to, is_last }
    };
    let last = state.memory.last.iter().map(|address| row(address, None, true));
    let marks = state.memory.bookmarks.iter().map(|mark| row(&mark.address, Some(&mark.title), false));
    last.chain(marks).collect()
}
