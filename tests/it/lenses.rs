//! Any tab through any lens, with one selection: keys in, place and screen out.

use tumen::app::Lens;

use crate::session::Session;

const LENSES: [(&str, Lens); 4] =
    [("t", Lens::Timeline), ("m", Lens::Map), ("w", Lens::Network), ("e", Lens::Evidence)];

#[test]
fn any_tab_is_seen_through_any_lens_and_back() {
    for (key, lens) in LENSES {
        for topic in 1..=6 {
            let mut session = Session::shipped(100, 30);
            session.press(&format!("{topic}"));
            let before = session.address();
            session.press(key);
            assert_eq!(session.state.lenses.shown, lens);
            assert!(session.screen().contains(lens.title()), "{}", session.screen());
            session.press("Backspace");
            assert_eq!(
                (session.state.lenses.shown, session.address()),
                (Lens::Read, before),
                "{key} on {topic}"
            );
        }
    }
}

#[test]
fn the_lens_stays_when_the_tab_changes_and_comes_back_with_its_place() {
    for (key, lens) in LENSES {
        let mut session = Session::shipped(100, 30);
        session.press(&format!("2 {key} j j"));
        let selected = session.address();
        session.press("Enter");
        // In the network Enter puts the other end into the middle.
        let after = if lens == Lens::Network { lens } else { Lens::Read };
        assert_eq!(session.state.lenses.shown, after, "{key}: Enter reads");
        session.press("Backspace");
        assert_eq!((session.state.lenses.shown, session.address()), (lens, selected), "{key}");
        session.press("Tab");
        assert_eq!(session.state.lenses.shown, lens, "{key}: a tab is looked at through the same lens");
    }
}

#[test]
fn a_statement_selected_in_one_lens_is_selected_in_the_others() {
    let mut session = Session::shipped(100, 30);
    session.press("2 e T j j j");
    let selected = session.address();
    session.press("t");
    assert_eq!(session.address(), selected, "the timeline has a mark for it");
    session.press("e");
    assert_eq!(session.address(), selected);
    session.press("r");
    assert_eq!(session.address(), selected, "reading goes on where one looked");
}

#[test]
fn on_the_page_of_an_entity_a_lens_shows_what_concerns_it() {
    for (key, lens) in LENSES {
        let mut session = Session::shipped(100, 30);
        session.press(&format!("/ 'stalin' Enter {key}"));
        assert_eq!(session.state.lenses.shown, lens);
        assert!(session.screen().contains("Joseph Stalin"), "{key}:\n{}", session.screen());
    }
}
