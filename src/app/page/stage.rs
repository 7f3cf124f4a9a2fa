//! What a tour puts on the screen: less than a page, so that everybody looks at the same thing.

use super::View;
use crate::app::document::{Document, Ink, Role, Run, Writer};
use crate::knowledge::{Date, EntryIx, StatementIx};

/// An entry with some of its statements, each of which is a stop, and `air` empty lines between them.
pub(in crate::app) fn entry(view: View<'_>, ix: EntryIx, revealed: &[StatementIx], air: usize) -> Document {
    let mut writer = Writer::new(view.width);
    let entry = view.knowledge.entry(ix);
    writer.paragraph(vec![], &[Run::new(&*entry.title, Ink::of(Role::Title))]);
    if let Some(when) = entry.when.map(Date::words) {
        writer.paragraph(vec![], &[Run::new(when, Ink::of(Role::Muted))]);
    }
    for statement in revealed {
        writer.blank();
        (1..air).for_each(|_| writer.empty());
        view.statement(&mut writer, *statement, None, &[]);
    }
    writer.finish()
}
