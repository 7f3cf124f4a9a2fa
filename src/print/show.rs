//! One thing in full: `tumen show`. Also the words in which all text answers speak of a statement.
//!
//! Must never leave out who says a thing and who denies it.

use super::answer::{Answer, Ask, Form};
use super::sheet::{Ink, Sheet, Span, muted, plain, span};
use super::{json, markdown};
use crate::knowledge::{
    Address, Date, EntityIx, EntryIx, Item, Knowledge, Lens, SourceIx, StatementIx, TopicIx, TourIx,
};
use crate::text::enumeration::before;
use crate::text::width::width;

/// The widest margin that ids stand in.
const MARGIN: usize = 14;

/// Answers with all about the thing that `what` names.
pub(super) fn answer(ask: &Ask, knowledge: &Knowledge, what: &str) -> Answer {
    let item = match knowledge.find(what) {
        Ok(item) => item,
        Err(why) if why.close.is_empty() => {
            return Answer::none(Answer::NOTHING, &format!("{why}; `tumen search` finds ids by words"));
        }
        Err(why) => return Answer::none(Answer::NOTHING, &why.to_string()),
    };
    Answer::found(match ask.form {
        Form::Json => {
            json::line(&json::Show { version: json::VERSION, item: json::Item::of(knowledge, item) })
        }
        Form::Markdown => markdown::item(knowledge, item),
        Form::Text => {
            let mut sheet = Sheet::new(ask.paper);
            let mut page = Page { knowledge, sheet: &mut sheet, cited: Vec::new() };
            page.item(item);
            page.sources();
            sheet.finish()
        }
    })
}

/// "alleged by A and B · denied by C · 2023".
pub(super) fn about(knowledge: &Knowledge, ix: StatementIx, dot: &str) -> String {
    let statement = knowledge.statement(ix);
    let when = statement.when.map(|when| format!("{dot}{}", when.words())).unwrap_or_default();
    format!("{}{}{when}", statement.standing.kind().word(), who(knowledge, ix, dot))
}

/// " by A and B · denied by C": what follows the word for the standing.
fn who(knowledge: &Knowledge, ix: StatementIx, dot: &str) -> String {
    let standing = &knowledge.statement(ix).standing;
    let says = match standing.by() {
        [] => String::new(),
        by => format!(" by {}", parties(knowledge, by)),
    };
    let denies = match standing.denied_by() {
        [] => String::new(),
        denied_by => format!("{dot}denied by {}", parties(knowledge, denied_by)),
    };
    says + &denies
}

/// "A, B and C".
pub(super) fn parties(knowledge: &Knowledge, list: &[EntityIx]) -> String {
    let mut words = String::new();
    for (at, party) in list.iter().enumerate() {
        words.push_str(before(at, list.len(), ""));
        words.push_str(&knowledge.entity(*party).name);
    }
    words
}

/// An answer that is being written, and the sources that it will have to name.
pub(super) struct Page<'a, 's> {
    pub(super) knowledge: &'a Knowledge,
    pub(super) sheet: &'s mut Sheet,
    pub(super) cited: Vec<SourceIx>,
}

impl Page<'_, '_> {
    fn item(&mut self, item: Item) {
        match item {
            Item::Topic(ix) => self.topic(ix),
            Item::Entry(ix) => self.entry(ix),
            Item::Entity(ix) => self.entity(ix),
            Item::Tour(ix) => self.tour(ix),
            Item::Source(ix) => self.source(ix),
            Item::Statement(ix) => {
                let entry = self.knowledge.statement(ix).entry;
                self.title(&self.knowledge.entry(entry).title, &[self.topic_of(entry)]);
                self.statement(ix, self.margin([ix]));
                let address = self.knowledge.address_text(Address::Statement(ix));
                self.sheet.blank();
                self.sheet.paragraph(0, &[muted(address)]);
            }
        }
    }

    /// The name of a page, and what there is to say beside it.
    fn title(&mut self, title: &str, facts: &[String]) {
        self.sheet.blank();
        self.sheet.paragraph(0, &[span(title, Ink::Strong)]);
        let facts: Vec<&str> = facts.iter().map(|fact| &**fact).filter(|fact| !fact.is_empty()).collect();
        if !facts.is_empty() {
            let dot = self.sheet.paper().dot();
            self.sheet.paragraph(0, &[muted(facts.join(dot))]);
        }
    }

    fn topic_of(&self, ix: EntryIx) -> String {
        self.knowledge.topic(self.knowledge.entry(ix).topic).title.to_string()
    }

    fn topic(&mut self, ix: TopicIx) {
        let topic = self.knowledge.topic(ix);
        self.title(&topic.title, &[]);
        if !topic.summary.plain.is_empty() {
            self.sheet.text(&[], 0, &topic.summary, &plain(""));
        }
        for entry in self.knowledge.entries_of(ix) {
            self.entry(entry);
        }
    }

    fn entry(&mut self, ix: EntryIx) {
        let entry = self.knowledge.entry(ix);
        let when = entry.when.map(Date::words).unwrap_or_default();
        self.title(&entry.title, &[self.topic_of(ix), when, entry.tags.join(", ")]);
        let margin = self.margin(self.knowledge.statements_of(ix));
        for statement in self.knowledge.statements_of(ix) {
            self.statement(statement, margin);
        }
        let see: Vec<&str> =
            entry.see.iter().filter_map(|item| Some(self.knowledge.name(Address::of(*item)?))).collect();
        if !see.is_empty() {
            self.sheet.blank();
            self.sheet.paragraph(0, &[muted("See also: "), plain(see.join("; "))]);
        }
    }

    /// The margin that the ids of some statements need.
    pub(super) fn margin(&self, statements: impl IntoIterator<Item = StatementIx>) -> usize {
        let cells = |ix| width(self.knowledge.ids.name(Item::Statement(ix)));
        statements.into_iter().map(cells).max().unwrap_or(0).min(MARGIN) + 2
    }

    /// A statement: its id in the margin, its text, and under it what it is worth.
    fn statement(&mut self, ix: StatementIx, margin: usize) {
        let (statement, id) = (self.knowledge.statement(ix), self.knowledge.ids.name(Item::Statement(ix)));
        self.sheet.blank();
        self.sheet.text(&[span(id, Ink::Strong)], margin, &statement.text, &plain(""));
        self.worth(ix, margin, statement.when, &plain(""));
    }

    /// A statement away from its entry: under the entry's title, for many a one says "it" of what the title names. Its
    /// text is marked, and something more stands on the line under it.
    pub(super) fn statement_of(
        &mut self,
        ix: StatementIx,
        margin: usize,
        text: &[Span<'_>],
        more: &Span<'_>,
    ) {
        let id = span(self.knowledge.ids.name(Item::Statement(ix)), Ink::Strong);
        let statement = self.knowledge.statement(ix);
        self.sheet.blank();
        self.sheet.beside(&[id], margin, &[span(&*self.knowledge.entry(statement.entry).title, Ink::Strong)]);
        self.sheet.paragraph(margin, text);
        self.worth(ix, margin, statement.when, more);
    }

    /// The same with its date in the margin.
    pub(super) fn dated(&mut self, ix: StatementIx, margin: usize, when: String, more: &Span<'_>) {
        let statement = self.knowledge.statement(ix);
        self.sheet.blank();
        let title = span(&*self.knowledge.entry(statement.entry).title, Ink::Strong);
        self.sheet.beside(&[span(when, Ink::Strong)], margin, &[title]);
        self.sheet.text(&[], margin, &statement.text, &plain(""));
        self.worth(ix, margin, None, more);
    }

    /// The line under a statement: sign, standing, parties, a date, sources, and what else is to be said.
    fn worth(&mut self, ix: StatementIx, margin: usize, when: Option<Date>, more: &Span<'_>) {
        let statement = self.knowledge.statement(ix);
        let (paper, kind) = (self.sheet.paper(), statement.standing.kind());
        let standing = span(format!("{} {}", paper.sign(kind), kind.word()), Ink::Standing(kind));
        let mut rest = who(self.knowledge, ix, paper.dot());
        rest.extend(when.map(|when| format!("{}{}", paper.dot(), when.words())));
        rest.push_str(&self.cite(&statement.sources));
        self.sheet.paragraph(margin, &[standing, muted(rest), more.clone()]);
    }

    /// `" · [article]"` for each of `sources`, which the foot of the page will name.
    fn cite(&mut self, sources: &[SourceIx]) -> String {
        self.cited.extend(sources);
        let dot = self.sheet.paper().dot();
        let names = sources.iter().map(|ix| self.knowledge.ids.name(Item::Source(*ix)));
        names.fold(String::new(), |cited, id| format!("{cited}{dot}[{id}]"))
    }

    /// The sources that were cited, once each, and when all of it was so.
    pub(super) fn sources(&mut self) {
        let mut cited = std::mem::take(&mut self.cited);
        cited.sort_unstable();
        cited.dedup();
        self.sheet.blank();
        for ix in cited {
            let source = self.knowledge.source(ix);
            let id = format!("[{}]", self.knowledge.ids.name(Item::Source(ix)));
            let url = source.url.as_deref().map(|url| format!(" <{url}>")).unwrap_or_default();
            self.sheet.paragraph(0, &[muted(format!("{id} {}{url}", source.title))]);
        }
        let as_of = self.knowledge.as_of.map(|date| format!(", as of {}", date.words()));
        let foot = format!("{}{}", self.knowledge.title, as_of.unwrap_or_default());
        self.sheet.paragraph(0, &[muted(foot)]);
    }

    fn entity(&mut self, ix: EntityIx) {
        let (knowledge, dot) = (self.knowledge, self.sheet.paper().dot());
        let entity = knowledge.entity(ix);
        let at = entity.at.map(|(north, east)| format!("{north:.2}, {east:.2}")).unwrap_or_default();
        let when = entity.lifetime().unwrap_or_default();
        self.title(&entity.name, &[entity.kind.word().to_owned(), when, at]);
        let names: Vec<&str> = entity.native.iter().chain(&entity.aliases).map(|name| &**name).collect();
        if !names.is_empty() {
            self.sheet.paragraph(0, &[plain(names.join(dot))]);
        }
        if !entity.summary.plain.is_empty() {
            let cited = self.cite(&entity.sources);
            self.sheet.blank();
            self.sheet.text(&[], 0, &entity.summary, &muted(cited));
        }
        let relations = knowledge.mentions.relations(ix);
        if !relations.is_empty() {
            self.sheet.blank();
        }
        for relation in relations.iter().map(|ix| knowledge.relation(*ix)) {
            let (from, kind, to) = relation.sentence(knowledge);
            let standing = knowledge.statement(relation.statement).standing.kind();
            let sign = span(self.sheet.paper().sign(standing), Ink::Standing(standing));
            let when = relation.when.map(|date| format!("{dot}{}", date.words())).unwrap_or_default();
            let id = knowledge.ids.name(Item::Statement(relation.statement));
            let words = plain(format!("{from} {kind} {to}"));
            self.sheet.beside(&[sign], 2, &[words, muted(format!("{when}{dot}{id}"))]);
        }
        let mentions = knowledge.mentions.statements(ix);
        let margin = self.margin(mentions.iter().copied());
        for mention in mentions {
            self.statement(*mention, margin);
        }
    }

    fn tour(&mut self, ix: TourIx) {
        let knowledge = self.knowledge;
        let Some(tour) = knowledge.tours.get(ix.at()) else { return };
        self.title(&tour.title, &["tour".to_owned(), format!("{} steps", tour.steps.len())]);
        if !tour.summary.is_empty() {
            self.sheet.paragraph(0, &[plain(&*tour.summary)]);
        }
        self.sheet.blank();
        let margin = tour.steps.len().to_string().len() + 2;
        for (at, step) in tour.steps.iter().enumerate() {
            let place = plain(knowledge.address_text(step.show));
            let ids: Vec<&str> =
                step.reveal.iter().map(|ix| knowledge.ids.name(Item::Statement(*ix))).collect();
            let reveals = if ids.is_empty() { String::new() } else { format!(" ({})", ids.join(", ")) };
            let lens =
                if step.lens == Lens::Read { String::new() } else { format!(" as {}", step.lens.word()) };
            self.sheet.beside(&[muted((at + 1).to_string())], margin, &[place, muted(lens + &reveals)]);
            if !step.say.is_empty() {
                self.sheet.paragraph(margin, &[plain(&*step.say)]);
            }
        }
    }

    fn source(&mut self, ix: SourceIx) {
        let source = self.knowledge.source(ix);
        let statements = self.knowledge.statements.iter().filter(|own| own.sources.contains(&ix)).count();
        let rests = match statements {
            0 => "no statement rests on it".to_owned(),
            1 => "1 statement rests on it".to_owned(),
            many => format!("{many} statements rest on it"),
        };
        self.title(&source.title, &["source".to_owned(), rests]);
        for more in [Some(&*source.note), source.url.as_deref()].into_iter().flatten() {
            if !more.is_empty() {
                self.sheet.paragraph(0, &[plain(more)]);
            }
        }
    }
}
