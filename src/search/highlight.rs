//! Which letters of a text a query's words match, so that they can be shown.
//!
//! What comes back are byte ranges of the text as it is written, at the boundaries of what a reader sees as one
//! character. Must never need the index: a page is marked in the same way as a row of hits, and both only where they
//! are seen.

use std::cell::LazyCell;
use std::ops::Range;

use super::family::is_of_family;
use super::inflection::{inflections, may_be_inflected};
use super::query::{Query, TermKind};
use super::similarity::{EXACT, INFLECTED, PREFIX, RELATED, SUBSTRING, holding, letters, similarity};
use super::spelling::{american, forms};
use super::tokenize::{initials, runs};
use crate::text::fold::{Folded, merged};

/// Words up to which a text counts as a name, of which each run of words is a word too.
const NAME: usize = 6;

/// The letters of `text` that the words and phrases of `query` match, in order, without overlap.
///
/// Where a word is found as such or in part, its scattered letters elsewhere are not marked. Whether it is found so
/// anywhere but in `text` is known once [`Query::understood`] has been told.
pub fn marks(query: &Query, text: &str) -> Vec<Range<usize>> {
    let folded = Folded::of(text);
    let mut found = Vec::new();
    let is_short = |word: &str| word.chars().count() <= SHORT;
    for term in query.terms.iter().filter(|term| !term.not && !term.optional) {
        if term.kind != TermKind::Word {
            let open = term.kind == TermKind::OpenPhrase;
            phrase(&term.words, open, &folded, &mut found);
            continue;
        }
        let before = found.len();
        if term.words.len() > 1 {
            word(&forms(&term.words.concat()), Marked::Held, &folded, &mut found);
        }
        if found.len() == before {
            for part in &term.words {
                let is_whole = query.whole_words.contains(part);
                let marked = match &query.scattered {
                    _ if is_short(part) && (is_whole || term.words.len() > 1) => Marked::Whole,
                    _ if is_whole => Marked::Start,
                    Some(scattered) if !scattered.contains(part) => Marked::Held,
                    _ => Marked::Any,
                };
                word(&forms(part), marked, &folded, &mut found);
            }
        }
    }
    merged(found)
}

/// What of a text a word of the query may mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Marked {
    /// Scattered letters, too.
    Any,
    /// Words that hold it as it is written.
    Held,
    /// Words that start with it.
    Start,
    /// The word itself and its other forms.
    Whole,
}

/// Letters of a word that stands at the start of too many others.
const SHORT: usize = 3;

/// Marks a word given in all its spellings.
fn word(forms: &[String], held: Marked, text: &Folded, found: &mut Vec<Range<usize>>) {
    let best = |word: &str| best(forms, held, word);
    let mut matches: Vec<(u16, Range<usize>, String)> = Vec::new();
    // Few texts hold a word that may be one of them, and a screen has many texts.
    let inflected = LazyCell::new(|| forms.iter().flat_map(|form| inflections(form)).collect::<Vec<_>>());
    for (ix, own) in text.words().enumerate() {
        if let Some(worth) = best(own) {
            matches.push((worth, ix..ix + 1, own.to_owned()));
        } else if forms.iter().any(|form| may_be_inflected(form, own))
            && inflected.iter().any(|form| form == own)
        {
            matches.push((INFLECTED, ix..ix + 1, own.to_owned()));
        } else if held <= Marked::Held && forms.iter().any(|form| is_of_family(form, own)) {
            matches.push((RELATED, ix..ix + 1, own.to_owned()));
        } else if let Some(spelled) = american(own) {
            matches.extend(best(&spelled).map(|worth| (worth, ix..ix + 1, spelled)));
        }
    }
    let mut top = matches.iter().map(|(worth, ..)| *worth).max().unwrap_or(0);
    if top < SUBSTRING {
        let all = if text.len() <= NAME { runs(text.len()) } else { text.compounds() };
        for run in all {
            let joined = text.joined(run.clone());
            if let Some(worth) = best(&joined) {
                top = top.max(worth);
                matches.push((worth, run, joined));
            }
        }
    }
    if top < SUBSTRING && abbreviated(forms, text, found) {
        return;
    }
    let floor = top.min(SUBSTRING);
    for (_, run, spelling) in matches.iter().filter(|(worth, ..)| *worth >= floor) {
        let Some(form) = forms.iter().max_by_key(|form| similarity(form, spelling)) else { continue };
        let own = text.joined(run.clone());
        let same = own.chars().zip(spelling.chars()).take_while(|(a, b)| a == b).count();
        let hit = letters(form, spelling).unwrap_or_default();
        if !hit.is_empty() && (own == *spelling || hit.iter().all(|letter| *letter < same)) {
            found.extend(hit.iter().map(|letter| text.origin(run.start, *letter)));
        } else {
            // Found in another spelling or form: there are no letters to point at, so it is the whole word.
            found.extend((0..own.chars().count()).map(|letter| text.origin(run.start, letter)));
        }
    }
}

/// Marks the first letters of a name that begins with these initials, if it does.
fn abbreviated(forms: &[String], name: &Folded, found: &mut Vec<Range<usize>>) -> bool {
    let initials = initials(name).unwrap_or_default();
    let form = forms.iter().find(|form| initials.starts_with(*form));
    found.extend((0..form.map_or(0, |form| form.chars().count())).map(|word| name.origin(word, 0)));
    form.is_some()
}

fn best(forms: &[String], marked: Marked, word: &str) -> Option<u16> {
    let similarity = if marked == Marked::Any { similarity } else { holding };
    let least = match marked {
        Marked::Any | Marked::Held => 0,
        Marked::Start => PREFIX,
        Marked::Whole => EXACT,
    };
    forms.iter().filter_map(|form| similarity(form, word)).max().filter(|worth| *worth >= least)
}

/// Marks each place where the words follow one another.
fn phrase(words: &[String], open: bool, text: &Folded, found: &mut Vec<Range<usize>>) {
    let last = words.len().saturating_sub(1);
    let same = |wanted: &str, own: &str, ix: usize| {
        own == wanted || (open && ix == last && own.starts_with(wanted)) || forms(own) == forms(wanted)
    };
    let fits = |ix: usize, wanted: &String, from: usize| {
        let own = text.word(from + ix);
        let alike = forms(own).iter().any(|own| forms(wanted).iter().any(|wanted| same(wanted, own, ix)));
        !own.is_empty() && alike
    };
    for from in (0..text.len()).filter(|_| !words.is_empty()) {
        if words.iter().enumerate().all(|(ix, wanted)| fits(ix, wanted, from)) {
            for (ix, wanted) in words.iter().enumerate() {
                let letters = text.word(from + ix).chars().count();
                let typed = if open && ix == last { wanted.chars().count().min(letters) } else { letters };
                found.extend((0..typed).map(|letter| text.origin(from + ix, letter)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_marked_in_the_text_as_it_is_written() {
        for (query, text, expected) in [
            ("trea", "The Treaty of 1961", vec!["Trea"]),
            ("treaty 1961", "The Treaty of 1961", vec!["Treaty", "1961"]),
            ("zoe", "Café Zoë’s", vec!["Zoë"]),
            ("jong-un", "Kim Jong-un and Kim Jong-il", vec!["Jong", "un"]),
            ("jong-un", "The United Nations and Kim Jong-il", vec!["Jong"]),
            ("kimjongun", "Kim Jong-un", vec!["Kim", "Jong", "un"]),
            ("kju", "Kim Jong-un", vec!["K", "J", "u"]),
            ("정은", "김정은 위원장", vec!["정은"]),
            ("defense", "mutual defence", vec!["defence"]),
            ("defen", "mutual defence", vec!["defen"]),
            ("\"mutual defense\"", "a mutual defence pact, mutual aid", vec!["mutual", "defence"]),
            ("\"mutual def", "a mutual defence pact", vec!["mutual", "def"]),
            ("treaty !pact", "treaty and pact", vec!["treaty"]),
            ("korea", "Korea, Korean, keramos road", vec!["Korea", "Korea"]),
            ("who has the treaty", "Who has the Treaty", vec!["Treaty"]),
            ("visits", "He visited twice", vec!["visited"]),
            ("", "anything", vec![]),
        ] {
            let found = marks(&Query::parse(query), text);
            let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{query} in {text}");
        }
    }
}
