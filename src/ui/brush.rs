//! How things look in one session: a role → a style, a sign → its characters. The only place that knows the look.

mod picture;

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use tui_input::Input;

use super::tones::{self, Tone};
use crate::app::document::{Ink, Line, Role};
use crate::app::{Screen, State};
use crate::config::{Charset, Colors, Depth, Look, Theme};
use crate::knowledge::StandingKind;
use crate::text::width::{grapheme_width, lone, prefix, truncate, width};

pub(super) use picture::Mark;

/// Writes in the look of one session.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brush {
    look: Look,
    /// Colours in place of the theme's.
    own: Colors,
    /// Nothing is drawn but text and the mark of what is selected.
    lines: bool,
}

/// Signs that are not text, in Unicode or in ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// The bar beside what is selected.
    Bar,
    /// The vertical rule between panes.
    Vertical,
    /// The horizontal rule.
    Horizontal,
    /// The thumb of a scroll bar.
    Thumb,
    /// Something was cut here.
    Ellipsis,
    /// Near in meaning, and not found by words.
    Near,
}

impl Brush {
    pub(super) fn new(look: Look) -> Self {
        Self { look, own: Colors::default(), lines: false }
    }

    /// Writes as a session wants it.
    pub(super) fn of(state: &State) -> Self {
        Self { look: state.look, own: state.colors, lines: state.screen == Screen::Lines }
    }

    pub(super) const fn sign(self, sign: Sign) -> &'static str {
        if self.lines && matches!(sign, Sign::Vertical | Sign::Horizontal | Sign::Thumb) {
            return " ";
        }
        match (sign, self.look.charset) {
            (Sign::Bar, Charset::Unicode | Charset::Blocks) => "▌",
            (Sign::Bar, Charset::Ascii) => ">",
            (Sign::Vertical, Charset::Unicode | Charset::Blocks) => "│",
            (Sign::Vertical, Charset::Ascii) => "|",
            (Sign::Horizontal, Charset::Unicode | Charset::Blocks) => "─",
            (Sign::Horizontal, Charset::Ascii) => "-",
            (Sign::Thumb, Charset::Unicode | Charset::Blocks) => "▐",
            (Sign::Thumb, Charset::Ascii) => "#",
            (Sign::Ellipsis, Charset::Unicode | Charset::Blocks) => "…",
            (Sign::Ellipsis, Charset::Ascii) => "...",
            (Sign::Near, Charset::Unicode | Charset::Blocks) => "≈ ",
            (Sign::Near, Charset::Ascii) => "~ ",
        }
    }

    /// Whether the screen is made up of lines alone.
    pub(super) const fn has_lines(self) -> bool {
        self.lines
    }

    pub(super) const fn standing_sign(self, kind: StandingKind) -> &'static str {
        match self.look.charset {
            Charset::Unicode | Charset::Blocks => kind.sign(),
            Charset::Ascii => kind.letter(),
        }
    }

    fn colored(self) -> bool {
        self.look.depth != Depth::None
    }

    /// Whether the ground behind what is selected can be told from the rest.
    fn has_chosen_ground(self) -> bool {
        self.look.depth >= Depth::Palette
    }

    /// Whether there are enough colours to lay one over the ground, so that letters can stand on it.
    pub(super) fn mixes(self) -> bool {
        self.look.depth >= Depth::Palette
    }

    /// The ground with so much of a tone in it, from 0 to 1.
    pub(super) fn mixed(self, tone: Tone, part: f32) -> Color {
        tones::mixed(self.look, self.own, tone, part)
    }

    /// Whether only ASCII can be shown.
    pub(super) fn is_ascii(self) -> bool {
        self.look.charset == Charset::Ascii
    }

    fn color(self, tone: Tone) -> Color {
        tones::color(self.look.theme, self.look.depth, tone, self.own.get(tone.role()))
    }

    pub(super) fn tone(self, tone: Tone) -> Style {
        Style::new().fg(self.color(tone))
    }

    /// Makes a whole buffer the ground, whatever it held.
    pub(super) fn lay_ground(self, buffer: &mut Buffer) {
        let mut empty = Cell::EMPTY;
        empty.set_style(self.ground());
        buffer.content.fill(empty);
    }

    /// What everything is drawn on.
    pub(super) fn ground(self) -> Style {
        self.tone(Tone::Text).bg(self.color(Tone::Ground))
    }

    /// What is laid over a selected row.
    pub(super) fn chosen(self) -> Style {
        if self.look.theme == Theme::Contrast && self.colored() {
            let (ink, ground) = (Tone::Ground, Tone::Text);
            let of = |tone| self.color(tone);
            Style::new().fg(of(ink)).bg(of(ground)).add_modifier(Modifier::BOLD)
        } else if self.has_chosen_ground() {
            Style::new().bg(self.color(Tone::Chosen))
        } else {
            Style::new().add_modifier(Modifier::BOLD)
        }
    }

    /// A key in the footer; the bar beside what is selected.
    pub(super) fn accent(self) -> Style {
        self.tone(Tone::Accent).add_modifier(if self.colored() { Modifier::empty() } else { Modifier::BOLD })
    }

    pub(super) fn strong(self) -> Style {
        self.tone(Tone::Text).add_modifier(Modifier::BOLD)
    }

    pub(super) fn body(self) -> Style {
        self.tone(Tone::Text)
    }

    pub(super) fn muted(self) -> Style {
        self.tone(Tone::Muted)
    }

    /// What is not asked for.
    pub(super) fn dim(self) -> Style {
        let style = self.tone(Tone::Dim);
        if self.colored() { style } else { style.add_modifier(Modifier::DIM) }
    }

    /// Rules, and what lies behind a box.
    pub(super) fn faint(self) -> Style {
        let style = self.tone(Tone::Faint);
        if self.colored() { style } else { style.add_modifier(Modifier::DIM) }
    }

    pub(super) fn standing(self, kind: StandingKind) -> Style {
        self.tone(Tone::Standing(kind as usize))
    }

    /// The tab, the button, the letters that stand out of everything.
    pub(super) fn reversed(self) -> Style {
        if self.colored() {
            let ground = self.color(Tone::Ground);
            let accent = self.color(Tone::Accent);
            Style::new().fg(ground).bg(accent).add_modifier(Modifier::BOLD)
        } else {
            Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD)
        }
    }

    /// What was searched for: weight and colour, or reversed where there is no colour.
    pub(super) fn found(self, base: Style) -> Style {
        if self.colored() {
            base.patch(self.tone(Tone::Found)).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
        } else {
            base.add_modifier(Modifier::REVERSED)
        }
    }

    /// The style of a run.
    pub(super) fn ink(self, ink: Ink) -> Style {
        let role = match ink.role {
            Role::Title | Role::Strong => self.strong(),
            Role::Heading => self.accent().add_modifier(Modifier::BOLD),
            Role::Body | Role::Native => self.body(),
            Role::Emphasis => self.body().add_modifier(Modifier::ITALIC),
            Role::Muted => self.muted(),
            Role::Standing(kind) => self.standing(kind),
        };
        let mut style = role;
        if ink.link.is_some() {
            style = if ink.role == Role::Muted { self.muted() } else { style.patch(self.tone(Tone::Link)) };
            // Where colour alone would say that this is a link, a line under it says so too.
            if !self.colored() || self.look.theme == Theme::Contrast || ink.role == Role::Muted {
                style = style.add_modifier(Modifier::UNDERLINED);
            }
        }
        if ink.faint {
            style = style.patch(self.dim());
        }
        if ink.matched { self.found(style) } else { style }
    }

    /// Writes `text` at the beginning of an area, cut with an ellipsis if it is too long; the columns it took.
    pub(super) fn text(self, buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return 0;
        }
        let text = truncate(text, usize::from(area.width), self.sign(Sign::Ellipsis));
        let text = self.spelled(&text);
        match write_lone(buffer, area, &text, style) {
            Some(cells) => cells,
            None => buffer.set_stringn(area.x, area.y, &text, usize::from(area.width), style).0 - area.x,
        }
    }

    /// A text in characters that can be shown, cell for cell. Letters stay: a name has no other spelling.
    fn spelled(self, text: &str) -> Cow<'_, str> {
        if !self.is_ascii() || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let ascii = |c: char| match c {
            '–' | '—' | '‑' | '·' | '•' => '-',
            '‘' | '’' | '′' => '\'',
            '“' | '”' | '″' => '"',
            '×' => 'x',
            '°' | '\u{a0}' => ' ',
            c => c,
        };
        Cow::Owned(text.chars().map(ascii).collect())
    }

    /// Writes `text` at the end of an area, if all of it fits; the columns it took.
    pub(super) fn text_right(self, buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
        let cells = width(text) as u16;
        if cells > area.width {
            return 0;
        }
        let at = Rect { x: area.right() - cells, width: cells, ..area };
        self.text(buffer, at, text, style)
    }

    /// Writes what is typed into `input`, scrolled so that its cursor is seen, and says where that stands.
    pub(super) fn input(self, buffer: &mut Buffer, area: Rect, input: &Input) -> Position {
        let cells = usize::from(area.width.saturating_sub(1));
        let skipped = input.visual_scroll(cells);
        let typed = input.value();
        let shown = typed.get(prefix(typed, skipped).len()..).unwrap_or_default();
        self.text(buffer, area, prefix(shown, cells), self.strong());
        let column = input.visual_cursor().saturating_sub(skipped).min(cells) as u16;
        Position { x: area.x + column, y: area.y }
    }

    /// Writes `text` with what was found in it marked, cut at the end of the area; the columns it took.
    pub(super) fn marked(
        self,
        buffer: &mut Buffer,
        area: Rect,
        (text, matches): (&str, &[Range<usize>]),
        style: Style,
    ) -> u16 {
        // Cut as a whole: each part for itself would end in an ellipsis of its own.
        let ellipsis = self.sign(Sign::Ellipsis);
        let kept = match truncate(text, usize::from(area.width), ellipsis) {
            Cow::Borrowed(all) => all.len(),
            Cow::Owned(cut) => cut.strip_suffix(ellipsis).map_or(cut.len(), str::len),
        };
        let mut cuts: Vec<usize> = vec![0, kept];
        cuts.extend(matches.iter().flat_map(|range| [range.start, range.end]).filter(|cut| *cut < kept));
        cuts.sort_unstable();
        cuts.dedup();
        let mut rest = area;
        for pair in cuts.windows(2) {
            let found = matches.iter().any(|range| range.contains(&pair[0]));
            let part = text.get(pair[0]..pair[1]).unwrap_or_default();
            let taken = self.text(buffer, rest, part, if found { self.found(style) } else { style });
            rest = after(rest, taken);
        }
        if kept < text.len() {
            rest = after(rest, self.text(buffer, rest, ellipsis, style));
        }
        area.width - rest.width
    }

    /// Writes a line of runs, cut at the end of the area.
    pub(super) fn line(self, buffer: &mut Buffer, area: Rect, line: &Line) {
        let mut area = area;
        for run in line {
            let taken = self.text(buffer, area, &run.text, self.ink(run.ink));
            area = Rect { x: area.x + taken, width: area.width - taken, ..area };
        }
    }
}

/// Writes a text of nothing but lone characters, as almost all are, which needs no cutting into graphemes; the columns
/// it took. `None` if it is another one: then nothing is written.
fn write_lone(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> Option<u16> {
    if !text.chars().all(|c| lone(c).is_some()) {
        return None;
    }
    let start = buffer.index_of(area.x, area.y);
    let mut cells = buffer.content.get_mut(start..start + usize::from(area.width))?.iter_mut();
    let mut taken = 0;
    for c in text.chars() {
        let columns = lone(c)?;
        if taken + columns > usize::from(area.width) {
            break;
        }
        cells.next()?.set_char(c).set_style(style);
        for _ in 1..columns {
            cells.next()?.reset();
        }
        taken += columns;
    }
    Some(taken as u16)
}

/// The `row`-th line of an area.
pub(super) fn line_of(area: Rect, row: u16) -> Rect {
    Rect { y: area.y + row, height: u16::from(row < area.height), ..area }
}

/// The most cells that a letter takes.
pub(super) const WIDEST: usize = 4;

/// Whether a wide letter that begins further left reaches over a cell.
pub(super) fn is_covered(at: Position, buffer: &Buffer) -> bool {
    let before = (buffer.area.x..at.x).rev().take(WIDEST);
    (1..).zip(before).any(|(gap, x)| grapheme_width(buffer[(x, at.y)].symbol()) > gap)
}

/// An area without its first `columns`.
pub(super) fn after(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect { x: area.x + columns, width: area.width - columns, ..area }
}
