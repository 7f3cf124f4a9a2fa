//! How long who is waited for: a reader without a key, a client that does not draw.

use std::time::Duration;

use rustix::process::{Signal, kill_process};

use super::class::{Class, Room, Student, there_is_ssh};
use super::faults::{client, goes_on};
use crate::pty::{Session, tumen};

#[test]
fn a_session_without_a_key_ends_and_says_so_before() {
    if !there_is_ssh() {
        return;
    }
    let class = Room::new().open(&["--idle", "2"]);
    let mut anna = class.student("anna");
    anna.sees("this session ends in a minute");
    anna.sees("no key was pressed for a long time");
    assert!(anna.end().success());
    assert!(anna.session.has_its_settings());
    class.log_has("how=idle", 1);
}

#[test]
fn who_follows_and_draws_is_not_idle() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let (key, log) = (room.folder.join("host-key"), room.folder.join("events"));
    let (key, events) = (key.to_string_lossy(), log.to_string_lossy());
    let arguments = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--host-key",
        &key,
        "--log",
        &events,
        "--idle",
        "8",
        "--present",
    ];
    // Whoever sits at the server's own terminal is never idle.
    let mut teacher = Student::of(Session::start(tumen(&arguments)));
    teacher.sees("nobody is here yet");
    let class = Class::of(&String::from_utf8_lossy(&teacher.session.sent).replace('\r', ""));
    let mut reader = class.student("reader");
    reader.sees("following");
    reader.press("2");
    reader.sees("peninsula");
    let mut anna = class.student("anna");
    anna.sees("following");
    let begun = std::time::Instant::now();
    while begun.elapsed() < Duration::from_secs(11) {
        for (key, text) in [("3", "Recognition"), ("2", "peninsula")] {
            teacher.press(key);
            teacher.sees(text);
            anna.sees(text);
        }
        std::thread::park_timeout(Duration::from_millis(200));
    }
    let log = std::fs::read_to_string(&log).expect("there is a log");
    assert!(log.contains("user=reader how=idle") && !log.contains("user=anna how="), "{log}");
}

#[test]
fn a_client_that_does_not_draw_loses_its_session_and_nobody_else_does() {
    if !there_is_ssh() {
        return;
    }
    let class = Room::new().open_with_teacher(&["--stalled", "4"]);
    let mut teacher = class.presenter();
    teacher.sees("0 of 0 follow");
    teacher.press("2");
    let mut anna = class.student("anna");
    anna.sees("following");
    let mut stopped = class.student("stopped");
    stopped.sees("following");
    // A key comes behind the answer to the first frame: from here on, the server knows that it does answer.
    goes_on(&mut stopped);
    stopped.press("F");
    stopped.sees("following");
    teacher.sees("2 of 2 follow");
    kill_process(client(&stopped), Signal::STOP).expect("the client is there");
    teacher.press("3");
    // These two draw what they are sent.
    teacher.sees("Political");
    anna.sees("Political");
    class.log_has("how=stalled", 1);
    teacher.sees("1 of 1 follow");
    goes_on(&mut anna);
    kill_process(client(&stopped), Signal::CONT).expect("the client is there");
    assert_eq!(stopped.end().code(), Some(255), "its connection is gone");
}

/// Takes half a minute, and so runs only when `TUMEN_FAULTS` is set.
#[test]
fn half_a_minute_without_drawing_is_forgiven() {
    if !there_is_ssh() || std::env::var_os("TUMEN_FAULTS").is_none() {
        return;
    }
    let class = Room::new().open_with_teacher(&["--max-input", "1000000"]);
    let mut teacher = class.presenter();
    teacher.sees("0 of 0 follow");
    let mut anna = class.student("anna");
    anna.sees("following");
    let mut stopped = class.student_with("stopped", (160, 40), "xterm-256color", &[]);
    stopped.sees("following");
    let (frames, held) = (stopped.frames(), class.resident());
    kill_process(client(&stopped), Signal::STOP).expect("the client is there");
    for _ in 0..15 {
        for (key, text) in [("3", "Political"), ("2", "peninsula")] {
            teacher.press(key);
            anna.sees(text);
            teacher.sees(text);
            std::thread::park_timeout(Duration::from_secs(1));
        }
    }
    teacher.press("4");
    anna.sees("Survival");
    assert!(class.resident() < held + 2048, "{held} and {} KiB", class.resident());
    kill_process(client(&stopped), Signal::CONT).expect("the client is there");
    stopped.sees("Survival");
    assert!(stopped.frames() - frames <= 4, "{} frames of the past", stopped.frames() - frames);
    goes_on(&mut stopped);
}
