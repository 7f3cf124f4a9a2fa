//! Coastlines and land borders: `assets/world.bin`, read when they are first asked for.
//!
//! What the file holds, where it is from and how it is written is told in `assets/world.md`. Must never be touched
//! before a map is opened: reading it takes as long as a first frame.

use std::ops::Range;
use std::sync::LazyLock;

use super::mercator::Point;

static WORLD: LazyLock<World> =
    LazyLock::new(|| World::read(include_bytes!("../../assets/world.bin")).unwrap_or_default());

/// What the file begins with.
const MAGIC: &[u8] = b"world1";
/// Degrees of longitude in a dot from which each level but the coarsest is fine enough to be seen as such.
const FINE: [f64; 2] = [0.2, 0.05];

/// What a line parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Land and water.
    Coast,
    /// Two countries.
    Border,
    /// Nothing: it closes the land where the sheet ends, at the 180th meridian, and is never drawn.
    Seam,
}

/// A line of a level.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it parts.
    pub kind: Kind,
    /// The least and the greatest x and y of its points.
    pub west: f32,
    /// The greatest x.
    pub east: f32,
    /// The least y.
    pub south: f32,
    /// The greatest y.
    pub north: f32,
    points: Range<usize>,
}

/// All lines at one level of detail.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Level {
    lines: Vec<Line>,
    points: Vec<(f32, f32)>,
}

/// The world, from coarse to fine.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct World {
    levels: Vec<Level>,
}

impl World {
    /// The one that ships. The first call reads it.
    pub fn shipped() -> &'static Self {
        &WORLD
    }

    /// Reads a file; `None` if it is not one.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let count = number(&mut rest)?;
        let levels = (0..count).map(|_| Level::read(&mut rest)).collect::<Option<Vec<_>>>()?;
        rest.is_empty().then_some(Self { levels })
    }

    /// The coarsest level on which a dot of so many degrees shows no less than on a finer one.
    pub fn level(&self, dot: f64) -> Option<&Level> {
        let at = FINE.iter().take_while(|fine| dot < **fine).count();
        self.levels.get(at).or(self.levels.last())
    }

    /// All levels, from coarse to fine.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }
}

impl Level {
    fn read(rest: &mut &[u8]) -> Option<Self> {
        let steps = f64::from(number(rest)?);
        let mut level = Self::default();
        for _ in 0..number(rest)? {
            let kind = match number(rest)? {
                0 => Kind::Coast,
                1 => Kind::Border,
                2 => Kind::Seam,
                _ => return None,
            };
            let from = level.points.len();
            let (mut x, mut y) = (0_i32, 0_i32);
            for _ in 0..number(rest)? {
                x = x.checked_add(number(rest)?)?;
                y = y.checked_add(number(rest)?)?;
                // A line may go on beyond the 180th meridian: its x is taken as it is, and not wound around.
                let north = Point::at(f64::from(y) / steps, 0.0).y;
                level.points.push(((f64::from(x) / steps) as f32, north as f32));
            }
            level.close(kind, from..level.points.len());
        }
        Some(level)
    }

    /// Takes the points just read for a line.
    fn close(&mut self, kind: Kind, points: Range<usize>) {
        let own = self.points.get(points.clone()).unwrap_or_default();
        let least = |pick: fn(&(f32, f32)) -> f32| own.iter().map(pick).fold(f32::INFINITY, f32::min);
        let most = |pick: fn(&(f32, f32)) -> f32| own.iter().map(pick).fold(f32::NEG_INFINITY, f32::max);
        let (west, east) = (least(|p| p.0), most(|p| p.0));
        let (south, north) = (least(|p| p.1), most(|p| p.1));
        self.lines.push(Line { kind, west, east, south, north, points });
    }

    /// Its lines, each with its points: x and y on the plane of [`Point`].
    pub fn lines(&self) -> impl Iterator<Item = (&Line, &[(f32, f32)])> {
        self.lines.iter().map(|line| (line, self.points.get(line.points.clone()).unwrap_or_default()))
    }
}

/// A signed number in zigzag and LEB128, as Protocol Buffers write `sint32`
/// (<https://protobuf.dev/programming-guides/encoding/#signed-ints>).
fn number(rest: &mut &[u8]) -> Option<i32> {
    let mut value = 0_u32;
    for shift in (0..32).step_by(7) {
        let (byte, others) = rest.split_first()?;
        *rest = others;
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((value >> 1) as i32 ^ -((value & 1) as i32));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_world_is_whole() {
        let world = World::shipped();
        let sizes: Vec<usize> = world.levels().iter().map(|level| level.points.len()).collect();
        assert_eq!(sizes.len(), 3);
        assert!(sizes[0] > 3_000 && sizes.is_sorted(), "{sizes:?}");
        for level in world.levels() {
            for kind in [Kind::Coast, Kind::Border] {
                assert!(level.lines().any(|(line, _)| line.kind == kind), "no {kind:?}");
            }
            let longest =
                level.lines().flat_map(|(_, points)| points.windows(2)).map(|p| (p[1].0 - p[0].0).abs());
            assert!(longest.fold(0.0, f32::max) < 40.0, "a line leaps across the sheet");
            assert!(level.points.iter().all(|(x, y)| x.abs() <= 200.0 && y.abs() <= 180.0));
        }
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let bytes = include_bytes!("../../assets/world.bin");
        for end in [0, 3, 6, 7, 100, bytes.len() - 1] {
            assert_eq!(World::read(&bytes[..end]), None, "the first {end} bytes");
        }
    }

    #[test]
    fn numbers_as_protocol_buffers_write_them() {
        for (mut bytes, expected) in [
            (&[0x00_u8][..], Some(0)),
            (&[0x01], Some(-1)),
            (&[0x02], Some(1)),
            (&[0xff, 0x01], Some(-128)),
            (&[0xfe, 0xff, 0xff, 0xff, 0x0f], Some(i32::MAX)),
            (&[0x80], None),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0x01], None),
        ] {
            assert_eq!(number(&mut bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn finer_levels_for_smaller_dots() {
        let world = World::shipped();
        let at = |dot| world.level(dot).map(|level| level.points.len());
        assert!(at(1.0) < at(0.15) && at(0.15) < at(0.01));
    }
}
