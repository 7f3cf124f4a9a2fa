//! Inline Markdown: emphasis, strong, links. Must never fail: what is not markup is text.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A text with its markup taken out and kept beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup {
    /// What is read, without the signs.
    pub plain: String,
    /// Stretches of `plain`, in order of their starts; a link may hold emphasis.
    pub spans: Vec<Span>,
}

/// A stretch of the plain text that is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Bytes of [`Markup::plain`].
    pub range: Range<usize>,
    /// What the stretch is.
    pub kind: SpanKind,
}

/// What a marked stretch is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpanKind {
    /// `*so*`
    Emphasis,
    /// `**so**`
    Strong,
    /// `[so](there)`
    Link {
        /// The destination as written: an id or an address.
        to: String,
        /// Bytes of the source in which the whole link stands.
        at: Range<usize>,
    },
}

/// Reads inline Markdown. Blocks (lists, headings, code) are not knowledge: their text is kept, their form is not.
pub fn parse(source: &str) -> Markup {
    let mut markup = Markup::default();
    let mut open: Vec<usize> = Vec::new();
    for (event, at) in Parser::new_ext(source, Options::empty()).into_offset_iter() {
        let start = markup.plain.len();
        let kind = match event {
            Event::Start(Tag::Emphasis) => SpanKind::Emphasis,
            Event::Start(Tag::Strong) => SpanKind::Strong,
            Event::Start(Tag::Link { dest_url, .. }) => SpanKind::Link { to: dest_url.into_string(), at },
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {
                if let Some(span) = open.pop().and_then(|at| markup.spans.get_mut(at)) {
                    span.range.end = start;
                }
                continue;
            }
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                markup.plain.push_str(&text);
                continue;
            }
            Event::SoftBreak | Event::HardBreak => {
                markup.plain.push(' ');
                continue;
            }
            Event::Start(Tag::Paragraph | Tag::Item) if start > 0 => {
                markup.plain.push(' ');
                continue;
            }
            _ => continue,
        };
        open.push(markup.spans.len());
        markup.spans.push(Span { range: start..start, kind });
    }
    markup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_and_spans() {
        let markup = parse("The *old* treaty with **[Stalin](stalin)** held.");
        assert_eq!(markup.plain, "The old treaty with Stalin held.");
        let found: Vec<_> =
            markup.spans.iter().map(|span| (&markup.plain[span.range.clone()], span.kind.clone())).collect();
        assert_eq!(found[0], ("old", SpanKind::Emphasis));
        assert_eq!(found[1], ("Stalin", SpanKind::Strong));
        assert_eq!(found[2].0, "Stalin");
        assert!(matches!(&found[2].1, SpanKind::Link { to, .. } if to == "stalin"));
    }

    #[test]
    fn what_is_not_markup_is_text() {
        for (source, plain) in
            [("3 * 4 * 5", "3 * 4 * 5"), ("[open", "[open"), ("<b>x</b>", "<b>x</b>"), ("a\nb", "a b")]
        {
            assert_eq!(parse(source).plain, plain);
        }
    }
}
