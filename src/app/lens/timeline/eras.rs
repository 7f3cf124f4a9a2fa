//! The eras over a timeline: wars and the like that lasted, and the time of the entity that one looks at.

use ratatui::layout::Rect;

use super::chart::Era;
use crate::app::lens::{Scope, Sight};
use crate::geom::axis::Scale;
use crate::geom::pack::{Bar, Placed, pack};
use crate::knowledge::{Date, EntityIx, EntityKind};
use crate::text::width::width;

/// More eras than these are not looked at: those most often mentioned are.
const ERAS: usize = 12;
/// Cells of the name of an era that must be seen.
const ERA_NAME: u16 = 12;

/// The eras that are seen, those most often mentioned first, packed into the rows that there are for them.
pub(super) fn eras(scale: Scale, sight: Sight<'_>, area: Rect) -> Vec<Era> {
    if area.is_empty() {
        return Vec::new();
    }
    let knowledge = sight.knowledge;
    let own = if let Scope::Entity(own) = sight.scope { Some(own) } else { None };
    let mut found: Vec<(usize, Bar, EntityIx)> = Vec::new();
    for (at, entity) in knowledge.entities.iter().enumerate() {
        let ix = EntityIx::new(at);
        let lasts = matches!(entity.when, Some(Date::Interval(..)));
        let (Some(when), true) =
            (entity.when, own == Some(ix) || (entity.kind == EntityKind::Event && lasts))
        else {
            continue;
        };
        let from = when.first_day().unwrap_or(scale.first);
        let to = when.last_day().unwrap_or(scale.last.max(from));
        if let Some((from, to)) = scale.span(from, to) {
            let mentions = if own == Some(ix) { usize::MAX } else { knowledge.mentions.statements(ix).len() };
            found.push((mentions, Bar { from, to, label: width(&entity.name) as u16, lead: 1 }, ix));
        }
    }
    found.sort_by_key(|(mentions, bar, ix)| (std::cmp::Reverse(*mentions), bar.from, *ix));
    // As many as there is room for with their names, those most often mentioned first.
    let mut most = found.len().min(ERAS);
    let (shown, placed) = loop {
        let mut shown: Vec<(Bar, EntityIx)> =
            found.iter().take(most).map(|(_, bar, ix)| (*bar, *ix)).collect();
        shown.sort_by_key(|(bar, ix)| (bar.from, *ix));
        let bars: Vec<Bar> = shown.iter().map(|(bar, _)| *bar).collect();
        let packed = pack(&bars, area.width, area.height, None);
        let named = |place: &Placed| place.label >= bars[place.bar].label.min(ERA_NAME);
        if most < 2 || (packed.hidden.is_empty() && packed.placed.iter().all(named)) {
            break (shown, packed.placed);
        }
        most -= 1;
    };
    placed
        .iter()
        .map(|place| {
            let (bar, entity) = shown[place.bar];
            Era {
                entity,
                y: area.y + place.row,
                columns: (area.x + bar.from, area.x + bar.to),
                label: (area.x + place.label_at, place.label),
            }
        })
        .collect()
}
