//! Typing into an input, as shells have it.

use tui_input::{Input, InputRequest};

use crate::action::{Action, Context, Stroke};
use crate::app::{Library, Msg, Overlay, State};
use crate::keys::{Key, Meaning};

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

/// What a stroke asks of an input.
pub(in crate::app) const fn request(stroke: Stroke) -> InputRequest {
    match stroke {
        Stroke::Left => InputRequest::GoToPrevChar,
        Stroke::Right => InputRequest::GoToNextChar,
        Stroke::WordLeft => InputRequest::GoToPrevWord,
        Stroke::WordRight => InputRequest::GoToNextWord,
        Stroke::Start => InputRequest::GoToStart,
        Stroke::End => InputRequest::GoToEnd,
        Stroke::EraseLeft => InputRequest::DeletePrevChar,
        Stroke::EraseRight => InputRequest::DeleteNextChar,
        Stroke::EraseWord => InputRequest::DeletePrevWord,
        Stroke::EraseAll => InputRequest::DeleteLine,
    }
}

/// Completes the filter that is being typed. `false` if nothing is to be completed.
pub(super) fn complete(state: &mut State, library: &Library) -> bool {
    match &mut state.overlay {
        Some(Overlay::Search(search)) => search.complete(library),
        _ => false,
    }
}

/// Edits the input as shells do.
pub(super) fn edit(state: &mut State, stroke: Stroke, library: &Library) {
    handle(state, request(stroke), library);
}

/// Types a key's letter, if it has one.
pub(super) fn type_letter(state: &mut State, key: Key, library: &Library) {
    let Some(letter) = key.typed() else { return };
    if input(state).is_some_and(|input| is_full(input)) {
        state.message = Some(format!("{MOST} letters are the most that can be searched for"));
        return;
    }
    handle(state, InputRequest::InsertChar(letter), library);
}

fn handle(state: &mut State, request: InputRequest, library: &Library) {
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
        Msg::Key(key) if state.pending.is_empty() => match library.keymap.meaning(Context::Typing, &[*key]) {
            Meaning::Nothing => key.typed().is_some(),
            Meaning::Run(action) => matches!(action, Action::Input(_)),
            Meaning::Pending => false,
        },
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
