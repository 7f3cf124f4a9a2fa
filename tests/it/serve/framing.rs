//! The framer of input: tables at every split, and random strings at random splits.

use proptest::prelude::*;
use tumen::app::{Button, Mouse, Msg};
use tumen::serve::input::Input;

/// Strings of a run; a million take a while.
fn events() -> u32 {
    if std::env::var_os("TUMEN_EVENTS").is_some() { 1_000_000 } else { 3000 }
}

fn read(pieces: &[&[u8]]) -> (Vec<Msg>, u32) {
    let (mut input, mut msgs) = (Input::default(), Vec::new());
    for piece in pieces {
        input.feed(piece, &mut msgs);
    }
    input.give_up(&mut msgs);
    (msgs, input.answers())
}

fn keys(written: &str) -> Vec<Msg> {
    written.split_whitespace().map(|key| Msg::Key(key.parse().expect(key))).collect()
}

#[test]
fn keys_of_every_kind_at_every_split() {
    let click = |button, column, row| vec![Msg::Mouse(Mouse { button, column, row })];
    for (bytes, expected) in [
        ("j", keys("j")),
        ("jk\r", keys("j k Enter")),
        ("\x1b", keys("Esc")),
        ("\x1b\x1b", keys("Esc Esc")),
        ("\x1b[A\x1b[B", keys("Up Down")),
        ("\x1bOA", keys("Up")),
        ("\x1b[1;3D", keys("Alt-Left")),
        ("\x1b[5~\x1b[6~", keys("PageUp PageDown")),
        ("\x1b[3~\x1b[H\x1b[F", keys("Delete Home End")),
        ("\x1bOP\x1b[15~\x1b[[A", keys("F1 F5 F1")),
        ("\x1b[Z\t", keys("Shift-Tab Tab")),
        ("\x1bx\x1bж", keys("Alt-x Alt-ж")),
        ("\x03\x06\x00\x7f", keys("Ctrl-c Ctrl-f Ctrl-Space Backspace")),
        ("김Ж", keys("김 Ж")),
        ("\x1b[<0;5;3M\x1b[<0;5;3m", click(Button::Left, 4, 2)),
        ("\x1b[<64;1;1M", click(Button::WheelUp, 0, 0)),
        ("\x1b[<65;1000;500M", click(Button::WheelDown, 999, 499)),
        // What terminals say of themselves is no key.
        ("\x1b[?62;1c\x1b]11;rgb:0000/0000/0000\x07\x1bP1+r\x1b\\\x1b[?2026;2$yj", keys("j")),
        ("\x1b]11;rgb:0/0/0\x1b\\j", keys("j")),
        ("\x1b[I\x1b[Oj", keys("j")),
        // Clicks that cannot be, in notations that were not asked for.
        ("\x1b[<0;0;0Mj\x1b[<;;Mj\x1b[M\x01\x01\x01j\x1b[0;0;0Mj", keys("j j j j")),
        ("\x1b[200~two\rlines\x1b[201~j", [vec![Msg::Paste("two\rlines".into())], keys("j")].concat()),
        ("\x1b[200~\x1b[A\x1b[201~", vec![Msg::Paste("\x1b[A".into())]),
    ] {
        let bytes = bytes.as_bytes();
        for at in 0..=bytes.len() {
            let (first, second) = bytes.split_at(at);
            assert_eq!(read(&[first, second]).0, expected, "{:?} at {at}", String::from_utf8_lossy(bytes));
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(read(&single).0, expected, "{:?} byte by byte", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn answers_are_counted_and_are_no_keys() {
    assert_eq!(read(&[b"j\x1b[0n\x1b[0", b"nk\x1b[0n"]), (keys("j k"), 3));
}

#[test]
fn what_has_only_begun_waits_and_then_is_what_it_is() {
    for (bytes, waits, meant) in [
        ("", false, ""),
        ("j", false, "j"),
        ("\x1b", true, "Esc"),
        ("\x1b[", true, "Alt-["),
        ("\x1bO", true, "Alt-O"),
        ("\x1b[1;", true, ""),
        ("\u{1b}]52;c;", true, ""),
    ] {
        let (mut input, mut msgs) = (Input::default(), Vec::new());
        input.feed(bytes.as_bytes(), &mut msgs);
        assert_eq!(input.patience().is_some(), waits, "{bytes:?}");
        input.give_up(&mut msgs);
        assert_eq!(msgs, keys(meant), "{bytes:?}");
        assert_eq!((input.held(), input.patience()), (0, None), "{bytes:?}");
    }
}

#[test]
fn nothing_that_comes_is_held_for_long() {
    let (mut input, mut msgs) = (Input::default(), Vec::new());
    for endless in ["\x1b[1", ";1", "\x1b[200~", "x", "\x1b]52;", "y"] {
        for _ in 0..100_000 {
            input.feed(endless.as_bytes(), &mut msgs);
            assert!(input.held() < 8192, "{endless:?}");
        }
    }
    input.feed(b"\x1b[201~", &mut msgs);
    assert!(matches!(msgs.last(), Some(Msg::Paste(text)) if text.len() <= 4096));
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
        ], 0..8),
    ) {
        let whole = pieces.concat();
        let cut: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        prop_assert_eq!(read(&cut), read(&[&whole]));
    }
}
