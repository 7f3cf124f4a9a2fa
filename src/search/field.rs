//! Which part of a document a word stands in, and what that is worth.
//!
//! A posting keeps one *class*: the best that a word finds in any document of a row. Classes are ordered so that the
//! best is the least, and so that postings sort by what they are worth. Must never look at a query.

/// Which part of a document a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Field {
    /// An entity's own name; its first word counts more than the others.
    Name,
    /// A title.
    Title,
    /// Aliases, native names, tags, ids, the kind of an entity.
    Head,
    /// A date of a statement or an entry.
    When,
    /// A statement.
    Text,
    /// A topic's or an entity's summary, which repeats its name more often than not; an entity's dates.
    Summary,
    /// A name of an entity that a statement mentions, or has for a party.
    Mention,
    /// What is said of a statement's standing: the same words in many statements.
    Standing,
}

/// The fields that a word stands in, as bits.
pub(super) type Fields = u8;

/// How many classes there are: they take three bits of a posting.
pub(super) const CLASSES: usize = 8;

/// What each class adds to a word's worth. But for the last, less lies between them than between a word and the start of
/// one; what every statement of a standing is found by is worth less than the start of a word in a title.
pub(super) const WEIGHTS: [u16; CLASSES] = [300, 290, 250, 240, 200, 160, 120, 20];

impl Field {
    const ALL: [Self; 8] = [
        Self::Name,
        Self::Title,
        Self::Head,
        Self::When,
        Self::Text,
        Self::Summary,
        Self::Mention,
        Self::Standing,
    ];

    /// The field of that number.
    pub(super) fn of(number: u32) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Standing)
    }

    /// The set of this field alone.
    pub(super) const fn alone(self) -> Fields {
        1 << self as u8
    }
}

/// The class of a word that stands in these fields of one document.
///
/// A word of a title or of another name that the statement repeats is what the statement is about.
pub(super) const fn class(fields: Fields) -> usize {
    const fn has(fields: Fields, field: Field) -> bool {
        fields & field.alone() != 0
    }
    let text = has(fields, Field::Text);
    if has(fields, Field::Name) {
        0
    } else if has(fields, Field::Title) {
        if text { 1 } else { 3 }
    } else if has(fields, Field::Head) {
        if text { 2 } else { 4 }
    } else if has(fields, Field::When) {
        4
    } else if text || has(fields, Field::Summary) {
        5
    } else if has(fields, Field::Mention) {
        6
    } else {
        7
    }
}

/// What a class adds.
pub(super) const fn weight(fields: Fields) -> u16 {
    WEIGHTS[class(fields)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_fields_are_never_worth_less() {
        for fields in 1..=u8::MAX {
            for field in Field::ALL {
                assert!(class(fields | field.alone()) <= class(fields), "{fields:b} and {field:?}");
            }
        }
    }
}
