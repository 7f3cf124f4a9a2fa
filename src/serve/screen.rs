//! The screen at the far end of a connection: frames out, no faster than they are drawn there.
//!
//! Every frame ends with the question "are you there" (`CSI 5 n`), which every terminal since the VT100 answers once
//! it has come so far. No more than [`AHEAD`] frames go out without an answer, so that a slow line, a stopped client
//! or a terminal that is not read costs nothing, and sees the present when it comes back, not the past. A terminal
//! that never answers is left to the connection's own window.
//!
//! Must never wait: whoever owns a screen asks when it may be drawn, and lends it time.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use russh::ChannelId;
use russh::server::Handle;
use tokio::time::Instant;

use crate::app::hints::hyperlinks;
use crate::app::{Library, State};
use crate::frame::Painter;
use crate::frame::modes::{ENTER, LEAVE, MOUSE_OFF, MOUSE_ON};
use crate::ui;

/// Frames that may be on their way.
const AHEAD: u32 = 2;
/// Between two frames of one session.
const FRAME: Duration = Duration::from_millis(33);
/// How long a terminal may take for its very first answer, before it is taken for one that gives none.
const FIRST_ANSWER: Duration = Duration::from_secs(2);
/// "Are you there?" (ECMA-48, DSR).
const ARE_YOU_THERE: &[u8] = b"\x1b[5n";

/// The way to one channel of one connection.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) handle: Handle,
    pub(super) channel: ChannelId,
}

impl Line {
    /// Sends bytes, as fast as the other end takes them; `false` if it is gone.
    pub(super) async fn send(&self, bytes: Vec<u8>) -> bool {
        self.handle.data(self.channel, bytes).await.is_ok()
    }

    /// The same for what is no answer.
    pub(super) async fn complain(&self, bytes: Vec<u8>) -> bool {
        self.handle.extended_data(self.channel, 1, bytes).await.is_ok()
    }

    /// Ends the channel with an exit status. The connection is the client's to end: told to disconnect, OpenSSH
    /// would throw away what it has not shown yet.
    pub(super) async fn end(&self, status: u8) {
        // Each of them fails only if the client is gone, and then there is nobody to tell.
        let _ = self.handle.exit_status_request(self.channel, status.into()).await;
        let _ = self.handle.eof(self.channel).await;
        let _ = self.handle.close(self.channel).await;
    }
}

/// Whether the terminal says when it has drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    /// It has been asked, at that time, and has not answered yet.
    Unknown(Instant),
    /// It answers; since that time nothing has come, or nothing was asked.
    Since(Instant),
    /// It does not.
    Never,
}

type Sending = Pin<Box<dyn Future<Output = bool> + Send>>;

/// A terminal far away.
pub(super) struct Screen {
    line: Line,
    painter: Painter,
    /// What goes out with the next frame, before it.
    modes: Vec<u8>,
    sending: Option<Sending>,
    unanswered: u32,
    answers: Answers,
    /// Something has changed since the last frame.
    stale: bool,
    /// When the last frame was drawn.
    drawn: Instant,
    /// When the next may be.
    next: Instant,
}

thread_local! {
    /// Cells to draw in, which all sessions of a thread share: a session keeps only what its terminal shows.
    static CANVAS: RefCell<Buffer> = RefCell::default();
}

impl Screen {
    /// Takes a terminal; its modes go out with the first frame.
    pub(super) fn enter(line: Line, term: &str, mouse: bool) -> Self {
        let (mut modes, now) = (ENTER.to_vec(), Instant::now());
        if mouse {
            modes.extend_from_slice(MOUSE_ON);
        }
        Self {
            line,
            painter: Painter::of(term),
            modes,
            sending: None,
            unanswered: 0,
            answers: Answers::Unknown(now),
            stale: true,
            drawn: now,
            next: now,
        }
    }

    /// The state may have changed.
    pub(super) fn touch(&mut self) {
        self.stale = true;
    }

    /// Nothing is known of what the terminal shows.
    pub(super) fn forget(&mut self) {
        self.painter.forget();
        self.stale = true;
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub(super) fn mouse(&mut self, taken: bool) {
        self.modes.extend_from_slice(if taken { MOUSE_ON } else { MOUSE_OFF });
    }

    /// So many frames have been drawn there.
    pub(super) fn answered(&mut self, answers: u32) {
        if answers > 0 {
            self.unanswered = self.unanswered.saturating_sub(answers);
            self.answers = Answers::Since(Instant::now());
        }
    }

    /// Whether answers may still be on their way.
    pub(super) fn is_asked(&self) -> bool {
        self.unanswered > 0 && self.answers != Answers::Never
    }

    /// When [`Self::draw`] is worth calling; `None` if something else has to happen first.
    pub(super) fn due(&self) -> Option<Instant> {
        if !self.stale || self.sending.is_some() {
            return None;
        }
        match self.answers {
            _ if self.unanswered < AHEAD => Some(self.next),
            Answers::Unknown(asked) => Some(self.next.max(asked + FIRST_ANSWER)),
            Answers::Since(_) => None,
            Answers::Never => Some(self.next),
        }
    }

    /// When the terminal is to be taken for gone, if nothing comes; it may be silent for so long.
    pub(super) fn given_up(&self, stalled: Duration) -> Option<Instant> {
        match self.answers {
            Answers::Since(at) if self.unanswered > 0 => Some(at.max(self.drawn) + stalled),
            _ if self.sending.is_some() => Some(self.drawn + stalled),
            _ => None,
        }
    }

    /// Draws the state if something changed and the terminal can take it.
    pub(super) fn draw(&mut self, state: &State, library: &Library) {
        let now = Instant::now();
        if self.due().is_none_or(|due| due > now) {
            return;
        }
        if self.unanswered >= AHEAD {
            // It has had its time for the first answer.
            self.answers = Answers::Never;
        }
        self.stale = false;
        let mut bytes = std::mem::take(&mut self.modes);
        CANVAS.with_borrow_mut(|canvas| {
            canvas.resize(Rect::new(0, 0, state.size.columns, state.size.rows));
            let cursor = ui::draw(state, library, canvas);
            self.painter.paint_linked(canvas, hyperlinks(state, library), cursor, &mut bytes);
        });
        if bytes.is_empty() {
            return;
        }
        if self.answers != Answers::Never {
            bytes.extend_from_slice(ARE_YOU_THERE);
            if self.unanswered == 0 && matches!(self.answers, Answers::Since(_)) {
                self.answers = Answers::Since(now);
            }
            self.unanswered += 1;
        }
        (self.drawn, self.next) = (now, now + FRAME);
        let line = self.line.clone();
        self.sending = Some(Box::pin(async move { line.send(bytes).await }));
    }

    /// Waits until the frame under way is out, if there is one; `false` if the client is gone.
    pub(super) async fn sent(&mut self) -> bool {
        let Some(sending) = &mut self.sending else { return std::future::pending().await };
        let alive = sending.await;
        self.sending = None;
        alive
    }

    /// Gives the terminal back, with a last word below what stood there before.
    pub(super) async fn leave(mut self, word: &str, status: u8) {
        if self.sending.is_some() && !self.sent().await {
            return;
        }
        let mut bytes = LEAVE.to_vec();
        // Some terminals bring back the mouse with the screen that was there before.
        bytes.extend_from_slice(MOUSE_OFF);
        bytes.extend_from_slice(word.as_bytes());
        if self.line.send(bytes).await {
            self.line.end(status).await;
        }
    }
}

/// Gives back a terminal whose session is no more.
pub(super) async fn restore(line: &Line, word: &str, status: u8) {
    let bytes = [LEAVE, MOUSE_OFF, word.as_bytes()].concat();
    if line.send(bytes).await {
        line.end(status).await;
    }
}
