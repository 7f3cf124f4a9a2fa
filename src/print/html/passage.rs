//! A text of several blocks in HTML: real lists, tables, quotations and code.

use maud::{Markup, html};

use super::text;
use crate::knowledge::{Knowledge, Text};
use crate::text::blocks::{Form, Node};
use crate::text::clean::clean;

/// A text as one paragraph, or as the blocks that it is made of; `class` is that of the paragraph.
pub(super) fn passage(knowledge: &Knowledge, of: &Text, class: Option<&str>) -> Markup {
    let blocks = of.blocks();
    if blocks.is_empty() {
        return html! { p class=[class] dir="auto" { (text(knowledge, of)) } };
    }
    let writer = Writer { knowledge, of };
    html! { div class={ "blocks" @if let Some(class) = class { " " (class) } } { (writer.all(&blocks)) } }
}

#[derive(Clone, Copy)]
struct Writer<'a> {
    knowledge: &'a Knowledge,
    of: &'a Text,
}

impl Writer<'_> {
    fn all(self, nodes: &[Node]) -> Markup {
        // The line feeds are not seen: they keep words apart for whoever takes the text out of the page.
        html! { @for node in nodes { (self.one(node)) "\n" } }
    }

    fn one(self, node: &Node) -> Markup {
        let inner = || self.all(&node.inner);
        match node.form {
            Form::Paragraph | Form::Break => html! { p dir="auto" { (self.words(node)) } },
            Form::Heading(_) => html! { p dir="auto" { strong { (self.words(node)) } } },
            Form::Quote => html! { blockquote { (inner()) } },
            Form::Bullets => html! { ul { (inner()) } },
            Form::Numbers(first) => html! { ol start=(first) { (inner()) } },
            Form::Item => self.item(node),
            Form::Table => html! { table { (inner()) } },
            Form::Head => {
                html! { thead { tr { @for cell in &node.inner { th dir="auto" { (self.words(cell)) } "\n" } } } }
            }
            Form::Row => html! { tr { (inner()) } },
            Form::Cell => html! { td dir="auto" { (self.words(node)) } },
            Form::Code => {
                html! { pre dir="ltr" { code { @for line in &node.inner { (self.line(line)) "\n" } } } }
            }
            Form::Line(_) => self.line(node),
            Form::Rule => html! { hr; },
            Form::Note => html! { div.note { (inner()) } },
        }
    }

    /// An item of one paragraph needs none around its words.
    fn item(self, item: &Node) -> Markup {
        match item.inner.as_slice() {
            [first, rest @ ..] if first.form == Form::Paragraph => {
                html! { li dir="auto" { (self.words(first)) @if !rest.is_empty() { "\n" } (self.all(rest)) } }
            }
            all => html! { li { (self.all(all)) } },
        }
    }

    fn words(self, node: &Node) -> Markup {
        html! {
            @for (at, line) in node.lines.iter().enumerate() {
                @if at > 0 { br; }
                (text(self.knowledge, &self.of.part(line)))
            }
        }
    }

    fn line(self, node: &Node) -> Markup {
        let blanks = if let Form::Line(blanks) = node.form { blanks as usize } else { 0 };
        let words = node.lines.first().and_then(|range| self.of.plain.get(range.clone())).unwrap_or_default();
        html! { (" ".repeat(blanks)) (clean(words)) }
    }
}
