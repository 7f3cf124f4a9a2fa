//! Where answers go: standard output, a pager before it, standard error.
//!
//! A reader who has seen enough and closed the pipe is content: that ends quietly. Must never page or colour what does
//! not go to a terminal.

use std::borrow::Cow;
use std::env;
use std::fmt::Display;
#[cfg(not(unix))]
use std::io::Write;
use std::io::{self, ErrorKind, IsTerminal};

use super::Stop;
use super::arguments::Arguments;
use crate::app::Size;
use crate::config::{Charset, Depth, Environment, Look, ascii};
use crate::knowledge::Problem;
use crate::print::Paper;
#[cfg(unix)]
use crate::text::clean::clean;

/// Columns of a plain text when nobody says how many there are.
const COLUMNS: usize = 80;
/// The widest text for people: longer lines are hard to come back from.
const WIDEST: usize = 100;

/// What the terminal of this process says of itself.
pub(super) fn environment() -> Environment {
    let get = |name: &str| env::var(name).unwrap_or_default();
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(get).into_iter().find(|value| !value.is_empty());
    Environment {
        term: get("TERM"),
        colorterm: get("COLORTERM"),
        no_color: get("NO_COLOR"),
        colorfgbg: get("COLORFGBG"),
        locale: locale.unwrap_or_default(),
    }
}

/// The terminal's size, if standard output is one.
fn screen() -> Option<Size> {
    #[cfg(unix)]
    return crate::shell::output_size();
    #[cfg(not(unix))]
    return io::stdout().is_terminal().then_some(Size { columns: COLUMNS as u16, rows: 24 });
}

/// Columns of a text for whoever reads standard output.
pub(super) fn columns() -> usize {
    screen().map_or(COLUMNS, |size| usize::from(size.columns).min(WIDEST))
}

/// What standard output is for a text.
pub(super) fn paper(arguments: &Arguments) -> Paper {
    let wish = arguments.wish(None);
    let look = Look::of(&environment(), wish);
    let colour = look.depth != Depth::None && (wish.color == Some(true) || io::stdout().is_terminal());
    Paper { columns: columns(), colour, ascii: look.charset == Charset::Ascii }
}

/// A text for people in the characters that their locale has: in ASCII, where it has no others.
pub(super) fn in_letters_of(paper: Paper, text: &str) -> Cow<'_, str> {
    if paper.ascii { ascii(text) } else { Cow::Borrowed(text) }
}

/// Prints an answer.
pub(super) fn answer(text: &str) -> Result<u8, Stop> {
    match print(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Stop::Wrong(format!("the answer cannot be written: {error}")))
        }
        Ok(()) | Err(_) => Ok(0),
    }
}

#[cfg(unix)]
fn print(bytes: &[u8]) -> io::Result<()> {
    crate::shell::answer(bytes)
}

#[cfg(not(unix))]
fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush())
}

/// Prints a text for people, through a pager if it is longer than the terminal.
pub(super) fn page(text: &str) -> Result<u8, Stop> {
    let longer = |size: Size| text.lines().count() >= usize::from(size.rows);
    let dumb = matches!(env::var("TERM").as_deref(), Err(_) | Ok("" | "dumb"));
    if !dumb && screen().is_some_and(longer) { through_pager(text) } else { answer(text) }
}

/// Shows a text in `$PAGER`, or in `less`; as an answer, if there is none or it fails.
#[cfg(unix)]
fn through_pager(text: &str) -> Result<u8, Stop> {
    use crate::shell::{Paged, page};

    let pager = env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
    if matches!(pager.trim(), "" | "cat") {
        return answer(text);
    }
    match page(text, &pager) {
        Paged::Shown => Ok(0),
        Paged::Ended(signal) => Err(Stop::Said(128_u8.saturating_add(u8::try_from(signal).unwrap_or(0)))),
        Paged::Missing => {
            let answered = answer(text);
            if env::var_os("PAGER").is_some() {
                complain(&clean(&format!("there is no pager `{pager}`; the answer is above")));
            }
            answered
        }
        Paged::Failed(how) => {
            let answered = answer(text);
            complain(&clean(&format!("the pager `{pager}` failed ({how}); the answer is above")));
            answered
        }
    }
}

/// There is no pager that could be counted on.
#[cfg(not(unix))]
fn through_pager(text: &str) -> Result<u8, Stop> {
    answer(text)
}

/// Says on standard error what is wrong; if that is closed, the status says it alone.
pub(super) fn complain(what: &impl Display) {
    let words = format!("tumen: {what}\n");
    #[cfg(unix)]
    let _ = crate::shell::complain(words.as_bytes());
    #[cfg(not(unix))]
    let _ = io::stderr().write_all(words.as_bytes());
}

/// Says what a session could not keep, and gives the status that it ends with.
#[cfg(unix)]
pub(super) fn farewell(over: &crate::shell::Over) -> u8 {
    if let Some(what) = &over.unkept {
        complain(&clean(what));
    }
    over.end.status()
}

/// Says on standard error that a file has problems, if it has any: the answer may lack what they are about.
pub(super) fn remark_on(problems: &[Problem]) {
    match problems.len() {
        0 => {}
        1 => complain(&"this file has 1 problem; `tumen check` shows it"),
        count => complain(&format!("this file has {count} problems; `tumen check` shows them")),
    }
}
