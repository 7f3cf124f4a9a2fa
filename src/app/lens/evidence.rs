//! Evidence: how well what is said stands, topic by topic, and who says and who denies it.
//!
//! Two tables, one cursor: topics × standings, and below it those who say × those who deny. What the source itself judges
//! is never among what parties say. Every statement stands in a cell of the first table.

mod table;

pub use table::{Cell, Field, Table, table};

use ratatui::layout::Position;

use super::{Answer, Optic, Row, Scope, Sight, Subject};
use crate::action::Action;
use crate::app::document::{Ink, Line, Role, Run};
use crate::app::filter::Shown;
use crate::knowledge::{Counts, EntityIx, Item, StandingKind, StatementIx, Tally, TopicIx};

/// Where one looks in the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    /// The cell that was gone to last; it counts as long as what is selected is in it.
    pub cell: Option<Cell>,
}

/// The standings of what is in scope; of a topic those of all topics, so that it is seen among them.
pub(super) fn tally<'a>(sight: &Sight<'a>) -> &'a Tally {
    match sight.scope {
        Scope::Topic(_) => sight.knowledge.tally(),
        Scope::Entity(entity) => sight.knowledge.tally_of_entity(entity),
    }
}

/// The statements of a cell that are not hidden.
pub(super) fn of_cell(cell: Cell, tally: &Tally, sight: Sight<'_>) -> Vec<StatementIx> {
    match cell {
        // They are all of one standing: none need be looked at.
        Cell::Standing(_, kind) if sight.filter.shown(kind) == Shown::Hidden => Vec::new(),
        Cell::Standing(topic, kind) => tally.of_standing(topic, kind).to_vec(),
        Cell::Pair(pair) => {
            let shown = |ix: &StatementIx| sight.shown(*ix) != Shown::Hidden;
            tally.of_pair(pair).iter().copied().filter(shown).collect()
        }
    }
}

/// The statement of the shared selection that this lens can show: the first one in scope if there is none.
fn statement(sight: Sight<'_>) -> Option<StatementIx> {
    let seen = |ix: &StatementIx| sight.shown(*ix) != Shown::Hidden;
    let inside = |ix: &StatementIx| seen(ix) && sight.scope.holds(sight.knowledge, *ix);
    let own = sight.subject.and_then(|subject| match subject.statement(sight.knowledge) {
        Some(own) => Some(own).filter(inside),
        None => match subject {
            Subject::Entity(entity) => sight.scope.naming(sight.knowledge, entity).find(seen),
            _ => subject.statements(sight.knowledge).into_iter().find(inside),
        },
    });
    own.or_else(|| sight.scope.statements(sight.knowledge).find(seen))
}

/// The topic and the standing of what is selected.
fn plain_cell(sight: Sight<'_>) -> Option<Cell> {
    let its = sight.knowledge.statement(statement(sight)?);
    Some(Cell::Standing(sight.knowledge.entry(its.entry).topic, its.standing.kind()))
}

impl Evidence {
    /// The cell in which one is: that of the cursor, if it holds what is selected, else that of its topic and standing.
    pub fn selected_cell(&self, sight: Sight<'_>) -> Option<Cell> {
        let its = sight.knowledge.statement(statement(sight)?);
        let plain = plain_cell(sight)?;
        let holds = |cell: &Cell| match *cell {
            Cell::Standing(..) => *cell == plain,
            Cell::Pair((by, denier)) => {
                let deniers = its.standing.denied_by();
                its.standing.by().contains(&by)
                    && denier.map_or(deniers.is_empty(), |denier| deniers.contains(&denier))
            }
        };
        Some(self.cell.filter(holds).unwrap_or(plain))
    }

    /// Goes to a cell; what is selected there is the first statement of the open topic, else the first of all.
    fn go(&mut self, cell: Cell, sight: Sight<'_>) -> Answer {
        let statements = of_cell(cell, tally(&sight), sight);
        let here = |ix: &&StatementIx| sight.scope.holds(sight.knowledge, **ix);
        let Some(first) = statements.iter().find(here).or(statements.first()) else { return Answer::Done };
        self.cell = Some(cell);
        Answer::Select(Subject::Statement(*first))
    }
}

impl Evidence {
    /// The cell above or below. Where no party that is seen is left in that direction, the next one that is not.
    fn step(&self, action: Action, table: &Table, sight: Sight<'_>) -> Option<Cell> {
        let seen = table.step(action);
        match (self.selected_cell(sight), seen) {
            (Some(Cell::Pair(own)), None | Some(Cell::Standing(..))) => beyond(own, action, sight).or(seen),
            _ => seen,
        }
    }
}

/// The cell of the next party in a direction that says anything, nearest to who denies it in one's own cell.
fn beyond((by, denier): (EntityIx, Option<EntityIx>), action: Action, sight: Sight<'_>) -> Option<Cell> {
    let tally = tally(&sight);
    let own = tally.sayers.iter().position(|other| *other == by)?;
    let place = |denier: Option<EntityIx>| {
        denier
            .and_then(|denier| tally.deniers.iter().position(|other| *other == denier))
            .map_or(0, |at| at + 1)
    };
    let cell = |by: &EntityIx| {
        let deniers = std::iter::once(None).chain(tally.deniers.iter().copied().map(Some));
        let cells = deniers
            .filter(|denier| table::counts(Cell::Pair((*by, *denier)), tally, sight) != Counts::default());
        let nearest = cells.min_by_key(|other| place(*other).abs_diff(place(denier)))?;
        Some(Cell::Pair((*by, nearest)))
    };
    if action == Action::LineDown {
        tally.sayers.iter().skip(own + 1).find_map(cell)
    } else {
        tally.sayers.iter().take(own).rev().find_map(cell)
    }
}

impl Optic for Evidence {
    fn rows(&self, sight: Sight<'_>) -> Vec<Row> {
        let tally = tally(&sight);
        let topics = match sight.scope {
            Scope::Topic(topic) => vec![topic],
            Scope::Entity(_) => sight.knowledge.topic_ixs().collect(),
        };
        let mut rows = Vec::new();
        for topic in topics {
            for kind in StandingKind::ALL {
                let statements = of_cell(Cell::Standing(topic, kind), tally, sight);
                if !statements.is_empty() {
                    rows.push(Row::Heading(topic.at() * StandingKind::ALL.len() + kind as usize));
                    rows.extend(statements.into_iter().map(|ix| Row::Mark(Subject::Statement(ix))));
                }
            }
        }
        // Who says what and who denies it stands below, one row a pair.
        let standings = sight.knowledge.topics.len() * StandingKind::ALL.len();
        rows.extend((0..tally.pairs().count()).map(|at| Row::Heading(standings + at)));
        rows
    }

    fn write(&self, sight: Sight<'_>, row: Row) -> Line {
        let knowledge = sight.knowledge;
        match row {
            Row::Heading(at) => heading(at, sight),
            Row::Mark(Subject::Statement(ix)) => {
                let statement = knowledge.statement(ix);
                let faint = sight.shown(ix) != Shown::Full;
                let kind = statement.standing.kind();
                let sign = if sight.ascii { kind.letter() } else { kind.sign() };
                vec![
                    Run::new(sign, Ink { faint, ..Ink::of(Role::Standing(kind)) }),
                    Run::new(
                        format!(" {:<4} ", knowledge.ids.name(Item::Statement(ix))),
                        Ink::of(Role::Muted),
                    ),
                    Run::new(&*statement.text.plain, Ink { faint, ..Ink::of(Role::Body) }),
                ]
            }
            Row::Mark(_) => Line::new(),
        }
    }

    fn left_out(&self, _sight: Sight<'_>) -> String {
        String::new()
    }

    fn no_room(&self, sight: Sight<'_>) -> String {
        let table = table(self, sight);
        let topics = super::count(table.hidden.0, "more topic", "more topics");
        // What the second table leaves out is said over it.
        let parties =
            if table.heading.is_none() && table.hidden.1 > 0 { "who says and denies it" } else { "" };
        let words: Vec<&str> = [&*topics, parties].into_iter().filter(|words| !words.is_empty()).collect();
        if words.is_empty() { String::new() } else { format!("no room for {}", words.join(" and ")) }
    }

    fn caption(&self, sight: Sight<'_>) -> String {
        let count = match sight.scope {
            Scope::Topic(topic) => {
                let of = |kind| sight.knowledge.tally().of_standing(topic, kind).len();
                StandingKind::ALL.into_iter().map(of).sum()
            }
            Scope::Entity(entity) => sight.knowledge.mentions.statements(entity).len(),
        };
        super::count(count, "statement", "statements")
    }
    fn selected(&self, sight: Sight<'_>) -> Option<Subject> {
        statement(sight).map(Subject::Statement)
    }

    fn act(&mut self, sight: Sight<'_>, action: Action) -> Answer {
        let table = table(self, sight);
        let to = match action {
            Action::Left | Action::Right => table.step(action),
            Action::LineUp | Action::LineDown => self.step(action, &table, sight),
            Action::PageUp | Action::HalfPageUp | Action::First => table.first(),
            Action::PageDown | Action::HalfPageDown | Action::Last => table.last(),
            _ => return Answer::Nothing,
        };
        to.map_or(Answer::Done, |cell| self.go(cell, sight))
    }

    fn zoom_at(&mut self, _sight: Sight<'_>, _action: Action, _at: Position) -> Answer {
        Answer::Done
    }

    fn at(&self, sight: Sight<'_>, at: Position) -> Option<Subject> {
        let cell = table(self, sight).at(at)?;
        let statements = of_cell(cell, tally(&sight), sight);
        let here = |ix: &&StatementIx| sight.scope.holds(sight.knowledge, **ix);
        statements.iter().find(here).or(statements.first()).copied().map(Subject::Statement)
    }

    /// Among the statements of its cell.
    fn position(&self, sight: Sight<'_>) -> Option<(usize, usize)> {
        let (own, statements) = (statement(sight)?, self.statements(sight));
        statements.binary_search(&own).ok().map(|at| (at, statements.len()))
    }

    fn statements(&self, sight: Sight<'_>) -> Vec<StatementIx> {
        let cell = self.selected_cell(sight);
        cell.map_or_else(Vec::new, |cell| of_cell(cell, tally(&sight), sight))
    }
}

/// "Overview - stated", or "United States, denied by Russia: 1".
fn heading(at: usize, sight: Sight<'_>) -> Line {
    let knowledge = sight.knowledge;
    let kinds = StandingKind::ALL.len();
    let standings = knowledge.topics.len() * kinds;
    let ink = Ink::of(Role::Heading);
    if let Some(pair) = at.checked_sub(standings) {
        let tally = tally(&sight);
        let Some(((by, denier), statements)) = tally.pairs().nth(pair) else { return Line::new() };
        let name = |entity| knowledge.entity(entity).name.to_string();
        let whom = denier.map_or_else(|| "nobody".to_owned(), name);
        let count = super::count(statements.len(), "statement", "statements");
        return vec![
            Run::new(name(by), Ink::of(Role::Strong)),
            Run::new(format!(", denied by {whom}: {count}"), Ink::of(Role::Muted)),
        ];
    }
    let Some(kind) = StandingKind::ALL.get(at % kinds) else { return Line::new() };
    let topic = TopicIx::new(at / kinds);
    let words = format!("{} - {}, {}", knowledge.topic(topic).short, kind.word(), kind.meaning());
    vec![Run::new(words, ink)]
}
