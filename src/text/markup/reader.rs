//! Reads any Markdown, block by block. Must never let two blocks touch: a blank stands between their words.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{Markup, Span, SpanKind};
use crate::text::blocks::{Block, DEEPEST, Form};

/// Cells to which a tab leads on.
const TAB: usize = 4;

/// A block that has begun.
struct Open {
    /// Its span; `None` if it lies too deep for one.
    span: Option<usize>,
    form: Form,
    /// It begins with the first word in what holds blocks, and ends with that or the next block.
    is_implied: bool,
}

/// What has been read.
struct Reader<'s> {
    plain: String,
    spans: Vec<Span<'s>>,
    /// Emphasis and links that have begun; `None` for one without a span.
    inline: Vec<Option<usize>>,
    /// Links and pictures among them.
    links: usize,
    blocks: Vec<Open>,
    /// The sign of a footnote, which stands before its first word.
    sign: Option<String>,
    /// The text begins with blanks: it is indented as the file around it is, and that is no code.
    is_indented: bool,
    /// Within a block of code that is one.
    is_code: bool,
    /// Within one that is not, see `is_indented`.
    is_set_in: bool,
}

/// Reads any Markdown. A text of one paragraph has no blocks.
pub(super) fn markdown(source: &str) -> Markup<'_> {
    let mut reader = Reader {
        plain: String::new(),
        spans: Vec::new(),
        inline: Vec::new(),
        links: 0,
        blocks: Vec::new(),
        sign: None,
        is_indented: source.starts_with(char::is_whitespace),
        is_code: false,
        is_set_in: false,
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for (event, at) in Parser::new_ext(source, options).into_offset_iter() {
        match event {
            Event::Start(tag) => reader.start(tag, at),
            Event::End(tag) => reader.end(tag),
            Event::Text(text) if reader.is_code => reader.code(&text),
            Event::Text(text) if reader.is_set_in => {
                text.split_whitespace().for_each(|word| reader.apart(word));
            }
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => reader.words(&text),
            Event::Html(text) => reader.apart(text.trim_end_matches('\n')),
            Event::FootnoteReference(name) => reader.words(&format!("[{name}]")),
            Event::SoftBreak => reader.words(" "),
            Event::HardBreak => reader.hard_break(),
            Event::Rule => {
                reader.begin(Form::Rule, false);
                reader.finish();
            }
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }
    reader.markup()
}

impl<'s> Reader<'s> {
    fn start(&mut self, tag: Tag<'s>, at: Range<usize>) {
        let form = match tag {
            Tag::Emphasis => return self.mark(SpanKind::Emphasis),
            Tag::Strong => return self.mark(SpanKind::Strong),
            Tag::Link { link_type, dest_url, .. } => {
                let to = destination(link_type, dest_url);
                return self.link(SpanKind::Link { to: to.into(), at });
            }
            Tag::Image { dest_url, .. } => {
                return self.link(SpanKind::Picture { to: dest_url.into_string().into(), at });
            }
            Tag::CodeBlock(kind) => {
                self.is_set_in = self.is_indented && matches!(kind, CodeBlockKind::Indented);
                self.is_code = !self.is_set_in;
                if self.is_code { Form::Code } else { Form::Paragraph }
            }
            Tag::Paragraph | Tag::HtmlBlock => Form::Paragraph,
            Tag::Heading { level, .. } => Form::Heading(level as u8),
            Tag::BlockQuote(_) => Form::Quote,
            Tag::List(None) => Form::Bullets,
            Tag::List(Some(first)) => Form::Numbers(u32::try_from(first).unwrap_or(u32::MAX)),
            Tag::Item => Form::Item,
            Tag::FootnoteDefinition(name) => {
                self.sign = Some(format!("[{name}] "));
                Form::Note
            }
            Tag::Table(_) => Form::Table,
            Tag::TableHead => Form::Head,
            Tag::TableRow => Form::Row,
            Tag::TableCell => Form::Cell,
            _ => return,
        };
        self.begin(form, false);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => self.unmark(),
            TagEnd::Link => {
                self.unmark();
                self.links = self.links.saturating_sub(1);
            }
            TagEnd::Image => {
                let span = self.inline.last().copied().flatten().and_then(|at| self.spans.get(at));
                if span.is_some_and(|span| span.range.start == self.plain.len()) {
                    self.plain.push_str("picture");
                }
                self.unmark();
                self.links = self.links.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                (self.is_code, self.is_set_in) = (false, false);
                self.finish();
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::HtmlBlock
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell => self.finish(),
            _ => {}
        }
    }

    /// Begins a block. What holds words is set apart from the words before it.
    fn begin(&mut self, form: Form, is_implied: bool) {
        self.finish_implied();
        if form.has_words() && !self.plain.is_empty() && !self.plain.ends_with(' ') {
            self.plain.push(' ');
        }
        let depth = self.blocks.iter().filter(|open| open.span.is_some()).count();
        let fits = depth < usize::from(DEEPEST) || (form.has_words() && depth == usize::from(DEEPEST));
        let span = fits.then(|| {
            let kind = SpanKind::Block(Block { depth: depth as u8, form });
            self.spans.push(Span { range: self.plain.len()..self.plain.len(), kind });
            self.spans.len() - 1
        });
        self.blocks.push(Open { span, form, is_implied });
        if form.has_words()
            && let Some(sign) = self.sign.take()
        {
            self.plain.push_str(&sign);
        }
    }

    /// Ends the last block.
    fn finish(&mut self) {
        self.finish_implied();
        self.pop();
    }

    fn finish_implied(&mut self) {
        if self.blocks.last().is_some_and(|open| open.is_implied) {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let span = self.blocks.pop().and_then(|open| open.span);
        if let Some(span) = span.and_then(|at| self.spans.get_mut(at)) {
            span.range.end = self.plain.len();
        }
    }

    /// Where words come, there is a block that holds words: an item of a close list has none of its own.
    fn open(&mut self) {
        if !self.blocks.last().is_some_and(|open| open.form.has_words()) {
            self.begin(Form::Paragraph, true);
        }
    }

    fn words(&mut self, words: &str) {
        self.open();
        self.plain.push_str(words);
    }

    /// Words with a blank between them and those before, as a line of HTML is, which is text.
    fn apart(&mut self, line: &str) {
        self.open();
        let span = self.blocks.last().and_then(|open| self.spans.get(open.span?));
        if span.is_some_and(|span| span.range.start < self.plain.len()) && !self.plain.ends_with(' ') {
            self.plain.push(' ');
        }
        self.plain.push_str(line);
    }

    fn hard_break(&mut self) {
        self.open();
        let at = self.plain.len();
        self.plain.push(' ');
        let kind = SpanKind::Block(Block { depth: 0, form: Form::Break });
        self.spans.push(Span { range: at..at + 1, kind });
    }

    /// Lines of code: the blanks before each are form, a tab leads to the next of its stops.
    fn code(&mut self, text: &str) {
        for line in text.lines() {
            let mut spread = String::with_capacity(line.len());
            for c in line.chars() {
                match c {
                    '\t' => spread.extend(std::iter::repeat_n(' ', TAB - spread.len() % TAB)),
                    c => spread.push(c),
                }
            }
            let words = spread.trim_start_matches(' ');
            self.begin(Form::Line((spread.len() - words.len()) as u32), false);
            self.plain.push_str(words);
            self.finish();
        }
    }

    fn mark(&mut self, kind: SpanKind<'s>) {
        self.open();
        self.inline.push(Some(self.spans.len()));
        self.spans.push(Span { range: self.plain.len()..self.plain.len(), kind });
    }

    /// A link or a picture. Within another one it is no link: of two, nobody could say which is followed.
    fn link(&mut self, kind: SpanKind<'s>) {
        if self.links == 0 {
            self.mark(kind);
        } else {
            self.open();
            self.inline.push(None);
        }
        self.links += 1;
    }

    fn unmark(&mut self) {
        let span = self.inline.pop().flatten();
        if let Some(span) = span.and_then(|at| self.spans.get_mut(at)) {
            span.range.end = self.plain.len();
        }
    }

    fn markup(mut self) -> Markup<'s> {
        let is_block =
            |span: &Span<'_>| matches!(span.kind, SpanKind::Block(Block { form, .. }) if form != Form::Break);
        let mut blocks = self.spans.iter().filter(|span| is_block(span));
        let only = |kind: &SpanKind<'_>| matches!(kind, SpanKind::Block(Block { form: Form::Paragraph, .. }));
        if blocks.next().is_none_or(|first| only(&first.kind)) && blocks.next().is_none() {
            self.spans.retain(|span| !is_block(span));
        }
        Markup { plain: self.plain.into(), spans: self.spans }
    }
}

/// Where a link leads: an address of mail is one, though it may stand alone.
fn destination(kind: LinkType, to: CowStr<'_>) -> String {
    if kind == LinkType::Email { format!("mailto:{to}") } else { to.into_string() }
}
