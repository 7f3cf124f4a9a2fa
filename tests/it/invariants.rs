//! What must hold after every message, whatever it was: the state is whole, and its screen is clean.

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tumen::app::{Focus, Lens, Library, Overlay, State, palette, panel};
use tumen::text::clean::is_hostile;
use tumen::text::width::width;

/// Nothing, or what does not hold.
pub(crate) type Checked = Result<(), TestCaseError>;

/// What is selected exists, and is seen.
pub(crate) fn check_state(state: &State, library: &Library) -> Checked {
    let knowledge = &library.knowledge;
    prop_assert!(state.topic.at() < knowledge.topics.len(), "no such topic");
    prop_assert_eq!(state.lists.len(), knowledge.topics.len());
    prop_assert!(state.pending.len() < 5, "keys pile up");
    check_list(state, library)?;
    // Behind a lens the page is not seen; it is brought into order when one reads again.
    if state.lenses.shown == Lens::Read {
        check_page(state, library)?;
    }
    check_overlay(state, library)?;
    crate::lenses::check_lens(state, library)?;
    let address = state.address(library);
    let text = knowledge.address_text(address);
    prop_assert_eq!(knowledge.address(&text), Ok(address), "{}", text);
    Ok(())
}

fn check_list(state: &State, library: &Library) -> Checked {
    let (rows, cursor) = (state.rows(library), state.cursor());
    prop_assert!(cursor.row < rows.len().max(1), "row {} of {}", cursor.row, rows.len());
    prop_assert!(cursor.top <= cursor.row, "row {} above the first one seen, {}", cursor.row, cursor.top);
    let pane = state.panes().list;
    if pane.height > 0 && !rows.is_empty() {
        let lines = usize::from(pane.height.saturating_sub(panel::summary_lines(state, library)));
        let used: usize = (cursor.top..=cursor.row).map(|row| rows.height(row)).sum();
        // A row of two lines in a pane of one is seen as far as it can be.
        let most = lines.max(rows.height(cursor.row));
        prop_assert!(lines > 0 && used <= most, "the selected row ends at line {used} of {lines}");
    }
    Ok(())
}

fn check_page(state: &State, library: &Library) -> Checked {
    let document = state.document(library);
    let (stops, lines) = (&document.stops, document.lines.len());
    let seen = usize::from(state.panes().text().height);
    prop_assert!(state.stop < stops.len().max(1), "stop {} of {}", state.stop, stops.len());
    prop_assert!(
        state.scroll <= lines.saturating_sub(seen.max(1)),
        "scrolled to {} of {lines}",
        state.scroll
    );
    let room = usize::from(state.panes().text().width);
    for line in document.lines.iter().filter(|_| room > 1) {
        let cells: usize = line.iter().map(|run| width(&run.text)).sum();
        prop_assert!(cells <= room, "a line of {cells} cells in {room}: {line:?}");
    }
    let is_seen = |at: &usize| {
        stops.get(*at).is_some_and(|s| s.lines.start < state.scroll + seen && s.lines.end > state.scroll)
    };
    if state.focus == Focus::Page && seen > 0 && (0..stops.len()).any(|at| is_seen(&at)) {
        prop_assert!(is_seen(&state.stop), "stop {} is out of sight, others are not", state.stop);
    }
    Ok(())
}

fn check_overlay(state: &State, library: &Library) -> Checked {
    if let Some(document) = panel::document(state, library) {
        let lines = document.lines.len();
        if let Some(Overlay::Help { top } | Overlay::About { top } | Overlay::Problems { top }) =
            state.overlay
        {
            let most = lines.saturating_sub(panel::lines_seen(state));
            prop_assert!(top <= most, "the panel begins at line {top}, not at most {most}");
        }
    }
    let (row, top, rows, seen) = match &state.overlay {
        Some(Overlay::Search(search)) => (search.row, search.top, search.hits.rows.len(), usize::MAX),
        Some(Overlay::Palette(open)) => (open.row, open.top, open.rows().len(), palette::ROWS),
        Some(Overlay::Standings { row }) => (*row, 0, panel::STANDING_ROWS, usize::MAX),
        _ => return Ok(()),
    };
    prop_assert!(row < rows.max(1), "row {row} of {rows}");
    prop_assert!(top <= row && row - top < seen, "row {row} of {seen} from {top} on");
    Ok(())
}

pub(crate) fn drawn(state: &State, library: &Library) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.columns, state.size.rows));
    let cursor = tumen::ui::draw(state, library, &mut buffer);
    assert!(cursor.is_none_or(|at| buffer.area.contains(at)), "the cursor is off the screen: {cursor:?}");
    buffer
}

/// No cell holds what could drive a terminal, and no wide letter is cut in half.
pub(crate) fn check_cells(buffer: &Buffer) -> Checked {
    for y in 0..buffer.area.height {
        let mut covered = 0;
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            prop_assert!(!symbol.chars().any(is_hostile), "{symbol:?} at {x}, {y}");
            let cells = width(symbol);
            prop_assert!(cells > 0, "{symbol:?} takes no cell at {x}, {y}");
            prop_assert!(covered == 0 || symbol == " ", "{symbol:?} over half a letter at {x}, {y}");
            prop_assert!(
                usize::from(x) + cells <= usize::from(buffer.area.width),
                "{symbol:?} cut by the edge, row {y}"
            );
            covered = if covered > 0 { covered - 1 } else { cells - 1 };
        }
    }
    Ok(())
}
