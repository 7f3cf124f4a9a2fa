//! One question, one answer: what the command line and a session over SSH both ask.
//!
//! Must never know where the question came from or where the answer goes.

use super::{Paper, search, show, timeline};
use crate::config::ascii;
use crate::knowledge::Knowledge;
use crate::search::Index;

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// What a query finds.
    Search {
        /// The query, in the language of the search.
        query: String,
        /// How many hits at most.
        limit: usize,
    },
    /// Everything about one thing.
    Show {
        /// Its id, or an address that ends with it.
        what: String,
    },
    /// Dated statements, in order.
    Timeline {
        /// The id or the beginning of the name of a topic; all of them if it is not given.
        topic: Option<String>,
        /// Which time.
        span: timeline::Span,
    },
}

/// In which form an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// For people.
    #[default]
    Text,
    /// For documents. Only [`Question::Show`] has it; the others answer with text.
    Markdown,
    /// For programs: one object on one line.
    Json,
}

/// A question and how it is to be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// What is asked.
    pub question: Question,
    /// In which form.
    pub form: Form,
    /// What [`Form::Text`] is written on.
    pub paper: Paper,
}

/// What is said in answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// For standard output; ends with a line feed unless it is empty.
    pub text: String,
    /// For standard error, one line each, safe for a terminal: corrections, and why nothing was found.
    pub notes: Vec<String>,
    /// The exit status: 0 found, 1 nothing found, 2 the question cannot be asked of this file.
    pub status: u8,
}

impl Answer {
    /// The status when something was found.
    pub const FOUND: u8 = 0;
    /// The status when nothing was.
    pub const NOTHING: u8 = 1;
    /// The status when the question made no sense.
    pub const SENSELESS: u8 = 2;

    /// The same for who can read nothing but ASCII.
    #[must_use]
    pub fn in_ascii(self) -> Self {
        let notes = self.notes.iter().map(|note| ascii(note).into_owned()).collect();
        Self { text: ascii(&self.text).into_owned(), notes, status: self.status }
    }

    /// An answer that something was found.
    pub(super) fn found(text: String) -> Self {
        Self { text, notes: Vec::new(), status: Self::FOUND }
    }

    /// No answer, and why.
    pub(super) fn none(status: u8, why: &str) -> Self {
        let note = crate::text::clean::clean(why).into_owned();
        Self { text: String::new(), notes: vec![note], status }
    }
}

/// Answers. An `index` saves a search from reading the file's words itself; it must be that of `knowledge`.
pub fn answer(ask: &Ask, knowledge: &Knowledge, index: Option<&Index>) -> Answer {
    let answer = in_any_script(ask, knowledge, index);
    if ask.paper.ascii && ask.form == Form::Text { answer.in_ascii() } else { answer }
}

fn in_any_script(ask: &Ask, knowledge: &Knowledge, index: Option<&Index>) -> Answer {
    match &ask.question {
        Question::Search { query, limit } => match index {
            Some(index) => search::answer(ask, knowledge, index, (query, *limit)),
            None => search::answer(ask, knowledge, &Index::build(knowledge), (query, *limit)),
        },
        Question::Show { what } => show::answer(ask, knowledge, what),
        Question::Timeline { topic, span } => timeline::answer(ask, knowledge, topic.as_deref(), *span),
    }
}
