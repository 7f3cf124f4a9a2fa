//! `tumen new` and `tumen export`: files that leave the program.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::arguments::Arguments;
use super::{Stop, output, source};
use crate::print::{html, json, markdown};
use crate::text::clean::clean;

/// What `tumen new` prints. A test holds that it has no problem.
const NEW: &str = include_str!("new.ron");

/// Print the whole file as a hand-out
///
/// `--html` is one page that needs no network and no script to be read, `--md` a document with a footnote for each
/// source, `--json` everything, for programs. Tours are in `--json` alone: their notes are the speaker's.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  tumen export --html -o dossier.html
  tumen export --md
  tumen export --json")]
pub(super) struct ExportArguments {
    /// A Markdown document
    #[arg(long, group = "form")]
    md: bool,
    /// A JSON object
    #[arg(long, group = "form")]
    json: bool,
    /// A page for a browser
    #[arg(long, group = "form", required_unless_present_any = ["md", "json"])]
    html: bool,
    /// Write to this file instead of standard output
    #[arg(short = 'o', value_name = "PATH")]
    output: Option<PathBuf>,
}

/// Prints the file to start from.
pub(super) fn new() -> Result<u8, Stop> {
    output::answer(NEW)
}

/// Prints or writes the hand-out.
pub(super) fn export(own: &ExportArguments, arguments: &Arguments) -> Result<u8, Stop> {
    let loaded = source::load(arguments.file().as_deref())?;
    output::remark_on(&loaded.problems);
    let text = if own.html {
        html::page(&loaded.knowledge)
    } else if own.md {
        markdown::file(&loaded.knowledge)
    } else {
        json::line(&json::File::of(&loaded.knowledge))
    };
    match &own.output {
        None => output::answer(&text),
        Some(path) => match fs::write(path, text) {
            Ok(()) => Ok(0),
            Err(error) => {
                let what = format!("{} cannot be written: {error}", path.display());
                Err(Stop::Wrong(clean(&what).into_owned()))
            }
        },
    }
}
