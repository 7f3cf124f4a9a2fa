//! What is wrong with a file, where, and what to do about it.

use std::fmt;

/// A place in a text file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters from `column` on are meant; at least 1.
    pub length: usize,
    /// The line itself, made safe for a terminal; a long one is cut around the place.
    pub text: String,
    /// Where in `text` the mark goes, in characters from 0.
    pub mark: usize,
}

/// Something wrong with a file. The file may still be usable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file's name as the user gave it.
    pub file: String,
    /// Where; missing only when the file could not be read as text at all.
    pub place: Option<Place>,
    /// What is wrong, lower case, without a full stop.
    pub what: String,
    /// What to do about it; may be empty.
    pub remedy: String,
}

impl fmt::Display for Problem {
    /// `file:line:column: what`, the line with the place marked under it, and the remedy.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            None => write!(f, "{}: {}", self.file, self.what)?,
            Some(place) => {
                writeln!(f, "{}:{}:{}: {}", self.file, place.line, place.column, self.what)?;
                let number = place.line.to_string();
                writeln!(f, "  {number} | {}", place.text)?;
                let before: String = place.text.chars().take(place.mark).collect();
                let indent = " ".repeat(crate::text::width::width(&before));
                let marked: String = place.text.chars().skip(place.mark).take(place.length).collect();
                let mark = "^".repeat(crate::text::width::width(&marked).max(1));
                write!(f, "  {} | {indent}{mark}", " ".repeat(number.len()))?;
            }
        }
        if self.remedy.is_empty() { Ok(()) } else { write!(f, "\n  = {}", self.remedy) }
    }
}
