//! A watched file is read again however it was saved, and wherever links and folders led before.

use std::fs;
use std::path::Path;

use crate::pty::{Session, tumen};
use crate::writing::bash;

const SMALL: &str = include_str!("../data/small.ron");
const FRAME: &str = "\u{1b}[?2026l";

/// Functions for bash: what a file of a title is, how it is saved in place and beside.
const SAVES: &str = r#"
of() { sed "s/Two neighbours/$1/" small; }
inplace() { of "$1" >"$2"; }
beside() { of "$1" >"$2.new"; mv "$2.new" "$2"; }
"#;

/// A session that watches a file, and where it stands in what it sent.
fn watching(path: &Path) -> (Session, usize) {
    let mut session = Session::start(tumen(&["--watch", path.to_str().expect("UTF-8")]));
    let first = session.expect(FRAME);
    // Watching begins behind the first frame, and before the first key.
    session.press("/");
    let typing = session.expect_after(first, "Type what you look for");
    session.press("\u{1b}");
    let seen = session.expect_after(typing, "move");
    (session, seen)
}

#[test]
fn a_save_is_seen_wherever_the_file_is() {
    // How the file came there, what is opened, how it is saved, and how again.
    for (made, file, first, again) in [
        ("inplace A own.ron", "own.ron", "inplace QQQQ own.ron", "beside ZZZZ own.ron"),
        (
            "inplace A own.ron",
            "own.ron",
            "rm own.ron; inplace QQQQ own.ron",
            "rm own.ron; beside ZZZZ own.ron",
        ),
        // A link, as stow makes them.
        (
            "mkdir real; inplace A real/own.ron; ln -s real/own.ron own.ron",
            "own.ron",
            "inplace QQQQ real/own.ron",
            "beside ZZZZ real/own.ron",
        ),
        // A link that is turned to another file, and a save of that one.
        ("inplace A a; inplace QQQQ b; ln -s a own.ron", "own.ron", "ln -sfn b own.ron", "inplace ZZZZ b"),
        // A link to a folder, as deployments turn them.
        (
            "mkdir 1 2; inplace A 1/own.ron; inplace QQQQ 2/own.ron; ln -s 1 now",
            "now/own.ron",
            "ln -s 2 new; mv -T new now",
            "inplace ZZZZ 2/own.ron",
        ),
        // The folder is removed and made again, at once and with its parents.
        (
            "mkdir f; inplace A f/own.ron",
            "f/own.ron",
            "rm -r f; mkdir f; inplace QQQQ f/own.ron",
            "rm -r f; mkdir f; beside ZZZZ f/own.ron",
        ),
        (
            "mkdir -p a/b/c; inplace A a/b/c/own.ron",
            "a/b/c/own.ron",
            "rm -r a; mkdir -p a/b; mkdir a/b/c; inplace QQQQ a/b/c/own.ron",
            "inplace ZZZZ a/b/c/own.ron",
        ),
        // The folder is moved away, and another one takes its place.
        (
            "mkdir f g; inplace A f/own.ron; inplace QQQQ g/own.ron",
            "f/own.ron",
            "mv f old; mv g f",
            "inplace ZZZZ f/own.ron",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("small"), SMALL).expect("written");
        let run = |script: &str| {
            let said = bash(folder.path(), &format!("{SAVES}set -e; {script}"));
            assert!(said.status.success(), "{script}: {said:?}");
        };
        run(made);
        let (mut session, seen) = watching(&folder.path().join(file));
        run(first);
        let seen = session.expect_after(seen, "QQQQ");
        run(again);
        session.expect_after(seen, "ZZZZ");
        session.press("Q");
        assert_eq!(session.end().code(), Some(0), "{first}");
    }
}

#[test]
fn what_is_gone_for_long_is_said_and_seen_when_it_is_back() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("f")).expect("made");
    let path = folder.path().join("f/own.ron");
    fs::write(&path, SMALL).expect("written");
    let (mut session, mut seen) = watching(&path);
    fs::remove_dir_all(folder.path().join("f")).expect("removed");
    seen = session.expect_after(seen, "what was read before stays");
    fs::create_dir(folder.path().join("f")).expect("made");
    fs::write(&path, SMALL.replace("Two neighbours", "QQQQ")).expect("written");
    session.expect_after(seen, "QQQQ");
    session.press("Q");
    assert_eq!(session.end().code(), Some(0));
}

#[test]
fn where_there_is_nothing_to_watch_that_is_said() {
    let mut session = Session::start(tumen(&["--watch"]));
    let seen = session.expect(FRAME);
    session.expect_after(seen, "there is nothing to watch: the dossier came without one");
    session.press("Q");
    assert_eq!(session.end().code(), Some(0));
}
