//! Letters over every link that is seen: typing them follows it, without a hand on the mouse.

use ratatui::layout::Rect;

use super::document::{Document, Spot, Target};
use super::layout::MARGIN;
use super::{Lens, Library, Page, State, lens, page};
use crate::knowledge::{Item, SourceIx, StatementIx};
use crate::text::width::width;

/// Letters of the hints, those under the fingers first.
const LETTERS: [char; 22] = [
    'a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'q', 'w', 'e', 'r', 't', 'u', 'i', 'o', 'p', 'c', 'v', 'n',
    'm',
];

/// What has been typed of a hint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// The letters so far.
    pub typed: String,
    /// Only links of the selected stop.
    pub of_stop: bool,
}

/// A link that is seen, and its letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What to type.
    pub letters: String,
    /// Column on the screen.
    pub column: u16,
    /// Row on the screen.
    pub row: u16,
    /// Where the link leads.
    pub to: Target,
}

/// The hints of all links that are seen, on the page first.
pub fn hints(state: &State, library: &Library, of_stop: bool) -> Vec<Hint> {
    let panes = state.panes();
    let document = state.document(library);
    let mut spots = Vec::new();
    let lines = match document.stops.get(state.stop).filter(|_| of_stop) {
        Some(stop) => stop.lines.clone(),
        None => 0..document.lines.len(),
    };
    let on_page = document.spots().into_iter().filter(|spot| lines.contains(&spot.line));
    seen(on_page, state.scroll, panes.text(), &mut spots);
    if !of_stop && panes.aside.width > 0 {
        let area = aside_text(panes.aside);
        seen(aside(state, library).spots().into_iter(), 0, area, &mut spots);
    }
    let digits = if spots.len() <= LETTERS.len() { 1 } else { 2 };
    let most = LETTERS.len().pow(digits);
    spots.truncate(most);
    let hint = |(at, (column, row, to))| Hint { letters: letters(at, digits), column, row, to };
    spots.into_iter().enumerate().map(hint).collect()
}

/// The cells that lead out of the dossier, row by row, and the address behind each: as far as they are seen, with nothing
/// over them.
pub fn hyperlinks(state: &State, library: &Library) -> Vec<(Rect, String)> {
    let mut found = Vec::new();
    let is_bare = state.overlay.is_none() && !state.blank && !state.tour.is_some_and(|tour| tour.on_stage);
    if !is_bare || !has_addresses(state, library) {
        return found;
    }
    let panes = state.panes();
    if state.lenses.shown == Lens::Read {
        behind(&state.document(library), state.scroll, panes.text(), library, &mut found);
    } else {
        let text = Rect {
            x: panes.detail.x + MARGIN,
            width: panes.detail.width.saturating_sub(2 * MARGIN),
            ..panes.detail
        };
        behind(&lens::detail(state, library), 0, text, library, &mut found);
    }
    found
}

/// Whether what is read may hold an address: a page is not laid out twice for each frame only to find none.
fn has_addresses(state: &State, library: &Library) -> bool {
    let knowledge = &library.knowledge;
    let has = |item| knowledge.webs(item).next().is_some();
    let cites = |sources: &[SourceIx]| sources.iter().any(|ix| knowledge.source(*ix).url.is_some());
    let says = |ix: StatementIx| has(Item::Statement(ix)) || cites(&knowledge.statement(ix).sources);
    match state.page {
        _ if state.lenses.shown != Lens::Read => {
            let statement = state.lenses.subject.and_then(|subject| subject.statement(knowledge));
            statement.is_some_and(says)
        }
        Page::Topic(ix) => has(Item::Topic(ix)),
        Page::Entry(ix) => knowledge.statements_of(ix).any(says),
        Page::Entity(ix) => {
            let mentions = knowledge.mentions.statements(ix).iter().take(page::MOST);
            has(Item::Entity(ix)) || cites(&knowledge.entity(ix).sources) || mentions.copied().any(says)
        }
    }
}

/// The addresses behind the lines of a document that are seen from `scroll` on.
fn behind(
    document: &Document,
    scroll: usize,
    area: Rect,
    library: &Library,
    found: &mut Vec<(Rect, String)>,
) {
    for (line, y) in document.lines.iter().skip(scroll).zip(area.top()..area.bottom()) {
        let mut x = area.x;
        for run in line {
            let cells = width(&run.text) as u16;
            let seen = Rect { x, y, width: cells, height: 1 }.intersection(area);
            if let Some(Target::Web(web)) = run.ink.link
                && let Some(to) = library.knowledge.web(web).filter(|_| !seen.is_empty())
            {
                found.push((seen, to.to_owned()));
            }
            x = x.saturating_add(cells);
        }
    }
}

/// The document of the third column.
pub fn aside(state: &State, library: &Library) -> Document {
    page::aside(state.page, state.view(library, aside_text(state.panes().aside).width))
}

/// The cells of the third column in which its text stands.
pub fn aside_text(area: Rect) -> Rect {
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

fn seen(spots: impl Iterator<Item = Spot>, scroll: usize, area: Rect, found: &mut Vec<(u16, u16, Target)>) {
    for spot in spots {
        let row = spot.line.checked_sub(scroll).filter(|row| *row < usize::from(area.height));
        if let Some(row) = row {
            found.push((area.x + spot.column, area.y + row as u16, spot.to));
        }
    }
}

/// The `at`-th word of `digits` letters; all have the same length, so none is the beginning of another.
fn letters(at: usize, digits: u32) -> String {
    (0..digits).rev().map(|digit| LETTERS[at / LETTERS.len().pow(digit) % LETTERS.len()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_differ_and_none_begins_another() {
        let two: Vec<String> = (0..LETTERS.len().pow(2)).map(|at| letters(at, 2)).collect();
        let mut sorted = two.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), two.len());
        assert!(two.iter().all(|word| word.len() == 2));
        assert_eq!(letters(0, 1), "a");
    }
}
