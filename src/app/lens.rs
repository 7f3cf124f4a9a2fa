//! Lenses: ways to look at what is in scope, with one selection shared by all of them.
//!
//! A tab (or the page of an entity) is the scope, a lens the form. What a lens must provide is [`Optic`]; it lives in
//! one file here and one in `ui::lens`, and its geometry in `geom`. Must never keep what can be computed from knowledge,
//! scope and filter: a lens remembers where one looks (zoom, lanes, cell), never what is there.

mod detail;
pub mod evidence;
mod looking;
mod map;
mod network;
mod place;
mod subject;
pub mod timeline;

use ratatui::layout::{Position, Rect};

pub use crate::knowledge::Lens;
pub use evidence::Evidence;
pub use looking::Looking;
pub use map::{Map, Numbered, Outside, Pin, Region, Scene};
pub use network::{Network, Plot, Side, Twig, Web, indent};
pub use place::text_top;
pub use subject::{Scope, Subject};
pub use timeline::Timeline;

use super::document::{Document, Line};
use super::filter::{Filter, Shown};
use super::{Library, State};
use crate::action::Action;
use crate::knowledge::{EntityIx, Knowledge, StandingKind, StatementIx};

pub(super) use place::{click, settle, step, wheel};

/// Columns from which a picture is worth its place.
const PICTURE_COLUMNS: u16 = 60;
/// Rows from which a picture is worth its place.
const PICTURE_ROWS: u16 = 6;

/// What lenses depend on, apart from where in them one looks.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// What is known.
    pub knowledge: &'a Knowledge,
    /// Which standings are asked for.
    pub filter: &'a Filter,
    /// What one looks at.
    pub scope: Scope,
    /// What was selected last, in whatever lens; a lens may have no mark for it.
    pub subject: Option<Subject>,
    /// The cells of the picture.
    pub area: Rect,
    /// Only ASCII can be shown.
    pub ascii: bool,
    /// Nothing is to be drawn but lines of text.
    pub lines: bool,
}

impl Sight<'_> {
    /// How a statement is shown under the filter.
    pub fn shown(&self, statement: StatementIx) -> Shown {
        self.filter.shown(self.knowledge.statement(statement).standing.kind())
    }

    /// How many statements in scope the filter hides.
    pub fn hidden(&self) -> usize {
        let is_hidden = |kind: &StandingKind| self.filter.shown(*kind) == Shown::Hidden;
        if !StandingKind::ALL.iter().any(is_hidden) {
            return 0;
        }
        match self.scope {
            Scope::Topic(topic) => {
                let tally = self.knowledge.tally();
                let kinds = StandingKind::ALL.into_iter().filter(is_hidden);
                kinds.map(|kind| tally.of_standing(topic, kind).len()).sum()
            }
            Scope::Entity(entity) => {
                let all = self.knowledge.mentions.statements(entity).iter();
                all.filter(|ix| self.shown(**ix) == Shown::Hidden).count()
            }
        }
    }
}

/// What became of an action in a lens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// This is selected now.
    Select(Subject),
    /// One looks elsewhere, or there is nothing further that way.
    Done,
    /// It means nothing here.
    Nothing,
}

/// A row of the text twin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A heading; what it says is the lens's own matter.
    Heading(usize),
    /// Something that can be selected.
    Mark(Subject),
}

/// What every lens provides. `rows` and `write` are enough for a lens that is text alone; the picture is in `ui`.
pub trait Optic {
    /// The text twin: everything that can be reached, in reading order. Must be cheap: the words come from `write`.
    fn rows(&self, sight: Sight<'_>) -> Vec<Row>;

    /// What a row of the text twin says. Only called for rows that are seen.
    fn write(&self, sight: Sight<'_>, row: Row) -> Line;

    /// What the lens leaves out, in a few words: "12 statements have no date". Empty if nothing.
    fn left_out(&self, sight: Sight<'_>) -> String;

    /// What the picture has no room for and does not count itself: "no room for 63 more topics". Empty if nothing.
    fn no_room(&self, _sight: Sight<'_>) -> String {
        String::new()
    }

    /// What one looks at, beside the scope: "by topic · 1945 to 2024". May be empty.
    fn caption(&self, _sight: Sight<'_>) -> String {
        String::new()
    }

    /// The same beside the text twin, which shows everything in scope, wherever one looks in the picture.
    fn caption_of_text(&self, sight: Sight<'_>) -> String {
        self.caption(sight)
    }

    /// The mark of this lens that stands for the shared selection: itself, what it belongs to, or the nearest.
    fn selected(&self, sight: Sight<'_>) -> Option<Subject> {
        place::nearest_row(&self.rows(sight), sight)
    }

    /// Moves, zooms or pans the picture. The frame moves along the rows of the twin by itself.
    fn act(&mut self, _sight: Sight<'_>, _action: Action) -> Answer {
        Answer::Nothing
    }

    /// Zooms in or out around a cell of the picture, as the wheel does.
    fn zoom_at(&mut self, sight: Sight<'_>, action: Action, _at: Position) -> Answer {
        self.act(sight, action)
    }

    /// What is drawn at a cell of the picture.
    fn at(&self, _sight: Sight<'_>, _at: Position) -> Option<Subject> {
        None
    }

    /// Looks where the selection can be seen; called after every message while the lens is open.
    fn settle(&mut self, _sight: Sight<'_>) {}

    /// The statements behind what is selected, in reading order; `J` and `K` step through them.
    fn statements(&self, sight: Sight<'_>) -> Vec<StatementIx> {
        self.selected(sight).map_or_else(Vec::new, |subject| place::statements_of(subject, sight))
    }

    /// Which of how many the selection is, from 0, in the order in which one comes past all of them.
    fn position(&self, sight: Sight<'_>) -> Option<(usize, usize)> {
        let selected = Row::Mark(self.selected(sight)?);
        let rows = self.rows(sight);
        let mut marks = rows.iter().filter(|row| matches!(row, Row::Mark(_)));
        let len = marks.clone().count();
        marks.position(|row| *row == selected).map(|at| (at, len))
    }

    /// The entity that Enter looks at through this lens; `None` where Enter reads what is selected.
    fn opens(&self, _sight: Sight<'_>) -> Option<EntityIx> {
        None
    }

    /// Whether the picture can be read in this area and with these characters; else the text twin is shown.
    fn is_readable(&self, sight: Sight<'_>) -> bool {
        !sight.ascii && sight.area.width >= PICTURE_COLUMNS && sight.area.height >= PICTURE_ROWS
    }
}

/// Through which lens one looks, at what, and where in each.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Lenses {
    /// The lens.
    pub shown: Lens,
    /// What is selected, for all lenses.
    pub subject: Option<Subject>,
    /// Text rather than picture, or the other way; `None` is whichever can be read.
    pub text: Option<bool>,
    /// Where one looks in time.
    pub timeline: Timeline,
    /// Where one looks on the map.
    pub map: Map,
    /// Where one looks in the network.
    pub network: Network,
    /// Where one looks in the evidence.
    pub evidence: Evidence,
}

impl Lenses {
    /// The lens that is open; `None` while one reads.
    pub fn optic(&self) -> Option<&dyn Optic> {
        match self.shown {
            Lens::Read => None,
            Lens::Timeline => Some(&self.timeline),
            Lens::Map => Some(&self.map),
            Lens::Network => Some(&self.network),
            Lens::Evidence => Some(&self.evidence),
        }
    }

    pub(super) fn optic_mut(&mut self) -> Option<&mut dyn Optic> {
        match self.shown {
            Lens::Read => None,
            Lens::Timeline => Some(&mut self.timeline),
            Lens::Map => Some(&mut self.map),
            Lens::Network => Some(&mut self.network),
            Lens::Evidence => Some(&mut self.evidence),
        }
    }

    /// The mark that stands for the selection in the open lens.
    pub fn selected(&self, sight: Sight<'_>) -> Option<Subject> {
        self.optic()?.selected(sight)
    }

    /// Which of how many the selection is.
    pub fn position(&self, sight: Sight<'_>) -> Option<(usize, usize)> {
        self.optic()?.position(sight)
    }

    /// The entity that Enter puts into the middle; `None` where it reads.
    pub fn centres(&self, sight: Sight<'_>) -> Option<EntityIx> {
        self.optic()?.opens(sight)
    }

    /// What one is at: the statement that was selected, if the mark that stands for it holds it; else the mark.
    pub fn subject_at(&self, sight: Sight<'_>) -> Option<Subject> {
        let optic = self.optic()?;
        let selected = optic.selected(sight)?;
        let own = self.subject.filter(|own| own.statement(sight.knowledge).is_some() && *own != selected);
        let holds = |own: &Subject| {
            own.statement(sight.knowledge)
                .is_some_and(|statement| optic.statements(sight).contains(&statement))
        };
        Some(own.filter(holds).unwrap_or(selected))
    }

    /// Whether the open lens is shown as text.
    pub fn is_text(&self, sight: Sight<'_>) -> bool {
        let is_readable = || !sight.lines && self.optic().is_some_and(|optic| optic.is_readable(sight));
        self.text.unwrap_or_else(|| !is_readable())
    }
}

/// "1 statement has no date", "12 statements have no date"; nothing for none.
fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => String::new(),
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

/// "3 statements are hidden"; nothing for none.
pub fn hidden_words(sight: Sight<'_>) -> String {
    count(sight.hidden(), "statement is hidden", "statements are hidden")
}

/// "Nothing here has a date." Where some statements are hidden, it is said of the others alone.
pub fn nothing(sight: Sight<'_>, is_so: &str) -> String {
    match sight.hidden() {
        0 => format!("Nothing here {is_so}."),
        _ => format!("Nothing that is shown here {is_so}; {}.", hidden_words(sight)),
    }
}

/// What is selected in the open lens, in the words of its statements.
pub fn detail(state: &State, library: &Library) -> Document {
    detail::write(state, library)
}
