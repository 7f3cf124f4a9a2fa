//! From messages to actions, and from actions to what they do.

mod bookmarks;
mod copy;
mod lens;
mod links;
mod mentions;
mod number;
pub(super) mod touring;
pub(super) mod typing;

use super::palette::Palette;
use super::scroll::is_movement;
use super::search::Search;
use super::{
    Effect, Focus, Lens, Library, Msg, Note, Overlay, Page, State, Walk, class, motion, mouse, note, panel,
};
use crate::action::{Action, Context};
use crate::keys::habits::meant;
use crate::keys::{Key, Meaning, physical};
use crate::knowledge::{Address, TopicIx};
use links::{links, type_hint};
use typing::{complete, edit, paste, type_letter};

pub(super) fn take(state: &mut State, msg: &Msg, library: &Library) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => {
            state.message = None;
            let meant = match library.keymap.meaning(state.context(), &[*key]) {
                Meaning::Run(action) => Some(action),
                _ => None,
            };
            if let Some(effects) = class::in_the_dark(state, meant) {
                return effects;
            }
            // The key that brings the screen back does nothing else: it was pressed in the dark.
            if state.blank {
                state.blank = false;
                return Vec::new();
            }
            let asked = class::is_ending(state);
            let effects = press(state, *key, library);
            if asked {
                class::goes_on(state);
            }
            return effects;
        }
        // On a screen that the presenter has switched off nothing is typed or clicked.
        Msg::Paste(_) | Msg::Mouse(_) if class::in_the_dark(state, None).is_some() => {}
        Msg::Paste(text) => paste(state, text, library),
        Msg::Mouse(_) if state.blank => state.blank = false,
        Msg::Mouse(event) => {
            state.message = None;
            mouse::take(state, *event, library);
        }
        Msg::Resize(size) => {
            state.size = *size;
            if state.focus == Focus::Page {
                let document = state.document(library);
                motion::show_stop(state, &document);
            }
        }
        Msg::Clock(seconds) => {
            state.clock = *seconds;
            if let Some(tour) = &mut state.tour {
                tour.began.get_or_insert((*seconds, *seconds));
            }
        }
        Msg::Continue => {
            if let Some(Overlay::Search(search)) = &mut state.overlay {
                search.go_on(library);
            }
        }
        Msg::Remembered(memory) => bookmarks::remember(state, memory, library),
        Msg::Kept(change, but) => bookmarks::kept(state, change, but.as_deref(), library),
        Msg::Said(note) => state.say(note.clone(), library),
        Msg::Indexed => {
            if let Some(Overlay::Search(search)) = &mut state.overlay {
                search.renew(library);
            }
        }
        Msg::Talk(talk) => class::hear(state, talk, library),
        Msg::Attendance(attendance) => class::count(state, *attendance),
    }
    Vec::new()
}

fn press(state: &mut State, key: Key, library: &Library) -> Vec<Effect> {
    if matches!(state.overlay, Some(Overlay::Links(_)))
        && let Some(letter) = key.typed()
    {
        type_hint(state, physical(letter), library);
        return Vec::new();
    }
    if !number::leads_on(state, key, library) {
        state.number = 0;
    }
    let context = state.context();
    state.pending.push(key);
    match library.keymap.meaning(context, &state.pending) {
        Meaning::Run(action) => {
            state.pending.clear();
            return run(state, action, library);
        }
        Meaning::Pending => {}
        Meaning::Nothing => {
            let sequence = std::mem::take(&mut state.pending);
            match context {
                Context::Typing => type_letter(state, key, library),
                Context::Links => state.overlay = None,
                _ => means_nothing(state, context, &sequence, library),
            }
        }
    }
    Vec::new()
}

/// Says what does here what a key does elsewhere, or that nobody knows what was meant.
fn means_nothing(state: &mut State, context: Context, sequence: &[Key], library: &Library) {
    let meant = match sequence {
        [key] if context.layers().contains(&Context::Habit) => meant(*key),
        _ => &[],
    };
    let ways = meant.iter().filter_map(|(actions, does)| note::way(&library.keymap, context, actions, does));
    let ways: Vec<String> = ways.collect();
    if ways.is_empty() {
        let keys: Vec<String> = sequence.iter().map(Key::to_string).collect();
        let words = format!("{} means nothing here", keys.join(" "));
        state.say(Note::from(words).with(&[Action::Help], "shows the keys"), library);
    } else {
        state.message = Some(ways.join("; "));
    }
}

/// Does one action, wherever it came from.
pub(super) fn run(state: &mut State, action: Action, library: &Library) -> Vec<Effect> {
    if let Some(why) = state.may.refuses(action) {
        state.say(why, library);
        return Vec::new();
    }
    if let Some(effect) = copy::copy(state, action, library) {
        return vec![effect];
    }
    match action {
        Action::Quit => return class::quit(state),
        Action::Suspend if state.class.is_some() => {
            state.say(class::GOES_ON, library);
        }
        Action::Suspend => return vec![Effect::Suspend],
        Action::Follow => return class::follow(state, library),
        Action::Repaint => return vec![Effect::Repaint],
        Action::Close | Action::CloseOrQuit if state.is_on_stage() => touring::leave(state, library),
        Action::Reload => return vec![Effect::Reload],
        Action::Edit => return vec![Effect::Edit(state.address(library))],
        Action::Bookmark => return bookmarks::mark(state, library),
        Action::Forget => return bookmarks::forget(state, library),
        Action::Input(stroke) => edit(state, stroke, library),
        Action::Complete => {
            let is_complete = complete(state, library);
            return if is_complete { Vec::new() } else { run(state, Action::LineDown, library) };
        }
        Action::CloseOrQuit => {
            let was_open = close(state, library);
            return if was_open { Vec::new() } else { class::quit(state) };
        }
        Action::Mouse => {
            state.mouse = !state.mouse;
            let whose = if state.mouse { "Tumen takes the mouse" } else { "the mouse selects text again" };
            state.say(Note::from(whose).with(&[Action::Mouse], "changes it"), library);
            return vec![Effect::Mouse(state.mouse)];
        }
        Action::Close => {
            let was_open = close(state, library);
            if !was_open {
                state.say(Note::from("nothing to close").with(&[Action::CloseOrQuit], "quits"), library);
            }
        }
        Action::Blank => state.blank = true,
        action if state.overlay.is_some() => return over(state, action, library),
        action if state.is_on_stage() => on_stage(state, action, library),
        action => browse(state, action, library),
    }
    Vec::new()
}

/// What actions do in a tour. What it has no use for is done in the explorer, but for what only lies over the tour.
fn on_stage(state: &mut State, action: Action, library: &Library) {
    if touring::on_stage(state, action, library) {
        return;
    }
    if !matches!(action, Action::Tours | Action::Help | Action::Palette | Action::Theme) {
        touring::step_aside(state, library);
    }
    browse(state, action, library);
}

/// What actions do while something lies over the panes; what they do not do there, they do below it.
fn over(state: &mut State, action: Action, library: &Library) -> Vec<Effect> {
    let lines = usize::from(state.panes().list.height);
    match &mut state.overlay {
        Some(Overlay::Search(search)) if action == Action::LineUp && search.input.value().is_empty() => {
            **search = Search::new(&state.asked, search.here, library);
        }
        Some(Overlay::Search(search)) if is_movement(action) => search.go(action, lines),
        Some(Overlay::Search(_)) if action == Action::Open => open(state, library),
        Some(Overlay::Palette(palette)) if is_movement(action) => palette.go(action),
        Some(Overlay::Palette(palette)) if action == Action::Open => {
            let chosen = palette.chosen();
            state.overlay = None;
            return chosen.map_or_else(Vec::new, |action| run(state, action, library));
        }
        _ => return over_panel(state, action, library),
    }
    Vec::new()
}

fn over_panel(state: &mut State, action: Action, library: &Library) -> Vec<Effect> {
    if bookmarks::go(state, action, library) || panel::go(state, action, library) {
        return Vec::new();
    }
    let opened_it = matches!(
        (&state.overlay, action),
        (Some(Overlay::Help { .. }), Action::Help)
            | (Some(Overlay::About { .. }), Action::About)
            | (Some(Overlay::Problems { .. }), Action::Problems)
            | (Some(Overlay::Bookmarks { .. }), Action::Bookmarks)
            | (Some(Overlay::Standings { .. }), Action::Standings)
            | (Some(Overlay::Tours { .. }), Action::Tours)
    );
    let in_help = matches!(state.overlay, Some(Overlay::Help { .. }));
    state.overlay = None;
    match action {
        _ if opened_it => Vec::new(),
        // Who looks for a key looks for it among the keys.
        Action::Search if in_help => run(state, Action::Palette, library),
        action => run(state, action, library),
    }
}

/// What actions do on list and page.
fn browse(state: &mut State, action: Action, library: &Library) {
    if lens::take(state, action, library) {
        return;
    }
    match action {
        Action::ReadOn | Action::ReadBack => motion::read(state, action, library),
        Action::NextEntry | Action::PreviousEntry => motion::step_entry(state, action, library),
        Action::Topic(n) => number::topic(state, n.into(), library),
        Action::Digit(n) => number::further(state, n, library),
        Action::NextTopic | Action::PreviousTopic | Action::Right | Action::Left => {
            let len = library.knowledge.topics.len().max(1);
            let by = if matches!(action, Action::NextTopic | Action::Right) { 1 } else { len - 1 };
            tab(state, TopicIx::new((state.topic.at() + by) % len), library);
        }
        Action::Open => open(state, library),
        Action::Back | Action::Forward => travel(state, action),
        Action::Links => links(state, library, false),
        Action::Search => state.overlay = Some(Overlay::Search(Box::new(Search::new("", None, library)))),
        Action::SearchHere => {
            if let Page::Entry(entry) = state.page {
                state.overlay = Some(Overlay::Search(Box::new(Search::new("", Some(entry), library))));
            } else {
                let note = Note::from("only an entry can be searched");
                state.say(note.with(&[Action::Search], "searches everything"), library);
            }
        }
        Action::NextHit | Action::PreviousHit => walk(state, action, library),
        Action::Standings => state.overlay = Some(Overlay::Standings { row: 0 }),
        Action::Bookmarks => state.overlay = Some(Overlay::Bookmarks { row: 0 }),
        Action::About => state.overlay = Some(Overlay::About { top: 0 }),
        Action::Problems => state.overlay = Some(Overlay::Problems { top: 0 }),
        Action::Palette => state.overlay = Some(Overlay::Palette(Box::new(Palette::new()))),
        Action::Help => state.overlay = Some(Overlay::Help { top: 0 }),
        Action::Tours => touring::tours(state, library),
        Action::TourNext | Action::TourBack | Action::TourFirst | Action::TourLast | Action::Notes => {
            state.say(Note::from("no tour is under way").with(&[Action::Tours], "lists them"), library);
        }
        Action::Theme => {
            state.look.theme = state.look.theme.next();
            state.message = Some(format!("theme: {}", state.look.theme.word()));
        }
        _ => motion::go(state, action, library),
    }
}

/// Closes one layer. `false` if there was none.
fn close(state: &mut State, library: &Library) -> bool {
    if !state.pending.is_empty() {
        state.pending.clear();
    } else if let Some(overlay) = state.overlay.take() {
        // What was typed is at hand again: one may have closed it by mistake.
        if let Overlay::Search(search) = overlay
            && !search.input.value().trim().is_empty()
        {
            search.input.value().trim().clone_into(&mut state.asked);
        }
    } else if state.lenses.shown != Lens::Read {
        lens::look(state, Lens::Read, library);
    } else if state.walk.is_some() {
        state.walk = None;
    } else if let (Page::Entity(_), Some(place)) = (state.page, state.history.back(state.place())) {
        state.restore(place);
    } else if state.focus == Focus::Page {
        state.focus = Focus::List;
    } else {
        return false;
    }
    true
}

/// Opens a tab. Tabs that one only passes through leave no trace in the history.
pub(super) fn tab(state: &mut State, topic: TopicIx, library: &Library) {
    if topic == state.topic && state.focus == Focus::List && !matches!(state.page, Page::Entity(_)) {
        return;
    }
    if !state.passing {
        state.history.leave(state.place());
    }
    state.turn_to(topic, library);
    state.passing = true;
}

/// Opens what is selected: a hit, an entry, a stop of the page.
pub(super) fn open(state: &mut State, library: &Library) {
    if let Some(Overlay::Search(_)) = state.overlay {
        open_hit(state, library);
        return;
    }
    if lens::take(state, Action::Open, library) {
        return;
    }
    state.passing = false;
    if state.focus == Focus::List {
        if let Page::Entity(entity) = state.page {
            state.visit(Address::Entity(entity), library);
        } else if matches!(state.page, Page::Entry(_)) {
            state.focus = Focus::Page;
        }
        return;
    }
    let document = state.document(library);
    let stop = document.stops.get(state.stop);
    if let Some(entity) = stop.and_then(|stop| stop.more) {
        mentions::search(state, entity, library);
        return;
    }
    match stop.map(|stop| stop.target) {
        Some(Some(to)) => state.visit(to, library),
        Some(None) => links(state, library, true),
        None => state.message = Some("nothing to open here".to_owned()),
    }
}

fn open_hit(state: &mut State, library: &Library) {
    if !matches!(&state.overlay, Some(Overlay::Search(search)) if search.chosen().is_some()) {
        return;
    }
    let Some(Overlay::Search(search)) = state.overlay.take() else { return };
    let hits: Vec<Address> = search.hits.rows.iter().map(|hit| hit.address).collect();
    let typed = search.input.value().trim().to_owned();
    state.asked.clone_from(&typed);
    if let Some(to) = hits.get(search.row).copied() {
        state.walk = (!typed.is_empty()).then_some(Walk { query: search.query, typed, hits, at: search.row });
        state.visit(to, library);
    }
}

fn walk(state: &mut State, action: Action, library: &Library) {
    let Some(walk) = &mut state.walk else {
        state.say(Note::from("nothing was searched for").with(&[Action::Search], "searches"), library);
        return;
    };
    let len = walk.hits.len();
    let by = if action == Action::NextHit { 1 } else { len.saturating_sub(1) };
    walk.at = (walk.at + by) % len.max(1);
    let around = if by == 1 && walk.at == 0 { ", from the best again" } else { "" };
    let (at, to) = (walk.at + 1, walk.hits.get(walk.at).copied());
    if let Some(to) = to {
        state.message = Some(format!("hit {at} of {len}{around}"));
        state.visit(to, library);
    }
}

fn travel(state: &mut State, action: Action) {
    let here = state.place();
    let (place, none) = if action == Action::Back {
        (state.history.back(here), "no place before this one")
    } else {
        (state.history.forward(here), "no place after this one")
    };
    match place {
        Some(place) => state.restore(place),
        None => state.message = Some(none.to_owned()),
    }
}
