//! What is found by words and what is near in meaning, as one list.
//!
//! Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009), in whole numbers. Must never move a row that words find with
//! certainty.

use super::Hit;
use super::forward_index::RowIx;

/// Rows found by words that are weighed; those behind them stay behind.
pub(super) const WEIGHED: usize = 30;
/// Rows that are shown for their meaning alone.
pub(super) const MOST_NEAR: usize = 5;
/// Rows up to which a certain answer leaves room for others.
pub(super) const FEW: usize = 5;

/// What the `at`-th row of a list is worth, counted from 0.
pub(super) const fn points(at: usize) -> u32 {
    1_000_000 / (3 + at as u32)
}

/// Both lists as one. Of the rows of `near`, in order, those that words find come with `false` for [`Hit::near`].
pub(super) fn fused(found: Vec<(RowIx, Hit)>, near: Vec<(RowIx, Hit)>) -> Vec<Hit> {
    let mut rows: Vec<(RowIx, Hit)> = Vec::new();
    let mut rest = Vec::new();
    for (at, (row, hit)) in found.into_iter().enumerate() {
        let score = if at < WEIGHED { points(at) } else { 0 };
        let hit = Hit { score, ..hit };
        if at < WEIGHED { rows.push((row, hit)) } else { rest.push((row, hit)) }
    }
    let mut alone = 0;
    for (at, (row, hit)) in near.into_iter().enumerate() {
        let score = 2 * points(at);
        match rows.iter_mut().find(|(own, _)| *own == row) {
            Some((_, own)) => own.score += score,
            None if hit.near && alone == MOST_NEAR => {}
            None => {
                alone += usize::from(hit.near);
                rest.retain(|(own, _)| *own != row);
                rows.push((row, Hit { score, ..hit }));
            }
        }
    }
    // Stable: where both are worth the same, what words find comes first.
    rows.sort_by_key(|(_, hit)| std::cmp::Reverse(hit.score));
    rows.into_iter().chain(rest).map(|(_, hit)| hit).collect()
}

/// A certain answer of few rows, and behind them what is near in meaning.
pub(super) fn filled(found: Vec<(RowIx, Hit)>, near: Vec<(RowIx, Hit)>) -> Vec<Hit> {
    let room = FEW.saturating_sub(found.len());
    let others = near.into_iter().filter(|(row, _)| !found.iter().any(|(own, _)| own == row)).take(room);
    let others: Vec<Hit> = others.map(|(_, hit)| Hit { score: 0, ..hit }).collect();
    found.into_iter().map(|(_, hit)| hit).chain(others).collect()
}
