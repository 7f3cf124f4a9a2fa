//! How a session begins: what the first frame shows, before anything has happened.
//!
//! Must never be asked later on: from then on only messages change a state.

use super::act::touring;
use super::bookmarks::Recall;
use super::filter::Filter;
use super::layout::Screen;
use super::lens::Lenses;
use super::list::Cursor;
use super::search::Search;
use super::{Focus, History, Library, Note, Overlay, Page, Permissions, Size, State, settle};
use crate::action::{Action, Context};
use crate::config::{Colors, Look, Memory, Settings};
use crate::knowledge::{Address, Problem, TopicIx, TourIx};

impl State {
    /// The state of a session that begins: the first topic, its first entry beside it.
    pub fn new(size: Size, look: Look, library: &Library) -> Self {
        let topic = TopicIx(0);
        let mut state = Self {
            size,
            look,
            colors: Colors::default(),
            screen: Screen::Panes,
            topic,
            lists: vec![Cursor::default(); library.knowledge.topics.len()],
            page: Page::Topic(topic),
            stop: 0,
            scroll: 0,
            focus: Focus::List,
            lenses: Lenses::default(),
            history: History::default(),
            overlay: None,
            filter: Filter::default(),
            walk: None,
            asked: String::new(),
            message: None,
            pending: Vec::new(),
            taken: None,
            number: 0,
            mouse: true,
            tour: None,
            left_tour: None,
            blank: false,
            clock: 0,
            class: None,
            memory: Memory::default(),
            recall: Recall::Awaited,
            may: Permissions::All,
            passing: false,
        };
        state.show_row(library);
        settle::settle(&mut state, library);
        let found = match library.problems.len() {
            0 => None,
            1 => Some(Note::from("1 problem in this file").with(&[Action::Problems], "shows it")),
            many => {
                let note = Note::from(format!("{many} problems in this file"));
                Some(note.with(&[Action::Problems], "shows them"))
            }
        };
        state.message = found.map(|note| note.said(&library.keymap, Context::Command));
        state
    }

    /// Takes over what a user has set; `wrong` is the first problem of the configuration, which the footer names.
    pub fn set(&mut self, settings: &Settings, wrong: Option<&Problem>) {
        (self.colors, self.mouse) = (settings.colors, settings.mouse);
        self.screen = if settings.plain { Screen::Lines } else { Screen::Panes };
        if let Some(problem) = wrong {
            let name = problem.file.rsplit('/').next().unwrap_or_default();
            let at = problem.place.as_ref();
            let at = at.map_or(String::new(), |place| format!(":{}:{}", place.line, place.column));
            let note =
                Note::from(format!("{name}{at}: the defaults hold")).with(&[Action::Problems], "shows why");
            self.message =
                Some(format!("{}: {}", note.said(&settings.keymap, Context::Command), problem.what));
        }
    }

    /// Opens a place before the first frame, as `--goto` does.
    pub fn open(&mut self, address: Address, library: &Library) {
        self.go(address, library);
        settle::settle(self, library);
    }

    /// Opens the search with a text in it, as `--query` does.
    pub fn ask(&mut self, text: &str, library: &Library) {
        self.overlay = Some(Overlay::Search(Box::new(Search::new(text, None, library))));
        settle::settle(self, library);
    }

    /// Begins a tour before the first frame, as `--tour` does.
    pub fn present(&mut self, tour: TourIx, library: &Library) {
        touring::begin(self, tour, library);
        settle::settle(self, library);
    }
}
