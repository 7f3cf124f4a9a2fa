//! Kinds of entities, and the words for them.

/// What kind of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person.
    Person,
    /// A state, present or past.
    State,
    /// A body, ministry, party or force.
    Organisation,
    /// A place.
    Place,
    /// A treaty.
    Treaty,
    /// An event, a war, an era.
    Event,
    /// A weapon, or a system made for war.
    Weapon,
    /// An idea, a programme, a resource.
    Idea,
}

impl EntityKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::State,
        Self::Organisation,
        Self::Place,
        Self::Treaty,
        Self::Event,
        Self::Weapon,
        Self::Idea,
    ];

    /// The word for several, lower case.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::State => "states",
            Self::Organisation => "organisations",
            Self::Place => "places",
            Self::Treaty => "treaties",
            Self::Event => "events",
            Self::Weapon => "weapons",
            Self::Idea => "ideas",
        }
    }

    /// The word for it, lower case.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::State => "state",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Treaty => "treaty",
            Self::Event => "event",
            Self::Weapon => "weapon",
            Self::Idea => "idea",
        }
    }
}
