//! Giving a tour: choosing one, going through it, stepping aside and coming back.

use super::lens;
use crate::action::Action;
use crate::app::lens::Subject;
use crate::app::tour::{self, Presenting};
use crate::app::{Library, Note, Overlay, State};
use crate::knowledge::{Lens, TourIx};

/// Back to the tour that one stepped aside from, else the list of tours.
pub(super) fn tours(state: &mut State, library: &Library) {
    match &mut state.tour {
        Some(tour) if !tour.on_stage => tour.on_stage = true,
        _ if library.knowledge.tours.is_empty() => {
            state.message = Some("this file has no tours".to_owned());
        }
        _ => {
            let row = state.tour.or(state.left_tour).map_or(0, |tour| tour.tour.at());
            state.overlay = Some(Overlay::Tours { row });
        }
    }
}

/// Begins a tour, or goes on with it if it was left before its end.
pub(in crate::app) fn begin(state: &mut State, tour: TourIx, library: &Library) {
    state.overlay = None;
    let left = [state.tour, state.left_tour].into_iter().flatten().find(|left| left.tour == tour);
    if library.knowledge.tours.get(tour.at()).is_none_or(|tour| tour.steps.is_empty()) {
        state.message = Some("this tour has no steps".to_owned());
        return;
    }
    state.left_tour = None;
    state.tour = Some(Presenting { on_stage: true, ..left.unwrap_or(Presenting::new(tour)) });
}

/// Does what an action means on the stage. `false` if it means nothing there.
pub(super) fn on_stage(state: &mut State, action: Action, library: &Library) -> bool {
    let (Some(mut tour), Some(shown)) = (state.tour, tour::shown(state, library)) else { return false };
    let steps = tour.tour(&library.knowledge).map_or(0, |tour| tour.steps.len());
    let number = std::mem::take(&mut tour.number);
    match action {
        Action::TourNext | Action::TourLast if number > 0 => jump(state, &mut tour, number, steps),
        Action::TourNext if tour.part + 1 < shown.parts => tour.part += 1,
        Action::TourNext if tour.step + 1 < steps => tour.go(tour.step + 1, 0, state.clock),
        Action::TourNext => {
            state.say(Note::from("the end of the tour").with(&[Action::Close], "leaves it"), library);
        }
        // Whoever goes back wants to see again what was there, not to reveal it once more.
        Action::TourBack if tour.part > 0 => tour.part -= 1,
        Action::TourBack if tour.step > 0 => tour.go(tour.step - 1, usize::MAX, state.clock),
        Action::TourBack => state.message = Some("the beginning of the tour".to_owned()),
        Action::TourFirst => tour.go(0, 0, state.clock),
        Action::TourLast => tour.go(steps.saturating_sub(1), 0, state.clock),
        Action::Digit(digit) => tour.number = (number * 10 + usize::from(digit)) % 10_000,
        Action::Notes => tour.notes = !tour.notes,
        _ => return false,
    }
    state.tour = Some(tour);
    true
}

fn jump(state: &mut State, tour: &mut Presenting, number: usize, steps: usize) {
    if number <= steps {
        tour.go(number - 1, 0, state.clock);
    } else {
        state.message = Some(format!("the tour has {steps} steps"));
    }
}

/// One looks something up: the explorer has the screen, at the step's place, until one comes back.
pub(super) fn step_aside(state: &mut State, library: &Library) {
    let Some(tour) = &mut state.tour else { return };
    tour.on_stage = false;
    tour.number = 0;
    let part = tour.part;
    let Some(step) = tour.step(&library.knowledge) else { return };
    state.visit(step.show, library);
    if step.lens != Lens::Read {
        lens::look(state, step.lens, library);
        state.lenses.subject =
            step.reveal.get(part).map(|ix| Subject::Statement(*ix)).or(state.lenses.subject);
    }
}

/// Leaves the tour; the explorer is where it was.
pub(super) fn leave(state: &mut State, library: &Library) {
    step_aside(state, library);
    state.left_tour = state.tour.take();
}

/// Keeps the part within its step, at any size.
pub(in crate::app) fn settle(state: &mut State, library: &Library) {
    let parts = tour::shown(state, library).map(|shown| shown.parts);
    match (&mut state.tour, parts) {
        (Some(tour), Some(parts)) => tour.part = tour.part.min(parts - 1),
        (tour, _) => *tour = None,
    }
}
