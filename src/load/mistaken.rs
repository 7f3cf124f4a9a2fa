//! What a file that makes no sense may be in truth: written in other characters, by another system, or by a merge.
//!
//! What is said of its notation is true and helps nobody. Must never be asked about a file that makes sense.

use super::fault::Fault;

/// How lines begin between which a merge has left both sides (`git-merge(1)`, "How conflicts are presented").
const SIDES: [&str; 2] = ["<<<<<<< ", ">>>>>>> "];

/// What is wrong with the whole of `source`, if it is one of these things.
pub(super) fn mistaken(source: &str) -> Vec<Fault> {
    let bytes = source.as_bytes();
    if is_utf16(bytes) {
        return vec![Fault::at(0..1, "this is UTF-16", "save the file as UTF-8")];
    }
    if let (Some(at), None) = (memchr::memchr(b'\r', bytes), memchr::memchr(b'\n', bytes)) {
        let what = "lines end in CR alone, so that all behind the first `//` is one comment";
        return vec![Fault::at(at..at + 1, what, "save the file with LF at the ends of its lines")];
    }
    unmerged(source)
}

/// Whether `bytes` begin as UTF-16 does: with a byte order mark, or with letters of ASCII of which each has two bytes.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => true,
        [first, 0, second, 0, ..] | [0, first, 0, second, ..] => *first != 0 && *second != 0,
        _ => false,
    }
}

/// Each place where a merge has left both sides.
fn unmerged(source: &str) -> Vec<Fault> {
    let [ours, theirs] = SIDES.map(|side| begins(source, side));
    if theirs.is_empty() {
        return Vec::new();
    }
    let what = "two versions were merged here, and nobody has chosen yet";
    let remedy = "keep what is right, and remove the lines of `<<<<<<<`, `=======` and `>>>>>>>`";
    ours.into_iter().map(|at| Fault::at(at..at + SIDES[0].trim_end().len(), what, remedy)).collect()
}

/// Where lines begin that begin with `mark`.
fn begins(source: &str, mark: &str) -> Vec<usize> {
    let found = memchr::memmem::find_iter(source.as_bytes(), mark);
    found.filter(|at| source.as_bytes()[..*at].last().is_none_or(|before| *before == b'\n')).collect()
}
