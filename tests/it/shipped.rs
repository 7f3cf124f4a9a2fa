//! The knowledge file that ships: nothing is wrong with it, nothing is lost in it, and all of it can be shown.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use tumen::app::fit::PROJECTOR;
use tumen::app::{Focus, Library, State};
use tumen::knowledge::{Address, Date, EntityIx, EntityKind, Item, Knowledge, StandingKind, StatementIx};

use crate::session::{LOOK, Session};

static SHIPPED: LazyLock<Library> = LazyLock::new(|| Session::shipped(80, 24).library);

fn knowledge() -> &'static Knowledge {
    &SHIPPED.knowledge
}

/// A session that begins at an address, on a projector's screen.
fn opened(address: Address) -> State {
    let mut state = State::new(PROJECTOR, LOOK, &SHIPPED);
    state.open(address, &SHIPPED);
    state
}

#[test]
fn nothing_is_wrong_with_it() {
    assert_eq!(&*SHIPPED.problems, &[]);
}

#[test]
fn it_carries_every_statement_in_its_topic() {
    let expected = [
        ("overview", "O", 12),
        ("history", "H", 32),
        ("war", "W", 13),
        ("needs", "N", 24),
        ("demands", "R", 10),
        ("reaction", "U", 10),
    ];
    let mut statements = 0;
    for (topic, (id, letter, count)) in knowledge().topic_ixs().zip(expected) {
        assert_eq!(knowledge().ids.name(Item::Topic(topic)), id);
        let own = knowledge().entries_of(topic).flat_map(|entry| knowledge().statements_of(entry));
        let mut ids: Vec<&str> = own.map(|ix| knowledge().ids.name(Item::Statement(ix))).collect();
        ids.sort_by_key(|id| (id.len(), *id));
        let whole: Vec<String> = (1..=count).map(|number| format!("{letter}{number}")).collect();
        assert_eq!(ids, whole, "{id}");
        statements += ids.len();
    }
    assert_eq!((knowledge().topics.len(), statements, knowledge().statements.len()), (6, 101, 101));
}

#[test]
fn its_statements_stand_as_the_source_has_them() {
    let mut counts = BTreeMap::new();
    for statement in &knowledge().statements {
        *counts.entry(statement.standing.kind()).or_insert(0) += 1;
    }
    let expected = [
        (StandingKind::Established, 36),
        (StandingKind::Stated, 8),
        (StandingKind::Alleged, 1),
        (StandingKind::Unverified, 2),
        (StandingKind::Assessed, 50),
        (StandingKind::Expected, 4),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
    let alleged = knowledge().statements.iter().filter(|s| s.standing.kind() == StandingKind::Alleged);
    assert!(
        alleged.into_iter().all(|s| !s.standing.denied_by().is_empty()),
        "an allegation that none denies"
    );
}

#[test]
fn every_entry_has_two_to_five_statements() {
    for (at, entry) in knowledge().entries.iter().enumerate() {
        let id = knowledge().ids.name(Item::Entry(tumen::knowledge::EntryIx::new(at)));
        assert!((2..=5).contains(&entry.statements.len()), "{id} has {}", entry.statements.len());
    }
}

/// Every place of the file.
fn addresses() -> impl Iterator<Item = Address> {
    let entries = (0..knowledge().entries.len()).map(tumen::knowledge::EntryIx::new);
    let statements = (0..knowledge().statements.len()).map(StatementIx::new);
    let entities = (0..knowledge().entities.len()).map(EntityIx::new);
    (knowledge().topic_ixs().map(Address::Topic))
        .chain(entries.map(Address::Entry))
        .chain(statements.map(Address::Statement))
        .chain(entities.map(Address::Entity))
}

#[test]
fn every_address_opens_where_it_says() {
    for address in addresses() {
        let text = knowledge().address_text(address);
        assert_eq!(knowledge().address(&text), Ok(address), "{text}");
        let state = opened(address);
        let there = state.address(&SHIPPED);
        match address {
            // A topic opens on its first entry, an entry on its first statement.
            Address::Topic(topic) => {
                assert_eq!((state.topic, state.focus), (topic, Focus::List), "{text}");
                assert_eq!(Some(there), knowledge().entry_at(topic, 0).map(Address::Entry), "{text}");
            }
            Address::Entry(entry) => {
                let first = knowledge().statements_of(entry).next().map(Address::Statement);
                assert_eq!((state.page.address(), Some(there)), (address, first), "{text}");
            }
            Address::Statement(_) | Address::Entity(_) => assert_eq!(there, address, "{text}"),
        }
    }
}

#[test]
fn the_address_of_a_stop_is_that_of_its_statement() {
    for address in addresses() {
        let state = opened(address);
        let document = state.document(&SHIPPED);
        for (at, stop) in document.stops.iter().enumerate() {
            let found = state.page.statement_at(knowledge(), &state.filter, at);
            assert_eq!(found, stop.statement, "stop {at} of {address:?}");
        }
    }
}

#[test]
fn every_entity_is_mentioned() {
    for ix in (0..knowledge().entities.len()).map(EntityIx::new) {
        let mentions = &knowledge().mentions;
        // A capital may be named by the summary of its state alone: what its government does is told of the state.
        let mut summaries = knowledge().entities.iter().flat_map(|entity| entity.summary.entities());
        let known = !mentions.statements(ix).is_empty()
            || !mentions.relations(ix).is_empty()
            || summaries.any(|named| named == ix);
        assert!(known, "nothing says anything of {}", knowledge().entity(ix).name);
    }
}

#[test]
fn places_and_states_are_on_the_map() {
    for entity in &knowledge().entities {
        if matches!(entity.kind, EntityKind::Place | EntityKind::State) {
            let (latitude, longitude) = entity.at.unwrap_or_else(|| panic!("{} is nowhere", entity.name));
            assert!((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude));
            assert!((latitude, longitude) != (0.0, 0.0), "{} is in the Gulf of Guinea", entity.name);
        }
    }
}

#[test]
fn its_dates_are_those_of_its_subject() {
    let as_of = knowledge().as_of.expect("the file says of when it is");
    assert_eq!(as_of.to_string(), "2024-01");
    // What is expected may lie ahead of the article; nothing that has happened may.
    let happened = knowledge().statements.iter().filter(|s| s.standing.kind() != StandingKind::Expected);
    for date in happened.filter_map(|statement| statement.when) {
        assert!(date.first_day() <= as_of.last_day(), "{date} is after {as_of}");
    }
    let entries = knowledge().entries.iter().filter_map(|entry| entry.when);
    let statements = knowledge().statements.iter().filter_map(|statement| statement.when);
    let relations = knowledge().relations.iter().filter_map(|relation| relation.when);
    let entities = knowledge().entities.iter().filter_map(|entity| entity.when);
    let early: Date = "1800".parse().expect("a date");
    let late: Date = "2035".parse().expect("a date");
    for date in entries.chain(statements).chain(relations).chain(entities) {
        assert!(date.first_day().is_none_or(|day| Some(day) >= early.first_day()), "{date} is too early");
        assert!(date.last_day().is_none_or(|day| Some(day) <= late.last_day()), "{date} is too late");
    }
}
