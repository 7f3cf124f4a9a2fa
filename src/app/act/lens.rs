//! Actions of the lenses: to look through one, to move in it, to read again.

use crate::action::Action;
use crate::app::lens::{self, Lens, Scope, Subject};
use crate::app::{Focus, Library, Note, Page, State};
use crate::knowledge::EntityIx;

/// What opens a lens.
const LENSES: [Action; 4] = [
    Action::Look(Lens::Timeline),
    Action::Look(Lens::Map),
    Action::Look(Lens::Network),
    Action::Look(Lens::Evidence),
];

/// Does what is about lenses. `false` if the action is about something else.
pub(super) fn take(state: &mut State, action: Action, library: &Library) -> bool {
    match action {
        Action::Look(lens) => look(state, lens, library),
        _ if state.lenses.shown == Lens::Read => match action {
            Action::Twin
            | Action::Arrange
            | Action::ZoomIn
            | Action::ZoomOut
            | Action::ZoomFit
            | Action::PanLeft
            | Action::PanRight
            | Action::PanUp
            | Action::PanDown => {
                state.say(Note::from("this is for lenses").with(&LENSES, "open one"), library);
            }
            _ => return false,
        },
        Action::Twin => {
            let text = state.lenses.is_text(state.sight(library));
            state.lenses.text = Some(!text);
        }
        Action::Open => {
            let sight = state.sight(library);
            if let Some(entity) = state.lenses.centres(sight) {
                look_at(state, entity);
            } else if let Some(subject) = state.lenses.subject_at(sight) {
                state.visit(subject.address(&library.knowledge), library);
            }
        }
        Action::Links => state.say(Note::from("no links in a lens").with(&[Action::Open], "reads"), library),
        _ => return lens::step(state, action, library),
    }
    true
}

/// Looks at an entity through the open lens; what is selected stays so.
fn look_at(state: &mut State, entity: EntityIx) {
    if state.page != Page::Entity(entity) {
        state.history.leave(state.place());
        state.passing = false;
        state.page = Page::Entity(entity);
    }
}

/// Looks through a lens, or reads again at what is selected.
pub(super) fn look(state: &mut State, lens: Lens, library: &Library) {
    if state.lenses.shown == lens {
        return;
    }
    let here = Subject::of(state.address(library));
    state.history.leave(state.place());
    state.passing = false;
    if lens == Lens::Read {
        read(state, library);
        return;
    }
    if state.lenses.shown == Lens::Read {
        // What was selected in a lens stays so, unless one has read on elsewhere since.
        let knowledge = &library.knowledge;
        let kept = state.lenses.subject.filter(|kept| match here {
            Some(Subject::Entry(entry)) => kept.entry(knowledge) == Some(entry),
            Some(Subject::Entity(entity)) => kept
                .statement(knowledge)
                .is_some_and(|statement| Scope::Entity(entity).holds(knowledge, statement)),
            _ => false,
        });
        state.lenses.subject = kept.or(here);
        // The page is written anew when one reads again.
        (state.focus, state.stop, state.scroll) = (Focus::List, 0, 0);
    }
    state.lenses.shown = lens;
}

/// Reads what was looked at: on the page of an entity that page, on a tab the entry of what is selected.
fn read(state: &mut State, library: &Library) {
    let knowledge = &library.knowledge;
    let subject = state.lenses.subject_at(state.sight(library));
    let statement = subject.and_then(|subject| subject.statement(knowledge));
    match (state.scope(), subject) {
        (Scope::Entity(entity), _) => {
            use crate::knowledge::Address;
            state.go(Address::Entity(entity), library);
            let target = statement.map(Address::Statement);
            state.select(|stop| stop.target.is_some() && stop.target == target, library);
        }
        (Scope::Topic(_), Some(subject)) if subject.entry(knowledge).is_some() => {
            state.go(subject.address(knowledge), library);
        }
        (Scope::Topic(_), _) => {
            state.lenses.shown = Lens::Read;
            state.show_row(library);
        }
    }
}
