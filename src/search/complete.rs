//! Filters as they are typed: what a value that has been begun may become, and how many each of them would leave.
//!
//! Must never guess at words: only what the file has can be completed.

use super::filter::FilterKey;
use super::query::Query;
use super::{Index, standing};
use crate::knowledge::{EntityKind, Item, Knowledge, StandingKind};
use crate::text::fold::Folded;

/// Completions that are counted, and those that are shown of them.
const COUNTED: usize = 24;
const SHOWN: usize = 8;

/// What a filter may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The whole text with it.
    pub text: String,
    /// The filter alone.
    pub filter: String,
    /// How many hits it would leave, if that can be known cheaply.
    pub leaves: Option<usize>,
}

impl Index {
    /// What the filter at the end of `text` may become, those that leave the most first. None if no filter is being
    /// typed there.
    pub fn completions(&self, knowledge: &Knowledge, text: &str) -> Vec<Completion> {
        let at = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let (before, piece) = text.split_at_checked(at).unwrap_or(("", text));
        // Behind a blank within quotation marks there is no filter.
        let before = if piece.is_empty() { return Vec::new() } else { before };
        let (not, bare) = piece.strip_prefix('!').map_or(("", piece), |bare| ("!", bare));
        let Some((word, value)) = bare.split_once(':') else { return Vec::new() };
        let Some(key) = FilterKey::of(word) else { return Vec::new() };
        let mut found: Vec<Completion> = Vec::new();
        for whole in self.values(knowledge, key, value.trim_start_matches('"')) {
            let quoted = if whole.contains(char::is_whitespace) { format!("\"{whole}\"") } else { whole };
            let filter = format!("{not}{}:{quoted}", word.to_ascii_lowercase());
            let text = format!("{before}{filter}");
            let leaves = self.count(knowledge, &Query::parse(&text));
            if leaves != Some(0) {
                found.push(Completion { text, filter, leaves });
            }
        }
        found.sort_by_key(|completion| std::cmp::Reverse(completion.leaves));
        found.truncate(SHOWN);
        // What is typed already needs no completion.
        if matches!(&*found, [only] if only.filter == piece) { Vec::new() } else { found }
    }

    /// The values of a filter that what is typed may become.
    fn values(&self, knowledge: &Knowledge, key: FilterKey, typed: &str) -> Vec<String> {
        let folded = Folded::of(typed);
        let begun = folded.joined(0..folded.len());
        let id = |item: Item| knowledge.ids.name(item).to_owned();
        let mut values: Vec<String> = match key {
            FilterKey::In => {
                self.names(knowledge).topics_begun(&begun).into_iter().map(|ix| id(Item::Topic(ix))).collect()
            }
            FilterKey::By | FilterKey::Denied | FilterKey::Who => {
                let mut entities = self.names(knowledge).entities_begun(&begun);
                entities.sort_by_key(|ix| self.texts.rows.entity(*ix));
                entities.into_iter().map(|ix| id(Item::Entity(ix))).collect()
            }
            FilterKey::Tag => {
                self.names(knowledge).tags_begun(&begun).into_iter().map(String::from).collect()
            }
            FilterKey::Is => {
                let kinds =
                    if begun.is_empty() { StandingKind::ALL.to_vec() } else { standing::meant(&begun) };
                let denied = Some(standing::IS_DENIED).filter(|denied| denied.starts_with(&begun));
                kinds.into_iter().map(StandingKind::word).chain(denied).map(str::to_owned).collect()
            }
            FilterKey::Kind => EntityKind::ALL
                .into_iter()
                .map(|kind| kind.word().to_owned())
                .filter(|word| word.starts_with(&begun))
                .collect(),
            FilterKey::When => self.names(knowledge).years_begun(typed),
        };
        values.truncate(COUNTED);
        values
    }
}
