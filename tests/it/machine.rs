//! A machine that is short of everything: nothing is called kept that is not.

use std::fs;
use std::path::Path;

use crate::pty::{Session, program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tumen");
const FRAME: &str = "\u{1b}[?2026l";

/// Fails unless the terminal is what it was.
fn assert_given_back(session: &Session, why: &str) {
    assert!(session.has_its_settings(), "{why}: the line settings are not what they were");
    let mut screen = vt100::Parser::default();
    screen.process(&session.sent);
    let screen = screen.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste(), "{why}");
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "{why}");
}

/// A session with a home of its own, that marks a place and leaves: the footer's word for it, and what is said behind
/// the end.
fn mark_and_leave(prepare: &str, home: &Path, expected: &str) -> (String, Option<i32>) {
    let script = format!("{prepare}\nexec '{PROGRAM}'");
    let command = program("bash", &["-c", &script]).current_dir(home).env("HOME", home);
    let mut session = Session::start(command);
    let first = session.expect(FRAME);
    session.press("B");
    session.expect_after(first, expected);
    session.press("Q");
    let status = session.end().code();
    assert_given_back(&session, prepare);
    let sent = String::from_utf8_lossy(&session.sent).into_owned();
    let (_, behind) = sent.rsplit_once("\u{1b}[?1049l").expect("the screen is given back");
    (behind.to_owned(), status)
}

#[test]
fn a_bookmark_is_called_so_only_if_it_is_kept() {
    for (prepare, footer, behind) in [
        ("", "bookmarked: ", ""),
        ("unset HOME", "for this session only: there is no home folder", "new bookmarks have not been kept"),
        // A file where the folder belongs.
        (
            "touch file; export XDG_STATE_HOME=$PWD/file",
            "for this session only: ",
            "new bookmarks and the last place have not been kept",
        ),
        // Another program holds the lock, and does not let go.
        (
            "mkdir -p .local/state/tumen; exec 9>.local/state/tumen/lock; flock 9",
            "for this session only: another program holds",
            "new bookmarks and the last place have not been kept",
        ),
    ] {
        let home = tempfile::tempdir().expect("a folder");
        let (said, status) = mark_and_leave(prepare, home.path(), footer);
        assert_eq!(status, Some(0), "{prepare}");
        assert_eq!(said.contains("not been kept"), !behind.is_empty(), "{prepare}: {said}");
        assert!(said.contains(behind), "{prepare}: {said}");
        let kept = fs::read_to_string(home.path().join(".local/state/tumen/dprk-russia.ron"));
        assert_eq!(kept.is_ok_and(|kept| kept.contains("title: ")), behind.is_empty(), "{prepare}");
    }
}
