//! Lines in dots: eight to a cell, two across and four down, as in braille. Each cell belongs to the uppermost layer in it.
//!
//! Must never know how a cell is written: `ui` makes a braille pattern of it, or the nearest that a terminal has.

use super::mercator::Extent;

/// Dots across a cell.
pub const ACROSS: f64 = 2.0;
/// Dots down a cell.
pub const DOWN: f64 = 4.0;

/// The bits of a cell's dots, as Unicode numbers them in the braille patterns (U+2800 to U+28FF), by row and column.
const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// The dots of an area. Layers are numbers: the greater one lies above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dots {
    extent: Extent,
    /// By cell, row by row: its dots, and its uppermost layer.
    cells: Vec<(u8, u8)>,
}

/// A stretch between two places, in dots from the upper left corner.
pub type Stretch = ((f64, f64), (f64, f64));

impl Dots {
    /// An area without dots.
    pub fn new(extent: Extent) -> Self {
        let cells = usize::from(extent.columns) * usize::from(extent.rows);
        Self { extent, cells: vec![(0, 0); cells] }
    }

    /// The dots of a cell as the low byte of its braille pattern, and its layer; `None` where there are none.
    pub fn get(&self, column: u16, row: u16) -> Option<(u8, u8)> {
        if column >= self.extent.columns {
            return None;
        }
        let at = usize::from(row) * usize::from(self.extent.columns) + usize::from(column);
        self.cells.get(at).copied().filter(|(bits, _)| *bits != 0)
    }

    /// Sets a dot. A layer takes a cell away from those below it.
    pub fn set(&mut self, x: i32, y: i32, layer: u8) {
        let (column, row) = (x.div_euclid(2), y.div_euclid(4));
        let (columns, rows) = (i32::from(self.extent.columns), i32::from(self.extent.rows));
        if !(0..columns).contains(&column) || !(0..rows).contains(&row) {
            return;
        }
        let bit = BITS[y.rem_euclid(4) as usize][x.rem_euclid(2) as usize];
        if let Some((bits, top)) = self.cells.get_mut((row * columns + column) as usize) {
            if layer > *top {
                (*bits, *top) = (0, layer);
            }
            if layer == *top {
                *bits |= bit;
            }
        }
    }

    /// Draws a straight line, the part of it that lies in the area. Of every `gap` + 1 dots one is set.
    pub fn line(&mut self, stretch: Stretch, layer: u8, gap: u32) {
        let across = f64::from(self.extent.columns) * ACROSS;
        let down = f64::from(self.extent.rows) * DOWN;
        let Some(((ax, ay), (bx, by))) = clip(stretch, (across, down)) else { return };
        let ((mut x, mut y), (to_x, to_y)) = ((ax as i32, ay as i32), (bx as i32, by as i32));
        // Bresenham (1965), with one error term for all directions.
        let (dx, dy) = ((to_x - x).abs(), -(to_y - y).abs());
        let (step_x, step_y) = ((to_x - x).signum(), (to_y - y).signum());
        let mut error = dx + dy;
        loop {
            // Counted along the longer side from a fixed place, so that dots stay where they are when the line is cut.
            let along = if dx > -dy { x } else { y };
            if along.unsigned_abs().is_multiple_of(gap + 1) {
                self.set(x, y, layer);
            }
            if (x, y) == (to_x, to_y) {
                return;
            }
            let twice = 2 * error;
            if twice >= dy {
                error += dy;
                x += step_x;
            }
            if twice <= dx {
                error += dx;
                y += step_y;
            }
        }
    }
}

/// The part of a stretch inside a rectangle from the origin, by the method of Liang and Barsky (1984).
pub fn clip(((ax, ay), (bx, by)): Stretch, (across, down): (f64, f64)) -> Option<Stretch> {
    let (dx, dy) = (bx - ax, by - ay);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (toward, room) in [(-dx, ax), (dx, across - ax), (-dy, ay), (dy, down - ay)] {
        if toward == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if toward < 0.0 {
            from = from.max(room / toward);
        } else {
            to = to.min(room / toward);
        }
    }
    (from <= to).then_some(((ax + from * dx, ay + from * dy), (ax + to * dx, ay + to * dy)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SMALL: Extent = Extent { columns: 4, rows: 2 };

    fn picture(dots: &Dots) -> String {
        let mut out = String::new();
        for row in 0..SMALL.rows {
            for column in 0..SMALL.columns {
                let bits = dots.get(column, row).map_or(0, |(bits, _)| bits);
                out.push(char::from_u32(0x2800 + u32::from(bits)).unwrap());
            }
            out.push('\n');
        }
        out
    }

    #[test]
    fn lines_as_braille() {
        for (stretch, gap, expected) in [
            (((0.0, 0.0), (7.0, 7.0)), 0, "⠑⢄⠀⠀\n⠀⠀⠑⢄\n"),
            (((0.0, 3.0), (7.0, 3.0)), 0, "⣀⣀⣀⣀\n⠀⠀⠀⠀\n"),
            (((0.0, 3.0), (7.0, 3.0)), 1, "⡀⡀⡀⡀\n⠀⠀⠀⠀\n"),
            (((-50.0, 3.0), (50.0, 3.0)), 0, "⣀⣀⣀⣀\n⠀⠀⠀⠀\n"),
            (((2.0, -9.0), (2.0, 99.0)), 0, "⠀⡇⠀⠀\n⠀⡇⠀⠀\n"),
            (((9.0, 9.0), (20.0, 20.0)), 0, "⠀⠀⠀⠀\n⠀⠀⠀⠀\n"),
        ] {
            let mut dots = Dots::new(SMALL);
            dots.line(stretch, 1, gap);
            assert_eq!(picture(&dots), expected, "{stretch:?}");
        }
    }

    #[test]
    fn a_layer_takes_the_cell() {
        let mut dots = Dots::new(SMALL);
        dots.set(0, 0, 1);
        dots.set(1, 1, 2);
        dots.set(0, 3, 1);
        assert_eq!(dots.get(0, 0), Some((0x10, 2)));
        assert_eq!(dots.get(1, 0), None);
    }

    proptest! {
        #[test]
        fn a_clipped_line_stays_inside_and_on_the_line(a in (-99.0..99.0, -99.0..99.0), b in (-99.0..99.0, -99.0..99.0)) {
            if let Some((from, to)) = clip((a, b), (40.0, 20.0)) {
                for (x, y) in [from, to] {
                    prop_assert!((-1e-6..40.000_001).contains(&x) && (-1e-6..20.000_001).contains(&y));
                    let off = (b.0 - a.0) * (y - a.1) - (b.1 - a.1) * (x - a.0);
                    prop_assert!(off.abs() < 1e-6 * (1.0 + (b.0 - a.0).hypot(b.1 - a.1)));
                }
            } else {
                let inside = |(x, y): (f64, f64)| (0.0..=40.0).contains(&x) && (0.0..=20.0).contains(&y);
                prop_assert!(!inside(a) && !inside(b));
            }
        }

        #[test]
        fn drawing_anywhere_is_safe(a in (-1e9..1e9, -1e9..1e9), b in (-1e9..1e9, -1e9..1e9), gap in 0..4_u32) {
            Dots::new(SMALL).line((a, b), 1, gap);
        }
    }
}
