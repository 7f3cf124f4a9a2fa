//! However the program ends, the terminal is what it was: the screen, the modes, the line settings.

use std::process::{Command as Plain, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::pty::{Session, program, tumen};

/// The end of a frame: the first one is whole when this has come.
const FRAME: &str = "\u{1b}[?2026l";
/// Every mode that the program may switch on: how, how it is switched off again.
const MODES: [(&str, &str, &str); 6] = [
    ("alternate screen", "\u{1b}[?1049h", "\u{1b}[?1049l"),
    ("bracketed paste", "\u{1b}[?2004h", "\u{1b}[?2004l"),
    ("mouse clicks", "\u{1b}[?1000h", "\u{1b}[?1000l"),
    ("mouse notation", "\u{1b}[?1006h", "\u{1b}[?1006l"),
    ("no wrapping", "\u{1b}[?7l", "\u{1b}[?7h"),
    ("hidden cursor", "\u{1b}[?25l", "\u{1b}[?25h"),
];

fn last(sent: &str, text: &str) -> Option<usize> {
    sent.rfind(text)
}

/// Fails unless all modes are as they were before the program, after the bytes that it sent.
fn assert_given_back(session: &Session, why: &str) {
    let sent = String::from_utf8_lossy(&session.sent);
    for (mode, on, off) in MODES {
        assert!(last(&sent, on) <= last(&sent, off), "{why}: {mode} stays on");
    }
    assert!(session.has_its_settings(), "{why}: the line settings are not what they were");
    let mut screen = vt100::Parser::default();
    screen.process(&session.sent);
    let screen = screen.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor(), "{why}: another screen");
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "{why}");
}

/// A session that has shown its first frame, with all modes on.
fn shown(session: &mut Session) {
    session.expect(FRAME);
    let sent = String::from_utf8_lossy(&session.sent).into_owned();
    for (mode, on, off) in MODES {
        assert!(last(&sent, on) > last(&sent, off), "{mode} is not on");
    }
    assert!(!session.has_its_settings(), "the terminal is not raw");
}

#[test]
fn every_way_of_leaving_gives_the_terminal_back() {
    type Leave = fn(&mut Session);
    let ways: [(&str, Leave, i32); 7] = [
        ("q", |session| session.press("q"), 0),
        ("Ctrl-C", |session| session.press("\u{3}"), 130),
        ("TERM", |session| session.signal(Signal::TERM), 143),
        ("INT", |session| session.signal(Signal::INT), 130),
        ("HUP", |session| session.signal(Signal::HUP), 129),
        ("QUIT", |session| session.signal(Signal::QUIT), 131),
        (
            "TERM within a half sequence",
            |session| {
                session.press("\u{1b}[");
                session.signal(Signal::TERM);
            },
            143,
        ),
    ];
    for (why, leave, status) in ways {
        let mut session = Session::start(tumen(&[]));
        shown(&mut session);
        leave(&mut session);
        assert_eq!(session.end().code(), Some(status), "{why}: {}", session.text());
        assert_given_back(&session, why);
    }
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_speaks() {
    if !cfg!(debug_assertions) {
        println!("SKIPPED: only a debug build panics when it is asked to");
        return;
    }
    let mut session = Session::start(tumen(&[]).env("TUMEN_PANIC", "1"));
    assert_eq!(session.end().code(), Some(101));
    assert_given_back(&session, "panic");
    let restored = session.expect("\u{1b}[?1049l");
    session.expect_after(restored, "TUMEN_PANIC is set");
}

#[test]
fn a_lost_terminal_ends_the_session_without_spinning() {
    type Start<'a> = &'a dyn Fn() -> Session;
    let own = || Session::start(tumen(&[]));
    // Not the controlling terminal: no signal tells of its end.
    let borrowed = || {
        Session::start_with((80, 24), |pts| {
            use std::os::fd::AsFd;
            let file = || Stdio::from(pts.as_fd().try_clone_to_owned().expect("a copy"));
            Plain::new(env!("CARGO_BIN_EXE_tumen"))
                .env_clear()
                .env("TERM", "xterm-256color")
                .stdin(file())
                .stdout(file())
                .stderr(file())
                .spawn()
                .expect("the program starts")
        })
    };
    for (why, start, typed) in [
        ("a terminal window closes", &own as Start<'_>, ""),
        ("the same within a half sequence", &own, "\u{1b}["),
        ("a terminal without control closes", &borrowed, ""),
        ("the same within a half sequence", &borrowed, "\u{1b}["),
    ] {
        let mut session = start();
        shown(&mut session);
        session.press(typed);
        let (status, took, used) = session.lose_terminal();
        assert_eq!(status.code(), Some(129), "{why}");
        assert!(took < Duration::from_secs(1), "{why}: it took {took:?}");
        assert!(used <= Duration::from_millis(50), "{why}: it used {used:?}");
    }
}

#[test]
fn suspended_and_back() {
    // A shell with job control; `read` waits until the test has looked at the terminal.
    let script =
        format!("'{}'; echo stopped; read line; fg >/dev/null; echo status $?", env!("CARGO_BIN_EXE_tumen"));
    for (why, by_key) in [("Ctrl-Z", true), ("the signal TSTP", false)] {
        let mut session = Session::start(program("sh", &["-mc", &script]));
        session.expect(FRAME);
        if by_key {
            session.press("\u{1a}");
        } else {
            let child = child_of(session.id());
            rustix::process::kill_process(child, Signal::TSTP).expect("the program is there");
        }
        let stopped = session.expect("stopped");
        assert_given_back(&session, why);
        session.press("\n");
        let entered = session.expect_after(stopped, "\u{1b}[?1049h");
        session.expect_after(entered, "North Korea and Russia");
        session.expect_after(entered, FRAME);
        session.press("q");
        session.expect_after(entered, "status 0");
        session.end();
        assert_given_back(&session, why);
    }
}

#[test]
fn nobody_could_bring_it_back_so_it_stays() {
    let mut session = Session::start(tumen(&[]));
    session.expect(FRAME);
    session.press("\u{1a}q");
    assert_eq!(session.end().code(), Some(0), "{}", session.text());
}

/// A container is a process namespace in which the shell outside is not seen: its session is told as 0.
#[test]
fn who_could_bring_it_back_is_told_in_a_container_too() {
    let namespace = ["--user", "--pid", "--fork"];
    let allowed = std::process::Command::new("unshare").args(namespace).arg("true").output();
    if !allowed.is_ok_and(|tried| tried.status.success()) {
        eprintln!("skipped: no process namespaces here (unshare)");
        return;
    }
    let run = |command: &[&str]| Session::start(program("unshare", &[&namespace, command].concat()));

    let mut alone = run(&[env!("CARGO_BIN_EXE_tumen")]);
    alone.expect(FRAME);
    alone.press("\u{1a}q");
    assert_eq!(alone.end().code(), Some(0), "alone: {}", alone.text());

    // A shell that leads no session that can be seen, and has job control.
    let script = format!("'{}'; echo stopped; fg >/dev/null; echo status $?", env!("CARGO_BIN_EXE_tumen"));
    let mut below_a_shell = run(&["sh", "-mc", &script]);
    below_a_shell.expect(FRAME);
    below_a_shell.press("\u{1a}");
    let stopped = below_a_shell.expect("stopped");
    below_a_shell.expect_after(stopped, FRAME);
    below_a_shell.press("q");
    below_a_shell.expect_after(stopped, "status 0");
    below_a_shell.end();
}

#[test]
fn another_size_is_drawn_and_the_same_screen_costs_nothing() {
    let mut session = Session::start(tumen(&[]));
    let first = session.expect(FRAME);
    session.resize(40, 10);
    let second = session.expect_after(first, FRAME);
    let frame = String::from_utf8_lossy(&session.sent[first..second]).into_owned();
    assert!(frame.contains("\u{1b}[2J"), "another size is drawn whole: {frame:?}");
    // Up from the first row, which changes nothing, and then the end of the session.
    session.press("kq");
    session.end();
    let rest = String::from_utf8_lossy(&session.sent[second..]).into_owned();
    assert!(!rest.contains("\u{1b}[?2026h"), "nothing changed, so nothing is sent: {rest:?}");
}

/// Whoever asked: a program before this one, whose end came before the answer.
#[test]
fn late_answers_of_the_terminal_are_no_keys() {
    for (answer, rest) in [
        ("\u{1b}]11;rgb:1e1e/1e1e", "/1e1e\u{1b}\\"),
        ("\u{1b}]11;rgb:1e1e/1e1e/1e1e\u{7}", ""),
        ("\u{1b}P>|a terminal", "(1)\u{1b}\\"),
        ("\u{1b}_Gi=1;", "OK\u{1b}\\"),
        ("\u{1b}^E", "B\u{1b}\\"),
        ("\u{1b}XE", "B\u{1b}\\"),
        ("\u{1b}[?62;", "22c"),
        ("\u{1b}[24;", "80R"),
        ("\u{1b}[?2026;2$", "y"),
        ("\u{1b}[?", "5u"),
        ("\u{1b}[", "I"),
    ] {
        let mut session = Session::start(tumen(&[]));
        let first = session.expect(FRAME);
        session.press(answer);
        session.press(rest);
        session.press("q");
        assert_eq!(session.end().code(), Some(0), "{answer:?}");
        let after = String::from_utf8_lossy(&session.sent[first..]).into_owned();
        assert!(!after.contains("\u{1b}[?2026h"), "{answer:?}{rest:?} did something: {after:?}");
    }
}

/// Half a sequence, the beginning of a string that a person typed as Alt-], a paste whose end does not come.
#[test]
fn nothing_that_is_typed_makes_it_deaf() {
    for begun in ["\u{1b}[", "\u{1b}]", "\u{1b}]0;text", "\u{1b}P", "\u{1b}[200~", "\u{1b}[200~text"] {
        let mut session = Session::start(tumen(&[]));
        let shown = session.expect(FRAME);
        session.press("/");
        // The input has a cursor, which is seen.
        session.expect_after(shown, "\u{1b}[?25h");
        session.press(begun);
        // Whoever wants to leave presses again and again, not faster than a person does.
        let status = session.press_until_the_end("\u{3}", Duration::from_millis(800));
        assert_eq!(status.code(), Some(130), "{begun:?}");
        assert_given_back(&session, begun);
    }
}

/// Between too few and enough there is no number with which it draws and hears nothing.
#[test]
fn with_few_file_descriptors_it_says_so_or_obeys() {
    for count in 5..=14 {
        let script = format!("ulimit -n {count}; exec '{}'", env!("CARGO_BIN_EXE_tumen"));
        let mut session = Session::start(program("sh", &["-c", &script]));
        let deadline = Instant::now() + Duration::from_secs(20);
        let has_drawn =
            |session: &Session| session.sent.windows(FRAME.len()).any(|bytes| bytes == FRAME.as_bytes());
        while !has_drawn(&session) && session.read_some(deadline) {}
        if has_drawn(&session) {
            session.press("\u{3}");
            assert_eq!(session.end().code(), Some(130), "{count}: {}", session.text());
        } else {
            assert_eq!(session.end().code(), Some(2), "{count}: {}", session.text());
            session.expect("tumen:");
        }
        assert_given_back(&session, &format!("{count} descriptors"));
    }
}

#[test]
fn the_mouse_is_left_alone_when_asked() {
    let mut session = Session::start(tumen(&["--no-mouse"]));
    session.expect(FRAME);
    assert!(!String::from_utf8_lossy(&session.sent).contains("\u{1b}[?1000h"));
    session.press("q");
    session.end();
}

#[test]
fn the_first_frame_comes_at_once_and_asks_nothing() {
    let mut session = Session::start(tumen(&[]));
    let end = session.expect(FRAME);
    let sent = String::from_utf8_lossy(&session.sent[..end]).into_owned();
    assert!(sent.starts_with("\u{1b}[?1049h"), "nothing comes before the screen: {sent:?}");
    for query in ["\u{1b}[6n", "\u{1b}[c", "\u{1b}]11;?"] {
        assert!(!sent.contains(query), "a question whose answer could land in a shell: {query:?}");
    }
    session.press("q");
    session.end();
}

#[test]
fn without_a_usable_terminal_it_prints() {
    let binary = env!("CARGO_BIN_EXE_tumen");
    for term in ["", "dumb"] {
        let mut session = Session::start(tumen(&[]).env("TERM", term));
        assert_eq!(session.end().code(), Some(0));
        assert!(!session.sent.contains(&0x1b), "TERM={term}: {}", session.text());
        session.expect("North Korea and Russia");
    }
    let piped = Plain::new(binary).env("TERM", "xterm").stdin(Stdio::null()).output().expect("it runs");
    assert_eq!(piped.status.code(), Some(0));
    let text = String::from_utf8(piped.stdout).expect("UTF-8");
    assert!(text.starts_with("North Korea and Russia\n") && !text.contains('\u{1b}'));
    assert!(text.lines().all(|line| tumen::text::width::width(line) <= 80));
}

#[test]
fn keys_come_from_the_terminal_when_standard_input_does_not() {
    let script = format!("echo ignored | '{}'; echo status $?", env!("CARGO_BIN_EXE_tumen"));
    let mut session = Session::start(program("sh", &["-c", &script]));
    session.expect(FRAME);
    session.press("q");
    session.expect("status 0");
    session.end();
    assert_given_back(&session, "q");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let script =
        format!("'{}' --help >/dev/null; ('{0}'; echo status $? >&2) | true", env!("CARGO_BIN_EXE_tumen"));
    let output = Plain::new("sh").args(["-c", &script]).output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "status 0\n");
}

#[test]
fn what_cannot_run_says_why_and_leaves_the_terminal_alone() {
    for (arguments, complaint) in [
        (&["no-such-file.ron"][..], "no-such-file.ron"),
        (&["--theme", "mauve"], "mauve"),
        (&["--goto", "H255"], "did you mean `H25`"),
        (&["--no-such-flag"], "--no-such-flag"),
    ] {
        let mut session = Session::start(tumen(arguments));
        assert_eq!(session.end().code(), Some(2), "{arguments:?}");
        session.expect(complaint);
        assert!(!session.text().contains("1049"), "{arguments:?}: {}", session.text());
    }
}

#[test]
fn help_fits_the_smallest_usual_screen() {
    let output = Plain::new(env!("CARGO_BIN_EXE_tumen")).arg("-h").output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(output.status.code(), Some(0));
    // The last line is the shell's.
    assert!(text.lines().count() <= 23, "{text}");
    assert!(text.lines().all(|line| line.len() <= 80), "{text}");
}

/// The one child of a process.
fn child_of(pid: u32) -> rustix::process::Pid {
    let path = format!("/proc/{pid}/task/{pid}/children");
    let children = std::fs::read_to_string(path).expect("the process is there");
    let child = children.split_whitespace().next().and_then(|pid| pid.parse().ok());
    child.and_then(rustix::process::Pid::from_raw).expect("it has a child")
}
