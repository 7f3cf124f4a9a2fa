//! `tumen [FILE]`: opens the explorer, or prints the overview where there is no terminal for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::arguments::Arguments;
use super::{Stop, output, source};
use crate::app::Library;
#[cfg(unix)]
use crate::app::{Opening, State};
use crate::config::{Look, Theme, Wish};
use crate::keys::Keymap;
use crate::knowledge::{Address, Item, Knowledge, TourIx};
use crate::load::{self, Loaded};
use crate::print;
#[cfg(unix)]
use crate::shell;
use crate::text::clean::clean;

/// What only the explorer takes.
#[derive(Debug, Default, Args)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum ThemeWish {
    Dark,
    Light,
    Contrast,
    #[default]
    Auto,
}

/// Where a session is to begin.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(unix), allow(dead_code, reason = "there is no session"))]
struct Start {
    place: Option<Address>,
    tour: Option<TourIx>,
}

/// Opens the explorer.
pub(super) fn run(arguments: &Arguments) -> Result<u8, Stop> {
    let own = &arguments.explore;
    let environment = output::environment();
    let keymap = Keymap::from_table().map_err(|conflict| Stop::Wrong(conflict.to_string()))?;
    let file = arguments.file();
    #[cfg(unix)]
    let tty = if matches!(environment.term.as_str(), "" | "dumb") { None } else { shell::Tty::find() };
    #[cfg(unix)]
    if let (Some(tty), Some(path)) = (&tty, file.as_ref().filter(|path| load::takes_long(path))) {
        let look = Look::of(&environment, arguments.wish());
        return open(own, (tty.clone(), look), path, keymap);
    }
    let Loaded { knowledge, problems } = source::load(file.as_deref())?;
    let library = Library {
        knowledge: Arc::new(knowledge),
        problems: problems.into(),
        index: None,
        keymap: Arc::new(keymap),
    };
    // A place that is not there is said also where there is no terminal to show it on.
    let start = own.start(&library.knowledge).map_err(Stop::Wrong)?;
    #[cfg(unix)]
    if let Some(tty) = tty {
        let look = Look::of(&environment, arguments.wish());
        let state = own.begin(State::new(tty.size(), look, &library), start, &library);
        return session(tty, state, library);
    }
    output::answer(&print::overview(&library.knowledge, output::columns()))
}

/// Opens the explorer over a large file, which is read behind the first frame.
#[cfg(unix)]
fn open(
    own: &ExploreArguments,
    (tty, look): (shell::Tty, Look),
    path: &Path,
    keymap: Keymap,
) -> Result<u8, Stop> {
    let mut opening = Opening::new(tty.size(), look, &path.display().to_string());
    opening.mouse = !own.no_mouse;
    let size = opening.size;
    let begin = |library: &Library| {
        let start = own.start(&library.knowledge)?;
        Ok(own.begin(State::new(size, look, library), start, library))
    };
    match shell::open(tty, (opening, path.to_owned()), Arc::new(keymap), begin) {
        Ok(end) => Ok(end.status()),
        Err(failure) => Err(Stop::Wrong(failure.to_string())),
    }
}

#[cfg(unix)]
fn session(tty: shell::Tty, state: State, library: Library) -> Result<u8, Stop> {
    match shell::run(tty, state, library) {
        Ok(end) => Ok(end.status()),
        Err(error) => Err(Stop::Wrong(format!("the terminal cannot be used: {error}"))),
    }
}

impl ExploreArguments {
    /// Reads `--goto` and `--tour`; or says what is wrong with them.
    fn start(&self, knowledge: &Knowledge) -> Result<Start, String> {
        let place = self.goto.as_deref().map(|text| place(knowledge, text)).transpose()?;
        let tour = self.tour.as_deref().map(|id| tour(knowledge, id)).transpose()?;
        Ok(Start { place, tour })
    }

    /// Brings a session to where it is to begin.
    #[cfg(unix)]
    fn begin(&self, mut state: State, start: Start, library: &Library) -> State {
        state.mouse = !self.no_mouse;
        if let Some(address) = start.place {
            state.open(address, library);
        }
        if let Some(text) = &self.query {
            state.ask(text, library);
        }
        if let Some(tour) = start.tour {
            state.present(tour, library);
        }
        state
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
fn place(knowledge: &Knowledge, text: &str) -> Result<Address, String> {
    knowledge.address(text).map_err(|error| clean(&format!("--goto: {error}")).into_owned())
}

/// Reads `--tour`.
pub(super) fn tour(knowledge: &Knowledge, id: &str) -> Result<TourIx, String> {
    if let Some(Item::Tour(tour)) = knowledge.ids.get(id) {
        return Ok(tour);
    }
    let all = (0..knowledge.tours.len()).map(|at| knowledge.ids.name(Item::Tour(TourIx::new(at))));
    let known = all.collect::<Vec<_>>().join(", ");
    let has = if known.is_empty() { "it has none".to_owned() } else { format!("it has {known}") };
    Err(clean(&format!("--tour: the file has no tour `{id}`; {has}")).into_owned())
}
