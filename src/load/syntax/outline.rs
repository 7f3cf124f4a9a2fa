//! Walks through a file by its outline: names, brackets, commas. What stands between them, `ron` reads, each value at
//! its place (`value`).
//!
//! Where something else stands than has to, that is a fault, and reading goes on behind the smallest part that holds
//! it: a field, or an item of a list. Must never end at a fault behind which anything can still be told apart.

use std::mem;
use std::ops::Range;
use std::sync::OnceLock;

use ron::error::Error;

use super::super::fault::Fault;
use super::brackets::{Unpaired, has_fields, unpaired};
use super::lexer::{Kind, Token, Tokens};
use super::messages;
use super::sink::Sink;

/// Bytes of a long list that are read in one go: some milliseconds' work.
const PIECE: usize = 1 << 18;

/// Something that can stand behind a field's name, or in a list.
pub(in crate::load) trait Value<'s>: Sized {
    /// Reads the one that stands here.
    fn read(outline: &mut Outline<'s, '_>) -> Result<Self, Unread>;
}

/// Something that is written `Name(field: value, …)`.
pub(in crate::load) trait Structure<'s>: Default {
    /// Its name.
    const NAME: &'static str;
    /// The names of its fields.
    const FIELDS: &'static [&'static str];
    /// The names of all structures: what is called otherwise is one of them misspelt.
    const ALL: &'static [&'static str];
    /// Reads the value of `field`, which is one of its own.
    fn read_field(&mut self, field: &str, outline: &mut Outline<'s, '_>) -> Result<(), Unread>;
}

/// Why something could not be read.
#[derive(Debug)]
pub(in crate::load) enum Unread {
    /// This is wrong with it. What is read in it does not count; what stands behind it does.
    Value(Box<Fault>),
    /// The rest of the file: nothing in it can be told apart. Why, the sink knows.
    Rest,
}

/// What those share who read parts of one file.
pub(in crate::load) struct Whole<'s> {
    /// The text of the file.
    pub(in crate::load) source: &'s str,
    /// Where it begins in what the places are counted from.
    pub(in crate::load) base: usize,
    /// Bytes of a long list that are read in one go.
    pub(in crate::load) piece: usize,
    /// Called with the bytes that were read since the last call, on any thread.
    pub(in crate::load) progress: &'s (dyn Fn(usize) + Sync),
    unpaired: OnceLock<Option<Unpaired>>,
}

impl<'s> Whole<'s> {
    /// The file whose text is `source`, which begins at byte `base`.
    pub(in crate::load) fn new(source: &'s str, base: usize, progress: &'s (dyn Fn(usize) + Sync)) -> Self {
        Self { source, base, piece: PIECE, progress, unpaired: OnceLock::new() }
    }

    /// The first bracket without a partner.
    pub(super) fn unpaired(&self) -> Option<Unpaired> {
        *self.unpaired.get_or_init(|| unpaired(self.source))
    }
}

/// A place in the text of a file, which moves on as it is read, and what is wrong before it.
pub(in crate::load) struct Outline<'s, 'w> {
    pub(in crate::load) whole: &'w Whole<'s>,
    pub(super) tokens: Tokens<'s>,
    /// What stands here; `None` at the end of the file.
    pub(super) next: Option<Token>,
    /// Where the token before it ends.
    before: usize,
    pub(in crate::load) sink: Sink,
    /// The structure that this is in, by its bracket, and the field of it.
    within: Option<(usize, Option<&'static str>)>,
    /// The innermost list that this is in, by its bracket.
    list: usize,
}

impl<'s, 'w> Outline<'s, 'w> {
    /// The place at byte `at`, which must not lie within a text or a comment.
    pub(in crate::load) fn new(whole: &'w Whole<'s>, at: usize) -> Self {
        let mut tokens = Tokens::new(whole.source, at);
        let next = tokens.next();
        Self { whole, tokens, next, before: at, sink: Sink::default(), within: None, list: at }
    }

    /// Another place of the same list.
    pub(in crate::load) fn part(&self, at: usize) -> Self {
        Self { within: self.within, list: self.list, ..Self::new(self.whole, at) }
    }

    /// Goes on at byte `at`.
    pub(in crate::load) fn seek(&mut self, at: usize) {
        self.before = at;
        self.tokens.seek(at);
        self.next = self.tokens.next();
    }

    /// Where the token before this place ends.
    pub(in crate::load) fn before(&self) -> usize {
        self.before
    }

    /// What kind of thing stands here; `None` at the end of the file.
    pub(in crate::load) fn kind(&self) -> Option<Kind> {
        self.next.as_ref().map(|token| token.kind)
    }

    /// The byte at which the next token stands.
    pub(in crate::load) fn place(&self) -> usize {
        self.next.as_ref().map_or(self.whole.source.len(), |token| token.at.start)
    }

    /// What stands here, if it is of this kind; nothing is passed over.
    pub(in crate::load) fn is_at(&self, kind: Kind) -> bool {
        self.next.as_ref().is_some_and(|token| token.kind == kind)
    }

    /// Passes over what stands here, and says where it is.
    pub(in crate::load) fn take(&mut self) -> Range<usize> {
        let end = self.whole.source.len();
        let taken = mem::replace(&mut self.next, self.tokens.next()).map_or(end..end, |token| token.at);
        self.before = taken.end;
        taken
    }

    /// Passes over what stands here, if it is of this kind.
    pub(in crate::load) fn has(&mut self, kind: Kind) -> bool {
        let is = self.is_at(kind);
        if is {
            self.take();
        }
        is
    }

    /// The text of `at`.
    pub(in crate::load) fn text(&self, at: &Range<usize>) -> &'s str {
        self.whole.source.get(at.clone()).unwrap_or_default()
    }

    /// The name that stands here, as it is meant, if one does.
    pub(in crate::load) fn word(&self) -> Option<&'s str> {
        let token = self.next.as_ref().filter(|token| token.kind == Kind::Word)?;
        let word = self.text(&token.at);
        Some(word.strip_prefix("r#").unwrap_or(word))
    }

    /// Whether what stands here has this behind it.
    pub(in crate::load) fn is_before(&self, kind: Kind) -> bool {
        self.tokens.clone().next().is_some_and(|token| token.kind == kind)
    }

    /// `Name(field: value, …)`, where the name may be left out.
    pub(in crate::load) fn structure<T: Structure<'s>>(&mut self) -> Result<T, Unread> {
        let place = self.next.as_ref().map(|token| token.at.clone());
        match (self.word(), place) {
            (Some(found), Some(at))
                if found != T::NAME && !found.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                let unread = self.fault(at.clone(), messages::other_name(T::NAME, found));
                let is_known = self.within.is_some() && T::ALL.contains(&found);
                let is_meant =
                    !is_known && self.is_before(Kind::Open('(')) && has_fields(self.whole.source, at.end);
                self.forgive(unread, is_meant)?;
                self.take();
            }
            (Some(found), _) if found == T::NAME => drop(self.take()),
            _ => {}
        }
        self.fields()
    }

    /// `(field: value, …)`
    pub(in crate::load) fn fields<T: Structure<'s>>(&mut self) -> Result<T, Unread> {
        let open = self.open('(', &Error::ExpectedStructLike)?;
        let outer = self.within.replace((open, None));
        let mut value = T::default();
        let mut given = 0_u32;
        let read = loop {
            if self.has(Kind::Close(')')) {
                break Ok(value);
            }
            let begin = self.place();
            self.within = Some((open, None));
            let read = self.field(&mut value, &mut given);
            if let Err(rest) = self.go_on(read, begin).and_then(|()| self.comma(begin, ')')) {
                break Err(rest);
            }
        };
        self.within = outer;
        read
    }

    /// `field: value`. `given` are the fields that `value` has already.
    fn field<T: Structure<'s>>(&mut self, value: &mut T, given: &mut u32) -> Result<(), Unread> {
        let Some(name) = self.word() else { return Err(self.unexpected(&Error::ExpectedIdentifier)) };
        let known = T::FIELDS.iter().position(|field| *field == name);
        let Some((number, field)) = known.and_then(|at| Some((at, *T::FIELDS.get(at)?))) else {
            return Err(self.unknown_field::<T>(name));
        };
        if *given & 1 << number != 0 {
            let at = self.take();
            return Err(self.fault(at, messages::given_twice(name)));
        }
        *given |= 1 << number;
        self.take();
        if let Some((_, within)) = &mut self.within {
            *within = Some(field);
        }
        if !self.has(Kind::Sign(':')) {
            return Err(self.unexpected(&Error::ExpectedMapColon));
        }
        value.read_field(field, self)
    }

    fn unknown_field<T: Structure<'s>>(&mut self, name: &str) -> Unread {
        let is_item = self.is_before(Kind::Open('('));
        let at = self.take();
        match self.within {
            Some((open, _)) if is_item => {
                // `Statement(… Statement(…`: no field, but the next item, because this one has not ended.
                let said = messages::item_in_item(name, self.line(open));
                let unread = self.fault(at, said);
                self.last(unread)
            }
            _ => self.fault(at, messages::unknown_field(name, T::NAME, T::FIELDS)),
        }
    }

    /// `[item, …]`
    pub(in crate::load) fn list<T: Value<'s>, L: Default + Extend<T>>(&mut self) -> Result<L, Unread> {
        let outer = self.open_list()?;
        let mut items = L::default();
        self.items(usize::MAX, &mut items)?;
        self.close_list(outer)?;
        Ok(items)
    }

    /// Passes over the bracket that opens a list, and says which list it is in.
    pub(in crate::load) fn open_list(&mut self) -> Result<usize, Unread> {
        let open = self.open('[', &Error::ExpectedArray)?;
        Ok(mem::replace(&mut self.list, open))
    }

    /// Passes over the bracket that closes a list which is in the list `outer`.
    pub(in crate::load) fn close_list(&mut self, outer: usize) -> Result<(), Unread> {
        self.list = outer;
        if self.has(Kind::Close(']')) { Ok(()) } else { Err(self.unexpected(&Error::ExpectedArrayEnd)) }
    }

    /// Reads items up to the end of their list, or up to byte `end`.
    pub(in crate::load) fn items<T: Value<'s>>(
        &mut self,
        end: usize,
        items: &mut impl Extend<T>,
    ) -> Result<(), Unread> {
        loop {
            let begin = self.place();
            if begin >= end || self.is_at(Kind::Close(']')) {
                return Ok(());
            }
            let mut read = T::read(self).map(|item| items.extend(Some(item)));
            if let Err(Unread::Value(_)) = read {
                read = read.map_err(|unread| self.field_in_list(begin).unwrap_or(unread));
            }
            self.go_on(read, begin)?;
            self.comma(begin, ']')?;
        }
    }

    /// What is wrong if not an item stands at `begin`, but the next field, because the list has not ended.
    fn field_in_list(&mut self, begin: usize) -> Option<Unread> {
        let mut tokens = Tokens::new(self.whole.source, begin);
        let (word, colon) = (tokens.next()?, tokens.next()?);
        if (word.kind, colon.kind) != (Kind::Word, Kind::Sign(':')) {
            return None;
        }
        let said = messages::field_in_list(self.text(&word.at), self.line(self.list));
        let unread = self.fault(word.at, said);
        Some(self.last(unread))
    }

    fn open(&mut self, bracket: char, error: &Error) -> Result<usize, Unread> {
        let at = self.place();
        if self.has(Kind::Open(bracket)) { Ok(at) } else { Err(self.unexpected(error)) }
    }

    /// What separates the field or item that begins at `begin` from the next one: a comma, unless there is none.
    fn comma(&mut self, begin: usize, close: char) -> Result<(), Unread> {
        if self.has(Kind::Sign(',')) || self.is_at(Kind::Close(close)) {
            return Ok(());
        }
        let Some(token) = self.next.clone() else { return Err(self.unexpected(&Error::ExpectedComma)) };
        let said = messages::no_comma(self.text(&token.at), self.line(self.before));
        let unread = self.fault_or_bracket(token.at.clone(), said);
        let is_next = token.kind == Kind::Word
            && (self.is_before(Kind::Sign(':')) || close == ']' && self.is_before(Kind::Open('(')));
        if is_next && self.before < token.at.start {
            return self.forgive(unread, true);
        }
        self.go_on(Err(unread), begin)?;
        self.has(Kind::Sign(','));
        Ok(())
    }

    /// Goes on behind the field or item that begins at `begin`, if it could not be read.
    fn go_on(&mut self, read: Result<(), Unread>, begin: usize) -> Result<(), Unread> {
        let Err(unread) = read else { return Ok(()) };
        self.forgive(unread, true)?;
        let mut tokens = Tokens::new(self.whole.source, begin);
        match tokens.pass_item() {
            Some(end) if end.at.start > begin || end.kind == Kind::Sign(',') => {
                if let Some(lost) = self.within {
                    self.sink.note(self.whole.source, begin..end.at.start, lost);
                }
                self.seek(end.at.start);
                Ok(())
            }
            _ => Err(self.end()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A structure that may hold others.
    #[derive(Debug, Default)]
    struct Node {
        name: Option<Word>,
        within: Vec<Node>,
        words: Vec<Word>,
    }

    /// A word in lower case.
    struct Word(String);

    impl std::fmt::Debug for Word {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(&self.0)
        }
    }

    impl<'s> Value<'s> for Word {
        fn read(outline: &mut Outline<'s, '_>) -> Result<Self, Unread> {
            match outline.word().filter(|word| word.chars().all(|c| c.is_ascii_lowercase())) {
                Some(word) => {
                    outline.take();
                    Ok(Self(word.to_owned()))
                }
                None => Err(outline.unexpected(&Error::ExpectedString)),
            }
        }
    }

    impl<'s> Structure<'s> for Node {
        const NAME: &'static str = "Node";
        const FIELDS: &'static [&'static str] = &["name", "within", "words"];
        const ALL: &'static [&'static str] = &["Node", "Other"];

        fn read_field(&mut self, field: &str, outline: &mut Outline<'s, '_>) -> Result<(), Unread> {
            match field {
                "name" => self.name = Some(Word::read(outline)?),
                "within" => self.within = outline.list()?,
                _ => self.words = outline.list()?,
            }
            Ok(())
        }
    }

    impl<'s> Value<'s> for Node {
        fn read(outline: &mut Outline<'s, '_>) -> Result<Self, Unread> {
            outline.structure()
        }
    }

    /// What is read of a text; the places of what is wrong with it; whether its rest was looked at.
    fn read(source: &str) -> (String, Vec<usize>, bool) {
        let whole = Whole::new(source, 0, &|_| {});
        let mut outline = Outline::new(&whole, 0);
        let node = Node::read(&mut outline);
        let written = |node: Node| format!("{node:?}").replace("Node { name: ", "(").replace("Some", "");
        if let Err(Unread::Value(fault)) = node {
            outline.sink.push(*fault);
            return (String::new(), places(&outline), false);
        }
        (node.map_or_else(|_| String::new(), written), places(&outline), !outline.sink.is_over)
    }

    fn places(outline: &Outline<'_, '_>) -> Vec<usize> {
        outline.sink.faults.iter().filter_map(|fault| fault.at.as_ref()).map(|at| at.start).collect()
    }

    #[test]
    fn what_cannot_be_read_is_the_smallest_field_or_item_that_holds_it() {
        // Wrong is what stands behind each `^`, which is not part of the text.
        for (marked, expected) in [
            ("Node(name: a, ^nam: [b], words: [c])", "((a), within: [], words: [c] }"),
            ("Node(name: ^X(y: 2), words: [c])", "(None, within: [], words: [c] }"),
            ("(words: [a, ^B, c])", "(None, within: [], words: [a, c] }"),
            ("(words: [a, ^[b, d], c,])", "(None, within: [], words: [a, c] }"),
            ("(name: ^)", "(None, within: [], words: [] }"),
            ("(name ^a, words: [b])", "(None, within: [], words: [b] }"),
            ("(name: a, ^name: b, words: [c])", "((a), within: [], words: [c] }"),
            ("(name: a, ^, words: [b])", "((a), within: [], words: [b] }"),
            ("(name: a ^words: [b])", "((a), within: [], words: [b] }"),
            ("(words: [a ^: b, c])", "(None, within: [], words: [a, c] }"),
            (
                "(within: [(name: a) ^Node(name: b)])",
                "(None, within: [((a), within: [], words: [] }, ((b), within: [], words: [] }], words: [] }",
            ),
            ("(within: [^Nude(name: a)])", "(None, within: [((a), within: [], words: [] }], words: [] }"),
            ("(within: [^Other(name: a)], name: b)", "((b), within: [], words: [] }"),
            ("^Other(name: a)", "((a), within: [], words: [] }"),
            (
                "(within: [(^x: 1), (name: ^5), ^7], words: [^9])",
                "(None, within: [(None, within: [], words: [] }, (None, within: [], words: [] }], words: [] }",
            ),
        ] {
            let places: Vec<usize> =
                marked.match_indices('^').enumerate().map(|(n, (at, _))| at - n).collect();
            let found = read(&marked.replace('^', ""));
            assert_eq!(found, (expected.to_owned(), places, true), "{marked}");
        }
    }

    #[test]
    fn behind_what_is_not_closed_nothing_can_be_told_apart() {
        for marked in [
            "(words: ^[a, b",
            "^(words: [a], name: b",
            "(words: [a^), name: b)",
            "(within: [(name: a), ^words: [b])",
            "(within: [(name: a, ^Node(name: b)])",
            "(name: ^\"a, words: \"b)",
            "(name: a, ^/* words: [b])",
            "^[a]",
        ] {
            let place = marked.find('^').expect("a place is marked");
            let (_, places, is_whole) = read(&marked.replacen('^', "", 1));
            assert_eq!((places, is_whole), (vec![place], false), "{marked}");
        }
    }
}
