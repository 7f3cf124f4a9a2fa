//! What a search finds in the shipped file, and what readers expect of it. That it is what the definition says is
//! `exactness`'s to hold.

use std::ops::Range;
use std::sync::LazyLock;

use proptest::prelude::*;
use serde::Deserialize;
use tumen::knowledge::{Address, EntryIx, Knowledge, StandingKind};
use tumen::search::{Advice, Hit, Hits, Index, Progress, Query, marks, pick};

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
    index.search(knowledge, &Query::parse(text).finished(), limit)
}

fn addresses(hits: &Hits) -> Vec<String> {
    hits.rows.iter().map(|row| SHIPPED.0.address_text(row.address)).collect()
}

/// What a query is expected to find.
#[derive(Deserialize)]
struct Expected {
    query: String,
    /// Its last part is enough: ids are one flat space. Of an entry any statement will do.
    find: String,
    /// The ranking was not tuned on it.
    #[serde(default)]
    held_out: bool,
}

impl Expected {
    /// The place of the answer among the first rows, from 1: of the row of its entry or, `strictly`, of the very
    /// statement. A row is an entry; it shows one statement and opens at it, with the others around it.
    fn place(&self, strictly: bool) -> Option<usize> {
        let knowledge = &SHIPPED.0;
        let entry = |address: Address| match address {
            Address::Statement(ix) => Address::Entry(knowledge.statement(ix).entry),
            address => address,
        };
        let target = knowledge.address(&self.find).expect("an id of the file");
        let of_entry = !strictly || matches!(target, Address::Entry(_));
        let meant = |row: &Hit| {
            if of_entry { entry(row.address) == entry(target) } else { row.address == target }
        };
        ask(&self.query, 5).rows.iter().position(meant).map(|at| at + 1)
    }
}

/// The mean reciprocal rank; what is not among the first rows counts nothing.
fn mean_reciprocal_rank<'a>(all: impl Iterator<Item = &'a Expected>, strictly: bool) -> f64 {
    let (sum, count) = all.fold((0.0, 0), |(sum, count), expected| {
        (sum + expected.place(strictly).map_or(0.0, |place| 1.0 / place as f64), count + 1)
    });
    sum / f64::from(count)
}

#[test]
fn readers_find_what_they_expect() {
    let all: Vec<Expected> = ron::from_str(include_str!("../data/queries.ron")).expect("queries");
    let held_out = all.iter().filter(|expected| expected.held_out).count();
    assert!(all.len() >= 150 && held_out * 3 >= all.len() - 3, "{held_out} of {}", all.len());
    let [whole, strictly] = [false, true].map(|strictly| {
        let tuned = mean_reciprocal_rank(all.iter().filter(|it| !it.held_out), strictly);
        let held = mean_reciprocal_rank(all.iter().filter(|it| it.held_out), strictly);
        let whole = mean_reciprocal_rank(all.iter(), strictly);
        let what = if strictly { "very statement" } else { "entry" };
        println!(
            "mean reciprocal rank, {what}: {whole:.3} of {}; tuned on {tuned:.3}; held out {held:.3}",
            all.len()
        );
        whole
    });
    let mut wrong = Vec::new();
    for expected in &all {
        let Expected { query, find, .. } = expected;
        match expected.place(false) {
            None => {
                wrong
                    .push(format!("{query}: {find} is not among the first: {:?}", addresses(&ask(query, 5))));
            }
            Some(1) => {}
            Some(place) => println!("{query}: {find} is at {place}"),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(whole >= 0.957 && strictly >= 0.9, "{whole:.3}, {strictly:.3}");
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
fn an_address_finds_what_it_leads_to() {
    for (query, found) in [
        ("history/treaty-1961", "H25"),
        (" history/treaty-1961#H27 ", "H27"),
        ("treaty-1961#H27", "H27"),
        ("arms/juche", "juche"),
    ] {
        let id = |text: &String| text.rsplit(['/', '#']).next().map(str::to_owned);
        assert_eq!(addresses(&ask(query, 1)).first().and_then(id).as_deref(), Some(found), "{query}");
    }
    assert!(ask("arms/juche", 0).total > 1, "no address: two words");
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
    // A row is an entry, whatever number of its statements is found.
    for kind in StandingKind::ALL {
        let hits = ask(&format!("is:{}", kind.word()), usize::MAX);
        let statements = SHIPPED.0.statements.iter().filter(|it| it.standing.kind() == kind).count();
        assert_eq!(hits.rows.iter().map(|row| row.more + 1).sum::<usize>(), statements, "{kind:?}");
        assert_eq!(hits.rows.len(), hits.total);
    }
}

#[test]
fn an_entry_alone_gives_each_of_its_statements() {
    let (knowledge, index) = &*SHIPPED;
    for entry in (0..knowledge.entries.len()).map(EntryIx::new) {
        let hits = index.search_within(knowledge, &Query::parse("korea"), entry);
        assert_eq!(hits.total, hits.rows.len());
        for row in &hits.rows {
            assert!(matches!(row.address, Address::Statement(ix) if knowledge.statement(ix).entry == entry));
        }
    }
    let Ok(Address::Statement(h25)) = knowledge.address("H25") else { panic!("H25 is a statement") };
    let entry = knowledge.statement(h25).entry;
    let all = index.search_within(knowledge, &Query::parse("treaty"), entry);
    assert_eq!(all.rows.len(), knowledge.statements_of(entry).len(), "its title holds the word");
    assert_eq!(index.search_within(knowledge, &Query::parse("zzzz"), entry).total, 0);
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
        assert_eq!(ask(query, 1).notes.first().map(String::as_str), Some(note));
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
        ("pyonygang zzzz", Some("pyongyang")),
        // Words of English are meant as they are written, whatever they look like.
        ("who started the war", None),
        ("arms were shipped", None),
        ("role of china", None),
        ("starving", None),
        ("shame", None),
    ] {
        let hits = ask(query, 1);
        assert_eq!(hits.corrected.first().map(|(_, meant)| &**meant), corrected, "{query}");
        assert!(corrected.is_none() || hits.total > 0, "{query}");
    }
}

#[test]
fn where_nothing_holds_all_words_the_most_are_shown() {
    let note = "nothing holds all words; showing the most";
    let without = "no wagner; showing what holds the rest";
    for (query, first, notes) in [
        ("wagner arms shells", Some("R1"), vec![without]),
        ("how did stalin react to the invasion", Some("H11"), vec![note]),
        ("stalin vladivostok", Some("H14"), vec![note]),
        ("wagner arms", Some("O9"), vec![without]),
        (
            "wagner mercenary arms shells helicopter",
            Some("R1"),
            vec!["no wagner, mercenary, helicopter; showing what holds the rest"],
        ),
        ("wagner arms shells is:alleged", Some("O10"), vec![without]),
        ("\"arms shells\" wagner artillery", None, vec![]),
        ("artillery shells", Some("artillery-shell"), vec![]),
    ] {
        let hits = ask(query, 1);
        let said: Vec<&String> = hits.notes.iter().filter(|note| !note.contains(" in meaning")).collect();
        assert_eq!(said, notes, "{query}");
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
fn only_what_was_asked_is_marked() {
    for (query, text, expected) in [
        ("kim jong un", "The United Nations and Kim Jong-il", vec!["Kim", "Jong"]),
        ("kim jong-un", "The United Nations and Kim Jong-il", vec!["Kim", "Jong"]),
        ("un", "The United Nations", vec![]),
        ("war", "Afterwards a war, and wars", vec!["war", "war"]),
        ("war", "Warfare", vec![]),
        ("arms", "Farms and arms", vec!["arms"]),
        ("korea", "A Korean in Korea", vec!["Korea", "Korea"]),
        ("missi", "Missiles", vec!["Missi"]),
    ] {
        let found = marks(&Query::parse(query).understood(&ask(query, 1)), text);
        let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{query} in {text}");
    }
}

#[test]
fn guesses_are_said_and_never_made_of_words() {
    assert!(ask("clout", 1).rows.is_empty() || ask("clout", 1).scattered.is_empty());
    let hits = ask("trty", 1);
    assert_eq!(hits.scattered, ["trty"]);
    assert_eq!(hits.notes, ["no `trty`; showing words that hold its letters"]);
    let other = |language: &str| {
        let text = "Knowledge(title: \"t\", language: \"LANGUAGE\", topics: [Topic(id: \"t\", entries: [Entry(id: \"e\", title: \"Stated\")])])";
        let file = read(&text.replace("LANGUAGE", language));
        Index::build(&file).search(&file, &Query::parse("started"), 9).corrected.len()
    };
    assert_eq!(
        (other("en"), other("en-GB"), other("de")),
        (0, 0, 1),
        "a word of another language may be a slip"
    );
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

/// What nobody types and somebody pastes.
fn hostile() -> Vec<String> {
    let combining = "e\u{301}\u{302}".repeat(2000) + &"\u{301}".repeat(10_000);
    let plain = [
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
        "\u{1193f} kim",
        "kim\u{1193f} \u{1193f}",
        "\u{202e}\u{2066}kim\u{2069}\u{200f}",
    ];
    let long = [
        "k".repeat(100_000),
        "k ".repeat(10_000),
        "kim ".repeat(25_000),
        "kim-".repeat(25_000),
        "\"kim jong\" ".repeat(9_000),
        "!who:kim ".repeat(11_000),
        ('a'..='z').flat_map(|c| [c, ' ']).collect::<String>().repeat(400),
        ('a'..='z').map(|c| format!("is:alleged {c}{c}{c}{c}x")).collect::<Vec<_>>().join(" ").repeat(400),
        "\u{1}\u{7f}\u{9b}".repeat(30_000),
        "שלום ".repeat(10_000),
        combining,
    ];
    plain.into_iter().map(str::to_owned).chain(long).collect()
}

#[test]
fn any_text_is_a_query() {
    for text in hostile() {
        check_any(&text);
    }
}

#[test]
fn any_text_is_answered_with_little_work() {
    let (knowledge, index) = &*SHIPPED;
    for text in hostile() {
        let query = Query::parse(&text);
        let mut seek = index.seek(knowledge, &query, 100);
        let mut steps = 0;
        while seek.step(index, knowledge, 1) != Progress::Done {
            steps += 1;
        }
        // A step is a run of postings or a row that is read: some hundred nanoseconds.
        assert!(steps < 20_000, "{steps} steps for {:?}", text.chars().take(20).collect::<String>());
        assert!(index.understood(knowledge, &query).len() <= 32);
        assert!(index.completions(knowledge, &text).len() <= 8);
    }
}

#[test]
fn filters_complete_as_they_are_typed() {
    let (knowledge, index) = &*SHIPPED;
    for (typed, first, text) in [
        ("is:all", "is:alleged", "is:alleged"),
        ("arms in:nee", "in:needs", "arms in:needs"),
        ("!in:hist", "!in:history", "!in:history"),
        ("who:김정", "who:kim-jong-un", "who:kim-jong-un"),
        ("who:ким", "who:kim-jong-un", "who:kim-jong-un"),
        ("by:foreign", "by:nk-foreign-ministry", "by:nk-foreign-ministry"),
        ("denied:rus", "denied:russia", "denied:russia"),
        ("kind:wea", "kind:weapon", "kind:weapon"),
        ("treaty when:196", "when:1961", "treaty when:1961"),
        ("when:1950..196", "when:1950..1961", "when:1950..1961"),
        ("tag:tre", "tag:treaty", "tag:treaty"),
    ] {
        let found = index.completions(knowledge, typed);
        let best = found.first().unwrap_or_else(|| panic!("{typed} may become something"));
        assert_eq!((&*best.filter, &*best.text), (first, text), "{typed}: {found:?}");
        for completion in &found {
            let total = index.search(knowledge, &Query::parse(&completion.text), 0).total;
            assert_eq!(completion.leaves, Some(total), "{}", completion.filter);
            assert!(total > 0, "{} would leave nothing", completion.filter);
        }
    }
    for typed in ["", "kim", "is:alleged", "nothing:al", "in:atlantis", "is:all kim", "\"is: "] {
        assert_eq!(index.completions(knowledge, typed), [], "{typed}");
    }
}

#[test]
fn what_was_understood_is_said_in_words() {
    let (knowledge, index) = &*SHIPPED;
    for (typed, expected) in [
        ("juche", vec!["juche"]),
        ("who denied \"mutual defence\"", vec!["who", "denied", "\"mutual defence\""]),
        ("arms !shells", vec!["arms", "not shells"]),
        ("in:needs who:putin", vec!["in North Korean Needs", "names Vladimir Putin"]),
        ("!is:alleged when:1950..1961", vec!["not is alleged", "when 1950..1961"]),
        ("who:kim", vec!["names Kim Il-sung or Kim Jong-il or 4 more"]),
    ] {
        let found = index.understood(knowledge, &Query::parse(typed));
        let texts: Vec<&str> = found.iter().map(|part| &*part.text).collect();
        assert_eq!(texts, expected, "{typed}");
    }
}

#[test]
fn nothing_found_is_not_the_end() {
    let (knowledge, index) = &*SHIPPED;
    for (typed, expected) in [
        ("munitions is:established", vec![Advice::Without("is:established".to_owned(), 1)]),
        ("xylophone", vec![]),
    ] {
        let query = Query::parse(typed);
        assert_eq!(index.search(knowledge, &query, 9).total, 0, "{typed}");
        let advice = index.advice(knowledge, &query);
        assert!(!advice.is_empty(), "{typed}");
        for wanted in expected {
            assert!(
                advice.iter().any(|own| std::mem::discriminant(own) == std::mem::discriminant(&wanted)),
                "{advice:?}"
            );
        }
        for own in &advice {
            if let Advice::Without(_, found) | Advice::Alone(_, found) = own {
                assert!(*found > 0, "{typed}: {advice:?}");
            }
        }
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
