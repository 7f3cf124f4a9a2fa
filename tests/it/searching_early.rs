//! Searching a large file while it is still being indexed: what is ready is found, what is said of the rest, and what
//! happens to the selection when more is ready.

use std::sync::Arc;

use tumen::app::{Library, Msg, Overlay};
use tumen::knowledge::Address;
use tumen::search::{Index, Query};

use crate::corpus::{Wealth, queries, typed, written};
use crate::session::{Session, library};

/// Entries in the file, and those that are ready first.
const ENTRIES: usize = 3_000;
const READY: usize = 300;

/// A library in which only some entries can be searched, and the index of all.
fn early() -> (Library, Arc<Index>, Vec<String>) {
    let text = written(ENTRIES, Wealth::Ordinary);
    let whole = library(text.as_bytes());
    let first = Index::first(&whole.knowledge, READY, 2);
    let index = whole.index.clone().expect("it is built");
    (Library { index: Some(Arc::new(first)), ..whole }, index, queries(&text))
}

fn is_ready(library: &Library, address: Address) -> bool {
    match address {
        Address::Entry(ix) => ix.at() < READY,
        Address::Statement(ix) => library.knowledge.statement(ix).entry.at() < READY,
        Address::Entity(_) | Address::Topic(_) => true,
    }
}

fn chosen(session: &Session) -> Option<Address> {
    let Some(Overlay::Search(search)) = &session.state.overlay else { panic!("no search is open") };
    search.chosen().map(|hit| hit.address)
}

#[test]
fn a_part_of_a_file_is_searched_as_if_it_were_the_whole() {
    let (library, whole, queries) = early();
    let first = library.index.as_ref().expect("it is there");
    assert_eq!((first.reach(), whole.reach()), (READY, ENTRIES));
    let mut found = 0;
    for text in queries.iter().flat_map(|query| typed(query)) {
        let query = Query::parse(text);
        let some = first.search(&library.knowledge, &query, usize::MAX);
        assert!(some.rows.iter().all(|row| is_ready(&library, row.address)), "{text}");
        let all = whole.search(&library.knowledge, &query, usize::MAX);
        // Where the words mean the same in both, the same rows are found.
        if (&some.corrected, &some.scattered, &some.notes) == (&all.corrected, &all.scattered, &all.notes) {
            let ready = all.rows.iter().filter(|row| is_ready(&library, row.address)).count();
            assert_eq!(some.rows.len(), ready, "{text}");
            found += ready;
        }
    }
    assert!(found > 1_000, "most of what is asked is there: {found}");
}

#[test]
fn stages_end_with_the_whole() {
    let (library, whole, _) = early();
    let mut reached = Vec::new();
    Index::build_in_stages(&library.knowledge, |index| reached.push(index.reach()));
    assert_eq!(reached.last(), Some(&whole.reach()));
}

#[test]
fn what_is_ready_is_found_and_the_selection_stays() {
    let (library, whole, _) = early();
    let mut session = Session::of(library, 100, 30);
    assert!(session.screen().contains("indexing: 10 %"), "{}", session.screen());
    session.press("/ 'treaty' Down Down");
    assert!(session.screen().contains("in the first 10 %"), "{}", session.screen());
    let before = chosen(&session).expect("something is found");
    session.library.index = Some(whole);
    session.take(&Msg::Indexed);
    while session.state.is_unfinished() {
        session.take(&Msg::Continue);
    }
    assert!(!session.screen().contains("in the first"), "{}", session.screen());
    let Some(Overlay::Search(search)) = &session.state.overlay else { panic!("no search is open") };
    let is_there = search.hits.rows.iter().any(|hit| hit.address == before);
    assert_eq!(chosen(&session) == Some(before), is_there);
    session.press("Esc");
    assert!(!session.screen().contains("indexing"), "{}", session.screen());
}

#[test]
fn nothing_found_in_a_part_is_not_the_end() {
    let (library, ..) = early();
    let mut session = Session::of(library, 100, 30);
    session.press("/ 'zzzqqqzzz'");
    assert!(session.screen().contains("Nothing found so far."), "{}", session.screen());
}
