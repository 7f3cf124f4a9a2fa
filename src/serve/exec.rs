//! A command instead of a session: `ssh HOST search …`. Prints, and ends with a status.
//!
//! Must never start a program or read a file: a command is a question about the file that is open, or it is nothing.
//! Input and output are bounded.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::Shared;
use super::screen::Line;
use super::who::Who;
use crate::app::Size;
use crate::config::{Charset, Look};
use crate::print::{self, Answer, Paper};

/// Bytes of a command that are read.
const LONGEST: usize = 4096;
/// Bytes of an answer that are sent.
const MOST: usize = 1024 * 1024;
/// How much of it is sent at a time.
const PIECE: usize = 16 * 1024;
/// How long a client may take to read an answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// Columns when there is no terminal that has some.
const COLUMNS: usize = 80;

/// What a client wants to be done.
pub(super) struct Command {
    /// As it came: OpenSSH joins the words with blanks.
    pub(super) text: Vec<u8>,
    /// The size of the terminal that the client asked for as well.
    pub(super) terminal: Option<Size>,
    /// What it can show.
    pub(super) look: Look,
}

impl Command {
    fn paper(&self) -> Paper {
        let columns = self.terminal.map_or(COLUMNS, |size| usize::from(size.columns).clamp(20, COLUMNS));
        Paper { columns, ascii: self.look.charset == Charset::Ascii, ..Paper::PLAIN }
    }
}

/// Answers a command.
pub(super) async fn run(command: Command, line: Line, who: Who, shared: Arc<Shared>) {
    let library = shared.library.borrow().clone();
    let text = String::from_utf8_lossy(&command.text);
    let answer = if command.text.len() > LONGEST {
        senseless("the command is too long")
    } else {
        (shared.answer)(&text, &library, command.paper())
    };
    let Who { id, from, user, .. } = &who;
    shared.log.event(
        "command",
        &[("id", id), ("from", from), ("user", user), ("command", &text), ("status", &answer.status)],
    );
    say(answer, command.terminal.is_some(), &line, &who).await;
}

/// Answers a client that asked for a session and has no terminal to have it in.
pub(super) async fn without_terminal(command: Command, line: Line, who: Who, shared: Arc<Shared>) {
    let library = shared.library.borrow().clone();
    let paper = command.paper();
    let note = if command.terminal.is_some() {
        "this terminal cannot be drawn on (TERM is dumb, or empty); `ssh HOST help` says what can be asked"
    } else {
        "there is no terminal to read in; `ssh -t` asks for one, `ssh HOST help` says more"
    };
    let answer = Answer { text: print::contents(&library.knowledge, paper.columns), ..senseless(note) };
    let answer = if paper.ascii { answer.in_ascii() } else { answer };
    say(answer, command.terminal.is_some(), &line, &who).await;
}

fn senseless(note: &str) -> Answer {
    Answer { text: String::new(), notes: vec![note.to_owned()], status: Answer::SENSELESS }
}

/// Sends an answer, and ends the channel.
async fn say(answer: Answer, terminal: bool, line: &Line, who: &Who) {
    let Answer { mut text, notes, status } = answer;
    if text.len() > MOST {
        let end = (0..=MOST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        text.truncate(end);
    }
    let said = async {
        // A terminal that a client made raw does not begin a line by itself.
        let lines = |text: String| if terminal { text.replace('\n', "\r\n") } else { text };
        for piece in lines(text).as_bytes().chunks(PIECE) {
            if !line.send(piece.to_vec()).await {
                return;
            }
        }
        // Usage takes several lines, of which the first says whose it is.
        let lead = |at| if at == 0 { "tumen: " } else { "" };
        let notes: Vec<String> =
            notes.iter().enumerate().map(|(at, note)| format!("{}{note}\n", lead(at))).collect();
        if notes.is_empty() || line.complain(lines(notes.concat()).into_bytes()).await {
            line.end(status).await;
        }
    };
    // Who does not read it in time has no connection any more; who has may ask for something else.
    match timeout(PATIENCE, said).await {
        Ok(()) => who.done(),
        Err(_) => who.switch.throw(),
    }
}
