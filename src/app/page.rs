//! What a page shows: an entry, an entity, or a topic that has no entries.
//!
//! A page is computed anew from knowledge, width and filter whenever it is needed; nothing of it is kept.

mod aside;
mod entity;
mod entry;
pub(super) mod stage;

use std::borrow::Cow;
use std::ops::Range;

pub use aside::aside;
pub(super) use entity::{MOST, relation_runs};

use super::document::{Document, Ink, Role, Run, TIE, Writer, runs};
use super::filter::{Filter, Shown};
use crate::config::ascii;
use crate::keys::Keymap;
use crate::knowledge::{
    Address, Date, EntityIx, EntryIx, Few, Item, Knowledge, SourceIx, Statement, StatementIx, Text, TopicIx,
    Web,
};
use crate::search::{Query, marks};
use crate::text::enumeration::before;

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Page {
    /// A topic without entries.
    Topic(TopicIx),
    /// An entry.
    Entry(EntryIx),
    /// An entity.
    Entity(EntityIx),
}

/// What a page depends on, apart from what it is about.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What is known.
    pub knowledge: &'a Knowledge,
    /// Cells to write in.
    pub width: u16,
    /// Which standings are asked for.
    pub filter: &'a Filter,
    /// Whose matches are marked.
    pub query: Option<&'a Query>,
    /// Signs in ASCII.
    pub ascii: bool,
    /// What keys mean, where a page can be acted on.
    pub keymap: Option<&'a Keymap>,
}

impl Page {
    /// The page as an address.
    pub const fn address(self) -> Address {
        match self {
            Self::Topic(ix) => Address::Topic(ix),
            Self::Entry(ix) => Address::Entry(ix),
            Self::Entity(ix) => Address::Entity(ix),
        }
    }

    /// The statement of an entry that is its `stop`-th stop: its statements come first, but for those that are hidden.
    pub fn statement_at(self, knowledge: &Knowledge, filter: &Filter, stop: usize) -> Option<StatementIx> {
        let Self::Entry(ix) = self else { return None };
        let seen = |ix: &StatementIx| filter.shown(knowledge.statement(*ix).standing.kind()) != Shown::Hidden;
        knowledge.statements_of(ix).filter(seen).nth(stop)
    }

    /// Writes the page.
    pub fn document(self, view: View<'_>) -> Document {
        let mut writer = Writer::new(view.width);
        match self {
            Self::Topic(ix) => topic(&mut writer, view, ix),
            Self::Entry(ix) => entry::write(&mut writer, view, ix),
            Self::Entity(ix) => entity::write(&mut writer, view, ix),
        }
        writer.finish()
    }
}

/// Sources that are named beside a statement, or each on its own at the foot of a page; of more, there is a list.
const NAMED_SOURCES: usize = 3;
/// Addresses at the foot of a page at most.
const MOST_ADDRESSES: usize = 200;

/// Entries of a topic that its page names; who wants to see them all opens it.
const NAMED: usize = 60;

/// A topic: its name, what it holds, its entries.
fn topic(writer: &mut Writer, view: View<'_>, ix: TopicIx) {
    let topic = view.knowledge.topic(ix);
    writer.paragraph(vec![], &view.label(&topic.title, Ink::of(Role::Title)));
    writer.blank();
    view.text(writer, (&topic.summary, Item::Topic(ix)));
    writer.blank();
    for entry in view.knowledge.entries_of(ix).take(NAMED) {
        writer.hanging(&view.label(&view.knowledge.entry(entry).title, Ink::of(Role::Body)));
    }
    let more = match topic.entries.len() {
        0 => "No entries.".to_owned(),
        len if len > NAMED => format!("and {} more", len - NAMED),
        _ => return,
    };
    writer.paragraph(vec![], &[Run::new(more, Ink::of(Role::Muted))]);
}

impl View<'_> {
    /// A name in letters that can be shown.
    fn readable<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if self.ascii { ascii(name) } else { Cow::Borrowed(name) }
    }

    /// Writes a text, whose it is said with it: its links, and what was searched for marked in it.
    pub(super) fn text(&self, writer: &mut Writer, (text, of): (&Text, Item)) {
        let runs = runs(text, Some(of), Ink::of(Role::Body), &self.matches(&text.plain));
        writer.text(vec![], (text, &runs), self.ascii);
    }

    /// A name or a title, what was searched for marked in it.
    fn label(&self, label: &str, ink: Ink) -> Vec<Run> {
        let text = Text { plain: label.into(), marks: Few::default() };
        runs(&text, None, ink, &self.matches(label))
    }

    fn matches(&self, text: &str) -> Vec<Range<usize>> {
        self.query.map_or_else(Vec::new, |query| marks(query, text))
    }

    /// The sign of a standing, and the blank between it and the text.
    fn sign(&self, statement: &Statement, faint: bool) -> Vec<Run> {
        let kind = statement.standing.kind();
        let ink = Ink { faint, ..Ink::of(Role::Standing(kind)) };
        let sign = if self.ascii { kind.letter() } else { kind.sign() };
        vec![Run::new(sign, ink), Run::new("  ", Ink::of(Role::Body))]
    }

    /// The line under a statement: id, standing, who says and denies it, when, and sources if they are asked for.
    fn meta(&self, ix: StatementIx, faint: bool, sources: &[SourceIx]) -> Vec<Run> {
        let statement = self.knowledge.statement(ix);
        let muted = Ink { faint, ..Ink::of(Role::Muted) };
        let kind = statement.standing.kind();
        let mut runs = vec![
            Run::new(self.knowledge.ids.name(Item::Statement(ix)), muted),
            Run::new(self.dot(), muted),
            Run::new(kind.word(), Ink { faint, ..Ink::of(Role::Standing(kind)) }),
        ];
        runs.extend(self.parties(" by ", statement.standing.by(), muted));
        if !statement.standing.denied_by().is_empty() {
            runs.push(Run::new(self.dot(), muted));
            runs.extend(self.parties("denied by ", statement.standing.denied_by(), muted));
        }
        if let Some(when) = statement.when {
            runs.push(Run::new(self.after_dot(when), muted));
        }
        if sources.len() > NAMED_SOURCES {
            // All of them stand at the foot of the page.
            runs.push(Run::new(format!("{}{}\u{a0}sources", self.dot(), sources.len()), muted));
            return runs;
        }
        for source in sources {
            runs.push(Run::new(self.dot(), muted));
            runs.push(self.source(*source, muted));
        }
        runs
    }

    /// "by A, B and C", each a link.
    fn parties(&self, lead: &str, parties: &[EntityIx], ink: Ink) -> Vec<Run> {
        let mut runs = Vec::new();
        for (at, party) in parties.iter().enumerate() {
            runs.push(Run::new(before(at, parties.len(), lead), ink));
            runs.push(Run::new(&*self.knowledge.entity(*party).name, ink.to(Address::Entity(*party))));
        }
        runs
    }

    /// What stands between the parts of a line that is beside the point.
    pub(super) const fn dot(&self) -> &'static str {
        // A sign that parts two things belongs to the second: no line ends with it.
        if self.ascii { " -\u{a0}" } else { " ·\u{a0}" }
    }

    /// A date behind a dot, all in one line.
    fn after_dot(&self, when: Date) -> String {
        format!("{}{}", self.dot(), when.words().replace(' ', &TIE.to_string()))
    }

    /// A heading, set off by an empty line.
    fn heading(writer: &mut Writer, title: &str) {
        writer.blank();
        writer.paragraph(vec![], &[Run::new(title, Ink::of(Role::Heading))]);
    }

    /// The title of a source, leading to its address if it has one.
    fn source(&self, ix: SourceIx, ink: Ink) -> Run {
        let source = self.knowledge.source(ix);
        let to = source.url.as_ref().map(|_| Web { of: Item::Source(ix), mark: 0 });
        Run::new(&*source.title, to.map_or(ink, |to| ink.to_web(to)))
    }

    /// The sources of a page, once, at its foot; what they are stands in what there is to know about the file.
    fn sources(&self, writer: &mut Writer, sources: &[SourceIx]) {
        let title = Ink { role: Role::Emphasis, ..Ink::of(Role::Muted) };
        if sources.len() > NAMED_SOURCES {
            Self::heading(writer, &format!("{} sources", sources.len()));
            for ix in sources {
                writer.hanging(&[self.source(*ix, title)]);
            }
            return;
        }
        for ix in sources {
            writer.blank();
            writer.paragraph(vec![Run::new("Source  ", Ink::of(Role::Muted))], &[self.source(*ix, title)]);
        }
    }

    /// The addresses in some texts that lead out of the dossier, each with its words: at the foot of the page, where
    /// they are seen, and are stops. `sources` are those that the page names.
    fn addresses(&self, writer: &mut Writer, items: impl Iterator<Item = Item>, sources: &[SourceIx]) {
        let of_texts = items.flat_map(|item| self.knowledge.webs(item));
        let of_sources = sources.iter().map(|ix| Web { of: Item::Source(*ix), mark: 0 });
        let mut said: Vec<&str> = Vec::new();
        for web in of_texts.chain(of_sources) {
            let Some(to) = self.knowledge.web(web).filter(|to| !said.contains(to)) else { continue };
            if said.is_empty() {
                Self::heading(writer, "Addresses");
            }
            said.push(to);
            writer
                .stop(None, None, |writer| writer.hanging(&[Run::new(to, Ink::of(Role::Muted).to_web(web))]));
            if said.len() == MOST_ADDRESSES {
                writer.paragraph(vec![], &[Run::new("and more", Ink::of(Role::Muted))]);
                return;
            }
        }
    }

    /// A statement as a stop: sign, text, and the line about it.
    pub(super) fn statement(
        &self,
        writer: &mut Writer,
        ix: StatementIx,
        target: Option<Address>,
        sources: &[SourceIx],
    ) {
        let shown = self.filter.shown(self.knowledge.statement(ix).standing.kind());
        if shown == Shown::Hidden {
            return;
        }
        let faint = shown == Shown::Faint;
        let statement = self.knowledge.statement(ix);
        writer.stop(Some(ix).filter(|_| target.is_none()), target, |writer| {
            let (text, ink) = (&statement.text, Ink { faint, ..Ink::of(Role::Body) });
            let runs = runs(text, Some(Item::Statement(ix)), ink, &self.matches(&text.plain));
            writer.text(self.sign(statement, faint), (text, &runs), self.ascii);
            let indent = vec![Run::new("   ", Ink::of(Role::Body))];
            writer.paragraph(indent, &self.meta(ix, faint, sources));
        });
    }
}

/// Says how many statements a filter keeps back, so that nobody takes the rest for the whole.
fn hidden_note(writer: &mut Writer, hidden: usize) {
    if hidden > 0 {
        let words =
            if hidden == 1 { "1 statement is".to_owned() } else { format!("{hidden} statements are") };
        writer.blank();
        writer.paragraph(
            vec![],
            &[Run::new(format!("{words} hidden by the choice of standings."), Ink::of(Role::Muted))],
        );
    }
}
