//! A session for tests: keys in, state and screen out. No terminal, no clock.

use std::sync::{Arc, LazyLock};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tumen::app::{Button, Effect, Library, Mouse, Msg, Size, State, update};
use tumen::config::{Charset, Depth, Look, Theme};
use tumen::keys::{Key, Keymap};
use tumen::search::Index;
use tumen::{load, ui};

/// A reader's session over one file.
pub(crate) struct Session {
    pub(crate) library: Library,
    pub(crate) state: State,
    /// All that the shell would have had to do.
    pub(crate) effects: Vec<Effect>,
}

/// The plainest look: what is seen does not hang on colours.
pub(crate) const LOOK: Look = Look { theme: Theme::Dark, depth: Depth::True, charset: Charset::Unicode };

/// What all readers of a file share.
pub(crate) fn library(bytes: &[u8]) -> Library {
    let loaded = load::from_bytes("test.ron", bytes).unwrap_or_else(|error| panic!("{error}"));
    let index = Index::build(&loaded.knowledge);
    Library {
        knowledge: Arc::new(loaded.knowledge),
        problems: loaded.problems.into(),
        index: Some(Arc::new(index)),
        keymap: Arc::new(Keymap::from_table().expect("the table has no conflicts")),
    }
}

impl Session {
    /// The shipped dossier, read and indexed once for all tests.
    pub(crate) fn shipped(columns: u16, rows: u16) -> Self {
        static SHIPPED: LazyLock<Library> =
            LazyLock::new(|| library(include_bytes!("../../assets/dprk-russia.ron")));
        Self::of(SHIPPED.clone(), columns, rows)
    }

    /// A session over a library.
    pub(crate) fn of(library: Library, columns: u16, rows: u16) -> Self {
        let state = State::new(Size { columns, rows }, LOOK, &library);
        Self { library, state, effects: Vec::new() }
    }

    /// Takes in one message.
    pub(crate) fn take(&mut self, msg: &Msg) -> &mut Self {
        self.effects.extend(update(&mut self.state, msg, &self.library));
        self
    }

    /// Presses keys, written with blanks between them; `'so'` types the letters s and o, `_` standing for a blank.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for part in keys.split_whitespace() {
            let typed = part.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            match typed.filter(|text| !text.is_empty()) {
                Some(text) => {
                    for letter in text.chars().map(|c| if c == '_' { ' ' } else { c }) {
                        self.take(&Msg::Key(Key::char(letter)));
                    }
                }
                None => {
                    self.take(&Msg::Key(part.parse().unwrap_or_else(|error| panic!("{error}"))));
                }
            }
        }
        self
    }

    /// Clicks a cell.
    pub(crate) fn click(&mut self, column: u16, row: u16) -> &mut Self {
        self.take(&Msg::Mouse(Mouse { button: Button::Left, column, row }))
    }

    /// The address of where one is, as text.
    pub(crate) fn address(&self) -> String {
        self.library.knowledge.address_text(self.state.address(&self.library))
    }

    /// The screen as it is drawn.
    pub(crate) fn buffer(&self) -> Buffer {
        let Size { columns, rows } = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        ui::draw(&self.state, &self.library, &mut buffer);
        buffer
    }

    /// The screen as lines of text, without blanks at their ends.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut lines = Vec::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += tumen::text::width::width(symbol).max(1) as u16;
            }
            lines.push(line.trim_end().to_owned());
        }
        lines.join("\n")
    }

    /// Column and row at which a text stands on the screen.
    pub(crate) fn find(&self, text: &str) -> (u16, u16) {
        let screen = self.screen();
        let found = screen.lines().enumerate().find_map(|(row, line)| Some((line.find(text)?, row, line)));
        let (at, row, line) = found.unwrap_or_else(|| panic!("{text:?} is not on the screen:\n{screen}"));
        (tumen::text::width::width(&line[..at]) as u16, row as u16)
    }
}
