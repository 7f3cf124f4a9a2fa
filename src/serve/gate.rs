//! Who may come in: how many at once, how many from one address, how fast.
//!
//! Must never lose a place: a [`Ticket`] gives it back when it is dropped, also when a session panics.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::Limits;

/// Addresses whose recent connections are remembered; those that wait for nothing are forgotten first.
const REMEMBERED: usize = 4096;

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
    pub(super) fn new(per_second: u32, most: u32) -> Self {
        let (per_second, most) = (f64::from(per_second), f64::from(most));
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
        if self.level < 0.0 { -self.level / self.per_second.max(f64::MIN_POSITIVE) } else { 0.0 }
    }

    fn fill(&mut self) {
        let now = Instant::now();
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.level = (self.level + passed * self.per_second).min(self.most);
        self.at = now;
    }

    fn is_full(&mut self) -> bool {
        self.fill();
        self.level >= self.most
    }
}

/// Why somebody is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// There are as many sessions as there may be.
    Full,
    /// There are as many from this address.
    FullForAddress,
    /// Too many have not said yet who they are.
    TooManyWaiting,
    /// Too many came from this address in a short time.
    TooFast,
}

impl Refusal {
    /// The word in the log.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::FullForAddress => "full-for-address",
            Self::TooManyWaiting => "too-many-waiting",
            Self::TooFast => "too-fast",
        }
    }
}

/// Counts those who are in.
#[derive(Debug)]
pub(super) struct Gate {
    limits: Limits,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    inside: usize,
    waiting: usize,
    addresses: HashMap<IpAddr, Address>,
}

#[derive(Debug)]
struct Address {
    inside: usize,
    bucket: Bucket,
}

/// A place inside, as long as it is kept.
#[derive(Debug)]
pub(super) struct Ticket {
    gate: Arc<Gate>,
    address: IpAddr,
    waiting: bool,
}

impl Gate {
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, counts: Mutex::default() })
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a connection in, or says why not.
    pub(super) fn enter(self: &Arc<Self>, from: IpAddr) -> Result<Ticket, Refusal> {
        let limits = self.limits;
        let address = network(from);
        let mut counts = self.counts();
        if counts.inside >= limits.sessions {
            return Err(Refusal::Full);
        }
        if counts.waiting >= limits.waiting {
            return Err(Refusal::TooManyWaiting);
        }
        if counts.addresses.len() >= REMEMBERED {
            counts.addresses.retain(|_, known| known.inside > 0 || !known.bucket.is_full());
        }
        let known = counts.addresses.entry(address).or_insert_with(|| {
            let bucket = Bucket::new(limits.new_per_second, limits.new_per_second.saturating_mul(5));
            Address { inside: 0, bucket }
        });
        if known.inside >= limits.per_address {
            return Err(Refusal::FullForAddress);
        }
        if !known.bucket.take(1.0) {
            return Err(Refusal::TooFast);
        }
        known.inside += 1;
        counts.inside += 1;
        counts.waiting += 1;
        Ok(Ticket { gate: Arc::clone(self), address, waiting: true })
    }
}

impl Ticket {
    /// Whoever holds it has said who they are.
    pub(super) fn admitted(&mut self) {
        if std::mem::take(&mut self.waiting) {
            self.gate.counts().waiting -= 1;
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.admitted();
        let mut counts = self.gate.counts();
        counts.inside -= 1;
        if let Some(known) = counts.addresses.get_mut(&self.address) {
            known.inside -= 1;
        }
    }
}

/// What counts as one address: with IPv6 the network, of which one household has 2⁶⁴ addresses.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const LIMITS: Limits =
        Limits { sessions: 5, per_address: 3, waiting: 2, new_per_second: 1, ..Limits::DEFAULT };

    fn address(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    #[tokio::test(start_paused = true)]
    async fn places_are_counted_and_given_back() {
        let gate = Gate::new(LIMITS);
        let admit = |last| {
            gate.enter(address(last)).map(|mut ticket| {
                ticket.admitted();
                ticket
            })
        };
        let mut inside: Vec<Ticket> = (0..3).map(|_| admit(1).expect("there is room")).collect();
        assert_eq!(admit(1).map(|_| ()), Err(Refusal::FullForAddress));
        inside.push(admit(2).expect("another address has room"));
        inside.push(admit(3).expect("another address has room"));
        assert_eq!(admit(4).map(|_| ()), Err(Refusal::Full));
        inside.clear();
        let _waiting = [gate.enter(address(5)).expect("empty"), gate.enter(address(6)).expect("one waits")];
        assert_eq!(gate.enter(address(7)).map(|_| ()), Err(Refusal::TooManyWaiting));
    }

    #[tokio::test(start_paused = true)]
    async fn an_address_that_comes_too_often_waits() {
        let gate = Gate::new(LIMITS);
        for _ in 0..5 {
            drop(gate.enter(address(1)).expect("the bucket is not empty"));
        }
        assert_eq!(gate.enter(address(1)).map(|_| ()), Err(Refusal::TooFast));
        assert!(gate.enter(address(2)).is_ok(), "others do not wait");
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(gate.enter(address(1)).is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_borrowed_is_made_up_for() {
        let mut bucket = Bucket::new(100, 200);
        assert!(bucket.borrow(200.0) <= 0.0);
        assert!((bucket.borrow(50.0) - 0.5).abs() < 1e-9);
        tokio::time::advance(Duration::from_secs(3)).await;
        assert!(bucket.borrow(200.0) <= 0.0, "it is full again, and no fuller");
    }

    #[test]
    fn one_household_is_one_address() {
        let parse = |text: &str| text.parse::<IpAddr>().expect(text);
        assert_eq!(network(parse("2001:db8::1")), network(parse("2001:db8::ffff:1")));
        assert_ne!(network(parse("2001:db8:0:1::1")), network(parse("2001:db8::1")));
        assert_eq!(network(parse("::ffff:10.0.0.1")), parse("10.0.0.1"));
    }
}
