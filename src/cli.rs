//! The command line: what is asked for, whether it can be done, and the exit status.
//!
//! Answers go to standard output, everything else to standard error. The status is 0 after a session or an answer,
//! 2 when something could not run (the terminal is then untouched), 130 after `Ctrl-C`, and 128 and the number of a
//! signal that ended the session. Must never print a text of a file that could drive a terminal.

use std::env;
use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, ValueEnum};

use crate::app::Library;
#[cfg(unix)]
use crate::app::State;
use crate::config::{Environment, Look, Theme, Wish};
use crate::keys::Keymap;
use crate::knowledge::{Address, Item, Knowledge, TourIx};
use crate::load::{self, Loaded, Unreadable};
use crate::print;
#[cfg(unix)]
use crate::shell;
use crate::text::clean::clean;

/// The status of a program that could not run.
const COULD_NOT_RUN: u8 = 2;
/// Columns of a plain text when nobody says how many there are.
const COLUMNS: usize = 80;

/// Explore a knowledge file: statements, how well they stand, and who says so.
#[derive(Debug, Parser)]
#[command(
    name = "tumen",
    version,
    after_help = "Without FILE: the dossier on North Korea and Russia that it carries.\n\
                  Without a terminal, it prints what the file holds.\n\
                  In the explorer, `?` shows the keys and `q` leaves."
)]
struct Arguments {
    /// Knowledge file to explore
    file: Option<PathBuf>,
    /// The same, as a flag
    #[arg(
        long = "file",
        value_name = "FILE",
        env = "TUMEN_FILE",
        conflicts_with = "file",
        hide_env_values = true
    )]
    file_flag: Option<PathBuf>,
    /// Begin at an address, such as H25
    #[arg(long, value_name = "ADDRESS")]
    goto: Option<String>,
    /// Begin with a search
    #[arg(long, value_name = "TEXT")]
    query: Option<String>,
    /// Begin with a tour, named by its id
    #[arg(long, value_name = "ID")]
    tour: Option<String>,
    /// Colours: dark, light, contrast, auto
    #[arg(long, env = "TUMEN_THEME", default_value = "auto", hide_default_value = true)]
    #[arg(hide_possible_values = true, hide_env_values = true)]
    theme: ThemeWish,
    /// Use colours: auto, always, never
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    color: ColorWish,
    /// Draw with ASCII characters only
    #[arg(long)]
    ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    no_mouse: bool,
}

/// `--theme`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ThemeWish {
    Dark,
    Light,
    Contrast,
    Auto,
}

/// `--color`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColorWish {
    Auto,
    Always,
    Never,
}

/// Why the program ends before it shows anything.
enum Stop {
    /// Everything is said already, on standard output.
    Said(u8),
    /// What is wrong, for standard error.
    Wrong(String),
}

/// Runs the program, and says with which status it ends.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let status = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => explore(&arguments),
        Err(message) => {
            // Help and version go to standard output, mistakes to standard error; clap knows which.
            let _ = message.print();
            Err(Stop::Said(u8::try_from(message.exit_code()).unwrap_or(COULD_NOT_RUN)))
        }
    };
    ExitCode::from(match status {
        Ok(status) | Err(Stop::Said(status)) => status,
        Err(Stop::Wrong(what)) => {
            complain(&what);
            COULD_NOT_RUN
        }
    })
}

/// Opens the explorer, or prints the overview where there is no terminal for it.
fn explore(arguments: &Arguments) -> Result<u8, Stop> {
    let environment = environment();
    let Loaded { knowledge, problems } = load(arguments)?;
    let place = arguments.goto.as_deref().map(|text| place(&knowledge, text)).transpose()?;
    let tour = arguments.tour.as_deref().map(|id| tour(&knowledge, id)).transpose()?;
    let keymap = Keymap::from_table().map_err(|conflict| Stop::Wrong(conflict.to_string()))?;
    let library = Library {
        knowledge: Arc::new(knowledge),
        problems: problems.into(),
        index: None,
        keymap: Arc::new(keymap),
    };
    #[cfg(unix)]
    if !matches!(environment.term.as_str(), "" | "dumb")
        && let Some(tty) = shell::Tty::find()
    {
        let look = Look::of(&environment, arguments.wish());
        let mut state = State::new(tty.size(), look, &library);
        arguments.prepare(&mut state, place, &library);
        if let Some(tour) = tour {
            state.present(tour, &library);
        }
        return session(tty, state, library);
    }
    answer(&print::overview(&library.knowledge, COLUMNS))
}

#[cfg(unix)]
fn session(tty: shell::Tty, state: State, library: Library) -> Result<u8, Stop> {
    match shell::run(tty, state, library) {
        Ok(end) => Ok(end.status()),
        Err(error) => Err(Stop::Wrong(format!("the terminal cannot be used: {error}"))),
    }
}

impl Arguments {
    /// Brings a session to where it is to begin.
    #[cfg(unix)]
    fn prepare(&self, state: &mut State, place: Option<Address>, library: &Library) {
        state.mouse = !self.no_mouse;
        if let Some(address) = place {
            state.open(address, library);
        }
        if let Some(text) = &self.query {
            state.ask(text, library);
        }
    }

    fn wish(&self) -> Wish {
        Wish {
            theme: match self.theme {
                ThemeWish::Dark => Some(Theme::Dark),
                ThemeWish::Light => Some(Theme::Light),
                ThemeWish::Contrast => Some(Theme::Contrast),
                ThemeWish::Auto => None,
            },
            color: match self.color {
                ColorWish::Auto => None,
                ColorWish::Always => Some(true),
                ColorWish::Never => Some(false),
            },
            ascii: self.ascii,
        }
    }
}

fn load(arguments: &Arguments) -> Result<Loaded, Stop> {
    let loaded = match arguments.file.as_ref().or(arguments.file_flag.as_ref()) {
        Some(path) => load::read(path),
        None => load::shipped(),
    };
    loaded.map_err(|problems: Unreadable| Stop::Wrong(problems.to_string()))
}

/// Reads `--goto`.
fn place(knowledge: &Knowledge, text: &str) -> Result<Address, Stop> {
    knowledge.address(text).map_err(|error| Stop::Wrong(clean(&format!("--goto: {error}")).into_owned()))
}

/// Reads `--tour`.
fn tour(knowledge: &Knowledge, id: &str) -> Result<TourIx, Stop> {
    if let Some(Item::Tour(tour)) = knowledge.ids.get(id) {
        return Ok(tour);
    }
    let all = (0..knowledge.tours.len()).map(|at| knowledge.ids.name(Item::Tour(TourIx::new(at))));
    let known = all.collect::<Vec<_>>().join(", ");
    let has = if known.is_empty() { "it has none".to_owned() } else { format!("it has {known}") };
    Err(Stop::Wrong(clean(&format!("--tour: the file has no tour `{id}`; {has}")).into_owned()))
}

/// What the terminal of this process says of itself.
fn environment() -> Environment {
    let get = |name: &str| env::var(name).unwrap_or_default();
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(get).into_iter().find(|value| !value.is_empty());
    Environment {
        term: get("TERM"),
        colorterm: get("COLORTERM"),
        no_color: get("NO_COLOR"),
        colorfgbg: get("COLORFGBG"),
        locale: locale.unwrap_or_default(),
    }
}

/// Prints an answer. A reader who has seen enough and closed the pipe is content.
fn answer(text: &str) -> Result<u8, Stop> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Stop::Wrong(format!("the answer cannot be written: {error}")))
        }
        Ok(()) | Err(_) => Ok(0),
    }
}

/// Says on standard error what is wrong; if that is closed, the status says it alone.
fn complain(what: &impl Display) {
    let _ = writeln!(io::stderr(), "tumen: {what}");
}
