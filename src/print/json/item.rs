//! One thing of a file as an object: what all kinds share ([`Record`]), and what each has besides ([`More`]).

use serde::Serialize;

use crate::knowledge::{
    Address, Date, EntityIx, EntryIx, Item as Ix, Knowledge, RelationIx, SourceIx, StatementIx, TopicIx,
    TourIx,
};
use crate::print::markdown;

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One or two sentences with a standing.
    Statement,
    /// An item of a topic.
    Entry,
    /// A person, state, place and so on.
    Entity,
    /// A tab.
    Topic,
    /// A prepared path.
    Tour,
    /// What statements rest on.
    Source,
}

/// What all kinds of things have.
#[derive(Debug, Clone, Serialize)]
pub struct Record<'a> {
    /// Where it is: `needs/submarines#N17`; of a tour or a source its id.
    pub address: String,
    /// What it is.
    pub kind: Kind,
    /// The title of the topic that it belongs to; `null` for entities, tours and sources.
    pub topic: Option<&'a str>,
    /// The title of the entry, topic, tour or source, the name of the entity; of a statement its entry's title.
    pub title: &'a str,
    /// What the statement says, the summary of the topic, tour or entity, the note of the source; may be empty.
    pub text: &'a str,
    /// How well the statement stands, in one word; `null` for all others.
    pub standing: Option<&'static str>,
    /// The ids of the entities that state or allege it.
    pub by: Vec<&'a str>,
    /// The ids of the entities that deny it.
    pub denied_by: Vec<&'a str>,
    /// Its own date in EDTF.
    pub when: Option<String>,
    /// The ids of what it rests on.
    pub sources: Vec<&'a str>,
}

/// A thing with all that is known of it.
#[derive(Debug, Clone, Serialize)]
pub struct Item<'a> {
    /// What all kinds have.
    #[serde(flatten)]
    pub record: Record<'a>,
    /// The text in Markdown, its links leading to ids of the file.
    pub markdown: String,
    /// What its kind has besides.
    #[serde(flatten)]
    pub more: More<'a>,
}

/// What each kind has besides.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum More<'a> {
    /// A statement has nothing else.
    Statement {},
    /// An entry.
    Entry {
        /// Key words.
        tags: &'a [Box<str>],
        /// Other names.
        aliases: &'a [Box<str>],
        /// What to read next, as ids.
        see: Vec<&'a str>,
        /// Its statements in order.
        statements: Vec<Item<'a>>,
    },
    /// A topic.
    Topic {
        /// Its name where there is little room.
        short: &'a str,
        /// Its entries in order, with their statements.
        entries: Vec<Item<'a>>,
    },
    /// An entity.
    Entity(Named<'a>),
    /// A tour.
    Tour {
        /// Where it leads, in order.
        steps: Vec<Step<'a>>,
    },
    /// A source.
    Source {
        /// Where it can be read.
        url: Option<&'a str>,
    },
}

/// What an entity has besides.
#[derive(Debug, Clone, Serialize)]
pub struct Named<'a> {
    /// `person`, `state`, `organisation`, `place`, `treaty`, `event`, `weapon` or `idea`.
    pub entity: &'static str,
    /// Its name within a sentence: "the Soviet Union"; its title where that does not differ.
    pub in_text: &'a str,
    /// Its names in languages of its own.
    pub native: &'a [Box<str>],
    /// Other names.
    pub aliases: &'a [Box<str>],
    /// Latitude and longitude in degrees, north and east positive.
    pub at: Option<(f64, f64)>,
    /// The relations that begin or end at it.
    pub relations: Vec<Relation<'a>>,
    /// The addresses of the statements that name it.
    pub mentions: Vec<String>,
}

/// An edge between two entities: `from` `kind` `to`.
#[derive(Debug, Clone, Serialize)]
pub struct Relation<'a> {
    /// The id of who acts.
    pub from: &'a str,
    /// A verb phrase.
    pub kind: &'a str,
    /// The id of whom it concerns.
    pub to: &'a str,
    /// When it held, in EDTF.
    pub when: Option<String>,
    /// The id of the statement that says so.
    pub statement: &'a str,
}

/// A stop of a tour.
#[derive(Debug, Clone, Serialize)]
pub struct Step<'a> {
    /// The address that is shown.
    pub show: String,
    /// The word for the lens through which it is shown.
    pub lens: &'static str,
    /// The ids of the statements that are revealed one by one.
    pub reveal: Vec<&'a str>,
    /// The speaker's notes.
    pub say: &'a str,
}

impl<'a> Record<'a> {
    /// What is at `address`.
    pub fn of_address(knowledge: &'a Knowledge, address: Address) -> Self {
        match address {
            Address::Topic(ix) => Self::of(knowledge, Ix::Topic(ix)),
            Address::Entry(ix) => Self::of(knowledge, Ix::Entry(ix)),
            Address::Statement(ix) => Self::of(knowledge, Ix::Statement(ix)),
            Address::Entity(ix) => Self::of(knowledge, Ix::Entity(ix)),
        }
    }

    /// What `item` is.
    pub fn of(knowledge: &'a Knowledge, item: Ix) -> Self {
        let address = match Address::of(item) {
            Some(address) => knowledge.address_text(address),
            None => knowledge.ids.name(item).to_owned(),
        };
        let topic = |ix: TopicIx| Some(&*knowledge.topic(ix).title);
        let bare = |kind, title, text| Self {
            address,
            kind,
            topic: None,
            title,
            text,
            standing: None,
            by: Vec::new(),
            denied_by: Vec::new(),
            when: None,
            sources: Vec::new(),
        };
        match item {
            Ix::Statement(ix) => {
                let statement = knowledge.statement(ix);
                let entry = knowledge.entry(statement.entry);
                Self {
                    topic: topic(entry.topic),
                    standing: Some(statement.standing.kind().word()),
                    by: entities(knowledge, statement.standing.by()),
                    denied_by: entities(knowledge, statement.standing.denied_by()),
                    when: edtf(statement.when),
                    sources: sources(knowledge, &statement.sources),
                    ..bare(Kind::Statement, &entry.title, &statement.text.plain)
                }
            }
            Ix::Entry(ix) => {
                let entry = knowledge.entry(ix);
                let when = edtf(entry.when);
                Self { topic: topic(entry.topic), when, ..bare(Kind::Entry, &entry.title, "") }
            }
            Ix::Topic(ix) => {
                let own = knowledge.topic(ix);
                Self { topic: topic(ix), ..bare(Kind::Topic, &own.title, &own.summary.plain) }
            }
            Ix::Entity(ix) => {
                let entity = knowledge.entity(ix);
                let (when, sources) = (edtf(entity.when), sources(knowledge, &entity.sources));
                Self { when, sources, ..bare(Kind::Entity, &entity.name, &entity.summary.plain) }
            }
            Ix::Tour(ix) => {
                let tour = knowledge.tours.get(ix.at());
                let (title, summary) = tour.map_or(("", ""), |tour| (&*tour.title, &*tour.summary));
                bare(Kind::Tour, title, summary)
            }
            Ix::Source(ix) => {
                let source = knowledge.source(ix);
                bare(Kind::Source, &source.title, &source.note)
            }
        }
    }
}

impl<'a> Item<'a> {
    /// Everything about `item`.
    pub fn of(knowledge: &'a Knowledge, item: Ix) -> Self {
        let record = Record::of(knowledge, item);
        let text = match item {
            Ix::Statement(ix) => Some(&knowledge.statement(ix).text),
            Ix::Topic(ix) => Some(&knowledge.topic(ix).summary),
            Ix::Entity(ix) => Some(&knowledge.entity(ix).summary),
            Ix::Entry(_) | Ix::Tour(_) | Ix::Source(_) => None,
        };
        let to_id = |to: Address| Some(id(knowledge, to).to_owned());
        let markdown = text.map_or_else(
            || markdown::escape(record.text),
            |text| markdown::lines(text, &to_id, "", "").join("\n"),
        );
        Self { more: More::of(knowledge, item), record, markdown }
    }
}

impl<'a> More<'a> {
    fn of(knowledge: &'a Knowledge, item: Ix) -> Self {
        match item {
            Ix::Statement(_) => Self::Statement {},
            Ix::Entry(ix) => Self::entry(knowledge, ix),
            Ix::Topic(ix) => Self::Topic {
                short: &knowledge.topic(ix).short,
                entries: knowledge.entries_of(ix).map(|ix| Item::of(knowledge, Ix::Entry(ix))).collect(),
            },
            Ix::Entity(ix) => Self::Entity(Named::of(knowledge, ix)),
            Ix::Tour(ix) => Self::Tour { steps: steps(knowledge, ix) },
            Ix::Source(ix) => Self::Source { url: knowledge.source(ix).url.as_deref() },
        }
    }

    fn entry(knowledge: &'a Knowledge, ix: EntryIx) -> Self {
        let entry = knowledge.entry(ix);
        let statements = knowledge.statements_of(ix);
        Self::Entry {
            tags: &entry.tags,
            aliases: &entry.aliases,
            see: entry.see.iter().map(|item| knowledge.ids.name(*item)).collect(),
            statements: statements.map(|ix| Item::of(knowledge, Ix::Statement(ix))).collect(),
        }
    }
}

impl<'a> Named<'a> {
    fn of(knowledge: &'a Knowledge, ix: EntityIx) -> Self {
        let entity = knowledge.entity(ix);
        let relations = knowledge.mentions.relations(ix).iter();
        let mentions = knowledge.mentions.statements(ix).iter();
        Self {
            entity: entity.kind.word(),
            in_text: entity.in_text(),
            native: &entity.native,
            aliases: &entity.aliases,
            at: entity.at,
            relations: relations.map(|ix| Relation::of(knowledge, *ix)).collect(),
            mentions: mentions.map(|ix| knowledge.address_text(Address::Statement(*ix))).collect(),
        }
    }
}

impl<'a> Relation<'a> {
    pub(super) fn of(knowledge: &'a Knowledge, ix: RelationIx) -> Self {
        let relation = knowledge.relation(ix);
        Self {
            from: knowledge.ids.name(Ix::Entity(relation.from)),
            kind: &relation.kind,
            to: knowledge.ids.name(Ix::Entity(relation.to)),
            when: edtf(relation.when),
            statement: knowledge.ids.name(Ix::Statement(relation.statement)),
        }
    }
}

/// The id at the end of an address.
pub(in crate::print) fn id(knowledge: &Knowledge, address: Address) -> &str {
    knowledge.ids.name(match address {
        Address::Topic(ix) => Ix::Topic(ix),
        Address::Entry(ix) => Ix::Entry(ix),
        Address::Statement(ix) => Ix::Statement(ix),
        Address::Entity(ix) => Ix::Entity(ix),
    })
}

fn steps(knowledge: &Knowledge, ix: TourIx) -> Vec<Step<'_>> {
    let name = |ix: &StatementIx| knowledge.ids.name(Ix::Statement(*ix));
    let steps = knowledge.tours.get(ix.at()).map(|tour| &*tour.steps).unwrap_or_default();
    let mut found = Vec::new();
    for step in steps {
        let reveal = step.reveal.iter().map(name).collect();
        let (show, lens) = (knowledge.address_text(step.show), step.lens.word());
        found.push(Step { show, lens, reveal, say: &step.say });
    }
    found
}

fn entities<'a>(knowledge: &'a Knowledge, list: &[EntityIx]) -> Vec<&'a str> {
    list.iter().map(|ix| knowledge.ids.name(Ix::Entity(*ix))).collect()
}

fn sources<'a>(knowledge: &'a Knowledge, list: &[SourceIx]) -> Vec<&'a str> {
    list.iter().map(|ix| knowledge.ids.name(Ix::Source(*ix))).collect()
}

fn edtf(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}
