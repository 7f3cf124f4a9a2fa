//! Whatever is typed, clicked, pasted or resized, on whatever file: a session holds together, and draws cleanly.
//!
//! `TUMEN_EVENTS=1000000 cargo test --release --test it properties` looks longer. The messages are drawn from a fixed
//! seed, so that a failure comes again; `proptest` then makes it as short as it can.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use tumen::action::{Context, TABLE};
use tumen::app::{Button, Library, Mouse, Msg, Size, State, update};
use tumen::config::{Charset, Depth, Look, Theme};
use tumen::keys::{Code, Key, Keymap};
use tumen::knowledge::Address;
use tumen::load::{Loaded, from_bytes};
use tumen::search::Index;

use crate::dossiers::{self, Shape};
use crate::invariants::{Checked, check_cells, check_state, drawn};
use crate::session::LOOK;

/// Bursts of a session; a burst is two messages on average.
const BURSTS: usize = 150;
const MESSAGES: usize = 2 * BURSTS;
/// A screen is drawn after every so many messages.
const DRAWN: usize = 7;

/// How many messages are sent in all: as many as take some ten seconds without optimisation.
fn events() -> usize {
    std::env::var("TUMEN_EVENTS").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000)
}

fn shipped() -> Loaded {
    let bytes = include_bytes!("../../assets/dprk-russia.ron");
    from_bytes("dprk-russia.ron", bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// A library whose index is not built yet, and the index.
fn library(loaded: Loaded) -> (Library, Arc<Index>) {
    let index = Arc::new(Index::build(&loaded.knowledge));
    let keymap = Arc::new(Keymap::from_table().expect("the table has no conflicts"));
    let (knowledge, problems) = (Arc::new(loaded.knowledge), loaded.problems.into());
    (Library { knowledge, problems, index: None, keymap }, index)
}

// What may happen.

/// Every key that the table knows, `Ctrl` and `Alt` with it.
static TABLE_KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let written = TABLE.iter().flat_map(|row| row.keys.iter().flat_map(|(_, keys)| keys.iter()));
    written.flat_map(|keys| keys.split(' ')).map(|key| key.parse().expect("a key")).collect()
});

fn keys() -> impl Strategy<Value = Key> {
    let codes = vec![
        Code::Enter,
        Code::Esc,
        Code::Tab,
        Code::Backspace,
        Code::Delete,
        Code::Insert,
        Code::Up,
        Code::Down,
        Code::Left,
        Code::Right,
        Code::Home,
        Code::End,
        Code::PageUp,
        Code::PageDown,
        Code::F(1),
        Code::F(24),
    ];
    let letter = prop_oneof![
        4 => proptest::char::range(' ', '~'),
        1 => proptest::char::range('а', 'я'),
        1 => proptest::char::range('ㄱ', 'ㅣ'),
        1 => proptest::char::range('가', '힣'),
        // A terminal without bracketed paste sends these as keys.
        1 => select(vec!['\u{202e}', '\u{2066}', '\u{301}', '\u{200d}', '\u{9b}', '\u{7f}', '🚀', '北']),
    ];
    let code = prop_oneof![2 => letter.prop_map(Code::Char), 1 => select(codes)];
    let held = (proptest::bool::weighted(0.2), proptest::bool::weighted(0.1), proptest::bool::weighted(0.1));
    let any = (code, held).prop_map(|(code, (ctrl, alt, shift))| {
        // Of a character, the case says whether Shift is held.
        Key { code, ctrl, alt, shift: shift && !matches!(code, Code::Char(_)) }
    });
    prop_oneof![5 => select(TABLE_KEYS.clone()), 2 => any]
}

fn sizes() -> impl Strategy<Value = Size> {
    let usual =
        vec![(80, 24), (100, 30), (160, 45), (40, 12), (200, 60), (60, 15), (59, 14), (20, 5), (300, 100)];
    prop_oneof![3 => select(usual), 1 => (0..=300_u16, 0..=100_u16), 2 => (0..=70_u16, 0..=20_u16)]
        .prop_map(|(columns, rows)| Size { columns, rows })
}

fn mouse() -> impl Strategy<Value = Msg> {
    let at = prop_oneof![
        6 => (0..100_u16, 0..32_u16),
        1 => (0..320_u16, 0..120_u16),
        1 => (any::<u16>(), any::<u16>()),
    ];
    let button = select(vec![Button::Left, Button::Left, Button::WheelUp, Button::WheelDown]);
    (button, at).prop_map(|(button, (column, row))| Msg::Mouse(Mouse { button, column, row }))
}

/// Texts as they are typed into a search, or pasted: words, filters, scripts, and what would drive a terminal.
fn texts() -> impl Strategy<Value = String> {
    let parts = vec![
        "kim",
        "pyonygang",
        "treaty",
        "art",
        "김정은",
        "Ким",
        "北",
        "is:alleged",
        "in:history",
        "when:1950..1961",
        "\"of the\"",
        "!russia",
        "by:",
        "kind:place",
        "\"",
        "!",
        ":",
        "..",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\u{1b}[2J",
        "\u{9b}31m",
        "\u{202e}",
        "\u{2066}",
        "\u{7f}",
        "\u{0}",
        "\u{301}",
        "🚀",
        "\u{200d}",
        "xxxxxxxxxxxxxxxxxxxxx",
    ];
    proptest::collection::vec(select(parts), 0..6).prop_map(|parts| parts.join(" "))
}

/// A few messages that belong together: deep screens are seldom reached by single ones.
fn bursts() -> impl Strategy<Value = Vec<Msg>> {
    let typed = |text: &str| -> Vec<Msg> { text.chars().map(|c| Msg::Key(Key::char(c))).collect() };
    let search = (texts(), any::<bool>()).prop_map(move |(text, open)| {
        let mut messages = typed(&format!("/{}", text.chars().take(12).collect::<String>()));
        messages.extend(open.then(|| Msg::Key(Key::plain(Code::Enter))));
        messages
    });
    let one = prop_oneof![
        30 => keys().prop_map(Msg::Key),
        8 => mouse(),
        2 => texts().prop_map(Msg::Paste),
        3 => sizes().prop_map(Msg::Resize),
        1 => Just(Msg::Indexed),
    ];
    prop_oneof![12 => one.prop_map(|message| vec![message]), 1 => search]
}

fn sessions() -> impl Strategy<Value = (Size, Look, Vec<Vec<Msg>>)> {
    let theme = select(vec![Theme::Dark, Theme::Light, Theme::Contrast]);
    let depth = select(vec![Depth::None, Depth::Sixteen, Depth::Palette, Depth::True]);
    let charset = select(vec![Charset::Unicode, Charset::Ascii]);
    let look = (theme, depth, charset).prop_map(|(theme, depth, charset)| Look { theme, depth, charset });
    (sizes(), look, proptest::collection::vec(bursts(), 1..2 * BURSTS))
}

/// Sends the messages to two sessions that share nothing, and checks what must hold after each.
fn check_session(
    mut twins: [(Library, Arc<Index>); 2],
    size: Size,
    look: Look,
    bursts: &[Vec<Msg>],
) -> Checked {
    let mut states = twins.each_ref().map(|(library, _)| State::new(size, look, library));
    check_state(&states[0], &twins[0].0)?;
    for (count, message) in bursts.iter().flatten().enumerate() {
        if *message == Msg::Indexed {
            for (library, index) in &mut twins {
                library.index = Some(Arc::clone(index));
            }
        }
        let [one, other] = &mut states;
        let effects = update(one, message, &twins[0].0);
        prop_assert_eq!(effects, update(other, message, &twins[1].0), "the effects of {:?}", message);
        check_state(one, &twins[0].0)
            .map_err(|why| TestCaseError::fail(format!("after {message:?}: {why}")))?;
        if count % DRAWN == 0 || matches!(message, Msg::Resize(_)) {
            let buffer = drawn(one, &twins[0].0);
            check_cells(&buffer).map_err(|why| TestCaseError::fail(format!("after {message:?}: {why}")))?;
            prop_assert!(buffer == drawn(one, &twins[0].0), "drawn twice, it looks different");
            prop_assert!(buffer == drawn(other, &twins[1].0), "the same messages drew another screen");
        }
    }
    let [one, other] = states.each_ref().map(|state| format!("{state:?}"));
    prop_assert_eq!(one, other, "the same messages gave another state");
    Ok(())
}

/// The file, `None` being the shipped one; the terminal; what happens.
type Session = (Option<Shape>, (Size, Look, Vec<Vec<Msg>>));

/// As many sessions as it takes for so many messages, always the same ones; a failing one is made shorter.
fn run(messages: usize, sessions: &impl Strategy<Value = Session>) {
    let cases = messages.div_ceil(MESSAGES) as u32;
    let config = Config { cases, max_shrink_iters: 500, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    // The shipped file is read twice and for all, random ones twice for each session.
    let read = |shape: Option<Shape>| [(); 2].map(|()| library(shape.map_or_else(shipped, dossiers::loaded)));
    let always = read(None);
    let outcome = runner.run(sessions, |(shape, (size, look, bursts))| {
        let twins = if shape.is_some() { read(shape) } else { always.clone() };
        check_session(twins, size, look, &bursts)
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Abort(why)) => panic!("{why}"),
        Err(TestError::Fail(why, (shape, (size, look, bursts)))) => {
            let messages: Vec<String> = bursts.iter().flatten().map(said).collect();
            panic!(
                "{why}\n  file: {shape:?}\n  terminal: {size:?} {look:?}\n  messages: {}",
                messages.join(" ")
            );
        }
    }
}

/// A message in a word: a failure is read by people.
fn said(message: &Msg) -> String {
    match message {
        Msg::Key(key) => key.to_string(),
        Msg::Resize(size) => format!("[{}×{}]", size.columns, size.rows),
        Msg::Mouse(Mouse { button, column, row }) => format!("[{button:?} {column},{row}]"),
        other => format!("[{other:?}]"),
    }
}

#[test]
fn sessions_over_random_files_hold_together() {
    run(events() * 3 / 4, &(dossiers::shapes().prop_map(Some), sessions()));
}

#[test]
fn sessions_over_the_shipped_file_hold_together() {
    run(events() / 4, &(Just(None), sessions()));
}

/// Every screen: those that one key opens, from the list, from a page and from an entity.
fn screens(library: &Library, size: Size) -> Vec<(String, State)> {
    let opened = |place: Option<Address>, key: &str| {
        let mut state = State::new(Size { columns: 80, rows: 24 }, LOOK, library);
        if let Some(place) = place {
            state.open(place, library);
        }
        for key in key.split_whitespace() {
            update(&mut state, &Msg::Key(key.parse().expect("a key")), library);
        }
        update(&mut state, &Msg::Resize(size), library);
        (format!("{key} at {place:?}, {size:?}"), state)
    };
    let pages = [library.knowledge.address("S0").ok(), library.knowledge.address("n0").ok()];
    let from_list =
        TABLE.iter().filter_map(|row| row.keys_in(Context::Command).first()).map(|key| opened(None, key));
    let from_pages = pages.into_iter().flat_map(|page| ["j", "f", "/"].map(|key| opened(page, key)));
    from_list.chain(from_pages).collect()
}

#[test]
fn every_screen_draws_at_the_smallest_sizes() {
    let (mut library, index) = library(dossiers::loaded(Shape { seed: 7, topics: 3, entries: 2 }));
    library.index = Some(index);
    let tiny = (0..=5).flat_map(|columns| (0..=5).map(move |rows| (columns, rows)));
    let edges =
        [(19, 5), (20, 4), (20, 5), (21, 6), (30, 5), (59, 14), (60, 14), (60, 15), (80, 5), (150, 5)];
    for (columns, rows) in tiny.chain(edges).chain([(20, 60), (149, 26), (150, 26), (300, 100)]) {
        for (what, mut state) in screens(&library, Size { columns, rows }) {
            let check = |state: &State| {
                check_state(state, &library).and_then(|()| check_cells(&drawn(state, &library)))
            };
            check(&state).unwrap_or_else(|why| panic!("{what}: {why}"));
            for key in ["j", "Enter"] {
                update(&mut state, &Msg::Key(key.parse().expect("a key")), &library);
                check(&state).unwrap_or_else(|why| panic!("{what}, then {key}: {why}"));
            }
        }
    }
}
