//! A command instead of a session: `ssh HOST search …`. Prints, and ends with a status.
//!
//! Must never start a program or read a file: the words are taken apart here, and lead to a few functions of this
//! program or nowhere. Input and output are bounded.

mod answer;
mod words;

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::Shared;
use super::handler::Who;
use super::screen::Line;
use crate::print;
use answer::{Answer, answer};
use words::words;

/// Bytes of a command that are read.
const LONGEST: usize = 4096;
/// Bytes of an answer that are sent.
const MOST: usize = 1024 * 1024;
/// How much of it is sent at a time.
const PIECE: usize = 16 * 1024;
/// How long a client may take to read an answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a client may take to end its connection once everything is said.
const LINGER: Duration = Duration::from_secs(2);
/// Columns when there is no terminal that has some.
const COLUMNS: usize = 80;
/// The status of what could not be done.
const COULD_NOT_RUN: u8 = 2;

/// What a client wants to be done.
pub(super) struct Command {
    /// As it came: OpenSSH joins the words with blanks.
    pub(super) text: Vec<u8>,
    /// The columns of the client's terminal, if it asked for one.
    pub(super) columns: Option<usize>,
}

/// Answers a command.
pub(super) async fn run(command: Command, line: Line, who: Who, shared: Arc<Shared>) {
    let library = shared.library.borrow().clone();
    let columns = command.columns.unwrap_or(COLUMNS);
    let text = String::from_utf8_lossy(&command.text);
    let parsed =
        if command.text.len() > LONGEST { Err("the command is too long".to_owned()) } else { words(&text) };
    let given = match parsed {
        Ok(words) => answer(&words, columns, &library),
        Err(message) => Answer::wrong(&message),
    };
    shared.log.event("command", &[("id", &who.id), ("command", &text), ("status", &given.status)]);
    say(given, command.columns.is_some(), &line, &who).await;
}

/// Answers a client that asked for a session and has no terminal to have it in.
pub(super) async fn without_terminal(line: Line, who: Who, shared: Arc<Shared>) {
    let library = shared.library.borrow().clone();
    let given = Answer {
        out: print::overview(&library.knowledge, COLUMNS),
        complaint:
            "tumen: there is no terminal to read in; `ssh -t` asks for one, `ssh HOST help` says more\n"
                .to_owned(),
        status: COULD_NOT_RUN,
    };
    say(given, false, &line, &who).await;
}

/// Sends an answer, and ends the connection.
async fn say(given: Answer, terminal: bool, line: &Line, who: &Who) {
    let Answer { mut out, complaint, status } = given;
    if out.len() > MOST {
        let end = (0..=MOST).rev().find(|at| out.is_char_boundary(*at)).unwrap_or_default();
        out.truncate(end);
    }
    let said = async {
        // A terminal that a client made raw does not begin a line by itself.
        let lines = |text: String| if terminal { text.replace('\n', "\r\n") } else { text };
        for piece in lines(out).as_bytes().chunks(PIECE) {
            if !line.send(piece.to_vec()).await {
                return;
            }
        }
        if complaint.is_empty() || line.complain(lines(complaint).into_bytes()).await {
            line.end(status).await;
        }
    };
    // Who does not read it in time has no connection any more.
    if timeout(PATIENCE, said).await.is_ok() {
        sleep(LINGER).await;
    }
    who.switch.throw();
}
