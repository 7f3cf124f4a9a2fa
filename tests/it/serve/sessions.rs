//! A session over SSH: one's own place, size, colours and script; its end; answers without a terminal.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rustix::process::Signal;

use super::class::{Class, Room, Student, there_is_ssh};
use crate::pty::{Session, tumen};

/// The modes that a session switches on, and off again at its end.
const MODES: [(&str, &str); 4] = [
    ("\x1b[?1049h", "\x1b[?1049l"),
    ("\x1b[?1000h", "\x1b[?1000l"),
    ("\x1b[?2004h", "\x1b[?2004l"),
    ("\x1b[?7l", "\x1b[?7h"),
];

fn every_mode_is_restored(sent: &[u8]) {
    let sent = String::from_utf8_lossy(sent);
    for (on, off) in MODES {
        let (last_on, last_off) = (sent.rfind(on), sent.rfind(off));
        assert!(last_on.is_some() && last_off > last_on, "{on:?} stays on");
    }
    assert!(sent.rfind("\x1b[?25h") > sent.rfind("\x1b[?25l"), "the cursor stays hidden");
}

#[test]
fn each_student_has_a_session_of_their_own() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let mut anna = class.student("anna");
    let mut boris = class.student_with("boris", (120, 40), "xterm-256color", &[]);
    anna.sees("Overview");
    boris.sees("Overview");
    anna.press("3");
    anna.sees("Political");
    boris.press("/김정은");
    boris.sees("Kim Jong-un");
    boris.sees("김정은");
    assert!(!anna.shows().contains("김정은"), "one student's search is not another's");
    boris.resize(60, 20);
    boris.until("a screen of 60 columns", |screen| screen.lines().all(|line| line.chars().count() <= 60));
    anna.press("q");
    let status = anna.end();
    assert!(status.success(), "{status}");
    assert!(anna.session.has_its_settings());
    every_mode_is_restored(&anna.session.sent);
    assert!(!anna.shows().contains("[0n"), "an answer landed in the shell");
    boris.press("\x03");
    assert!(boris.end().success());
}

#[test]
fn colours_come_from_the_terminal_of_the_session_alone() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    // What the server's own terminal can do decides nothing.
    let class = Class::in_room(room.folder.clone(), &[], |command| {
        command.env("COLORTERM", "truecolor").env("TERM", "xterm-direct").env("NO_COLOR", "1");
    });
    for (term, arguments, wanted, unwanted) in [
        ("xterm-256color", &[][..], "8;5;", "8;2;"),
        ("xterm-kitty", &[], "8;2;", "8;5;"),
        ("xterm-256color", &["-o", "SetEnv=COLORTERM=truecolor"], "8;2;", "8;5;"),
        ("linux", &[], "\x1b[", "8;5;"),
        ("vt100", &[], "\x1b[", "8;2;"),
    ] {
        let mut student = class.student_with("anna", (80, 24), term, arguments);
        student.sees("Overview");
        let sent = String::from_utf8_lossy(&student.session.sent).into_owned();
        assert!(sent.contains(wanted) && !sent.contains(unwanted), "{term} {arguments:?}: {sent:?}");
        student.press("Q");
        assert!(student.end().success());
    }
    let mut ascii = class.student_with("anna", (80, 24), "xterm", &["-o", "SetEnv=LANG=C"]);
    ascii.sees("Overview");
    assert!(!ascii.shows().contains('─'), "a locale without UTF-8 is heeded");
}

#[test]
fn a_terminal_that_never_answers_is_drawn_on_all_the_same() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let mut anna = class.student("anna").mute();
    anna.sees("Overview");
    for topic in ["2", "3", "4", "2", "3"] {
        anna.press(topic);
    }
    anna.sees("Political");
    anna.press("Q");
    assert!(anna.end().success());
}

#[test]
fn commands_answer_without_a_terminal() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    for (arguments, status, out, complaint) in [
        (&["search", "slbm"][..], 0, "needs/submarines#N17", ""),
        (&["search", "slbm", "--json"], 0, "\"version\"", ""),
        (&["search", "zzzzqqqq"], 1, "", "zzzzqqqq"),
        (&["show", "H25"], 0, "H25", ""),
        (&["show", "H999"], 1, "", "H999"),
        (&["timeline"], 0, "1961", ""),
        (&["help"], 0, "timeline", ""),
        (&["reboot"], 2, "", "reboot"),
        (&["search"], 2, "", "search"),
        (&["export", "-o", "x"], 2, "", "export"),
        (&["search", "--file", "/etc/passwd", "x"], 2, "", "--file"),
        (&["show $(reboot)"], 1, "", "$(reboot)"),
    ] {
        let mut all = vec!["anna@127.0.0.1"];
        all.extend(arguments);
        let output = class.run("ssh", &all);
        let (said, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said} {told}");
        assert!(said.contains(out) && told.contains(complaint), "{arguments:?}: {said} {told}");
    }
    let long = "x".repeat(8000);
    assert_eq!(class.run("ssh", &["anna@127.0.0.1", "search", &long]).status.code(), Some(2));
    let none = class.run("ssh", &["-T", "anna@127.0.0.1"]);
    assert_eq!(none.status.code(), Some(2), "a session needs a terminal");
    assert!(String::from_utf8_lossy(&none.stderr).contains("ssh -t"));
}

#[test]
fn the_end_of_the_server_restores_every_terminal() {
    if !there_is_ssh() {
        return;
    }
    let others = [
        (Signal::QUIT, 131),
        (Signal::USR1, 128 + Signal::USR1.as_raw()),
        (Signal::ALARM, 128 + Signal::ALARM.as_raw()),
        (Signal::XCPU, 152),
    ];
    for (signal, status) in [(Signal::TERM, 0), (Signal::INT, 130)].into_iter().chain(others) {
        let mut class = Class::open(&[]);
        let mut students = ["anna", "boris", "chen"].map(|name| class.student(name));
        for student in &mut students {
            student.sees("Overview");
        }
        class.signal(signal);
        for student in &mut students {
            assert!(student.end().success());
            every_mode_is_restored(&student.session.sent);
            assert!(student.shows().contains("the class is over"), "{}", student.shows());
            assert!(student.session.has_its_settings());
        }
        assert_eq!(class.end().code(), Some(status));
    }
}

#[test]
fn a_file_read_anew_reaches_everybody_where_they_are() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let small = include_str!("../../data/small.ron");
    let file = room.file("small.ron", small);
    let (before, after) = ("The treaty of 1961", "Another title");
    assert!(small.contains(before), "the test knows its file");
    let class = room.open(&["--file", &file]);
    let mut anna = class.student("anna");
    anna.sees(before);
    anna.press("\r");
    anna.sees("#H1");
    let place =
        |screen: &str| screen.lines().last().unwrap_or_default().split_whitespace().last().map(str::to_owned);
    let was = place(&anna.shows());
    std::fs::write(&file, small.replace(before, after)).expect("the file can be written");
    class.signal(Signal::HUP);
    anna.sees(after);
    anna.press("\x0c");
    anna.sees_no("anew");
    assert_eq!(place(&anna.shows()), was);
    std::fs::write(&file, "Knowledge(").expect("the file can be written");
    class.signal(Signal::HUP);
    class.log_has("not-reloaded", 1);
    anna.press("k");
    anna.sees(after);
}

/// What a reader has typed into the search.
fn query(screen: &str) -> Option<String> {
    let line = screen.lines().nth(1)?.trim_start().strip_prefix("/ ")?;
    line.split_whitespace().next().map(str::to_owned)
}

/// The same bytes are the same keys at the local terminal and over SSH, in whatever pieces they are written.
#[test]
fn what_is_typed_means_the_same_here_and_there() {
    /// What ends each text: nothing that comes before it can be left out.
    const LAST: &str = "~~";
    const TOKENS: [&str; 16] = [
        "a",
        "bc",
        "\x1b[D",
        "\x1bOC",
        "\x1b[1;5D",
        "\x1b\x1b[C",
        "\x7f",
        "\x1b[3~",
        "\x01",
        "\x1b[F",
        "\x1b[200~p-q\x1b[201~",
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
        "\x1bP>|x(1)\x1b\\",
        "\x1b_Gi=1;OK\x07",
        "\x1b[?62;22c",
        "\x1b[24;80R",
    ];
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let mut readers = [Student::of(Session::start(tumen(&[]))), class.student("anna")];
    for reader in &mut readers {
        reader.sees("Overview");
        reader.press("/");
        reader.sees("Type what you look for");
    }
    let mut runner = TestRunner::deterministic();
    let texts =
        (prop::collection::vec(prop::sample::select(&TOKENS[..]), 1..12), any::<prop::sample::Index>());
    for _ in 0..40 {
        let (tokens, cut) = texts.new_tree(&mut runner).expect("there are texts").current();
        let text = format!("{}\x1b[F{LAST}", tokens.concat());
        // Between an escape and the rest, the time would count that this test takes.
        let cut = (0..=cut.index(text.len())).rev().find(|at| !text[..*at].ends_with('\x1b')).unwrap_or(0);
        let typed = readers.each_mut().map(|reader| {
            reader.press(&text[..cut]);
            reader.press(&text[cut..]);
            reader.until(LAST, |screen| query(screen).is_some_and(|query| query.ends_with(LAST)));
            let typed = query(&reader.shows());
            reader.press("\x15");
            reader.until("an empty input", |screen| query(screen).is_none());
            typed
        });
        assert_eq!(typed[0], typed[1], "{text:?} cut at {cut}");
        let letters = typed[0].as_deref().unwrap_or_default();
        assert!(letters.trim_end_matches('~').chars().all(|c| "abcp-q".contains(c)), "{text:?}: {letters}");
    }
    for reader in &mut readers {
        reader.press("\x03");
    }
}
