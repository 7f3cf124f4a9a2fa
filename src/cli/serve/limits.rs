//! The limits of a class as flags. Must never take one with which nobody could come in, or stay.

use std::time::Duration;

use clap::Args;

use crate::app::Size;
use crate::app::layout::SMALLEST;
use crate::serve::Limits;

/// The most columns and rows that anybody may want.
const MOST: u16 = 1000;

/// What a class allows.
#[derive(Debug, Args)]
pub(super) struct LimitArguments {
    /// Most connections at once
    #[arg(long, value_name = "N", default_value_t = Limits::DEFAULT.sessions, value_parser = some::<usize>)]
    max_sessions: usize,
    /// Most connections at once from one address
    #[arg(long, value_name = "N", default_value_t = Limits::DEFAULT.per_address, value_parser = some::<usize>)]
    max_per_address: usize,
    /// Most connections at once that have not said who they are; one address has two thirds of them
    #[arg(long, value_name = "N", default_value_t = Limits::DEFAULT.waiting, value_parser = some::<usize>)]
    max_waiting: usize,
    /// New connections a second from one address
    #[arg(long, value_name = "N", default_value_t = Limits::DEFAULT.new_per_second, value_parser = some::<u32>)]
    max_rate: u32,
    /// Passwords that a connection may try
    #[arg(long, value_name = "N", default_value_t = Limits::DEFAULT.attempts, value_parser = some::<u32>)]
    max_attempts: u32,
    /// Wrong passwords from one address until it has to wait; six more are forgiven a minute
    #[arg(long, value_name = "N", default_value_t = Limits::DEFAULT.failures, value_parser = some::<u32>)]
    max_failures: u32,
    /// Seconds to say who one is and what one wants
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::DEFAULT.grace.as_secs(), value_parser = some::<u64>)]
    login_grace: u64,
    /// Seconds without a key, and without a presenter who is followed, until a session ends
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::DEFAULT.idle.as_secs(), value_parser = some::<u64>)]
    idle: u64,
    /// Seconds that a terminal may take to draw before its session ends
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::DEFAULT.stalled.as_secs(), value_parser = some::<u64>)]
    stalled: u64,
    /// Bytes a second that a client may type or paste
    #[arg(long, value_name = "N", default_value_t = Limits::DEFAULT.input, value_parser = some::<u32>)]
    max_input: u32,
    /// Keys and clicks a second that are taken in from a client
    #[arg(long, value_name = "N", default_value_t = Limits::DEFAULT.keys, value_parser = some::<u32>)]
    max_keys: u32,
    /// The largest terminal that is drawn for
    #[arg(long, value_name = "COLSxROWS", default_value = "300x100", value_parser = size)]
    largest: Size,
}

impl LimitArguments {
    pub(super) fn limits(&self) -> Limits {
        Limits {
            sessions: self.max_sessions,
            per_address: self.max_per_address,
            waiting: self.max_waiting,
            new_per_second: self.max_rate,
            grace: Duration::from_secs(self.login_grace),
            attempts: self.max_attempts,
            idle: Duration::from_secs(self.idle),
            stalled: Duration::from_secs(self.stalled),
            failures: self.max_failures,
            input: self.max_input,
            keys: self.max_keys,
            largest: self.largest,
        }
    }
}

/// Reads a number of which there has to be some.
fn some<T: std::str::FromStr<Err = std::num::ParseIntError> + Default + PartialEq>(
    text: &str,
) -> Result<T, String> {
    let number: T = text.parse().map_err(|error: std::num::ParseIntError| error.to_string())?;
    if number == T::default() {
        return Err("with 0 nobody could come in, or stay; 1 is the least, and without the flag there is a limit that \
                    suits a class"
            .to_owned());
    }
    Ok(number)
}

/// Reads `300x100`.
fn size(text: &str) -> Result<Size, String> {
    let (columns, rows) = text.split_once('x').ok_or("write it like 300x100")?;
    let read = |text: &str, least| text.parse::<u16>().ok().filter(|cells| (least..=MOST).contains(cells));
    match (read(columns, SMALLEST.columns), read(rows, SMALLEST.rows)) {
        (Some(columns), Some(rows)) => Ok(Size { columns, rows }),
        _ => Err(format!(
            "a screen takes {} columns and {} rows at least, and neither is more than {MOST}",
            SMALLEST.columns, SMALLEST.rows
        )),
    }
}
