//! At the door: which keys are exchanged, what is written down of who is refused, and that the log can be moved away.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::{fs, io};

use regex::Regex;
use rustix::process::Signal;

use super::class::{Class, Room, there_is_ssh};

const TO: &str = "anna@127.0.0.1";

/// The lines of an event.
fn lines(log: &str, event: &str) -> Vec<String> {
    let of_event = |line: &&str| line.split(' ').nth(1) == Some(event);
    log.lines().filter(of_event).map(str::to_owned).collect()
}

#[test]
fn only_exchanges_that_cost_the_server_no_more_than_the_client() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let known = Command::new("ssh").args(["-Q", "kex"]).output().expect("the client runs").stdout;
    let known = String::from_utf8(known).expect("names are ASCII");
    let cheap = ["curve25519-sha256", "curve25519-sha256@libssh.org", "mlkem768x25519-sha256"];
    for kex in known.lines() {
        let status = class.run("ssh", &["-o", &format!("KexAlgorithms={kex}"), TO, "help"]).status.code();
        assert_eq!(status, Some(if cheap.contains(&kex) { 0 } else { 255 }), "{kex}");
    }
    let refused = lines(&class.log(), "no-key-exchange");
    assert!(refused.len() >= 3, "{}", class.log());
    for line in refused {
        assert!(
            line.contains(" from=127.0.0.1:") && line.contains("diffie-hellman")
                || line.contains("ecdh")
                || line.contains("sntrup"),
            "{line}"
        );
    }
    // Keys may be renewed at any time, and then as before.
    let often = class.run("ssh", &["-o", "RekeyLimit=4K", TO, "timeline", "--json"]);
    assert!(often.status.success() && often.stdout.len() > 8 * 1024);
    for mac in ["hmac-sha2-256", "hmac-sha1", "umac-64@openssh.com"] {
        let refused = class.run("ssh", &["-c", "aes256-ctr", "-m", mac, TO, "help"]);
        assert_eq!(refused.status.code(), Some(255), "{mac}");
    }
}

#[test]
fn every_refusal_is_written_down_with_its_address() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let students = room.file("students", &room.key("student"));
    room.key("stranger");
    let class = room.open_with_teacher(&["--authorized-keys", &students]);
    let key = |name: &str| class.folder.join(name).to_string_lossy().into_owned();
    let fingerprint = |name: &str| {
        let told = Command::new("ssh-keygen").args(["-lf", &key(name)]).output().expect("it runs").stdout;
        let told = String::from_utf8(told).expect("it is ASCII");
        told.split(' ').nth(1).expect("a fingerprint").to_owned()
    };
    class.run("ssh", &["-i", &key("stranger"), TO, "help"]);
    class.log_has("left ", 1);
    class.run("ssh", &["-i", &key("student"), TO, "show", "H25"]);
    class.log_has("command ", 1);
    let log = class.log();
    let one =
        |event: &str| lines(&log, event).into_iter().next().unwrap_or_else(|| panic!("no {event} in {log}"));
    assert!(one("refused-key").contains(&format!("user=anna key={}", fingerprint("stranger"))), "{log}");
    assert!(one("left").contains(" from=127.0.0.1:"), "{log}");
    assert!(one("admitted").contains(&format!("by=key:{} as=student", fingerprint("student"))), "{log}");
    let command = one("command");
    assert!(
        command.contains(" from=127.0.0.1:") && command.contains("user=anna command=\"show H25\""),
        "{log}"
    );
    // Ids of another run are others.
    let mut anna = class.student_with("anna", (80, 24), "xterm", &["-i", &key("student")]);
    anna.sees("Overview");
    anna.press("Q");
    assert!(anna.end().success());
    class.log_has("session-ended", 1);
    let ended = lines(&class.log(), "session-ended").concat();
    assert!(ended.contains(" from=127.0.0.1:") && ended.contains("user=anna how=quit"), "{ended}");
    let id =
        |line: &str| line.split(" id=").nth(1).and_then(|rest| rest.split(' ').next()).map(str::to_owned);
    let began = id(&command).expect("an id");
    assert!(
        began.split_once('-').is_some_and(|(began, _)| u64::from_str_radix(began, 16).is_ok()),
        "{began}"
    );
}

#[test]
fn an_address_of_version_4_is_written_as_one() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let class = Class::in_room(room.folder.clone(), &["--listen", "[::]:0", "--open"], |_| {});
    // Its key is known under the addresses of its interfaces.
    let any = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"];
    assert!(class.run_with(&any, "ssh", &[TO, "help"]).status.success());
    assert!(class.log().contains(" from=127.0.0.1:") && !class.log().contains("ffff"), "{}", class.log());
}

#[test]
fn a_log_that_was_moved_away_is_begun_again() -> io::Result<()> {
    if !there_is_ssh() {
        return Ok(());
    }
    let room = Room::new();
    let (path, old) = (room.folder.join("events"), room.folder.join("events.1"));
    let class = room.open(&["--log", &path.to_string_lossy()]);
    assert_eq!(fs::metadata(&path)?.permissions().mode() & 0o777 & !0o640, 0, "nobody else reads it");
    assert!(class.run("ssh", &[TO, "help"]).status.success());
    fs::rename(&path, &old)?;
    class.signal(Signal::HUP);
    while !path.exists() {
        std::thread::yield_now();
    }
    assert!(class.run("ssh", &[TO, "show", "H25"]).status.success());
    let (before, after) = (fs::read_to_string(&old)?, fs::read_to_string(&path)?);
    assert!(before.contains("command=help") && !before.contains("H25"), "{before}");
    assert!(after.contains("command=\"show H25\""), "{after}");
    Ok(())
}

#[test]
fn fail2ban_finds_who_guesses() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let password = room.file("password", "two rivers\n");
    let class = room.open(&["--password-file", &password]);
    let mut boris = class.student_with(
        "boris x=1 from=10.0.0.9:1",
        (80, 24),
        "xterm",
        &["-o", "PreferredAuthentications=password"],
    );
    let mut from = 0;
    for _ in 0..3 {
        from = boris.session.expect_after(from, "password:");
        boris.press("wrong word\n");
    }
    assert_eq!(boris.end().code(), Some(255));
    class.log_has("wrong-password", 3);
    class.run("ssh", &["-o", "KexAlgorithms=diffie-hellman-group14-sha256", TO, "help"]);
    class.log_has("no-key-exchange", 1);
    let more = "2026-01-02T03:04:05Z wrong-password id=1-2 from=[2001:db8::7]:22 user=x\n\
        2026-01-02T03:04:05Z refused from=192.0.2.1:5 reason=too-many-failures\n\
        2026-01-02T03:04:05Z refused from=192.0.2.1:5 reason=full\n\
        2026-01-02T03:04:05Z admitted id=1-3 from=192.0.2.1:5 user=\"wrong-password id=1 from=9.9.9.9:1 user=\" by=password as=student\n";
    let log = class.log() + more;
    let filter = include_str!("../../../assets/fail2ban/tumen.conf");
    let rules = filter.split("failregex = ").nth(1).and_then(|rest| rest.split("ignoreregex").next());
    let rules: Vec<Regex> = rules
        .expect("there are rules")
        .lines()
        .filter(|rule| !rule.trim().is_empty())
        .map(|rule| Regex::new(&rule.trim().replace("<HOST>", "(?P<host>[0-9a-fA-F.:]+?)")).expect("a rule"))
        .collect();
    let found: Vec<String> = log
        .lines()
        .filter_map(|line| rules.iter().find_map(|rule| Some(rule.captures(line)?["host"].to_owned())))
        .collect();
    assert_eq!(
        found,
        ["127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.1", "2001:db8::7", "192.0.2.1"],
        "{log}"
    );
    // The same with the program that it is for, where there is one.
    let (all, conf) = (class.folder.join("all"), class.folder.join("tumen.conf"));
    fs::write(&all, &log).expect("files can be written");
    fs::write(&conf, filter).expect("files can be written");
    if let Ok(output) = Command::new("fail2ban-regex").arg(&all).arg(&conf).output() {
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(told.contains(", 6 matched,"), "{told}");
    }
}

#[test]
fn one_session_after_the_other_on_one_connection() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let socket = class.folder.join("control").to_string_lossy().into_owned();
    let mut master = class.start("ssh", &["-M", "-N", "-S", &socket, TO]);
    class.log_has("admitted", 1);
    let through = |arguments: &[&str]| {
        let mut all = vec!["-F", "/dev/null", "-S", &socket, "-o", "ProxyCommand=false", TO];
        all.extend(arguments);
        Command::new("ssh").args(&all).output().expect("the client runs")
    };
    while !std::path::Path::new(&socket).exists() {
        std::thread::yield_now();
    }
    for _ in 0..5 {
        let output = through(&["show", "H25"]);
        assert!(output.status.success() && !output.stdout.is_empty(), "{output:?}");
        assert_eq!(through(&["search", "zzzzqqqq"]).status.code(), Some(1));
    }
    assert_eq!(lines(&class.log(), "admitted").len(), 1, "it was one connection: {}", class.log());
    master.kill().expect("it is ours");
    master.wait().expect("it is ours");
}

#[test]
fn a_terminal_that_cannot_be_drawn_on_gets_whole_lines() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    for term in ["dumb", ""] {
        let mut anna = class.student_with("anna", (60, 24), term, &["-tt"]);
        assert_eq!(anna.end().code(), Some(2));
        let sent = String::from_utf8_lossy(&anna.session.sent).into_owned();
        let bare = sent.split('\n').filter(|line| !line.ends_with('\r')).count();
        assert!(sent.matches("\r\n").count() > 20 && bare <= 1, "{term:?}: {sent:?}");
        assert!(sent.contains("TERM is dumb, or empty") && !sent.contains("Run `tumen`"), "{sent}");
        assert!(sent.lines().all(|line| line.chars().count() <= 110), "{sent}");
    }
}

#[test]
fn what_is_typed_without_end_into_a_search_is_no_work() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let mut anna = class.student("anna");
    anna.sees("Overview");
    let mut flood = class.start("ssh", &["-tt", "boris@127.0.0.1"]);
    class.log_has("user=boris", 1);
    let mut keys = flood.stdin.take().expect("it is piped");
    let typist = std::thread::spawn(move || {
        let letters = [b"/".to_vec(), [b"q".repeat(190), vec![0x15]].concat().repeat(20)].concat();
        // It ends with the client.
        while io::Write::write_all(&mut keys, &letters).is_ok() {}
    });
    let (used, begun) = (class.used(), std::time::Instant::now());
    for _ in 0..10 {
        super::faults::goes_on(&mut anna);
    }
    while begun.elapsed().as_secs() < 3 {
        super::faults::goes_on(&mut anna);
    }
    let (hundredths, passed) = (class.used() - used, begun.elapsed().as_millis() as u64 / 10);
    flood.kill().expect("the client is ours");
    flood.wait().expect("the client is ours");
    typist.join().expect("it only writes");
    // A tenth of a processor and what it had at first, for boris as for anna, and what SSH takes.
    assert!(hundredths < 100 + passed / 2, "{hundredths} hundredths of a second in {passed}");
}
