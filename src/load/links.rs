//! Follows what refers to something: ids, addresses, links. What leads nowhere is a fault and is left out.
//!
//! Must never resolve to something of another kind than was asked for.

use std::ops::Range;

use hashbrown::HashSet;

use super::fault::{Fault, Sort, Wanted, noun};
use super::faults::Faults;
use super::pass::Pass;
use super::value::Str;
use crate::knowledge::{Address, EntityIx, Few, Item, MarkKind, SourceIx, StatementIx};
use crate::text::clean::is_hostile;

/// The most items that are looked through faster than a table is made of them.
const FEW: usize = 8;

/// Whether `url` is an address of the web that may be shown: `http:` or `https:`, in letters of any case, with a host,
/// and nothing that could hide in it.
pub(super) fn is_web(url: &str) -> bool {
    let host = url
        .split_once("://")
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"));
    host.is_some_and(|(_, rest)| !rest.is_empty() && !rest.starts_with('/')) && is_safe(url)
}

/// Whether `url` is an address of mail, as a text may have one.
fn is_mail(url: &str) -> bool {
    let to = url.split_once(':').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("mailto"));
    let has_host = to
        .and_then(|(_, to)| to.split_once('@'))
        .is_some_and(|(who, host)| !who.is_empty() && !host.is_empty());
    has_host && is_safe(url)
}

/// Whether nothing in `url` could hide, or end it too early.
fn is_safe(url: &str) -> bool {
    !url.chars().any(|c| c.is_whitespace() || is_hostile(c))
}

/// Whether `to` begins with the scheme of a URL.
fn has_scheme(to: &str) -> bool {
    to.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

impl Pass<'_, '_> {
    /// What the id `text` names, if that is `wanted`; else the fault that it is, without a place and a remedy.
    fn find(&self, id: &str, wanted: Wanted) -> Result<Item, Fault> {
        let fault = |what| Fault { at: None, ..Fault::at(0..0, what, "") };
        match self.names.ids.get(id) {
            Some(item) if wanted.accepts(item) => Ok(item),
            Some(item) => Err(fault(format!("`{id}` is {}, not {}", noun(item), wanted.noun()))),
            None => {
                let sort = Sort::Unknown(id.to_owned(), wanted);
                Err(Fault { sort, ..fault(format!("no {} `{id}`", wanted.bare())) })
            }
        }
    }

    /// What the id `text` names, if that is `wanted`; `field` is where it stands.
    pub(super) fn item(
        &mut self,
        text: &Str<'_>,
        near: &Range<usize>,
        of: (&'static str, Wanted),
    ) -> Option<Item> {
        let (field, wanted) = of;
        if text.0.is_empty() {
            self.empty(text, near, field);
            return None;
        }
        match self.find(&text.0, wanted) {
            Ok(item) => Some(item),
            Err(fault) => {
                let at = Some(self.faults.place(text, near));
                let remedy = format!("`{field}` takes the id of {}", wanted.noun());
                self.faults.push(Fault { at, remedy, ..fault });
                None
            }
        }
    }

    /// What is `kept` of the items that the ids `texts` name, in their order, each once.
    pub(super) fn items<T>(
        &mut self,
        texts: &[Str<'_>],
        near: &Range<usize>,
        of: (&'static str, Wanted),
        kept: impl Fn(Item) -> Option<T>,
    ) -> Few<T> {
        if let [text] = texts {
            return self.item(text, near, of).and_then(kept).into_iter().collect();
        }
        let mut items = Vec::with_capacity(texts.len());
        let mut seen = None;
        for text in texts {
            let Some(item) = self.item(text, near, of) else { continue };
            let twice = if texts.len() > FEW {
                !seen.get_or_insert_with(HashSet::new).insert(item)
            } else {
                items.contains(&item)
            };
            if twice {
                let at = self.faults.place(text, near);
                let what = format!("`{}` stands twice in `{}`", text.0, of.0);
                self.faults.push(Fault::at(at, what, "remove one of the two"));
                continue;
            }
            items.push(item);
        }
        items.into_iter().filter_map(kept).collect()
    }

    /// The entities that `texts` name.
    pub(super) fn entities(
        &mut self,
        texts: &[Str<'_>],
        near: &Range<usize>,
        field: &'static str,
    ) -> Few<EntityIx> {
        let entity = |item| if let Item::Entity(ix) = item { Some(ix) } else { None };
        self.items(texts, near, (field, Wanted::Entity), entity)
    }

    /// The sources that `texts` name.
    pub(super) fn sources(&mut self, texts: &[Str<'_>], near: &Range<usize>) -> Few<SourceIx> {
        let source = |item| if let Item::Source(ix) = item { Some(ix) } else { None };
        self.items(texts, near, ("sources", Wanted::Source), source)
    }

    /// The entity that `text` names.
    pub(super) fn entity(
        &mut self,
        text: &Str<'_>,
        near: &Range<usize>,
        field: &'static str,
    ) -> Option<EntityIx> {
        match self.item(text, near, (field, Wanted::Entity))? {
            Item::Entity(ix) => Some(ix),
            _ => None,
        }
    }

    /// The statement that `text` names.
    pub(super) fn statement_named(
        &mut self,
        text: &Str<'_>,
        near: &Range<usize>,
        field: &'static str,
    ) -> Option<StatementIx> {
        match self.item(text, near, (field, Wanted::Statement))? {
            Item::Statement(ix) => Some(ix),
            _ => None,
        }
    }

    /// What the address `written` leads to. One whose last part is right leads there, even if what stands before it
    /// is not: that is a fault all the same. `place` says where it is written; only a fault asks.
    fn follow(&mut self, written: &str, place: impl Fn(&Faults<'_>) -> Range<usize>) -> Option<Item> {
        let mut parts = written.trim().rsplit(['/', '#']);
        let id = parts.next().unwrap_or_default();
        match self.find(id, Wanted::Place) {
            Ok(item) => {
                if !self.names.lies_in(item, parts) {
                    let address = self.names.address(item);
                    let what = format!(
                        "`{id}` is not in `{}`",
                        written.trim_end_matches(id).trim_end_matches(['/', '#'])
                    );
                    let at = place(&self.faults);
                    self.faults.push(Fault::at(at, what, format!("write `{address}`, or `{id}` alone")));
                }
                Some(item)
            }
            Err(fault) => {
                let remedy = "a place is the id of an entity, entry, statement or topic".to_owned();
                let at = Some(place(&self.faults));
                self.faults.push(Fault { at, remedy, ..fault });
                None
            }
        }
    }

    /// The place that the address `text` leads to.
    pub(super) fn address(
        &mut self,
        text: &Str<'_>,
        near: &Range<usize>,
        field: &'static str,
    ) -> Option<Item> {
        if text.0.trim().is_empty() {
            self.empty(text, near, field);
            return None;
        }
        self.follow(&text.0, |faults| faults.place(text, near))
    }

    /// What the link to `to` means, which stands at the bytes `at` of `text`. `None` leaves plain text.
    pub(super) fn link(
        &mut self,
        text: &Str<'_>,
        to: &str,
        at: &Range<usize>,
        near: &Range<usize>,
    ) -> Option<MarkKind> {
        if is_web(to) || is_mail(to) {
            return Some(MarkKind::Web(to.into()));
        }
        let place = |faults: &Faults<'_>| faults.part(text, &destination(&text.0, to, at), near);
        let (what, remedy) = if to.is_empty() {
            ("a link that leads nowhere".to_owned(), "write [text](id) or [text](https://…)")
        } else if has_scheme(to) {
            let scheme = to.split(':').next().unwrap_or_default();
            let what = if ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
                format!("`{to}` is no web address")
            } else if scheme.eq_ignore_ascii_case("mailto") {
                format!("`{to}` is no address of mail")
            } else {
                format!("a link to `{scheme}:`, which is not allowed")
            };
            (what, "links lead to ids of this file, to https:// or http:// addresses, or to mailto: ones")
        } else {
            return self.follow(to, place).and_then(Address::of).map(MarkKind::Link);
        };
        self.faults.push(Fault::at(place(&self.faults), what, remedy));
        None
    }

    /// What the picture at `to` means: its words lead to its address. `None` leaves plain text.
    pub(super) fn picture(
        &mut self,
        text: &Str<'_>,
        to: &str,
        at: &Range<usize>,
        near: &Range<usize>,
    ) -> Option<MarkKind> {
        if is_web(to) {
            return Some(MarkKind::Web(to.into()));
        }
        let place = self.faults.part(text, &destination(&text.0, to, at), near);
        let what = if to.is_empty() {
            "a picture without an address".to_owned()
        } else {
            format!("a picture at `{to}`, which is no web address")
        };
        let remedy = "write one that begins with https:// or http://; pictures are not shown, their words and addresses are";
        self.faults.push(Fault::at(place, what, remedy));
        None
    }

    /// The web address of a source.
    pub(super) fn web(&mut self, text: Option<&Str<'_>>, near: &Range<usize>) -> Option<Box<str>> {
        let text = text?;
        if is_web(&text.0) {
            return Some((*text.0).into());
        }
        let at = self.faults.place(text, near);
        let what = format!("`{}` is no web address", text.0);
        self.faults.push(Fault::at(
            at,
            what,
            "write one that begins with https:// or http://, or leave `url` out",
        ));
        None
    }
}

/// Where in `text` the destination `to` of the link at `at` is written; all of the link if it is written elsewhere.
fn destination(text: &str, to: &str, at: &Range<usize>) -> Range<usize> {
    let link = text.get(at.clone()).unwrap_or_default();
    let from = link.rfind("](").map_or(0, |from| from + 2);
    match link.get(from..).and_then(|rest| rest.find(to)) {
        Some(found) if !to.is_empty() => at.start + from + found..at.start + from + found + to.len(),
        _ => at.clone(),
    }
}
