//! Several mistakes in one file: all of them are told at once, each at its place, and nothing that follows from them.

use tumen::knowledge::Problem;
use tumen::load::from_bytes;

use crate::problems::{Row, SENSELESS, SMALL, WRONG, place, problems, with};

/// What is done to the small file: old texts and what stands there instead.
type Edits = &'static [(&'static str, &'static str)];

/// Mistakes made together, and the places of all of them with what is said there: none hides another.
#[rustfmt::skip]
const TOGETHER: &[(Edits, &[(&str, &str)])] = &[
    // What a beginner did with the file that `tumen new` prints.
    (&[("text: \"Traders", "txt: \"Traders"), ("Expected, when: \"2024\"", "Rumoured, when: \"2O24\""), ("(russia).", "(rusia).")],
        &[("27:25", "unknown field `txt`"), ("34:103", "no entity, entry, statement or topic `rusia`; did you mean `russia`?"),
            ("37:51", "unknown `Rumoured`"), ("37:68", "`2O24` is no date")]),
    // Two in one statement, a third in its entry.
    (&[("title: \"Shells for the war\"", "titel: 5"), ("id: \"T3\", standing", "idd: \"T3\", standin"), ("when: \"2024\"", "when: 2024")],
        &[("31:33", "unknown field `titel`"), ("37:31", "unknown field `idd`"), ("37:42", "unknown field `standin`"), ("37:67", "expected a text")]),
    // An id that stands in what is left out is an id all the same: nothing dangles.
    (&[("Entity(id: \"russia\"", "Entity(idd: \"russia\""), ("Entry(id: \"treaty-1961\"", "Source(id: \"treaty-1961\""), ("Tour(", "Toru(")],
        &[("16:13", "expected `Entry(…)`"), ("45:16", "unknown field `idd`"), ("59:9", "expected `Tour(…)`")]),
    // What is missing from another structure of the same kind is told, what was left out is not.
    (&[("kind: Place, ", ""), ("kind: Person", "kind: Human"), ("at: (38.9, -77.04)", "at: (38.9)"), ("\"Туманная\"]", "5]")],
        &[("47:99", "too many or too few"), ("48:41", "unknown `Human`"), ("50:21", "no `kind`"), ("50:66", "expected a text")]),
    // Commas that are missing, or too many.
    (&[("short: \"Past\",", "short: \"Past\""), ("\"geography\"],", "\"geography\"],,"), ("say: \"Who decides.\"", "sya: 1")],
        &[("15:62", "a comma is missing before `summary`"), ("24:113", "expected the name of a field"), ("62:39", "unknown field `sya`")]),
    // The first mistake is in what holds everything; the last one ends the reading, as it does alone.
    (&[("Knowledge(", "Knowlege("), ("as_of: \"2024-01\"", "as_of: 2024"), ("Who decides.\"", "Who decides.")],
        &[("3:1", "expected `Knowledge(…)`"), ("8:12", "expected a text"), ("62:44", "this text has no end")]),
    (&[("format: 1", "formt: 1"), ("    ],\n)", "    ],\n) x"), ("from: \"kim-jong-un\"", "from: \"kim\"")],
        &[("4:5", "unknown field `formt`"), ("56:25", "no entity `kim`"), ("65:3", "more after the end")]),
];

#[test]
fn mistakes_of_every_kind_are_told_together() {
    for (edits, expected) in TOGETHER {
        let source = edits.iter().fold(SMALL.to_owned(), |source, (old, new)| {
            assert!(source.contains(old), "the small file has no {old:?}");
            source.replacen(old, new, 1)
        });
        let Err(mut unreadable) = from_bytes("f.ron", source.as_bytes()) else {
            panic!("{edits:?} was read")
        };
        let order = |problem: &Problem| problem.place.as_ref().map(|place| (place.line, place.column));
        unreadable.0.sort_by_key(order);
        let found: Vec<_> = unreadable.0.iter().map(|problem| (place(problem), &problem.what)).collect();
        let holds = |((at, what), (place, words)): (&(String, &String), &(&str, &str))| {
            at == place && what.contains(words)
        };
        assert!(found.len() == expected.len() && found.iter().zip(*expected).all(holds), "{unreadable}");
    }
}

#[test]
fn what_keeps_a_file_from_opening_is_said_before_all_else() {
    let links = "[x](nobody) ".repeat(2_000);
    let source = with("Traders", &links).replace("say: \"Who decides.\"", "sya: 1");
    let Err(unreadable) = from_bytes("f.ron", source.as_bytes()) else { panic!("it was read") };
    assert!(unreadable.0[0].what.contains("unknown field `sya`"), "{unreadable}");
    assert!(unreadable.0.len() > 1_000 && unreadable.0[1].what.contains("no entity, entry"), "{unreadable}");
    let said = unreadable.to_string();
    assert!(said.starts_with("f.ron:62:39: unknown field `sya`"), "{said}");
    assert!(said.ends_with(" problems more; `tumen check` shows all") && said.lines().count() < 24, "{said}");
}

/// What is said where reading ends: brackets and quotes do not match, or the file is for another program.
const LAST: &[&str] = &[
    "has no end",
    "begins before",
    "never closed",
    "not closed",
    "is missing",
    "closes nothing",
    "is newer",
];

/// Every two rows of the tables, together: both are told, and nothing that neither of them says alone.
#[test]
fn no_two_mistakes_hide_each_other_or_make_a_third() {
    let told = |source: &str| -> Vec<(Option<usize>, String)> {
        let line = |problem: &Problem| problem.place.as_ref().map(|place| place.line);
        problems(source.as_bytes()).iter().map(|problem| (line(problem), problem.what.clone())).collect()
    };
    // `title: History",` is told as a text without its first quote, but the last one opens another text.
    let is_last = |(_, new, _, _, what, _): &&Row| {
        new.matches('"').count() % 2 == 1
            || LAST.iter().any(|last| what.contains(last)) && !what.starts_with("a comma")
    };
    let moves_no_line = |(old, new, ..): &&Row| old.matches('\n').count() == new.matches('\n').count();
    let rows = SENSELESS.iter().filter(|row| !is_last(row)).map(|row| (row, true));
    let rows = rows.chain(WRONG.iter().filter(moves_no_line).map(|row| (row, false)));
    let rows: Vec<_> = rows.map(|(row, senseless)| (row, senseless, told(&with(row.0, row.1)))).collect();
    let (mut wrong, mut pairs) = (Vec::new(), 0);
    for (at, ((old, new, ..), _, one)) in rows.iter().enumerate().filter(|(_, row)| row.1) {
        for ((other_old, other_new, ..), _, other) in rows.iter().skip(at + 1) {
            let place = |text: &str| SMALL.find(text).map(|at| at..at + text.len()).expect("it is there");
            let (here, there) = (place(old), place(other_old));
            if here.start < there.end && there.start < here.end {
                continue;
            }
            pairs += 1;
            let found = told(&with(old, new).replacen(other_old, other_new, 1));
            let missing: Vec<_> = one.iter().chain(other).filter(|told| !found.contains(told)).collect();
            let extra: Vec<_> =
                found.iter().filter(|told| !one.contains(told) && !other.contains(told)).collect();
            if !missing.is_empty() || !extra.is_empty() {
                wrong.push(format!("{new:?} and {other_new:?}: missing {missing:?}, extra {extra:?}"));
            }
        }
    }
    assert!(pairs > 800 && wrong.is_empty(), "{} of {pairs}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn of_a_file_that_would_take_too_long_the_first_mistakes_are_told_and_that_there_may_be_more() {
    let entries = "            Entry(titel: 5),\n".repeat(50) + "            Entry(";
    let many = SMALL.replace("            Entry(", &entries);
    let Err(unreadable) = from_bytes("f.ron", many.as_bytes()) else { panic!("it was read") };
    let (last, told) = unreadable.0.split_last().expect("there are some");
    assert!(told.len() > 100, "{}", told.len());
    assert!(told.iter().all(|problem| problem.what.contains("unknown field `titel`")), "{unreadable}");
    assert!(last.what.contains("more may be wrong behind this place"), "{last}");
    let line = |problem: &Problem| problem.place.as_ref().map(|place| place.line);
    assert_eq!(told.last().map(line), Some(line(last)));
}
