//! Timeline and evidence: keys alone lead to every statement, in pictures and in texts; and how they look.

use std::collections::BTreeSet;
use std::sync::Arc;

use tumen::app::Library;
use tumen::config::Depth;
use tumen::keys::Keymap;
use tumen::knowledge::{Address, StatementIx};

use crate::dossiers::{self, Shape};
use crate::invariants::check_cells;
use crate::session::Session;

/// The statements behind the mark that is selected.
fn behind(session: &Session) -> Vec<StatementIx> {
    let (state, library) = (&session.state, &session.library);
    state.lenses.optic().map_or_else(Vec::new, |optic| optic.statements(state.sight(library)))
}

/// Presses a key until it leads nowhere else; does something at each place, the first one among them.
fn along(session: &mut Session, key: &str, at_each: &mut dyn FnMut(&mut Session)) {
    for _ in 0..100 {
        at_each(session);
        let before = (session.address(), session.state.lenses.evidence);
        session.press(key);
        if before == (session.address(), session.state.lenses.evidence) {
            return;
        }
    }
    panic!("{key} never comes to an end");
}

#[test]
fn keys_alone_lead_to_every_statement_with_a_date_in_the_pictures_and_texts_of_time() {
    for twin in ["", " T"] {
        let mut session = Session::shipped(100, 30);
        let knowledge = session.library.knowledge.clone();
        let mut dated = BTreeSet::new();
        for topic in 1..=knowledge.topics.len() {
            session.press(&format!("r {topic} t{twin} g"));
            along(&mut session, if twin.is_empty() { "l" } else { "j" }, &mut |session| {
                dated.extend(behind(session));
            });
            session.press(if twin.is_empty() { "t" } else { "T" });
        }
        let all = (0..knowledge.statements.len()).map(StatementIx::new);
        let with_date: BTreeSet<_> = all.filter(|ix| knowledge.date_of(*ix).is_some()).collect();
        assert_eq!(dated, with_date, "{twin}");
    }
}

#[test]
fn keys_alone_lead_to_every_statement_in_the_picture_of_the_evidence() {
    for (columns, rows) in [(100, 30), (80, 24)] {
        let mut session = Session::shipped(columns, rows);
        let knowledge = session.library.knowledge.clone();
        let mut found = BTreeSet::new();
        session.press("1 e g");
        along(&mut session, "j", &mut |session| {
            along(session, "h", &mut |_| {});
            along(session, "l", &mut |session| {
                let first = session.address();
                along(session, "J", &mut |session| {
                    found.insert(session.address());
                });
                // Back to where one came into the cell: on from there.
                while session.address() != first {
                    session.press("K");
                }
            });
            along(session, "h", &mut |_| {});
        });
        let all = (0..knowledge.statements.len()).map(StatementIx::new);
        let all = all.map(|ix| knowledge.address_text(Address::Statement(ix)));
        assert_eq!(found, all.collect(), "{columns}x{rows}");
    }
}

#[test]
fn lanes_without_room_are_counted() {
    for (rows, words) in [(30, "+3 lanes"), (24, "+4 lanes"), (60, " lanes ")] {
        let mut session = Session::shipped(100, rows);
        session.press("2 t o");
        assert_eq!(session.screen().contains(words), rows < 60, "{}", session.screen());
    }
}

#[test]
fn as_pictures_and_as_text() {
    for (columns, rows) in [(80, 24), (100, 30), (160, 45), (40, 12)] {
        for (name, keys) in [
            ("time", "2 t"),
            ("time_near", "2 t + + l"),
            ("time_by_name", "2 t o"),
            ("time_without_dates", "3 t"),
            ("time_text", "2 t T"),
            ("evidence", "1 e l"),
            ("evidence_text", "1 e T"),
        ] {
            let mut session = Session::shipped(columns, rows);
            session.press(keys);
            insta::assert_snapshot!(format!("marks_{name}_{columns}x{rows}"), session.screen());
        }
    }
}

#[test]
fn the_line_to_a_date_spares_wide_letters() {
    let loaded = dossiers::loaded(Shape { seed: 3_867_171_411_714_318_837, topics: 2, entries: 5 });
    let keymap = Arc::new(Keymap::from_table().expect("the table has no conflicts"));
    let (knowledge, problems) = (Arc::new(loaded.knowledge), loaded.problems.into());
    let mut session = Session::of(Library { knowledge, problems, index: None, keymap }, 160, 45);
    session.state.look.depth = Depth::None;
    session.press("t j");
    check_cells(&session.buffer()).expect("whole letters");
}
