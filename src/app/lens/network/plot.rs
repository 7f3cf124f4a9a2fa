//! Where the rows of a web stand in a picture: the same for drawing and for the mouse.

use super::web::{Side, Twig, Web};
use crate::app::lens::Sight;
use crate::geom::mercator::Extent;
use crate::geom::web::{Columns, Plan, plan, rows};
use crate::knowledge::RelationIx;
use crate::text::width::width;

/// Cells of a sign or an arrow and the blank beside it.
const SIGN: usize = 2;
/// Cells between a relation and its date.
const GAP: usize = 2;

/// A web in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plot {
    /// What stands around what.
    pub web: Web,
    /// How the width is shared out.
    pub plan: Plan,
    /// The row of the middle.
    pub middle: u16,
    /// The selected relation.
    pub selected: Option<RelationIx>,
    /// What is seen of the left and the right side.
    pub seen: [Seen; 2],
}

/// What is seen of a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The row on which it begins.
    pub row: u16,
    /// The first of its twigs that is seen.
    pub top: usize,
    /// How many are seen.
    pub len: usize,
}

impl Plot {
    /// The columns of a side.
    pub const fn columns(&self, side: Side) -> Columns {
        match side {
            Side::Left => self.plan.left,
            Side::Right => self.plan.right,
        }
    }

    /// The twigs of a side that are seen, with their rows.
    pub fn twigs(&self, side: Side) -> impl Iterator<Item = (u16, Twig)> {
        let seen = self.seen[side as usize];
        let twigs = self.web.side(side).iter().skip(seen.top).take(seen.len);
        (seen.row..).zip(twigs.copied())
    }

    /// How many relations lie above and below what is seen of a side; `None` where no row does, not even a name.
    pub fn hidden(&self, side: Side) -> (Option<usize>, Option<usize>) {
        let (seen, twigs) = (self.seen[side as usize], self.web.side(side));
        let relations = |twigs: &[Twig]| {
            let is_edge = |twig: &&Twig| matches!(twig, Twig::Edge { .. });
            (!twigs.is_empty()).then(|| twigs.iter().filter(is_edge).count())
        };
        let (above, below) = (twigs.get(..seen.top), twigs.get(seen.top + seen.len..));
        (relations(above.unwrap_or_default()), relations(below.unwrap_or_default()))
    }

    /// Side and twig of the selected relation.
    fn own(&self) -> Option<(Side, usize)> {
        [Side::Left, Side::Right].into_iter().find_map(|side| {
            let is_own =
                |twig: &Twig| matches!(twig, Twig::Edge { relation, .. } if Some(*relation) == self.selected);
            self.web.side(side).iter().position(is_own).map(|at| (side, at))
        })
    }

    /// The next edge up or down on the side of the selected one.
    pub(super) fn beside(&self, by: isize) -> Option<RelationIx> {
        let (side, at) = self.own()?;
        let twigs = self.web.side(side);
        let mut next = at.checked_add_signed(by);
        while let Some(twig) = next.and_then(|at| twigs.get(at)) {
            if let Twig::Edge { relation, .. } = twig {
                return Some(*relation);
            }
            next = next.and_then(|at| at.checked_add_signed(by));
        }
        None
    }

    /// The edge of a side that is seen nearest to the row of the selected one.
    pub(super) fn across(&self, side: Side) -> Option<RelationIx> {
        let (own_side, at) = self.own()?;
        if own_side == side {
            return None;
        }
        let seen = self.seen[own_side as usize];
        let row = (usize::from(seen.row) + at).saturating_sub(seen.top);
        let edges = self.twigs(side).filter_map(|(row, twig)| match twig {
            Twig::Edge { relation, .. } => Some((row, relation)),
            Twig::Name { .. } | Twig::Blank => None,
        });
        edges.min_by_key(|(its, _)| usize::from(*its).abs_diff(row)).map(|(_, relation)| relation)
    }

    /// The relation at a cell; the name of a neighbour stands for the first one with it.
    pub(super) fn at(&self, column: u16, row: u16) -> Option<RelationIx> {
        let side = [Side::Left, Side::Right].into_iter().find(|side| {
            let columns = self.columns(*side);
            (columns.start..columns.start + columns.width).contains(&column)
        })?;
        let (_, twig) = self.twigs(side).find(|(its, _)| *its == row)?;
        match twig {
            Twig::Edge { relation, .. } => Some(relation),
            Twig::Blank => None,
            Twig::Name { .. } => {
                let seen = self.seen[side as usize];
                let next = usize::from(row - seen.row) + seen.top + 1;
                match self.web.side(side).get(next) {
                    Some(Twig::Edge { relation, .. }) => Some(*relation),
                    _ => None,
                }
            }
        }
    }
}

/// Places a web.
pub(super) fn plot(mut web: Web, selected: Option<RelationIx>, top: [u16; 2], sight: Sight<'_>) -> Plot {
    let extent = Extent { columns: sight.area.width, rows: sight.area.height };
    let needs = [Side::Left, Side::Right]
        .map(|side| web.side(side).iter().map(|twig| cells(sight, *twig)).max().unwrap_or_default() as u16);
    for side in &mut web.sides {
        space(side, extent.rows.into());
    }
    let seen = [Side::Left, Side::Right].map(|side| {
        let top = usize::from(top[side as usize]);
        let all = web.side(side).len();
        let top = if all <= usize::from(extent.rows) { 0 } else { top.min(all - usize::from(extent.rows)) };
        let (row, len) = rows(all, top, extent);
        Seen { row, top, len }
    });
    Plot { plan: plan(extent.columns, needs), middle: extent.rows.saturating_sub(1) / 2, selected, seen, web }
}

/// Cells that a twig takes when it is not cut.
fn cells(sight: Sight<'_>, twig: Twig) -> usize {
    match twig {
        Twig::Name { entity, depth, .. } => {
            indent(depth - 1) + SIGN + width(&sight.knowledge.entity(entity).name)
        }
        Twig::Edge { relation, depth, .. } => {
            let relation = sight.knowledge.relation(relation);
            let when = relation.when.map_or(0, |when| width(&when.brief()) + GAP);
            indent(depth) + SIGN + width(&relation.kind) + when
        }
        Twig::Blank => 0,
    }
}

/// Cells by which what is so many steps from the middle is indented.
pub fn indent(steps: u8) -> usize {
    2 * usize::from(steps)
}

/// Sets the neighbours of the middle apart, if all of them still fit.
fn space(twigs: &mut Vec<Twig>, height: usize) {
    let begins = |twig: &Twig| matches!(twig, Twig::Name { depth: 1, .. });
    let gaps = twigs.iter().filter(|twig| begins(twig)).count().saturating_sub(1);
    if gaps == 0 || twigs.len() + gaps > height {
        return;
    }
    let spaced = std::mem::take(twigs).into_iter().enumerate().flat_map(|(at, twig)| {
        let gap = (at > 0 && begins(&twig)).then_some(Twig::Blank);
        gap.into_iter().chain([twig])
    });
    *twigs = spaced.collect();
}

/// The first rows seen on both sides, moved as little as it takes to see the selected relation and whose it is.
pub(super) fn tops(web: &Web, selected: Option<RelationIx>, tops: [u16; 2], height: u16) -> [u16; 2] {
    [Side::Left, Side::Right].map(|side| {
        let twigs = web.side(side);
        let height = usize::from(height);
        let most = twigs.len().saturating_sub(height);
        let top = usize::from(tops[side as usize]).min(most);
        let is_own = |twig: &Twig| matches!(twig, Twig::Edge { relation, .. } if Some(*relation) == selected);
        let Some(at) = twigs.iter().position(is_own) else { return top as u16 };
        // A row is left free at each end, where the number of those further on stands.
        let least = (at + 2).saturating_sub(height);
        top.clamp(least.min(most), at.saturating_sub(2).max(least).min(most)) as u16
    })
}
