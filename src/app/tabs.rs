//! The row of tabs: as many names as there is room for, around the open one, and how many more there are.
//!
//! Must never hide that there are more topics than tabs, nor the open one: a property holds it.

use crate::knowledge::{Knowledge, TopicIx};
use crate::text::width::width;

/// One tab: its topic, its columns in the row of tabs, its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// The topic that it opens.
    pub topic: TopicIx,
    /// Column of its first cell.
    pub column: u16,
    /// What is written: number and name, as far as there is room, or how many topics lie further.
    pub label: String,
    /// It stands for topics that have no tab of their own, on its side of the others; it opens the nearest of them.
    pub more: usize,
}

/// The first column of a tab: a blank stands before it.
const FIRST: u16 = 1;

/// The tabs of a row of `columns`: with their titles, else short titles, else as many of those as fit around the open
/// one, and at each end how many more there are. Signs are ASCII if `ascii`.
pub fn tabs(knowledge: &Knowledge, open: TopicIx, columns: u16, ascii: bool) -> Vec<Tab> {
    let len = knowledge.topics.len();
    let full = |ix: TopicIx| format!("{} {}", ix.at() + 1, knowledge.topic(ix).title);
    let short = |ix: TopicIx| format!("{} {}", ix.at() + 1, knowledge.topic(ix).short);
    // Each takes three cells at least: of a hundred thousand topics, none but the nearest need be measured.
    if len <= usize::from(columns) {
        let attempts: [(&dyn Fn(TopicIx) -> String, u16); 4] =
            [(&full, 3), (&full, 2), (&short, 2), (&short, 1)];
        for (label, gap) in attempts {
            let labels = knowledge.topic_ixs().map(|topic| (topic, label(topic), 0));
            if let Some(tabs) = place(labels, gap, columns) {
                return tabs;
            }
        }
    }
    some(knowledge, open, columns, ascii)
}

/// The tabs side by side; `None` if they do not fit.
fn place(labels: impl Iterator<Item = (TopicIx, String, usize)>, gap: u16, columns: u16) -> Option<Vec<Tab>> {
    let mut column = FIRST;
    let mut tabs = Vec::new();
    for (topic, label, more) in labels {
        let cells = width(&label) as u16;
        if column.saturating_add(cells) >= columns {
            return None;
        }
        tabs.push(Tab { topic, column, label, more });
        column += cells + gap;
    }
    Some(tabs)
}

/// As many tabs as fit around the open one: now one further to the right, now one further to the left.
fn some(knowledge: &Knowledge, open: TopicIx, columns: u16, ascii: bool) -> Vec<Tab> {
    let len = knowledge.topics.len();
    let short = |at: usize| {
        let topic = TopicIx::new(at);
        (topic, format!("{} {}", at + 1, knowledge.topic(topic).short), 0)
    };
    let (to_left, to_right) = if ascii { ("<", ">") } else { ("‹", "›") };
    let window = |from: usize, to: usize| {
        let (before, after) = (from, len.saturating_sub(to));
        let left = (before > 0)
            .then(|| (TopicIx::new(from.saturating_sub(1)), format!("{to_left} {before}"), before));
        let right = (after > 0).then(|| (TopicIx::new(to), format!("{after} {to_right}"), after));
        place(left.into_iter().chain((from..to).map(short)).chain(right), 2, columns)
    };
    let (mut from, mut to) = (open.at(), (open.at() + 1).min(len));
    let Some(mut tabs) = window(from, to) else { return alone(short(open.at()), columns) };
    loop {
        let wider = [(from, to + 1), (from.wrapping_sub(1), to)];
        let fits = |(from, to): (usize, usize)| {
            (from < to && to <= len).then(|| window(from, to)).flatten().map(|tabs| (from, to, tabs))
        };
        // The side that has fewer comes first, so that the open one stays in the middle.
        let right_first = to - open.at() <= open.at() - from + 1;
        let [right, left] = wider.map(fits);
        let next = if right_first { right.or(left) } else { left.or(right) };
        let Some(next) = next else { return tabs };
        (from, to, tabs) = next;
    }
}

/// The open tab where nothing else has room, its name cut.
fn alone((topic, label, more): (TopicIx, String, usize), columns: u16) -> Vec<Tab> {
    let room = usize::from(columns.saturating_sub(FIRST + 1));
    let label = crate::text::width::truncate(&label, room, "").into_owned();
    if label.is_empty() { Vec::new() } else { vec![Tab { topic, column: FIRST, label, more }] }
}
