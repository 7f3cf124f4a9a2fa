//! Several files as one dossier: topics join, ids stay one space, and each problem names its own file.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use tumen::load::{Loaded, Source, Unreadable, line_of};

const BASE: &str = r#"Knowledge(format: 1, id: "base", title: "Base",
    sources: [Source(id: "s", title: "A source")],
    topics: [Topic(id: "past", title: "The past", entries: [
        Entry(id: "one", title: "One", statements: [Statement(id: "A1", standing: Established, sources: ["s"], text: "First.")]),
    ])])"#;

fn folder(files: &[(&str, &str)]) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = files.iter().map(|(name, text)| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("it can be written");
        path
    });
    let paths = paths.collect();
    (folder, paths)
}

fn open(files: &[(&str, &str)], with_shipped: bool) -> Result<Loaded, Unreadable> {
    let (_folder, files) = folder(files);
    Source { files, with_shipped }.open()
}

fn told(loaded: &Loaded) -> Vec<String> {
    let name = |file: &str| file.rsplit('/').next().unwrap_or_default().to_owned();
    let line = |problem: &tumen::knowledge::Problem| problem.place.as_ref().map_or(0, |place| place.line);
    let what = |what: &str| what.rsplit('/').next().unwrap_or_default().to_owned();
    let problem = |problem: &tumen::knowledge::Problem| {
        format!("{}:{} {}", name(&problem.file), line(problem), what(&problem.what))
    };
    loaded.problems.iter().map(problem).collect()
}

#[test]
fn topics_of_one_id_join_and_the_rest_is_added_up() {
    let more = r#"Knowledge(format: 1, id: "more", title: "More",
        topics: [
            Topic(id: "past", entries: [Entry(id: "two", title: "Two", see: ["one"], statements: [
                Statement(id: "B1", standing: Assessed, sources: ["s"], text: "After [one](A1).")])]),
            Topic(id: "now", title: "Now", entries: [Entry(id: "three", title: "Three", statements: [
                Statement(id: "B2", standing: Expected, sources: ["s"], text: "Third.")])]),
        ])"#;
    let loaded = open(&[("a.ron", BASE), ("b.ron", more)], false).expect("it loads");
    assert_eq!(told(&loaded), [""; 0]);
    let knowledge = &loaded.knowledge;
    assert_eq!((&*knowledge.id, &*knowledge.title), ("base", "Base"));
    let titles: Vec<&str> = knowledge.topics.iter().map(|topic| &*topic.title).collect();
    assert_eq!(titles, ["The past", "Now"]);
    let entries: Vec<&str> = knowledge.entries.iter().map(|entry| &*entry.title).collect();
    assert_eq!(entries, ["One", "Two", "Three"]);
    let address = knowledge.address("B1").expect("it is there");
    assert_eq!(knowledge.address_text(address), "past/two#B1");
}

#[test]
fn the_same_id_in_two_files_is_a_problem_that_names_both_places() {
    let more = "Knowledge(format: 1, id: \"more\", title: \"More\", topics: [Topic(id: \"now\", title: \"Now\", entries: [\n\
        Entry(id: \"one\", title: \"Again\", statements: [Statement(id: \"B1\", standing: Assessed, sources: [\"s\"],\n\
        text: \"See [nowhere](nowhere-at-all-known).\")])])])";
    let loaded = open(&[("a.ron", BASE), ("b.ron", more)], false).expect("it loads");
    assert_eq!(
        told(&loaded),
        ["b.ron:2 a.ron:4", "b.ron:3 no entity, entry, statement or topic `nowhere-at-all-known`",]
    );
    assert!(loaded.problems[0].what.starts_with("the id `one` is used twice; first at "));
}

#[test]
fn a_topic_is_added_to_the_shipped_dossier_without_touching_it() {
    let own = r#"Knowledge(format: 1, id: "class", title: "Class",
        topics: [Topic(id: "class", title: "In class", entries: [Entry(id: "questions", title: "Questions", statements: [
            Statement(id: "Q1", standing: Unverified, sources: ["article"], text: "What did [he](kim-jong-un) want?"),
            Statement(id: "H25", standing: Unverified, sources: ["article"], text: "Taken.")])])])"#;
    let loaded = open(&[("class.ron", own)], true).expect("it loads");
    let line = line_of(include_str!("../../assets/dprk-russia.ron"), "H25").expect("it is there");
    let twice = format!("class.ron:4 the id `H25` is used twice; first at dprk-russia.ron:{line}");
    assert_eq!(told(&loaded), [twice]);
    let knowledge = &loaded.knowledge;
    assert_eq!(&*knowledge.id, "dprk-russia");
    assert_eq!(knowledge.topics.last().map(|topic| &*topic.title), Some("In class"));
}

#[test]
fn each_file_that_makes_no_sense_is_explained() {
    let error =
        open(&[("a.ron", "Knowledge("), ("b.ron", BASE), ("c.ron", "oops")], false).expect_err("broken");
    let files: Vec<&str> =
        error.0.iter().map(|problem| problem.file.rsplit('/').next().unwrap_or_default()).collect();
    assert_eq!(files, ["a.ron", "c.ron"]);
}

#[test]
fn the_line_of_every_id_of_the_shipped_file_is_found() {
    let text = include_str!("../../assets/dprk-russia.ron");
    for id in ["history", "treaty-1961", "H25", "kim-jong-un"] {
        let line = line_of(text, id).expect(id);
        assert!(
            text.lines().nth(line - 1).is_some_and(|line| line.contains(&format!("\"{id}\""))),
            "{id}: {line}"
        );
    }
}
