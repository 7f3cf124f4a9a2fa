//! The network: one entity in the middle, and who is related to it, how, when and how surely.
//!
//! What acts upon the middle stands on its left, what it acts upon on its right: each row reads from left to right.

mod plot;
mod web;

use ratatui::layout::Position;

pub use plot::{Plot, indent};
pub use web::{Side, Twig, Web};

use super::{Answer, Optic, Row, Scope, Sight, Subject};
use crate::action::Action;
use crate::app::document::{Ink, Line, Role, Run};
use crate::app::filter::Shown;
use crate::knowledge::{EntityIx, RelationIx};

/// How many steps from the middle one can see at most.
const DEEPEST: u8 = 3;
/// Columns from which rows on both sides of a middle can be read.
const COLUMNS: u16 = 72;
/// Rows from which the picture shows more than a list would.
const ROWS: u16 = 6;
/// Headings of the text twin.
const MIDDLE: usize = 0;
const FURTHER: usize = 1;

/// Where one looks in the network.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Network {
    /// How many steps more than one from the middle are seen.
    further: u8,
    /// The entity in the middle, and in which scope it came there.
    middle: Option<(Scope, EntityIx)>,
    /// The relation that was selected last.
    edge: Option<RelationIx>,
    /// The first row seen on the left and on the right.
    top: [u16; 2],
}

impl Network {
    /// Steps from the middle that are seen.
    pub const fn depth(&self) -> u8 {
        self.further + 1
    }

    /// The entity that was put into the middle of a scope.
    pub(super) fn chosen(&self, scope: Scope) -> Option<EntityIx> {
        self.middle.filter(|(own, _)| *own == scope).map(|(_, middle)| middle)
    }

    /// Sees so many steps, with an entity of the scope in the middle.
    pub(super) fn put(&mut self, depth: u8, middle: Option<EntityIx>, scope: Scope) {
        self.further = depth.saturating_sub(1).min(DEEPEST - 1);
        self.middle = middle.map(|middle| (scope, middle));
    }

    /// The entity in the middle; none if nothing in scope is related to anything.
    pub fn middle(&self, sight: Sight<'_>) -> Option<EntityIx> {
        match (sight.scope, self.middle) {
            (Scope::Entity(entity), _) => Some(entity),
            (scope, Some((own, middle))) if own == scope => Some(middle),
            _ => web::most_related(sight),
        }
    }

    /// What stands around the middle.
    fn web(&self, sight: Sight<'_>) -> Option<Web> {
        Some(web::web(sight, self.middle(sight)?, self.depth()))
    }

    /// What the picture shows: the selected relation is in it, if need be with one of its ends in the middle.
    fn shown(&self, sight: Sight<'_>) -> Option<(Web, Option<RelationIx>)> {
        let web = self.web(sight)?;
        match self.edge_in(&web, sight) {
            Some(edge) if !web.has(edge) => {
                Some((web::web(sight, sight.knowledge.relation(edge).from, self.depth()), Some(edge)))
            }
            edge => Some((web, edge)),
        }
    }

    /// Where it stands in the picture.
    pub fn plot(&self, sight: Sight<'_>) -> Option<Plot> {
        let (web, edge) = self.shown(sight)?;
        Some(plot::plot(web, edge, self.top, sight))
    }

    /// The relation that stands for the shared selection. In a topic it may be one that the web does not reach.
    fn edge_in(&self, web: &Web, sight: Sight<'_>) -> Option<RelationIx> {
        let topic = matches!(sight.scope, Scope::Topic(_));
        let is_here = |edge: RelationIx| web.has(edge) || (topic && web::is_seen(sight, edge));
        let kept = self.edge.filter(|kept| is_here(*kept));
        let statement = sight.subject.and_then(|subject| subject.statement(sight.knowledge));
        let meant = match sight.subject {
            Some(Subject::Relation(own)) => Some(own).filter(|own| is_here(*own)),
            Some(Subject::Entity(own)) => web.edges().find(|(_, outer)| *outer == own).map(|(edge, _)| edge),
            _ => None,
        };
        let rests = |edge: RelationIx| statement == Some(sight.knowledge.relation(edge).statement);
        meant
            .or_else(|| kept.filter(|kept| rests(*kept)))
            .or_else(|| web.edges().map(|(edge, _)| edge).find(|edge| rests(*edge)))
            .or(kept)
            .or_else(|| web.edges().next().map(|(edge, _)| edge))
    }

    /// The edge one row further on its side, or the nearest one on the other side.
    fn walk(&self, sight: Sight<'_>, action: Action) -> Answer {
        let Some(plot) = self.plot(sight) else { return Answer::Done };
        let to = match action {
            Action::LineUp => plot.beside(-1),
            Action::LineDown => plot.beside(1),
            Action::Left => plot.across(Side::Left),
            _ => plot.across(Side::Right),
        };
        to.map_or(Answer::Done, |edge| Answer::Select(Subject::Relation(edge)))
    }

    /// The relation after or before. Those of a topic come in the order of the file, and each of them is reached.
    fn turn(&self, sight: Sight<'_>, action: Action) -> Answer {
        let Some((web, own)) = self.shown(sight) else { return Answer::Done };
        let edges: Vec<RelationIx> = match sight.scope {
            Scope::Topic(_) => web::in_topic(sight).collect(),
            Scope::Entity(_) => web.edges().map(|(edge, _)| edge).collect(),
        };
        let at = edges.iter().position(|edge| Some(*edge) == own).unwrap_or_default();
        let to = match action {
            Action::First => 0,
            Action::Last => edges.len().saturating_sub(1),
            Action::ReadBack | Action::PageUp | Action::HalfPageUp => at.saturating_sub(1),
            _ => (at + 1).min(edges.len().saturating_sub(1)),
        };
        edges.get(to).map_or(Answer::Done, |edge| Answer::Select(Subject::Relation(*edge)))
    }

    /// Puts an entity into the middle, and begins at the top of both sides.
    fn centre(&mut self, sight: Sight<'_>, middle: EntityIx) {
        if self.middle != Some((sight.scope, middle)) {
            self.middle = Some((sight.scope, middle));
            self.top = [0; 2];
        }
    }

    /// The middle with which a scope begins: what is selected, if anything is related to it.
    fn first_middle(&self, sight: Sight<'_>) -> Option<EntityIx> {
        match (sight.scope, sight.subject) {
            (Scope::Topic(_), Some(Subject::Entity(entity))) if web::is_related(sight, entity) => {
                Some(entity)
            }
            _ => self.shown(sight).map(|(web, _)| web.middle),
        }
    }
}

impl Optic for Network {
    fn rows(&self, sight: Sight<'_>) -> Vec<Row> {
        let Some(web) = self.web(sight) else { return Vec::new() };
        let mut rows = vec![Row::Heading(MIDDLE)];
        rows.extend(web.edges().map(|(edge, _)| Row::Mark(Subject::Relation(edge))));
        let unseen = web::unseen(sight, &web);
        if !unseen.is_empty() {
            rows.push(Row::Heading(FURTHER));
            rows.extend(unseen.into_iter().map(|edge| Row::Mark(Subject::Relation(edge))));
        }
        rows
    }

    fn write(&self, sight: Sight<'_>, row: Row) -> Line {
        let Some(middle) = self.middle(sight) else { return Line::new() };
        match row {
            Row::Heading(MIDDLE) => {
                let entity = sight.knowledge.entity(middle);
                let dot = if sight.ascii { " - " } else { " · " };
                let kind = Run::new(format!("{dot}{}", entity.kind.word()), Ink::of(Role::Muted));
                vec![Run::new(&*entity.name, Ink::of(Role::Strong)), kind]
            }
            Row::Heading(_) => vec![Run::new("Further relations in this topic", Ink::of(Role::Muted))],
            Row::Mark(Subject::Relation(edge)) => sentence(sight, edge, web::steps(sight, middle, edge)),
            Row::Mark(_) => Line::new(),
        }
    }

    fn left_out(&self, sight: Sight<'_>) -> String {
        let unseen = self.shown(sight).map_or(0, |(web, _)| web::unseen(sight, &web).len());
        match (unseen, sight.scope) {
            (0, _) => String::new(),
            (1, _) => "1 relation lies further".to_owned(),
            (many, _) => format!("{many} relations lie further"),
        }
    }

    fn caption(&self, sight: Sight<'_>) -> String {
        let Some((web, _)) = self.shown(sight) else { return String::new() };
        let edges = web.edges().count();
        let relations = if edges == 1 { "1 relation".to_owned() } else { format!("{edges} relations") };
        let around = match sight.scope {
            Scope::Topic(_) => format!("around {}, ", sight.knowledge.entity(web.middle).name),
            Scope::Entity(_) => String::new(),
        };
        let depth = if self.further == 0 { String::new() } else { format!(", {} steps deep", self.depth()) };
        format!("{around}{relations}{depth}")
    }

    fn selected(&self, sight: Sight<'_>) -> Option<Subject> {
        let web = self.web(sight)?;
        self.edge_in(&web, sight).map(Subject::Relation)
    }

    fn act(&mut self, sight: Sight<'_>, action: Action) -> Answer {
        // One walks on from what is seen.
        if let Some((web, _)) = self.shown(sight) {
            self.centre(sight, web.middle);
        }
        match action {
            Action::LineUp | Action::LineDown | Action::Left | Action::Right => self.walk(sight, action),
            Action::ReadOn | Action::ReadBack | Action::First | Action::Last => self.turn(sight, action),
            Action::PageDown | Action::PageUp | Action::HalfPageDown | Action::HalfPageUp => {
                self.turn(sight, action)
            }
            Action::ZoomIn | Action::ZoomOut | Action::ZoomFit | Action::Arrange => {
                self.further = match action {
                    Action::ZoomIn => (self.further + 1).min(DEEPEST - 1),
                    Action::ZoomOut => self.further.saturating_sub(1),
                    Action::Arrange => (self.further + 1) % DEEPEST,
                    _ => 0,
                };
                Answer::Done
            }
            _ => Answer::Nothing,
        }
    }

    fn at(&self, sight: Sight<'_>, at: Position) -> Option<Subject> {
        let (column, row) = (at.x.checked_sub(sight.area.x)?, at.y.checked_sub(sight.area.y)?);
        self.plot(sight)?.at(column, row).map(Subject::Relation)
    }

    fn settle(&mut self, sight: Sight<'_>) {
        if self.middle.is_none_or(|(scope, _)| scope != sight.scope)
            && let Some(middle) = self.first_middle(sight)
        {
            self.centre(sight, middle);
        }
        let Some((web, edge)) = self.shown(sight) else { return };
        self.edge = edge;
        self.top = plot::tops(&web, edge, self.top, sight.area.height);
    }

    fn opens(&self, sight: Sight<'_>) -> Option<EntityIx> {
        let (web, own) = self.shown(sight)?;
        web.edges().find(|(edge, _)| Some(*edge) == own).map(|(_, outer)| outer)
    }

    fn is_readable(&self, sight: Sight<'_>) -> bool {
        !sight.ascii && sight.area.width >= COLUMNS && sight.area.height >= ROWS
    }
}

/// "North Korea sought better balanced ties with China  1950s–60s", indented by its steps from the middle.
fn sentence(sight: Sight<'_>, edge: RelationIx, steps: u8) -> Line {
    let relation = sight.knowledge.relation(edge);
    let kind = sight.knowledge.statement(relation.statement).standing.kind();
    let faint = sight.shown(relation.statement) == Shown::Faint;
    let ink = |role| Ink { faint, ..Ink::of(role) };
    let sign = if sight.ascii { kind.letter() } else { kind.sign() };
    let (from, does, to) = relation.sentence(sight.knowledge);
    let when = relation.when.map_or_else(String::new, |when| format!("  {}", when.brief()));
    vec![
        Run::new(format!("{:1$}{sign} ", "", 2 * usize::from(steps)), ink(Role::Standing(kind))),
        Run::new(from, ink(Role::Strong)),
        Run::new(format!(" {does} "), ink(Role::Body)),
        Run::new(to, ink(Role::Strong)),
        Run::new(when, ink(Role::Muted)),
    ]
}
