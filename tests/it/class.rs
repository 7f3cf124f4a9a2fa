//! Following without a network: the same place on screens of all sizes, leaving, returning, being held.

use std::sync::Arc;

use proptest::prelude::*;
use tumen::app::{Attendance, Effect, Msg, Overlay, Part, Permissions, Size, Talk, clock};
use tumen::config::Depth;
use tumen::frame::{Erase, Painter};

use crate::session::Session;

fn presenter(columns: u16, rows: u16) -> Session {
    joined(Session::shipped(columns, rows), Part::Presenter, &Arc::default())
}

fn student(columns: u16, rows: u16, talk: &Arc<Talk>) -> Session {
    joined(Session::shipped(columns, rows), Part::Student, talk)
}

fn joined(mut session: Session, part: Part, talk: &Arc<Talk>) -> Session {
    let library = session.library.clone();
    session.state.join(part, talk, &library);
    session
}

/// What the presenter has shared last.
fn shared(session: &Session) -> Arc<Talk> {
    let last = session.effects.iter().rev().find_map(|effect| match effect {
        Effect::Share(talk) => Some(Arc::clone(talk)),
        _ => None,
    });
    last.expect("something was shared")
}

#[test]
fn a_follower_is_where_the_presenter_is_until_it_moves() {
    let mut teacher = presenter(80, 24);
    teacher.press("2 j j Enter j");
    let talk = shared(&teacher);
    let mut anna = student(132, 50, &talk);
    assert!(anna.state.follows(), "who comes late is where the presenter is");
    assert_eq!(anna.address(), teacher.address());
    teacher.press("j");
    anna.take(&Msg::Talk(shared(&teacher)));
    assert_eq!(anna.address(), teacher.address());
    anna.press("?");
    assert!(anna.state.follows(), "help is no move");
    anna.press("Esc 1");
    assert!(!anna.state.follows());
    let own = anna.address();
    teacher.press("K");
    anna.take(&Msg::Talk(shared(&teacher)));
    assert_eq!(anna.address(), own, "who left is left alone");
    let at = shared(&teacher).at.clone().expect("somebody presents").address();
    assert!(anna.screen().contains(&format!("presenter is at {at}; F returns")), "{}", anna.screen());
    anna.press("F");
    assert!(anna.state.follows());
    anna.press("F");
    assert!(!anna.state.follows(), "F leaves, too");
}

#[test]
fn who_is_held_stays() {
    let mut teacher = presenter(80, 24);
    teacher.press("3 F");
    let mut anna = student(80, 24, &Arc::default());
    assert!(!anna.state.follows());
    anna.take(&Msg::Talk(shared(&teacher)));
    assert!(anna.state.follows(), "holding brings everybody");
    anna.press("1");
    assert_eq!(anna.state.topic, teacher.state.topic);
    assert!(anna.screen().contains("for a moment"));
    teacher.press("F");
    anna.take(&Msg::Talk(shared(&teacher))).press("1");
    assert!(!anna.state.follows());
    anna.take(&Msg::Talk(Arc::default()));
    assert!(anna.screen().contains("the presenter has left"));
}

#[test]
fn a_query_a_lens_and_a_tour_are_followed() {
    let mut teacher = presenter(100, 30);
    teacher.press("/ 'slbm' Enter");
    let mut anna = student(80, 24, &shared(&teacher));
    let typed = |session: &Session| session.state.walk.as_ref().map(|walk| walk.typed.clone());
    assert_eq!(typed(&anna), Some("slbm".to_owned()));
    assert_eq!(anna.address(), teacher.address());
    teacher.press("Esc 2 t j j");
    anna.take(&Msg::Talk(shared(&teacher)));
    assert_eq!((anna.state.lenses.shown, typed(&anna)), (teacher.state.lenses.shown, None));
    assert_eq!(anna.address(), teacher.address());
    teacher.press("r p Enter Space Space");
    anna.take(&Msg::Talk(shared(&teacher)));
    let stage = |session: &Session| session.state.tour.map(|tour| (tour.tour, tour.step, tour.part));
    assert!(stage(&anna).is_some());
    assert_eq!(stage(&anna), stage(&teacher));
    assert!(!anna.state.tour.is_some_and(|tour| tour.notes), "notes are the speaker's own");
    teacher.press("Esc");
    anna.take(&Msg::Talk(shared(&teacher)));
    assert_eq!(stage(&anna), None);
}

#[test]
fn a_query_is_followed_letter_by_letter() {
    let mut teacher = presenter(100, 30);
    teacher.press("2 /");
    let mut anna = student(80, 24, &shared(&teacher));
    for letter in "sub".chars() {
        teacher.press(&letter.to_string());
        anna.take(&Msg::Talk(shared(&teacher)));
    }
    let search = |session: &Session| match &session.state.overlay {
        Some(Overlay::Search(search)) => {
            Some((search.input.value().to_owned(), search.chosen().map(|hit| hit.address)))
        }
        _ => None,
    };
    assert_eq!(search(&anna).map(|(typed, _)| typed), Some("sub".to_owned()));
    teacher.press("Down Down");
    anna.take(&Msg::Talk(shared(&teacher)));
    assert_eq!(search(&anna), search(&teacher), "the same hit is selected");
    assert!(anna.screen().contains("following"), "{}", anna.screen());
    teacher.press("Esc");
    anna.take(&Msg::Talk(shared(&teacher)));
    assert_eq!(search(&anna), None);
    // A letter of one's own is a search of one's own.
    teacher.press("/ w");
    anna.take(&Msg::Talk(shared(&teacher))).press("a");
    assert!(!anna.state.follows());
    teacher.press("x");
    anna.take(&Msg::Talk(shared(&teacher)));
    assert_eq!(search(&anna).map(|(typed, _)| typed), Some("wa".to_owned()));
    let mut boris = student(80, 24, &shared(&teacher));
    boris.press("Esc");
    assert!(!boris.state.follows() && search(&boris).is_none());
}

#[test]
fn an_empty_screen_is_everybodys() {
    let mut teacher = presenter(80, 24);
    teacher.press("2 .");
    let mut anna = student(80, 24, &shared(&teacher));
    assert!(anna.state.blank);
    assert_eq!(anna.screen().trim(), "the presenter has switched all screens off");
    teacher.press("j");
    anna.take(&Msg::Talk(shared(&teacher)));
    assert!(!anna.state.blank && anna.state.follows());
    // A key in the dark is a move of one's own.
    teacher.press(".");
    anna.take(&Msg::Talk(shared(&teacher))).press("j");
    assert!(!anna.state.blank && !anna.state.follows());
    anna.press("F");
    assert!(anna.state.blank);
    anna.take(&Msg::Talk(Arc::default()));
    assert!(!anna.state.blank, "who switched it off is gone");
    // Held, nobody wakes.
    let mut held = presenter(80, 24);
    held.press("F .");
    let mut boris = student(80, 24, &shared(&held));
    boris.press("j");
    assert!(boris.state.blank && boris.state.follows());
}

#[test]
fn the_lens_of_a_step_is_everybodys() {
    let mut teacher = presenter(100, 30);
    teacher.press("p j Enter Space");
    let anna = student(80, 24, &shared(&teacher));
    for session in [&teacher, &anna] {
        let screen = session.screen();
        assert!(screen.contains("Map") && screen.contains("JAPAN") && screen.contains("H3 ·"), "{screen}");
    }
    // Where there is no room for it, the same statement is read.
    let boris = student(40, 12, &shared(&teacher));
    assert!(boris.screen().contains("H3 ·"), "{}", boris.screen());
}

#[test]
fn who_follows_is_told_no_time() {
    let mut teacher = presenter(80, 24);
    teacher.press("p Enter");
    let anna = student(80, 24, &shared(&teacher));
    assert_eq!(clock::due(&anna.state), None, "nothing ticks");
    assert!(!anna.screen().contains("min"), "{}", anna.screen());
    assert!(clock::due(&teacher.state).is_some());
}

#[test]
fn a_step_begins_when_its_key_is_pressed() {
    let mut teacher = presenter(80, 24);
    teacher.press("p Enter N");
    for (seconds, keys) in [(0, ""), (10, "Space"), (12, "G"), (31, "")] {
        // As the owner of a session does it: the time comes before what happens at it.
        if let Some(time) = clock::tell(&teacher.state, seconds) {
            teacher.take(&time);
        }
        teacher.press(keys);
    }
    assert!(teacher.screen().contains("0:31  (0:19 on this step)"), "{}", teacher.screen());
    assert_eq!(clock::tell(&teacher.state, 31), None, "a second is told once");
    assert_eq!(clock::due(&teacher.state), Some(32));
}

#[test]
fn a_class_goes_on_over_the_file_as_it_is_now() {
    let mut teacher = presenter(80, 24);
    teacher.press("2 j j Enter j");
    let mut anna = student(60, 20, &shared(&teacher));
    let new = anna.library.clone();
    let old = anna.library.clone();
    let before = anna.address();
    anna.state.scroll = 0;
    anna.state.renew(&old, &new);
    assert_eq!(anna.address(), before);
    assert!(anna.state.follows());
}

#[test]
fn the_presenter_sees_who_is_there() {
    let mut teacher = presenter(100, 30);
    let narrowest = Some(Size { columns: 60, rows: 18 });
    let attendance = Attendance { here: 12, following: 9, narrowest, poorest: Some(Depth::Sixteen) };
    teacher.take(&Msg::Attendance(attendance));
    assert!(
        teacher.screen().contains("9 of 12 follow, narrowest 60x18, some with 16 colours"),
        "{}",
        teacher.screen()
    );
}

#[test]
fn nothing_of_the_servers_machine_is_a_sessions() {
    let mut anna = student(80, 24, &Arc::default());
    anna.state.may = Permissions::Look;
    for (key, why) in [
        ("Ctrl-z", "a served session cannot be stopped"),
        ("R", "the presenter has the file read anew"),
        ("E", "no editor in a served session"),
        ("y y", "no copying in a served session"),
        ("y p", "no other screen"),
    ] {
        anna.press(key);
        assert!(anna.effects.is_empty(), "{key}");
        assert!(anna.screen().contains(why), "{key}: {}", anna.screen());
    }
    let mut teacher = presenter(80, 24);
    teacher.state.may = Permissions::Lead;
    teacher.press("E R");
    assert!(teacher.effects.contains(&Effect::Reload) && !teacher.screen().contains("anew"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_same_statement_is_seen_at_every_size(
        keys in prop::collection::vec(prop::sample::select(vec![
            "j", "k", "J", "K", "Tab", "Enter", "Esc", "Space", "b", "G", "g", "PageDown", "t", "m", "w", "e", "r",
        ]), 1..24),
        sizes in prop::collection::vec((20u16..200, 5u16..60), 2..5),
    ) {
        let mut teacher = presenter(100, 30);
        teacher.press(&keys.join(" "));
        teacher.press("2 Enter j");
        teacher.press(&keys.join(" "));
        let talk = shared(&teacher);
        for (columns, rows) in sizes {
            let anna = student(columns, rows, &talk);
            prop_assert_eq!(anna.state.page, teacher.state.page);
            prop_assert_eq!(anna.state.topic, teacher.state.topic);
            if talk.at.as_ref().is_some_and(|at| at.reading) && teacher.state.lenses.shown == tumen::app::Lens::Read {
                prop_assert_eq!(anna.address(), teacher.address());
                let document = anna.state.document(&anna.library);
                if let Some(stop) = document.stops.get(anna.state.stop) {
                    let height = usize::from(anna.state.panes().text().height);
                    let seen = anna.state.scroll..anna.state.scroll + height;
                    // Of a page that is shown from its top, the first stop may be below.
                    let is_seen = stop.lines.start < seen.end && stop.lines.end > seen.start;
                    prop_assert!(is_seen || anna.state.stop == 0, "{:?} {:?}", stop, seen);
                }
            }
            // Taken in again, nothing moves.
            let mut again = student(columns, rows, &talk);
            again.take(&Msg::Talk(Arc::clone(&talk)));
            prop_assert_eq!((again.state.stop, again.state.scroll), (anna.state.stop, anna.state.scroll));
        }
    }
}

/// What a frame of a follower's takes when the presenter has moved, in 256 colours, at 80×24.
fn frames(keys: &[&str]) -> Vec<usize> {
    let mut teacher = presenter(80, 24);
    teacher.press("g");
    let mut anna = Session::shipped(80, 24);
    anna.state.look.depth = Depth::Palette;
    let mut anna = joined(anna, Part::Student, &shared(&teacher));
    let (mut painter, mut frame) = (Painter::new(Erase::Coloured), Vec::new());
    painter.paint(&anna.buffer(), None, &mut frame);
    let mut sizes: Vec<usize> = keys
        .iter()
        .map(|key| {
            teacher.press(key);
            anna.take(&Msg::Talk(shared(&teacher)));
            frame.clear();
            painter.paint(&anna.buffer(), None, &mut frame);
            frame.len()
        })
        .collect();
    sizes.sort_unstable();
    sizes
}

#[test]
fn a_step_reaches_a_follower_in_a_packet() {
    let entries = frames(&["2", "j", "j", "k", "k", "3", "j", "k"].repeat(5));
    // Whole pages change: the longer the sentences of the file, the more bytes.
    assert!(entries[entries.len() / 2] <= 1_000, "{entries:?}");
    // The first four lead to the stage, the others reveal and go on, step by step.
    let tour = frames(&[&["p", "j", "j", "Enter"][..], &["Space"; 9]].concat());
    assert!(tour[tour.len() / 2] <= 350 && tour[tour.len() - 3] <= 1024, "{tour:?}");
    // A step that opens a picture sends the picture.
    let pictures = frames(&[&["p", "Enter"][..], &["Space"; 24]].concat());
    assert!(pictures[pictures.len() / 2] <= 370 && pictures[pictures.len() - 2] <= 2_500, "{pictures:?}");
}
