//! Bars with labels, packed into rows: nothing overlaps, nothing leaves the area, what does not fit is told.
//!
//! Bars keep their columns, as those are their meaning; rows are free. A label stands in its bar, or after it, or before
//! it. Must never drop the bar that is to be kept.

/// A bar that wants a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Its first column.
    pub from: u16,
    /// The column after its last; more than `from`.
    pub to: u16,
    /// Cells of its label; 0 for none.
    pub label: u16,
    /// Cells at its beginning on which no label stands.
    pub lead: u16,
}

/// A bar that has a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Which of the bars.
    pub bar: usize,
    /// Its row.
    pub row: u16,
    /// The first column of its label.
    pub label_at: u16,
    /// Cells that the label may take, at most as many as it wants.
    pub label: u16,
}

/// What became of the bars.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packed {
    /// Those that have a place, in the order of the bars.
    pub placed: Vec<Placed>,
    /// Those that have none, in the order of the bars.
    pub hidden: Vec<usize>,
}

impl Packed {
    /// Rows that are taken, counted from the first.
    pub fn rows(&self) -> u16 {
        self.placed.iter().map(|place| place.row + 1).max().unwrap_or_default()
    }
}

/// Widths to which labels are cut, one after the other, until all bars have a place and a label.
const CUTS: [u16; 4] = [48, 28, 18, 12];
/// Columns that stay free between two bars, so that they are seen to be two.
const GAP: u16 = 2;
/// A label is not cut to fewer cells than this.
const LEAST: u16 = 6;
/// So many bars are packed once only, with short labels.
const MANY: usize = 400;

/// Packs bars, sorted by their first columns, into an area. The bar `keep` always gets a place, if there is any row.
///
/// Labels are as long as they can be without costing another bar its own; a bar without a label is better than none.
pub fn pack(bars: &[Bar], columns: u16, rows: u16, keep: Option<usize>) -> Packed {
    let cuts = if bars.len() > MANY { &CUTS[2..3] } else { &CUTS[..] };
    let mut best: Option<(usize, Packed)> = None;
    for cut in cuts {
        let packed = pack_once(bars, columns, rows, *cut);
        let lacks = |place: &&Placed| place.label < bars[place.bar].label.min(LEAST);
        let cost = packed.placed.iter().filter(lacks).count() + 2 * packed.hidden.len();
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, packed));
        }
        if best.as_ref().is_some_and(|(least, _)| *least == 0) {
            break;
        }
    }
    let mut packed = best.map(|(_, packed)| packed).unwrap_or_default();
    if let Some(keep) = keep.filter(|keep| packed.hidden.contains(keep)) {
        force(&mut packed, bars, keep, (columns, rows));
    }
    stretch(&mut packed, bars, columns);
    packed
}

/// Lets labels that were cut grow into the room that is left beside them.
fn stretch(packed: &mut Packed, bars: &[Bar], columns: u16) {
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); usize::from(packed.rows())];
    for (at, place) in packed.placed.iter().enumerate() {
        rows[usize::from(place.row)].push(at);
    }
    for mut row in rows {
        row.sort_by_key(|at| bars[packed.placed[*at].bar].from);
        for (nth, at) in row.iter().enumerate() {
            let place = packed.placed[*at];
            let bar = bars[place.bar];
            let wanted = bar.label.min(CUTS[0]);
            if place.label == 0 || place.label >= wanted {
                continue;
            }
            if place.label_at < bar.from {
                let before = nth.checked_sub(1).map(|before| packed.placed[row[before]]);
                let free = before.map_or(0, |before| end(bars[before.bar], before) + GAP);
                let from = free.max(bar.from.saturating_sub(1 + wanted)).min(place.label_at);
                packed.placed[*at] =
                    Placed { label_at: from, label: place.label_at + place.label - from, ..place };
                continue;
            }
            let next = row.get(nth + 1).map(|next| packed.placed[*next]);
            let next =
                next.map_or(columns, |next| bars[next.bar].from.min(next.label_at).saturating_sub(GAP));
            let limit = if place.label_at < bar.to { bar.to } else { next.max(place.label_at + place.label) };
            packed.placed[*at].label = wanted.min(limit - place.label_at);
        }
    }
}

fn pack_once(bars: &[Bar], columns: u16, rows: u16, cut: u16) -> Packed {
    let mut free = vec![0_u16; usize::from(rows)];
    let mut packed = Packed::default();
    let mut first_open = 0;
    for (at, bar) in bars.iter().enumerate() {
        // Rows that are full to the right edge are not looked at again.
        while free.get(first_open).is_some_and(|free| *free >= columns) {
            first_open += 1;
        }
        let place_in = |row: usize, bar: Bar| {
            let (label_at, label) = label_place(bar, cut, free[row], columns)?;
            (label > 0 || bar.label == 0).then_some(Placed { bar: at, row: row as u16, label_at, label })
        };
        let labelled = (first_open..free.len()).find_map(|row| place_in(row, *bar));
        let unnamed = || (first_open..free.len()).find_map(|row| place_in(row, Bar { label: 0, ..*bar }));
        match labelled.or_else(unnamed) {
            Some(place) => {
                free[usize::from(place.row)] = end(*bar, place) + GAP;
                packed.placed.push(place);
            }
            None => packed.hidden.push(at),
        }
    }
    packed
}

/// The column after everything of a placed bar.
fn end(bar: Bar, place: Placed) -> u16 {
    bar.to.max(place.label_at + place.label)
}

/// Where the label of a bar goes in a row that is free from `free` on.
fn label_place(bar: Bar, cut: u16, free: u16, columns: u16) -> Option<(u16, u16)> {
    if bar.from < free || bar.to > columns {
        return None;
    }
    let wanted = bar.label.min(cut);
    let (start, inside) = (bar.from + bar.lead, (bar.to - bar.from).saturating_sub(bar.lead));
    if wanted == 0 {
        return Some((bar.from, 0));
    }
    if inside >= wanted {
        return Some((start, wanted));
    }
    let after = columns.saturating_sub(bar.to + 1);
    if after >= wanted {
        return Some((bar.to + 1, wanted));
    }
    let before = bar.from.saturating_sub(free).saturating_sub(1);
    if before >= wanted {
        return Some((bar.from - 1 - wanted, wanted));
    }
    // Cut to where there is most room.
    let (at, room) = if inside >= after && inside >= before {
        (start, inside)
    } else if after >= before {
        (bar.to + 1, after)
    } else {
        (bar.from - 1 - before, before)
    };
    if room < LEAST.min(wanted) { Some((bar.from, 0)) } else { Some((at, room)) }
}

/// Puts a bar into the last row, and hides what is in its way.
fn force(packed: &mut Packed, bars: &[Bar], keep: usize, (columns, rows): (u16, u16)) {
    let (Some(bar), Some(row)) = (bars.get(keep), rows.checked_sub(1)) else { return };
    let Some((label_at, label)) = label_place(*bar, CUTS[1], 0, columns) else { return };
    let place = Placed { bar: keep, row, label_at, label };
    let (from, to) = (bar.from.min(label_at), end(*bar, place));
    let (evicted, kept): (Vec<Placed>, Vec<Placed>) = packed.placed.iter().partition(|other| {
        let its = bars[other.bar];
        other.row == row && its.from.min(other.label_at) <= to && end(its, **other) >= from
    });
    packed.placed = kept;
    packed.placed.push(place);
    packed.placed.sort_by_key(|place| place.bar);
    packed.hidden.retain(|bar| *bar != keep);
    packed.hidden.extend(evicted.iter().map(|place| place.bar));
    packed.hidden.sort_unstable();
}

/// What stands for hidden bars: "+4" at a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The column of the plus sign.
    pub at: u16,
    /// How many there are.
    pub count: usize,
    /// The first column that is counted here.
    pub from: u16,
}

impl Count {
    /// The cells of plus sign and number.
    pub const fn cells(self) -> u16 {
        2 + match self.count.checked_ilog10() {
            Some(more) => more as u16,
            None => 0,
        }
    }
}

/// How many hidden bars lie where, given how many begin in each column. No two labels touch, none leaves the area.
pub fn counts(columns: &[usize]) -> Vec<Count> {
    let width = columns.len() as u16;
    let mut found: Vec<Count> = Vec::new();
    for (column, count) in (0..).zip(columns).filter(|(_, count)| **count > 0) {
        match found.last_mut() {
            // It takes in what it would otherwise touch, and grows by a digit while it does.
            Some(last) if column <= last.at + Count { count: last.count + count, ..*last }.cells() => {
                last.count += count;
            }
            _ => found.push(Count { at: column, count: *count, from: column }),
        }
    }
    // The last ones move left until they fit, and take in whom they would touch.
    let mut fitted: Vec<Count> = Vec::new();
    for one in found.into_iter().rev() {
        let free = fitted.last().map_or(width, |next| next.at.saturating_sub(1));
        match fitted.last_mut() {
            Some(next) if one.at + one.cells() > free => {
                next.count += one.count;
                next.from = one.from;
                next.at = one.at.min(width.saturating_sub(next.cells()));
            }
            _ => fitted.push(Count { at: one.at.min(width.saturating_sub(one.cells())), ..one }),
        }
    }
    fitted.reverse();
    fitted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bars() -> impl Strategy<Value = (Vec<Bar>, u16, u16)> {
        (1..120_u16, 0..12_u16).prop_flat_map(|(columns, rows)| {
            let bar =
                (0..columns, 1..=columns, 0..60_u16, 0..3_u16).prop_map(move |(from, cells, label, lead)| {
                    Bar { from, to: (from + cells).min(columns), label, lead }
                });
            proptest::collection::vec(bar, 0..60).prop_map(move |mut bars| {
                bars.sort_by_key(|bar| bar.from);
                (bars, columns, rows)
            })
        })
    }

    proptest! {
        #[test]
        fn nothing_overlaps_or_leaves_and_all_are_counted((bars, columns, rows) in bars(), keep in 0..60_usize) {
            let keep = (keep < bars.len()).then_some(keep);
            let packed = pack(&bars, columns, rows, keep);
            prop_assert_eq!(packed.placed.len() + packed.hidden.len(), bars.len());
            if let (Some(keep), true) = (keep, rows > 0) {
                prop_assert!(packed.placed.iter().any(|place| place.bar == keep), "the kept bar is hidden");
            }
            let mut taken = vec![vec![false; columns.into()]; rows.into()];
            for place in &packed.placed {
                let bar = bars[place.bar];
                let mut cells: Vec<u16> = (bar.from..bar.to).chain(place.label_at..place.label_at + place.label).collect();
                cells.sort_unstable();
                cells.dedup();
                for cell in cells {
                    prop_assert!(cell < columns && place.row < rows, "{place:?} leaves the area");
                    let cell = &mut taken[usize::from(place.row)][usize::from(cell)];
                    prop_assert!(!std::mem::replace(cell, true), "{place:?} lies over another");
                }
                prop_assert!(place.label <= bar.label);
            }
        }

        #[test]
        fn counts_never_touch_or_leave_and_add_up(
            columns in proptest::collection::vec(prop_oneof![3 => Just(0_usize), 1 => 1..2000_usize], 20..200),
        ) {
            let counts = counts(&columns);
            prop_assert_eq!(counts.iter().map(|one| one.count).sum::<usize>(), columns.iter().sum::<usize>());
            let mut free = 0;
            for one in counts {
                let label = format!("+{}", one.count);
                prop_assert_eq!(label.len(), usize::from(one.cells()));
                prop_assert!(one.at >= free, "{} at {} touches the one before", label, one.at);
                free = one.at + one.cells() + 1;
                prop_assert!(usize::from(free) <= columns.len() + 1, "{} leaves the area", label);
                prop_assert!(columns[usize::from(one.from)] > 0, "{} begins where nothing does", label);
            }
        }
    }

    #[test]
    fn a_label_stands_in_its_bar_or_after_it_or_before_it() {
        for (from, to, label, expected) in
            [(10, 30, 12, (10, 12)), (10, 12, 12, (13, 12)), (36, 38, 12, (23, 12)), (0, 40, 60, (0, 40))]
        {
            let packed = pack(&[Bar { from, to, label, lead: 0 }], 40, 1, None);
            let place = packed.placed[0];
            assert_eq!((place.label_at, place.label), expected, "{from}..{to}");
        }
    }
}
