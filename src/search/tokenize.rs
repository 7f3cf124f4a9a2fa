//! Reads a run of rows into tokens: what can be found by which words, and in which part of it they stand.
//!
//! Several readers work side by side, each with words of its own. Must never rank.

use std::ops::Range;

use hashbrown::HashMap;

use super::exact_names::{Key, KeyHash, WHOLE};
use super::field::Field;
use super::filter::{date, mentioned};
use super::forward_index::{Chunk, RowIx, Rows, Said, Token};
use super::interner::{Interner, Number, Spelled};
use super::spelling::american;
use super::standing::{DENIED, standing_words};
use crate::knowledge::{
    Address, Date, EntityIx, EntryIx, Item, Knowledge, StandingKind, StatementIx, TopicIx,
};
use crate::text::fold::Folded;
use crate::text::split::Split;

/// Longest run of a name's words that is also kept as one word ("kimjongun").
const LONGEST_RUN: usize = 4;

/// What one thread reads.
pub(super) struct Reader<'a> {
    knowledge: &'a Knowledge,
    rows: &'a Rows,
    pub(super) words: Interner,
    pub(super) chunk: Chunk,
    pub(super) keys: Vec<Key>,
    /// The words of names, by their numbers.
    pub(super) named: Vec<Number>,
    /// The tokens of each date that has been met, and whether it is an entity's: few dates, many statements.
    dates: HashMap<(Date, bool), Vec<Token>>,
    text: Split,
    /// The words of the text.
    spelled: Vec<Spelled>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(knowledge: &'a Knowledge, rows: &'a Rows) -> Self {
        Self {
            knowledge,
            rows,
            words: Interner::default(),
            chunk: Chunk::default(),
            keys: Vec::new(),
            named: Vec::new(),
            dates: HashMap::new(),
            text: Split::default(),
            spelled: Vec::new(),
        }
    }

    fn word(&mut self, number: Number, same: bool) {
        self.chunk.tokens.push(Token::new(Said::Word(number, same)));
    }

    /// Adds a text, hyphenated words also as one.
    fn add(&mut self, text: &str, field: Field) {
        self.text.of(text);
        self.words.read(&self.text, &mut self.spelled);
        self.chunk.tokens.push(Token::new(Said::Text(field)));
        for ix in 0..self.text.len() {
            self.add_word(ix);
            let compound = self.text.compound(ix);
            if compound > 1 {
                let number = self.words.number(self.text.joined(ix..ix + compound));
                self.word(number, true);
            }
        }
    }

    /// Adds a word of the text that was read last, in all its spellings.
    fn add_word(&mut self, ix: usize) {
        if let Some(spelled) = self.spelled.get(ix).copied() {
            self.add_spelled(spelled);
        }
    }

    fn add_spelled(&mut self, Spelled { number, american }: Spelled) {
        self.word(number, false);
        if let Some(other) = american {
            self.word(other, true);
        }
    }

    /// Adds a name, of which each run of words counts as one word too, and its initials as another.
    fn add_name(&mut self, name: &str, field: Field) {
        self.text.of(name);
        self.words.read(&self.text, &mut self.spelled);
        self.chunk.tokens.push(Token::new(Said::Text(field)));
        let from = self.chunk.tokens.len();
        for ix in 0..self.text.len() {
            self.add_word(ix);
            for end in ix + 2..=self.text.len().min(ix + LONGEST_RUN) {
                let number = self.words.number(self.text.joined(ix..end));
                self.word(number, true);
            }
            let initials = if ix == 0 { initials_of(&self.text) } else { None };
            if let Some(initials) = initials {
                let number = self.words.number(&initials);
                self.word(number, true);
            }
        }
        self.named.extend(self.chunk.tokens.iter().skip(from).filter_map(|token| match token.said() {
            Said::Word(number, _) => Some(number),
            _ => None,
        }));
    }

    /// Adds an id: as a whole it names something, and those of its words count that hold no number. Ids are as many as
    /// texts; were each of them a word, the vocabulary would grow with the file.
    fn add_id(&mut self, id: &str, row: RowIx, statement: u32) {
        self.text.of(id);
        let letters = self
            .text
            .words()
            .fold(KeyHash::default(), |letters, word| letters.and(american(word).as_deref().unwrap_or(word)));
        self.keys.extend(Key::new(letters, row, statement, true));
        if statement == WHOLE {
            self.chunk.tokens.push(Token::new(Said::Text(Field::Head)));
            for ix in 0..self.text.len() {
                if !self.text.word(ix).contains(|c: char| c.is_ascii_digit()) {
                    let spelled = self.words.spelled(&self.text, ix);
                    self.add_spelled(spelled);
                }
            }
        }
    }

    /// The text that was read last names all of a row.
    fn name_exactly(&mut self, row: RowIx) {
        let mut letters = KeyHash::default();
        for (ix, spelled) in self.spelled.iter().enumerate() {
            letters =
                letters.and(spelled.american.map_or(self.text.word(ix), |number| self.words.word(number)));
        }
        self.keys.extend(Key::new(letters, row, WHOLE, false));
    }

    /// Adds a date as it is said and as it is written in a file, without the words between its parts.
    fn when(&mut self, address: Address, entry: Option<EntryIx>) {
        let Some(date) = date(self.knowledge, address, entry) else { return };
        // The years of a person or a state say less of it than those of what happened.
        let of_entity = matches!(address, Address::Entity(_));
        let field = if of_entity { Field::Summary } else { Field::When };
        if let Some(tokens) = self.dates.get(&(date, of_entity)) {
            self.chunk.tokens.extend_from_slice(tokens);
            return;
        }
        let from = self.chunk.tokens.len();
        for text in [date.words(), date.to_string()] {
            let said: Vec<&str> = text.split([' ', '/']).filter(|word| is_date_word(word)).collect();
            self.add(&said.join(" "), field);
        }
        let tokens = self.chunk.tokens.get(from..).unwrap_or_default().to_vec();
        self.dates.insert((date, of_entity), tokens);
    }

    /// Reads the row of an entity.
    pub(super) fn entity(&mut self, ix: EntityIx) {
        let knowledge = self.knowledge;
        let (entity, row) = (knowledge.entity(ix), self.rows.entity(ix));
        self.add_name(&entity.name, Field::Name);
        self.name_exactly(row);
        for name in entity.native.iter().chain(&entity.aliases) {
            self.add_name(name, Field::Head);
            self.name_exactly(row);
        }
        self.chunk.tokens.push(Token::new(Said::About));
        self.add(&entity.summary.plain, Field::Summary);
        self.add(entity.kind.word(), Field::Head);
        self.add_id(knowledge.ids.name(Item::Entity(ix)), row, WHOLE);
        self.when(Address::Entity(ix), None);
        self.mention(Address::Entity(ix));
        self.chunk.end_row();
    }

    /// Reads the row of a topic.
    pub(super) fn topic(&mut self, ix: TopicIx) {
        let knowledge = self.knowledge;
        let (topic, row) = (knowledge.topic(ix), (self.rows.entities.len() + ix.at()) as RowIx);
        for title in [&*topic.title, &*topic.short] {
            self.add(title, Field::Title);
            self.name_exactly(row);
        }
        self.add_id(knowledge.ids.name(Item::Topic(ix)), row, WHOLE);
        self.add(&topic.summary.plain, Field::Summary);
        self.mention(Address::Topic(ix));
        self.chunk.end_row();
    }

    /// Reads what is said of the standings.
    pub(super) fn standings(&mut self) {
        for words in StandingKind::ALL.map(standing_words).into_iter().chain([DENIED]) {
            self.add(words, Field::Standing);
            self.chunk.end_row();
        }
    }

    /// Reads the row of an entry: its head, then its statements.
    pub(super) fn entry(&mut self, ix: EntryIx) {
        let knowledge = self.knowledge;
        let (entry, row) = (knowledge.entry(ix), self.rows.entry(ix));
        self.add(&entry.title, Field::Title);
        self.name_exactly(row);
        for word in entry.aliases.iter().chain(&entry.tags) {
            self.add(word, Field::Head);
        }
        self.add_id(knowledge.ids.name(Item::Entry(ix)), row, WHOLE);
        if entry.statements.is_empty() {
            self.when(Address::Entry(ix), Some(ix));
        }
        for (at, statement) in (0..).zip(knowledge.statements_of(ix)) {
            self.statement(statement, row, at);
        }
        self.chunk.end_row();
    }

    fn statement(&mut self, ix: StatementIx, row: RowIx, at: u32) {
        let knowledge = self.knowledge;
        let (statement, address) = (knowledge.statement(ix), Address::Statement(ix));
        self.chunk.tokens.push(Token::new(Said::Statement));
        self.add(&statement.text.plain, Field::Text);
        self.add_id(knowledge.ids.name(Item::Statement(ix)), row, at);
        self.when(address, Some(statement.entry));
        let standing = &statement.standing;
        let kind = StandingKind::ALL.iter().position(|kind| *kind == standing.kind());
        self.chunk.tokens.extend(kind.map(|kind| Token::new(Said::Standing(kind))));
        if !standing.denied_by().is_empty() {
            self.chunk.tokens.push(Token::new(Said::Standing(StandingKind::ALL.len())));
        }
        self.mention(address);
    }

    /// Adds the names of all entities that are mentioned at `address`.
    fn mention(&mut self, address: Address) {
        let names = mentioned(self.knowledge, address).into_iter();
        self.chunk.tokens.extend(names.map(|entity| Token::new(Said::Names(entity))));
    }
}

/// Runs of two to [`LONGEST_RUN`] of so many words.
pub(super) fn runs(words: usize) -> Vec<Range<usize>> {
    let from = |start: usize| (start + 2..=words.min(start + LONGEST_RUN)).map(move |end| start..end);
    (0..words).flat_map(from).collect()
}

/// The initials of a name of three or four words.
pub(super) fn initials(name: &Folded) -> Option<String> {
    letters(name.len(), name.words())
}

fn initials_of(name: &Split) -> Option<String> {
    letters(name.len(), name.words())
}

fn letters<'a>(words: usize, mut name: impl Iterator<Item = &'a str>) -> Option<String> {
    (3..=LONGEST_RUN).contains(&words).then(|| name.by_ref().filter_map(|word| word.chars().next()).collect())
}

/// Whether a word of a date says when: a number or a month, not "since" or "to".
fn is_date_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_short() {
        assert_eq!(runs(3), [0..2, 0..3, 1..3]);
        assert_eq!(runs(6).iter().map(ExactSizeIterator::len).max(), Some(LONGEST_RUN));
        assert!(runs(1).is_empty());
    }
}
