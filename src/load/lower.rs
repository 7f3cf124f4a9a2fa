//! The second pass: the file as written → [`Knowledge`], in which everything that refers is resolved.
//!
//! Must never put an index into the model that leads nowhere: what cannot be resolved is left out and is a fault.

use std::ops::Range;

use super::faults::{Fault, Faults};
use super::links::Wanted;
use super::names::{self, Names, near};
use super::raw;
use super::tokens;
use crate::knowledge::{
    Address, Entity, EntityKind, Entry, EntryIx, Item, Knowledge, Mentions, Relation, Source, Standing,
    Statement, Step, Topic, TopicIx, Tour,
};
use crate::knowledge::{SourceIx, StatementIx, TourIx};

/// A file on its way into the model.
#[derive(Debug)]
pub(super) struct Pass<'s> {
    /// What is wrong so far.
    pub(super) faults: Faults<'s>,
    /// Who has which id.
    pub(super) names: Names,
}

/// Resolves `file`, which was read from the source of `faults`.
pub(super) fn lower<'s>(file: &raw::File<'_>, mut faults: Faults<'s>) -> (Knowledge, Faults<'s>) {
    let names = Names::of(file, &mut faults);
    let mut pass = Pass { faults, names };
    let mut knowledge = pass.head(file);
    pass.topics(file, &mut knowledge);
    let root = 0..0;
    knowledge.entities =
        file.entities.iter().enumerate().map(|(at, entity)| pass.entity_of(at, entity, &root)).collect();
    knowledge.relations = file.relations.iter().filter_map(|relation| pass.relation(relation)).collect();
    knowledge.tours = file.tours.iter().enumerate().map(|(at, tour)| pass.tour(at, tour)).collect();
    knowledge.ids = pass.names.ids;
    knowledge.mentions = Mentions::of(&knowledge);
    (knowledge, pass.faults)
}

impl Pass<'_> {
    fn id(&self, item: Item) -> Box<str> {
        self.names.ids.name(item).into()
    }

    /// What is said of the dossier as a whole, and its sources.
    fn head(&mut self, file: &raw::File<'_>) -> Knowledge {
        let around = near(self.faults.source, &[&file.title, &file.id], &(0..0));
        let id = if names::is_id(&file.id.0) {
            (*file.id.0).into()
        } else {
            let at = self.faults.place(&file.id, &around);
            let what =
                if file.id.0.is_empty() { "no `id`".into() } else { format!("`{}` is no id", file.id.0) };
            let remedy = "an id is made of letters a to z, digits, `-` and `_`";
            self.faults.push(Fault::at(at, what, remedy));
            names::mended(&file.id.0)
        };
        if file.format.is_none() {
            let remedy = "write `format: 1`, so that later programs know how to read it";
            self.faults.push(Fault::at(around.clone(), "no `format`", remedy));
        }
        let language = self.line(&file.language, &around);
        if !language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            let at = self.faults.place(&file.language, &around);
            let what = format!("`{language}` is no language tag");
            self.faults.push(Fault::at(at, what, "write a BCP 47 tag: \"en\", \"ko\", \"ru\""));
        }
        Knowledge {
            title: self.title(&file.title, &around, ("title", &id)),
            id: id.into(),
            subtitle: self.line(&file.subtitle, &around),
            as_of: self.date(file.as_of.as_ref(), &around),
            language,
            sources: file.sources.iter().enumerate().map(|(at, source)| self.source(at, source)).collect(),
            ..Knowledge::default()
        }
    }

    fn source(&mut self, at: usize, source: &raw::Source<'_>) -> Source {
        let around = near(self.faults.source, &[&source.id, &source.title], &(0..0));
        let id = self.id(Item::Source(SourceIx::new(at)));
        Source {
            title: self.title(&source.title, &around, ("title", &id)),
            note: self.line(&source.note, &around),
            url: self.web(source.url.as_ref(), &around),
        }
    }

    /// Topics, their entries and their statements, each list in reading order.
    fn topics(&mut self, file: &raw::File<'_>, knowledge: &mut Knowledge) {
        let has_sources = !file.sources.is_empty();
        for (at, topic) in file.topics.iter().enumerate() {
            let ix = TopicIx::new(at);
            let around = near(self.faults.source, &[&topic.id, &topic.title], &(0..0));
            let start = knowledge.entries.len() as u32;
            for entry in &topic.entries {
                let entry = self.entry((ix, entry), &around, knowledge, has_sources);
                knowledge.entries.push(entry);
            }
            if topic.entries.is_empty() {
                let remedy = "give it an entry, or remove it";
                self.faults.push(Fault::at(around.clone(), "a topic without entries", remedy));
            }
            let id = self.id(Item::Topic(ix));
            let title = self.title(&topic.title, &around, ("title", &id));
            let short = self.line(&topic.short, &around);
            knowledge.topics.push(Topic {
                short: if short.is_empty() { title.clone() } else { short },
                title,
                summary: self.text(&topic.summary, &around),
                entries: start..knowledge.entries.len() as u32,
            });
        }
    }

    fn entry(
        &mut self,
        (topic, entry): (TopicIx, &raw::Entry<'_>),
        around: &Range<usize>,
        knowledge: &mut Knowledge,
        has_sources: bool,
    ) -> Entry {
        let around = near(self.faults.source, &[&entry.id, &entry.title], around);
        let ix = EntryIx::new(knowledge.entries.len());
        let start = knowledge.statements.len() as u32;
        for statement in &entry.statements {
            let at = StatementIx::new(knowledge.statements.len());
            let statement = self.statement((at, ix), statement, &around, has_sources);
            knowledge.statements.push(statement);
        }
        if entry.statements.is_empty() {
            let remedy = "give it a statement, or remove it";
            self.faults.push(Fault::at(around.clone(), "an entry without statements", remedy));
        }
        let id = self.id(Item::Entry(ix));
        let tags = self.lines(&entry.tags, &around, "tags");
        Entry {
            topic,
            title: self.title(&entry.title, &around, ("title", &id)),
            when: self.date(entry.when.as_ref(), &around),
            tags: tags.into_iter().map(|tag| tag.to_lowercase().into()).collect(),
            aliases: self.lines(&entry.aliases, &around, "aliases"),
            see: self.see(ix, &entry.see, &around),
            statements: start..knowledge.statements.len() as u32,
        }
    }

    fn see(&mut self, own: EntryIx, texts: &[raw::Str<'_>], around: &Range<usize>) -> Vec<Item> {
        let mut items = self.items(texts, around, ("see", Wanted::Place));
        if let Some(found) = items.iter().position(|item| *item == Item::Entry(own)) {
            items.remove(found);
            let own = self.id(Item::Entry(own));
            let text = texts.iter().find(|text| *text.0 == *own);
            let at = text.map_or(around.clone(), |text| self.faults.place(text, around));
            self.faults.push(Fault::at(
                at,
                format!("`{own}` refers to itself"),
                "remove it from its own `see`",
            ));
        }
        items
    }

    fn statement(
        &mut self,
        (at, entry): (StatementIx, EntryIx),
        statement: &raw::Statement<'_>,
        around: &Range<usize>,
        has_sources: bool,
    ) -> Statement {
        let around = near(self.faults.source, &[&statement.id, &statement.text], around);
        let text = self.text(&statement.text, &around);
        if text.plain.is_empty() {
            self.empty(&statement.text, &around, "text");
        }
        let sources = self.sources(&statement.sources, &around);
        if has_sources && statement.sources.is_empty() {
            let what = format!("statement `{}` has no source", self.names.ids.name(Item::Statement(at)));
            self.faults.push(Fault::at(around.clone(), what, "name what it rests on: `sources: [\"…\"]`"));
        }
        Statement {
            entry,
            standing: self.standing(statement.standing.as_ref(), &around),
            when: self.date(statement.when.as_ref(), &around),
            text,
            sources,
        }
    }

    fn standing(&mut self, standing: Option<&raw::Standing<'_>>, around: &Range<usize>) -> Standing {
        let standing = match standing {
            None => {
                let remedy = "write Established, Stated(by: […]), Alleged(by: […], denied_by: […]), Unverified, \
                              Assessed or Expected; until then it counts as unverified";
                self.faults.push(Fault::at(around.clone(), "no `standing`", remedy));
                return Standing::Unverified;
            }
            Some(raw::Standing::Established) => return Standing::Established,
            Some(raw::Standing::Unverified) => return Standing::Unverified,
            Some(raw::Standing::Assessed) => return Standing::Assessed,
            Some(raw::Standing::Expected) => return Standing::Expected,
            Some(raw::Standing::Stated { by }) if !by.is_empty() => {
                Standing::Stated { by: self.entities(by, around, "by") }
            }
            Some(raw::Standing::Alleged { by, denied_by }) if !by.is_empty() => Standing::Alleged {
                by: self.entities(by, around, "by"),
                denied_by: self.entities(denied_by, around, "denied_by"),
            },
            Some(raw::Standing::Stated { .. } | raw::Standing::Alleged { .. }) => {
                let at = self.value(around, "standing");
                let remedy = "name them: `by: [\"…\"]`; until then the statement counts as unverified";
                self.faults.push(Fault::at(at, "nobody is named who says so", remedy));
                return Standing::Unverified;
            }
        };
        // Who is not known has been reported; a claim of nobody's is not more than a rumour.
        if standing.by().is_empty() { Standing::Unverified } else { standing }
    }

    /// Where the value of `field` is written that follows `around`, or `around` itself.
    fn value(&self, around: &Range<usize>, field: &str) -> Range<usize> {
        // A text's own range leaves out its quotes; an unquoted one begins at the start of the file.
        let from = if around.end == 0 { None } else { Some(around.end + 1) };
        from.and_then(|from| tokens::field(self.faults.source, from, field)).unwrap_or_else(|| around.clone())
    }

    fn entity_of(&mut self, at: usize, entity: &raw::Entity<'_>, root: &Range<usize>) -> Entity {
        let around = near(self.faults.source, &[&entity.id, &entity.name], root);
        let id = self.id(Item::Entity(crate::knowledge::EntityIx::new(at)));
        if entity.kind.is_none() {
            let words = "Person, State, Organisation, Place, Treaty, Event, Weapon or Idea";
            self.faults.push(Fault::at(
                around.clone(),
                "no `kind`",
                format!("write `kind:` and one of {words}"),
            ));
        }
        Entity {
            kind: entity.kind.map_or(EntityKind::Idea, kind),
            name: self.title(&entity.name, &around, ("name", &id)),
            native: self.lines(&entity.native, &around, "native"),
            aliases: self.lines(&entity.aliases, &around, "aliases"),
            at: entity.at.and_then(|at| self.coordinates(at, &around)),
            when: self.date(entity.when.as_ref(), &around),
            summary: self.text(&entity.summary, &around),
            sources: self.sources(&entity.sources, &around),
        }
    }

    fn coordinates(&mut self, (north, east): (f64, f64), around: &Range<usize>) -> Option<(f64, f64)> {
        let on_earth = |north: f64, east: f64| north.abs() <= 90.0 && east.abs() <= 180.0;
        if on_earth(north, east) {
            return Some((north, east));
        }
        let remedy = if on_earth(east, north) {
            format!("latitude comes first: ({east}, {north})")
        } else {
            "write (latitude, longitude): -90 to 90, -180 to 180".to_owned()
        };
        let at = self.value(around, "at");
        self.faults.push(Fault::at(at, format!("({north}, {east}) is not on earth"), remedy));
        None
    }

    fn relation(&mut self, relation: &raw::Relation<'_>) -> Option<Relation> {
        let texts = [&relation.from, &relation.to, &relation.kind, &relation.statement];
        let around = near(self.faults.source, &texts, &(0..0));
        let from = self.entity(&relation.from, &around, "from");
        let to = self.entity(&relation.to, &around, "to");
        let kind = self.line(&relation.kind, &around);
        if kind.is_empty() {
            self.empty(&relation.kind, &around, "kind");
        }
        let when = self.date(relation.when.as_ref(), &around);
        let statement = self.statement_named(&relation.statement, &around, "statement");
        let (from, to, statement) = (from?, to?, statement?);
        if from == to {
            let at = self.faults.place(&relation.to, &around);
            let what = format!("a relation of `{}` to itself", relation.to.0);
            self.faults.push(Fault::at(at, what, "name another entity in `from` or `to`"));
            return None;
        }
        Some(Relation { from, to, kind, when, statement })
    }

    fn tour(&mut self, at: usize, tour: &raw::Tour<'_>) -> Tour {
        let around = near(self.faults.source, &[&tour.id, &tour.title], &(0..0));
        let id = self.id(Item::Tour(TourIx::new(at)));
        if tour.steps.is_empty() {
            let remedy = "give it a step, or remove it";
            self.faults.push(Fault::at(around.clone(), "a tour without steps", remedy));
        }
        Tour {
            title: self.title(&tour.title, &around, ("title", &id)),
            summary: self.paragraph(&tour.summary, &around),
            steps: tour.steps.iter().filter_map(|step| self.step(step, &around)).collect(),
        }
    }

    fn step(&mut self, step: &raw::Step<'_>, around: &Range<usize>) -> Option<Step> {
        let around = near(self.faults.source, &[&step.show, &step.say], around);
        let say = self.paragraph(&step.say, &around);
        let shown = self.address(&step.show, &around, "show");
        let mut reveal = Vec::with_capacity(step.reveal.len());
        for item in self.items(&step.reveal, &around, ("reveal", Wanted::Statement)) {
            let Item::Statement(ix) = item else { continue };
            let entry = shown.and_then(|shown| self.names.entry_of(shown));
            if shown.is_none() || entry.is_some() && entry == self.names.entry_of(item) {
                reveal.push(ix);
                continue;
            }
            let id = self.id(item);
            let text = step.reveal.iter().find(|text| *text.0 == *id);
            let at = text.map_or(around.clone(), |text| self.faults.place(text, &around));
            let what = format!("`{id}` is not in what is shown, `{}`", step.show.0);
            let remedy = format!("show `{}`, or remove it from `reveal`", self.names.address(item));
            self.faults.push(Fault::at(at, what, remedy));
        }
        Some(Step { show: Address::of(shown?)?, reveal, say })
    }
}

fn kind(kind: raw::Kind) -> EntityKind {
    match kind {
        raw::Kind::Person => EntityKind::Person,
        raw::Kind::State => EntityKind::State,
        raw::Kind::Organisation => EntityKind::Organisation,
        raw::Kind::Place => EntityKind::Place,
        raw::Kind::Treaty => EntityKind::Treaty,
        raw::Kind::Event => EntityKind::Event,
        raw::Kind::Weapon => EntityKind::Weapon,
        raw::Kind::Idea => EntityKind::Idea,
    }
}
