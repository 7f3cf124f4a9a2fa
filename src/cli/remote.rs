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
pub fn remote(line: &str, library: &Library) -> Answer {
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
    ask.paper = Paper::PLAIN;
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
