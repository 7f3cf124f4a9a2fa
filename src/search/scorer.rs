//! What a row is worth to a query, word by word. Whole numbers throughout, so that every machine gives the same order.
//!
//! Each word of the query counts with its best match: how alike the words are, where it stands, how rare it is. The mean
//! of that, and a bonus for words that stand together. Must never decide how many rows are shown.

use super::Index;
use super::exact_names::{Named, WHOLE, statement_of};
use super::field::{Field, Fields, weight};
use super::forward_index::{ForwardIndex, RowIx, Visitor};
use super::impacts::NAMED_LEVEL;
use super::resolve::{MOST_ATOMS, ResolvedQuery};
use super::vocabulary::WordIx;
use crate::knowledge::{Address, EntityIx, Knowledge, StandingKind};

/// Words of a query next to each other in a text.
const TOGETHER: u32 = 150;
/// The same, in the order of the query.
const IN_ORDER: u32 = 30;
/// What each word in between takes away.
const PER_WORD_BETWEEN: u32 = 15;
/// The most that standing together is worth.
pub(super) const NEAREST: u32 = TOGETHER + IN_ORDER;

/// What a word of the query adds that leads to so many rows: up to 32, 3 less for each doubling. Which of its
/// completions a row holds does not matter: the common one is as likely to be meant as the rare one.
pub(super) const fn rarity(rows: usize) -> u32 {
    match rows.checked_ilog2() {
        Some(doublings) => 32_u32.saturating_sub(3 * doublings),
        None => 32,
    }
}

/// The best document of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scored {
    /// How many of the words it holds.
    pub(super) held: u32,
    pub(super) score: u32,
    /// Which of the row's statements it is; none where the row has no statements.
    pub(super) statement: Option<u32>,
    /// How many other statements of the row hold as many.
    pub(super) more: u32,
    /// The words it holds, as bits.
    pub(super) atoms: u32,
    /// What the statement itself is worth, without the head that it shares: of equal ones the greatest is shown.
    pub(super) own: u32,
}

/// Judges rows for one query; keeps its working memory between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Scorer {
    /// What each wanted word of the query adds.
    rare: Vec<u32>,
    head: Matches,
    own: Matches,
    /// Words of the head that match, and where in it they stand.
    repeated: Vec<(WordIx, Fields)>,
    /// For each entity whether any of its names matches, as far as that is known.
    named: Vec<Option<bool>>,
    /// For each kind of standing, and for what is denied, whether what is said of it matches.
    standings: [Option<bool>; StandingKind::ALL.len() + 1],
    places: Vec<(u32, u8)>,
}

/// What matches in a stretch of a row.
#[derive(Debug, Clone, Default)]
struct Matches {
    /// For each atom the best match.
    best: [u16; MOST_ATOMS],
    /// Place and atom of each match, in order.
    places: Vec<(u32, u8)>,
}

impl Matches {
    fn clear(&mut self, atoms: usize) {
        self.best.iter_mut().take(atoms).for_each(|best| *best = 0);
        self.places.clear();
    }

    fn take(&mut self, atom: usize, value: u16) {
        if let Some(best) = self.best.get_mut(atom) {
            *best = value.max(*best);
        }
    }
}

/// A row being read.
struct Reading<'a> {
    scorer: &'a mut Scorer,
    resolved: &'a ResolvedQuery,
    knowledge: &'a Knowledge,
    address: Address,
    row: RowIx,
    least: u32,
    /// Which statement is read; none in the head.
    statement: Option<u32>,
    best: Option<Scored>,
    /// Every document that is found, if all of them are asked for.
    all: Option<&'a mut Vec<Scored>>,
}

/// A row with its file.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) index: &'a Index,
    pub(super) knowledge: &'a Knowledge,
    pub(super) row: RowIx,
}

impl Scorer {
    pub(super) fn new(resolved: &ResolvedQuery, knowledge: &Knowledge) -> Self {
        let rare = resolved.atoms.iter().take(resolved.wanted).map(|atom| rarity(atom.rows)).collect();
        Self { rare, named: vec![None; knowledge.entities.len()], ..Self::default() }
    }

    /// What a word of the query adds for being rare.
    pub(super) fn rare(&self, atom: usize) -> u32 {
        self.rare.get(atom).copied().unwrap_or(0)
    }

    /// The best document of a row that passes all filters and holds at least `least` words; `None` if there is none.
    pub(super) fn judge(&mut self, place: Place<'_>, resolved: &ResolvedQuery, least: u32) -> Option<Scored> {
        self.read(place, resolved, least, None)
    }

    /// All documents of a row that pass all filters and hold at least `least` words, in the row's order.
    pub(super) fn judge_all(
        &mut self,
        place: Place<'_>,
        resolved: &ResolvedQuery,
        least: u32,
    ) -> Vec<Scored> {
        let mut all = Vec::new();
        self.read(place, resolved, least, Some(&mut all));
        all
    }

    fn read<'a>(
        &'a mut self,
        Place { index, knowledge, row }: Place<'a>,
        resolved: &'a ResolvedQuery,
        least: u32,
        all: Option<&'a mut Vec<Scored>>,
    ) -> Option<Scored> {
        let address = index.texts.rows.address(row);
        if !could_pass(knowledge, resolved, address) {
            return None;
        }
        let atoms = resolved.atoms.len();
        self.head.clear(atoms);
        self.own.clear(atoms);
        self.repeated.clear();
        let mut reading = Reading {
            scorer: self,
            resolved,
            knowledge,
            address,
            row,
            least,
            statement: None,
            best: None,
            all,
        };
        index.texts.visit(row, &mut reading);
        reading.end();
        reading.best
    }
}

/// Whether any document of a row passes all filters: far cheaper than its words.
fn could_pass(knowledge: &Knowledge, resolved: &ResolvedQuery, address: Address) -> bool {
    let passes = |address: Address| resolved.filters.iter().all(|filter| filter.passes(knowledge, address));
    match address {
        _ if resolved.filters.is_empty() => true,
        Address::Entry(ix) if !knowledge.entry(ix).statements.is_empty() => {
            knowledge.statements_of(ix).any(|ix| passes(Address::Statement(ix)))
        }
        address => passes(address),
    }
}

impl Visitor for Reading<'_> {
    fn word(&mut self, word: WordIx, field: Field, place: u32) {
        if !self.resolved.wants(word) {
            return;
        }
        let scorer = &mut *self.scorer;
        let mut fields = field.alone();
        if field == Field::Text {
            let repeated = scorer.repeated.iter().filter(|(own, _)| *own == word);
            fields = repeated.fold(fields, |fields, (_, more)| fields | more);
        } else if self.statement.is_none() {
            scorer.repeated.push((word, fields));
        }
        let matches = if self.statement.is_none() { &mut scorer.head } else { &mut scorer.own };
        for (ix, atom) in self.resolved.atoms.iter().enumerate() {
            let worth = atom.worth(word);
            if worth > 0 {
                matches.take(ix, worth + weight(fields));
                matches.places.push((place, ix as u8));
            }
        }
    }

    fn statement(&mut self) {
        if self.statement.is_some() {
            self.end();
        }
        self.statement = Some(self.statement.map_or(0, |at| at + 1));
        self.scorer.own.clear(self.resolved.atoms.len());
    }

    fn passes_over(&mut self, texts: &ForwardIndex, entity: EntityIx) -> bool {
        let Some(named) = self.scorer.named.get_mut(entity.at()) else { return true };
        !*named.get_or_insert_with(|| {
            texts.names(entity).iter().any(|token| token.is_word(|it| self.resolved.wants(it)))
        })
    }

    fn passes_over_standing(&mut self, texts: &ForwardIndex, which: usize) -> bool {
        let Some(known) = self.scorer.standings.get_mut(which) else { return false };
        !*known.get_or_insert_with(|| {
            texts.standing(which).iter().any(|token| token.is_word(|it| self.resolved.wants(it)))
        })
    }
}

impl Reading<'_> {
    /// Ends a document: the statement that is read, or the row if it has none.
    fn end(&mut self) {
        let resolved = self.resolved;
        for (ix, atom) in resolved.atoms.iter().enumerate() {
            if atom.named.iter().any(|named| self.is(*named)) {
                self.scorer.own.take(ix, NAMED_LEVEL);
            }
        }
        let passes = self.passes();
        let Scorer { head, own, places, rare, .. } = &mut *self.scorer;
        let best = |ix: usize| u32::from(head.best[ix].max(own.best[ix]));
        let (mut held, mut atoms, mut sum, mut alone) = (0, 0, 0, 0);
        for (ix, rare) in rare.iter().enumerate() {
            if best(ix) > 0 {
                held += 1;
                atoms |= 1 << ix;
                sum += best(ix) + rare;
                alone += u32::from(own.best[ix]);
            }
        }
        let unwanted = resolved.never.iter().any(|never| never.len() == 1 && best(never.start) > 0);
        if held < self.least || unwanted || !passes {
            return;
        }
        let mut score = sum / (resolved.wanted as u32).max(1);
        if held > 1 || !resolved.phrases.is_empty() || !resolved.never.is_empty() {
            places.clear();
            places.extend_from_slice(&head.places);
            places.extend_from_slice(&own.places);
            let follow = |atoms: &std::ops::Range<usize>| follow(places, atoms);
            if !resolved.phrases.iter().all(follow) || resolved.never.iter().any(follow) {
                return;
            }
            if held > 1 {
                score += nearness(places, atoms, resolved.wanted);
            }
        }
        let bonus = resolved.named.iter().filter(|named| self.is(**named)).map(|named| named.bonus).max();
        let (score, more) = (score + bonus.unwrap_or(0), 0);
        let found = Scored { held, score, statement: self.statement, more, atoms, own: alone };
        if let Some(all) = &mut self.all {
            all.push(found);
        }
        self.best = Some(match self.best {
            None => found,
            Some(best) if best.held == held => {
                let winner = if (score, alone) > (best.score, best.own) { found } else { best };
                Scored { more: best.more + 1, ..winner }
            }
            Some(best) => {
                if held > best.held {
                    found
                } else {
                    best
                }
            }
        });
    }

    /// Whether this document is what was named.
    fn is(&self, named: Named) -> bool {
        named.row == self.row && (named.statement == WHOLE || Some(named.statement) == self.statement)
    }

    fn passes(&self) -> bool {
        let address = match (self.address, self.statement) {
            (Address::Entry(entry), Some(at)) => {
                statement_of(self.knowledge, entry, at).map_or(self.address, Address::Statement)
            }
            (address, _) => address,
        };
        self.resolved.filters.iter().all(|filter| filter.passes(self.knowledge, address))
    }
}

/// The bonus for so many words of which the last stands so many words after the first.
pub(super) const fn near(apart: u32, words: u32) -> u32 {
    TOGETHER.saturating_sub(apart.saturating_sub(words - 1).saturating_mul(PER_WORD_BETWEEN))
}

/// The same for words that stand in the order of the query.
pub(super) const fn nearest(near: u32) -> u32 {
    if near > 0 { near + IN_ORDER } else { 0 }
}

/// The bonus for the narrowest stretch that holds all of the `atoms` that a document holds.
fn nearness(places: &[(u32, u8)], atoms: u32, wanted: usize) -> u32 {
    let count = atoms.count_ones();
    let mut last = [None; MOST_ATOMS];
    let mut bonus = 0;
    for (ix, (place, atom)) in places.iter().enumerate() {
        let atom = usize::from(*atom);
        if atom >= wanted {
            continue;
        }
        last[atom] = Some(*place);
        // All matches of a place count before it is looked at.
        if places
            .get(ix + 1..)
            .and_then(|rest| rest.iter().find(|(_, atom)| usize::from(*atom) < wanted))
            .is_some_and(|(next, _)| next == place)
        {
            continue;
        }
        let held = || (0..wanted).filter(|atom| atoms >> atom & 1 == 1).map(|atom| last[atom]);
        let Some(first) = held().min().flatten() else { continue };
        let near = near(place - first, count);
        bonus = bonus.max(if held().is_sorted() { nearest(near) } else { near });
    }
    bonus
}

/// Whether words that match `atoms` follow one another somewhere.
fn follow(places: &[(u32, u8)], atoms: &std::ops::Range<usize>) -> bool {
    let holds = |place: u32, atom: usize| {
        let from = places.partition_point(|(at, _)| *at < place);
        let here = places.iter().skip(from).take_while(|(at, _)| *at == place);
        here.clone().any(|(_, own)| usize::from(*own) == atom)
    };
    let starts = places.iter().filter(|(_, atom)| usize::from(*atom) == atoms.start);
    let mut starts = starts.map(|(place, _)| *place);
    starts.any(|start| atoms.clone().zip(start..).all(|(atom, place)| holds(place, atom)))
}
