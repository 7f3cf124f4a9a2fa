//! The table of actions: name, group, one line of help, default keys. One row an action, in the order of the help.

use super::{Action, Context, Group};
use crate::knowledge::Lens;

/// What there is to know about one action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The action.
    pub action: Action,
    /// Its name in the palette and in a key file: lower case, hyphens.
    pub name: &'static str,
    /// Its heading.
    pub group: Group,
    /// What it does, in a few words that fit a line of the help.
    pub help: &'static str,
    /// Its name in the footer, one word or two.
    pub hint: &'static str,
    /// Its keys while keys are commands; sequences are written with blanks between the keys.
    pub keys: &'static [&'static str],
    /// Its keys while a text is typed.
    pub typing: &'static [&'static str],
    /// Its keys while a tour is on the screen, where it has others there.
    pub tour: &'static [&'static str],
}

impl Row {
    /// Its keys in a context, and only those that are its own there.
    pub const fn keys_in(&self, context: Context) -> &'static [&'static str] {
        match context {
            Context::Command => self.keys,
            Context::Typing => self.typing,
            Context::Tour => self.tour,
        }
    }
}

macro_rules! table {
    ($($group:ident { $($action:expr, $name:literal, $hint:literal, $help:literal, [$($key:literal),*], [$($typing:literal),*]
        $(, [$($tour:literal),*])?;)* })*) => {
        &[$($(Row {
            action: { use Action::*; $action }, name: $name, group: Group::$group, help: $help, hint: $hint,
            keys: &[$($key),*], typing: &[$($typing),*],
            tour: &[$($($tour),*)?],
        }),*),*]
    };
}

/// Every action with its keys.
pub const TABLE: &[Row] = table! {
    Move {
        LineDown, "line-down", "down", "one line down", ["j", "Down"], ["Down", "Ctrl-n", "Ctrl-j"];
        LineUp, "line-up", "up", "one line up", ["k", "Up"], ["Up", "Ctrl-p", "Ctrl-k"];
        HalfPageDown, "half-page-down", "half page", "half a page down", ["Ctrl-d", "d"], [];
        HalfPageUp, "half-page-up", "half page", "half a page up", ["Ctrl-u", "u"], [];
        PageDown, "page-down", "page", "a page down", ["PageDown"], ["PageDown"];
        PageUp, "page-up", "page", "a page up", ["PageUp"], ["PageUp"];
        First, "first", "first", "to the beginning", ["g", "Home"], [];
        Last, "last", "last", "to the end", ["G", "End"], [];
        ReadOn, "read-on", "read on", "on through the page, then the next entry", ["Space"], [];
        ReadBack, "read-back", "read back", "back through the page, then the one before", ["b"], [];
        NextEntry, "next-entry", "next entry", "to the next entry", ["J"], [];
        PreviousEntry, "previous-entry", "entry before", "to the entry before", ["K"], [];
    }
    Go {
        Open, "open", "open", "open what is selected", ["Enter"], ["Enter"];
        Close, "close", "back", "close one layer; never quits", ["Esc"], ["Esc"];
        Links, "links", "links", "letters over every link: type them to follow", ["f"], [];
        Back, "back", "back", "to the place before", ["Backspace", "H", "Alt-Left", "Ctrl-o"], [];
        Forward, "forward", "forward", "forward again", ["L", "Alt-Right"], [];
        NextTopic, "next-topic", "topics", "to the topic on the right", ["Tab"], [];
        PreviousTopic, "previous-topic", "topics", "to the topic on the left", ["Shift-Tab"], [];
        Right, "right", "right", "to the right; on a list, the topic on the right", ["l", "Right"], [];
        Left, "left", "left", "to the left; on a list, the topic on the left", ["h", "Left"], [];
        Follow, "follow", "follow", "follow the presenter; presenting: hold the class", ["F"], [];
        Bookmark, "bookmark", "bookmark", "mark this place, or take its mark away", ["B"], [];
        Bookmarks, "bookmarks", "bookmarks", "bookmarks, and where one was last time", ["'"], [];
        Topic(1), "topic-1", "topic", "to the first topic", ["1"], [];
        Topic(2), "topic-2", "topic", "to the second topic", ["2"], [];
        Topic(3), "topic-3", "topic", "to the third topic", ["3"], [];
        Topic(4), "topic-4", "topic", "to the fourth topic", ["4"], [];
        Topic(5), "topic-5", "topic", "to the fifth topic", ["5"], [];
        Topic(6), "topic-6", "topic", "to the sixth topic", ["6"], [];
        Topic(7), "topic-7", "topic", "to the seventh topic", ["7"], [];
        Topic(8), "topic-8", "topic", "to the eighth topic", ["8"], [];
        Topic(9), "topic-9", "topic", "to the ninth topic", ["9"], [];
    }
    Find {
        Search, "search", "search", "search everything", ["/"], [];
        SearchHere, "search-here", "search here", "search in this entry", ["Ctrl-f"], [];
        NextHit, "next-hit", "next hit", "to the next hit", ["n"], [];
        PreviousHit, "previous-hit", "hit before", "to the hit before", ["N"], [];
    }
    Look {
        Look(Lens::Timeline), "timeline", "timeline", "when: what has a date, on an axis of time", ["t"], [];
        Look(Lens::Map), "map", "map", "where: places on a map", ["m"], [];
        Look(Lens::Network), "network", "network", "who with whom: the web of relations", ["w"], [];
        Look(Lens::Evidence), "evidence", "evidence", "how sure: who says and who denies what", ["e"], [];
        Look(Lens::Read), "read", "read", "read again, at what is selected", ["r"], [];
        Twin, "text-twin", "as text", "the lens as text, or as a picture again", ["T"], [];
        ZoomIn, "zoom-in", "zoom", "nearer", ["+", "="], [];
        ZoomOut, "zoom-out", "zoom", "further away", ["-"], [];
        ZoomFit, "zoom-fit", "all", "so that everything is seen", ["0"], [];
        PanLeft, "pan-left", "pan", "show what lies to the left", ["<", "Shift-Left"], [];
        PanRight, "pan-right", "pan", "show what lies to the right", [">", "Shift-Right"], [];
        PanUp, "pan-up", "pan", "show what lies higher", ["Shift-Up"], [];
        PanDown, "pan-down", "pan", "show what lies lower", ["Shift-Down"], [];
        Arrange, "arrange", "arrange", "arrange the lens another way", ["o"], [];
    }
    Copy {
        CopyText, "copy-text", "text", "send the text to the terminal's clipboard", ["y y"], [];
        CopyCitation, "copy-citation", "with citation", "the same with standing, parties, date and source", ["y c"], [];
        CopyAddress, "copy-address", "address", "its address", ["y a"], [];
        CopyJson, "copy-json", "JSON", "the same for programs", ["y j"], [];
        ShowPlain, "show-plain", "to select by hand", "show it on the normal screen, to select by hand", ["y p"], [];
    }
    Show {
        Standings, "standings", "standings", "choose which standings are shown", ["s"], [];
        Theme, "theme", "theme", "dark, light, high contrast", ["D"], [];
        About, "about", "about", "what this file is and rests on", ["i"], [];
        Problems, "problems", "problems", "what is wrong with the file", ["!"], [];
    }
    Present {
        Tours, "tours", "tours", "choose a tour, or go back to the one under way", ["p", "F5"], [];
        TourNext, "tour-next", "next", "in a tour: reveal more, then the next step", [], [],
            ["Space", "Right", "PageDown", "Enter", "Down", "j", "l", "n"];
        TourBack, "tour-back", "back", "in a tour: back by one", [], [],
            ["Left", "PageUp", "Backspace", "Up", "k", "h"];
        TourFirst, "tour-first", "first", "in a tour: to its first step", [], [], ["g", "Home"];
        TourLast, "tour-last", "last", "in a tour: to its last step; 7 G to the seventh", [], [], ["G", "End"];
        Notes, "notes", "notes", "in a tour: speaker's notes, next step, clock", [], [], ["N"];
        Blank, "blank", "blank", "an empty screen, until the next key", ["."], [], [".", "b"];
    }
    Program {
        Help, "help", "help", "these keys", ["?", "F1"], ["F1"];
        Palette, "palette", "palette", "every action by its name", [":", "Ctrl-p"], [];
        Mouse, "mouse", "mouse", "leave the mouse to the terminal, or take it", ["M"], [];
        Reload, "reload", "reload", "read the file anew", ["R", "Ctrl-r"], [];
        Edit, "edit", "edit", "open the file in $VISUAL or $EDITOR, right here", ["E"], [];
        Repaint, "repaint", "repaint", "put the whole screen anew", ["Ctrl-l"], ["Ctrl-l"];
        Suspend, "suspend", "suspend", "stop; the shell's fg brings it back", ["Ctrl-z"], ["Ctrl-z"];
        CloseOrQuit, "close-or-quit", "quit", "close what is open, else quit", ["q"], [];
        Quit, "quit", "quit", "quit from anywhere", ["Q", "Ctrl-c"], ["Ctrl-c"];
    }
};

/// The row of an action.
pub fn row(action: Action) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.action == action)
}

/// The row of the action that is called `name`.
pub fn named(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_action_has_one_row_with_words_and_keys() {
        let mut names = BTreeSet::new();
        let mut actions = BTreeSet::new();
        for row in TABLE {
            assert!(names.insert(row.name), "{} stands twice", row.name);
            assert!(actions.insert(row.action), "{:?} stands twice", row.action);
            assert!(row.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            assert!(!row.keys.is_empty() || !row.tour.is_empty(), "{} has no keys", row.name);
            assert!(!row.help.is_empty() && row.help.len() <= 50, "{}", row.name);
        }
    }
}
