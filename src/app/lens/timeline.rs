//! The timeline: what has a date, on an axis of time, in lanes by topic or by name.
//!
//! The lane of the open tab is open: its marks have labels. The other lanes show how much happened when, and open when
//! one goes there. Must never leave out a mark without counting it.

mod chart;
mod eras;
mod lanes;
mod rows;
mod walk;

pub use chart::{Chart, Era, Lane, Mark, More, chart};
pub use lanes::About;

use ratatui::layout::Position;

use super::{Answer, Optic, Row, Scope, Sight, Subject};
use crate::action::Action;
use crate::app::document::{Ink, Line, Role, Run};
use crate::geom::axis::Scale;
use crate::knowledge::{Date, Dated, StatementIx};
use lanes::Lanes;

/// Cells of the dates in the text twin.
const DATES: usize = 12;

/// Where one looks in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timeline {
    /// The first and the last day seen, as Julian day numbers; `None` for all that is there.
    pub window: Option<(i32, i32)>,
    /// Lanes by name rather than by topic.
    pub by_name: bool,
}

impl Optic for Timeline {
    fn rows(&self, sight: Sight<'_>) -> Vec<Row> {
        let lanes = Lanes::of(self, sight);
        lanes.own().map(|item| Row::Mark(lanes.subject(item))).collect()
    }

    fn write(&self, sight: Sight<'_>, row: Row) -> Line {
        let Row::Mark(subject) = row else { return Line::new() };
        let lanes = Lanes::of(self, sight);
        let Some(item) = lanes.item(subject) else { return Line::new() };
        let when = sight.knowledge.date_of_item(item);
        // Of several that are called the same, the day tells which is which.
        let when = when.map_or_else(String::new, |when| match when {
            Date::Point(_) if lanes.has_twin(item) => when.to_string(),
            _ => when.brief(),
        });
        let mut line = vec![Run::new(format!("{when:<DATES$}"), Ink::of(Role::Muted))];
        line.extend(lanes::signs(item).into_iter().map(|kind| {
            let sign = if sight.ascii { kind.letter() } else { kind.sign() };
            Run::new(sign, Ink::of(Role::Standing(kind)))
        }));
        let faint = lanes.is_faint(item);
        line.push(Run::new(format!(" {}", lanes.label(item)), Ink { faint, ..Ink::of(Role::Body) }));
        line
    }

    fn left_out(&self, sight: Sight<'_>) -> String {
        let undated = match sight.scope {
            Scope::Topic(topic) => sight.knowledge.dates_of_topic(topic).undated,
            Scope::Entity(entity) => sight.knowledge.dates_of_entity(entity).undated,
        };
        super::count(undated, "statement has no date", "statements have no date")
    }

    fn caption(&self, sight: Sight<'_>) -> String {
        let arranged = if self.by_name { "by name" } else { "by topic" };
        let window = self.window.or_else(|| Lanes::of(self, sight).extent());
        window.map_or_else(String::new, |(first, last)| {
            format!("{arranged} · {}", chart::range_words(first, last))
        })
    }

    fn caption_of_text(&self, sight: Sight<'_>) -> String {
        let extent = Lanes::of(self, sight).own_extent();
        extent.map_or_else(String::new, |(first, last)| chart::range_words(first, last))
    }

    fn selected(&self, sight: Sight<'_>) -> Option<Subject> {
        let lanes = Lanes::of(self, sight);
        lanes.selected().map(|item| lanes.subject(item))
    }

    fn act(&mut self, sight: Sight<'_>, action: Action) -> Answer {
        walk::act(self, sight, action)
    }

    fn zoom_at(&mut self, sight: Sight<'_>, action: Action, at: Position) -> Answer {
        let chart = chart(self, sight);
        let column = at.x.saturating_sub(chart.lanes_from).min(chart.scale.columns);
        walk::zoom(self, sight, action, chart.scale.day(column))
    }

    fn at(&self, sight: Sight<'_>, at: Position) -> Option<Subject> {
        chart(self, sight).at(at)
    }

    fn settle(&mut self, sight: Sight<'_>) {
        walk::settle(self, sight);
    }

    fn statements(&self, sight: Sight<'_>) -> Vec<StatementIx> {
        let lanes = Lanes::of(self, sight);
        lanes.selected().map_or_else(Vec::new, |item| lanes.statements(item))
    }

    fn position(&self, sight: Sight<'_>) -> Option<(usize, usize)> {
        let lanes = Lanes::of(self, sight);
        let items = lanes.series();
        let at = items.position(lanes.selected()?)?;
        Some((lanes.count(items.part(0..at)), lanes.count(items)))
    }
}

impl Timeline {
    /// The axis on so many columns; `None` if nothing has a date.
    fn scale(&self, lanes: &Lanes<'_>, columns: u16) -> Option<Scale> {
        let (first, last) = self.window.or_else(|| lanes.extent())?;
        Some(Scale { first, last, columns })
    }
}

/// What a mark is called.
pub fn label<'a>(sight: Sight<'a>, mark: &Mark) -> &'a str {
    lanes::label(sight, &mark.item)
}

/// The days of an item that can be counted: an open end reaches as far as anything does.
fn days(item: &Dated, (first, last): (i32, i32)) -> (i32, i32) {
    (item.first.max(first.min(item.last)), item.last.min(last.max(item.first)))
}
