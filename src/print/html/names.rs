//! The names of a file in HTML: entities by kind, with their relations and the statements that mention them.

use maud::{Markup, html};

use super::passage::passage;
use super::{NAMES, link};
use crate::knowledge::{Address, EntityIx, EntityKind, Item, Knowledge, RelationIx};
use crate::text::clean::clean;

pub(super) fn section(knowledge: &Knowledge) -> Markup {
    let of_kind = |kind: EntityKind| -> Vec<EntityIx> {
        let all = (0..knowledge.entities.len()).map(EntityIx::new);
        all.filter(|ix| knowledge.entity(*ix).kind == kind).collect()
    };
    html! {
        @if !knowledge.entities.is_empty() {
            section id=(NAMES) {
                h2 { "Names" }
                @for (kind, entities) in EntityKind::ALL.map(|kind| (kind, of_kind(kind))) {
                    @if !entities.is_empty() {
                        div.kind {
                            h3 { (kind.plural()) }
                            @for ix in entities { (entity(knowledge, ix)) }
                        }
                    }
                }
            }
        }
    }
}

fn entity(knowledge: &Knowledge, ix: EntityIx) -> Markup {
    let entity = knowledge.entity(ix);
    let mut facts: Vec<String> = entity.lifetime().into_iter().collect();
    facts.extend(entity.aliases.iter().map(|name| clean(name).into_owned()));
    let mentions = knowledge.mentions.statements(ix);
    html! {
        div.entity id=(knowledge.ids.name(Item::Entity(ix))) {
            h4 dir="auto" {
                (clean(&entity.name))
                @for name in &entity.native { " " bdi.native { (clean(name)) } }
            }
            @if !facts.is_empty() { p.facts dir="auto" { (facts.join(" · ")) } }
            @if !entity.summary.plain.is_empty() { (passage(knowledge, &entity.summary, None)) }
            @let relations = knowledge.mentions.relations(ix);
            @if !relations.is_empty() {
                ul.relations { @for ix in relations { li dir="auto" { (relation(knowledge, *ix)) } } }
            }
            @if !mentions.is_empty() {
                p.backlinks {
                    "Mentioned in "
                    @for (at, ix) in mentions.iter().enumerate() {
                        @if at > 0 { ", " }
                        (link(knowledge, Address::Statement(*ix), knowledge.ids.name(Item::Statement(*ix))))
                    }
                }
            }
        }
    }
}

/// "A armed and trained B, 1950 to 1953 (H13)".
fn relation(knowledge: &Knowledge, ix: RelationIx) -> Markup {
    let relation = knowledge.relation(ix);
    let (from, kind, to) = relation.sentence(knowledge);
    let standing = knowledge.statement(relation.statement).standing.kind();
    let id = knowledge.ids.name(Item::Statement(relation.statement));
    html! {
        span class={ "sign " (standing.word()) } title=(standing.word()) { (standing.sign()) } " "
        (link(knowledge, Address::Entity(relation.from), &from)) " " (clean(kind)) " "
        (link(knowledge, Address::Entity(relation.to), to))
        @if let Some(when) = relation.when { ", " (when.words()) }
        " (" (link(knowledge, Address::Statement(relation.statement), id)) ")"
    }
}
