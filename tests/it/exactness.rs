//! The index beside a search that knows nothing of indexes: every document, every word, by the definition at the head
//! of `src/search.rs`. Rows, their order, their number and the corrections must be the same, on random files, whatever
//! is asked and however the search is cut into steps.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use tumen::knowledge::{Address, EntityIx, EntryIx, Item, Knowledge, MarkKind, StandingKind, StatementIx};
use tumen::search::{
    DENIED, DIMENSIONS, EXACT, INFLECTED, Index, Meaning, PREFIX, Progress, Query, RELATED, SAME, SUBSTRING,
    Tuning, direction, dot, forms, inflections, is_english, is_of_family, is_stopword, meaning_of,
    meaning_of_any_form, one_slip_away, similarity, standing_words,
};
use tumen::text::fold::Folded;

use crate::dossiers::{Dice, Shape, loaded};

/// Where a word stands. In the order of the weights below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Name,
    Title,
    Head,
    When,
    Text,
    Summary,
    Mention,
    Standing,
}

/// Words that are read together: at each place one word in all its forms.
struct Text {
    field: Field,
    places: Vec<Vec<String>>,
}

/// What can be found.
struct Document {
    row: usize,
    address: Address,
    /// What has it, and what it is called: ids are names of their own.
    ids: Vec<String>,
    names: Vec<(String, u32)>,
    texts: Vec<Text>,
    /// Those that it does not share with the other statements of its entry.
    own_texts: std::ops::RangeFrom<usize>,
}

/// A file, read for the slow search.
struct Slow<'a> {
    knowledge: &'a Knowledge,
    documents: Vec<Document>,
    /// Each word and the rows that hold it.
    words: BTreeMap<String, BTreeSet<usize>>,
    named: BTreeSet<String>,
}

/// A piece of a query.
#[derive(Debug, Clone)]
enum Piece {
    Word(String),
    Not(String),
    Phrase(Vec<String>),
    In(String),
    Is(StandingKind),
}

fn key(text: &str) -> String {
    Folded::of(text).words().map(|word| forms(word).pop().unwrap_or_default()).collect()
}

fn plain(field: Field, text: &str) -> Text {
    let folded = Folded::of(text);
    let mut places: Vec<Vec<String>> = folded.words().map(forms).collect();
    for run in folded.compounds() {
        let joined = folded.joined(run.clone());
        places[run.start].push(joined);
    }
    Text { field, places }
}

fn name(field: Field, text: &str) -> Text {
    let folded = Folded::of(text);
    let mut places: Vec<Vec<String>> = folded.words().map(forms).collect();
    for (from, forms) in places.iter_mut().enumerate() {
        let ends = (from + 2..=from + 4).filter(|to| *to <= folded.len());
        forms.extend(ends.map(|to| folded.joined(from..to)));
    }
    if (3..=4).contains(&folded.len()) {
        places[0].push(folded.words().filter_map(|word| word.chars().next()).collect());
    }
    Text { field, places }
}

/// The words of an id that hold no number.
fn id_words(id: &str) -> Text {
    let folded = Folded::of(id);
    let words = folded.words().filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
    Text { field: Field::Head, places: words.map(forms).collect() }
}

fn dates(knowledge: &Knowledge, address: Address) -> Vec<Text> {
    let of_entry = |ix: EntryIx| knowledge.entry(ix).when;
    let date = match address {
        Address::Entity(ix) => knowledge.entity(ix).when,
        Address::Entry(ix) => of_entry(ix),
        Address::Statement(ix) => knowledge.statement(ix).when.or(of_entry(knowledge.statement(ix).entry)),
        Address::Topic(_) => None,
    };
    let said = |text: String| {
        let words = text.split([' ', '/']).map(str::to_owned).collect::<Vec<_>>();
        let words =
            words.into_iter().filter(|it| it.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase()));
        let field = if matches!(address, Address::Entity(_)) { Field::Summary } else { Field::When };
        plain(field, &words.collect::<Vec<_>>().join(" "))
    };
    date.into_iter().flat_map(|date| [said(date.words()), said(date.to_string())]).collect()
}

fn names(knowledge: &Knowledge, ix: EntityIx, own: Field, others: Field) -> Vec<Text> {
    let entity = knowledge.entity(ix);
    let more = entity.native.iter().chain(&entity.aliases).map(|text| name(others, text));
    std::iter::once(name(own, &entity.name)).chain(more).collect()
}

/// The names of what a text links to.
fn linked(knowledge: &Knowledge, text: &tumen::knowledge::Text) -> Vec<Text> {
    let entities = text.marks.iter().filter_map(|mark| match mark.kind {
        MarkKind::Link(Address::Entity(ix)) => Some(ix),
        _ => None,
    });
    let entities: BTreeSet<EntityIx> = entities.collect();
    entities.into_iter().flat_map(|ix| names(knowledge, ix, Field::Mention, Field::Mention)).collect()
}

fn entity(knowledge: &Knowledge, ix: EntityIx, row: usize) -> Document {
    let (entity, id) = (knowledge.entity(ix), knowledge.ids.name(Item::Entity(ix)));
    let mut texts = names(knowledge, ix, Field::Title, Field::Head);
    // The first word of its own name, in all its forms, counts more.
    let mut first = name(Field::Name, &entity.name);
    first.places.truncate(1);
    texts.push(first);
    texts.push(plain(Field::Summary, &entity.summary.plain));
    texts.push(plain(Field::Head, entity.kind.word()));
    texts.push(id_words(id));
    texts.extend(dates(knowledge, Address::Entity(ix)));
    texts.extend(linked(knowledge, &entity.summary));
    let called = entity.native.iter().chain(&entity.aliases).chain([&entity.name]).map(|name| key(name));
    let names = called.chain([key(id)]).map(|name| (name, 4000)).collect();
    Document { row, address: Address::Entity(ix), ids: vec![key(id)], names, texts, own_texts: 0.. }
}

fn entry(knowledge: &Knowledge, ix: EntryIx, row: usize, found: &mut Vec<Document>) {
    let (entry, id) = (knowledge.entry(ix), knowledge.ids.name(Item::Entry(ix)));
    let head = || {
        let others = entry.aliases.iter().chain(&entry.tags).map(|text| plain(Field::Head, text));
        std::iter::once(plain(Field::Title, &entry.title)).chain(others).chain([id_words(id)])
    };
    let titles = [(key(&entry.title), 600), (key(id), 600)];
    if entry.statements.is_empty() {
        let (address, texts) = (Address::Entry(ix), head().chain(dates(knowledge, Address::Entry(ix))));
        let texts = texts.collect();
        found.push(Document {
            row,
            address,
            ids: vec![key(id)],
            names: titles.to_vec(),
            texts,
            own_texts: 0..,
        });
    }
    for ix in knowledge.statements_of(ix) {
        let (statement, own) = (knowledge.statement(ix), knowledge.ids.name(Item::Statement(ix)));
        let denied = statement.standing.denied_by();
        let mut texts: Vec<Text> = head().collect();
        texts.push(plain(Field::Text, &statement.text.plain));
        texts.extend(dates(knowledge, Address::Statement(ix)));
        texts.push(plain(Field::Standing, standing_words(statement.standing.kind())));
        if !denied.is_empty() {
            texts.push(plain(Field::Standing, DENIED));
        }
        for entity in statement.named().collect::<BTreeSet<_>>() {
            texts.extend(names(knowledge, entity, Field::Mention, Field::Mention));
        }
        let ids = vec![key(id), key(own)];
        let own_texts = head().count()..;
        let names = titles.iter().cloned().chain([(key(own), 8000)]).collect();
        found.push(Document { row, address: Address::Statement(ix), ids, own_texts, names, texts });
    }
}

impl<'a> Slow<'a> {
    fn new(knowledge: &'a Knowledge) -> Self {
        let mut documents = Vec::new();
        let mut entities: Vec<EntityIx> = (0..knowledge.entities.len()).map(EntityIx::new).collect();
        let mentions = |ix: &EntityIx| {
            let named = |at: &usize| knowledge.statement(StatementIx::new(*at)).named().any(|own| own == *ix);
            (0..knowledge.statements.len()).filter(named).count()
        };
        entities.sort_by_cached_key(|ix| Reverse(mentions(ix)));
        for (row, ix) in entities.iter().enumerate() {
            documents.push(entity(knowledge, *ix, row));
        }
        for (row, ix) in (entities.len()..).zip(knowledge.topic_ixs()) {
            let (topic, id) = (knowledge.topic(ix), knowledge.ids.name(Item::Topic(ix)));
            let titles = [&*topic.title, &*topic.short].map(|title| plain(Field::Title, title));
            let others = [id_words(id), plain(Field::Summary, &topic.summary.plain)];
            let linked = linked(knowledge, &topic.summary);
            let texts = titles.into_iter().chain(others).chain(linked).collect();
            let names = [&*topic.title, &*topic.short, id].map(|name| (key(name), 3000)).to_vec();
            documents.push(Document {
                row,
                address: Address::Topic(ix),
                ids: vec![key(id)],
                names,
                texts,
                own_texts: 0..,
            });
        }
        for at in 0..knowledge.entries.len() {
            let row = entities.len() + knowledge.topics.len() + at;
            entry(knowledge, EntryIx::new(at), row, &mut documents);
        }
        let mut words: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for document in &documents {
            for word in document.texts.iter().flat_map(|text| text.places.iter().flatten()) {
                words.entry(word.clone()).or_default().insert(document.row);
            }
        }
        let named = (0..knowledge.entities.len())
            .flat_map(|at| names(knowledge, EntityIx::new(at), Field::Name, Field::Head))
            .flat_map(|text| text.places.into_iter().flatten())
            .collect();
        Self { knowledge, documents, words, named }
    }

    /// Every word that a word of a query matches, with its worth.
    fn fuzzily(&self, typed: &str) -> BTreeMap<String, u16> {
        let forms = forms(typed);
        let others: Vec<String> = forms.iter().flat_map(|form| inflections(form)).collect();
        let worth = |word: &str| {
            let inflected = others.iter().any(|other| other == word).then_some(INFLECTED);
            forms.iter().filter_map(|form| similarity(form, word)).chain(inflected).max()
        };
        let all: BTreeMap<String, u16> =
            self.words.keys().filter_map(|word| Some((word.clone(), worth(word)?))).collect();
        // What is a word is meant as it is written.
        let close = self.is_real(typed) || all.values().any(|worth| *worth >= SUBSTRING);
        let found: BTreeMap<String, u16> =
            all.into_iter().filter(|(_, worth)| !close || *worth >= SUBSTRING).collect();
        let is_id = self.documents.iter().any(|document| document.ids.contains(&key(typed)));
        if found.is_empty() && self.is_real(typed) && !is_id {
            let family = self.words.keys().filter(|word| is_of_family(typed, word));
            return family.map(|word| (word.clone(), RELATED)).collect();
        }
        found
    }

    fn is_real(&self, word: &str) -> bool {
        &*self.knowledge.language == "en" && is_english(word)
    }

    /// Every word that is the one typed, or starts with it.
    fn exactly(&self, typed: &str, open: bool) -> BTreeMap<String, u16> {
        let worth = |form: &str, word: &str| {
            let fits = word == form || (open && word.starts_with(form));
            if fits { similarity(form, word) } else { None }
        };
        let best = |word: &str| forms(typed).iter().filter_map(|form| worth(form, word)).max();
        self.words.keys().filter_map(|word| Some((word.clone(), best(word)?))).collect()
    }

    /// The word that was meant by one that matches nothing, or only by scattered letters.
    fn nearest(&self, typed: &str, certain: bool) -> Option<String> {
        let slips = |word: &str| match word.chars().count() {
            0..=3 => 0,
            4 | 5 => 1,
            _ => 2,
        };
        let near = |word: &String| {
            let other_start = word.chars().next() != typed.chars().next();
            let most = match (other_start, certain) {
                (true, true) => 0,
                (true, false) | (false, true) => 1,
                (false, false) => 2,
            };
            let distance = strsim::osa_distance(typed, word);
            let fits =
                slips(word) > 0 && !is_stopword(word) && distance <= most.min(slips(word)).min(slips(typed));
            let rows = self.words.get(word).map_or(0, BTreeSet::len);
            fits.then(|| (distance, other_start, !self.named.contains(word), Reverse(rows), word.clone()))
        };
        self.words.keys().filter_map(near).min().map(|(.., word)| word)
    }
}

/// A word of a query: what it matches, and what has it for an id.
struct Atom {
    words: BTreeMap<String, u16>,
    id: String,
}

fn weight(fields: &BTreeSet<Field>) -> u16 {
    let repeated = fields.contains(&Field::Text);
    let of = |field: &Field| match field {
        Field::Name => 300,
        Field::Title => 240 + if repeated { 50 } else { 0 },
        Field::Head => 200 + if repeated { 50 } else { 0 },
        Field::When => 200,
        Field::Text | Field::Summary => 160,
        Field::Mention => 120,
        Field::Standing => 20,
    };
    fields.iter().map(of).max().unwrap_or(0)
}

impl Document {
    /// The best match of a word in this document.
    fn best(&self, atom: &Atom) -> Option<u32> {
        let mut fields: BTreeMap<&String, BTreeSet<Field>> = BTreeMap::new();
        for text in &self.texts {
            for word in text.places.iter().flatten().filter(|word| atom.words.contains_key(*word)) {
                fields.entry(word).or_default().insert(text.field);
            }
        }
        let by_words = fields.iter().map(|(word, fields)| atom.words[*word] + weight(fields)).max();
        let by_id = self.ids.contains(&atom.id).then_some(EXACT + 200);
        by_words.max(by_id).map(u32::from)
    }

    /// The best match of a word in what is the statement's own; of a word that its text repeats, with what the head says.
    fn alone(&self, atom: &Atom) -> u32 {
        if self.ids.contains(&atom.id) {
            return 1200.max(self.best_own(atom));
        }
        self.best_own(atom)
    }

    fn best_own(&self, atom: &Atom) -> u32 {
        let own = &self.texts[self.own_texts.start..];
        let repeats = |word: &String| {
            own.iter()
                .any(|text| text.field == Field::Text && text.places.iter().flatten().any(|it| it == word))
        };
        let mut found: BTreeMap<&String, BTreeSet<Field>> = BTreeMap::new();
        for (at, text) in self.texts.iter().enumerate() {
            for word in text.places.iter().flatten().filter(|word| atom.words.contains_key(*word)) {
                if self.own_texts.contains(&at) || repeats(word) {
                    found.entry(word).or_default().insert(text.field);
                }
            }
        }
        found.iter().map(|(word, fields)| u32::from(atom.words[*word] + weight(fields))).max().unwrap_or(0)
    }

    /// Whether words that match follow one another.
    fn holds(&self, atoms: &[Atom]) -> bool {
        self.texts.iter().any(|text| {
            (0..text.places.len()).any(|from| {
                let at = |(ix, atom): (usize, &Atom)| {
                    let here = text.places.get(from + ix);
                    here.is_some_and(|words| words.iter().any(|word| atom.words.contains_key(word)))
                };
                atoms.iter().enumerate().all(at)
            })
        })
    }

    /// What it is worth that the words stand together in one text.
    fn nearness(&self, atoms: &[&Atom]) -> u32 {
        let mut bonus = 0;
        for text in &self.texts {
            let here =
                |at: usize, atom: &Atom| text.places[at].iter().any(|word| atom.words.contains_key(word));
            for end in 0..text.places.len() {
                let last: Vec<Option<usize>> =
                    atoms.iter().map(|atom| (0..=end).rev().find(|at| here(*at, atom))).collect();
                let Some(last) = last.into_iter().collect::<Option<Vec<usize>>>() else { continue };
                let first = last.iter().min().copied().unwrap_or(end);
                let most = last.iter().max().copied().unwrap_or(end);
                let between = (most - first + 1).saturating_sub(atoms.len()) as u32;
                let near = 150_u32.saturating_sub(15 * between);
                bonus = bonus.max(near + if near > 0 && last.is_sorted() { 30 } else { 0 });
            }
        }
        bonus
    }
}

/// What is found: rows in order with their scores and whether they are near in meaning alone, their number, and the
/// corrections.
type Found = (Vec<(Address, u32, bool)>, usize, Vec<(String, String)>);

/// A word that is asked for what it means, and how much that counts.
struct Asked(Vec<Meaning>);

/// A document with its likeness to a question in the mean, and its words that mean something.
type Mean = (i32, usize, Vec<(Meaning, Field)>);

impl Slow<'_> {
    #[expect(clippy::too_many_lines, reason = "it reads as the definition does, from top to bottom")]
    fn search(&self, pieces: &[Piece], limit: usize, is_finished: bool) -> Found {
        let (mut atoms, mut phrases, mut nots, mut said) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut corrected = Vec::new();
        let is_word = |piece: &Piece| match piece {
            Piece::Word(word) => !is_stopword(word),
            Piece::Phrase(_) => true,
            _ => false,
        };
        let has_words = pieces.iter().any(is_word);
        let (mut typed, mut filters) = (BTreeSet::new(), Vec::new());
        // Each word with the one that is meant, and whether nothing holds it.
        let (mut words_asked, mut is_guess) = (Vec::new(), false);
        for piece in pieces {
            // Saying a thing twice does not change what is asked.
            if !typed.insert(format!("{piece:?}")) {
                continue;
            }
            match piece {
                Piece::Word(word) if has_words && is_stopword(word) => said.push(word.clone()),
                Piece::Word(word) => {
                    let mut words = self.fuzzily(word);
                    let best = words.values().max().copied().unwrap_or(0);
                    let id = key(word);
                    let is_id = self.documents.iter().any(|document| document.ids.contains(&id));
                    let is_missing = best == 0 && !is_id;
                    is_guess |= !is_id && self.is_real(word) && (1..PREFIX).contains(&best);
                    let nearest = if is_id || best >= SUBSTRING || self.is_real(word) {
                        None
                    } else {
                        self.nearest(word, best > 0)
                    };
                    let meant = nearest.as_ref().unwrap_or(word).clone();
                    words_asked.push((typed.len(), word.clone(), meant, is_missing && nearest.is_none()));
                    if let Some(meant) = nearest {
                        words = self.fuzzily(&meant);
                        corrected.push((word.clone(), meant.clone(), atoms.len()));
                        said.push(meant);
                        atoms.push(Atom { words, id: String::new() });
                    } else {
                        said.push(word.clone());
                        atoms.push(Atom { words, id });
                    }
                }
                Piece::Not(word) => nots.push(vec![Atom { words: self.exactly(word, true), id: key(word) }]),
                Piece::Phrase(words) => {
                    let from = atoms.len();
                    for word in words {
                        let id = if words.len() == 1 { key(word) } else { String::new() };
                        atoms.push(Atom { words: self.exactly(word, false), id });
                        said.push(word.clone());
                    }
                    phrases.push(from..atoms.len());
                }
                filter => filters.push(filter),
            }
        }
        let key: String = said.iter().map(|word| key(word)).collect();
        let rarity = |atom: &Atom| {
            let rows: usize = atom.words.keys().map(|word| self.words[word].len()).sum();
            rows.checked_ilog2().map_or(32, |doublings| 32_u32.saturating_sub(3 * doublings))
        };
        let rare: Vec<u32> = atoms.iter().map(rarity).collect();
        // Row → words held, score, what the statement alone is worth, which document.
        let mut rows: BTreeMap<usize, (usize, u32, u32, Reverse<usize>)> = BTreeMap::new();
        for (at, document) in self.documents.iter().enumerate() {
            let excluded = |atoms: &Vec<Atom>| document.holds(atoms) || (document.ids.contains(&atoms[0].id));
            let follows = |phrase: &std::ops::Range<usize>| {
                let atoms = &atoms[phrase.clone()];
                document.holds(atoms)
            };
            if !filters.iter().all(|filter| self.passes(filter, document.address))
                || nots.iter().any(excluded)
                || !phrases.iter().all(follows)
            {
                continue;
            }
            let best: Vec<Option<u32>> = atoms.iter().map(|atom| document.best(atom)).collect();
            let held: Vec<&Atom> =
                atoms.iter().zip(&best).filter(|(_, best)| best.is_some()).map(|(atom, _)| atom).collect();
            let sum: u32 = best.iter().zip(&rare).filter_map(|(best, rare)| Some((*best)? + rare)).sum();
            let near = if held.len() > 1 { document.nearness(&held) } else { 0 };
            let named = document.names.iter().filter(|(name, _)| *name == key && !key.is_empty());
            let bonus = named.map(|(_, bonus)| *bonus).max().unwrap_or(0);
            let score = sum / (atoms.len() as u32).max(1) + near + bonus;
            let alone = held.iter().map(|atom| document.alone(atom)).sum();
            let own = (held.len(), score, alone, Reverse(at));
            let row = rows.entry(document.row).or_insert(own);
            *row = own.max(*row);
        }
        let most = rows.values().map(|(held, ..)| *held).max().unwrap_or(0);
        let asked = !atoms.is_empty() || !filters.is_empty() || !nots.is_empty();
        let enough = asked && (most == atoms.len() || most > 0);
        rows.retain(|_, (held, ..)| enough && *held == most);
        let mut found: Vec<(u32, usize, usize)> =
            rows.iter().map(|(row, (_, score, _, Reverse(at)))| (*score, *row, *at)).collect();
        let total = found.len();
        found.sort_by_key(|(score, row, _)| (Reverse(*score), *row));
        let is_last = |place: usize| place == typed.len();
        let mut asked = Asked(Vec::new());
        for (place, word, meant, is_missing) in words_asked {
            let american = |word: &str| forms(word).pop().unwrap_or_default();
            let (word, meant) = (american(&word), american(&meant));
            asked.0.extend(match (is_finished || !is_last(place), is_missing) {
                (true, true) => meaning_of_any_form(&meant).or_else(|| one_slip_away(&meant)),
                (true, false) => meaning_of_any_form(&meant),
                (false, true) => meaning_of(&word),
                (false, false) => None,
            });
        }
        let words_alone = filters.is_empty() && nots.is_empty() && phrases.is_empty();
        if !words_alone || &*self.knowledge.language != "en" {
            asked.0.clear();
        }
        let shown = if asked.0.is_empty() { limit } else { limit.max(30) };
        let certain = total > 0 && most == atoms.len() && !is_guess;
        let (rows, near) = self.with_meaning(&found, &asked, certain, is_finished && atoms.len() > 1);
        found.truncate(shown);
        corrected.retain(|(_, _, atom)| {
            found.iter().any(|(_, _, at)| self.documents[*at].best(&atoms[*atom]).is_some())
        });
        let rows = rows.into_iter().take(limit).collect();
        (rows, total + near, corrected.into_iter().map(|(typed, meant, _)| (typed, meant)).collect())
    }

    /// What words find, and what is near in meaning; how many of the latter.
    fn with_meaning(
        &self,
        found: &[(u32, usize, usize)],
        asked: &Asked,
        certain: bool,
        may_fill: bool,
    ) -> (Vec<(Address, u32, bool)>, usize) {
        let plain = |(score, _, at): &(u32, usize, usize)| (self.documents[*at].address, *score, false);
        if asked.0.is_empty() || certain && (found.len() >= 5 || !may_fill) {
            return (found.iter().map(plain).collect(), 0);
        }
        let near = self.near(asked);
        let is_found = |row: usize| found.iter().any(|(_, own, _)| *own == row);
        if certain {
            let others = near.iter().filter(|at| !is_found(self.documents[**at].row)).take(5 - found.len());
            let others: Vec<_> = others.map(|at| (self.documents[*at].address, 0, true)).collect();
            let count = others.len();
            return (found.iter().map(plain).chain(others).collect(), count);
        }
        let points = |place: usize| 1_000_000 / (2 + place as u32);
        // Points, and what decides where they are equal.
        let mut rows: Vec<(Reverse<u32>, usize, Address, bool)> = Vec::new();
        let mut alone = 0;
        let place_of = |row: usize| near.iter().position(|at| self.documents[*at].row == row);
        for (place, (_, row, at)) in found.iter().enumerate() {
            let words = if place < 30 { points(place + 1) } else { 0 };
            let meaning = place_of(*row).map_or(0, |place| 2 * points(place + 1));
            let order = match place_of(*row) {
                Some(near) if place >= 30 => 30 + near,
                _ if place < 30 => place,
                _ => 1000 + place,
            };
            rows.push((Reverse(words + meaning), order, self.documents[*at].address, false));
        }
        for (place, at) in
            near.iter().enumerate().filter(|(_, at)| !is_found(self.documents[**at].row)).take(5)
        {
            alone += 1;
            rows.push((Reverse(2 * points(place + 1)), 30 + place, self.documents[*at].address, true));
        }
        rows.sort_by_key(|(score, order, ..)| (*score, *order));
        (rows.into_iter().map(|(Reverse(score), _, address, near)| (address, score, near)).collect(), alone)
    }

    /// The documents that are nearest in meaning, one a row.
    fn near(&self, asked: &Asked) -> Vec<usize> {
        let sum = |all: &mut dyn Iterator<Item = (Meaning, i64)>| {
            let mut sums = [0_i64; DIMENSIONS];
            for (meaning, times) in all {
                for (sum, number) in sums.iter_mut().zip(meaning.vector) {
                    *sum += i64::from(number) * i64::from(meaning.weight) * times;
                }
            }
            sums
        };
        let question = direction(&sum(&mut asked.0.iter().map(|meaning| (*meaning, 1))));
        let mut all: Vec<Mean> = Vec::new();
        for (at, document) in self.documents.iter().enumerate() {
            if matches!(document.address, Address::Topic(_)) {
                continue;
            }
            let texts = document.texts.iter().filter(|text| text.field != Field::Name);
            let words = texts.flat_map(|text| text.places.iter().flatten().map(|word| (word, text.field)));
            let words: Vec<(Meaning, Field)> =
                words.filter_map(|(word, field)| Some((meaning_of(word)?, field))).collect();
            let times = |field: Field| match field {
                Field::Text | Field::Summary => 10,
                Field::Title => 2,
                Field::Head => 1,
                _ => 0,
            };
            let sums = sum(&mut words.iter().map(|(meaning, field)| (*meaning, times(*field))));
            if sums.iter().any(|sum| *sum != 0) {
                all.push((dot(&question, &direction(&sums)), at, words));
            }
        }
        all.sort_by_key(|(mean, at, _)| (Reverse(*mean), *at));
        all.truncate(1000);
        let tells: i32 = asked.0.iter().map(|meaning| i32::from(meaning.weight)).sum();
        let score = |(mean, at, words): &Mean| {
            let best = |meaning: &Meaning| {
                let like = |(own, field): &(Meaning, Field)| {
                    let like = (dot(&meaning.vector, &own.vector) - SAME / 5).max(0) * 5 / 4;
                    match field {
                        Field::Text | Field::Summary | Field::Title => like,
                        Field::Head => like * 9 / 10,
                        _ => 0,
                    }
                };
                words.iter().map(like).max().unwrap_or(0) * i32::from(meaning.weight)
            };
            let soft: i32 = asked.0.iter().map(best).sum();
            let is_entity = matches!(self.documents[*at].address, Address::Entity(_));
            mean + soft / tells.max(1) - if is_entity { SAME / 5 } else { 0 }
        };
        let mut scored: Vec<(Reverse<i32>, usize)> =
            all.iter().map(|it| (Reverse(score(it)), it.1)).collect();
        scored.sort_unstable();
        let mut rows = BTreeSet::new();
        scored.retain(|(_, at)| rows.insert(self.documents[*at].row));
        scored.into_iter().take(30).map(|(_, at)| at).collect()
    }

    fn passes(&self, filter: &Piece, address: Address) -> bool {
        let knowledge = self.knowledge;
        let topic = match address {
            Address::Topic(ix) => Some(ix),
            Address::Entry(ix) => Some(knowledge.entry(ix).topic),
            Address::Statement(ix) => Some(knowledge.entry(knowledge.statement(ix).entry).topic),
            Address::Entity(_) => None,
        };
        match (filter, address) {
            (Piece::In(id), _) => topic.is_some_and(|ix| knowledge.ids.name(Item::Topic(ix)) == id),
            (Piece::Is(kind), Address::Statement(ix)) => knowledge.statement(ix).standing.kind() == *kind,
            _ => false,
        }
    }

    /// A word of the file as a hurried reader types it.
    fn some_word(&self, dice: &mut Dice) -> String {
        let words: Vec<&String> = self.words.keys().collect();
        let mut letters: Vec<char> = words[dice.below(words.len())].chars().collect();
        match dice.below(6) {
            0 => letters.truncate(1),
            1 | 2 => letters.truncate(1 + dice.below(letters.len())),
            3 if letters.len() > 3 => drop(letters.remove(1 + dice.below(letters.len() - 1))),
            4 if letters.len() > 3 => {
                let at = dice.below(letters.len() - 1);
                letters.swap(at, at + 1);
            }
            _ => {}
        }
        letters.into_iter().collect()
    }

    fn some_query(&self, dice: &mut Dice) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for _ in 0..=dice.below(4) {
            pieces.push(match dice.below(12) {
                0 => Piece::Not(self.some_word(dice)),
                1 => {
                    let document = &self.documents[dice.below(self.documents.len())];
                    let text = &document.texts[dice.below(document.texts.len())];
                    let words = text.places.iter().filter_map(|place| place.first()).take(1 + dice.below(3));
                    Piece::Phrase(words.cloned().collect())
                }
                2 => {
                    let topic = dice.below(self.knowledge.topics.len());
                    Piece::In(
                        self.knowledge
                            .ids
                            .name(Item::Topic(tumen::knowledge::TopicIx::new(topic)))
                            .to_owned(),
                    )
                }
                3 => Piece::Is(StandingKind::ALL[dice.below(6)]),
                4 => {
                    let document = &self.documents[dice.below(self.documents.len())];
                    Piece::Word(document.ids[dice.below(document.ids.len())].clone())
                }
                5 => Piece::Word(["who", "is", "the"][dice.below(3)].to_owned()),
                6 => Piece::Word(
                    ["stated", "rivers", "starving", "treatise", "armada"][dice.below(5)].to_owned(),
                ),
                _ => Piece::Word(self.some_word(dice)),
            });
        }
        // A word must be read back as itself.
        pieces.retain(|piece| match piece {
            Piece::Word(word) | Piece::Not(word) => {
                let folded = Folded::of(word);
                folded.len() == 1 && folded.word(0) == word
            }
            Piece::Phrase(words) => !words.is_empty(),
            _ => true,
        });
        pieces
    }
}

fn written(pieces: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Word(word) => word.clone(),
        Piece::Not(word) => format!("!{word}"),
        Piece::Phrase(words) => format!("\"{}\"", words.join(" ")),
        Piece::In(id) => format!("in:{id}"),
        Piece::Is(kind) => format!("is:{}", kind.word()),
    };
    pieces.iter().map(text).collect::<Vec<_>>().join(" ")
}

/// Checks one query, while it is typed and when it is whole. How many it finds then.
fn check(knowledge: &Knowledge, slow: &Slow<'_>, index: &Index, pieces: &[Piece], limit: usize) -> usize {
    check_one(knowledge, slow, index, (pieces, false), limit);
    check_one(knowledge, slow, index, (pieces, true), limit)
}

fn check_one(
    knowledge: &Knowledge,
    slow: &Slow<'_>,
    index: &Index,
    (pieces, is_finished): (&[Piece], bool),
    limit: usize,
) -> usize {
    let text = written(pieces);
    let query = Query::parse(&text);
    let query = if is_finished { query.finished() } else { query };
    let hits = index.search(knowledge, &query, limit);
    let found: Vec<(Address, u32, bool)> =
        hits.rows.iter().map(|row| (row.address, row.score, row.near)).collect();
    let (rows, total, corrected) = slow.search(pieces, limit, is_finished);
    assert_eq!(hits.total, total, "how many: {text}\n{found:?}\n{rows:?}");
    assert_eq!(found, rows, "{text}");
    assert_eq!(hits.corrected, corrected, "{text}");
    // However small the steps are, they lead to the same.
    let mut seek = index.seek(knowledge, &query, limit);
    while seek.step(index, knowledge, 1) == Progress::Seeking {
        assert!(seek.hits(index, knowledge).rows.len() <= limit);
    }
    assert_eq!(seek.hits(index, knowledge).rows, hits.rows, "in steps, before they are counted: {text}");
    while seek.step(index, knowledge, 1) != Progress::Done {}
    assert_eq!(seek.hits(index, knowledge), hits, "in steps: {text}");
    total
}

#[test]
fn the_index_answers_as_the_definition_does() {
    let (mut nothing, mut cut, mut asked) = (0, 0, 0);
    for seed in 0..24 {
        let shape = Shape { seed, topics: 1 + seed as usize % 4, entries: [1, 4, 12, 30][seed as usize % 4] };
        let knowledge = loaded(shape).knowledge;
        let (slow, index) = (Slow::new(&knowledge), Index::build_on(&knowledge, 1 + seed as usize % 3));
        // As released, and with every short cut taken.
        let tuning = if seed % 2 == 0 { Tuning::SMALL_FILES } else { Tuning::DEFAULT };
        let index = index.tuned(tuning);
        let mut dice = Dice::new(seed);
        for _ in 0..30 {
            let pieces = slow.some_query(&mut dice);
            let limit = [0, 1, 3, 10, 1000][dice.below(5)];
            let total = check(&knowledge, &slow, &index, &pieces, limit);
            asked += 1;
            nothing += usize::from(total == 0);
            cut += usize::from(total > limit && limit > 0);
        }
    }
    // A test that finds nothing, or always everything, shows nothing.
    assert!(nothing * 2 < asked && cut * 10 > asked, "{nothing} of {asked} found nothing, {cut} were cut");
}

#[test]
fn the_shipped_file_is_searched_by_the_definition() {
    let knowledge = tumen::load::shipped().expect("the shipped file").knowledge;
    let (slow, index) = (Slow::new(&knowledge), Index::build(&knowledge));
    let word = |text: &str| Piece::Word(text.to_owned());
    let all: Vec<Vec<Piece>> = [
        "kim",
        "kju",
        "k",
        "so wa",
        "treaty 1961",
        "defense",
        "defence pact",
        "korea soviet aid",
        "trty",
        "july",
        "1950s",
        "정은",
        "пути",
        "alleged",
        "who denies arms",
        "who is",
        "nork",
        "wagner arms shells",
        "a t",
        "does china give aid",
        "wagner arms",
        "o10",
        "pyonygang talks",
        "missle tests",
        "russia wants",
        "russia wnat",
        "kim visits factory",
        "putin zzzz",
        "who signed treaties",
        "stalin reluctant",
        "publicise shipped starving",
        "started role shame clout",
        "emboldened",
        "emboldend shells",
        "conquer the south",
        "what does washington fear",
        "tomato plants",
        "starv",
        "relations thaw",
    ]
    .into_iter()
    .map(|text| text.split(' ').map(word).collect())
    .collect();
    for pieces in all {
        for limit in [1, 7, 1000] {
            check(&knowledge, &slow, &index, &pieces, limit);
        }
    }
    let index = index.tuned(Tuning::SMALL_FILES);
    let mut dice = Dice::new(7);
    for _ in 0..30 {
        let pieces = slow.some_query(&mut dice);
        check(&knowledge, &slow, &index, &pieces, 10);
    }
}
