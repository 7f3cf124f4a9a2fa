//! Marking places, and what is remembered of the session before.

use crate::action::Action;
use crate::app::bookmarks::{ROWS, Recall, called, rows};
use crate::app::{Effect, Library, Note, Overlay, Permissions, State, scroll};
use crate::config::{Bookmark, Change, Memory};

/// Marks where one is, or takes its mark away.
pub(super) fn mark(state: &mut State, library: &Library) -> Vec<Effect> {
    let at = state.address(library);
    let address = library.knowledge.address_text(at);
    let is_marked = state.memory.bookmarks.iter().any(|mark| mark.address == address);
    let name = called(&library.knowledge, at);
    let change = if is_marked {
        Change::Unmark(address)
    } else {
        Change::Mark(Bookmark { address, title: name.to_owned() })
    };
    changed(state, change, library)
}

/// Takes in a change of the bookmarks. What is kept is said when it is kept, and at once where nothing is.
fn changed(state: &mut State, change: Change, library: &Library) -> Vec<Effect> {
    state.memory.take(change.clone());
    if state.may == Permissions::All {
        return vec![Effect::Remember(change)];
    }
    kept(state, &change, Some("a class keeps none"), library);
    Vec::new()
}

/// Says that a change is kept for later sessions, or why it holds for this one alone.
pub(in crate::app) fn kept(state: &mut State, change: &Change, but: Option<&str>, library: &Library) {
    let (done, address, title) = match change {
        Change::Mark(mark) => ("bookmarked", &mark.address, &*mark.title),
        Change::Unmark(address) => ("no bookmark any more", address, &**address),
        Change::Leave { .. } => return,
    };
    let place = library.knowledge.address(address).ok();
    let name = place.map_or(title, |place| called(&library.knowledge, place));
    state.message = Some(match but {
        None => format!("{done}: {name}"),
        Some(why) => format!("{done} for this session only: {why}"),
    });
}

/// Takes the selected bookmark away.
pub(super) fn forget(state: &mut State, library: &Library) -> Vec<Effect> {
    let Some(Overlay::Bookmarks { row }) = state.overlay else {
        let note = Note::from("bookmarks are taken away in the list of them");
        state.say(note.with(&[Action::Bookmarks], "shows it"), library);
        return Vec::new();
    };
    let of_last = usize::from(state.memory.last.is_some());
    if row < of_last {
        state.message = Some("that is the last place, and no bookmark".to_owned());
        return Vec::new();
    }
    let address = state.memory.bookmarks.get(row - of_last).map(|mark| mark.address.clone());
    address.map_or_else(Vec::new, |address| changed(state, Change::Unmark(address), library))
}

/// Does one action in the list of bookmarks; `false` if it means nothing there.
pub(super) fn go(state: &mut State, action: Action, library: &Library) -> bool {
    let Some(Overlay::Bookmarks { row }) = &mut state.overlay else { return false };
    let row = *row;
    let all = rows(state, library);
    if action == Action::Open {
        match all.get(row).map(|chosen| (chosen.to, &chosen.title)) {
            Some((Some(to), _)) => {
                state.overlay = None;
                state.visit(to, library);
            }
            Some((None, title)) => state.message = Some(format!("{title} is not in the file any more")),
            None => state.overlay = None,
        }
        return true;
    }
    let is_movement = crate::app::scroll::is_movement(action);
    if let (true, Some(Overlay::Bookmarks { row })) = (is_movement, &mut state.overlay) {
        *row = scroll::row(*row, action, all.len(), ROWS);
    }
    is_movement
}

/// Takes in what is remembered. When that comes for the first time, the way of the session before lies behind one, and
/// the footer says where it ended; nothing moves by itself.
pub(super) fn remember(state: &mut State, memory: &Memory, library: &Library) {
    let is_first = std::mem::replace(&mut state.recall, Recall::Done) == Recall::Awaited;
    // Bookmarks that were made in the moment before are not on disk yet, and not lost either.
    let early = std::mem::replace(&mut state.memory, memory.clone());
    for mark in early.bookmarks.into_iter().filter(|_| is_first) {
        state.memory.take(Change::Mark(mark));
    }
    let last = memory.last.as_ref().and_then(|text| library.knowledge.address(text).ok());
    let Some(last) = last.filter(|last| is_first && *last != state.address(library)) else { return };
    if !state.history.leads_back() {
        let way = memory.way.iter().filter_map(|text| library.knowledge.address(text).ok());
        for place in way.chain([last]).map(|address| state.place_of(address, library)).collect::<Vec<_>>() {
            state.history.leave(place);
        }
    }
    if state.message.is_none() && state.overlay.is_none() {
        let note = Note::from(format!("last time: {}", library.knowledge.address_text(last)));
        state.say(note.with(&[Action::Bookmarks], "leads there"), library);
    }
}
