//! The page of an entry: its statements with their standings, what to read next, and what it rests on.

use hashbrown::HashSet;

use super::{NAMED_SOURCES, View, hidden_note};
use crate::app::document::{Ink, Role, Run, Writer};
use crate::app::filter::Shown;
use crate::knowledge::{Address, Date, EntryIx, Item, Knowledge, SourceIx};

pub(super) fn write(writer: &mut Writer, view: View<'_>, ix: EntryIx) {
    let knowledge = view.knowledge;
    let entry = knowledge.entry(ix);
    writer.paragraph(vec![], &view.label(&entry.title, Ink::of(Role::Title)));
    let tags = (!entry.tags.is_empty()).then(|| entry.tags.join(", "));
    let about: Vec<String> = [entry.when.map(Date::words), tags].into_iter().flatten().collect();
    if !about.is_empty() {
        writer.paragraph(vec![], &[Run::new(about.join(view.dot()), Ink::of(Role::Muted))]);
    }
    let shared = shared_sources(knowledge, ix);
    let mut hidden = 0;
    for statement in knowledge.statements_of(ix) {
        let own = if shared.is_some() { &[][..] } else { &knowledge.statement(statement).sources };
        writer.blank();
        view.statement(writer, statement, None, own);
        hidden +=
            usize::from(view.filter.shown(knowledge.statement(statement).standing.kind()) == Shown::Hidden);
    }
    hidden_note(writer, hidden);
    see_also(writer, view, ix);
    let cited = all_sources(knowledge, ix);
    let folded = knowledge.statements_of(ix).any(|ix| knowledge.statement(ix).sources.len() > NAMED_SOURCES);
    view.sources(writer, if shared.is_none() && !folded { &[] } else { &cited });
    view.addresses(writer, knowledge.statements_of(ix).map(Item::Statement), &cited);
}

fn see_also(writer: &mut Writer, view: View<'_>, ix: EntryIx) {
    let knowledge = view.knowledge;
    let places: Vec<Address> = knowledge.entry(ix).see.iter().filter_map(|item| Address::of(*item)).collect();
    if places.is_empty() {
        return;
    }
    View::heading(writer, "See also");
    for to in places {
        writer.stop(None, Some(to), |writer| {
            let topic = match to {
                Address::Entry(entry) if knowledge.entry(entry).topic != knowledge.entry(ix).topic => {
                    format!("{}{}", view.dot(), knowledge.topic(knowledge.entry(entry).topic).title)
                }
                _ => String::new(),
            };
            let name = Run::new(knowledge.name(to), Ink::of(Role::Body).to(to));
            let indent = vec![Run::new("   ", Ink::of(Role::Body))];
            writer.paragraph(indent, &[name, Run::new(topic, Ink::of(Role::Muted))]);
        });
    }
}

/// The sources of all statements of an entry, once each, in the order in which they are cited.
fn all_sources(knowledge: &Knowledge, ix: EntryIx) -> Vec<SourceIx> {
    let mut seen = HashSet::new();
    let cited = knowledge.statements_of(ix).flat_map(|ix| knowledge.statement(ix).sources.iter().copied());
    cited.filter(|source| seen.insert(*source)).collect()
}

/// The sources of all statements of an entry, if they are the same: then they are named once.
fn shared_sources(knowledge: &Knowledge, ix: EntryIx) -> Option<&[SourceIx]> {
    let mut statements = knowledge.statements_of(ix).map(|ix| &*knowledge.statement(ix).sources);
    let first = statements.next()?;
    statements.all(|other| other == first).then_some(first)
}
