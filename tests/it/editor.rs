//! The editor, as the real program starts it: its failures are told, and whatever it leaves behind is put right.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::pty::{Session, tumen};

const FRAME: &str = "\u{1b}[?2026l";
const FILE: &str = "Knowledge(format: 1, id: \"f\", title: \"File\", topics: [Topic(id: \"t\", title: \"Topic\", entries: [\
                    Entry(id: \"e\", title: \"Entry\", statements: [\
                    Statement(id: \"S1\", standing: Established, text: \"One.\")])])])";

/// A session over a file of one's own in `folder`, with its first frame shown.
fn session(folder: &Path, editor: &str) -> Session {
    let path = folder.join("own.ron");
    fs::write(&path, FILE).expect("it can be written");
    let mut session = Session::start(tumen(&[path.to_str().expect("UTF-8")]).env("EDITOR", editor));
    session.expect(FRAME);
    session
}

/// Reads until the screen is as wanted.
fn until(session: &mut Session, what: &str, wanted: impl Fn(&str) -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let mut screen = vt100::Parser::default();
        screen.process(&session.sent);
        let shows = screen.screen().contents();
        if wanted(&shows) {
            return;
        }
        assert!(session.read_some(deadline), "{what} is not seen:\n{shows}");
    }
}

/// A program in `folder`.
fn script(folder: &Path, lines: &str) -> PathBuf {
    let path = folder.join("ed");
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("it can be written");
    let mut permissions = fs::metadata(&path).expect("it is there").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
    fs::set_permissions(&path, permissions).expect("it can be run");
    path
}

#[test]
fn an_editor_that_fails_is_no_reason_to_read_the_file() {
    for (editor, said) in [
        ("/nonexistent/ed", "the editor `/nonexistent/ed` was not found"),
        ("no-such-editor-here -f", "the editor `no-such-editor-here -f` was not found"),
        ("/", "the editor `/` cannot be run"),
        ("false", "the editor `false` ended with status 1"),
        ("A=1 false", "the editor `A=1 false` ended with status 1"),
        ("sh -c 'kill -9 $$'", "was ended by signal 9"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut session = session(folder.path(), editor);
        session.press("E");
        until(&mut session, said, |screen| screen.lines().last().is_some_and(|last| last.contains(said)));
        // It stays until the next key.
        session.press("?");
        until(&mut session, "the keys", |screen| screen.contains("one line down"));
        session.press("Q");
        assert_eq!(session.end().code(), Some(0), "{editor}");
        assert!(!session.text().contains("read anew"), "{editor}: {}", session.text());
        assert!(session.has_its_settings(), "{editor}");
    }
}

/// `ed` and its like take an interrupt for the end of what they are doing, and go on; so does the shell between.
#[test]
fn an_editor_that_goes_on_after_an_interrupt_has_not_failed() {
    let folder = tempfile::tempdir().expect("a folder");
    let waits = "trap 'echo interrupted' INT; echo editing; until read line; do :; done";
    let editor = script(folder.path(), waits);
    let mut session = session(folder.path(), &format!("A=1 {}", editor.display()));
    session.press("E");
    let editing = session.expect("editing");
    session.press("\u{3}");
    session.expect_after(editing, "interrupted");
    session.press("\n");
    until(&mut session, "a word", |screen| screen.contains("read anew"));
    session.press("Q");
    assert_eq!(session.end().code(), Some(0));
}

#[test]
fn an_editor_is_a_command_line() {
    for editor in ["true", "A=1 true", "A=1 B='2 3' test -n", "'/bin/sh' -c 'exit 0'", "exec true"] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut session = session(folder.path(), editor);
        session.press("E");
        until(&mut session, "a word", |screen| screen.contains("read anew"));
        session.press("Q");
        assert_eq!(session.end().code(), Some(0), "{editor}");
    }
}

#[test]
fn what_an_editor_leaves_behind_is_not_left_to_the_next_program() {
    let folder = tempfile::tempdir().expect("a folder");
    // Raw, without echo, other keys; every movement of the mouse, the focus, keys of a calculator, some rows alone.
    let modes = [
        ("\u{1b}[?1003h", "\u{1b}[?1003l"),
        ("\u{1b}[?1002h", "\u{1b}[?1002l"),
        ("\u{1b}[?1004h", "\u{1b}[?1004l"),
        ("\u{1b}[?1h", "\u{1b}[?1l"),
        ("\u{1b}=", "\u{1b}>"),
        ("\u{1b}[?6h", "\u{1b}[?6l"),
        ("\u{1b}[5;10r", "\u{1b}[r"),
        ("\u{1b}(0", "\u{1b}(B"),
    ];
    let on: String = modes.iter().map(|(on, _)| on.replace('\u{1b}', "\\033")).collect();
    let editor = script(
        folder.path(),
        &format!("echo editing; read line; stty raw -echo intr ^A susp undef; printf '{on}'"),
    );
    let mut session = session(folder.path(), editor.to_str().expect("UTF-8"));
    let mut seen = session.sent.len();
    for turn in ["the first time", "and again"] {
        session.press("E");
        seen = session.expect_after(seen, "editing");
        assert!(session.has_its_settings(), "{turn}: the editor has the terminal as it was before");
        session.press("\r");
        seen = session.expect_after(seen, "\u{1b}[?1049h");
        seen = session.expect_after(seen, FRAME);
    }
    // Keys come as they did.
    session.press("?");
    until(&mut session, "the keys", |screen| screen.contains("one line down"));
    session.press("Q");
    assert_eq!(session.end().code(), Some(0));
    assert!(session.has_its_settings(), "the settings are those of the beginning");
    let sent = String::from_utf8_lossy(&session.sent);
    for (on, off) in modes {
        assert!(sent.rfind(on).is_some() && sent.rfind(on) < sent.rfind(off), "{on:?} stays on");
    }
}
