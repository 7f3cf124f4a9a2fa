//! Lenses, the ways to look at a dossier, and the words for them.
//!
//! A file names them in its tours, a key chooses them. Must never know how one is drawn.

/// A way to look at what is in scope. A tab is the scope, a lens the form, and any lens works on any tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lens {
    /// Entries and their statements, as text.
    #[default]
    Read,
    /// When: what has a date on an axis of time.
    Timeline,
    /// Where: places on a map.
    Map,
    /// Who with whom: an entity and its relations.
    Network,
    /// How sure: standings, and who says and denies what.
    Evidence,
}

impl Lens {
    /// All lenses.
    pub const ALL: [Self; 5] = [Self::Read, Self::Timeline, Self::Map, Self::Network, Self::Evidence];

    /// The word for it, lower case.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Timeline => "timeline",
            Self::Map => "map",
            Self::Network => "network",
            Self::Evidence => "evidence",
        }
    }

    /// Its name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::Timeline => "Timeline",
            Self::Map => "Map",
            Self::Network => "Network",
            Self::Evidence => "Evidence",
        }
    }
}
