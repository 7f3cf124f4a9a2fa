//! Taking something along: which keys copy what, what a copy says, and what reaches the terminal.

use tumen::app::{Effect, Form, Permissions};
use tumen::knowledge::Knowledge;
use tumen::load;
use tumen::print::copy::copied;

use crate::session::Session;

const SMALL: &[u8] = include_bytes!("../data/small.ron");

fn small() -> Knowledge {
    load::from_bytes("small.ron", SMALL).expect("it loads").knowledge
}

#[test]
fn a_copy_carries_its_proof() {
    for (form, address, expected) in [
        (Form::Text, "T1", "Shells were shipped to Russia."),
        (
            Form::Citation,
            "T1",
            "Shells for the war\nShells were shipped to Russia.\n\
             [T1, alleged by United States, denied by North Korea and Russia; September 2023; source: An article]\n\
             From \"Two neighbours\", as of January 2024: today/shells#T1",
        ),
        (
            Form::Citation,
            "river",
            "The border on the river (since the 1940s)\n\n\
             Traders are rumoured to cross the Tumen at night (map <https://example.org/map>).\n[H3, unverified; source: An article]\n\
             From \"Two neighbours\", as of January 2024: history/river",
        ),
        (
            Form::Text,
            "river",
            "The border on the river\n\nTraders are rumoured to cross the Tumen at night (map <https://example.org/map>).",
        ),
        (
            Form::Citation,
            "kim-jong-un",
            "Kim Jong-un (김정은, Kim Jong Un, Ким Чен Ын): person, born the 1980s\n\nLeads North Korea.\n\
             From \"Two neighbours\", as of January 2024: kim-jong-un",
        ),
        (Form::Text, "today", "Today\n\nWhat is said now.\n\n- Shells for the war"),
        (Form::Address, "T1", "today/shells#T1"),
    ] {
        let knowledge = small();
        let at = knowledge.address(address).expect("it is there");
        assert_eq!(copied(&knowledge, form, at), expected, "{form:?} of {address}");
    }
}

#[test]
fn programs_get_what_the_command_line_answers() {
    let knowledge = small();
    let copy = copied(&knowledge, Form::Json, knowledge.address("T1").expect("it is there"));
    let begins = r#"{"version":1,"item":{"address":"today/shells#T1","kind":"statement","#;
    assert!(copy.starts_with(begins) && copy.contains(r#""denied_by":["north-korea","russia"]"#), "{copy}");
}

#[test]
fn every_place_can_be_copied_in_every_form() {
    let knowledge = load::shipped().expect("it loads").knowledge;
    let ids = ["overview", "accord", "O1", "kim-jong-un"];
    for form in [Form::Text, Form::Citation, Form::Address, Form::Json] {
        for id in ids {
            let text = copied(&knowledge, form, knowledge.address(id).expect("it is there"));
            assert!(
                !text.is_empty() && !text.contains('\u{1b}') && !text.ends_with('\n'),
                "{form:?} of {id}"
            );
        }
    }
}

#[test]
fn two_keys_copy_what_is_selected() {
    let at = |session: &Session, id: &str| session.library.knowledge.address(id).expect("it is there");
    for (keys, form, id) in [
        ("Enter j y y", Form::Text, "O2"),
        ("Enter j y c", Form::Citation, "O2"),
        ("y a", Form::Address, "accord"),
        ("/ 'juche' Enter y j", Form::Json, "juche"),
        (": 'citation' Enter", Form::Citation, "accord"),
        // With a Russian layout the same keys lie under other letters.
        ("н с", Form::Citation, "accord"),
    ] {
        let mut session = Session::shipped(100, 30);
        session.press(keys);
        assert_eq!(session.effects, [Effect::Copy(form, at(&session, id))], "after {keys:?}");
    }
    let mut session = Session::shipped(100, 30);
    session.press("y p");
    assert_eq!(session.effects, [Effect::ShowPlain(at(&session, "accord"))]);
}

#[test]
fn a_first_key_shows_the_second_ones() {
    let mut session = Session::shipped(80, 24);
    session.press("y");
    let footer = session.screen().lines().last().unwrap_or_default().to_owned();
    assert!(footer.contains("y text   c with citation   a address   j JSON"), "{footer}");
    session.press("Esc");
    assert!(session.state.pending.is_empty() && session.effects.is_empty());
}

#[test]
fn a_served_session_says_what_it_does_not_do() {
    for (keys, words) in [("y y", "no copying"), ("y p", "no other screen"), ("Ctrl-z", "cannot be stopped")]
    {
        let mut session = Session::shipped(80, 24);
        session.state.may = Permissions::Look;
        session.press(keys);
        assert_eq!(session.effects, [], "after {keys:?}");
        assert!(session.screen().contains(words), "{words:?} after {keys:?}:\n{}", session.screen());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_terminal_gets_it_and_the_footer_says_no_more_than_that() {
    use crate::pty::{Session, tumen};

    let mut session = Session::start(tumen(&["--goto", "H25"]));
    session.expect("\u{1b}[?2026l");
    session.press("ya");
    // "history/treaty-1961#H25" in base64.
    session.expect("\u{1b}]52;c;aGlzdG9yeS90cmVhdHktMTk2MSNIMjU=\u{1b}\\");
    session.expect("sent to the terminal:");
    session.press("yp");
    let lent = session.expect("\u{1b}[?1049l");
    let shown = session.expect_after(lent, "any key goes back");
    session.press("x");
    let back = session.expect_after(shown, "\u{1b}[?1049h");
    session.expect_after(back, "\u{1b}[?2026l");
    session.press("q");
    session.press("q");
    assert_eq!(session.end().code(), Some(0));
    assert!(session.has_its_settings());
}
