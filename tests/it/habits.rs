//! What the hands of vim, less, fzf, emacs and browser users do first, and what comes of it here.

use tumen::app::Effect;

use crate::session::Session;

/// What a reader sees after some keys.
enum Expected {
    /// One is here.
    At(&'static str),
    /// The screen says so.
    Says(&'static str),
    /// The session ends.
    Quits,
    /// The file is read anew.
    Reloads,
    /// The editor opens.
    Edits,
}

use Expected::{At, Edits, Quits, Reloads, Says};

/// Whose hands, what they press, what they find.
const TABLE: &[(&str, &str, Expected)] = &[
    ("vim", "j", At("overview/moscow-talks")),
    ("vim", "G g g", At("overview/accord")),
    ("vim", "G", At("overview/arms-suspicions")),
    ("vim", "Ctrl-d", At("overview/arms-suspicions")),
    ("vim", "G Ctrl-u", At("overview/accord")),
    ("vim", "Ctrl-e", At("overview/moscow-talks")),
    ("vim", "j Ctrl-y", At("overview/accord")),
    ("vim", "G Ctrl-b", At("overview/accord")),
    ("vim", "}", At("overview/moscow-talks")),
    ("vim", "j {", At("overview/accord")),
    ("vim", "/ 'juche' Enter", At("juche")),
    ("vim", "/ 'slbm' Enter n", Says("hit 2")),
    ("vim", "/ 'slbm' Enter n N", Says("hit 1")),
    ("vim", "*", Says("/ searches everything")),
    ("vim", "/ 'juche' Enter Ctrl-o", At("overview/accord")),
    ("vim", "Ctrl-5", Says("stay here")),
    ("vim", "/ 'juche' Enter Ctrl-t", At("overview/accord")),
    ("vim", "y y", Says("")),
    ("vim", "Y", Says("y y copies the text")),
    ("vim", "V", Says("y p shows it plainly")),
    ("vim", "`", Says("' shows the bookmarks")),
    ("vim", "a", Says("E edits the file")),
    ("vim", "Ctrl-g", Says("What it rests on")),
    ("vim", "Ctrl-w", Says("Tab goes to the next topic; Enter and Esc change panes")),
    ("vim", "Z Z", Says("q leaves")),
    ("vim", ": 'q' Enter", Quits),
    ("vim", ": 'q!' Enter", Quits),
    ("vim", ": 'wq' Enter", Quits),
    ("vim", ": 'x' Enter", Quits),
    ("vim", ": 'e!' Enter", Reloads),
    ("vim", ": 'w' Enter", Edits),
    ("vim", ": 'help' Enter", Says("letters over every link")),
    ("vim", ": 'marks' Enter", Says("Bookmarks")),
    ("vim", "Ctrl-l", At("overview/accord")),
    ("less", "Space", At("overview/moscow-talks")),
    ("less", "Space b", At("overview/accord")),
    ("less", "d", At("overview/arms-suspicions")),
    ("less", "d u", At("overview/accord")),
    ("less", "v", Edits),
    ("less", "R", Reloads),
    ("less", "Ctrl-r", Reloads),
    ("less", "&", Says("s chooses what is shown")),
    ("less", "?", Says("letters over every link")),
    ("less", ": 'q' Enter", Quits),
    ("less", "q", Quits),
    ("less", "Q", Quits),
    ("fzf", "/ 'treaty' Ctrl-j Ctrl-k Ctrl-n Ctrl-p Enter", At("friendship-treaty")),
    ("fzf", "/ 'treaty' Tab Shift-Tab Enter", At("friendship-treaty")),
    ("fzf", "/ 'treaty' Ctrl-g", At("overview/accord")),
    ("fzf", "/ 'treaty_x' Ctrl-w 'y' Ctrl-u 'juche' Enter", At("juche")),
    ("fzf", "Ctrl-n", At("overview/moscow-talks")),
    ("fzf", "j Ctrl-k", At("overview/accord")),
    ("fzf", "Ctrl-c", Quits),
    ("emacs", "Ctrl-v", At("overview/arms-suspicions")),
    ("emacs", "Ctrl-v Alt-v", At("overview/accord")),
    ("nano", "Ctrl-x", Says("q leaves")),
    ("a browser", "/ 'juche' Enter Alt-Left", At("overview/accord")),
    ("a browser", "Ctrl-f", Says("/ in An accord with Moscow:")),
    ("a terminal whose backspace is ^H", "/ 'juche' Enter Ctrl-h", At("overview/accord")),
];

#[test]
fn hands_find_what_they_expect_or_hear_what_to_press() {
    let mut disappointed = Vec::new();
    for (whose, keys, expected) in TABLE {
        let mut session = Session::shipped(100, 30);
        session.press(keys);
        let screen = session.screen();
        let asked = |wanted: fn(&Effect) -> bool| session.effects.iter().any(wanted);
        let as_expected = match expected {
            At(address) => session.address() == *address,
            Says(words) => screen.contains(words),
            Quits => asked(|effect| *effect == Effect::Quit),
            Reloads => asked(|effect| *effect == Effect::Reload),
            Edits => asked(|effect| matches!(effect, Effect::Edit(_))),
        };
        if !as_expected {
            let last = screen.lines().last().unwrap_or_default();
            disappointed.push(format!(
                "{whose}: {keys:?}: {} {:?} {last}",
                session.address(),
                session.effects
            ));
        }
    }
    assert!(disappointed.is_empty(), "{}", disappointed.join("\n"));
}
