//! A session over a large file: the first frame comes at once, and the file is read behind it.
//!
//! One thread reads, tells how far it has come a few times a second, hands over what the file says, and goes on to
//! build what is searched and to count what lenses show. Then the session goes on as any other. A file that cannot be read ends the session; what is
//! wrong with it is said when the terminal is given back.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::canvas::Canvas;
use super::signals::HangUp;
use super::surroundings::{Outside, Surroundings};
use super::terminal::{self, Pointer};
use super::{End, Over, Session, Tty, Wake, descriptors, input, signals, start_threads};
use crate::app::{Effect, Library, Msg, Opening, State};
use crate::frame::modes::UNDO;
use crate::keys::Keymap;
use crate::knowledge::{Knowledge, Problem};
use crate::load;
use crate::search::Index;
use crate::ui;

/// Progress is told no more often: a reader is to see that it goes on, not to watch it.
const CALM: Duration = Duration::from_millis(250);

/// Why a session could not begin or go on.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The terminal cannot be set up.
    #[error("the terminal cannot be used: {0}")]
    Terminal(#[from] io::Error),
    /// The file cannot be shown, or not from where it was to be shown; what is wrong.
    #[error("{0}")]
    File(String),
}

/// How the waiting for a file ends.
enum Waited {
    /// The session is over.
    End(End),
    /// The file cannot be shown; what is wrong.
    Unreadable(String),
    /// The file is there.
    Loaded(Arc<Knowledge>, Arc<[Problem]>),
}

/// Runs a session over the file at `path` until its end. `begin` makes its state once the file is there.
///
/// # Errors
/// When the terminal cannot be set up, when the file cannot be shown, or when `begin` says why it cannot begin.
pub fn open(
    tty: Tty,
    (opening, path): (Opening, PathBuf),
    keymap: Arc<Keymap>,
    around: Surroundings,
    begin: impl FnOnce(&Library) -> Result<State, String>,
) -> Result<Over, Failure> {
    descriptors::suffice()?;
    let signals = signals::register(HangUp::Ends)?;
    terminal::restore_on_panic();
    let mut waiting = Waiting { tty, opening, keymap, canvas: Canvas::new() };
    let restored = terminal::Guard;
    waiting.canvas.enter(waiting.pointer())?;
    if waiting.draw().is_err() {
        return Ok(End::Lost.into());
    }
    let (sender, wakes) = mpsc::channel();
    let (gate, rest) = input::Gate::new()?;
    start_reading(path, sender.clone())?;
    start_threads(&waiting.tty, (signals, rest), &sender)?;
    let (knowledge, problems) = match waiting.serve(&wakes) {
        Ok(Waited::Loaded(knowledge, problems)) => (knowledge, problems),
        Ok(Waited::Unreadable(what)) => return Err(Failure::File(what)),
        Ok(Waited::End(end)) => return Ok(end.into()),
        Err(_) => return Ok(End::Lost.into()),
    };
    let Waiting { tty, opening, keymap, canvas } = waiting;
    let problems = around.problems.iter().chain(&*problems).cloned().collect();
    let library = Library { knowledge, problems, index: None, keymap };
    let mut state = begin(&library).map_err(Failure::File)?;
    opening.hand_over(&mut state, &library);
    let outside = Outside::new(around, sender, gate);
    let mut session = Session { tty, state, library, canvas, began: Instant::now(), outside, lead: None };
    if session.draw().is_err() {
        return Ok(End::Lost.into());
    }
    Ok(session.finish(&wakes, restored))
}

/// Reads the file on a thread of its own, and then builds what is searched.
fn start_reading(path: PathBuf, sender: Sender<Wake>) -> io::Result<()> {
    let sender = Alarm(sender);
    let read = move || {
        // Nobody listens any more when the session is over already.
        let tell = |wake| drop(sender.0.send(wake));
        match read(&path, &sender.0) {
            Err(unreadable) => tell(Wake::Unreadable(unreadable.to_string())),
            Ok(loaded) => {
                let knowledge = Arc::new(loaded.knowledge);
                tell(Wake::Loaded(Arc::clone(&knowledge), loaded.problems.into()));
                Index::build_in_stages(&knowledge, |index| {
                    tell(Wake::Indexed(Arc::clone(&knowledge), Arc::new(index)));
                });
                knowledge.count_ahead();
            }
        }
    };
    thread::Builder::new().name("read".into()).spawn(read)?;
    Ok(())
}

fn read(path: &Path, sender: &Sender<Wake>) -> Result<load::Loaded, load::Unreadable> {
    let told = Mutex::new(Instant::now());
    load::read_aloud(path, &|progress| {
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.elapsed() >= CALM {
            *told = Instant::now();
            let _ = sender.send(Wake::Progress(progress));
        }
    })
}

/// Ends the session if the thread that has it panics.
struct Alarm(Sender<Wake>);

impl Drop for Alarm {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(Wake::End(End::Panicked));
        }
    }
}

/// A session that waits for its file.
struct Waiting {
    tty: Tty,
    opening: Opening,
    keymap: Arc<Keymap>,
    canvas: Canvas,
}

impl Waiting {
    fn pointer(&self) -> Pointer {
        Pointer::of(self.opening.mouse)
    }

    /// Takes messages and draws until the file is there. An error means that the terminal is gone.
    fn serve(&mut self, wakes: &Receiver<Wake>) -> io::Result<Waited> {
        while let Ok(wake) = wakes.recv() {
            let waited = match wake {
                Wake::Msg(msg) => self.update(&msg)?,
                Wake::Resized => self.update(&Msg::Resize(self.tty.size()))?,
                Wake::Suspend => {
                    terminal::suspend()?;
                    None
                }
                Wake::Continued => {
                    terminal::leave();
                    self.canvas.enter(self.pointer())?;
                    self.canvas.with(UNDO);
                    self.update(&Msg::Resize(self.tty.size()))?
                }
                Wake::Progress(progress) => {
                    self.opening.progress = Some(progress);
                    None
                }
                Wake::Loaded(knowledge, problems) => Some(Waited::Loaded(knowledge, problems)),
                Wake::Unreadable(what) => Some(Waited::Unreadable(what)),
                Wake::End(end) => Some(Waited::End(end)),
                // Nothing is known yet that could be read anew or remembered.
                Wake::Indexed(..) | Wake::Saved | Wake::Reloaded(_) => None,
            };
            if let Some(waited) = waited {
                return Ok(waited);
            }
            self.draw()?;
        }
        Ok(Waited::End(End::Lost))
    }

    fn update(&mut self, msg: &Msg) -> io::Result<Option<Waited>> {
        for effect in self.opening.update(msg, &self.keymap) {
            match effect {
                Effect::Quit => return Ok(Some(Waited::End(End::Quit))),
                Effect::Suspend => terminal::suspend()?,
                Effect::Repaint => self.canvas.forget(),
                Effect::Mouse(_) => self.canvas.point(self.pointer()),
                // There is nothing yet that could be taken along, kept, read anew or edited.
                _ => {}
            }
        }
        Ok(None)
    }

    fn draw(&mut self) -> io::Result<()> {
        let Self { opening, keymap, canvas, .. } = self;
        canvas.draw(opening.size, Vec::new(), |screen| ui::draw_opening(opening, keymap, screen))
    }
}
