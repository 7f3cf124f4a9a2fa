//! `tumen new` and `tumen export`: files that leave the program.
//!
//! Must never leave half a hand-out, or write over what it was made of.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};

use super::arguments::Arguments;
use super::{Stop, output, source};
use crate::disk::{is_same, save};
use crate::print::{html, json, markdown};
use crate::text::clean::clean;

/// What `tumen new` prints. A test holds that it has no problem.
const NEW: &str = include_str!("new.ron");

/// Print the whole file as a hand-out
///
/// `--html` is one page that needs no network and no script to be read, `--md` a document with a footnote for each
/// source, `--json` everything, for programs. Tours are in `--json` alone: their notes are the speaker's.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("form").required(true), after_long_help = "Examples:
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
    #[arg(long, group = "form")]
    html: bool,
    /// Write to this file instead of standard output, which `-` is
    #[arg(short = 'o', value_name = "PATH")]
    output: Option<PathBuf>,
}

/// Prints the file to start from.
pub(super) fn new() -> Result<u8, Stop> {
    output::answer(NEW)
}

/// Prints or writes the hand-out.
pub(super) fn export(own: &ExportArguments, arguments: &Arguments) -> Result<u8, Stop> {
    let out = Out::find(own.output.as_deref(), arguments).map_err(Stop::Wrong)?;
    let loaded = source::load(arguments.file().as_deref())?;
    output::remark_on(&loaded.problems);
    let text = if own.html {
        html::page(&loaded.knowledge)
    } else if own.md {
        markdown::file(&loaded.knowledge)
    } else {
        json::line(&json::File::of(&loaded.knowledge))
    };
    match out {
        Out::Answer => output::answer(&text),
        Out::Straight(path) => pour(path, &text).map_err(|error| unwritten(path, &error)),
        Out::Whole(path) => {
            #[cfg(unix)]
            crate::shell::outlive_file_limit();
            save(path, text.as_bytes(), 0o666).map(|()| 0).map_err(|error| unwritten(path, &error))
        }
    }
}

/// Where a hand-out goes.
#[derive(Debug, Clone, Copy)]
enum Out<'p> {
    /// To standard output.
    Answer,
    /// Into a device or a pipe, which take what comes.
    Straight(&'p Path),
    /// Into a file, which has all of it or none.
    Whole(&'p Path),
}

impl<'p> Out<'p> {
    /// Where `path` leads, standard output if it is `-` or none; or why nothing is written there.
    fn find(path: Option<&'p Path>, arguments: &Arguments) -> Result<Self, String> {
        let own = source::metadata_of(&io::stdout());
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
            return match own.and_then(|own| source::read_from(&own, arguments)) {
                None => Ok(Self::Answer),
                Some(what) => Err(format!("standard output goes into {what}, which it would spoil")),
            };
        };
        let is_folder = path.as_os_str().as_encoded_bytes().ends_with(b"/");
        let about = match fs::metadata(path) {
            Err(_) if !is_folder => return Ok(Self::Whole(path)),
            about => about.ok(),
        };
        let said = |what: String| Err(clean(&format!("{}: {what}", path.display())).into_owned());
        let Some(about) = about.filter(|about| !about.is_dir()) else {
            return said("is a folder; name a file in it".to_owned());
        };
        if let Some(what) = source::read_from(&about, arguments) {
            return said(format!("this is {what}, which an export would replace; name another file"));
        }
        // `/dev/stdout` is what it leads to, wherever that is by now.
        if own.is_some_and(|own| is_same(&own, &about)) {
            return Ok(Self::Answer);
        }
        let is_open = ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder));
        Ok(if about.is_file() && !is_open { Self::Whole(path) } else { Self::Straight(path) })
    }
}

/// Writes into what is no file of the disk.
fn pour(path: &Path, text: &str) -> io::Result<u8> {
    let written =
        fs::File::options().write(true).open(path).and_then(|mut out| out.write_all(text.as_bytes()));
    match written {
        // Who reads a pipe may have seen enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        Ok(()) | Err(_) => Ok(0),
    }
}

/// Says why nothing was written. What was there is there as it was.
fn unwritten(path: &Path, error: &io::Error) -> Stop {
    let what = match error.kind() {
        ErrorKind::NotFound => "cannot be written: there is no such folder".to_owned(),
        ErrorKind::PermissionDenied => {
            format!(
                "cannot be written: {error} (a file is replaced whole, so its folder must be writable, too)"
            )
        }
        _ => format!("cannot be written: {error}"),
    };
    Stop::Wrong(clean(&format!("{} {what}", path.display())).into_owned())
}
