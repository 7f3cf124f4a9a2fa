//! A whole file as one Markdown document: `tumen export --md`.

use std::fmt::Write;

use super::escape;
use super::item::Page;
use crate::knowledge::{Address, EntityIx, EntityKind, Item, Knowledge, StandingKind};

/// All statements and names of a file, with anchors by id and a footnote for each source.
///
/// Tours are left out of what is handed out: their notes are the speaker's.
pub fn file(knowledge: &Knowledge) -> String {
    let anchor = |to: Address| {
        let item = match to {
            Address::Topic(ix) => Item::Topic(ix),
            Address::Entry(ix) => Item::Entry(ix),
            Address::Statement(ix) => Item::Statement(ix),
            Address::Entity(ix) => Item::Entity(ix),
        };
        Some(format!("#{}", knowledge.ids.name(item)))
    };
    let mut page = Page::new(knowledge, &anchor);
    page.paragraph(&format!("# {}", escape(&knowledge.title)));
    if !knowledge.subtitle.is_empty() {
        page.paragraph(&format!("**{}**", escape(&knowledge.subtitle)));
    }
    if let Some(date) = knowledge.as_of {
        page.paragraph(&format!("As of {}.", date.words()));
    }
    page.paragraph("Each statement says how well it stands:\n");
    for kind in StandingKind::ALL {
        // Writing into a string cannot fail.
        let _ = writeln!(page.out, "- {} **{}**: {}", kind.sign(), kind.word(), kind.meaning());
    }
    for topic in knowledge.topic_ixs() {
        page.topic(topic, 2);
    }
    if !knowledge.entities.is_empty() {
        page.paragraph("## Names");
    }
    for kind in EntityKind::ALL {
        let of_kind = (0..knowledge.entities.len()).map(EntityIx::new);
        for entity in of_kind.filter(|ix| knowledge.entity(*ix).kind == kind) {
            page.entity(entity, 3);
        }
    }
    page.finish()
}
