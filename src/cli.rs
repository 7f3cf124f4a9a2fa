//! The command line: what is asked for, whether it can be done, and the exit status.
//!
//! One file a family of commands: `explore` opens the explorer, `ask` answers `search`, `show` and `timeline`, `check`
//! and `write` serve those who make files, `manual` explains. `arguments` says what can be typed, `source` reads the
//! file that is meant, `output` brings an answer to whoever waits for it.
//!
//! Answers go to standard output, everything else to standard error. The status is 0 after a session or when something
//! was found or is clean, 1 when nothing was found or there are problems, 2 when something could not run (the terminal is
//! then untouched), 130 after `Ctrl-C`, and 128 and the number of a signal that ended the session. Must never print a
//! text of a file that could drive a terminal.

mod arguments;
mod ask;
mod check;
mod explore;
mod manual;
mod output;
mod own;
mod remote;
#[cfg(all(unix, feature = "serve"))]
mod serve;
mod source;
mod write;

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use arguments::{Arguments, Command};
pub use remote::{COMMANDS, remote};

/// The status of a program that could not run.
const COULD_NOT_RUN: u8 = 2;

/// Why a command ends without what was asked for.
#[derive(Debug)]
enum Stop {
    /// Everything is said already.
    Said(u8),
    /// What is wrong, for standard error.
    Wrong(String),
}

/// Runs the program, and says with which status it ends.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let status = match Arguments::of(arguments.into_iter().collect()) {
        Ok(arguments) => obey(&arguments),
        Err(message) => {
            // Help and version go to standard output, mistakes to standard error; clap knows which.
            if message.use_stderr() || io::stdout().is_terminal() {
                let _ = message.print();
                Err(Stop::Said(u8::try_from(message.exit_code()).unwrap_or(COULD_NOT_RUN)))
            } else {
                output::answer(&message.render().to_string())
            }
        }
    };
    ExitCode::from(match status {
        Ok(status) | Err(Stop::Said(status)) => status,
        Err(Stop::Wrong(what)) => {
            output::complain(&what);
            COULD_NOT_RUN
        }
    })
}

fn obey(arguments: &Arguments) -> Result<u8, Stop> {
    let Some(command) = &arguments.command else { return explore::run(arguments) };
    arguments.explorer_is_left_alone()?;
    match command {
        Command::Search(own) => ask::run(&own.ask(), arguments),
        Command::Show(own) => ask::run(&own.ask(), arguments),
        Command::Timeline(own) => ask::run(&own.ask(), arguments),
        Command::Check(own) => check::run(own, arguments),
        Command::New => write::new(),
        Command::Export(own) => write::export(own, arguments),
        #[cfg(all(unix, feature = "serve"))]
        Command::Serve(own) => own.run(arguments),
        Command::Completions(own) => manual::completions(own.shell),
        Command::Man => manual::page(),
        Command::Config(own) => own::config(own),
    }
}
