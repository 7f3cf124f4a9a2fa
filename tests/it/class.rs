//! Following without a network: the same place on screens of all sizes, leaving, returning, being held.

use std::sync::Arc;

use proptest::prelude::*;
use tumen::app::{Attendance, Door, Effect, Msg, Overlay, Part, Permissions, Size, Talk, clock};
use tumen::config::{Depth, Memory};
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
    // Nobody wakes by oneself, but whoever has seen enough may go.
    anna.press("j 2 /").take(&Msg::Paste("x".to_owned()));
    anna.click(3, 3);
    assert!(anna.state.blank && anna.state.follows() && anna.effects.is_empty());
    teacher.press("j");
    anna.take(&Msg::Talk(shared(&teacher)));
    assert!(!anna.state.blank && anna.state.follows());
    assert_eq!(anna.address(), teacher.address(), "nothing was done in the dark");
    // Nor is it seen by those who look elsewhere; they find their place again.
    anna.press("3");
    let own = anna.address();
    teacher.press(".");
    anna.take(&Msg::Talk(shared(&teacher)));
    assert_eq!(anna.screen().trim(), "the presenter has switched all screens off");
    teacher.press("j");
    anna.take(&Msg::Talk(shared(&teacher)));
    assert_eq!((anna.address(), anna.state.follows(), anna.state.blank), (own, false, false));
    teacher.press(".");
    anna.take(&Msg::Talk(shared(&teacher))).press("q");
    assert_eq!(anna.effects, [Effect::Quit]);
    anna.take(&Msg::Talk(Arc::default()));
    assert!(!anna.state.blank, "who switched it off is gone");
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

/// A talk as it is once its presenter has left.
fn left(session: &Session) -> Arc<Talk> {
    Arc::new(shared(session).ended())
}

#[test]
fn a_presenter_who_comes_back_finds_the_place_and_the_class() {
    let mut teacher = presenter(80, 24);
    teacher.press("3 j j Enter j");
    let at = teacher.address();
    let mut follower = student(80, 24, &shared(&teacher));
    let mut mover = student(80, 24, &shared(&teacher));
    let mut reader = student(80, 24, &shared(&teacher));
    reader.press("1");
    for session in [&mut follower, &mut mover, &mut reader] {
        session.take(&Msg::Talk(left(&teacher)));
        assert!(!session.state.follows() && session.screen().contains("the presenter has left"));
    }
    // Help is no move; another topic is one.
    follower.press("? Esc");
    mover.press("2");
    let late = student(80, 24, &left(&teacher));
    assert!(!late.state.follows());
    let mut back = joined(Session::shipped(120, 40), Part::Presenter, &left(&teacher));
    assert_eq!(back.address(), at, "the place is where it was");
    back.press("j");
    for (session, follows) in [(&mut follower, true), (&mut mover, false), (&mut reader, false)] {
        session.take(&Msg::Talk(shared(&back)));
        assert_eq!(session.state.follows(), follows);
    }
    assert_eq!(follower.address(), back.address());
}

/// Another presenter, whose session has this number.
fn colleague(id: u64, talk: &Arc<Talk>) -> Session {
    let mut session = Session::shipped(80, 24);
    let library = session.library.clone();
    session.state.join_as(id, Part::Presenter, talk, &library);
    session
}

#[test]
fn two_presenters_know_of_each_other_and_hand_over() {
    let mut one = colleague(1, &Arc::default());
    one.press("3 j Enter");
    let mut two = colleague(2, &shared(&one));
    assert_eq!(two.address(), one.address(), "a second one begins where the first is");
    assert!(two.screen().contains("another presenter leads; F takes over"), "{}", two.screen());
    let attendance = Attendance { here: 4, following: 4, presenters: 2, ..Attendance::default() };
    one.take(&Msg::Attendance(attendance));
    assert!(one.screen().contains("1 more presenter, 4 of 4 follow"), "{}", one.screen());
    let mut anna = student(80, 24, &shared(&one));
    // Whoever has not the word may look something up, and the class stays where it is.
    two.press("1 j");
    assert!(two.effects.is_empty(), "nothing is shared");
    assert!(two.screen().contains("F takes over"), "{}", two.screen());
    two.press("F");
    let talk = shared(&two);
    one.take(&Msg::Talk(Arc::clone(&talk)));
    anna.take(&Msg::Talk(talk));
    assert_eq!((one.address(), anna.address()), (two.address(), two.address()));
    assert!(
        one.screen().contains("another presenter has taken over; F takes the class back"),
        "{}",
        one.screen()
    );
    // The other one's keys do not lead any more, and what comes back late of one's own word changes nothing.
    one.effects.clear();
    one.press("j j");
    assert!(one.effects.is_empty());
    let own = shared(&two);
    two.press("j").take(&Msg::Talk(own));
    assert_eq!(shared(&two).at, Some(tumen::app::Whereabouts::of(&two.state, &two.library)));
    // Whoever stood by at the presenter's place goes on when the other one has left.
    let mut three = colleague(3, &shared(&two));
    three.take(&Msg::Talk(left(&two))).take(&Msg::Attendance(attendance));
    assert_eq!(shared(&three).by, 3);
    anna.take(&Msg::Talk(left(&two))).take(&Msg::Talk(shared(&three)));
    assert!(anna.state.follows());
    // Whoever looks elsewhere does so only by the key.
    one.take(&Msg::Talk(left(&two))).press("j");
    assert!(one.effects.is_empty());
    one.press("F");
    assert_eq!(shared(&one).by, 1);
}

#[test]
fn one_careless_key_ends_no_class() {
    let door = Door { line: "ssh -p 2222 10.0.0.1".to_owned(), fingerprint: "SHA256:x".to_owned() };
    let mut teacher = presenter(80, 24);
    if let Some(class) = &mut teacher.state.class {
        class.door = Some(door);
    }
    // Nobody is there: nobody loses anything.
    teacher.press("q");
    assert!(teacher.effects.contains(&Effect::Quit));
    let attendance = Attendance { here: 12, following: 12, ..Attendance::default() };
    for (keys, ends) in
        [("q", false), ("q j q", false), ("q q", true), ("Q", false), ("Q q", true), ("Ctrl-c Ctrl-c", true)]
    {
        let mut teacher =
            Session { library: teacher.library.clone(), state: teacher.state.clone(), effects: Vec::new() };
        teacher.take(&Msg::Attendance(attendance)).press(keys);
        assert_eq!(teacher.effects.contains(&Effect::Quit), ends, "{keys}");
        assert_eq!(teacher.screen().contains("12 are here: the class ends for all"), !ends, "{keys}");
    }
    // Nor does it stop.
    teacher.press("Ctrl-z");
    assert!(!teacher.effects.contains(&Effect::Suspend) && teacher.screen().contains("the class would stop"));
}

#[test]
fn how_to_come_in_stays_in_sight_until_somebody_does() {
    let mut teacher = presenter(80, 24);
    if let Some(class) = &mut teacher.state.class {
        class.door = Some(Door { line: "ssh -p 2222 10.0.0.1".to_owned(), fingerprint: String::new() });
    }
    let mut memory = Memory::default();
    memory.last = Some("war".to_owned());
    teacher.take(&Msg::Remembered(memory));
    teacher.take(&Msg::Said("read".into()));
    assert!(teacher.screen().contains("nobody is here yet: ssh -p 2222 10.0.0.1"), "{}", teacher.screen());
    teacher.take(&Msg::Attendance(Attendance { here: 2, following: 2, ..Attendance::default() })).press("j");
    assert!(teacher.screen().contains("2 of 2 follow"), "{}", teacher.screen());
}

#[test]
fn what_is_left_out_and_how_a_lens_is_seen_is_followed() {
    let mut teacher = presenter(120, 40);
    teacher.press("2 Enter s j Space Esc");
    let mut anna = student(120, 40, &shared(&teacher));
    assert_eq!(anna.state.filter, teacher.state.filter);
    for keys in [
        "t + +",
        ">",
        "o",
        "0",
        "m + +",
        "Shift-Up",
        "Shift-Left",
        "-",
        "w +",
        "Enter",
        "e",
        "T",
        "T",
        "r",
        "m j",
        "Esc",
        "t j",
        "Esc",
        "w j",
        "Esc",
        "e j",
        "Esc",
        "Esc",
        "m l",
        "Esc",
    ] {
        teacher.press(keys);
        anna.take(&Msg::Talk(shared(&teacher)));
        assert!(anna.state.follows());
        assert_eq!(rows(&anna), rows(&teacher), "after {keys}");
    }
}

#[test]
fn a_smaller_screen_shows_all_of_the_map_that_the_presenter_shows() {
    let mut teacher = presenter(160, 45);
    teacher.press("m + + +");
    let seen = |session: &Session| {
        let scene = session.state.lenses.map.scene(session.state.sight(&session.library));
        scene.view.reach(scene.extent)
    };
    let (across, up) = seen(&teacher);
    for (columns, rows) in [(80, 24), (100, 30), (160, 45), (200, 60)] {
        let anna = student(columns, rows, &shared(&teacher));
        let own = seen(&anna);
        assert!(own.0 >= across && own.1 >= up, "{columns}x{rows}: {own:?} of {across}, {up}");
    }
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
    let attendance =
        Attendance { here: 12, following: 9, presenters: 1, narrowest, poorest: Some(Depth::Sixteen) };
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
                    let is_seen = stop.lines.start < seen.end && stop.lines.end > seen.start;
                    prop_assert!(is_seen, "{:?} {:?}", stop, seen);
                }
            }
            // Taken in again, nothing moves.
            let mut again = student(columns, rows, &talk);
            again.take(&Msg::Talk(Arc::clone(&talk)));
            prop_assert_eq!((again.state.stop, again.state.scroll), (anna.state.stop, anna.state.scroll));
        }
    }
}

/// All rows but the last, which says whose session it is.
fn rows(session: &Session) -> Vec<String> {
    let screen = session.screen();
    let mut rows: Vec<String> = screen.lines().map(str::to_owned).collect();
    rows.pop();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn at_the_same_size_the_same_is_seen(
        keys in prop::collection::vec(prop::sample::select(vec![
            "j", "k", "Tab", "Esc", "t", "m", "+", "-", "0", "o", "<", ">", "Shift-Up", "T", "2",
        ]), 1..30),
        size in prop::sample::select(vec![(80, 24), (120, 40), (160, 45)]),
    ) {
        let mut teacher = presenter(size.0, size.1);
        teacher.press("2");
        let mut anna = student(size.0, size.1, &shared(&teacher));
        for key in keys {
            teacher.press(key);
            anna.take(&Msg::Talk(shared(&teacher)));
            prop_assert!(anna.state.follows());
            prop_assert_eq!(rows(&anna), rows(&teacher), "after {}", key);
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
