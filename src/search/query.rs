//! What a reader typed, taken apart: words, phrases, exclusions, filters. Any text is a query.
//!
//! Must never need a file: whether a topic or a name exists is known only when the query is asked of one.

use super::Hits;
use super::filter::{Filter, FilterKey};
use super::stopwords::is_stopword;
use crate::text::fold::Folded;

/// Terms that count; a reader types a handful, a paste may hold thousands.
const MOST_TERMS: usize = 32;

/// Words of a compound; what follows is another one.
const MOST_PARTS: usize = 8;

/// A query, taken apart. The default one asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub(super) terms: Vec<Term>,
    pub(super) filters: Vec<Filter>,
    pub(super) notes: Vec<String>,
    /// All of it, if it may be the address of something in a file; empty if not.
    pub(super) whole: String,
    /// The words that were found by scattered letters; unknown until the query has been asked.
    pub(super) scattered: Option<Vec<String>>,
    /// The words that the file has as they are written.
    pub(super) whole_words: Vec<String>,
    /// Its last word is not being typed any more.
    pub(super) is_finished: bool,
    /// Its words are not asked for what they mean.
    pub(super) is_literal: bool,
}

/// A word or a phrase to look for, or to leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// Folded; several in a phrase, or in a word with hyphens.
    pub(super) words: Vec<String>,
    pub(super) kind: TermKind,
    /// `!`: what it matches is left out.
    pub(super) not: bool,
    /// It need not match.
    pub(super) optional: bool,
}

/// How a [`Term`]'s words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TermKind {
    /// Fuzzily; the words of a compound as one if that finds anything.
    Word,
    /// Exactly, one after the other.
    Phrase,
    /// A phrase that is still being typed: its last word may go on.
    OpenPhrase,
}

/// The next piece of a query as it was typed.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    not: bool,
    /// What stands before a colon.
    key: Option<&'a str>,
    value: &'a str,
    quoted: Option<TermKind>,
    /// All of it, but for the `!`.
    written: &'a str,
}

impl Query {
    /// What a text asks for: words, phrases, exclusions and filters. Any text is a query.
    ///
    /// Takes time in proportion to the text's length; control characters separate words.
    ///
    /// ```
    /// use tumen::search::{Index, Query};
    ///
    /// let knowledge = tumen::load::shipped().unwrap().knowledge;
    /// let index = Index::build(&knowledge);
    /// let hits = index.search(&knowledge, &Query::parse("who:khrushchev is:established treaty"), 10);
    /// assert_eq!(knowledge.address_text(hits.rows[0].address), "history/treaty-1961#H25");
    /// ```
    pub fn parse(text: &str) -> Self {
        let is_finished = text.ends_with(is_space);
        let mut query = Self { whole: address(text), is_finished, ..Self::default() };
        let (mut rest, mut pieces) = (text, 0);
        while let Some((piece, after)) = next_piece(rest) {
            pieces += 1;
            if pieces > MOST_TERMS {
                query.notes.push(format!("only the first {MOST_TERMS} words are searched"));
                break;
            }
            query.add(piece);
            rest = after;
        }
        query.terms.truncate(MOST_TERMS);
        free_stopwords(&mut query.terms);
        query
    }

    /// Looks for `terms` too; saying a thing twice does not change what is asked.
    fn add_terms(&mut self, terms: Vec<Term>) {
        for term in terms {
            if !self.terms.contains(&term) {
                self.terms.push(term);
            }
        }
    }

    fn add(&mut self, piece: Piece<'_>) {
        let Some(key) = piece.key else {
            self.add_terms(terms(piece.value, piece.quoted, piece.not));
            return;
        };
        let read = FilterKey::of(key)
            .ok_or_else(|| format!("`{key}:` is no filter"))
            .and_then(|key| Filter::read(key, piece.value, piece.written, piece.not));
        match read {
            Ok(filter) => self.filters.extend(filter),
            Err(why) => {
                self.notes.push(format!("{why}; searched as words"));
                self.add_terms(terms(piece.written, None, piece.not));
            }
        }
    }

    /// The same query, of which nothing is being typed any more: its last word is whole.
    #[must_use]
    pub fn finished(self) -> Self {
        Self { is_finished: true, ..self }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.filters.is_empty()
    }

    /// The query as it was found, so that [`marks()`](super::marks()) shows what matched in the way it matched: words corrected,
    /// and scattered letters only where nothing better was found.
    #[must_use]
    pub fn understood(self, hits: &Hits) -> Self {
        let (scattered, whole_words) = (Some(hits.scattered.clone()), hits.whole.clone());
        Self { scattered, whole_words, ..self.corrected(&hits.corrected) }
    }

    /// The query with each word of `corrected` replaced as [`super::Hits::corrected`] says, so that [`marks()`](super::marks())
    /// shows what was found.
    #[must_use]
    pub fn corrected(mut self, corrected: &[(String, String)]) -> Self {
        for word in self.terms.iter_mut().filter(|term| !term.not).flat_map(|term| &mut term.words) {
            if let Some((_, right)) = corrected.iter().find(|(wrong, _)| wrong == word) {
                word.clone_from(right);
            }
        }
        self
    }
}

/// Lets stop words go unmatched if anything else is looked for.
pub(super) fn free_stopwords(terms: &mut [Term]) {
    let is_free = |term: &Term| {
        let stop = matches!(&*term.words, [word] if is_stopword(word));
        !term.not && term.kind == TermKind::Word && stop
    };
    if terms.iter().any(|term| !term.not && !is_free(term)) {
        for term in terms.iter_mut() {
            term.optional = is_free(term);
        }
    }
}

/// The terms that a text is made of.
pub(super) fn terms(text: &str, quoted: Option<TermKind>, not: bool) -> Vec<Term> {
    let folded = Folded::of(text);
    if let Some(kind) = quoted {
        let words: Vec<String> = folded.words().take(MOST_TERMS).map(str::to_owned).collect();
        return if words.is_empty() { Vec::new() } else { vec![Term { words, kind, not, optional: false }] };
    }
    let mut terms: Vec<Term> = Vec::new();
    for (ix, word) in folded.words().enumerate().take(MOST_TERMS) {
        match terms.last_mut() {
            Some(term) if folded.is_glued(ix) && term.words.len() < MOST_PARTS => {
                term.words.push(word.to_owned());
            }
            _ => {
                terms.push(Term { words: vec![word.to_owned()], kind: TermKind::Word, not, optional: false });
            }
        }
    }
    terms
}

/// The longest address that is looked up, in bytes.
const LONGEST_ADDRESS: usize = 200;

/// The text without blanks around it, if it is written as an address of several parts.
fn address(text: &str) -> String {
    let text = text.trim();
    let is_one = text.len() <= LONGEST_ADDRESS && text.contains(['/', '#']) && !text.contains(is_space);
    if is_one { text.to_owned() } else { String::new() }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// The first piece of `text` and what follows it.
fn next_piece(text: &str) -> Option<(Piece<'_>, &str)> {
    let text = text.trim_start_matches(is_space);
    if text.is_empty() {
        return None;
    }
    // As search engines do, a hyphen before a word leaves it out, too; alone it is a dash or begins an item of a list.
    let excluded = text.strip_prefix('!').filter(|rest| !rest.starts_with(is_space) && !rest.is_empty());
    let begins = |rest: &&str| rest.starts_with(|c: char| c.is_alphanumeric() || is_quote(c));
    let excluded = excluded.or_else(|| text.strip_prefix('-').filter(begins));
    let (not, text) = excluded.map_or((false, text), |rest| (true, rest));
    let bare = text.split(is_space).next().unwrap_or_default();
    let key = bare.split_once(':').map(|(key, _)| key);
    let key = key.filter(|key| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphabetic()));
    let from = key.map_or(0, |key| key.len() + 1);
    let body = text.get(from..).unwrap_or_default();
    let (value, quoted, used) = if body.starts_with(is_quote) {
        quotation(body)
    } else {
        let value = body.split(is_space).next().unwrap_or_default();
        (value, None, value.len())
    };
    let (written, after) = text.split_at_checked(from + used).unwrap_or((text, ""));
    // "Treaty: friendship" is a word with a colon, not a filter, unless there is such a filter.
    let key = key.filter(|key| !value.is_empty() || FilterKey::of(key).is_some());
    let value = if key.is_none() && quoted.is_none() { written } else { value };
    let quoted = if key.is_none() && from > 0 { None } else { quoted };
    Some((Piece { not, key, value, quoted, written }, after))
}

/// What stands between the quotation mark at the start of `text` and the next one, and how many bytes that takes.
fn quotation(text: &str) -> (&str, Option<TermKind>, usize) {
    let mut quotes = text.char_indices().filter(|(_, c)| is_quote(*c));
    let from = quotes.next().map_or(0, |(at, c)| at + c.len_utf8());
    match quotes.next() {
        Some((to, c)) => (text.get(from..to).unwrap_or_default(), Some(TermKind::Phrase), to + c.len_utf8()),
        None => (text.get(from..).unwrap_or_default(), Some(TermKind::OpenPhrase), text.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The terms of a query, written plainly.
    fn plain(text: &str) -> Vec<String> {
        let query = Query::parse(text);
        let terms = query.terms.iter().map(|term| {
            let not = if term.not { "!" } else { "" };
            match term.kind {
                TermKind::Word => format!("{not}{}", term.words.join("-")),
                TermKind::Phrase => format!("{not}\"{}\"", term.words.join(" ")),
                TermKind::OpenPhrase => format!("{not}\"{}", term.words.join(" ")),
            }
        });
        terms.chain(query.filters.iter().map(|filter| filter.written.clone())).collect()
    }

    #[test]
    fn any_text_is_taken_apart() {
        for (text, expected) in [
            ("", vec![]),
            ("   !  ", vec![]),
            ("Kim Jong-un", vec!["kim", "jong-un"]),
            ("treaty !war", vec!["treaty", "!war"]),
            ("\"mutual defence\" pact", vec!["\"mutual defence\"", "pact"]),
            ("“mutual defence” pact", vec!["\"mutual defence\"", "pact"]),
            ("\"mutual def", vec!["\"mutual def"]),
            ("!\"space launch\"", vec!["!\"space launch\""]),
            ("treaty -war", vec!["treaty", "!war"]),
            ("-\"space launch\" - rocket", vec!["!\"space launch\"", "rocket"]),
            ("is:alleged arms", vec!["arms", "is:alleged"]),
            ("who:\"kim jong-un\" 2019", vec!["2019", "who:\"kim jong-un\""]),
            ("in:", vec![]),
            ("Treaty: friendship", vec!["treaty", "friendship"]),
            ("when:yesterday", vec!["when", "yesterday"]),
            ("https://example.org", vec!["https", "example", "org"]),
            ("a\u{0}b\u{7}c", vec!["a", "b", "c"]),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_does_not_parse_is_said() {
        for (text, note) in [
            ("is:maybe", "`maybe` is no standing; searched as words"),
            ("when:yesterday", "`yesterday` is no date; searched as words"),
            ("kind:ship", "`ship` is no kind; searched as words"),
            ("foo:bar", "`foo:` is no filter; searched as words"),
        ] {
            assert_eq!(Query::parse(text).notes, [note]);
        }
        assert!(Query::parse("is: Treaty: in:history").notes.is_empty());
    }

    #[test]
    fn a_paste_is_cut() {
        let paste = (0..100).map(|word| format!("word{word}")).collect::<Vec<_>>().join(" ");
        let query = Query::parse(&paste);
        assert_eq!(query.terms.len(), MOST_TERMS);
        assert_eq!(query.notes.len(), 1);
    }
}
