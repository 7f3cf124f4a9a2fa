//! What is near in meaning: what questions in ordinary words find, and what is never shown as found.

use std::sync::LazyLock;

use serde::Deserialize;
use tumen::knowledge::{Address, Knowledge};
use tumen::search::{Hits, Index, Query};

static SHIPPED: LazyLock<(Knowledge, Index)> = LazyLock::new(|| {
    let knowledge = tumen::load::shipped().expect("the shipped file").knowledge;
    let index = Index::build(&knowledge);
    (knowledge, index)
});

fn ask(text: &str, limit: usize) -> Hits {
    SHIPPED.1.search(&SHIPPED.0, &Query::parse(text).finished(), limit)
}

/// A question and the statements that answer it.
#[derive(Deserialize)]
struct Question {
    query: String,
    find: Vec<String>,
    /// What the question names: it is an answer, too.
    #[serde(default)]
    named: String,
    #[serde(default)]
    language: String,
}

impl Question {
    /// The place of the first entry among ten that holds an answer, from 1.
    fn place(&self) -> Option<usize> {
        let knowledge = &SHIPPED.0;
        let entry = |address: Address| match address {
            Address::Statement(ix) => Address::Entry(knowledge.statement(ix).entry),
            address => address,
        };
        let wanted: Vec<Address> = self
            .find
            .iter()
            .chain([&self.named].into_iter().filter(|id| !id.is_empty()))
            .map(|id| entry(knowledge.address(id).expect("an id of the file")))
            .collect();
        ask(&self.query, 10).rows.iter().position(|hit| wanted.contains(&entry(hit.address))).map(|at| at + 1)
    }
}

/// How many are first, among the first five, and the mean reciprocal rank, as shares of all.
#[expect(clippy::print_stdout, reason = "figures, for whoever asks to see them")]
fn measure<'a>(what: &str, all: impl Iterator<Item = &'a Question>) -> (f64, f64, f64) {
    let (mut count, mut first, mut five, mut ranks) = (0.0, 0.0, 0.0, 0.0);
    for question in all {
        let place = question.place();
        if place != Some(1) {
            println!("{what}: {} is at {place:?}: {:?}", question.query, question.find);
        }
        count += 1.0;
        first += f64::from(place == Some(1));
        five += f64::from(place.is_some_and(|place| place <= 5));
        ranks += place.map_or(0.0, |place| 1.0 / place as f64);
    }
    println!(
        "{what}: {count} questions, first {:.3}, in five {:.3}, mean reciprocal rank {:.3}",
        first / count,
        five / count,
        ranks / count
    );
    (first / count, five / count, ranks / count)
}

#[test]
fn briefers_find_what_they_mean() {
    let all: Vec<Question> = ron::from_str(include_str!("../data/briefers.ron")).expect("questions");
    let english = measure("briefers", all.iter().filter(|question| question.language == "en"));
    measure("briefers in other languages", all.iter().filter(|question| question.language != "en"));
    assert!(english.0 >= 0.83 && english.1 >= 0.91 && english.2 >= 0.865, "{english:?}");
}

/// Written before the search was tuned, and never tuned on.
#[test]
fn questions_from_the_article() {
    let all: Vec<Question> = ron::from_str(include_str!("../data/questions.ron")).expect("questions");
    assert!(all.len() >= 60);
    let found = measure("questions", all.iter());
    assert!(found.2 >= 0.7, "{found:?}");
}

/// What has nothing to do with the file.
const ELSEWHERE: [&str; 30] = [
    "tomato plants",
    "chess opening",
    "bake sourdough bread",
    "guitar chords",
    "football league table",
    "knitting patterns",
    "butterfly migration",
    "bicycle brakes",
    "jazz saxophone",
    "coral reef fish",
    "wedding dress",
    "sunburn lotion",
    "python decorators",
    "kitchen sink leaking",
    "marathon shoes",
    "dinosaur fossils",
    "vegan lasagne",
    "piano sonata",
    "volcano eruption",
    "mortgage calculator",
    "cat vaccination",
    "toothache remedy",
    "skiing holidays",
    "impressionist painting",
    "black hole",
    "beard trimmer",
    "garden hedgehog",
    "swimming lessons",
    "coffee grinder",
    "crossword puzzle",
];

#[test]
fn what_lies_elsewhere_is_not_shown_as_found() {
    for query in ELSEWHERE {
        let hits = ask(query, 10);
        let found = hits.rows.iter().filter(|row| !row.near).count();
        assert!(hits.near <= 5 && hits.rows.len() - found <= 5, "{query}: {hits:?}");
        // A word that is there by chance is found; what is left out is said.
        let said = hits.notes.iter().any(|note| note.starts_with("no ") || note.starts_with("nothing holds"));
        assert!(said, "{query}: {:?}", hits.notes);
        if found > 0 {
            println!("{query}: {found} rows by words, {:?}", hits.notes);
        }
    }
}

#[test]
fn a_certain_answer_stays_as_it_is() {
    for query in [
        "h25",
        "juche",
        "treaty 1961",
        "arms",
        "kim jong-un",
        "\"mutual defence\"",
        "emboldened is:expected",
        "history/treaty-1961",
        "slbm",
    ] {
        let hits = ask(query, 10);
        let words = hits.rows.iter().take_while(|row| !row.near).count();
        assert_eq!(words, (hits.total - hits.near).min(10), "{query}: {hits:?}");
        assert!(hits.near == 0 || words < 5, "{query}");
    }
    for query in ["h25", "juche", "slbm", "\"mutual defence\"", "emboldened is:expected"] {
        assert_eq!(ask(query, 10).near, 0, "{query}");
    }
}

#[test]
fn an_unfinished_word_is_not_looked_up() {
    let typed = |text: &str| SHIPPED.1.search(&SHIPPED.0, &Query::parse(text), 10);
    assert_eq!(typed("starvin").near, 0);
    assert_eq!(typed("emboldend").near, 0);
    assert!(typed("emboldend ").near > 0, "a space ends a word");
    assert!(typed("emboldened").near > 0, "nothing in the file begins so, and it is a word");
}

#[test]
fn only_english_files_are_asked() {
    let file = |language: &str| {
        let text = r#"Knowledge(title: "t", language: "LANGUAGE", topics: [Topic(id: "t", entries: [
            Entry(id: "e", title: "Hunger", statements: [Statement(id: "S1", text: "The harvest failed.", standing: Established)]),
            Entry(id: "f", title: "Ships", statements: [Statement(id: "S2", text: "The navy sailed.", standing: Established)]),
        ])])"#;
        let text = text.replace("LANGUAGE", language);
        let knowledge = tumen::load::from_bytes("file.ron", text.as_bytes()).expect("a file").knowledge;
        let hits = Index::build(&knowledge).search(&knowledge, &Query::parse("starvation").finished(), 9);
        hits.rows.iter().map(|row| (knowledge.address_text(row.address), row.near)).collect::<Vec<_>>()
    };
    let first = |language: &str| file(language).into_iter().next();
    assert_eq!(first("en"), Some(("t/e#S1".to_owned(), true)));
    assert_eq!(first("en-GB"), first("en"));
    assert_eq!(first("fr"), None);
}

#[test]
fn it_is_said_what_is_near() {
    let hits = ask("emboldened", 10);
    let (typed, near) = hits.nearest.first().expect("a word");
    assert_eq!(typed, "emboldened");
    assert!(hits.notes.contains(&format!("no emboldened; nearest in meaning: {near}")), "{:?}", hits.notes);
    assert!(hits.rows.iter().all(|row| row.near) && hits.rows.len() == 5);
}
