//! What a row is worth at most, at a glance: whether one of its documents holds all words of a query, and how near they
//! may stand to one another.
//!
//! Of the rows that hold two common words nearly all are worth the same but for that, and they are thousands: a glance
//! tells which of them need not be judged, several times faster than judging. Must never say less than
//! [`super::scorer`] would.

use super::Index;
use super::forward_index::{GAP, RowIx, Said, Token};
use super::resolve::{MOST_ATOMS, ResolvedQuery};
use super::scorer::{near, nearest};
use super::vocabulary::WordIx;
use crate::knowledge::{EntityIx, Knowledge, StandingKind};

/// What a glance shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UpperBound {
    /// Whether a document of the row holds all words.
    pub(super) holds: bool,
    /// The most that the nearness of the words can add.
    pub(super) near: u32,
}

/// Glances at rows for one query; remembers which names and standings hold any of its words.
#[derive(Debug, Clone, Default)]
pub(super) struct UpperBounds {
    /// All words of the query, as bits.
    all: u32,
    entities: Vec<Option<bool>>,
    standings: [Option<bool>; StandingKind::ALL.len() + 1],
    /// Where each word was met last in the row.
    last: [u32; MOST_ATOMS],
    /// The words met in the row, those met in what is common to its documents, and in the document that is read.
    met: u32,
    head: u32,
    own: u32,
    place: u32,
    near: u32,
}

impl UpperBounds {
    /// For queries that ask for words and nothing else; `None` for others.
    pub(super) fn new(resolved: &ResolvedQuery, knowledge: &Knowledge) -> Option<Self> {
        let is_named = resolved.atoms.iter().any(|atom| !atom.named.is_empty());
        let can = resolved.is_plain() && !is_named && (2..MOST_ATOMS).contains(&resolved.wanted);
        let all = (1_u32 << resolved.wanted.min(MOST_ATOMS - 1)) - 1;
        can.then(|| Self { all, entities: vec![None; knowledge.entities.len()], ..Self::default() })
    }

    /// What a row shows.
    pub(super) fn at(&mut self, index: &Index, resolved: &ResolvedQuery, row: RowIx) -> UpperBound {
        (self.met, self.head, self.own, self.place, self.near) = (0, 0, 0, 0, 0);
        let (mut holds, mut in_head) = (false, true);
        for token in index.texts.row(row) {
            match token.said() {
                Said::Word(word, same) => self.word(resolved, word, same),
                Said::Text(_) => self.place += GAP,
                Said::Statement => {
                    if in_head {
                        (in_head, self.head) = (false, self.own);
                    }
                    holds |= self.head | self.own == self.all;
                    self.own = 0;
                }
                Said::Names(entity) => self.names(index, resolved, entity),
                Said::Standing(which) => self.standing(index, resolved, which),
                Said::About => {}
            }
        }
        UpperBound { holds: holds || self.head | self.own == self.all, near: self.near }
    }

    #[inline]
    fn word(&mut self, resolved: &ResolvedQuery, word: WordIx, same: bool) {
        self.place += u32::from(!same);
        if resolved.wants(word) {
            self.meet(resolved, word);
        }
    }

    /// Takes a word that is looked for.
    fn meet(&mut self, resolved: &ResolvedQuery, word: WordIx) {
        for (ix, atom) in resolved.atoms.iter().enumerate() {
            if atom.worth(word) > 0 {
                self.last[ix] = self.place;
                self.own |= 1 << ix;
            }
        }
        self.met |= self.own;
        if self.met == self.all {
            let first = self.last.iter().take(resolved.wanted).min();
            self.near =
                self.near.max(nearest(near(self.place - first.unwrap_or(&0), resolved.wanted as u32)));
        }
    }

    fn names(&mut self, index: &Index, resolved: &ResolvedQuery, entity: EntityIx) {
        let Some(known) = self.entities.get_mut(entity.at()) else { return };
        if *known.get_or_insert_with(|| holds_any(index.texts.names(entity), resolved)) {
            self.shared(index.texts.names(entity), resolved);
        }
    }

    fn standing(&mut self, index: &Index, resolved: &ResolvedQuery, which: usize) {
        let Some(known) = self.standings.get_mut(which) else { return };
        if *known.get_or_insert_with(|| holds_any(index.texts.standing(which), resolved)) {
            self.shared(index.texts.standing(which), resolved);
        }
    }

    /// Takes tokens of another row.
    fn shared(&mut self, tokens: &[Token], resolved: &ResolvedQuery) {
        for token in tokens {
            match token.said() {
                Said::Word(word, same) => self.word(resolved, word, same),
                Said::Text(_) => self.place += GAP,
                _ => {}
            }
        }
    }
}

fn holds_any(tokens: &[Token], resolved: &ResolvedQuery) -> bool {
    tokens.iter().any(|token| token.is_word(|word| resolved.wants(word)))
}
