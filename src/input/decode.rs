//! One whole key sequence → the session's message. Must never guess: what has no meaning here becomes nothing.

use std::borrow::Cow;

use terminput::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
    ScrollDirection,
};

use crate::app::{Button, Mouse, Msg};
use crate::keys::{Code, Key};

/// What a sequence means.
pub(super) fn decode(sequence: &[u8]) -> Option<Msg> {
    if !is_readable(sequence) {
        return None;
    }
    let sequence = with_usual_parameters(sequence);
    match Event::parse_from(&sequence).ok()?? {
        Event::Key(event) if event.kind != KeyEventKind::Release => key(event).map(Msg::Key),
        Event::Mouse(event) => mouse(event).map(Msg::Mouse),
        _ => None,
    }
}

/// `ESC O 5 A` as the decoder knows it, `ESC [ 1 ; 5 A`: older terminals have what is held with the key there.
fn with_usual_parameters(sequence: &[u8]) -> Cow<'_, [u8]> {
    match sequence {
        [0x1b, b'O', held @ .., last] if !held.is_empty() => {
            let first: &[u8] = if held.contains(&b';') { b"" } else { b"1;" };
            Cow::Owned([b"\x1b[", first, held, &[*last]].concat())
        }
        _ => Cow::Borrowed(sequence),
    }
}

/// Whether the decoder may see a sequence: of clicks it takes only the notation that is asked for (SGR), and expects
/// columns and rows that count from 1.
fn is_readable(sequence: &[u8]) -> bool {
    let (Some(rest), Some(b'M' | b'm')) = (sequence.strip_prefix(b"\x1b["), sequence.last()) else {
        return true;
    };
    let Some(click) = rest.strip_prefix(b"<") else { return false };
    let numbers = click.get(..click.len() - 1).unwrap_or_default().split(|byte| *byte == b';');
    let is_zero = |number: &[u8]| number.iter().all(|digit| *digit == b'0');
    !numbers.skip(1).any(is_zero)
}

fn key(event: KeyEvent) -> Option<Key> {
    let held = |modifier| event.modifiers.contains(modifier);
    let key = Key {
        code: code(event.code)?,
        ctrl: held(KeyModifiers::CTRL),
        alt: held(KeyModifiers::ALT) || held(KeyModifiers::META),
        shift: held(KeyModifiers::SHIFT),
    };
    Some(key.settled())
}

fn code(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Char(c) if !c.is_control() => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
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
        MouseEventKind::Scroll(ScrollDirection::Up) => Button::WheelUp,
        MouseEventKind::Scroll(ScrollDirection::Down) => Button::WheelDown,
        _ => return None,
    };
    Some(Mouse { button, column: event.column, row: event.row })
}
