//! The blocks of a text that is more than one paragraph: lists, quotations, tables, code.
//!
//! A block is a mark: a stretch of the plain text, in which blocks are set apart by a blank, so that a text can be read
//! in one line too. Must never hold a word of its own: what a block adds is form.

use std::ops::Range;

/// A block, and how many others it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Block {
    /// Blocks around it, 0 to [`DEEPEST`].
    pub depth: u8,
    /// What it is.
    pub form: Form,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Words that flow.
    Paragraph,
    /// A heading of a level, 1 to 6.
    Heading(u8),
    /// What somebody else says.
    Quote,
    /// A list without numbers; it holds items.
    Bullets,
    /// A list with numbers, from this one on; it holds items.
    Numbers(u32),
    /// An item of a list; it holds blocks.
    Item,
    /// A table; it holds a head and rows.
    Table,
    /// The row that names the columns.
    Head,
    /// A row; it holds cells.
    Row,
    /// A cell: words of a table.
    Cell,
    /// Code; it holds lines.
    Code,
    /// A line of code, and the blanks before it.
    Line(u32),
    /// A line across.
    Rule,
    /// A footnote; it holds blocks, and its first words are its sign.
    Note,
    /// Not a block: a blank at which a line ends whatever room there is.
    Break,
}

/// Blocks within blocks that are kept; what lies deeper belongs to the last of them.
pub const DEEPEST: u8 = 12;

/// A block and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub form: Form,
    /// Its lines as bytes of the plain text, if it holds words: one, or more where it has breaks.
    pub lines: Vec<Range<usize>>,
    /// The blocks in it.
    pub inner: Vec<Node>,
}

impl Form {
    /// Whether it holds words, and no blocks.
    pub const fn has_words(self) -> bool {
        matches!(self, Self::Paragraph | Self::Heading(_) | Self::Cell | Self::Line(_))
    }
}

/// The blocks of a text of `len` bytes as a tree, from their marks in order. Empty without marks: the text is one
/// paragraph.
pub fn tree(len: usize, marks: impl Iterator<Item = (Range<usize>, Block)>) -> Vec<Node> {
    let (breaks, blocks): (Vec<_>, Vec<_>) = marks.partition(|(_, block)| block.form == Form::Break);
    let breaks: Vec<Range<usize>> = breaks.into_iter().map(|(range, _)| range).collect();
    if blocks.is_empty() {
        let lines = lines(0..len, &breaks);
        return if breaks.is_empty() {
            Vec::new()
        } else {
            vec![Node { form: Form::Paragraph, lines, inner: vec![] }]
        };
    }
    let mut rest = blocks.into_iter().peekable();
    level(0, &mut rest, &breaks)
}

/// The blocks of one depth, up to the next one that is less deep.
fn level(
    depth: u8,
    rest: &mut std::iter::Peekable<std::vec::IntoIter<(Range<usize>, Block)>>,
    breaks: &[Range<usize>],
) -> Vec<Node> {
    let mut nodes = Vec::new();
    while let Some((range, block)) = rest.next_if(|(_, block)| block.depth >= depth) {
        let lines = if block.form.has_words() { lines(range, breaks) } else { Vec::new() };
        let inner = if depth < DEEPEST { level(depth + 1, rest, breaks) } else { Vec::new() };
        nodes.push(Node { form: block.form, lines, inner });
    }
    nodes
}

/// A range without the breaks in it.
fn lines(range: Range<usize>, breaks: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut from = range.start;
    for at in breaks.iter().filter(|at| at.start >= range.start && at.end <= range.end) {
        lines.push(from..at.start);
        from = at.end;
    }
    lines.push(from..range.end);
    lines
}
