//! Every action is given another key, and nothing that the program says names a key that does not do what is said.
//!
//! The keys are Georgian letters, alone or held with Ctrl or Alt. Wherever such a letter is seen it must do something
//! there; and no key of the table may be seen at all.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use tumen::action::{Action, Context, TABLE};
use tumen::app::{Attendance, Library, Msg, Overlay, Part, Permissions, Screen, Talk, renewed};
use tumen::config::{Change, Memory, Settings};
use tumen::keys::{Key, Keymap, Meaning};
use tumen::knowledge::Lens;

use crate::session::{Session, library};

/// A file in whose texts nothing looks like a key, with a problem, and with a name that more mention than a page shows.
static FILE: LazyLock<Library> = LazyLock::new(|| {
    let statement = |at: usize| {
        let text = "The [Elbe](elbe) reaches the sea, and the [Oder](oder) another one.";
        format!(
            "Statement(id: \"R{at}\", standing: Established, when: \"19{:02}\", text: \"{text}\"),",
            at % 100
        )
    };
    let many: String = (2..104).map(statement).collect();
    let text = format!(
        r#"Knowledge(
            format: 1, id: "rivers", title: "Rivers", as_of: "2024-06", language: "en", sources: [],
            topics: [
                Topic(id: "course", title: "Course", short: "Course", summary: "Where they flow.", entries: [
                    Entry(id: "mouth", title: "Mouth", when: "1990", statements: [{}]),
                    Entry(id: "spring", title: "Spring", when: "1991", statements: [{many}]),
                ]),
                Topic(id: "bank", title: "Bank", short: "Bank", summary: "Nothing yet.", entries: []),
            ],
            entities: [
                Entity(id: "elbe", kind: Place, name: "Elbe", at: (-53.5, -9.9)),
                Entity(id: "oder", kind: Place, name: "Oder", at: (-53.6, -14.6)),
            ],
            relations: [Relation(from: "elbe", to: "oder", kind: "borders", statement: "R1")],
            tours: [Tour(id: "down", title: "Downstream", summary: "All the way.", steps: [
                Step(show: "spring", say: "Begin."), Step(show: "mouth", say: "Finish."),
            ])],
        )"#,
        statement(1)
    );
    library(text.as_bytes())
});

/// What a reader does: an action by whatever key does it, letters, or something that happens.
#[derive(Clone)]
enum Step {
    Do(Action),
    Type(&'static str),
    Take(Msg),
}

use Step::{Do, Take, Type};

/// A key that no other action of the context has, nor of those below it.
fn own_key(at: usize, context: Context) -> String {
    let letter = char::from_u32(0x10D0 + at as u32 % 33).expect("a Georgian letter");
    let held = match (context, at / 33) {
        (Context::Command, 0) => "",
        (Context::Command, 1) => "Ctrl-",
        (Context::Command | Context::Editing, _) => "Ctrl-Alt-",
        _ => "Alt-",
    };
    format!("{held}{letter}")
}

/// Other keys for everything, and no key at all for `bare`.
fn rebound(bare: Option<Action>) -> Keymap {
    let mut text = "Config(\n".to_owned();
    for context in Context::ALL {
        writeln!(text, "    {}: {{", context.word()).expect("a string takes it");
        let rows = TABLE.iter().filter(|row| !row.keys_in(context).is_empty());
        for (at, row) in rows.enumerate() {
            let has_none = bare == Some(row.action) || context == Context::Habit;
            let keys = if has_none { String::new() } else { format!("{:?}", own_key(at, context)) };
            writeln!(text, "        {:?}: [{keys}],", row.name).expect("a string takes it");
        }
        text.push_str("    },\n");
    }
    text.push(')');
    Settings::read("config.ron", &text).unwrap_or_else(|problems| panic!("{problems:#?}")).keymap
}

/// Keys of the table that no sentence has another use for: letters, and names of keys.
static KNOWN: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let written = TABLE.iter().flat_map(|row| row.keys.iter().flat_map(|(_, keys)| keys.iter()));
    let keys = written.flat_map(|keys| keys.split(' '));
    keys.filter(|key| key.len() > 1 || key.chars().all(char::is_alphabetic))
        .filter(|key| *key != "a")
        .collect()
});

/// What was read on the way.
#[derive(Default)]
struct Seen {
    /// Lines with a key in them.
    named: BTreeSet<String>,
    /// Keys that do nothing where they were named, or that are no keys any more.
    lies: BTreeSet<String>,
}

impl Seen {
    fn read(&mut self, session: &Session) {
        let (screen, context) = (session.screen(), session.state.context());
        let keymap = &session.library.keymap;
        // These two list the keys of all contexts.
        let is_list = matches!(session.state.overlay, Some(Overlay::Help { .. } | Overlay::Palette(_)));
        for line in screen.lines() {
            for word in line.split_whitespace().map(|word| word.trim_matches([',', ';', ':', '|', '│'])) {
                if KNOWN.contains(word) {
                    self.lies.insert(format!("{word:?} in {line:?}"));
                }
                if !word.ends_with(|c| ('\u{10D0}'..='\u{10F0}').contains(&c)) {
                    continue;
                }
                self.named.insert(line.trim().to_owned());
                let key: Key = word.parse().unwrap_or_else(|error| panic!("{error} in {line:?}"));
                if !is_list && keymap.meaning(context, &[key]) == Meaning::Nothing {
                    self.lies.insert(format!("{word:?} does nothing in {context:?}: {line:?}"));
                }
            }
        }
    }

    /// Goes through a scene from the beginning; an action that has no key is left out.
    fn walk(&mut self, mut session: Session, steps: &[Step]) {
        self.read(&session);
        for step in steps {
            match step {
                Do(action) => {
                    let context = session.state.context();
                    let Some(key) = session.library.keymap.key(context, *action) else { continue };
                    session.press(&key);
                }
                Type(text) if session.state.context() == Context::Typing => {
                    session.press(&format!("'{text}'"));
                }
                Type(_) => {}
                Take(msg) => {
                    session.take(msg);
                }
            }
            self.read(&session);
        }
    }
}

/// The ways through everything that can be seen.
fn scenes() -> Vec<Vec<Step>> {
    use Action as A;
    let mut last = Memory::default();
    last.take(Change::Leave { last: "spring".to_owned(), way: Vec::new() });
    let mut scenes: Vec<Vec<Step>> = vec![
        vec![
            Take(Msg::Key(Key::char('z'))),
            Do(A::Close),
            Do(A::TourNext),
            Do(A::NextHit),
            Do(A::Twin),
            Do(A::Mouse),
            Do(A::Forget),
        ],
        vec![Do(A::NextTopic), Do(A::SearchHere), Do(A::Back)],
        vec![Do(A::Bookmarks), Do(A::Bookmark), Do(A::Forget)],
        vec![
            Do(A::LineDown),
            Do(A::LineUp),
            Take(Msg::Remembered(last)),
            Do(A::Bookmarks),
            Do(A::Forget),
            Do(A::Open),
        ],
        vec![Do(A::Standings), Do(A::Open), Do(A::Close), Do(A::Open)],
        vec![
            Do(A::Search),
            Type("elbe"),
            Do(A::Open),
            Do(A::NextHit),
            Do(A::Close),
            Do(A::Search),
            Do(A::LineUp),
        ],
        vec![Do(A::Search), Type("elbe"), Do(A::Close), Do(A::Search)],
        vec![Do(A::Search), Type("is:"), Do(A::Complete)],
        vec![Do(A::Search), Type("elbe_is:"), Do(A::Complete)],
        vec![Do(A::Search), Type("elbe"), Do(A::Open), Do(A::Last), Do(A::Open)],
        vec![Do(A::Open), Do(A::LineDown), Do(A::Links)],
        vec![Do(A::Tours), Do(A::Open), Do(A::Notes), Do(A::Last), Do(A::TourNext), Do(A::TourNext)],
        vec![Do(A::Tours), Do(A::Open), Do(A::TourLast), Do(A::TourNext), Do(A::TourNext), Do(A::TourNext)],
        vec![Do(A::Tours), Do(A::Open), Do(A::Search), Do(A::Close)],
        vec![Do(A::Palette), Type("tour-next"), Do(A::Open)],
        vec![Take(Msg::Said(renewed(1))), Take(Msg::Said(renewed(2)))],
        vec![Do(A::Suspend), Do(A::CopyText), Do(A::Follow), Do(A::CloseOrQuit)],
    ];
    scenes.extend([A::Help, A::About, A::Problems].map(|panel| vec![Do(panel), Do(A::Last)]));
    for lens in [Lens::Timeline, Lens::Map, Lens::Network, Lens::Evidence] {
        scenes.push(vec![Do(A::Look(lens)), Do(A::Links), Do(A::LineDown), Do(A::Twin), Do(A::Open)]);
    }
    scenes
}

/// All scenes, alone and as everybody who may be in a class, on screens of several sizes.
fn seen(keymap: &Arc<Keymap>, sizes: &[(u16, u16)]) -> Seen {
    let mut seen = Seen::default();
    let library = Library { keymap: Arc::clone(keymap), ..FILE.clone() };
    for (columns, rows) in sizes {
        let alone = || Session::of(library.clone(), *columns, *rows);
        for scene in scenes() {
            seen.walk(alone(), &scene);
            if sizes.len() == 1 {
                continue;
            }
            let mut in_lines = alone();
            in_lines.state.screen = Screen::Lines;
            seen.walk(in_lines, &scene);
            let mut served = alone();
            served.state.may = Permissions::Look;
            seen.walk(served, &scene);
        }
        in_class(&mut seen, &alone);
    }
    seen
}

/// What is said to those in a class: one who presents, another who takes over, a student.
fn in_class(seen: &mut Seen, alone: &dyn Fn() -> Session) {
    let joined = |id: u64, part: Part, talk: &Arc<Talk>| {
        let mut session = alone();
        let library = session.library.clone();
        session.state.join_as(id, part, talk, &library);
        session
    };
    let talk = |session: &mut Session, id: u64, held: bool| {
        let at = session.state.class.as_ref().and_then(|class| class.talk.at.clone());
        Arc::new(Talk { at, by: id, held, ..Talk::default() })
    };
    let mut first = joined(1, Part::Presenter, &Arc::default());
    let attendance = Attendance { here: 2, following: 1, ..Attendance::default() };
    first.take(&Msg::Attendance(attendance));
    let told = [talk(&mut first, 1, false), talk(&mut first, 1, true)];
    let other = [talk(&mut first, 2, false)];
    let hold =
        [Do(Action::Follow), Do(Action::Follow), Take(Msg::Talk(Arc::clone(&other[0]))), Do(Action::Follow)];
    seen.walk(first, &hold);
    for talk in told {
        for part in [Part::Presenter, Part::Student] {
            let moves = [
                Do(Action::Open),
                Do(Action::NextTopic),
                Do(Action::Follow),
                Take(Msg::Talk(Arc::default())),
            ];
            seen.walk(joined(3, part, &talk), &moves);
        }
    }
}

#[test]
fn no_sentence_names_a_key_that_was_taken_away() {
    let seen = seen(&Arc::new(rebound(None)), &[(160, 45), (80, 24), (40, 12)]);
    assert!(seen.lies.is_empty(), "{:#?}", seen.lies);
    let missing = [
        "means nothing here; ",
        "problem in this file; ",
        "nothing to close; ",
        "no tour is under way; ",
        "nothing was searched for; ",
        "this is for lenses; ",
        "no links in a lens; ",
        "the end of the tour; ",
        "last time: course/spring; ",
        "None yet: ",
        "the first:",
        "more; ",
        "read anew: 1 problem; ",
        "following the presenter; ",
        "the class is held; ",
        "takes the class back",
        "cannot be stopped; ",
        "some are dimmed: ",
        "remove",
    ]
    .into_iter()
    .filter(|words| !seen.named.iter().any(|line| line.contains(words)));
    assert_eq!(missing.collect::<Vec<_>>(), [""; 0], "{:#?}", seen.named);
}

#[test]
fn an_action_without_a_key_is_not_spoken_of() {
    let all: BTreeSet<Action> = scenes()
        .iter()
        .flatten()
        .filter_map(|step| if let Do(it) = step { Some(*it) } else { None })
        .collect();
    for bare in all.into_iter().chain([Action::Help, Action::Search, Action::Problems]) {
        let seen = seen(&Arc::new(rebound(Some(bare))), &[(100, 30)]);
        assert!(seen.lies.is_empty(), "without a key for {bare:?}: {:#?}", seen.lies);
        let dangling = seen.named.iter().find(|line| line.ends_with([';', ',']) || line.contains(";  "));
        assert_eq!(dangling, None, "without a key for {bare:?}");
    }
}
