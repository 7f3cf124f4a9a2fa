//! The shipped file, sentence by sentence: each is understood where it is shown alone, in a search hit or a copy.

use std::sync::LazyLock;

use tumen::app::Library;
use tumen::knowledge::{Address, Date, EntityKind, Item, Knowledge, Lens, Statement, StatementIx};

use crate::session::Session;

static SHIPPED: LazyLock<Library> = LazyLock::new(|| Session::shipped(80, 24).library);

fn knowledge() -> &'static Knowledge {
    &SHIPPED.knowledge
}

/// Every statement with its id.
fn statements() -> impl Iterator<Item = (&'static str, &'static Statement)> {
    let ixs = (0..knowledge().statements.len()).map(StatementIx::new);
    ixs.map(|ix| (knowledge().ids.name(Item::Statement(ix)), knowledge().statement(ix)))
}

/// Openings that point at something outside of the sentence.
const POINTERS: [&str; 31] = [
    "it ",
    "its ",
    "it's ",
    "this ",
    "that ",
    "these ",
    "those ",
    "they ",
    "their ",
    "them ",
    "he ",
    "she ",
    "his ",
    "her ",
    "such ",
    "so ",
    "then ",
    "there ",
    "here ",
    "another ",
    "other ",
    "others ",
    "a second ",
    "a third ",
    "a further ",
    "part of it",
    "by this ",
    "by that ",
    "by the same ",
    "in return ",
    "even so",
];

#[test]
fn no_statement_opens_with_a_word_that_points_outside_of_it() {
    for (id, statement) in statements() {
        let text = statement.text.plain.to_lowercase();
        let pointer = POINTERS.iter().find(|pointer| text.starts_with(**pointer));
        assert_eq!(pointer, None, "{id}: {}", statement.text.plain);
    }
}

#[test]
fn every_statement_links_to_somebody_or_something() {
    for (id, statement) in statements() {
        assert!(statement.text.entities().next().is_some(), "{id} is on no page: {}", statement.text.plain);
    }
}

#[test]
fn a_page_finds_what_its_own_is_said_to_do() {
    // Whose page has to hold which statements.
    let expected: [(&str, &[&str]); 4] = [
        ("russia", &["O1", "O11", "H22", "H27", "N8", "N19", "N21", "N23", "U8", "U10"]),
        ("north-korea", &["O1", "W1", "N1", "N12", "N21", "U9"]),
        ("united-states", &["O3", "O8", "U1", "U2", "U3", "U4", "U5", "U7", "U8", "U9", "U10"]),
        ("korean-war", &["H10", "H11", "H12", "H13", "H14", "H15", "H16"]),
    ];
    for (id, wanted) in expected {
        let Ok(Address::Entity(entity)) = knowledge().address(id) else { panic!("no {id}") };
        let found = knowledge().mentions.statements(entity);
        let found: Vec<&str> = found.iter().map(|ix| knowledge().ids.name(Item::Statement(*ix))).collect();
        for wanted in wanted {
            assert!(found.contains(wanted), "the page of {id} lacks {wanted}");
        }
    }
}

/// The years and decades that a text writes out, as dates: "1961", "1990s".
fn years_in(text: &str) -> impl Iterator<Item = Date> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter_map(|word| {
        let decade = word.strip_suffix("0s").map(|tens| format!("{tens}X"));
        let date = decade.as_deref().unwrap_or(word);
        (date.len() == 4).then(|| date.parse().ok()).flatten()
    })
}

#[test]
fn a_statement_is_dated_within_the_years_that_it_names() {
    let mut checked = 0;
    for (id, statement) in statements() {
        let Some(when) = statement.when else { continue };
        let written: Vec<Date> = years_in(&statement.text.plain).collect();
        if written.is_empty() {
            continue;
        }
        // "When the Korean War was over" names the years of that war, too.
        let happened = |kind| matches!(kind, EntityKind::Event | EntityKind::Treaty);
        let linked = statement.text.entities().map(|entity| knowledge().entity(entity));
        let named: Vec<Date> =
            (linked.filter(|entity| happened(entity.kind)).filter_map(|entity| entity.when))
                .chain(written)
                .collect();
        let first = named.iter().filter_map(|date| date.first_day()).min();
        let last = named.iter().filter_map(|date| date.last_day()).max();
        assert!(when.first_day() >= first, "{id} is dated {when}: {}", statement.text.plain);
        assert!(
            when.last_day().is_none_or(|day| Some(day) <= last),
            "{id} is dated {when}: {}",
            statement.text.plain
        );
        checked += 1;
    }
    assert!(checked >= 10, "only {checked} statements name a year");
}

#[test]
fn a_tour_reveals_nothing_that_adds_to_what_it_has_not_revealed() {
    for tour in &knowledge().tours {
        let mut revealed = Vec::new();
        for step in &tour.steps {
            for ix in &step.reveal {
                let statement = knowledge().statement(*ix);
                let text = format!(" {} ", statement.text.plain);
                // "It also wants" adds to the statement before it in its entry.
                if [" also ", " as well"].iter().any(|word| text.contains(word)) {
                    let before = StatementIx::new(ix.at() - 1);
                    let (id, missed) = (
                        knowledge().ids.name(Item::Statement(*ix)),
                        knowledge().ids.name(Item::Statement(before)),
                    );
                    let same = knowledge().statement(before).entry == statement.entry;
                    assert!(!same || revealed.contains(&before), "{}: {id} without {missed}", tour.title);
                }
                revealed.push(*ix);
            }
        }
    }
}

#[test]
fn a_third_of_all_steps_are_pictures() {
    let steps = knowledge().tours.iter().flat_map(|tour| &tour.steps);
    let (pictures, read): (Vec<_>, Vec<_>) = steps.partition(|step| step.lens != Lens::Read);
    assert!(2 * pictures.len() >= read.len(), "{} of {}", pictures.len(), pictures.len() + read.len());
}

#[test]
fn every_relation_reads_as_a_sentence() {
    let sentences = knowledge().relations.iter().map(|relation| {
        let (from, kind, to) = relation.sentence(knowledge());
        let when = relation.when.map_or_else(String::new, |when| format!(" · {}", when.words()));
        format!("{from} {kind} {to}{when} ({})", knowledge().ids.name(Item::Statement(relation.statement)))
    });
    insta::assert_snapshot!("relations", sentences.collect::<Vec<_>>().join("\n"));
}
