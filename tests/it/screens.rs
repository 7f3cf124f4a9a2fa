//! Screens as text, at the sizes that the design names. A change shows in `tests/it/snapshots` as it shows to a reader;
//! after looking at it, `INSTA_UPDATE=always cargo test` takes it over.

use tumen::app::{Msg, Size};
use tumen::config::Charset;

use crate::session::Session;

const SIZES: [(u16, u16); 4] = [(80, 24), (100, 30), (160, 45), (40, 12)];

fn look_at(name: &str, keys: &str) {
    for (columns, rows) in SIZES {
        let mut session = Session::shipped(columns, rows);
        session.press(keys);
        insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), session.screen());
    }
}

#[test]
fn the_first_screen() {
    look_at("first", "");
}

#[test]
fn an_entry_that_is_read() {
    look_at("entry", "j j j Enter j");
}

#[test]
fn an_entity() {
    look_at("entity", "/ '김정은' Enter Esc");
}

#[test]
fn a_search() {
    look_at("search", "2 / 'artillery_sh'");
}

#[test]
fn letters_over_links() {
    look_at("links", "2 Enter f");
}

#[test]
fn panels() {
    look_at("help", "?");
    look_at("palette", ": 'to_the'");
    look_at("standings", "s 2 Enter 3 Enter");
    look_at("about", "i");
}

#[test]
fn tours() {
    look_at("tours", "p");
    look_at("tour", "p Enter Space");
    look_at("notes", "p Enter Space N");
}

#[test]
fn ascii_has_only_ascii_but_for_names() {
    let mut session = Session::shipped(100, 30);
    session.state.look.charset = Charset::Ascii;
    session.press("j j j Enter");
    insta::assert_snapshot!("ascii_100x30", session.screen());
    for keys in ["", "?", "Esc s", "Esc : 'x'", "Esc 2", "/ 'juche'"] {
        session.press(keys);
        let odd: String = session.screen().chars().filter(|c| !c.is_ascii() && !c.is_alphabetic()).collect();
        assert_eq!(odd, "", "after {keys:?}:\n{}", session.screen());
    }
}

#[test]
fn a_screen_that_is_too_small_says_so() {
    let mut session = Session::shipped(80, 24);
    session.take(&Msg::Resize(Size { columns: 19, rows: 9 }));
    assert_eq!(session.screen().lines().next(), Some("too small: 20×5"));
    session.take(&Msg::Resize(Size { columns: 20, rows: 5 }));
    assert!(session.screen().contains("An accord"), "{}", session.screen());
}

#[test]
fn korean_is_never_cut_in_half() {
    // At every width the row of Hangul ends with a whole syllable: each takes two cells, so a cut one would leave a
    // cell too many or too few.
    for columns in 20..=100 {
        let mut session = Session::shipped(columns, 24);
        session.press("/ '조선' Enter");
        let buffer = session.buffer();
        for y in 0..24 {
            for x in 0..columns {
                let symbol = buffer[(x, y)].symbol();
                if tumen::text::width::width(symbol) == 2 {
                    assert!(x + 1 < columns, "{symbol} stands in the last column at {columns} columns");
                }
            }
        }
    }
}
