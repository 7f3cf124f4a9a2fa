//! How an editor is started at a line. Must never guess: an editor that is not known gets the file alone.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

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

/// The command that opens `file` at `line` with `editor`, which is a command line of its own, as git takes it.
pub(super) fn command(editor: &str, file: &Path, line: Option<usize>) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("exec {editor} \"$@\"")).arg(editor);
    command.args(arguments(editor, file, line));
    command
}

fn arguments(editor: &str, file: &Path, line: Option<usize>) -> Vec<OsString> {
    let program = editor.split_whitespace().next().unwrap_or_default();
    let name = program.rsplit('/').next().unwrap_or_default();
    let known = KNOWN.iter().find(|(_, names)| names.contains(&name));
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
        ] {
            let found = arguments(editor, Path::new("a b.ron"), line);
            let found: Vec<_> = found.iter().map(|part| part.to_string_lossy()).collect();
            assert_eq!(found.join(" "), expected, "{editor}");
        }
    }
}
