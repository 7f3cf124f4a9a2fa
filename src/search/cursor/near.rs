//! What is near in meaning, in a search that is taken in steps: when it is looked for, and what it adds to what words find.
//!
//! Must never look for it where words give a certain answer.

use super::super::fuse::{FEW, filled, fused};
use super::super::meaning::Near;
use super::{Hit, Index, Knowledge, Place, Progress, READING, RowIx, Scored, SearchCursor, Stage, hit};

/// What it takes to weigh the meaning of a document, in nanoseconds.
const NEARING: usize = 10;

/// What is said of rows that are near in meaning.
pub(super) fn said(nearest: &[(String, String)], near: usize) -> Option<String> {
    let all = |words: fn(&(String, String)) -> &str| nearest.iter().map(words).collect::<Vec<_>>().join(", ");
    match near {
        _ if !nearest.is_empty() => {
            Some(format!("no {}; nearest in meaning: {}", all(|(typed, _)| typed), all(|(_, own)| own)))
        }
        0 => None,
        1 => Some("1 row is near in meaning alone".to_owned()),
        near => Some(format!("{near} rows are near in meaning alone")),
    }
}

/// What is said when no document holds all words: those that no document holds are named.
pub(super) fn showing_the_most(missing: &[String]) -> String {
    match missing {
        [] => "nothing holds all words; showing the most".to_owned(),
        words => format!("no {}; showing what holds the rest", words.join(", ")),
    }
}

impl SearchCursor {
    /// How far it is.
    pub fn progress(&self) -> Progress {
        match self.stage {
            Stage::Done => Progress::Done,
            _ if self.is_final && !self.waits() => Progress::Counting,
            _ => Progress::Seeking,
        }
    }

    /// Whether words give no certain answer.
    fn is_uncertain(&self) -> bool {
        self.total == 0 || self.least < self.resolved.wanted as u32 || self.resolved.is_guess
    }

    /// Whether rows that are near in meaning may still come in.
    pub(super) fn waits(&self) -> bool {
        let has_room = self.best.len() < FEW && self.resolved.wanted > 1 && self.resolved.is_finished;
        !self.resolved.asked.is_empty() && self.near.is_none() && (self.is_uncertain() || has_room)
    }

    /// Looks for what is near in meaning; what that takes, in nanoseconds.
    pub(super) fn mean(&mut self, index: &Index) -> usize {
        let meaning = index.meaning();
        self.near = Some(meaning.nearest(&index.texts, &self.resolved.asked));
        meaning.len() * NEARING + READING
    }

    /// The near rows as they are shown: as words find them, if they do.
    fn near_hits(&mut self, index: &Index, knowledge: &Knowledge) -> Vec<(RowIx, Hit)> {
        let is_found = self.total > 0;
        let near = self.near.iter().flatten().copied().collect::<Vec<_>>();
        let near = near.into_iter().map(|Near { row, statement }| {
            let place = Place { index, knowledge, row };
            let by_words = if is_found { self.scorer.judge(place, &self.resolved, self.least) } else { None };
            let near = by_words.is_none();
            let (held, score, more, atoms, own) = Default::default();
            let judged = by_words.unwrap_or(Scored { held, score, statement, more, atoms, own });
            (row, Hit { near, ..hit(index, knowledge, row, judged) })
        });
        near.collect()
    }

    /// What is said of the words that nothing holds.
    fn nearest_words(&self, index: &Index) -> Vec<(String, String)> {
        let missing = self.resolved.asked.iter().filter(|asked| self.resolved.missing.contains(&asked.word));
        let nearest = missing.filter_map(|asked| {
            let nearest = index.meaning().nearest_word(asked, &index.vocabulary)?;
            Some((asked.word.clone(), nearest))
        });
        nearest.collect()
    }

    /// Rows found by words, with what is near in meaning where that counts; and the words that nothing holds, each with
    /// the nearest one.
    pub(super) fn with_meaning(
        &mut self,
        index: &Index,
        knowledge: &Knowledge,
        found: Vec<(RowIx, Hit)>,
    ) -> (Vec<Hit>, Vec<(String, String)>) {
        if self.near.is_none() {
            return (found.into_iter().map(|(_, hit)| hit).collect(), Vec::new());
        }
        let near = self.near_hits(index, knowledge);
        let nearest = if near.is_empty() { Vec::new() } else { self.nearest_words(index) };
        (if self.is_uncertain() { fused(found, near) } else { filled(found, near) }, nearest)
    }
}
