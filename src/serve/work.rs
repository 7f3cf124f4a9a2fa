//! How much processor time one session may use, so that no reader's keys are felt by another.
//!
//! Counted is the time that its thread was running, not the time that passed: on a busy machine nobody is slowed down for
//! what others do. Must never be held across a wait: the thread would be another one after it.

use std::time::Duration;

use rustix::time::{ClockId, Timespec, clock_gettime};
use tokio::time::Instant;

use super::bucket::Bucket;

/// Milliseconds of work a second: a tenth of a processor. Whoever reads takes a hundredth.
const PER_SECOND: f64 = 100.0;
/// Milliseconds of work at once.
const AT_ONCE: f64 = 300.0;
/// How long one session works before others have their turn.
const TURN: Duration = Duration::from_millis(2);

/// The work of one session.
#[derive(Debug)]
pub(super) struct Work {
    bucket: Bucket,
    /// Nothing is done before.
    rest: Option<Instant>,
}

impl Default for Work {
    fn default() -> Self {
        Self { bucket: Bucket::new(PER_SECOND, AT_ONCE), rest: None }
    }
}

/// A piece of work that has begun.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn(Timespec);

impl Turn {
    /// Whether others should have their turn.
    pub(super) fn is_over(&self) -> bool {
        self.spent() >= TURN
    }

    fn spent(&self) -> Duration {
        let (now, then) = (clock_gettime(ClockId::ThreadCPUTime), self.0);
        let nanoseconds = (now.tv_sec - then.tv_sec) * 1_000_000_000 + (now.tv_nsec - then.tv_nsec);
        Duration::from_nanos(nanoseconds.max(0).unsigned_abs())
    }
}

impl Work {
    /// Whether too much was done, and a rest is due.
    pub(super) fn is_over(&self) -> bool {
        self.rest.is_some_and(|rest| Instant::now() < rest)
    }

    /// When work may go on, if it may not now.
    pub(super) fn rest(&self) -> Option<Instant> {
        self.rest.filter(|rest| Instant::now() < *rest)
    }

    /// Begins a piece of work.
    #[expect(clippy::unused_self, reason = "a turn is part of a session's work")]
    pub(super) fn begin(&self) -> Turn {
        Turn(clock_gettime(ClockId::ThreadCPUTime))
    }

    /// Ends it.
    pub(super) fn end(&mut self, turn: Turn) {
        self.take(turn.spent());
    }

    /// Does a piece of work.
    pub(super) fn spend<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let turn = self.begin();
        let done = work();
        self.end(turn);
        done
    }

    fn take(&mut self, spent: Duration) {
        let debt = self.bucket.borrow(spent.as_secs_f64() * 1000.0);
        if debt > 0.0 {
            self.rest = Some(Instant::now() + Duration::from_secs_f64(debt));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_works_without_end_gets_a_tenth_of_a_processor() {
        let mut work = Work::default();
        let (began, mut spent) = (Instant::now(), Duration::ZERO);
        while began.elapsed() < Duration::from_secs(100) {
            if let Some(rest) = work.rest() {
                tokio::time::sleep_until(rest).await;
            }
            assert!(!work.is_over());
            work.take(Duration::from_millis(5));
            spent += Duration::from_millis(5);
        }
        assert!((9.9..=10.5).contains(&spent.as_secs_f64()), "{spent:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn who_reads_never_waits() {
        let mut work = Work::default();
        // Thirty frames a second of two milliseconds each, for a minute.
        for _ in 0..30 * 60 {
            work.take(Duration::from_millis(2));
            assert!(!work.is_over());
            tokio::time::advance(Duration::from_millis(33)).await;
        }
    }

    #[test]
    fn a_turn_counts_the_time_of_its_thread() {
        let mut work = Work::default();
        let turn = work.begin();
        let mut sum = 0_u64;
        while !turn.is_over() {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
        work.end(turn);
        assert!(sum > 0 && work.rest.is_none());
    }
}
