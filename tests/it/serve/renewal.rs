//! The file is read anew, and everybody is where they were: by the presenter's `R`, over SSH and at the server's own
//! terminal, and by `SIGHUP`.

use rustix::process::Signal;

use super::class::{Class, Room, Student, there_is_ssh};
use crate::pty::{Session, tumen};

const SMALL: &str = include_str!("../../data/small.ron");
const BEFORE: &str = "The treaty of 1961";

/// Writes the file with another title of its first entry.
fn rename(file: &str, title: &str) {
    assert!(SMALL.contains(BEFORE), "the test knows its file");
    std::fs::write(file, SMALL.replace(BEFORE, title)).expect("the file can be written");
}

#[test]
fn a_presenters_key_renews_everybodys_file() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let file = room.file("small.ron", SMALL);
    let class = room.open_with_teacher(&["--file", &file]);
    let mut anna = class.student_with("anna", (132, 40), "xterm-256color", &[]);
    anna.sees(BEFORE);
    anna.press("\rj");
    anna.sees("#H2");
    anna.press("R");
    anna.sees("the presenter has the file read anew");
    let mut teacher = class.presenter();
    teacher.sees(BEFORE);
    rename(&file, "Another title");
    teacher.press("R");
    teacher.sees("read anew");
    teacher.sees("Another title");
    anna.sees("Another title");
    assert!(anna.shows().contains("#H2"), "{}", anna.shows());
    std::fs::write(&file, "Knowledge(").expect("the file can be written");
    teacher.press("R");
    teacher.sees("what was read before stays");
    anna.press("k");
    anna.sees("#H1");
}

#[test]
fn who_presents_at_the_servers_terminal_renews_it_too() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let file = room.file("small.ron", SMALL);
    let key = room.folder.join("host-key").to_string_lossy().into_owned();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--host-key", &key, "--file", &file, "--present"];
    let mut teacher = Student::of(Session::start(tumen(&arguments)));
    teacher.session.expect(BEFORE);
    let class = Class::of(&String::from_utf8_lossy(&teacher.session.sent).replace('\r', ""));
    let mut anna = class.student("anna");
    anna.sees(BEFORE);
    anna.sees("following the presenter");
    rename(&file, "By key");
    teacher.press("R");
    teacher.sees("By key");
    anna.sees("By key");
    rename(&file, "By signal");
    teacher.session.signal(Signal::HUP);
    teacher.sees("By signal");
    anna.sees("By signal");
    anna.sees("following the presenter");
    // Others would lose their sessions: it is asked for twice.
    teacher.press("Q");
    teacher.sees("the class ends for all");
    teacher.press("Q");
    anna.sees("the class is over");
    assert!(teacher.end().success());
}

#[test]
fn a_terminal_that_goes_away_ends_the_class() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let key = room.folder.join("host-key").to_string_lossy().into_owned();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--host-key", &key, "--present"];
    let mut teacher = Student::of(Session::start(tumen(&arguments)));
    teacher.session.expect("Overview");
    let class = Class::of(&String::from_utf8_lossy(&teacher.session.sent).replace('\r', ""));
    let mut anna = class.student("anna");
    anna.sees("following the presenter");
    // It is told by a `SIGHUP`, too, which alone would mean something else.
    let (status, ..) = teacher.session.lose_terminal();
    assert_eq!(status.code(), Some(129));
    anna.sees("the class is over");
    assert!(anna.end().success());
}
