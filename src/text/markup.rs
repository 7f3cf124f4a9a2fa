//! Markdown: emphasis, strong, links, pictures, and blocks. Must never fail: what is not markup is text.

mod reader;

use std::borrow::Cow;
use std::ops::Range;

use super::blocks::Block;
use memchr::memchr;
use reader::markdown;

/// A text with its markup taken out and kept beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup<'s> {
    /// What is read, without the signs.
    pub plain: Cow<'s, str>,
    /// Stretches of `plain`, in order of their starts, what holds others first; a link may hold emphasis.
    pub spans: Vec<Span<'s>>,
}

/// A stretch of the plain text that is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span<'s> {
    /// Bytes of [`Markup::plain`].
    pub range: Range<usize>,
    /// What the stretch is.
    pub kind: SpanKind<'s>,
}

/// What a marked stretch is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpanKind<'s> {
    /// `*so*`
    Emphasis,
    /// `**so**`
    Strong,
    /// `[so](there)`
    Link {
        /// The destination as written: an id or an address.
        to: Cow<'s, str>,
        /// Bytes of the source in which the whole link stands.
        at: Range<usize>,
    },
    /// `![so](there)`: what it shows is not shown, its words are.
    Picture {
        /// The destination as written.
        to: Cow<'s, str>,
        /// Bytes of the source in which the whole picture stands.
        at: Range<usize>,
    },
    /// A block; a text of one paragraph has none.
    Block(Block),
}

/// Reads Markdown (`CommonMark` with tables and footnotes). Between the words of two blocks stands a blank.
pub fn parse(source: &str) -> Markup<'_> {
    words_and_links(source).unwrap_or_else(|| markdown(source))
}

/// Reads a text that is words and simple links and nothing else, as most are, many times faster than [`markdown`]
/// does. `None` if there may be more to it.
///
/// It begins with a letter or a link, so that it is no list, heading, quotation or code, and holds none of the
/// characters that mean something within a paragraph, see [`is_sign`]. A property test compares the two.
fn words_and_links(source: &str) -> Option<Markup<'_>> {
    let begins = |c: char| c.is_alphabetic() || c == '[';
    if !source.starts_with(begins) || source.ends_with(char::is_whitespace) {
        return None;
    }
    if !has_sign(source) {
        return Some(Markup { plain: Cow::Borrowed(source), spans: Vec::new() });
    }
    let mut spans: Vec<Span<'_>> = Vec::new();
    let (mut rest, mut len) = (source, 0);
    loop {
        let (words, link) = rest.split_at(next_sign(rest));
        len += words.len();
        if link.is_empty() {
            break;
        }
        let (label, after) = split_at(link.strip_prefix('[')?, b']')?;
        let (to, after) = split_at(after.strip_prefix('(')?, b')')?;
        let is_simple =
            |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':' | b'/' | b'#');
        if label.is_empty()
            || label.starts_with('^')
            || has_sign(label)
            || to.is_empty()
            || !to.bytes().all(is_simple)
        {
            return None;
        }
        let at = source.len() - link.len()..source.len() - after.len();
        let kind = SpanKind::Link { to: Cow::Borrowed(to), at };
        spans.push(Span { range: len..len + label.len(), kind });
        len += label.len();
        rest = after;
    }
    let mut plain = String::with_capacity(len);
    let mut from = 0;
    for span in &spans {
        let SpanKind::Link { at, .. } = &span.kind else { continue };
        let label = at.start + 1..at.start + 1 + span.range.len();
        plain.extend([source.get(from..at.start)?, source.get(label)?]);
        from = at.end;
    }
    plain.push_str(rest);
    Some(Markup { plain: Cow::Owned(plain), spans })
}

/// What stands before and behind the first `sign`, which must be ASCII.
fn split_at(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = memchr(sign, text.as_bytes())?;
    text.get(..at).zip(text.get(at + 1..))
}

/// Whether `b` may mean something to Markdown within a line: escapes, code, emphasis, links and images, HTML and
/// automatic links, entities. Tabs, line breaks and NUL are changed by it, too.
///
/// Without a branch, so that many bytes can be asked at a time.
fn is_sign(b: u8) -> bool {
    let is = |sign: u8| u8::from(b == sign);
    let control = u8::from(b < b' ') | is(0x7f);
    let mark =
        is(b'*') | is(b'_') | is(b'[') | is(b']') | is(b'!') | is(b'<') | is(b'&') | is(b'`') | is(b'\\');
    control | mark != 0
}

/// Whether any byte of `text` is a sign: sixteen are looked at at a time, as nothing ends the loop early.
fn has_sign(text: &str) -> bool {
    text.bytes().fold(false, |found, b| found | is_sign(b))
}

/// Where the first sign of `text` stands, or where it ends.
fn next_sign(text: &str) -> usize {
    const STEP: usize = 32;
    let is_free = |step: &&[u8]| !step.iter().fold(false, |found, b| found | is_sign(*b));
    let free = text.as_bytes().chunks_exact(STEP).take_while(is_free).count() * STEP;
    text.bytes().skip(free).position(is_sign).map_or(text.len(), |at| free + at)
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
