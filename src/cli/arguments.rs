//! What can be typed: the one table that parsing, help, completions and the manual page come from.
//!
//! Must never do anything: each command is obeyed in a file of its own.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::Stop;
use super::ask::{SearchArguments, ShowArguments, TimelineArguments};
use super::check::CheckArguments;
use super::explore::ExploreArguments;
#[cfg(all(unix, feature = "serve"))]
use super::serve::ServeArguments;
use super::write::ExportArguments;

/// Help that fits a screen of 80×24: the options follow the commands without their own blank lines.
const HELP: &str = "{about-with-newline}\n{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Explore a knowledge file: statements, how well they stand, and who says so.
#[derive(Debug, Default, Parser)]
#[command(
    name = "tumen",
    version,
    help_template = HELP,
    max_term_width = 100,
    override_usage = "tumen [OPTIONS] [FILE]...  or  tumen COMMAND [OPTIONS]",
    subcommand_value_name = "COMMAND",
    // `tumen FILE show H25` is a command about a file, and not three files.
    subcommand_precedence_over_arg = true,
    after_help = "Also: completions, man, help COMMAND. A file called `search` is ./search.",
    after_long_help = super::manual::LONG
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) explore: ExploreArguments,
    #[command(flatten)]
    pub(super) everywhere: Everywhere,
}

/// What every command takes.
#[derive(Debug, Default, Args)]
pub(super) struct Everywhere {
    /// Knowledge file instead of the one inside
    ///
    /// `-` reads standard input. `TUMEN_FILE` does the same for every command. Without either, the program answers from
    /// the dossier on North Korea and Russia that it carries.
    #[arg(long = "file", value_name = "FILE", global = true)]
    pub(super) file_flag: Option<PathBuf>,
    /// Use colours: auto, always, never
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_default_value = true, global = true)]
    #[arg(hide_possible_values = true, hide_short_help = true)]
    pub(super) color: ColorWish,
}

/// `--color`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum ColorWish {
    #[default]
    Auto,
    Always,
    Never,
}

impl ColorWish {
    /// `Some(true)` always, `Some(false)` never.
    pub(super) const fn wanted(self) -> Option<bool> {
        match self {
            Self::Auto => None,
            Self::Always => Some(true),
            Self::Never => Some(false),
        }
    }
}

/// What can be done instead of exploring.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Search(SearchArguments),
    Show(ShowArguments),
    Timeline(TimelineArguments),
    Check(CheckArguments),
    /// Print a small knowledge file to start from
    #[command(after_long_help = "Examples:\n  tumen new > mine.ron\n  tumen new | tumen check -")]
    New,
    Export(ExportArguments),
    #[cfg(all(unix, feature = "serve"))]
    Serve(Box<ServeArguments>),
    /// Print completions for a shell
    #[command(hide = true, after_long_help = "Examples:\n  tumen completions bash\n  tumen completions zsh")]
    Completions(CompletionsArguments),
    #[command(hide = true)]
    Config(super::own::ConfigArguments),
    /// Print the manual page
    #[command(hide = true, after_long_help = "Examples:\n  tumen man")]
    Man,
}

/// `tumen completions`
#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub(super) shell: Shell,
}

impl Arguments {
    /// What `typed` asks for. Where it is nothing, as at most starts, nobody waits until clap knows all that could be.
    pub(super) fn of(typed: Vec<OsString>) -> Result<Self, clap::Error> {
        // What can be given in the environment has a name that begins like this.
        let asks = |(name, _): (OsString, OsString)| name.as_encoded_bytes().starts_with(b"TUMEN_");
        if typed.len() <= 1 && !std::env::vars_os().any(asks) {
            return Ok(Self::default());
        }
        Self::try_parse_from(typed)
    }

    /// The file that is meant, if any is named: on the command line, or else in `TUMEN_FILE`.
    pub(super) fn file(&self) -> Option<PathBuf> {
        let named = self.explore.files.first().map(PathBuf::as_path).or(self.everywhere.file_flag.as_deref());
        let set = || std::env::var_os("TUMEN_FILE").filter(|value| !value.is_empty()).map(PathBuf::from);
        named.map(Path::to_path_buf).or_else(set)
    }

    /// Says what is wrong if a command stands beside what only the explorer understands.
    pub(super) fn explorer_is_left_alone(&self) -> Result<(), Stop> {
        let own = &self.explore;
        let flags = [
            ("--goto", own.goto.is_some()),
            ("--query", own.query.is_some()),
            ("--tour", own.tour.is_some()),
        ];
        match flags.into_iter().find(|(_, given)| *given) {
            Some((flag, _)) => Err(Stop::Wrong(format!("{flag} is for the explorer, not for a command"))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, FromArgMatches};

    use super::*;

    #[test]
    fn nothing_asked_for_is_what_clap_makes_of_it() {
        // Without the environment of whoever runs the test.
        let command = Arguments::command().mut_args(|argument| argument.env(None::<&str>));
        let matches = command.try_get_matches_from(["tumen"]).expect("nothing needs to be given");
        let parsed = Arguments::from_arg_matches(&matches).expect("nothing needs to be given");
        assert_eq!(format!("{:?}", Arguments::default()), format!("{parsed:?}"));
    }

    #[test]
    fn what_the_environment_may_give_is_known_by_its_name() {
        for argument in Arguments::command().get_arguments() {
            if let Some(name) = argument.get_env() {
                assert!(name.as_encoded_bytes().starts_with(b"TUMEN_"), "{}", name.display());
            }
        }
    }
}
