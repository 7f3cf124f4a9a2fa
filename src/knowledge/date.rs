//! Dates as vague as historians write them: EDTF, ISO 8601-2, levels 0 and 1 as far as a dossier needs them.
//!
//! `1961`, `1961-07`, `1961-07-06`, `196X` (a decade), `19XX` (a century), `1950/1953`, `1995/..`, `../1945`,
//! `1961~` (about), `1961?` (uncertain), `1961%` (both). <https://www.loc.gov/standards/datetime/>
//! Must never make a date more exact than it was written, nor let two precisions look alike: a property holds it.

use std::fmt;

use time::Month;

/// How exact a [`Point`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `19XX`
    Century,
    /// `196X`
    Decade,
    /// `1961`
    Year,
    /// `1961-07`
    Month,
    /// `1961-07-06`
    Day,
}

/// One date of some precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    /// How much of the rest counts.
    pub precision: Precision,
    /// The year, 0 to 9999; the first one of a decade or century.
    pub year: i32,
    /// 1 to 12; 1 if the month is not known.
    pub month: u8,
    /// 1 to 31; 1 if the day is not known.
    pub day: u8,
    /// `~`: about.
    pub about: bool,
    /// `?`: uncertain.
    pub uncertain: bool,
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// A date.
    At(Point),
    /// `..`: goes on, or always was.
    Open,
}

/// A date or an interval.
///
/// ```
/// use tumen::knowledge::Date;
///
/// let treaty: Date = "1961~/1995".parse()?;
/// assert_eq!(treaty.words(), "about 1961 to 1995");
/// assert_eq!(treaty.to_string(), "1961~/1995");
/// // A decade begins with its first day and is never more exact than that.
/// let sixties: Date = "196X".parse()?;
/// assert_eq!(sixties.first_day(), "1960-01-01".parse::<Date>()?.first_day());
/// # Ok::<(), tumen::knowledge::DateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Date {
    /// One date.
    Point(Point),
    /// From one date to another; not both ends are open.
    Interval(Edge, Edge),
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not of the form of a date.
    #[error("`{0}` is no date")]
    Form(String),
    /// Nothing is written.
    #[error("the date is empty")]
    Empty,
    /// An interval of which one end is not written.
    #[error("`{0}` has an end that is empty")]
    Missing(String),
    /// Of the form, but not in the calendar.
    #[error("`{0}` is not in the calendar")]
    Calendar(String),
    /// An interval that ends before it begins.
    #[error("`{0}` ends before it begins")]
    Reversed(String),
    /// An interval without any end.
    #[error("`{0}` has neither beginning nor end")]
    Endless(String),
}

impl std::str::FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let Some((from, to)) = text.split_once('/') else {
            return Ok(Self::Point(text.parse()?));
        };
        if from.is_empty() || to.is_empty() {
            return Err(DateError::Missing(text.into()));
        }
        let edge = |part: &str| if part == ".." { Ok(Edge::Open) } else { part.parse().map(Edge::At) };
        let date = Self::Interval(edge(from)?, edge(to)?);
        match date {
            Self::Interval(Edge::Open, Edge::Open) => Err(DateError::Endless(text.into())),
            Self::Interval(Edge::At(a), Edge::At(b)) if a.first_day() > b.last_day() => {
                Err(DateError::Reversed(text.into()))
            }
            _ => Ok(date),
        }
    }
}

impl std::str::FromStr for Point {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        if text.is_empty() {
            return Err(DateError::Empty);
        }
        let form = || DateError::Form(text.into());
        let bare = text.trim_end_matches(['~', '?', '%']);
        let (about, uncertain) = match text.get(bare.len()..).unwrap_or_default() {
            "" => (false, false),
            "~" => (true, false),
            "?" => (false, true),
            "%" => (true, true),
            _ => return Err(form()),
        };
        let mut parts = bare.split('-');
        let year = parts.next().unwrap_or_default();
        let (precision, year) = read_year(year).ok_or_else(form)?;
        let (month, day) = (parts.next(), parts.next());
        if parts.next().is_some() || (precision < Precision::Year && month.is_some()) {
            return Err(form());
        }
        let two = |part: Option<&str>| match part {
            None => Ok(1),
            Some(p) if p.len() == 2 && p.bytes().all(|b| b.is_ascii_digit()) => p.parse().map_err(|_| form()),
            Some(_) => Err(form()),
        };
        let precision = match (month, day) {
            (None, _) => precision,
            (Some(_), None) => Precision::Month,
            (Some(_), Some(_)) => Precision::Day,
        };
        let point = Self { precision, year, month: two(month)?, day: two(day)?, about, uncertain };
        point.calendar_day().map(|_| point).ok_or_else(|| DateError::Calendar(text.into()))
    }
}

/// Four digits, of which the last one or two may be `X`.
fn read_year(text: &str) -> Option<(Precision, i32)> {
    if text.len() != 4 {
        return None;
    }
    let digits = text.trim_end_matches('X');
    let precision = match digits.len() {
        4 => Precision::Year,
        3 => Precision::Decade,
        2 => Precision::Century,
        _ => return None,
    };
    let known = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<i32>().ok())??;
    Some((precision, known * 10_i32.pow(4 - digits.len() as u32)))
}

impl Point {
    fn calendar_day(self) -> Option<time::Date> {
        time::Date::from_calendar_date(self.year, Month::try_from(self.month).ok()?, self.day).ok()
    }

    /// The first day it may mean, as a Julian day number.
    pub fn first_day(self) -> i32 {
        self.calendar_day().map_or(0, time::Date::to_julian_day)
    }

    /// The last day it may mean, as a Julian day number.
    pub fn last_day(self) -> i32 {
        let next = match self.precision {
            Precision::Day => return self.first_day(),
            Precision::Month if self.month < 12 => Self { month: self.month + 1, ..self },
            Precision::Month => Self { month: 1, year: self.year + 1, ..self },
            Precision::Year => Self { year: self.year + 1, ..self },
            Precision::Decade => Self { year: self.year + 10, ..self },
            Precision::Century => Self { year: self.year + 100, ..self },
        };
        // The calendar ends with the year 9999, whose own last day is meant then.
        if next.year > 9999 { time::Date::MAX.to_julian_day() } else { next.first_day() - 1 }
    }

    /// The date in words: "6 July 1961", "the 1960s", "the century 1900–1999", "about 1961".
    ///
    /// The dash is `–` (U+2013); replace it where only ASCII can be shown.
    pub fn words(self) -> String {
        let month = Month::try_from(self.month).map_or(String::new(), |month| month.to_string());
        let date = match self.precision {
            // "The 1900s" are a decade to some and a century to others, and the "20th century" begins with 1901.
            Precision::Century => format!("the century {}–{:02}", self.year, self.year + 99),
            Precision::Decade => format!("the {}s", self.year),
            Precision::Year => self.year.to_string(),
            Precision::Month => format!("{month} {}", self.year),
            Precision::Day => format!("{} {month} {}", self.day, self.year),
        };
        match (self.about, self.uncertain) {
            (false, false) => date,
            (true, false) => format!("about {date}"),
            (false, true) => format!("perhaps {date}"),
            (true, true) => format!("perhaps about {date}"),
        }
    }

    /// The year, decade or century in the fewest cells: `1961`, `1960s`, `19XX`, `~1961`, `1961?`.
    fn brief(self) -> String {
        let year = match self.precision {
            Precision::Century => format!("{:02}XX", self.year / 100),
            Precision::Decade => format!("{}s", self.year),
            _ => self.year.to_string(),
        };
        format!("{}{year}{}", if self.about { "~" } else { "" }, if self.uncertain { "?" } else { "" })
    }

    /// Whether its year is known.
    fn has_year(self) -> bool {
        self.precision >= Precision::Year
    }
}

impl Date {
    /// The first day it may mean, as a Julian day number; `None` if it has no beginning.
    pub fn first_day(self) -> Option<i32> {
        match self {
            Self::Point(point) | Self::Interval(Edge::At(point), _) => Some(point.first_day()),
            Self::Interval(Edge::Open, _) => None,
        }
    }

    /// The last day it may mean, as a Julian day number; `None` if it has no end.
    pub fn last_day(self) -> Option<i32> {
        match self {
            Self::Point(point) | Self::Interval(_, Edge::At(point)) => Some(point.last_day()),
            Self::Interval(_, Edge::Open) => None,
        }
    }

    /// The date in words: "6 July 1961", "1950 to 1953", "since the 2000s".
    pub fn words(self) -> String {
        match self {
            Self::Point(point) => point.words(),
            Self::Interval(Edge::At(a), Edge::At(b)) => format!("{} to {}", a.words(), b.words()),
            Self::Interval(Edge::At(a), Edge::Open) => format!("since {}", a.words()),
            Self::Interval(Edge::Open, Edge::At(b)) => format!("until {}", b.words()),
            Self::Interval(Edge::Open, Edge::Open) => "at all times".to_owned(),
        }
    }

    /// The years in the fewest cells, at most 10 without signs of doubt: `1961`, `1950–53`, `1980s–90s`, `–1945`.
    ///
    /// The dash is `–` (U+2013); replace it where only ASCII can be shown.
    pub fn brief(self) -> String {
        match self {
            Self::Point(point) => point.brief(),
            Self::Interval(Edge::At(a), Edge::At(b)) => {
                if a.has_year() && b.has_year() && a.year == b.year {
                    return a.brief();
                }
                let to = b.brief();
                // "1950–53", "1980s–90s", and "1953–60s" too. A decade never shortens to the year that begins it, nor
                // a year to less than two digits.
                let grows = a.year < b.year && (a.has_year() || b.precision == Precision::Decade);
                let is_spelled = b.precision > Precision::Century && !b.about && b.year >= 1000;
                let is_short = grows && is_spelled && a.precision > Precision::Century;
                let to =
                    if is_short && a.year / 100 == b.year / 100 { to.get(2..).unwrap_or(&to) } else { &to };
                format!("{}–{to}", a.brief())
            }
            Self::Interval(Edge::At(a), Edge::Open) => format!("{}–", a.brief()),
            Self::Interval(Edge::Open, Edge::At(b)) => format!("–{}", b.brief()),
            Self::Interval(Edge::Open, Edge::Open) => "–".to_owned(),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Century => write!(f, "{:02}XX", self.year / 100)?,
            Precision::Decade => write!(f, "{:03}X", self.year / 10)?,
            Precision::Year => write!(f, "{:04}", self.year)?,
            Precision::Month => write!(f, "{:04}-{:02}", self.year, self.month)?,
            Precision::Day => write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)?,
        }
        match (self.about, self.uncertain) {
            (false, false) => Ok(()),
            (true, false) => f.write_str("~"),
            (false, true) => f.write_str("?"),
            (true, true) => f.write_str("%"),
        }
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(point) => point.fmt(f),
            Self::Open => f.write_str(".."),
        }
    }
}

/// The EDTF form, which [`Date::from_str`](std::str::FromStr) reads back.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(point) => point.fmt(f),
            Self::Interval(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edtf_is_read_written_and_said() {
        for (edtf, words, brief) in [
            ("1961", "1961", "1961"),
            ("1961-07", "July 1961", "1961"),
            ("1961-07-06", "6 July 1961", "1961"),
            ("196X", "the 1960s", "1960s"),
            ("190X", "the 1900s", "1900s"),
            ("19XX", "the century 1900–1999", "19XX"),
            ("00XX", "the century 0–99", "00XX"),
            ("000X", "the 0s", "0s"),
            ("18XX/19XX", "the century 1800–1899 to the century 1900–1999", "18XX–19XX"),
            ("1900/190X", "1900 to the 1900s", "1900–1900s"),
            ("0044/0050", "44 to 50", "44–50"),
            ("1950/1953", "1950 to 1953", "1950–53"),
            ("1894/1910", "1894 to 1910", "1894–1910"),
            ("1995/..", "since 1995", "1995–"),
            ("../1945", "until 1945", "–1945"),
            ("1961~", "about 1961", "~1961"),
            ("1961?", "perhaps 1961", "1961?"),
            ("1961%", "perhaps about 1961", "~1961?"),
            ("198X/199X", "the 1980s to the 1990s", "1980s–90s"),
            ("1953/196X", "1953 to the 1960s", "1953–60s"),
            ("1950-06-25/1950-09-15", "25 June 1950 to 15 September 1950", "1950"),
        ] {
            let date: Date = edtf.parse().expect(edtf);
            assert_eq!(
                (date.to_string(), date.words(), date.brief()),
                (edtf.into(), words.into(), brief.into())
            );
        }
    }

    #[test]
    fn what_is_no_date_says_why() {
        for text in
            ["61", "1961-7", "1961-07-06-01", "196X-01", "1XXX", "1961~~", "abcd", "1961/abcd", "+961"]
        {
            assert_eq!(text.parse::<Date>(), Err(DateError::Form(last(text))), "{text}");
        }
        for text in ["1961/", "/1961", "/"] {
            assert_eq!(text.parse::<Date>(), Err(DateError::Missing(text.into())), "{text}");
        }
        assert_eq!("".parse::<Date>(), Err(DateError::Empty));
        for text in ["1961-13", "1961-00", "1961-02-29", "1961-04-31"] {
            assert_eq!(text.parse::<Date>(), Err(DateError::Calendar(text.into())));
        }
        assert_eq!("1953/1950".parse::<Date>(), Err(DateError::Reversed("1953/1950".into())));
        assert_eq!("../..".parse::<Date>(), Err(DateError::Endless("../..".into())));
    }

    fn last(text: &str) -> String {
        text.rsplit('/').next().unwrap_or_default().to_owned()
    }

    #[test]
    fn no_two_points_of_different_precision_are_said_alike() {
        let all = ["XX", "0X", "1X", "00", "01", "19", "99"];
        let centuries = ["00", "01", "09", "10", "19", "99"];
        let mut said = std::collections::HashMap::new();
        let mut brief = std::collections::HashMap::new();
        for (century, rest) in centuries.iter().flat_map(|c| all.iter().map(move |rest| (c, rest))) {
            for (more, doubt) in [("", ""), ("", "~"), ("", "?"), ("", "%"), ("-01", ""), ("-01-01", "")] {
                let edtf = format!("{century}{rest}{more}{doubt}");
                let Ok(Date::Point(point)) = edtf.parse() else { continue };
                assert_eq!(said.insert(point.words(), edtf.clone()), None, "{edtf}");
                // In brief, months and days are left out, and nothing else.
                let known = if more.is_empty() { edtf.clone() } else { format!("{century}{rest}") };
                let before = brief.insert(point.brief(), known.clone());
                assert!(before.is_none_or(|before| before == known), "{edtf}");
            }
        }
    }

    #[test]
    fn a_vague_date_spans_all_days_it_may_mean() {
        for (edtf, days) in
            [("1961", 365), ("1960", 366), ("196X", 3653), ("1961-02", 28), ("1961-02-03", 1), ("9999", 365)]
        {
            let date: Date = edtf.parse().expect(edtf);
            assert_eq!(
                date.last_day().zip(date.first_day()).map(|(last, first)| last - first + 1),
                Some(days)
            );
        }
    }
}
