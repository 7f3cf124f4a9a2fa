//! The text of a file → the file as it is written (`raw`), or the one fault that keeps it from making sense.

use ron::Options;
use ron::extensions::Extensions;
use serde::Deserialize;

use super::faults::Fault;
use super::{Told, cut, raw, syntax, tokens};

/// How deep a file may nest. The format needs less than 30; `ron` counts each bracket up to three times.
const MAX_DEPTH: usize = 64;

/// The `format` that this program reads.
const FORMAT: u64 = 1;

/// From so many bytes on it pays to start other threads.
const LARGE: usize = 1 << 18;

/// The file as it is written, or why it makes no sense.
///
/// A large file is read in pieces on all cores. Where one of them makes no sense, or the file is written in a way that
/// `cut` does not cut, the whole is read from its beginning, so that errors and their places are always those of `ron`.
pub(super) fn parse<'s>(source: &'s str, told: &Told<'_>) -> Result<raw::File<'s>, Fault> {
    let in_pieces = if source.len() < LARGE { None } else { cut::read(source, told) };
    match in_pieces {
        Some(file) if file.format.is_none_or(|format| format == FORMAT) => Ok(file),
        _ => whole(source),
    }
}

/// How values of the file are read, all of them alike.
pub(super) fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME).with_recursion_limit(MAX_DEPTH)
}

/// The file as it is written, read in one go.
pub(super) fn whole(source: &str) -> Result<raw::File<'_>, Fault> {
    let mut reader = match ron::Deserializer::from_str_with_options(source, &options()) {
        Ok(reader) => reader,
        Err(error) => return Err(syntax::explain(source, &error.code, 0)),
    };
    let written = raw::File::deserialize(&mut reader).and_then(|file| reader.end().map(|()| file));
    let cursor = source.len() - reader.remainder().len();
    match written {
        Ok(file) if file.format.is_none_or(|format| format == FORMAT) => Ok(file),
        Ok(_) => Err(other_format(source).unwrap_or_else(|| Fault::at(0..1, "unknown format", ""))),
        // A file of another format must not be explained by the rules of this one.
        Err(error) => Err(other_format(source).unwrap_or_else(|| syntax::explain(source, &error, cursor))),
    }
}

/// Whether the file says that it has another format than [`FORMAT`]: then it is judged by no other rule of this one.
pub(super) fn has_other_format(source: &str) -> bool {
    other_format(source).is_some()
}

/// A fault if the file says that it has another format than [`FORMAT`].
fn other_format(source: &str) -> Option<Fault> {
    let open = tokens::Tokens::new(source, 0).find(|token| {
        token.kind == tokens::Kind::Open('(')
            && source.get(..token.at.start).is_some_and(|s| s.trim_end().ends_with("Knowledge"))
    })?;
    let at = tokens::field(source, open.at.end, "format")?;
    let format: u64 = source.get(at.clone())?.parse().ok()?;
    let (age, remedy) = match format {
        FORMAT => return None,
        0 => ("is none that there ever was", "write `format: 1`"),
        _ => (
            "is newer than this program knows",
            "use a newer program, or write `format: 1` if that is what it is",
        ),
    };
    Some(Fault::at(at, format!("format {format} {age}"), remedy))
}
