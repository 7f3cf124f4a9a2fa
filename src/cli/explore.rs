//! `tumen [FILE]`: opens the explorer, or prints the overview where there is no terminal for it.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::arguments::Arguments;
use super::{Stop, output, source};
use crate::app::Library;
#[cfg(unix)]
use crate::app::State;
use crate::config::{Look, Theme, Wish};
use crate::keys::Keymap;
use crate::knowledge::{Address, Item, Knowledge, TourIx};
use crate::load::Loaded;
use crate::print;
#[cfg(unix)]
use crate::shell;
use crate::text::clean::clean;

/// What only the explorer takes.
#[derive(Debug, Args)]
pub(super) struct ExploreArguments {
    /// Knowledge file to explore
    #[arg(conflicts_with = "file_flag", hide_short_help = true)]
    pub(super) file: Option<PathBuf>,
    /// Begin at an address, such as H25
    #[arg(long, value_name = "ADDRESS")]
    pub(super) goto: Option<String>,
    /// Begin with a search
    #[arg(long, value_name = "TEXT")]
    pub(super) query: Option<String>,
    /// Begin with a tour, named by its id
    #[arg(long, value_name = "ID")]
    pub(super) tour: Option<String>,
    /// Colours: dark, light, contrast, auto
    #[arg(long, env = "TUMEN_THEME", default_value = "auto", hide_default_value = true)]
    #[arg(hide_possible_values = true, hide_env_values = true, hide_short_help = true)]
    theme: ThemeWish,
    /// Draw with ASCII characters only
    #[arg(long, global = true, hide_short_help = true)]
    pub(super) ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long, hide_short_help = true)]
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

/// Opens the explorer.
pub(super) fn run(arguments: &Arguments) -> Result<u8, Stop> {
    let own = &arguments.explore;
    let environment = output::environment();
    let Loaded { knowledge, problems } = source::load(arguments.file().as_deref())?;
    let place = own.goto.as_deref().map(|text| place(&knowledge, text)).transpose()?;
    let tour = own.tour.as_deref().map(|id| tour(&knowledge, id)).transpose()?;
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
        own.prepare(&mut state, place, &library);
        if let Some(tour) = tour {
            state.present(tour, &library);
        }
        return session(tty, state, library);
    }
    output::answer(&print::overview(&library.knowledge, output::columns()))
}

#[cfg(unix)]
fn session(tty: shell::Tty, state: State, library: Library) -> Result<u8, Stop> {
    match shell::run(tty, state, library) {
        Ok(end) => Ok(end.status()),
        Err(error) => Err(Stop::Wrong(format!("the terminal cannot be used: {error}"))),
    }
}

impl ExploreArguments {
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
}

impl Arguments {
    /// How the terminal is to be written on.
    pub(super) fn wish(&self) -> Wish {
        let theme = match self.explore.theme {
            ThemeWish::Dark => Some(Theme::Dark),
            ThemeWish::Light => Some(Theme::Light),
            ThemeWish::Contrast => Some(Theme::Contrast),
            ThemeWish::Auto => None,
        };
        Wish { theme, color: self.everywhere.color.wanted(), ascii: self.explore.ascii }
    }
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
