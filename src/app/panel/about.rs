//! What there is to know about the file itself: what it is, what it rests on, what is wrong with it.

use super::super::document::{Document, Ink, Role, Run, Writer};
use super::super::{Door, Library};
use crate::knowledge::{EntityKind, Place};

/// Title, date, sources, and how much there is of what; first how to come in, where somebody has to be told.
pub(super) fn about(door: Option<&Door>, library: &Library, columns: u16) -> Document {
    let knowledge = &library.knowledge;
    let (body, muted) = (Ink::of(Role::Body), Ink::of(Role::Muted));
    let mut writer = Writer::new(columns);
    if let Some(Door { line, fingerprint }) = door {
        writer.paragraph(vec![], &[Run::new("The class", Ink::of(Role::Heading))]);
        for (what, words) in [("Students type    ", line), ("and may compare  ", fingerprint)] {
            writer.paragraph(vec![Run::new(what, muted)], &[Run::new(words, Ink::of(Role::Strong))]);
        }
        writer.blank();
    }
    writer.paragraph(vec![], &[Run::new(&*knowledge.title, Ink::of(Role::Title))]);
    writer.paragraph(vec![], &[Run::new(&*knowledge.subtitle, muted)]);
    if let Some(date) = knowledge.as_of {
        writer.blank();
        let words = format!("This is what was known in {}, and not the news.", date.words());
        writer.paragraph(vec![], &[Run::new(words, body)]);
    }
    heading(&mut writer, "What it rests on");
    for source in &knowledge.sources {
        writer.hanging(&[Run::new(&*source.title, Ink::of(Role::Emphasis))]);
        for more in
            [Some(&*source.note), source.url.as_deref()].into_iter().flatten().filter(|more| !more.is_empty())
        {
            writer.paragraph(vec![Run::new("  ", muted)], &[Run::new(more, muted)]);
        }
    }
    heading(&mut writer, "What is in it");
    let topics = knowledge.topics.iter().map(|topic| (topic.entries.len(), &*topic.title));
    for (count, title) in topics {
        count_line(
            &mut writer,
            count,
            &format!("{} in {title}", if count == 1 { "entry" } else { "entries" }),
        );
    }
    let several = |count: usize, word: &str| format!("{word}{}", if count == 1 { "" } else { "s" });
    let (statements, relations) = (knowledge.statements.len(), knowledge.relations.len());
    count_line(&mut writer, statements, &several(statements, "statement"));
    count_line(&mut writer, relations, &several(relations, "relation"));
    let kinds = EntityKind::ALL.into_iter().map(|kind| {
        let count = knowledge.entities.iter().filter(|entity| entity.kind == kind).count();
        (count, if count == 1 { kind.word() } else { kind.plural() })
    });
    let kinds: Vec<String> =
        kinds.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let entities = knowledge.entities.len();
    count_line(&mut writer, entities, &format!("{}: {}", several(entities, "name"), kinds.join(", ")));
    writer.finish()
}

fn heading(writer: &mut Writer, title: &str) {
    writer.blank();
    writer.paragraph(vec![], &[Run::new(title, Ink::of(Role::Heading))]);
}

fn count_line(writer: &mut Writer, count: usize, what: &str) {
    let lead = vec![Run::new(format!("{count:>7}  "), Ink::of(Role::Strong))];
    writer.paragraph(lead, &[Run::new(what, Ink::of(Role::Body))]);
}

/// Every problem with its place and remedy, or that there is none.
pub(super) fn problems(library: &Library, columns: u16) -> Document {
    let mut writer = Writer::new(columns);
    if library.problems.is_empty() {
        writer.paragraph(vec![], &[Run::new("Nothing is wrong with this file.", Ink::of(Role::Body))]);
    }
    for problem in &*library.problems {
        writer.blank();
        let place = problem.place.as_ref();
        let at = place.map_or(problem.file.clone(), |place| {
            format!("{}:{}:{}", problem.file, place.line, place.column)
        });
        writer.paragraph(vec![], &[Run::new(at, Ink::of(Role::Muted))]);
        writer.paragraph(vec![], &[Run::new(&*problem.what, Ink::of(Role::Body))]);
        let indent = || vec![Run::new("   ", Ink::of(Role::Body))];
        if let Some(place) = place {
            writer.paragraph(indent(), &marked(place));
        }
        if !problem.remedy.is_empty() {
            writer.paragraph(indent(), &[Run::new(&*problem.remedy, Ink::of(Role::Emphasis))]);
        }
    }
    writer.finish()
}

/// The line of a problem, with what is meant marked in it.
fn marked(place: &Place) -> [Run; 3] {
    let muted = Ink::of(Role::Muted);
    let part = |from: usize, len: usize| place.text.chars().skip(from).take(len).collect::<String>();
    let before = part(0, place.mark).trim_start().to_owned();
    let behind = part(place.mark + place.length, usize::MAX);
    let meant = Run::new(part(place.mark, place.length), Ink { matched: true, ..muted });
    [Run::new(before, muted), meant, Run::new(behind, muted)]
}
