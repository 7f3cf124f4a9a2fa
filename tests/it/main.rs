//! What holds from outside: the layers, the screens, the files and the program itself. One binary, cheap to link.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod answers;
mod any_bytes;
mod architecture;
mod bookmarks;
mod class;
mod commands;
mod configuration;
mod copying;
#[path = "../../benches/corpus/mod.rs"]
mod corpus;
mod cycles;
mod dossiers;
mod exactness;
mod export;
mod files;
mod frame;
mod habits;
mod invariants;
mod keys;
#[cfg(target_os = "linux")]
mod large_files;
mod layout;
mod lenses;
mod map;
mod marks;
mod mending;
mod network;
mod overlays;
mod picture;
mod plain;
mod problems;
mod properties;
#[cfg(target_os = "linux")]
mod pty;
mod readme;
mod screens;
mod search;
mod searching;
mod searching_early;
#[cfg(all(target_os = "linux", feature = "serve"))]
mod serve;
mod session;
mod shipped;
mod small_screens;
#[cfg(target_os = "linux")]
mod terminal;
mod tours;
