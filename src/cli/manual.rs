//! `tumen man`, `tumen completions`, and the long help: what the program says of itself.
//!
//! All come from the table in `arguments`. Must never describe a flag in words of its own.

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::arguments::Arguments;
use super::{Stop, output};

/// What follows the options in the long help and in the manual page.
pub(super) const LONG: &str = "\
Examples:
  tumen
  tumen --goto H25
  tumen --query 'arms denied:russia'
  tumen search slbm
  tumen show H25
  tumen timeline --in history --to 1961
  tumen export --md

Further commands: config, completions SHELL, man, help COMMAND.
A command's name means the command; a file called `search` is ./search.
Without a terminal, the explorer prints what the file holds. In it, `?` shows the keys and `q` leaves.

Exit status:
  0    found, clean, or the end of a session
  1    nothing found, or problems found
  2    could not run; standard error says why
  130  interrupted; any other signal is 128 and its number

Environment:
  TUMEN_FILE    the file, where none is named
  TUMEN_THEME   dark, light, contrast or auto
  TUMEN_CONFIG  the configuration; else tumen/config.ron in XDG_CONFIG_HOME
  XDG_STATE_HOME
                where bookmarks are kept, in a folder of this program
  VISUAL, EDITOR
                edits the file
  PAGER         shows long answers on a terminal; less if it is not set, none if it is empty
  NO_COLOR      no colours, if it is set and not empty
  TERM, COLORTERM, COLORFGBG, LC_ALL, LC_CTYPE, LANG
                what the terminal can show";

/// Prints completions for a shell.
pub(super) fn completions(shell: Shell) -> Result<u8, Stop> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "tumen", &mut bytes);
    output::answer(&String::from_utf8_lossy(&bytes))
}

/// Prints the manual page: one for the program and all of its commands.
pub(super) fn page() -> Result<u8, Stop> {
    written().map_or_else(
        |error| Err(Stop::Wrong(format!("the page cannot be written: {error}"))),
        |bytes| output::answer(&String::from_utf8_lossy(&bytes)),
    )
}

fn written() -> std::io::Result<Vec<u8>> {
    // What the short help has no room for is described here.
    let command = Arguments::command().mut_args(|argument| argument.hide_short_help(false));
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let mut bytes = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut bytes)?;
    man.render_name_section(&mut bytes)?;
    man.render_synopsis_section(&mut bytes)?;
    man.render_description_section(&mut bytes)?;
    man.render_options_section(&mut bytes)?;
    let mut rest = Roff::new();
    rest.control("SH", ["COMMANDS"]);
    for own in command.get_subcommands() {
        describe(own, &mut rest);
    }
    for part in LONG.split("\n\n").chain(JSON.split("\n\n")) {
        section(part, &mut rest);
    }
    bytes.extend(rest.to_roff().bytes());
    Ok(bytes)
}

/// A command: how it is called, what it does, what it takes.
fn describe(command: &clap::Command, roff: &mut Roff) {
    let usage = command.clone().render_usage().to_string();
    roff.control("SS", [usage.trim_start_matches("Usage: ").trim()]);
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string);
    roff.text([roman(about.unwrap_or_default())]);
    let own = command.get_arguments().filter(|argument| !argument.is_global_set());
    for argument in own.filter(|argument| argument.get_id() != "help") {
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        roff.control("TP", []).text([bold(argument.to_string())]).text([roman(help)]);
    }
}

/// A part of the long help as a section, line by line: what ends with a colon is its name.
fn section(part: &str, roff: &mut Roff) {
    let (name, lines) = match part.split_once('\n') {
        Some((name, lines)) if name.ends_with(':') => (name.trim_end_matches(':').to_uppercase(), lines),
        _ => ("NOTES".to_owned(), part),
    };
    roff.control("SH", [name.as_str()]).control("nf", []);
    for line in lines.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
}

/// The objects of `--json`, for the manual page.
const JSON: &str = "\
JSON:
All objects have a version, which is 1. search: query, total, hits. timeline: total, items.
show: item. check: errors, warnings, findings. export: the whole file.
A hit, an item and each thing in them:
  address    where it is; of a tour or a source its id
  kind       statement, entry, entity, topic, tour or source
  topic      the title of its topic, or null
  title      its title or name; of a statement its entry's
  text       what it says, without markup
  standing   established, stated, alleged, unverified, assessed or expected; or null
  by         ids of who states or alleges it
  denied_by  ids of who denies it
  when       its own date in EDTF, or null
  sources    ids of what it rests on
  score      in a hit: its worth beside the best hit, which has 1
  more       in a hit: how many other statements of the entry are found too
  date       in timeline: the date that it stands by, its own or its entry's
In show and export also:
  markdown   the text with its links, which lead to ids
  an entry: tags, aliases, see, statements
  a topic: short, entries
  an entity: entity (its kind), in_text (its name within a sentence), native, aliases, at, relations, mentions
  a tour: steps, each with show, lens, reveal, say
  a source: url
A finding of check:
  severity   error or warning
  file       as it was named
  line, column, end
             in characters from 1, end behind the last; null without a place
  message    what is wrong
  remedy     what to do about it";
