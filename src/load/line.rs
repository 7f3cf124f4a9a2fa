//! In which line of a file something is written, found again when it is asked for: the model keeps no places.

use super::syntax::{Kind, Tokens};

/// The line, from 1, in which the item with this id begins: where `id: "…"` is written.
pub fn line_of(source: &str, id: &str) -> Option<usize> {
    let mut tokens = Tokens::new(source, 0);
    while let Some(token) = tokens.next() {
        if token.kind != Kind::Word || source.get(token.at) != Some("id") {
            continue;
        }
        let mut rest = tokens.clone();
        let colon = rest.next().is_some_and(|token| token.kind == Kind::Sign(':'));
        let Some(text) = rest.next().filter(|token| colon && matches!(token.kind, Kind::Text(_))) else {
            continue;
        };
        let inner = source.get(text.at.start + 1..text.at.end.saturating_sub(1)).unwrap_or_default();
        if inner == id {
            return Some(source.get(..text.at.start)?.matches('\n').count() + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_an_id_and_not_of_a_word_like_it() {
        let source = "// id: \"b\"\n(id: \"a\", text: \"id: \\\"b\\\"\",\n see: [\"b\"], \n id\n :\n \"b\", grid: \"c\")";
        for (id, line) in [("a", Some(2)), ("b", Some(6)), ("c", None)] {
            assert_eq!(line_of(source, id), line, "{id}");
        }
    }
}
