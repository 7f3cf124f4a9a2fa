//! A dossier that was read, as bytes and back: for the one that the program carries, so that a start needs not read it.
//!
//! All texts stand one behind the other, and are known to be UTF-8 when the program is built; everything else is
//! numbers, in the order of the fields. Numbers are written seven bits a byte, the lowest first (LEB128). No serde:
//! the model knows no notation, and a macro that names its fields is shorter than a second set of types.
//!
//! Must never be read by another version of the program than wrote it: nothing here says which version it is.

use std::ops::Range;

use crate::knowledge::{
    Address, Date, Edge, Entity, EntityIx, EntityKind, Entry, EntryIx, Few, Ids, Item, Knowledge, Lens, Mark,
    MarkKind, Mentions, Point, Precision, Relation, Source, SourceIx, Standing, Statement, StatementIx, Step,
    Text, Topic, TopicIx, Tour, TourIx,
};

use crate::text::blocks::{Block, Form};

/// A dossier as bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packed {
    /// Its texts, one behind the other.
    pub texts: String,
    /// Everything else, and how long each text is.
    pub numbers: Vec<u8>,
}

/// What is still to be unpacked.
struct Rest<'a> {
    texts: &'a str,
    numbers: &'a [u8],
}

/// Packs a dossier.
pub fn pack(knowledge: &Knowledge) -> Packed {
    let mut packed = Packed::default();
    knowledge.write(&mut packed);
    packed
}

/// What was packed; `None` if this is nothing that [`pack`] made.
pub(super) fn unpack(texts: &str, numbers: &[u8]) -> Option<Knowledge> {
    Knowledge::read(&mut Rest { texts, numbers })
}

/// Something that can be packed and unpacked.
trait Value: Sized {
    fn write(&self, to: &mut Packed);
    fn read(from: &mut Rest<'_>) -> Option<Self>;
}

/// A structure: its fields, one after the other.
macro_rules! structure {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl Value for $name {
            fn write(&self, to: &mut Packed) {
                $(self.$field.write(to);)*
            }

            fn read(from: &mut Rest<'_>) -> Option<Self> {
                Some(Self { $($field: Value::read(from)?),* })
            }
        }
    )*};
}

/// An index into a list: its number.
macro_rules! index {
    ($($name:ident),*) => {$(
        impl Value for $name {
            fn write(&self, to: &mut Packed) {
                self.0.write(to);
            }

            fn read(from: &mut Rest<'_>) -> Option<Self> {
                Value::read(from).map(Self)
            }
        }
    )*};
}

/// One of several: its number, then its parts.
macro_rules! choice {
    ($($name:ident { $($tag:literal $variant:ident $(($($part:ident),*))? $({ $($field:ident),* })?,)* })*) => {$(
        impl Value for $name {
            fn write(&self, to: &mut Packed) {
                match self {
                    $(Self::$variant $(($($part),*))? $({ $($field),* })? => {
                        u32::write(&$tag, to);
                        $($($part.write(to);)*)?
                        $($($field.write(to);)*)?
                    })*
                }
            }

            fn read(from: &mut Rest<'_>) -> Option<Self> {
                Some(match u32::read(from)? {
                    $($tag => Self::$variant
                        $(($({ let $part = Value::read(from)?; $part }),*))?
                        $({ $($field: Value::read(from)?),* })?,)*
                    _ => return None,
                })
            }
        }
    )*};
}

index! { SourceIx, TopicIx, EntryIx, StatementIx, EntityIx, TourIx }

structure! {
    Source { title, note, url }
    Topic { title, short, summary, entries }
    Entry { topic, title, when, tags, aliases, see, statements }
    Statement { entry, standing, when, text, sources }
    Entity { kind, name, in_text, native, aliases, at, when, summary, sources }
    Relation { from, to, kind, when, statement }
    Tour { title, summary, steps }
    Step { show, lens, reveal, say }
    Text { plain, marks }
    Mark { range, kind }
    Block { depth, form }
    Point { precision, year, month, day, about, uncertain }
}

choice! {
    Item { 0 Source(ix), 1 Topic(ix), 2 Entry(ix), 3 Statement(ix), 4 Entity(ix), 5 Tour(ix), }
    Address { 0 Topic(ix), 1 Entry(ix), 2 Statement(ix), 3 Entity(ix), }
    MarkKind { 0 Emphasis, 1 Strong, 2 Link(to), 3 Web(to), 4 Block(block), }
    Form {
        0 Paragraph, 1 Heading(level), 2 Quote, 3 Bullets, 4 Numbers(first), 5 Item, 6 Table, 7 Head, 8 Row, 9 Cell,
        10 Code, 11 Line(blanks), 12 Rule, 13 Note, 14 Break,
    }
    Standing { 0 Established, 1 Stated { by }, 2 Alleged { by, denied_by }, 3 Unverified, 4 Assessed, 5 Expected, }
    EntityKind { 0 Person, 1 State, 2 Organisation, 3 Place, 4 Treaty, 5 Event, 6 Weapon, 7 Idea, }
    Lens { 0 Read, 1 Timeline, 2 Map, 3 Network, 4 Evidence, }
    Date { 0 Point(point), 1 Interval(from, to), }
    Edge { 0 At(point), 1 Open, }
    Precision { 0 Century, 1 Decade, 2 Year, 3 Month, 4 Day, }
}

impl Value for Knowledge {
    fn write(&self, to: &mut Packed) {
        let Self { id, title, subtitle, as_of, language, .. } = self;
        id.write(to);
        title.write(to);
        subtitle.write(to);
        as_of.write(to);
        language.write(to);
        self.sources.write(to);
        self.topics.write(to);
        self.entries.write(to);
        self.statements.write(to);
        self.entities.write(to);
        self.relations.write(to);
        self.tours.write(to);
        for item in items(self) {
            Box::<str>::from(self.ids.name(item)).write(to);
        }
    }

    fn read(from: &mut Rest<'_>) -> Option<Self> {
        let mut knowledge = Self {
            id: Value::read(from)?,
            title: Value::read(from)?,
            subtitle: Value::read(from)?,
            as_of: Value::read(from)?,
            language: Value::read(from)?,
            sources: Value::read(from)?,
            topics: Value::read(from)?,
            entries: Value::read(from)?,
            statements: Value::read(from)?,
            entities: Value::read(from)?,
            relations: Value::read(from)?,
            tours: Value::read(from)?,
            ..Self::default()
        };
        let items: Vec<_> = items(&knowledge).collect();
        knowledge.ids = Ids::with_capacity(items.len());
        for item in items {
            knowledge.ids.claim(from.text()?, item);
        }
        knowledge.mentions = Mentions::of(&knowledge);
        Some(knowledge)
    }
}

/// Everything that has an id.
fn items(knowledge: &Knowledge) -> impl Iterator<Item = Item> + use<> {
    let sources = (0..knowledge.sources.len()).map(|at| Item::Source(SourceIx::new(at)));
    let topics = (0..knowledge.topics.len()).map(|at| Item::Topic(TopicIx::new(at)));
    let entries = (0..knowledge.entries.len()).map(|at| Item::Entry(EntryIx::new(at)));
    let statements = (0..knowledge.statements.len()).map(|at| Item::Statement(StatementIx::new(at)));
    let entities = (0..knowledge.entities.len()).map(|at| Item::Entity(EntityIx::new(at)));
    let tours = (0..knowledge.tours.len()).map(|at| Item::Tour(TourIx::new(at)));
    sources.chain(topics).chain(entries).chain(statements).chain(entities).chain(tours)
}

impl<'a> Rest<'a> {
    fn text(&mut self) -> Option<&'a str> {
        let bytes = u32::read(self)? as usize;
        let (text, rest) = self.texts.split_at_checked(bytes)?;
        self.texts = rest;
        Some(text)
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.numbers.split_first()?;
        self.numbers = rest;
        Some(*byte)
    }
}

impl Value for u32 {
    fn write(&self, to: &mut Packed) {
        let mut rest = *self;
        while rest > 0x7f {
            to.numbers.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        to.numbers.push(rest as u8);
    }

    fn read(from: &mut Rest<'_>) -> Option<Self> {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = from.byte()?;
            number |= Self::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

/// Numbers of other types, which are small, written as [`u32`].
macro_rules! number {
    ($($name:ty),*) => {$(
        impl Value for $name {
            fn write(&self, to: &mut Packed) {
                i32::from(*self).cast_unsigned().write(to);
            }

            fn read(from: &mut Rest<'_>) -> Option<Self> {
                u32::read(from)?.cast_signed().try_into().ok()
            }
        }
    )*};
}

number! { u8, i32 }

impl Value for bool {
    fn write(&self, to: &mut Packed) {
        i32::from(*self).cast_unsigned().write(to);
    }

    fn read(from: &mut Rest<'_>) -> Option<Self> {
        u32::read(from).map(|number| number > 0)
    }
}

impl Value for f64 {
    fn write(&self, to: &mut Packed) {
        to.numbers.extend_from_slice(&self.to_le_bytes());
    }

    fn read(from: &mut Rest<'_>) -> Option<Self> {
        let (bytes, rest) = from.numbers.split_first_chunk()?;
        from.numbers = rest;
        Some(Self::from_le_bytes(*bytes))
    }
}

impl Value for Box<str> {
    fn write(&self, to: &mut Packed) {
        (self.len() as u32).write(to);
        to.texts.push_str(self);
    }

    fn read(from: &mut Rest<'_>) -> Option<Self> {
        from.text().map(Into::into)
    }
}

impl<A: Value, B: Value> Value for (A, B) {
    fn write(&self, to: &mut Packed) {
        self.0.write(to);
        self.1.write(to);
    }

    fn read(from: &mut Rest<'_>) -> Option<Self> {
        Some((Value::read(from)?, Value::read(from)?))
    }
}

impl<T: Value> Value for Range<T> {
    fn write(&self, to: &mut Packed) {
        self.start.write(to);
        self.end.write(to);
    }

    fn read(from: &mut Rest<'_>) -> Option<Self> {
        Some(Value::read(from)?..Value::read(from)?)
    }
}

impl<T: Value> Value for Option<T> {
    fn write(&self, to: &mut Packed) {
        self.is_some().write(to);
        if let Some(value) = self {
            value.write(to);
        }
    }

    fn read(from: &mut Rest<'_>) -> Option<Self> {
        if bool::read(from)? { T::read(from).map(Some) } else { Some(None) }
    }
}

impl<T: Value> Value for Vec<T> {
    fn write(&self, to: &mut Packed) {
        (self.len() as u32).write(to);
        for value in self {
            value.write(to);
        }
    }

    fn read(from: &mut Rest<'_>) -> Option<Self> {
        let len = u32::read(from)? as usize;
        // No value takes less than a byte: a length that cannot be right reserves nothing.
        let mut values = Self::with_capacity(len.min(from.numbers.len()));
        for _ in 0..len {
            values.push(T::read(from)?);
        }
        Some(values)
    }
}

impl<T: Value> Value for Few<T> {
    fn write(&self, to: &mut Packed) {
        (self.len() as u32).write(to);
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut Rest<'_>) -> Option<Self> {
        (0..u32::read(from)?).map(|_| T::read(from)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_size_come_back() {
        for (number, bytes) in [(0_u32, 1), (0x7f, 1), (0x80, 2), (0x3fff, 2), (0x4000, 3), (u32::MAX, 5)] {
            let mut packed = Packed::default();
            number.write(&mut packed);
            (f64::from(number) / -7.0).write(&mut packed);
            assert_eq!(packed.numbers.len(), bytes + 8);
            let mut rest = Rest { texts: "", numbers: &packed.numbers };
            assert_eq!(
                (u32::read(&mut rest), f64::read(&mut rest)),
                (Some(number), Some(f64::from(number) / -7.0))
            );
            assert!(rest.numbers.is_empty());
        }
    }

    #[test]
    fn what_nobody_packed_is_refused() {
        for numbers in [&[0xff; 6][..], &[0x80], &[]] {
            assert_eq!(u32::read(&mut Rest { texts: "", numbers }), None);
        }
        // A text of two bytes that would end within a letter.
        assert_eq!(Box::<str>::read(&mut Rest { texts: "김", numbers: &[2] }), None);
        assert!(Standing::read(&mut Rest { texts: "", numbers: &[6] }).is_none());
    }
}
