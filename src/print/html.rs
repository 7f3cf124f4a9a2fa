//! A whole file as one page for a browser: `tumen export --html`.
//!
//! Self-contained: nothing is loaded, and the page's own policy forbids it. Readable without scripts; a small one makes
//! the search box work. Light and dark as the reader's system is, and made to be printed. Every statement has its id
//! as anchor, and its standing as sign, word and colour. Tours are left out: their notes are the speaker's.
//!
//! `maud` escapes every text and every attribute. Must never put a text of the file between tags in any other way.

mod names;
mod passage;
mod statements;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::inline::{Piece, pieces};
use crate::knowledge::{Address, Item, Knowledge, MarkKind, SourceIx, StandingKind, Text};
use crate::text::clean::clean;

/// How the page looks.
const STYLE: &str = include_str!("html/page.css");
/// What the search box does.
const SCRIPT: &str = include_str!("html/find.js");
/// Nothing may be loaded; style and script stand in the page itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/// The anchor of the names. No id of a file begins so.
const NAMES: &str = "~names";
/// The anchor of the sources.
const SOURCES: &str = "~sources";

/// The page.
pub fn page(knowledge: &Knowledge) -> String {
    let title = clean(&knowledge.title);
    let language = clean(&knowledge.language);
    html! {
        (DOCTYPE)
        html lang=[(!language.is_empty()).then_some(&language)] {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(concat!("tumen ", env!("CARGO_PKG_VERSION")));
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (head(knowledge))
                (side(knowledge))
                main {
                    @for topic in knowledge.topic_ixs() { (statements::topic(knowledge, topic)) }
                    (names::section(knowledge))
                    (sources(knowledge))
                }
                p.foot {
                    bdi { (title) }
                    @if let Some(date) = knowledge.as_of { ", as of " (date.words()) ": no news since." }
                    " Cite a statement by its id."
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
        + "\n"
}

fn head(knowledge: &Knowledge) -> Markup {
    html! {
        header {
            h1 dir="auto" { (clean(&knowledge.title)) }
            @if !knowledge.subtitle.is_empty() { p.subtitle dir="auto" { (clean(&knowledge.subtitle)) } }
            @if let Some(date) = knowledge.as_of { p.when { span.asof { "As of " (date.words()) } } }
            ul.legend {
                @for kind in StandingKind::ALL {
                    li class=(kind.word()) {
                        span.sign { (kind.sign()) } " " span.standing { (kind.word()) } ": " (kind.meaning())
                    }
                }
            }
        }
    }
}

fn side(knowledge: &Knowledge) -> Markup {
    html! {
        aside {
            div.side {
                div.find hidden {
                    input type="search" placeholder="Search this page" aria-label="Search this page";
                    output aria-live="polite" {}
                }
                nav aria-label="Contents" {
                    ol {
                        @for topic in knowledge.topic_ixs() {
                            li dir="auto" { (link(knowledge, Address::Topic(topic), &knowledge.topic(topic).title)) }
                        }
                        @if !knowledge.entities.is_empty() { li { a href={ "#" (NAMES) } { "Names" } } }
                        li { a href={ "#" (SOURCES) } { "Sources" } }
                    }
                }
            }
        }
    }
}

fn sources(knowledge: &Knowledge) -> Markup {
    html! {
        section id=(SOURCES) {
            h2 { "Sources" }
            @for (at, source) in knowledge.sources.iter().enumerate() {
                div id=(knowledge.ids.name(Item::Source(SourceIx::new(at)))) {
                    h4 dir="auto" { (clean(&source.title)) }
                    @if !source.note.is_empty() { p dir="auto" { (clean(&source.note)) } }
                    @if let Some(url) = &source.url { p dir="ltr" { a href=(url) rel="noreferrer" { (clean(url)) } } }
                }
            }
        }
    }
}

/// A link within the page.
fn link(knowledge: &Knowledge, to: Address, label: &str) -> Markup {
    html! { a href={ "#" (super::json::id(knowledge, to)) } { bdi { (clean(label)) } } }
}

/// A text with its marks.
fn text(knowledge: &Knowledge, text: &Text) -> Markup {
    let mut out = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => out.push_str(&html! { (clean(words)) }.into_string()),
            Piece::Open(kind) => out.push_str(&opening(knowledge, kind)),
            Piece::Close(MarkKind::Emphasis) => out.push_str("</em>"),
            Piece::Close(MarkKind::Strong) => out.push_str("</strong>"),
            Piece::Close(MarkKind::Link(_) | MarkKind::Web(_)) => out.push_str("</a>"),
            Piece::Close(MarkKind::Block(_)) => {}
        }
    }
    PreEscaped(out)
}

/// The tag that opens a mark; its attribute is escaped with all its element, which is then cut open.
fn opening(knowledge: &Knowledge, kind: &MarkKind) -> String {
    let element = match kind {
        MarkKind::Emphasis => html! { em {} },
        MarkKind::Strong => html! { strong {} },
        MarkKind::Link(to) => html! { a href={ "#" (super::json::id(knowledge, *to)) } {} },
        MarkKind::Web(url) => html! { a href=(url) rel="noreferrer" {} },
        MarkKind::Block(_) => return String::new(),
    };
    let element = element.into_string();
    let end = element.rfind("</").unwrap_or(element.len());
    element.get(..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Mark;

    #[test]
    fn no_text_becomes_a_tag() {
        let mark = |range, kind| Mark { range, kind };
        let source = Text {
            plain: "a <b> & \"c\" map".into(),
            marks: smallvec::smallvec![
                mark(2..5, MarkKind::Strong),
                mark(12..15, MarkKind::Web("https://example.org/\"><script>".into())),
            ],
        };
        assert_eq!(
            text(&Knowledge::default(), &source).into_string(),
            "a <strong>&lt;b&gt;</strong> &amp; &quot;c&quot; \
             <a href=\"https://example.org/&quot;&gt;&lt;script&gt;\" rel=\"noreferrer\">map</a>"
        );
    }
}
