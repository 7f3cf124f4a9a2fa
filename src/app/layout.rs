//! Where the panes are: one pure function of size and state, called by `update` and by `draw`.
//!
//! Must never look at what is in a pane, so that nothing moves while one reads.

use ratatui::layout::Rect;

use super::document::MEASURE;
use super::{Focus, Lens, Overlay, Size, State};

/// Columns from which list and page stand side by side.
const TWO_COLUMNS: u16 = 60;
/// Columns from which a third one stands beside them.
const THREE_COLUMNS: u16 = 150;
/// Rows under which there is one pane at a time.
const FEW_ROWS: u16 = 15;
/// Rows from which the standings are explained at all times.
const LEGEND_ROWS: u16 = 26;
/// Cells of a page beside its text: the bar of the selection, a blank on each side.
pub const MARGIN: u16 = 2;

/// Cells of "as of 2024-01" beside the tabs of a small screen, where there is no row for the title.
const AS_OF: u16 = 15;

/// Under this size there is one line that says so.
pub const SMALLEST: Size = Size { columns: 20, rows: 5 };

/// How a screen is made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Screen {
    /// Panes side by side, as many as there is room for.
    #[default]
    Panes,
    /// Lines of text, one pane at a time, nothing drawn: for those who hear the screen.
    Lines,
}

/// The areas of a screen. What there is no room for is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// The dossier's title and its date; on a small screen the date alone.
    pub title: Rect,
    /// The tabs, or what is searched for.
    pub tabs: Rect,
    /// The rule under them.
    pub rule: Rect,
    /// The list of entries, or of hits.
    pub list: Rect,
    /// The entry or entity.
    pub page: Rect,
    /// What it is connected with.
    pub aside: Rect,
    /// The line over a lens: what one looks at, and what is left out.
    pub caption: Rect,
    /// The picture of a lens, or its text.
    pub lens: Rect,
    /// What is selected in the lens, in words.
    pub detail: Rect,
    /// What the signs mean.
    pub legend: Rect,
    /// Keys, address, position.
    pub footer: Rect,
}

impl Panes {
    /// The cells in which a page's text stands.
    pub fn text(self) -> Rect {
        let room = self.page.width.saturating_sub(2 * MARGIN);
        Rect { x: self.page.x + MARGIN, width: room.min(MEASURE), ..self.page }
    }

    /// Whether list and page are seen at once.
    pub const fn both(self) -> bool {
        self.list.width > 0 && self.page.width > 0
    }
}

/// Places the panes.
pub fn arrange(state: &State) -> Panes {
    let Size { columns, rows } = state.size;
    if columns < SMALLEST.columns || rows < SMALLEST.rows {
        return Panes::default();
    }
    let line = |y: u16| Rect { x: 0, y, width: columns, height: 1 };
    let lines = state.screen == Screen::Lines;
    let legend_rows = u16::from(rows >= LEGEND_ROWS && columns >= TWO_COLUMNS && !lines);
    // A small screen spends no row on title and rule: tabs and address say where one is.
    let small = rows < FEW_ROWS || lines;
    let top = if small { 1 } else { 3 };
    let mut panes = Panes { footer: line(rows - 1), ..Panes::default() };
    if small {
        let date = if columns < TWO_COLUMNS { AS_OF / 2 + 1 } else { AS_OF };
        panes.tabs = Rect { width: columns - date, ..line(0) };
        panes.title = Rect { x: columns - date, width: date, ..line(0) };
    } else {
        panes.title = line(0);
        panes.tabs = line(1);
        panes.rule = line(2);
    }
    if legend_rows > 0 {
        panes.legend = line(rows - 2);
    }
    let body = Rect { x: 0, y: top, width: columns, height: rows - top - 1 - legend_rows };
    columns_of(state, body, &mut panes);
    panes
}

/// A lens takes the whole body: what is selected is told beside it where there is room, else below.
fn lens_of(state: &State, body: Rect, panes: &mut Panes) {
    panes.caption = Rect { height: body.height.min(1), ..body };
    let rest = Rect { y: body.y + panes.caption.height, height: body.height - panes.caption.height, ..body };
    if body.width >= THREE_COLUMNS && state.screen == Screen::Panes {
        let detail = (body.width / 3).min(MEASURE + 2 * MARGIN);
        panes.lens = Rect { width: rest.width - detail - 1, ..rest };
        panes.detail = Rect { x: rest.right() - detail, width: detail, ..rest };
        return;
    }
    let lines = match rest.height {
        30.. => 9,
        22.. => 7,
        14.. => 5,
        6.. => 3,
        _ => 0,
    };
    panes.lens = Rect { height: rest.height - lines - u16::from(lines > 0), ..rest };
    panes.detail = Rect { y: rest.bottom() - lines, height: lines, ..rest };
}

fn columns_of(state: &State, body: Rect, panes: &mut Panes) {
    let searching = matches!(state.overlay, Some(Overlay::Search(_)));
    let reads_over = matches!(
        state.overlay,
        Some(Overlay::Help { .. } | Overlay::About { .. } | Overlay::Problems { .. })
    );
    if state.lenses.shown != Lens::Read && !searching && !reads_over {
        lens_of(state, body, panes);
        return;
    }
    if body.width < TWO_COLUMNS || state.size.rows < FEW_ROWS || state.screen == Screen::Lines {
        let list = searching || state.focus == Focus::List;
        *(if list { &mut panes.list } else { &mut panes.page }) = body;
        return;
    }
    let list = list_width(body.width, searching);
    panes.list = Rect { width: list, ..body };
    let rest = Rect { x: body.x + list + 1, width: body.width - list - 1, ..body };
    let page = MEASURE + 2 * MARGIN;
    if body.width >= THREE_COLUMNS && rest.width > page + 1 {
        panes.page = Rect { width: page, ..rest };
        panes.aside = Rect { x: rest.x + page + 1, width: rest.width - page - 1, ..rest };
    } else {
        panes.page = rest;
    }
}

const fn list_width(columns: u16, searching: bool) -> u16 {
    match (columns, searching) {
        (THREE_COLUMNS.., false) => 44,
        (THREE_COLUMNS.., true) => 60,
        (100.., false) => 40,
        (100.., true) => columns / 2 - 4,
        (80.., false) => 31,
        (_, true) => columns / 2,
        (_, false) => columns * 2 / 5,
    }
}
