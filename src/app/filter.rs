//! Which standings a reader asks for, and what becomes of the others: dimmed, or hidden.

use crate::knowledge::StandingKind;

/// How a statement is shown under a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// As usual.
    Full,
    /// There, but dim.
    Faint,
    /// Not at all.
    Hidden,
}

/// The standings that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    left_out: [bool; StandingKind::ALL.len()],
    /// What is left out is hidden, not dimmed.
    pub hides: bool,
}

impl Filter {
    /// Every standing is asked for.
    pub const ALL: Self = Self { left_out: [false; StandingKind::ALL.len()], hides: false };

    /// How a statement of this standing is shown.
    pub fn shown(&self, kind: StandingKind) -> Shown {
        match (self.left_out[kind as usize], self.hides) {
            (false, _) => Shown::Full,
            (true, false) => Shown::Faint,
            (true, true) => Shown::Hidden,
        }
    }

    /// Takes a standing in or leaves it out. To leave out the last one takes all in again: an empty page helps nobody.
    pub fn toggle(&mut self, kind: StandingKind) {
        self.left_out[kind as usize] ^= true;
        if self.left_out.iter().all(|out| *out) {
            self.left_out = Default::default();
        }
    }

    /// Leaves out all but one; once more takes all in again.
    pub fn only(&mut self, kind: StandingKind) {
        let mut left_out = [true; StandingKind::ALL.len()];
        left_out[kind as usize] = false;
        self.left_out = if self.left_out == left_out { Default::default() } else { left_out };
    }

    /// Whether anything is left out.
    pub fn is_on(&self) -> bool {
        self.left_out.contains(&true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_out_is_dimmed_or_hidden_but_never_everything() {
        let mut filter = Filter::default();
        filter.toggle(StandingKind::Alleged);
        assert_eq!(
            (filter.shown(StandingKind::Alleged), filter.shown(StandingKind::Stated)),
            (Shown::Faint, Shown::Full)
        );
        filter.hides = true;
        assert_eq!(filter.shown(StandingKind::Alleged), Shown::Hidden);
        for kind in StandingKind::ALL {
            if filter.shown(kind) == Shown::Full {
                filter.toggle(kind);
            }
        }
        assert!(!filter.is_on());
    }
}
