//! The map: every place can be reached, the selected one is always in sight or pointed at, and moving it sends little.

use std::collections::BTreeSet;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use tumen::app::filter::Shown;
use tumen::app::lens::{Scene, Subject};
use tumen::app::{Button, Lens, Mouse, Msg, State};
use tumen::config::{Charset, Depth};
use tumen::frame::{Erase, Painter};
use tumen::knowledge::{Address, EntityIx, Item, StatementIx};

use crate::session::Session;

/// Bytes that one step of panning may send to a terminal of 200×60.
const PAN: usize = 8 * 1024;

fn scene(session: &Session) -> Scene {
    session.state.lenses.map.scene(session.state.sight(&session.library))
}

/// A session that looks at an entity's page through the lens of `key`.
fn at_entity(entity: EntityIx, key: &str, columns: u16, rows: u16) -> Session {
    let mut session = Session::shipped(columns, rows);
    session.state.open(Address::Entity(entity), &session.library);
    session.press(key);
    session
}

fn placed(session: &Session) -> impl Iterator<Item = EntityIx> {
    let knowledge = &session.library.knowledge;
    (0..knowledge.entities.len()).map(EntityIx::new).filter(|ix| knowledge.entity(*ix).at.is_some())
}

#[test]
fn every_place_is_on_the_map_of_its_own_page() {
    let shipped = Session::shipped(100, 30);
    for entity in placed(&shipped) {
        let session = at_entity(entity, "m", 100, 30);
        let name = &session.library.knowledge.entity(entity).name;
        assert!(scene(&session).pins.iter().any(|pin| pin.entity == entity), "{name} is not on its map");
    }
}

#[test]
fn every_place_of_a_topic_is_reached_by_walking_on() {
    let mut reached = BTreeSet::new();
    for topic in 1..=6 {
        let mut session = Session::shipped(100, 30);
        session.press(&format!("{topic} m"));
        let knowledge = session.library.knowledge.clone();
        let statements = session.state.scope().statements(&knowledge);
        let named: BTreeSet<EntityIx> = statements
            .flat_map(|ix| knowledge.statement(ix).named().collect::<Vec<_>>())
            .filter(|ix| knowledge.entity(*ix).at.is_some())
            .collect();
        session.press("g");
        let mut walked = BTreeSet::new();
        for _ in 0..=named.len() {
            if let Some(Subject::Entity(entity)) = selected(&session) {
                assert!(scene(&session).pins.iter().any(|pin| pin.selected && pin.entity == entity));
                walked.insert(entity);
            }
            session.press("Space");
        }
        assert!(walked.is_superset(&named), "topic {topic}");
        reached.extend(walked);
    }
    // A capital that only the page of its state names is on no topic's map.
    let session = Session::shipped(100, 30);
    let mentions = &session.library.knowledge.mentions;
    let told = |ix: &EntityIx| !mentions.statements(*ix).is_empty() || !mentions.relations(*ix).is_empty();
    let all: BTreeSet<EntityIx> = placed(&session).filter(told).collect();
    assert_eq!(reached, all, "a place that no topic shows");
}

fn selected(session: &Session) -> Option<Subject> {
    session.state.lenses.selected(session.state.sight(&session.library))
}

#[test]
fn what_names_no_place_is_counted() {
    for topic in 1..=6 {
        let mut session = Session::shipped(100, 30);
        session.press(&format!("{topic} m"));
        let knowledge = &session.library.knowledge;
        let nowhere = session
            .state
            .scope()
            .statements(knowledge)
            .filter(|ix| knowledge.statement(*ix).named().all(|entity| knowledge.entity(entity).at.is_none()))
            .count();
        let words = match nowhere {
            0 => String::new(),
            1 => "1 statement names no place".to_owned(),
            many => format!("{many} statements name no place"),
        };
        assert!(session.screen().contains(&words), "{words}:\n{}", session.screen());
    }
}

#[test]
fn what_is_counted_at_a_place_is_what_names_it() {
    // With all standings, and with only what is established, the rest hidden.
    for keys in ["", "s Space G Enter Esc"] {
        let mut session = Session::shipped(100, 30);
        session.press(keys);
        let library = session.library.clone();
        let knowledge = &library.knowledge;
        for entity in (0..knowledge.entities.len()).map(EntityIx::new) {
            session.state.open(Address::Entity(entity), &library);
            session.press("m");
            let shown = |ix: &StatementIx| {
                session.state.filter.shown(knowledge.statement(*ix).standing.kind()) != Shown::Hidden
            };
            for pin in scene(&session).pins {
                let names =
                    |ix: &StatementIx, whom| knowledge.statement(*ix).named().any(|named| named == whom);
                let all = (0..knowledge.statements.len()).map(StatementIx::new);
                let both = all.filter(|ix| shown(ix) && names(ix, entity) && names(ix, pin.entity));
                assert_eq!(pin.count, both.count(), "{} at {}", knowledge.entity(entity).name, pin.name);
            }
        }
    }
}

#[test]
fn selecting_a_place_tells_what_happened_there() {
    let mut session = Session::shipped(160, 45);
    session.press("2 m g + + + +");
    let pyongyang = session.library.knowledge.ids.get("pyongyang");
    let Some(Item::Entity(pyongyang)) = pyongyang else { panic!("the file has Pyongyang") };
    let pin = scene(&session).pins.into_iter().find(|pin| pin.entity == pyongyang).expect("it is seen");
    let area = session.state.panes().lens;
    session.click(area.x + pin.cell.0, area.y + pin.cell.1);
    assert_eq!(selected(&session), Some(Subject::Entity(pyongyang)));
    assert!(session.screen().contains("H7 ·"), "{}", session.screen());
    session.press("J");
    assert_eq!(
        selected(&session),
        Some(Subject::Entity(pyongyang)),
        "stepping through statements stays there"
    );
    // A second click reads.
    session.click(area.x + pin.cell.0, area.y + pin.cell.1);
    assert_eq!(session.state.lenses.shown, Lens::Read);
}

#[test]
fn the_38th_parallel_is_drawn_when_korea_fills_the_view() {
    let mut session = Session::shipped(100, 30);
    session.press("2 m 0");
    assert!(scene(&session).parallels.is_empty(), "from afar it parts nothing");
    session.press("0");
    let scene = scene(&session);
    let [(west, east)] = scene.parallels[..] else { panic!("one parallel has a name") };
    assert!((west.degrees().0 - 38.0).abs() < 1e-9 && (east.degrees().0 - 38.0).abs() < 1e-9);
    assert!(west.x < 125.0 && east.x > 129.0, "it crosses the peninsula");
    assert!(session.screen().contains("38th parallel"), "{}", session.screen());
}

#[test]
fn the_wheel_zooms_where_the_mouse_is() {
    let mut session = Session::shipped(100, 30);
    session.press("3 m");
    let (column, row) = session.find("RUSSIA");
    let before = scene(&session).view.step();
    session.take(&Msg::Mouse(Mouse { button: Button::WheelUp, column: column - 2, row }));
    let after = session.find("RUSSIA");
    assert!(scene(&session).view.step() < before);
    assert!(after.0.abs_diff(column) <= 2 && after.1.abs_diff(row) <= 1, "from {column},{row} to {after:?}");
    session.press("0");
    assert!((scene(&session).view.step() - before).abs() < 1e-9, "0 shows everything again");
}

/// The bytes that each of some keys sends to a terminal that has seen all before.
fn sent(session: &mut Session, keys: &[&str]) -> Vec<usize> {
    let mut painter = Painter::new(Erase::Coloured);
    let mut sent = Vec::new();
    painter.paint(&session.buffer(), None, &mut sent);
    let bytes = keys.iter().map(|key| {
        session.press(key);
        sent.clear();
        painter.paint(&session.buffer(), None, &mut sent);
        sent.len()
    });
    bytes.collect()
}

const PANS: [&str; 4] = ["Shift-Left", "Shift-Up", "Shift-Right", "Shift-Down"];

#[test]
fn panning_sends_little() {
    for (keys, what) in [
        ("1 m", "overview"),
        ("2 m", "history"),
        ("2 m 0", "the world"),
        ("2 m + + + +", "Korea"),
        ("3 m + +", "war"),
    ] {
        let mut session = Session::shipped(200, 60);
        session.press(keys);
        let bytes = sent(&mut session, &PANS);
        assert!(bytes.iter().all(|bytes| *bytes <= PAN), "over {what}: {bytes:?}");
    }
}

#[test]
fn panning_sends_little_wherever_in_the_world_and_however_near() {
    for zoom in 0..9 {
        let mut session = Session::shipped(200, 60);
        session.press(&format!("{} m - - - - - - - -", 1 + zoom % 6));
        session.press(&["+"; 9][..zoom].join(" "));
        // From station to station around the world: further the more of it is seen at once.
        for station in ["Up", "Left", "Left", "Down", "Left", "Left"] {
            for _ in 0..=zoom / 2 {
                session.press(&format!("Shift-{station} Shift-{station}"));
            }
            let bytes = sent(&mut session, &PANS);
            assert!(bytes.iter().all(|bytes| *bytes <= PAN), "{zoom}, {station}: {bytes:?}");
        }
    }
}

#[test]
fn a_terminal_without_colours_or_braille_is_sent_neither() {
    let mut session = Session::shipped(100, 30);
    session.state.look.charset = Charset::Ascii;
    session.state.look.depth = Depth::None;
    session.press("2 m");
    let odd: String = session.screen().chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(odd, "", "{}", session.screen());
}

/// Cells that names cover, as they are drawn: each name must stand whole in the buffer.
fn names_are_whole(buffer: &Buffer, state: &State, scene: &Scene) -> bool {
    let area = state.panes().lens;
    scene.pins.iter().all(|pin| {
        pin.label.is_none_or(|label| {
            let first = pin.name.chars().next().map(String::from).unwrap_or_default();
            buffer[(area.x + label.column, area.y + label.row)].symbol().starts_with(&first)
        })
    })
}

/// The sizes at which a map is looked at.
const SIZES: [(u16, u16); 7] = [(60, 20), (80, 24), (100, 30), (120, 35), (160, 45), (200, 60), (60, 60)];

fn entity(session: &Session, id: &str) -> EntityIx {
    match session.library.knowledge.ids.get(id) {
        Some(Item::Entity(entity)) => entity,
        other => panic!("{id} is {other:?}"),
    }
}

#[test]
fn north_is_above_and_west_is_left_at_every_size() {
    for (columns, rows) in SIZES {
        for keys in ["", "0", "+", "-", "- -", "+ + + +"] {
            for topic in 1..=6 {
                let mut session = Session::shipped(columns, rows);
                session.press(&format!("{topic} m {keys}"));
                let scene = scene(&session);
                let label = |id| {
                    let own = entity(&session, id);
                    scene.pins.iter().find(|pin| pin.entity == own).and_then(|pin| pin.label)
                };
                let what = format!("{topic} m {keys} at {columns}x{rows}:\n{}", session.screen());
                for (north, south) in
                    [("north-korea", "south-korea"), ("pyongyang", "seoul"), ("russia", "china")]
                {
                    if let (Some(north), Some(south)) = (label(north), label(south)) {
                        assert!(north.row < south.row, "{what}");
                    }
                }
                for (west, east) in [("ukraine", "russia"), ("moscow", "pyongyang"), ("china", "japan")] {
                    if let (Some(west), Some(east)) = (label(west), label(east)) {
                        assert!(west.column < east.column, "{what}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_map_opens_with_every_place_named_or_numbered_and_the_rest_at_its_edge() {
    for (columns, rows) in SIZES {
        for topic in 1..=6 {
            let mut session = Session::shipped(columns, rows);
            session.press(&format!("{topic} m"));
            let scene = scene(&session);
            let what = format!("{topic} m at {columns}x{rows}:\n{}", session.screen());
            for pin in &scene.pins {
                assert!(pin.label.is_some() || pin.number.is_some(), "{} in {what}", pin.name);
                let explained = |number| {
                    scene.legend.iter().any(|one| one.number == number && one.words.contains(&pin.name))
                };
                assert!(pin.number.is_none_or(explained), "{} in {what}", pin.name);
            }
            let all =
                session.state.lenses.position(session.state.sight(&session.library)).map(|(_, len)| len);
            let far = all.unwrap_or_default() - scene.pins.len();
            if (columns, rows) != (60, 20) {
                assert_eq!(scene.outside.len(), far, "{what}");
            }
            if far > 0 {
                let count = format!("{} of {} places", scene.pins.len(), scene.pins.len() + far);
                assert!(session.screen().contains(&count), "{what}");
            }
        }
    }
}

#[test]
fn the_same_key_shows_all_places_and_where_the_map_opened() {
    let mut session = Session::shipped(100, 30);
    session.press("2 m");
    let first = scene(&session);
    assert!(!first.outside.is_empty());
    session.press("0");
    let all = scene(&session);
    assert!(all.outside.is_empty() && all.pins.len() == first.pins.len() + first.outside.len());
    session.press("0");
    assert_eq!(scene(&session).view, first.view);
    session.press("Shift-Left + 0");
    assert_eq!(scene(&session).view, all.view);
}

#[test]
fn selecting_a_place_outside_goes_there_and_back() {
    let mut session = Session::shipped(100, 30);
    session.press("2 m");
    let first = scene(&session);
    let area = session.state.panes().lens;
    for one in &first.outside {
        session.click(area.x + one.at.column + 2, area.y + one.at.row);
        let there = scene(&session);
        assert!(
            there.pins.iter().any(|pin| pin.selected && pin.entity == one.entity),
            "{}",
            session.screen()
        );
        session.press("g");
        assert_eq!(scene(&session).view, first.view, "back from {}", one.name);
    }
}

/// Three places near each other, one far away, and a tour that speaks of two of the near ones and then of all.
const SHORE: &str = r#"Knowledge(
    format: 1, id: "shore", title: "Shore", as_of: "2024-01", language: "en",
    sources: [Source(id: "book", title: "A book")],
    topics: [Topic(id: "coast", title: "Coast", short: "Coast", summary: "By the sea.", entries: [
        Entry(id: "ports", title: "Ports", statements: [
            Statement(id: "A1", standing: Established, sources: ["book"], text: "[Lisbon](lisbon) wrote to [Porto](porto)."),
            Statement(id: "A2", standing: Established, sources: ["book"], text: "Ships went from [Lisbon](lisbon) to [Lima](lima)."),
            Statement(id: "A3", standing: Established, sources: ["book"], text: "[Faro](faro) lies in the south."),
        ]),
    ])],
    entities: [
        Entity(id: "lisbon", kind: Place, name: "Lisbon", at: (38.7, -9.1), summary: "A city."),
        Entity(id: "porto", kind: Place, name: "Porto", at: (41.1, -8.6), summary: "A city."),
        Entity(id: "faro", kind: Place, name: "Faro", at: (37.0, -7.9), summary: "A city."),
        Entity(id: "lima", kind: Place, name: "Lima", at: (-12.0, -77.0), summary: "A city."),
    ],
    tours: [Tour(id: "walk", title: "A walk", summary: "Along the coast.", steps: [
        Step(show: "coast/ports", lens: Map, reveal: ["A1"]),
        Step(show: "coast/ports", lens: Map, reveal: ["A1", "A2"]),
    ])],
)"#;

#[test]
fn a_step_of_a_tour_fits_the_places_that_it_speaks_of() {
    for (columns, rows) in SIZES {
        let mut session = Session::of(crate::session::library(SHORE.as_bytes()), columns, rows);
        session.press("p Enter");
        let near = session.screen();
        assert!(near.contains("Lisbon") && near.contains("Porto") && near.contains("◣ Lima"), "{near}");
        session.press("Space");
        let far = session.screen();
        let column = |name: &str| far.lines().find_map(|line| line.find(name));
        assert!(column("Lima") < column("Lisbon") && !far.contains('◣'), "{far}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_selected_place_is_always_seen_or_pointed_at(
        topic in 1..=6_usize,
        keys in prop::collection::vec(prop::sample::select(vec![
            "h", "j", "k", "l", "+", "+", "-", "0", "Space", "b", "Shift-Left", "Shift-Right", "Shift-Up", "Shift-Down",
            "J", "g", "G",
        ]), 0..24),
        columns in 60..200_u16,
        rows in 16..60_u16,
    ) {
        let mut session = Session::shipped(columns, rows);
        session.press(&format!("{topic} m"));
        for key in keys {
            session.press(key);
            if session.state.lenses.is_text(session.state.sight(&session.library)) {
                continue;
            }
            let scene = scene(&session);
            let seen = scene.pins.iter().any(|pin| pin.selected && pin.label.is_some());
            prop_assert!(seen || scene.beyond().is_some(), "after {key}:\n{}", session.screen());
            prop_assert!(scene.beyond().is_some() || names_are_whole(&session.buffer(), &session.state, &scene));
        }
    }
}

#[test]
fn as_pictures_and_as_text() {
    for (columns, rows) in [(80, 24), (100, 30), (160, 45), (40, 12)] {
        for (name, keys) in [("opening", "2 m"), ("world", "2 m 0"), ("near", "2 m + +"), ("text", "2 m T")] {
            let mut session = Session::shipped(columns, rows);
            session.press(keys);
            insta::assert_snapshot!(format!("map_{name}_{columns}x{rows}"), session.screen());
        }
    }
}
