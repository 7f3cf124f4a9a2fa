//! The pager, as the real program starts it: it is waited for, shows colours, and what it does not show is shown.

use std::time::Duration;

use rustix::process::Signal;

use crate::pty::{Session, tumen};

/// A text that is longer than the screen, in a pager.
fn paged(pager: &str, set: &[(&str, &str)]) -> Session {
    let command = tumen(&["show", "history"]).env("PAGER", pager);
    Session::start(set.iter().fold(command, |command, (name, value)| command.env(name, value)))
}

/// Whether there is `less`; says so aloud if not.
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn there_is_less() -> bool {
    let found =
        std::process::Command::new("less").arg("--version").output().is_ok_and(|done| done.status.success());
    if !found {
        println!("SKIPPED: there is no `less` on this machine");
    }
    found
}

/// Shows nothing of the text, says that it is there, and ends after a line of the reader.
const WAITS: &str = "cat >/dev/null; echo ready; read line </dev/tty; echo left";

#[test]
fn who_interrupts_the_pager_does_not_interrupt_the_waiting_for_it() {
    for (trap, keys) in
        [("INT", "\u{3}"), ("INT", "\u{3}\u{3}\u{3}"), ("QUIT", "\u{1c}"), ("INT QUIT", "\u{3}\u{1c}")]
    {
        let mut session = paged(&format!("trap '' {trap}; {WAITS}"), &[]);
        session.expect("ready");
        session.press(keys);
        session.press("\n");
        session.expect("left");
        assert_eq!(session.end().code(), Some(0), "{trap} {keys:?}: {}", session.text());
    }
}

/// `less` takes an interrupt for the end of what it is doing, and goes on; so does the shell between.
#[test]
fn who_interrupts_less_has_seen_the_answer_all_the_same() {
    if !there_is_less() {
        return;
    }
    for pager in ["less", "less -S", "LESS=-i less", "exec less"] {
        let mut session = paged(pager, &[("LESS", "-i")]);
        session.expect(":\u{1b}[K");
        session.press("\u{3}");
        // With an interrupt it forgets what was typed before.
        let status = session.press_until_the_end("q", Duration::from_millis(300));
        assert_eq!(status.code(), Some(0), "{pager}: {}", session.text());
        assert!(session.has_its_settings(), "{pager}");
    }
}

#[test]
fn a_pager_that_is_interrupted_ends_with_the_status_of_that() {
    for (keys, status) in [("\u{3}", 130), ("\u{1c}", 131)] {
        let mut session = paged(&format!("sh -c '{WAITS}'"), &[]);
        session.expect("ready");
        session.press(keys);
        assert_eq!(session.end().code(), Some(status), "{}", session.text());
        assert!(!session.text().contains("H25"), "nobody asked for the answer again");
    }
}

#[test]
fn whoever_ends_the_program_alone_leaves_no_pager_behind() {
    for (signal, status) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let mut session = paged(WAITS, &[]);
        session.expect("ready");
        session.signal(signal);
        session.press("\n");
        session.expect("left");
        assert_eq!(session.end().code(), Some(status), "{}", session.text());
    }
}

#[test]
fn what_a_pager_cannot_have_shown_is_shown() {
    for (pager, complaint) in [
        ("no-such-pager-here", "not found"),
        ("/", "enied"),
        ("exit 3", "the pager `exit 3` failed (exit status: 3)"),
        ("head -c 10 >/dev/null; false", "failed"),
        ("kill -9 $$", "failed (signal: 9"),
        ("cat", ""),
        ("", ""),
    ] {
        let mut session = paged(pager, &[]);
        assert_eq!(session.end().code(), Some(0), "{pager}");
        let sent = String::from_utf8_lossy(&session.sent);
        assert!(sent.contains("H25") && sent.contains(complaint), "{pager}: {sent}");
        assert!(!complaint.is_empty() || !sent.contains("tumen:"), "{pager}: {sent}");
    }
}

#[test]
fn the_line_is_what_it_was_before_the_pager() {
    for how in ["exit 0", "exit 1", "kill -9 $$"] {
        let mut session = paged(&format!("cat >/dev/null; stty raw -echo; {how}"), &[]);
        session.end();
        assert!(session.has_its_settings(), "{how}");
    }
}

#[test]
fn less_shows_colours_whatever_else_it_is_told() {
    if !there_is_less() {
        return;
    }
    for less in [None, Some(""), Some("-i"), Some("iMS"), Some("-X -F"), Some("-R")] {
        let wish: Vec<(&str, &str)> = less.iter().map(|less| ("LESS", *less)).collect();
        let mut session = paged("less", &wish);
        session.press("q");
        assert_eq!(session.end().code(), Some(0), "{less:?}");
        let sent = String::from_utf8_lossy(&session.sent);
        assert!(!sent.contains("ESC["), "{less:?}: escapes as text: {sent:?}");
        assert!(sent.contains("\u{1b}[32m"), "{less:?}: no colours: {sent:?}");
    }
}
