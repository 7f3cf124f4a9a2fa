//! What goes into a session and what comes out: messages and effects.

use std::sync::Arc;

use super::{Attendance, Note, Talk};
use crate::config::{Change, Memory};
use crate::keys::Key;
use crate::knowledge::{Address, Web};

/// Columns and rows of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Size {
    /// Columns, in cells.
    pub columns: u16,
    /// Rows, in cells.
    pub rows: u16,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// A text was pasted, as one edit.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has another size.
    Resize(Size),
    /// The library has an index now, or a better one.
    Indexed,
    /// Seconds since the session began; told only when [`super::clock::next_tick`] asks for it.
    Clock(u32),
    /// What the presenter of a class shares has changed.
    Talk(Arc<Talk>),
    /// Who is there has changed; told to a presenter.
    Attendance(Attendance),
    /// There is time to go on with what is not finished: see [`super::State::is_unfinished`].
    Continue,
    /// Something was done outside, or could not be: words for the footer.
    Said(Note),
    /// A change is kept for later sessions, or why it is not.
    Kept(Change, Option<String>),
    /// What is remembered of the dossier.
    Remembered(Memory),
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// Which button or which way of the wheel.
    pub button: Button,
    /// Column from 0.
    pub column: u16,
    /// Row from 0.
    pub row: u16,
}

/// Buttons that mean something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// The left button went down.
    Left,
    /// The wheel turned away from the reader.
    WheelUp,
    /// The wheel turned towards the reader.
    WheelDown,
}

/// What the shell must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// End the session.
    Quit,
    /// Stop the process as `Ctrl-Z` does, and come back with a whole screen.
    Suspend,
    /// Put the whole screen anew.
    Repaint,
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Share with the class where the presenter is.
    Share(Arc<Talk>),
    /// Send something to the terminal's clipboard, and say what became of it.
    Copy(Form, Address),
    /// Send an address outside of the dossier to the terminal's clipboard, and say so.
    Take(Web),
    /// Show something on the terminal's normal screen until a key is pressed.
    ShowPlain(Address),
    /// Keep a change for later sessions.
    Remember(Change),
    /// Read the file anew.
    Reload,
    /// Open the file in an editor where this is written.
    Edit(Address),
}

/// The form in which something is taken along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// What is read.
    Text,
    /// With id, standing, parties, date, source, and the date of the dossier.
    Citation,
    /// Where it stands.
    Address,
    /// For programs.
    Json,
}
