//! Reads the plain part of the notation into the structures of `raw`, many times faster than `ron`, which reads all of
//! it: a large file is plain but for a text here and there.
//!
//! Plain are names, brackets, commas, comments, decimal numbers and texts in quotes; the escapes of a text are left to
//! `ron`. At anything else, and at anything wrong, there is no answer, and whoever asked has to ask `ron`.
//! Must never answer differently; a property test compares the two.

use std::fmt;

use ron::Deserializer as Whole;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::scan::Scan;

/// Not plain, or wrong: nothing more is known.
#[derive(Debug, thiserror::Error)]
#[error("not plain")]
pub(super) struct Strange;

impl de::Error for Strange {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A value at a place of the source.
pub(super) struct Plain<'p, 's>(pub(super) &'p mut Scan<'s>);

impl<'s> Plain<'_, 's> {
    fn reborrow(&mut self) -> Plain<'_, 's> {
        Plain(self.0)
    }

    fn sign(&mut self, sign: u8) -> Result<(), Strange> {
        self.0.sign(sign).ok_or(Strange)
    }

    /// A name, which must stand here.
    fn word(&mut self) -> Result<&'s str, Strange> {
        let word = self.0.word().filter(|word| !word.is_empty()).ok_or(Strange)?;
        Ok(self.0.text(&word))
    }

    fn fields<V: Visitor<'s>>(mut self, visitor: V) -> Result<V::Value, Strange> {
        self.sign(b'(')?;
        let value = visitor.visit_map(Commas::new(self.reborrow(), b')'))?;
        self.sign(b')')?;
        Ok(value)
    }

    fn list<V: Visitor<'s>>(mut self, brackets: [u8; 2], visitor: V) -> Result<V::Value, Strange> {
        self.sign(brackets[0])?;
        let value = visitor.visit_seq(Commas::new(self.reborrow(), brackets[1]))?;
        self.sign(brackets[1])?;
        Ok(value)
    }
}

impl<'s> Deserializer<'s> for Plain<'_, 's> {
    type Error = Strange;

    fn deserialize_any<V: Visitor<'s>>(self, _: V) -> Result<V::Value, Strange> {
        Err(Strange)
    }

    fn deserialize_str<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Strange> {
        let (literal, escaped) = self.0.literal().ok_or(Strange)?;
        if escaped {
            let mut whole = Whole::from_str(self.0.text(&literal)).map_err(|_| Strange)?;
            return whole.deserialize_str(visitor).map_err(|_| Strange);
        }
        visitor.visit_borrowed_str(self.0.text(&(literal.start + 1..literal.end - 1)))
    }

    fn deserialize_identifier<V: Visitor<'s>>(mut self, visitor: V) -> Result<V::Value, Strange> {
        visitor.visit_borrowed_str(self.word()?)
    }

    fn deserialize_option<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Strange> {
        // What is there is written without a `Some`, and what is not there is left out.
        if self.0.is_option().ok_or(Strange)? { Err(Strange) } else { visitor.visit_some(self) }
    }

    fn deserialize_struct<V: Visitor<'s>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Strange> {
        let word = self.0.word().ok_or(Strange)?;
        if word.is_empty() || self.0.text(&word) == name { self.fields(visitor) } else { Err(Strange) }
    }

    fn deserialize_seq<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Strange> {
        self.list(*b"[]", visitor)
    }

    fn deserialize_tuple<V: Visitor<'s>>(self, _: usize, visitor: V) -> Result<V::Value, Strange> {
        self.list(*b"()", visitor)
    }

    fn deserialize_f64<V: Visitor<'s>>(self, visitor: V) -> Result<V::Value, Strange> {
        let number = self.0.number().ok_or(Strange)?;
        visitor.visit_f64(self.0.text(&number).parse().map_err(|_| Strange)?)
    }

    fn deserialize_enum<V: Visitor<'s>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Strange> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        <V: Visitor<'s>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char string bytes byte_buf unit unit_struct
        newtype_struct tuple_struct map ignored_any
    }
}

impl<'s> EnumAccess<'s> for Plain<'_, 's> {
    type Error = Strange;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'s>>(mut self, seed: S) -> Result<(S::Value, Self), Strange> {
        Ok((seed.deserialize(self.reborrow())?, self))
    }
}

impl<'s> VariantAccess<'s> for Plain<'_, 's> {
    type Error = Strange;

    fn unit_variant(self) -> Result<(), Strange> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'s>>(self, _: S) -> Result<S::Value, Strange> {
        Err(Strange)
    }

    fn tuple_variant<V: Visitor<'s>>(self, _: usize, _: V) -> Result<V::Value, Strange> {
        Err(Strange)
    }

    fn struct_variant<V: Visitor<'s>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Strange> {
        self.fields(visitor)
    }
}

/// Fields or items with commas between them.
struct Commas<'p, 's> {
    plain: Plain<'p, 's>,
    /// The bracket that closes them.
    close: u8,
    is_first: bool,
}

impl<'p, 's> Commas<'p, 's> {
    fn new(plain: Plain<'p, 's>, close: u8) -> Self {
        Self { plain, close, is_first: true }
    }

    /// Whether there is one more.
    fn has_more(&mut self) -> bool {
        let may = std::mem::take(&mut self.is_first) || self.plain.0.has(b',');
        may && !self.plain.0.is_at(self.close)
    }
}

impl<'s> MapAccess<'s> for Commas<'_, 's> {
    type Error = Strange;

    fn next_key_seed<S: DeserializeSeed<'s>>(&mut self, seed: S) -> Result<Option<S::Value>, Strange> {
        if self.has_more() { seed.deserialize(self.plain.reborrow()).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<S: DeserializeSeed<'s>>(&mut self, seed: S) -> Result<S::Value, Strange> {
        self.plain.sign(b':')?;
        seed.deserialize(self.plain.reborrow())
    }
}

impl<'s> SeqAccess<'s> for Commas<'_, 's> {
    type Error = Strange;

    fn next_element_seed<S: DeserializeSeed<'s>>(&mut self, seed: S) -> Result<Option<S::Value>, Strange> {
        if self.has_more() { seed.deserialize(self.plain.reborrow()).map(Some) } else { Ok(None) }
    }
}
