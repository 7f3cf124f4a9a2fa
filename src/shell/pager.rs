//! A text for people, shown in the pager of their choice.
//!
//! While a pager has the terminal, what is typed for it reaches this process, too: `Ctrl-C` ends a search in `less`, and
//! must not leave `less` behind on the terminal of a shell. Whatever happens, the pager is waited for.
//!
//! Must never claim that a text was shown which nobody can have seen.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rustix::stdio::stdout;
use signal_hook::consts::signal::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag::{register_conditional_default, register_usize};

use super::editor::WAITS;
use super::line::Line;

/// What became of a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Paged {
    /// The reader has seen of it what they wanted.
    Shown,
    /// This signal asked for the end.
    Ended(i32),
    /// There is no such pager; the shell has said so.
    Missing,
    /// The pager failed, and may have shown nothing: in which way.
    Failed(String),
}

/// Shows `text` on standard output in `pager`, a command line of its own, and waits for its end.
pub fn page(text: &str, pager: &str) -> Paged {
    // Once they are kept, none of them ends this process before the pager; a program that is started is not affected.
    let Ok(kept) = Kept::new() else { return Paged::Missing };
    let line = Line::of(stdout());
    let status = show(text, pager);
    line.restore(stdout());
    match (status, kept.last()) {
        (_, Some(signal @ (SIGTERM | SIGHUP))) => Paged::Ended(signal),
        (Ok(status), _) if status.success() => Paged::Shown,
        (_, Some(signal)) => Paged::Ended(signal),
        // 126 and 127 are the shell's own: the pager could not be started.
        (Ok(status), None) if matches!(status.code(), Some(126 | 127)) => Paged::Missing,
        (Ok(status), None) => Paged::Failed(status.to_string()),
        (Err(_), None) => Paged::Missing,
    }
}

/// Runs the pager.
fn show(text: &str, pager: &str) -> io::Result<ExitStatus> {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{WAITS}{pager}")).stdin(Stdio::piped());
    for (name, value) in settings(env::var_os("LESS").as_deref(), env::var_os("LV").as_deref()) {
        command.env(name, value);
    }
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // Whoever leaves the pager early has seen enough.
        let _ = input.write_all(text.as_bytes());
    }
    child.wait()
}

/// What pagers are told in the environment, so that they show colours as colours.
///
/// As git has it: `less` leaves a short text on the screen, does not clear it, and `lv` takes escapes, unless the user
/// has said what they should do. What the user says of `less` holds; that a colour is a colour is said before it.
fn settings(less: Option<&OsStr>, lv: Option<&OsStr>) -> Vec<(&'static str, OsString)> {
    let less = less.map_or_else(|| "FRX".into(), |own| [OsStr::new("-R "), own].into_iter().collect());
    let lv = lv.is_none().then(|| ("LV", "-c".into()));
    [("LESS", less)].into_iter().chain(lv).collect()
}

/// Signals that are kept while a pager has the terminal; afterwards they do what they always do.
struct Kept {
    is_over: Arc<AtomicBool>,
    last: Arc<AtomicUsize>,
}

impl Kept {
    fn new() -> io::Result<Self> {
        let kept = Self { is_over: Arc::default(), last: Arc::default() };
        for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP] {
            register_conditional_default(signal, Arc::clone(&kept.is_over))?;
            register_usize(signal, Arc::clone(&kept.last), signal as usize)?;
        }
        Ok(kept)
    }

    /// The last one that came.
    fn last(&self) -> Option<i32> {
        let last = self.last.load(Ordering::SeqCst);
        i32::try_from(last).ok().filter(|signal| *signal > 0)
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pagers_are_told_to_show_colours() {
        for (less, lv, expected) in [
            (None, None, &[("LESS", "FRX"), ("LV", "-c")][..]),
            (None, Some("-la"), &[("LESS", "FRX")]),
            (Some(""), Some(""), &[("LESS", "-R ")]),
            (Some("-i -M"), None, &[("LESS", "-R -i -M"), ("LV", "-c")]),
            (Some("SX"), Some("-c"), &[("LESS", "-R SX")]),
        ] {
            let found = settings(less.map(OsStr::new), lv.map(OsStr::new));
            let expected: Vec<_> = expected.iter().map(|(name, value)| (*name, (*value).into())).collect();
            assert_eq!(found, expected, "{less:?} {lv:?}");
        }
    }
}
