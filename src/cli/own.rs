//! What is a user's own: the files, the configuration, and where what is remembered belongs.
//!
//! Must never make a start without a configuration slower than one attempt to open it.

use std::env;
use std::io::ErrorKind;
use std::path::PathBuf;

use clap::Args;

use super::{Stop, output, source};
use crate::config::{Settings, example};
use crate::disk::{Pipes, small};
use crate::knowledge::Problem;
use crate::load::Source;

/// Flags about files of one's own.
#[derive(Debug, Default, Args)]
pub(super) struct Own {
    /// Open the files together with the shipped dossier
    #[arg(long, hide_short_help = true)]
    pub(super) with_default: bool,
    /// Read the files anew whenever they are saved
    #[arg(long, hide_short_help = true)]
    pub(super) watch: bool,
    /// Plain lines, for screen readers
    #[arg(long, hide_short_help = true)]
    pub(super) plain: bool,
}

/// `tumen config`
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct ConfigArguments {
    /// Print a commented file that holds what holds without one
    #[arg(long)]
    print_default: bool,
    /// Print where the file belongs
    #[arg(long)]
    path: bool,
}

/// Answers `tumen config`.
pub(super) fn config(arguments: &ConfigArguments) -> Result<u8, Stop> {
    if arguments.print_default {
        return output::answer(&example());
    }
    match config_path() {
        Some(path) => output::answer(&format!("{}\n", path.display())),
        None => Err(Stop::Wrong("there is no home folder; TUMEN_CONFIG can name a file".to_owned())),
    }
}

/// What the user has set, and what is wrong with how that is written.
#[derive(Debug, Clone)]
pub(super) struct Set {
    pub(super) settings: Settings,
    pub(super) problems: Vec<Problem>,
}

/// What to open: the files named as arguments, else the one of the flag or of `TUMEN_FILE`.
pub(super) fn source(files: &[PathBuf], other: Option<PathBuf>, own: &Own) -> Source {
    let files = if files.is_empty() { other.into_iter().collect() } else { files.to_vec() };
    Source { files, with_shipped: own.with_default }
}

/// What the user has set; the defaults, where something is wrong with it.
pub(super) fn settings() -> Result<Set, Stop> {
    let settings = Settings::defaults().map_err(|conflict| Stop::Wrong(conflict.to_string()))?;
    let defaults = |problems| Set { settings, problems };
    let Some(path) = config_path() else { return Ok(defaults(Vec::new())) };
    let file = path.display().to_string();
    Ok(match small(&path, Pipes::Refused) {
        Ok(text) => match Settings::read(&file, &text) {
            Ok(settings) => Set { settings, problems: Vec::new() },
            Err(problems) => defaults(problems),
        },
        Err(error) if error.kind() == ErrorKind::NotFound && env::var_os("TUMEN_CONFIG").is_none() => {
            defaults(Vec::new())
        }
        Err(error) => {
            let what = format!("cannot be read: {error}");
            defaults(vec![Problem { file, place: None, what, remedy: "the defaults hold".to_owned() }])
        }
    })
}

/// Where the configuration is: `TUMEN_CONFIG`, else below the folder for configurations.
pub(super) fn config_path() -> Option<PathBuf> {
    match env::var_os("TUMEN_CONFIG").filter(|value| !value.is_empty()) {
        Some(path) => Some(PathBuf::from(path)),
        None => Some(folder("XDG_CONFIG_HOME", ".config")?.join("tumen").join("config.ron")),
    }
}

/// A folder of the XDG Base Directory Specification: a relative path in the variable is none.
pub(super) fn folder(variable: &str, below_home: &str) -> Option<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute(variable).or_else(|| Some(absolute("HOME")?.join(below_home)))
}

/// What there is around a session of this process.
#[cfg(unix)]
pub(super) fn surroundings(own: &Own, source: Source, set: Set) -> crate::shell::Surroundings {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
    let is_read_once = source.files.iter().any(|file| source::is_read_once(file));
    crate::shell::Surroundings {
        is_shipped: source.files.is_empty(),
        source: if is_read_once { Source::default() } else { source },
        watch: own.watch,
        memory: folder("XDG_STATE_HOME", ".local/state").map(|folder| folder.join("tumen")),
        editor: variable("VISUAL").or_else(|| variable("EDITOR")).unwrap_or_else(|| "vi".to_owned()),
        clipboard: set.settings.clipboard,
        inside: crate::shell::Inside::of(
            &variable("TERM").unwrap_or_default(),
            variable("TMUX").is_some(),
            variable("STY").is_some(),
        ),
        problems: set.problems.into(),
    }
}
