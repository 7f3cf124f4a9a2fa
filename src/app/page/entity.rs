//! The page of an entity: names, summary, relations, and every statement that mentions it.

use super::{View, hidden_note};
use crate::action::{Action, Context};
use crate::app::Note;
use crate::app::document::{Ink, Role, Run, Writer};
use crate::app::filter::Shown;
use crate::knowledge::{Address, Entity, EntityIx, EntryIx, Item, RelationIx};

/// Relations, and statements, that a page shows at most: it is written anew for every key. The search finds the rest.
pub(in crate::app) const MOST: usize = 100;
/// Statements that are looked at for as many as are shown, where a filter hides most of them.
const LOOKED_AT: usize = 2_000;

pub(super) fn write(writer: &mut Writer, view: View<'_>, ix: EntityIx) {
    let entity = view.knowledge.entity(ix);
    writer.paragraph(vec![], &view.label(&entity.name, Ink::of(Role::Title)));
    names(writer, view, entity);
    if !entity.summary.plain.is_empty() {
        writer.blank();
        view.text(writer, (&entity.summary, Item::Entity(ix)));
    }
    relations(writer, view, ix);
    mentions(writer, view, ix);
    view.sources(writer, &entity.sources);
    let mentions = view.knowledge.mentions.statements(ix).iter().take(MOST).map(|ix| Item::Statement(*ix));
    view.addresses(writer, std::iter::once(Item::Entity(ix)).chain(mentions), &entity.sources);
}

fn names(writer: &mut Writer, view: View<'_>, entity: &Entity) {
    let muted = Ink::of(Role::Muted);
    let mut about = vec![entity.kind.word().to_owned()];
    about.extend(entity.lifetime());
    about.extend(entity.at.map(|(latitude, longitude)| coordinates(latitude, longitude)));
    if !entity.native.is_empty() {
        let native = Ink::of(Role::Native);
        let names: Vec<Run> = entity
            .native
            .iter()
            .enumerate()
            .flat_map(|(at, name)| {
                let between = (at > 0).then(|| Run::new(view.dot(), muted));
                between.into_iter().chain(view.label(&view.readable(name), native))
            })
            .collect();
        writer.paragraph(vec![], &names);
    }
    writer.paragraph(vec![], &[Run::new(about.join(view.dot()), muted)]);
    if !entity.aliases.is_empty() {
        writer.paragraph(vec![Run::new("also  ", muted)], &view.label(&entity.aliases.join(", "), muted));
    }
}

/// Degrees with one decimal: finer would say more than a dossier knows.
fn coordinates(latitude: f64, longitude: f64) -> String {
    let (ns, ew) = (if latitude < 0.0 { 'S' } else { 'N' }, if longitude < 0.0 { 'W' } else { 'E' });
    format!("{:.1}°{ns} {:.1}°{ew}", latitude.abs(), longitude.abs())
}

fn relations(writer: &mut Writer, view: View<'_>, ix: EntityIx) {
    let relations = view.knowledge.mentions.relations(ix);
    if relations.is_empty() {
        return;
    }
    View::heading(writer, "Relations");
    for relation in relations.iter().take(MOST) {
        let to = Address::Statement(view.knowledge.relation(*relation).statement);
        writer.stop(None, Some(to), |writer| {
            let statement = view.knowledge.statement(view.knowledge.relation(*relation).statement);
            let faint = view.filter.shown(statement.standing.kind()) != Shown::Full;
            writer.paragraph(view.sign(statement, faint), &relation_runs(view, *relation, Some(ix)));
        });
    }
    more(writer, view, ix, relations.len().saturating_sub(MOST));
}

/// So many are not shown.
fn more(writer: &mut Writer, view: View<'_>, ix: EntityIx, rest: usize) {
    if rest > 0 {
        let lead = if view.ascii { "..." } else { "…" };
        writer.blank();
        let note = Note::from(format!("{lead} and {rest} more")).with(&[Action::Open], "searches all");
        let words = view
            .keymap
            .map_or_else(|| format!("{lead} and {rest} more"), |keymap| note.said(keymap, Context::Command));
        writer.more(ix, &words);
    }
}

/// "A kind B · when", where the entity whose page it is is no link.
pub(in crate::app) fn relation_runs(view: View<'_>, ix: RelationIx, own: Option<EntityIx>) -> Vec<Run> {
    let relation = view.knowledge.relation(ix);
    let (from, kind, to) = relation.sentence(view.knowledge);
    let end = |entity: EntityIx, name: &str| {
        let ink = Ink::of(Role::Body);
        Run::new(name, if own == Some(entity) { ink } else { ink.to(Address::Entity(entity)) })
    };
    let kind = Run::new(format!(" {kind} "), Ink::of(Role::Body));
    let mut runs = vec![end(relation.from, &from), kind, end(relation.to, to)];
    if let Some(when) = relation.when {
        runs.push(Run::new(view.after_dot(when), Ink::of(Role::Muted)));
    }
    runs
}

fn mentions(writer: &mut Writer, view: View<'_>, ix: EntityIx) {
    let knowledge = view.knowledge;
    let statements = knowledge.mentions.statements(ix);
    if statements.is_empty() {
        return;
    }
    let count = if statements.len() == 1 {
        "1 statement".to_owned()
    } else {
        format!("{} statements", statements.len())
    };
    View::heading(writer, &format!("Mentioned in {count}"));
    let mut entry = None;
    let (mut shown, mut hidden) = (0, 0);
    for statement in statements.iter().take(LOOKED_AT) {
        if shown == MOST {
            break;
        }
        let its = knowledge.statement(*statement);
        if view.filter.shown(its.standing.kind()) == Shown::Hidden {
            hidden += 1;
            continue;
        }
        shown += 1;
        writer.blank();
        if entry != Some(its.entry) {
            entry = Some(its.entry);
            writer.paragraph(vec![], &whence(view, its.entry));
        }
        view.statement(writer, *statement, Some(Address::Statement(*statement)), &[]);
    }
    hidden_note(writer, hidden);
    more(writer, view, ix, statements.len() - shown - hidden);
}

/// The entry that a statement is taken from, as a link, and its topic.
fn whence(view: View<'_>, ix: EntryIx) -> [Run; 2] {
    let entry = view.knowledge.entry(ix);
    let muted = Ink::of(Role::Muted);
    let topic = format!("{}{}", view.dot(), view.knowledge.topic(entry.topic).title);
    [Run::new(&*entry.title, muted.to(Address::Entry(ix))), Run::new(topic, muted)]
}

#[cfg(test)]
mod tests {
    #[test]
    fn coordinates_name_their_half_of_the_earth() {
        for (at, words) in [((39.03, 125.75), "39.0°N 125.8°E"), ((-33.9, -70.7), "33.9°S 70.7°W")] {
            assert_eq!(super::coordinates(at.0, at.1), words);
        }
    }
}
