//! The same work on many things, on all cores. Must never let it be seen who did what: results come in order.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// More threads than this only wait for each other's memory.
const MOST: usize = 16;

/// Does `work` for each of `jobs`, and gives up each job as soon as it is done.
///
/// A single job is done on the spot: what is small costs no thread.
pub(super) fn each<J: Send, R: Send>(jobs: Vec<J>, work: impl Fn(J) -> R + Sync) -> Vec<R> {
    let cores = if jobs.len() < 2 { 1 } else { thread::available_parallelism().map_or(1, NonZero::get) };
    let count = jobs.len();
    let queue = Mutex::new(jobs.into_iter().enumerate());
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let worker = || {
        let mut done = Vec::new();
        while let Some((at, job)) = take() {
            done.push((at, work(job)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let spawn = |_| thread::Builder::new().name("load".into()).spawn_scoped(scope, worker);
        // A thread that cannot be had is done without.
        let others: Vec<_> = (1..cores.min(MOST).min(count)).filter_map(|at| spawn(at).ok()).collect();
        let mut done = worker();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        for count in [0, 1, 2, 1000] {
            let squares: Vec<usize> = (0..count).map(|n| n * n).collect();
            assert_eq!(each((0..count).collect(), |n| n * n), squares);
        }
    }
}
