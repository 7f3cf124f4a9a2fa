//! The commands as they are run: what each says on standard output and standard error, and with which status, on every
//! kind of file and wherever its answer goes.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::dossiers::{Shape, written};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tumen");

/// Files to ask, in a folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tumen-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("there is room for temporary files");
        let folder = Self(path);
        let small = include_str!("../data/small.ron");
        folder.write("small.ron", small);
        folder.write("wrong.ron", &small.replace("(kim-jong-un) called", "(kim-jong-um) called"));
        folder.write("senseless.ron", &small.replacen("title: \"History\",", "titel: \"History\",", 1));
        folder.write("empty.ron", "");
        folder.write("search", small);
        folder.write("large.ron", &written(Shape { seed: 7, topics: 12, entries: 120 }));
        folder
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("there is room for temporary files");
    }

    /// The program in this folder, with an environment that does not depend on who runs the test.
    fn command(&self, program: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.0).env_clear().stdin(Stdio::null());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("LANG", "C.UTF-8").env("TERM", "xterm-256color");
        command
    }

    fn run(&self, arguments: &[&str]) -> Said {
        Said::of(&self.command(PROGRAM, arguments).output().expect("it runs"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a program left behind.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    out: String,
    err: String,
    status: Option<i32>,
}

impl Said {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Self { out: text(&output.stdout), err: text(&output.stderr), status: output.status.code() }
    }
}

/// What is typed, one word each; the status; what stands on standard output and on standard error, where nothing means
/// that nothing may stand there.
type Row = (&'static str, i32, &'static str, &'static str);

/// What opens and is understood.
const FOUND: &[Row] = &[
    // The dossier inside.
    ("", 0, "North Korea and Russia\n", ""),
    ("search slbm", 0, "needs/submarines#N17", ""),
    ("search -n 1 treaty", 0, "friendship-treaty", "the best 1 of "),
    ("search pyonygang", 0, "Pyongyang", "no `pyonygang`; showing `pyongyang`"),
    ("search --json slbm", 0, "{\"version\":1,\"query\":\"slbm\",", ""),
    ("show H25", 0, "H25", ""),
    ("show h25", 0, "H25", ""),
    ("show history/treaty-1961#H25", 0, "history/", ""),
    ("show history", 0, "History", ""),
    ("show kim-jong-un", 0, "김정은", ""),
    ("show 김정은", 0, "Kim Jong-un\n", ""),
    ("show pyongyang", 0, "Capital", ""),
    ("show article", 0, "statements rest on it", ""),
    ("show --md H25", 0, "> — **H25**", ""),
    ("show --json H25", 0, "{\"version\":1,\"item\":{", ""),
    ("timeline --in history --to 1950", 0, "1945 to 1948 ", ""),
    ("timeline --json --from 2023", 0, "{\"version\":1,\"total\":", "no date"),
    ("check", 0, "", ""),
    ("check --json", 0, "{\"version\":1,\"errors\":0,\"warnings\":0,\"findings\":[]}\n", ""),
    ("new", 0, "Knowledge(\n", ""),
    ("export --md", 0, "# North Korea and Russia\n", ""),
    ("export --json", 0, "{\"version\":1,\"id\":\"dprk-russia\"", ""),
    ("export --html", 0, "<!DOCTYPE html>", ""),
    ("completions bash", 0, "_tumen", ""),
    ("man", 0, ".TH tumen", ""),
    ("help search", 0, "tumen search", ""),
    // A file of one's own, in every way that it can be named.
    ("small.ron", 0, "Two neighbours\n", ""),
    ("--file small.ron search river", 0, "history/river", ""),
    ("search --file small.ron river", 0, "history/river", ""),
    ("small.ron show H1", 0, "treaty", ""),
    ("./search", 0, "Two neighbours\n", ""),
    ("check small.ron", 0, "", ""),
    // Problems that it opens with.
    ("wrong.ron", 0, "Two neighbours\n", ""),
    ("wrong.ron show T2", 0, "stated by Kim Jong-un", "1 problem; `tumen check` shows"),
    ("wrong.ron export --md", 0, "# Two neighbours", "1 problem; `tumen check` shows"),
    // Many entries.
    ("large.ron search treaty", 0, "#S", "the best 20 of "),
    ("large.ron show S0", 0, "S0", "4 problems"),
    ("large.ron timeline --from 1961 --to 1961", 0, "1961", "4 problems"),
    ("large.ron export --html", 0, "</html>", "4 problems"),
];

/// What finds nothing, or is wrong.
const NOT_FOUND: &[Row] = &[
    ("search qqqqqqqq", 1, "", "nothing found for `qqqqqqqq`"),
    ("search --json qqqqqqqq", 1, "\"total\":0,\"hits\":[]}", "nothing found"),
    ("show H255", 1, "", "nothing is called `H255`; did you mean `H25`?"),
    ("show \u{1b}[31m", 1, "", "nothing is called `[31m`"),
    ("timeline --to 1800", 1, "", "no dated statement"),
    ("timeline --in nowhere", 2, "", "no topic is called `nowhere`; there are overview"),
    ("timeline --from soon", 2, "", "`soon` is no date; dates are written 1961"),
    ("timeline --from 1990 --to 1980", 2, "", "the end comes before the beginning"),
    ("show treaty", 1, "", "nothing is called `treaty`; did you mean `friendship-treaty`"),
    ("--goto treaty", 2, "", "did you mean `friendship-treaty`"),
    ("serach slbm", 2, "", "there is no such file; did you mean the command `search`?"),
    ("check wrong.ron", 1, "wrong.ron:36:46", ""),
    ("check senseless.ron", 1, "did you mean `title`?", ""),
    ("check empty.ron", 1, "the file is empty", ""),
    ("check small.ron wrong.ron", 1, "1 problem\n", ""),
    ("check missing.ron", 2, "there is no such file", ""),
    ("check --json missing.ron", 2, "\"line\":null", ""),
    ("senseless.ron", 2, "", "senseless.ron:15:30"),
    ("senseless.ron search x", 2, "", "senseless.ron:15:30"),
    ("empty.ron show H1", 2, "", "the file is empty"),
    ("empty.ron timeline", 2, "", "the file is empty"),
    ("empty.ron export --html", 2, "", "the file is empty"),
    ("missing.ron search x", 2, "", "no such file"),
    ("--goto H25 search x", 2, "", "--goto is for the explorer"),
    ("--file small.ron small.ron", 2, "", "cannot be used with"),
    ("search", 2, "", "QUERY"),
    ("show --json --md H25", 2, "", "cannot be used with"),
    ("export", 2, "", "--html"),
    ("export --md -o no/such/folder", 2, "", "no/such/folder cannot be written"),
    ("completions smell", 2, "", "smell"),
];

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

#[test]
fn every_command_on_every_kind_of_file() {
    let folder = Folder::new("kinds");
    let mut wrong = Vec::new();
    for (line, status, out, err) in FOUND.iter().chain(NOT_FOUND) {
        let said = folder.run(&words(line));
        let holds =
            |text: &str, part: &str| if part.is_empty() { text.is_empty() } else { text.contains(part) };
        // A status of 0 without any text is a clean check.
        if said.status != Some(*status) || !holds(&said.out, out) || !holds(&said.err, err) {
            wrong.push(format!("tumen {line}: {said:?}"));
        }
        assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "{line}: {said:?}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// As many entries as a large file has, one statement each.
fn hundred_thousand() -> String {
    let mut file = String::from(
        "Knowledge(format: 1, id: \"many\", title: \"Many\", as_of: \"2024\", language: \"en\", \
         sources: [Source(id: \"a\", title: \"A\")], \
         topics: [Topic(id: \"all\", title: \"All\", short: \"All\", summary: \"\", entries: [\n",
    );
    for at in 0..100_000 {
        let year = 1900 + at % 100;
        writeln!(
            file,
            "Entry(id: \"e{at}\", title: \"Entry {at}\", statements: [Statement(id: \"S{at}\", \
             standing: Established, when: \"{year}\", text: \"Fact {at}.\", sources: [\"a\"])]),"
        )
        .expect("a string takes it");
    }
    file + "])])\n"
}

#[test]
fn every_command_on_a_hundred_thousand_entries() {
    let folder = Folder::new("many");
    folder.write("many.ron", &hundred_thousand());
    let rows: &[Row] = &[
        ("many.ron", 0, "Entry 99999", ""),
        ("check many.ron", 0, "", ""),
        ("many.ron show S77777", 0, "Fact 77777.", ""),
        ("many.ron search 77777", 0, "all/e77777", ""),
        ("many.ron timeline --from 1961 --to 1961", 0, "S99961", ""),
        ("many.ron export --md", 0, "**S99999**", ""),
        ("many.ron export --json", 0, "#S99999\"", ""),
        ("many.ron export --html", 0, "</html>", ""),
    ];
    for (line, status, out, err) in rows {
        let said = folder.run(&words(line));
        assert_eq!((said.status, &*said.err), (Some(*status), *err), "{line}");
        assert!(out.is_empty() == said.out.is_empty() && said.out.contains(out), "{line}: not {out}");
    }
}

/// Commands whose answers are long enough to be cut off.
const ANSWERS: &[&str] = &[
    "",
    "search korea",
    "show history",
    "show --md history",
    "timeline",
    "check wrong.ron",
    "new",
    "export --html",
    "export --json",
    "completions zsh",
    "man",
];

#[test]
fn an_answer_is_the_same_wherever_it_goes() {
    let folder = Folder::new("streams");
    for line in ANSWERS {
        let usual = folder.run(&words(line));
        // Into a file.
        let file = fs::File::create(folder.0.join("answer")).expect("a file");
        let status = folder.command(PROGRAM, &words(line)).stdout(file).stderr(Stdio::null()).status();
        let written = fs::read_to_string(folder.0.join("answer")).expect("an answer");
        assert_eq!(
            (status.expect("it runs").code(), &written),
            (usual.status, &usual.out),
            "{line} into a file"
        );
        for (why, name, value) in [
            ("a terminal that can do nothing", "TERM", "dumb"),
            ("no terminal's name", "TERM", ""),
            ("a home that does not exist", "HOME", "/nonexistent"),
            ("a home that nobody may write", "HOME", "/proc"),
            ("a pager, which is not for pipes", "PAGER", "false"),
        ] {
            let output = folder.command(PROGRAM, &words(line)).env(name, value).output().expect("it runs");
            assert_eq!(Said::of(&output), usual, "{line} with {why}");
        }
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_content() {
    let folder = Folder::new("pipe");
    for line in ANSWERS {
        let usual = folder.run(&words(line));
        let first = usual.out.lines().next().unwrap_or_default();
        let script = format!("('{PROGRAM}' {line}; echo status $? >&2) | head -1");
        let said = Said::of(&folder.command("sh", &["-c", &script]).output().expect("it runs"));
        assert_eq!(said.out.trim_end(), first, "{line}");
        let status = usual.status.expect("a status");
        assert_eq!(said.err, format!("{}status {status}\n", usual.err), "{line}");
    }
}

#[test]
fn standard_input_is_a_file_too() {
    let folder = Folder::new("input");
    for (line, input, status, out) in [
        ("check -", "small.ron", 0, ""),
        ("check -", "wrong.ron", 1, "standard input:36:46"),
        ("--file - show H1", "small.ron", 0, "H1"),
    ] {
        let mut child = folder
            .command(PROGRAM, &words(line))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let bytes = fs::read(folder.0.join(input)).expect("a file");
        child.stdin.take().expect("a pipe").write_all(&bytes).expect("it reads");
        let said = Said::of(&child.wait_with_output().expect("it ends"));
        assert_eq!(said.status, Some(status), "{line}: {said:?}");
        assert!(said.out.contains(out), "{line}: {said:?}");
    }
    let said =
        Said::of(&folder.command(PROGRAM, &["show", "H1"]).env("TUMEN_FILE", "small.ron").output().unwrap());
    assert!(said.status == Some(0) && said.out.contains("Two neighbours"), "{said:?}");
    let line = ["show", "--file", "missing.ron", "H1"];
    let said = Said::of(&folder.command(PROGRAM, &line).env("TUMEN_FILE", "small.ron").output().unwrap());
    assert_eq!(said.status, Some(2), "what is typed counts more: {said:?}");
}

#[test]
fn what_is_written_to_a_file_is_what_is_printed() {
    let folder = Folder::new("written");
    for form in ["--md", "--json", "--html"] {
        let said = folder.run(&["export", form, "-o", "out"]);
        assert_eq!((said.status, said.out.as_str(), said.err.as_str()), (Some(0), "", ""), "{form}");
        let printed = folder.run(&["export", form]).out;
        assert_eq!(fs::read_to_string(folder.0.join("out")).expect("it is there"), printed, "{form}");
    }
}

#[test]
fn what_new_prints_has_no_problem_and_shows_everything() {
    let folder = Folder::new("new");
    folder.write("mine.ron", &folder.run(&["new"]).out);
    assert_eq!(
        folder.run(&["check", "mine.ron"]),
        Said { out: String::new(), err: String::new(), status: Some(0) }
    );
    let loaded = tumen::load::read(&folder.0.join("mine.ron")).expect("it opens");
    for kind in tumen::knowledge::StandingKind::ALL {
        let shown = loaded.knowledge.statements.iter().any(|statement| statement.standing.kind() == kind);
        assert!(shown, "nothing in it is {}", kind.word());
    }
    assert!(!loaded.knowledge.tours.is_empty() && !loaded.knowledge.relations.is_empty());
}

#[test]
fn warnings_are_told_and_leave_the_status_alone() {
    let folder = Folder::new("warnings");
    let small = fs::read_to_string(folder.0.join("small.ron")).expect("a file");
    let long = format!("text: \"{}A visit", "Again and again. ".repeat(90));
    let source = small
        .replace(
            "entities: [",
            "entities: [\n        Entity(id: \"nobody\", kind: Person, name: \"Nobody\"),",
        )
        .replace("text: \"A visit", &long)
        .replace("reveal: [\"T1\"]", "reveal: [\"T1\", \"T3\"]");
    folder.write("unused.ron", &source);
    let said = folder.run(&["check", "unused.ron"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    for part in [
        "unused.ron:43:21",
        "nothing mentions `nobody`",
        "[Nobody](nobody)",
        "unused.ron:62:13",
        "step 2 needs ",
    ] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
    assert!(said.out.ends_with("2 warnings\n"), "{}", said.out);
}

#[test]
fn examples_in_the_help_are_run() {
    let folder = Folder::new("examples");
    fs::copy(folder.0.join("small.ron"), folder.0.join("mine.ron")).expect("a file");
    let commands = ["search", "show", "timeline", "check", "new", "export", "completions", "man"];
    let helps = commands.iter().map(|name| vec![*name, "--help"]).chain([vec!["--help"]]);
    let mut path = Path::new(PROGRAM).parent().expect("a folder").as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    for help in helps {
        let text = folder.run(&help).out;
        let examples = text.split("Examples:\n").nth(1).unwrap_or_else(|| panic!("no example: {text}"));
        let lines: Vec<&str> = examples.lines().take_while(|line| line.starts_with("  tumen")).collect();
        assert!(!lines.is_empty(), "{text}");
        for line in lines {
            let output = folder.command("sh", &["-c", line]).env("PATH", &path).output().expect("it runs");
            assert_eq!(output.status.code(), Some(0), "{line}: {:?}", Said::of(&output));
        }
    }
}

#[cfg(target_os = "linux")]
mod on_a_terminal {
    use crate::pty::{Session, tumen};

    /// What a terminal of 80×24 was sent.
    fn shown(arguments: &[&str], set: &[(&str, &str)]) -> (String, Option<i32>) {
        let command = set.iter().fold(tumen(arguments), |command, (name, value)| command.env(name, value));
        let mut session = Session::start(command);
        let status = session.end().code();
        (String::from_utf8(session.sent).expect("UTF-8"), status)
    }

    #[test]
    fn colours_where_they_are_wanted() {
        for (arguments, set, coloured) in [
            (&["show", "H25"][..], &[][..], true),
            (&["show", "H25"], &[("NO_COLOR", "1")], false),
            (&["show", "H25", "--color", "never"], &[], false),
            (&["show", "H25", "--color", "always"], &[("NO_COLOR", "1")], true),
            (&["show", "H25"], &[("TERM", "dumb")], false),
            (&["show", "--json", "H25"], &[], false),
            (&["show", "--md", "H25"], &[], false),
            (&["check", "no-such-file"], &[], true),
        ] {
            let (sent, _) = shown(arguments, set);
            assert_eq!(sent.contains('\u{1b}'), coloured, "{arguments:?} {set:?}: {sent:?}");
        }
    }

    #[test]
    fn a_pager_for_what_is_longer_than_the_screen() {
        let pager = ("PAGER", "sed 's/^/paged: /'");
        for (arguments, set, paged) in [
            (&["show", "history"][..], &[pager][..], true),
            (&["timeline"], &[pager], true),
            (&["show", "H25"], &[pager], false),
            (&["show", "--json", "history"], &[pager], false),
            (&["show", "history"], &[pager, ("TERM", "dumb")], false),
            (&["show", "history"], &[("PAGER", "")], false),
            (&["show", "history"], &[("PAGER", "no-such-pager-here")], false),
        ] {
            let (sent, status) = shown(arguments, set);
            assert_eq!(
                (sent.contains("paged: "), status),
                (paged, Some(0)),
                "{arguments:?} {set:?}: {sent:?}"
            );
            assert!(sent.contains("H25"), "it is shown in any case: {arguments:?} {set:?}: {sent:?}");
        }
    }

    #[test]
    fn whoever_leaves_the_pager_early_has_seen_enough() {
        let (sent, status) = shown(&["show", "history"], &[("PAGER", "head -1")]);
        assert_eq!(status, Some(0), "{sent:?}");
        assert!(!sent.contains("tumen:"), "{sent:?}");
    }
}

#[test]
fn a_locale_of_ascii_gets_ascii() {
    let folder = Folder::new("ascii");
    // A problem that quotes a line of the file.
    folder.write("wrong.ron", "Knowledge(format: 1, id: \"a\", title: \"Кэсон\", titel: \"개성\")");
    for arguments in
        [&[][..], &["show", "kim-jong-un"], &["search", "김정은"], &["timeline"], &["check", "wrong.ron"]]
    {
        let output = folder.command(PROGRAM, arguments).env("LC_ALL", "C").output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(!text.is_empty() && text.is_ascii(), "{arguments:?}: {text}");
    }
    // What is written for programs is theirs to read.
    let output = folder.command(PROGRAM, &["show", "kim-jong-un", "--json"]).env("LC_ALL", "C").output();
    assert!(String::from_utf8_lossy(&output.expect("it runs").stdout).contains("김정은"));
}
