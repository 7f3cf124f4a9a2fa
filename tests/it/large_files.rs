//! Large files: read behind the first frame, on all cores, with nothing lost and every problem in its place.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use tumen::app::{Effect, Msg, Opening, Size};
use tumen::keys::Keymap;
use tumen::knowledge::{Address, Item};
use tumen::load::{Progress, from_bytes};

use crate::pty::{Session, tumen};
use crate::session;

/// A file of so many entries with two statements each; `broken` changes the text of one of them.
fn file(entries: usize, broken: impl Fn(usize) -> &'static str) -> String {
    let mut file =
        "Knowledge(format: 1, id: \"large\", title: \"Large\", language: \"en\", topics: [\n".to_owned();
    for topic in 0..2 {
        let _ = writeln!(file, "Topic(id: \"t{topic}\", title: \"Topic {topic}\", entries: [");
        for at in entries * topic / 2..entries * (topic + 1) / 2 {
            let (text, see) = (broken(at), if at == 0 { "" } else { "\"n0\"" });
            let _ = writeln!(
                file,
                "  Entry(id: \"n{at}\", title: \"Entry {at}\", when: \"1961\", tags: [\"Arms\"], see: [{see}], statements: [\n    \
                 Statement(id: \"a{at}\", standing: Stated(by: [\"who\"]), text: \"The [one](who) said {at}; \
                 it was a long story, told at a long table by the river.\"),\n    \
                 Statement(id: \"b{at}\", standing: Assessed, when: \"196X\", text: \"{text}\"),\n  ]),"
            );
        }
        file.push_str("]),\n");
    }
    file + "], entities: [Entity(id: \"who\", kind: Person, name: \"Someone\", summary: \"Is named.\")])\n"
}

/// A file in the folder for temporary files, which goes when it is no longer needed.
struct Written(PathBuf);

impl Written {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tumen-test-{}-{name}", std::process::id()));
        fs::write(&path, text).expect("there is room for temporary files");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a plain path")
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn what_is_read_on_many_cores_is_whole_and_in_order() {
    const ENTRIES: usize = 3_000;
    let loaded = from_bytes("f", file(ENTRIES, |_| "So it was.").as_bytes()).expect("it can be read");
    assert_eq!(loaded.problems, []);
    let k = &loaded.knowledge;
    assert_eq!((k.entries.len(), k.statements.len()), (ENTRIES, 2 * ENTRIES));
    for topic in k.topic_ixs() {
        for entry in k.entries_of(topic) {
            assert_eq!(&*k.entry(entry).title, format!("Entry {}", entry.at()));
            assert_eq!(k.entry(entry).topic, topic);
            assert_eq!(k.ids.name(Item::Entry(entry)), format!("n{}", entry.at()));
            for (statement, letter) in k.statements_of(entry).zip(["a", "b"]) {
                let address = k.address(&format!("{letter}{}", entry.at()));
                assert_eq!(address, Ok(Address::Statement(statement)));
                assert_eq!(k.statement(statement).entry, entry);
            }
        }
    }
    let Ok(Address::Entity(who)) = k.address("who") else { panic!("there is someone") };
    assert_eq!(k.mentions.statements(who).len(), ENTRIES);
    assert!(k.mentions.statements(who).is_sorted());
    let Ok(Address::Entry(first)) = k.address("n0") else { panic!("there is a first entry") };
    assert_eq!(k.mentions.entries(Item::Entry(first)).len(), ENTRIES - 1);
}

#[test]
fn every_problem_keeps_its_place_whoever_finds_it() {
    let broken = |at: usize| if at.is_multiple_of(7) { "See [it](whom)." } else { "So it was." };
    let source = file(3_000, broken);
    let loaded = from_bytes("f", source.as_bytes()).expect("it can be read");
    let expected: Vec<(usize, usize)> = source
        .lines()
        .enumerate()
        .filter_map(|(line, text)| text.find("whom").map(|at| (line + 1, at + 1)))
        .collect();
    let found: Vec<(usize, usize)> =
        loaded.problems.iter().filter_map(|p| p.place.as_ref()).map(|p| (p.line, p.column)).collect();
    assert_eq!(found, expected);
    let advised = loaded.problems.iter().take_while(|p| p.what.ends_with("did you mean `who`?")).count();
    assert_eq!(advised, 100, "the first hundred are advised, in the order of the file");
}

#[test]
fn a_file_without_sense_is_explained_as_a_small_one_is() {
    let whole = file(3_000, |_| "So it was.");
    let at = whole.find("Entry(id: \"n2500\"").expect("it has so many");
    let broken = whole[..at].to_owned() + &whole[at..].replacen("title", "titel", 1);
    let problem = from_bytes("f", broken.as_bytes()).expect_err("it makes no sense").0.remove(0);
    let line = broken[..at].matches('\n').count() + 1;
    assert_eq!(problem.place.map(|place| place.line), Some(line));
    assert!(problem.what.contains("unknown field `titel`"), "{}", problem.what);
}

/// Two megabytes: large enough to be read behind the first frame.
fn large() -> String {
    file(6_000, |_| "So it was, and nobody said otherwise for a very long time.")
}

#[test]
fn a_large_file_is_read_behind_the_first_frame() {
    let file = Written::new("large.ron", &large());
    let mut session = Session::start(tumen(&[file.path(), "--goto", "b4321", "--no-mouse"]));
    let first = session.expect("\u{1b}[?2026l");
    let frame = String::from_utf8_lossy(&session.sent[..first]).into_owned();
    assert!(frame.contains("Reading the file") && !frame.contains("Entry"), "{frame:?}");
    session.expect("Entry 4321");
    session.press("QQ");
    assert_eq!(session.end().code(), Some(0));
}

#[test]
fn what_is_typed_while_a_file_is_read_is_searched_for_when_it_is_there() {
    let file = Written::new("typed.ron", &large());
    let mut session = Session::start(tumen(&[file.path()]));
    session.expect("Reading the file");
    session.press("/4321");
    // The address of a statement that is found.
    session.expect("a4321");
    session.press("\u{1b}");
    session.signal(rustix::process::Signal::TERM);
    assert_eq!(session.end().code(), Some(143));
}

#[test]
fn a_large_file_that_cannot_be_shown_gives_the_terminal_back_first() {
    let broken = large().replacen("title: \"Topic 1\"", "titel: \"Topic 1\"", 1);
    for (name, text, arguments, complaint) in [
        ("broken.ron", broken, &[][..], "unknown field `titel`"),
        ("nowhere.ron", large(), &["--goto", "nowhere"][..], "--goto: "),
        ("no-tour.ron", large(), &["--tour", "none"][..], "--tour: "),
    ] {
        let file = Written::new(name, &text);
        let mut session = Session::start(tumen(&[&[file.path()][..], arguments].concat()));
        assert_eq!(session.end().code(), Some(2), "{name}");
        let given_back = session.expect("\u{1b}[?1049l");
        session.expect_after(given_back, complaint);
    }
}

#[test]
fn until_the_file_is_there_one_can_leave_read_the_keys_and_type() {
    let keymap = Keymap::from_table().expect("the table has no conflicts");
    // Keys, then what is typed, whether the help is open, whether the session ends.
    let rows: [(&str, Option<&str>, bool, bool); 8] = [
        ("q", None, false, true),
        ("Q", None, false, true),
        ("? j q", None, false, false),
        ("?", None, true, false),
        ("/ a q ?", Some("aq?"), false, false),
        ("/ a Esc", None, false, false),
        ("/ a Backspace b", Some("b"), false, false),
        ("j Enter 3 g t", None, false, false),
    ];
    for (keys, typed, help, quits) in rows {
        let mut opening = Opening::new(Size { columns: 80, rows: 24 }, session::LOOK, "f\u{1b}.ron");
        assert_eq!(opening.file, "f.ron");
        let mut effects = Vec::new();
        for key in keys.split(' ') {
            let key = key.parse().unwrap_or_else(|error| panic!("{error}"));
            effects.extend(opening.update(&Msg::Key(key), &keymap));
        }
        assert_eq!(opening.input.as_ref().map(tui_input::Input::value), typed, "{keys}");
        assert_eq!((opening.help.is_some(), effects.contains(&Effect::Quit)), (help, quits), "{keys}");
    }
}

#[test]
fn the_screen_says_how_far_it_is_at_any_size() {
    let keymap = Keymap::from_table().expect("the table has no conflicts");
    let progress = [
        (None, ""),
        (Some(Progress::Bytes(37_200_000, 73_000_000)), "37 MB of 73 MB"),
        (Some(Progress::Entries(5, 100)), "5 of 100 entries linked"),
    ];
    for (progress, words) in progress {
        for (columns, rows) in
            (0..6).flat_map(|rows| (0..24).map(move |columns| (columns, rows))).chain([(80, 24)])
        {
            let mut opening = Opening::new(Size { columns, rows }, session::LOOK, "f.ron");
            opening.progress = progress;
            for keys in ["?", "/"] {
                let area = ratatui::layout::Rect::new(0, 0, columns, rows);
                let mut buffer = ratatui::buffer::Buffer::empty(area);
                tumen::ui::draw_opening(&opening, &keymap, &mut buffer);
                let screen: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
                assert!(columns < 80 || keys == "/" || screen.contains(words), "{screen}");
                opening.update(&Msg::Key(keys.parse().expect("a key")), &keymap);
            }
        }
    }
}

#[test]
fn a_page_stays_small_however_often_its_entity_is_mentioned() {
    let library = session::library(file(3_000, |_| "So it was.").as_bytes());
    let mut session = session::Session::of(library, 80, 24);
    let Ok(who) = session.library.knowledge.address("who") else { panic!("there is someone") };
    session.state.open(who, &session.library);
    let document = session.state.document(&session.library);
    assert!(document.lines.len() < 1_000, "{} lines", document.lines.len());
    session.press("G");
    assert!(session.screen().contains("… and 2900 more; Enter searches all"), "{}", session.screen());
    session.press("Enter '2999'");
    assert!(session.screen().contains("who:\"Someone\" 2999"), "{}", session.screen());
    session.press("Enter");
    assert_eq!(session.address(), "t1/n2999#a2999");
}
