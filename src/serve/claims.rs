//! What a client says of its terminal, as far as it is believed. Must never keep more of a text than a name takes.

use crate::app::Size;
use crate::config::Environment;
use crate::text::clean::clean;

/// Where a locale is looked for: the first of them that says something counts (POSIX, XBD 8.2).
const LOCALES: [&str; 3] = ["LC_ALL", "LC_CTYPE", "LANG"];
/// Letters of `TERM` and the like that are believed.
const LONGEST: usize = 64;
/// What a terminal that does not know its size is taken for.
const USUAL: Size = Size { columns: 80, rows: 24 };

/// What a client says of its terminal.
#[derive(Debug, Default)]
pub(super) struct Claims {
    pub(super) environment: Environment,
    /// Its size, if it has asked for a terminal.
    pub(super) size: Option<Size>,
    locales: [String; LOCALES.len()],
}

impl Claims {
    /// It has a terminal of this kind, and of so many columns and rows.
    pub(super) fn terminal(&mut self, term: &str, cells: (u32, u32), largest: Size) {
        self.environment.term = believed_text(term);
        self.size = Some(believed(cells, largest));
    }

    /// Its terminal has another size now; gives what is drawn for.
    pub(super) fn resized(&mut self, cells: (u32, u32), largest: Size) -> Size {
        let size = believed(cells, largest);
        self.size = self.size.map(|_| size);
        size
    }

    /// A variable of its environment; `false` if nobody asks for it here.
    pub(super) fn variable(&mut self, name: &str, value: &str) -> bool {
        let value = believed_text(value);
        let Environment { colorterm, no_color, colorfgbg, locale, .. } = &mut self.environment;
        match name {
            "COLORTERM" => *colorterm = value,
            "NO_COLOR" => *no_color = value,
            "COLORFGBG" => *colorfgbg = value,
            _ => {
                let Some(at) = LOCALES.iter().position(|known| *known == name) else { return false };
                self.locales[at] = value;
                let first = self.locales.iter().find(|value| !value.is_empty());
                *locale = first.cloned().unwrap_or_default();
            }
        }
        true
    }
}

/// The size that is drawn for, whatever the client claims.
fn believed((columns, rows): (u32, u32), largest: Size) -> Size {
    if columns == 0 || rows == 0 {
        return USUAL;
    }
    Size { columns: columns.min(largest.columns.into()) as u16, rows: rows.min(largest.rows.into()) as u16 }
}

/// A short text of a client's that drives no terminal.
fn believed_text(text: &str) -> String {
    clean(text).chars().take(LONGEST).collect()
}
