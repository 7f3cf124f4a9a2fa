//! `tumen serve` with real OpenSSH clients in pseudo-terminals: sessions, following, admission, refusals, faults.
//!
//! Without `ssh` on the machine these tests say so and pass. Nothing sleeps: everything is waited for.

mod admission;
mod class;
mod crowds;
mod door;
mod faults;
mod following;
mod patience;
mod refusals;
mod renewal;
mod sessions;
