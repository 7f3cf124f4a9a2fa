//! The network: every relation can be reached, nothing moves while one walks, and Enter looks from the other end.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tumen::app::Lens;
use tumen::app::lens::{Plot, Side, Subject, Twig};
use tumen::config::Charset;
use tumen::knowledge::{Address, EntityIx, RelationIx};

use crate::session::Session;

fn plot(session: &Session) -> Plot {
    session.state.lenses.network.plot(session.state.sight(&session.library)).expect("something is related")
}

fn selected(session: &Session) -> Option<RelationIx> {
    match session.state.lenses.selected(session.state.sight(&session.library)) {
        Some(Subject::Relation(relation)) => Some(relation),
        _ => None,
    }
}

fn at_entity(entity: EntityIx, columns: u16, rows: u16) -> Session {
    let mut session = Session::shipped(columns, rows);
    session.state.open(Address::Entity(entity), &session.library);
    session.press("w");
    session
}

#[test]
fn every_relation_is_seen_from_both_of_its_ends() {
    let knowledge = Session::shipped(100, 30).library.knowledge;
    for ix in (0..knowledge.relations.len()).map(RelationIx::new) {
        let relation = knowledge.relation(ix);
        for (end, side) in [(relation.from, Side::Right), (relation.to, Side::Left)] {
            let plot = plot(&at_entity(end, 100, 30));
            let name = &knowledge.entity(end).name;
            assert!(plot.web.has(ix), "{} is not seen from {name}", relation.kind);
            let edges = plot.web.side(side).iter();
            assert!(
                edges.filter(|twig| matches!(twig, Twig::Edge { relation, .. } if *relation == ix)).count()
                    == 1,
                "it stands on the wrong side of {name}"
            );
        }
    }
}

#[test]
fn every_relation_of_a_topic_is_reached_by_walking_on() {
    let mut reached = BTreeSet::new();
    for topic in 1..=6 {
        let mut session = Session::shipped(100, 30);
        session.press(&format!("{topic} w"));
        let knowledge = session.library.knowledge.clone();
        let scope = session.state.scope();
        let all = (0..knowledge.relations.len()).map(RelationIx::new);
        let own: BTreeSet<RelationIx> =
            all.filter(|ix| scope.holds(&knowledge, knowledge.relation(*ix).statement)).collect();
        session.press("g");
        let mut walked: BTreeSet<RelationIx> = selected(&session).into_iter().collect();
        for _ in 1..own.len() {
            session.press("Space");
            walked.extend(selected(&session));
            assert!(selected(&session).is_some_and(|own| plot(&session).web.has(own)), "it is seen");
        }
        assert_eq!(walked, own, "topic {topic}");
        let mut text = Session::shipped(100, 30);
        text.press(&format!("{topic} w T g"));
        let mut told: BTreeSet<RelationIx> = selected(&text).into_iter().collect();
        for _ in 0..own.len() {
            text.press("j");
            told.extend(selected(&text));
        }
        assert_eq!(told, own, "as text, topic {topic}");
        reached.extend(walked);
    }
    assert_eq!(reached.len(), Session::shipped(100, 30).library.knowledge.relations.len());
}

#[test]
fn enter_looks_from_the_other_end_and_back_comes_back() {
    let mut session = Session::shipped(160, 45);
    session.press("2 w");
    let (before, edge) = (plot(&session), selected(&session));
    session.press("Enter");
    let after = plot(&session);
    assert_eq!(session.state.lenses.shown, Lens::Network);
    assert_ne!(after.web.middle, before.web.middle);
    assert_eq!(selected(&session), edge, "the relation that led there stays selected");
    session.press("Backspace");
    assert_eq!(plot(&session), before);
}

#[test]
fn the_statement_behind_the_selected_relation_is_shown() {
    let mut session = Session::shipped(160, 45);
    session.press("2 w");
    for _ in 0..6 {
        let edge = selected(&session).expect("one is selected");
        let knowledge = &session.library.knowledge;
        let id = knowledge
            .ids
            .name(tumen::knowledge::Item::Statement(knowledge.relation(edge).statement))
            .to_owned();
        assert!(session.screen().contains(&format!("{id} ·")), "{id}:\n{}", session.screen());
        session.press("j");
    }
}

#[test]
fn depth_goes_to_three_steps_and_round() {
    let mut session = Session::shipped(160, 45);
    session.press("2 w");
    let mut sizes = vec![plot(&session).web.edges().count()];
    for _ in 0..3 {
        session.press("o");
        sizes.push(plot(&session).web.edges().count());
    }
    assert!(sizes[0] < sizes[1] && sizes[1] < sizes[2], "{sizes:?}");
    assert_eq!(sizes[3], sizes[0]);
    session.press("+ + + + -");
    assert_eq!(plot(&session).web.edges().count(), sizes[1]);
}

#[test]
fn a_click_selects_a_relation_and_a_second_one_follows_it() {
    let mut session = Session::shipped(160, 45);
    session.press("2 w");
    let (column, row) = session.find("went on supporting");
    session.click(column, row);
    let edge = selected(&session).expect("one is selected");
    assert_eq!(&*session.library.knowledge.relation(edge).kind, "went on supporting");
    let from = session.library.knowledge.relation(edge).from;
    session.click(column, row);
    assert_eq!(plot(&session).web.middle, from);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_moves_while_one_walks_and_the_selection_is_seen(
        entity in 0..81_u32,
        deeper in 0..3_usize,
        keys in prop::collection::vec(prop::sample::select(vec!["h", "j", "k", "l"]), 0..24),
        columns in 80..200_u16,
        rows in 18..60_u16,
    ) {
        let mut session = at_entity(EntityIx(entity), columns, rows);
        let related = !session.library.knowledge.mentions.relations(EntityIx(entity)).is_empty();
        prop_assume!(related);
        for _ in 0..deeper {
            session.press("o");
        }
        let before = plot(&session);
        for key in keys {
            session.press(key);
            let now = plot(&session);
            prop_assert_eq!((&now.web, now.plan, now.middle), (&before.web, before.plan, before.middle));
            let seen = [Side::Left, Side::Right].into_iter().flat_map(|side| now.twigs(side).collect::<Vec<_>>());
            let is_own = |twig: &Twig| {
                matches!(twig, Twig::Edge { relation, .. } if Some(*relation) == now.selected)
            };
            prop_assert!(seen.into_iter().any(|(_, twig)| is_own(&twig)), "after {}:\n{}", key, session.screen());
        }
    }
}

#[test]
fn in_ascii_it_is_a_text_first_and_a_picture_if_asked_for() {
    let mut session = Session::shipped(100, 30);
    session.state.look.charset = Charset::Ascii;
    for keys in ["2 w", "T", "o"] {
        session.press(keys);
        let odd: String = session.screen().chars().filter(|c| !c.is_ascii() && !c.is_alphabetic()).collect();
        assert_eq!(odd, "", "after {keys}:\n{}", session.screen());
    }
    assert!(session.screen().contains("Soviet Union >"), "{}", session.screen());
}

#[test]
fn as_pictures_and_as_text() {
    for (columns, rows) in [(80, 24), (100, 30), (160, 45), (40, 12)] {
        for (name, keys) in [("near", "2 w"), ("deep", "2 w o j"), ("text", "2 w T")] {
            let mut session = Session::shipped(columns, rows);
            session.press(keys);
            insta::assert_snapshot!(format!("network_{name}_{columns}x{rows}"), session.screen());
        }
    }
}
