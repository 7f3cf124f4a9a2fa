//! The same knowledge in other forms than a screen: text for people, Markdown for documents, JSON for programs, HTML
//! for a hand-out.
//!
//! Pure: knowledge in, strings out, so that the command line, a session over SSH and the clipboard say the same.
//! [`answer()`] takes a [`Question`] and gives an [`Answer`] with its exit status. Must never print what could drive a
//! terminal: every text passes through [`clean`](crate::text::clean::clean), also those that were cleaned when the
//! file was read; and never write anywhere itself.

pub mod copy;
pub mod html;
pub mod json;
pub mod markdown;
pub mod problems;

mod answer;
mod inline;
mod overview;
mod search;
mod sheet;
mod show;
mod timeline;

pub use answer::{Answer, Ask, Form, Question, answer};
pub use overview::{contents, overview};
pub use sheet::Paper;
pub use timeline::Span;
