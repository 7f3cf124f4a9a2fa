//! Tumen: a terminal explorer of *knowledge files*, dossiers in which every statement says how well it stands and
//! who says so.
//!
//! # Where things live
//!
//! Strict layers: a module imports only from layers below its own, and there are no cycles.
//! `tests/it/architecture.rs` reads the imports and fails on any other; `tests/it/cycles.rs` reads those of files, too.
//!
//! | layer | module | room for |
//! |---|---|---|
//! | 0 | [`text`] | cell width, truncation, wrapping, markup, layout of blocks, folding of scripts |
//! | 0 | [`dossier`] | the shipped file as it was packed when the program was built |
//! | 0 | [`disk`] | files that are written whole or not at all, and small ones that are read |
//! | 0 | [`geom`] | an axis of time, bars packed into rows, longitude and latitude ↔ cells, room for labels |
//! | 1 | [`knowledge`] | what is known: dates, statements, standings, entities, relations, addresses. No serde, no I/O |
//! | 2 | [`load`] | RON → [`knowledge::Knowledge`] and every problem with its place |
//! | 2 | [`search`] | query → ranked hits; the only user of `fuzzy-matcher` |
//! | 2 | [`action`] | the closed list of what a reader can do, and one table about it |
//! | 3 | [`keys`] | key grammar, keymap, contexts, conflicts |
//! | 4 | [`config`] | what a user sets: theme, colours, keys, characters; what is remembered: bookmarks, the last place |
//! | 5 | [`app`] | one reader's state: `update(&mut State, Msg, &Library) -> Vec<Effect>` |
//! | 6 | [`ui`] | `draw(&State, &Library, &mut Buffer)`: pure, one file a pane |
//! | 6 | [`print`](mod@print) | the same knowledge as text, Markdown, JSON and HTML |
//! | 6 | [`frame`] | a drawn buffer → the fewest bytes that put it on a terminal |
//! | 6 | [`input`] | a terminal's bytes → keys, clicks, pastes: one state machine for both surfaces |
//! | 7 | [`shell`] | the one owner of the local terminal: keys, signals, output |
//! | 7 | `serve` | many readers over SSH: the same `app` and `ui`, another terminal each |
//! | 8 | [`cli`] | the command line and its exit status |
//!
//! # How it flows
//!
//! ```text
//! bytes ─ input ─▶ Msg (what happened) ─ keys ─▶ Action (what is meant) ─ app::update ─▶ State, Effects
//!                                                                                  │
//! terminal ◀─ frame (bytes) ◀─ ui::draw(&State, &Library) ◀─ if the state changed ──┘
//! ```
//!
//! A [`app::Library`] is what all readers share and none changes; a session is a [`app::State`] and a terminal.
//! Layout is one pure function of size and state, called by `update` (page heights, mouse hits) and by `draw`.
//! Nothing ticks: an idle session costs no wake-ups.
//!
//! # Invariants
//!
//! 1. Drawing never changes state: every `ui` function takes `&State`.
//! 2. `app` does no I/O, reads no clock and knows no terminal.
//! 3. One value owns a terminal; leaving is idempotent, and safe from a panic hook, from `Drop` and from a signal.
//! 4. Every key that does something is an action of [`action::TABLE`]; help, palette, hints and the README's key list
//!    come from it, and no sentence names a key without asking the keymap: [`app::Note`].
//! 5. Any file loads or explains itself: no panic, and all problems at once.
//! 6. Any size from 0×0 draws.
//! 7. A vanished terminal ends its session within a second, without spinning.
//! 8. The same keys on the same file give the same bytes: no clock, no hash order.

pub mod action;
pub mod app;
pub mod cli;
pub mod config;
pub mod disk;
pub mod dossier;
pub mod frame;
pub mod geom;
pub mod input;
pub mod keys;
pub mod knowledge;
pub mod load;
pub mod print;
pub mod search;
#[cfg(all(unix, feature = "serve"))]
pub mod serve;
#[cfg(unix)]
pub mod shell;
pub mod text;
pub mod ui;
