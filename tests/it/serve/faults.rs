//! What goes wrong in a class, and that nobody else notices.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, prlimit};

use super::class::{Class, Room, Student, there_is_ssh};

/// Somebody else's session is as quick as ever.
pub(super) fn goes_on(student: &mut Student) {
    for (key, text) in [("2", "peninsula"), ("3", "Political")] {
        student.press(key);
        student.sees(text);
    }
}

pub(super) fn client(student: &Student) -> Pid {
    Pid::from_raw(student.session.id().cast_signed()).expect("a process")
}

#[test]
fn who_stops_reading_costs_little_and_comes_back_to_the_present() {
    if !there_is_ssh() {
        return;
    }
    let class = Room::new().open_with_teacher(&["--max-input", "1000000"]);
    let mut teacher = class.presenter();
    teacher.sees("0 of 0 follow");
    teacher.press("2");
    let mut stopped = class.student("stopped");
    stopped.sees("following");
    let mut unread = class.student("unread");
    unread.sees("following");
    let mut reader = class.student("reader");
    reader.sees("following");
    kill_process(client(&stopped), Signal::STOP).expect("the client is there");
    let before = (stopped.frames(), unread.frames(), class.resident());
    for round in 0..60 {
        // Each frame is waited for by those who read: whoever does not misses them all.
        let (key, text) = if round % 2 == 0 { ("3", "Political") } else { ("2", "peninsula") };
        teacher.press(key);
        reader.sees(text);
        teacher.sees(text);
    }
    teacher.press("4");
    reader.sees("Survival");
    let grown = class.resident().saturating_sub(before.2);
    assert!(grown < 4096, "{grown} KiB for two that do not read");
    kill_process(client(&stopped), Signal::CONT).expect("the client is there");
    for (student, frames) in [(&mut stopped, before.0), (&mut unread, before.1)] {
        student.sees("Survival");
        let stale = student.frames() - frames;
        assert!(stale <= 4, "{stale} frames of the past");
        goes_on(student);
    }
}

#[test]
fn a_client_that_is_killed_is_gone() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let mut anna = class.student("anna");
    anna.sees("Overview");
    let mut boris = class.student("boris");
    boris.sees("Overview");
    kill_process(client(&boris), Signal::KILL).expect("the client is there");
    class.log_has("how=gone", 1);
    goes_on(&mut anna);
}

#[test]
fn a_panic_ends_one_session() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let class = Class::in_room(room.folder.clone(), &[], |command| {
        command.env("TUMEN_PANIC", "boris");
    });
    let mut anna = class.student("anna");
    anna.sees("Overview");
    let mut boris = class.student("boris");
    boris.sees("an error of the program");
    assert_eq!(boris.end().code(), Some(101));
    assert!(boris.session.has_its_settings());
    class.log_has("how=panicked", 1);
    goes_on(&mut anna);
}

#[test]
fn without_file_descriptors_the_server_waits_for_some() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&["--max-rate", "1000", "--max-waiting", "500"]);
    let mut anna = class.student("anna");
    anna.sees("Overview");
    let limit = Rlimit { current: Some(64), maximum: Some(64) };
    let server = Pid::from_raw(class.id().cast_signed()).expect("a process");
    prlimit(Some(server), Resource::Nofile, limit).expect("the server is ours");
    let streams: Vec<TcpStream> = (0..100).map(|_| class.connect()).collect();
    class.log_has("not-taken", 1);
    goes_on(&mut anna);
    for stream in &streams {
        // The server may have closed it already.
        let _ = stream.shutdown(Shutdown::Both);
    }
    drop(streams);
    assert!(class.run("ssh", &["boris@127.0.0.1", "help"]).status.success());
}

#[test]
fn a_flood_of_keys_slows_only_its_own_session() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let mut anna = class.student("anna");
    anna.sees("Overview");
    let mut boris = class.student("boris");
    boris.sees("Overview");
    // More than is let in at once; what the client does not take stays in its terminal.
    boris.press(&"jk".repeat(1500));
    goes_on(&mut anna);
    boris.press("Q");
    assert!(boris.end().success());
}

#[test]
fn any_size_and_a_storm_of_sizes() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let mut nothing = class.student_with("nothing", (0, 0), "xterm", &[]);
    nothing.session.expect("Overview");
    let mut huge = class.student_with("huge", (65535, 65535), "xterm", &[]);
    huge.session.expect("Overview");
    let mut anna = class.student("anna");
    anna.sees("Overview");
    for columns in 0..300 {
        anna.resize(columns, 65535 - columns);
    }
    anna.resize(1, 1);
    anna.resize(90, 20);
    anna.until("20 rows", |screen| screen.lines().count() == 20 && screen.contains("Overview"));
    assert!(class.resident() < 200_000, "{} KiB", class.resident());
    for student in [&mut nothing, &mut huge] {
        student.press("Q");
        assert!(student.session.end().success());
    }
}

#[test]
fn packets_may_be_cut_anywhere() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let between = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let port = between.local_addr().expect("it has an address").port();
    let server = class.port;
    let carrier = thread::spawn(move || {
        let (client, _) = between.accept().expect("the client comes");
        let server = TcpStream::connect(("127.0.0.1", server)).expect("the server listens");
        let back = (server.try_clone().expect("a copy"), client.try_clone().expect("a copy"));
        let there = thread::spawn(move || byte_by_byte(client, server));
        byte_by_byte(back.0, back.1);
        there.join().expect("it only copies");
    });
    let port = format!("Port={port}");
    let other = ["-o", &port, "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"];
    let output = class.run_with(&other, "ssh", &["anna@127.0.0.1", "show", "H25"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("Khrushchev"), "{output:?}");
    carrier.join().expect("it only copies");
}

/// Copies until the end, one byte a packet.
fn byte_by_byte(mut from: TcpStream, mut to: TcpStream) {
    to.set_nodelay(true).expect("it is a socket");
    let mut byte = [0];
    while from.read(&mut byte).is_ok_and(|count| count == 1) && to.write_all(&byte).is_ok() {}
    // The other side may be gone already.
    let _ = to.shutdown(Shutdown::Write);
}
