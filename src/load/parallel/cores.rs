//! The same work on many things, on all cores. Must never let it be seen who did what: results come in order.

use std::collections::VecDeque;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// More threads than this only wait for each other's memory.
const MOST: usize = 16;

/// Does `work` for each of `jobs`, drops each job as soon as it is done, and hands the results to `take` in the
/// order of the jobs, each as soon as all before it are there.
///
/// Jobs may take time to find: whoever needs the next one looks for it, while the others work. A single job is done on
/// the spot: what is small costs no thread.
pub(in crate::load) fn each<J: Send, R: Send>(
    mut jobs: impl Iterator<Item = J> + Send,
    work: impl Fn(J) -> R + Sync,
    mut take: impl FnMut(R),
) {
    let first: Vec<J> = jobs.by_ref().take(2).collect();
    let cores = if first.len() < 2 { 1 } else { thread::available_parallelism().map_or(1, NonZero::get) };
    let queue = Mutex::new(first.into_iter().chain(jobs).enumerate());
    let done = Mutex::new(Done { taken: 0, waiting: VecDeque::new() });
    let next = || lock(&queue).next();
    let worker = || {
        while let Some((at, job)) = next() {
            let result = work(job);
            lock(&done).put(at, result);
        }
    };
    thread::scope(|scope| {
        let spawn = |_| thread::Builder::new().name("load".into()).spawn_scoped(scope, worker);
        // A thread that cannot be had is done without.
        let others: Vec<_> = (1..cores.min(MOST)).filter_map(|at| spawn(at).ok()).collect();
        while let Some((at, job)) = next() {
            let result = work(job);
            lock(&done).put(at, result);
            while let Some(result) = { lock(&done).pop() } {
                take(result);
            }
        }
        for other in others {
            other.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
    while let Some(result) = { lock(&done).pop() } {
        take(result);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Results that wait for those before them.
struct Done<R> {
    /// How many have been taken.
    taken: usize,
    /// The next ones; `None` is still worked on.
    waiting: VecDeque<Option<R>>,
}

impl<R> Done<R> {
    fn put(&mut self, at: usize, result: R) {
        let place = at - self.taken;
        if self.waiting.len() <= place {
            self.waiting.resize_with(place + 1, || None);
        }
        if let Some(waiting) = self.waiting.get_mut(place) {
            *waiting = Some(result);
        }
    }

    /// The next result, if it is there.
    fn pop(&mut self) -> Option<R> {
        let result = self.waiting.front_mut()?.take()?;
        self.waiting.pop_front();
        self.taken += 1;
        Some(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        for count in [0, 1, 2, 3, 1000] {
            let squares: Vec<usize> = (0..count).map(|n| n * n).collect();
            let mut done = Vec::new();
            each(0..count, |n| n * n, |square| done.push(square));
            assert_eq!(done, squares);
        }
    }
}
