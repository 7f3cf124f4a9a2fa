//! What is wrong at a place of the outline, and whether anything behind it can still be told apart.
//!
//! A quote, a comment or a bracket that is not closed makes a file senseless long before anybody can notice. Must never
//! blame a place for what is only the consequence of that.

use std::ops::Range;

use ron::error::Error;

use super::super::fault::Fault;
use super::brackets::Unpaired;
use super::lexer::{Kind, Token};
use super::messages::{self, Said};
use super::outline::{Outline, Unread};

impl Outline<'_, '_> {
    /// Notes what is wrong, and goes on if that is `possible`.
    pub(in crate::load) fn forgive(&mut self, unread: Unread, possible: bool) -> Result<(), Unread> {
        match unread {
            Unread::Value(fault) if possible => {
                self.sink.push(*fault);
                if self.sink.is_over { Err(Unread::Rest) } else { Ok(()) }
            }
            unread => Err(unread),
        }
    }

    /// Has the sink know that the rest cannot be read.
    pub(in crate::load) fn end(&mut self) -> Unread {
        self.sink.is_over = true;
        Unread::Rest
    }

    /// The same fault, where nothing behind it can be told apart.
    pub(in crate::load) fn last(&mut self, unread: Unread) -> Unread {
        if let Unread::Value(fault) = unread {
            self.sink.push(*fault);
        }
        self.end()
    }

    /// Something is wrong at `at`, unless that is only what comes of a quote or a comment that is not closed.
    pub(super) fn fault(&mut self, at: Range<usize>, said: Said) -> Unread {
        let torn = self.tokens.torn.clone().filter(|torn| torn.start <= at.start);
        let comment = self.tokens.open_comment.filter(|comment| *comment <= at.start);
        let fault = if let Some(torn) = torn {
            let said = messages::torn_text(self.line(torn.start));
            let line = self.text(&torn).find('\n').unwrap_or(torn.len());
            Fault::at(torn.start..torn.start + line, said.0, said.1)
        } else if let Some(start) = comment {
            Fault::at(start..start + 2, "this comment is not closed", "end it with `*/`")
        } else {
            return Unread::Value(Box::new(Fault::at(at, said.0, said.1)));
        };
        self.last(Unread::Value(Box::new(fault)))
    }

    /// Something is wrong at `at`, unless that is only what comes of a quote, a comment or a bracket that is not closed.
    pub(super) fn fault_or_bracket(&mut self, at: Range<usize>, said: Said) -> Unread {
        let place = at.start;
        let unread = self.fault(at, said);
        let source = self.whole.source;
        let fault = match self.whole.unpaired() {
            Some(Unpaired::Open(open)) if place >= source.trim_end().len() => {
                messages::never_closed(source, open)
            }
            Some(Unpaired::Mismatch(open, close)) if place >= close => {
                messages::mismatch(source, (open, close), self.line(open))
            }
            Some(Unpaired::Close(close)) if place >= close => messages::closes_nothing(source, close),
            _ => return unread,
        };
        match unread {
            Unread::Value(_) => self.last(Unread::Value(Box::new(fault))),
            Unread::Rest => unread,
        }
    }

    /// Something else stands here than `error` says has to.
    pub(in crate::load) fn unexpected(&mut self, error: &Error) -> Unread {
        let end = self.whole.source.len();
        let token = self.next.as_ref();
        let is_text = token.is_some_and(|token| matches!(token.kind, Kind::Text(_)));
        let at = token.map_or(end..end, |token| token.at.clone());
        self.fault_or_bracket(at, messages::expected(error, is_text))
    }

    /// What `ron` says of the value that stands here, with which it came as far as byte `cursor`.
    pub(in crate::load) fn explain(&mut self, error: &Error, cursor: usize) -> Unread {
        let before = self.text(&(0..cursor));
        match (error, &self.next) {
            (Error::NoSuchEnumVariant { expected, found, .. }, _) => {
                let at = before.rfind(&**found).map_or(cursor..cursor, |at| at..at + found.len());
                self.fault(at, messages::unknown_word(found, expected))
            }
            (Error::InvalidEscape(_), _) => {
                let start = before.rfind('\\').unwrap_or(cursor);
                self.fault(start..start + 2, messages::expected(error, true))
            }
            (_, Some(Token { kind: Kind::Text(_), .. })) => self.unexpected(error),
            _ => {
                self.seek(cursor);
                self.unexpected(error)
            }
        }
    }

    /// The line, from 1, of byte `at`.
    pub(super) fn line(&self, at: usize) -> usize {
        self.text(&(0..at)).matches('\n').count() + 1
    }
}
