//! Errands that concern the reader's own files: reading them anew, editing them, and keeping what is remembered.
//!
//! Must never give up what was read well for what cannot be read.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::thread;

use super::line::Line;
use super::memory::{Keeper, Subject};
use super::{Session, Wake, editor, terminal, watch};
use crate::action::Action;
use crate::app::{self, Library, Msg, Note, renewed};
use crate::config::Change;
use crate::knowledge::Address;
use crate::load::{self, Loaded, Unreadable, line_of};
use crate::search::Index;

/// Why nothing is kept where there is no folder for it.
const HOMELESS: &str = "there is no home folder (HOME)";

/// Reading anew, which takes its time and is done beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Nothing is being read.
    Not,
    /// It is being read.
    Now,
    /// It is being read, and was saved again meanwhile.
    NowAndAgain,
}

/// What was read anew.
#[derive(Debug)]
pub(super) struct Anew {
    loaded: Loaded,
    index: Index,
}

impl Session {
    /// Begins to remember, and to watch the files if that is wanted.
    pub(super) fn attend(&mut self) -> std::io::Result<()> {
        if let Some(folder) = &self.outside.around.memory {
            let id = self.library.knowledge.id.to_string();
            let subject =
                Subject { folder: folder.clone(), id, files: self.outside.around.source.files.clone() };
            self.outside.keeper = Some(Keeper::start(subject, self.outside.sender.clone())?);
        }
        if self.outside.around.watch {
            let files = &self.outside.around.source.files;
            if files.is_empty() {
                self.say(format!("there is nothing to watch: {}", self.without_file()));
            } else if let Err(error) = watch::watch(files, self.outside.sender.clone()) {
                self.say(format!("the file cannot be watched: {error}"));
            }
        }
        Ok(())
    }

    /// Why there is no file to go back to.
    fn without_file(&self) -> &'static str {
        if self.outside.around.is_shipped {
            "the dossier came without one"
        } else {
            "what comes through a pipe is read once"
        }
    }

    /// Keeps where one is, and waits a moment for it to be on disk; says what could not be kept.
    pub(super) fn part(&mut self) -> Option<String> {
        match self.outside.keeper.take() {
            Some(keeper) => {
                keeper.keep(self.state.leave(&self.library));
                keeper.finish()
            }
            None if self.outside.forgets => Some(format!("new bookmarks have not been kept: {HOMELESS}")),
            None => None,
        }
    }

    /// Says that a change is not kept.
    pub(super) fn forget(&mut self, change: &Change) {
        self.outside.forgets = true;
        // Words ask for nothing.
        let _ = app::update(
            &mut self.state,
            &Msg::Kept(change.clone(), Some(HOMELESS.to_owned())),
            &self.library,
        );
    }

    /// Reads the files anew, unless they are being read; what comes of it comes as a wake.
    pub(super) fn reload(&mut self) -> std::io::Result<()> {
        if self.outside.around.source.files.is_empty() {
            self.say(format!("there is no file to read anew: {}", self.without_file()));
            return Ok(());
        }
        if self.outside.reading != Reading::Not {
            self.outside.reading = Reading::NowAndAgain;
            return Ok(());
        }
        self.outside.reading = Reading::Now;
        let (source, sender) = (self.outside.around.source.clone(), self.outside.sender.clone());
        thread::Builder::new().name("reload".into()).spawn(move || {
            let anew = source.open_again().map(|loaded| {
                let index = Index::build(&loaded.knowledge);
                loaded.knowledge.count_ahead();
                Box::new(Anew { loaded, index })
            });
            // Nobody listens any more when the session is over already.
            let _ = sender.send(Wake::Reloaded(anew));
        })?;
        Ok(())
    }

    /// Takes over what was read; of what could not be read, the problems alone.
    pub(super) fn reloaded(&mut self, anew: Result<Box<Anew>, Unreadable>) -> std::io::Result<()> {
        let again = self.outside.reading == Reading::NowAndAgain;
        self.outside.reading = Reading::Not;
        let configuration = self.outside.around.problems.iter().cloned();
        match anew {
            Ok(anew) => {
                let Anew { loaded: Loaded { knowledge, problems }, index } = *anew;
                let (count, own) = (problems.len(), problems.clone().into());
                let new = Library {
                    knowledge: Arc::new(knowledge),
                    problems: configuration.chain(problems).collect(),
                    index: Some(Arc::new(index)),
                    keymap: Arc::clone(&self.library.keymap),
                };
                if let Some(lead) = &mut self.lead {
                    // How the presenter has configured the program is nothing to a class.
                    (lead.renew)(Library { problems: own, ..new.clone() });
                }
                self.state.renew(&self.library, &new);
                self.library = new;
                // Who leads a class shares where this has left them.
                self.update(&Msg::Said(renewed(count)))?;
            }
            Err(Unreadable(problems)) => {
                self.library.problems = configuration.chain(problems).collect();
                let note = Note::from("the file cannot be read as it is now; what was read before stays");
                self.say(note.with(&[Action::Problems], "shows why"));
            }
        }
        if again { self.reload() } else { Ok(()) }
    }

    /// Opens the editor where something is written, and reads the files anew when it has done its work.
    pub(super) fn edit(&mut self, address: Address) -> std::io::Result<()> {
        let Some((file, line)) = self.written(address) else {
            self.say(format!("there is no file to edit: {}", self.without_file()));
            return Ok(());
        };
        let Some(pause) = self.outside.gate.pause() else {
            self.say("the editor is not opened: keys cannot be left to it".to_owned());
            return Ok(());
        };
        terminal::leave();
        let before = Line::of(self.tty.input());
        let mut command = editor::command(&self.outside.around.editor, &file, line);
        let status = command.stdin(self.tty.stdio().unwrap_or_else(|_| Stdio::inherit())).status();
        before.restore(self.tty.input());
        self.come_back()?;
        drop(pause);
        // The terminal may have another size by now.
        let size = self.tty.size();
        self.update(&Msg::Resize(size))?;
        match editor::failure(status) {
            None => self.reload(),
            // Whoever leaves an editor with a failure may not want what is in the file; it can be read by a key.
            Some(why) => {
                self.say(format!("the editor `{}` {why}", self.outside.around.editor));
                Ok(())
            }
        }
    }

    /// The file and the line in which an address is written; the first file if it is written in none, as what belongs
    /// to the shipped dossier.
    fn written(&self, address: Address) -> Option<(PathBuf, Option<usize>)> {
        let id = self.library.knowledge.ids.name(address.item());
        let files = &self.outside.around.source.files;
        let found = files.iter().find_map(|file| {
            // What has become a pipe meanwhile has no lines, and would be waited for.
            let text =
                fs::metadata(file).ok().filter(fs::Metadata::is_file).and_then(|_| load::bytes(file).ok());
            let line = line_of(&String::from_utf8(text?).ok()?, id)?;
            Some((file.clone(), Some(line)))
        });
        found.or_else(|| files.first().map(|file| (file.clone(), None)))
    }
}
