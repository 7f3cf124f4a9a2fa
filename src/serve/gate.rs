//! Who may come in: how many at once, how many from one address, how fast, and how often in vain.
//!
//! Must never lose a place: a [`Ticket`] gives it back when it is dropped, also when a session panics. Must never shut
//! out a class for the slips of some: an address from which somebody has come in is never refused for failures.

use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Limits;
use super::bucket::Bucket;
use super::guard::{Switch, Wire};

/// Addresses whose recent connections are remembered; those that wait for nothing are forgotten first.
const REMEMBERED: usize = 4096;
/// A second of failures that are forgiven: one in ten seconds.
const FORGIVEN: f64 = 0.1;
/// Failures beyond those that are forgiven, of which each keeps its address out for ten seconds more: a minute at most.
const OWED: f64 = 6.0;
/// How much longer the answer to a wrong password may take, from an address with many failures.
const SLOWEST: Duration = Duration::from_secs(20);
/// Bytes after which a client has exchanged keys, or as good as that.
const EXCHANGED: u64 = 600;

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
    /// Too many from this address came in vain.
    TooManyFailures,
    /// Another one that has not said who it is has come, and no place was left.
    Displaced,
}

impl Refusal {
    /// The word in the log.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::FullForAddress => "full-for-address",
            Self::TooManyWaiting => "too-many-waiting",
            Self::TooFast => "too-fast",
            Self::TooManyFailures => "too-many-failures",
            Self::Displaced => "displaced",
        }
    }

    /// What the client is told.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Full | Self::FullForAddress => "the class is full",
            Self::TooManyWaiting | Self::TooFast | Self::Displaced => "too many at once; try again",
            Self::TooManyFailures => "too many failed from your address; try again in a minute",
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
    /// In the order in which they came.
    waiting: BTreeMap<u64, Waiting>,
    addresses: HashMap<IpAddr, Address>,
    next: u64,
}

/// A connection that has not said yet who it is.
#[derive(Debug)]
struct Waiting {
    from: SocketAddr,
    visit: Visit,
    /// It has begun to say who it is.
    speaks: bool,
}

/// A connection, as the gate knows it.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    /// Ends it.
    pub(super) switch: Switch,
    /// What has come over it.
    pub(super) wire: Arc<Wire>,
}

#[derive(Debug)]
struct Address {
    inside: usize,
    bucket: Bucket,
    failures: Bucket,
    /// Somebody has come in from there.
    known: bool,
}

/// A place inside, as long as it is kept.
#[derive(Debug)]
pub(super) struct Ticket {
    gate: Arc<Gate>,
    address: IpAddr,
    number: u64,
}

impl Gate {
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, counts: Mutex::default() })
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a connection in, or says why not. Where no place is left for who has not said who it is, the oldest silent
    /// one of the address that has most of them loses its own, and is given as well.
    pub(super) fn enter(
        self: &Arc<Self>,
        from: SocketAddr,
        visit: Visit,
    ) -> Result<(Ticket, Option<SocketAddr>), Refusal> {
        let limits = self.limits;
        let address = network(from.ip());
        let mut counts = self.counts();
        if counts.inside >= limits.sessions {
            return Err(Refusal::Full);
        }
        counts.forget();
        let known = counts.address(address, limits);
        if known.inside >= limits.per_address {
            return Err(Refusal::FullForAddress);
        }
        if !known.known && known.failures.wait(0.0) > 0.0 {
            return Err(Refusal::TooManyFailures);
        }
        if !known.bucket.take(1.0) {
            return Err(Refusal::TooFast);
        }
        let displaced = counts.make_room(address, limits)?;
        counts.address(address, limits).inside += 1;
        counts.inside += 1;
        counts.next += 1;
        let number = counts.next;
        counts.waiting.insert(number, Waiting { from, visit, speaks: false });
        Ok((Ticket { gate: Arc::clone(self), address, number }, displaced))
    }
}

impl Counts {
    fn address(&mut self, address: IpAddr, limits: Limits) -> &mut Address {
        let most = f64::from(limits.new_per_second) * 5.0;
        self.addresses.entry(address).or_insert_with(|| Address {
            inside: 0,
            bucket: Bucket::new(limits.new_per_second, most),
            failures: Bucket::new(FORGIVEN, limits.failures),
            // Whoever comes through a tunnel of one's own, as all of a class may, comes from here.
            known: address.is_loopback(),
        })
    }

    /// Forgets addresses of which nothing has to be known any more, once there are many.
    fn forget(&mut self) {
        if self.addresses.len() >= REMEMBERED {
            self.addresses
                .retain(|_, known| known.inside > 0 || !known.bucket.is_full() || !known.failures.is_full());
        }
    }

    /// Sees to it that one more may wait from an address: two thirds of the places are the most for one.
    fn make_room(&mut self, own: IpAddr, limits: Limits) -> Result<Option<SocketAddr>, Refusal> {
        let mut waiting: HashMap<IpAddr, usize> = HashMap::new();
        for one in self.waiting.values() {
            *waiting.entry(network(one.from.ip())).or_default() += 1;
        }
        let share = (limits.waiting * 2).div_ceil(3).max(1);
        let fullest = if waiting.get(&own).is_some_and(|own| *own >= share) {
            own
        } else if self.waiting.len() < limits.waiting {
            return Ok(None);
        } else {
            waiting
                .iter()
                .max_by_key(|(address, count)| (**count, **address))
                .map_or(own, |(address, _)| *address)
        };
        let silent = self.waiting.iter().filter(|(_, one)| !one.speaks && network(one.from.ip()) == fullest);
        let last = silent.min_by_key(|(number, one)| (one.visit.wire.read() >= EXCHANGED, **number));
        let number = last.map(|(number, _)| *number).ok_or(Refusal::TooManyWaiting)?;
        let one = self.waiting.remove(&number).ok_or(Refusal::TooManyWaiting)?;
        one.visit.switch.throw();
        Ok(Some(one.from))
    }
}

impl Ticket {
    /// Whoever holds it has begun to say who they are: their place is not given to another.
    pub(super) fn speaks(&self) {
        if let Some(own) = self.gate.counts().waiting.get_mut(&self.number) {
            own.speaks = true;
        }
    }

    /// Whoever holds it has said who they are.
    pub(super) fn admitted(&self) {
        let mut counts = self.gate.counts();
        counts.waiting.remove(&self.number);
        if let Some(address) = counts.addresses.get_mut(&self.address) {
            address.known = true;
        }
    }

    /// It came in vain, or a part of it: a wrong password counts 1. Gives how much longer the answer is to take.
    pub(super) fn failed(&self, weight: f64) -> Duration {
        let mut counts = self.gate.counts();
        let Some(address) = counts.addresses.get_mut(&self.address) else { return Duration::ZERO };
        let debt = Duration::from_secs_f64(address.failures.borrow(weight));
        address.failures.owe_at_most(OWED);
        debt.min(SLOWEST)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut counts = self.gate.counts();
        counts.waiting.remove(&self.number);
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
        IpAddr::V6(address) if address.is_loopback() => IpAddr::V6(address),
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits =
        Limits { sessions: 5, per_address: 3, waiting: 3, new_per_second: 1, failures: 4, ..Limits::DEFAULT };

    fn visit() -> Visit {
        Visit { switch: Switch::new(), wire: Arc::default() }
    }

    fn address(last: u8) -> SocketAddr {
        SocketAddr::from(([10, 0, 0, last], 1))
    }

    fn enter(gate: &Arc<Gate>, last: u8) -> Result<(Ticket, Option<SocketAddr>), Refusal> {
        gate.enter(address(last), visit())
    }

    fn refusal(gate: &Arc<Gate>, last: u8) -> Option<Refusal> {
        enter(gate, last).err()
    }

    fn admit(gate: &Arc<Gate>, last: u8) -> Ticket {
        let (ticket, _) = enter(gate, last).expect("there is room");
        ticket.admitted();
        ticket
    }

    #[tokio::test(start_paused = true)]
    async fn places_are_counted_and_given_back() {
        let gate = Gate::new(LIMITS);
        let mut inside: Vec<Ticket> = (0..3).map(|_| admit(&gate, 1)).collect();
        assert_eq!(refusal(&gate, 1), Some(Refusal::FullForAddress));
        inside.push(admit(&gate, 2));
        inside.push(admit(&gate, 3));
        assert_eq!(refusal(&gate, 4), Some(Refusal::Full));
        inside.clear();
        assert!(refusal(&gate, 4).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn who_says_nothing_makes_room_for_who_comes() {
        let gate = Gate::new(LIMITS);
        let first = visit();
        let one = gate.enter(address(1), first.clone()).expect("there is room");
        let two = enter(&gate, 1).expect("there is room");
        // Two of three places are the most for one address: its own oldest one makes room.
        let (_three, displaced) = enter(&gate, 1).expect("the oldest makes room");
        assert_eq!(displaced, Some(address(1)));
        assert!(first.switch.is_thrown());
        let _other = enter(&gate, 2).expect("a place is left for others");
        // All three are taken: the address that has most of them loses the oldest.
        let (third, displaced) = enter(&gate, 3).expect("somebody makes room");
        assert_eq!(displaced, Some(address(1)));
        // Nobody is displaced who has begun to say who it is.
        let gate = Gate::new(LIMITS);
        let speaking: Vec<_> = (1..=3).map(|last| enter(&gate, last).expect("there is room").0).collect();
        speaking.iter().for_each(Ticket::speaks);
        assert_eq!(refusal(&gate, 4), Some(Refusal::TooManyWaiting));
        speaking[0].admitted();
        assert!(refusal(&gate, 4).is_none());
        drop((one, two, third));
    }

    #[tokio::test(start_paused = true)]
    async fn an_address_that_comes_too_often_waits() {
        let gate = Gate::new(LIMITS);
        for _ in 0..5 {
            drop(enter(&gate, 1).expect("the bucket is not empty"));
        }
        assert_eq!(refusal(&gate, 1), Some(Refusal::TooFast));
        assert!(refusal(&gate, 2).is_none(), "others do not wait");
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(refusal(&gate, 1).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn who_fails_often_is_kept_out_for_longer_and_longer_up_to_a_minute() {
        let gate = Gate::new(LIMITS);
        let (ticket, _) = enter(&gate, 1).expect("there is room");
        let mut waits = Vec::new();
        for _ in 0..12 {
            waits.push(ticket.failed(1.0).as_secs());
        }
        assert_eq!(waits[..6], [0, 0, 0, 0, 10, 20], "four are forgiven, and no answer takes too long");
        drop(ticket);
        assert_eq!(refusal(&gate, 1), Some(Refusal::TooManyFailures));
        assert!(refusal(&gate, 2).is_none(), "others are let in");
        tokio::time::advance(Duration::from_secs(59)).await;
        assert_eq!(refusal(&gate, 1), Some(Refusal::TooManyFailures));
        tokio::time::advance(Duration::from_secs(2)).await;
        assert!(refusal(&gate, 1).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn the_slips_of_some_shut_out_no_class() {
        let gate = Gate::new(LIMITS);
        let _inside = admit(&gate, 1);
        let (ticket, _) = enter(&gate, 1).expect("there is room");
        for _ in 0..100 {
            ticket.failed(1.0);
        }
        drop(ticket);
        assert!(refusal(&gate, 1).is_none(), "somebody of them has come in");
        // A tunnel to this machine brings a whole class from one address.
        let own = SocketAddr::from(([127, 0, 0, 1], 1));
        let (ticket, _) = gate.enter(own, visit()).expect("there is room");
        for _ in 0..100 {
            ticket.failed(1.0);
        }
        assert!(gate.enter(own, visit()).is_ok());
    }

    #[test]
    fn one_household_is_one_address() {
        let parse = |text: &str| text.parse::<IpAddr>().expect(text);
        assert_eq!(network(parse("2001:db8::1")), network(parse("2001:db8::ffff:1")));
        assert_ne!(network(parse("2001:db8:0:1::1")), network(parse("2001:db8::1")));
        assert_eq!(network(parse("::ffff:10.0.0.1")), parse("10.0.0.1"));
        assert!(network(parse("::1")).is_loopback());
    }
}
