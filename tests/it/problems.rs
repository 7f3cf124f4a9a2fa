//! Broken files and what is said about them: the place, what is wrong, what to do.

use std::path::Path;

use tumen::knowledge::{Address, EntityIx, Item, MarkKind, Problem, Standing};
use tumen::load::{Loaded, from_bytes, read};
use tumen::print::Paper;
use tumen::print::problems::{Finding, Severity, text};

pub(crate) const SMALL: &str = include_str!("../data/small.ron");

/// All that is said about `source`.
pub(crate) fn problems(source: &[u8]) -> Vec<Problem> {
    match from_bytes("f.ron", source) {
        Ok(loaded) => loaded.problems,
        Err(unreadable) => unreadable.0,
    }
}

fn loaded(source: &str) -> Loaded {
    from_bytes("f.ron", source.as_bytes()).unwrap_or_else(|unreadable| panic!("{unreadable}"))
}

/// The small file with the first `old` replaced.
pub(crate) fn with(old: &str, new: &str) -> String {
    assert!(SMALL.contains(old), "the small file has no {old:?}");
    SMALL.replacen(old, new, 1)
}

pub(crate) fn place(problem: &Problem) -> String {
    problem.place.as_ref().map_or("nowhere".into(), |place| format!("{}:{}", place.line, place.column))
}

/// What the place marks, as it is shown.
fn marked(problem: &Problem) -> String {
    let Some(place) = &problem.place else { return String::new() };
    place.text.chars().skip(place.mark).take(place.length).collect()
}

/// Old and new text in the small file; then the place, what is marked (if it matters), and what is said and advised.
pub(crate) type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// What keeps a file from being read.
#[rustfmt::skip]
pub(crate) const SENSELESS: &[Row] = &[
    (r#"title: "History","#, r#"titel: "History","#, "15:30", "titel", "did you mean `title`?", "`summary`"),
    (r#"title: "History","#, r#"title: "History""#, "15:47", "short", "a comma is missing before `short`", "line 15"),
    (r#"title: "History","#, r#"title: "History,"#, "15:37", r#""History, short: ""#, "this text has no end", "line 15"),
    (r#"title: "History","#, r#"title: History","#, "15:37", "History", "expected a text in quotes", "quotes"),
    (r#"title: "History","#, "title: 5,", "15:37", "5", "expected a text in quotes", "quotes"),
    (r#"title: "History","#, r#"title "History","#, "15:36", r#""History""#, "expected `:`", "name: value"),
    (r#"title: "History","#, r#"title: "History", title: "x","#, "15:48", "title", "given twice", "keep one"),
    ("standing: Established", "standing: Establishd", "19:51", "Establishd", "mean `Established`?", "`Stated`"),
    ("standing: Established", "standing: \"Fact\"", "19:51", "\"Fact\"", "where a word has to stand", "without quotes"),
    (r#"Topic(id: "today""#, r#"Topik(id: "today""#, "30:9", "Topik", "expected `Topic(…)`", "write `Topic(…)`"),
    (r#""treaty"],"#, r#""treaty","#, "17:17", "aliases", "begins before the list before it has ended", "line 16"),
    (r#"["treaty"],"#, r#""treaty","#, "16:92", r#""treaty""#, "expected a list", "square brackets"),
    ("defence**.\"),", "defence**.\",", "21:21", "Statement", "begins before the one before it", "line 19"),
    ("]),\n            Entry(id: \"river\"", "),\n            Entry(id: \"river\"", "23:17", ")", "where `]` is missing", "line 18"),
    (r#"say: "Who decides.""#, r#"lens: Timelin, say: "Who decides.""#, "62:45", "Timelin", "did you mean `Timeline`?", "`Evidence`"),
    ("format: 1", "format: 2, news: (x: 3)", "4:13", "2", "format 2 is newer", "newer program"),
    ("format: 1", "format: one", "4:13", "one", "expected a whole number", "digits"),
    ("at: (39.03, 125.75)", "at: (39.03)", "44:23", ")", "too many or too few", "(latitude, longitude)"),
    ("at: (39.03, 125.75)", "at: [39.03, 125.75]", "44:17", "[", "expected `(`", "round brackets"),
    ("mutual defence*", r"mutual \q defence*", "20:108", r"\q", "a backslash", r"`\\`"),
    ("mutual defence*", r#"mutual "x" defence*"#, "20:31", "", "this text has no end", r#"`\"`"#),
    ("    ],\n)", "    ],\n) x", "65:3", "x", "more after the end", "remove what follows"),
    ("    ],\n)", "    ],\n", "3:10", "(", "`(` is never closed", "`)`"),
    ("    ],\n)", "", "58:12", "[", "`[` is never closed", "`]`"),
    ("    ],\n)", "    ],\n))", "65:2", ")", "`)` closes nothing", "remove it"),
    ("Who decides.\"", "Who decides.", "62:44", "\"Who decides.),", "this text has no end", "line 62"),
    ("relations: [", "/* relations: [", "53:5", "/*", "comment is not closed", "`*/`"),
    ("implicit_some", "implicit_sum", "2:1", "#", "first line", "implicit_some"),
    ("Stated(by: [\"kim-jong-un\"])", "Stated", "35:57", ",", "expected `(`", "round brackets"),
    ("Knowledge(", "Knowlege(", "3:1", "Knowlege", "expected `Knowledge(…)`", "write `Knowledge(…)`"),
];

/// What a file means wrongly, and still opens.
#[rustfmt::skip]
pub(crate) const WRONG: &[Row] = &[
    // Ids.
    (r#"id: "river""#, r#"id: "H1""#, "24:24", "H1", "the id `H1` is used twice; first at line 19", "another id"),
    (r#"id: "H3""#, r#"id: "a/b""#, "26:36", "a/b", "`a/b` is no id", "letters"),
    (r#"id: "H3", "#, "", "27:32", "", "a statement without an `id`", "letters"),
    (r#"id: "small""#, r#"id: "very small""#, "5:10", "very small", "is no id", "letters"),
    // What must be there.
    (r#"title: "Today""#, r#"title: """#, "30:35", r#""""#, "`title` is empty", "write `title:"),
    (r#"title: "Today", "#, "", "30:20", "today", "no `title`", "write `title:"),
    (r#"text: "A visit to Pyongyang is foreseen.""#, "", "37:36", "T3", "no `text`", "write `text:"),
    ("when: \"2024\"", "when: \"\"", "37:67", "\"\"", "the date is empty", "1961-07-06"),
    ("when: \"2024\"", "when: \"1961/\"", "37:68", "1961/", "`1961/` has an end that is empty", "1995/.."),
    ("A visit to Pyongyang is foreseen.", " ", "38:32", " ", "`text` is empty", "write"),
    ("standing: Unverified, ", "", "26:36", "H3", "no `standing`", "Established"),
    ("kind: Place, ", "", "50:21", "tumen-river", "no `kind`", "Person"),
    ("format: 1,", "", "6:13", "Two neighbours", "no `format`", "format: 1"),
    (r#"kind: "leads""#, r#"kind: "  ""#, "56:65", "  ", "`kind` is empty", "write"),
    ("Unverified, sources: [\"article\"]", "Unverified, sources: []", "26:36", "H3", "`H3` has no source", "sources"),
    // What refers to something.
    (r#"by: ["kim-jong-un"]"#, r#"by: ["kim-jong-um"]"#, "35:64", "kim-jong-um", "did you mean `kim-jong-un`?", "an entity"),
    (r#"by: ["kim-jong-un"]"#, r#"by: ["article"]"#, "35:64", "article", "`article` is a source, not an entity", "entity"),
    (r#"by: ["kim-jong-un"]"#, "by: []", "35:51", "Stated(by: [])", "nobody is named", "unverified"),
    (r#"["north-korea", "russia"]"#, r#"["russia", "russia"]"#, "33:105", "russia", "`russia` stands twice in `denied_by`", "remove"),
    ("(tumen-river) at", "(tuman-river) at", "27:74", "tuman-river", "mean `tumen-river`?", "entity"),
    ("(tumen-river) at", "(article) at", "27:74", "article", "`article` is a source", "entity"),
    ("(tumen-river) at", "() at", "27:66", "[Tumen]()", "leads nowhere", "[text](id)"),
    ("(https://example.org/map)", "(http:///map)", "27:103", "http:///map", "no web address", "http://"),
    ("[map](https://example.org/map)", "![map](map.png)", "27:104", "map.png", "a picture at `map.png`", "https://"),
    ("(https://example.org/map)", "(mailto:nobody)", "27:103", "mailto:nobody", "no address of mail", "mailto:"),
    ("(https://example.org/map)", "(file:///map)", "27:103", "file:///map", "a link to `file:`", "https://"),
    ("(https://example.org/map)", "(javascript:x)", "27:103", "javascript:x", "a link to `javascript:`", "https://"),
    ("(https://example.org/map)", "(https:map)", "27:103", "https:map", "no web address", "https://"),
    ("\"https://example.org/handbook\"", "\"ftp://x\"", "12:87", "ftp://x", "no web address", "leave `url` out"),
    ("(kim-jong-un) called", "(kim-jong-um) called", "36:46", "kim-jong-um", "mean `kim-jong-un`?", "entity"),
    ("(history/treaty-1961#H1)", "(today/treaty-1961#H1)", "22:104", "today/treaty-1961#H1", "`H1` is not in `today/treaty-1961`", "history/treaty-1961#H1"),
    (r#"see: ["river", "#, r#"see: ["treaty-1961", "#, "17:60", "treaty-1961", "refers to itself", "its own `see`"),
    (r#"see: ["river", "#, r#"see: ["stream", "#, "17:60", "stream", "no entity, entry, statement or topic `stream`", "`see`"),
    (r#"statement: "H1""#, r#"statement: "H9""#, "54:112", "H9", "no statement `H9`", "a statement"),
    (r#"statement: "H1""#, "", "54:25", "russia", "no `statement`", "write"),
    (r#"from: "kim-jong-un""#, r#"from: "kim""#, "56:25", "kim", "no entity `kim`", "entity"),
    (r#"from: "russia", to"#, r#"from: "north-korea", to"#, "54:44", "north-korea", "to itself", "another entity"),
    (r#"show: "today/shells#T1""#, r#"show: "today/shell""#, "61:25", "today/shell", "did you mean `shells`?", "a place is"),
    (r#"show: "today/shells#T1""#, r#"show: "today""#, "61:43", "T1", "not in what is shown, `today`", "today/shells#T1"),
    (r#"reveal: ["H1", "H2"]"#, r#"reveal: ["H1", "H3"]"#, "60:63", "H3", "not in what is shown", "history/river#H3"),
    (r#"reveal: ["H1", "H2"]"#, r#"reveal: ["H1", "H1"]"#, "60:63", "H1", "twice in `reveal`", "remove"),
    // Dates and places.
    ("1961/1995\", tags", "1995/1961\", tags", "16:74", "1995/1961", "ends before it begins", "earlier date first"),
    ("1961-07-06", "1961-02-30", "19:71", "1961-02-30", "not in the calendar", "month"),
    ("1961-07-06", "6.7.1961", "19:71", "6.7.1961", "is no date", "1961-07-06"),
    ("\"194X/..\"", "\"../..\"", "24:73", "../..", "neither beginning nor end", "leave"),
    ("(39.03, 125.75)", "(125.75, 39.03)", "44:17", "(125.75, 39.03)", "not on earth", "(39.03, 125.75)"),
    ("(39.03, 125.75)", "(NaN, 0)", "44:17", "(NaN, 0)", "not on earth", "-90 to 90"),
    // What must not reach a terminal.
    ("Shells for the war", "Shells\u{202e} for the war", "31:47", "", "U+202E changes what is seen", "remove it"),
    ("Shells for the war", "Shells\\u{1b}[2J", "31:47", "", "U+001B is a control character", "remove it"),
    ("Shells were shipped", "Shells&#x9b;31m", "34:71", "Shells&#x9b;31m to [Russia](russia).", "an entity for U+009B", "remove it"),
    ("name: \"Tumen\"", "name: \"Tu\nmen\"", "50:57", "", "a line break", "remove it"),
    ("\"Ким Чен Ын\"", "\"\"", "49:38", "\"\"", "an empty text in `aliases`", "remove it"),
    ("language: \"en\"", "language: \"en glish\"", "9:16", "en glish", "no language tag", "\"en\""),
];

#[test]
fn the_small_file_is_whole() {
    let Loaded { knowledge, problems } = loaded(SMALL);
    assert_eq!(problems, []);
    let counts = [
        knowledge.sources.len(),
        knowledge.topics.len(),
        knowledge.entries.len(),
        knowledge.statements.len(),
        knowledge.entities.len(),
        knowledge.relations.len(),
        knowledge.tours.len(),
    ];
    assert_eq!(counts, [2, 2, 3, 6, 5, 3, 1]);
    for address in ["today", "history/river", "today/shells#T2", "kim-jong-un"] {
        assert_eq!(knowledge.address_text(knowledge.address(address).expect(address)), address);
    }
    assert_eq!(
        knowledge.topics[1].short, knowledge.topics[1].title,
        "a topic without a short name is not nameless"
    );
    assert_eq!(&*knowledge.entities[3].native[0], "김정은");
    let Standing::Alleged { by, denied_by } = &knowledge.statements[3].standing else { panic!("alleged") };
    assert_eq!((by.len(), denied_by.len()), (1, 2));
    let link = &knowledge.statements[1].text.marks[0];
    assert_eq!(link.kind, MarkKind::Link(knowledge.address("H1").expect("H1")));
    assert_eq!(knowledge.tours[0].steps[1].show, knowledge.address("T1").expect("T1"));
    assert_eq!(knowledge.mentions.statements(EntityIx(3)).len(), 1);
    assert_eq!(
        &*knowledge.statements[4].text.plain,
        "Kim Jong-un called ties with Moscow the \"first priority\"."
    );
}

#[test]
fn what_makes_no_sense_is_explained() {
    for (old, new, at, mark, what, remedy) in SENSELESS {
        let source = with(old, new);
        let Err(unreadable) = from_bytes("f.ron", source.as_bytes()) else { panic!("{new:?} was read") };
        let [problem] = &unreadable.0[..] else { panic!("one problem for {new:?}") };
        assert_eq!((place(problem).as_str(), problem.what.contains(what)), (*at, true), "{new:?}: {problem}");
        assert!(problem.remedy.contains(remedy), "{new:?}: {problem}");
        assert!(mark.is_empty() || marked(problem) == *mark, "{new:?}: {problem}");
    }
}

#[test]
fn what_is_meant_wrongly_is_said_at_its_place() {
    let mut wrong = Vec::new();
    for (old, new, at, mark, what, remedy) in WRONG {
        let Loaded { problems, .. } = loaded(&with(old, new));
        let found = problems.iter().any(|problem| {
            place(problem) == *at
                && problem.what.contains(what)
                && problem.remedy.contains(remedy)
                && (mark.is_empty() || marked(problem) == *mark)
        });
        let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
        if !found {
            wrong.push(format!("{new:?} should be told at {at}: {what}\n{}", all.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The tables again, as `tumen check` draws them.
#[test]
fn every_row_is_drawn_with_its_place_and_its_remedy() {
    for (old, new, at, _, what, remedy) in SENSELESS.iter().chain(WRONG) {
        let found = problems(with(old, new).as_bytes());
        let finding = |problem| Finding { severity: Severity::Error, problem };
        let findings: Vec<Finding> = found.into_iter().map(finding).collect();
        let drawn = text(&findings, Paper::PLAIN);
        let parts: Vec<&str> = drawn.split("\n\n").collect();
        let place = format!("f.ron:{at}");
        let holds = |part: &&str| part.contains(*what) && part.contains(&place) && part.contains("help: ");
        let part = parts.iter().find(|part| holds(part));
        let part = part.unwrap_or_else(|| panic!("{new:?} should be drawn at {at}: {what}\n{drawn}"));
        let help = part.split("help: ").nth(1).unwrap_or_default();
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(help).contains(&words(remedy)), "{new:?}: {part}");
        assert!(part.contains('━') || part.contains('╿'), "no mark: {part}");
    }
    assert!(SENSELESS.len() + WRONG.len() >= 30);
}

#[test]
fn all_is_told_at_once_and_in_the_order_of_the_file() {
    let source =
        SMALL.replace("sources: [\"article\"]", "sources: [\"artikle\"]").replace("when: \"", "when: \"x");
    let Loaded { problems, .. } = loaded(&source);
    assert!(problems.len() >= 18, "{}", problems.len());
    let lines: Vec<_> =
        problems.iter().filter_map(|p| p.place.as_ref()).map(|p| (p.line, p.column)).collect();
    assert!(lines.is_sorted(), "{lines:?}");
}

#[test]
fn what_leads_nowhere_is_left_out() {
    let knowledge = loaded(&with("(tumen-river) at", "(nowhere) at")).knowledge;
    let text = &knowledge.statements[2].text;
    assert_eq!(&*text.plain, "Traders are rumoured to cross the Tumen at night (map).");
    assert_eq!(text.marks.len(), 1, "the dangling link is plain text, the other one is still a link");
    let knowledge = loaded(&with("Step(show: \"today/shells#T1\"", "Step(show: \"x\"")).knowledge;
    assert_eq!(knowledge.tours[0].steps.len(), 2);
    let knowledge = loaded(&with("from: \"kim-jong-un\"", "from: \"x\"")).knowledge;
    assert_eq!(knowledge.relations.len(), 2);
    let knowledge = loaded(&with("by: [\"kim-jong-un\"]", "by: [\"x\"]")).knowledge;
    assert_eq!(knowledge.statements[4].standing, Standing::Unverified, "a claim of nobody's is a rumour");
}

#[test]
fn an_item_without_an_id_of_its_own_gets_one() {
    for (old, new, expected) in [
        (r#"id: "T3""#, r#"id: "H1""#, "H1-2"),
        (r#"id: "T3""#, r#"id: "T 3""#, "T-3"),
        (r#"id: "T3","#, "", "statement"),
        (r#"id: "T3""#, r#"id: "한""#, "-"),
    ] {
        let knowledge = loaded(&with(old, new)).knowledge;
        let last = Address::Statement(tumen::knowledge::StatementIx(5));
        assert_eq!(knowledge.address(expected), Ok(last), "{new}");
        assert_eq!(knowledge.address_text(last), format!("today/shells#{expected}"));
        assert!(
            matches!(knowledge.ids.get("H1"), Some(Item::Statement(ix)) if ix.0 == 0),
            "the first keeps its id"
        );
    }
}

#[test]
fn places_are_right_behind_a_byte_order_mark_with_every_line_ending_and_in_every_script() {
    let broken = with("(kim-jong-un) called", "(kim-jong-um) called").replace("\"КНДР\"", "\"КНДР\", \"\"");
    for source in [broken.clone(), format!("\u{feff}{broken}"), broken.replace('\n', "\r\n")] {
        let places: Vec<_> = problems(source.as_bytes()).iter().map(|p| (place(p), marked(p))).collect();
        assert_eq!(places, [("36:46".into(), "kim-jong-um".into()), ("43:120".into(), "\"\"".into())]);
    }
    let unreadable = format!("\u{feff}{}", with("Knowledge(", "Knowlege(")).replace('\n', "\r\n");
    assert_eq!(place(&problems(unreadable.as_bytes())[0]), "3:1");
}

#[test]
fn a_text_over_several_lines_is_one_paragraph_with_right_places() {
    for (text, line, column) in [
        ("One\n        two [x](nobody)", 39, 17),
        ("One \\\n        two [x](nobody)", 39, 17),
        ("\\\"One\\\" \\u{41}\\x42\\\n  two\\t[x](nobody)", 39, 12),
    ] {
        let Loaded { knowledge, problems } = loaded(&with("A visit to Pyongyang is foreseen.", text));
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert_eq!(
            (place(problem), marked(problem)),
            (format!("{line}:{column}"), "nobody".into()),
            "{text}"
        );
        let plain = &knowledge.statements[5].text.plain;
        assert!(plain.ends_with("two x") && !plain.contains("  "), "{plain}");
    }
}

#[test]
fn of_two_texts_that_say_the_same_each_has_its_own_place() {
    for text in [r"\u{41} [link](nobody)", r"A \x5Blink](nobody)", "A [link](nobody)"] {
        let entity = format!("at: (38.9, -77.04), native: [\"{text}\"], summary: \"{text}\")");
        let source = with("at: (38.9, -77.04))", &entity);
        let [problem] = &problems(source.as_bytes())[..] else { panic!("one problem in {text}") };
        let line = source.lines().nth(46).expect("it has so many lines");
        let column = line.rfind("nobody").expect("it is there") + 1;
        assert_eq!((place(problem), marked(problem)), (format!("47:{column}"), "nobody".into()), "{text}");
    }
}

#[test]
fn what_cannot_be_opened_says_why() {
    let missing = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/no-such-file.ron");
    for (path, what) in
        [(missing.as_path(), "no such file"), (Path::new(env!("CARGO_MANIFEST_DIR")), "a folder")]
    {
        let Err(unreadable) = read(path) else { panic!("{} was read", path.display()) };
        assert!(unreadable.0[0].place.is_none() && unreadable.0[0].what.contains(what), "{unreadable}");
    }
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/small.ron");
    assert!(read(&small).is_ok_and(|loaded| loaded.problems.is_empty()));
}

#[test]
fn what_has_nothing_to_show_says_so() {
    let deep = |bracket: &str| bracket.repeat(10_000).into_bytes();
    for (source, what) in [
        (b"".to_vec(), "the file is empty"),
        (b"\xef\xbb\xbf \n".to_vec(), "the file is empty"),
        (b"Knowledge()".to_vec(), "no topics: nothing to show"),
        (b"Knowledge(topics: [Topic(id: \"a\")])".to_vec(), "no topic has an entry"),
        (b"{\"topics\": []}".to_vec(), "expected `(`"),
        (b"Knowledge(\n title: \"\xd0\xd0\")".to_vec(), "not UTF-8"),
        (deep("("), "name of a field"),
        (deep("["), "expected `(`"),
        ([b"Knowledge(x: ".to_vec(), deep("[")].concat(), "unknown field `x`"),
        ([b"Knowledge(sources: ".to_vec(), deep("[")].concat(), "expected `(`"),
        ([b"Knowledge(as_of: ".to_vec(), deep("Some(")].concat(), "expected a text"),
        (deep("/*"), "not closed"),
        (deep("#![enable("), ""),
    ] {
        let Err(unreadable) = from_bytes("f.ron", &source) else { panic!("{what}: was read") };
        assert!(unreadable.0[0].what.contains(what), "{what}: {unreadable}");
        assert!(unreadable.0[0].place.is_some(), "{unreadable}");
    }
    assert_eq!(place(&problems(b"Knowledge(\n title: \"\xd0\xd0\")")[0]), "2:10");
}

#[test]
fn the_attribute_is_not_needed_and_some_may_be_written() {
    let Loaded { problems, .. } = loaded(&with("#![enable(implicit_some)]", ""));
    assert_eq!(problems, []);
    let Loaded { problems, .. } = loaded(&with("as_of: \"2024-01\"", "as_of: Some(\"2024-01\")"));
    assert_eq!(problems, []);
}

#[test]
#[cfg(unix)]
fn what_is_established_before_it_has_happened_is_a_warning() {
    for (as_of, standing, when, is_said) in [
        ("2024", "Established", "2026-08-20", true),
        ("2024", "Established", "2025/..", true),
        ("2024-01", "Established", "2024-02", true),
        // It may have happened by then, or have begun.
        ("2024-01", "Established", "2024", false),
        ("2024-01", "Established", "2020/..", false),
        ("2024-01", "Established", "../2030", false),
        ("2024", "Established", "1961", false),
        ("2024", "Expected", "2026-08-20", false),
        ("2024", "Unverified", "2026-08-20", false),
        ("", "Established", "2026-08-20", false),
    ] {
        let as_of = if as_of.is_empty() { String::new() } else { format!("as_of: \"{as_of}\", ") };
        let text = format!(
            "Knowledge(format: 1, id: \"f\", title: \"F\", {as_of}topics: [Topic(id: \"t\", title: \"T\", entries: [\
             Entry(id: \"e\", title: \"E\", statements: [\
             Statement(id: \"S1\", standing: {standing}, when: \"{when}\", text: \"It has happened.\")])])])"
        );
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("f.ron");
        std::fs::write(&path, &text).expect("written");
        let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_tumen"));
        let said = check.arg("check").arg(&path).output().expect("it runs");
        let words = String::from_utf8_lossy(&said.stdout).into_owned();
        assert_eq!(said.status.code(), Some(0), "a warning is no problem: {words}");
        assert_eq!(words.contains("`S1` is established for"), is_said, "{text}: {words}");
        assert_eq!(words.contains("f.ron:1:"), is_said, "it has a place: {words}");
    }
}
