//! Where panes and tabs are, at every size: inside the screen, apart from each other, and enough to read.

use ratatui::layout::Rect;
use tumen::app::document::MEASURE;
use tumen::app::layout::{SMALLEST, arrange};
use tumen::app::tabs::tabs;
use tumen::app::{Msg, Size};
use tumen::text::width::width;

use crate::session::Session;

#[test]
fn panes_lie_inside_and_apart_at_every_size() {
    for keys in ["", "Enter", "/ 'treaty'", "t", "t ?", "e / 'treaty'"] {
        let mut session = Session::shipped(80, 24);
        session.press(keys);
        for columns in 0..=200 {
            for rows in 0..=50 {
                session.state.size = Size { columns, rows };
                let panes = arrange(&session.state);
                let screen = Rect::new(0, 0, columns, rows);
                let all = [
                    panes.title,
                    panes.tabs,
                    panes.rule,
                    panes.list,
                    panes.page,
                    panes.aside,
                    panes.caption,
                    panes.lens,
                    panes.detail,
                    panes.legend,
                    panes.footer,
                ];
                for (at, pane) in all.iter().enumerate() {
                    assert_eq!(screen.intersection(*pane), *pane, "at {columns}×{rows}");
                    for other in &all[at + 1..] {
                        assert!(
                            pane.intersection(*other).is_empty(),
                            "{pane} and {other} at {columns}×{rows}"
                        );
                    }
                }
                assert!(panes.text().width <= MEASURE, "text is too wide at {columns}×{rows}");
                let usable = columns >= SMALLEST.columns && rows >= SMALLEST.rows;
                let height = panes.list.height.max(panes.page.height).max(panes.lens.height);
                assert_eq!(height > 0, usable, "something is read at {columns}×{rows}");
            }
        }
    }
}

#[test]
fn the_open_tab_is_seen_at_every_width() {
    let session = Session::shipped(80, 24);
    let knowledge = &session.library.knowledge;
    for open in knowledge.topic_ixs() {
        for columns in 12..=200 {
            let row = tabs(knowledge, open, columns, false);
            assert!(
                row.iter().any(|tab| tab.topic == open && tab.more == 0),
                "the open tab is not there at {columns}"
            );
            for pair in row.windows(2) {
                let end = pair[0].column + width(&pair[0].label) as u16;
                assert!(end < pair[1].column, "tabs touch at {columns}");
            }
            let last = row.last().expect("there are tabs");
            assert!(last.column + width(&last.label) as u16 <= columns, "tabs are cut at {columns}");
        }
    }
}

#[test]
fn panes_follow_the_design() {
    // Columns, rows → list, page, third column.
    for (columns, rows, seen) in [
        (160, 45, (true, true, true)),
        (150, 45, (true, true, true)),
        (149, 45, (true, true, false)),
        (100, 30, (true, true, false)),
        (60, 15, (true, true, false)),
        (59, 30, (true, false, false)),
        (100, 14, (true, false, false)),
        (40, 12, (true, false, false)),
        (19, 5, (false, false, false)),
    ] {
        let mut session = Session::shipped(80, 24);
        session.take(&Msg::Resize(Size { columns, rows }));
        let panes = session.state.panes();
        let found = (panes.list.width > 0, panes.page.width > 0, panes.aside.width > 0);
        assert_eq!(found, seen, "at {columns}×{rows}");
    }
}

#[test]
fn a_resize_keeps_the_selected_statement_in_sight() {
    for (columns, rows) in [(40, 12), (60, 15), (80, 16), (20, 5), (160, 45)] {
        let mut session = Session::shipped(100, 40);
        session.press("2 j j j j Enter j j");
        session.take(&Msg::Resize(Size { columns, rows }));
        let stop = session.state.document(&session.library).stops[session.state.stop].clone();
        let seen =
            session.state.scroll..session.state.scroll + usize::from(session.state.panes().text().height);
        assert!(seen.contains(&stop.lines.start), "{:?} of {seen:?} at {columns}×{rows}", stop.lines);
    }
}
