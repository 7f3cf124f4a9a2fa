//! Reads the sources and holds the shape that `src/lib.rs` promises: layers, no cycles, small files with a purpose.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Lowest first; a module may import from those before its own row, never from its own row or a later one.
const LAYERS: &[&[&str]] = &[
    &["text", "geom", "dossier", "disk"],
    &["knowledge"],
    &["load", "search", "action"],
    &["keys"],
    &["config"],
    &["app"],
    &["ui", "print", "frame", "input"],
    &["shell", "serve"],
    &["cli"],
    // `pack` is the build script: it reads the shipped file with the modules that read any other.
    &["main", "pack"],
];

/// Crates and standard modules that only some modules may use, so that each keeps to its own job.
const RESERVED: &[(&str, &[&str])] = &[
    ("serde", &["load", "config", "print"]),
    ("serde_json", &["print"]),
    ("annotate_snippets", &["print"]),
    ("maud", &["print"]),
    ("ron", &["load", "config"]),
    ("fuzzy_matcher", &["search"]),
    ("any_ascii", &["config"]),
    ("crossterm", &["shell"]),
    ("atomic_write_file", &["disk"]),
    // Keys have one reader, which is not this one.
    ("crossterm::event", &[]),
    ("signal_hook", &["shell"]),
    ("notify", &["shell"]),
    ("nix", &["shell", "cli"]),
    ("rustix", &["shell", "serve"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    // `app` may reckon in rectangles, and knows nothing of what is drawn in them.
    ("ratatui", &["app", "ui", "frame", "shell", "serve"]),
    ("ratatui::buffer", &["ui", "frame", "shell", "serve"]),
    ("ratatui::style", &["ui", "frame"]),
    ("ratatui::widgets", &["ui"]),
    ("std::fs", &["disk", "load", "shell", "serve", "cli", "pack"]),
    ("std::env", &["shell", "cli", "main", "pack"]),
    // Large files are read and indexed on all cores: in scopes, which nobody outside can tell from one thread.
    ("std::thread", &["shell", "load", "search"]),
    ("memchr", &["load", "search", "text"]),
    ("smallvec", &["knowledge"]),
    ("std::process", &["shell", "serve", "cli", "main", "pack"]),
    ("std::time", &["disk", "input", "shell", "serve", "cli"]),
    ("std::net", &["serve", "cli"]),
    ("russh", &["serve"]),
    ("socket2", &["serve"]),
    ("tokio", &["serve"]),
    ("terminput", &["input"]),
    ("getrandom", &["serve"]),
    ("sha2", &["serve"]),
    ("subtle", &["serve"]),
    ("Instant::now", &["shell", "serve"]),
    ("SystemTime", &["shell", "serve"]),
];

/// Files of a room on which others of it stand, and which stand on none of them.
const LOWEST: &[&str] = &[
    "app/document.rs",
    "app/filter.rs",
    "app/lens/subject.rs",
    "app/library.rs",
    "app/list.rs",
    "app/note.rs",
    "app/scroll.rs",
    "app/tabs.rs",
];

const LINES: usize = 400;

/// Path below `src` and source text without its tests and comments.
pub(crate) fn sources() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).expect("src is readable") {
            let path = item.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let whole = fs::read_to_string(&path).expect("sources are UTF-8");
                let code = whole.split("#[cfg(test)]").next().unwrap_or_default();
                let code =
                    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>();
                let name = path.strip_prefix(&root).expect("below src").to_path_buf();
                found.push((name, whole.clone(), code.join("\n")));
            }
        }
    }
    found.sort();
    assert!(found.len() > 10, "the sources were not found");
    found
}

fn module(path: &Path) -> String {
    path.iter()
        .next()
        .and_then(|part| Path::new(part).file_stem())
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// Names of top-level modules that `code` mentions as `crate::name` or `crate::{name…}`, or `tumen::name` in `main`.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for start in ["crate::", "tumen::"] {
        for (at, _) in code.match_indices(start) {
            let rest = &code[at + start.len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap_or_default().split(',').collect(),
                None => vec![rest],
            };
            for name in names {
                let name: String =
                    name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if !name.is_empty() {
                    found.insert(name);
                }
            }
        }
    }
    found
}

#[test]
fn modules_import_only_from_below() {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, _, code) in sources() {
        let own = module(&path);
        if own == "lib" {
            continue;
        }
        let here = layer(&own).unwrap_or_else(|| panic!("{} belongs to no layer", path.display()));
        for other in imports(&code).into_iter().filter(|other| *other != own) {
            let there = layer(&other).unwrap_or_else(|| panic!("{}: unknown module {other}", path.display()));
            assert!(there < here, "{} imports {other}, which is not below {own}", path.display());
            edges.entry(own.clone()).or_default().insert(other);
        }
    }
    assert!(edges.contains_key("app"), "no imports were read: the test sees nothing");
}

#[test]
fn what_lies_lowest_in_a_room_imports_nothing_of_it() {
    for lowest in LOWEST {
        let found = sources().into_iter().find(|(path, ..)| path == Path::new(lowest));
        let (path, _, code) = found.unwrap_or_else(|| panic!("{lowest} is not there"));
        let own = format!("crate::{}", module(&path));
        assert!(!code.contains("super::") && !code.contains(&own), "{lowest} imports from its own room");
    }
}

#[test]
fn each_package_keeps_to_its_job() {
    for (path, _, code) in sources() {
        let own = module(&path);
        for (name, users) in RESERVED {
            let used = code.match_indices(name).any(|(at, _)| {
                let before = code[..at].chars().next_back();
                let after = code[at + name.len()..].chars().next();
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
                    && (name.contains("::") || name.starts_with(char::is_uppercase) || after == Some(':'))
            });
            assert!(!used || users.contains(&own.as_str()), "{} may not use {name}", path.display());
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    for (path, whole, _) in sources() {
        assert!(whole.starts_with("//!"), "{} does not open with //!", path.display());
        let code = whole.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
        assert!(code <= LINES, "{} has {code} lines of code, more than {LINES}", path.display());
        for part in &path {
            let part = part.to_string_lossy();
            for vague in ["util", "helper", "common", "manager", "misc"] {
                assert!(!part.contains(vague), "{} has a name that says nothing", path.display());
            }
        }
    }
}

#[test]
fn the_reader_of_imports_reads() {
    let code = "use crate::text::width;\nuse crate::{app, ui::draw};\nlet x = crate::load::read();";
    let expected = ["app", "load", "text", "ui"].map(str::to_owned);
    assert_eq!(imports(code), BTreeSet::from(expected));
}
