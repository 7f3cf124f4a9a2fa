//! The map: the places in scope where they are, what happened at each, and the relations between them.
//!
//! What is seen at a size is a [`Scene`], the same for drawing and for the mouse.

mod legend;
mod places;
mod scene;
mod views;

use ratatui::layout::Position;

pub use legend::Numbered;
pub use scene::{Outside, Pin, Scene};

use self::places::{Spread, spread};
use self::views::{first, is_far, opening, visit, whole};
use super::{Answer, Optic, Row, Scope, Sight, Subject};
use crate::action::Action;
use crate::app::document::{Ink, Line, Role, Run};
use crate::app::filter::Shown;
use crate::geom::mercator::{Extent, Point, Spot, View, Way};
use crate::geom::toward::nearest;
use crate::knowledge::{EntityIx, Item, Knowledge, StatementIx};

/// Statements under each place in the text twin; the others are told beside it.
const TOLD: usize = 3;
/// Statements about somebody that are looked through for a place to begin with.
const SAMPLE: usize = 100;
/// Rows from which a map can be read.
const ROWS: u16 = 8;
/// Columns from which a map can be read.
const COLUMNS: u16 = 60;

/// Where one looks on the map.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Map {
    look: Look,
    /// The place that was selected last: it stays so while one steps through its statements.
    place: Option<EntityIx>,
}

/// Which part of the world is seen. In any other scope than the one for which it was chosen, the map begins again.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Look {
    /// The densest group of places.
    #[default]
    Opening,
    /// All places.
    All(Scope),
    /// A part that was chosen.
    Part(Scope, View),
    /// The country around a place that was selected and lies outside: from there one comes back by selecting another.
    Visit(Scope, View),
}

/// The cells of the picture.
pub(super) const fn extent(sight: Sight<'_>) -> Extent {
    Extent { columns: sight.area.width, rows: sight.area.height }
}

/// What was chosen to be seen, whatever the size of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// All places.
    All,
    /// A part that is to be seen whole: a view, and how far it reaches in ten-thousandths of a degree.
    Part {
        /// The view.
        view: View,
        /// How far it reaches across.
        across: i32,
        /// How far it reaches up.
        up: i32,
    },
}

impl Map {
    /// What was chosen to be seen; `None` while it is what the map opened with.
    pub(super) fn region(&self, sight: Sight<'_>) -> Option<Region> {
        match self.look {
            Look::All(scope) if scope == sight.scope => Some(Region::All),
            Look::Part(scope, view) | Look::Visit(scope, view) if scope == sight.scope => {
                let view = view.settled(extent(sight));
                let (across, up) = view.reach(extent(sight));
                Some(Region::Part { view, across, up })
            }
            _ => None,
        }
    }

    /// The place that was selected last.
    pub(super) const fn place(&self) -> Option<EntityIx> {
        self.place
    }

    /// Selects a place among those of what is selected.
    pub(super) const fn turn_to(&mut self, place: Option<EntityIx>) {
        self.place = place;
    }

    /// Shows a part, as near as all of it is seen in an area, or all places, or what the map opens with.
    pub(super) fn show(&mut self, region: Option<Region>, scope: Scope, extent: Extent) {
        self.look = match region {
            None => Look::Opening,
            Some(Region::All) => Look::All(scope),
            Some(Region::Part { view, across, up }) => Look::Part(scope, view.reaching((across, up), extent)),
        };
    }

    /// Shows the places that some statements speak of: the densest group of them, or all if the selected one lies
    /// outside of it.
    pub(in crate::app) fn speak_of(&mut self, sight: Sight<'_>, statements: &[StatementIx]) {
        let all = spread(sight);
        let named = |one: &&Spread| {
            statements
                .iter()
                .any(|ix| sight.knowledge.statement(*ix).named().any(|named| named == one.entity))
        };
        let spoken: Vec<Spread> = all.iter().filter(named).copied().collect();
        if spoken.is_empty() {
            return;
        }
        let own = self.place_in(&all, sight).and_then(|ix| spoken.iter().find(|one| one.entity == ix));
        let group = opening(&spoken, extent(sight));
        let shows_own = own.is_none_or(|own| group.cell(own.point, extent(sight)).is_some());
        let view = if shows_own { group } else { whole(&spoken, extent(sight)) };
        self.look = Look::Part(sight.scope, view);
    }

    /// What is seen.
    pub fn scene(&self, sight: Sight<'_>) -> Scene {
        let all = spread(sight);
        scene::scene(sight, &all, self.view_of(&all, sight), self.place_in(&all, sight))
    }

    fn view_of(&self, all: &[Spread], sight: Sight<'_>) -> View {
        match self.look {
            Look::Part(scope, view) | Look::Visit(scope, view) if scope == sight.scope => {
                view.settled(extent(sight))
            }
            Look::All(scope) if scope == sight.scope => whole(all, extent(sight)),
            _ => opening(all, extent(sight)),
        }
    }

    /// The place that stands for the shared selection.
    fn place_in(&self, all: &[Spread], sight: Sight<'_>) -> Option<EntityIx> {
        let has = |entity: &EntityIx| all.iter().any(|one| one.entity == *entity);
        let first = first(all).map(|one| one.entity);
        let kept = self.place.filter(has);
        let named: Vec<EntityIx> = match sight.subject {
            None => return first,
            Some(Subject::Entity(entity)) if has(&entity) => return Some(entity),
            // Somebody may be named everywhere: where most often is seen soon enough.
            Some(Subject::Entity(entity)) => {
                let own = sight.scope.naming(sight.knowledge, entity).take(SAMPLE);
                own.flat_map(|ix| sight.knowledge.statement(ix).named()).collect()
            }
            Some(subject) => {
                let own = subject.statements(sight.knowledge);
                own.iter().flat_map(|ix| sight.knowledge.statement(*ix).named()).collect()
            }
        };
        let told = |entity: &EntityIx| named.contains(entity);
        kept.filter(told).or_else(|| named.iter().copied().find(has)).or(kept).or(first)
    }

    /// The nearest place in a direction.
    fn walk(&self, sight: Sight<'_>, way: Way) -> Answer {
        let all = spread(sight);
        let (view, extent) = (self.view_of(&all, sight), extent(sight));
        let Some(own) = self.place_in(&all, sight).and_then(|ix| all.iter().find(|one| one.entity == ix))
        else {
            return Answer::Done;
        };
        let spots = all.iter().map(|one| view.spot(one.point, extent));
        let to = nearest(view.spot(own.point, extent), way, spots);
        to.and_then(|at| all.get(at)).map_or(Answer::Done, |one| Answer::Select(Subject::Entity(one.entity)))
    }

    /// The place so many rows further on in the order of importance: this way every one of them can be reached.
    fn turn(&self, sight: Sight<'_>, action: Action) -> Answer {
        let all = spread(sight);
        let own = self.place_in(&all, sight);
        let at = all.iter().position(|one| Some(one.entity) == own).unwrap_or_default();
        let to = match action {
            Action::First => 0,
            Action::Last => all.len().saturating_sub(1),
            Action::ReadBack | Action::PageUp | Action::HalfPageUp => at.saturating_sub(1),
            _ => (at + 1).min(all.len().saturating_sub(1)),
        };
        all.get(to).map_or(Answer::Done, |one| Answer::Select(Subject::Entity(one.entity)))
    }

    fn pan(&mut self, sight: Sight<'_>, way: Way) -> Answer {
        let extent = extent(sight);
        let cells = match way {
            Way::Left | Way::Right => extent.columns.div_ceil(8),
            Way::Up | Way::Down => extent.rows.div_ceil(6),
        };
        let view = self.view_of(&spread(sight), sight).panned(way, cells, extent);
        self.look = Look::Part(sight.scope, view);
        Answer::Done
    }

    /// One step nearer or further, around a place.
    fn zoom(&mut self, sight: Sight<'_>, by: i8, held: Option<Point>) -> Answer {
        let all = spread(sight);
        let (view, extent) = (self.view_of(&all, sight), extent(sight));
        let own = self.place_in(&all, sight).and_then(|ix| all.iter().find(|one| one.entity == ix));
        let seen = own.map(|one| one.point).filter(|point| view.cell(*point, extent).is_some());
        // By key, one comes nearer to the selected place: to the middle, for there is something around it.
        let view =
            seen.filter(|_| by > 0 && held.is_none()).map_or(view, |point| view.centred(point, extent));
        let held = held.unwrap_or_else(|| view.centre());
        self.look = Look::Part(sight.scope, view.zoomed(by, held, extent));
        Answer::Done
    }
}

impl Optic for Map {
    fn rows(&self, sight: Sight<'_>) -> Vec<Row> {
        let mut rows = Vec::new();
        for one in spread(sight) {
            rows.push(Row::Mark(Subject::Entity(one.entity)));
            let told = places::statements(sight, one.entity).take(TOLD);
            rows.extend(told.map(|ix| Row::Heading(ix.at())));
        }
        rows
    }

    fn write(&self, sight: Sight<'_>, row: Row) -> Line {
        match row {
            Row::Mark(Subject::Entity(entity)) => place_line(sight, entity),
            Row::Heading(at) if at < sight.knowledge.statements.len() => {
                statement_line(sight, StatementIx::new(at))
            }
            _ => Line::new(),
        }
    }

    fn left_out(&self, sight: Sight<'_>) -> String {
        match places::without_place(sight) {
            0 => String::new(),
            1 => "1 statement names no place".to_owned(),
            many => format!("{many} statements name no place"),
        }
    }

    fn caption(&self, sight: Sight<'_>) -> String {
        let (all, pins) = (spread(sight).len(), self.scene(sight).pins);
        let unnamed = pins.iter().filter(|pin| pin.label.is_none() && pin.number.is_none()).count();
        let places = match (pins.len(), all) {
            (1, 1) => "1 place".to_owned(),
            (seen, all) if seen == all => format!("{all} places"),
            (seen, all) => format!("{seen} of {all} places, {} outside", all - seen),
        };
        if unnamed > 0 { format!("{places}, {unnamed} too close to name") } else { places }
    }

    fn caption_of_text(&self, sight: Sight<'_>) -> String {
        super::count(spread(sight).len(), "place", "places")
    }

    fn selected(&self, sight: Sight<'_>) -> Option<Subject> {
        self.place_in(&spread(sight), sight).map(Subject::Entity)
    }

    fn act(&mut self, sight: Sight<'_>, action: Action) -> Answer {
        match action {
            Action::Left => self.walk(sight, Way::Left),
            Action::Right => self.walk(sight, Way::Right),
            Action::LineUp => self.walk(sight, Way::Up),
            Action::LineDown => self.walk(sight, Way::Down),
            Action::PanLeft => self.pan(sight, Way::Left),
            Action::PanRight => self.pan(sight, Way::Right),
            Action::PanUp => self.pan(sight, Way::Up),
            Action::PanDown => self.pan(sight, Way::Down),
            Action::ZoomIn => self.zoom(sight, 1, None),
            Action::ZoomOut => self.zoom(sight, -1, None),
            Action::ZoomFit => {
                // Once all is seen, the same key leads back to where the map opened.
                let is_all = self.look == Look::All(sight.scope);
                self.look = if is_all { Look::Opening } else { Look::All(sight.scope) };
                Answer::Done
            }
            Action::ReadOn | Action::ReadBack | Action::First | Action::Last => self.turn(sight, action),
            Action::PageDown | Action::PageUp | Action::HalfPageDown | Action::HalfPageUp => {
                self.turn(sight, action)
            }
            _ => Answer::Nothing,
        }
    }

    fn zoom_at(&mut self, sight: Sight<'_>, action: Action, at: Position) -> Answer {
        let view = self.view_of(&spread(sight), sight);
        let column = f64::from(at.x.saturating_sub(sight.area.x)) + 0.5;
        let row = f64::from(at.y.saturating_sub(sight.area.y)) + 0.5;
        let held = view.point(Spot { column, row }, extent(sight));
        self.zoom(sight, if action == Action::ZoomIn { 1 } else { -1 }, Some(held))
    }

    fn at(&self, sight: Sight<'_>, at: Position) -> Option<Subject> {
        let (column, row) = (at.x.checked_sub(sight.area.x)?, at.y.checked_sub(sight.area.y)?);
        self.scene(sight).at(column, row).map(Subject::Entity)
    }

    fn settle(&mut self, sight: Sight<'_>) {
        let all = spread(sight);
        let own = self.place_in(&all, sight);
        if own == self.place {
            return;
        }
        // What was just selected comes into sight; after that one may look away from it.
        self.place = own;
        let (view, extent) = (self.view_of(&all, sight), extent(sight));
        let Some(point) = all.iter().find(|one| Some(one.entity) == own).map(|one| one.point) else { return };
        let is_in = |view: View| view.cell(point, extent).is_some();
        let is_visit = matches!(self.look, Look::Visit(scope, _) if scope == sight.scope);
        let is_part = matches!(self.look, Look::Part(scope, _) if scope == sight.scope);
        // A visit ends with a place that the map opens with; a part that one chose is left for what it does not show.
        if is_visit && is_in(opening(&all, extent)) {
            self.look = Look::Opening;
        } else if !is_in(view) {
            self.look = match (is_far(view, point, extent), is_part) {
                (true, _) => Look::Visit(sight.scope, visit(&all, point, extent)),
                (false, true) => Look::Part(sight.scope, view.showing(point, extent)),
                (false, false) => Look::Visit(sight.scope, view.showing(point, extent)),
            };
        }
    }

    fn statements(&self, sight: Sight<'_>) -> Vec<StatementIx> {
        match self.selected(sight) {
            Some(Subject::Entity(place)) => places::statements(sight, place).collect(),
            _ => Vec::new(),
        }
    }

    fn is_readable(&self, sight: Sight<'_>) -> bool {
        sight.area.width >= COLUMNS && sight.area.height >= ROWS
    }
}

/// "Pyongyang · place · 7 statements · 39.0° N 125.8° E"
fn place_line(sight: Sight<'_>, ix: EntityIx) -> Line {
    let entity = sight.knowledge.entity(ix);
    let count = places::count_at(sight, ix);
    let mut about = vec![entity.kind.word().to_owned()];
    about.push(if count == 1 { "1 statement".to_owned() } else { format!("{count} statements") });
    about.extend(entity.at.map(|at| degrees(at, sight.ascii)));
    let dot = if sight.ascii { " - " } else { " · " };
    let about = format!("{dot}{}", about.join(dot));
    vec![Run::new(&*entity.name, Ink::of(Role::Strong)), Run::new(about, Ink::of(Role::Muted))]
}

/// "39.0° N 125.8° E"
fn degrees((latitude, longitude): (f64, f64), ascii: bool) -> String {
    let sign = if ascii { "" } else { "°" };
    let half = |value: f64, plus: char, minus: char| {
        format!("{:.1}{sign} {}", value.abs(), if value < 0.0 { minus } else { plus })
    };
    format!("{} {}", half(latitude, 'N', 'S'), half(longitude, 'E', 'W'))
}

/// A statement in one line: sign, id, text.
fn statement_line(sight: Sight<'_>, ix: StatementIx) -> Line {
    let knowledge: &Knowledge = sight.knowledge;
    let statement = knowledge.statement(ix);
    let kind = statement.standing.kind();
    let faint = sight.shown(ix) == Shown::Faint;
    let ink = |role| Ink { faint, ..Ink::of(role) };
    let sign = if sight.ascii { kind.letter() } else { kind.sign() };
    vec![
        Run::new(format!("  {sign} "), ink(Role::Standing(kind))),
        Run::new(format!("{} ", knowledge.ids.name(Item::Statement(ix))), ink(Role::Muted)),
        Run::new(&*statement.text.plain, ink(Role::Body)),
    ]
}
