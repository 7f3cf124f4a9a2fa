//! What goes wrong where there is little room, or suddenly another amount of it.

use tumen::app::{Msg, Size};

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
