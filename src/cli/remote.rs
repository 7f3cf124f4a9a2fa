//! The same questions from afar: what a session over SSH may ask without a terminal.
//!
//! Must never do more than answer from the file that is open: no other file, no output but what is given back.

use std::iter;

use clap::{FromArgMatches, Subcommand};

use super::ask::{SearchArguments, ShowArguments, TimelineArguments};
use crate::app::Library;
use crate::print::{self, Answer, Paper};

/// What can be asked from afar, in one line for a refusal.
pub const COMMANDS: &str = "search QUERY, show ADDRESS-OR-ID, timeline, help";

/// What is understood.
#[derive(Debug, Subcommand)]
enum Question {
    Search(SearchArguments),
    Show(ShowArguments),
    Timeline(TimelineArguments),
}

/// Answers a line such as `search slbm` or `show H25 --json`.
///
/// Words are parted by blanks alone, so that the quotes of a phrase reach the search as they are typed. Help and what
/// was not understood come back as answers too, the latter with status 2.
pub fn remote(line: &str, library: &Library, paper: Paper) -> Answer {
    let command = Question::augment_subcommands(
        clap::Command::new("tumen").subcommand_required(true).arg_required_else_help(true),
    );
    let words = iter::once("tumen").chain(line.split_whitespace());
    let matches = command.try_get_matches_from(words);
    let question = matches.and_then(|matches| Question::from_arg_matches(&matches));
    let mut ask = match question {
        Ok(Question::Search(own)) => own.ask(),
        Ok(Question::Show(own)) => own.ask(),
        Ok(Question::Timeline(own)) => own.ask(),
        Err(message) => return said(&message),
    };
    ask.paper = paper;
    print::answer(&ask, &library.knowledge, library.index.as_deref())
}

/// What clap has to say: help as an answer, anything else as a note.
fn said(message: &clap::Error) -> Answer {
    let text = message.to_string();
    if message.use_stderr() {
        let safe = |line: &str| crate::text::clean::clean(line).into_owned();
        let notes = text.lines().map(safe).collect();
        return Answer { text: String::new(), notes, status: Answer::SENSELESS };
    }
    Answer { text, notes: Vec::new(), status: Answer::FOUND }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::keys::Keymap;
    use crate::load;

    #[test]
    fn questions_from_afar() {
        let library = Library {
            knowledge: Arc::new(load::shipped().unwrap().knowledge),
            problems: Arc::default(),
            index: None,
            keymap: Arc::new(Keymap::from_table().unwrap()),
        };
        for (line, status, text, note) in [
            ("search slbm", 0, "needs/submarines#N17", ""),
            ("  search   slbm -n 1 --json ", 0, "\"query\":\"slbm\"", "best 1 of"),
            ("search \"mutual defence\"", 0, "#H", ""),
            ("search qqqqqqqq", 1, "", "nothing found"),
            ("show H25", 0, "H25", ""),
            ("show H255", 1, "", "did you mean `H25`"),
            ("timeline --to 1945", 0, "1945", ""),
            ("help", 0, "timeline", ""),
            ("search --help", 0, "QUERY", ""),
            ("", 2, "", "search"),
            ("export --html", 2, "", "export"),
            ("show --file /etc/passwd H25", 2, "", "--file"),
            ("sh \u{1b}[31m", 2, "", "sh"),
        ] {
            let answer = remote(line, &library, Paper::PLAIN);
            let notes = answer.notes.join("\n");
            assert_eq!(answer.status, status, "{line}: {answer:?}");
            assert!(answer.text.contains(text) && notes.contains(note), "{line}: {answer:?}");
            assert!(!answer.text.contains('\u{1b}') && !notes.contains('\u{1b}'), "{line}: {answer:?}");
        }
    }
}
