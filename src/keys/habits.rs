//! What hands bring along from vim, less, fzf and other programs, and what the program has no such key for.
//!
//! Keys that do the same here are in the table of actions, as [`Context::Habit`](crate::action::Context::Habit). These
//! do not: the footer names the key that does what was meant. Must never stand in the way of a key that is bound.

use super::Key;
use crate::action::Action;

/// What was meant by a key, in words that follow the key that does it here.
pub type Meant = (&'static [Action], &'static str);

const COMMAND: &[(&[&str], &[Meant])] = &[
    (&["$"], &[(&[Action::Last], "goes to the end")]),
    (&["^"], &[(&[Action::First], "goes to the beginning")]),
    (&["a", "A", "I"], &[(&[Action::Edit], "edits the file")]),
    (&["c", "C"], &[(&[Action::CopyCitation], "copies with citation")]),
    (&["Y"], &[(&[Action::CopyText], "copies the text")]),
    (&["V"], &[(&[Action::ShowPlain], "shows it plainly, to select by hand")]),
    (&["`"], &[(&[Action::Bookmarks], "shows the bookmarks")]),
    (&["*", "#"], &[(&[Action::Search], "searches everything")]),
    (&["&"], &[(&[Action::Standings], "chooses what is shown")]),
    (
        &["Ctrl-w"],
        &[(&[Action::NextTopic], "goes to the next topic"), (&[Action::Open, Action::Close], "change panes")],
    ),
    (&["Z", "Ctrl-x", "Ctrl-q", "F10"], &[(&[Action::CloseOrQuit], "leaves")]),
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

/// What was meant by a key that means nothing by itself; nothing if nobody knows.
pub fn meant(key: Key) -> &'static [Meant] {
    let known = COMMAND.iter().find(|(keys, _)| keys.iter().any(|written| written.parse() == Ok(key)));
    known.map_or(&[], |(_, meant)| meant)
}

/// The action that a command of another program means.
pub fn command(typed: &str) -> Option<Action> {
    COMMANDS.iter().find(|(names, _)| names.contains(&typed)).map(|(_, action)| *action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Context;
    use crate::keys::{Keymap, Meaning};

    #[test]
    fn every_habit_is_a_key_and_none_is_bound() {
        let keymap = Keymap::from_table().expect("no conflicts");
        for (keys, words) in COMMAND {
            for written in *keys {
                let key: Key = written.parse().expect(written);
                assert_eq!(keymap.meaning(Context::Command, &[key]), Meaning::Nothing, "{written} is bound");
                assert_eq!(meant(key), *words, "{written} stands twice");
            }
        }
    }
}
