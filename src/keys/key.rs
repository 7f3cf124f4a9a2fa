//! One key as a value, and its written form: `j`, `G`, `Ctrl-d`, `Alt-Left`, `Shift-Tab`, `Space`.
//!
//! Must never be ambiguous: what is printed is read back as the same key.

use std::fmt;
use std::str::FromStr;

/// Which key, apart from what is held with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A key that types a character. An upper-case letter stands for Shift and the letter.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator; with Shift it is `shift`.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete forward.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// A function key, 1 to 24.
    F(u8),
}

/// A key with what is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control is held.
    pub ctrl: bool,
    /// Alt (Meta) is held.
    pub alt: bool,
    /// Shift is held; never set for characters, whose case says it.
    pub shift: bool,
}

/// A text that is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no key; write it like `j`, `Ctrl-d`, `Alt-Left`, `Shift-Tab` or `Space`")]
pub struct KeyError(pub String);

const NAMED: [(&str, Code); 15] = [
    ("Space", Code::Char(' ')),
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Insert", Code::Insert),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
];

impl Key {
    /// A key with nothing held.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// The key of a character with nothing held.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// The key as it is written, from what a terminal reports: Shift is in a letter's case, Control knows none.
    #[must_use]
    pub fn settled(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let c = match c {
            c if self.ctrl => c.to_ascii_lowercase(),
            c if self.shift => upper(c),
            c => c,
        };
        Self { code: Code::Char(c), shift: false, ..self }
    }

    /// The character that the key types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// The upper-case letter, if it is one character.
fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    upper.next().filter(|_| upper.next().is_none()).unwrap_or(c)
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let error = || KeyError(text.to_owned());
        let mut key = Self::char('-');
        let mut rest = text;
        loop {
            let (flag, after) = match rest {
                r if r.len() > 5 && r.starts_with("Ctrl-") => (&mut key.ctrl, 5),
                r if r.len() > 4 && r.starts_with("Alt-") => (&mut key.alt, 4),
                r if r.len() > 6 && r.starts_with("Shift-") => (&mut key.shift, 6),
                _ => break,
            };
            if std::mem::replace(flag, true) {
                return Err(error());
            }
            rest = rest.get(after..).ok_or_else(error)?;
        }
        key.code = code(rest).ok_or_else(error)?;
        match key.code {
            Code::Char(_) if key.shift => Err(error()),
            Code::Char(c) if key.ctrl => Ok(Self { code: Code::Char(c.to_ascii_lowercase()), ..key }),
            _ => Ok(key),
        }
    }
}

fn code(name: &str) -> Option<Code> {
    if let Some((_, code)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*code);
    }
    if let Some(number) = name.strip_prefix('F').and_then(|n| n.parse().ok()) {
        return (1..=24).contains(&number).then_some(Code::F(number));
    }
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if !c.is_control() && !c.is_whitespace() => Some(Code::Char(c)),
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, prefix) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                f.write_str(prefix)?;
            }
        }
        match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::F(n)) => write!(f, "F{n}"),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read_back() {
        for text in [
            "j",
            "G",
            "?",
            "-",
            "Ctrl-d",
            "Alt-Left",
            "Shift-Tab",
            "Space",
            "F12",
            "Ctrl-Alt-x",
            "ж",
            "Ctrl--",
        ] {
            assert_eq!(text.parse::<Key>().map(|key| key.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("Ctrl-D".parse::<Key>(), "Ctrl-d".parse());
    }

    #[test]
    fn what_is_no_key() {
        for text in ["", "jj", "Ctrl-", "Ctrl-Ctrl-d", "Shift-a", "Hyper-x", "F0", "F25", "\u{1b}", "Foo"] {
            assert_eq!(text.parse::<Key>(), Err(KeyError(text.to_owned())), "{text:?}");
        }
    }
}
