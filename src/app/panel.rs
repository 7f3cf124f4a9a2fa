//! What lies over the panes and is read rather than typed in: help, problems, standings; and the topic's summary.

mod about;

use super::document::{Document, Ink, MEASURE, Role, Run, Writer};
use super::filter::Filter;
use super::layout::Screen;
use super::scroll::is_movement;
use super::{Library, Overlay, State, act, scroll};
use crate::action::{Action, Context, Group, TABLE};
use crate::config::Charset;
use crate::keys::Keymap;
use crate::knowledge::{StandingKind, TourIx};
use crate::text::width::width;
use crate::text::wrap::wrap;

/// Rows of the choice of standings: one each, and one for what becomes of the others.
pub const STANDING_ROWS: usize = StandingKind::ALL.len() + 1;
/// Tours that are seen at once in the list of them.
pub const TOUR_ROWS: usize = 8;
/// Lists shorter than this have no room for the topic's summary.
const SUMMARY_FROM: u16 = 16;

/// Lines above the list: the topic's summary and a blank, where there is room.
pub fn summary_lines(state: &State, library: &Library) -> u16 {
    let lines = summary(state, library).len() as u16;
    if lines == 0 { 0 } else { lines + 1 }
}

/// The topic's summary in the width of the list; at most three lines.
pub fn summary<'a>(state: &State, library: &'a Library) -> Vec<&'a str> {
    let list = state.panes().list;
    let text = &*library.knowledge.topic(state.topic).summary.plain;
    if list.height < SUMMARY_FROM || list.width < 3 || text.is_empty() {
        return Vec::new();
    }
    let lines = wrap(text, usize::from(list.width - 3));
    if lines.len() > 3 { Vec::new() } else { lines.into_iter().filter_map(|line| text.get(line)).collect() }
}

/// The text of the panel that is open, if it is one that is read.
pub fn document(state: &State, library: &Library) -> Option<Document> {
    let each = state.size.columns / columns(state) as u16;
    let columns = each.saturating_sub(2 * super::layout::MARGIN).min(MEASURE);
    match state.overlay {
        Some(Overlay::Help { .. }) => Some(help(&library.keymap, columns, state.look.charset)),
        Some(Overlay::About { .. }) => {
            let door = state.class.as_ref().and_then(|class| class.door.as_ref());
            Some(about::about(door, library, columns))
        }
        Some(Overlay::Problems { .. }) => Some(about::problems(library, columns)),
        _ => None,
    }
}

/// Lines of a panel that are seen at once.
pub fn lines_seen(state: &State) -> usize {
    let panes = state.panes();
    usize::from(panes.list.height.max(panes.page.height)) * columns(state)
}

/// Columns in which a panel is read, side by side as in a newspaper.
pub fn columns(state: &State) -> usize {
    if state.size.columns >= 2 * MEASURE - 8 && state.screen == Screen::Panes { 2 } else { 1 }
}

/// Keeps a panel's first line where there is something to read below it.
pub(super) fn settle(state: &mut State, library: &Library) {
    let Some(document) = document(state, library) else { return };
    let most = document.lines.len().saturating_sub(lines_seen(state));
    if let Some(Overlay::Help { top } | Overlay::About { top } | Overlay::Problems { top }) =
        &mut state.overlay
    {
        *top = (*top).min(most);
    }
}

/// Moves in the open panel. `false` if the action means nothing there.
pub(super) fn go(state: &mut State, action: Action, library: &Library) -> bool {
    let seen = lines_seen(state);
    let len = document(state, library).map_or(0, |document| document.lines.len());
    match &mut state.overlay {
        Some(Overlay::Help { top } | Overlay::About { top } | Overlay::Problems { top })
            if is_movement(action) || matches!(action, Action::ReadOn | Action::ReadBack) =>
        {
            *top = scroll::row(*top, action, len.saturating_sub(seen) + 1, seen);
            true
        }
        Some(Overlay::Tours { row }) => {
            let (from, tours) = (*row, library.knowledge.tours.len());
            match action {
                Action::Open | Action::ReadOn => act::touring::begin(state, TourIx::new(from), library),
                Action::Topic(n) if usize::from(n) <= tours => {
                    act::touring::begin(state, TourIx::new(usize::from(n) - 1), library);
                }
                _ if is_movement(action) => *row = scroll::row(from, action, tours, TOUR_ROWS),
                _ => return false,
            }
            true
        }
        Some(Overlay::Standings { row }) => match action {
            Action::Open => {
                let row = *row;
                choose(state, row, library);
                true
            }
            Action::Topic(n) if usize::from(n) <= STANDING_ROWS => {
                // The digit chooses, as everywhere; Enter changes.
                *row = usize::from(n) - 1;
                true
            }
            Action::ReadOn => {
                if let Some(kind) = StandingKind::ALL.get(*row) {
                    change(state, library, |filter| filter.only(*kind));
                }
                true
            }
            _ if is_movement(action) => {
                *row = scroll::row(*row, action, STANDING_ROWS, STANDING_ROWS);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

fn choose(state: &mut State, row: usize, library: &Library) {
    change(state, library, |filter| match StandingKind::ALL.get(row) {
        Some(kind) => filter.toggle(*kind),
        None => filter.hides = !filter.hides,
    });
}

/// Changes the filter. The selected statement stays selected; where it is hidden, the next one that is seen is.
fn change(state: &mut State, library: &Library, change: impl FnOnce(&mut Filter)) {
    let selected = state.page.statement_at(&library.knowledge, &state.filter, state.stop);
    change(&mut state.filter);
    if let Some(selected) = selected {
        state.select(|stop| stop.statement >= Some(selected), library);
    }
}

/// All keys, group by group, then what the signs of the standings mean.
pub(super) fn help(keymap: &Keymap, columns: u16, charset: Charset) -> Document {
    let mut writer = Writer::new(columns);
    let widest = usize::from(columns / 2).min(24);
    let are_digits = (1..=9).all(|n| keymap.keys_of(Context::Command, Action::Topic(n)) == [n.to_string()]);
    for group in Group::ALL {
        writer.blank();
        writer.paragraph(vec![], &[Run::new(group.title(), Ink::of(Role::Heading))]);
        for row in TABLE.iter().filter(|row| row.group == group) {
            let (keys, help) = match row.action {
                // Nine rows that differ in a digit say less than one.
                Action::Topic(1) if are_digits => ("1-9".to_owned(), "to the topic of that number"),
                Action::Topic(_) if are_digits => continue,
                Action::Digit(_) => continue,
                action => {
                    let contexts = [Context::Command, Context::Tour, Context::Marks, Context::Editing];
                    let mut keys = contexts.into_iter().map(|context| keymap.keys_of(context, action));
                    (keys.find(|keys| !keys.is_empty()).unwrap_or_default().join("  "), row.help)
                }
            };
            let gap = widest.saturating_sub(width(&keys)).max(2);
            let lead = vec![Run::new(format!("  {keys}{}", " ".repeat(gap)), Ink::of(Role::Strong))];
            writer.paragraph(lead, &[Run::new(help, Ink::of(Role::Body))]);
        }
    }
    writer.blank();
    writer.paragraph(vec![], &[Run::new("How well a statement stands", Ink::of(Role::Heading))]);
    for kind in StandingKind::ALL {
        let sign = if charset == Charset::Ascii { kind.letter() } else { kind.sign() };
        let word = format!("{sign}  {}", kind.word());
        let gap = widest.saturating_sub(width(&word)).max(2);
        let ink = Ink::of(Role::Standing(kind));
        let lead = vec![Run::new(format!("  {word}{}", " ".repeat(gap)), ink)];
        writer.paragraph(lead, &[Run::new(kind.meaning(), Ink::of(Role::Body))]);
    }
    writer.blank();
    writer.paragraph(vec![], &[Run::new("What can be searched for", Ink::of(Role::Heading))]);
    super::search::language(&mut writer);
    writer.blank();
    let more = "Letters typed with a Russian, Ukrainian or Korean layout mean the key they lie on. \
        Shift and the mouse select text in most terminals.";
    writer.paragraph(vec![], &[Run::new(more, Ink::of(Role::Muted))]);
    writer.finish()
}
