//! The README says what is so: its keys are the table's, its file loads, its picture is the program's.
//!
//! `UPDATE=1 cargo test readme` writes keys and picture anew.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tumen::action::{Action, Context, Group, TABLE};
use tumen::load;

use crate::picture;
use crate::session::Session;

/// Two tests write the README: one after the other.
static WRITING: Mutex<()> = Mutex::new(());

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Compares a file with what it should be, or writes it.
fn check(name: &str, expected: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path(name), expected).expect("the file can be written");
    }
    let found = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(found == expected, "{name} is not up to date; `UPDATE=1 cargo test readme` writes it");
}

fn readme() -> String {
    fs::read_to_string(path("README.md")).expect("the README is there")
}

/// The keys of the table, group by group.
fn keys() -> String {
    let mut lines = String::from("| keys | do |\n|---|---|\n");
    for group in Group::ALL {
        writeln!(lines, "| **{}** | |", group.title()).expect("a string takes it");
        for row in TABLE.iter().filter(|row| row.group == group) {
            let (keys, help) = match row.action {
                Action::Topic(1) => ("`1`–`9`".to_owned(), "to the topic of that number"),
                Action::Topic(_) | Action::Digit(_) => continue,
                _ => {
                    let contexts = [Context::Command, Context::Tour, Context::Marks, Context::Editing];
                    let keys = contexts.map(|context| row.keys_in(context));
                    let keys = keys.into_iter().find(|keys| !keys.is_empty()).unwrap_or_default();
                    (keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" "), row.help)
                }
            };
            writeln!(lines, "| {keys} | {help} |").expect("a string takes it");
        }
    }
    lines
}

#[test]
fn readme_names_the_keys_of_the_table() {
    let _alone = WRITING.lock();
    let readme = readme();
    let begin = readme.find("<!-- keys:").expect("the README marks where its keys begin");
    let begin = begin + readme[begin..].find('\n').expect("the mark ends") + 1;
    let end = readme.find("<!-- end of keys -->").expect("the README marks where its keys end");
    check("README.md", &format!("{}\n{}\n{}", readme[..begin].trim_end(), keys(), &readme[end..]));
}

#[test]
fn readme_shows_a_true_answer() {
    let _alone = WRITING.lock();
    let program = env!("CARGO_BIN_EXE_tumen");
    let asked = std::process::Command::new(program).args(["search", "--json", "slbm", "-n", "1"]).output();
    let answer = String::from_utf8(asked.expect("it runs").stdout).expect("UTF-8");
    let readme = readme();
    let (before, rest) = readme.split_once("```json\n").expect("an answer is shown");
    let (_, after) = rest.split_once("```").expect("it ends");
    check("README.md", &format!("{before}```json\n{answer}```{after}"));
}

#[test]
fn readme_shows_a_file_that_loads() {
    let readme = readme();
    let source =
        readme.split("```ron\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a file is shown");
    let loaded = load::from_bytes("README.md", source.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn readme_shows_the_program() {
    let mut session = Session::shipped(100, 30);
    session.press("j j j Enter j");
    check("assets/screen.svg", &picture::svg(&session.buffer()));
}
