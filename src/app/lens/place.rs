//! The frame around all lenses: moving along the text twin, clicks and the wheel, and keeping tab and selection together.

use ratatui::layout::Position;

use super::{Answer, Lens, Library, Row, Scope, Sight, State, Subject};
use crate::action::Action;
use crate::app::{Page, scroll};
use crate::knowledge::StatementIx;

/// The row that stands for the shared selection: itself, its statement, its entry, or else the first.
pub(super) fn nearest_row(rows: &[Row], sight: Sight<'_>) -> Option<Subject> {
    let knowledge = sight.knowledge;
    let marks = || rows.iter().filter_map(|row| if let Row::Mark(mark) = row { Some(*mark) } else { None });
    let first = marks().next();
    let Some(wanted) = sight.subject else { return first };
    let entry = wanted.entry(knowledge);
    let near = |mark: &Subject| {
        if *mark == wanted {
            0
        } else if wanted.statement(knowledge).is_some_and(|own| mark.statement(knowledge) == Some(own)) {
            1
        } else if entry.is_some() && mark.entry(knowledge) == entry {
            2
        } else if let (Subject::Entity(entity), Some(statement)) = (*mark, wanted.statement(knowledge)) {
            if knowledge.statement(statement).named().any(|named| named == entity) { 3 } else { 4 }
        } else {
            4
        }
    };
    let best = marks().min_by_key(near)?;
    if near(&best) < 4 { Some(best) } else { first }
}

/// The statements behind a subject; of an entity those of the open topic, if there are any.
pub(super) fn statements_of(subject: Subject, sight: Sight<'_>) -> Vec<StatementIx> {
    if let (Subject::Entity(entity), Scope::Topic(_)) = (subject, sight.scope) {
        let here: Vec<StatementIx> = sight.scope.naming(sight.knowledge, entity).collect();
        if !here.is_empty() {
            return here;
        }
    }
    subject.statements(sight.knowledge)
}

/// The first row of the text twin that is seen: the selected one stands in the middle, as far as there are rows.
pub fn text_top(len: usize, selected: usize, height: usize) -> usize {
    selected.saturating_sub(height / 2).min(len.saturating_sub(height))
}

/// Moves in the open lens. `false` if the action means nothing there.
pub(crate) fn step(state: &mut State, action: Action, library: &Library) -> bool {
    let sight = state.sight(library);
    let mut lenses = state.lenses;
    let own = lenses.subject_at(sight).and_then(|own| own.statement(sight.knowledge));
    let is_text = lenses.is_text(sight);
    let Some(optic) = lenses.optic_mut() else { return false };
    let answer = match action {
        Action::NextEntry | Action::PreviousEntry => along(&optic.statements(sight), own, action),
        // Where there is no row to move from, the lens knows where to begin.
        _ if is_text && moves_rows(action) && optic.selected(sight).is_some() => {
            let selected = optic.selected(sight);
            down(&optic.rows(sight), selected, action, sight.area.height)
        }
        _ => optic.act(sight, action),
    };
    state.lenses = lenses;
    settle_answer(state, answer, library)
}

/// Whether an action moves along the rows of a text twin.
fn moves_rows(action: Action) -> bool {
    crate::app::scroll::is_movement(action) || matches!(action, Action::ReadOn | Action::ReadBack)
}

fn settle_answer(state: &mut State, answer: Answer, library: &Library) -> bool {
    match answer {
        Answer::Select(subject) => select(state, subject, library),
        Answer::Done => {}
        Answer::Nothing => return false,
    }
    true
}

/// The statement after or before the selected one, of those behind the mark.
fn along(statements: &[StatementIx], own: Option<StatementIx>, action: Action) -> Answer {
    let at = own.and_then(|own| statements.iter().position(|statement| *statement == own));
    let to = match (at, action) {
        (None, _) => 0,
        (Some(at), Action::NextEntry) => at + 1,
        (Some(at), _) => at.saturating_sub(1),
    };
    statements.get(to).map_or(Answer::Done, |to| Answer::Select(Subject::Statement(*to)))
}

/// A row of the text twin further on.
fn down(rows: &[Row], selected: Option<Subject>, action: Action, height: u16) -> Answer {
    let marks: Vec<Subject> =
        rows.iter().filter_map(|row| if let Row::Mark(mark) = row { Some(*mark) } else { None }).collect();
    let from = selected.and_then(|selected| marks.iter().position(|mark| *mark == selected));
    let to = from.map_or(0, |from| scroll::row(from, action, marks.len(), height.into()));
    marks.get(to).map_or(Answer::Done, |mark| Answer::Select(*mark))
}

/// Selects a subject. The tab and the row of its list follow, so that reading begins where one looked.
pub(crate) fn select(state: &mut State, subject: Subject, library: &Library) {
    let knowledge = &library.knowledge;
    state.lenses.subject = Some(subject);
    if let (Scope::Topic(_), Some(entry)) = (state.scope(), subject.entry(knowledge)) {
        state.topic = knowledge.entry(entry).topic;
        state.page = Page::Entry(entry);
        if let Some(cursor) = state.lists.get_mut(state.topic.at()) {
            cursor.row = knowledge.row_of(entry);
        }
    }
}

/// What lies at a cell of the lens.
fn under(state: &State, at: Position, library: &Library) -> Option<Subject> {
    let sight = state.sight(library);
    let optic = state.lenses.optic()?;
    if !state.lenses.is_text(sight) {
        return optic.at(sight, at);
    }
    let rows = optic.rows(sight);
    let selected = optic.selected(sight);
    let own = rows.iter().position(|row| selected.is_some_and(|selected| *row == Row::Mark(selected)));
    let height = usize::from(sight.area.height);
    let line = usize::from(at.y.checked_sub(sight.area.y)?);
    match rows.get(text_top(rows.len(), own.unwrap_or_default(), height) + line)? {
        Row::Mark(subject) => Some(*subject),
        Row::Heading(_) => None,
    }
}

/// A click selects; a click on what is selected opens it, and so a double click opens. `true` if it is to be opened.
pub(crate) fn click(state: &mut State, at: Position, library: &Library) -> bool {
    let panes = state.panes();
    if panes.detail.contains(at) {
        return true;
    }
    if !panes.lens.contains(at) {
        return false;
    }
    let Some(subject) = under(state, at, library) else { return false };
    if state.lenses.selected(state.sight(library)) == Some(subject) && state.lenses.subject.is_some() {
        return true;
    }
    select(state, subject, library);
    false
}

/// The wheel zooms where the mouse is; in the text twin it moves.
pub(crate) fn wheel(state: &mut State, at: Position, is_down: bool, library: &Library) {
    let sight = state.sight(library);
    if !sight.area.contains(at) {
        let action = if is_down { Action::NextEntry } else { Action::PreviousEntry };
        step(state, action, library);
        return;
    }
    let mut lenses = state.lenses;
    if lenses.is_text(sight) {
        step(state, if is_down { Action::LineDown } else { Action::LineUp }, library);
        return;
    }
    let action = if is_down { Action::ZoomOut } else { Action::ZoomIn };
    let Some(optic) = lenses.optic_mut() else { return };
    let answer = optic.zoom_at(sight, action, at);
    state.lenses = lenses;
    settle_answer(state, answer, library);
}

/// Lets the open lens look where its selection can be seen.
pub(crate) fn settle(state: &mut State, library: &Library) {
    if state.lenses.shown == Lens::Read {
        return;
    }
    let mut lenses = state.lenses;
    if let Some(optic) = lenses.optic_mut() {
        optic.settle(state.sight(library));
    }
    state.lenses = lenses;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::EntryIx;

    #[test]
    fn the_selected_row_is_seen_and_no_line_is_wasted() {
        for (len, height) in [(0, 0), (0, 5), (3, 5), (5, 5), (100, 5), (100, 1)] {
            for selected in 0..len {
                let top = text_top(len, selected, height);
                assert!(top <= selected && selected < top + height, "{selected} of {len} in {height}");
                assert!(top == 0 || top + height <= len, "lines are left empty");
            }
        }
    }

    #[test]
    fn rows_are_walked_past_headings_and_stay_inside() {
        let mark = |at| Subject::Entry(EntryIx(at));
        let rows = [Row::Heading(0), Row::Mark(mark(0)), Row::Heading(1), Row::Mark(mark(1))];
        for (from, action, to) in [
            (Some(mark(0)), Action::LineDown, Answer::Select(mark(1))),
            (Some(mark(1)), Action::LineDown, Answer::Select(mark(1))),
            (Some(mark(1)), Action::First, Answer::Select(mark(0))),
            (None, Action::LineDown, Answer::Select(mark(0))),
        ] {
            assert_eq!(down(&rows, from, action, 3), to, "{action:?} from {from:?}");
        }
        assert_eq!(down(&[], None, Action::LineDown, 3), Answer::Done);
    }
}
