//! The two tables of the evidence in cells of the screen, and the way from one cell to the next.

use ratatui::layout::{Position, Rect};

use super::{Evidence, tally};
use crate::action::Action;
use crate::app::filter::Shown;
use crate::app::lens::{Scope, Sight};
use crate::knowledge::{Counts, EntityIx, Pair, StandingKind, Tally, TopicIx};
use crate::text::width::width;

/// The widest column of names, in cells.
const NAMES: u16 = 22;
/// Cells of a column of the second table.
const DENIER: u16 = 16;

/// A cell of one of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Topic and standing.
    Standing(TopicIx, StandingKind),
    /// Who says and who denies.
    Pair(Pair),
}

/// A cell in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Which cell.
    pub cell: Cell,
    /// Where it is, on the screen.
    pub area: Rect,
    /// How many statements of each standing are in it.
    pub counts: Counts,
    /// It is selected.
    pub is_selected: bool,
}

/// A name before a row or over a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What is written.
    pub text: String,
    /// Where.
    pub area: Rect,
    /// It is the open topic.
    pub is_own: bool,
}

/// Both tables.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Cells with statements, row by row.
    pub fields: Vec<Field>,
    /// Places without statements.
    pub empty: Vec<Position>,
    /// The standings over the first table, and whether there is room for their words.
    pub standings: Vec<(StandingKind, Rect)>,
    /// What several standings have in common, over them: "parties say".
    pub groups: Vec<(&'static str, Rect)>,
    /// The topics, the parties that say and those that deny.
    pub names: Vec<Name>,
    /// The line over the second table.
    pub heading: Option<Rect>,
    /// The largest count of one cell, and the cells of its bar.
    pub longest: (usize, u16),
    /// Topics, parties that say, and parties that deny for which there is no room.
    pub hidden: (usize, usize, usize),
}

/// What standings have in common: who speaks.
const GROUPS: [(&str, &[StandingKind]); 4] = [
    ("on record", &[StandingKind::Established]),
    ("parties say", &[StandingKind::Stated, StandingKind::Alleged]),
    ("rumour", &[StandingKind::Unverified]),
    ("the source judges", &[StandingKind::Assessed, StandingKind::Expected]),
];

/// Places both tables.
pub fn table(view: &Evidence, sight: Sight<'_>) -> Table {
    let area = sight.area;
    let mut table = Table::default();
    if area.width < 12 || area.height == 0 {
        return table;
    }
    let tally = tally(&sight);
    let mut selected = view.selected_cell(sight);
    let used = topics(&mut table, tally, sight, selected);
    let rest = Rect { y: area.y + used, height: area.height - used, ..area };
    if gap_above(rest).is_none() && matches!(selected, Some(Cell::Pair(_))) {
        // Where there is no second table, the statement is seen in the first.
        selected = super::plain_cell(sight);
        table.fields.iter_mut().for_each(|field| field.is_selected = Some(field.cell) == selected);
    }
    pairs(&mut table, tally, sight, (selected, rest));
    let most: usize = table.fields.iter().map(|field| field.counts.iter().sum()).max().unwrap_or_default();
    // One scale for all cells, so that their bars can be compared.
    let narrowest = table.fields.iter().map(|field| field.area.width).min().unwrap_or_default();
    table.longest = (most, narrowest.saturating_sub(most.to_string().len() as u16 + 1));
    table
}

/// How many of a cell's statements have which standing, those that are hidden left out.
pub(super) fn counts(cell: Cell, tally: &Tally, sight: Sight<'_>) -> Counts {
    let mut counts = match cell {
        Cell::Standing(topic, kind) => {
            let mut counts = Counts::default();
            counts[kind as usize] = tally.of_standing(topic, kind).len();
            counts
        }
        Cell::Pair(pair) => tally.counts_of_pair(pair),
    };
    for kind in StandingKind::ALL {
        if sight.filter.shown(kind) == Shown::Hidden {
            counts[kind as usize] = 0;
        }
    }
    counts
}

/// The first table; the rows that it takes.
fn topics(table: &mut Table, tally: &Tally, sight: Sight<'_>, selected: Option<Cell>) -> u16 {
    let (knowledge, area) = (sight.knowledge, sight.area);
    let is_there = |topic: &TopicIx| match sight.scope {
        Scope::Topic(_) => true,
        Scope::Entity(_) => {
            StandingKind::ALL.into_iter().any(|kind| !tally.of_standing(*topic, kind).is_empty())
        }
    };
    let all: Vec<TopicIx> = knowledge.topic_ixs().filter(is_there).collect();
    let longest =
        all.iter().map(|topic| width(&knowledge.topic(*topic).short)).max().unwrap_or_default() as u16;
    let names = longest.clamp(4, 14) + 3;
    let head = if area.height >= 8 { 2 } else { 1 };
    let columns = columns(area, names.min(area.width / 3));
    for (kind, (x, cells)) in StandingKind::ALL.into_iter().zip(&columns) {
        table.standings.push((kind, Rect { x: *x, y: area.y + head - 1, width: *cells, height: 1 }));
    }
    if head > 1 {
        for (name, kinds) in GROUPS {
            let of = |kind: &StandingKind| columns[*kind as usize];
            let (Some(first), Some(last)) = (kinds.first().map(of), kinds.last().map(of)) else { continue };
            let width = last.0 + last.1 - first.0 - 1;
            table.groups.push((name, Rect { x: first.0, y: area.y, width, height: 1 }));
        }
    }
    // The second table has at least a third of the height, and rows have air between them where there is much.
    let room = area.height.saturating_sub(head);
    let most = if room > 6 { room * 3 / 5 } else { room };
    let pitch = if all.len() * 2 <= usize::from(most) && room >= 24 { 2 } else { 1 };
    let rows = (most / pitch).min(all.len() as u16);
    let own = all.iter().position(|topic| match (sight.scope, super::plain_cell(sight)) {
        (Scope::Entity(_), Some(Cell::Standing(own, _))) => own == *topic,
        (scope, _) => scope == Scope::Topic(*topic),
    });
    let first = crate::app::lens::text_top(all.len(), own.unwrap_or_default(), rows.into());
    table.hidden.0 = all.len() - usize::from(rows);
    for (row, topic) in (0..rows).zip(all.iter().skip(first)) {
        let line = Rect { y: area.y + head + row * pitch, height: 1, ..area };
        let name = Rect { x: area.x + 1, width: names.min(area.width / 3).saturating_sub(2), ..line };
        table.names.push(Name {
            text: knowledge.topic(*topic).short.to_string(),
            area: name,
            is_own: sight.scope == Scope::Topic(*topic),
        });
        for (kind, (x, cells)) in StandingKind::ALL.into_iter().zip(&columns) {
            let cell = Cell::Standing(*topic, kind);
            field(
                table,
                cell,
                counts(cell, tally, sight),
                (Rect { x: *x, width: cells - 1, ..line }, selected),
            );
        }
    }
    head + rows * pitch
}

/// First column and cells of each standing: as wide as its word, and an equal share of what is left.
fn columns(area: Rect, names: u16) -> Vec<(u16, u16)> {
    let room = area.width - names;
    // A sign, a blank, the word, a blank; where they do not all fit, the signs alone.
    let whole = |kind: StandingKind| width(kind.word()) as u16 + 3;
    let fits = StandingKind::ALL.into_iter().map(whole).sum::<u16>() <= room;
    let word = |kind: StandingKind| if fits { whole(kind) } else { 1 };
    let words: u16 = StandingKind::ALL.into_iter().map(word).sum();
    // What is left over is shared, but a bar needs no more than a few cells.
    let share = (room.saturating_sub(words) / StandingKind::ALL.len() as u16).min(14);
    let mut x = area.x + names;
    let mut columns = Vec::new();
    for kind in StandingKind::ALL {
        let cells = (word(kind) + share).max(1);
        columns.push((x, cells));
        x += cells;
    }
    columns
}

fn field(table: &mut Table, cell: Cell, counts: Counts, (area, selected): (Rect, Option<Cell>)) {
    if counts == Counts::default() {
        table.empty.push(Position { x: area.x, y: area.y });
    } else {
        table.fields.push(Field { cell, area, counts, is_selected: selected == Some(cell) });
    }
}

/// The empty rows above the second table; `None` where there is no room for it.
fn gap_above(area: Rect) -> Option<u16> {
    // The line over the table, the names of those who deny, and a row.
    let gap = u16::from(area.height > 4);
    (area.height >= gap + 3).then_some(gap)
}

/// The second table, of those who say something and those who deny it.
fn pairs(table: &mut Table, tally: &Tally, sight: Sight<'_>, (selected, area): (Option<Cell>, Rect)) {
    let says = |by: &EntityIx| {
        let deniers = std::iter::once(None).chain(tally.deniers.iter().copied().map(Some));
        deniers.into_iter().any(|denier| counts(Cell::Pair((*by, denier)), tally, sight) != Counts::default())
    };
    let Some(gap) = gap_above(area) else {
        table.hidden.1 = tally.sayers.len();
        return;
    };
    table.heading = Some(Rect { y: area.y + gap, height: 1, ..area });
    let name = |entity: EntityIx| sight.knowledge.entity(entity).name.to_string();
    let longest =
        tally.sayers.iter().take(area.height.into()).map(|by| width(&name(*by))).max().unwrap_or_default();
    let names = (longest as u16).clamp(4, NAMES.min(area.width / 3)) + 3;
    let fits = usize::from((area.width - names) / DENIER).max(1);
    let own = if let Some(Cell::Pair(pair)) = selected { Some(pair) } else { None };
    let denier_at = own.and_then(|(_, denier)| tally.deniers.iter().position(|other| Some(*other) == denier));
    let from = crate::app::lens::text_top(tally.deniers.len(), denier_at.unwrap_or_default(), fits - 1);
    let mut columns: Vec<Option<EntityIx>> = vec![None];
    columns.extend(tally.deniers.iter().skip(from).take(fits - 1).copied().map(Some));
    table.hidden.2 = tally.deniers.len() + 1 - columns.len();
    let head = Rect { y: area.y + gap + 1, height: 1, ..area };
    let place =
        |at: usize, line: Rect| Rect { x: area.x + names + at as u16 * DENIER, width: DENIER - 1, ..line };
    for (at, denier) in columns.iter().enumerate() {
        let text = denier.map_or_else(|| "no one denies".to_owned(), name);
        table.names.push(Name { text, area: place(at, head).intersection(area), is_own: false });
    }
    let rows = usize::from(area.height - gap - 2);
    // Only as many as can be seen are looked at, and those before the selected one.
    let at = own.and_then(|(by, _)| tally.sayers.iter().position(|other| *other == by)).unwrap_or_default();
    let pitch = if tally.sayers.len() * 2 <= rows && rows >= 16 { 2 } else { 1 };
    let top = crate::app::lens::text_top(tally.sayers.len(), at, rows);
    let sayers: Vec<EntityIx> = tally.sayers.iter().skip(top).copied().filter(says).take(rows).collect();
    table.hidden.1 = tally.sayers.len() - sayers.len();
    for (row, by) in (0..).zip(sayers) {
        let line = Rect { y: head.y + 1 + row * pitch, height: 1, ..area };
        let text = name(by);
        table.names.push(Name {
            text,
            area: Rect { x: area.x + 1, width: names - 2, ..line },
            is_own: false,
        });
        for (at, denier) in columns.iter().enumerate() {
            let cell = Cell::Pair((by, *denier));
            field(table, cell, counts(cell, tally, sight), (place(at, line).intersection(area), selected));
        }
    }
}

impl Table {
    /// The cell in a direction: the next one in the row, or the nearest one in the next row that has any.
    pub fn step(&self, action: Action) -> Option<Cell> {
        let Some(own) = self.fields.iter().find(|field| field.is_selected) else { return self.first() };
        let (x, y) = (own.area.x, own.area.y);
        let in_row = || self.fields.iter().filter(|field| field.area.y == y);
        let found = match action {
            Action::Right => in_row().find(|field| field.area.x > x),
            Action::Left => in_row().rfind(|field| field.area.x < x),
            Action::LineDown | Action::LineUp => {
                let down = action == Action::LineDown;
                let rows = |field: &&Field| if down { field.area.y > y } else { field.area.y < y };
                let ahead = self.fields.iter().filter(rows);
                ahead.min_by_key(|field| (field.area.y.abs_diff(y), field.area.x.abs_diff(x)))
            }
            _ => None,
        };
        found.map(|field| field.cell)
    }

    /// The first cell that has statements.
    pub fn first(&self) -> Option<Cell> {
        self.fields.first().map(|field| field.cell)
    }

    /// The last cell that has statements.
    pub fn last(&self) -> Option<Cell> {
        self.fields.last().map(|field| field.cell)
    }

    /// The cell at a place of the screen.
    pub fn at(&self, at: Position) -> Option<Cell> {
        self.fields.iter().find(|field| field.area.contains(at)).map(|field| field.cell)
    }
}
