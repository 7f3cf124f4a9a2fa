//! The colours of the themes, in 24 bits, and what becomes of them where there are fewer.
//!
//! Contrast on the ground is at least 4.5 : 1 for everything that is read, 7 : 1 in the theme of high contrast, by the
//! formula of WCAG 2.2 (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>); a test computes it.

use ratatui::style::Color;

use crate::config::{Colors, Depth, Look, Rgb, Theme};

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Behind everything.
    Ground,
    /// Behind what is selected.
    Chosen,
    /// Behind land on a map.
    Land,
    /// What is read.
    Text,
    /// Beside the point.
    Muted,
    /// There, but not asked for.
    Dim,
    /// Rules, and what lies behind a box.
    Faint,
    /// Where one is, what can be done.
    Accent,
    /// What leads elsewhere.
    Link,
    /// What was searched for.
    Found,
    /// The standings, in their order.
    Standing(usize),
}

impl Tone {
    /// Its position among the roles that a user can give a colour.
    pub(super) const fn role(self) -> usize {
        match self {
            Self::Ground => 0,
            Self::Chosen => 1,
            Self::Text => 2,
            Self::Muted => 3,
            Self::Dim => 4,
            Self::Faint => 5,
            Self::Accent => 6,
            Self::Link => 7,
            Self::Found => 8,
            Self::Standing(at) => 9 + at,
            Self::Land => 15,
        }
    }
}

/// A theme's colours: 24 bits, and their places among the sixteen of ANSI.
struct Palette {
    ground: (Rgb, Color),
    chosen: (Rgb, Color),
    land: (Rgb, Color),
    text: (Rgb, Color),
    muted: (Rgb, Color),
    dim: (Rgb, Color),
    faint: (Rgb, Color),
    accent: (Rgb, Color),
    link: (Rgb, Color),
    found: (Rgb, Color),
    standings: [(Rgb, Color); 6],
}

const DARK: Palette = Palette {
    ground: ((0x15, 0x18, 0x1e), Color::Black),
    chosen: ((0x25, 0x2b, 0x36), Color::Black),
    land: ((0x22, 0x28, 0x32), Color::Black),
    text: ((0xda, 0xdd, 0xe3), Color::White),
    muted: ((0x92, 0x9a, 0xa8), Color::Gray),
    dim: ((0x6f, 0x77, 0x85), Color::DarkGray),
    faint: ((0x4d, 0x55, 0x63), Color::DarkGray),
    accent: ((0xe8, 0xb4, 0x6a), Color::LightYellow),
    link: ((0x8c, 0xb8, 0xf2), Color::LightBlue),
    found: ((0xff, 0xd8, 0x66), Color::LightYellow),
    standings: [
        ((0x93, 0xcf, 0x8a), Color::LightGreen),
        ((0x86, 0xb8, 0xe8), Color::LightBlue),
        ((0xf0, 0x8f, 0x7d), Color::LightRed),
        ((0xdc, 0xbb, 0x62), Color::LightYellow),
        ((0xbd, 0xa8, 0xea), Color::LightMagenta),
        ((0x6c, 0xca, 0xc4), Color::LightCyan),
    ],
};

const LIGHT: Palette = Palette {
    ground: ((0xfb, 0xfa, 0xf6), Color::White),
    chosen: ((0xf0, 0xed, 0xe4), Color::White),
    land: ((0xee, 0xea, 0xde), Color::White),
    text: ((0x23, 0x26, 0x2b), Color::Black),
    muted: ((0x5e, 0x63, 0x6c), Color::DarkGray),
    dim: ((0x85, 0x83, 0x7c), Color::Gray),
    faint: ((0xb4, 0xb1, 0xa8), Color::Gray),
    accent: ((0x9a, 0x4f, 0x00), Color::Red),
    link: ((0x1c, 0x5a, 0xa8), Color::Blue),
    found: ((0x8a, 0x3d, 0x00), Color::Red),
    standings: [
        ((0x2b, 0x73, 0x2f), Color::Green),
        ((0x1d, 0x62, 0x9c), Color::Blue),
        ((0xa8, 0x20, 0x1a), Color::Red),
        ((0x7b, 0x5b, 0x00), Color::DarkGray),
        ((0x65, 0x28, 0x9f), Color::Magenta),
        ((0x0c, 0x6e, 0x69), Color::Cyan),
    ],
};

const CONTRAST: Palette = Palette {
    ground: ((0x00, 0x00, 0x00), Color::Black),
    chosen: ((0x00, 0x00, 0x00), Color::Black),
    land: ((0x00, 0x00, 0x00), Color::Black),
    text: ((0xff, 0xff, 0xff), Color::White),
    muted: ((0xd6, 0xd6, 0xd6), Color::Gray),
    dim: ((0x94, 0x94, 0x94), Color::DarkGray),
    faint: ((0x80, 0x80, 0x80), Color::DarkGray),
    accent: ((0xff, 0xe6, 0x00), Color::LightYellow),
    link: ((0x7f, 0xd4, 0xff), Color::LightCyan),
    found: ((0xff, 0xe6, 0x00), Color::LightYellow),
    standings: [
        ((0x7c, 0xff, 0x7c), Color::LightGreen),
        ((0x8f, 0xc7, 0xff), Color::LightBlue),
        ((0xff, 0x9c, 0x8c), Color::LightRed),
        ((0xff, 0xe6, 0x00), Color::LightYellow),
        ((0xe2, 0xbc, 0xff), Color::LightMagenta),
        ((0x6f, 0xf5, 0xf0), Color::LightCyan),
    ],
};

impl Palette {
    const fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Dark => &DARK,
            Theme::Light => &LIGHT,
            Theme::Contrast => &CONTRAST,
        }
    }

    fn tone(&self, tone: Tone) -> (Rgb, Color) {
        match tone {
            Tone::Ground => self.ground,
            Tone::Chosen => self.chosen,
            Tone::Land => self.land,
            Tone::Text => self.text,
            Tone::Muted => self.muted,
            Tone::Dim => self.dim,
            Tone::Faint => self.faint,
            Tone::Accent => self.accent,
            Tone::Link => self.link,
            Tone::Found => self.found,
            Tone::Standing(at) => self.standings.get(at).copied().unwrap_or(self.text),
        }
    }
}

/// The colour of a tone.
pub(super) fn color(theme: Theme, depth: Depth, tone: Tone, own: Option<Rgb>) -> Color {
    let (theirs, ansi) = Palette::of(theme).tone(tone);
    // Sixteen colours are too few to come near to somebody's own.
    let (r, g, b) = own.unwrap_or(theirs);
    match depth {
        Depth::None => Color::Reset,
        Depth::Sixteen => ansi,
        Depth::Palette => Color::Indexed(nearest((r, g, b))),
        Depth::True => Color::Rgb(r, g, b),
    }
}

/// The ground with so much of a tone in it, from 0 to 1. Only where there are enough colours to mix: else the ground.
pub(super) fn mixed(look: Look, own: Colors, tone: Tone, part: f32) -> Color {
    let palette = Palette::of(look.theme);
    let ((ground, plain), (ink, _)) = (palette.tone(Tone::Ground), palette.tone(tone));
    let ground = own.get(Tone::Ground.role()).unwrap_or(ground);
    let ink = own.get(tone.role()).unwrap_or(ink);
    let mix =
        |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * part.clamp(0.0, 1.0)).round() as u8;
    let (r, g, b) = (mix(ground.0, ink.0), mix(ground.1, ink.1), mix(ground.2, ink.2));
    match look.depth {
        Depth::None => Color::Reset,
        Depth::Sixteen => plain,
        Depth::Palette => Color::Indexed(nearest((r, g, b))),
        Depth::True => Color::Rgb(r, g, b),
    }
}

/// The nearest colour of xterm's 256, of its cube (16–231) or its greys (232–255).
///
/// The sixteen below are left out: users set them as they like.
fn nearest(wanted: Rgb) -> u8 {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let level = |value: u8| (0..6).min_by_key(|at| LEVELS[*at].abs_diff(value)).unwrap_or_default();
    let (r, g, b) = (level(wanted.0), level(wanted.1), level(wanted.2));
    let cube = ((LEVELS[r], LEVELS[g], LEVELS[b]), 16 + 36 * r as u8 + 6 * g as u8 + b as u8);
    let mean = (u16::from(wanted.0) + u16::from(wanted.1) + u16::from(wanted.2)) / 3;
    let step = (mean.saturating_sub(3) / 10).min(23) as u8;
    let grey = ((8 + 10 * step, 8 + 10 * step, 8 + 10 * step), 232 + step);
    let distance = |(rgb, _): &(Rgb, u8)| {
        let one = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        one(rgb.0, wanted.0) + one(rgb.1, wanted.1) + one(rgb.2, wanted.2)
    };
    if distance(&grey) <= distance(&cube) { grey.1 } else { cube.1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance((r, g, b): Rgb) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn rgb(index: u8) -> Rgb {
        const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
        if index >= 232 {
            let grey = 8 + 10 * (index - 232);
            return (grey, grey, grey);
        }
        let at = usize::from(index - 16);
        (LEVELS[at / 36], LEVELS[at / 6 % 6], LEVELS[at % 6])
    }

    #[test]
    fn everything_that_is_read_stands_out_in_24_bits_and_in_256_colours() {
        for (theme, least) in [(Theme::Dark, 4.5), (Theme::Light, 4.5), (Theme::Contrast, 7.0)] {
            let palette = Palette::of(theme);
            let mut tones = vec![Tone::Text, Tone::Muted, Tone::Accent, Tone::Link, Tone::Found];
            tones.extend((0..6).map(Tone::Standing));
            for tone in tones {
                for ground in [Tone::Ground, Tone::Chosen, Tone::Land] {
                    let (ink, ground) = (palette.tone(tone).0, palette.tone(ground).0);
                    assert!(
                        contrast(ink, ground) >= least,
                        "{theme:?} {tone:?}: {:.2}",
                        contrast(ink, ground)
                    );
                    let (ink, ground) = (rgb(nearest(ink)), rgb(nearest(ground)));
                    assert!(
                        contrast(ink, ground) >= least,
                        "{theme:?} {tone:?} of 256: {:.2}",
                        contrast(ink, ground)
                    );
                }
            }
        }
    }

    #[test]
    fn a_colour_of_the_256_is_its_own_nearest() {
        for index in 16..=255 {
            assert_eq!(rgb(nearest(rgb(index))), rgb(index), "{index}");
        }
    }
}
