//! A machine that is short of everything, and signals that nobody sends: no mode is left on, and no key is lost.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::pty::{Session, program, tumen};

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

#[test]
fn every_signal_that_would_end_the_program_gives_the_terminal_back() {
    for signal in [
        Signal::USR1,
        Signal::USR2,
        Signal::ALARM,
        Signal::VTALARM,
        Signal::PROF,
        Signal::XCPU,
        Signal::ABORT,
        Signal::IO,
        Signal::SYS,
        Signal::TRAP,
    ] {
        let mut session = Session::start(tumen(&[]));
        session.expect(FRAME);
        session.signal(signal);
        let status = session.end().code();
        assert_eq!(status, Some(128 + signal.as_raw()), "{signal:?}: {}", session.text());
        assert_given_back(&session, &format!("{signal:?}"));
    }
}

#[test]
fn signals_that_end_nothing_end_nothing() {
    for signal in [Signal::PIPE, Signal::CHILD, Signal::URG, Signal::CONT, Signal::WINCH, Signal::XFSZ] {
        let mut session = Session::start(tumen(&[]));
        let seen = session.expect(FRAME);
        session.signal(signal);
        session.press("?");
        session.expect_after(seen, "one line down");
        session.press("Q");
        assert_eq!(session.end().code(), Some(0), "{signal:?}");
        assert_given_back(&session, &format!("{signal:?}"));
    }
}

#[test]
fn with_few_descriptors_it_works_or_says_that_it_cannot() {
    let (mut worked, mut refused) = (0, 0);
    for most in 3..=40 {
        let script = format!("ulimit -n {most}; exec '{PROGRAM}'");
        let mut session = Session::start(program("bash", &["-c", &script]));
        let deadline = Instant::now() + Duration::from_secs(20);
        let has_frame =
            |session: &Session| session.sent.windows(FRAME.len()).any(|at| at == FRAME.as_bytes());
        while !has_frame(&session) && session.read_some(deadline) {}
        if has_frame(&session) {
            let seen = session.sent.len();
            // It is not deaf, and what it opens later has room as well.
            session.press("?");
            session.expect_after(seen, "one line down");
            session.press("Q");
            assert_eq!(session.end().code(), Some(0), "{most}: {}", session.text());
            worked += 1;
        } else {
            assert_ne!(session.end().code(), Some(0), "{most}");
            assert!(!session.sent.is_empty(), "{most}: nothing is said");
            refused += 1;
        }
        assert_given_back(&session, &format!("{most} descriptors"));
    }
    assert!(
        worked > 5 && refused > 5,
        "{worked} worked, {refused} were refused: the test sees one side only"
    );
    // What is allowed may be more than what holds.
    let script = format!("ulimit -Sn 8; exec '{PROGRAM}'");
    let mut session = Session::start(program("bash", &["-c", &script]));
    session.expect(FRAME);
    session.press("Q");
    assert_eq!(session.end().code(), Some(0));
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
        // The largest file that may be written: as a full disk.
        ("ulimit -f 0", "for this session only: ", "have not been kept: File too large"),
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
