//! The hand-outs: a page that needs nothing but itself, and a document whose every claim is cited.

use std::collections::BTreeMap;

use tumen::knowledge::{EntityIx, EntryIx, Item, Knowledge, StatementIx};
use tumen::load::{from_bytes, shipped};
use tumen::print::{html, markdown};
use tumen::text::markup;

use crate::dossiers::{Shape, loaded};

fn files() -> Vec<Knowledge> {
    let random = (0..3).map(|seed| loaded(Shape { seed, topics: 4, entries: 9 }).knowledge);
    let small = from_bytes("small.ron", include_bytes!("../data/small.ron")).expect("it loads").knowledge;
    random.chain([small, shipped().expect("it ships").knowledge]).collect()
}

/// The values of an attribute, as they are written.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    page.split(&begin).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_page_leads_only_to_itself_and_to_sources() {
    for knowledge in files() {
        let page = html::page(&knowledge);
        let ids = values(&page, "id");
        let mut counts = BTreeMap::new();
        for id in &ids {
            *counts.entry(*id).or_insert(0) += 1;
        }
        assert!(counts.values().all(|count| *count == 1), "an anchor that is there twice: {counts:?}");
        let mut links = 0;
        for to in values(&page, "href") {
            match to.strip_prefix('#') {
                Some(id) => assert!(counts.contains_key(id), "nothing is called {id}"),
                None => assert!(to.starts_with("https://"), "{to}"),
            }
            links += 1;
        }
        assert!(links > ids.len() / 2, "the test sees no links");
        for what in
            ["src=", "url(", "@import", "<link", "<iframe", "fetch(", "XMLHttp", " onclick=", " style="]
        {
            assert!(!page.contains(what), "{what} could load something, or run");
        }
        assert_eq!(page.matches("<script>").count(), 1, "one script, which the search box needs");
        assert!(page.contains("default-src 'none'"), "the page itself forbids the rest");
    }
}

#[test]
fn a_page_says_all_that_the_file_says() {
    for knowledge in files() {
        let page = html::page(&knowledge);
        for at in 0..knowledge.statements.len() {
            let ix = StatementIx::new(at);
            let (id, kind) =
                (knowledge.ids.name(Item::Statement(ix)), knowledge.statement(ix).standing.kind());
            let opening = format!("<li id=\"{id}\" class=\"statement {}\">", kind.word());
            let from = page.find(&opening).unwrap_or_else(|| panic!("{id} is missing"));
            let own = page[from..].split("</li>").next().unwrap_or_default();
            assert!(own.contains(kind.sign()) && own.contains(&format!(">{}<", kind.word())), "{own}");
            for party in knowledge.statement(ix).standing.by() {
                assert!(
                    own.contains(&format!("href=\"#{}\"", knowledge.ids.name(Item::Entity(*party)))),
                    "{own}"
                );
            }
            assert_eq!(
                own.contains("denied by"),
                !knowledge.statement(ix).standing.denied_by().is_empty(),
                "{own}"
            );
        }
        let entries = (0..knowledge.entries.len()).map(|at| Item::Entry(EntryIx::new(at)));
        let entities = (0..knowledge.entities.len()).map(|at| Item::Entity(EntityIx::new(at)));
        for item in entries.chain(entities) {
            assert!(page.contains(&format!(" id=\"{}\"", knowledge.ids.name(item))), "{item:?}");
        }
    }
}

#[test]
fn a_hostile_file_stays_a_text() {
    let small = include_str!("../data/small.ron");
    let source = small
        .replace("Shells for the war", "<script>alert(1)</script> & \\\"more\\\"")
        .replace("Two neighbours", "</title><b>bold")
        .replace("[Kim Jong-un](kim-jong-un) called", "`<img src=x>` _a_ | called");
    let knowledge = from_bytes("f.ron", source.as_bytes()).expect("it opens").knowledge;
    let page = html::page(&knowledge);
    assert!(!page.contains("<script>alert") && !page.contains("<img") && !page.contains("<b>"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;"), "{page}");
    let document = markdown::file(&knowledge);
    assert!(document.contains("\\<script>alert(1)\\</script>"), "{document}");
    assert!(document.contains("\\</title>"), "{document}");
}

/// The colours of one scheme: the variables in the `at`-th `:root` of the page's style.
fn colours(style: &str, at: usize) -> BTreeMap<&str, [f64; 3]> {
    let block = style.split(":root {").nth(at + 1).and_then(|rest| rest.split('}').next()).expect("a scheme");
    let declarations = block.split(';').filter_map(|declaration| declaration.trim().split_once(':'));
    declarations
        .filter_map(|(name, value)| {
            let digits = value.trim().strip_prefix('#').filter(|digits| digits.len() == 6)?;
            let part = |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).expect("hexadecimal");
            Some((
                name.trim().trim_start_matches("--"),
                [part(0), part(2), part(4)].map(|part| f64::from(part) / 255.0),
            ))
        })
        .collect()
}

/// Relative luminance, by WCAG 2.2.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[test]
fn colours_can_be_read_by_day_and_by_night() {
    let page = html::page(&shipped().expect("it ships").knowledge);
    let style = page.split("<style>").nth(1).expect("a style");
    for at in [0, 1] {
        let colours = colours(style, at);
        assert!(colours.len() >= 13, "{colours:?}");
        for (name, colour) in &colours {
            if matches!(*name, "ground" | "raised" | "rule" | "found") {
                continue;
            }
            for ground in ["ground", "raised"] {
                let (a, b) = (luminance(*colour), luminance(colours[ground]));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 4.5, "{name} on {ground} in scheme {at}: {contrast:.2}");
            }
        }
    }
}

#[test]
fn a_document_cites_every_statement() {
    for knowledge in files() {
        let document = markdown::file(&knowledge);
        for at in 0..knowledge.statements.len() {
            let statement = knowledge.statement(StatementIx::new(at));
            let id = knowledge.ids.name(Item::Statement(StatementIx::new(at)));
            let begin = format!("- <a id=\"{id}\"></a>**{id}** ");
            let line = document.lines().find(|line| line.starts_with(&begin));
            let line = line.unwrap_or_else(|| panic!("{id} is missing"));
            assert!(line.contains(statement.standing.kind().word()), "{line}");
            for source in &statement.sources {
                let note = format!("[^{}]", knowledge.ids.name(Item::Source(*source)));
                assert!(line.contains(&note), "{line}");
                assert!(document.contains(&format!("\n{note}: ")), "{note} is not explained");
            }
            // What stands in the line is what the statement says, whatever signs are in it.
            let body = line[begin.len()..].split("[^").next().unwrap_or_default();
            assert_eq!(markup::parse(body).plain, &*statement.text.plain, "{body}");
        }
    }
}
