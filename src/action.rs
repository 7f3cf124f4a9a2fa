//! What a reader can do: a closed list, and one table about it.
//!
//! Help, palette, the hints in the footer, the default keys and the README's key list all come from [`TABLE`].
//! Must never say how something is done: that is `app`'s.

mod table;

pub use table::{Row, TABLE, named, row};

use crate::knowledge::Lens;

/// Everything that a key, a click or the palette can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// One line or row down.
    LineDown,
    /// One line or row up.
    LineUp,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// On through the page, and then to the next entry.
    ReadOn,
    /// Back through the page, and then to the entry before.
    ReadBack,
    /// To the next entry, from wherever in this one.
    NextEntry,
    /// To the entry before.
    PreviousEntry,
    /// To the topic of this number, from 1.
    Topic(u8),
    /// A digit of the number of a step, or a further one of the number of a topic.
    Digit(u8),
    /// To the topic on the right.
    NextTopic,
    /// To the topic on the left.
    PreviousTopic,
    /// Opens what is selected.
    Open,
    /// Closes one layer; never quits.
    Close,
    /// To the place before.
    Back,
    /// Forward again.
    Forward,
    /// Goes where the presenter of a class goes, or stays; a presenter holds the class, or lets it go.
    Follow,
    /// Marks where one is, or takes the mark away.
    Bookmark,
    /// The bookmarks, and the last place of the session before.
    Bookmarks,
    /// Takes the selected bookmark away, in the list of them.
    Forget,
    /// Letters over every link.
    Links,
    /// Search over everything.
    Search,
    /// Search in this entry.
    SearchHere,
    /// To the next hit.
    NextHit,
    /// To the hit before.
    PreviousHit,
    /// To the left: the mark there, or the topic on the left where there are no marks.
    Left,
    /// To the right: the mark there, or the topic on the right where there are no marks.
    Right,
    /// Looks through this lens at what is in scope.
    Look(Lens),
    /// The lens as text, or as a picture again.
    Twin,
    /// Nearer.
    ZoomIn,
    /// Further away.
    ZoomOut,
    /// So that everything is seen.
    ZoomFit,
    /// Shows what lies further to the left.
    PanLeft,
    /// Shows what lies further to the right.
    PanRight,
    /// Shows what lies higher up.
    PanUp,
    /// Shows what lies further down.
    PanDown,
    /// Arranges the lens in its other way: a timeline by topic or by name.
    Arrange,
    /// Copies the text of where one is.
    CopyText,
    /// Copies the text with what it rests on: id, standing, parties, date, source.
    CopyCitation,
    /// Copies the address.
    CopyAddress,
    /// Copies it for programs.
    CopyJson,
    /// Shows it plainly on the terminal's normal screen, for selecting by hand.
    ShowPlain,
    /// Which standings are shown.
    Standings,
    /// What the file is, and what it rests on.
    About,
    /// What is wrong with the file.
    Problems,
    /// All actions by name.
    Palette,
    /// All keys.
    Help,
    /// The tours to choose from; during a tour that one has stepped aside from, back to it.
    Tours,
    /// To the next part of the tour.
    TourNext,
    /// To the part of the tour before.
    TourBack,
    /// To the first step of the tour.
    TourFirst,
    /// To the last step of the tour, or to the one whose number was typed.
    TourLast,
    /// Shows or hides the speaker's notes.
    Notes,
    /// An empty screen, until the next key.
    Blank,
    /// Completes the filter that is being typed; else one row down.
    Complete,
    /// Edits what is typed.
    Input(Stroke),
    /// The next theme.
    Theme,
    /// Takes the mouse, or leaves it to the terminal.
    Mouse,
    /// Reads the file anew.
    Reload,
    /// Opens the file in the editor, at what is selected.
    Edit,
    /// Puts the whole screen anew.
    Repaint,
    /// Stops the program; the shell's `fg` brings it back.
    Suspend,
    /// Closes what is open; quits where nothing is.
    CloseOrQuit,
    /// Quits.
    Quit,
}

/// What a key does to the line that is typed, as in shells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stroke {
    /// The cursor goes one letter to the left.
    Left,
    /// The cursor goes one letter to the right.
    Right,
    /// The cursor goes to the beginning of the word.
    WordLeft,
    /// The cursor goes behind the word.
    WordRight,
    /// The cursor goes to the beginning.
    Start,
    /// The cursor goes to the end.
    End,
    /// Erases the letter before the cursor.
    EraseLeft,
    /// Erases the letter behind the cursor.
    EraseRight,
    /// Erases the word before the cursor.
    EraseWord,
    /// Erases everything.
    EraseAll,
}

/// What an action is about: a heading in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Moving about a list or a page.
    Move,
    /// Going to another place.
    Go,
    /// Finding.
    Find,
    /// Looking rather than reading.
    Look,
    /// Taking something along.
    Copy,
    /// How things are shown.
    Show,
    /// Showing it to others.
    Present,
    /// Typing a text.
    Type,
    /// The program itself.
    Program,
}

impl Group {
    /// All groups, in the order of the help.
    pub const ALL: [Self; 9] = [
        Self::Move,
        Self::Go,
        Self::Find,
        Self::Look,
        Self::Copy,
        Self::Show,
        Self::Present,
        Self::Type,
        Self::Program,
    ];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Go => "Go",
            Self::Find => "Find",
            Self::Look => "Look",
            Self::Copy => "Copy",
            Self::Show => "Show",
            Self::Present => "Present",
            Self::Type => "Type",
            Self::Program => "Program",
        }
    }
}

/// Where keys are typed: the same key means another thing while a text is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Keys are commands.
    Command,
    /// Keys type a text; only a few are commands.
    Typing,
    /// A tour is on the screen; keys that mean nothing there are commands.
    Tour,
    /// The list of bookmarks is open; keys that mean nothing there are commands.
    Marks,
    /// The number of a topic may go on; keys that mean nothing there are commands.
    Number,
    /// Letters lie over the links, and are typed; keys that type nothing are commands.
    Links,
    /// What hands bring along from other programs, where a command has no use for the key.
    Habit,
    /// Editing as in shells and fzf, where typing has no other use for the key.
    Editing,
}

impl Context {
    /// All contexts that have keys of their own.
    pub const ALL: [Self; 7] =
        [Self::Command, Self::Typing, Self::Tour, Self::Marks, Self::Number, Self::Habit, Self::Editing];

    /// The contexts whose keys are asked for here, one after the other.
    pub const fn layers(self) -> &'static [Self] {
        match self {
            Self::Command | Self::Habit => &[Self::Command, Self::Habit],
            Self::Typing | Self::Editing => &[Self::Typing, Self::Editing],
            Self::Tour => &[Self::Tour, Self::Command],
            Self::Marks => &[Self::Marks, Self::Command, Self::Habit],
            Self::Number => &[Self::Number, Self::Command, Self::Habit],
            Self::Links => &[Self::Command],
        }
    }

    /// Its name in the configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Command => "keys",
            Self::Typing => "typing",
            Self::Tour => "tour",
            Self::Marks => "bookmarks",
            Self::Number => "number",
            Self::Links => "links",
            Self::Habit => "habits",
            Self::Editing => "editing",
        }
    }
}
