//! Where in the lenses one looks, by meaning: what a presenter shares of it, so that every terminal fits it to its size.
//!
//! Must never hold cells: days, degrees and ids alone.

use super::map::Region;
use super::{Library, State, Subject};
use crate::knowledge::{Item, RelationIx};

/// How near one looks, and how things are arranged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Looking {
    /// The lens is wanted as text.
    pub as_text: bool,
    /// The first and the last day of the timeline, as Julian day numbers; `None` for all that is there.
    pub window: Option<(i32, i32)>,
    /// The lanes of the timeline are names.
    pub by_name: bool,
    /// The part of the map; `None` for all places.
    pub region: Option<Region>,
    /// Steps from the middle of the network that are seen.
    pub depth: u8,
    /// The id of who is in its middle, if that was chosen.
    pub middle: Option<String>,
    /// The ids of both ends of the relation that is selected: several may rest on one statement.
    pub relation: Option<(String, String)>,
    /// The id of the place that was selected last on the map, where a statement names several.
    pub place: Option<String>,
}

impl Looking {
    /// Where a session looks.
    pub(in crate::app) fn of(state: &State, library: &Library) -> Self {
        let (lenses, sight) = (&state.lenses, state.sight(library));
        let name = |entity| library.knowledge.ids.name(Item::Entity(entity)).to_owned();
        Self {
            as_text: lenses.text == Some(true),
            window: lenses.timeline.window,
            by_name: lenses.timeline.by_name,
            region: lenses.map.region(sight),
            depth: lenses.network.depth(),
            middle: lenses.network.chosen(sight.scope).map(name),
            relation: match lenses.subject {
                Some(Subject::Relation(ix)) => {
                    let relation = library.knowledge.relation(ix);
                    Some((name(relation.from), name(relation.to)))
                }
                _ => None,
            },
            place: lenses.map.place().map(name),
        }
    }

    /// Has a session look there, once it is in the same scope.
    pub(in crate::app) fn bring(&self, state: &mut State, library: &Library) {
        let scope = state.scope();
        let entity = |id: &String| match library.knowledge.ids.get(id) {
            Some(Item::Entity(entity)) => Some(entity),
            _ => None,
        };
        let extent = super::map::extent(state.sight(library));
        let lenses = &mut state.lenses;
        let relation = self.relation.as_ref().and_then(|(from, to)| {
            let ends = (entity(from)?, entity(to)?);
            let statement = lenses.subject?.statement(&library.knowledge)?;
            let mut all = library.knowledge.relations.iter();
            let at = all.position(|own| (own.from, own.to) == ends && own.statement == statement)?;
            Some(Subject::Relation(RelationIx::new(at)))
        });
        lenses.subject = relation.or(lenses.subject);
        lenses.map.turn_to(self.place.as_ref().and_then(entity));
        // Whether a picture can be read is each terminal's own matter; that text is wanted is not.
        lenses.text = self.as_text.then_some(true);
        (lenses.timeline.window, lenses.timeline.by_name) = (self.window, self.by_name);
        lenses.map.show(self.region, scope, extent);
        lenses.network.put(self.depth, self.middle.as_ref().and_then(entity), scope);
    }
}
