//! The screen of lines, for screen readers: nothing but text, one item a line, the cursor on what is selected.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use tumen::app::{Msg, Screen, Size};
use tumen::config::{Charset, Depth, Look, Theme};
use tumen::knowledge::Address;
use tumen::ui;

use crate::session::Session;

fn session(columns: u16, rows: u16) -> Session {
    let mut session = Session::shipped(columns, rows);
    session.state.look = Look { theme: Theme::Dark, depth: Depth::None, charset: Charset::Ascii };
    session.state.screen = Screen::Lines;
    let size = Size { columns, rows };
    session.take(&Msg::Resize(size));
    session
}

/// The screen, and the line on which the cursor stands.
fn drawn(session: &Session) -> (Buffer, Option<Position>) {
    let Size { columns, rows } = session.state.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let cursor = ui::draw(&session.state, &session.library, &mut buffer);
    (buffer, cursor)
}

const EVERY_SCREEN: [&str; 16] = [
    "",
    "j",
    "Enter",
    "Enter j j",
    "/ 'juche'",
    "/ 'juche' Enter",
    "?",
    ": 'to'",
    "s",
    "i",
    "!",
    "'",
    "B '",
    "t",
    "w",
    "f",
];

#[test]
fn nothing_is_drawn_but_text() {
    for (columns, rows) in [(80, 24), (160, 45), (40, 12), (20, 5), (0, 0)] {
        for keys in EVERY_SCREEN {
            let mut session = session(columns, rows);
            session.press(keys);
            let screen = session.screen();
            let odd: String = screen.chars().filter(|c| !c.is_ascii() && !c.is_alphabetic()).collect();
            assert!(odd.is_empty() || screen.starts_with("too small"), "{odd:?} after {keys:?}:\n{screen}");
            for drawn in ["---", "===", "|", "+-", "###"] {
                assert!(!screen.contains(drawn), "{drawn:?} after {keys:?}:\n{screen}");
            }
            let (buffer, _) = drawn(&session);
            let colour =
                buffer.content.iter().find(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
            assert_eq!(colour, None, "after {keys:?}");
        }
    }
}

#[test]
fn the_cursor_stands_on_what_is_selected() {
    for (keys, line) in [
        ("", "An accord with Moscow"),
        ("j j", "Why Kim turns to Russia"),
        ("3", "Political support in both directions"),
        ("Enter", "announced on a Sunday"),
        ("Enter j", "The declared aim of the accord"),
        ("Enter j B Esc '", "An accord with Moscow"),
        ("s j", "stated"),
        ("/ 'juche' Enter j", ""),
        // While a text is typed, it stands there.
        ("/ 'juche'", "/ juche"),
        (": 'theme'", ": theme"),
    ] {
        let mut session = session(80, 24);
        session.press(keys);
        let (_, cursor) = drawn(&session);
        let row = cursor.unwrap_or_else(|| panic!("no cursor after {keys:?}")).y;
        let screen = session.screen();
        let found = screen.lines().nth(row.into()).unwrap_or_default();
        assert!(found.contains(line), "{line:?} after {keys:?}, not {found:?}:\n{screen}");
    }
}

#[test]
fn each_item_of_a_list_has_one_line() {
    let mut session = session(80, 24);
    for topic in 1..=6 {
        session.press(&topic.to_string());
        let rows = session.state.rows(&session.library);
        assert!((0..rows.len()).all(|row| rows.height(row) == 1), "topic {topic}:\n{}", session.screen());
    }
}

#[test]
fn screens_of_lines() {
    for (name, keys) in [("list", "j"), ("page", "Enter j"), ("standings", "s 2 Enter")] {
        let mut session = session(80, 24);
        session.press(keys);
        insta::assert_snapshot!(format!("plain_{name}"), session.screen());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_program_shows_the_terminals_own_cursor() {
    let mut session = crate::pty::Session::start(crate::pty::tumen(&["--plain"]));
    let end = session.expect("\u{1b}[?2026l");
    let first = String::from_utf8_lossy(&session.sent[..end]).into_owned();
    assert!(first.contains("\u{1b}[?25h"), "the cursor is not shown: {first:?}");
    assert!(first.is_ascii() && !first.contains("\u{1b}[38;") && !first.contains("\u{1b}[48;"), "{first:?}");
    session.press("q");
    session.end();
}

#[test]
fn ascii_is_ascii_in_names_too() {
    for place in ["kim-jong-un", "H25"] {
        let mut session = Session::shipped(120, 40);
        session.state.look.charset = Charset::Ascii;
        let address = session.library.knowledge.find(place).ok().and_then(Address::of).expect("it is there");
        let library = session.library.clone();
        session.state.open(address, &library);
        for keys in ["", "t", "m", "w", "e", "r", "/ '김정은'", "Esc ?", "Esc i", "Esc p Enter"] {
            session.press(keys);
            assert!(session.screen().is_ascii(), "{place} {keys}:\n{}", session.screen());
        }
    }
}
