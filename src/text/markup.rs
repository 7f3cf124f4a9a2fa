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
    words_and_links(source).unwrap_or_else(|| markdown(source))
}

/// Reads a text that is words and simple links and nothing else, as most are, many times faster than [`markdown`]
/// does. `None` if there may be more to it.
///
/// It begins with a letter or a link, so that it is no list, heading, quotation or code, and holds none of the
/// characters that mean something within a paragraph, see [`is_sign`]. A property test compares the two.
fn words_and_links(source: &str) -> Option<Markup> {
    let begins = |c: char| c.is_alphabetic() || c == '[';
    if !source.starts_with(begins) || source.ends_with(char::is_whitespace) {
        return None;
    }
    let mut markup = Markup { plain: String::with_capacity(source.len()), spans: Vec::new() };
    let mut rest = source;
    loop {
        let words = rest.bytes().position(is_sign).unwrap_or(rest.len());
        let (words, link) = rest.split_at(words);
        markup.plain.push_str(words);
        if link.is_empty() {
            return Some(markup);
        }
        let (label, after) = link.strip_prefix('[')?.split_once(']')?;
        let (to, after) = after.strip_prefix('(')?.split_once(')')?;
        let is_simple =
            |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':' | b'/' | b'#');
        if label.is_empty() || label.bytes().any(is_sign) || to.is_empty() || !to.bytes().all(is_simple) {
            return None;
        }
        let start = markup.plain.len();
        markup.plain.push_str(label);
        let at = source.len() - link.len()..source.len() - after.len();
        let kind = SpanKind::Link { to: to.to_owned(), at };
        markup.spans.push(Span { range: start..markup.plain.len(), kind });
        rest = after;
    }
}

/// Whether `b` may mean something to Markdown within a line: escapes, code, emphasis, links and images, HTML and
/// automatic links, entities. Tabs, line breaks and NUL are changed by it, too.
const fn is_sign(b: u8) -> bool {
    matches!(b, b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'!' | b'<' | b'&') || b.is_ascii_control()
}

/// Reads any inline Markdown.
fn markdown(source: &str) -> Markup {
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
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// Pieces that mean something to Markdown, or might.
    const PIECES: &[&str] = &[
        "a",
        "Kim",
        "é",
        "김",
        " ",
        "  ",
        "1",
        ".",
        ",",
        ")",
        "(",
        "[",
        "]",
        "](",
        "[a](b)",
        "[c d](e/f#g)",
        "!",
        "*",
        "**",
        "_",
        "-",
        "---",
        "#",
        ">",
        "+",
        "=",
        "===",
        "~",
        "~~",
        "|",
        ":",
        "/",
        "\\",
        "&amp;",
        "<b>",
        "`",
        "```",
        "\n",
        "\t",
        "\r",
        "\u{a0}",
        "\u{2028}",
        "https://x.y",
        "www.x.y",
        "a@b.c",
        "\0",
        "\u{7f}",
        "^",
        "$",
        "{",
        "}",
        "\"",
        "'",
        "...",
        "[a](b \"c\")",
        "[a](<b>)",
        "[a]: b",
        "1. ",
        "1) ",
        "%",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn the_quick_way_reads_what_markdown_says(
            begin in select(&["a", "é", "김", "[a](b)", ""][..]),
            pieces in prop::collection::vec(select(PIECES), 0..6),
        ) {
            let source = begin.to_owned() + &pieces.concat();
            if let Some(markup) = words_and_links(&source) {
                prop_assert_eq!(markup, markdown(&source), "{:?}", source);
            }
        }
    }

    #[test]
    fn the_quick_way_is_taken() {
        for (source, quick) in [
            ("Korea was freed (1945); \"a new age\" - so it was said...", true),
            ("[Kim Il-sung](kim-il-sung) went to [Moscow](https://moscow.ru/x.html#y) in 1949.", true),
            ("김정은 met him.", true),
            ("It *was* so.", false),
            ("1. One", false),
            ("[a](b \"title\")", false),
            ("ends blank ", false),
        ] {
            assert_eq!(words_and_links(source).is_some(), quick, "{source}");
        }
    }

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
