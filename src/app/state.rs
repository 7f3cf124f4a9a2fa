//! A session's state, and the ways from one place to another.

use super::bookmarks::Recall;
use super::document::Document;
use super::filter::Filter;
use super::layout::{Panes, Screen, arrange};
use super::lens::{Lenses, Scope, Sight};
use super::list::{Cursor, Rows};
use super::page::View;
use super::tour::Presenting;
use super::{Class, History, Lens, Library, Overlay, Page, Permissions, Place, Size, motion};
use crate::config::{Change, Charset, Colors, Look, Memory};
use crate::keys::Key;
use crate::knowledge::{Address, EntryIx, TopicIx, Web};
use crate::search::Query;

/// Where the keys go while nothing lies over the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Focus {
    /// To the list of entries.
    List,
    /// To the page.
    Page,
}

/// A walk along the hits of a search.
#[derive(Debug, Clone)]
pub struct Walk {
    /// What was searched for.
    pub query: Query,
    /// As it was typed.
    pub typed: String,
    /// The hits, best first; never empty.
    pub hits: Vec<Address>,
    /// Which of them one is at.
    pub at: usize,
}

/// One reader's state.
#[derive(Debug, Clone)]
pub struct State {
    /// The terminal's size.
    pub size: Size,
    /// How it looks.
    pub look: Look,
    /// Colours in place of the theme's.
    pub colors: Colors,
    /// How the screen is made up.
    pub screen: Screen,
    /// The open tab.
    pub topic: TopicIx,
    /// Where one is in the list of each topic.
    pub lists: Vec<Cursor>,
    /// What the page shows.
    pub page: Page,
    /// The selected stop of the page.
    pub stop: usize,
    /// The first line of the page that is seen.
    pub scroll: usize,
    /// Where the keys go.
    pub focus: Focus,
    /// Through which lens one looks, and at what.
    pub lenses: Lenses,
    /// Where one was.
    pub history: History,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// Which standings are asked for.
    pub filter: Filter,
    /// The hits one walks along.
    pub walk: Option<Walk>,
    /// What was searched for last, as it was typed.
    pub asked: String,
    /// Said in the footer until the next key.
    pub message: Option<String>,
    /// Keys of a sequence that is not complete.
    pub pending: Vec<Key>,
    /// An address outside of the dossier that was followed with this message.
    pub(super) taken: Option<Web>,
    /// The number of the topic that was typed with the last key, and may go on; 0 if none was.
    pub(super) number: usize,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// The tour under way.
    pub tour: Option<Presenting>,
    /// The tour that was left last; choosing it goes on where it was.
    pub left_tour: Option<Presenting>,
    /// The screen is empty until the next key.
    pub blank: bool,
    /// Seconds since the session began, as last told.
    pub clock: u32,
    /// The session's part in a class, if it is one of several.
    pub class: Option<Box<Class>>,
    /// Bookmarks and the last place.
    pub memory: Memory,
    /// Whether what was remembered has come.
    pub(super) recall: Recall,
    /// What it may do beyond looking.
    pub may: Permissions,
    /// One only passes through this topic: the next tab takes its place in the history.
    pub(super) passing: bool,
}

impl State {
    /// Whether [`super::Msg::Continue`] would do anything: a search in a large file is under way.
    pub fn is_unfinished(&self) -> bool {
        matches!(&self.overlay, Some(Overlay::Search(search)) if search.is_seeking())
    }

    /// The panes at this size.
    pub fn panes(&self) -> Panes {
        arrange(self)
    }

    /// The rows of the open topic's list.
    pub fn rows<'a>(&self, library: &'a Library) -> Rows<'a> {
        Rows::new(&library.knowledge, self.topic, self.panes().list.width)
    }

    /// Where one is in the open topic's list.
    pub fn cursor(&self) -> Cursor {
        self.lists.get(self.topic.at()).copied().unwrap_or_default()
    }

    /// What pages depend on, for a column of `width` cells.
    pub fn view<'a>(&'a self, library: &'a Library, width: u16) -> View<'a> {
        let query = self.walk.as_ref().map(|walk| &walk.query);
        let ascii = self.look.charset == Charset::Ascii;
        let keymap = Some(&*library.keymap);
        View { knowledge: &library.knowledge, width, filter: &self.filter, query, ascii, keymap }
    }

    /// The page as it is written at this size.
    pub fn document(&self, library: &Library) -> Document {
        self.page.document(self.view(library, self.panes().text().width))
    }

    /// What one looks at: all there is to know about a topic, or about an entity.
    pub fn scope(&self) -> Scope {
        match self.page {
            Page::Entity(entity) => Scope::Entity(entity),
            _ => Scope::Topic(self.topic),
        }
    }

    /// What lenses depend on.
    pub fn sight<'a>(&'a self, library: &'a Library) -> Sight<'a> {
        Sight {
            knowledge: &library.knowledge,
            filter: &self.filter,
            scope: self.scope(),
            subject: self.lenses.subject,
            area: self.panes().lens,
            ascii: self.look.charset == Charset::Ascii,
            lines: self.screen == Screen::Lines,
        }
    }

    /// The address of where one is: the statement that is selected, else the page; in a lens, what is selected there.
    pub fn address(&self, library: &Library) -> Address {
        if self.lenses.shown != Lens::Read {
            let subject = self.lenses.subject_at(self.sight(library));
            return subject.map_or(self.page.address(), |subject| subject.address(&library.knowledge));
        }
        let of_stop = || self.page.statement_at(&library.knowledge, &self.filter, self.stop);
        let statement = if self.focus == Focus::Page { of_stop() } else { None };
        statement.map_or(self.page.address(), Address::Statement)
    }

    /// Which hit of the walk one is at; `None` if one has gone elsewhere meanwhile.
    pub fn at_hit(&self, library: &Library) -> Option<usize> {
        let walk = self.walk.as_ref()?;
        (walk.hits.get(walk.at) == Some(&self.address(library))).then_some(walk.at)
    }

    /// What is remembered of a session that ends here.
    pub fn leave(&self, library: &Library) -> Change {
        let text = |address| library.knowledge.address_text(address);
        let way = self.history.way().map(|place| text(place.page.address())).collect();
        Change::Leave { last: text(self.address(library)), way }
    }

    /// The place that an address is, as if one had opened it.
    pub(super) fn place_of(&self, address: Address, library: &Library) -> Place {
        let knowledge = &library.knowledge;
        let of_entry = |entry: EntryIx, stop: usize| Place {
            topic: knowledge.entry(entry).topic,
            page: Page::Entry(entry),
            row: knowledge.row_of(entry),
            focus: Focus::Page,
            stop,
            scroll: 0,
            lenses: Lenses::default(),
        };
        match address {
            Address::Entry(ix) => of_entry(ix, 0),
            Address::Statement(ix) => {
                let entry = knowledge.statement(ix).entry;
                of_entry(entry, ix.at() - knowledge.entry(entry).statements.start as usize)
            }
            Address::Topic(ix) => match knowledge.entry_at(ix, 0) {
                Some(entry) => Place { focus: Focus::List, ..of_entry(entry, 0) },
                None => Place { topic: ix, page: Page::Topic(ix), focus: Focus::List, ..self.place() },
            },
            Address::Entity(ix) => {
                Place { page: Page::Entity(ix), focus: Focus::Page, stop: 0, scroll: 0, ..self.place() }
            }
        }
    }

    /// The place as it is now.
    pub(super) fn place(&self) -> Place {
        let row = self.cursor().row;
        let Self { topic, page, focus, stop, scroll, lenses, .. } = *self;
        Place { topic, page, row, focus, stop, scroll, lenses }
    }

    /// Goes where one was.
    pub(super) fn restore(&mut self, place: Place) {
        let Place { topic, page, row, focus, stop, scroll, lenses } = place;
        self.lenses = lenses;
        (self.topic, self.page, self.focus, self.stop, self.scroll) = (topic, page, focus, stop, scroll);
        if let Some(cursor) = self.lists.get_mut(topic.at()) {
            cursor.row = row;
        }
        self.passing = false;
    }

    /// Goes to an address, and remembers where one came from.
    pub(super) fn visit(&mut self, address: Address, library: &Library) {
        if self.page.address() != address || self.focus != Focus::Page || self.lenses.shown != Lens::Read {
            self.history.leave(self.place());
        }
        self.passing = false;
        self.go(address, library);
    }

    /// Goes to an address, to read.
    pub(super) fn go(&mut self, address: Address, library: &Library) {
        self.lenses.shown = Lens::Read;
        match address {
            Address::Topic(topic) => self.turn_to(topic, library),
            Address::Entry(entry) => self.turn_to_entry(entry, library),
            Address::Statement(statement) => {
                self.turn_to_entry(library.knowledge.statement(statement).entry, library);
                self.select(|stop| stop.statement == Some(statement), library);
            }
            Address::Entity(entity) => self.show(Page::Entity(entity)),
        }
    }

    /// Opens a tab on the row that was selected there.
    pub(super) fn turn_to(&mut self, topic: TopicIx, library: &Library) {
        self.topic = topic;
        self.focus = Focus::List;
        self.show_row(library);
    }

    fn turn_to_entry(&mut self, entry: EntryIx, library: &Library) {
        self.topic = library.knowledge.entry(entry).topic;
        if let Some(cursor) = self.lists.get_mut(self.topic.at()) {
            cursor.row = library.knowledge.row_of(entry);
        }
        self.show(Page::Entry(entry));
    }

    fn show(&mut self, page: Page) {
        (self.page, self.focus, self.stop, self.scroll) = (page, Focus::Page, 0, 0);
    }

    /// The page follows the selected row of the list.
    pub(super) fn show_row(&mut self, library: &Library) {
        let entry = library.knowledge.entry_at(self.topic, self.cursor().row);
        self.page = entry.map_or(Page::Topic(self.topic), Page::Entry);
        (self.stop, self.scroll) = (0, 0);
    }

    /// Selects the first stop of the page that is meant, and shows it.
    pub(super) fn select(&mut self, meant: impl Fn(&super::document::Stop) -> bool, library: &Library) {
        let document = self.document(library);
        if let Some(stop) = document.stops.iter().position(meant) {
            self.stop = stop;
            motion::show_stop(self, &document);
        }
    }
}
