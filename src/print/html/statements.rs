//! Topics, entries and statements in HTML.

use maud::{Markup, html};

use super::link;
use super::passage::passage;
use crate::knowledge::{Address, Date, EntityIx, EntryIx, Item, Knowledge, StatementIx, TopicIx};
use crate::text::clean::clean;
use crate::text::enumeration::before;

pub(super) fn topic(knowledge: &Knowledge, ix: TopicIx) -> Markup {
    let topic = knowledge.topic(ix);
    html! {
        section id=(knowledge.ids.name(Item::Topic(ix))) {
            h2 dir="auto" { (clean(&topic.title)) }
            @if !topic.summary.plain.is_empty() { (passage(knowledge, &topic.summary, Some("summary"))) }
            @for ix in knowledge.entries_of(ix) { (entry(knowledge, ix)) }
        }
    }
}

fn entry(knowledge: &Knowledge, ix: EntryIx) -> Markup {
    let entry = knowledge.entry(ix);
    let names: Vec<&str> = entry.aliases.iter().chain(&entry.tags).map(|name| &**name).collect();
    let facts: Vec<String> = entry
        .when
        .map(Date::words)
        .into_iter()
        .chain(entry.tags.iter().map(|tag| clean(tag).into_owned()))
        .collect();
    let see: Vec<Address> = entry.see.iter().filter_map(|item| Address::of(*item)).collect();
    html! {
        article.entry id=(knowledge.ids.name(Item::Entry(ix))) data-names=(clean(&names.join(" "))) {
            h3 dir="auto" { (clean(&entry.title)) }
            @if !facts.is_empty() { p.when dir="auto" { (facts.join(" · ")) } }
            ol.statements {
                @for ix in knowledge.statements_of(ix) { (statement(knowledge, ix)) }
            }
            @if !see.is_empty() {
                p.facts {
                    "See also "
                    @for (at, to) in see.iter().enumerate() {
                        @if at > 0 { " · " }
                        (link(knowledge, *to, knowledge.name(*to)))
                    }
                }
            }
        }
    }
}

fn statement(knowledge: &Knowledge, ix: StatementIx) -> Markup {
    let statement = knowledge.statement(ix);
    let (kind, id) = (statement.standing.kind(), knowledge.ids.name(Item::Statement(ix)));
    html! {
        li id=(id) class={ "statement " (kind.word()) } {
            span.sign aria-hidden="true" { (kind.sign()) }
            div {
                (passage(knowledge, &statement.text, None))
                p.worth {
                    a.id href={ "#" (id) } { (id) }
                    " · " span.standing { (kind.word()) }
                    (parties(knowledge, " by ", statement.standing.by()))
                    (parties(knowledge, " · denied by ", statement.standing.denied_by()))
                    @if let Some(when) = statement.when { " · " (when.words()) }
                    @for source in &statement.sources {
                        " · "
                        @let id = knowledge.ids.name(Item::Source(*source));
                        a href={ "#" (id) } title=(clean(&knowledge.source(*source).title)) { "[" (id) "]" }
                    }
                }
            }
        }
    }
}

/// "by A, B and C", each a link.
fn parties(knowledge: &Knowledge, lead: &str, list: &[EntityIx]) -> Markup {
    html! {
        @for (at, party) in list.iter().enumerate() {
            (before(at, list.len(), lead))
            (link(knowledge, Address::Entity(*party), &knowledge.entity(*party).name))
        }
    }
}
