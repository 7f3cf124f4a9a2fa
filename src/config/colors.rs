//! Colours of a user's own, by what they are for. Must never be asked where there is no colour.

/// Red, green, blue.
pub type Rgb = (u8, u8, u8);

/// What a colour can be for: the ground, what is written, the standings in their order, and the land of the map.
pub const ROLES: [&str; 16] = [
    "ground",
    "chosen",
    "text",
    "muted",
    "dim",
    "faint",
    "accent",
    "link",
    "found",
    "established",
    "stated",
    "alleged",
    "unverified",
    "assessed",
    "expected",
    "land",
];

/// Colours that stand in for those of the theme where a terminal shows at least 256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Colors([Option<Rgb>; ROLES.len()]);

impl Colors {
    /// The colour of the `at`-th of [`ROLES`]; `None` is the theme's.
    pub fn get(&self, at: usize) -> Option<Rgb> {
        self.0.get(at).copied().flatten()
    }

    /// Sets the colour of the `at`-th of [`ROLES`].
    pub(super) fn set(&mut self, at: usize, color: Rgb) {
        if let Some(place) = self.0.get_mut(at) {
            *place = Some(color);
        }
    }
}

/// Reads `#rrggbb` or `#rgb`, as CSS has it.
pub(super) fn rgb(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let part = |from: usize, len: usize| u8::from_str_radix(digits.get(from..from + len)?, 16).ok();
    match digits.len() {
        3 => Some((part(0, 1)? * 17, part(1, 1)? * 17, part(2, 1)? * 17)),
        6 => Some((part(0, 2)?, part(2, 2)?, part(4, 2)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_as_css_writes_them() {
        for (text, color) in [
            ("#ff8000", Some((255, 128, 0))),
            ("#F80", Some((255, 136, 0))),
            ("ff8000", None),
            ("#ff80", None),
            ("#gg0000", None),
            ("#ÿ000", None),
        ] {
            assert_eq!(rgb(text), color, "{text}");
        }
    }
}
