//! What the painter sends is read by a terminal emulator, which must then show what was drawn, cell for cell.

use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use tumen::frame::{Erase, Painter};

/// Texts of every kind of width: sure, ambiguous, doubtful, none at all.
const TEXTS: [&str; 14] = [
    "a",
    "plain words",
    "   ",
    "          ",
    "한국어",
    "Ким Чен Ын",
    "────",
    "it’s — so",
    "e\u{301}e\u{301}",
    "😀😀",
    "❤\u{fe0f}x",
    "👩\u{200d}👧y",
    "中a中",
    "xx        xx",
];

/// Symbols that no writer should put into a cell, and that may not reach a terminal.
const HOSTILE: [&str; 5] = ["\u{1b}", "\u{1b}[31m", "\u{9b}2J", "\n", "\u{301}"];

#[derive(Debug, Clone)]
enum Draw {
    Text { x: u16, y: u16, text: &'static str, style: Style },
    Ground { area: Rect, style: Style },
    Clear { area: Rect },
    Raw { x: u16, y: u16, symbol: &'static str },
}

#[derive(Debug, Clone)]
struct Step {
    size: Option<(u16, u16)>,
    draws: Vec<Draw>,
    cursor: Option<(u16, u16)>,
    forget: bool,
}

fn style() -> impl Strategy<Value = Style> {
    let colour = || {
        prop_oneof![
            3 => Just(Color::Reset),
            1 => Just(Color::Red),
            1 => Just(Color::LightCyan),
            1 => Just(Color::Black),
            1 => any::<u8>().prop_map(Color::Indexed),
            1 => any::<(u8, u8, u8)>().prop_map(|(r, g, b)| Color::Rgb(r, g, b)),
        ]
    };
    // Bold and dim at once are one thing to some terminals, the emulator among them.
    let weight = prop::sample::select(vec![Modifier::empty(), Modifier::BOLD, Modifier::DIM]);
    let rest = prop_oneof![
        3 => Just(Modifier::empty()),
        1 => Just(Modifier::ITALIC),
        1 => Just(Modifier::UNDERLINED),
        1 => Just(Modifier::REVERSED),
        1 => Just(Modifier::CROSSED_OUT | Modifier::REVERSED),
    ];
    (colour(), colour(), weight, rest)
        .prop_map(|(fg, bg, weight, rest)| Style::reset().fg(fg).bg(bg).add_modifier(weight | rest))
}

fn draw() -> impl Strategy<Value = Draw> {
    let place = || (0..30_u16, 0..6_u16);
    let area =
        || (place(), 1..30_u16, 1..3_u16).prop_map(|((x, y), width, height)| Rect { x, y, width, height });
    let (texts, hostile) = (prop::sample::select(TEXTS.to_vec()), prop::sample::select(HOSTILE.to_vec()));
    prop_oneof![
        6 => (place(), texts, style()).prop_map(|((x, y), text, style)| Draw::Text { x, y, text, style }),
        2 => (area(), style()).prop_map(|(area, style)| Draw::Ground { area, style }),
        1 => area().prop_map(|area| Draw::Clear { area }),
        1 => (place(), hostile).prop_map(|((x, y), symbol)| Draw::Raw { x, y, symbol }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let size = prop::option::weighted(0.15, (1..30_u16, 1..6_u16));
    let cursor = prop::option::of((0..30_u16, 0..6_u16));
    (size, prop::collection::vec(draw(), 0..6), cursor, prop::bool::weighted(0.05))
        .prop_map(|(size, draws, cursor, forget)| Step { size, draws, cursor, forget })
}

impl Draw {
    fn onto(&self, buffer: &mut Buffer) {
        let whole = buffer.area;
        match *self {
            Draw::Text { x, y, text, style } => {
                // The emulator draws joined emoji apart and would wrap them.
                let joined = text.contains('\u{200d}') && x + 5 > whole.width;
                if whole.contains(Position { x, y }) && !joined {
                    buffer.set_stringn(x, y, text, usize::MAX, style);
                }
            }
            Draw::Ground { area, style } => buffer.set_style(area.intersection(whole), style),
            Draw::Clear { area } => {
                for place in area.intersection(whole).positions() {
                    buffer[place].reset();
                }
            }
            Draw::Raw { x, y, symbol } => {
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.set_symbol(symbol);
                }
            }
        }
    }
}

fn emulator(size: (u16, u16)) -> vt100::Parser {
    vt100::Parser::new(cells(size.1), cells(size.0), 0)
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("sizes are not 0")
}

fn colour(colour: Color) -> vt100::Color {
    const NAMED: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        named => {
            let at = NAMED.iter().position(|known| *known == named).expect("sixteen names");
            vt100::Color::Idx(at as u8)
        }
    }
}

/// Says where screen and drawing differ, if they do.
fn difference(screen: &vt100::Screen, buffer: &Buffer) -> Option<String> {
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let drawn = &buffer[(x, y)];
            let safe = !drawn.symbol().contains(char::is_control);
            let width = if safe { drawn.symbol().cell_width() } else { 0 };
            let fits = width > 0 && x + width <= buffer.area.width;
            let symbol = if fits { drawn.symbol() } else { " " };
            let shown = screen.cell(y, x).expect("the sizes agree");
            if let Some(what) = cell_difference(shown, symbol, drawn) {
                return Some(format!("{what} at {x},{y}: drawn {drawn:?}, shown {shown:?}"));
            }
            x += if fits { width } else { 1 };
        }
    }
    None
}

fn cell_difference(shown: &vt100::Cell, symbol: &str, drawn: &ratatui::buffer::Cell) -> Option<&'static str> {
    let contents = if shown.has_contents() { shown.contents() } else { " " };
    // Of joined characters, the emulator keeps as many in a cell as it takes for one.
    let joined = symbol.chars().nth(1).is_some();
    let has = |modifier| drawn.modifier.contains(modifier);
    let across = has(Modifier::UNDERLINED) || has(Modifier::REVERSED) || has(Modifier::CROSSED_OUT);
    let blank = symbol == " ";
    let weight = (has(Modifier::BOLD), has(Modifier::DIM), has(Modifier::ITALIC));
    if contents != symbol && !(joined && contents.chars().next() == symbol.chars().next()) {
        Some("another symbol")
    } else if shown.bgcolor() != colour(drawn.bg) {
        Some("another ground")
    } else if (!blank || across) && shown.fgcolor() != colour(drawn.fg) {
        Some("another foreground")
    } else if shown.inverse() != has(Modifier::REVERSED) || shown.underline() != has(Modifier::UNDERLINED) {
        Some("drawn across differently")
    } else if !blank && (shown.bold(), shown.dim(), shown.italic()) != weight {
        Some("another weight or slant")
    } else {
        None
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_terminal_shows_what_was_drawn(
        steps in prop::collection::vec(step(), 1..8),
        coloured in any::<bool>(),
    ) {
        let mut size = (24, 4);
        let mut terminal = emulator(size);
        let mut painter = Painter::new(if coloured { Erase::Coloured } else { Erase::Plain });
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        terminal.process("something that was there before \u{1b}[41m".as_bytes());
        for step in steps {
            if let Some(new) = step.size {
                size = new;
                terminal.screen_mut().set_size(cells(size.1), cells(size.0));
                buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
            }
            for draw in &step.draws {
                draw.onto(&mut buffer);
            }
            if step.forget {
                terminal.process("\u{1b}[2;1H\u{1b}[42mspilt\u{1b}[m".as_bytes());
                painter.forget();
            }
            let cursor = step.cursor.map(|(x, y)| Position { x: x.min(size.0 - 1), y: y.min(size.1 - 1) });
            let mut frame = Vec::new();
            painter.paint(&buffer, cursor, &mut frame);
            terminal.process(&frame);
            if let Some(what) = difference(terminal.screen(), &buffer) {
                panic!("{what}\nafter {:?}", String::from_utf8_lossy(&frame));
            }
            prop_assert_eq!(terminal.screen().hide_cursor(), cursor.is_none());
            if let Some(cursor) = cursor {
                prop_assert_eq!(terminal.screen().cursor_position(), (cursor.y, cursor.x));
            }
            let mut again = Vec::new();
            painter.paint(&buffer, cursor, &mut again);
            prop_assert!(again.is_empty(), "the same screen costs bytes: {:?}", again);
        }
    }
}

/// Texts in which ambiguous characters stand alone, as they do in a page.
const SPARSE: [&str; 6] =
    ["a’b", "● Pyongyang", "H26 · stated · 1961", "words and more words", "       ", "x"];

fn is_ambiguous(symbol: &str) -> bool {
    ["’", "●", "·"].contains(&symbol)
}

/// The first cell of a row that a terminal with wide ambiguous characters shows otherwise than drawn, if there is one.
///
/// Such a character takes the cell behind it too, if that is blank; if it is not, its text must be seen.
fn smeared(screen: &vt100::Screen, buffer: &Buffer, y: u16) -> Option<u16> {
    (0..buffer.area.width).find(|x| {
        let symbol = |x: u16| buffer[(x, y)].symbol();
        let shown = screen.cell(y, *x).expect("the sizes agree");
        let contents = if shown.has_contents() { shown.contents() } else { " " };
        let covered = *x > 0 && is_ambiguous(symbol(x - 1)) && symbol(*x) == " ";
        !is_ambiguous(symbol(*x)) && !covered && contents != symbol(*x)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wide_ambiguous_characters_smear_nothing(
        steps in prop::collection::vec(
            prop::collection::vec(
                (0..30_u16, 0..4_u16, prop::sample::select(SPARSE.to_vec()), 0..4_u8),
                1..8,
            ),
            1..6,
        ),
    ) {
        let mut terminal = emulator((50, 4));
        let mut painter = Painter::new(Erase::Coloured);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 50, 4));
        for step in steps {
            for (x, y, text, colour) in step {
                let style = Style::new().fg(Color::Indexed(200 + colour)).bg(Color::Indexed(234 + colour % 2));
                buffer.set_string(x, y, text, style);
            }
            let together = buffer.content.windows(2).any(|pair| pair.iter().all(|c| is_ambiguous(c.symbol())));
            if together {
                break;
            }
            let mut frame = Vec::new();
            painter.paint(&buffer, None, &mut frame);
            let text = String::from_utf8(frame).expect("frames are UTF-8");
            terminal.process(text.replace(['’', '●', '·'], "中").as_bytes());
            for y in 0..4 {
                prop_assert_eq!(smeared(terminal.screen(), &buffer, y), None, "row {} after {:?}", y, text);
            }
        }
    }
}

/// The body of the frame that leads from one screen of lines to another.
fn frame(before: &[&str], after: &[&str], erase: Erase) -> String {
    let screen = |lines: &[&str]| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 3));
        for (y, line) in lines.iter().enumerate() {
            buffer.set_string(0, y as u16, line, Style::new());
        }
        buffer
    };
    let mut painter = Painter::new(erase);
    let mut bytes = Vec::new();
    painter.paint(&screen(before), None, &mut bytes);
    bytes.clear();
    painter.paint(&screen(after), None, &mut bytes);
    let text = String::from_utf8(bytes).expect("frames are UTF-8");
    text.replace("\u{1b}[?2026h", "").replace("\u{1b}[?2026l", "").replace('\u{1b}', "E")
}

#[test]
fn as_few_bytes_as_there_are_ways() {
    let in_column = |column: usize| format!("{:column$}x", "");
    let (last, second_last) = (in_column(39), in_column(38));
    for (why, before, after, expected) in [
        ("nothing changed", vec!["same"], vec!["same"], ""),
        ("one letter", vec!["one"], vec!["ons"], "E[1;3Hs"),
        ("a long gap is jumped over", vec!["abcdefgh"], vec!["xbcdefgx"], "E[HxE[8Gx"),
        ("a short one is written again", vec!["abcdefgh"], vec!["xbcxefgh"], "E[Hxbcx"),
        ("the rest is erased", vec!["a long line"], vec!["a"], "E[1;3HE[K"),
        ("unless spaces are shorter", vec!["a long"], vec!["a lo"], "E[1;5H  "),
        ("the next row by line feed", vec!["a", "b"], vec!["x", "y"], "E[Hx\n\ry"),
        ("a wide glyph takes both cells", vec!["ab"], vec!["한"], "E[H한"),
        ("half of it goes with the other", vec!["한"], vec!["a"], "E[Ha "),
        ("behind the last column, a jump", vec!["", ""], vec![&last, &second_last], "E[1;40Hx\nE[39Gx"),
        ("behind a doubtful width, a jump", vec!["aaaa"], vec!["’bb"], "E[H’E[2Gbb "),
    ] {
        let found = frame(&before, &after, Erase::Coloured);
        assert_eq!(found, expected, "{why}");
    }
}

#[test]
fn a_colour_is_set_once_where_jumps_are_shorter() {
    let screen = |text: Color, link: Color| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 2));
        for y in 0..2 {
            buffer.set_string(0, y, "to Moscow by train", Style::new().fg(text));
            buffer.set_string(3, y, "Moscow", Style::new().fg(link));
        }
        buffer
    };
    for (why, text, link, expected) in [
        (
            "colours of 256 are dear",
            Color::Indexed(253),
            Color::Indexed(111),
            "E[HE[38;5;253mtoE[8Cby train\n\rtoE[8Cby trainE[1;4HE[38;5;111mMoscow\nE[4GMoscow",
        ),
        (
            "sixteen are not",
            Color::White,
            Color::Blue,
            "E[HE[97mto E[34mMoscow E[97mby train\n\rto E[34mMoscow E[97mby train",
        ),
    ] {
        let mut painter = Painter::new(Erase::Coloured);
        let mut bytes = Vec::new();
        painter.paint(&Buffer::empty(Rect::new(0, 0, 40, 2)), None, &mut bytes);
        bytes.clear();
        painter.paint(&screen(text, link), None, &mut bytes);
        let found = String::from_utf8(bytes).expect("frames are UTF-8");
        let found = found.replace("\u{1b}[?2026h", "").replace("\u{1b}[?2026l", "").replace('\u{1b}', "E");
        assert_eq!(found, expected, "{why}");
    }
}
