//! A text of several blocks on a page: laid out once for all, written in the inks of its runs.

use super::{Ink, Role, Run, Writer, slice, width};
use crate::knowledge::Text;
use crate::text::lay::{Bit, Signs, lay};

impl Writer {
    /// A text, whose `runs` are all of it: `lead` stands before its first line, and the other lines are indented as far.
    pub(in crate::app) fn text(&mut self, lead: Vec<Run>, (text, runs): (&Text, &[Run]), ascii: bool) {
        let blocks = text.blocks();
        if blocks.is_empty() {
            return self.paragraph(lead, runs);
        }
        let mut indent: usize = lead.iter().map(|run| width(&run.text)).sum();
        let mut lead = lead;
        if indent * 2 > self.width {
            // As in a paragraph: on a very narrow page a margin goes.
            (lead, indent) = (Vec::new(), 0);
        }
        let signs = if ascii { Signs::Ascii } else { Signs::Unicode };
        let blank = || Run::new(" ".repeat(indent), Ink::of(Role::Body));
        let faint = runs.first().is_some_and(|run| run.ink.faint);
        let muted = Ink { faint, ..Ink::of(Role::Muted) };
        let mut lead = Some(lead);
        for bits in lay(&text.plain, &blocks, self.width - indent, signs) {
            let mut line =
                lead.take().unwrap_or_else(|| if bits.is_empty() { vec![] } else { vec![blank()] });
            line.retain(|run| !run.text.is_empty());
            for bit in bits {
                match bit {
                    Bit::Words(range) => line.extend(slice(runs, range)),
                    Bit::Strong(range) => line.extend(slice(runs, range).into_iter().map(strong)),
                    Bit::Sign(sign) => line.push(Run::new(sign, muted)),
                }
            }
            self.document.lines.push(line);
        }
    }
}

/// The same words, standing out unless they do already.
fn strong(run: Run) -> Run {
    let role = if run.ink.role == Role::Body { Role::Strong } else { run.ink.role };
    Run { ink: Ink { role, ..run.ink }, ..run }
}
