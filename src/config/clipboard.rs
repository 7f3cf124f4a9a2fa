//! How a copy gets to the terminal's clipboard.

use std::str::FromStr;

/// The way a copy takes. There is one notation for it (OSC 52), and no answer: nobody can say that it arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Clipboard {
    /// Plainly; inside of tmux also wrapped, since it hangs on tmux's own settings which of the two it lets through;
    /// inside of GNU screen wrapped alone, since it writes long ones on the screen that are not.
    #[default]
    Auto,
    /// Plainly, whatever is in between.
    Raw,
    /// Wrapped for tmux, which then has to have `allow-passthrough on`.
    Tmux,
    /// Wrapped for GNU screen.
    Screen,
    /// Not at all.
    Off,
}

impl Clipboard {
    /// All ways.
    pub const ALL: [Self; 5] = [Self::Auto, Self::Raw, Self::Tmux, Self::Screen, Self::Off];

    /// Its name in the configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Raw => "raw",
            Self::Tmux => "tmux",
            Self::Screen => "screen",
            Self::Off => "off",
        }
    }
}

impl FromStr for Clipboard {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|mode| mode.word() == name).ok_or(())
    }
}
