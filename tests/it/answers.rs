//! What `--json` writes is what `tests/data/answers.schema.json` says, on the shipped file, a small one and random ones.

use serde_json::Value;
use tumen::knowledge::{EntityIx, Item, Knowledge, SourceIx, TourIx};
use tumen::load::{from_bytes, shipped};
use tumen::print::json;
use tumen::print::problems::{self, Finding, Severity};
use tumen::print::{Ask, Form, Paper, Question, Span, answer};

use crate::dossiers::{self, Shape};

fn schema() -> Value {
    serde_json::from_str(include_str!("../data/answers.schema.json")).expect("the schema is JSON")
}

/// Where `value` is not what `rule` says, if anywhere. This is the part of JSON Schema (draft 2020-12) that the file
/// uses; any other keyword in it fails.
fn mistake(value: &Value, rule: &Value, whole: &Value, at: &str) -> Option<String> {
    for (word, said) in rule.as_object().expect("a rule is an object") {
        let wrong = match word.as_str() {
            "$ref" => {
                let name = said.as_str().and_then(|path| path.strip_prefix("#/$defs/")).expect("a reference");
                if let Some(wrong) = mistake(value, &whole["$defs"][name], whole, at) {
                    return Some(wrong);
                }
                false
            }
            "anyOf" => {
                let rules = said.as_array().expect("a list of rules");
                rules.iter().all(|rule| mistake(value, rule, whole, at).is_some())
            }
            "type" => {
                let one = std::slice::from_ref(said);
                !said.as_array().map_or(one, Vec::as_slice).iter().any(|name| is_a(value, name))
            }
            "const" => value != said,
            "enum" => !said.as_array().expect("a list").contains(value),
            "minimum" => value.as_f64().is_some_and(|number| number < said.as_f64().expect("a number")),
            "maximum" => value.as_f64().is_some_and(|number| number > said.as_f64().expect("a number")),
            "required" => said
                .as_array()
                .expect("a list")
                .iter()
                .any(|name| value.get(name.as_str().unwrap()).is_none()),
            "additionalProperties" => {
                let known = rule["properties"].as_object().expect("properties");
                value.as_object().is_some_and(|object| object.keys().any(|key| !known.contains_key(key)))
            }
            "properties" => {
                for (name, rule) in said.as_object().expect("properties") {
                    let found =
                        value.get(name).and_then(|own| mistake(own, rule, whole, &format!("{at}/{name}")));
                    if found.is_some() {
                        return found;
                    }
                }
                false
            }
            "items" => {
                for (ix, item) in value.as_array().into_iter().flatten().enumerate() {
                    let found = mistake(item, said, whole, &format!("{at}/{ix}"));
                    if found.is_some() {
                        return found;
                    }
                }
                false
            }
            other => panic!("this test does not know the keyword {other}"),
        };
        if wrong {
            return Some(format!("{at} is against {word}: {value}"));
        }
    }
    None
}

fn is_a(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("the name of a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("no type {other}"),
    }
}

/// Fails if `line` is not one line that the definition `name` allows; gives the object.
fn assert_is(line: &str, name: &str) -> Value {
    assert_eq!(line.matches('\n').count(), 1, "one object on one line: {line}");
    let value: Value = serde_json::from_str(line).expect("JSON");
    let schema = schema();
    let wrong = mistake(&value, &schema["$defs"][name], &schema, name);
    assert_eq!(wrong, None);
    value
}

fn asked(knowledge: &Knowledge, question: Question) -> String {
    answer(&Ask { question, form: Form::Json, paper: Paper::PLAIN }, knowledge, None).text
}

/// Everything that can be asked of a file, for programs.
fn check(knowledge: &Knowledge) {
    for query in ["", "a", "treaty", "is:alleged", "kim !treaty"] {
        let question = Question::Search { query: query.into(), limit: 30 };
        let found = assert_is(&asked(knowledge, question), "search");
        assert_eq!(found["query"], query);
    }
    let span = Span { from: None, to: "1990".parse().ok() };
    assert_is(&asked(knowledge, Question::Timeline { topic: None, span }), "timeline");
    let sources = (0..knowledge.sources.len()).map(|at| Item::Source(SourceIx::new(at)));
    let entities = (0..knowledge.entities.len()).map(|at| Item::Entity(EntityIx::new(at)));
    let tours = (0..knowledge.tours.len()).map(|at| Item::Tour(TourIx::new(at)));
    let topics = knowledge.topic_ixs().map(Item::Topic);
    for item in sources.chain(entities).chain(tours).chain(topics) {
        let what = knowledge.ids.name(item).to_owned();
        assert_is(&asked(knowledge, Question::Show { what }), "show");
    }
    assert_is(&json::line(&json::File::of(knowledge)), "export");
}

#[test]
fn answers_are_what_their_schema_says() {
    check(&shipped().expect("it ships").knowledge);
    check(&from_bytes("small.ron", include_bytes!("../data/small.ron")).expect("it loads").knowledge);
    for seed in 0..4 {
        check(&dossiers::loaded(Shape { seed, topics: 3, entries: 8 }).knowledge);
    }
}

#[test]
fn the_schema_refuses_what_is_no_answer() {
    let schema = schema();
    let whole = r#"{"version":1,"query":"x","total":0,"hits":[]}"#;
    for (old, new) in [
        ("\"version\":1", "\"version\":2"),
        ("\"total\":0", "\"total\":-1"),
        ("\"total\":0", "\"total\":\"0\""),
        ("\"hits\":[]", "\"hits\":[{}]"),
        (",\"hits\":[]", ""),
        ("\"total\":0", "\"total\":0,\"more\":1"),
    ] {
        let value: Value = serde_json::from_str(&whole.replace(old, new)).expect("JSON");
        assert!(mistake(&value, &schema["$defs"]["search"], &schema, "").is_some(), "{new}");
    }
}

#[test]
fn one_statement_as_programs_see_it() {
    let knowledge = shipped().expect("it ships").knowledge;
    let found = assert_is(&asked(&knowledge, Question::Show { what: "O10".into() }), "show");
    let expected = serde_json::json!({
        "address": "overview/arms-suspicions#O10", "kind": "statement", "topic": "Overview",
        "title": "Suspicions of an arms trade",
        "text": concat!("North Korea may be supplying munitions to Russia, and so perhaps aiding its military efforts ", "in the war in Ukraine."),
        "standing": "alleged", "by": ["united-states", "south-korea"], "denied_by": ["north-korea", "russia"],
        "when": null, "sources": ["article"],
    });
    for (name, value) in expected.as_object().expect("an object") {
        assert_eq!(&found["item"][name], value, "{name}");
    }
    let text = asked(&knowledge, Question::Search { query: "slbm".into(), limit: 1 });
    let found = assert_is(&text, "search");
    assert_eq!(
        (&found["hits"][0]["score"], found["hits"].as_array().map(Vec::len)),
        (&Value::from(1.0), Some(1))
    );
    // The order in which people read them, too.
    let order =
        ["version", "query", "total", "hits", "address", "kind", "topic", "title", "text", "standing"];
    let places: Vec<_> = order.iter().map(|name| text.find(&format!("\"{name}\":"))).collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{text}");
}

#[test]
fn findings_are_what_their_schema_says() {
    let source = include_str!("../data/small.ron").replace("(kim-jong-un) called", "(kim-jong-um) called");
    let found = from_bytes("f.ron", source.as_bytes()).expect("it still opens").problems;
    let finding = |problem| Finding { severity: Severity::Error, problem };
    let findings: Vec<Finding> = found.into_iter().map(finding).collect();
    let object = assert_is(&json::line(&problems::object(&findings)), "check");
    let expected = serde_json::json!([{
        "severity": "error", "file": "f.ron", "line": 36, "column": 46, "end": 57,
        "message": object["findings"][0]["message"], "remedy": object["findings"][0]["remedy"],
    }]);
    assert_eq!(object["findings"], expected);
}
