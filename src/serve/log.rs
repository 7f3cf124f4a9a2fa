//! What the server writes down: one line an event, `time event name=value …`, for people and for programs.
//!
//! Must never write a secret, or anything that could drive the terminal of who reads the log: values that clients
//! chose are cut and escaped.

use std::fmt::{Display, Write as _};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use time::OffsetDateTime;

/// Letters of a value that are written; user names and client versions can be as long as clients like.
const LONGEST: usize = 64;

/// Letters of a value that the program itself has written, such as an error of the system.
const LONGEST_OWN: usize = 400;

/// Where events are written.
pub struct Log {
    file: Option<PathBuf>,
    out: Mutex<Out>,
}

struct Out {
    to: Box<dyn Write + Send>,
    /// Lines that could not be written.
    lost: usize,
}

impl Log {
    /// A log that writes to `out`, one write a line.
    pub fn to(out: impl Write + Send + 'static) -> Self {
        Self { file: None, out: Mutex::new(Out { to: Box::new(out), lost: 0 }) }
    }

    /// A log that adds to a file, which nobody but its owner and group may read if it is made.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn in_file(path: &Path) -> io::Result<Self> {
        Ok(Self { file: Some(path.to_owned()), ..Self::to(open(path)?) })
    }

    /// Opens the file again: it may have been renamed, to make place for a new one.
    pub(super) fn reopen(&self) {
        let Some(path) = &self.file else { return };
        match open(path) {
            Ok(file) => {
                self.out.lock().unwrap_or_else(PoisonError::into_inner).to = Box::new(file);
            }
            // It goes on where it was.
            Err(error) => self.event("log-not-opened", &[("error", &error)]),
        }
    }

    /// Writes an event and its values. A log that cannot be written does not end a class.
    pub(super) fn event(&self, name: &str, values: &[(&str, &dyn Display)]) {
        let mut line = format!("{} {name}", now());
        for (key, value) in values {
            // Writing into a string cannot fail.
            let most = if *key == "error" { LONGEST_OWN } else { LONGEST };
            let _ = write!(line, " {key}={}", value_text(&value.to_string(), most));
        }
        line.push('\n');
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let lost = std::mem::take(&mut out.lost);
        if lost > 0 {
            line = format!("{} lines-lost count={lost}\n{line}", now());
        }
        if out.to.write_all(line.as_bytes()).and_then(|()| out.to.flush()).is_err() {
            // It is said as soon as there is room on the disk again.
            out.lost = lost + 1;
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).mode(0o640).open(path)
}

/// A value: as it is if it is a plain word, and quoted otherwise.
fn value_text(value: &str, most: usize) -> String {
    let cut: String = value.chars().take(most).collect();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/+@#[]".contains(c);
    if !cut.is_empty() && cut.len() == value.len() && cut.chars().all(plain) {
        return cut;
    }
    // Beyond ASCII there are letters that turn a line around; none of them is needed here.
    let escaped: String =
        cut.chars().map(|c| if c == ' ' { " ".to_owned() } else { c.escape_default().to_string() }).collect();
    let more = if cut.len() < value.len() { "…" } else { "" };
    format!("\"{escaped}{more}\"")
}

/// Seconds in UTC, as ISO 8601 has them.
fn now() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let at =
        OffsetDateTime::from_unix_timestamp(since.as_secs() as i64).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (month, day) = (u8::from(at.month()), at.day());
    let (hour, minute, second) = at.to_hms();
    format!("{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z", at.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_drive_no_terminal_and_break_no_line() {
        for (value, written) in [
            ("anna", "anna"),
            ("127.0.0.1:2222", "127.0.0.1:2222"),
            ("", "\"\""),
            ("two words", "\"two words\""),
            ("a\nb=c", "\"a\\nb=c\""),
            ("\u{1b}[31m", "\"\\u{1b}[31m\""),
            ("\u{202e}cod", "\"\\u{202e}cod\""),
            ("say \"x\"", "\"say \\\"x\\\"\""),
        ] {
            assert_eq!(value_text(value, LONGEST), written);
        }
        assert_eq!(value_text(&"x".repeat(1000), LONGEST).chars().count(), LONGEST + 3);
    }
}
