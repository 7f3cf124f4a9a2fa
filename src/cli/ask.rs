//! `tumen search`, `tumen show` and `tumen timeline`: a question of the file, and its answer.

use clap::Args;

use super::arguments::Arguments;
use super::{Stop, output, source};
use crate::knowledge::Date;
use crate::print::{self, Form, Paper, Question, Span};
use crate::search::Index;

/// Hits that are shown when nobody says how many.
const HITS: &str = "20";

/// Search everything, and print the best hits
///
/// A query is words, all of which must match; `"…"` exactly, `!word` not, and filters in:, who:, kind:, tag:, is:, by:,
/// denied:, when:1950..1961. The status is 1 if nothing is found.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  tumen search slbm
  tumen search arms trade denied:russia
  tumen search -n 3 '\"mutual defence\"' 'when:1950..1961'
  tumen search --json 김정은")]
pub(super) struct SearchArguments {
    /// What to search for; several words are one query
    #[arg(value_name = "QUERY", required = true, allow_hyphen_values = false)]
    query: Vec<String>,
    /// How many hits at most
    #[arg(short = 'n', value_name = "N", default_value = HITS)]
    limit: usize,
    /// Print one JSON object, for programs
    #[arg(long)]
    json: bool,
}

/// Print an entry, statement, entity, topic or tour
///
/// The status is 1 if nothing is called so.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  tumen show H25
  tumen show history/treaty-1961
  tumen show --md kim-jong-un
  tumen show --json H25")]
pub(super) struct ShowArguments {
    /// An address, an id or a name: history/treaty-1961, H25, Pyongyang
    #[arg(value_name = "ADDRESS-OR-ID")]
    what: String,
    /// Print one JSON object, for programs
    #[arg(long, conflicts_with = "md")]
    json: bool,
    /// Print Markdown, for documents
    #[arg(long)]
    md: bool,
}

/// Print dated statements in order
///
/// The status is 1 if there is none.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  tumen timeline
  tumen timeline --in history --from 1950 --to 1961
  tumen timeline --from 2023-07 --json")]
pub(super) struct TimelineArguments {
    /// Only this topic
    #[arg(long = "in", value_name = "TOPIC")]
    topic: Option<String>,
    /// Nothing that was over before this date (1961, 1961-07, 196X)
    #[arg(long, value_name = "D", value_parser = date)]
    from: Option<Date>,
    /// Nothing that began after this date
    #[arg(long, value_name = "D", value_parser = date)]
    to: Option<Date>,
    /// Print one JSON object, for programs
    #[arg(long)]
    json: bool,
}

/// Reads a date; what is none learns how one is written.
fn date(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|error| format!("{error}; dates are written 1961, 1961-07, 1961-07-06, 196X or 1961~"))
}

const fn form(json: bool, md: bool) -> Form {
    match (json, md) {
        (true, _) => Form::Json,
        (false, true) => Form::Markdown,
        (false, false) => Form::Text,
    }
}

impl SearchArguments {
    /// The question on plain paper.
    pub(super) fn ask(&self) -> print::Ask {
        let question = Question::Search { query: self.query.join(" "), limit: self.limit };
        print::Ask { question, form: form(self.json, false), paper: Paper::PLAIN }
    }
}

impl ShowArguments {
    /// The question on plain paper.
    pub(super) fn ask(&self) -> print::Ask {
        let question = Question::Show { what: self.what.clone() };
        print::Ask { question, form: form(self.json, self.md), paper: Paper::PLAIN }
    }
}

impl TimelineArguments {
    /// The question on plain paper.
    pub(super) fn ask(&self) -> print::Ask {
        let span = Span { from: self.from, to: self.to };
        let question = Question::Timeline { topic: self.topic.clone(), span };
        print::Ask { question, form: form(self.json, false), paper: Paper::PLAIN }
    }
}

/// Answers on standard output.
pub(super) fn run(ask: &print::Ask, arguments: &Arguments) -> Result<u8, Stop> {
    let file = arguments.file();
    let loaded = source::load(file.as_deref())?;
    output::remark_on(&loaded.problems);
    let ask = print::Ask { paper: output::paper(arguments), ..ask.clone() };
    let searches = matches!(ask.question, Question::Search { .. });
    let index = (searches && file.is_none()).then(|| Index::shipped(&loaded.knowledge));
    let answer = print::answer(&ask, &loaded.knowledge, index.as_ref());
    if ask.form == Form::Text {
        output::page(&answer.text)?;
    } else {
        output::answer(&answer.text)?;
    }
    answer.notes.iter().for_each(output::complain);
    Ok(answer.status)
}
