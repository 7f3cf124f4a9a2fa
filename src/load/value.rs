//! Single values, each with its place: texts, numbers, words. `ron` reads them; the outline around them is `syntax`.
//!
//! Of a text without escapes nothing is left to read: it is borrowed as it stands. Must never read a value in another
//! way than `ron` does.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use ron::error::Error;
use ron::extensions::Extensions;
use ron::{Deserializer, Options};
use serde::Deserialize;

use super::syntax::{Form, Kind, Outline, Unread, Value};
use crate::knowledge::Few;

/// Bytes of the source; a file is not larger than 1 GiB.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Span {
    start: u32,
    end: u32,
}

impl Span {
    fn of(outline: &Outline<'_, '_>, at: &Range<usize>) -> Self {
        let base = outline.whole.base;
        Self { start: (base + at.start) as u32, end: (base + at.end) as u32 }
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A text of the file, borrowed where no escape stands in it.
#[derive(Clone, Default)]
pub(super) struct Str<'a>(pub(super) Cow<'a, str>, Span);

impl Str<'_> {
    /// Where it is written, without its quotes; `None` if it is not.
    pub(super) fn place(&self) -> Option<Range<usize>> {
        (self.1 != Span::default()).then(|| self.1.range())
    }
}

impl fmt::Debug for Str<'_> {
    /// What it says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A value and its place.
#[derive(Clone)]
pub(super) struct Spanned<T> {
    pub(super) value: T,
    at: Span,
}

impl<T> Spanned<T> {
    /// Where it is written.
    pub(super) fn place(&self) -> Range<usize> {
        self.at.range()
    }
}

impl<T: fmt::Debug> fmt::Debug for Spanned<T> {
    /// The value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// How `ron` is to read values: what may be missing needs no `Some` around it.
pub(super) fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// The value that stands here, read by `ron`.
pub(super) fn value<'s, T: Deserialize<'s>>(outline: &mut Outline<'s, '_>) -> Result<T, Unread> {
    // What begins like a first line of a file would be taken for one.
    if outline.is_at(Kind::Sign('#')) {
        return Err(outline.unexpected(&Error::UnexpectedChar('#')));
    }
    let source = outline.whole.source;
    let rest = source.get(outline.place()..).unwrap_or_default();
    let read = Deserializer::from_str_with_options(rest, &options())
        .map_err(|error| (error.code, rest))
        .and_then(|mut ron| {
            T::deserialize(&mut ron)
                .map(|value| (value, ron.remainder()))
                .map_err(|error| (error, ron.remainder()))
        });
    match read {
        Ok((value, rest)) => {
            outline.seek(source.len() - rest.len());
            Ok(value)
        }
        Err((error, rest)) => Err(outline.explain(&error, source.len() - rest.len())),
    }
}

impl<'s> Value<'s> for Str<'s> {
    fn read(outline: &mut Outline<'s, '_>) -> Result<Self, Unread> {
        let start = outline.place();
        match outline.kind() {
            // Without an escape, what is written is what is meant: nothing is left to read.
            Some(Kind::Text(Form::Plain)) => {
                let inner = start + 1..outline.take().end - 1;
                Ok(Self(Cow::Borrowed(outline.text(&inner)), Span::of(outline, &inner)))
            }
            Some(Kind::Text(Form::Escaped)) => {
                let text = value(outline)?;
                Ok(Self(Cow::Owned(text), Span::of(outline, &(start + 1..outline.before() - 1))))
            }
            Some(Kind::Text(Form::Raw)) => {
                let text: &str = value(outline)?;
                // It has its hashes on both sides, and an `r` before them.
                let end = outline.before() - (outline.before() - start - text.len()) / 2;
                Ok(Self(Cow::Borrowed(text), Span::of(outline, &(end - text.len()..end))))
            }
            _ => Err(outline.unexpected(&Error::ExpectedString)),
        }
    }
}

impl<'s, T: Value<'s>> Value<'s> for Option<T> {
    fn read(outline: &mut Outline<'s, '_>) -> Result<Self, Unread> {
        match outline.word() {
            Some("None") => {
                outline.take();
                Ok(None)
            }
            Some("Some") if outline.is_before(Kind::Open('(')) => {
                outline.take();
                outline.take();
                let value = T::read(outline)?;
                outline.has(Kind::Sign(','));
                if outline.has(Kind::Close(')')) {
                    Ok(Some(value))
                } else {
                    Err(outline.unexpected(&Error::ExpectedOptionEnd))
                }
            }
            _ => T::read(outline).map(Some),
        }
    }
}

impl<'s, T: Value<'s>> Value<'s> for Spanned<T> {
    fn read(outline: &mut Outline<'s, '_>) -> Result<Self, Unread> {
        let start = outline.place();
        let value = T::read(outline)?;
        Ok(Self { value, at: Span::of(outline, &(start..outline.before())) })
    }
}

impl<'s, T: Value<'s>> Value<'s> for Few<T> {
    fn read(outline: &mut Outline<'s, '_>) -> Result<Self, Unread> {
        outline.list()
    }
}

impl<'s, T: Value<'s>> Value<'s> for Vec<T> {
    fn read(outline: &mut Outline<'s, '_>) -> Result<Self, Unread> {
        outline.list()
    }
}

/// Values that `ron` reads as they are.
macro_rules! plain {
    ($($type:ty),*) => {$(
        impl<'s> Value<'s> for $type {
            fn read(outline: &mut Outline<'s, '_>) -> Result<Self, Unread> {
                value(outline)
            }
        }
    )*};
}

plain! { u64, (f64, f64) }

pub(super) use plain;

#[cfg(test)]
impl<'de: 'a, 'a> Deserialize<'de> for Str<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Cow::Owned(text), Span::default()))
    }
}

#[cfg(test)]
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|value| Self { value, at: Span::default() })
    }
}
