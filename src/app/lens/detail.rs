//! What is selected in a lens, in words: what it is, and the statements behind it, the selected one first in sight.

use super::{Lens, Library, Sight, State, Subject};
use crate::app::document::{Document, Ink, Role, Run, Writer};
use crate::app::filter::Shown;
use crate::app::layout::MARGIN;
use crate::app::lens::Scope;
use crate::app::page::View;
use crate::knowledge::{Address, EntityIx, EntryIx, Item, StatementIx};

/// Writes as many lines as can be seen, or a few more.
pub(super) fn write(state: &State, library: &Library) -> Document {
    let area = state.panes().detail;
    let sight = state.sight(library);
    let view =
        state.view(library, area.width.saturating_sub(2 * MARGIN).min(super::super::document::MEASURE));
    let mut writer = Writer::new(view.width);
    let (Some(optic), true) = (state.lenses.optic(), area.height > 0) else { return writer.finish() };
    let Some(subject) = optic.selected(sight) else {
        nothing(&mut writer, state.lenses.shown, sight);
        return writer.finish();
    };
    let mut entry = head(&mut writer, view, subject);
    let statements: Vec<StatementIx> =
        optic.statements(sight).into_iter().filter(|ix| sight.shown(*ix) != Shown::Hidden).collect();
    let own = state.lenses.subject.and_then(|own| own.statement(sight.knowledge));
    let at = own.and_then(|own| statements.iter().position(|ix| *ix == own)).unwrap_or_default();
    for (number, ix) in statements.iter().enumerate().skip(at) {
        if writer.lines() >= usize::from(area.height) {
            break;
        }
        let its = sight.knowledge.statement(*ix).entry;
        if entry != Some(its) {
            entry = Some(its);
            writer.blank();
            whence(&mut writer, view, its, (number, statements.len()));
        }
        view.statement(&mut writer, *ix, Some(Address::Statement(*ix)), &[]);
    }
    writer.finish()
}

/// Says that there is nothing to select, why, and where there is something.
fn nothing(writer: &mut Writer, lens: Lens, sight: Sight<'_>) {
    let scope = sight.scope.name(sight.knowledge);
    let (what, further) = match (lens, sight.scope) {
        (Lens::Timeline, Scope::Topic(_)) if is_dated(sight) => {
            ("has a date", "An arrow leads to what is dated in the other topics.")
        }
        (Lens::Timeline, Scope::Topic(_)) => ("has a date", "Nor has anything in the other topics."),
        (Lens::Timeline, Scope::Entity(_)) => ("has a date", ""),
        (Lens::Map, _) => ("names a place", ""),
        (Lens::Network, _) => ("is related to anything", ""),
        (Lens::Evidence | Lens::Read, _) => ("is said", ""),
    };
    let (that, hidden) = match super::hidden_words(sight) {
        words if words.is_empty() => ("", String::new()),
        words => (" that is shown", format!("{words}; that can be changed.")),
    };
    let whole = Run::new(format!("Nothing{that} in {scope} {what}."), Ink::of(Role::Body));
    let rest = format!(" {}", [further, hidden.as_str()].join(" ").trim());
    let rest = Run::new(rest.trim_end().to_owned(), Ink::of(Role::Muted));
    writer.paragraph(vec![], &[whole, rest]);
}

/// Whether anything in any topic has a date.
fn is_dated(sight: Sight<'_>) -> bool {
    sight.knowledge.topic_ixs().any(|topic| !sight.knowledge.dates_of_topic(topic).items.is_empty())
}

/// What the subject is called; the entry under which its statements stand, if that has been said.
fn head(writer: &mut Writer, view: View<'_>, subject: Subject) -> Option<EntryIx> {
    match subject {
        Subject::Statement(_) => None,
        Subject::Entry(ix) => {
            whence(writer, view, ix, (0, 1));
            Some(ix)
        }
        Subject::Entity(ix) => {
            entity(writer, view, ix);
            None
        }
        Subject::Relation(ix) => {
            writer.paragraph(vec![], &crate::app::page::relation_runs(view, ix, None));
            None
        }
    }
}

fn entity(writer: &mut Writer, view: View<'_>, ix: EntityIx) {
    let entity = view.knowledge.entity(ix);
    let mut words = entity.kind.word().to_owned();
    if let Some(when) = entity.when {
        words = format!("{words}{}{}", view.dot(), when.words());
    }
    let name = Run::new(&*entity.name, Ink::of(Role::Strong));
    writer.paragraph(vec![], &[name, Run::new(format!("{}{words}", view.dot()), Ink::of(Role::Muted))]);
    if !entity.summary.plain.is_empty() {
        view.text(writer, (&entity.summary, Item::Entity(ix)));
    }
}

/// The title of an entry, its date, and which of how many statements stands under it.
fn whence(writer: &mut Writer, view: View<'_>, ix: EntryIx, (at, len): (usize, usize)) {
    let entry = view.knowledge.entry(ix);
    let mut about = String::new();
    if let Some(when) = entry.when {
        about = format!("{}{}", view.dot(), when.words());
    }
    if len > 1 {
        about = format!("{about}{}{} of {len}", view.dot(), at + 1);
    }
    let title = Run::new(&*entry.title, Ink::of(Role::Strong));
    writer.paragraph(vec![], &[title, Run::new(about, Ink::of(Role::Muted))]);
}
