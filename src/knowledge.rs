//! What is known: topics, entries, statements with their standing, entities, relations and tours, all resolved.
//!
//! Plain values. Must never read a file, know a format or a terminal; references are indices into the lists of one
//! [`Knowledge`], never strings to look up again. [`crate::load`] is the only maker of a `Knowledge`.

mod address;
mod ahead;
mod chronicle;
mod date;
mod find;
mod gazetteer;
mod ids;
mod kind;
mod lens;
mod mentions;
mod passage;
mod problem;
mod relation;
mod series;
mod standing;
mod tally;

pub use address::{Address, NoSuchAddress};
pub use chronicle::{Chronicle, Dated, Dates};
pub use date::{Date, DateError, Edge, Point, Precision};
pub use find::NotFound;
pub use gazetteer::{Gazetteer, Places};
pub use ids::{Ids, Part, Read};
pub use kind::EntityKind;
pub use lens::Lens;
pub use mentions::Mentions;
pub use problem::{Place, Problem};
pub use relation::Relation;
pub use series::Series;
pub use standing::{Standing, StandingKind};
pub use tally::{Counts, Pair, Tallies, Tally};

use std::ops::Range;

use smallvec::SmallVec;

use crate::text::blocks::Block;

/// A list that mostly holds one thing or none: the sources of a statement, its parties, its links. What is alone in it
/// takes no memory of its own, which saves a large file a third of all the pieces of memory that it is made of.
pub type Few<T> = SmallVec<[T; 1]>;

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in its list.
            pub const fn at(self) -> usize {
                self.0 as usize
            }

            /// The index of a list's `at`-th item.
            pub const fn new(at: usize) -> Self {
                Self(at as u32)
            }
        }
    )*};
}

index! {
    /// A source in [`Knowledge::sources`].
    SourceIx,
    /// A topic in [`Knowledge::topics`].
    TopicIx,
    /// An entry in [`Knowledge::entries`].
    EntryIx,
    /// A statement in [`Knowledge::statements`].
    StatementIx,
    /// An entity in [`Knowledge::entities`].
    EntityIx,
    /// A relation in [`Knowledge::relations`].
    RelationIx,
    /// A tour in [`Knowledge::tours`].
    TourIx,
}

/// What an id of the file names. All ids share one flat space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// A source.
    Source(SourceIx),
    /// A topic.
    Topic(TopicIx),
    /// An entry.
    Entry(EntryIx),
    /// A statement.
    Statement(StatementIx),
    /// An entity.
    Entity(EntityIx),
    /// A tour.
    Tour(TourIx),
}

/// One dossier.
///
/// Entries and statements stand in reading order: those of one topic, or of one entry, are one range of the list.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    /// The dossier's own id.
    pub id: Box<str>,
    /// What it is called.
    pub title: Box<str>,
    /// One line on what it is about.
    pub subtitle: Box<str>,
    /// The day, month or year whose knowledge it is; shown at all times.
    pub as_of: Option<Date>,
    /// Its language, as a BCP 47 tag.
    pub language: Box<str>,
    /// What statements rest on.
    pub sources: Vec<Source>,
    /// The tabs, in the order of the file.
    pub topics: Vec<Topic>,
    /// All entries, topic by topic.
    pub entries: Vec<Entry>,
    /// All statements, entry by entry.
    pub statements: Vec<Statement>,
    /// People, states, places and the like.
    pub entities: Vec<Entity>,
    /// Dated edges between entities.
    pub relations: Vec<Relation>,
    /// Prepared paths.
    pub tours: Vec<Tour>,
    /// Id → item, and back.
    pub ids: Ids,
    /// Entity → where it is mentioned.
    pub mentions: Mentions,
    /// What has a date, in the order of time.
    pub chronicle: Chronicle,
    /// Who says and who denies what; counted when it is first asked for.
    pub tallies: Tallies,
    /// Which places are named where; counted when it is first asked for.
    pub gazetteer: Gazetteer,
}

/// What statements rest on.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its title, as published.
    pub title: Box<str>,
    /// What kind of source it is; may be empty.
    pub note: Box<str>,
    /// Where it can be read, if anywhere.
    pub url: Option<Box<str>>,
}

/// A tab.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Its name.
    pub title: Box<str>,
    /// Its name where there is little room.
    pub short: Box<str>,
    /// One sentence on what it holds; may be empty.
    pub summary: Text,
    /// Its entries in [`Knowledge::entries`].
    pub entries: Range<u32>,
}

/// One item of a topic.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The topic it belongs to.
    pub topic: TopicIx,
    /// Its name.
    pub title: Box<str>,
    /// When what it tells of happened.
    pub when: Option<Date>,
    /// Free key words, lower case.
    pub tags: Few<Box<str>>,
    /// Other names that one may look for.
    pub aliases: Few<Box<str>>,
    /// What to read next.
    pub see: Few<Item>,
    /// Its statements in [`Knowledge::statements`].
    pub statements: Range<u32>,
}

/// One or two sentences with a standing and their sources.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The entry it belongs to.
    pub entry: EntryIx,
    /// How well it stands, and who says so.
    pub standing: Standing,
    /// When what it says was or will be so.
    pub when: Option<Date>,
    /// What it says.
    pub text: Text,
    /// What it rests on.
    pub sources: Few<SourceIx>,
}

/// A person, state, organisation, place, treaty, event, weapon or idea.
#[derive(Debug, Clone)]
pub struct Entity {
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// Its name in the file's language.
    pub name: Box<str>,
    /// Its name within a sentence, where that differs: "the Soviet Union", "the treaty of 1961"; else empty.
    pub in_text: Box<str>,
    /// Its names in the languages of its own.
    pub native: Few<Box<str>>,
    /// Other names that one may look for.
    pub aliases: Few<Box<str>>,
    /// Latitude and longitude in degrees, north and east positive.
    pub at: Option<(f64, f64)>,
    /// When it lived, lasted or happened.
    pub when: Option<Date>,
    /// One or two sentences; may be empty.
    pub summary: Text,
    /// What the summary and the names rest on.
    pub sources: Few<SourceIx>,
}

impl Entity {
    /// Its name as it stands within a sentence.
    pub fn in_text(&self) -> &str {
        if self.in_text.is_empty() { &self.name } else { &self.in_text }
    }

    /// When it lived, lasted or happened, in words: of a living person one says when they were born.
    pub fn lifetime(&self) -> Option<String> {
        self.when.map(|when| match (self.kind, when) {
            (EntityKind::Person, Date::Interval(Edge::At(born), Edge::Open)) => {
                format!("born {}", born.words())
            }
            _ => when.words(),
        })
    }
}

/// A prepared path through the dossier.
#[derive(Debug, Clone)]
pub struct Tour {
    /// Its name.
    pub title: Box<str>,
    /// One sentence on what it shows; may be empty.
    pub summary: Box<str>,
    /// Where it leads, in order.
    pub steps: Vec<Step>,
}

/// One stop of a tour.
#[derive(Debug, Clone)]
pub struct Step {
    /// What is shown.
    pub show: Address,
    /// Through which lens.
    pub lens: Lens,
    /// The statements that are revealed, one by one.
    pub reveal: Few<StatementIx>,
    /// The speaker's notes; may be empty.
    pub say: Box<str>,
}

/// A text without its markup, and the marks that the markup meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// What is read. Holds no control and no direction-changing character.
    pub plain: Box<str>,
    /// Marked stretches of `plain`, in order of their starts, what holds others first.
    pub marks: Few<Mark>,
}

/// A marked stretch of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of [`Text::plain`], at character boundaries.
    pub range: Range<u32>,
    /// What it means.
    pub kind: MarkKind,
}

/// What a marked stretch means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// Stressed.
    Emphasis,
    /// Stressed more.
    Strong,
    /// Leads to something in the dossier.
    Link(Address),
    /// Leads to an address outside of the dossier, `https:`, `http:` or `mailto:`, which is shown and never opened.
    Web(Box<str>),
    /// A block of a text that is more than a paragraph; it may be empty.
    Block(Block),
}

/// An address outside of the dossier, by where it stands in it: that of a source, or of a mark of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Web {
    /// Whose address it is, or whose text holds it.
    pub of: Item,
    /// Which of the text's marks; 0 for a source.
    pub mark: u32,
}

impl Text {
    /// The entities that it links to, in the order of the text; with repeats.
    pub fn entities(&self) -> impl Iterator<Item = EntityIx> {
        self.marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::Link(Address::Entity(entity)) => Some(entity),
            _ => None,
        })
    }
}

impl Statement {
    /// The entities that it links to, then the parties of its standing; with repeats.
    pub fn named(&self) -> impl Iterator<Item = EntityIx> {
        self.text.entities().chain(self.standing.by().iter().chain(self.standing.denied_by()).copied())
    }
}

impl Knowledge {
    /// The topic `ix`.
    pub fn topic(&self, ix: TopicIx) -> &Topic {
        &self.topics[ix.at()]
    }

    /// The entry `ix`.
    pub fn entry(&self, ix: EntryIx) -> &Entry {
        &self.entries[ix.at()]
    }

    /// The statement `ix`.
    pub fn statement(&self, ix: StatementIx) -> &Statement {
        &self.statements[ix.at()]
    }

    /// The entity `ix`.
    pub fn entity(&self, ix: EntityIx) -> &Entity {
        &self.entities[ix.at()]
    }

    /// The relation `ix`.
    pub fn relation(&self, ix: RelationIx) -> &Relation {
        &self.relations[ix.at()]
    }

    /// The source `ix`.
    pub fn source(&self, ix: SourceIx) -> &Source {
        &self.sources[ix.at()]
    }

    /// The topics in order.
    pub fn topic_ixs(&self) -> impl ExactSizeIterator<Item = TopicIx> + DoubleEndedIterator + use<> {
        (0..self.topics.len()).map(TopicIx::new)
    }

    /// The entries of a topic in order.
    pub fn entries_of(
        &self,
        topic: TopicIx,
    ) -> impl ExactSizeIterator<Item = EntryIx> + DoubleEndedIterator + use<> {
        let range = &self.topic(topic).entries;
        (range.start as usize..range.end as usize).map(EntryIx::new)
    }

    /// The `row`-th entry of a topic, without walking there.
    pub fn entry_at(&self, topic: TopicIx, row: usize) -> Option<EntryIx> {
        let range = &self.topic(topic).entries;
        let at = range.start as usize + row;
        (at < range.end as usize).then_some(EntryIx::new(at))
    }

    /// The row of an entry in its topic.
    pub fn row_of(&self, entry: EntryIx) -> usize {
        entry.at() - self.topic(self.entry(entry).topic).entries.start as usize
    }

    /// The statements of an entry in order.
    pub fn statements_of(
        &self,
        entry: EntryIx,
    ) -> impl ExactSizeIterator<Item = StatementIx> + DoubleEndedIterator + use<> {
        let range = &self.entry(entry).statements;
        (range.start as usize..range.end as usize).map(StatementIx::new)
    }
}
