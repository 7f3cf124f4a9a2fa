//! Crowds at the door and in the room: hundreds that say nothing or nonsense, that come and go, that type without end.
//!
//! What they took is given back: after a third crowd of a kind the server holds no more than after the second, but for
//! what an allocator keeps here and there.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;

use rustix::process::{Resource, Signal, getrlimit, kill_process, setrlimit};

use super::class::{Class, Student, there_is_ssh};
use super::faults::{client, goes_on};

/// Kilobytes by which a server may have grown once a crowd of a known kind is gone.
const KEPT: usize = 8192;

/// Flags of a server that has to see a crowd to its seats, or to the door.
const ROOMY: [&str; 6] = ["--max-rate", "100000", "--max-waiting", "5000", "--max-sessions", "5000"];

/// A class for crowds, in which others are let in, too.
fn roomy(arguments: &[&str]) -> Class {
    // Server and test hold a descriptor for each connection; a limit that cannot be raised shows in what follows.
    let limit = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, rustix::process::Rlimit { current: limit.maximum, ..limit });
    Class::open(&[&ROOMY[..], &["--max-per-address", "5000"], arguments].concat())
}

/// So many connections that say `words` and then nothing.
fn crowd(class: &Class, count: usize, words: &[u8]) -> Vec<TcpStream> {
    let come = |_| {
        let mut stream = class.connect();
        // It may have been closed while it was written to.
        let _ = stream.write_all(words);
        stream
    };
    (0..count).map(come).collect()
}

/// Waits until a text is on everybody's screen.
fn all_see(students: &mut [Student], text: &str) {
    for student in students {
        student.sees(text);
    }
}

/// Waits until the server has ended each of them.
fn see_off(crowd: Vec<TcpStream>) {
    for mut stream in crowd {
        // Closed or reset: both are an end, and neither hangs.
        if let Err(error) = stream.read_to_end(&mut Vec::new()) {
            assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "a connection stays open");
        }
    }
}

#[test]
fn eleven_hundred_that_say_nothing_or_nonsense_are_shown_the_door() {
    if !there_is_ssh() {
        return;
    }
    let class = roomy(&["--login-grace", "2"]);
    let mut anna = class.student("anna");
    anna.sees("Overview");
    let mut held = Vec::new();
    for _ in 0..3 {
        let silent = crowd(&class, 500, b"");
        let greeting = crowd(&class, 300, b"SSH-2.0-silent\r\n");
        let web = crowd(&class, 150, b"GET / HTTP/1.0\r\n\r\n");
        let noise = crowd(&class, 150, &[0xff; 5000]);
        goes_on(&mut anna);
        [silent, greeting, web, noise].into_iter().for_each(see_off);
        goes_on(&mut anna);
        held.push(class.resident());
    }
    assert!(held[2] < 100_000, "{held:?} KiB");
    assert!(held[2] < held[1] + KEPT, "{held:?} KiB");
}

#[test]
fn who_goes_however_leaves_nothing_behind() {
    if !there_is_ssh() {
        return;
    }
    let class = roomy(&[]);
    let mut anna = class.student("anna");
    anna.sees("Overview");
    let mut held = Vec::new();
    for round in 1..=3 {
        let mut students: Vec<Student> = (0..20).map(|_| class.student("boris")).collect();
        all_see(&mut students, "Overview");
        for (at, student) in students.iter_mut().enumerate() {
            if at % 2 == 0 {
                kill_process(client(student), Signal::KILL).expect("the client is there");
            } else {
                student.press("Q");
            }
        }
        drop(students);
        class.log_has("session-ended", round * 20);
        goes_on(&mut anna);
        held.push(class.resident());
    }
    assert!(held[2] < held[1] + KEPT, "{held:?} KiB");
}

#[test]
fn keys_without_end_are_taken_as_fast_as_is_bearable() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let mut anna = class.student("anna");
    anna.sees("Overview");
    let mut flood = class.start("ssh", &["-tt", "boris@127.0.0.1"]);
    class.log_has("user=boris", 1);
    let mut keys = flood.stdin.take().expect("it is piped");
    let typist = thread::spawn(move || {
        let mut bytes = 0;
        // It ends with the client.
        while keys.write_all(&[b'j'; 4096]).is_ok() {
            bytes += 4096;
        }
        bytes
    });
    let (held, used, begun) = (class.resident(), class.used(), std::time::Instant::now());
    for _ in 0..10 {
        goes_on(&mut anna);
    }
    let (hundredths, passed) = (class.used() - used, begun.elapsed().as_millis() as u64 / 10);
    flood.kill().expect("the client is ours");
    flood.wait().expect("the client is ours");
    assert!(typist.join().expect("it only writes") > 0);
    assert!(class.resident() < held + KEPT, "{held} and {} KiB", class.resident());
    // Unbounded it takes most of a processor; the sessions of others are in this figure, too.
    assert!(hundredths < 50 + passed, "{hundredths} hundredths of a second in {passed}");
    goes_on(&mut anna);
}

#[test]
fn a_class_that_looks_on_costs_nothing() {
    if !there_is_ssh() {
        return;
    }
    let class = super::class::Room::new().open_with_teacher(&[]);
    let mut teacher = class.presenter();
    teacher.sees("0 of 0 follow");
    let mut students: Vec<Student> = (0..10).map(|_| class.student("boris")).collect();
    all_see(&mut students, "following");
    // A tour is on the stage, whose minutes only the presenter is told.
    teacher.press("p\r");
    all_see(&mut students, "1/10");
    teacher.sees("10 of 10 follow");
    let quiet = |class: &Class| {
        let before = class.naps();
        thread::park_timeout(std::time::Duration::from_secs(1));
        class.naps() - before
    };
    // The last frames are being answered; after that there is a second in which nobody is woken.
    let naps: Vec<u64> = (0..10).map(|_| quiet(&class)).take_while(|naps| *naps > 0).collect();
    assert!(naps.len() < 10, "the server is woken without an end: {naps:?}");
}
