//! A set of rows, a bit for each row of the file. Must never know what a row is.

use super::forward_index::RowIx;

/// Rows by number, as bits.
#[derive(Debug, Clone, Default)]
pub(super) struct RowSet(Vec<u64>);

impl RowSet {
    /// An empty set of a file's rows, of which there are so many.
    pub(super) fn of(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(64)])
    }

    /// Whether the row is new.
    #[inline]
    pub(super) fn insert(&mut self, row: RowIx) -> bool {
        let Some(bits) = self.0.get_mut(row as usize / 64) else { return false };
        let bit = 1 << (row % 64);
        let is_new = *bits & bit == 0;
        *bits |= bit;
        is_new
    }

    /// The rows in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = RowIx> {
        self.0.iter().zip(0..).flat_map(|(bits, at): (&u64, u32)| {
            std::iter::successors(Some(*bits).filter(|bits| *bits != 0), |bits| {
                Some(bits & (bits - 1)).filter(|bits| *bits != 0)
            })
            .map(move |bits| at * 64 + bits.trailing_zeros())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_in_it_once() {
        let mut rows = RowSet::of(200);
        let new = [3, 0, 199, 64, 63, 3, 10_000].map(|row| rows.insert(row));
        assert_eq!(new, [true, true, true, true, true, false, false]);
        assert_eq!(rows.iter().collect::<Vec<_>>(), [0, 3, 63, 64, 199]);
    }
}
