//! The words of every row of a file in reading order: what a row is judged by once a word has led to it.
//!
//! A *row* is what a search shows: an entity, a topic, or an entry with its statements. Rows are numbered in the order
//! in which equal ones are shown: entities by how many statements mention them, topics, entries. A row's words are
//! *tokens* of four bytes, with marks among them where a text, a statement or the names of a mentioned entity begin; those
//! names are kept once, with the entity. Must never rank.

use super::field::Field;
use super::vocabulary::WordIx;
use crate::knowledge::{Address, EntityIx, EntryIx, Knowledge, TopicIx};

/// What a search shows one line of, by its position.
pub(super) type RowIx = u32;

/// A word, or a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token(pub(super) u32);

/// What a [`Token`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// A word; with `true`, at the place of the one before: another spelling, or a compound that starts there.
    Word(WordIx, bool),
    /// A text begins, far from the one before.
    Text(Field),
    /// A statement begins; what stands before the first belongs to all of them.
    Statement,
    /// The names of an entity belong here.
    Names(EntityIx),
    /// What is said of a standing belongs here: one of the six kinds, or of what is denied.
    Standing(usize),
    /// The names of an entity end.
    About,
}

/// Words that can be told apart; the bits above say what a token is.
pub(super) const MOST_WORDS: u32 = 1 << 29;

const MARK: u32 = 1 << 31;
const SAME_PLACE: u32 = 1 << 30;
/// Bits of a mark's value.
const VALUE: u32 = (1 << 28) - 1;

impl Token {
    pub(super) const fn new(said: Said) -> Self {
        Self(match said {
            Said::Word(word, same) => word | if same { SAME_PLACE } else { 0 },
            Said::Text(field) => MARK | field as u32,
            Said::Statement => MARK | 1 << 28,
            Said::Names(entity) => MARK | 2 << 28 | entity.0,
            Said::Standing(which) => MARK | 3 << 28 | which as u32,
            Said::About => MARK | 4 << 28,
        })
    }

    #[inline]
    pub(super) fn said(self) -> Said {
        if self.0 & MARK == 0 {
            return Said::Word(self.0 & (MOST_WORDS - 1), self.0 & SAME_PLACE != 0);
        }
        let value = self.0 & VALUE;
        match (self.0 >> 28) & 7 {
            0 => Said::Text(Field::of(value)),
            1 => Said::Statement,
            2 => Said::Names(EntityIx(value)),
            3 => Said::Standing(value as usize),
            _ => Said::About,
        }
    }

    /// Whether it is a word that is meant.
    pub(super) fn is_word(self, is_meant: impl FnOnce(WordIx) -> bool) -> bool {
        matches!(self.said(), Said::Word(word, _) if is_meant(word))
    }

    /// The same token with its word renamed.
    pub(super) fn renamed(self, names: &[WordIx]) -> Self {
        match self.said() {
            Said::Word(word, same) => {
                Self::new(Said::Word(names.get(word as usize).copied().unwrap_or(0), same))
            }
            _ => self,
        }
    }
}

/// The tokens of a run of rows.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) tokens: Vec<Token>,
    /// For each row the token after its last.
    pub(super) ends: Vec<u32>,
}

impl Chunk {
    /// The tokens of the `at`-th row.
    pub(super) fn row(&self, at: usize) -> &[Token] {
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let to = self.ends.get(at).copied().unwrap_or(from);
        self.tokens.get(from as usize..to as usize).unwrap_or_default()
    }

    /// Ends the row that is being written.
    pub(super) fn end_row(&mut self) {
        self.ends.push(self.tokens.len() as u32);
    }
}

/// How the rows of a file are numbered.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Entities in the order of their rows.
    pub(super) entities: Vec<EntityIx>,
    /// For each entity its row.
    places: Vec<RowIx>,
    pub(super) topics: usize,
    pub(super) entries: usize,
}

impl Rows {
    /// The rows of all entities and topics and of the first so many entries.
    pub(super) fn of(knowledge: &Knowledge, entries: usize) -> Self {
        let mut entities: Vec<EntityIx> = (0..knowledge.entities.len()).map(EntityIx::new).collect();
        entities.sort_by_key(|ix| std::cmp::Reverse(knowledge.mentions.statements(*ix).len()));
        let mut places = vec![0; entities.len()];
        for (row, entity) in entities.iter().enumerate() {
            places[entity.at()] = row as RowIx;
        }
        Self { entities, places, topics: knowledge.topics.len(), entries }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.entities.len() + self.topics + self.entries
    }

    /// The row of an entity.
    pub(super) fn entity(&self, ix: EntityIx) -> RowIx {
        self.places.get(ix.at()).copied().unwrap_or(0)
    }

    /// The row of an entry.
    pub(super) fn entry(&self, ix: EntryIx) -> RowIx {
        (self.entities.len() + self.topics + ix.at()) as RowIx
    }

    /// What a row is about: an entity, a topic or an entry.
    pub(super) fn address(&self, row: RowIx) -> Address {
        let at = row as usize;
        if let Some(entity) = self.entities.get(at) {
            return Address::Entity(*entity);
        }
        let at = at - self.entities.len();
        match at.checked_sub(self.topics) {
            None => Address::Topic(TopicIx::new(at)),
            Some(entry) => Address::Entry(EntryIx::new(entry)),
        }
    }
}

/// Positions between two texts: far enough for their words not to count as near.
pub(super) const GAP: u32 = 64;

/// What reads a row word by word.
pub(super) trait Visitor {
    /// A word that stands in `field` at `place`, counted in words; words of different texts are at least [`GAP`] apart.
    fn word(&mut self, word: WordIx, field: Field, place: u32);
    /// A statement begins; what came before the first one belongs to all of them.
    fn statement(&mut self);
    /// Whether the names of an entity may be passed over.
    fn passes_over(&mut self, _: &ForwardIndex, _: EntityIx) -> bool {
        false
    }
    /// Whether what is said of a standing may be passed over.
    fn passes_over_standing(&mut self, _: &ForwardIndex, _: usize) -> bool {
        false
    }
}

/// The tokens of all rows.
#[derive(Debug, Default)]
pub(super) struct ForwardIndex {
    pub(super) rows: Rows,
    /// Entities, topics, and what is said of standings.
    pub(super) heads: Chunk,
    /// Entries, run by run.
    pub(super) entries: Vec<Chunk>,
    /// The first entry of each run.
    pub(super) starts: Vec<u32>,
}

impl ForwardIndex {
    /// The tokens of a row.
    pub(super) fn row(&self, row: RowIx) -> &[Token] {
        let heads = self.rows.entities.len() + self.rows.topics;
        let Some(entry) = (row as usize).checked_sub(heads) else { return self.heads.row(row as usize) };
        let run = self.starts.partition_point(|start| *start as usize <= entry).saturating_sub(1);
        match (self.entries.get(run), self.starts.get(run)) {
            (Some(chunk), Some(start)) => chunk.row(entry - *start as usize),
            _ => &[],
        }
    }

    /// Has the words of a row fetched from memory, so that they are at hand when it is read.
    pub(super) fn fetch(&self, row: RowIx) {
        /// Tokens that memory gives at once.
        const LINE: usize = 16;
        for token in self.row(row).iter().step_by(LINE) {
            std::hint::black_box(token.0);
        }
    }

    /// The names of an entity.
    pub(super) fn names(&self, entity: EntityIx) -> &[Token] {
        let all = self.heads.row(self.rows.entity(entity) as usize);
        let about = Token::new(Said::About);
        all.split(|token| *token == about).next().unwrap_or_default()
    }

    /// Reads a row in order, with the names that belong to it.
    pub(super) fn visit(&self, row: RowIx, visitor: &mut impl Visitor) {
        let mut place = 0;
        let mut text = Text::default();
        for token in self.row(row) {
            match token.said() {
                Said::Word(word, same) => text.word(word, same, &mut place, visitor),
                Said::Text(field) => text = Text::new(field, &mut place),
                Said::Statement => visitor.statement(),
                Said::Names(entity) if visitor.passes_over(self, entity) => {}
                Said::Names(entity) => shared(self.names(entity), Field::Mention, &mut place, visitor),
                Said::Standing(which) if visitor.passes_over_standing(self, which) => {}
                Said::Standing(which) => {
                    shared(self.standing(which), Field::Standing, &mut place, visitor);
                }
                Said::About => {}
            }
        }
    }

    /// What is said of a standing.
    pub(super) fn standing(&self, which: usize) -> &[Token] {
        self.heads.row(self.rows.entities.len() + self.rows.topics + which)
    }
}

/// Reads tokens of another row, all of them in one field.
fn shared(tokens: &[Token], field: Field, place: &mut u32, visitor: &mut impl Visitor) {
    let mut text = Text::default();
    for token in tokens {
        match token.said() {
            Said::Word(word, same) => text.word(word, same, place, visitor),
            Said::Text(_) => text = Text::new(field, place),
            _ => {}
        }
    }
}

/// Where one is in a text.
#[derive(Clone, Copy)]
struct Text {
    field: Field,
    /// Place of its first word.
    start: u32,
}

impl Default for Text {
    fn default() -> Self {
        Self { field: Field::Mention, start: 0 }
    }
}

impl Text {
    fn new(field: Field, place: &mut u32) -> Self {
        *place += GAP;
        Self { field, start: *place + 1 }
    }

    fn word(self, word: WordIx, same: bool, place: &mut u32, visitor: &mut impl Visitor) {
        *place += u32::from(!same);
        let field = match self.field {
            Field::Name if *place > self.start => Field::Title,
            field => field,
        };
        visitor.word(word, field, *place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_what_was_put_into_it() {
        for said in [
            Said::Word(0, false),
            Said::Word(MOST_WORDS - 1, true),
            Said::Text(Field::Name),
            Said::Text(Field::Mention),
            Said::Statement,
            Said::Names(EntityIx(7)),
            Said::Standing(6),
            Said::About,
        ] {
            assert_eq!(Token::new(said).said(), said);
        }
    }
}
