//! An index as bytes and back: for the dossier that the program carries, so that an answer on the command line needs
//! not read all of its words first.
//!
//! Lists of numbers, each number four bytes, the lowest first, each list behind its length: what is unpacked is mostly
//! copied. Must never be read by another version of the program than wrote it: nothing here says which version it is.

use super::exact_names::{ExactNames, Key};
use super::forward_index::{Chunk, ForwardIndex, Rows, Token};
use super::vocabulary::{Posting, Vocabulary};
use super::{Index, OnceLock};
use crate::dossier;
use crate::knowledge::Knowledge;

impl Index {
    /// The index of the dossier that the program carries, which must be `knowledge`. The same as [`Index::build`]
    /// gives, without reading; built if the program was built wrongly.
    pub fn shipped(knowledge: &Knowledge) -> Self {
        unpack(dossier::INDEX, knowledge).unwrap_or_else(|| Self::build_on(knowledge, 1))
    }
}

/// Packs an index.
pub fn pack(index: &Index) -> Vec<u8> {
    let mut to = Vec::new();
    let Vocabulary { letters, ends, signatures, in_names, starts, postings, best } = &index.vocabulary;
    put(&mut to, letters.len() as u32, letters.bytes());
    put_numbers(&mut to, ends.iter().copied());
    put_numbers(&mut to, signatures.iter().flat_map(|bits| [*bits as u32, (*bits >> 32) as u32]));
    put_numbers(&mut to, in_names.iter().map(|in_names| u32::from(*in_names)));
    put_numbers(&mut to, starts.iter().copied());
    put_numbers(&mut to, postings.iter().map(|posting| posting.0));
    put(&mut to, best.len() as u32, best.iter().copied());
    put_chunk(&mut to, &index.texts.heads);
    put_numbers(&mut to, index.texts.starts.iter().copied());
    index.texts.entries.iter().for_each(|chunk| put_chunk(&mut to, chunk));
    let key = |key: &Key| [key.hash, key.row, key.statement, u32::from(key.is_id)];
    put_numbers(&mut to, index.keys.sorted.iter().flat_map(key));
    to
}

fn put(to: &mut Vec<u8>, len: u32, bytes: impl Iterator<Item = u8>) {
    to.extend(len.to_le_bytes());
    to.extend(bytes);
}

fn put_numbers(to: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    let bytes: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
    put(to, bytes.len() as u32, bytes.into_iter());
}

fn put_chunk(to: &mut Vec<u8>, chunk: &Chunk) {
    put_numbers(to, chunk.tokens.iter().map(|token| token.0));
    put_numbers(to, chunk.ends.iter().copied());
}

/// What was packed; `None` if this is nothing that [`pack`] made.
fn unpack(bytes: &[u8], knowledge: &Knowledge) -> Option<Index> {
    let mut rest = Rest(bytes);
    let vocabulary = Vocabulary {
        letters: std::str::from_utf8(rest.bytes()?).ok()?.to_owned(),
        ends: rest.list(|number| number)?,
        signatures: rest.numbers()?.map(|[low, high]| u64::from(high) << 32 | u64::from(low)).collect(),
        in_names: rest.list(|number| number != 0)?,
        starts: rest.list(|number| number)?,
        postings: rest.list(Posting)?,
        best: rest.bytes()?.to_vec(),
    };
    let heads = rest.chunk()?;
    let starts: Vec<u32> = rest.list(|number| number)?;
    let entries = starts.iter().map(|_| rest.chunk()).collect::<Option<_>>()?;
    let texts = ForwardIndex { rows: Rows::of(knowledge, knowledge.entries.len()), heads, entries, starts };
    let key = |[hash, row, statement, is_id]: [u32; 4]| Key { hash, row, statement, is_id: is_id != 0 };
    let keys = ExactNames { sorted: rest.numbers()?.map(key).collect() };
    rest.0.is_empty().then_some(Index {
        texts,
        vocabulary,
        keys,
        names: OnceLock::new(),
        meaning: OnceLock::new(),
        tuning: super::Tuning::DEFAULT,
    })
}

/// What is still to be unpacked.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn bytes(&mut self) -> Option<&'a [u8]> {
        let (len, rest) = self.0.split_first_chunk()?;
        let (own, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        self.0 = rest;
        Some(own)
    }

    /// Numbers in groups of `N`.
    fn numbers<const N: usize>(&mut self) -> Option<impl Iterator<Item = [u32; N]> + use<'a, N>> {
        let group = |bytes: &[u8]| {
            let mut numbers = [0; N];
            for (number, bytes) in numbers.iter_mut().zip(bytes.chunks_exact(4)) {
                *number = u32::from_le_bytes(bytes.try_into().unwrap_or_default());
            }
            numbers
        };
        Some(self.bytes()?.chunks_exact(4 * N).map(group))
    }

    fn list<T>(&mut self, of: impl Fn(u32) -> T) -> Option<Vec<T>> {
        Some(self.numbers()?.map(|[number]| of(number)).collect())
    }

    fn chunk(&mut self) -> Option<Chunk> {
        Some(Chunk { tokens: self.list(Token)?, ends: self.list(|number| number)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    #[test]
    fn the_index_inside_is_the_one_that_would_be_built() {
        let knowledge = load::shipped().unwrap().knowledge;
        let carried = unpack(dossier::INDEX, &knowledge).expect("the program was built rightly");
        let built = Index::build_on(&knowledge, 1);
        assert_eq!(pack(&carried), pack(&built));
        assert_eq!(format!("{:?}", carried.texts.rows), format!("{:?}", built.texts.rows));
        assert_eq!(format!("{:?}", carried.names(&knowledge)), format!("{:?}", built.names(&knowledge)));
    }

    #[test]
    fn what_was_cut_off_is_noticed() {
        let knowledge = load::shipped().unwrap().knowledge;
        for len in [0, 3, 100, dossier::INDEX.len() - 1] {
            assert!(unpack(&dossier::INDEX[..len], &knowledge).is_none(), "{len}");
        }
    }
}
