//! A whole file as one object: `tumen export --json`.

use serde::Serialize;

use super::{Item, Relation, VERSION};
use crate::knowledge::{EntityIx, Item as Ix, Knowledge, RelationIx, SourceIx, TourIx};

/// Everything that a file says.
#[derive(Debug, Serialize)]
pub struct File<'a> {
    /// [`VERSION`]
    pub version: u32,
    /// The file's own id.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// One line on what it is about.
    pub subtitle: &'a str,
    /// The day, month or year whose knowledge it is, in EDTF.
    pub as_of: Option<String>,
    /// Its language, as a BCP 47 tag.
    pub language: &'a str,
    /// What statements rest on.
    pub sources: Vec<Item<'a>>,
    /// Topics with their entries and statements.
    pub topics: Vec<Item<'a>>,
    /// All entities.
    pub entities: Vec<Item<'a>>,
    /// All relations.
    pub relations: Vec<Relation<'a>>,
    /// All tours.
    pub tours: Vec<Item<'a>>,
}

impl<'a> File<'a> {
    /// All of `knowledge`.
    pub fn of(knowledge: &'a Knowledge) -> Self {
        let item = |ix: Ix| Item::of(knowledge, ix);
        let (sources, entities) = (0..knowledge.sources.len(), 0..knowledge.entities.len());
        Self {
            version: VERSION,
            id: &knowledge.id,
            title: &knowledge.title,
            subtitle: &knowledge.subtitle,
            as_of: knowledge.as_of.map(|date| date.to_string()),
            language: &knowledge.language,
            sources: sources.map(|at| item(Ix::Source(SourceIx::new(at)))).collect(),
            topics: knowledge.topic_ixs().map(|ix| item(Ix::Topic(ix))).collect(),
            entities: entities.map(|at| item(Ix::Entity(EntityIx::new(at)))).collect(),
            relations: (0..knowledge.relations.len())
                .map(|at| Relation::of(knowledge, RelationIx::new(at)))
                .collect(),
            tours: (0..knowledge.tours.len()).map(|at| item(Ix::Tour(TourIx::new(at)))).collect(),
        }
    }
}
