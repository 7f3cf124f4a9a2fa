//! What can be found: each topic, entry, statement and entity with all words that lead to it.
//!
//! A *segment* is a stretch of words read together: an entry's head, a statement's text, an entity's names. Documents
//! share segments, so an entity's names are kept once however often it is mentioned. Must never rank.

use super::filter::{date, mentioned};
use super::spelling::{american, forms};
use super::standing::{DENIED, standing_words};
use super::vocabulary::{DocumentIx, Vocabulary, WordIx, Words};
use crate::knowledge::{Address, EntityIx, EntryIx, Item, Knowledge, StandingKind, StatementIx, TopicIx};
use crate::text::fold::Folded;

/// Positions between two texts of one segment: far enough for their words not to count as near.
const GAP: u32 = 64;

/// Longest run of a name's words that is also kept as one word ("kimjongun").
const LONGEST_RUN: usize = 4;

/// Which part of a document a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// The first word of an entity's own name.
    Name,
    /// A title, or the rest of an entity's own name.
    Title,
    /// Aliases, native names, tags, ids, dates, the kind of an entity.
    Head,
    /// A statement.
    Text,
    /// A topic's or an entity's summary, which repeats its name more often than not.
    Summary,
    /// What is said of a statement's standing, and the names of its parties.
    Standing,
    /// A name of an entity that a statement mentions.
    Mention,
}

/// One word at one place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occurrence {
    pub(super) word: WordIx,
    /// Counted in words from the start of the segment.
    pub(super) at: u32,
    pub(super) field: Field,
}

/// A segment as part of a document.
#[derive(Debug, Clone, Copy)]
struct Part {
    segment: u32,
    /// What all of its words are here, whatever they are elsewhere.
    field: Option<Field>,
}

/// Something that can be found.
#[derive(Debug, Clone)]
struct Document {
    address: Address,
    /// Where its parts start.
    parts: u32,
    /// How many statements mention it; 0 for all but entities.
    mentions: u32,
}

/// What a whole query that says exactly this is worth to a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Exact {
    key: Box<str>,
    document: DocumentIx,
    bonus: u32,
}

/// All documents of a file, in its order; an entry's statements follow it.
#[derive(Debug, Default)]
pub(super) struct Documents {
    all: Vec<Document>,
    parts: Vec<Part>,
    /// Where each segment starts; one more than there are segments.
    segments: Vec<u32>,
    occurrences: Vec<Occurrence>,
    exact: Vec<Exact>,
}

impl Documents {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn address(&self, ix: DocumentIx) -> Option<Address> {
        self.all.get(ix as usize).map(|document| document.address)
    }

    /// How many statements mention it; 0 for all but entities.
    pub(super) fn mentions(&self, ix: DocumentIx) -> u32 {
        self.all.get(ix as usize).map_or(0, |document| document.mentions)
    }

    /// The parts of a document: their words in order, and the field of all of them if it is not their own.
    pub(super) fn parts(&self, ix: DocumentIx) -> impl Iterator<Item = (&[Occurrence], Option<Field>)> {
        let start = |at: usize| self.all.get(at).map_or(self.parts.len(), |it| it.parts as usize);
        let range = start(ix as usize)..start(ix as usize + 1);
        self.parts.get(range).unwrap_or_default().iter().map(|part| {
            let at = part.segment as usize;
            let range = self.segments.get(at).zip(self.segments.get(at + 1));
            let range = range.map_or(0..0, |(from, to)| *from as usize..*to as usize);
            (self.occurrences.get(range).unwrap_or_default(), part.field)
        })
    }

    /// The documents that a query says exactly, with what that is worth.
    pub(super) fn exactly(&self, key: &str) -> impl Iterator<Item = (DocumentIx, u32)> {
        let from = self.exact.partition_point(|exact| &*exact.key < key);
        let same = self.exact.iter().skip(from).take_while(move |exact| &*exact.key == key);
        same.map(|exact| (exact.document, exact.bonus))
    }
}

/// What an exact id, name or title is worth: more than any other match can be.
mod bonus {
    pub(super) const STATEMENT_ID: u32 = 8000;
    pub(super) const ENTITY_NAME: u32 = 4000;
    pub(super) const TOPIC_TITLE: u32 = 3000;
    pub(super) const ENTRY_TITLE: u32 = 600;
}

/// Words as one, in the spelling that all forms share.
pub(super) fn exact_key<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.fold(String::new(), |key, word| key + american(word).as_deref().unwrap_or(word))
}

/// Reads all documents of a file.
pub(super) fn read(knowledge: &Knowledge) -> (Documents, Vocabulary) {
    let mut builder = Builder {
        knowledge,
        documents: Documents::default(),
        words: Words::default(),
        at: 0,
        mentions: vec![0; knowledge.entities.len()],
        named: Vec::new(),
    };
    builder.documents.segments.push(0);
    let standings = StandingKind::ALL.map(|kind| (kind, builder.standing(standing_words(kind))));
    let shared = Shared { standings, denied: builder.standing(DENIED), names: Vec::new() };
    let names = (0..knowledge.entities.len()).map(|ix| builder.names(EntityIx::new(ix))).collect();
    let shared = Shared { names, ..shared };
    for topic in knowledge.topic_ixs() {
        builder.topic(topic);
        for entry in knowledge.entries_of(topic) {
            builder.entry(entry, &shared);
        }
    }
    for (ix, names) in shared.names.iter().enumerate() {
        builder.entity(EntityIx::new(ix), *names);
    }
    builder.finish()
}

struct Builder<'a> {
    knowledge: &'a Knowledge,
    documents: Documents,
    words: Words,
    /// Position of the next word in the open segment.
    at: u32,
    /// How many statements mention each entity.
    mentions: Vec<u32>,
    /// Words of names, by their numbers.
    named: Vec<u32>,
}

/// Segments that many statements share.
struct Shared {
    standings: [(StandingKind, u32); 6],
    denied: u32,
    /// For each entity.
    names: Vec<u32>,
}

impl Builder<'_> {
    fn document(&mut self, address: Address, parts: &[(u32, Option<Field>)]) {
        let mentions = match address {
            Address::Entity(ix) => self.mentions.get(ix.at()).copied().unwrap_or(0),
            _ => 0,
        };
        self.documents.all.push(Document { address, parts: self.documents.parts.len() as u32, mentions });
        let parts = parts.iter().map(|(segment, field)| Part { segment: *segment, field: *field });
        self.documents.parts.extend(parts);
    }

    /// Adds the words of a text to the open segment, hyphenated ones also as one word.
    fn text(&mut self, text: &str, field: Field) {
        let folded = Folded::of(text);
        self.folded(&folded, field, &folded.compounds());
    }

    /// The same for a name, of which each run of words counts as one word too, and its initials as another.
    fn name(&mut self, name: &str, field: Field) {
        let folded = Folded::of(name);
        let runs = runs(folded.len());
        let from = self.documents.occurrences.len();
        if let Some(initials) = initials(&folded) {
            self.word(&initials, 0, field);
        }
        self.folded(&folded, field, &runs);
        let own = self.documents.occurrences.iter().skip(from);
        self.named.extend(own.map(|occurrence| occurrence.word));
        if field == Field::Title {
            let first = self.documents.occurrences.iter_mut().skip(from).filter(|word| word.at == 0);
            first.for_each(|word| word.field = Field::Name);
        }
    }

    fn folded(&mut self, folded: &Folded, field: Field, compounds: &[std::ops::Range<usize>]) {
        for (ix, word) in folded.words().enumerate() {
            for form in forms(word) {
                self.word(&form, ix, field);
            }
            for run in compounds.iter().filter(|run| run.start == ix) {
                self.word(&folded.joined(run.clone()), ix, field);
            }
        }
        self.at += folded.len() as u32 + GAP;
    }

    fn word(&mut self, word: &str, ix: usize, field: Field) {
        let word = self.words.number(word);
        self.documents.occurrences.push(Occurrence { word, at: self.at + ix as u32, field });
    }

    /// Ends the open segment and says which one it was.
    fn close(&mut self) -> u32 {
        self.at = 0;
        self.documents.segments.push(self.documents.occurrences.len() as u32);
        self.documents.segments.len() as u32 - 2
    }

    /// The next document will be worth so much to a query that says exactly `name`.
    fn exact(&mut self, name: &str, bonus: u32) {
        let key = exact_key(Folded::of(name).words()).into();
        let document = self.documents.all.len() as DocumentIx;
        self.documents.exact.push(Exact { key, document, bonus });
    }

    /// What is said of a standing.
    fn standing(&mut self, words: &str) -> u32 {
        self.text(words, Field::Standing);
        self.close()
    }

    fn names(&mut self, ix: EntityIx) -> u32 {
        let entity = self.knowledge.entity(ix);
        self.name(&entity.name, Field::Title);
        for name in entity.native.iter().chain(&entity.aliases) {
            self.name(name, Field::Head);
        }
        self.close()
    }

    fn entity(&mut self, ix: EntityIx, names: u32) {
        let knowledge = self.knowledge;
        let (entity, id) = (knowledge.entity(ix), knowledge.ids.name(Item::Entity(ix)));
        self.text(&entity.summary.plain, Field::Summary);
        self.text(entity.kind.word(), Field::Head);
        self.text(id, Field::Head);
        self.when(Address::Entity(ix), None);
        let about = self.close();
        for name in entity.native.iter().chain(&entity.aliases).chain([&entity.name]) {
            self.exact(name, bonus::ENTITY_NAME);
        }
        self.exact(id, bonus::ENTITY_NAME);
        self.document(Address::Entity(ix), &[(names, None), (about, None)]);
    }

    fn topic(&mut self, ix: TopicIx) {
        let knowledge = self.knowledge;
        let topic = knowledge.topic(ix);
        let id = knowledge.ids.name(Item::Topic(ix));
        self.text(&topic.title, Field::Title);
        self.text(&topic.short, Field::Title);
        self.text(id, Field::Head);
        self.text(&topic.summary.plain, Field::Summary);
        let segment = self.close();
        for name in [&*topic.title, &*topic.short, id] {
            self.exact(name, bonus::TOPIC_TITLE);
        }
        self.document(Address::Topic(ix), &[(segment, None)]);
    }

    fn entry(&mut self, ix: EntryIx, shared: &Shared) {
        let knowledge = self.knowledge;
        let entry = knowledge.entry(ix);
        self.text(&entry.title, Field::Title);
        for word in entry.aliases.iter().chain(&entry.tags) {
            self.text(word, Field::Head);
        }
        self.text(knowledge.ids.name(Item::Entry(ix)), Field::Head);
        let head = self.close();
        self.when(Address::Entry(ix), Some(ix));
        let own_date = self.close();
        self.entry_exact(ix);
        self.document(Address::Entry(ix), &[(head, None), (own_date, None)]);
        for statement in knowledge.statements_of(ix) {
            self.statement(statement, head, shared);
        }
    }

    /// A statement in the entry whose head is the segment `head`.
    fn statement(&mut self, ix: StatementIx, head: u32, shared: &Shared) {
        let knowledge = self.knowledge;
        let (statement, address) = (knowledge.statement(ix), Address::Statement(ix));
        let id = knowledge.ids.name(Item::Statement(ix));
        self.text(&statement.text.plain, Field::Text);
        self.text(id, Field::Head);
        self.when(address, Some(statement.entry));
        let own = self.close();
        self.exact(id, bonus::STATEMENT_ID);
        self.entry_exact(statement.entry);
        let mut parts = vec![(head, None), (own, None)];
        let standing = &statement.standing;
        let own_kind = shared.standings.iter().filter(|(kind, _)| *kind == standing.kind());
        parts.extend(own_kind.map(|(_, segment)| (*segment, None)));
        if !standing.denied_by().is_empty() {
            parts.push((shared.denied, None));
        }
        for entity in mentioned(knowledge, address) {
            let is_party = standing.by().contains(&entity) || standing.denied_by().contains(&entity);
            let field = if is_party { Field::Standing } else { Field::Mention };
            parts.extend(shared.names.get(entity.at()).map(|names| (*names, Some(field))));
            self.mentions[entity.at()] += 1;
        }
        self.document(address, &parts);
    }

    fn entry_exact(&mut self, ix: EntryIx) {
        let knowledge = self.knowledge;
        let entry = knowledge.entry(ix);
        self.exact(&entry.title, bonus::ENTRY_TITLE);
        self.exact(knowledge.ids.name(Item::Entry(ix)), bonus::ENTRY_TITLE);
    }

    /// A date as it is said and as it is written in a file, without the words between its parts.
    fn when(&mut self, address: Address, entry: Option<EntryIx>) {
        if let Some(date) = date(self.knowledge, address, entry) {
            for text in [date.words(), date.to_string()] {
                let said: Vec<&str> = text.split([' ', '/']).filter(|word| is_date_word(word)).collect();
                self.text(&said.join(" "), Field::Head);
            }
        }
    }

    fn finish(self) -> (Documents, Vocabulary) {
        let Self { mut documents, words, named, .. } = self;
        let (mut vocabulary, places) = words.sorted();
        vocabulary.name(named.into_iter().map(|number| places[number as usize]));
        for occurrence in &mut documents.occurrences {
            occurrence.word = places[occurrence.word as usize];
        }
        documents.exact.retain(|exact| !exact.key.is_empty());
        documents.exact.sort_unstable();
        documents.exact.dedup();
        let mut pairs = Vec::with_capacity(documents.occurrences.len() * 2);
        for document in 0..documents.len() as DocumentIx {
            for (occurrences, _) in documents.parts(document) {
                pairs.extend(occurrences.iter().map(|occurrence| (occurrence.word, document)));
            }
        }
        vocabulary.post(pairs);
        (documents, vocabulary)
    }
}

/// Runs of two to [`LONGEST_RUN`] of so many words.
pub(super) fn runs(words: usize) -> Vec<std::ops::Range<usize>> {
    let from = |start: usize| (start + 2..=words.min(start + LONGEST_RUN)).map(move |end| start..end);
    (0..words).flat_map(from).collect()
}

/// The initials of a name of three or four words.
pub(super) fn initials(name: &Folded) -> Option<String> {
    (3..=LONGEST_RUN)
        .contains(&name.len())
        .then(|| name.words().filter_map(|word| word.chars().next()).collect())
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

    #[test]
    fn spelling_does_not_matter_to_a_key() {
        let key = |text: &str| exact_key(Folded::of(text).words());
        assert_eq!(key("Mutual-defence programme"), key("mutual defense program"));
    }
}
