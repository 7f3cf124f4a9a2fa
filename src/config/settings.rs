//! What a user sets in `config.ron`, read and checked: either all of it holds, or every problem is told with its place
//! and the defaults hold. Must never take a key from an action in silence.

use std::ops::Range;

use ron::extensions::Extensions;

use super::colors::{Colors, ROLES, rgb};
use super::written::{self, Pairs, Word};
use super::{Clipboard, Theme};
use crate::action::{Context, Row, TABLE, named};
use crate::keys::{Conflict, Key, Keymap};
use crate::knowledge::Problem;
use crate::load::place;
use crate::text::clean::clean;

/// What a user can set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which colours; `None` finds out.
    pub theme: Option<Theme>,
    /// Colours in place of the theme's.
    pub colors: Colors,
    /// Signs and rules in ASCII.
    pub ascii: bool,
    /// Clicks and the wheel are taken.
    pub mouse: bool,
    /// Lines that a screen reader reads.
    pub plain: bool,
    /// The way of copies.
    pub clipboard: Clipboard,
    /// What keys mean.
    pub keymap: Keymap,
}

/// A file being checked.
struct Check<'s> {
    file: &'s str,
    source: &'s str,
    problems: Vec<Problem>,
}

/// Keys that were given in the file, and where.
struct Given {
    context: Context,
    keys: String,
    at: Range<usize>,
}

impl Settings {
    /// What holds without a file.
    ///
    /// # Errors
    /// When two rows of the table want the same keys, which a test rules out.
    pub fn defaults() -> Result<Self, Conflict> {
        Ok(Self {
            theme: None,
            colors: Colors::default(),
            ascii: false,
            mouse: true,
            plain: false,
            clipboard: Clipboard::default(),
            keymap: Keymap::from_table()?,
        })
    }

    /// Reads the text of `file`.
    ///
    /// # Errors
    /// Every problem with its place; nothing of the file holds then.
    pub fn read(file: &str, source: &str) -> Result<Self, Vec<Problem>> {
        let mut check = Check { file, source, problems: Vec::new() };
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let written: written::Config<'_> = match options.from_str(source) {
            Ok(written) => written,
            Err(error) => {
                let at = byte_of(source, error.span.start.line, error.span.start.col);
                let remedy = "`tumen config --print-default` prints a file that can be read";
                check.push(at..at + 1, error.code.to_string(), remedy);
                return Err(check.problems);
            }
        };
        let colors = check.colors(&written.colors);
        let keymap = check.keymap(&written);
        match keymap {
            Some(keymap) if check.problems.is_empty() => Ok(Self {
                theme: theme(written.theme),
                colors,
                ascii: written.ascii,
                mouse: written.mouse.unwrap_or(true),
                plain: written.plain,
                clipboard: clipboard(written.clipboard),
                keymap,
            }),
            _ => Err(check.problems),
        }
    }
}

impl Check<'_> {
    fn push(&mut self, at: Range<usize>, what: impl Into<String>, remedy: impl Into<String>) {
        let (what, remedy): (String, String) = (what.into(), remedy.into());
        self.problems.push(Problem {
            file: clean(self.file).into_owned(),
            place: Some(place(self.source, &at)),
            what: clean(&what).into_owned(),
            remedy: clean(&remedy).into_owned(),
        });
    }

    /// Where a text is written. One with an escape in it was put together, and is looked for by what it says.
    fn at(&self, word: &Word<'_>) -> Range<usize> {
        let start = (word.0.as_ptr() as usize).wrapping_sub(self.source.as_ptr() as usize);
        let start = Some(start).filter(|start| start + word.0.len() <= self.source.len());
        let start = start.unwrap_or_else(|| self.source.find(&*word.0).unwrap_or(0));
        start..start + word.0.len()
    }

    fn colors(&mut self, pairs: &Pairs<'_, Word<'_>>) -> Colors {
        let mut colors = Colors::default();
        for (role, value) in &pairs.0 {
            let at = ROLES.iter().position(|known| *known == role.0);
            match (at, rgb(&value.0)) {
                (Some(at), Some(color)) => colors.set(at, color),
                (None, _) => {
                    let what =
                        format!("nothing has the colour `{}`{}", role.0, meant(&role.0, ROLES.into_iter()));
                    self.push(self.at(role), what, format!("there are {}", ROLES.join(", ")));
                }
                (_, None) => {
                    self.push(
                        self.at(value),
                        format!("`{}` is no colour", value.0),
                        "write it like \"#e8b46a\"",
                    );
                }
            }
        }
        colors
    }

    /// The keys of the table, but for the actions that are given others.
    fn keymap(&mut self, written: &written::Config<'_>) -> Option<Keymap> {
        let lists = [
            (Context::Command, &written.keys),
            (Context::Typing, &written.typing),
            (Context::Tour, &written.tour),
            (Context::Marks, &written.bookmarks),
            (Context::Number, &written.number),
            (Context::Habit, &written.habits),
            (Context::Editing, &written.editing),
        ];
        let all = || {
            lists
                .into_iter()
                .flat_map(|(context, pairs)| pairs.0.iter().map(move |(name, keys)| (context, name, keys)))
        };
        let mut changed: Vec<(Context, &Row, &Word<'_>)> = Vec::new();
        for (context, name, _) in all() {
            let Some(row) = named(&name.0) else {
                let what =
                    format!("no action `{}`{}", name.0, meant(&name.0, TABLE.iter().map(|row| row.name)));
                self.push(self.at(name), what, "`tumen config --print-default` names them all");
                continue;
            };
            match changed.iter().find(|(its, other, _)| *its == context && other.action == row.action) {
                Some((_, _, first)) => {
                    let first = self.spot(&self.at(first));
                    let what = format!("`{}` is given keys twice; first at {first}", name.0);
                    self.push(self.at(name), what, "put all its keys into one list");
                }
                None => changed.push((context, row, name)),
            }
        }
        let is_changed = |context: Context, row: &Row| {
            changed.iter().any(|(its, other, _)| *its == context && other.action == row.action)
        };
        let mut keymap = Keymap::from_table_but(is_changed).ok()?;
        let mut given: Vec<Given> = Vec::new();
        for (context, name, keys) in all() {
            let Some(row) = named(&name.0) else { continue };
            for word in keys {
                self.bind((context, row), word, &mut keymap, &mut given);
            }
        }
        Some(keymap)
    }

    fn bind(&mut self, of: (Context, &Row), word: &Word<'_>, keymap: &mut Keymap, given: &mut Vec<Given>) {
        let ((context, row), at) = (of, self.at(word));
        let first = word.0.split_whitespace().next().and_then(|key| key.parse::<Key>().ok());
        if word.0.trim().is_empty() {
            self.push(at, "no key", "write it like \"j\", or leave the list empty for none");
            return;
        }
        if matches!(context, Context::Typing | Context::Editing)
            && first.is_some_and(|key| key.typed().is_some())
        {
            let what = format!("`{}` is typed, so that it can mean nothing else there", word.0);
            self.push(at, what, "hold Ctrl or Alt with it, or take a key that types nothing");
            return;
        }
        match keymap.bind(context, &word.0, row.action) {
            Ok(()) => given.push(Given { context, keys: written_alike(&word.0), at }),
            Err(Conflict::Key(error)) => {
                self.push(at, error.to_string(), "sequences have blanks between their keys");
            }
            Err(Conflict::Taken { first, first_action, .. }) => {
                let owner = crate::action::row(first_action).map_or("", |row| row.name);
                let before = given.iter().find(|given| given.context == context && given.keys == first);
                let whence =
                    before.map_or("by default".to_owned(), |given| format!("at {}", self.spot(&given.at)));
                let way = if written_alike(&word.0) == first { "is" } else { "stands in the way of" };
                let what = if way == "is" {
                    format!("`{first}` is a key of `{owner}` already, {whence}")
                } else {
                    format!("`{first}`, a key of `{owner}` {whence}, stands in the way of `{}`", word.0)
                };
                self.push(at, what, format!("give `{owner}` other keys, or take others here"));
            }
        }
    }

    /// Line and column of a place, as messages name another one.
    fn spot(&self, at: &Range<usize>) -> String {
        let place = place(self.source, at);
        format!("{}:{}", place.line, place.column)
    }
}

/// The same keys in the one way in which they are printed.
fn written_alike(keys: &str) -> String {
    let keys =
        keys.split_whitespace().map(|key| key.parse::<Key>().map_or(key.to_owned(), |key| key.to_string()));
    keys.collect::<Vec<_>>().join(" ")
}

/// `; did you mean X?` for the nearest known name, if one is near.
fn meant(wrong: &str, known: impl Iterator<Item = &'static str>) -> String {
    let near = |name: &str| strsim::osa_distance(wrong, name);
    known
        .map(|name| (near(name), name))
        .filter(|(distance, name)| distance * 2 <= name.len())
        .min()
        .map_or(String::new(), |(_, name)| format!("; did you mean `{name}`?"))
}

/// The byte at a line and a column, both from 1, the column in characters.
fn byte_of(source: &str, line: usize, column: usize) -> usize {
    let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = source.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

const fn theme(written: written::Theme) -> Option<Theme> {
    match written {
        written::Theme::Auto => None,
        written::Theme::Dark => Some(Theme::Dark),
        written::Theme::Light => Some(Theme::Light),
        written::Theme::Contrast => Some(Theme::Contrast),
    }
}

const fn clipboard(written: written::Clipboard) -> Clipboard {
    match written {
        written::Clipboard::Auto => Clipboard::Auto,
        written::Clipboard::Raw => Clipboard::Raw,
        written::Clipboard::Tmux => Clipboard::Tmux,
        written::Clipboard::Screen => Clipboard::Screen,
        written::Clipboard::Off => Clipboard::Off,
    }
}
