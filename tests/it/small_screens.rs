//! What goes wrong where there is little room, or suddenly another amount of it.

use tumen::app::{Msg, Size};
use tumen::text::width::width;

use crate::session::Session;

fn resize(session: &mut Session, columns: u16, rows: u16) {
    session.take(&Msg::Resize(Size { columns, rows }));
}

#[test]
fn keys_on_a_page_that_there_is_no_room_for_do_nothing_bad() {
    for key in ["Enter", "f"] {
        let mut session = Session::shipped(80, 24);
        session.press("Enter");
        let before = session.address();
        resize(&mut session, 10, 3);
        session.press(key);
        resize(&mut session, 80, 24);
        assert_eq!(session.address(), before, "{key}");
    }
}

fn check_in_sight(session: &Session) {
    let (state, library) = (&session.state, &session.library);
    let stop = state.document(library).stops[state.stop].lines.clone();
    let seen = state.scroll..state.scroll + usize::from(state.panes().text().height);
    assert!(stop.start < seen.end && stop.end > seen.start, "{stop:?} not in {seen:?}, {:?}", state.size);
}

#[test]
fn the_selected_statement_stays_in_sight_when_the_size_changes() {
    for (columns, rows) in [(40, 12), (20, 5), (80, 24), (60, 15), (300, 100)] {
        let mut session = Session::shipped(200, 60);
        session.press("Enter G");
        resize(&mut session, columns, rows);
        check_in_sight(&session);
        // And when it changed while one was elsewhere.
        let mut session = Session::shipped(200, 60);
        session.press("Enter G Tab");
        resize(&mut session, columns, rows);
        session.press("Backspace");
        check_in_sight(&session);
    }
}

#[test]
fn a_box_leaves_no_half_of_a_wide_letter_at_its_edge() {
    let file = include_str!("../data/small.ron")
        .replace("title: \"History\"", &format!("title: \"{}\"", "강".repeat(40)));
    for columns in 148..152 {
        let mut session = Session::of(crate::session::library(file.as_bytes()), columns, 6);
        session.press("s");
        let buffer = session.buffer();
        for y in 0..buffer.area.height {
            for x in 1..columns {
                let (before, here) = (buffer[(x - 1, y)].symbol(), buffer[(x, y)].symbol());
                assert!(width(before) < 2 || here == " ", "{before:?} under {here:?} at {x}, {y}");
            }
        }
    }
}
