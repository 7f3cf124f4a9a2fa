//! The second pass: the file as written → [`Knowledge`], in which everything that refers is resolved.
//!
//! Large lists are lowered in chunks, on all cores: see `entries` for topics, entries and statements.
//! Must never put an index into the model that leads nowhere: what cannot be resolved is left out and is a fault.

use std::mem;
use std::ops::Range;

use super::fault::{Fault, Wanted};
use super::faults::Faults;
use super::id::{is_id, mended};
use super::names::{Names, near};
use super::pass::{Pass, chunks};
use super::raw;
use super::value::Spanned;
use crate::knowledge::{
    Address, Entity, EntityIx, EntityKind, Item, Knowledge, Lens, Mentions, Relation, Source, SourceIx, Step,
    Tour, TourIx,
};

/// Resolves `file`, which was read from the source of `faults`. `progress` is called with the entries that were
/// resolved since the last call, on any thread.
pub(super) fn lower<'s>(
    mut file: raw::File<'_>,
    mut faults: Faults<'s>,
    progress: &(dyn Fn(usize) + Sync),
) -> (Knowledge, Faults<'s>) {
    let names = Names::of(&file, &mut faults);
    let mut pass = Pass { faults, names: &names };
    let mut knowledge = pass.head(&file);
    let has_sources = !file.sources.is_empty();
    let mentioned = pass.topics(mem::take(&mut file.topics), &mut knowledge, (has_sources, progress));
    knowledge.entities.reserve_exact(file.entities.0.len());
    let lower = |pass: &mut Pass<'_, '_>, (first, entities): (usize, Vec<raw::Entity<'_>>)| -> Vec<Entity> {
        entities.iter().zip(first..).map(|(entity, at)| pass.entity_of(at, entity, &(0..0))).collect()
    };
    pass.spread(chunks(mem::take(&mut file.entities.0)), lower, |part| knowledge.entities.extend(part));
    knowledge.relations.reserve_exact(file.relations.0.len());
    let lower = |pass: &mut Pass<'_, '_>, (_, relations): (usize, Vec<raw::Relation<'_>>)| -> Vec<Relation> {
        relations.iter().filter_map(|relation| pass.relation(relation)).collect()
    };
    pass.spread(chunks(mem::take(&mut file.relations.0)), lower, |part| knowledge.relations.extend(part));
    knowledge.tours = file.tours.iter().enumerate().map(|(at, tour)| pass.tour(at, tour)).collect();
    let faults = pass.faults;
    knowledge.ids = names.ids;
    knowledge.mentions = Mentions::with(&knowledge, &mentioned);
    (knowledge, faults)
}

impl Pass<'_, '_> {
    /// What is said of the dossier as a whole, and its sources.
    fn head(&mut self, file: &raw::File<'_>) -> Knowledge {
        let around = near(&[&file.title, &file.id], &(0..0));
        let id = if is_id(&file.id.0) {
            (*file.id.0).into()
        } else {
            let at = self.faults.place(&file.id, &around);
            let what =
                if file.id.0.is_empty() { "no `id`".into() } else { format!("`{}` is no id", file.id.0) };
            let remedy = "an id is made of letters a to z, digits, `-` and `_`";
            let fault = Fault::at(at, what, remedy);
            self.faults.push(if file.id.0.is_empty() { fault.lacking("id") } else { fault });
            mended(&file.id.0)
        };
        if file.format.is_none() {
            let remedy = "write `format: 1`, so that later programs know how to read it";
            self.faults.push(Fault::at(around.clone(), "no `format`", remedy).lacking("format"));
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
        let around = near(&[&source.id, &source.title], &(0..0));
        let id = self.id(Item::Source(SourceIx::new(at)));
        Source {
            title: self.title(&source.title, &around, ("title", id)),
            note: self.line(&source.note, &around),
            url: self.web(source.url.as_ref(), &around),
        }
    }

    fn entity_of(&mut self, at: usize, entity: &raw::Entity<'_>, root: &Range<usize>) -> Entity {
        let around = near(&[&entity.id, &entity.name], root);
        let id = self.id(Item::Entity(EntityIx::new(at)));
        if entity.kind.is_none() {
            let words = "Person, State, Organisation, Place, Treaty, Event, Weapon or Idea";
            let remedy = format!("write `kind:` and one of {words}");
            self.faults.push(Fault::at(around.clone(), "no `kind`", remedy).lacking("kind"));
        }
        Entity {
            kind: entity.kind.map_or(EntityKind::Idea, kind),
            name: self.title(&entity.name, &around, ("name", id)),
            in_text: self.line(&entity.in_text, &around),
            native: self.lines(&entity.native, &around, "native"),
            aliases: self.lines(&entity.aliases, &around, "aliases"),
            at: entity.at.as_ref().and_then(|at| self.coordinates(at)),
            when: self.date(entity.when.as_ref(), &around),
            summary: self.text(&entity.summary, &around),
            sources: self.sources(&entity.sources, &around),
        }
    }

    fn coordinates(&mut self, at: &Spanned<(f64, f64)>) -> Option<(f64, f64)> {
        let (north, east) = at.value;
        let on_earth = |north: f64, east: f64| north.abs() <= 90.0 && east.abs() <= 180.0;
        if on_earth(north, east) {
            return Some((north, east));
        }
        let remedy = if on_earth(east, north) {
            format!("latitude comes first: ({east}, {north})")
        } else {
            "write (latitude, longitude): -90 to 90, -180 to 180".to_owned()
        };
        self.faults.push(Fault::at(at.place(), format!("({north}, {east}) is not on earth"), remedy));
        None
    }

    fn relation(&mut self, relation: &raw::Relation<'_>) -> Option<Relation> {
        let texts = [&relation.from, &relation.to, &relation.kind, &relation.statement];
        let around = near(&texts, &(0..0));
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
        let around = near(&[&tour.id, &tour.title], &(0..0));
        let id = self.id(Item::Tour(TourIx::new(at)));
        if tour.steps.is_empty() {
            let remedy = "give it a step, or remove it";
            self.faults.push(Fault::at(around.clone(), "a tour without steps", remedy).lacking("steps"));
        }
        Tour {
            title: self.title(&tour.title, &around, ("title", id)),
            summary: self.paragraph(&tour.summary, &around),
            steps: tour.steps.iter().filter_map(|step| self.step(step, &around)).collect(),
        }
    }

    fn step(&mut self, step: &raw::Step<'_>, around: &Range<usize>) -> Option<Step> {
        let around = near(&[&step.show, &step.say], around);
        let say = self.paragraph(&step.say, &around);
        let shown = self.address(&step.show, &around, "show");
        let lens = lens(step.lens);
        let mut reveal = Vec::with_capacity(step.reveal.len());
        let statement = |item| if let Item::Statement(ix) = item { Some(ix) } else { None };
        for ix in &self.items(&step.reveal, &around, ("reveal", Wanted::Statement), statement) {
            let item = Item::Statement(*ix);
            let entry = shown.and_then(|shown| self.names.entry_of(shown));
            // In a picture of a topic or of a name, statements of many entries stand beside each other.
            let is_wide = entry.is_none() && lens != Lens::Read;
            if shown.is_none() || is_wide || entry.is_some() && entry == self.names.entry_of(item) {
                reveal.push(*ix);
                continue;
            }
            let id = self.id(item);
            let text = step.reveal.iter().find(|text| *text.0 == *id);
            let at = text.map_or(around.clone(), |text| self.faults.place(text, &around));
            let what = format!("`{id}` is not in what is shown, `{}`", step.show.0);
            let remedy = format!("show `{}`, or remove it from `reveal`", self.names.address(item));
            self.faults.push(Fault::at(at, what, remedy));
        }
        Some(Step { show: Address::of(shown?)?, lens, reveal: reveal.into_iter().collect(), say })
    }
}

fn lens(lens: raw::Lens) -> Lens {
    match lens {
        raw::Lens::Read => Lens::Read,
        raw::Lens::Timeline => Lens::Timeline,
        raw::Lens::Map => Lens::Map,
        raw::Lens::Network => Lens::Network,
        raw::Lens::Evidence => Lens::Evidence,
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
