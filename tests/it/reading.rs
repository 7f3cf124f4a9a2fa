//! Whatever a file is, it is read once and in a time that its size explains, or refused with a reason.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;

use tumen::load::from_bytes;

use crate::pty::{Session, tumen};
use crate::writing::bash;

const SMALL: &str = include_str!("../data/small.ron");
const FRAME: &str = "\u{1b}[?2026l";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    fs::write(folder.path().join("own.ron"), SMALL).expect("written");
    folder
}

/// What `check` says of a file that a bash script names, and with which status.
fn checked(folder: &Path, script: &str) -> (Option<i32>, String) {
    let said = bash(folder, script);
    let words = [said.stdout, said.stderr].concat();
    (said.status.code(), String::from_utf8_lossy(&words).into_owned())
}

#[test]
fn a_file_is_read_once_whatever_it_is() {
    let folder = folder();
    symlink("own.ron", folder.path().join("link")).expect("linked");
    symlink("link", folder.path().join("link of link")).expect("linked");
    for script in [
        "$tumen check own.ron",
        "$tumen check 'link of link'",
        "$tumen check - <own.ron",
        "cat own.ron | $tumen check -",
        "cat own.ron | $tumen check /dev/stdin",
        "$tumen check <(cat own.ron)",
        // A pipe with a name, which is empty when it is opened again.
        "mkfifo pipe; cat own.ron >pipe & $tumen check pipe; status=$?; rm pipe; exit $status",
        // What was written piece by piece.
        "(head -c 100 own.ron; cat </dev/null; tail -c +101 own.ron) | $tumen check -",
    ] {
        assert_eq!(checked(folder.path(), script), (Some(0), String::new()), "{script}");
    }
    // Warnings have their places there, too: the text is what was read, and not read again.
    let unused =
        SMALL.replace("entities: [", "entities: [Entity(id: \"nobody\", kind: Idea, name: \"Nobody\"),");
    fs::write(folder.path().join("own.ron"), unused).expect("written");
    let (status, words) = checked(folder.path(), "$tumen check <(cat own.ron)");
    assert!(
        status == Some(0) && words.contains("nothing mentions `nobody`") && words.contains(" ▸ /dev/fd/")
            || words.contains("▸ /dev/fd/"),
        "{words}"
    );
}

#[test]
fn standard_input_is_read_to_its_end_even_if_it_does_not_wait() {
    let folder = folder();
    // The pipe is empty when the program comes to it, and empty again and again.
    let script = r"
import os, subprocess, sys, select
into, out = os.pipe()
os.set_blocking(into, False)
child = subprocess.Popen([sys.argv[1], 'check', '-'], stdin=into)
os.close(into)
text = open('own.ron', 'rb').read()
for at in range(0, len(text), 512):
    os.write(out, text[at:at + 512])
    os.sched_yield()
os.close(out)
sys.exit(child.wait())
";
    fs::write(folder.path().join("pieces.py"), script).expect("written");
    if !bash(folder.path(), "python3 -c pass").status.success() {
        println!("SKIPPED: there is no python3 to make a pipe that does not wait");
        return;
    }
    assert_eq!(checked(folder.path(), "python3 pieces.py $tumen"), (Some(0), String::new()));
}

#[test]
fn what_is_no_text_or_has_no_end_is_refused_at_once() {
    let folder = folder();
    for (name, bytes) in [("hole", 1 << 30), ("larger", (1 << 30) + 1), ("huge", 1_u64 << 41)] {
        File::create(folder.path().join(name)).and_then(|file| file.set_len(bytes)).expect("a hole");
    }
    // A file whose end was lost: its length is there, and its bytes are not.
    let torn = folder.path().join("torn");
    fs::write(&torn, SMALL).expect("written");
    File::options().write(true).open(&torn).and_then(|file| file.set_len(1 << 29)).expect("a hole");
    for (script, why) in [
        ("check hole", "NUL bytes"),
        ("check torn", "NUL bytes"),
        ("check larger", "larger than 1 GiB"),
        ("check huge", "larger than 1 GiB"),
        ("check /dev/zero", "NUL bytes"),
        ("check - </dev/zero", "NUL bytes"),
        ("check /dev/urandom", "not UTF-8"),
        ("check - </dev/urandom", "not UTF-8"),
        ("show a --file /dev/zero", "NUL bytes"),
        ("own.ron hole", "NUL bytes"),
        ("check .", "is a folder"),
        ("check - <.", "cannot be read"),
        ("check /dev/null", "the file is empty"),
        ("check no.ron", "there is no such file"),
    ] {
        // With 300 MB of memory, and five seconds of processor time for a debug build: nothing is read to its end.
        let (status, words) = checked(
            folder.path(),
            &format!("ulimit -v 300000 -t 5; exec $tumen {script} | cat; exit ${{PIPESTATUS[0]}}"),
        );
        assert!(matches!(status, Some(1 | 2)) && words.contains(why), "{script}: {status:?} {words}");
    }
}

#[test]
fn a_configuration_that_is_none_holds_nobody_up() {
    let folder = folder();
    let large = folder.path().join("large.ron");
    fs::write(&large, "// \n".repeat(1 << 19)).expect("written");
    for (config, why) in [
        ("/dev/zero", "larger than 1 MiB"),
        ("/dev/urandom", "larger than 1 MiB"),
        ("large.ron", "larger than 1 MiB"),
        (".", "is a folder"),
        ("pipe", "is a named pipe"),
        ("none.ron", "No such file"),
    ] {
        let made = bash(folder.path(), "test -p pipe || mkfifo pipe");
        assert!(made.status.success());
        let config = if config.starts_with('/') { config.into() } else { folder.path().join(config) };
        let mut session = Session::start(tumen(&[]).env("TUMEN_CONFIG", &config));
        let first = session.expect(FRAME);
        session.press("!");
        session.expect_after(first, why);
        session.press("Q");
        assert_eq!(session.end().code(), Some(0));
    }
    // One that a shell hands over is read.
    let script = "TUMEN_CONFIG=<(echo 'Config(theme: Dark)') $tumen; echo $?";
    assert!(checked(folder.path(), script).1.ends_with("0\n"));
}

#[cfg(feature = "serve")]
#[test]
fn so_do_passwords_and_keys() {
    let folder = folder();
    for (flag, file, why) in [
        ("--password-file", "/dev/zero", "larger than 1 MiB"),
        ("--authorized-keys", "/dev/urandom", "larger than 1 MiB"),
        ("--presenter-keys", ".", "is a folder"),
        ("--password-file", "<(echo)", "its first line is empty"),
    ] {
        let script = format!("$tumen serve --listen 127.0.0.1:0 --host-key key {flag} {file}");
        let (status, words) = checked(folder.path(), &script);
        assert!(status == Some(2) && words.contains(why), "{script}: {status:?} {words}");
    }
}

#[test]
fn what_is_read_once_is_not_read_again() {
    let folder = folder();
    for (flags, keys, said) in [
        ("--watch", "", "there is nothing to watch: what comes through a pipe is read once"),
        ("", "R", "there is no file to read anew: what comes through a pipe"),
        ("", "E", "there is no file to edit: what comes through a pipe"),
    ] {
        let script = format!("'{}' {flags} <(cat own.ron)", env!("CARGO_BIN_EXE_tumen"));
        let mut session =
            Session::start(crate::pty::program("bash", &["-c", &script]).current_dir(folder.path()));
        let first = session.expect(FRAME);
        session.press(keys);
        session.expect_after(first, said);
        session.press("Q");
        assert_eq!(session.end().code(), Some(0));
    }
}

#[test]
fn a_file_that_becomes_something_else_keeps_what_was_read() {
    for (what, script) in [
        ("a folder", "rm own.ron; mkdir own.ron"),
        ("a pipe", "rm own.ron; mkfifo own.ron"),
        ("a device", "ln -sf /dev/zero own.ron"),
        ("nothing", "rm own.ron"),
    ] {
        let folder = folder();
        let path = folder.path().join("own.ron");
        let mut session = Session::start(tumen(&[path.to_str().expect("UTF-8")]).env("EDITOR", "cat"));
        let mut seen = session.expect(FRAME);
        assert!(bash(folder.path(), script).status.success(), "{what}");
        session.press("R");
        seen = session.expect_after(seen, "what was read before stays");
        // It answers keys as before, the editor's among them.
        session.press("?");
        session.expect_after(seen, "Move");
        session.press("Q");
        assert_eq!(session.end().code(), Some(0), "{what}");
    }
}

#[test]
fn what_a_file_is_in_truth_is_said_where_it_makes_no_sense() {
    let merged = |text: &str| {
        text.replacen("\n        Topic(", "\n<<<<<<< HEAD\n        Topic(", 1).replacen(
            "    ]),",
            "    ]),\n=======\n>>>>>>> theirs",
            1,
        )
    };
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let cases: [(&str, Vec<u8>, &str, usize); 6] = [
        ("a merge", merged(SMALL).into_bytes(), "two versions were merged", 1),
        (
            "a mark in a text",
            SMALL.replace("title: \"History\"", "title: \"<<<<<<< a >>>>>>> b\"").into_bytes(),
            "",
            0,
        ),
        ("CR alone", SMALL.replace('\n', "\r").into_bytes(), "lines end in CR alone", 1),
        ("CR LF", SMALL.replace('\n', "\r\n").into_bytes(), "", 0),
        ("UTF-16", utf16(SMALL), "this is UTF-16", 1),
        ("UTF-16 with its mark", utf16(&format!("\u{feff}{SMALL}")), "this is UTF-16", 1),
    ];
    for (what, bytes, why, count) in cases {
        let problems = match from_bytes("f.ron", &bytes) {
            Ok(loaded) => loaded.problems,
            Err(unreadable) => unreadable.0,
        };
        assert_eq!(problems.len(), count, "{what}: {problems:?}");
        assert!(problems.iter().all(|problem| problem.what.contains(why)), "{what}: {problems:?}");
        assert!(
            problems.iter().all(|problem| problem.place.is_some() && !problem.remedy.is_empty()),
            "{what}"
        );
    }
}
