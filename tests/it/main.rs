//! What holds from outside: the layers, the screens, the files and the program itself. One binary, cheap to link.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod answers;
mod any_bytes;
mod architecture;
mod blocks;
mod bookmarks;
mod class;
mod commands;
mod configuration;
mod copying;
#[path = "../../benches/corpus/mod.rs"]
mod corpus;
mod cycles;
mod dossiers;
#[cfg(target_os = "linux")]
mod editor;
mod exactness;
mod export;
mod files;
mod frame;
mod framing;
mod habits;
mod invariants;
mod keys;
#[cfg(target_os = "linux")]
mod large_files;
mod layout;
mod lenses;
#[cfg(target_os = "linux")]
mod licences;
#[cfg(target_os = "linux")]
mod machine;
mod map;
mod marks;
mod meaning;
mod mending;
mod network;
mod overlays;
#[cfg(target_os = "linux")]
mod pager;
mod picture;
mod plain;
mod problems;
mod properties;
#[cfg(target_os = "linux")]
mod pty;
#[cfg(target_os = "linux")]
mod reading;
mod readme;
mod rebound;
mod screens;
mod search;
mod searching;
mod searching_early;
#[cfg(all(target_os = "linux", feature = "serve"))]
mod serve;
mod session;
mod shipped;
mod small_screens;
mod standing_alone;
#[cfg(target_os = "linux")]
mod terminal;
mod told;
mod tours;
#[cfg(target_os = "linux")]
mod watching;
#[cfg(target_os = "linux")]
mod writing;
