//! The arithmetic of rows: where a movement leads. Pure numbers, at the bottom of the room.
//!
//! Must never import anything of `app`: lists, pages, boxes and lenses all stand on it.

use crate::action::Action;

/// Whether an action moves along rows, whatever they are.
pub(super) const fn is_movement(action: Action) -> bool {
    matches!(
        action,
        Action::LineDown
            | Action::LineUp
            | Action::HalfPageDown
            | Action::HalfPageUp
            | Action::PageDown
            | Action::PageUp
            | Action::First
            | Action::Last
    )
}

/// Where a movement leads in `len` rows of which `page` are seen at once.
pub(super) fn row(from: usize, action: Action, len: usize, page: usize) -> usize {
    let (page, last) = (page.max(1), len.saturating_sub(1));
    let half = page.div_ceil(2);
    match action {
        Action::LineDown => from.saturating_add(1),
        Action::LineUp => from.saturating_sub(1),
        Action::HalfPageDown => from.saturating_add(half),
        Action::HalfPageUp => from.saturating_sub(half),
        Action::PageDown | Action::ReadOn => from.saturating_add(page),
        Action::PageUp | Action::ReadBack => from.saturating_sub(page),
        Action::First => 0,
        Action::Last => last,
        _ => from,
    }
    .min(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_move_and_stay_inside() {
        for (from, action, len, page, to) in [
            (0, Action::LineUp, 5, 3, 0),
            (4, Action::LineDown, 5, 3, 4),
            (1, Action::PageDown, 9, 4, 5),
            (1, Action::HalfPageDown, 9, 4, 3),
            (8, Action::First, 9, 4, 0),
            (0, Action::Last, 9, 4, 8),
            (0, Action::Last, 0, 0, 0),
            (7, Action::PageDown, 0, 0, 0),
        ] {
            assert_eq!(row(from, action, len, page), to, "{action:?} from {from} of {len}");
        }
    }
}
