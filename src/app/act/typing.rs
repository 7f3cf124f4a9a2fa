//! Typing into an input, as shells have it.

use tui_input::{Input, InputRequest};

use crate::action::Context;
use crate::app::{Library, Msg, Overlay, State};
use crate::keys::habits::habit;
use crate::keys::{Code, Key, Meaning};

/// Letters that an input takes, typed or pasted: nobody searches for more, and every letter more is work for each of
/// those who share a machine.
const MOST: usize = 200;

/// The input that is typed into, if there is one.
fn input(state: &mut State) -> Option<&mut Input> {
    match &mut state.overlay {
        Some(Overlay::Search(search)) => Some(&mut search.input),
        Some(Overlay::Palette(palette)) => Some(&mut palette.input),
        _ => None,
    }
}

/// What a key does to an input, as in shells.
pub(in crate::app) fn request(key: Key) -> Option<InputRequest> {
    Some(match (key.code, key.ctrl, key.alt) {
        (Code::Char(c), false, false) => InputRequest::InsertChar(c),
        (Code::Backspace, false, false) | (Code::Char('h'), true, _) => InputRequest::DeletePrevChar,
        (Code::Backspace, _, _) | (Code::Char('w'), true, _) => InputRequest::DeletePrevWord,
        (Code::Delete, false, false) | (Code::Char('d'), true, _) => InputRequest::DeleteNextChar,
        (Code::Left, false, false) | (Code::Char('b'), true, _) => InputRequest::GoToPrevChar,
        (Code::Right, false, false) | (Code::Char('f'), true, _) => InputRequest::GoToNextChar,
        (Code::Left, ..) | (Code::Char('b'), _, true) => InputRequest::GoToPrevWord,
        (Code::Right, ..) | (Code::Char('f'), _, true) => InputRequest::GoToNextWord,
        (Code::Home, ..) | (Code::Char('a'), true, _) => InputRequest::GoToStart,
        (Code::End, ..) | (Code::Char('e'), true, _) => InputRequest::GoToEnd,
        (Code::Char('u'), true, _) => InputRequest::DeleteLine,
        _ => return None,
    })
}

/// Completes the filter that is being typed. `false` if the key is another one, or nothing is to be completed.
pub(super) fn complete(state: &mut State, key: Key, library: &Library) -> bool {
    match (key.code, &mut state.overlay) {
        (Code::Tab, Some(Overlay::Search(search))) if !key.shift => search.complete(library),
        _ => false,
    }
}

/// Edits the input as shells do.
pub(super) fn edit(state: &mut State, key: Key, library: &Library) {
    let Some(request) = request(key) else { return };
    if matches!(request, InputRequest::InsertChar(_)) && input(state).is_some_and(|input| is_full(input)) {
        state.message = Some(format!("{MOST} letters are the most that can be searched for"));
        return;
    }
    let changed = input(state).and_then(|input| input.handle(request)).is_some_and(|change| change.value);
    if changed {
        ask(state, library);
    }
}

/// A paste is one edit; line ends become blanks, and what could drive a terminal goes.
pub(super) fn paste(state: &mut State, text: &str, library: &Library) {
    let Some(input) = input(state) else { return };
    insert(input, text);
    ask(state, library);
}

/// Puts a text into an input, safe for a terminal.
pub(in crate::app) fn insert(input: &mut Input, text: &str) {
    let room = MOST.saturating_sub(input.value().chars().count());
    for c in crate::text::clean::clean(text).chars().take(room) {
        input.handle(InputRequest::InsertChar(c));
    }
}

fn is_full(input: &Input) -> bool {
    input.value().chars().count() >= MOST
}

/// Whether a message only edits what is typed, so that nothing need be found before the next one.
pub(in crate::app) fn only_types(state: &State, msg: &Msg, library: &Library) -> bool {
    if state.blank || !matches!(state.overlay, Some(Overlay::Search(_))) {
        return false;
    }
    match msg {
        Msg::Paste(_) => true,
        Msg::Key(key) if state.pending.is_empty() && request(*key).is_some() => {
            matches!(library.keymap.meaning(Context::Typing, &[*key]), Meaning::Nothing)
                && habit(Context::Typing, *key).is_none()
        }
        _ => false,
    }
}

fn ask(state: &mut State, library: &Library) {
    match &mut state.overlay {
        Some(Overlay::Search(search)) => search.edited(library),
        Some(Overlay::Palette(palette)) => palette.row = 0,
        _ => {}
    }
}
