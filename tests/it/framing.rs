//! The framer of input: tables at every split, random strings at random splits, and what time makes of a beginning.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use tumen::app::{Button, Mouse, Msg};
use tumen::input::Input;

/// Strings of a run; a million take a while.
fn events() -> u32 {
    if std::env::var_os("TUMEN_EVENTS").is_some() { 1_000_000 } else { 3000 }
}

/// Lets time pass until nothing waits any more.
fn settle(input: &mut Input, msgs: &mut Vec<Msg>) {
    while let Some(due) = input.due() {
        input.expire(due, msgs);
    }
}

/// What comes of pieces that come at once.
fn read(pieces: &[&[u8]]) -> (Vec<Msg>, u32) {
    let (mut input, mut msgs, now) = (Input::default(), Vec::new(), Instant::now());
    for piece in pieces {
        input.feed(piece, now, &mut msgs);
    }
    settle(&mut input, &mut msgs);
    (msgs, input.answers())
}

/// What comes of pieces with so many milliseconds before each.
fn read_slowly(pieces: &[(u64, &str)]) -> Vec<Msg> {
    let (mut input, mut msgs, mut now) = (Input::default(), Vec::new(), Instant::now());
    for (pause, piece) in pieces {
        now += Duration::from_millis(*pause);
        while input.due().is_some_and(|due| due <= now) {
            input.expire(now, &mut msgs);
        }
        input.feed(piece.as_bytes(), now, &mut msgs);
    }
    settle(&mut input, &mut msgs);
    msgs
}

fn keys(written: &str) -> Vec<Msg> {
    written.split_whitespace().map(|key| Msg::Key(key.parse().expect(key))).collect()
}

fn paste(text: &str) -> Vec<Msg> {
    vec![Msg::Paste(text.to_owned())]
}

/// What terminals say of themselves in control sequences: attributes, state, modes, window, cursor, keyboard, focus.
const REPORTS: &[&str] = &[
    "\x1b[?62;22;52c",
    "\x1b[>41;354;0c",
    "\x1b[?6c",
    "\x1b[0n",
    "\x1b[3n",
    "\x1b[?997;1n",
    "\x1b[24;80R",
    "\x1b[1;1R",
    "\x1b[?1;1;1R",
    "\x1b[?2026;2$y",
    "\x1b[4;2$y",
    "\x1b[?5u",
    "\x1b[?0u",
    "\x1b[8;24;80t",
    "\x1b[4;600;800t",
    "\x1b[48;24;80;600;800t",
    "\x1b[2;1;1;112;112;1;0x",
    "\x1b[?1;0;256S",
    "\x1b[1;2;3;4;5&w",
    "\x1b[I",
    "\x1b[O",
];

#[test]
fn keys_of_every_kind_at_every_split() {
    let click = |button, column, row| vec![Msg::Mouse(Mouse { button, column, row })];
    for (bytes, expected) in [
        ("j", keys("j")),
        ("jk\r", keys("j k Enter")),
        ("\x1b", keys("Esc")),
        ("\x1b\x1b", keys("Esc Esc")),
        ("\x1b\x1b\x1b", keys("Esc Esc Esc")),
        ("\x1b[A\x1b[B", keys("Up Down")),
        ("\x1bOA", keys("Up")),
        ("\x1b[1;3D", keys("Alt-Left")),
        ("\x1b[5~\x1b[6~", keys("PageUp PageDown")),
        ("\x1b[3~\x1b[H\x1b[F", keys("Delete Home End")),
        ("\x1b[1~\x1b[4~\x1b[7~\x1b[8~", keys("Home End Home End")),
        ("\x1bOP\x1b[15~\x1b[[A\x1b[R", keys("F1 F5 F1 F3")),
        ("\x1b[1;5P\x1b[15;2~", keys("Ctrl-F1 Shift-F5")),
        ("\x1b[Z\t", keys("Shift-Tab Tab")),
        ("\x1bx\x1bж", keys("Alt-x Alt-ж")),
        ("\x03\x06\x00\x7f", keys("Ctrl-c Ctrl-f Ctrl-Space Backspace")),
        ("\x1b[106;5u\x1b[106;5:3u", keys("Ctrl-j")),
        ("김Ж", keys("김 Ж")),
        // Alt and an arrow, as rxvt and older terminals of macOS have it; and keys that only came together.
        ("\x1b\x1b[D\x1b\x1bOC", keys("Alt-Left Alt-Right")),
        ("\x1b\x1bj", keys("Esc Alt-j")),
        ("\x1b\x1b[<0;5;3M", [keys("Esc"), click(Button::Left, 4, 2)].concat()),
        ("\x1b\x1b[?62c\x1b\x1b]11;x\x07j", keys("Esc Esc j")),
        ("\x1b\x1b[200~j\x1b[201~", [keys("Esc"), paste("j")].concat()),
        // What is held with the key, as it once was written.
        ("\x1bO5A\x1bO1;3B\x1bO2P", keys("Ctrl-Up Alt-Down Shift-F1")),
        ("\x1b[<0;5;3M\x1b[<0;5;3m", click(Button::Left, 4, 2)),
        ("\x1b[<64;1;1M", click(Button::WheelUp, 0, 0)),
        ("\x1b[<65;1000;500M", click(Button::WheelDown, 999, 499)),
        // Clicks that cannot be, in notations that were not asked for.
        ("\x1b[<0;0;0Mj\x1b[<;;Mj\x1b[M\x01\x01\x01j\x1b[0;0;0Mj", keys("j j j j")),
        ("\x1b[200~two\rlines\x1b[201~j", [paste("two\rlines"), keys("j")].concat()),
        ("\x1b[200~\x1b[A\x1b[201~", paste("\x1b[A")),
        // What a paste brings of keys that end programs is text: the rest of it is not to land in a shell.
        ("\x1b[200~a\x03b\x1b[201~", paste("a\x03b")),
        ("\x1b[200~\x1b[201~\x1b[201~j", [paste(""), keys("j")].concat()),
    ] {
        at_every_split(bytes.as_bytes(), &expected);
    }
}

#[test]
fn what_a_terminal_says_of_itself_is_no_key_at_every_split() {
    for text in [
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
        "\x1b]4;1;rgb:ff/00/00\x07",
        "\x1b]52;c;0KLRg9C80LXQvQ==\x1b\\",
        "\x1b]lтитул\x1b\\",
        "\x1bP1+r544e=787465726d\x1b\\",
        "\x1bP>|kitty(0.35)\x1b\\",
        "\x1bP1$r0m\x1b\\",
        "\x1bP!|00000000\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b^private\x1b\\",
        "\x1bXa string\x1b\\",
    ]
    .iter()
    .chain(REPORTS)
    {
        at_every_split(text.as_bytes(), &[]);
        at_every_split(format!("j{text}{text}\x1b[B").as_bytes(), &keys("j Down"));
    }
}

/// What is no letter and no sequence means nothing, and takes nothing along that does.
#[test]
fn what_is_broken_off_takes_no_key_along() {
    for (bytes, expected) in [
        (&b"\xffj"[..], "j"),
        (b"\xeaj", "j"),
        (b"\xea\xb9j", "j"),
        (b"\xc0\xafj\xed\xa0\x80j\xf5\x80\x80\x80j", "j j j"),
        (b"\xea\xb9\x1b[A", "Up"),
        (b"\x1b[1;\x1b[A", "Up"),
        (b"\x1b[1;\x03", "Ctrl-c"),
        (b"\x1b[1\xffj", "j"),
        (b"\x1b]11;rgb:\x1b[A", "Up"),
        (b"\x1b]11;rgb:\x03", "Ctrl-c"),
        (b"\x1bP1\x1b]11;\x07j", "j"),
        (b"\x1bO\x03", "Ctrl-c"),
        // The second control of ISO 6429, as a letter: no key types it.
        ("\u{9b}j".as_bytes(), "j"),
    ] {
        at_every_split(bytes, &keys(expected));
    }
}

fn at_every_split(bytes: &[u8], expected: &[Msg]) {
    let readable = bytes.escape_ascii();
    for at in 0..=bytes.len() {
        let (first, second) = bytes.split_at(at);
        assert_eq!(read(&[first, second]).0, expected, "{readable} at {at}");
    }
    let single: Vec<&[u8]> = bytes.chunks(1).collect();
    assert_eq!(read(&single).0, expected, "{readable} byte by byte");
}

#[test]
fn answers_are_counted_and_are_no_keys() {
    assert_eq!(read(&[b"j\x1b[0n\x1b[0", b"nk\x1b[0n"]), (keys("j k"), 3));
}

#[test]
fn what_has_only_begun_waits_and_then_is_what_it_is() {
    for (bytes, waits, meant) in [
        ("", None, ""),
        ("j", None, "j"),
        ("\x1b", Some(40), "Esc"),
        ("\x1b\x1b", Some(40), "Esc Esc"),
        ("\x1b[", Some(500), "Alt-["),
        ("\x1bO", Some(500), "Alt-O"),
        ("\x1b]", Some(500), "Alt-]"),
        ("\x1b\x1b[", Some(500), "Esc Alt-["),
        ("\x1b[1;", Some(500), ""),
        ("\u{1b}]52;c;", Some(500), ""),
    ] {
        let (mut input, mut msgs, now) = (Input::default(), Vec::new(), Instant::now());
        input.feed(bytes.as_bytes(), now, &mut msgs);
        let due = waits.map(|waits| now + Duration::from_millis(waits));
        assert_eq!(input.due(), due, "{bytes:?}");
        if let Some(due) = due {
            let before = msgs.len();
            input.expire(due.checked_sub(Duration::from_millis(1)).expect("a time"), &mut msgs);
            assert_eq!(msgs.len(), before, "{bytes:?} too early");
            input.expire(due, &mut msgs);
        }
        assert_eq!(msgs, keys(meant), "{bytes:?}");
        assert_eq!((input.held(), input.due()), (0, None), "{bytes:?}");
    }
}

#[test]
fn time_tells_a_person_from_a_terminal() {
    for (pieces, expected) in [
        // An arrow in two packets, and two keys of a person.
        (&[(0, "\x1b"), (30, "[B")][..], keys("Down")),
        (&[(0, "\x1b["), (400, "B")], keys("Down")),
        (&[(0, "\x1b"), (50, "j")], keys("Esc j")),
        (&[(0, "\x1b"), (20, "\x1b"), (20, "\x1b"), (100, "j")], keys("Esc Esc Esc j")),
        // An answer in many packets.
        (&[(0, "\x1b]11;rgb:1e"), (400, "1e/1e1e"), (400, "/1e1e"), (100, "\x1b"), (200, "\\j")], keys("j")),
        (&[(0, "\x1b]52;c;"), (100, "x"), (499, "\x07j")], keys("j")),
        (&[(0, "\x1b[?62"), (450, ";22"), (450, "cj")], keys("j")),
        // A stray Alt-] and what is typed afterwards.
        (&[(0, "\x1b]"), (600, "j"), (100, "k")], keys("Alt-] j k")),
        (&[(0, "\x1b]"), (100, "j"), (600, "k")], keys("k")),
        (&[(0, "\x1b]"), (100, "\x03")], keys("Ctrl-c")),
        (&[(0, "\x1b]"), (100, "\x1b[A")], keys("Up")),
        // A letter that comes in two packets, and one that never does.
        (&[(0, "a"), (300, "b")], keys("a b")),
    ] {
        assert_eq!(read_slowly(pieces), expected, "{pieces:?}");
    }
}

/// Nobody types a hundred keys a second, not even with a key held down; a terminal says much more than that.
#[test]
fn a_key_held_down_is_heard_again_soon_and_a_long_answer_is_swallowed_whole() {
    for introducer in ["\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX"] {
        let mut held = vec![(0, introducer)];
        held.extend(std::iter::repeat_n((33, "j"), 100));
        let heard = read_slowly(&held).len();
        assert!(heard > 40, "{introducer:?}: {heard} of a hundred");
    }
    let mut answer = vec![(0, "\x1b]52;c;")];
    answer.extend(std::iter::repeat_n((100, "0KLRg9C80LXQvQ0KLRg9C80LXQvQ"), 1000));
    answer.push((100, "\x1b\\j"));
    assert_eq!(read_slowly(&answer), keys("j"), "a minute and a half of an answer");
}

#[test]
fn a_paste_that_is_never_closed_leaves_a_way_out() {
    const BEGIN: &str = "\x1b[200~";
    for (pieces, expected) in [
        (&[(0, BEGIN), (0, "text")][..], paste("text")),
        (&[(0, BEGIN), (0, "text"), (600, "\x03")], [paste("text"), keys("Ctrl-c")].concat()),
        (&[(0, BEGIN), (0, "text"), (600, "\x1b"), (50, "q")], [paste("text"), keys("Esc q")].concat()),
        (&[(0, BEGIN), (0, "text"), (600, "\x1b[A"), (0, "q")], [paste("text"), keys("Up q")].concat()),
        // A paste that only took its time goes on, whatever it holds.
        (
            &[(0, BEGIN), (0, "te"), (600, "x\x03t"), (100, "\x1b[201~q")],
            [paste("te"), paste("x\x03t"), keys("q")].concat(),
        ),
        (&[(0, BEGIN), (0, "text"), (600, "\x1b[201~q")], [paste("text"), keys("q")].concat()),
        (&[(0, BEGIN), (0, "text\x1b[20"), (600, "1~q")], [paste("text"), keys("q")].concat()),
        // What the terminal says meanwhile ends nothing.
        (&[(0, BEGIN), (0, "a"), (600, "\x1b[0n"), (0, "b\x1b[201~")], [paste("a"), paste("b")].concat()),
    ] {
        assert_eq!(read_slowly(pieces), expected, "{pieces:?}");
    }
    // And while it waits for an end that does not come, nothing wakes up.
    let (mut input, mut msgs) = (Input::default(), Vec::new());
    input.feed(BEGIN.as_bytes(), Instant::now(), &mut msgs);
    settle(&mut input, &mut msgs);
    assert_eq!(input.due(), None);
}

#[test]
fn nothing_that_comes_is_held_for_long() {
    let (mut input, mut msgs, now) = (Input::default(), Vec::new(), Instant::now());
    for endless in ["\x1b[1", ";1", "\x1b\x1b[1", ";2", "\x1b[200~", "x", "\x1b]52;", "y"] {
        for _ in 0..100_000 {
            input.feed(endless.as_bytes(), now, &mut msgs);
            assert!(input.held() < 20_000, "{endless:?}");
        }
    }
    input.feed(b"\x1b[201~", now, &mut msgs);
    assert!(matches!(msgs.last(), Some(Msg::Paste(text)) if text.len() <= 16 * 1024));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(events()))]

    #[test]
    fn the_same_bytes_mean_the_same_wherever_they_are_cut(
        pieces in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..12),
            prop::collection::vec(prop::sample::select(b"\x1b[]OP?<>0129;mMnuRc~ZA\x07\\\xec\x98".as_slice()), 0..24),
            Just(b"\x1b[200~".to_vec()),
            Just(b"\x1b[201~".to_vec()),
            Just(b"\x1b\x1b[D".to_vec()),
        ], 0..8),
    ) {
        let whole = pieces.concat();
        let cut: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        prop_assert_eq!(read(&cut), read(&[&whole]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_a_terminal_says_is_never_a_key_wherever_it_is_cut(
        kind in prop::sample::select(b"]P_^X".as_slice()),
        text in "[ -~\\t\\r\\n\u{a0}-\u{2fff}]{0,200}",
        end in prop::sample::select(vec!["\x07", "\x1b\\"]),
        report in prop::sample::select(REPORTS),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let bytes = format!("\x1b{}{text}{end}{report}", char::from(kind)).into_bytes();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len())).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
        prop_assert_eq!(read(&pieces).0, vec![], "{:?}", String::from_utf8_lossy(&bytes));
    }
}
