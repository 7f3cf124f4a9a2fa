//! What can be selected in a lens, and what a lens looks at. Every subject leads back to statements.

use crate::knowledge::{Address, EntityIx, EntryIx, Knowledge, RelationIx, StatementIx, TopicIx};

/// What a lens looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The topic of the open tab.
    Topic(TopicIx),
    /// An entity: what mentions it, and its relations.
    Entity(EntityIx),
}

/// What a mark in a lens stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A statement.
    Statement(StatementIx),
    /// An entry.
    Entry(EntryIx),
    /// An entity.
    Entity(EntityIx),
    /// A relation.
    Relation(RelationIx),
}

impl Subject {
    /// What an address names; a topic is no subject, but a scope.
    pub const fn of(address: Address) -> Option<Self> {
        match address {
            Address::Topic(_) => None,
            Address::Entry(ix) => Some(Self::Entry(ix)),
            Address::Statement(ix) => Some(Self::Statement(ix)),
            Address::Entity(ix) => Some(Self::Entity(ix)),
        }
    }

    /// Where it can be read: a relation in the statement that it rests on.
    pub fn address(self, knowledge: &Knowledge) -> Address {
        match self {
            Self::Statement(ix) => Address::Statement(ix),
            Self::Entry(ix) => Address::Entry(ix),
            Self::Entity(ix) => Address::Entity(ix),
            Self::Relation(ix) => Address::Statement(knowledge.relation(ix).statement),
        }
    }

    /// The entry that it belongs to; an entity belongs to none.
    pub fn entry(self, knowledge: &Knowledge) -> Option<EntryIx> {
        match self {
            Self::Entry(ix) => Some(ix),
            Self::Entity(_) => None,
            Self::Statement(ix) => Some(knowledge.statement(ix).entry),
            Self::Relation(ix) => Some(knowledge.statement(knowledge.relation(ix).statement).entry),
        }
    }

    /// The one statement that it is or rests on, if there is one.
    pub fn statement(self, knowledge: &Knowledge) -> Option<StatementIx> {
        match self {
            Self::Statement(ix) => Some(ix),
            Self::Relation(ix) => Some(knowledge.relation(ix).statement),
            Self::Entry(_) | Self::Entity(_) => None,
        }
    }

    /// The statements behind it, in reading order.
    pub fn statements(self, knowledge: &Knowledge) -> Vec<StatementIx> {
        match self {
            Self::Statement(ix) => vec![ix],
            Self::Relation(ix) => vec![knowledge.relation(ix).statement],
            Self::Entry(ix) => knowledge.statements_of(ix).collect(),
            Self::Entity(ix) => knowledge.mentions.statements(ix).to_vec(),
        }
    }
}

impl Scope {
    /// Whether a statement is in scope.
    pub fn holds(self, knowledge: &Knowledge, statement: StatementIx) -> bool {
        match self {
            Self::Topic(topic) => knowledge.entry(knowledge.statement(statement).entry).topic == topic,
            Self::Entity(entity) => knowledge.statement(statement).named().any(|named| named == entity),
        }
    }

    /// The statements in scope, in reading order.
    pub fn statements(self, knowledge: &Knowledge) -> Box<dyn Iterator<Item = StatementIx> + '_> {
        match self {
            Self::Topic(topic) => {
                Box::new(knowledge.entries_of(topic).flat_map(|entry| knowledge.statements_of(entry)))
            }
            Self::Entity(entity) => Box::new(knowledge.mentions.statements(entity).iter().copied()),
        }
    }

    /// The statements in scope that name an entity, in reading order.
    pub fn naming(
        self,
        knowledge: &Knowledge,
        entity: EntityIx,
    ) -> impl Iterator<Item = StatementIx> + use<'_> {
        let (all, other): (&[StatementIx], &[StatementIx]) = match self {
            Self::Topic(topic) => (knowledge.mentions_in(entity, topic), &[]),
            Self::Entity(own) if own == entity => (knowledge.mentions.statements(own), &[]),
            Self::Entity(own) => {
                // Both lists are in order: the shorter one is walked, the longer one looked up.
                let (a, b) = (knowledge.mentions.statements(own), knowledge.mentions.statements(entity));
                if a.len() < b.len() { (a, b) } else { (b, a) }
            }
        };
        let both = matches!(self, Self::Entity(own) if own != entity);
        all.iter().copied().filter(move |ix| !both || other.binary_search(ix).is_ok())
    }

    /// What it is called.
    pub fn name(self, knowledge: &Knowledge) -> &str {
        match self {
            Self::Topic(topic) => &knowledge.topic(topic).title,
            Self::Entity(entity) => &knowledge.entity(entity).name,
        }
    }
}
