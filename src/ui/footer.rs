//! The last row: the keys that work here and now, or a message; the address and the position.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::brush::{Brush, after};
use crate::action::Action::{
    self, Arrange, Back, Close, CloseOrQuit, Complete, Forget, Help, Left, LineDown, LineUp, Links, Look,
    NextEntry, NextHit, NextTopic, Open, PanLeft, PanRight, PreviousEntry, PreviousHit, ReadOn, Right,
    Search, Standings, Tours, Twin, ZoomFit, ZoomIn, ZoomOut,
};
use crate::app::{Focus, Lens, Library, Overlay, Page, State};
use crate::text::width::width;

/// Keys and a word for what they do.
struct Hint {
    keys: String,
    word: &'static str,
    /// They close what lies over the panes.
    is_way_out: bool,
}

impl Hint {
    fn cells(&self) -> usize {
        width(&self.keys) + 1 + width(self.word)
    }
}

/// Actions that share a word, and the word.
type Hints = &'static [(&'static [Action], &'static str)];

/// Hints that come before the address.
const NEEDED: usize = 5;
/// Statements up to which the index is there before anybody could read that it is being built.
const AT_ONCE: usize = 5_000;
/// Cells between two hints.
const GAP: usize = 3;

const TYPING: Hints = &[(&[Open], "open"), (&[LineUp, LineDown], "choose"), (&[Close], "close")];
const COMPLETING: Hints =
    &[(&[Complete], "complete"), (&[Open], "open"), (&[LineUp, LineDown], "choose"), (&[Close], "close")];
const READING: Hints = &[(&[LineDown, LineUp], "scroll"), (&[ReadOn], "page"), (&[Close], "close")];
const HELPING: Hints =
    &[(&[LineDown, LineUp], "scroll"), (&[ReadOn], "page"), (&[Close], "close"), (&[Search], "find a key")];
const CHOOSING: Hints =
    &[(&[LineDown, LineUp], "move"), (&[Open], "change"), (&[ReadOn], "only this"), (&[Close], "done")];
const TOURS: Hints = &[(&[LineDown, LineUp], "move"), (&[Open], "begin"), (&[Close], "close")];
const MARKS: Hints =
    &[(&[LineDown, LineUp], "move"), (&[Open], "go there"), (&[Close], "close"), (&[Forget], "remove")];
const FOLLOWING: Hints = &[(&[Close], "stay here")];
const ON_LIST: Hints = &[
    (&[LineDown, LineUp], "move"),
    (&[Open], "read"),
    (&[Search], "search"),
    (&[Help], "help"),
    (&[NextTopic], "topic"),
    (&[Look(Lens::Timeline), Look(Lens::Map), Look(Lens::Network), Look(Lens::Evidence)], "look"),
    (&[ReadOn], "read on"),
    (&[Links], "links"),
    (&[Standings], "standings"),
    (&[CloseOrQuit], "quit"),
];
const ON_PAGE: Hints = &[
    (&[LineDown, LineUp], "move"),
    (&[Open], "links"),
    (&[Close], "list"),
    (&[Search], "search"),
    (&[Help], "help"),
    (&[NextEntry], "next entry"),
    (&[Links], "all links"),
    (&[Back], "back"),
    (&[Standings], "standings"),
];
const ON_TARGET: Hints = &[
    (&[LineDown, LineUp], "move"),
    (&[Open], "go there"),
    (&[Back], "back"),
    (&[Search], "search"),
    (&[Help], "help"),
    (&[Links], "links"),
];
const IN_TIMELINE: Hints = &[
    (&[Left, LineDown, LineUp, Right], "move"),
    (&[Open], "read"),
    (&[ZoomIn, ZoomOut, ZoomFit], "zoom"),
    (&[Twin], "as text"),
    (&[Help], "help"),
    (&[PanLeft, PanRight], "pan"),
    (&[Arrange], "other lanes"),
];
const ON_MAP: Hints = &[
    (&[Left, LineDown, LineUp, Right], "move"),
    (&[Open], "read"),
    (&[ZoomIn, ZoomOut, ZoomFit], "zoom"),
    (&[Twin], "as text"),
    (&[Help], "help"),
    (&[ReadOn], "next place"),
    (&[PreviousEntry, NextEntry], "statements"),
];
const IN_NETWORK: Hints = &[
    (&[Left, LineDown, LineUp, Right], "move"),
    (&[Open], "read"),
    (&[ZoomIn, ZoomOut], "depth"),
    (&[Twin], "as text"),
    (&[Help], "help"),
    (&[ReadOn], "next relation"),
];
const IN_EVIDENCE: Hints = &[
    (&[Left, LineDown, LineUp, Right], "move"),
    (&[Open], "read"),
    (&[PreviousEntry, NextEntry], "statements"),
    (&[Twin], "as text"),
    (&[Help], "help"),
];
const IN_TEXT: Hints = &[
    (&[LineDown, LineUp], "move"),
    (&[Open], "read"),
    (&[Twin], "as picture"),
    (&[Help], "help"),
    (&[PreviousEntry, NextEntry], "statements"),
];
/// What follows in every lens.
const LENSES: Hints = &[
    (&[NextTopic], "topic"),
    (&[Look(Lens::Timeline), Look(Lens::Map), Look(Lens::Network), Look(Lens::Evidence)], "lenses"),
    (&[Close], "back"),
];
const WALKING: Hints = &[
    (&[NextHit, PreviousHit], "next, previous hit"),
    (&[Close], "end search"),
    (&[Open], "open"),
    (&[Back], "back"),
    (&[Help], "help"),
];

/// Keys that work here and now on the left, or a message; address and position on the right.
pub(super) fn draw(brush: Brush, state: &State, library: &Library, area: Rect, buffer: &mut Buffer) {
    let inner = after(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    // Until somebody has come, how to come in is said before anything else.
    let is_empty = state.class.as_ref().is_some_and(|class| class.is_empty());
    if let (Some(message), false) = (&state.message, is_empty) {
        brush.text(buffer, inner, message, brush.accent());
        return;
    }
    let inner = class(brush, (state, library), inner, buffer);
    if let Some(message) = &state.message {
        brush.text(buffer, inner, message, brush.accent());
        return;
    }
    let hints = hints(state, library);
    // The first keys are needed more than the whole address; the last part of it says enough.
    let needed: usize = hints.iter().take(NEEDED).map(|hint| hint.cells() + GAP).sum();
    let room = usize::from(inner.width).saturating_sub(needed);
    let taken = brush.text_right(buffer, inner, &place(state, library, room), brush.muted());
    let mut rest = Rect { width: inner.width.saturating_sub(taken + 2), ..inner };
    let searchable = library.searchable();
    if searchable < 100 && library.knowledge.statements.len() > AT_ONCE {
        let words = format!("indexing: {searchable} %");
        let taken = brush.text_right(buffer, rest, &words, brush.accent());
        rest.width = rest.width.saturating_sub(taken + 2);
    }
    if state.filter.is_on() && state.panes().legend.is_empty() {
        let taken = brush.text_right(buffer, rest, "filtered", brush.accent());
        rest.width = rest.width.saturating_sub(taken + 2);
    }
    for hint in way_out_in_sight(hints, rest.width.into()) {
        let cells = hint.cells() as u16;
        if cells > rest.width {
            break;
        }
        let taken = brush.text(buffer, rest, &hint.keys, brush.accent());
        brush.text(buffer, after(rest, taken + 1), hint.word, brush.muted());
        rest = after(rest, cells + GAP as u16);
    }
}

/// The hints, so that the key that closes a window is among those that have room: one who does not know it is locked in.
fn way_out_in_sight(mut hints: Vec<Hint>, room: usize) -> Vec<Hint> {
    let cells = |hints: &[Hint]| hints.iter().map(|hint| hint.cells() + GAP).sum::<usize>();
    let out = hints.iter().position(|hint| hint.is_way_out);
    if let Some(out) = out.filter(|out| cells(&hints[..=*out]) > room + GAP) {
        let hint = hints.remove(out);
        let before = (0..=out)
            .rev()
            .find(|len| cells(&hints[..*len]) + cells(std::slice::from_ref(&hint)) <= room + GAP);
        hints.insert(before.unwrap_or(0), hint);
    }
    hints
}

/// Whose doing it is that nothing is to be seen, if it is somebody else's.
pub(super) fn off(brush: Brush, state: &State, area: Rect, buffer: &mut Buffer) {
    let Some(class) = state.class.as_ref().filter(|class| class.is_off()) else {
        return;
    };
    let inner = after(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    if let Some(line) = class.lines(None).iter().find(|line| width(line) <= usize::from(inner.width)) {
        brush.text(buffer, inner, line, brush.faint());
    }
}

/// What a class is told at all times, longest form first.
pub(super) fn class_lines(state: &State, library: &Library) -> Vec<String> {
    let key = library.keymap.key(state.context(), Action::Follow);
    state.class.as_ref().map(|class| class.lines(key.as_deref())).unwrap_or_default()
}

/// What a class is told at all times, in the longest form that leaves room for the rest; gives what is left.
fn class(brush: Brush, (state, library): (&State, &Library), area: Rect, buffer: &mut Buffer) -> Rect {
    let lines = class_lines(state, library);
    let room = usize::from(area.width) * 2 / 3;
    let Some(line) = lines.iter().find(|line| width(line) <= room) else { return area };
    let taken = brush.text(buffer, area, line, brush.strong());
    after(area, taken + GAP as u16)
}

/// Address and position in the longest form that takes at most `room` cells; at least the position.
fn place(state: &State, library: &Library, room: usize) -> String {
    let (address, position) = whereabouts(state, library);
    let after_last = |sign: char| address.rsplit(sign).next().unwrap_or_default();
    [&*address, after_last('/'), after_last('#')]
        .into_iter()
        .map(|part| format!("{part}  {position}").trim_end().to_owned())
        .find(|place| width(place) <= room)
        .unwrap_or(position)
}

/// Where one is, and which of how many.
fn whereabouts(state: &State, library: &Library) -> (String, String) {
    let of =
        |at: usize, len: usize| if len == 0 { String::new() } else { format!("{}/{len}", (at + 1).min(len)) };
    if let Some(Overlay::Search(search)) = &state.overlay {
        let address =
            search.chosen().map_or_else(String::new, |hit| library.knowledge.address_text(hit.address));
        return (address, of(search.row, search.hits.rows.len()));
    }
    let address = library.knowledge.address_text(state.address(library));
    if let (Some(at), Some(walk)) = (state.at_hit(library), &state.walk) {
        return (address, format!("hit {}", of(at, walk.hits.len())));
    }
    if state.lenses.shown != Lens::Read {
        let position = state.lenses.position(state.sight(library));
        return (address, position.map_or_else(String::new, |(at, len)| of(at, len)));
    }
    let position = match (state.focus, state.page) {
        (Focus::Page, Page::Entity(_)) => String::new(),
        _ => of(state.cursor().row, library.knowledge.topic(state.topic).entries.len()),
    };
    (address, position)
}

/// The keys that work here and now, most needed first, each with a word.
fn hints(state: &State, library: &Library) -> Vec<Hint> {
    let context = state.context();
    if !state.pending.is_empty() {
        let further = library.keymap.continuations(context, &state.pending).into_iter();
        return further.map(|(keys, word)| Hint { keys, word, is_way_out: false }).collect();
    }
    let looks = state.overlay.is_none() && state.lenses.shown != Lens::Read;
    let centres = looks && state.lenses.centres(state.sight(library)).is_some();
    let hint = |(actions, word): &(&[Action], &'static str)| {
        let keys: Option<Vec<String>> =
            actions.iter().map(|action| library.keymap.key(context, *action)).collect();
        let word = if centres && *actions == [Open] { "centre" } else { *word };
        let is_way_out = state.overlay.is_some() && *actions == [Close];
        keys.map(|keys| Hint { keys: keys.join(" "), word, is_way_out })
    };
    let means_something =
        |(actions, _): &&(&[Action], &str)| *actions != [Back] || state.history.leads_back();
    let aside = state.tour.is_some_and(|tour| !tour.on_stage) && state.overlay.is_none();
    let back: Hints = if aside { &[(&[Tours], "back to the tour")] } else { &[] };
    let last: Hints = if looks { LENSES } else { &[] };
    let all = back.iter().chain(wanted(state, library)).chain(last);
    all.filter(means_something).filter_map(hint).collect()
}

/// The hints of whatever has the keys.
fn wanted(state: &State, library: &Library) -> Hints {
    match (&state.overlay, state.focus) {
        (Some(Overlay::Search(search)), _) => {
            match (search.completions.is_empty(), search.hits.rows.is_empty()) {
                (false, true) => &[(&[Complete], "complete"), (&[Close], "close")],
                (true, true) => &[(&[Close], "close")],
                (false, false) => COMPLETING,
                (true, false) => TYPING,
            }
        }
        (Some(Overlay::Palette(_)), _) => TYPING,
        (Some(Overlay::Help { .. }), _) => HELPING,
        (Some(Overlay::About { .. } | Overlay::Problems { .. }), _) => READING,
        (Some(Overlay::Standings { .. }), _) => CHOOSING,
        (Some(Overlay::Tours { .. }), _) => TOURS,
        (Some(Overlay::Bookmarks { .. }), _) => MARKS,
        (Some(Overlay::Links(_)), _) => FOLLOWING,
        (None, _) if state.lenses.shown != Lens::Read => in_lens(state, library),
        (None, _) if state.at_hit(library).is_some() => WALKING,
        (None, Focus::List) => ON_LIST,
        (None, Focus::Page) if goes_there(state, library) => ON_TARGET,
        (None, Focus::Page) => ON_PAGE,
    }
}

/// The keys of the open lens that the others do not have.
fn in_lens(state: &State, library: &Library) -> Hints {
    match state.lenses.shown {
        _ if state.lenses.is_text(state.sight(library)) => IN_TEXT,
        Lens::Timeline => IN_TIMELINE,
        Lens::Map => ON_MAP,
        Lens::Network => IN_NETWORK,
        Lens::Evidence | Lens::Read => IN_EVIDENCE,
    }
}

/// Whether the selected stop leads to one place: then it is opened without letters.
fn goes_there(state: &State, library: &Library) -> bool {
    state.page.statement_at(&library.knowledge, &state.filter, state.stop).is_none()
}
