//! The third column of a very wide screen: what an entry or an entity is connected with.

use super::entity::relation_runs;
use super::{Page, View};
use crate::app::document::{Document, Ink, Role, Run, Writer};
use crate::knowledge::{Address, EntityIx, EntryIx, Item, Knowledge, RelationIx};
use crate::text::width::width;

/// What stands beside a page.
pub fn aside(page: Page, view: View<'_>) -> Document {
    let mut writer = Writer::new(view.width);
    match page {
        Page::Topic(_) => {}
        Page::Entry(ix) => {
            names(&mut writer, view, &named_in(view.knowledge, ix));
            relations(&mut writer, view, ix);
            entries(&mut writer, view, "Leads here", view.knowledge.mentions.entries(Item::Entry(ix)));
        }
        Page::Entity(ix) => {
            names(&mut writer, view, &named_with(view.knowledge, ix));
            entries(&mut writer, view, "Leads here", view.knowledge.mentions.entries(Item::Entity(ix)));
        }
    }
    writer.finish()
}

/// The entities that an entry's statements link to or name as parties, in the order of their first mention.
fn named_in(knowledge: &Knowledge, ix: EntryIx) -> Vec<EntityIx> {
    let mut found = Vec::new();
    for entity in knowledge.statements_of(ix).flat_map(|ix| knowledge.statement(ix).named()) {
        if !found.contains(&entity) {
            found.push(entity);
        }
    }
    found
}

/// The entities named in the same statements as `ix`, those most often named with it first.
fn named_with(knowledge: &Knowledge, ix: EntityIx) -> Vec<EntityIx> {
    let mut counts: Vec<(usize, EntityIx)> = Vec::new();
    for statement in knowledge.mentions.statements(ix).iter().take(MOST_STATEMENTS) {
        for other in knowledge.statement(*statement).named() {
            match counts.iter_mut().find(|(_, entity)| *entity == other) {
                _ if other == ix => {}
                Some((count, _)) => *count += 1,
                None => counts.push((1, other)),
            }
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(_, entity)| entity).take(MOST_NAMES).collect()
}

/// A column holds no more names; an entity of a large file may be mentioned a hundred thousand times.
const MOST_NAMES: usize = 12;
const MOST_STATEMENTS: usize = 200;

fn names(writer: &mut Writer, view: View<'_>, entities: &[EntityIx]) {
    if entities.is_empty() {
        return;
    }
    View::heading(writer, "Named here");
    for ix in entities {
        let entity = view.knowledge.entity(*ix);
        let mut line = vec![Run::new(&*entity.name, Ink::of(Role::Body).to(Address::Entity(*ix)))];
        let native = entity.native.first().map(|name| format!("  {}", view.readable(name)));
        let fits = |native: &String| width(&entity.name) + width(native) <= writer.width();
        line.extend(native.filter(fits).map(|native| Run::new(native, Ink::of(Role::Native))));
        writer.hanging(&line);
    }
}

fn relations(writer: &mut Writer, view: View<'_>, ix: EntryIx) {
    let knowledge = view.knowledge;
    let mut resting: Vec<RelationIx> = knowledge
        .statements_of(ix)
        .flat_map(|statement| knowledge.statement(statement).named())
        .flat_map(|entity| knowledge.mentions.relations(entity).iter().copied())
        .filter(|relation| knowledge.statement(knowledge.relation(*relation).statement).entry == ix)
        .collect();
    resting.sort_unstable();
    resting.dedup();
    if resting.is_empty() {
        return;
    }
    View::heading(writer, "Relations");
    for relation in resting {
        let statement = knowledge.statement(knowledge.relation(relation).statement);
        writer.paragraph(view.sign(statement, false), &relation_runs(view, relation, None));
    }
}

fn entries(writer: &mut Writer, view: View<'_>, title: &str, entries: &[EntryIx]) {
    if entries.is_empty() {
        return;
    }
    View::heading(writer, title);
    for ix in entries.iter().take(MOST_NAMES) {
        let link = Ink::of(Role::Body).to(Address::Entry(*ix));
        writer.hanging(&[Run::new(&*view.knowledge.entry(*ix).title, link)]);
    }
}
