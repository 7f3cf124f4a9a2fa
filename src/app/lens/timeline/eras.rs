//! The eras over a timeline: wars and the like that lasted, and the time of the entity that one looks at.

use ratatui::layout::Rect;

use super::chart::Era;
use crate::app::lens::{Scope, Sight};
use crate::geom::axis::Scale;
use crate::geom::pack::{Bar, Placed, pack};
use crate::knowledge::EntityIx;
use crate::text::width::width;

/// More eras than these are not looked at: those most often mentioned are.
const ERAS: usize = 12;
/// Columns that an era takes; what takes fewer comes after those.
const BAND: u16 = 3;
/// Cells of the name of an era that must be seen.
const ERA_NAME: u16 = 12;

/// The eras that are seen, those most often mentioned first, packed into the rows that there are for them.
pub(super) fn eras(scale: Scale, sight: Sight<'_>, area: Rect) -> Vec<Era> {
    if area.is_empty() {
        return Vec::new();
    }
    let knowledge = sight.knowledge;
    let own = if let Scope::Entity(own) = sight.scope { Some(own) } else { None };
    let its_own = own.and_then(|own| Some((own, knowledge.entity(own).when?)));
    let others = knowledge.eras().iter().copied().filter(|(ix, _)| own != Some(*ix));
    let mut found: Vec<(Bar, EntityIx)> = its_own
        .into_iter()
        .chain(others)
        .filter_map(|(ix, when)| {
            let from = when.first_day().unwrap_or(scale.first);
            let to = when.last_day().unwrap_or(scale.last.max(from));
            let (from, to) = scale.span(from, to)?;
            Some((Bar { from, to, label: width(&knowledge.entity(ix).name) as u16, lead: 1 }, ix))
        })
        .collect();
    // What takes a moment at this scale is no era; one comes nearer to see it.
    found.sort_by_key(|(bar, ix)| own != Some(*ix) && bar.to - bar.from < BAND);
    found.truncate(ERAS);
    // One after the other, those that have room with their names beside those that are there already.
    let (mut shown, mut placed): (Vec<(Bar, EntityIx)>, Vec<Placed>) = (Vec::new(), Vec::new());
    for one in found {
        let mut tried = shown.clone();
        tried.push(one);
        tried.sort_by_key(|(bar, ix)| (bar.from, *ix));
        let bars: Vec<Bar> = tried.iter().map(|(bar, _)| *bar).collect();
        let packed = pack(&bars, area.width, area.height, None);
        let named = |place: &Placed| place.label >= bars[place.bar].label.min(ERA_NAME);
        if shown.is_empty() || (packed.hidden.is_empty() && packed.placed.iter().all(named)) {
            (shown, placed) = (tried, packed.placed);
        }
    }
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
