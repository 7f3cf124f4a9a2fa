//! Markdown for documents: one thing with its citations, or a whole file as a hand-out.
//!
//! `CommonMark` with footnotes, as GitHub, Pandoc and most others read them: each statement carries its id, its
//! standing in words, who says and who denies it, when, and a footnote that names its source. Must never let a text of
//! the file become markup: [`escape`] comes between.

mod file;
mod item;
mod passage;

pub use file::file;
pub use item::item;
pub(super) use passage::lines;

use super::inline::{Piece, pieces};
use crate::knowledge::{Address, MarkKind, Text};
use crate::text::clean::clean;

/// `text` so that Markdown reads it as it is.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let safe = clean(text);
    let mut rest = safe.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let is_sign = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' | '^' => true,
            // Within a word it is a letter.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next.is_alphabetic() || next == '#',
            '!' => next == '[',
            // At the beginning of a line these begin a heading, a quotation or a list.
            '#' | '>' | '+' | '-' | '=' => out.is_empty(),
            '.' | ')' => !out.is_empty() && out.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        if is_sign {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// A text with its marks. `link` says where an address leads, or that it is not to be a link here.
pub(super) fn text(text: &Text, link: &dyn Fn(Address) -> Option<String>) -> String {
    let mut out = String::new();
    for piece in pieces(text) {
        match piece {
            // A sign counts as the first of its line only there.
            Piece::Words(words) if out.is_empty() => out.push_str(&escape(words)),
            Piece::Words(words) => out.push_str(escape(&format!(",{words}")).get(1..).unwrap_or_default()),
            Piece::Open(kind) => out.push_str(match kind {
                MarkKind::Emphasis => "*",
                MarkKind::Strong => "**",
                MarkKind::Link(to) if link(*to).is_none() => "",
                MarkKind::Link(_) | MarkKind::Web(_) => "[",
                MarkKind::Block(_) => "",
            }),
            Piece::Close(kind) => match kind {
                MarkKind::Emphasis => out.push('*'),
                MarkKind::Strong => out.push_str("**"),
                MarkKind::Link(to) => {
                    out.extend(link(*to).map(|to| format!("]({to})")));
                }
                // Brackets keep an address whole whatever signs it has.
                MarkKind::Web(url) => {
                    out.push_str("](<");
                    out.extend(clean(url).chars().filter(|c| !matches!(c, '<' | '>' | ' ')));
                    out.push_str(">)");
                }
                MarkKind::Block(_) => {}
            },
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{EntityIx, Mark};
    use crate::text::markup;

    #[test]
    fn a_text_stays_a_text() {
        for source in [
            "3 * 4 * 5 and _this_ and snake_case",
            "# no heading",
            "- no list",
            "1. no list",
            "2024) no list",
            "> no quotation",
            "[no](link) ![no](picture)",
            "<b>no tag</b> &amp; no entity",
            "`no code` \\* no escape",
            "a | b ~~c~~ $d$ ^e^",
            "==x== +y",
        ] {
            assert_eq!(markup::parse(&escape(source)).plain, source, "{}", escape(source));
        }
    }

    #[test]
    fn marks_become_markup_and_back() {
        let mark = |range, kind| Mark { range, kind };
        let to = MarkKind::Link(Address::Entity(EntityIx(0)));
        let source = Text {
            plain: "In 1961 Stalin - gone - was old news (map).".into(),
            marks: smallvec::smallvec![
                mark(8..14, to),
                mark(17..21, MarkKind::Emphasis),
                mark(28..31, MarkKind::Strong),
                mark(38..41, MarkKind::Web("https://example.org/a".into())),
            ],
        };
        let linked = text(&source, &|_| Some("stalin".into()));
        assert_eq!(
            linked,
            "In 1961 [Stalin](stalin) - *gone* - was **old** news ([map](<https://example.org/a>))."
        );
        assert_eq!(markup::parse(&linked).plain, &*source.plain);
        assert!(text(&source, &|_| None).starts_with("In 1961 Stalin -"), "a label without a link");
    }
}
