//! What hands bring along from vim, less, fzf and other programs: keys that mean something there.
//!
//! Where one of them means nothing here, it does the same, or the footer names the key that does. Must never stand in
//! the way of a key that is bound: habits are asked last, and are not in the help.

use super::Key;
use crate::action::{Action, Context};

/// What becomes of a key that is a habit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// It does what it does elsewhere.
    Does(Action),
    /// It does something else there; this action, in these words, is what is meant.
    Instead(Action, &'static str),
}

use Habit::{Does, Instead};

const COMMAND: &[(&str, Habit)] = &[
    // vim, less, emacs: lines and pages.
    ("Ctrl-n", Does(Action::LineDown)),
    ("Ctrl-j", Does(Action::LineDown)),
    ("Ctrl-e", Does(Action::LineDown)),
    ("Ctrl-k", Does(Action::LineUp)),
    ("Ctrl-y", Does(Action::LineUp)),
    ("Ctrl-v", Does(Action::PageDown)),
    ("Ctrl-b", Does(Action::PageUp)),
    ("Alt-v", Does(Action::PageUp)),
    ("}", Does(Action::NextEntry)),
    ("{", Does(Action::PreviousEntry)),
    ("]", Does(Action::NextEntry)),
    ("[", Does(Action::PreviousEntry)),
    ("$", Instead(Action::Last, "goes to the end")),
    ("^", Instead(Action::First, "goes to the beginning")),
    // vim: tags and the way back. Terminals send Ctrl-] and Ctrl-^ as Ctrl-5 and Ctrl-6.
    ("Ctrl-]", Does(Action::Links)),
    ("Ctrl-5", Does(Action::Links)),
    ("Ctrl-6", Does(Action::Back)),
    ("Ctrl-t", Does(Action::Back)),
    // A backspace of some terminals.
    ("Ctrl-h", Does(Action::Back)),
    ("F3", Does(Action::NextHit)),
    // vim, less: the file, and the editor for it.
    ("Ctrl-g", Does(Action::About)),
    ("v", Does(Action::Edit)),
    ("a", Instead(Action::Edit, "edits the file")),
    ("A", Instead(Action::Edit, "edits the file")),
    ("I", Instead(Action::Edit, "edits the file")),
    ("c", Instead(Action::CopyCitation, "copies with citation")),
    ("C", Instead(Action::CopyCitation, "copies with citation")),
    ("Y", Instead(Action::CopyText, "copies the text")),
    ("V", Instead(Action::ShowPlain, "shows it plainly, to select by hand")),
    ("`", Instead(Action::Bookmarks, "shows the bookmarks")),
    ("*", Instead(Action::Search, "searches everything")),
    ("#", Instead(Action::Search, "searches everything")),
    ("&", Instead(Action::Standings, "chooses what is shown")),
    ("Ctrl-w", Instead(Action::NextTopic, "goes to the next topic; Enter and Esc change panes")),
    // Leaving.
    ("Z", Instead(Action::CloseOrQuit, "leaves")),
    ("Ctrl-x", Instead(Action::CloseOrQuit, "leaves")),
    ("Ctrl-q", Instead(Action::CloseOrQuit, "leaves")),
    ("F10", Instead(Action::CloseOrQuit, "leaves")),
];

/// fzf's.
const TYPING: &[(&str, Habit)] = &[
    ("Ctrl-g", Does(Action::Close)),
    ("Ctrl-q", Does(Action::Close)),
    ("Tab", Does(Action::LineDown)),
    ("Shift-Tab", Does(Action::LineUp)),
];

/// What vim's command line and less's are told, and the action that does it here.
const COMMANDS: &[(&[&str], Action)] = &[
    (&["q", "q!", "qa", "qa!", "quit", "wq", "wqa", "x", "xa", "exit"], Action::Quit),
    (&["h", "help"], Action::Help),
    (&["e", "edit", "w", "write"], Action::Edit),
    (&["e!", "edit!"], Action::Reload),
    (&["noh", "nohl", "nohlsearch"], Action::Close),
    (&["marks"], Action::Bookmarks),
    (&["f", "file"], Action::About),
    (&["sh", "shell", "st", "stop", "sus", "suspend"], Action::Suspend),
];

/// What becomes of a key that means nothing by itself.
pub fn habit(context: Context, key: Key) -> Option<Habit> {
    let table = match context {
        Context::Command => COMMAND,
        Context::Typing => TYPING,
        Context::Tour => return None,
    };
    table.iter().find(|(written, _)| written.parse() == Ok(key)).map(|(_, habit)| *habit)
}

/// The action that a command of another program means.
pub fn command(typed: &str) -> Option<Action> {
    COMMANDS.iter().find(|(names, _)| names.contains(&typed)).map(|(_, action)| *action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Keymap, Meaning};

    #[test]
    fn every_habit_is_a_key_and_none_is_bound() {
        let keymap = Keymap::from_table().expect("no conflicts");
        for (context, table) in [(Context::Command, COMMAND), (Context::Typing, TYPING)] {
            for (written, habit) in table {
                let key: Key = written.parse().expect(written);
                assert_eq!(keymap.meaning(context, &[key]), Meaning::Nothing, "{written} is bound");
                assert_eq!(super::habit(context, key), Some(*habit), "{written} stands twice");
            }
        }
    }
}
