//! The configuration: what it changes, and how a wrong one is explained. The table of wrong ones is its documentation.

use tumen::action::{Action, Context, TABLE};
use tumen::config::{Clipboard, Settings, Theme, example};
use tumen::keys::{Key, Meaning};

fn read(text: &str) -> Result<Settings, Vec<String>> {
    let told = |problem: &tumen::knowledge::Problem| {
        let place = problem.place.as_ref().expect("each has a place");
        format!("{}:{} {} | {}", place.line, place.column, problem.what, problem.remedy)
    };
    Settings::read("config.ron", text).map_err(|problems| problems.iter().map(told).collect())
}

fn meaning(settings: &Settings, context: Context, keys: &str) -> Meaning {
    let keys: Vec<Key> = keys.split_whitespace().map(|key| key.parse().expect("a key")).collect();
    settings.keymap.meaning(context, &keys)
}

#[test]
fn what_is_set_holds() {
    let settings = read(
        r##"Config(theme: Light, ascii: true, mouse: false, clipboard: Tmux,
            colors: { "accent": "#ff8000", "expected": "#0ff" },
            keys: { "line-down": ["x", "Down"], "first": ["g g", "Home"], "quit": [] },
            typing: { "close": ["Esc", "Ctrl-g"] })"##,
    )
    .expect("it holds");
    assert_eq!((settings.theme, settings.clipboard), (Some(Theme::Light), Clipboard::Tmux));
    assert!(settings.ascii && !settings.mouse && !settings.plain);
    assert_eq!((settings.colors.get(6), settings.colors.get(14)), (Some((255, 128, 0)), Some((0, 255, 255))));
    for (context, keys, expected) in [
        (Context::Command, "x", Meaning::Run(Action::LineDown)),
        (Context::Command, "j", Meaning::Nothing),
        (Context::Command, "g", Meaning::Pending),
        (Context::Command, "g g", Meaning::Run(Action::First)),
        (Context::Command, "Q", Meaning::Nothing),
        (Context::Command, "k", Meaning::Run(Action::LineUp)),
        (Context::Typing, "Ctrl-g", Meaning::Run(Action::Close)),
        (Context::Typing, "Down", Meaning::Run(Action::LineDown)),
    ] {
        assert_eq!(meaning(&settings, context, keys), expected, "{keys}");
    }
}

#[test]
fn a_wrong_one_is_explained_by_line_and_column() {
    for (text, told) in [
        (
            "Config(theme: Mauve)",
            &["1:15 Unexpected variant named `Mauve` in enum `Theme`, expected one of"][..],
        ),
        ("Config(\n  colour: {})", &["2:3 Unexpected field named `colour`"]),
        ("Config(keys: {\"line-dwn\": [\"j\"]})", &["1:16 no action `line-dwn`; did you mean `line-down`?"]),
        (
            "Config(keys: {\n  \"open\": [\"x\"],\n  \"about\": [\"x\"],\n})",
            &["3:14 `x` is a key of `open` already, at 2:13 | give `open` other keys, or take others here"],
        ),
        ("Config(keys: {\"about\": [\"j\"]})", &["1:26 `j` is a key of `line-down` already, by default"]),
        (
            "Config(keys: {\"about\": [\"g a\"]})",
            &["1:26 `g`, a key of `first` by default, stands in the way of `g a`"],
        ),
        ("Config(keys: {\"open\": [\"Hyper-x\"]})", &["1:25 `Hyper-x` is no key"]),
        ("Config(keys: {\"open\": [\"\"]})", &["1:25 no key"]),
        (
            "Config(keys: {\"open\": [\"x\"],\n \"open\": [\"Enter\"]})",
            &["2:3 `open` is given keys twice; first at 1:16"],
        ),
        (
            "Config(typing: {\"open\": [\"j\"]})",
            &["1:27 `j` is typed, so that it can mean nothing else there"],
        ),
        (
            "Config(colors: {\"acent\": \"#fff\",\n \"text\": \"white\"})",
            &["1:18 nothing has the colour `acent`; did you mean `accent`?", "2:11 `white` is no colour"],
        ),
    ] {
        let problems = read(text).expect_err(text);
        assert!(problems.len() >= told.len(), "{text}: {problems:?}");
        for (problem, told) in problems.iter().zip(told) {
            assert!(problem.starts_with(told), "{text}\n  found    {problem}\n  expected {told}");
        }
    }
}

#[test]
fn the_default_one_loads_and_says_what_holds() {
    let printed = example();
    let as_printed = read(&printed).expect("it loads");
    // With every example of a key switched on, nothing changes either.
    let uncommented: String =
        printed.lines().map(|line| line.replace("        //\"", "        \"") + "\n").collect();
    let switched_on = read(&uncommented.replace("\"accent\": \"#e8b46a\",", "")).expect("it loads");
    for settings in [as_printed, switched_on] {
        assert!(settings.theme.is_none() && settings.mouse && !settings.ascii && !settings.plain);
        for row in TABLE {
            for context in Context::ALL {
                for key in row.keys_in(context) {
                    assert_eq!(meaning(&settings, context, key), Meaning::Run(row.action), "{key}");
                }
            }
        }
    }
}

#[cfg(target_os = "linux")]
mod program {
    use std::fs;
    use std::process::Command;

    use crate::pty::{Session, tumen};

    fn answer(arguments: &[&str], config: &str) -> (String, Option<i32>) {
        let output = Command::new(env!("CARGO_BIN_EXE_tumen"))
            .args(arguments)
            .env_clear()
            .env("XDG_CONFIG_HOME", config)
            .output()
            .expect("it runs");
        (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code())
    }

    #[test]
    fn the_program_says_where_it_belongs_and_prints_one() {
        assert_eq!(answer(&["config", "--path"], "/etc/x"), ("/etc/x/tumen/config.ron\n".into(), Some(0)));
        assert_eq!(answer(&["config", "--print-default"], "/etc/x"), (super::example(), Some(0)));
        // A relative path in the variable is invalid, and there is no home.
        assert_eq!(answer(&["config", "--path"], "x").1, Some(2));
        assert_eq!(answer(&["config"], "/x").1, Some(2));
    }

    #[test]
    fn a_wrong_one_starts_with_the_defaults_and_says_where_it_is_wrong() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.ron");
        let start = |text: &str| {
            fs::write(&path, text).expect("it can be written");
            Session::start_at((100, 30), tumen(&[]).env("TUMEN_CONFIG", &path))
        };
        let mut session = start("Config(\n  keys: {\"opne\": [\"x\"]})");
        session.expect("config.ron:2:");
        session.expect("no action");
        session.press("!");
        session.expect("did you mean");
        session.press("Q");
        assert_eq!(session.end().code(), Some(0));

        let mut session = start("Config(keys: {\"quit\": [\"x\"]})");
        session.expect("\u{1b}[?2026l");
        session.press("x");
        assert_eq!(session.end().code(), Some(0));
    }
}
