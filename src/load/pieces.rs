//! The entries of a topic as they are written, in the pieces in which they were read.
//!
//! A piece is one job from its reading to its lowering, for which it is handed from core to core. Must never hold its
//! statements entry by entry: memory that one core asked for and another one gives back makes both of them wait, and
//! there is a list of statements for every entry.

use std::fmt;
use std::mem;

use serde::{Deserialize, Deserializer};

use super::lower::chunks;
use super::names;
use super::raw::{Entry, Statement};
use crate::knowledge::Read;

/// Entries that were read together.
pub(super) struct Piece<'a> {
    /// Without their statements.
    entries: Vec<Entry<'a>>,
    /// The statements of all of them, in their order.
    statements: Vec<Statement<'a>>,
    /// How many statements each entry has.
    pub(super) counts: Vec<u32>,
    /// The ids of all of them: soon they are asked for, and it takes long to come back for them.
    pub(super) ids: Read,
}

impl<'a> Piece<'a> {
    /// The piece of these entries.
    pub(super) fn of(mut entries: Vec<Entry<'a>>) -> Self {
        let counts: Vec<u32> = entries.iter().map(|entry| entry.statements.len() as u32).collect();
        let mut statements = Vec::with_capacity(counts.iter().sum::<u32>() as usize);
        for entry in &mut entries {
            statements.extend(mem::take(&mut entry.statements));
        }
        let mut piece = Self { entries, statements, counts, ids: Read::default() };
        piece.ids = names::read(piece.iter().flat_map(|(entry, statements)| {
            std::iter::once(&entry.id).chain(statements.iter().map(|statement| &statement.id))
        }));
        piece
    }

    /// Each entry, and its statements.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Entry<'a>, &[Statement<'a>])> {
        let mut rest = &*self.statements;
        self.entries.iter().zip(&self.counts).map(move |(entry, count)| {
            let (own, others) = rest.split_at_checked(*count as usize).unwrap_or((rest, &[]));
            rest = others;
            (entry, own)
        })
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many statements all of them have.
    pub(super) fn statements(&self) -> usize {
        self.statements.len()
    }
}

/// The entries of a topic.
#[derive(Default)]
pub(super) struct Pieces<'a>(pub(super) Vec<Piece<'a>>);

impl<'a> Pieces<'a> {
    /// Each entry, and its statements.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Entry<'a>, &[Statement<'a>])> {
        self.0.iter().flat_map(Piece::iter)
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Piece::len).sum()
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Debug for Pieces<'_> {
    /// As one list.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Pieces<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Vec::deserialize(deserializer)?;
        Ok(Self(chunks(entries).into_iter().map(|(_, entries)| Piece::of(entries)).collect()))
    }
}
