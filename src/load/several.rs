//! Several files as one dossier: a teacher adds a topic without touching the file that it belongs to.
//!
//! All files are laid end to end into one text, so that one pass understands them and every place is known; topics of
//! one id join, everything else is added up. Must never let a later file change what an earlier one says.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::bytes::bytes;
use super::faults::{Faults, Part};
use super::lower::lower;
use super::parse::parse;
use super::raw::File;
use super::shipped;
use super::syntax::Whole;
use super::unreadable::{Unreadable, senseless, text_of, unreadable, without_place};
use super::{Loaded, nothing_to_show, read};

/// What a dossier is read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The files, in the order in which they are joined.
    pub files: Vec<PathBuf>,
    /// The dossier that the program carries comes before them. It is all there is where there are no files.
    pub with_shipped: bool,
}

impl Source {
    /// The file, if it is one and nothing else.
    pub fn only(&self) -> Option<&Path> {
        match (&*self.files, self.with_shipped) {
            ([file], false) => Some(file),
            _ => None,
        }
    }

    /// Reads it. May be called again, to see what was changed.
    ///
    /// # Errors
    /// When one of the files cannot be opened, or all of them together cannot be shown at all.
    pub fn open(&self) -> Result<Loaded, Unreadable> {
        match (&*self.files, self.with_shipped) {
            ([], _) => super::shipped(),
            ([file], false) => read(file),
            (files, with_shipped) => join(files, with_shipped),
        }
    }
}

impl Source {
    /// Reads it again, from files alone: what is a pipe or a device by now would be waited for, perhaps for ever.
    ///
    /// # Errors
    /// As those of [`Source::open`], and when something is no file any more.
    pub fn open_again(&self) -> Result<Loaded, Unreadable> {
        let is_other =
            |path: &&PathBuf| fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir());
        match self.files.iter().find(is_other) {
            None => self.open(),
            Some(path) => {
                let what = "is a pipe or a device by now, which is not read again";
                Err(Unreadable(vec![without_place(&name(path), what, "put the file back")]))
            }
        }
    }
}

/// The text of the dossier that the program carries: joined with others it is read again.
const SHIPPED: &str = include_str!("../../assets/dprk-russia.ron");

/// Reads files as one, behind the shipped one if it is wanted.
fn join(paths: &[PathBuf], with_shipped: bool) -> Result<Loaded, Unreadable> {
    let mut joint = Joint::default();
    let mut troubles = Vec::new();
    if with_shipped {
        joint.push(shipped::NAME.to_owned(), SHIPPED);
    }
    for path in paths {
        match source(path) {
            Ok(text) => joint.push(name(path), &text),
            Err(Unreadable(problems)) => troubles.extend(problems),
        }
    }
    let mut written = Vec::new();
    for (part, range) in joint.parts.iter().zip(&joint.ranges) {
        let text = joint.text.get(range.clone()).unwrap_or_default();
        let (file, sink) = parse(&Whole::new(text, range.start, &|_| {}));
        if sink.faults.is_empty() {
            written.push(file);
        } else {
            // What it means is not judged: it may refer to what stands in other files.
            troubles.extend(senseless(&part.file, text, sink.faults));
        }
    }
    if !troubles.is_empty() {
        return Err(Unreadable(troubles));
    }
    let written = written.into_iter().reduce(joined).unwrap_or_default();
    if let Some(fault) = nothing_to_show(&written) {
        let first = joint.parts.first().map_or("", |part| &part.file);
        return Err(unreadable(first, "", fault));
    }
    let (knowledge, faults) = lower(written, Faults::new(&joint.text), &|_| {});
    let problems = faults.into_problems_of(&joint.parts, &knowledge.ids);
    Ok(Loaded { knowledge, problems })
}

/// Texts laid end to end.
#[derive(Default)]
struct Joint {
    text: String,
    parts: Vec<Part>,
    /// The bytes of each part.
    ranges: Vec<Range<usize>>,
}

impl Joint {
    fn push(&mut self, file: String, text: &str) {
        let line = self.parts.last().map_or(0, |part| part.lines.end);
        let from = self.text.len();
        self.text.push_str(text);
        self.ranges.push(from..self.text.len());
        // Every file begins in a line of its own.
        self.text.push('\n');
        self.parts.push(Part { file, lines: line..line + text.matches('\n').count() + 1 });
    }
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

/// The text of a file, without a byte order mark.
fn source(path: &Path) -> Result<String, Unreadable> {
    let bytes = bytes(path)?;
    text_of(&name(path), &bytes).map(str::to_owned)
}

/// `first` and what `more` adds to it. The first file says what the dossier is called and how old it is.
fn joined<'a>(mut first: File<'a>, more: File<'a>) -> File<'a> {
    for topic in more.topics {
        let same = first.topics.iter_mut().find(|known| !known.id.0.is_empty() && known.id.0 == topic.id.0);
        match same {
            Some(known) => {
                known.entries.0.extend(topic.entries.0);
                for (mine, theirs) in [(&mut known.title, topic.title), (&mut known.summary, topic.summary)] {
                    if mine.0.is_empty() {
                        *mine = theirs;
                    }
                }
            }
            None => first.topics.push(topic),
        }
    }
    first.sources.extend(more.sources);
    first.entities.0.extend(more.entities.0);
    first.relations.0.extend(more.relations.0);
    first.tours.extend(more.tours);
    first
}
