//! The terminal's files: where keys come from and how large it is.
//!
//! Must never choose another file for input than crossterm does, which makes it raw: standard input if that is a
//! terminal, and `/dev/tty` otherwise.

use std::fs::File;
use std::os::fd::{AsFd, BorrowedFd};
use std::process::Stdio;
use std::sync::Arc;

use rustix::stdio::{stdin, stdout};
use rustix::termios::{isatty, tcgetwinsize};

use crate::app::Size;

/// Larger than any screen; a terminal that claims more is not believed, since every cell costs memory.
const LARGEST: Size = Size { columns: 2000, rows: 1000 };
/// What a terminal that does not know its size is taken for.
const USUAL: Size = Size { columns: 80, rows: 24 };

/// A terminal that can be read from and written to.
#[derive(Debug, Clone)]
pub struct Tty {
    /// `None` is standard input.
    opened: Option<Arc<File>>,
}

impl Tty {
    /// The terminal of this process, if standard output is one and keys can be read.
    pub fn find() -> Option<Self> {
        if !isatty(stdout()) {
            None
        } else if isatty(stdin()) {
            Some(Self { opened: None })
        } else {
            let file = File::options().read(true).write(true).open("/dev/tty").ok()?;
            Some(Self { opened: Some(Arc::new(file)) })
        }
    }

    /// Its size now.
    pub fn size(&self) -> Size {
        size()
    }

    /// Where keys come from, for a program that is started here.
    pub(super) fn stdio(&self) -> std::io::Result<Stdio> {
        Ok(match &self.opened {
            Some(file) => Stdio::from(file.try_clone()?),
            None => Stdio::inherit(),
        })
    }

    /// Where keys come from.
    pub(super) fn input(&self) -> BorrowedFd<'_> {
        match &self.opened {
            Some(file) => file.as_fd(),
            None => stdin(),
        }
    }
}

/// The size of the terminal that standard output is, if it is one.
pub fn output_size() -> Option<Size> {
    isatty(stdout()).then(size)
}

/// The size of standard output's terminal now.
fn size() -> Size {
    let told = tcgetwinsize(stdout()).map(|size| Size { columns: size.ws_col, rows: size.ws_row });
    match told {
        Ok(Size { columns: 0, .. } | Size { rows: 0, .. }) | Err(_) => USUAL,
        Ok(size) => Size { columns: size.columns.min(LARGEST.columns), rows: size.rows.min(LARGEST.rows) },
    }
}
