//! What a screen leaves out or has twice it says: many topics, equal titles, many sources, dates that look alike.

use proptest::prelude::*;
use tumen::app::tabs::tabs;
use tumen::knowledge::{Knowledge, TopicIx};
use tumen::load;
use tumen::text::width::width;

use crate::session::{Session, library};

/// A file: sources, and topics of entries of statements, each with what stands in its brackets.
fn file(sources: usize, topics: &[(&str, &[(&str, &str)])]) -> Vec<u8> {
    let sources: Vec<String> =
        (0..sources).map(|at| format!("Source(id: \"s{at}\", title: \"Report {at}\")")).collect();
    let mut number = 0;
    let topics: Vec<String> = topics
        .iter()
        .enumerate()
        .map(|(at, (name, entries))| {
            let entries: Vec<String> = entries
                .iter()
                .map(|(title, fields)| {
                    number += 1;
                    format!(
                        "Entry(id: \"e{number}\", title: \"{title}\", {fields} statements: [Statement(id: \"x{number}\", \
                         standing: Established, sources: [\"s0\"], text: \"Words.\")])"
                    )
                })
                .collect();
            format!("Topic(id: \"t{at}\", title: \"{name}\", short: \"{name}\", entries: [{}])", entries.join(", "))
        })
        .collect();
    format!(
        "#![enable(implicit_some)]\nKnowledge(format: 1, id: \"d\", title: \"D\", as_of: \"2024\", language: \"en\", \
         sources: [{}], topics: [{}])",
        sources.join(", "),
        topics.join(", ")
    )
    .into_bytes()
}

const TOPICS: [&str; 12] = [
    "Introduction",
    "Geography",
    "People",
    "Environment",
    "Government",
    "Economy",
    "Energy",
    "Communications",
    "Transport",
    "Military",
    "Space",
    "Terrorism",
];

fn twelve(columns: u16, rows: u16) -> Session {
    let topics = TOPICS.map(|name| (name, &[("An entry", "")][..]));
    Session::of(library(&file(1, &topics)), columns, rows)
}

#[test]
fn tabs_keep_as_many_names_as_fit_and_count_the_others() {
    for (columns, topic, row) in [
        (
            160,
            1,
            " 1 Introduction  2 Geography  3 People  4 Environment  5 Government  6 Economy  7 Energy  8 Communications  9 Transport  10 Military  11 Space  12 Terrorism",
        ),
        (80, 1, " 1 Introduction  2 Geography  3 People  4 Environment  5 Government  7 ›"),
        (80, 6, " ‹ 3  4 Environment  5 Government  6 Economy  7 Energy  8 Communications  4 ›"),
        (80, 12, " ‹ 7  8 Communications  9 Transport  10 Military  11 Space  12 Terrorism"),
        (40, 6, " ‹ 5  6 Economy  7 Energy  5 ›"),
    ] {
        let mut session = twelve(columns, 40);
        session.state.topic = TopicIx::new(topic - 1);
        let screen = session.screen();
        assert_eq!(screen.lines().nth(1), Some(row), "{columns}");
    }
    // A click on the count goes on.
    let mut session = twelve(80, 24);
    let (column, row) = session.find("7 ›");
    session.click(column, row);
    assert_eq!(session.address(), "t5/e6");
}

#[test]
fn any_topic_is_reached_by_its_number() {
    for (keys, address, said) in [
        ("1", "t0/e1", Some("topic 1; one more digit leads to 10 to 12")),
        ("1 0", "t9/e10", None),
        ("1 1", "t10/e11", None),
        ("1 2", "t11/e12", None),
        // There is no topic 13, so this is two numbers; and so it is with any other key between them.
        ("1 3", "t2/e3", None),
        ("1 j 2", "t1/e2", None),
        ("1 2 3", "t2/e3", None),
        ("1 2 t 1 1", "t10/e11", None),
    ] {
        let mut session = twelve(80, 24);
        session.press("5").press(keys);
        assert_eq!(
            (session.address(), session.state.message.as_deref()),
            (address.to_owned(), said),
            "{keys}"
        );
    }
    let mut few = Session::shipped(80, 24);
    few.press("1 2");
    assert_eq!(
        (few.state.topic, few.state.message.as_deref()),
        (TopicIx::new(1), None),
        "six topics wait for nothing"
    );
}

fn named(names: &[String]) -> Knowledge {
    let topics: Vec<(&str, &[(&str, &str)])> =
        names.iter().map(|name| (name.as_str(), &[("An entry", "")][..])).collect();
    load::from_bytes("t.ron", &file(1, &topics)).expect("it loads").knowledge
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn no_topic_is_lost_from_the_tabs(
        names in prop::collection::vec("[A-Za-z]{1,14}|[가-힣]{1,6}", 1..40), open in any::<prop::sample::Index>(), columns in 12_u16..200, ascii: bool,
    ) {
        let knowledge = named(&names);
        let open = TopicIx::new(open.index(names.len()));
        let row = tabs(&knowledge, open, columns, ascii);
        prop_assert!(row.iter().any(|tab| tab.topic == open && tab.more == 0));
        for pair in row.windows(2) {
            prop_assert!(pair[0].column + (width(&pair[0].label) as u16) < pair[1].column);
        }
        let last = row.last().expect("there are tabs");
        prop_assert!(last.column + width(&last.label) as u16 <= columns);
        // Unless there is no room for a count, tabs and counts are all topics.
        let shown = row.iter().filter(|tab| tab.more == 0).count();
        let more: usize = row.iter().map(|tab| tab.more).sum();
        prop_assert!(shown + more == names.len() || row.len() == 1, "{row:?}");
        prop_assert!(!ascii || row.iter().all(|tab| tab.more == 0 || tab.label.is_ascii()));
    }
}

#[test]
fn rows_of_one_title_are_told_apart_by_their_days() {
    let entries = [
        ("Missile launch", "when: \"2017-05-04\","),
        ("Missile launch", "when: \"2017-05-21\","),
        ("A talk", "when: \"2017-05-22\","),
        ("Missile launch", "when: \"2017-07\","),
    ];
    for columns in [160, 100, 80, 60, 40] {
        let session = Session::of(library(&file(1, &[("Launches", &entries)])), columns, 24);
        let list: Vec<String> =
            (0..4).map(|row| session.state.rows(&session.library).titles(row).join(" ")).collect();
        let expected = [
            "Missile launch, 4 May 2017",
            "Missile launch, 21 May 2017",
            "A talk",
            "Missile launch, July 2017",
        ];
        for (row, expected) in list.iter().zip(expected) {
            assert_eq!(row.replace(", ", " "), expected.replace(", ", " "), "{columns}");
        }
    }
}

#[test]
fn hits_of_one_title_are_told_apart() {
    let entries = [("Missile launch", "when: \"2017-05-04\","), ("Missile launch", "when: \"2017-05-21\",")];
    let mut session = Session::of(library(&file(1, &[("Launches", &entries)])), 100, 24);
    session.press("/ 'missile'");
    let screen = session.screen();
    assert!(screen.contains("4 May 2017 Launches") && screen.contains("21 May 2017 Launches"), "{screen}");
}

#[test]
fn marks_of_one_name_are_told_apart_in_the_text_of_time() {
    let entries = [
        ("Missile launch", "when: \"2017-05-04\","),
        ("Missile launch", "when: \"2017-05-21\","),
        ("A talk", "when: \"2017-05-22\","),
    ];
    let mut session = Session::of(library(&file(1, &[("Launches", &entries)])), 80, 24);
    session.press("t T");
    let screen = session.screen();
    for row in ["2017-05-04  ● Missile launch", "2017-05-21  ● Missile launch", "2017        ● A talk"]
    {
        assert!(screen.contains(row), "{row}\n{screen}");
    }
}

#[test]
fn many_sources_are_one_calm_line_and_a_list() {
    let cited: Vec<String> = (0..20).map(|at| format!("\"s{at}\"")).collect();
    let text = String::from_utf8(file(20, &[("Topic", &[("An entry", "")])])).expect("UTF-8");
    let one = "Statement(id: \"x1\", standing: Established, sources: [\"s0\"], text: \"Words.\")";
    let many = one.replace("\"s0\"", &cited.join(", ")).replace("x1", "y1");
    let text = text.replace(one, &format!("{one}, {many}"));
    let mut session = Session::of(library(text.as_bytes()), 80, 60);
    session.press("Enter");
    let screen = session.screen();
    assert!(screen.contains("y1 · established · 20 sources"), "{screen}");
    assert!(screen.contains("x1 · established · Report 0"), "{screen}");
    for at in 0..20 {
        assert!(screen.contains(&format!("Report {at}")), "{at}\n{screen}");
    }
    assert!(screen.contains("│  20 sources"), "{screen}");
}

#[test]
fn an_axis_without_dates_claims_none() {
    for (columns, rows) in [(160, 45), (80, 24), (40, 12)] {
        let entries = [("An entry", "")];
        let mut session =
            Session::of(library(&file(1, &[("One", &entries), ("Two", &entries)])), columns, rows);
        session.press("t");
        let screen = session.screen();
        assert!(!screen.contains("December") && !screen.contains("31"), "{screen}");
        assert!(screen.contains("Nothing here has a date") || columns < 60, "{screen}");
        session.press("+ - < > l h j k 0 o g G T t");
        assert!(!session.screen().contains("December"), "{}", session.screen());
    }
}

#[test]
fn a_century_and_a_decade_are_two_things_on_every_screen() {
    let entries = [
        ("Vague", "when: \"19XX\","),
        ("Less vague", "when: \"190X\","),
        ("Early", "when: \"00XX\","),
        ("Earlier", "when: \"000X\","),
    ];
    let library = library(&file(1, &[("Topic", &entries)]));
    let session = Session::of(library.clone(), 80, 24);
    let screen = session.screen();
    for date in ["19XX", "1900s", "00XX", "0s"] {
        assert!(screen.contains(&format!(" {date} ")), "{date}\n{screen}");
    }
    let page = tumen::print::html::page(&library.knowledge);
    for date in ["the century 1900–1999", "the 1900s", "the century 0–99", "the 0s"] {
        assert!(page.contains(&format!(">{date}<")), "{date}");
    }
}

#[test]
fn the_evidence_says_how_many_topics_it_has_no_room_for() {
    let names: Vec<String> = (1..=60).map(|at| format!("Chapter {at}")).collect();
    let topics: Vec<(&str, &[(&str, &str)])> =
        names.iter().map(|name| (name.as_str(), &[("An entry", "")][..])).collect();
    let mut session = Session::of(library(&file(1, &topics)), 100, 30);
    session.press("e");
    let screen = session.screen();
    let rows = screen
        .lines()
        .filter(|line| line.trim_start().trim_start_matches('▌').starts_with("Chapter"))
        .count();
    assert!(screen.contains(&format!("no room for {} more topics", 60 - rows)), "{rows}\n{screen}");
    session.press("T");
    assert!(!session.screen().contains("no room"), "a text has room for all");
}

/// A hub that thirty names are related to.
fn hub() -> Vec<u8> {
    let text = String::from_utf8(file(1, &[("Topic", &[("An entry", "")])])).expect("UTF-8");
    let names: Vec<String> =
        (0..30).map(|at| format!("Entity(id: \"n{at}\", kind: Person, name: \"Person {at}\")")).collect();
    let relations: Vec<String> = (0..30)
        .map(|at| format!("Relation(from: \"hub\", to: \"n{at}\", kind: \"knows\", statement: \"x1\")"))
        .collect();
    let hub = "Entity(id: \"hub\", kind: State, name: \"Hub\")";
    let more = format!(", entities: [{hub}, {}], relations: [{}])", names.join(", "), relations.join(", "));
    format!("{}{more}", text.strip_suffix(')').expect("it ends so")).into_bytes()
}

#[test]
fn the_network_counts_relations() {
    let mut session = Session::of(library(&hub()), 100, 30);
    session.press("w");
    let screen = session.screen();
    assert!(screen.contains("around Hub, 30 relations"), "{screen}");
    let seen = screen.lines().filter(|line| line.contains("knows") && !line.contains("Hub knows")).count();
    assert!(screen.contains(&format!("▼{}", 30 - seen)), "{seen} of 30 are seen\n{screen}");
}

#[test]
fn a_statement_that_is_cut_under_a_lens_says_so() {
    let text = String::from_utf8(file(1, &[("Topic", &[("An entry", "when: \"1961\",")])])).expect("UTF-8");
    let text = text.replace("Words.", &"Many words stand here. ".repeat(60));
    let mut session = Session::of(library(text.as_bytes()), 80, 24);
    session.press("t");
    let screen = session.screen();
    assert!(screen.lines().any(|line| line.contains("… +") && line.ends_with("rows")), "{screen}");
    session.state.size.rows = 90;
    session.state.size.columns = 160;
    assert!(!session.screen().contains("… +"), "{}", session.screen());
}
