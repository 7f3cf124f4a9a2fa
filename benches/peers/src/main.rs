//! The search beside its peers, in one run and on the same entries: `cargo run --release [ENTRIES]`.
//!
//! - Each letter of the same queries: ours over all that an entry holds, on one thread; nucleo and `neo_frizbee` over the
//!   titles alone, on two threads each. Lines would be another question. All three must find every word, in any order:
//!   `neo_frizbee` knows only one, so each word is looked for in what the words before it left, as pickers do.
//!   Times are by the clock, for a machine that does nothing else; and those that the program itself was running on all
//!   cores, those of the peers halved, as if two threads were twice as fast.
//! - The time to build an index, beside tantivy's in memory, on two threads each.
//! - The queries with known answers, beside `fzf --filter` and nucleo over the statements as lines.

#[path = "../../corpus/mod.rs"]
mod corpus;

use std::collections::HashMap;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use corpus::{Wealth, queries, typed, written};
use nucleo::pattern::{CaseMatching, Normalization};
use rustix::time::{ClockId, clock_gettime};
use serde::Deserialize;
use tumen::knowledge::{Address, Knowledge};
use tumen::search::{Index, Progress, Query};

const ROWS: usize = 100;

fn main() {
    let entries = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(100_000);
    known_answers();
    for wealth in [Wealth::Ordinary, Wealth::Rich] {
        let text = written(entries, wealth);
        let queries = queries(&text);
        let knowledge = tumen::load::from_bytes("corpus", text.as_bytes()).expect("a knowledge file").knowledge;
        drop(text);
        println!("-- {entries} entries, {wealth:?}");
        let index = build(&knowledge);
        letters(&knowledge, &index, &queries);
    }
}

/// How long this program has been running on any core.
fn running() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// What it takes by the clock and on all cores together.
fn timed<T>(what: impl FnOnce() -> T) -> (T, f64, f64) {
    let (clock, start) = (Instant::now(), running());
    let made = what();
    (made, clock.elapsed().as_secs_f64() * 1e3, (running() - start).as_secs_f64() * 1e3)
}

fn build(knowledge: &Knowledge) -> Index {
    let (index, ours, ours_running) = timed(|| Index::build_on(knowledge, 2));
    let ((), theirs, theirs_running) = timed(|| tantivy_index(knowledge));
    println!(
        "index on two threads, ms by the clock (running): ours {ours:.0} ({ours_running:.0}), tantivy {theirs:.0} \
         ({theirs_running:.0}): {:.2} ({:.2}); {} words",
        ours / theirs,
        ours_running / theirs_running,
        index.words()
    );
    index
}

fn tantivy_index(knowledge: &Knowledge) {
    use tantivy::schema::{Schema, TEXT};
    let mut schema = Schema::builder();
    let (title, body) = (schema.add_text_field("title", TEXT), schema.add_text_field("body", TEXT));
    let index = tantivy::Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(2, 200_000_000).expect("a writer");
    for (at, entry) in knowledge.entries.iter().enumerate() {
        let mut document = tantivy::TantivyDocument::default();
        document.add_text(title, &entry.title);
        for text in entry.aliases.iter().chain(&entry.tags) {
            document.add_text(title, text);
        }
        for ix in knowledge.statements_of(tumen::knowledge::EntryIx::new(at)) {
            document.add_text(body, &knowledge.statement(ix).text.plain);
        }
        writer.add_document(document).expect("it is added");
    }
    writer.commit().expect("it is written");
}

fn letters(knowledge: &Knowledge, index: &Index, queries: &[String]) {
    // Copies, one behind the other in memory, as a picker would have read them.
    let titles: Vec<String> = knowledge.entries.iter().map(|entry| entry.title.to_string()).collect();
    let mut nucleo = picker(&titles, 2);
    let mut times: [Vec<(f64, f64)>; 3] = Default::default();
    for query in queries {
        let mut before = "";
        for text in typed(query) {
            let goes_on = !before.is_empty() && text.starts_with(before);
            let ((), clock, running) = timed(|| ours(knowledge, index, text));
            times[0].push((clock, running));
            let (_, clock, running) = timed(|| pick(&mut nucleo, text, goes_on));
            times[1].push((clock, running / 2.0));
            let (_, clock, running) = timed(|| frizbee(&titles, text));
            times[2].push((clock, running / 2.0));
            before = text;
        }
    }
    for (name, by) in [("by the clock", 0), ("running", 1)] {
        let percentiles = |times: &Vec<(f64, f64)>| {
            let mut times: Vec<f64> = times.iter().map(|time| if by == 0 { time.0 } else { time.1 }).collect();
            times.sort_by(f64::total_cmp);
            let at = |percent: usize| times[(times.len() * percent).div_ceil(100).clamp(1, times.len()) - 1];
            [50, 90, 99, 100].map(at)
        };
        let [ours, theirs, others] = times.each_ref().map(percentiles);
        println!("{:<32} {:>8} {:>8} {:>8} {:>8}", format!("a letter, ms {name}"), "p50", "p90", "p99", "worst");
        for (name, times) in [("ours, all fields", ours), ("nucleo, titles", theirs), ("neo_frizbee, titles", others)] {
            let [p50, p90, p99, worst] = times;
            println!("{name:<32} {p50:>8.3} {p90:>8.3} {p99:>8.3} {worst:>8.3}");
        }
        println!("p99 beside nucleo {:.3}, beside neo_frizbee {:.3}", ours[2] / theirs[2], ours[2] / others[2]);
    }
}

/// Until the rows are certain.
fn ours(knowledge: &Knowledge, index: &Index, text: &str) {
    let query = Query::parse(text);
    let mut seek = index.seek(knowledge, &query, ROWS);
    while seek.step(index, knowledge, usize::MAX) == Progress::Seeking {}
    std::hint::black_box(seek.hits(index, knowledge).rows.len());
}

/// The titles that hold all words of a text, best first.
fn frizbee(titles: &[String], text: &str) -> Vec<(u32, u16)> {
    let config = neo_frizbee::Config { max_typos: Some(0), ..neo_frizbee::Config::default() };
    let mut words = text.split_whitespace();
    let matcher = |word: &str| neo_frizbee::Matcher::new(word, &config);
    let first = matcher(words.next().unwrap_or_default()).match_list_parallel(titles, 2);
    let mut found: Vec<(u32, u16)> = first.into_iter().map(|hit| (hit.index, hit.score)).collect();
    for word in words {
        let among: Vec<&str> = found.iter().map(|(at, _)| titles[*at as usize].as_str()).collect();
        let both = |hit: neo_frizbee::Match| {
            let (at, score) = found[hit.index as usize];
            (at, score.saturating_add(hit.score))
        };
        found = matcher(word).match_list_parallel(&among, 2).into_iter().map(both).collect();
        found.sort_by_key(|(at, score)| (std::cmp::Reverse(*score), *at));
    }
    found
}

fn picker<T: AsRef<str>>(lines: &[T], threads: usize) -> nucleo::Nucleo<u32> {
    let mut nucleo = nucleo::Nucleo::new(nucleo::Config::DEFAULT, Arc::new(|| {}), Some(threads), 1);
    let injector = nucleo.injector();
    for (at, line) in lines.iter().enumerate() {
        injector.push(at as u32, |_, columns| columns[0] = line.as_ref().into());
    }
    while nucleo.tick(10).running {}
    nucleo
}

/// The first rows for a text.
fn pick(nucleo: &mut nucleo::Nucleo<u32>, text: &str, goes_on: bool) -> Vec<u32> {
    nucleo.pattern.reparse(0, text, CaseMatching::Ignore, Normalization::Smart, goes_on);
    while nucleo.tick(10).running {}
    let snapshot = nucleo.snapshot();
    let count = snapshot.matched_item_count().min(ROWS as u32);
    snapshot.matched_items(..count).map(|item| *item.data).collect()
}

/// A query and its answer.
#[derive(Deserialize)]
struct Expected {
    query: String,
    find: String,
    #[serde(default)]
    #[allow(dead_code, reason = "a field of the file")]
    held_out: bool,
    #[serde(default)]
    #[allow(dead_code, reason = "a field of the file")]
    beyond_words: bool,
}

fn known_answers() {
    let all: Vec<Expected> = ron::from_str(include_str!("../../../tests/data/queries.ron")).expect("queries");
    let knowledge = tumen::load::shipped().expect("the shipped file").knowledge;
    let index = Index::build(&knowledge);
    // A line is what a picker would be given: the address, the title, the text, the names.
    let entry = |address: Address| match address {
        Address::Statement(ix) => Address::Entry(knowledge.statement(ix).entry),
        address => address,
    };
    let mut lines: HashMap<String, Address> = HashMap::new();
    let mut order = Vec::new();
    let mut add = |text: String, address: Address| {
        order.push(text.clone());
        lines.insert(text, entry(address));
    };
    for (at, statement) in knowledge.statements.iter().enumerate() {
        let address = Address::Statement(tumen::knowledge::StatementIx::new(at));
        let owner = knowledge.entry(statement.entry);
        let words = [owner.tags.join(" "), owner.aliases.join(" ")].join(" ");
        let place = knowledge.address_text(address);
        add(format!("{place} {} {} {words}", owner.title, statement.text.plain), address);
    }
    for at in 0..knowledge.entities.len() {
        let ix = tumen::knowledge::EntityIx::new(at);
        let (entity, place) = (knowledge.entity(ix), knowledge.address_text(Address::Entity(ix)));
        let names = [entity.native.join(" "), entity.aliases.join(" ")].join(" ");
        add(format!("{place} {} {names} {}", entity.name, entity.summary.plain), Address::Entity(ix));
    }
    let mut nucleo = picker(&order, 1);
    let rank = |found: &mut dyn Iterator<Item = Address>, target: Address| {
        // Of an entry that has several lines the first counts once.
        let mut seen: Vec<Address> = Vec::new();
        for address in found {
            if address == target {
                return 1.0 / (seen.len() + 1) as f64;
            }
            if !seen.contains(&address) {
                seen.push(address);
            }
            if seen.len() == 5 {
                break;
            }
        }
        0.0
    };
    let (mut ours, mut picked, mut filtered) = (0.0, 0.0, 0.0);
    for Expected { query, find, .. } in &all {
        let target = entry(knowledge.address(find).expect("an id"));
        let hits = index.search(&knowledge, &Query::parse(query), 5);
        ours += rank(&mut hits.rows.iter().map(|row| entry(row.address)), target);
        let found = pick(&mut nucleo, query, false);
        picked += rank(&mut found.into_iter().map(|at| lines[&order[at as usize]]), target);
        filtered += rank(&mut fzf(query, &order).iter().filter_map(|line| lines.get(line).copied()), target);
    }
    let mean = |sum: f64| sum / all.len() as f64;
    println!(
        "mean reciprocal rank of {} queries, the first five entries: ours {:.3}, nucleo {:.3}, fzf {:.3}",
        all.len(),
        mean(ours),
        mean(picked),
        mean(filtered)
    );
}

/// What `fzf --filter` prints; nothing where there is no fzf.
fn fzf(query: &str, lines: &[String]) -> Vec<String> {
    let mut command = Command::new("fzf");
    let child = command.args(["--filter", query]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = child else { return Vec::new() };
    if let Some(mut input) = child.stdin.take() {
        // It may stop reading once it knows enough.
        let _ = input.write_all(lines.join("\n").as_bytes());
    }
    let output = child.wait_with_output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&output).lines().map(str::to_owned).collect()
}
