//! The table of actions: name, group, one line of help, default keys. One row an action, in the order of the help.

use super::{Action, Context, Group, Stroke};
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
    /// Its keys, context by context; sequences are written with blanks between the keys.
    pub keys: &'static [(Context, &'static [&'static str])],
}

impl Row {
    /// Its keys in a context, and only those that are its own there.
    pub fn keys_in(&self, context: Context) -> &'static [&'static str] {
        self.keys.iter().find(|(its, _)| *its == context).map_or(&[], |(_, keys)| keys)
    }
}

macro_rules! table {
    ($($group:ident { $($action:expr, $name:literal, $hint:literal, $help:literal, [$($key:literal),*]
        $(, $context:ident [$($own:literal),*])*;)* })*) => {
        &[$($(Row {
            action: { use Action::*; $action }, name: $name, group: Group::$group, help: $help, hint: $hint,
            keys: &[(Context::Command, &[$($key),*]), $((Context::$context, &[$($own),*])),*],
        }),*),*]
    };
}

/// Every action with its keys.
pub const TABLE: &[Row] = table! {
    Move {
        LineDown, "line-down", "down", "one line down", ["j", "Down"], Typing ["Down", "Ctrl-n", "Ctrl-j"],
            Habit ["Ctrl-n", "Ctrl-j", "Ctrl-e"];
        LineUp, "line-up", "up", "one line up", ["k", "Up"], Typing ["Up", "Ctrl-p", "Ctrl-k"],
            Habit ["Ctrl-k", "Ctrl-y"], Editing ["Shift-Tab"];
        HalfPageDown, "half-page-down", "half page", "half a page down", ["Ctrl-d", "d"];
        HalfPageUp, "half-page-up", "half page", "half a page up", ["Ctrl-u", "u"];
        PageDown, "page-down", "page", "a page down", ["PageDown"], Typing ["PageDown"], Habit ["Ctrl-v"];
        PageUp, "page-up", "page", "a page up", ["PageUp"], Typing ["PageUp"], Habit ["Ctrl-b", "Alt-v"];
        First, "first", "first", "to the beginning", ["g", "Home"];
        Last, "last", "last", "to the end", ["G", "End"];
        ReadOn, "read-on", "read on", "on through the page, then the next entry", ["Space"];
        ReadBack, "read-back", "read back", "back through the page, then the one before", ["b"];
        NextEntry, "next-entry", "next entry", "to the next entry", ["J"], Habit ["}", "]"];
        PreviousEntry, "previous-entry", "entry before", "to the entry before", ["K"], Habit ["{", "["];
    }
    Go {
        Open, "open", "open", "open what is selected", ["Enter"], Typing ["Enter"];
        Close, "close", "back", "close one layer; never quits", ["Esc"], Typing ["Esc"],
            Editing ["Ctrl-g", "Ctrl-q"];
        Links, "links", "links", "letters over every link: type them to follow", ["f"],
            Habit ["Ctrl-]", "Ctrl-5"];
        Back, "back", "back", "to the place before", ["Backspace", "H", "Alt-Left", "Ctrl-o"],
            Habit ["Ctrl-6", "Ctrl-t", "Ctrl-h"];
        Forward, "forward", "forward", "forward again", ["L", "Alt-Right"];
        NextTopic, "next-topic", "topics", "to the topic on the right", ["Tab"];
        PreviousTopic, "previous-topic", "topics", "to the topic on the left", ["Shift-Tab"];
        Right, "right", "right", "to the right; on a list, the topic on the right", ["l", "Right"];
        Left, "left", "left", "to the left; on a list, the topic on the left", ["h", "Left"];
        Follow, "follow", "follow", "follow the presenter; presenting: hold the class", ["F"];
        Bookmark, "bookmark", "bookmark", "mark this place, or take its mark away", ["B"];
        Bookmarks, "bookmarks", "bookmarks", "bookmarks, and where one was last time", ["'"];
        Forget, "forget", "remove", "in the list of bookmarks: take one away", [], Marks ["d", "Delete"];
        Topic(1), "topic-1", "topic", "to the first topic", ["1"];
        Topic(2), "topic-2", "topic", "to the second topic", ["2"];
        Topic(3), "topic-3", "topic", "to the third topic", ["3"];
        Topic(4), "topic-4", "topic", "to the fourth topic", ["4"];
        Topic(5), "topic-5", "topic", "to the fifth topic", ["5"];
        Topic(6), "topic-6", "topic", "to the sixth topic", ["6"];
        Topic(7), "topic-7", "topic", "to the seventh topic", ["7"];
        Topic(8), "topic-8", "topic", "to the eighth topic", ["8"];
        Topic(9), "topic-9", "topic", "to the ninth topic", ["9"];
        Digit(0), "digit-0", "number", "a digit of the number of a topic or a step", [], Tour ["0"], Number ["0"];
        Digit(1), "digit-1", "number", "a digit of the number of a topic or a step", [], Tour ["1"], Number ["1"];
        Digit(2), "digit-2", "number", "a digit of the number of a topic or a step", [], Tour ["2"], Number ["2"];
        Digit(3), "digit-3", "number", "a digit of the number of a topic or a step", [], Tour ["3"], Number ["3"];
        Digit(4), "digit-4", "number", "a digit of the number of a topic or a step", [], Tour ["4"], Number ["4"];
        Digit(5), "digit-5", "number", "a digit of the number of a topic or a step", [], Tour ["5"], Number ["5"];
        Digit(6), "digit-6", "number", "a digit of the number of a topic or a step", [], Tour ["6"], Number ["6"];
        Digit(7), "digit-7", "number", "a digit of the number of a topic or a step", [], Tour ["7"], Number ["7"];
        Digit(8), "digit-8", "number", "a digit of the number of a topic or a step", [], Tour ["8"], Number ["8"];
        Digit(9), "digit-9", "number", "a digit of the number of a topic or a step", [], Tour ["9"], Number ["9"];
    }
    Find {
        Search, "search", "search", "search everything", ["/"];
        SearchHere, "search-here", "search here", "search in this entry", ["Ctrl-f"];
        NextHit, "next-hit", "next hit", "to the next hit", ["n"], Habit ["F3"];
        PreviousHit, "previous-hit", "hit before", "to the hit before", ["N"];
    }
    Look {
        Look(Lens::Timeline), "timeline", "timeline", "when: what has a date, on an axis of time", ["t"];
        Look(Lens::Map), "map", "map", "where: places on a map", ["m"];
        Look(Lens::Network), "network", "network", "who with whom: the web of relations", ["w"];
        Look(Lens::Evidence), "evidence", "evidence", "how sure: who says and who denies what", ["e"];
        Look(Lens::Read), "read", "read", "read again, at what is selected", ["r"];
        Twin, "text-twin", "as text", "the lens as text, or as a picture again", ["T"];
        ZoomIn, "zoom-in", "zoom", "nearer", ["+", "="];
        ZoomOut, "zoom-out", "zoom", "further away", ["-"];
        ZoomFit, "zoom-fit", "all", "so that everything is seen", ["0"];
        PanLeft, "pan-left", "pan", "show what lies to the left", ["<", "Shift-Left"];
        PanRight, "pan-right", "pan", "show what lies to the right", [">", "Shift-Right"];
        PanUp, "pan-up", "pan", "show what lies higher", ["Shift-Up"];
        PanDown, "pan-down", "pan", "show what lies lower", ["Shift-Down"];
        Arrange, "arrange", "arrange", "arrange the lens another way", ["o"];
    }
    Copy {
        CopyText, "copy-text", "text", "send the text to the terminal's clipboard", ["y y"];
        CopyCitation, "copy-citation", "with citation", "the same with standing, parties, date and source", ["y c"];
        CopyAddress, "copy-address", "address", "its address", ["y a"];
        CopyJson, "copy-json", "JSON", "the same for programs", ["y j"];
        ShowPlain, "show-plain", "to select by hand", "show it on the normal screen, to select by hand", ["y p"];
    }
    Show {
        Standings, "standings", "standings", "choose which standings are shown", ["s"];
        Theme, "theme", "theme", "dark, light, high contrast", ["D"];
        About, "about", "about", "what this file is and rests on", ["i"], Habit ["Ctrl-g"];
        Problems, "problems", "problems", "what is wrong with the file", ["!"];
    }
    Present {
        Tours, "tours", "tours", "choose a tour, or go back to the one under way", ["p", "F5"];
        TourNext, "tour-next", "next", "in a tour: reveal more, then the next step", [],
            Tour ["Space", "Right", "PageDown", "Enter", "Down", "j", "l", "n"];
        TourBack, "tour-back", "back", "in a tour: back by one", [],
            Tour ["Left", "PageUp", "Backspace", "Up", "k", "h"];
        TourFirst, "tour-first", "first", "in a tour: to its first step", [], Tour ["g", "Home"];
        TourLast, "tour-last", "last", "in a tour: to its last step, or the number typed", [], Tour ["G", "End"];
        Notes, "notes", "notes", "in a tour: speaker's notes, next step, clock", [], Tour ["N"];
        Blank, "blank", "blank", "an empty screen, until the next key", ["."], Tour [".", "b"];
    }
    Type {
        Complete, "complete", "complete", "complete the filter, else one line down", [], Editing ["Tab"];
        Input(Stroke::Left), "cursor-left", "left", "a letter to the left", [], Editing ["Left", "Ctrl-b"];
        Input(Stroke::Right), "cursor-right", "right", "a letter to the right", [], Editing ["Right", "Ctrl-f"];
        Input(Stroke::WordLeft), "word-left", "word left", "a word to the left", [], Editing ["Ctrl-Left", "Alt-Left", "Alt-b"];
        Input(Stroke::WordRight), "word-right", "word right", "a word to the right", [], Editing ["Ctrl-Right", "Alt-Right", "Alt-f"];
        Input(Stroke::Start), "cursor-start", "start", "to the beginning of what is typed", [], Editing ["Home", "Ctrl-a", "Ctrl-Home"];
        Input(Stroke::End), "cursor-end", "end", "to the end of what is typed", [], Editing ["End", "Ctrl-e", "Ctrl-End"];
        Input(Stroke::EraseLeft), "erase-left", "erase", "erase the letter before", [], Editing ["Backspace", "Ctrl-h"];
        Input(Stroke::EraseRight), "erase-right", "erase", "erase the letter behind", [], Editing ["Delete", "Ctrl-d"];
        Input(Stroke::EraseWord), "erase-word", "erase word", "erase the word before", [], Editing ["Ctrl-w", "Alt-Backspace", "Ctrl-Backspace"];
        Input(Stroke::EraseAll), "erase-all", "erase all", "erase all that is typed", [], Editing ["Ctrl-u"];
    }
    Program {
        Help, "help", "help", "these keys", ["?", "F1"], Typing ["F1"];
        Palette, "palette", "palette", "every action by its name", [":", "Ctrl-p"];
        Mouse, "mouse", "mouse", "leave the mouse to the terminal, or take it", ["M"];
        Reload, "reload", "reload", "read the file anew", ["R", "Ctrl-r"];
        Edit, "edit", "edit", "open the file in $VISUAL or $EDITOR, right here", ["E"], Habit ["v"];
        Repaint, "repaint", "repaint", "put the whole screen anew", ["Ctrl-l"], Typing ["Ctrl-l"];
        Suspend, "suspend", "suspend", "stop; the shell's fg brings it back", ["Ctrl-z"], Typing ["Ctrl-z"];
        CloseOrQuit, "close-or-quit", "quit", "close what is open, else quit", ["q"];
        Quit, "quit", "quit", "quit from anywhere", ["Q", "Ctrl-c"], Typing ["Ctrl-c"];
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
            assert!(row.keys.iter().any(|(_, keys)| !keys.is_empty()), "{} has no keys", row.name);
            assert!(!row.help.is_empty() && row.help.len() <= 50, "{}", row.name);
        }
    }
}
