//! Giving a tour: keys in, what the audience sees out.

use tumen::app::clock::next_tick;
use tumen::app::fit::{Fit, PROJECTOR, fit};
use tumen::app::{Lens, Msg, Size};
use tumen::load::from_bytes;

use crate::session::Session;

/// Where the tour is: its footer's last word, and how many statements are seen.
fn shown(session: &Session) -> (String, usize) {
    let screen = session.screen();
    let last = screen.lines().last().unwrap_or_default();
    let place = last.split_whitespace().last().unwrap_or_default().to_owned();
    let signs = screen.lines().filter(|line| line.contains("  stated by") || line.contains(" · ")).count();
    (place, signs)
}

#[test]
fn keys_of_a_presenter() {
    // After the last tour was begun on its first step, which has four statements.
    for (keys, place, statements) in [
        ("", "1/11", 1),
        ("Space", "1/11", 2),
        ("Right Right Right", "1/11", 4),
        ("PageDown PageDown PageDown PageDown", "2/11", 1),
        ("Space Space Left", "1/11", 2),
        ("Space Space Space Space PageUp", "1/11", 4),
        ("Space Space Space Space Backspace", "1/11", 4),
        ("1 0 G", "10/11", 1),
        ("3 G", "3/11", 1),
        ("3 Enter", "3/11", 1),
        ("5 G", "5/11", 1),
        ("G g", "1/11", 1),
        ("N Space", "1/11", 2),
        (". j Space", "1/11", 2),
        ("b PageDown Space", "1/11", 2),
        ("? Esc Space", "1/11", 2),
        (": Esc Space", "1/11", 2),
    ] {
        let mut session = Session::shipped(80, 24);
        session.press("p j j Enter").press(keys);
        assert_eq!(shown(&session), (place.to_owned(), statements), "after {keys:?}\n{}", session.screen());
    }
}

#[test]
fn what_is_not_revealed_is_not_seen_and_nothing_moves() {
    let mut session = Session::shipped(80, 24);
    session.press("p Enter");
    let first = session.find("O1 · stated");
    assert!(!session.screen().contains("O2 · stated"), "{}", session.screen());
    session.press("Space");
    assert!(session.screen().contains("O2 · stated"), "{}", session.screen());
    assert_eq!(session.find("O1 · stated"), first);
}

#[test]
fn a_question_is_answered_and_one_key_leads_back() {
    for aside in ["/ 'juche' Enter", "f a", "2 Tab j Enter", "/ 'korea' Esc s Esc", "Tab p p"] {
        let mut session = Session::shipped(80, 24);
        session.press("p j j Enter Space Space Space Space Space");
        let before = session.screen();
        assert_eq!(shown(&session), ("2/11".to_owned(), 2));
        // A digit is a step's number in a tour; Tab is none of its keys.
        session.press(if aside.starts_with('2') { "Tab" } else { "" }).press(aside);
        // The last one has come back by itself, and lists the tours.
        let listed = aside.ends_with("p p");
        assert!(listed || session.screen().contains("back to the tour"), "{aside}\n{}", session.screen());
        session.press(if listed { "Esc" } else { "p" });
        assert_eq!(session.screen(), before, "after {aside:?}");
    }
}

#[test]
fn a_tour_that_was_left_goes_on_where_it_was() {
    let mut session = Session::shipped(80, 24);
    session.press("p j Enter 5 G Space Esc");
    assert_eq!(session.address(), "history/aid-and-friction#H16", "one is where the tour was");
    session.press("p");
    assert!(session.screen().contains("at 5/10"), "{}", session.screen());
    session.press("Enter");
    assert_eq!(shown(&session), ("5/10".to_owned(), 2));
}

#[test]
fn the_end_and_the_beginning_say_so() {
    for (keys, words) in [
        ("p Enter Left", "the beginning of the tour"),
        ("p Enter G Space Space Space Space", "the end of the tour"),
        ("p Enter 4 4 G", "the tour has 10 steps"),
    ] {
        let mut session = Session::shipped(80, 24);
        session.press(keys);
        assert!(session.screen().contains(words), "{words}\n{}", session.screen());
    }
}

#[test]
fn a_blank_screen_is_blank() {
    let mut session = Session::shipped(80, 24);
    session.press("p Enter .");
    assert_eq!(session.screen().trim(), "");
    session.take(&Msg::Resize(Size { columns: 100, rows: 30 }));
    assert_eq!(session.screen().trim(), "");
    session.press("Space");
    assert_eq!(shown(&session), ("1/10".to_owned(), 1), "the key that ends it does nothing else");
}

#[test]
fn time_is_told_only_where_it_is_seen() {
    let mut session = Session::shipped(80, 24);
    assert_eq!(next_tick(&session.state), None);
    session.press("p Enter");
    assert_eq!(next_tick(&session.state), Some(0), "a tour that begins wants to know when");
    session.take(&Msg::Clock(100));
    assert_eq!(next_tick(&session.state), Some(60), "an audience is told minutes");
    session.take(&Msg::Clock(130)).press("Space Space Space");
    assert_eq!(next_tick(&session.state), Some(30));
    session.press("N").take(&Msg::Clock(225));
    assert_eq!(next_tick(&session.state), Some(1), "a speaker is told seconds");
    assert!(session.screen().contains("2:05  (1:35 on this step)"), "{}", session.screen());
    session.press("N");
    assert!(session.screen().contains("2 min"), "{}", session.screen());
    session.press(".");
    assert_eq!(next_tick(&session.state), None, "nothing is seen, so nothing ticks");
    session.press("j /");
    assert_eq!(next_tick(&session.state), None, "one has stepped aside");
}

#[test]
fn notes_are_for_the_speaker_alone() {
    for (columns, rows) in [(80, 24), (160, 45), (60, 12)] {
        let mut session = Session::shipped(columns, rows);
        session.press("p Enter");
        assert!(!session.screen().contains("Start with the news"), "{}", session.screen());
        session.press("N");
        let screen = session.screen();
        assert!(screen.contains("Start with the news") && screen.contains("Next: "), "{screen}");
    }
}

#[test]
fn notes_that_find_no_room_are_seen_to_be_cut() {
    let mut session = Session::shipped(40, 12);
    session.press("p j Enter N");
    assert!(
        session.screen().contains("1945?") && !session.screen().contains("Next:"),
        "{}",
        session.screen()
    );
    session.take(&Msg::Resize(Size { columns: 24, rows: 10 }));
    let screen = session.screen();
    let last = screen.lines().rev().nth(1).unwrap_or_default();
    assert!(last.trim_end().ends_with('…'), "{screen}");
}

#[test]
fn every_step_of_every_shipped_tour_fits_a_projector() {
    let session = Session::shipped(80, 24);
    let knowledge = &session.library.knowledge;
    let steps = knowledge.tours.iter().flat_map(|tour| tour.steps.iter().map(move |step| (tour, step)));
    let mut count = 0;
    for (tour, step) in steps {
        assert_eq!(fit(knowledge, step, PROJECTOR), Fit::Fits, "{}: {:?}", tour.title, step.show);
        count += 1;
    }
    assert!(count >= 25, "{count} steps");
}

#[test]
fn a_step_too_long_for_a_screen_is_seen_to_be() {
    let session = Session::shipped(80, 24);
    let knowledge = &session.library.knowledge;
    let step = &knowledge.tours[0].steps[0];
    let small = fit(knowledge, step, Size { columns: 40, rows: 12 });
    assert!(matches!(small, Fit::Needs { lines, room } if lines > room), "{small:?}");
}

/// The second shipped tour, whose first step is a map of three statements.
const MAP: &str = "p j Enter";

#[test]
fn a_step_through_a_lens_is_a_picture_with_the_newest_statement_below() {
    let mut session = Session::shipped(80, 24);
    session.press(MAP);
    let screen = session.screen();
    assert!(screen.contains("A peninsula divided") && screen.contains("Map"), "{screen}");
    assert!(screen.contains("SOVIET UNION") && screen.contains("H1 · established"), "{screen}");
    session.press("Space");
    let screen = session.screen();
    assert!(screen.contains("H3 · established") && !screen.contains("H1 · established"), "{screen}");
    session.press("Space Space");
    assert!(session.screen().trim_end().ends_with("2/10"), "{}", session.screen());
    session.press("Left");
    assert!(session.screen().contains("H4 · established"), "{}", session.screen());
}

#[test]
fn where_no_picture_can_be_read_a_step_is_text() {
    for (columns, rows) in [(40, 12), (59, 30), (100, 9)] {
        let mut session = Session::shipped(columns, rows);
        session.press(MAP).press("Space");
        let screen = session.screen();
        assert!(screen.contains("H3 ·") && !screen.contains("SOVIET UNION"), "{screen}");
    }
}

#[test]
fn stepping_aside_from_a_lens_one_looks_through_it_oneself() {
    let mut session = Session::shipped(80, 24);
    session.press(MAP).press("Space");
    let before = session.screen();
    session.press("+");
    assert_eq!(session.state.lenses.shown, Lens::Map, "{}", session.screen());
    assert!(session.screen().contains("Map  History"), "{}", session.screen());
    session.press("p");
    assert_eq!(session.screen(), before);
}

/// A file of one tour with this step.
fn fit_of(step: &str) -> Fit {
    let file =
        include_str!("../data/small.ron").replace(r#"Step(show: "kim-jong-un", say: "Who decides.")"#, step);
    let loaded = from_bytes("f.ron", file.as_bytes()).expect("it can be read");
    assert_eq!(loaded.problems, [], "{step}");
    fit(&loaded.knowledge, &loaded.knowledge.tours[0].steps[2], PROJECTOR)
}

#[test]
fn what_a_lens_cannot_show_is_known_before_the_class_sees_it() {
    for (step, fits) in [
        (r#"Step(show: "history", lens: Timeline, reveal: ["H1"])"#, true),
        (r#"Step(show: "history", lens: Map, reveal: ["H2"])"#, false),
        (r#"Step(show: "north-korea", lens: Network, reveal: ["H1", "T1"])"#, true),
        (r#"Step(show: "north-korea", lens: Network, reveal: ["H1", "H2"])"#, false),
        (r#"Step(show: "today/shells", lens: Evidence, reveal: ["T1"])"#, true),
        (r#"Step(show: "history", lens: Read)"#, true),
    ] {
        let fit = fit_of(step);
        assert_eq!(fit == Fit::Fits, fits, "{step}: {fit:?}");
        assert_eq!(matches!(fit, Fit::Unseen(Some(_))), !fits, "{step}: {fit:?}");
    }
}
