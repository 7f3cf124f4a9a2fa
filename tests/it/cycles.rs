//! Reads which file uses which, and holds that no two of them need each other, however many stand between them.
//!
//! Children whose items their parent only hands on (`pub use`) are no need of the parent's: whoever asks it for them
//! needs the child.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::architecture::sources;

/// Rooms in which files still need each other. None may be added, and one that is untied is to be taken out.
const KNOTTED: &[&str] =
    &["app", "cli", "frame", "knowledge", "print", "search", "serve", "shell", "text", "ui"];

/// The names on the way from the root of the crate to a module or an item.
type Way = Vec<String>;

/// A file as far as it concerns other files.
#[derive(Default)]
struct File {
    /// What it uses: ways from the root.
    uses: BTreeSet<Way>,
    /// What it hands on, by its name.
    hands_on: BTreeMap<String, Way>,
}

fn way_of(path: &Path) -> Way {
    let mut way: Way =
        path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if way == ["lib"] {
        way.clear();
    }
    way
}

/// The ways that `tree` of a `use` names, with the names that they get.
fn expand(tree: &str) -> Vec<(Way, String)> {
    let tree = tree.trim();
    let Some((before, group)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let way: Way = path.split("::").map(|part| part.trim().to_owned()).collect();
        let name =
            if name.is_empty() { way.last().cloned().unwrap_or_default() } else { name.trim().to_owned() };
        return vec![(way, name)];
    };
    let group = group.trim_end().strip_suffix('}').unwrap_or(group);
    let before: Way = before.trim().trim_end_matches("::").split("::").map(str::to_owned).collect();
    let mut depth = 0;
    let parts = group.split(|c| {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        c == ',' && depth == 0
    });
    let mut found = Vec::new();
    for (mut way, mut name) in parts.filter(|part| !part.trim().is_empty()).flat_map(expand) {
        if way == ["self"] {
            way.clear();
            name = before.last().cloned().unwrap_or_default();
        }
        found.push(([before.clone(), way].concat(), name));
    }
    found
}

/// `way`, as it is written in the module `own`, from the root; `None` if it leads out of the crate.
fn from_root(own: &Way, children: &BTreeSet<String>, way: &Way) -> Option<Way> {
    let (first, rest) = way.split_first()?;
    let mut start = match first.as_str() {
        "crate" => Way::new(),
        "self" => own.clone(),
        "super" => own[..own.len().checked_sub(1)?].to_vec(),
        child if children.contains(child) => [own.clone(), vec![child.to_owned()]].concat(),
        _ => return None,
    };
    for part in rest {
        if part == "super" {
            start.pop()?;
        } else {
            start.push(part.clone());
        }
    }
    Some(start)
}

fn read(own: &Way, code: &str) -> File {
    let mut file = File::default();
    let mut children = BTreeSet::new();
    let mut rest = String::new();
    let mut hands_on = Vec::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        let bare = line.trim();
        let (shown, bare) = match bare.strip_prefix("pub") {
            Some(after) if after.starts_with('(') => {
                (true, after.split_once(')').map_or("", |(_, after)| after))
            }
            Some(after) => (true, after),
            None => (false, bare),
        };
        if let Some(name) = bare.trim().strip_prefix("mod ").and_then(|name| name.strip_suffix(';')) {
            children.insert(name.to_owned());
        } else if let Some(tree) = bare.trim().strip_prefix("use ") {
            let mut tree = tree.to_owned();
            while !tree.ends_with(';') {
                tree.push_str(lines.next().unwrap_or(";").trim());
            }
            let tree = tree.trim_end_matches(';');
            hands_on.extend(expand(tree).into_iter().map(|(way, name)| (shown, way, name)));
        } else {
            rest.push_str(line);
            rest.push('\n');
        }
    }
    for (shown, way, name) in hands_on {
        let Some(from_root) = from_root(own, &children, &way) else { continue };
        if shown {
            file.hands_on.insert(name, from_root);
        } else {
            file.uses.insert(from_root);
        }
    }
    // Ways in the midst of the code.
    let starts = ["crate", "super", "self"].map(str::to_owned).into_iter().chain(children.iter().cloned());
    for start in starts {
        for (at, _) in rest.match_indices(&format!("{start}::")) {
            // Not the end of another way, and not `pub(in crate::load)`.
            let before = &rest[..at];
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                || before.ends_with("(in ")
            {
                continue;
            }
            let way = rest[at..].split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).next();
            let way: Way = way.unwrap_or_default().split("::").map(str::to_owned).collect();
            file.uses.extend(from_root(own, &children, &way));
        }
    }
    file
}

/// The file that `way` leads to: through those that hand it on.
fn target(files: &BTreeMap<Way, File>, way: &Way) -> Option<Way> {
    let len = (0..=way.len()).rev().find(|len| files.contains_key(&way[..*len]))?;
    let (module, item) = way.split_at(len);
    match item.first().and_then(|name| files.get(module)?.hands_on.get(name)) {
        Some(further) if further != way => target(files, &[further.clone(), item[1..].to_vec()].concat()),
        _ => Some(module.to_vec()),
    }
}

/// Every file, and the files that it needs.
fn needs() -> BTreeMap<Way, BTreeSet<Way>> {
    let files: BTreeMap<Way, File> = sources()
        .into_iter()
        .filter(|(path, ..)| !["main.rs", "pack.rs"].iter().any(|root| path == Path::new(root)))
        .map(|(path, _, code)| (way_of(&path), read(&way_of(&path), &code)))
        .collect();
    let needs = |(own, file): (&Way, &File)| {
        let mut others: BTreeSet<Way> = file.uses.iter().filter_map(|way| target(&files, way)).collect();
        others.remove(own);
        (own.clone(), others)
    };
    files.iter().map(needs).collect()
}

/// All that `from` needs, and all that those need.
fn reached<'n>(needs: &'n BTreeMap<Way, BTreeSet<Way>>, from: &'n Way) -> BTreeSet<&'n Way> {
    let mut found = BTreeSet::new();
    let mut next: Vec<&Way> = needs[from].iter().collect();
    while let Some(file) = next.pop() {
        if found.insert(file) {
            next.extend(&needs[file]);
        }
    }
    found
}

#[test]
fn no_two_files_need_each_other() {
    let needs = needs();
    let edges: usize = needs.values().map(BTreeSet::len).sum();
    assert!(edges > needs.len(), "{edges} uses in {} files: the test sees nothing", needs.len());
    let mut knots: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in needs.keys().filter(|file| reached(&needs, file).contains(file)) {
        knots.entry(file.first().cloned().unwrap_or_default()).or_default().insert(file.join("/"));
    }
    println!("{knots:#?}");
    for (room, files) in &knots {
        assert!(KNOTTED.contains(&room.as_str()), "files of {room} need each other: {files:?}");
    }
    for room in KNOTTED {
        assert!(knots.contains_key(*room), "{room} is untied: take it out of the list");
    }
}

#[test]
fn the_reader_of_uses_reads() {
    let own: Way = ["load", "syntax"].map(str::to_owned).to_vec();
    let code = "//! x\nmod lexer;\n#[cfg(unix)]\npub mod sink;\npub(super) use lexer::{Kind, Tokens as Row};\n\
        use super::{\n    faults::{self, Fault},\n    value,\n};\npub(in crate::load) fn f() -> crate::text::Width { lexer::new(super::line::of()) }\nuse std::fmt;";
    let file = read(&own, code);
    let ways: Vec<String> = file.uses.iter().map(|way| way.join("::")).collect();
    let expected = [
        "load::faults",
        "load::faults::Fault",
        "load::line::of",
        "load::syntax::lexer::new",
        "load::value",
        "text::Width",
    ];
    assert_eq!(ways, expected);
    let handed: Vec<String> =
        file.hands_on.iter().map(|(name, way)| format!("{name}: {}", way.join("::"))).collect();
    assert_eq!(handed, ["Kind: load::syntax::lexer::Kind", "Row: load::syntax::lexer::Tokens"]);
}
