//! From the end of a page that shows only some of what mentions an entity to all of it.

use crate::app::search::Search;
use crate::app::{Library, Overlay, State};
use crate::knowledge::EntityIx;

/// Opens the search for everything that names `entity`; words can be typed behind it.
pub(super) fn search(state: &mut State, entity: EntityIx, library: &Library) {
    let name = library.knowledge.entity(entity).name.replace('"', " ");
    let text = format!("who:\"{name}\" ");
    state.overlay = Some(Overlay::Search(Box::new(Search::new(&text, None, library))));
}
