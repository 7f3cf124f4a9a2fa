//! Copies on their way to the terminal's clipboard: OSC 52, which works over SSH as well.
//!
//! Must never read the clipboard, and never say that something was copied: the terminal gives no answer.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

use crate::config::Clipboard;

/// Bytes of a text that are sent at most: in base64 they are just under 100,000, the limit of several terminals.
pub(super) const MOST: usize = 74_994;

/// The bytes that make the terminal take `text`, as long as it is at most [`MOST`] long; empty if that is off.
pub(super) fn bytes(text: &str, mode: Clipboard, in_tmux: bool) -> Vec<u8> {
    let mut plain = String::new();
    // Writing into a string cannot fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain);
    // tmux passes on what stands between its brackets, with every escape doubled (tmux(1), `allow-passthrough`).
    let wrapped = || format!("\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b"));
    match mode {
        Clipboard::Off => Vec::new(),
        Clipboard::Tmux => wrapped().into_bytes(),
        Clipboard::Auto if in_tmux => format!("{plain}{}", wrapped()).into_bytes(),
        Clipboard::Auto | Clipboard::Raw => plain.into_bytes(),
    }
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
        for (mode, in_tmux, expected) in [
            (Clipboard::Auto, false, plain.to_owned()),
            (Clipboard::Auto, true, format!("{plain}{wrapped}")),
            (Clipboard::Raw, true, plain.to_owned()),
            (Clipboard::Tmux, false, wrapped.to_owned()),
            (Clipboard::Off, true, String::new()),
        ] {
            let found = String::from_utf8(bytes("Тумен", mode, in_tmux)).expect("UTF-8");
            assert_eq!(found, expected, "{mode:?} {in_tmux}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut_between_letters() {
        let long = "д".repeat(MOST);
        let (sent, is_cut) = cut(&long);
        assert!(is_cut && sent.len() <= MOST && sent.len() > MOST - 2);
        assert_eq!(cut("short"), ("short", false));
        assert!(bytes(sent, Clipboard::Raw, false).len() < 100_100);
    }
}
