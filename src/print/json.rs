//! Answers for programs: every object and field of `--json`, in the order in which they are written.
//!
//! Ids, dates and addresses appear as a file has them, dates in EDTF; texts are plain, without markup. What is not
//! known is `null`, an empty list or an empty text, never left out, except in the objects that say so. Fields may be
//! added within one [`VERSION`]; none is renamed, and none changes what it means.
//!
//! `tests/data/answers.schema.json` says the same to programs, and a test holds the two together. Must never depend on
//! a terminal.

mod file;
mod item;

pub use file::File;
pub(super) use item::id;
pub use item::{Item, Kind, More, Named, Record, Relation, Step};

use serde::Serialize;

use crate::knowledge::Knowledge;
use crate::search::Hits;

/// The version of all objects.
pub const VERSION: u32 = 1;

/// `tumen search --json`
#[derive(Debug, Serialize)]
pub struct Search<'a> {
    /// [`VERSION`]
    pub version: u32,
    /// The query as it was asked.
    pub query: &'a str,
    /// How many hits there are, of which `hits` may be the best ones only. An entry is one hit, however many of its
    /// statements are found.
    pub total: usize,
    /// Best first.
    pub hits: Vec<Hit<'a>>,
}

/// One hit: a [`Record`] and its score.
#[derive(Debug, Serialize)]
pub struct Hit<'a> {
    /// What was found.
    #[serde(flatten)]
    pub record: Record<'a>,
    /// What it is worth beside the best hit of this search, which has 1; two decimals, at least 0.
    pub score: f64,
    /// How many other statements of the same entry are found by the same words.
    pub more: usize,
    /// Whether it is near in meaning to what was asked, and was not found by words.
    pub near: bool,
}

/// `tumen show --json`
#[derive(Debug, Serialize)]
pub struct Show<'a> {
    /// [`VERSION`]
    pub version: u32,
    /// The one thing that was asked for.
    pub item: Item<'a>,
}

/// `tumen timeline --json`
#[derive(Debug, Serialize)]
pub struct Timeline<'a> {
    /// [`VERSION`]
    pub version: u32,
    /// How many statements there are.
    pub total: usize,
    /// By the first day of the date that they stand by.
    pub items: Vec<Dated<'a>>,
}

/// A statement on a timeline.
#[derive(Debug, Serialize)]
pub struct Dated<'a> {
    /// The statement; its `when` is its own date, or `null`.
    #[serde(flatten)]
    pub record: Record<'a>,
    /// The date that it stands by, in EDTF: its own, or else its entry's.
    pub date: String,
}

impl<'a> Search<'a> {
    /// What was found with `query`.
    pub fn new(knowledge: &'a Knowledge, query: &'a str, hits: &Hits) -> Self {
        let best = hits.rows.first().map_or(0, |hit| hit.score).max(1);
        let hundredths = |score: u32| (f64::from(score) / f64::from(best) * 100.0).round() / 100.0;
        let hit = |hit: &crate::search::Hit| Hit {
            record: Record::of_address(knowledge, hit.address),
            score: hundredths(hit.score),
            more: hit.more,
            near: hit.near,
        };
        Self { version: VERSION, query, total: hits.total, hits: hits.rows.iter().map(hit).collect() }
    }
}

/// An object on one line.
pub fn line(object: &impl Serialize) -> String {
    // These structures have text keys and finite numbers only, so that nothing in them cannot be written.
    serde_json::to_string(object).unwrap_or_default() + "\n"
}
