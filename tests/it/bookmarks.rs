//! Bookmarks and the last place: keys in, changes out, and what the next session finds.

use tumen::app::{Effect, Msg, Overlay, bookmarks::rows};
use tumen::config::{Bookmark, Change, Memory};

use crate::session::Session;

fn memory(last: Option<&str>, way: &[&str], marks: &[&str]) -> Memory {
    let mut memory = Memory::default();
    for mark in marks {
        memory.take(Change::Mark(Bookmark { address: (*mark).into(), title: format!("once {mark}") }));
    }
    memory.last = last.map(str::to_owned);
    memory.way = way.iter().map(|place| (*place).to_owned()).collect();
    memory
}

#[test]
fn a_place_is_marked_and_its_mark_taken_away() {
    let mut session = Session::shipped(100, 30);
    session.press("Enter j B 2 B B");
    let mark = |address: &str, title: &str| {
        Effect::Remember(Change::Mark(Bookmark { address: address.into(), title: title.into() }))
    };
    assert_eq!(
        session.effects,
        [
            mark("overview/accord#O2", "An accord with Moscow"),
            mark("history/division", "A peninsula divided"),
            Effect::Remember(Change::Unmark("history/division".into())),
        ]
    );
    // What is kept is said when it is kept, and what is not is never called kept.
    assert!(!session.screen().contains("bookmark"), "{}", session.screen());
    let Some(Effect::Remember(change)) = session.effects.pop() else { panic!("the last effect is a change") };
    session.take(&Msg::Kept(change.clone(), None));
    assert!(session.screen().contains("no bookmark any more: A peninsula divided"), "{}", session.screen());
    session.take(&Msg::Kept(change, Some("the disk is full".into())));
    let screen = session.screen();
    assert!(screen.contains("no bookmark any more for this session only: the disk is full"), "{screen}");
}

#[test]
fn the_list_leads_there_and_takes_away() {
    for (keys, address) in [
        ("'", "overview/accord"),
        ("' Enter", "history/treaty-1961#H25"),
        ("' j Enter", "juche"),
        ("' G Enter", "overview/accord"),
        ("' j Enter Backspace", "overview/accord"),
        ("' j d Esc", "overview/accord"),
    ] {
        let mut session = Session::shipped(100, 30);
        let marks = ["juche", "needs/gone-since"];
        session.take(&Msg::Remembered(memory(Some("history/treaty-1961#H25"), &[], &marks)));
        session.press(keys);
        assert_eq!(session.address(), address, "after {keys:?}\n{}", session.screen());
    }
}

#[test]
fn d_removes_a_bookmark_and_not_the_last_place() {
    let mut session = Session::shipped(100, 30);
    session.take(&Msg::Remembered(memory(Some("juche"), &[], &["H25", "accord"])));
    session.press("' d j d");
    assert_eq!(session.effects, [Effect::Remember(Change::Unmark("H25".into()))]);
    let left: Vec<String> =
        rows(&session.state, &session.library).into_iter().map(|row| row.address).collect();
    assert_eq!(left, ["juche", "overview/accord"]);
    session.press("j d d d");
    assert!(matches!(session.state.overlay, Some(Overlay::Bookmarks { row: 0 })));
}

#[test]
fn the_last_place_is_offered_and_nothing_moves_by_itself() {
    let mut session = Session::shipped(100, 30);
    session.take(&Msg::Remembered(memory(Some("history/treaty-1961#H25"), &["needs", "juche", "gone"], &[])));
    assert_eq!(session.address(), "overview/accord");
    assert!(session.screen().contains("last time: history/treaty-1961#H25"), "{}", session.screen());
    // The way of the session before lies behind this one.
    for address in ["history/treaty-1961#H25", "juche"] {
        session.press("Backspace");
        assert_eq!(session.address(), address);
    }
    // What comes later changes bookmarks alone.
    session.take(&Msg::Remembered(memory(Some("accord"), &[], &[])));
    assert_eq!(session.address(), "juche");
}

#[test]
fn a_way_that_was_begun_is_left_alone() {
    let mut session = Session::shipped(100, 30);
    session.press("/ 'juche' Enter B");
    session.take(&Msg::Remembered(memory(Some("H25"), &["needs"], &["accord"])));
    session.press("Backspace");
    assert_eq!(session.address(), "overview/accord");
    let marks: Vec<&str> = session.state.memory.bookmarks.iter().map(|mark| &*mark.address).collect();
    assert_eq!(marks, ["accord", "juche"], "a bookmark made before the file was read is not lost");
}

#[test]
fn what_is_written_in_a_file_of_bookmarks_cannot_drive_the_terminal() {
    let mut session = Session::shipped(100, 30);
    session.take(&Msg::Remembered(memory(None, &[], &["\u{1b}[31mred\u{202e}"])));
    session.press("'");
    let screen = session.screen();
    assert!(
        !screen.contains(['\u{1b}', '\u{202e}']) && screen.contains("not in the file any more"),
        "{screen}"
    );
}

#[test]
fn the_list_of_bookmarks() {
    for (columns, rows) in [(80, 24), (40, 12)] {
        let mut session = Session::shipped(columns, rows);
        let marks = ["juche", "O2", "needs/gone-since"];
        session.take(&Msg::Remembered(memory(Some("history/treaty-1961#H25"), &[], &marks)));
        session.press("' j");
        insta::assert_snapshot!(format!("bookmarks_{columns}x{rows}"), session.screen());
    }
}

#[cfg(target_os = "linux")]
mod program {
    use std::fs;
    use std::path::Path;

    use crate::pty::{Session, tumen};

    fn start(state: &Path, arguments: &[&str]) -> Session {
        let mut session = Session::start(tumen(arguments).env("XDG_STATE_HOME", state));
        session.expect("\u{1b}[?2026l");
        session
    }

    fn end(mut session: Session, keys: &str) {
        session.press(keys);
        assert_eq!(session.end().code(), Some(0));
        assert!(session.has_its_settings());
    }

    #[test]
    fn the_next_session_knows_where_the_last_one_ended() {
        let folder = tempfile::tempdir().expect("a folder");
        end(start(folder.path(), &["--goto", "H25"]), "BQ");
        let kept = fs::read_to_string(folder.path().join("tumen/dprk-russia.ron")).expect("it is kept");
        assert!(kept.contains("history/treaty-1961#H25"), "{kept}");
        let mut session = start(folder.path(), &[]);
        session.expect("last time:");
        session.press("'");
        session.expect("Bookmarks");
        end(session, "Q");
    }

    #[test]
    fn a_home_that_cannot_be_written_is_said_and_breaks_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = folder.path().join("home");
        fs::write(&home, "no folder").expect("written");
        let mut session = start(&home, &[]);
        session.expect("cannot be kept");
        end(session, "BQ");
    }

    #[test]
    fn a_damaged_file_is_kept_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("tumen")).expect("a folder");
        fs::write(folder.path().join("tumen/dprk-russia.ron"), "oops").expect("written");
        let mut session = start(folder.path(), &[]);
        session.expect("is damaged");
        end(session, "Q");
        let aside = fs::read_to_string(folder.path().join("tumen/dprk-russia.ron.kept")).expect("it is kept");
        assert_eq!(aside, "oops");
    }
}
