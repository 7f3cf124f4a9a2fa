//! An axis of time: days ↔ columns, and where its ticks and their labels stand.
//!
//! Days are Julian day numbers, as in `knowledge`. Must never let two labels touch, nor one leave the axis.

use time::{Date, Month};

/// An axis of time: its first day at the left edge, the end of its last day at the right edge.
///
/// ```
/// use tumen::geom::axis::Scale;
/// use tumen::knowledge::Date;
///
/// let war: Date = "1950/1953".parse().unwrap();
/// let (first, last) = (war.first_day().unwrap(), war.last_day().unwrap());
/// let scale = Scale { first, last, columns: 40 };
/// assert_eq!(scale.column(first), 0);
/// // Four years on forty columns: each takes ten.
/// assert_eq!(scale.day(10), "1951".parse::<Date>().unwrap().first_day().unwrap());
/// let labels: Vec<String> = scale.ticks().into_iter().map(|tick| tick.label).collect();
/// assert_eq!(labels, ["1950", "1951", "1952", "1953"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scale {
    /// The first day seen.
    pub first: i32,
    /// The last day seen; never before the first.
    pub last: i32,
    /// Columns that they take.
    pub columns: u16,
}

/// A mark on the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Its column from 0; the label begins there.
    pub column: u16,
    /// What stands at it: a year, a month, a day.
    pub label: String,
    /// It begins something larger: a century among decades, a year among months, a month among days.
    pub is_major: bool,
}

/// What lies between two ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Years(i32),
    Months(i32),
    Days(i32),
}

/// From fine to coarse, so that the first one whose labels fit is the best.
const STEPS: [Step; 16] = [
    Step::Days(1),
    Step::Days(2),
    Step::Days(7),
    Step::Days(14),
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(500),
    Step::Years(1000),
];

/// Cells between two labels.
const GAP: u16 = 2;

impl Scale {
    /// Where a day begins, in columns and parts of one from the left edge; it may lie outside.
    pub fn position(self, day: i32) -> f64 {
        let days = f64::from(self.last) + 1.0 - f64::from(self.first);
        (f64::from(day) - f64::from(self.first)) / days.max(1.0) * f64::from(self.columns)
    }

    /// The column in which a day begins; it may lie outside.
    pub fn column(self, day: i32) -> i32 {
        self.position(day).floor() as i32
    }

    /// The columns from the one in which `from` begins to the one in which `to` ends, as far as they are seen.
    ///
    /// `None` if none of them is seen; otherwise at least one column. The end is exclusive.
    pub fn span(self, from: i32, to: i32) -> Option<(u16, u16)> {
        if self.columns == 0 || to < self.first || from > self.last {
            return None;
        }
        let end = self.position(to.saturating_add(1)).ceil().clamp(1.0, f64::from(self.columns)) as u16;
        let start = self.position(from).floor().clamp(0.0, f64::from(end - 1)) as u16;
        Some((start, end))
    }

    /// The day that lies at the beginning of a column.
    pub fn day(self, column: u16) -> i32 {
        let days = f64::from(self.last) + 1.0 - f64::from(self.first);
        let passed = days * f64::from(column) / f64::from(self.columns.max(1));
        (f64::from(self.first) + passed.floor()) as i32
    }

    /// The first day that begins in a column or after it.
    pub fn begins(self, column: u16) -> i32 {
        let column = i32::from(column);
        let mut day = self.day(column as u16);
        // What was rounded is a day off at most.
        while self.column(day) < column && day <= self.last {
            day += 1;
        }
        while self.column(day - 1) >= column {
            day -= 1;
        }
        day
    }

    /// The ticks of the finest step whose labels do not touch; labels that would leave the axis are left out.
    pub fn ticks(self) -> Vec<Tick> {
        // A step that cannot fit is not tried: thousands of years have too many days to count them.
        let days = f64::from(self.last) - f64::from(self.first) + 1.0;
        let most = f64::from(self.columns) / 3.0 + 2.0;
        for step in STEPS {
            if days / step.days() > most {
                continue;
            }
            let ticks = self.ticks_of(step);
            let apart = |pair: &[Tick]| pair[0].column + width(&pair[0].label) + GAP <= pair[1].column;
            if ticks.windows(2).all(apart) {
                let fits = |tick: &Tick| tick.column + width(&tick.label) <= self.columns;
                return ticks.into_iter().filter(fits).collect();
            }
        }
        Vec::new()
    }

    fn ticks_of(self, step: Step) -> Vec<Tick> {
        let (Some(first), Some(last)) = (date(self.first), date(self.last)) else { return Vec::new() };
        let mut ticks = Vec::new();
        let mut day = step.at_or_before(first);
        while let Some(at) = day.filter(|at| *at <= last) {
            if at >= first {
                let (label, is_major) = step.label(at);
                let column = self.column(at.to_julian_day()).clamp(0, i32::from(u16::MAX)) as u16;
                ticks.push(Tick { column, label, is_major });
            }
            day = step.after(at);
        }
        ticks
    }
}

impl Step {
    /// About how many days it takes.
    fn days(self) -> f64 {
        match self {
            Self::Years(years) => 365.0 * f64::from(years),
            Self::Months(months) => 30.0 * f64::from(months),
            Self::Days(days) => f64::from(days),
        }
    }

    /// The tick at or before a date.
    fn at_or_before(self, date: Date) -> Option<Date> {
        match self {
            Self::Years(years) => new(date.year().div_euclid(years) * years, 0, 1),
            Self::Months(months) => {
                let month = i32::from(u8::from(date.month())) - 1;
                new(date.year(), month / months * months, 1)
            }
            Self::Days(days) => {
                let day = i32::from(date.day()) - 1;
                new(date.year(), i32::from(u8::from(date.month())) - 1, (day / days * days + 1) as u8)
            }
        }
    }

    /// The tick after that at `date`. Weeks begin anew with each month, and a stump of one at its end is no week.
    fn after(self, date: Date) -> Option<Date> {
        let month = i32::from(u8::from(date.month())) - 1;
        match self {
            Self::Years(years) => new(date.year() + years, 0, 1),
            Self::Months(months) => new(date.year(), month + months, 1),
            Self::Days(days) => {
                let next = i32::from(date.day()) + days;
                let length = i32::from(date.month().length(date.year()));
                let room = if days == 1 { 0 } else { days / 2 };
                if next + room > length {
                    new(date.year(), month + 1, 1)
                } else {
                    new(date.year(), month, next as u8)
                }
            }
        }
    }

    fn label(self, date: Date) -> (String, bool) {
        let month = || {
            let name = date.month().to_string();
            name.get(..3).unwrap_or_default().to_owned()
        };
        let january = date.month() == Month::January;
        match self {
            Self::Years(years) => (date.year().to_string(), date.year() % (years * 10).max(10) == 0),
            Self::Months(_) if january => (date.year().to_string(), true),
            Self::Months(_) => (month(), false),
            Self::Days(_) if date.day() == 1 && january => (date.year().to_string(), true),
            Self::Days(_) if date.day() == 1 => (month(), true),
            Self::Days(_) => (date.day().to_string(), false),
        }
    }
}

/// The date of a month counted from 0, which may lie in the next year.
fn new(year: i32, month: i32, day: u8) -> Option<Date> {
    let (year, month) = (year + month.div_euclid(12), month.rem_euclid(12) as u8 + 1);
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

fn date(day: i32) -> Option<Date> {
    Date::from_julian_day(day.clamp(Date::MIN.to_julian_day(), Date::MAX.to_julian_day())).ok()
}

/// Labels are ASCII: a cell a byte.
const fn width(label: &str) -> u16 {
    label.len() as u16
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: i32, day: u8) -> i32 {
        new(year, month - 1, day).expect("a date").to_julian_day()
    }

    fn labels(from: (i32, i32, u8), to: (i32, i32, u8), columns: u16) -> String {
        let scale = Scale { first: day(from.0, from.1, from.2), last: day(to.0, to.1, to.2), columns };
        scale.ticks().into_iter().map(|tick| tick.label).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ticks_are_as_fine_as_their_labels_allow() {
        for (from, to, columns, expected) in [
            (
                (1900, 1, 1),
                (2030, 12, 31),
                80,
                "1900 1910 1920 1930 1940 1950 1960 1970 1980 1990 2000 2010 2020",
            ),
            ((1945, 1, 1), (1953, 12, 31), 60, "1945 1946 1947 1948 1949 1950 1951 1952 1953"),
            ((1950, 1, 1), (1950, 12, 31), 80, "1950 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
            ((1950, 1, 1), (1950, 12, 31), 30, "1950 Apr Jul Oct"),
            ((1950, 6, 20), (1950, 7, 10), 40, "22 Jul 8"),
            ((1950, 6, 1), (1950, 6, 5), 40, "Jun 2 3 4 5"),
            ((1950, 6, 5), (1950, 6, 5), 3, "5"),
        ] {
            assert_eq!(labels(from, to, columns), expected, "{from:?} to {to:?} on {columns}");
        }
    }

    #[test]
    fn a_span_is_seen_where_its_days_are() {
        let scale = Scale { first: 100, last: 199, columns: 50 };
        for (from, to, expected) in [
            (100, 199, Some((0, 50))),
            (100, 100, Some((0, 1))),
            (101, 102, Some((0, 2))),
            (199, 500, Some((49, 50))),
            (i32::MIN, i32::MAX, Some((0, 50))),
            (0, 99, None),
            (200, 300, None),
        ] {
            assert_eq!(scale.span(from, to), expected, "{from} to {to}");
        }
    }

    proptest! {
        #[test]
        fn labels_never_touch_and_never_leave_the_axis(
            first in 0..4_000_000_i32, days in 0..2_000_000_i32, columns in 0..300_u16,
        ) {
            let scale = Scale { first, last: first + days, columns };
            let mut free = 0;
            for tick in scale.ticks() {
                prop_assert!(tick.column >= free, "{} touches the one before", tick.label);
                free = tick.column + width(&tick.label) + 1;
                prop_assert!(free <= columns + 1, "{} leaves the axis", tick.label);
            }
        }

        #[test]
        fn later_is_never_further_left(first in 0..4_000_000_i32, days in 0..100_000_i32, a in -9999..9999_i32, b in 0..9999_i32) {
            let scale = Scale { first, last: first + days, columns: 80 };
            prop_assert!(scale.position(first + a) <= scale.position(first + a + b));
            for column in 0..80 {
                prop_assert!(scale.column(scale.day(column)) <= i32::from(column));
                let begins = scale.begins(column);
                prop_assert!(scale.column(begins) >= i32::from(column) || begins > scale.last);
                prop_assert!(scale.column(begins - 1) < i32::from(column));
            }
        }
    }
}
