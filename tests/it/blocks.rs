//! Texts of more than one paragraph, and addresses in texts: on the screen, on paper, in hand-outs and in copies.

use std::num::NonZero;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use tumen::app::hints::hyperlinks;
use tumen::app::{Effect, Form, Library, Msg, Permissions, Size};
use tumen::frame::Painter;
use tumen::knowledge::{Address, Knowledge, StatementIx};
use tumen::load;
use tumen::print::copy::copied;
use tumen::print::{self, Ask, Paper, Question, answer, html, markdown};

use crate::session::{Session, library};

const FILE: &[u8] = include_bytes!("../data/blocks.ron");
const SIZES: [(u16, u16); 4] = [(80, 24), (100, 30), (160, 45), (40, 12)];

fn blocks(columns: u16, rows: u16) -> Session {
    static BLOCKS: LazyLock<Library> = LazyLock::new(|| library(FILE));
    assert_eq!(BLOCKS.problems.len(), 0, "{:?}", BLOCKS.problems);
    Session::of(BLOCKS.clone(), columns, rows)
}

#[test]
fn blocks_are_laid_out_at_every_size() {
    for (columns, rows) in SIZES {
        let mut session = blocks(columns, rows);
        session.press("Enter");
        insta::assert_snapshot!(format!("lists_{columns}x{rows}"), session.screen());
        session.press("J");
        insta::assert_snapshot!(format!("others_{columns}x{rows}"), session.screen());
    }
}

/// What the command line says of something.
fn shown(knowledge: &Knowledge, what: &str, columns: usize, ascii: bool) -> String {
    let paper = Paper { columns, colour: false, ascii };
    let ask = Ask { question: Question::Show { what: what.to_owned() }, form: print::Form::Text, paper };
    answer(&ask, knowledge, None).text
}

#[test]
fn every_output_has_the_blocks() {
    let knowledge = load::from_bytes("blocks.ron", FILE).expect("it loads").knowledge;
    insta::assert_snapshot!("show_80", shown(&knowledge, "forms", 80, false));
    insta::assert_snapshot!("show_40_ascii", shown(&knowledge, "lists", 40, true));
    insta::assert_snapshot!("hand_out_md", markdown::file(&knowledge));
    let page = html::page(&knowledge);
    for part in [
        "<ul><li dir=\"auto\">shells for <a href=\"#guns\"",
        "rockets\n<ol start=\"1\"><li dir=\"auto\">short ones</li>",
        "<th dir=\"auto\">shells sent</th>",
        "<td dir=\"auto\">five million</td>",
        "<pre dir=\"ltr\"><code>if there\n    ls -la\n</code></pre>",
        "<blockquote><p dir=\"auto\">It was so.</p>\n<p dir=\"auto\">It stays so.</p>\n</blockquote>",
        "First line<br>second line",
        "<a href=\"https://example.org/a/report.pdf?x=1&amp;y=2\" rel=\"noreferrer\">panel's report</a>",
        "<a href=\"http://example.org/map.png\" rel=\"noreferrer\">a map</a>",
        "<a href=\"mailto:desk@example.org\" rel=\"noreferrer\">desk@example.org</a>",
        "<a href=\"https://example.org/bare\" rel=\"noreferrer\">https://example.org/bare</a>",
        "<a href=\"http://example.org/log\" rel=\"noreferrer\">",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    let copy = |id: &str, form| copied(&knowledge, form, knowledge.address(id).expect("it is there"));
    assert_eq!(
        copy("L1", Form::Text),
        "The package holds:\n- shells for guns\n- rockets\n  1. short ones\n  2. long ones\n- fuel"
    );
    assert!(copy("Q2", Form::Text).contains(
        "panel's report <https://example.org/a/report.pdf?x=1&y=2> and a map <http://example.org/map.png>."
    ));
    assert!(
        copy("Q2", Form::Citation).contains("source: A log book <http://example.org/log>"),
        "{}",
        copy("Q2", Form::Citation)
    );
    assert_eq!(
        copy("Q3", Form::Text),
        "Ask desk@example.org or read https://example.org/plain or https://example.org/bare."
    );
}

#[test]
fn an_address_is_seen_and_followed() {
    for (keys, may, said) in [
        ("J Enter j Enter 's'", Permissions::All, None),
        ("J Enter j Enter 's'", Permissions::Look, Some("the address is http://example.org/map.png")),
    ] {
        let mut session = blocks(100, 60);
        session.state.may = may;
        session.press(keys);
        let taken: Vec<String> = session
            .effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Take(web) => session.library.knowledge.web(*web).map(str::to_owned),
                _ => None,
            })
            .collect();
        assert_eq!(session.state.message.as_deref(), said);
        assert_eq!(
            taken,
            if said.is_none() { vec!["http://example.org/map.png".to_owned()] } else { vec![] }
        );
    }
    // All of them stand at the foot of the page, each a stop that leads there.
    let mut session = blocks(100, 60);
    session.press("J Enter");
    for address in [
        "https://example.org/a/report.pdf?x=1&y=2",
        "http://example.org/map.png",
        "mailto:desk@example.org",
        "https://example.org/bare",
    ] {
        assert!(session.screen().contains(address), "{address}\n{}", session.screen());
    }
    let (column, row) = session.find("https://example.org/a/report");
    session.click(column, row);
    assert!(matches!(session.effects.last(), Some(Effect::Take(_))), "a click follows, too");
}

/// The bytes of frames, the screen after each of some keys, on a terminal of a name.
fn frames(term: &str, session: &mut Session, keys: &[&str]) -> (String, Vec<String>) {
    let mut painter = Painter::of(term);
    let mut all = Vec::new();
    let mut each = Vec::new();
    for key in keys {
        session.press(key);
        let from = all.len();
        let links = hyperlinks(&session.state, &session.library);
        painter.paint_linked(&session.buffer(), links, None, &mut all);
        each.push(String::from_utf8_lossy(&all[from..]).into_owned());
    }
    (String::from_utf8_lossy(&all).into_owned(), each)
}

#[test]
fn terminals_that_know_links_get_them() {
    let link = "\u{1b}]8;;https://example.org/a/report.pdf?x=1&y=2\u{1b}\\";
    let keys = ["J", "Enter", "j", "?", "Esc", "t"];
    for (term, known) in [("xterm-256color", true), ("linux", false), ("screen", false), ("dumb", false)] {
        let mut session = blocks(100, 60);
        let (all, each) = frames(term, &mut session, &keys);
        assert_eq!(all.contains(link), known, "{term}");
        assert_eq!(
            all.matches("\u{1b}]8;;\u{1b}\\").count(),
            all.matches("\u{1b}]8;;h").count() + all.matches("\u{1b}]8;;m").count(),
            "each is closed"
        );
        if known {
            assert!(each[0].contains(link), "it is there with the page");
            assert!(!each[3].contains(link) && each[4].contains(link), "gone under the help, and back");
        }
    }
    // On a terminal that takes links, a file without addresses costs no byte more.
    let frames_of = |term| frames(term, &mut Session::shipped(100, 30), &["Enter", "j", "J", "t"]).0;
    assert_eq!(frames_of("xterm-256color"), frames_of("vt220"));
}

/// What a terminal shows is the same, links or none: they change no letter and no colour.
#[test]
fn links_change_no_cell() {
    let keys = ["J", "Enter", "j", "j", "k", "f", "Esc", "J", "K", "G", "g"];
    let seen = |term: &str| {
        let mut session = blocks(72, 20);
        let mut painter = Painter::of(term);
        let [rows, columns] = [20, 72].map(|cells| NonZero::new(cells).expect("not 0"));
        let mut terminal = vt100::Parser::new(rows, columns, 0);
        let mut screens = Vec::new();
        for key in keys {
            session.press(key);
            let mut bytes = Vec::new();
            let links = hyperlinks(&session.state, &session.library);
            painter.paint_linked(&session.buffer(), links, None, &mut bytes);
            terminal.process(&bytes);
            let screen = terminal.screen();
            let cells =
                (0..20).flat_map(|y| (0..72).map(move |x| (y, x))).filter_map(|(y, x)| screen.cell(y, x));
            // Of a blank, its ground and what is drawn across it are seen.
            let seen = |cell: &vt100::Cell| {
                let letter = cell.contents().trim_end();
                let ink =
                    (!letter.is_empty()).then(|| (cell.fgcolor(), cell.bold(), cell.dim(), cell.italic()));
                format!("{letter:?} {ink:?} {:?} {} {}\n", cell.bgcolor(), cell.underline(), cell.inverse())
            };
            screens.push(cells.map(seen).collect::<String>());
        }
        screens
    };
    for (at, (with, without)) in seen("xterm-256color").iter().zip(seen("vt220")).enumerate() {
        assert!(*with == without, "after {}", keys[at]);
    }
}

/// Blocks around a word; `W` stands for it.
const AROUND: &[&str] = &[
    "W",
    "- W",
    "1. W",
    "> W",
    "> - W",
    "```\nW\n```",
    "    W",
    "# W",
    "| W | W |\n|---|---|\n| W | W |",
    "W  \nW",
    "W\\\nW",
    "- W\n\n  W\n- W",
    "---",
    "[W](https://x.y/z)",
    "![W](https://x.y/z)",
    "*W* **W**",
    "W[^1]\n\n[^1]: W",
    "<div>\nW\n</div>",
    "- [W](https://x.y/z)\n  - W\n    - W",
    "W\n***\nW",
    "`W` W",
];

/// A file with one statement of this text.
fn with_text(text: &str) -> Vec<u8> {
    format!(
        "#![enable(implicit_some)]\nKnowledge(format: 1, id: \"d\", title: \"D\", language: \"en\", sources: [Source(id: \"s\", title: \"S\")], \
         topics: [Topic(id: \"t\", title: \"T\", short: \"T\", entries: [Entry(id: \"e\", title: \"E\", statements: [\
         Statement(id: \"a\", standing: Established, sources: [\"s\"], text: {text:?})])])])"
    )
    .into_bytes()
}

/// Whether the words `w0w`, `w1w`, … stand in a text, each on its own.
fn are_apart(text: &str, count: usize) -> bool {
    let found: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.starts_with('w') && word[1..].starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    (0..count).all(|at| found.contains(&&*format!("w{at}w")))
        && found.iter().all(|word| word.ends_with('w') && word.matches('w').count() == 2)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn words_of_two_blocks_never_touch(parts in prop::collection::vec((select(AROUND), select(&["\n\n", "\n"][..])), 1..6)) {
        let mut count = 0;
        let mut source = String::new();
        for (part, gap) in &parts {
            for piece in part.split_inclusive('W') {
                match piece.strip_suffix('W') {
                    Some(before) => {
                        source += before;
                        source += &["w", &count.to_string(), "w"].concat();
                        count += 1;
                    }
                    None => source += piece,
                }
            }
            source += gap;
        }
        let library = library(&with_text(&source));
        let knowledge = &library.knowledge;
        let statement = Address::Statement(StatementIx(0));
        let plain = &knowledge.statement(StatementIx(0)).text.plain;
        prop_assert!(are_apart(plain, count), "{source:?} → {plain:?}");
        prop_assert!(!plain.chars().any(char::is_control), "{plain:?}");
        let written = markdown::item(knowledge, statement.item());
        let page = html::page(knowledge);
        let main = page.split("<main>").nth(1).unwrap_or_default().split("</main>").next().unwrap_or_default();
        let mut outputs = vec![
            copied(knowledge, Form::Text, statement), copied(knowledge, Form::Json, statement), written, main.to_owned(),
            shown(knowledge, "a", 80, false), shown(knowledge, "a", 30, true),
        ];
        let mut session = Session::of(library.clone(), 100, 60);
        session.press("Enter");
        for columns in [100, 60, 40] {
            session.take(&Msg::Resize(Size { columns, rows: 250 }));
            outputs.push(session.screen());
        }
        for output in outputs {
            prop_assert!(are_apart(&output, count), "{source:?} →\n{output}");
        }
    }

    /// What a text is made of is the same after it was written as Markdown and read again.
    #[test]
    fn blocks_survive_markdown(parts in prop::collection::vec(select(AROUND), 1..5)) {
        let source = parts.join("\n\n");
        let first = load::from_bytes("a.ron", &with_text(&source)).expect("it loads").knowledge;
        let json = copied(&first, Form::Json, Address::Statement(StatementIx(0)));
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let again = json["item"]["markdown"].as_str().expect("Markdown").to_owned();
        let second = load::from_bytes("b.ron", &with_text(&again)).expect("it loads").knowledge;
        let plain = |knowledge: &Knowledge| knowledge.statement(StatementIx(0)).text.plain.to_string();
        prop_assert_eq!(plain(&first), plain(&second), "{:?} → {:?}", source, again);
    }
}
