//! crossterm's events as the session's messages. Must never guess: what has no meaning here becomes nothing.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::{End, Wake};
use crate::app::{Button, Mouse, Msg};
use crate::keys::{Code, Key};

/// What an event means. A resize means nothing: the signal has told it already.
pub(super) fn wake(event: Event) -> Option<Wake> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => {
            let key = key(event)?;
            // In raw mode the terminal does not make the signal of it.
            let interrupt = Key { ctrl: true, ..Key::char('c') };
            Some(if key == interrupt { Wake::End(End::Interrupted) } else { Wake::Msg(Msg::Key(key)) })
        }
        Event::Paste(text) => Some(Wake::Msg(Msg::Paste(text))),
        Event::Mouse(event) => mouse(event).map(|mouse| Wake::Msg(Msg::Mouse(mouse))),
        Event::Key(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let held = |modifier| event.modifiers.contains(modifier);
    let key = Key {
        code: code(event.code)?,
        ctrl: held(KeyModifiers::CONTROL) || event.code == KeyCode::Null,
        alt: held(KeyModifiers::ALT) || held(KeyModifiers::META),
        shift: held(KeyModifiers::SHIFT) || event.code == KeyCode::BackTab,
    };
    Some(key.settled())
}

fn code(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Null => Code::Char(' '),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number @ 1..=24) => Code::F(number),
        _ => return None,
    })
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let button = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Button::Left,
        MouseEventKind::ScrollUp => Button::WheelUp,
        MouseEventKind::ScrollDown => Button::WheelDown,
        _ => return None,
    };
    Some(Mouse { button, column: event.column, row: event.row })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_as_they_are_written() {
        let none = KeyModifiers::NONE;
        for (code, modifiers, expected) in [
            (KeyCode::Char('j'), none, Some("j")),
            (KeyCode::Char('G'), KeyModifiers::SHIFT, Some("G")),
            (KeyCode::Char('g'), KeyModifiers::SHIFT, Some("G")),
            (KeyCode::Char('ж'), KeyModifiers::SHIFT, Some("Ж")),
            (KeyCode::Char('?'), KeyModifiers::SHIFT, Some("?")),
            (KeyCode::Char('D'), KeyModifiers::CONTROL | KeyModifiers::SHIFT, Some("Ctrl-d")),
            (KeyCode::Char(' '), KeyModifiers::CONTROL, Some("Ctrl-Space")),
            (KeyCode::Null, none, Some("Ctrl-Space")),
            (KeyCode::BackTab, KeyModifiers::SHIFT, Some("Shift-Tab")),
            (KeyCode::BackTab, none, Some("Shift-Tab")),
            (KeyCode::Left, KeyModifiers::ALT, Some("Alt-Left")),
            (KeyCode::F(12), none, Some("F12")),
            (KeyCode::CapsLock, none, None),
        ] {
            let found = key(KeyEvent::new(code, modifiers)).map(|key| key.to_string());
            assert_eq!(found.as_deref(), expected, "{code:?} {modifiers:?}");
        }
    }

    #[test]
    fn only_presses_count_and_the_interrupt_is_one() {
        let event =
            |c, modifiers, kind| Event::Key(KeyEvent::new_with_kind(KeyCode::Char(c), modifiers, kind));
        let none = KeyModifiers::NONE;
        assert!(wake(event('j', none, KeyEventKind::Release)).is_none());
        assert!(matches!(wake(event('j', none, KeyEventKind::Repeat)), Some(Wake::Msg(Msg::Key(_)))));
        let interrupt = wake(event('c', KeyModifiers::CONTROL, KeyEventKind::Press));
        assert!(matches!(interrupt, Some(Wake::End(End::Interrupted))));
        assert!(wake(Event::Resize(1, 1)).is_none());
    }
}
