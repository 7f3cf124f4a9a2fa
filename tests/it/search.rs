//! What a search finds and in which order: a definition that a slow search repeats word by word, and the shipped file
//! with the answers that readers expect of it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use proptest::prelude::*;
use serde::Deserialize;
use tumen::knowledge::{Address, EntityIx, Item, Knowledge, MarkKind, StandingKind, Statement};
use tumen::search::{
    DENIED, Hit, Hits, Index, Query, SUBSTRING, forms, is_stopword, likeness, marks, pick, standing_words,
};
use tumen::text::fold::Folded;

static SHIPPED: LazyLock<(Knowledge, Index)> = LazyLock::new(|| {
    let knowledge = read(include_str!("../../assets/dprk-russia.ron"));
    let index = Index::build(&knowledge);
    (knowledge, index)
});

fn read(file: &str) -> Knowledge {
    tumen::load::from_bytes("file.ron", file.as_bytes()).expect("a knowledge file").knowledge
}

fn ask(text: &str, limit: usize) -> Hits {
    let (knowledge, index) = &*SHIPPED;
    index.search(knowledge, &Query::parse(text), limit)
}

fn addresses(hits: &Hits) -> Vec<String> {
    hits.rows.iter().map(|row| SHIPPED.0.address_text(row.address)).collect()
}

/// What a query is expected to find.
#[derive(Deserialize)]
struct Expected {
    query: String,
    /// Its last part is enough: ids are one flat space.
    find: String,
    /// The answer may be at this place or before it.
    #[serde(default = "first")]
    within: usize,
}

const fn first() -> usize {
    1
}

#[test]
fn readers_find_what_they_expect() {
    let expected: Vec<Expected> = ron::from_str(include_str!("../data/queries.ron")).expect("queries");
    let mut wrong = Vec::new();
    for Expected { query, find, within } in expected {
        let found = addresses(&ask(&query, within));
        let target = SHIPPED.0.address_text(SHIPPED.0.address(&find).expect("an id of the file"));
        if !found.contains(&target) {
            wrong.push(format!("{query}: {find} is not within the first {within}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_name_is_found_however_it_is_written() {
    for query in ["Kim Jong-un", "kim jong un", "KIMJONGUN", "kim jong\u{2010}un", "Jong’un", "김정은"] {
        assert_eq!(addresses(&ask(query, 1)), ["kim-jong-un"], "{query}");
    }
    for (british, american) in
        [("mutual defence", "mutual defense"), ("programme", "program"), ("rumour", "rumor")]
    {
        assert_eq!(addresses(&ask(british, 9)), addresses(&ask(american, 9)), "{british}");
    }
}

#[test]
fn filters_narrow() {
    let count = |query: &str| ask(query, 0).total;
    for (query, total) in [
        ("", 0),
        ("!", 0),
        ("in:", 0),
        ("is:alleged", 1),
        ("by:united-states", 1),
        ("by:\"South Korea\"", 1),
        ("denied:russia", 1),
        ("kind:person", SHIPPED.0.entities.iter().filter(|entity| entity.kind.word() == "person").count()),
        ("is:alleged !munitions", 0),
        ("is:rumour", count("is:unverified")),
        ("is:claimed", count("is:alleged")),
        ("is:judged", count("is:assessed")),
        ("is:judgment", count("is:assessed")),
        ("is:said", count("is:stated")),
        ("is:fact", count("is:established")),
        ("h25 in:history", 1),
        ("h25 !in:history", 0),
        ("h25 when:1961", 1),
        ("h25 when:1962..", 0),
        ("h25 who:khrushchev", 1),
        ("h25 who:putin", 0),
        ("h25 tag:treaty", 1),
        ("h25 tag:treaty !tag:treaty", 0),
    ] {
        assert_eq!(count(query), total, "{query}");
    }
    let by_standing = StandingKind::ALL.map(|kind| count(&format!("is:{}", kind.word())));
    assert_eq!(by_standing.iter().sum::<usize>(), SHIPPED.0.statements.len());
}

#[test]
fn what_is_changed_or_not_understood_is_said() {
    assert_eq!(ask("pyonygang", 1).corrected, [("pyonygang".to_owned(), "pyongyang".to_owned())]);
    assert_eq!(addresses(&ask("pyonygang", 1)), ["pyongyang"]);
    assert!(ask("pyongyang", 1).corrected.is_empty());
    for (query, note) in [
        ("in:atlantis", "`atlantis` is no topic; searched as words"),
        ("who:nobody", "`nobody` is no name; searched as words"),
        ("tag:unknown", "`unknown` is no tag; searched as words"),
        ("is:maybe", "`maybe` is no standing; searched as words"),
    ] {
        assert_eq!(ask(query, 1).notes, [note]);
    }
}

#[test]
fn a_correction_leads_somewhere_or_is_not_made() {
    for (query, corrected) in [
        ("krushchev", Some("khrushchev")),
        ("pyonygang", Some("pyongyang")),
        ("vladivostock", Some("vladivostok")),
        ("beijng", Some("beijing")),
        ("putim", Some("putin")),
        ("juch", None),
        ("wagner", None),
        ("pyonygang is:alleged", None),
        ("pyonygang !pyongyang", None),
        ("pyonygang zzzz", None),
    ] {
        let hits = ask(query, 1);
        assert_eq!(hits.corrected.first().map(|(_, meant)| &**meant), corrected, "{query}");
        assert!(corrected.is_none() || hits.total > 0, "{query}");
    }
}

#[test]
fn where_nothing_holds_all_words_the_most_are_shown() {
    let note = "nothing holds all words; showing the most";
    for (query, first, notes) in [
        ("wagner arms shells", Some("R1"), vec![note]),
        ("how did stalin react to the invasion", Some("H11"), vec![note]),
        ("wagner arms", None, vec![]),
        ("wagner mercenary arms shells helicopter", None, vec![]),
        ("wagner arms shells is:alleged", None, vec![]),
        ("\"arms shells\" wagner artillery", None, vec![]),
        ("artillery shells", Some("artillery-shell"), vec![]),
    ] {
        let hits = ask(query, 1);
        assert_eq!(hits.notes, notes, "{query}");
        let first = first.and_then(|id| SHIPPED.0.address(id).ok());
        assert_eq!(hits.rows.first().map(|row| row.address), first, "{query}");
    }
}

#[test]
fn an_id_is_found_alone() {
    assert_eq!(ask("o10", 9).total, 1);
    assert_eq!(ask("rjd", 9).total, 0, "three scattered letters are noise");
}

#[test]
fn matched_letters_are_marked() {
    let hits = ask("mutual defense", 1);
    let Some(Hit { address: Address::Statement(ix), .. }) = hits.rows.first() else {
        panic!("a statement comes first: {hits:?}");
    };
    let plain = &SHIPPED.0.statement(*ix).text.plain;
    let marked: Vec<&str> =
        marks(&Query::parse("mutual defense"), plain).into_iter().map(|range| &plain[range]).collect();
    assert_eq!(marked, ["mutual", "defence"]);
}

#[test]
fn letters_are_marked_as_they_matched() {
    for (query, text, expected) in [
        ("arms", "An armistice", vec![]),
        ("trty", "The Treaty", vec!["Tr", "ty"]),
        ("who denies arms", "Who trades arms", vec!["arms"]),
        ("pyonygang", "To Pyongyang", vec!["Pyongyang"]),
    ] {
        let found = marks(&Query::parse(query).understood(&ask(query, 1)), text);
        let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{query} in {text}");
    }
}

#[test]
fn an_entry_is_not_shown_beside_its_statements() {
    let hits = ask("treaty", 100);
    let entries = hits.rows.iter().filter(|row| matches!(row.address, Address::Entry(_))).count();
    assert_eq!(entries, 0);
    let bare = read(r#"Knowledge(topics: [Topic(id: "t", entries: [Entry(id: "e", title: "Treaty")])])"#);
    let hits = Index::build(&bare).search(&bare, &Query::parse("treaty"), 9);
    assert_eq!(hits.rows.iter().map(|row| bare.address_text(row.address)).collect::<Vec<_>>(), ["t/e"]);
}

#[test]
fn fewer_rows_are_the_first_of_more() {
    for query in ["korea", "kim", "in:history", "soviet war", "a"] {
        let all = ask(query, usize::MAX);
        assert_eq!(all.total, all.rows.len());
        for limit in [0, 1, 2, 7, 40] {
            let some = ask(query, limit);
            assert_eq!(some.rows, all.rows[..limit.min(all.total)], "{query}, {limit}");
            assert_eq!(some.total, all.total);
        }
    }
}

/// The words of a text in all their forms, and those that a name makes besides.
fn add(words: &mut BTreeSet<String>, text: &str, is_name: bool) {
    let folded = Folded::of(text);
    words.extend(folded.words().flat_map(forms));
    words.extend(folded.compounds().into_iter().map(|run| folded.joined(run)));
    for (from, to) in (0..folded.len()).flat_map(|from| (from + 2..=from + 4).map(move |to| (from, to))) {
        if is_name && to <= folded.len() {
            words.insert(folded.joined(from..to));
        }
    }
    if is_name && (3..=4).contains(&folded.len()) {
        words.insert(folded.words().filter_map(|word| word.chars().next()).collect());
    }
}

/// All words of a document, slowly and from the definition: one list of alternatives for each place.
fn words_of(knowledge: &Knowledge, address: Address) -> Vec<String> {
    let mut words = BTreeSet::new();
    let mut add = |text: &str, is_name: bool| add(&mut words, text, is_name);
    let mut entity = |ix: EntityIx| {
        let entity = knowledge.entity(ix);
        entity.native.iter().chain(&entity.aliases).chain([&entity.name]).for_each(|name| add(name, true));
    };
    let (mut entry, mut when) = (None, None);
    match address {
        Address::Topic(ix) => {
            let topic = knowledge.topic(ix);
            let id = knowledge.ids.name(Item::Topic(ix));
            for text in [&*topic.title, &topic.short, &topic.summary.plain, id] {
                add(text, false);
            }
        }
        Address::Entry(ix) => entry = Some(ix),
        Address::Statement(ix) => {
            let statement = knowledge.statement(ix);
            for mark in &statement.text.marks {
                if let MarkKind::Link(Address::Entity(ix)) = mark.kind {
                    entity(ix);
                }
            }
            statement.standing.by().iter().chain(statement.standing.denied_by()).for_each(|ix| entity(*ix));
            let denied = if statement.standing.denied_by().is_empty() { "" } else { DENIED };
            for text in [&statement.text.plain, standing_words(statement.standing.kind()), denied] {
                add(text, false);
            }
            add(knowledge.ids.name(Item::Statement(ix)), false);
            (entry, when) = (Some(statement.entry), statement.when);
        }
        Address::Entity(ix) => {
            entity(ix);
            let about = knowledge.entity(ix);
            add(&about.summary.plain, false);
            add(about.kind.word(), false);
            add(knowledge.ids.name(Item::Entity(ix)), false);
            when = about.when;
        }
    }
    if let Some(ix) = entry {
        let entry = knowledge.entry(ix);
        entry.aliases.iter().chain(&entry.tags).chain([&entry.title]).for_each(|text| add(text, false));
        add(knowledge.ids.name(Item::Entry(ix)), false);
        when = when.or(entry.when);
    }
    if let Some(date) = when {
        for text in [date.words(), date.to_string()] {
            let said = text.split([' ', '/']);
            let said = said.filter(|word| word.starts_with(|c: char| c.is_numeric() || c.is_uppercase()));
            said.for_each(|word| add(word, false));
        }
    }
    words.into_iter().collect()
}

/// Every address of a file, in its order.
fn everything(knowledge: &Knowledge) -> Vec<Address> {
    let entries = |topic| {
        knowledge.entries_of(topic).flat_map(|entry| {
            let statements = knowledge.statements_of(entry).map(Address::Statement);
            std::iter::once(Address::Entry(entry)).chain(statements)
        })
    };
    let topics =
        knowledge.topic_ixs().flat_map(|topic| std::iter::once(Address::Topic(topic)).chain(entries(topic)));
    topics.chain((0..knowledge.entities.len()).map(|at| Address::Entity(EntityIx::new(at)))).collect()
}

/// How many statements link to an entity, or have it for a party; 0 for all else.
fn mentions(knowledge: &Knowledge, address: Address) -> usize {
    let Address::Entity(entity) = address else { return 0 };
    let mention = |statement: &&Statement| {
        let parties = statement.standing.by().iter().chain(statement.standing.denied_by());
        let linked = statement.text.marks.iter().any(|mark| mark.kind == MarkKind::Link(address));
        linked || parties.copied().any(|party| party == entity)
    };
    knowledge.statements.iter().filter(mention).count()
}

/// What single words find, by the definition, in the file's order. Words must need no correction.
fn slowly(knowledge: &Knowledge, wanted: &[&str], unwanted: &[&str]) -> Vec<Address> {
    let documents: Vec<(Address, Vec<String>)> =
        everything(knowledge).into_iter().map(|address| (address, words_of(knowledge, address))).collect();
    let worth = |query: &str, words: &[String]| {
        let query = forms(query);
        let pairs = words.iter().flat_map(|word| query.iter().filter_map(|query| likeness(query, word)));
        pairs.max().unwrap_or(0)
    };
    // Scattered letters count only where no word of the file is better.
    let floor = |query: &str| {
        let is_held = documents.iter().any(|(_, words)| worth(query, words) >= SUBSTRING);
        if is_held { SUBSTRING } else { 1 }
    };
    let asked =
        wanted.iter().filter(|word| wanted.iter().all(|word| is_stopword(word)) || !is_stopword(word));
    let asked: Vec<(&str, u16)> = asked.map(|word| (*word, floor(word))).collect();
    let begins = |query: &str, words: &[String]| words.iter().any(|word| word.starts_with(query));
    let held = |words: &[String]| asked.iter().filter(|(query, floor)| worth(query, words) >= *floor).count();
    let allowed = documents.iter().filter(|(_, words)| !unwanted.iter().any(|query| begins(query, words)));
    let held: Vec<(Address, usize)> = allowed.map(|(address, words)| (*address, held(words))).collect();
    let most = held.iter().map(|(_, held)| *held).max().unwrap_or(0);
    let enough = most == asked.len() || (most >= 2 && most * 2 >= asked.len());
    let found: Vec<Address> =
        held.into_iter().filter(|(_, held)| enough && *held == most).map(|(address, _)| address).collect();
    let shown: BTreeSet<_> = found
        .iter()
        .filter_map(|address| match address {
            Address::Statement(ix) => Some(knowledge.statement(*ix).entry),
            _ => None,
        })
        .collect();
    let is_shown = |address: &Address| matches!(address, Address::Entry(ix) if shown.contains(ix));
    found.into_iter().filter(|address| !is_shown(address)).collect()
}

#[test]
fn the_index_finds_what_a_slow_search_finds() {
    let (knowledge, _) = &*SHIPPED;
    let tables: &[(&[&str], &[&str])] = &[
        (&["kim"], &[]),
        (&["kju"], &[]),
        (&["k"], &[]),
        (&["so", "wa"], &[]),
        (&["treaty", "1961"], &[]),
        (&["defense"], &[]),
        (&["defence", "pact"], &[]),
        (&["korea", "soviet", "aid"], &[]),
        (&["trty"], &[]),
        (&["july"], &[]),
        (&["1950s"], &[]),
        (&["north", "arms"], &["ukraine"]),
        (&["arms"], &["ammunition", "shells"]),
        (&["정은"], &[]),
        (&["пути"], &[]),
        (&["icbm", "h1"], &[]),
        (&["alleged"], &[]),
        (&["rumour"], &["ballistic"]),
        (&["who", "denies", "arms"], &[]),
        (&["who", "is"], &[]),
        (&["arms"], &["denied"]),
        (&["nork"], &[]),
        (&["wagner", "arms", "shells"], &[]),
        (&["does", "china", "give", "aid"], &[]),
        (&["wagner", "arms"], &[]),
        (&["o10"], &[]),
    ];
    for (wanted, unwanted) in tables {
        let query = wanted
            .iter()
            .map(|word| (*word).to_owned())
            .chain(unwanted.iter().map(|word| format!("!{word}")));
        let query = query.collect::<Vec<_>>().join(" ");
        let hits = ask(&query, usize::MAX);
        assert!(hits.corrected.is_empty(), "{query} needs a correction");
        let mut found: Vec<Address> = hits.rows.iter().map(|row| row.address).collect();
        let expected = slowly(knowledge, wanted, unwanted);
        let place = |address: &Address| expected.iter().position(|other| other == address);
        let order =
            |row: &Hit| (Reverse(row.score), Reverse(mentions(knowledge, row.address)), place(&row.address));
        assert!(
            hits.rows.windows(2).all(|two| order(&two[0]) < order(&two[1])),
            "{query}: by score, then by mentions, then in the file's order"
        );
        found.sort_by_key(place);
        assert_eq!(found, expected, "{query}");
    }
}

/// Whether all ranges are in order, apart, not empty and between characters of `text`.
fn are_sound(ranges: &[Range<usize>], text: &str) -> bool {
    ranges.iter().all(|range| !range.is_empty() && text.get(range.clone()).is_some())
        && ranges.windows(2).all(|two| two[0].end < two[1].start)
}

fn check_any(text: &str) {
    let hits = ask(text, 40);
    assert_eq!(hits, ask(text, 40), "asked twice");
    assert!(hits.rows.len() <= hits.total);
    let (knowledge, _) = &*SHIPPED;
    for row in &hits.rows {
        let plain = match row.address {
            Address::Statement(ix) => &knowledge.statement(ix).text.plain,
            Address::Entity(ix) => &knowledge.entity(ix).summary.plain,
            Address::Topic(ix) => &knowledge.topic(ix).summary.plain,
            Address::Entry(_) => "",
        };
        let title = match row.address {
            Address::Statement(ix) => &knowledge.entry(knowledge.statement(ix).entry).title,
            other => knowledge.name(other),
        };
        let query = Query::parse(text).understood(&hits);
        assert!(
            are_sound(&marks(&query, plain), plain) && are_sound(&marks(&query, title), title),
            "{text:?}: {row:?}"
        );
    }
    assert!(are_sound(&marks(&Query::parse(text), text), text), "{text:?}");
    for (_, ranges) in pick(text, &[text]) {
        assert!(are_sound(&ranges, text), "{text:?}");
    }
}

#[test]
fn any_text_is_a_query() {
    let combining = "e\u{301}\u{302}".repeat(2000) + &"\u{301}".repeat(10_000);
    for text in [
        "\u{0}\u{1b}[31m\u{7f}",
        "شمال كوريا \u{202e}kim",
        "\"",
        "\"\"",
        "!\"",
        "is:\"",
        "who:\"kim",
        "::::",
        "!!kim",
        "in:in:in:",
        "👩‍👩‍👧 kim",
        "İstanbul ß ﷺ",
        "-",
        "a-",
        "-un",
        &combining,
        &"k".repeat(100_000),
        &"kim ".repeat(25_000),
        &"kim-".repeat(25_000),
        &"\"kim jong\" ".repeat(9_000),
        &"!who:kim ".repeat(11_000),
    ] {
        check_any(text);
    }
}

proptest! {
    #[test]
    fn any_characters_are_a_query(text in any::<String>()) {
        check_any(&text);
    }

    #[test]
    fn any_mixture_of_what_is_known_is_a_query(
        parts in prop::collection::vec(prop::sample::select(vec![
            "kim", "Jong-un", "!", "\"", " ", "in:", "is:", "alle", "who:", "when:19", "61", "..", "김정", "é", "ß", "-",
        ]), 0..12)
    ) {
        check_any(&parts.concat());
    }

    #[test]
    fn marks_fold_to_what_was_asked(word in "[a-z]{1,6}", before in any::<String>()) {
        let text = format!("{before} {word}");
        let found = marks(&Query::parse(&word), &text);
        prop_assert!(are_sound(&found, &text));
        prop_assert!(found.last().is_some_and(|range| range.end == text.len()), "{found:?} in {text:?}");
    }
}
