//! How well a statement stands, and who says so. Six kinds, closed: a reader learns them once.

use super::{EntityIx, Few};

/// How well a statement stands, with the parties that stand behind it or against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// On record, not in dispute.
    Established,
    /// Said by the named parties about themselves or others.
    Stated {
        /// Who says it; never empty in a loaded file.
        by: Few<EntityIx>,
    },
    /// Claimed by some and denied by others.
    Alleged {
        /// Who claims it; never empty in a loaded file.
        by: Few<EntityIx>,
        /// Who denies it; may be empty.
        denied_by: Few<EntityIx>,
    },
    /// Rumour or speculation.
    Unverified,
    /// The source's own judgement.
    Assessed,
    /// Foreseen or intended.
    Expected,
}

/// A [`Standing`] without its parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StandingKind {
    /// On record, not in dispute.
    Established,
    /// Said by a named party.
    Stated,
    /// Claimed by some, denied by others.
    Alleged,
    /// Rumour or speculation.
    Unverified,
    /// The source's own judgement.
    Assessed,
    /// Foreseen or intended.
    Expected,
}

impl Standing {
    /// The standing without its parties.
    pub const fn kind(&self) -> StandingKind {
        match self {
            Self::Established => StandingKind::Established,
            Self::Stated { .. } => StandingKind::Stated,
            Self::Alleged { .. } => StandingKind::Alleged,
            Self::Unverified => StandingKind::Unverified,
            Self::Assessed => StandingKind::Assessed,
            Self::Expected => StandingKind::Expected,
        }
    }

    /// Who states or alleges it.
    pub fn by(&self) -> &[EntityIx] {
        match self {
            Self::Stated { by } | Self::Alleged { by, .. } => by,
            _ => &[],
        }
    }

    /// Who denies it.
    pub fn denied_by(&self) -> &[EntityIx] {
        match self {
            Self::Alleged { denied_by, .. } => denied_by,
            _ => &[],
        }
    }
}

impl StandingKind {
    /// All six, firmest first.
    pub const ALL: [Self; 6] =
        [Self::Established, Self::Stated, Self::Alleged, Self::Unverified, Self::Assessed, Self::Expected];

    /// The word for it, lower case.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Established => "established",
            Self::Stated => "stated",
            Self::Alleged => "alleged",
            Self::Unverified => "unverified",
            Self::Assessed => "assessed",
            Self::Expected => "expected",
        }
    }

    /// The sign in the margin: one cell, also where ambiguous characters are narrow.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Established => "●",
            Self::Stated => "❝",
            Self::Alleged => "±",
            Self::Unverified => "?",
            Self::Assessed => "◇",
            Self::Expected => "→",
        }
    }

    /// The sign where only ASCII can be shown. `J` is judgement, `X` expectation, as in the analysts' tables.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Established => "E",
            Self::Stated => "S",
            Self::Alleged => "A",
            Self::Unverified => "?",
            Self::Assessed => "J",
            Self::Expected => "X",
        }
    }

    /// One line on what it means.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Established => "on record, not in dispute",
            Self::Stated => "said by the party named",
            Self::Alleged => "claimed by some, denied by others",
            Self::Unverified => "rumour or speculation",
            Self::Assessed => "the source's own judgement",
            Self::Expected => "foreseen or intended",
        }
    }
}
