//! `tumen check`: every problem of a file with its place, and what might be better.
//!
//! A problem is what the file says wrongly. A warning is what is right and perhaps not meant: a name that nothing
//! mentions, a step of a tour that does not fit a projector. Warnings alone leave the status at 0.

use std::collections::HashSet;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::Arguments;
use super::{Stop, output, source};
use crate::app::Size;
use crate::app::fit::{Fit, PROJECTOR, fit};
use crate::knowledge::{Date, EntityIx, Item, Knowledge, Standing, StatementIx, Step, TourIx};
use crate::load::{Loaded, Remarks};
use crate::print::json;
use crate::print::problems::{self, Finding, Severity};
use crate::text::clean::clean;

/// Show every problem of a file, with its place and the remedy
///
/// The status is 0 if there is none, 1 if there are some, 2 if a file cannot be opened. Warnings leave it at 0: names
/// that nothing mentions, steps of a tour that do not fit a screen of 80×24, pictures in which a step's statement is not
/// to be seen, and statements that are established before they have happened.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  tumen check mine.ron
  tumen check --json mine.ron
  tumen new | tumen check -")]
pub(super) struct CheckArguments {
    /// Knowledge files; `-` is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON object, for editors
    #[arg(long)]
    json: bool,
}

/// Checks all files.
pub(super) fn run(own: &CheckArguments, arguments: &Arguments) -> Result<u8, Stop> {
    let mut files: Vec<Option<PathBuf>> = own.files.iter().cloned().map(Some).collect();
    if files.is_empty() {
        files.push(arguments.file());
    }
    let (mut found, mut unopened) = (Vec::new(), false);
    for file in &files {
        let findings = findings(file.as_deref());
        // Only what could not be read as a text has a problem without a place.
        let placeless =
            |finding: &Finding| finding.severity == Severity::Error && finding.problem.place.is_none();
        unopened |= findings.iter().any(placeless);
        found.extend(findings);
    }
    if own.json {
        output::answer(&json::line(&problems::object(&found)))?;
    } else if found.is_empty() {
        // Scripts are told by the status; a person waits for a word.
        if io::stdout().is_terminal() {
            let names: Vec<String> = files.iter().map(|file| called(file.as_deref())).collect();
            output::answer(&format!("{}: no problems\n", names.join(", ")))?;
        }
    } else {
        let paper = output::paper(arguments);
        output::page(&output::in_letters_of(paper, &problems::text(&found, paper)))?;
    }
    let errors = found.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if unopened { super::COULD_NOT_RUN } else { u8::from(errors) })
}

/// What a file is called where all is well with it.
fn called(file: Option<&Path>) -> String {
    file.map_or_else(|| "the shipped dossier".to_owned(), |file| clean(&source::name(file)).into_owned())
}

/// All that is to be said of one file.
fn findings(file: Option<&Path>) -> Vec<Finding> {
    let (loaded, text) = source::read_with_text(file);
    let finding = |severity| move |problem| Finding { severity, problem };
    let in_order = |mut all: Vec<Finding>| {
        all.sort_by_key(|finding| finding.problem.place.as_ref().map(|place| (place.line, place.column)));
        all
    };
    let Loaded { knowledge, problems } = match loaded {
        Ok(loaded) => loaded,
        Err(unreadable) => {
            return in_order(unreadable.0.into_iter().map(finding(Severity::Error)).collect());
        }
    };
    let mut remarks = Remarks::new(&text);
    unused(&knowledge, &mut remarks);
    tours(&knowledge, &mut remarks);
    ahead(&knowledge, &mut remarks);
    let name = file.map_or_else(|| knowledge.id.to_string(), source::name);
    let errors = problems.into_iter().map(finding(Severity::Error));
    let warnings = remarks.into_problems(&name).into_iter().map(finding(Severity::Warning));
    in_order(errors.chain(warnings).collect())
}

/// Names that nothing leads to.
fn unused(knowledge: &Knowledge, remarks: &mut Remarks<'_>) {
    let in_summaries: HashSet<EntityIx> =
        knowledge.entities.iter().flat_map(|entity| entity.summary.entities()).collect();
    for ix in (0..knowledge.entities.len()).map(EntityIx::new) {
        let mentions = &knowledge.mentions;
        let mentioned = in_summaries.contains(&ix)
            || !mentions.statements(ix).is_empty()
            || !mentions.relations(ix).is_empty()
            || !mentions.entries(Item::Entity(ix)).is_empty();
        if !mentioned {
            let id = knowledge.ids.name(Item::Entity(ix));
            let what = format!("nothing mentions `{id}`");
            remarks.on(
                id,
                &what,
                &format!("link to it, [{}]({id}), or remove it", knowledge.entity(ix).name),
            );
        }
    }
}

/// Statements that are established before they have happened, as far as the dossier's own date tells.
fn ahead(knowledge: &Knowledge, remarks: &mut Remarks<'_>) {
    let Some((as_of, last)) = knowledge.as_of.and_then(|as_of| Some((as_of, as_of.last_day()?))) else {
        return;
    };
    for ix in (0..knowledge.statements.len()).map(StatementIx::new) {
        let statement = knowledge.statement(ix);
        let is_ahead = statement.standing == Standing::Established
            && statement.when.and_then(Date::first_day).is_some_and(|first| first > last);
        if let (true, Some(when)) = (is_ahead, statement.when) {
            let id = knowledge.ids.name(Item::Statement(ix));
            let what = format!(
                "`{id}` is established for {}, and the file is as of {}",
                when.words(),
                as_of.words()
            );
            remarks.on(id, &what, "make it `Expected`, or correct its date or `as_of`");
        }
    }
}

/// What is wrong with how a step is seen, and what to do about it.
fn misfit(knowledge: &Knowledge, step: &Step) -> Option<(String, &'static str)> {
    let Size { columns, rows } = PROJECTOR;
    match fit(knowledge, step, PROJECTOR) {
        Fit::Needs { lines, room } => Some((
            format!("needs {lines} lines, and a screen of {columns}×{rows} has {room}"),
            "reveal fewer statements, or make two steps of it",
        )),
        Fit::Unseen(Some(statement)) => Some((
            format!(
                "shows a {}, in which nothing stands for `{}`",
                step.lens.word(),
                knowledge.ids.name(Item::Statement(statement))
            ),
            "reveal another statement, or leave `lens` out",
        )),
        Fit::Unseen(None) => {
            Some((format!("shows an empty {}", step.lens.word()), "show something else, or leave `lens` out"))
        }
        Fit::Fits | Fit::Elsewhere(_) => None,
    }
}

/// Steps that a class could not read without scrolling, and pictures of nothing.
fn tours(knowledge: &Knowledge, remarks: &mut Remarks<'_>) {
    for (at, tour) in knowledge.tours.iter().enumerate() {
        let id = knowledge.ids.name(Item::Tour(TourIx::new(at)));
        for (step_at, step) in tour.steps.iter().enumerate() {
            let Some((what, remedy)) = misfit(knowledge, step) else { continue };
            remarks.on_step(id, step_at, &format!("step {} {what}", step_at + 1), remedy);
        }
    }
}
