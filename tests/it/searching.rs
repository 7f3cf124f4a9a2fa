//! The search as a reader sees it: filters that complete, chips, advice, and texts that nobody should have typed. And the
//! search of a file that is not small.

use proptest::prelude::*;
use tumen::app::{Msg, Overlay, catch_up, update_ahead};
use tumen::knowledge::Knowledge;
use tumen::search::{Index, Progress, Query};
use tumen::text::width::width;

use crate::corpus::{Wealth, queries, typed, written};
use crate::session::Session;

/// What stands in the input.
fn input(session: &Session) -> &str {
    match &session.state.overlay {
        Some(Overlay::Search(search)) => search.input.value(),
        _ => panic!("no search is open"),
    }
}

#[test]
fn tab_takes_the_first_completion() {
    let mut session = Session::shipped(100, 30);
    session.press("/ 'arms_in:nee'");
    assert!(session.screen().contains("Tab in:needs"), "{}", session.screen());
    session.press("Tab");
    assert_eq!(input(&session), "arms in:needs ", "the next word is another one");
    assert!(session.screen().contains("[in North Korean Needs]"), "{}", session.screen());
    // There is nothing to complete any more: the key does nothing.
    session.press("Tab");
    assert_eq!(input(&session), "arms in:needs ");
}

#[test]
fn what_a_filter_may_become_is_listed_until_something_is_asked() {
    for (columns, rows) in [(40, 12), (80, 24)] {
        let mut session = Session::shipped(columns, rows);
        session.press("/ 'is:'");
        let screen = session.screen();
        assert!(screen.contains("is:assessed") && screen.contains("is:denied"), "{screen}");
        assert!(!screen.contains("Nothing found") && !screen.contains("no hits"), "{screen}");
        assert!(screen.contains("Tab complete") && !screen.contains("Enter open"), "{screen}");
    }
}

#[test]
fn what_is_typed_stays_in_sight_whatever_there_is_to_say_about_it() {
    for (columns, rows, keys, seen) in [
        (40, 12, "'artilery_shels'", "/ artilery shels"),
        (40, 12, "'artilery_shels'", "2 hits"),
        (100, 30, "'artilery_shels'", "no artilery, shels; showing artillery, shells: 2 hits"),
        (80, 24, "'wagner_arms'", "no wagner; showing what holds the rest"),
        (80, 24, "'emboldened'", ": no hits"),
        (80, 24, "'emboldened'", "≈ "),
    ] {
        let mut session = Session::shipped(columns, rows);
        session.press("/").press(keys);
        assert!(session.screen().contains(seen), "{keys}: {}", session.screen());
    }
}

#[test]
fn beside_a_topic_stands_what_it_holds() {
    let mut session = Session::shipped(100, 30);
    session.press("/ 'what_does_russia_want'");
    for words in ["Russian Demands", "ammunition, and workers", "North Korean workers"] {
        assert!(session.screen().contains(words), "{words}: {}", session.screen());
    }
}

#[test]
fn a_text_that_is_cut_ends_in_one_ellipsis() {
    for columns in 40..=120 {
        let mut session = Session::shipped(columns, 24);
        session.press("/ 'minister_visit'");
        let screen = session.screen();
        assert!(screen.contains("visit") && !screen.contains("……"), "{screen}");
    }
}

#[test]
fn a_search_that_was_closed_is_at_hand_again() {
    let mut session = Session::shipped(80, 24);
    session.press("/ 'putin' Esc / Up");
    assert_eq!(input(&session), "putin");
}

#[test]
fn what_is_understood_otherwise_than_typed_is_said_under_the_input() {
    for (keys, line) in [
        ("'juche'", None),
        ("'who_denied_arms'", Some("denied ─ arms ─ left out: who")),
        ("'arms_!shells'", Some("[not shells]")),
        ("'is:unverified'", Some("[is unverified]")),
        ("'who:김정은_juche'", Some("[names Kim Jong-un]")),
    ] {
        let mut session = Session::shipped(100, 30);
        session.press("/").press(keys);
        let rule = session.screen().lines().nth(2).unwrap_or_default().to_owned();
        match line {
            Some(line) => assert!(rule.contains(line), "{keys}: {rule}"),
            None => assert!(rule.chars().all(|c| c == '─'), "{keys}: {rule}"),
        }
    }
}

#[test]
fn where_nothing_is_found_the_screen_says_what_to_ask() {
    for (keys, line) in [
        ("'munitions_is:established'", "without is:established: "),
        ("'xylophone'", "xylophone: not in this file"),
        ("'juche_in:demands'", "without in:demands: "),
    ] {
        let mut session = Session::shipped(100, 30);
        session.press("/").press(keys);
        assert!(session.screen().contains("Nothing found."), "{keys}: {}", session.screen());
        assert!(session.screen().contains(line), "{keys}: {}", session.screen());
    }
}

#[test]
fn no_text_breaks_the_screen() {
    for text in [
        "k".repeat(100_000),
        "k ".repeat(10_000),
        "\u{1}\u{1b}[2J\u{7f}\u{9b}31m".repeat(5_000),
        "שלום \u{202e}kim\u{2066} ".repeat(2_000),
        "e\u{301}\u{302}\u{323}".repeat(5_000),
        "\u{301}".repeat(5_000),
        "조선민주주의인민공화국".repeat(500),
        "\u{1193f} a ".repeat(500),
        "is:alleged who:kim !by:x \"".repeat(500),
    ] {
        for (columns, rows) in [(100, 30), (40, 12), (21, 5)] {
            let mut session = Session::shipped(columns, rows);
            session.press("/");
            session.take(&Msg::Paste(text.clone()));
            assert!(!session.state.is_unfinished());
            let buffer = session.buffer();
            for y in 0..rows {
                for x in 0..columns {
                    let symbol = buffer[(x, y)].symbol();
                    assert!(!symbol.chars().any(char::is_control), "{symbol:?}");
                    assert!(!symbol.contains(['\u{202e}', '\u{2066}']), "{symbol:?}");
                    assert!(usize::from(x) + width(symbol) <= usize::from(columns), "{symbol:?}");
                }
            }
        }
    }
}

#[test]
fn the_number_of_threads_and_steps_changes_nothing_in_a_large_file() {
    for wealth in [Wealth::Ordinary, Wealth::Rich] {
        let text = written(1_500, wealth);
        let loaded = tumen::load::from_bytes("corpus", text.as_bytes()).expect("a knowledge file");
        assert_eq!(loaded.problems, []);
        let indices = [1, 5].map(|threads| Index::build_on(&loaded.knowledge, threads));
        let queries = queries(&text);
        let found = queries.iter().filter(|query| in_steps(&loaded.knowledge, &indices, query) > 0).count();
        assert!(found > 30, "most of what is asked is there: {found}");
        typed(&queries[10]).for_each(|text| {
            in_steps(&loaded.knowledge, &indices, text);
        });
    }
}

/// How many hits there are, the same from both indices, in one step or in many.
fn in_steps(knowledge: &Knowledge, [one, other]: &[Index; 2], text: &str) -> usize {
    let query = Query::parse(text);
    let hits = one.search(knowledge, &query, 20);
    assert_eq!(other.search(knowledge, &query, 20), hits, "{text}");
    let mut seek = other.seek(knowledge, &query, 20);
    loop {
        let before = seek.progress();
        let progress = seek.step(other, knowledge, 50_000);
        assert!(progress >= before, "{text}: it goes on, never back");
        if progress >= Progress::Counting {
            assert_eq!(seek.hits(other, knowledge).rows, hits.rows, "{text}");
        }
        if progress == Progress::Done {
            break;
        }
    }
    assert_eq!(seek.hits(other, knowledge), hits, "{text}");
    hits.total
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However keys are parted into bursts, the same is seen once each is over.
    #[test]
    fn what_is_typed_at_once_is_searched_for_once(
        keys in prop::collection::vec(prop::sample::select(vec![
            "s", "u", "b", "1", "x", "Backspace", "Ctrl-u", "Left", "Down", "Up", "Tab", "Enter", "/", "Esc", "n", "!",
        ]), 1..40),
        burst in 1_usize..12,
    ) {
        let mut one = Session::shipped(80, 24);
        let mut other = Session::shipped(80, 24);
        one.press("/");
        other.press("/");
        for keys in keys.chunks(burst) {
            one.press(&keys.join(" "));
            for key in keys {
                let key = Msg::Key(key.parse().expect("a key"));
                update_ahead(&mut other.state, &key, &other.library);
            }
            catch_up(&mut other.state, &other.library);
            prop_assert_eq!(one.screen(), other.screen(), "after {:?}", keys);
        }
    }
}

#[test]
fn a_search_takes_no_more_letters_than_anybody_types() {
    let mut session = Session::shipped(80, 24);
    session.press("/").take(&Msg::Paste("ab ".repeat(2000)));
    session.press("x");
    let Some(Overlay::Search(search)) = &session.state.overlay else { panic!("it is open") };
    assert_eq!(search.input.value().chars().count(), 200);
    assert!(session.screen().contains("200 letters are the most"), "{}", session.screen());
    session.press("Backspace x");
    assert!(!session.screen().contains("200 letters"));
}

#[test]
fn a_word_that_is_in_no_file_costs_no_more_the_longer_it_is() {
    // Each letter of a long word once went through all words of the file, one by one.
    let time = |letters: usize| {
        let mut session = Session::shipped(80, 24);
        session.press("/").take(&Msg::Paste("q".repeat(letters)));
        let took = |_| {
            let begun = std::time::Instant::now();
            session.press("q Backspace");
            begun.elapsed()
        };
        (0..9).map(took).min().expect("some")
    };
    let (short, long) = (time(8), time(190));
    assert!(long < short * 2, "{short:?} for 8 letters, {long:?} for 190");
}
