//! What keys and clicks do, as tables: keys in, address and screen out. All on the shipped dossier.

use tumen::app::{Effect, Focus, Msg, Size};

use crate::session::Session;

#[test]
fn keys_lead_to_addresses() {
    for (keys, address) in [
        // Topics: digits, neighbours, round the end.
        ("", "overview/accord"),
        ("2", "history/division"),
        ("Tab", "history/division"),
        ("l Right", "war/recognition-and-cover"),
        ("Shift-Tab", "reaction/summit-confirmed"),
        ("h h Left", "needs/regime-survival"),
        ("9", "overview/accord"),
        // Rows of the list; the page follows.
        ("j", "overview/moscow-talks"),
        ("Down Down Up", "overview/moscow-talks"),
        ("G", "overview/arms-suspicions"),
        ("End Home", "overview/accord"),
        ("k", "overview/accord"),
        ("Ctrl-d", "overview/arms-suspicions"),
        ("Space b", "overview/accord"),
        // Each topic remembers its row.
        ("j 2 j j 1", "overview/moscow-talks"),
        // Reading: Enter opens, statements are walked, Esc leaves.
        ("Enter", "overview/accord#O1"),
        ("Enter j", "overview/accord#O2"),
        ("Enter j k k", "overview/accord#O1"),
        ("Enter j J", "overview/moscow-talks#O4"),
        ("Enter J K", "overview/accord#O1"),
        ("Enter G", "overview/accord"),
        ("Enter j Esc", "overview/accord"),
        // Letters of other layouts are the keys under them: Russian о = j, Korean ㅓ = j.
        ("о", "overview/moscow-talks"),
        ("ㅓ ㅓ", "overview/why-kim-turns"),
        // Search: live, opened at the statement, walked with n and N.
        ("/ 'juche' Enter", "juche"),
        ("/ 'H25' Enter", "history/treaty-1961#H25"),
        ("/ '김정은' Enter", "kim-jong-un"),
        ("/ 'Ким_Чен_Ын' Enter", "kim-jong-un"),
        ("/ 'kimjongun' Enter", "kim-jong-un"),
        ("/ 'pyonygang' Enter", "pyongyang"),
        ("/ 'H25' Enter n N", "history/treaty-1961#H25"),
        // Esc from a search is where one was; q too leaves one layer.
        ("2 j / 'stalin' Esc", "history/two-koreas"),
        ("2 j Enter ? q", "history/two-koreas#H5"),
        // Links: Enter on a statement puts letters over its links; Backspace comes back to the same statement.
        ("Enter j Enter d", "multipolar-order"),
        ("Enter j Enter d Backspace", "overview/accord#O2"),
        ("Enter j Enter a Esc", "overview/accord#O2"),
        ("Enter j Enter d Backspace L", "multipolar-order"),
        ("Enter j Enter d Alt-Left Alt-Right", "multipolar-order"),
        ("Enter j Enter d H", "overview/accord#O2"),
        ("f a", "north-korea"),
        ("f Esc", "overview/accord"),
        // Passing through tabs leaves one place in the history, not one each.
        ("j 2 3 4 Backspace", "overview/moscow-talks"),
    ] {
        let mut session = Session::shipped(100, 30);
        session.press(keys);
        assert_eq!(session.address(), address, "after {keys:?}\n{}", session.screen());
    }
}

#[test]
fn keys_ask_the_shell() {
    for (keys, effects) in [
        ("q", vec![Effect::Quit]),
        ("Q", vec![Effect::Quit]),
        ("й", vec![Effect::Quit]),
        ("Ctrl-c", vec![Effect::Quit]),
        ("/ 'q' Ctrl-c", vec![Effect::Quit]),
        ("? q", vec![]),
        ("Enter q", vec![]),
        ("Enter q q", vec![Effect::Quit]),
        ("? Q", vec![Effect::Quit]),
        ("Esc Esc Esc", vec![]),
        ("/ 'quit' Esc", vec![]),
        (": 'quit' Enter", vec![Effect::Quit]),
        ("Ctrl-z", vec![Effect::Suspend]),
        ("/ Ctrl-z", vec![Effect::Suspend]),
        ("Ctrl-l", vec![Effect::Repaint]),
        ("M M", vec![Effect::Mouse(false), Effect::Mouse(true)]),
    ] {
        let mut session = Session::shipped(80, 24);
        session.press(keys);
        assert_eq!(session.effects, effects, "after {keys:?}");
    }
}

#[test]
fn keys_show_words() {
    for (keys, words) in [
        ("x", "x means nothing here; ? shows the keys"),
        ("Esc", "nothing to close; q quits"),
        ("Backspace", "no place before this one"),
        ("n", "nothing was searched for"),
        ("9", "there is no topic 9"),
        ("?", "letters over every link"),
        (": 'dark'", "theme"),
        ("s", "claimed by some, denied by others"),
        ("!", "Nothing is wrong with this file"),
        ("i", "What it rests on"),
        ("/ 'zzzzqqqq'", "Nothing found"),
        ("/ 'pyonygang'", "showing pyongyang"),
        ("/ 'slbm' Enter", "hit 1/"),
        ("Ctrl-f 'order'", "/ in An accord with Moscow:"),
        ("s 2 Enter Esc", "some are dimmed"),
        ("s 2 Enter 7 Enter Esc Enter", "2 statements are hidden"),
        ("/ 'nuclear' Ctrl-u 'juche'", "/ juche"),
        ("D", "theme: light"),
    ] {
        let mut session = Session::shipped(100, 30);
        session.press(keys);
        assert!(session.screen().contains(words), "{words:?} after {keys:?}:\n{}", session.screen());
    }
}

#[test]
fn problems_are_one_key_away_with_their_places() {
    let shipped = include_str!("../../assets/dprk-russia.ron");
    let library = crate::session::library(shipped.replacen("](stalin)", "](stalim)", 1).as_bytes());
    let mut session = Session::of(library, 100, 30);
    assert!(session.screen().contains("1 problem in this file; ! shows it"), "{}", session.screen());
    session.press("!");
    for words in ["test.ron:", "`stalim`; did you mean `stalin`?", "[Joseph Stalin](stalim)"] {
        assert!(session.screen().contains(words), "{words}:\n{}", session.screen());
    }
}

#[test]
fn clicks_find_what_is_drawn() {
    let mut session = Session::shipped(100, 30);
    let tab = session.find("3 Ukraine War");
    session.click(tab.0 + 2, tab.1);
    assert_eq!(session.address(), "war/recognition-and-cover");

    let row = session.find("What Pyongyang may ask for");
    session.click(row.0 + 1, row.1);
    assert_eq!(session.address(), "war/what-it-may-ask-for");

    let link = session.find("food aid");
    session.click(link.0, link.1);
    assert_eq!(session.state.focus, Focus::Page);
    assert_ne!(session.address(), "war/what-it-may-ask-for");
    session.press("Backspace");
    assert_eq!(session.address(), "war/what-it-may-ask-for");

    session.press("/ 'juche'");
    let hit = session.find("Between Moscow and Beijing");
    session.click(hit.0, hit.1 + 1);
    assert_eq!(session.address(), "history/between-moscow-and-beijing#H21");
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    use tumen::app::{Button, Mouse};
    let mut session = Session::shipped(80, 24);
    session.press("2 G");
    let page = Mouse { button: Button::WheelDown, column: 60, row: 10 };
    session.take(&Msg::Mouse(page));
    assert!(session.state.scroll > 0);
    let list = Mouse { button: Button::WheelUp, column: 5, row: 10 };
    let before = session.state.cursor().row;
    session.take(&Msg::Mouse(list));
    assert_eq!(session.state.cursor().row + 1, before);
}

#[test]
fn a_paste_is_one_edit_and_cannot_drive_the_terminal() {
    let mut session = Session::shipped(80, 24);
    session.take(&Msg::Paste("ignored where nothing is typed".into()));
    session.press("/").take(&Msg::Paste("juche\n\u{1b}[31mself\u{202e}".into()));
    assert!(session.screen().contains("/ juche [31mself"), "{}", session.screen());
}

#[test]
fn a_resize_keeps_the_place() {
    let mut session = Session::shipped(160, 45);
    session.press("2 / 'H27' Enter");
    for (columns, rows) in [(80, 24), (40, 12), (20, 5), (3, 2), (0, 0), (100, 30)] {
        session.take(&Msg::Resize(Size { columns, rows }));
        assert_eq!(session.address(), "history/treaty-1961#H27", "at {columns}×{rows}");
    }
    assert!(session.screen().contains("H27"));
}

#[test]
fn hiding_a_standing_keeps_the_selected_statement() {
    // The first entry: two statements that are stated, then one that is assessed; 2 is `stated`, 7 hides or dims.
    for (keys, address) in [
        ("Enter j j s 7 Enter 2 Enter Esc", "overview/accord#O3"),
        ("Enter j j s 7 Enter 2 Enter Enter Esc", "overview/accord#O3"),
        ("Enter j s 7 Enter 2 Enter Esc", "overview/accord#O3"),
        ("Enter j s 2 Enter Esc", "overview/accord#O2"),
    ] {
        let mut session = Session::shipped(100, 30);
        session.press(keys);
        assert_eq!(session.address(), address, "after {keys:?}\n{}", session.screen());
    }
}

#[test]
fn the_list_shows_which_entries_hold_what_is_asked_for() {
    // Only what is alleged: one entry of the overview has such a statement, and it is the one that is not dim.
    let mut session = Session::shipped(100, 30);
    let plain = session.buffer();
    session.press("s j j Space Esc");
    let buffer = session.buffer();
    for (title, holds) in [("Suspicions of an arms trade", true), ("The talks in Moscow", false)] {
        let at = session.find(title);
        assert_eq!(buffer[at].fg == plain[at].fg, holds, "{title}");
    }
}
