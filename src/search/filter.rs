//! What narrows a search without being a word in it: `in:`, `is:`, `by:`, `denied:`, `who:`, `kind:`, `tag:`, `when:`.
//!
//! A filter is read when a query is parsed and resolved against a file when it is asked. Must never rank.

use super::names::Names;
use super::standing;
use crate::knowledge::{
    Address, Date, EntityIx, EntityKind, EntryIx, Knowledge, Standing, StandingKind, TopicIx,
};
use crate::text::fold::Folded;

/// What a filter looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FilterKey {
    In,
    Is,
    By,
    Denied,
    Who,
    Kind,
    Tag,
    When,
}

/// A filter as far as it can be read without a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    value: Value,
    not: bool,
    /// As typed, without `!`.
    pub(super) written: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Is(Vec<StandingKind>),
    /// Somebody denies it.
    IsDenied,
    Kind(Vec<EntityKind>),
    /// First and last day, as Julian day numbers.
    When(Option<i32>, Option<i32>),
    /// To be looked up in a file: folded words as one, and as typed.
    Name(FilterKey, String, String),
}

/// A filter that knows what it means in one file.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    sieve: Sieve,
    /// As it was typed behind the colon.
    value: Box<str>,
    not: bool,
}

#[derive(Debug, Clone)]
enum Sieve {
    In(Vec<TopicIx>),
    Is(Vec<StandingKind>),
    IsDenied,
    By(Vec<EntityIx>),
    Denied(Vec<EntityIx>),
    Who(Vec<EntityIx>),
    Kind(Vec<EntityKind>),
    Tag(Vec<Box<str>>),
    /// What happened from one day to another; with `true`, also who lived and what there was then.
    When(Option<i32>, Option<i32>, bool),
}

impl FilterKey {
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "in" => Self::In,
            "is" => Self::Is,
            "by" => Self::By,
            "denied" => Self::Denied,
            "who" => Self::Who,
            "kind" => Self::Kind,
            "tag" => Self::Tag,
            "when" => Self::When,
            _ => return None,
        })
    }
}

impl Filter {
    /// Reads a value; `None` if nothing has been typed yet.
    ///
    /// # Errors
    /// Says why it is no value of that key.
    pub(super) fn read(
        key: FilterKey,
        value: &str,
        written: &str,
        not: bool,
    ) -> Result<Option<Self>, String> {
        let folded = joined(value);
        if folded.is_empty() {
            return Ok(None);
        }
        let value = match key {
            FilterKey::Is => match standing::meant(&folded) {
                kinds if kinds.is_empty() && standing::IS_DENIED.starts_with(&folded) => Value::IsDenied,
                kinds => Value::Is(some(kinds, value, "standing")?),
            },
            FilterKey::Kind => {
                let american = "organization".starts_with(&folded);
                let of = EntityKind::ALL.into_iter().filter(|kind| {
                    kind.word().starts_with(&folded) || (american && *kind == EntityKind::Organisation)
                });
                Value::Kind(some(of.collect(), value, "kind")?)
            }
            FilterKey::When => {
                let (first, last) = days(value).ok_or_else(|| format!("`{}` is no date", shown(value)))?;
                Value::When(first, last)
            }
            key => Value::Name(key, folded, value.to_owned()),
        };
        Ok(Some(Self { value, not, written: written.to_owned() }))
    }

    /// Looks its names up in a file.
    ///
    /// # Errors
    /// Says what the file does not have.
    pub(super) fn resolve(&self, names: &Names) -> Result<Resolved, String> {
        let sieve = match &self.value {
            Value::Is(kinds) => Sieve::Is(kinds.clone()),
            Value::IsDenied => Sieve::IsDenied,
            Value::Kind(kinds) => Sieve::Kind(kinds.clone()),
            Value::When(first, last) => Sieve::When(*first, *last, false),
            Value::Name(FilterKey::In, name, typed) => Sieve::In(some(names.topics(name), typed, "topic")?),
            Value::Name(FilterKey::Tag, name, typed) => Sieve::Tag(some(names.tags(name), typed, "tag")?),
            Value::Name(key, name, typed) => {
                let entities = some(names.entities(name), typed, "name")?;
                match key {
                    FilterKey::By => Sieve::By(entities),
                    FilterKey::Denied => Sieve::Denied(entities),
                    _ => Sieve::Who(entities),
                }
            }
        };
        let value = self.written.split_once(':').map_or("", |(_, value)| value);
        Ok(Resolved { sieve, value: shown(value).into(), not: self.not })
    }

    /// All of it as it was typed.
    pub(super) fn written_whole(&self) -> String {
        format!("{}{}", if self.not { "!" } else { "" }, shown(&self.written))
    }
}

impl Resolved {
    /// What it asks for, in words.
    pub(super) fn words(&self, knowledge: &Knowledge) -> String {
        let names = |all: &[EntityIx]| all.iter().map(|ix| &*knowledge.entity(*ix).name).collect();
        let (lead, all): (&str, Vec<&str>) = match &self.sieve {
            Sieve::In(topics) => ("in", topics.iter().map(|ix| &*knowledge.topic(*ix).title).collect()),
            Sieve::Is(kinds) => ("is", kinds.iter().map(|kind| kind.word()).collect()),
            Sieve::IsDenied => ("is", vec![standing::IS_DENIED]),
            Sieve::By(all) => ("by", names(all)),
            Sieve::Denied(all) => ("denied by", names(all)),
            Sieve::Who(all) => ("names", names(all)),
            Sieve::Kind(kinds) => ("kind", kinds.iter().map(|kind| kind.word()).collect()),
            Sieve::Tag(tags) => ("tag", tags.iter().map(|tag| &**tag).collect()),
            Sieve::When(..) => ("when", vec![&*self.value]),
        };
        let more = if all.len() > 2 { format!(" or {} more", all.len() - 2) } else { String::new() };
        let some: Vec<&str> = all.into_iter().take(2).collect();
        let not = if self.not { "not " } else { "" };
        format!("{not}{lead} {}{more}", some.join(" or "))
    }

    /// Whether it asks for names of some kind.
    pub(super) fn asks_for_kind(&self) -> bool {
        matches!(self.sieve, Sieve::Kind(_)) && !self.not
    }

    /// Lets a filter by time pass people and states, too: kinds of names are asked for.
    pub(super) fn take_lives(&mut self) {
        if let Sieve::When(_, _, lives) = &mut self.sieve {
            *lives = true;
        }
    }

    /// Whether what stands at `address` passes.
    pub(super) fn passes(&self, knowledge: &Knowledge, address: Address) -> bool {
        self.sieve.holds(knowledge, address) != self.not
    }
}

impl Sieve {
    fn holds(&self, knowledge: &Knowledge, address: Address) -> bool {
        let entry = match address {
            Address::Statement(ix) => Some(knowledge.statement(ix).entry),
            Address::Entry(ix) => Some(ix),
            Address::Topic(_) | Address::Entity(_) => None,
        };
        let standing = match address {
            Address::Statement(ix) => Some(&knowledge.statement(ix).standing),
            _ => None,
        };
        let party = |wanted: &[EntityIx], parties: fn(&Standing) -> &[EntityIx]| {
            standing.is_some_and(|standing| parties(standing).iter().any(|party| wanted.contains(party)))
        };
        match self {
            Self::In(topics) => match address {
                Address::Topic(ix) => topics.contains(&ix),
                _ => entry.is_some_and(|entry| topics.contains(&knowledge.entry(entry).topic)),
            },
            Self::Is(kinds) => standing.is_some_and(|standing| kinds.contains(&standing.kind())),
            Self::IsDenied => standing.is_some_and(|standing| !standing.denied_by().is_empty()),
            Self::By(wanted) => party(wanted, Standing::by),
            Self::Denied(wanted) => party(wanted, Standing::denied_by),
            Self::Who(wanted) => match address {
                Address::Entity(ix) if wanted.contains(&ix) => true,
                _ => mentioned(knowledge, address).iter().any(|entity| wanted.contains(entity)),
            },
            Self::Kind(kinds) => match address {
                Address::Entity(ix) => kinds.contains(&knowledge.entity(ix).kind),
                _ => false,
            },
            Self::Tag(wanted) => {
                entry.is_some_and(|entry| knowledge.entry(entry).tags.iter().any(|tag| wanted.contains(tag)))
            }
            Self::When(_, _, false) if is_life(knowledge, address) => false,
            Self::When(first, last, _) => date(knowledge, address, entry).is_some_and(|date| {
                let ends_after = first.is_none_or(|first| date.last_day().is_none_or(|day| day >= first));
                let starts_before = last.is_none_or(|last| date.first_day().is_none_or(|day| day <= last));
                ends_after && starts_before
            }),
        }
    }
}

/// Whether something has its time as people and states do, which live and last: who asks what happened when does not
/// mean them.
fn is_life(knowledge: &Knowledge, address: Address) -> bool {
    let Address::Entity(ix) = address else { return false };
    !matches!(knowledge.entity(ix).kind, EntityKind::Event | EntityKind::Treaty)
}

/// The entities that a statement or a summary links to, or that a statement names as parties, in order, each once.
pub(super) fn mentioned(knowledge: &Knowledge, address: Address) -> Vec<EntityIx> {
    let (text, standing) = match address {
        Address::Statement(ix) => (&knowledge.statement(ix).text, Some(&knowledge.statement(ix).standing)),
        Address::Entity(ix) => (&knowledge.entity(ix).summary, None),
        Address::Topic(ix) => (&knowledge.topic(ix).summary, None),
        Address::Entry(_) => return Vec::new(),
    };
    let parties =
        standing.into_iter().flat_map(|standing| standing.by().iter().chain(standing.denied_by())).copied();
    let mut entities: Vec<EntityIx> = Vec::new();
    for entity in text.entities().chain(parties) {
        if !entities.contains(&entity) {
            entities.push(entity);
        }
    }
    entities
}

/// When it was: a statement without a date of its own has its entry's.
pub(super) fn date(knowledge: &Knowledge, address: Address, entry: Option<EntryIx>) -> Option<Date> {
    let own = match address {
        Address::Statement(ix) => knowledge.statement(ix).when,
        Address::Entity(ix) => knowledge.entity(ix).when,
        Address::Entry(_) | Address::Topic(_) => None,
    };
    own.or_else(|| entry.and_then(|entry| knowledge.entry(entry).when))
}

/// First and last day of `1961`, `1950..1961`, `1950..`, `..1961`, `1960s`, or of any date that a file can hold.
fn days(text: &str) -> Option<(Option<i32>, Option<i32>)> {
    let edge = |part: &str| {
        let decade = part.strip_suffix("0s").map(|start| format!("{start}X"));
        decade.as_deref().unwrap_or(part).parse::<Date>().ok()
    };
    if let Some(date) = edge(text) {
        return Some((date.first_day(), date.last_day()));
    }
    let (from, to) = text.split_once("..")?;
    let first = if from.is_empty() { None } else { Some(edge(from)?.first_day()?) };
    let last = if to.is_empty() { None } else { Some(edge(to)?.last_day()?) };
    let reversed = first.zip(last).is_some_and(|(first, last)| first > last);
    (!reversed && (first.is_some() || last.is_some())).then_some((first, last))
}

fn joined(text: &str) -> String {
    let folded = Folded::of(text);
    folded.joined(0..folded.len())
}

fn some<T>(found: Vec<T>, typed: &str, what: &str) -> Result<Vec<T>, String> {
    if found.is_empty() { Err(format!("`{}` is no {what}", shown(typed))) } else { Ok(found) }
}

/// What was typed, short enough and clean enough for a note.
fn shown(typed: &str) -> String {
    crate::text::clean::clean(crate::text::width::prefix(typed, 24)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_spans() {
        let day = |text: &str| text.parse::<Date>().ok().and_then(Date::first_day);
        let end = |text: &str| text.parse::<Date>().ok().and_then(Date::last_day);
        for (text, expected) in [
            ("1961", Some((day("1961"), end("1961")))),
            ("1950..1961", Some((day("1950"), end("1961")))),
            ("1950/1953", Some((day("1950"), end("1953")))),
            ("1950..", Some((day("1950"), None))),
            ("..1961-07", Some((None, end("1961-07")))),
            ("1960s", Some((day("196X"), end("196X")))),
            ("1961..1950", None),
            ("..", None),
            ("soon", None),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
    }
}
