//! How a session looks: theme, colour depth and characters, worked out from what its own terminal says.
//!
//! The order is the one other programs have: a flag, then `NO_COLOR` (<https://no-color.org>: set and not empty), then
//! `COLORTERM`, then `TERM`; for characters a flag, then `LC_ALL`, `LC_CTYPE`, `LANG`.

use std::str::FromStr;

/// Which colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Light letters on a dark ground.
    Dark,
    /// Dark letters on a light ground.
    Light,
    /// Black and white, and few strong colours.
    Contrast,
}

/// How many colours a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// None: weight, underline and reverse alone.
    None,
    /// The sixteen of ANSI.
    Sixteen,
    /// The palette of xterm.
    Palette,
    /// 24 bits.
    True,
}

/// Which characters a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Charset {
    /// All of them.
    Unicode,
    /// All but braille patterns: pictures are drawn in half blocks.
    Blocks,
    /// Signs, rules and ellipses in ASCII; names in other scripts stay as they are.
    Ascii,
}

/// How a session looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Look {
    /// Which colours.
    pub theme: Theme,
    /// How many.
    pub depth: Depth,
    /// Which characters.
    pub charset: Charset,
}

/// What the user asked for on the command line; `None` is "find out".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// `--theme`
    pub theme: Option<Theme>,
    /// `--color`: `Some(true)` always, `Some(false)` never.
    pub color: Option<bool>,
    /// `--ascii`
    pub ascii: bool,
}

/// What a session's terminal says of itself; empty where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// `TERM`
    pub term: String,
    /// `COLORTERM`
    pub colorterm: String,
    /// `NO_COLOR`
    pub no_color: String,
    /// `COLORFGBG`, "foreground;background" in ANSI numbers, which some terminals set.
    pub colorfgbg: String,
    /// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set and not empty.
    pub locale: String,
}

/// A theme's name that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no theme; there are dark, light, contrast and auto")]
pub struct NoSuchTheme(pub String);

impl FromStr for Theme {
    type Err = NoSuchTheme;

    fn from_str(name: &str) -> Result<Self, NoSuchTheme> {
        Self::ALL.into_iter().find(|theme| theme.word() == name).ok_or_else(|| NoSuchTheme(name.to_owned()))
    }
}

impl Theme {
    /// All themes.
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::Contrast];

    /// Its name, as in `--theme`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Contrast => "contrast",
        }
    }

    /// The one after it, in a circle.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Contrast,
            Self::Contrast => Self::Dark,
        }
    }
}

impl Look {
    /// Works out how a session looks.
    pub fn of(environment: &Environment, wish: Wish) -> Self {
        Self {
            theme: wish.theme.unwrap_or_else(|| environment.theme()),
            depth: environment.depth(wish.color),
            charset: match wish.ascii || !environment.is_utf8() {
                true => Charset::Ascii,
                false if environment.has_small_font() => Charset::Blocks,
                false => Charset::Unicode,
            },
        }
    }
}

impl Environment {
    /// Terminals whose `TERM` alone says that they show 24 bits.
    const TRUE: [&str; 6] = ["xterm-kitty", "alacritty", "wezterm", "xterm-ghostty", "foot", "contour"];

    fn depth(&self, color: Option<bool>) -> Depth {
        if color == Some(false) || (color.is_none() && !self.no_color.is_empty()) {
            return Depth::None;
        }
        let term = self.term.as_str();
        let family =
            |name: &str| term == name || term.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'));
        let named = Self::TRUE.iter().any(|name| family(name)) || term.ends_with("-direct");
        if named || matches!(self.colorterm.as_str(), "truecolor" | "24bit") {
            Depth::True
        } else if term.contains("256color") {
            Depth::Palette
        } else if color.is_none() && (term == "dumb" || term.is_empty() || term.starts_with("vt")) {
            Depth::None
        } else {
            Depth::Sixteen
        }
    }

    fn theme(&self) -> Theme {
        match self.colorfgbg.rsplit(';').next() {
            Some("7" | "15") => Theme::Light,
            _ => Theme::Dark,
        }
    }

    /// The console of Linux shows 256 or 512 characters, and braille patterns are not among them.
    fn has_small_font(&self) -> bool {
        self.term == "linux"
    }

    /// A locale without a character set is taken for UTF-8 only if there is none at all: then nothing is known, and
    /// almost every terminal reads UTF-8.
    fn is_utf8(&self) -> bool {
        let locale = self.locale.to_lowercase();
        locale.is_empty() || locale.contains("utf-8") || locale.contains("utf8")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(term: &str, colorterm: &str, no_color: &str, locale: &str) -> Environment {
        let own = str::to_owned;
        let (term, colorterm, no_color, locale) = (own(term), own(colorterm), own(no_color), own(locale));
        Environment { term, colorterm, no_color, locale, colorfgbg: String::new() }
    }

    #[test]
    fn depth_from_the_terminals_own_words() {
        let (always, never) = (Some(true), Some(false));
        for (term, colorterm, no_color, color, depth) in [
            ("xterm-256color", "", "", None, Depth::Palette),
            ("xterm-256color", "truecolor", "", None, Depth::True),
            ("xterm-kitty", "", "", None, Depth::True),
            ("foot-extra", "", "", None, Depth::True),
            ("xterm", "", "", None, Depth::Sixteen),
            ("linux", "", "", None, Depth::Sixteen),
            ("vt100", "", "", None, Depth::None),
            ("vt100", "", "", always, Depth::Sixteen),
            ("xterm-256color", "truecolor", "1", None, Depth::None),
            ("xterm-256color", "truecolor", "1", always, Depth::True),
            ("xterm-256color", "", "", never, Depth::None),
        ] {
            let wish = Wish { color, ..Wish::default() };
            assert_eq!(Look::of(&environment(term, colorterm, no_color, ""), wish).depth, depth, "{term}");
        }
    }

    #[test]
    fn characters_from_the_locale() {
        for (locale, ascii, charset) in [
            ("", false, Charset::Unicode),
            ("de_DE.UTF-8", false, Charset::Unicode),
            ("C.utf8", false, Charset::Unicode),
            ("C", false, Charset::Ascii),
            ("POSIX", false, Charset::Ascii),
            ("ko_KR.EUC-KR", false, Charset::Ascii),
            ("ko_KR.UTF-8", true, Charset::Ascii),
        ] {
            let wish = Wish { ascii, ..Wish::default() };
            assert_eq!(Look::of(&environment("xterm", "", "", locale), wish).charset, charset, "{locale}");
        }
    }

    #[test]
    fn the_console_of_linux_has_no_braille() {
        for (term, locale, charset) in [
            ("linux", "C.UTF-8", Charset::Blocks),
            ("linux", "C", Charset::Ascii),
            ("xterm", "C.UTF-8", Charset::Unicode),
        ] {
            let environment = environment(term, "", "", locale);
            assert_eq!(Look::of(&environment, Wish::default()).charset, charset, "{term} {locale}");
        }
    }

    #[test]
    fn theme_from_the_ground() {
        for (colorfgbg, theme) in [("", Theme::Dark), ("0;15", Theme::Light), ("15;0", Theme::Dark)] {
            let environment = Environment { colorfgbg: colorfgbg.to_owned(), ..Environment::default() };
            assert_eq!(Look::of(&environment, Wish::default()).theme, theme);
        }
    }
}
