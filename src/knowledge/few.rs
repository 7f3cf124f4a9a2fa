//! A list that holds one thing or none in most places: the sources of a statement, its parties, its links.
//!
//! Must never be grown: it is made once. What is alone in it takes no memory of its own, which saves a large file
//! a third of all the pieces of memory that it would be made of.

use std::fmt;
use std::ops::Deref;

/// A few things in their order, mostly one or none.
#[derive(Clone)]
pub struct Few<T>(Held<T>);

#[derive(Clone)]
enum Held<T> {
    /// Just one.
    One(T),
    /// None, or more than one.
    Many(Box<[T]>),
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Held::Many(Box::default()))
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Held::One(item) => std::slice::from_ref(item),
            Held::Many(items) => items,
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items = items.into_iter();
        let Some(first) = items.next() else { return Self::default() };
        let Some(second) = items.next() else { return Self(Held::One(first)) };
        // Two is the usual number of many: no room is asked for that would be given back.
        let mut many = vec![first, second];
        many.extend(items);
        Self(Held::Many(many.into()))
    }
}

impl<T, const N: usize> From<[T; N]> for Few<T> {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<'f, T> IntoIterator for &'f Few<T> {
    type Item = &'f T;
    type IntoIter = std::slice::Iter<'f, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    /// As a list.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_what_it_was_made_of() {
        for count in 0..4_u32 {
            let few: Few<u32> = (0..count).collect();
            assert_eq!(few.to_vec(), (0..count).collect::<Vec<_>>());
            assert_eq!(format!("{few:?}"), format!("{:?}", few.to_vec()));
            assert_eq!((few == few.clone(), few == Few::default()), (true, count == 0));
        }
        assert_eq!(*Few::from([1, 2]), [1, 2]);
    }

    #[test]
    fn one_number_takes_no_more_than_the_place_of_a_list() {
        assert_eq!(size_of::<Few<u32>>(), size_of::<Box<[u32]>>());
    }
}
