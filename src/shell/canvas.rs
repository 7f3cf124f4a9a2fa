//! What is between a drawn screen and the terminal. Must never send what the terminal shows already.

use std::io;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::output;
use super::terminal::{self, Pointer};
use crate::app::Size;
use crate::frame::{Link, Painter};

/// The screen as it is drawn, and what the terminal shows of it.
pub(super) struct Canvas {
    painter: Painter,
    /// The drawn screen; kept for its memory.
    screen: Buffer,
    /// What goes out with the next frame; kept for its memory.
    bytes: Vec<u8>,
}

impl Canvas {
    pub(super) fn new() -> Self {
        let painter = Painter::of(&std::env::var("TERM").unwrap_or_default());
        Self { painter, screen: Buffer::default(), bytes: Vec::new() }
    }

    /// Takes the terminal; the modes go out with the next frame, which is whole.
    pub(super) fn enter(&mut self, pointer: Pointer) -> io::Result<()> {
        self.bytes.clear();
        terminal::enter(pointer, &mut self.bytes)?;
        self.painter.forget();
        Ok(())
    }

    /// The next frame is whole: nobody knows what the terminal shows.
    pub(super) fn forget(&mut self) {
        self.painter.forget();
    }

    /// Who gets the mouse from the next frame on.
    pub(super) fn point(&mut self, pointer: Pointer) {
        self.bytes.extend_from_slice(pointer.modes());
    }

    /// Sends something beside the next frame, before it.
    pub(super) fn with(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Shows the terminal's normal screen with some text on it, until [`Canvas::enter`].
    pub(super) fn lend(&mut self, text: &str) -> io::Result<()> {
        terminal::lend(&mut self.bytes);
        self.bytes.extend_from_slice(text.as_bytes());
        let sent = output::send(&self.bytes);
        self.bytes.clear();
        sent
    }

    /// Draws over all cells, with addresses behind some of them, and sends what differs from what the terminal shows: one write, or none.
    pub(super) fn draw(
        &mut self,
        size: Size,
        links: Vec<Link>,
        draw: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        if !terminal::is_entered() {
            return Ok(());
        }
        self.screen.resize(Rect::new(0, 0, size.columns, size.rows));
        let cursor = draw(&mut self.screen);
        self.painter.paint_linked(&self.screen, links, cursor, &mut self.bytes);
        let sent = if self.bytes.is_empty() { Ok(()) } else { output::send(&self.bytes) };
        self.bytes.clear();
        sent
    }
}
