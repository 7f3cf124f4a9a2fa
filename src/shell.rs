//! The one owner of the local terminal: it turns what happens there into messages, draws, and gives everything back.
//!
//! One thread waits for input, one for the terminal to vanish, one for signals; the main loop blocks on a channel,
//! so an idle session costs nothing. All of them begin after the first frame, which waits for nothing; so does the
//! one that builds the search index and ends, and, for a large file, reads it before (`opening`).
//!
//! Must never leave a mode switched on, whatever happens: see `terminal`. A debug build panics after its first
//! frame when `TUMEN_PANIC` is set, so that a test can see that this holds for a panic, too.

mod canvas;
mod clipboard;
mod descriptors;
mod editor;
mod errands;
mod files;
mod input;
mod line;
mod memory;
mod opening;
mod output;
mod pager;
mod signals;
mod streams;
mod surroundings;
mod terminal;
mod tty;
mod watch;

pub use clipboard::Inside;
pub use opening::{Failure, open};
pub use pager::{Paged, page};
pub use signals::{ENDING, outlive_file_limit};
pub use streams::{StandardInput, answer, complain};
pub use surroundings::Surroundings;
pub use tty::{Tty, output_size};

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::hints::hyperlinks;
use crate::app::{self, Effect, Library, Msg, State, Talk, clock};
use crate::frame::modes::UNDO;
use crate::knowledge::{Knowledge, Problem};
use crate::load::{self, Progress};
use crate::search::Index;
use crate::ui;
use canvas::Canvas;
use signals::HangUp;
use surroundings::Outside;
use terminal::Pointer;

/// Messages that are taken in before the screen is drawn again: a burst is drawn once, a flood now and then.
const BURST: usize = 256;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The reader left.
    Quit,
    /// The reader pressed `Ctrl-C`.
    Interrupted,
    /// A signal asked for it.
    Signal(i32),
    /// The terminal is gone.
    Lost,
    /// A thread panicked; the message is out.
    Panicked,
}

impl End {
    /// The exit status that shells expect: 128 and the signal's number for what a signal ended, or would have.
    pub fn status(self) -> u8 {
        match self {
            Self::Quit => 0,
            Self::Interrupted => 130,
            Self::Signal(number) => 128_u8.saturating_add(u8::try_from(number).unwrap_or(0)),
            Self::Lost => 129,
            Self::Panicked => 101,
        }
    }
}

/// A session that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Over {
    /// How it ended.
    pub end: End,
    /// What could not be kept for the next one, in words for standard error: the terminal is given back.
    pub unkept: Option<String>,
}

impl From<End> for Over {
    /// The end of a session that had nothing to keep.
    fn from(end: End) -> Self {
        Self { end, unkept: None }
    }
}

/// What wakes the main loop.
#[derive(Debug)]
enum Wake {
    /// Something for the session.
    Msg(Msg),
    /// The terminal may have another size.
    Resized,
    /// Someone outside asked the process to stop for a while.
    Suspend,
    /// The process goes on after it was stopped.
    Continued,
    /// How far the reading of the file has come.
    Progress(Progress),
    /// The file has been read: what it says, and what is wrong with it.
    Loaded(Arc<Knowledge>, Arc<[Problem]>),
    /// The file cannot be shown; what is wrong.
    Unreadable(String),
    /// What is searched in this knowledge has been built, at least for its first entries.
    Indexed(Arc<Knowledge>, Arc<Index>),
    /// The files were saved, or are to be read anew in any case.
    Saved,
    /// The files were read anew, or could not be.
    Reloaded(Result<Box<files::Anew>, load::Unreadable>),
    /// The session is over.
    End(End),
}

/// The way in for who has something to tell a session; `false` once there is nobody to tell it to.
pub type Tell = Box<dyn Fn(Msg) -> bool + Send + Sync>;

/// The class that a session leads.
pub struct Class {
    /// Takes what the presenter shares.
    pub share: Box<dyn FnMut(Arc<Talk>)>,
    /// Is given the way in once the session is under way.
    pub listen: Box<dyn FnOnce(Tell)>,
    /// Takes the library, once the file was read anew.
    pub renew: Box<dyn FnMut(Library)>,
}

/// What a session that leads a class does for it.
struct Lead {
    share: Box<dyn FnMut(Arc<Talk>)>,
    renew: Box<dyn FnMut(Library)>,
}

/// Runs a session until its end.
///
/// # Errors
/// When the terminal cannot be set up. One that fails later has vanished: the session ends as [`End::Lost`].
pub fn run(tty: Tty, state: State, library: Library, around: Surroundings) -> std::io::Result<Over> {
    lead(tty, state, library, around, None)
}

/// The same with a class that looks on.
///
/// # Errors
/// As [`run`].
pub fn lead(
    tty: Tty,
    state: State,
    library: Library,
    around: Surroundings,
    class: Option<Class>,
) -> std::io::Result<Over> {
    descriptors::suffice()?;
    let signals = signals::register(if class.is_some() { HangUp::Reloads } else { HangUp::Ends })?;
    terminal::restore_on_panic();
    let (sender, wakes) = mpsc::channel();
    let (gate, rest) = input::Gate::new()?;
    let outside = Outside::new(around, sender, gate);
    let mut session =
        Session { tty, state, library, canvas: Canvas::new(), began: Instant::now(), outside, lead: None };
    let restored = terminal::Guard;
    session.enter()?;
    if session.draw().is_err() {
        return Ok(End::Lost.into());
    }
    // The reader sees the first frame: from here on comes what was not needed for it.
    debug_assert!(std::env::var_os("TUMEN_PANIC").is_none(), "TUMEN_PANIC is set");
    let sender = session.outside.sender.clone();
    start_threads(&session.tty, (signals, rest), &sender)?;
    if let Some(Class { share, listen, renew }) = class {
        session.lead = Some(Lead { share, renew });
        let tell = sender.clone();
        listen(Box::new(move |msg| tell.send(Wake::Msg(msg)).is_ok()));
    }
    if session.library.index.is_none() {
        let knowledge = Arc::clone(&session.library.knowledge);
        let is_shipped = session.outside.around.is_shipped;
        thread::Builder::new().name("index".into()).spawn(move || {
            // Nobody listens any more when the session is over already.
            let tell = |index| drop(sender.send(Wake::Indexed(Arc::clone(&knowledge), Arc::new(index))));
            if is_shipped {
                tell(Index::shipped(&knowledge));
            } else {
                Index::build_in_stages(&knowledge, tell);
            }
            knowledge.count_ahead();
        })?;
    }
    Ok(session.finish(&wakes, restored))
}

/// Starts what turns input, signals and the end of the terminal into wakes.
fn start_threads(
    tty: &Tty,
    (signals, rest): (signals::Registered, input::Rest),
    sender: &Sender<Wake>,
) -> std::io::Result<()> {
    let (reader, watcher) = (tty.clone(), tty.clone());
    let (to_reader, to_watcher, to_signals) = (sender.clone(), sender.clone(), sender.clone());
    thread::Builder::new().name("input".into()).spawn(move || input::read(&reader, to_reader, rest))?;
    thread::Builder::new().name("watch".into()).spawn(move || input::watch(&watcher, &to_watcher))?;
    thread::Builder::new().name("signals".into()).spawn(move || signals.deliver(&to_signals))?;
    Ok(())
}

/// One reader at the local terminal.
struct Session {
    tty: Tty,
    state: State,
    library: Library,
    canvas: Canvas,
    /// When the session began.
    began: Instant,
    outside: Outside,
    /// The class that looks on.
    lead: Option<Lead>,
}

impl Session {
    /// Takes the terminal; the modes go out with the next frame, which is whole.
    fn enter(&mut self) -> std::io::Result<()> {
        self.outside.lent = false;
        self.canvas.enter(Pointer::of(self.state.mouse))
    }

    /// Takes the terminal after another program had it, which may have left modes of its own.
    fn come_back(&mut self) -> std::io::Result<()> {
        self.enter()?;
        self.canvas.with(UNDO);
        Ok(())
    }

    /// Serves until the end, and keeps where it was.
    fn finish(mut self, wakes: &Receiver<Wake>, restored: terminal::Guard) -> Over {
        let end = self.attend().and_then(|()| self.serve(wakes)).unwrap_or(End::Lost);
        signals::over();
        // Nobody should wait for a disk to have the terminal back.
        drop(restored);
        let unkept = self.part();
        // The process ends, and the system takes all of its memory back at once; a million small pieces given back one
        // by one would keep the reader waiting.
        std::mem::forget(self.library);
        Over { end, unkept }
    }

    /// Takes messages and draws until the end. An error means that the terminal is gone.
    fn serve(&mut self, wakes: &Receiver<Wake>) -> std::io::Result<End> {
        loop {
            let first = match self.patience() {
                None => wakes.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(patience) => wakes.recv_timeout(patience),
            };
            if matches!(first, Err(RecvTimeoutError::Disconnected)) {
                return Ok(End::Lost);
            }
            if first.is_err() && self.state.is_unfinished() {
                // Nobody waits to be heard: there is time to go on.
                self.update(&Msg::Continue)?;
            }
            for wake in first.into_iter().chain(wakes.try_iter().take(BURST)) {
                self.tell_time()?;
                if let Some(end) = self.take(wake)? {
                    return Ok(end);
                }
            }
            self.tell_time()?;
            self.draw()?;
        }
    }

    /// How long to wait for something to happen: not at all while something is unfinished, without an end unless the
    /// screen shows a time.
    fn patience(&self) -> Option<Duration> {
        if self.state.is_unfinished() {
            return Some(Duration::ZERO);
        }
        clock::due(&self.state)
            .map(|due| Duration::from_secs(due.into()).saturating_sub(self.began.elapsed()))
    }

    /// Tells the time where it counts, before anything happens and before it is drawn.
    fn tell_time(&mut self) -> std::io::Result<()> {
        if let Some(time) = clock::tell(&self.state, self.began.elapsed().as_secs() as u32) {
            self.update(&time)?;
        }
        Ok(())
    }

    fn take(&mut self, wake: Wake) -> std::io::Result<Option<End>> {
        match wake {
            Wake::Msg(Msg::Key(_) | Msg::Paste(_)) if self.outside.lent => self.enter()?,
            Wake::Msg(msg) => return self.update(&msg),
            Wake::Resized => return self.update(&Msg::Resize(self.tty.size())),
            Wake::Suspend if self.lead.is_some() => self.say(app::CLASS_GOES_ON),
            Wake::Suspend => terminal::suspend()?,
            Wake::Continued => {
                // Whoever stopped us has had the terminal, also when we did not leave ourselves.
                terminal::leave();
                self.come_back()?;
                return self.update(&Msg::Resize(self.tty.size()));
            }
            // The file may have been read anew meanwhile, and has an index of its own then.
            Wake::Indexed(knowledge, _) if !Arc::ptr_eq(&knowledge, &self.library.knowledge) => {}
            Wake::Saved => self.reload()?,
            Wake::Reloaded(anew) => self.reloaded(anew)?,
            Wake::Indexed(_, index) => {
                self.library.index = Some(index);
                return self.update(&Msg::Indexed);
            }
            Wake::End(end) => return Ok(Some(end)),
            // They came before the session began.
            Wake::Progress(_) | Wake::Loaded(..) | Wake::Unreadable(_) => {}
        }
        Ok(None)
    }

    fn update(&mut self, msg: &Msg) -> std::io::Result<Option<End>> {
        for effect in app::update(&mut self.state, msg, &self.library) {
            match effect {
                Effect::Quit => return Ok(Some(End::Quit)),
                Effect::Suspend => terminal::suspend()?,
                Effect::Repaint => self.canvas.forget(),
                Effect::Mouse(taken) => self.canvas.point(Pointer::of(taken)),
                Effect::Share(talk) => {
                    if let Some(lead) = &mut self.lead {
                        (lead.share)(talk);
                    }
                }
                effect => self.run_errand(effect)?,
            }
        }
        Ok(None)
    }

    /// Says something in the footer.
    fn say(&mut self, note: impl Into<app::Note>) {
        // Words ask for nothing.
        let _ = app::update(&mut self.state, &Msg::Said(note.into()), &self.library);
    }

    fn draw(&mut self) -> std::io::Result<()> {
        if self.outside.lent {
            return Ok(());
        }
        let Self { state, library, canvas, .. } = self;
        canvas.draw(state.size, hyperlinks(state, library), |screen| ui::draw(state, library, screen))
    }
}
