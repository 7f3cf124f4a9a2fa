//! What the program writes is written whole or not at all, where it was meant to go, and never over what it reads.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tumen");
/// A knowledge file.
const SMALL: &str = include_str!("../data/small.ron");
/// What a hand-out of it begins with.
const HEAD: &str = "# ";

/// A folder with a knowledge file `own.ron`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    fs::write(folder.path().join("own.ron"), SMALL).expect("written");
    folder
}

/// A command line of bash in `folder`; `$tumen` is the program. What takes too long ends with 124 (`timeout(1)`).
pub(crate) fn bash(folder: &Path, script: &str) -> Output {
    let mut command = Command::new("timeout");
    command.args(["60", "bash", "-c", script]).current_dir(folder).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("tumen", PROGRAM);
    command.env("LANG", "C.UTF-8").env("HOME", folder);
    command.output().expect("it runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The names in a folder, in their order.
fn names(folder: &Path) -> Vec<String> {
    let items = fs::read_dir(folder).expect("it is a folder");
    let mut names: Vec<String> =
        items.map(|item| text(item.expect("it is there").file_name().as_encoded_bytes())).collect();
    names.sort();
    names
}

#[test]
fn without_room_the_old_export_stays_and_nothing_else() {
    let folder = folder();
    let path = folder.path().join("out.html");
    for (old, script) in [
        // The largest file that may be written: as a full disk, but without having to fill one.
        (Some("old"), "ulimit -f 1; exec $tumen export --html --file own.ron -o out.html"),
        (None, "ulimit -f 1; exec $tumen export --html --file own.ron -o out.html"),
        // What cannot be read writes nothing.
        (Some("old"), "exec $tumen export --html --file /dev/null -o out.html"),
    ] {
        let _ = fs::remove_file(&path);
        if let Some(old) = old {
            fs::write(&path, old).expect("written");
        }
        let said = bash(folder.path(), script);
        assert_eq!(said.status.code(), Some(2), "{script}: {said:?}");
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), old, "{script}");
        let expected = if old.is_some() { vec!["out.html", "own.ron"] } else { vec!["own.ron"] };
        assert_eq!(names(folder.path()), expected, "nothing half done stays behind");
    }
}

#[test]
fn whenever_it_is_killed_there_is_the_old_export_or_the_new_one() {
    let folder = folder();
    let path = folder.path().join("out.html");
    let export = "$tumen export --html --file own.ron -o out.html";
    // The kill comes at another moment each time, some of them before the first byte and after the last one.
    for round in 0..15 {
        fs::write(&path, "old").expect("written");
        let wait = format!("for i in {{1..{}}}; do :; done", round * 1000 + 1);
        bash(folder.path(), &format!("{export} & {wait}; kill -9 $!; wait"));
        let out = fs::read_to_string(&path).expect("one of both is there");
        assert!(out == "old" || out.trim_end().ends_with("</html>"), "round {round}: {} bytes", out.len());
    }
    // What a kill in the wrong moment leaves behind goes with the next export, but nothing that may be at work, and
    // nothing that is called otherwise.
    let left =
        [".out.html.a1B2c3", ".out.html.a1B2c", ".out.html.a1-2c3", ".own.ron.a1B2c3", "out.html.a1B2c3"];
    let [old, now] = [Duration::from_hours(1), Duration::ZERO].map(|age| SystemTime::now() - age);
    for (name, written) in left.map(|name| (name, old)).into_iter().chain([(".out.html.f00BAR", now)]) {
        let file = fs::File::create(folder.path().join(name)).expect("written");
        file.set_modified(written).expect("its time is set");
    }
    assert_eq!(bash(folder.path(), export).status.code(), Some(0));
    let names = names(folder.path());
    assert!(!names.contains(&left[0].to_owned()), "{names:?}");
    for kept in left[1..].iter().chain(&[".out.html.f00BAR"]) {
        assert!(names.contains(&(*kept).to_owned()), "{kept} is gone");
    }
}

#[test]
fn nothing_is_written_over_what_is_read() {
    for (read, out) in [
        ("--file own.ron", "-o own.ron"),
        ("--file own.ron", "-o ./sub/../own.ron"),
        ("--file own.ron", "-o $PWD/own.ron"),
        ("--file own.ron", "-o soft.ron"),
        ("--file own.ron", "-o hard.ron"),
        ("--file soft.ron", "-o own.ron"),
        ("--file own.ron", ">>own.ron"),
        ("--file own.ron", "-o - >>hard.ron"),
        ("--file own.ron", "-o /dev/stdout >>own.ron"),
        ("--file - <own.ron", "-o own.ron"),
        ("--file /dev/stdin <own.ron", "-o hard.ron"),
        ("--file small.ron", "-o config.ron"),
    ] {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("sub")).expect("made");
        fs::write(at("small.ron"), SMALL).expect("written");
        fs::write(at("config.ron"), "Config()").expect("written");
        symlink("own.ron", at("soft.ron")).expect("linked");
        fs::hard_link(at("own.ron"), at("hard.ron")).expect("linked");
        let script = format!("export TUMEN_CONFIG=config.ron; $tumen export --md {read} {out}");
        let said = bash(folder.path(), &script);
        assert_eq!(said.status.code(), Some(2), "{script}: {said:?}");
        let why = text(&said.stderr);
        assert!(
            why.contains("the knowledge file itself") || why.contains("the configuration"),
            "{script}: {why}"
        );
        assert_eq!(fs::read_to_string(at("own.ron")).expect("it is there"), SMALL, "{script}");
        assert_eq!(fs::read_to_string(at("config.ron")).expect("it is there"), "Config()", "{script}");
    }
    // The same for one of several files, and for whoever is named in the environment.
    let folder = folder();
    fs::copy(folder.path().join("own.ron"), folder.path().join("more.ron")).expect("copied");
    for script in [
        "$tumen more.ron own.ron export --md -o own.ron",
        "TUMEN_FILE=own.ron $tumen export --md -o own.ron",
        "$tumen serve --file own.ron --log own.ron --host-key key",
    ] {
        let said = bash(folder.path(), script);
        assert_eq!(said.status.code(), Some(2), "{script}: {said:?}");
        assert_eq!(
            fs::read_to_string(folder.path().join("own.ron")).expect("it is there"),
            SMALL,
            "{script}"
        );
    }
}

#[test]
fn an_export_goes_where_it_is_sent() {
    // The command, the file where the hand-out is then, and whether it is to be on standard output.
    for (script, file, is_answer) in [
        ("$tumen export --md --file own.ron", None, true),
        ("$tumen export --md --file own.ron -o -", None, true),
        ("$tumen export --md --file own.ron -o /dev/stdout", None, true),
        ("$tumen export --md --file own.ron -o /dev/stdout | cat", None, true),
        ("$tumen export --md --file own.ron -o /dev/stdout >out", Some("out"), false),
        ("$tumen export --md --file own.ron -o /dev/fd/3 3>out", Some("out"), false),
        ("$tumen export --md --file own.ron -o >(cat >&2) ; wait $!", None, false),
        ("$tumen export --md --file own.ron -o /dev/null", None, false),
        (
            "mkfifo pipe; cat pipe >out & $tumen export --md --file own.ron -o pipe; wait; rm pipe",
            Some("out"),
            false,
        ),
        ("$tumen export --md --file own.ron -o out", Some("out"), false),
        ("echo longer than what comes >out; $tumen export --md --file own.ron -o out", Some("out"), false),
    ] {
        let folder = folder();
        let said = bash(folder.path(), script);
        assert_eq!(said.status.code(), Some(0), "{script}: {said:?}");
        assert_eq!(text(&said.stdout).starts_with(HEAD), is_answer, "{script}");
        let mut expected = vec!["own.ron".to_owned()];
        if let Some(file) = file {
            let out = fs::read_to_string(folder.path().join(file)).expect("it was written");
            let whole = text(&bash(folder.path(), "$tumen export --md --file own.ron").stdout);
            assert_eq!(out, whole, "{script}");
            expected.insert(0, file.to_owned());
        }
        assert_eq!(names(folder.path()), expected, "{script}");
    }
}

#[test]
fn what_cannot_be_written_says_why() {
    for (out, why) in [
        ("/dev/full", "No space left"),
        (".", "is a folder"),
        ("new/", "is a folder"),
        ("no/such/folder.md", "there is no such folder"),
        ("own.ron/x", "cannot be written"),
        ("circle", "circle"),
    ] {
        let folder = folder();
        symlink("circle", folder.path().join("circle")).expect("linked");
        let said = bash(folder.path(), &format!("$tumen export --md --file own.ron -o {out}"));
        assert_eq!(said.status.code(), Some(2), "{out}: {said:?}");
        assert!(text(&said.stderr).contains(why), "{out}: {said:?}");
        assert_eq!(names(folder.path()), ["circle", "own.ron"], "{out}");
    }
}

#[test]
fn a_link_stays_a_link_and_permissions_stay_what_they_were() {
    for (link, to) in
        [("link", "real/out"), ("link", "real/new"), ("sub/link", "../real/out"), ("two", "link")]
    {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        for name in ["real", "sub"] {
            fs::create_dir(at(name)).expect("made");
        }
        fs::write(at("real/out"), "old").expect("written");
        fs::set_permissions(at("real/out"), fs::Permissions::from_mode(0o640)).expect("set");
        symlink(to, at(link)).expect("linked");
        if link == "two" {
            symlink("real/out", at("link")).expect("linked");
        }
        let said = bash(folder.path(), &format!("$tumen export --md --file own.ron -o {link}"));
        assert_eq!(said.status.code(), Some(0), "{link} to {to}: {said:?}");
        assert!(
            fs::symlink_metadata(at(link)).expect("it is there").is_symlink(),
            "{link} is a link no more"
        );
        let real = if to == "real/new" { at(to) } else { at("real/out") };
        assert!(fs::read_to_string(&real).expect("it is there").starts_with(HEAD), "{link} to {to}");
        let mode = fs::metadata(at("real/out")).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o640, "{link} to {to}");
    }
}

#[test]
fn a_file_that_may_not_be_written_is_not_replaced() {
    let folder = folder();
    let path = folder.path().join("out");
    fs::write(&path, "old").expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("set");
    if fs::File::options().write(true).open(&path).is_ok() {
        println!("SKIPPED: whoever runs this may write everything");
        return;
    }
    let said = bash(folder.path(), "$tumen export --md --file own.ron -o out");
    assert_eq!((said.status.code(), fs::read_to_string(&path).ok().as_deref()), (Some(2), Some("old")));
}

#[cfg(feature = "serve")]
#[test]
fn a_host_key_is_there_whole_whatever_a_killed_server_left() {
    let folder = folder();
    // A process of the same number, as the first one in a container is, was killed while it made the key. The address
    // is one for documentation (RFC 5737): the server ends as soon as it has its key.
    let script = "echo half >key.$$; exec $tumen serve --host-key key --open --listen 203.0.113.1:9";
    let said = bash(folder.path(), script);
    assert!(text(&said.stderr).contains("cannot be listened on"), "{said:?}");
    assert_eq!(names(folder.path()), ["key", "own.ron"]);
    let key = folder.path().join("key");
    assert!(
        fs::read_to_string(&key).expect("it was made").starts_with("-----BEGIN OPENSSH PRIVATE KEY-----")
    );
    let before = fs::read(&key).expect("it was made");
    bash(folder.path(), script);
    assert_eq!(fs::read(&key).expect("it is there"), before, "the key of the first server stays");
}

#[test]
fn answers_are_whole_where_output_does_not_wait() {
    let folder = folder();
    // A pipe that takes 4 KiB at once, made non-blocking by its other end, and a reader who takes their time.
    let script = r"
import fcntl, os, subprocess, sys
into, out = os.pipe()
fcntl.fcntl(out, 1031, 4096)  # F_SETPIPE_SZ
os.set_blocking(out, False)
asked = sys.argv[2:]
child = subprocess.Popen([sys.argv[1]] + asked, stdout=out)
os.close(out)
got = b''
while chunk := os.read(into, 1024):
    got += chunk
sys.stdout.buffer.write(got)
sys.exit(child.wait())
";
    fs::write(folder.path().join("slow.py"), script).expect("written");
    let slowly = |arguments: &str| bash(folder.path(), &format!("python3 slow.py $tumen {arguments}"));
    if !bash(folder.path(), "python3 -c pass").status.success() {
        println!("SKIPPED: there is no python3 to make a pipe that does not wait");
        return;
    }
    for arguments in
        ["export --html", "export --json", "timeline", "search korea -n 1000", "man", "--help", "help search"]
    {
        let slow = slowly(arguments);
        let usual = bash(folder.path(), &format!("$tumen {arguments}"));
        assert_eq!(slow.status.code(), Some(0), "{arguments}: {}", text(&slow.stderr));
        assert!(
            slow.stdout == usual.stdout,
            "{arguments}: {} of {} bytes",
            slow.stdout.len(),
            usual.stdout.len()
        );
    }
}
