//! `tumen [FILE]`: opens the explorer, or prints the overview where there is no terminal for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, CommandFactory, ValueEnum};

use super::arguments::Arguments;
use super::own::{self, Own, Set};
use super::{Stop, output, source};
use crate::app::Library;
#[cfg(unix)]
use crate::app::{Opening, Screen, State};
use crate::config::{Look, Settings, Theme, Wish};
use crate::knowledge::{Address, Item, Knowledge, TourIx};
use crate::load::{self, Loaded, Source};
use crate::print;
#[cfg(unix)]
use crate::shell;
use crate::text::clean::clean;

/// What only the explorer takes.
#[derive(Debug, Default, Args)]
pub(super) struct ExploreArguments {
    /// Knowledge files to explore; several are opened as one
    #[arg(value_name = "FILE", conflicts_with = "file_flag", hide_short_help = true)]
    pub(super) files: Vec<PathBuf>,
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
    #[command(flatten)]
    own: Own,
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
    if let Some(command) = own.files.first().and_then(|file| mistyped(file)) {
        return Err(Stop::Wrong(command));
    }
    let set = own::settings()?;
    let source = own::source(&own.files, arguments.file(), &own.own);
    #[cfg(unix)]
    let tty = if matches!(environment.term.as_str(), "" | "dumb") { None } else { shell::Tty::find() };
    #[cfg(unix)]
    if let (Some(tty), Some(path)) = (&tty, source.only().filter(|path| load::takes_long(path))) {
        let look = Look::of(&environment, arguments.wish(Some(&set.settings)));
        let path = path.to_owned();
        return open(own, (tty.clone(), look), path, (source, set));
    }
    let Loaded { knowledge, problems } = match source.only() {
        Some(path) => source::load(Some(path))?,
        None => source.open().map_err(|problems| Stop::Wrong(problems.to_string()))?,
    };
    let library = Library {
        knowledge: Arc::new(knowledge),
        problems: set.problems.iter().cloned().chain(problems).collect(),
        index: None,
        keymap: Arc::new(set.settings.keymap.clone()),
    };
    // A place that is not there is said also where there is no terminal to show it on.
    let start = own.start(&library.knowledge).map_err(Stop::Wrong)?;
    #[cfg(unix)]
    if let Some(tty) = tty {
        let look = Look::of(&environment, arguments.wish(Some(&set.settings)));
        let mut state = State::new(tty.size(), look, &library);
        own.set(&mut state, &set);
        let state = own.begin(state, start, &library);
        return session(tty, state, library, own::surroundings(&own.own, source, set));
    }
    let overview = print::overview(&library.knowledge, output::columns());
    output::answer(&output::in_letters_of(output::paper(arguments), &overview))
}

/// What to say of a file that is not there and looks like a command.
fn mistyped(file: &Path) -> Option<String> {
    let word = file.to_str().filter(|_| !file.exists())?;
    let commands = Arguments::command();
    let near =
        commands.get_subcommands().map(|command| (strsim::osa_distance(word, command.get_name()), command));
    let (distance, command) = near.min_by_key(|(distance, _)| *distance)?;
    let said =
        || format!("{word}: there is no such file; did you mean the command `{}`?", command.get_name());
    (distance <= 2 && distance < word.len() / 2).then(|| clean(&said()).into_owned())
}

/// Opens the explorer over a large file, which is read behind the first frame.
#[cfg(unix)]
fn open(
    own: &ExploreArguments,
    (tty, look): (shell::Tty, Look),
    path: PathBuf,
    (source, set): (Source, Set),
) -> Result<u8, Stop> {
    let mut opening = Opening::new(tty.size(), look, &path.display().to_string());
    opening.mouse = set.settings.mouse && !own.no_mouse;
    let size = opening.size;
    let keymap = Arc::new(set.settings.keymap.clone());
    let around = own::surroundings(&own.own, source, set.clone());
    let begin = |library: &Library| {
        let start = own.start(&library.knowledge)?;
        let mut state = State::new(size, look, library);
        own.set(&mut state, &set);
        Ok(own.begin(state, start, library))
    };
    match shell::open(tty, (opening, path), keymap, around, begin) {
        Ok(over) => Ok(output::farewell(&over)),
        Err(failure) => Err(Stop::Wrong(failure.to_string())),
    }
}

#[cfg(unix)]
fn session(tty: shell::Tty, state: State, library: Library, around: shell::Surroundings) -> Result<u8, Stop> {
    match shell::run(tty, state, library, around) {
        Ok(over) => Ok(output::farewell(&over)),
        Err(error) => Err(Stop::Wrong(format!("the terminal cannot be used: {error}"))),
    }
}

impl ExploreArguments {
    /// Reads `--goto` and `--tour`; or says what is wrong with them.
    fn start(&self, knowledge: &Knowledge) -> Result<Start, String> {
        let place = self.goto.as_deref().map(|text| place(knowledge, text)).transpose()?;
        let tour = self.tour.as_deref().map(|id| tour(knowledge, id, "--tour")).transpose()?;
        Ok(Start { place, tour })
    }

    /// Makes a session what the user wants it to be.
    #[cfg(unix)]
    fn set(&self, state: &mut State, set: &Set) {
        state.set(&set.settings, set.problems.first());
        state.mouse &= !self.no_mouse;
        if self.own.plain {
            state.screen = Screen::Lines;
        }
    }

    /// Brings a session to where it is to begin.
    #[cfg(unix)]
    fn begin(&self, mut state: State, start: Start, library: &Library) -> State {
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
    /// How the terminal is to be written on. A command answers as it is asked, whatever is set for the explorer.
    pub(super) fn wish(&self, settings: Option<&Settings>) -> Wish {
        let lines = self.explore.own.plain || settings.is_some_and(|set| set.plain);
        let theme = match self.explore.theme {
            ThemeWish::Dark => Some(Theme::Dark),
            ThemeWish::Light => Some(Theme::Light),
            ThemeWish::Contrast => Some(Theme::Contrast),
            ThemeWish::Auto => settings.and_then(|set| set.theme),
        };
        // Colours and signs say nothing to those who hear the screen.
        let color = self.everywhere.color.wanted().or(if lines { Some(false) } else { None });
        Wish { theme, color, ascii: self.explore.ascii || settings.is_some_and(|set| set.ascii) || lines }
    }
}

/// Reads `--goto`.
fn place(knowledge: &Knowledge, text: &str) -> Result<Address, String> {
    let no_place = || format!("`{}` is no place", text.trim());
    let found = knowledge.find(text).map_err(|error| error.to_string());
    let place = found.and_then(|item| Address::of(item).ok_or_else(no_place));
    place.map_err(|error| clean(&format!("--goto: {error}")).into_owned())
}

/// Reads `--tour`.
pub(super) fn tour(knowledge: &Knowledge, id: &str, flag: &str) -> Result<TourIx, String> {
    if let Some(Item::Tour(tour)) = knowledge.ids.get(id) {
        return Ok(tour);
    }
    let all = (0..knowledge.tours.len()).map(|at| knowledge.ids.name(Item::Tour(TourIx::new(at))));
    let known = all.collect::<Vec<_>>().join(", ");
    let has = if known.is_empty() { "it has none".to_owned() } else { format!("it has {known}") };
    Err(clean(&format!("{flag}: the file has no tour `{id}`; {has}")).into_owned())
}
