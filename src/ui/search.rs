//! The search: what is typed in place of the tabs, the hits in place of the list, the page of one of them beside.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::brush::{Brush, Sign, after, line_of};
use super::{body, chips, chrome, page};
use crate::action::{Action, Context};
use crate::app::document::MEASURE;
use crate::app::layout::MARGIN;
use crate::app::search::{HIT_LINES, Search, blank};
use crate::app::{Library, State};
use crate::knowledge::{Address, Knowledge};
use crate::search::{Completion, Hit, Progress, Query, marks};
use crate::text::width::width;

/// Cells that stay empty between what is typed and what is said about it, with the cursor.
const AFTER_INPUT: usize = 3;

/// Draws the search, and says where its cursor stands.
pub(super) fn draw(
    brush: Brush,
    state: &State,
    search: &Search,
    library: &Library,
    buffer: &mut Buffer,
) -> Position {
    let panes = state.panes();
    let cursor = input(brush, search, library, panes.tabs, buffer);
    if !lists_choices(search, library) {
        chips::draw(brush, search, &library.keymap, panes.rule, buffer);
    }
    if search.hits.rows.is_empty() {
        nothing(brush, state, search, library, buffer);
    }
    let seen = usize::from(panes.list.height) / HIT_LINES;
    for (at, hit) in search.hits.rows.iter().enumerate().skip(search.top).take(seen.max(1)) {
        let line = ((at - search.top) * HIT_LINES) as u16;
        let block = Rect {
            y: panes.list.y + line,
            height: HIT_LINES.min(panes.list.height.into()) as u16,
            ..panes.list
        };
        let when = date_of_twin(&search.hits.rows, at, &library.knowledge);
        row(brush, (hit, when), (&search.query, state, &library.knowledge), block, buffer);
        if at == search.row {
            buffer.set_style(block, brush.chosen());
            for line in 0..block.height {
                let bar = Rect { width: 1, ..line_of(block, line) };
                brush.text(buffer, bar, brush.sign(Sign::Bar), brush.accent());
            }
        }
    }
    if panes.both() && !search.hits.rows.is_empty() {
        chrome::vertical(brush, panes.list.right(), panes.list, buffer);
        preview(brush, state, search, library, buffer);
    }
    cursor
}

/// What is said where there are no hits: what can be typed, or that nothing was found.
fn nothing(brush: Brush, state: &State, search: &Search, library: &Library, buffer: &mut Buffer) {
    let panes = state.panes();
    let area = after(body(panes.list, panes.page, panes.aside), MARGIN);
    if lists_choices(search, library) {
        choices(brush, search, library, area, buffer);
        return;
    }
    let words = match (library.index.is_some(), search.input.value().trim()) {
        (false, _) => "The index is being built.",
        (true, "") => {
            let document =
                blank(area.width.saturating_sub(MARGIN).min(MEASURE), &state.asked, &library.keymap);
            page::lines(brush, &document, 0, area, buffer);
            return;
        }
        (true, _) if search.is_seeking() => "Searching.",
        (true, _) if library.searchable() < 100 => {
            "Nothing found so far. The rest of the file is being indexed."
        }
        (true, _) => "Nothing found.",
    };
    brush.text(buffer, line_of(area, 0), words, brush.muted());
    for (line, advice) in (2..area.height).zip(&search.advice) {
        let (lead, what) = advice.words();
        let at = line_of(area, line);
        let taken = brush.text(buffer, at, &lead, brush.muted());
        brush.text(buffer, after(at, taken), &what, brush.strong());
    }
}

/// Whether nothing is asked for yet but a filter that is being typed: what it may become has all the room.
fn lists_choices(search: &Search, library: &Library) -> bool {
    library.index.is_some() && search.query.is_empty() && !search.completions.is_empty()
}

/// What the filter that is being typed may become, and how many hits each would leave.
fn choices(brush: Brush, search: &Search, library: &Library, area: Rect, buffer: &mut Buffer) {
    let key = library.keymap.key(Context::Typing, Action::Complete);
    let words = key.map_or("Type on:".to_owned(), |key| format!("Type on, or {key} for the first:"));
    brush.text(buffer, line_of(area, 0), &words, brush.muted());
    let widest =
        |texts: &dyn Fn(&Completion) -> usize| search.completions.iter().map(texts).max().unwrap_or(0);
    let count = |choice: &Completion| choice.leaves.map_or_else(String::new, |count| count.to_string());
    let (names, counts) = (widest(&|choice| width(&choice.filter)), widest(&|choice| width(&count(choice))));
    for (line, choice) in (2..area.height).zip(&search.completions) {
        let at = line_of(area, line);
        brush.text(buffer, at, &choice.filter, brush.strong());
        let count = format!("{:>counts$}", count(choice));
        brush.text(buffer, after(at, names as u16 + 2), &count, brush.muted());
    }
}

/// The line in which one types, and what there is to say about it.
fn input(brush: Brush, search: &Search, library: &Library, area: Rect, buffer: &mut Buffer) -> Position {
    let area = after(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    let lead = match search.here {
        Some(entry) => format!("/ in {}: ", library.knowledge.entry(entry).title),
        None => "/ ".to_owned(),
    };
    // What is typed comes before what there is to say about it, but for the shortest of that.
    let typed = width(&lead) + width(search.input.value()) + AFTER_INPUT;
    let room = usize::from(area.width).saturating_sub(typed).max(usize::from(area.width) / 3);
    let notes = notes(search, library.searchable());
    let note = notes.iter().find(|note| width(note) <= room).or(notes.last());
    let taken = brush.text_right(buffer, area, note.map_or("", String::as_str), brush.muted());
    let room = Rect { width: area.width.saturating_sub(taken + 2), ..area };
    let lead = brush.text(buffer, Rect { width: room.width * 2 / 3, ..room }, &lead, brush.accent());
    brush.input(buffer, after(room, lead), &search.input)
}

/// What there is to say about what is typed, the longest first: what was searched for instead, and how much was found.
/// `searchable` is the part of the file that is indexed, in percent: before there is any, nothing has been searched for.
fn notes(search: &Search, searchable: usize) -> Vec<String> {
    let hits = &search.hits;
    if searchable == 0 || search.query.is_empty() && hits.notes.is_empty() {
        return Vec::new();
    }
    // What is near in meaning alone is no hit.
    let count = match hits.total - hits.near.min(hits.total) {
        total if hits.progress != Progress::Done => format!("{total} hits or more"),
        0 => "no hits".to_owned(),
        1 => "1 hit".to_owned(),
        total => format!("{total} hits"),
    };
    let count = if searchable < 100 { format!("{count} in the first {searchable} %") } else { count };
    let all = |words: fn(&(String, String)) -> &str| {
        hits.corrected.iter().map(words).collect::<Vec<_>>().join(", ")
    };
    let corrected = (!hits.corrected.is_empty())
        .then(|| format!("no {}; showing {}", all(|(typed, _)| typed), all(|(_, meant)| meant)));
    let said: Vec<String> = corrected.into_iter().chain(hits.notes.iter().cloned()).collect();
    match said.first() {
        Some(first) => {
            let all = said.join("; ");
            vec![format!("{all}: {count}"), all, format!("{first}: {count}"), first.clone(), count]
        }
        None => vec![count],
    }
}

/// The date of a hit's entry, where the hit above or below is of another entry of the same title.
fn date_of_twin(hits: &[Hit], at: usize, knowledge: &Knowledge) -> Option<String> {
    let entry = |at: usize| match hits.get(at)?.address {
        Address::Statement(ix) => Some(knowledge.entry(knowledge.statement(ix).entry)),
        Address::Entry(ix) => Some(knowledge.entry(ix)),
        Address::Entity(_) | Address::Topic(_) => None,
    };
    let own = entry(at)?;
    let when = own.when?;
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(entry);
    let mut twins = beside.filter(|other| other.title == own.title && other.when != own.when);
    twins.next().map(|_| when.words())
}

/// One hit in two lines: what it is, and the words that it was found by.
fn row(
    brush: Brush,
    (hit, when): (&Hit, Option<String>),
    (query, state, knowledge): (&Query, &State, &Knowledge),
    block: Rect,
    buffer: &mut Buffer,
) {
    let inner = after(Rect { width: block.width.saturating_sub(1), ..block }, 2);
    let (sign, title, kind, text) = match hit.address {
        Address::Statement(ix) => {
            let statement = knowledge.statement(ix);
            let entry = knowledge.entry(statement.entry);
            let standing = statement.standing.kind();
            let sign = (brush.standing_sign(standing), brush.standing(standing));
            (sign, &*entry.title, &*knowledge.topic(entry.topic).short, &*statement.text.plain)
        }
        Address::Entry(ix) => {
            let entry = knowledge.entry(ix);
            let first = knowledge.statements_of(ix).next();
            let text = first.map_or("", |ix| &*knowledge.statement(ix).text.plain);
            ((" ", brush.muted()), &*entry.title, &*knowledge.topic(entry.topic).short, text)
        }
        Address::Entity(ix) => {
            let entity = knowledge.entity(ix);
            ((" ", brush.muted()), &*entity.name, entity.kind.word(), &*entity.summary.plain)
        }
        Address::Topic(ix) => {
            let topic = knowledge.topic(ix);
            ((" ", brush.muted()), &*topic.title, "topic", &*topic.summary.plain)
        }
    };
    let first = line_of(inner, 0);
    brush.text(buffer, first, sign.0, sign.1);
    // The topic that one came from stands out; what is found there is not favoured.
    let is_own = match hit.address {
        Address::Statement(ix) => knowledge.entry(knowledge.statement(ix).entry).topic == state.topic,
        Address::Entry(ix) => knowledge.entry(ix).topic == state.topic,
        Address::Topic(ix) => ix == state.topic,
        Address::Entity(_) => false,
    };
    let style = if is_own { brush.strong() } else { brush.muted() };
    let mut taken = brush.text_right(buffer, first, kind, style);
    if hit.more > 0 {
        let before = Rect { width: first.width.saturating_sub(taken + 1), ..first };
        taken += 1 + brush.text_right(buffer, before, &format!("+{}", hit.more), brush.muted());
    }
    if let Some(when) = when {
        let before = Rect { width: first.width.saturating_sub(taken + 1), ..first };
        taken += 1 + brush.text_right(buffer, before, &when, brush.muted());
    }
    let mut room = after(Rect { width: first.width.saturating_sub(taken + 1), ..first }, 2);
    if hit.near {
        room = after(room, brush.text(buffer, room, brush.sign(Sign::Near), brush.muted()));
    }
    brush.marked(buffer, room, (title, &marks(query, title)), brush.strong());
    marked(brush, (text, &marks(query, text)), brush.muted(), after(line_of(inner, 1), 2), buffer);
}

/// A text cut so that its first match is seen, with all matches marked.
fn marked(
    brush: Brush,
    (text, matches): (&str, &[Range<usize>]),
    style: Style,
    area: Rect,
    buffer: &mut Buffer,
) {
    if area.is_empty() {
        return;
    }
    let cells = usize::from(area.width);
    let start = matches.first().map_or(0, |first| start_of(text, first, cells));
    let cut = |range: &Range<usize>| (range.start >= start).then(|| range.start - start..range.end - start);
    let matches: Vec<Range<usize>> = matches.iter().filter_map(cut).collect();
    let lead = if start > 0 { brush.text(buffer, area, brush.sign(Sign::Ellipsis), style) } else { 0 };
    brush.marked(buffer, after(area, lead), (text.get(start..).unwrap_or_default(), &matches), style);
}

/// The byte from which `text` is shown: its beginning if the match is seen then, else a word a little before it.
fn start_of(text: &str, found: &Range<usize>, cells: usize) -> usize {
    let before = text.get(..found.start).unwrap_or_default();
    let own = text.get(found.clone()).unwrap_or_default();
    if width(before) + width(own) <= cells {
        return 0;
    }
    let words = || before.match_indices(' ').map(|(at, _)| at + 1);
    let from = |at: usize| text.get(at..).unwrap_or_default();
    // A third of the line before the match; more of it where the text ends before the line does.
    let led = words().filter(|at| width(&before[*at..]) <= cells / 3).min().unwrap_or(found.start);
    let filled = words().find(|at| width(from(*at)) < cells).unwrap_or(led);
    led.min(filled)
}

fn preview(brush: Brush, state: &State, search: &Search, library: &Library, buffer: &mut Buffer) {
    let panes = state.panes();
    let area = panes.text();
    let Some((document, hit)) = search.preview(state.view(library, area.width)) else { return };
    let seen = usize::from(area.height);
    let most = document.lines.len().saturating_sub(seen);
    // From the title on if the hit is seen then, else the hit with a little of what stands above it.
    let scroll = if hit.end <= seen { 0 } else { hit.start.saturating_sub(seen / 3).min(most) };
    page::lines(brush, &document, scroll, area, buffer);
    page::mark(
        brush,
        hit.start.saturating_sub(scroll)..hit.end.saturating_sub(scroll),
        panes.page,
        true,
        buffer,
    );
    page::thumb(brush, (document.lines.len(), seen), scroll, panes.page, buffer);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_shown_from_a_word_before_the_match() {
        let text = "one two three four five six seven eight nine ten";
        let at = |word: &str| text.find(word).map(|start| start..start + word.len()).expect("there");
        for (word, cells, shown) in
            [("two", 20, "one"), ("nine", 21, "seven"), ("nine", 4, "nine"), ("ten", 48, "one")]
        {
            let start = start_of(text, &at(word), cells);
            assert!(text[start..].starts_with(shown), "{word} in {cells}: {}", &text[start..]);
        }
    }
}
