//! Copies on their way to the terminal's clipboard: OSC 52, which works over SSH as well.
//!
//! Must never read the clipboard, and never say that something was copied: the terminal gives no answer.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

use crate::config::Clipboard;

/// Bytes of a text that are sent at most: in base64 they are just under 100,000, the limit of several terminals.
pub(super) const MOST: usize = 74_994;

/// Bytes of one string that GNU screen passes on: what goes beyond 256 it writes on the screen, in version 4.0; later
/// ones take 768 (MAXSTR in its os.h). Four of them are the brackets.
const SCREEN: usize = 252;

/// What stands between the program and the terminal, and does not pass on what it does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// Nothing that is known.
    Nothing,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

impl Inside {
    /// What it is, from the name of the terminal and from whether each of them has left its variable (`TMUX`, `STY`).
    /// Where both have, one runs in the other: the name tells which is nearer, where it can.
    pub fn of(term: &str, tmux: bool, screen: bool) -> Self {
        if screen && (!tmux || term.starts_with("screen.")) {
            Self::Screen
        } else if tmux {
            Self::Tmux
        } else {
            Self::Nothing
        }
    }
}

/// The bytes that make the terminal take `text`, as long as it is at most [`MOST`] long; empty if that is off.
pub(super) fn bytes(text: &str, mode: Clipboard, inside: Inside) -> Vec<u8> {
    let mut plain = String::new();
    // Writing into a string cannot fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain);
    // tmux passes on what stands between its brackets, with every escape doubled (tmux(1), `allow-passthrough`).
    let wrapped = || format!("\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b"));
    match (mode, inside) {
        (Clipboard::Off, _) => Vec::new(),
        (Clipboard::Tmux, _) => wrapped().into_bytes(),
        (Clipboard::Screen, _) | (Clipboard::Auto, Inside::Screen) => in_pieces(&plain),
        (Clipboard::Auto, Inside::Tmux) => format!("{plain}{}", wrapped()).into_bytes(),
        (Clipboard::Auto, Inside::Nothing) | (Clipboard::Raw, _) => plain.into_bytes(),
    }
}

/// The same for GNU screen, which passes on what stands in a device control string, one after the other (screen(1),
/// "Control Sequences"). The end of a string would end its own, so that what is sent ends with a bell instead.
fn in_pieces(plain: &str) -> Vec<u8> {
    let plain = plain.strip_suffix("\x1b\\").unwrap_or(plain).as_bytes();
    let all = [plain, b"\x07"].concat();
    all.chunks(SCREEN).flat_map(|piece| [b"\x1bP", piece, b"\x1b\\"].concat()).collect()
}

/// As much of `text` as is sent, and whether that is less than all.
pub(super) fn cut(text: &str) -> (&str, bool) {
    let end = (0..=MOST.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    (text.get(..end).unwrap_or_default(), end < text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_has_its_bytes() {
        // "Тумен" in base64.
        let plain = "\x1b]52;c;0KLRg9C80LXQvQ==\x1b\\";
        let wrapped = "\x1bPtmux;\x1b\x1b]52;c;0KLRg9C80LXQvQ==\x1b\x1b\\\x1b\\";
        let in_screen = "\x1bP\x1b]52;c;0KLRg9C80LXQvQ==\x07\x1b\\";
        for (mode, inside, expected) in [
            (Clipboard::Auto, Inside::Nothing, plain.to_owned()),
            (Clipboard::Auto, Inside::Tmux, format!("{plain}{wrapped}")),
            (Clipboard::Auto, Inside::Screen, in_screen.to_owned()),
            (Clipboard::Raw, Inside::Tmux, plain.to_owned()),
            (Clipboard::Raw, Inside::Screen, plain.to_owned()),
            (Clipboard::Tmux, Inside::Nothing, wrapped.to_owned()),
            (Clipboard::Screen, Inside::Nothing, in_screen.to_owned()),
            (Clipboard::Off, Inside::Tmux, String::new()),
        ] {
            let found = String::from_utf8(bytes("Тумен", mode, inside)).expect("UTF-8");
            assert_eq!(found, expected, "{mode:?} {inside:?}");
        }
    }

    #[test]
    fn screen_passes_on_what_comes_in_pieces_that_it_can_hold() {
        for length in [0, 1, 180, 181, 183, 1000, MOST] {
            let text = "x".repeat(length);
            let plain = String::from_utf8(bytes(&text, Clipboard::Raw, Inside::Screen)).expect("UTF-8");
            let sent = String::from_utf8(bytes(&text, Clipboard::Auto, Inside::Screen)).expect("UTF-8");
            let pieces: Vec<&str> = sent.split_inclusive("\x1b\\").collect();
            assert!(pieces.iter().all(|piece| piece.len() <= 256), "{length}");
            let passed_on = pieces.iter().map(|piece| {
                piece.strip_prefix("\x1bP").and_then(|rest| rest.strip_suffix("\x1b\\")).expect("brackets")
            });
            assert_eq!(passed_on.collect::<String>(), plain.replace("\x1b\\", "\x07"), "{length}");
        }
    }

    #[test]
    fn what_is_nearer_is_told_by_the_name_of_the_terminal() {
        for (term, tmux, screen, expected) in [
            ("xterm-256color", false, false, Inside::Nothing),
            // Of a terminal far away: whose it is cannot be told.
            ("screen", false, false, Inside::Nothing),
            ("screen-256color", true, false, Inside::Tmux),
            ("tmux-256color", true, true, Inside::Tmux),
            ("screen", false, true, Inside::Screen),
            ("xterm", false, true, Inside::Screen),
            ("screen.xterm-256color", true, true, Inside::Screen),
        ] {
            assert_eq!(Inside::of(term, tmux, screen), expected, "{term} {tmux} {screen}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut_between_letters() {
        let long = "д".repeat(MOST);
        let (sent, is_cut) = cut(&long);
        assert!(is_cut && sent.len() <= MOST && sent.len() > MOST - 2);
        assert_eq!(cut("short"), ("short", false));
        assert!(bytes(sent, Clipboard::Raw, Inside::Nothing).len() < 100_100);
    }
}
