//! How an editor is started at a line, and how it ended. Must never guess: an editor that is not known gets the file
//! alone.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// How an editor is told the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notation {
    /// `+12 file`
    Plus,
    /// `file:12`
    Colon,
    /// `--goto file:12`
    Goto,
    /// Not known.
    None,
}

/// The editors whose notation is known, by the names of their programs.
const KNOWN: [(Notation, &[&str]); 3] = [
    (
        Notation::Plus,
        &[
            "vi",
            "vim",
            "nvim",
            "view",
            "gvim",
            "nano",
            "pico",
            "emacs",
            "emacsclient",
            "mg",
            "jed",
            "joe",
            "jmacs",
            "ne",
            "kak",
            "micro",
            "ed",
            "mcedit",
            "gedit",
            "vis",
            "nvi",
        ],
    ),
    (Notation::Colon, &["hx", "helix", "subl", "zed", "zeditor"]),
    (Notation::Goto, &["code", "codium", "code-insiders"]),
];

/// Has a shell wait for the program that it starts, whatever is typed for that: without a trap of its own, dash ends by the
/// interrupt that the program has taken in. The program itself gets no trap (POSIX, `trap`).
pub(super) const WAITS: &str = "trap : INT QUIT\n";

/// The command that opens `file` at `line` with `editor`, which is a command line of its own, as git takes it
/// (`prepare_shell_cmd` in its run-command.c): with arguments, quotes, and settings before the program.
pub(super) fn command(editor: &str, file: &Path, line: Option<usize>) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{WAITS}{editor} \"$@\"")).arg(editor);
    command.args(arguments(editor, file, line));
    command
}

/// What went wrong with an editor, as a predicate to it; `None` if nothing did.
pub(super) fn failure(ended: io::Result<ExitStatus>) -> Option<String> {
    let status = match ended {
        Ok(status) if status.success() => return None,
        Ok(status) => status,
        Err(error) => return Some(format!("cannot be started: {error}")),
    };
    // A shell has its own words: 126 and 127 for what it cannot start, 128 and more for a signal.
    let signal =
        status.signal().or(status.code().filter(|code| (129..160).contains(code)).map(|code| code - 128));
    Some(match (status.code(), signal) {
        (Some(127), _) => "was not found; $VISUAL or $EDITOR can name another".to_owned(),
        (Some(126), _) => "cannot be run; $VISUAL or $EDITOR can name another".to_owned(),
        (_, Some(signal)) => format!("was ended by signal {signal}; the file is not read again"),
        (Some(code), None) => format!("ended with status {code}; the file is not read again"),
        (None, None) => format!("ended with {status}; the file is not read again"),
    })
}

/// The name of the program that a command line starts, without its folder.
fn program(editor: &str) -> &str {
    let is_setting = |word: &str| {
        word.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
    };
    let mut words = editor.split_whitespace();
    let program = words.find(|word| !is_setting(word) && !matches!(*word, "env" | "exec" | "command"));
    program.unwrap_or_default().rsplit('/').next().unwrap_or_default()
}

fn arguments(editor: &str, file: &Path, line: Option<usize>) -> Vec<OsString> {
    let known = KNOWN.iter().find(|(_, names)| names.contains(&program(editor)));
    let notation = known.map_or(Notation::None, |(notation, _)| *notation);
    let file: OsString = file.into();
    let at = |line: usize| {
        let mut at = file.clone();
        at.push(format!(":{line}"));
        at
    };
    match (notation, line) {
        (Notation::None, _) | (_, None) => vec![file],
        (Notation::Plus, Some(line)) => vec![format!("+{line}").into(), file],
        (Notation::Colon, Some(line)) => vec![at(line)],
        (Notation::Goto, Some(line)) => vec!["--goto".into(), at(line)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_has_its_own_way_to_name_a_line() {
        for (editor, line, expected) in [
            ("vi", Some(12), "+12 a b.ron"),
            ("/usr/bin/nvim -f", Some(12), "+12 a b.ron"),
            ("hx", Some(12), "a b.ron:12"),
            ("code --wait", Some(12), "--goto a b.ron:12"),
            ("ed", None, "a b.ron"),
            ("my-own-thing", Some(12), "a b.ron"),
            ("", Some(12), "a b.ron"),
            ("A=1 vi", Some(12), "+12 a b.ron"),
            ("env TERM=xterm LANG= /usr/bin/vim -f", Some(12), "+12 a b.ron"),
            ("exec hx", Some(12), "a b.ron:12"),
            ("./a=b/ed", Some(12), "+12 a b.ron"),
        ] {
            let found = arguments(editor, Path::new("a b.ron"), line);
            let found: Vec<_> = found.iter().map(|part| part.to_string_lossy()).collect();
            assert_eq!(found.join(" "), expected, "{editor}");
        }
    }
    /// Through the shell that starts it, as it is started.
    #[test]
    fn an_editor_that_fails_says_how() {
        for (editor, failure) in [
            ("true", None),
            ("A=1 true", None),
            ("A=1 B=' ' true", None),
            ("test -n", None),
            ("'/bin/sh' -c 'exit 0'", None),
            ("false", Some("ended with status 1")),
            ("A=1 false", Some("ended with status 1")),
            ("sh -c 'exit 3'", Some("ended with status 3")),
            ("sh -c 'kill -9 $$'", Some("was ended by signal 9")),
            ("exec sh -c 'kill -15 $$'", Some("was ended by signal 15")),
            ("/nonexistent/ed", Some("was not found")),
            ("no-such-editor-here -f", Some("was not found")),
            ("/", Some("cannot be run")),
        ] {
            let status =
                command(editor, Path::new("a b.ron"), Some(3)).stderr(std::process::Stdio::null()).status();
            let found = super::failure(status);
            match (&found, failure) {
                (Some(found), Some(expected)) => assert!(found.starts_with(expected), "{editor}: {found}"),
                (found, expected) => assert_eq!(found.as_deref(), expected, "{editor}"),
            }
        }
    }
}
