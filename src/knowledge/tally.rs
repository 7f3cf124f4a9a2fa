//! How well what is said stands, topic by topic, and who says and who denies it. Counted when it is first asked for.
//!
//! Must never mix what parties say with what the source itself says: only statements with parties are in pairs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{EntityIx, Knowledge, StandingKind, StatementIx, TopicIx};

/// Who says something, and who denies it; `None` where nobody does.
pub type Pair = (EntityIx, Option<EntityIx>);

/// How many statements have which standing, in the order of [`StandingKind::ALL`].
pub type Counts = [usize; StandingKind::ALL.len()];

/// Statements by topic and standing, and by who says and denies them. All lists are in reading order.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// By [`TopicIx`], then by standing in the order of [`StandingKind::ALL`].
    topics: Vec<[Vec<StatementIx>; StandingKind::ALL.len()]>,
    /// By who says and who denies. A statement of several parties stands with each of them.
    pairs: BTreeMap<Pair, (Vec<StatementIx>, Counts)>,
    /// Who says something: those who are denied first, then those with the most statements.
    pub sayers: Vec<EntityIx>,
    /// Who denies something, those with the most denials first.
    pub deniers: Vec<EntityIx>,
}

impl Tally {
    /// Counts some statements.
    pub fn of(knowledge: &Knowledge, statements: impl Iterator<Item = StatementIx>) -> Self {
        let mut tally = Self { topics: vec![Default::default(); knowledge.topics.len()], ..Self::default() };
        let mut said: BTreeMap<EntityIx, (usize, usize)> = BTreeMap::new();
        let mut denied: BTreeMap<EntityIx, (usize, usize)> = BTreeMap::new();
        for ix in statements {
            let statement = knowledge.statement(ix);
            let topic = knowledge.entry(statement.entry).topic;
            tally.topics[topic.at()][statement.standing.kind() as usize].push(ix);
            let deniers = statement.standing.denied_by();
            for by in statement.standing.by() {
                let counts = said.entry(*by).or_default();
                *counts = (counts.0 + usize::from(!deniers.is_empty()), counts.1 + 1);
                let nobody = deniers.is_empty().then_some(None);
                for denier in nobody.into_iter().chain(deniers.iter().copied().map(Some)) {
                    let (list, counts) = tally.pairs.entry((*by, denier)).or_default();
                    list.push(ix);
                    counts[statement.standing.kind() as usize] += 1;
                }
            }
            for denier in deniers {
                denied.entry(*denier).or_default().0 += 1;
            }
        }
        let by_count = |counts: BTreeMap<EntityIx, (usize, usize)>| {
            let mut order: Vec<(EntityIx, (usize, usize))> = counts.into_iter().collect();
            order.sort_by_key(|(entity, count)| (std::cmp::Reverse(*count), *entity));
            order.into_iter().map(|(entity, _)| entity).collect()
        };
        (tally.sayers, tally.deniers) = (by_count(said), by_count(denied));
        tally
    }

    /// The statements of a standing in a topic.
    pub fn of_standing(&self, topic: TopicIx, kind: StandingKind) -> &[StatementIx] {
        self.topics.get(topic.at()).map_or(&[], |kinds| &kinds[kind as usize])
    }

    /// The statements of a pair.
    pub fn of_pair(&self, pair: Pair) -> &[StatementIx] {
        self.pairs.get(&pair).map_or(&[], |(list, _)| list)
    }

    /// How many statements of a pair have which standing.
    pub fn counts_of_pair(&self, pair: Pair) -> Counts {
        self.pairs.get(&pair).map_or_else(Counts::default, |(_, counts)| *counts)
    }

    /// All pairs that have statements.
    pub fn pairs(&self) -> impl Iterator<Item = (Pair, &[StatementIx])> {
        self.pairs.iter().map(|(pair, (list, _))| (*pair, &**list))
    }
}

/// The tally of the whole dossier, and of each entity that was asked for.
#[derive(Debug, Default)]
pub struct Tallies {
    whole: OnceLock<Tally>,
    entities: OnceLock<Vec<OnceLock<Tally>>>,
}

impl Clone for Tallies {
    /// A copy counts anew: what it is about may be changed before it is asked.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Knowledge {
    /// The standings of the whole dossier.
    pub fn tally(&self) -> &Tally {
        self.tallies.whole.get_or_init(|| Tally::of(self, (0..self.statements.len()).map(StatementIx::new)))
    }

    /// The standings of the statements that mention an entity.
    pub fn tally_of_entity(&self, entity: EntityIx) -> &Tally {
        let all =
            self.tallies.entities.get_or_init(|| self.entities.iter().map(|_| OnceLock::new()).collect());
        all[entity.at()].get_or_init(|| Tally::of(self, self.mentions.statements(entity).iter().copied()))
    }
}
