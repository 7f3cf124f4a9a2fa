//! Following a presenter over SSH: the same statement on every terminal, leaving, returning, being held.

use rustix::process::{Signal, kill_process};

use super::class::{Class, Room, Student, there_is_ssh};
use super::faults::client;
use crate::pty::{Session, tumen};

/// The address in the last row of a wide screen.
fn is_at(student: &mut Student, address: &str) {
    student.until(address, |screen| screen.lines().last().is_some_and(|line| line.contains(address)));
}

#[test]
fn a_class_follows_leaves_returns_and_is_held() {
    if !there_is_ssh() {
        return;
    }
    let class = Room::new().open_with_teacher(&[]);
    let mut anna = class.student_with("anna", (132, 40), "xterm-256color", &[]);
    anna.sees("Overview");
    anna.press("F");
    anna.sees("nobody presents");
    let mut teacher = class.presenter();
    teacher.sees("0 of 1 follow");
    teacher.press("2");
    anna.sees("presenter is at");
    anna.press("F");
    anna.sees("following the presenter");
    teacher.sees("1 of 1 follow");
    // Who comes late is where the presenter is.
    let mut late = class.student_with("late", (60, 18), "linux", &[]);
    late.sees("following");
    teacher.sees("2 of 2 follow, narrowest 60x18");
    teacher.press("jj\r");
    is_at(&mut anna, "history/");
    let before = anna.shows();
    teacher.press("j");
    anna.until("the next statement", |screen| screen != before);
    // One move of one's own, and one stays behind.
    anna.press("1");
    anna.sees("F returns");
    teacher.sees("1 of 2 follow");
    teacher.press("3");
    anna.sees("presenter is at war/");
    late.sees("Political");
    anna.press("F");
    anna.sees("following the presenter");
    is_at(&mut anna, "war/");
    // Held: nobody leaves, and everybody comes.
    anna.press("1");
    anna.sees("F returns");
    teacher.press("F");
    teacher.sees("the class is held");
    anna.sees("the presenter holds the class");
    is_at(&mut anna, "war/");
    anna.press("1");
    anna.sees("for a moment");
    late.sees("Political");
    teacher.press("F");
    anna.sees("following the presenter");
    anna.press("2");
    anna.sees("F returns");
    teacher.press("Q");
    assert!(teacher.end().success());
    anna.sees("the presenter has left");
    anna.press("Q");
    assert!(anna.end().success());
}

#[test]
fn a_class_is_led_from_the_servers_own_terminal() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let key = room.folder.join("host-key").to_string_lossy().into_owned();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--host-key", &key, "--present"];
    let mut teacher = Student::of(Session::start(tumen(&arguments)));
    teacher.session.expect("Overview");
    teacher.sees("nobody is here yet: ssh -p");
    teacher.press("i");
    teacher.sees("and may compare  SHA256:");
    teacher.press("\x1b");
    // A key that follows at once would be one with Alt.
    teacher.sees_no("and may compare");
    let said = String::from_utf8_lossy(&teacher.session.sent).replace('\r', "");
    let class = Class::of(&said);
    let mut anna = class.student_with("anna", (132, 40), "xterm-256color", &[]);
    anna.sees("following the presenter");
    teacher.sees("1 of 1 follow");
    teacher.press("3");
    is_at(&mut anna, "war/");
    // So is what is searched for, letter by letter, and that nothing is to be seen.
    teacher.press("/sub");
    anna.until("the query", |screen| {
        screen.lines().nth(1).is_some_and(|line| line.trim_start().starts_with("/ sub"))
    });
    teacher.press("\x1b");
    anna.sees("Political");
    teacher.press(".");
    anna.until("an empty screen", |screen| screen.trim() == "the presenter has switched all screens off");
    teacher.press(" ");
    anna.sees("following the presenter");
    // A tour is on everybody's stage.
    teacher.press("p\r");
    anna.sees("1/");
    teacher.press("  ");
    let shown = teacher.shows();
    assert!(!shown.contains("war/"), "{shown}");
    // Others would lose their sessions: it is asked for twice.
    teacher.press("Q");
    teacher.sees("the class ends for all");
    teacher.press("Q");
    anna.sees("the class is over");
    assert!(anna.end().success());
    assert!(teacher.end().success());
    assert!(teacher.session.has_its_settings());
}

#[test]
fn a_presenter_whose_connection_breaks_comes_back_to_the_class() {
    if !there_is_ssh() {
        return;
    }
    let class = Room::new().open_with_teacher(&[]);
    let mut teacher = class.presenter();
    teacher.sees("0 of 0 follow");
    teacher.press("3jj\r");
    let place =
        |screen: &str| screen.lines().take(20).map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    let mut anna = class.student_with("anna", (132, 40), "xterm-256color", &[]);
    anna.sees("following the presenter");
    is_at(&mut anna, "war/");
    teacher.sees("1 of 1 follow");
    let before = place(&teacher.shows());
    kill_process(client(&teacher), Signal::KILL).expect("the client is there");
    anna.sees("the presenter has left");
    let mut back = class.presenter();
    back.sees("1 of 1 follow");
    assert_eq!(place(&back.shows()), before);
    anna.sees("following the presenter");
    // A colleague comes, takes over, and leaves: the class goes on.
    let mut colleague = class.presenter();
    colleague.sees("another presenter leads");
    back.sees("1 more presenter, 1 of 1 follow");
    colleague.press("F");
    colleague.sees("you present now");
    back.sees("has taken over");
    colleague.press("4");
    anna.sees("Survival");
    back.sees("Survival");
    colleague.press("Q");
    assert!(colleague.end().success());
    back.press("3");
    anna.sees("Recognition");
    anna.sees("following the presenter");
}
