//! The moments in which a large file is being read: a session that has nothing to show yet but how far that has come.
//!
//! What can be done already can be done: leave, read the keys, type what to search for. The rest waits for the file.
//! Must never do I/O or read a clock, as all of `app`.

use tui_input::{Input, InputRequest};

use super::act::typing::request;
use super::document::{Document, MEASURE};
use super::layout::MARGIN;
use super::{Effect, Library, Msg, Overlay, Size, State, panel, scroll, settle};
use crate::action::{Action, Context};
use crate::config::Look;
use crate::keys::{Key, Keymap, Meaning};
use crate::load::Progress;
use crate::text::clean::clean;

/// Rows of the screen that help cannot use: title, tabs, rule and footer.
const AROUND: u16 = 4;

/// What a session is until its file is there.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The terminal's size.
    pub size: Size,
    /// How it looks.
    pub look: Look,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// The file's name, safe for a terminal.
    pub file: String,
    /// How far its reading has come, as last told.
    pub progress: Option<Progress>,
    /// What is typed to be searched for.
    pub input: Option<Input>,
    /// The first line seen of the help, if it is open.
    pub help: Option<usize>,
    /// Said in the footer until the next key.
    pub message: Option<&'static str>,
    pending: Vec<Key>,
}

impl Opening {
    /// The file called `file` is about to be read.
    pub fn new(size: Size, look: Look, file: &str) -> Self {
        Self {
            size,
            look,
            mouse: true,
            file: clean(file).into_owned(),
            progress: None,
            input: None,
            help: None,
            message: None,
            pending: Vec::new(),
        }
    }

    /// How far reading has come, in words; empty as long as nothing is known.
    pub fn progress_words(&self) -> String {
        let megabytes = |bytes: usize| (bytes + 500_000) / 1_000_000;
        match self.progress {
            None => String::new(),
            Some(Progress::Bytes(done, total)) => {
                format!("{} MB of {} MB", megabytes(done), megabytes(total))
            }
            Some(Progress::Entries(done, total)) => format!("{done} of {total} entries linked"),
        }
    }

    /// The help, if it is open.
    pub fn help(&self, keymap: &Keymap) -> Option<Document> {
        let columns = self.size.columns.saturating_sub(2 * MARGIN).min(MEASURE);
        self.help.map(|_| panel::help(keymap, columns, self.look.charset))
    }

    /// Lines of the help that are seen at once.
    pub fn help_lines(&self) -> usize {
        usize::from(self.size.rows.saturating_sub(AROUND))
    }

    /// Takes in one message, and says what is to be done outside.
    pub fn update(&mut self, msg: &Msg, keymap: &Keymap) -> Vec<Effect> {
        match msg {
            Msg::Key(key) => {
                self.message = None;
                return self.press(*key, keymap);
            }
            Msg::Paste(text) => {
                if let Some(input) = &mut self.input {
                    super::act::typing::insert(input, text);
                }
            }
            Msg::Resize(size) => self.size = *size,
            Msg::Mouse(_)
            | Msg::Indexed
            | Msg::Clock(_)
            | Msg::Continue
            | Msg::Talk(_)
            | Msg::Attendance(_)
            | Msg::Said(_)
            | Msg::Kept(..)
            | Msg::Remembered(_) => {}
        }
        Vec::new()
    }

    fn press(&mut self, key: Key, keymap: &Keymap) -> Vec<Effect> {
        let context = if self.input.is_some() { Context::Typing } else { Context::Command };
        self.pending.push(key);
        match keymap.meaning(context, &self.pending) {
            Meaning::Pending => Vec::new(),
            Meaning::Run(action) => {
                self.pending.clear();
                self.run(action, keymap)
            }
            Meaning::Nothing => {
                self.pending.clear();
                if let (Some(input), Some(letter)) = (&mut self.input, key.typed()) {
                    input.handle(InputRequest::InsertChar(letter));
                }
                Vec::new()
            }
        }
    }

    fn run(&mut self, action: Action, keymap: &Keymap) -> Vec<Effect> {
        match action {
            Action::Suspend => return vec![Effect::Suspend],
            Action::Repaint => return vec![Effect::Repaint],
            Action::Mouse => {
                self.mouse = !self.mouse;
                return vec![Effect::Mouse(self.mouse)];
            }
            Action::Close | Action::CloseOrQuit if self.help.is_some() || self.input.is_some() => {
                (self.help, self.input) = (None, None);
            }
            Action::CloseOrQuit | Action::Quit => return vec![Effect::Quit],
            Action::Help => self.help = if self.help.is_some() { None } else { Some(0) },
            Action::Input(stroke) => {
                if let Some(input) = &mut self.input {
                    input.handle(request(stroke));
                }
            }
            Action::Search => {
                self.help = None;
                self.input.get_or_insert_default();
            }
            action => match (self.help, self.help(keymap)) {
                (Some(top), Some(document)) => {
                    let (len, seen) = (document.lines.len(), self.help_lines());
                    self.help = Some(scroll::row(top, action, len.saturating_sub(seen) + 1, seen));
                }
                _ => self.message = Some("not before the file is read"),
            },
        }
        Vec::new()
    }

    /// The file is there: what was typed and opened meanwhile goes on in `state`.
    pub fn hand_over(self, state: &mut State, library: &Library) {
        state.size = self.size;
        state.mouse = self.mouse;
        if let Some(input) = self.input {
            state.ask(input.value(), library);
        }
        if let Some(top) = self.help {
            state.overlay = Some(Overlay::Help { top });
        }
        settle::settle(state, library);
    }
}
