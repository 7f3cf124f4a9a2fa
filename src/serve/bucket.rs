//! A bound on how much may happen in a time: a bucket that fills at a steady rate and is emptied by use ("token bucket").
//!
//! Must never be told the time: it reads the clock that the runtime has, which tests move by themselves.

use tokio::time::Instant;

/// A bucket that fills at a steady rate and is emptied by use ("token bucket").
#[derive(Debug, Clone, Copy)]
pub(super) struct Bucket {
    per_second: f64,
    most: f64,
    level: f64,
    at: Instant,
}

impl Bucket {
    /// A full bucket.
    pub(super) fn new(per_second: impl Into<f64>, most: impl Into<f64>) -> Self {
        let (per_second, most) = (per_second.into(), most.into());
        Self { per_second, most, level: most, at: Instant::now() }
    }

    /// Takes `amount`, at once or not at all.
    pub(super) fn take(&mut self, amount: f64) -> bool {
        self.fill();
        let enough = self.level >= amount;
        if enough {
            self.level -= amount;
        }
        enough
    }

    /// Takes `amount` in any case, and says how many seconds it takes to make up for it.
    pub(super) fn borrow(&mut self, amount: f64) -> f64 {
        self.fill();
        self.level -= amount;
        self.lacks(0.0)
    }

    /// Seconds until `amount` can be taken; 0 if it can now.
    pub(super) fn wait(&mut self, amount: f64) -> f64 {
        self.fill();
        self.lacks(amount)
    }

    /// Owes no more than this.
    pub(super) fn owe_at_most(&mut self, amount: f64) {
        self.level = self.level.max(-amount);
    }

    fn lacks(&self, amount: f64) -> f64 {
        (amount - self.level).max(0.0) / self.per_second.max(f64::MIN_POSITIVE)
    }

    fn fill(&mut self) {
        let now = Instant::now();
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.level = (self.level + passed * self.per_second).min(self.most);
        self.at = now;
    }

    /// Whether nothing was taken for long.
    pub(super) fn is_full(&mut self) -> bool {
        self.fill();
        self.level >= self.most
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_is_borrowed_is_made_up_for() {
        let mut bucket = Bucket::new(100, 200_u32);
        assert!(bucket.borrow(200.0) <= 0.0);
        assert!((bucket.borrow(50.0) - 0.5).abs() < 1e-9);
        tokio::time::advance(Duration::from_secs(3)).await;
        assert!(bucket.borrow(200.0) <= 0.0, "it is full again, and no fuller");
    }
}
