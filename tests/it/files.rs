//! Files of one's own: read anew without losing the place, by ids; and the editor.

use tumen::app::{Effect, Permissions};

use crate::session::{Session, library};

/// A file of entries, in topics: `topic: entry entry; topic: entry`. Each entry has two statements, `A` and `B`.
fn file(shape: &str) -> Vec<u8> {
    let entry = |id: &str| {
        format!(
            "Entry(id: \"{id}\", title: \"Entry {id}\", statements: [\
             Statement(id: \"{id}A\", standing: Established, text: \"First of {id}.\"),\
             Statement(id: \"{id}B\", standing: Assessed, text: \"See [it](name) in {id}.\")]),"
        )
    };
    let topic = |topic: &str| {
        let (id, entries) = topic.trim().split_once(':').expect("a topic and its entries");
        let entries: String = entries.split_whitespace().map(entry).collect();
        format!("Topic(id: \"{id}\", title: \"Topic {id}\", entries: [{entries}]),")
    };
    let topics: String = shape.split(';').map(topic).collect();
    let rest = "entities: [Entity(id: \"name\", kind: Idea, name: \"Name\")]";
    format!("Knowledge(format: 1, id: \"f\", title: \"File\", topics: [{topics}], {rest})").into_bytes()
}

#[test]
fn the_place_is_kept_by_its_ids() {
    const BEFORE: &str = "t: a b c; u: d e";
    for (keys, after, address, then, later) in [
        // Something is added before, or the order changes.
        ("j", "t: x a b c; u: d e", "t/b", "", "t/b"),
        ("j Enter j", "t: x a b c; u: d e", "t/b#bB", "k", "t/b#bA"),
        ("j Enter j", "u: e d; t: c b a", "t/b#bB", "Esc j", "t/a"),
        ("2 j", "u: e d; t: c b a", "u/e", "1", "u/e"),
        // An entry moves to another topic.
        ("j Enter", "t: a c; u: d b e", "u/b#bA", "", "u/b#bA"),
        // What one was at is gone: the row where it was.
        ("j Enter j", "t: a c; u: d e", "t/c", "", "t/c"),
        ("2 j j", "t: a b c", "t/a", "", "t/a"),
        // Back and forward lead to the same ids.
        ("j Enter j J", "t: c x b a; u: d e", "t/c#cA", "", "t/c#cA"),
        ("/ 'name' Enter", "u: d; t: x a b", "name", "Backspace", "t/a"),
        ("j / 'bB' Enter 2", "u: d; t: x a b", "u/d", "Backspace", "t/b#bB"),
        // The hits that one walks along are those that are still there.
        ("/ 'first' Enter", "t: c; u: e", "t/c", "n", "u/e#eA"),
    ] {
        let mut session = Session::of(library(&file(BEFORE)), 100, 30);
        session.press(keys);
        let new = library(&file(after));
        session.state.renew(&session.library, &new);
        session.library = new;
        assert_eq!(
            session.address(),
            address,
            "{keys:?} in {BEFORE:?}, then {after:?}\n{}",
            session.screen()
        );
        crate::invariants::check_state(&session.state, &session.library).expect("it holds together");
        session.press(then);
        assert_eq!(session.address(), later, "{keys:?} in {BEFORE:?}, then {after:?} and {then:?}");
    }
}

#[test]
fn any_state_survives_any_other_file() {
    let files = ["t: a b c; u: d e", "t: a", "x: y z", "u: e d c b a; t: q; v: r", "u: b"];
    let keys = [
        "",
        "j Enter j",
        "2 j Enter",
        "/ 'first' Enter n",
        "/ 'first'",
        "f",
        "s 2",
        ": 'to'",
        "'",
        "!",
        "B '",
    ];
    for before in files {
        for after in files {
            for keys in keys {
                let mut session = Session::of(library(&file(before)), 80, 24);
                session.press(keys);
                let new = library(&file(after));
                session.state.renew(&session.library, &new);
                session.library = new;
                let held = crate::invariants::check_state(&session.state, &session.library);
                held.unwrap_or_else(|why| panic!("{keys:?}, {before:?} to {after:?}: {why}"));
                session.screen();
                session.press("Esc j Enter j Backspace Backspace Backspace");
                session.screen();
            }
        }
    }
}

#[test]
fn keys_ask_for_the_file_and_not_where_it_is_somebody_elses() {
    for (keys, may, asked) in [
        ("R", Permissions::All, 1),
        ("Ctrl-r", Permissions::All, 1),
        ("Enter E", Permissions::All, 1),
        ("R", Permissions::Look, 0),
        ("E", Permissions::Look, 0),
    ] {
        let mut session = Session::shipped(80, 24);
        session.state.may = may;
        session.press(keys);
        let files = |effect: &&Effect| matches!(effect, Effect::Reload | Effect::Edit(_));
        assert_eq!(session.effects.iter().filter(files).count(), asked, "{keys} {may:?}");
    }
}

#[cfg(target_os = "linux")]
mod program {
    use std::fs;
    use std::path::Path;

    use crate::pty::{Session, tumen};

    const FRAME: &str = "\u{1b}[?2026l";

    /// Saves as editors do: another file, renamed.
    fn save(path: &Path, bytes: &[u8]) {
        let new = path.with_extension("new");
        fs::write(&new, bytes).expect("it can be written");
        fs::rename(&new, path).expect("it can be renamed");
    }

    fn session(path: &Path, arguments: &[&str], editor: &str) -> Session {
        let mut all = vec![path.to_str().expect("UTF-8")];
        all.extend(arguments);
        let mut session = Session::start(tumen(&all).env("EDITOR", editor));
        session.expect(FRAME);
        session
    }

    #[test]
    fn a_saved_file_is_read_anew_and_a_broken_one_is_explained_in_place() {
        for watched in [true, false] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("own.ron");
            save(&path, &super::file("t: a b"));
            let mut session = session(&path, if watched { &["--watch"] } else { &[] }, "");
            let mut seen = session.sent.len();
            if watched {
                // The watch begins after the first frame; what is saved before that would not be seen.
                session.press("/");
                seen = session.expect_after(seen, "Type what you look for");
                session.press("\u{1b}");
                seen = session.expect_after(seen, "move");
            }
            let save = |session: &mut Session, bytes: &[u8]| {
                save(&path, bytes);
                if !watched {
                    session.press("R");
                }
            };
            save(&mut session, &super::file("t: a b NEW"));
            seen = session.expect_after(seen, "NEW");
            save(&mut session, b"Knowledge(");
            seen = session.expect_after(seen, "what was read before stays");
            session.press("!");
            seen = session.expect_after(seen, "is never closed");
            save(&mut session, &super::file("t: a b LATER"));
            session.expect_after(seen, "read anew");
            session.press("Q");
            assert_eq!(session.end().code(), Some(0));
        }
    }

    #[test]
    fn the_editor_gets_the_line_and_the_terminal_and_gives_it_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("own.ron");
        let text =
            String::from_utf8(super::file("t: a b")).expect("UTF-8").replace("Statement(", "\nStatement(");
        fs::write(&path, &text).expect("written");
        // An editor that says what it was given, waits for a line and changes the file.
        let editor = folder.path().join("vi");
        let script = "#!/bin/sh\necho \"given $*\"\nread line\nsed -i \"s/Entry b/Entry $line/\" \"$2\"\n";
        fs::write(&editor, script).expect("written");
        let mut permissions = fs::metadata(&editor).expect("it is there").permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
        fs::set_permissions(&editor, permissions).expect("it can be run");

        let mut session = session(&path, &["--goto", "bA"], editor.to_str().expect("UTF-8"));
        assert!(!session.has_its_settings());
        session.press("E");
        let line = text.lines().position(|line| line.contains("\"bA\"")).expect("it is there") + 1;
        let given = session.expect(&format!("given +{line} "));
        assert!(session.has_its_settings(), "the editor has the terminal as it was before");
        session.press("changed\r");
        let back = session.expect_after(given, "\u{1b}[?1049h");
        session.expect_after(back, "changed");
        session.press("Q");
        assert_eq!(session.end().code(), Some(0));
        assert!(session.has_its_settings());
    }

    #[test]
    fn the_shipped_dossier_has_no_file() {
        let mut session = Session::start(tumen(&[]));
        session.expect(FRAME);
        session.press("R");
        let said = session.expect("there is no file to read anew");
        // Of the second message only what differs is sent.
        session.press("E");
        session.expect_after(said, "edit");
        session.press("Q");
        assert_eq!(session.end().code(), Some(0));
    }
}
