//! One thing in Markdown, with the footnotes that it needs and nothing that leads out of the document.

use std::fmt::Write;

use super::escape;
use super::passage::{lines, prefixed};
use crate::knowledge::{
    Address, Date, EntityIx, EntryIx, Item, Knowledge, Lens, Source, SourceIx, StatementIx, Text, TopicIx,
    TourIx,
};
use crate::print::show::about;

/// Where addresses lead in a document.
pub(super) type Link<'a> = &'a dyn Fn(Address) -> Option<String>;

/// Writes one thing. Names in it are words, not links: there is nothing here that they could lead to.
pub fn item(knowledge: &Knowledge, item: Item) -> String {
    let mut page = Page::new(knowledge, &|_| None);
    match item {
        Item::Statement(ix) => page.quoted(ix),
        Item::Entry(ix) => page.entry(ix, 2),
        Item::Topic(ix) => page.topic(ix, 1),
        Item::Entity(ix) => page.entity(ix, 2),
        Item::Tour(ix) => page.tour(ix, 2),
        Item::Source(ix) => page.source(ix, 2),
    }
    page.finish()
}

/// A document that is being written.
pub(super) struct Page<'a> {
    pub(super) knowledge: &'a Knowledge,
    link: Link<'a>,
    pub(super) out: String,
    /// What footnotes are needed for, in the order of the file.
    cited: Vec<bool>,
}

impl<'a> Page<'a> {
    pub(super) fn new(knowledge: &'a Knowledge, link: Link<'a>) -> Self {
        Self { knowledge, link, out: String::new(), cited: vec![false; knowledge.sources.len()] }
    }

    /// The document with its footnotes.
    pub(super) fn finish(mut self) -> String {
        let as_of = self.knowledge.as_of.map(|date| format!(" As of {}.", date.words())).unwrap_or_default();
        let dossier = escape(&self.knowledge.title);
        for (at, source) in self.knowledge.sources.iter().enumerate() {
            if !self.cited.get(at).is_some_and(|cited| *cited) {
                continue;
            }
            let id = self.knowledge.ids.name(Item::Source(SourceIx::new(at)));
            let mut words = format!("*{}*.", escape(&source.title));
            for more in beside(source) {
                let _ = write!(words, " {more}");
            }
            let _ = writeln!(self.out, "\n[^{id}]: {words} Cited by the dossier “{dossier}”.{as_of}");
        }
        self.out
    }

    pub(super) fn paragraph(&mut self, words: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        let _ = writeln!(self.out, "{words}");
    }

    /// A heading with an anchor, where links can lead to one.
    pub(super) fn heading(&mut self, level: usize, title: &str, item: Item) {
        let anchor = Address::of(item).filter(|address| (self.link)(*address).is_some());
        let anchor = anchor.map(|_| format!("<a id=\"{}\"></a>", self.knowledge.ids.name(item)));
        let line = format!("{} {}{}", "#".repeat(level), anchor.unwrap_or_default(), escape(title));
        self.paragraph(&line);
    }

    pub(super) fn topic(&mut self, ix: TopicIx, level: usize) {
        let topic = self.knowledge.topic(ix);
        self.heading(level, &topic.title, Item::Topic(ix));
        if !topic.summary.plain.is_empty() {
            self.text(&topic.summary);
        }
        for entry in self.knowledge.entries_of(ix) {
            self.entry(entry, level + 1);
        }
    }

    pub(super) fn entry(&mut self, ix: EntryIx, level: usize) {
        let entry = self.knowledge.entry(ix);
        self.heading(level, &entry.title, Item::Entry(ix));
        let tags = (!entry.tags.is_empty()).then(|| escape(&entry.tags.join(", ")));
        let facts: Vec<String> = entry.when.map(Date::words).into_iter().chain(tags).collect();
        if !facts.is_empty() {
            self.paragraph(&format!("*{}*", facts.join(" · ")));
        }
        self.out.push('\n');
        for statement in self.knowledge.statements_of(ix) {
            for line in prefixed(self.statement(statement), "- ", "  ") {
                let _ = writeln!(self.out, "{line}");
            }
        }
        let see = entry.see.iter().filter_map(|item| Address::of(*item));
        let see: Vec<String> = see.map(|to| self.reference(to, self.knowledge.name(to))).collect();
        if !see.is_empty() {
            self.paragraph(&format!("See also: {}.", see.join("; ")));
        }
    }

    /// A text in paragraphs of its own.
    fn text(&mut self, text: &Text) {
        let words = lines(text, self.link, "", "").join("\n");
        self.paragraph(&words);
    }

    /// A statement with all that stands behind it, on one line if it is one paragraph.
    fn statement(&mut self, ix: StatementIx) -> Vec<String> {
        let statement = self.knowledge.statement(ix);
        let id = self.knowledge.ids.name(Item::Statement(ix));
        let anchor = (self.link)(Address::Statement(ix)).map(|_| format!("<a id=\"{id}\"></a>"));
        let sign = statement.standing.kind().sign();
        let meta = escape(&about(self.knowledge, ix, " · "));
        let notes = self.notes(&statement.sources);
        let lead = format!("{}**{id}** ", anchor.unwrap_or_default());
        lines(&statement.text, self.link, &lead, &format!("{notes} ({sign}\u{a0}{meta})"))
    }

    /// A statement alone: a quotation and where it comes from.
    fn quoted(&mut self, ix: StatementIx) {
        let statement = self.knowledge.statement(ix);
        let notes = self.notes(&statement.sources);
        let words = lines(&statement.text, self.link, "", &notes);
        self.paragraph(&prefixed(words, "> ", "> ").join("\n"));
        let address = self.knowledge.address_text(Address::Statement(ix));
        let entry = escape(&self.knowledge.entry(statement.entry).title);
        let meta = escape(&about(self.knowledge, ix, "; "));
        let id = self.knowledge.ids.name(Item::Statement(ix));
        self.out.push_str(">\n");
        let _ = writeln!(self.out, "> — **{id}**, {meta} (“{entry}”, `{address}`)");
    }

    fn notes(&mut self, sources: &[SourceIx]) -> String {
        let mut notes = String::new();
        for source in sources {
            if let Some(cited) = self.cited.get_mut(source.at()) {
                *cited = true;
            }
            let _ = write!(notes, "[^{}]", self.knowledge.ids.name(Item::Source(*source)));
        }
        notes
    }

    /// A name, leading to the place if it is in this document.
    fn reference(&self, to: Address, name: &str) -> String {
        match (self.link)(to) {
            Some(link) => format!("[{}]({link})", escape(name)),
            None => escape(name),
        }
    }

    pub(super) fn entity(&mut self, ix: EntityIx, level: usize) {
        let knowledge = self.knowledge;
        let entity = knowledge.entity(ix);
        self.heading(level, &entity.name, Item::Entity(ix));
        let mut facts = vec![entity.kind.word().to_owned()];
        facts.extend(entity.lifetime());
        facts.extend(entity.native.iter().chain(&entity.aliases).map(|name| escape(name)));
        let notes = self.notes(&entity.sources);
        self.paragraph(&format!("*{}*{notes}", facts.join(" · ")));
        if !entity.summary.plain.is_empty() {
            self.text(&entity.summary);
        }
        let relations = knowledge.mentions.relations(ix);
        if !relations.is_empty() {
            self.out.push('\n');
        }
        for relation in relations.iter().map(|ix| knowledge.relation(*ix)) {
            let (from, kind, to) = relation.sentence(knowledge);
            let sign = knowledge.statement(relation.statement).standing.kind().sign();
            let when = relation.when.map(|date| format!(", {}", date.words())).unwrap_or_default();
            let id = knowledge.ids.name(Item::Statement(relation.statement));
            let rests = self.reference(Address::Statement(relation.statement), id);
            let line = format!(
                "- {sign} {} {} {}{when} ({rests})",
                self.reference(Address::Entity(relation.from), &from),
                escape(kind),
                self.reference(Address::Entity(relation.to), to)
            );
            let _ = writeln!(self.out, "{line}");
        }
        let mentions = knowledge.mentions.statements(ix).iter();
        let mentions: Vec<String> = mentions
            .map(|ix| self.reference(Address::Statement(*ix), knowledge.ids.name(Item::Statement(*ix))))
            .collect();
        if !mentions.is_empty() {
            self.paragraph(&format!("Mentioned in {}.", mentions.join(", ")));
        }
    }

    pub(super) fn tour(&mut self, ix: TourIx, level: usize) {
        let Some(tour) = self.knowledge.tours.get(ix.at()) else { return };
        self.heading(level, &tour.title, Item::Tour(ix));
        if !tour.summary.is_empty() {
            self.paragraph(&escape(&tour.summary));
        }
        self.out.push('\n');
        for (at, step) in tour.steps.iter().enumerate() {
            let place = match step.show {
                Address::Statement(of) => Address::Entry(self.knowledge.statement(of).entry),
                other => other,
            };
            let place = self.reference(step.show, self.knowledge.name(place));
            let ids = step.reveal.iter().map(|ix| {
                self.reference(Address::Statement(*ix), self.knowledge.ids.name(Item::Statement(*ix)))
            });
            let ids: Vec<String> = ids.collect();
            let reveals = if ids.is_empty() { String::new() } else { format!(" ({})", ids.join(", ")) };
            let say = if step.say.is_empty() { String::new() } else { format!(": {}", escape(&step.say)) };
            let lens =
                if step.lens == Lens::Read { String::new() } else { format!(" as {}", step.lens.word()) };
            let _ = writeln!(self.out, "{}. {place}{lens}{reveals}{say}", at + 1);
        }
    }

    pub(super) fn source(&mut self, ix: SourceIx, level: usize) {
        let source = self.knowledge.source(ix);
        self.heading(level, &source.title, Item::Source(ix));
        for more in beside(source) {
            self.paragraph(&more);
        }
    }
}

/// What is said of a source beside its title: what it is, and where it can be read.
fn beside(source: &Source) -> impl Iterator<Item = String> + use<> {
    let note = (!source.note.is_empty()).then(|| escape(&source.note));
    note.into_iter().chain(source.url.as_deref().map(|url| format!("<{url}>")))
}
