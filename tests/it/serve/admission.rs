//! Who is let in, and as what: right and wrong keys and passwords, and a server that does not open carelessly.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::class::{Class, Room, there_is_ssh};

#[test]
fn a_port_for_others_needs_a_word_about_who_may_come() {
    let room = Room::new();
    let host_key = room.folder.join("host-key").to_string_lossy().into_owned();
    let empty = room.file("empty", "\n");
    let short = room.file("short", "a\n");
    let read = room.file("read", "two rivers\n");
    std::fs::set_permissions(&read, std::fs::Permissions::from_mode(0o640)).expect("it is ours");
    let folder = room.folder.to_string_lossy().into_owned();
    let nonsense = room.file("nonsense", "ssh-ed25519 nonsense\n");
    let missing = room.folder.join("missing").to_string_lossy().into_owned();
    for (arguments, complaint) in [
        (&["--listen", "0.0.0.0:0"][..], "--password-file"),
        (&["--listen", "[::]:0"], "--password-file"),
        (&["--password-file", &empty], "first line is empty"),
        (&["--authorized-keys", &nonsense], "line 1 is no public key"),
        (&["--authorized-keys", &missing], "missing"),
        (&["--open", "--password-file", &empty], "cannot be used with"),
        (&["--largest", "0x0"], "20 columns and 5 rows at least"),
        (&["--largest", "19x5"], "20 columns and 5 rows at least"),
        (&["--largest", "big"], "write it like 300x100"),
        (&["--max-sessions", "0"], "nobody could come in, or stay"),
        (&["--max-per-address", "0"], "nobody could come in"),
        (&["--max-waiting", "0"], "nobody could come in"),
        (&["--max-rate", "0"], "nobody could come in"),
        (&["--max-attempts", "0"], "nobody could come in"),
        (&["--max-failures", "0"], "nobody could come in"),
        (&["--login-grace", "0"], "nobody could come in"),
        (&["--idle", "0"], "nobody could come in, or stay"),
        (&["--stalled", "0"], "nobody could come in, or stay"),
        (&["--max-input", "0"], "nobody could come in"),
        (&["--max-keys", "0"], "nobody could come in"),
        (&["--max-keys", "many"], "invalid digit"),
        (&["--listen", "0.0.0.0"], "write `0.0.0.0:2222`"),
        (&["--password-file", &short], "take two words"),
        (&["--password-file", &read], "`chmod 600"),
        (&["--host-key", &folder], "is no file"),
        (&["--present", "nosuch"], "--present needs a terminal"),
    ] {
        let given = ["--host-key", &host_key, "--listen", "127.0.0.1:0"];
        let own = given.chunks(2).filter(|flag| !arguments.contains(&flag[0])).flatten();
        let output = Command::new(env!("CARGO_BIN_EXE_tumen"))
            .arg("serve")
            .args(own)
            .args(arguments)
            .output()
            .expect("the program runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(complaint), "{arguments:?}: {told}");
    }
}

#[test]
fn the_host_key_stays_and_is_nobody_elses() {
    let room = Room::new();
    let folder = room.folder.clone();
    let key = folder.join("host-key");
    let mut class = Class::in_room(folder.clone(), &[], |_| {});
    let mode = std::fs::metadata(&key).expect("it was made").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let first = std::fs::read_to_string(folder.join("known_hosts")).expect("written");
    class.signal(rustix::process::Signal::TERM);
    assert!(class.end().success());
    let again = Class::in_room(folder.clone(), &[], |_| {});
    let second = std::fs::read_to_string(folder.join("known_hosts")).expect("written");
    let blob = |line: &str| line.split_whitespace().nth(2).map(str::to_owned);
    assert_eq!(blob(&first), blob(&second));
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).expect("it is ours");
    let refused = Command::new(env!("CARGO_BIN_EXE_tumen"))
        .args(["serve", "--listen", "127.0.0.1:0", "--host-key"])
        .arg(&key)
        .output()
        .expect("the program runs");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("chmod 600"));
    drop(again);
}

#[test]
fn keys_open_the_door_and_only_a_presenters_key_the_stage() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let students = room.file("students", &format!("# the class\n{}", room.key("student")));
    room.key("stranger");
    let class = room.open_with_teacher(&["--authorized-keys", &students]);
    let key = |name: &str| class.folder.join(name).to_string_lossy().into_owned();
    for (user, keys, admitted) in [
        ("anna", &["student"][..], true),
        ("anna", &["teacher"], true),
        ("anna", &["stranger"], false),
        ("anna", &["stranger", "student"], true),
        ("presenter", &["teacher"], true),
        ("presenter", &["student"], false),
        ("presenter", &["student", "teacher"], true),
    ] {
        let files: Vec<String> = keys.iter().map(|name| key(name)).collect();
        let mut arguments: Vec<&str> = files.iter().flat_map(|file| ["-i", file]).collect();
        let to = format!("{user}@127.0.0.1");
        arguments.extend([to.as_str(), "show", "H25"]);
        let output = class.run("ssh", &arguments);
        let code = if admitted { 0 } else { 255 };
        assert_eq!(output.status.code(), Some(code), "{user} {keys:?}: {output:?}");
    }
    let none = class.run("ssh", &["anna@127.0.0.1", "show", "H25"]);
    assert_eq!(none.status.code(), Some(255), "nobody comes in without a key");
    assert_eq!(class.log().matches("as=presenter").count(), 2, "{}", class.log());
    // A certificate or an RSA key is no key that is known here.
    let rsa = class.folder.join("rsa");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "rsa", "-N", "", "-f"]).arg(&rsa).status();
    assert!(made.is_ok_and(|status| status.success()));
    let refused = class.run("ssh", &["-i", &key("rsa"), "anna@127.0.0.1", "help"]);
    assert_eq!(refused.status.code(), Some(255));
}

#[test]
fn a_password_opens_the_door_and_never_the_stage() {
    if !there_is_ssh() {
        return;
    }
    let room = Room::new();
    let password = room.file("password", "two rivers\nnot this line\n");
    let class = room.open_with_teacher(&["--password-file", &password]);
    let only = ["-o", "PreferredAuthentications=password"];
    let mut anna = class.student_with("anna", (80, 24), "xterm", &only);
    for (tried, next) in [("wrong", "password:"), ("not this line", "password:"), ("two rivers", "Overview")]
    {
        anna.sees("password:");
        let before = anna.session.sent.len();
        anna.press(&format!("{tried}\n"));
        anna.session.expect_after(before, next);
    }
    anna.press("Q");
    assert!(anna.end().success());
    let mut boris = class.student_with("boris", (80, 24), "xterm", &only);
    let mut from = 0;
    for _ in 0..3 {
        from = boris.session.expect_after(from, "password:");
        boris.press("wrong\n");
    }
    assert_eq!(boris.end().code(), Some(255), "three are enough");
    let mut false_teacher = class.student_with("presenter", (80, 24), "xterm", &only);
    let mut from = 0;
    for _ in 0..3 {
        from = false_teacher.session.expect_after(from, "password:");
        false_teacher.press("two rivers\n");
    }
    assert_eq!(false_teacher.end().code(), Some(255));
    let log = class.log();
    assert!(!log.contains("as=presenter") && !log.contains("two rivers"), "{log}");
    assert!(log.matches("wrong-password").count() >= 8, "{log}");
}

#[test]
fn an_open_door_is_not_the_stage() {
    if !there_is_ssh() {
        return;
    }
    let class = Room::new().open_with_teacher(&[]);
    assert_eq!(class.run("ssh", &["presenter@127.0.0.1", "help"]).status.code(), Some(255));
    assert_eq!(class.run("ssh", &["anna@127.0.0.1", "help"]).status.code(), Some(0));
}
