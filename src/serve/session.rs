//! One reader's session over SSH: waits for whatever comes first, takes it in, draws.
//!
//! A session is a task of its own. Its end, whatever it is, gives the terminal back and closes the connection; a
//! panic in it ends nothing else. Must never block its thread, or wait while somebody waits for it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until, timeout, timeout_at};

use super::bucket::Bucket;
use super::end::End;
use super::presence::Presence;
use super::roll::Present;
use super::screen::{Screen, restore};
use super::seat::Seat;
use super::wake::Wake;
use super::who::Who;
use super::work::Work;
use super::{LINGER, Shared};
use crate::app::{self, Attendance, Effect, Library, Msg, Note, Part, Permissions, Size, State, Talk, clock};
use crate::config::Look;
use crate::input::Input;

/// How long before the end of an idle session it is said.
const WARNING: Duration = Duration::from_secs(60);
/// How long answers of the terminal are waited for at the end: later they would land in the reader's shell.
const LAST_ANSWERS: Duration = Duration::from_millis(300);
/// Keys that may wait to be taken in; what is more waits on its way.
const TYPED: usize = 512;

/// The status that a session ends with if it panics, as a Rust program does.
const PANICKED: u8 = 101;

/// Runs a session to its end, and ends its connection.
pub(super) async fn run(seat: Seat, shared: Arc<Shared>) {
    let (who, line) = (seat.who.clone(), seat.line.clone());
    // Whoever ends the server waits for this.
    let stopping = shared.stopping.subscribe();
    let begun = Instant::now();
    let task = tokio::spawn(Session::begin(seat, Arc::clone(&shared)).run());
    let how = if let Ok(end) = task.await {
        end.word()
    } else {
        let word = "Tumen: an error of the program ended this session; the others go on.\r\n";
        // If it cannot be said in time, the connection ends all the same.
        let _ = timeout(LINGER, restore(&line, word, PANICKED)).await;
        "panicked"
    };
    let seconds = begun.elapsed().as_secs();
    let Who { id, from, user, .. } = &who;
    shared.log.event(
        "session-ended",
        &[("id", id), ("from", from), ("user", user), ("how", &how), ("seconds", &seconds)],
    );
    // Whoever left may begin another session.
    let leaves = how == End::Quit.word();
    if leaves {
        who.done();
    }
    if how != End::Gone.word() {
        // What was said last is on its way until the client, which has all of it then, ends the connection.
        who.leaves().await;
    }
    if !leaves {
        who.switch.throw();
    }
    drop(stopping);
}

/// A session under way.
struct Session {
    shared: Arc<Shared>,
    presence: Presence,
    user: String,
    /// What was typed and is not taken in yet.
    typed: VecDeque<Msg>,
    /// Keys that may be taken in.
    keys: Bucket,
    /// Processor time that may be used.
    work: Work,
    packets: mpsc::Receiver<Vec<u8>>,
    size: watch::Receiver<Size>,
    talk: watch::Receiver<Arc<Talk>>,
    attendance: watch::Receiver<Attendance>,
    libraries: watch::Receiver<Library>,
    stopping: watch::Receiver<bool>,
    /// What the session asked for and is told later.
    said: (mpsc::Sender<Note>, mpsc::Receiver<Note>),
    library: Library,
    state: State,
    part: Part,
    screen: Screen,
    input: Input,
    /// When the session began.
    began: Instant,
    /// When the last key came.
    touched: Instant,
    warned: bool,
    /// The presenter moved, and whoever follows has not drawn it yet.
    led: bool,
}

impl Session {
    fn begin(seat: Seat, shared: Arc<Shared>) -> Self {
        let Seat { who, part, line, environment, packets, mut size, .. } = seat;
        let Who { id, from, user, .. } = who;
        let mut libraries = shared.library.subscribe();
        let mut talk = shared.hub.subscribe();
        let library = libraries.borrow_and_update().clone();
        let look = Look::of(&environment, shared.wish);
        let mut state = State::new(*size.borrow_and_update(), look, &library);
        state.may = if part == Part::Presenter { Permissions::Lead } else { Permissions::Look };
        state.join_as(id.number, part, &talk.borrow_and_update(), &library);
        let Size { columns, rows } = state.size;
        shared.log.event(
            "session-began",
            &[
                ("id", &id),
                ("from", &from),
                ("user", &user),
                ("term", &environment.term),
                ("columns", &columns),
                ("rows", &rows),
            ],
        );
        let mut session = Self {
            presence: Presence { shared: Arc::clone(&shared), number: id.number, shared_last: None },
            user,
            typed: VecDeque::new(),
            keys: Bucket::new(shared.limits.keys, shared.limits.keys.saturating_mul(3)),
            work: Work::default(),
            packets,
            size,
            talk,
            attendance: shared.roll.subscribe(),
            libraries,
            stopping: shared.stopping.subscribe(),
            said: mpsc::channel(1),
            screen: Screen::enter(line, &environment.term, state.mouse),
            library,
            state,
            part,
            input: Input::default(),
            began: Instant::now(),
            touched: Instant::now(),
            warned: false,
            led: false,
            shared,
        };
        session.attendance.mark_changed();
        session.note();
        session
    }

    async fn run(mut self) -> End {
        let end = loop {
            self.tell_time();
            if !self.work.is_over() {
                let Self { work, screen, state, library, .. } = &mut self;
                work.spend(|| screen.draw(state, library));
            }
            debug_assert!(self.shared.panics.as_ref() != Some(&self.user), "a session was asked to panic");
            if let Some(end) = self.step().await {
                break end;
            }
        };
        self.leave(end).await;
        end
    }

    /// Waits for whatever comes first, and takes it in.
    async fn step(&mut self) -> Option<End> {
        let moment = self.moment();
        let presents = self.part == Part::Presenter;
        let may_work = !self.work.is_over();
        let types = !self.typed.is_empty() && self.keys.wait(1.0) <= 0.0;
        let wake = tokio::select! {
            packet = self.packets.recv(), if self.typed.len() < TYPED => {
                packet.map_or(Wake::End(End::Gone), Wake::Bytes)
            }
            alive = self.screen.sent() => if alive { Wake::Sent } else { Wake::End(End::Gone) },
            Ok(()) = self.talk.changed(), if may_work => Wake::Talk,
            Ok(()) = self.size.changed() => Wake::Size,
            Ok(()) = self.attendance.changed(), if presents => Wake::Attendance,
            Ok(()) = self.libraries.changed() => Wake::Library,
            Some(note) = self.said.1.recv() => Wake::Said(note),
            _ = self.stopping.wait_for(|stopping| *stopping) => Wake::End(End::Stopped),
            // A search in a large file goes on whenever nothing else happens, a slice at a time.
            () = tokio::task::yield_now(), if may_work && self.state.is_unfinished() => Wake::Continue,
            // Between what is typed others have their turn.
            () = tokio::task::yield_now(), if may_work && types => Wake::Typed,
            () = sleep_until(moment) => Wake::Time,
        };
        let msg = match wake {
            Wake::Bytes(bytes) => {
                self.take_bytes(&bytes);
                return None;
            }
            Wake::Typed => return self.take_typed(),
            Wake::Sent => {
                self.is_led(!self.screen.is_asked());
                return None;
            }
            Wake::Talk => {
                self.led = true;
                Msg::Talk(Arc::clone(&self.talk.borrow_and_update()))
            }
            Wake::Size => Msg::Resize(*self.size.borrow_and_update()),
            Wake::Attendance => Msg::Attendance(*self.attendance.borrow_and_update()),
            Wake::Library => return self.go_on_over(),
            Wake::Said(note) => Msg::Said(note),
            Wake::Continue => {
                let Self { work, state, library, .. } = self;
                work.spend(|| app::update(state, &Msg::Continue, library));
                self.screen.touch();
                return None;
            }
            Wake::Time => return self.on_time(),
            Wake::End(end) => return Some(end),
        };
        self.update(&msg)
    }

    /// When something happens by itself.
    fn moment(&mut self) -> Instant {
        let idle = self.touched + self.shared.limits.idle;
        let warning = if self.warned { idle } else { idle.checked_sub(WARNING).unwrap_or(idle) };
        let tick = clock::due(&self.state).map(|due| self.began + Duration::from_secs(due.into()));
        let rest = self.work.rest();
        let types = Instant::now() + Duration::from_secs_f64(self.keys.wait(1.0));
        [
            Some(warning),
            tick,
            self.input.due().map(Instant::from_std),
            // Where there was too much to do, there is nothing to draw before it is made up for.
            self.screen.due().map(|due| rest.map_or(due, |rest| due.max(rest))),
            rest.filter(|_| self.state.is_unfinished()),
            (!self.typed.is_empty()).then(|| rest.map_or(types, |rest| types.max(rest))),
            self.screen.given_up(self.shared.limits.stalled),
        ]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(warning)
    }

    /// Tells the time where it counts, before anything happens and before it is drawn.
    fn tell_time(&mut self) {
        if let Some(time) = clock::tell(&self.state, self.began.elapsed().as_secs() as u32) {
            self.update(&time);
        }
    }

    /// It is time for something: for what, is seen by looking.
    fn on_time(&mut self) -> Option<End> {
        let now = Instant::now();
        let past = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        if past(self.input.due().map(Instant::from_std)) {
            let mut msgs = Vec::new();
            self.input.expire(now.into_std(), &mut msgs);
            self.typed.extend(msgs);
            return None;
        }
        if past(self.screen.given_up(self.shared.limits.stalled)) {
            return Some(End::Stalled);
        }
        let idle = self.touched + self.shared.limits.idle;
        if now >= idle {
            return Some(End::Idle);
        }
        if !self.warned && idle.duration_since(now) <= WARNING {
            self.warned = true;
            self.state.message = Some("no key for a long time: this session ends in a minute".to_owned());
            self.screen.touch();
        }
        None
    }

    /// Takes in what came; what it means waits for its turn.
    fn take_bytes(&mut self, bytes: &[u8]) {
        let mut msgs = Vec::new();
        self.input.feed(bytes, Instant::now().into_std(), &mut msgs);
        let answers = self.input.answers();
        self.screen.answered(answers);
        self.is_led(answers > 0);
        self.typed.extend(msgs);
    }

    /// Whoever follows and draws where the presenter leads is there, also without a key.
    fn is_led(&mut self, drawn: bool) {
        if drawn && std::mem::take(&mut self.led) && self.state.follows() {
            (self.touched, self.warned) = (Instant::now(), false);
        }
    }

    /// Takes in what was typed, as much as may be at once. It is drawn once, and what is searched for is searched once.
    fn take_typed(&mut self) -> Option<End> {
        self.tell_time();
        (self.touched, self.warned) = (Instant::now(), false);
        let turn = self.work.begin();
        let mut end = None;
        while !turn.is_over() && self.keys.wait(1.0) <= 0.0 {
            let Some(msg) = self.typed.pop_front() else { break };
            self.keys.borrow(1.0);
            let effects = app::update_ahead(&mut self.state, &msg, &self.library);
            end = self.run_effects(effects);
            if end.is_some() {
                break;
            }
        }
        app::catch_up(&mut self.state, &self.library);
        self.work.end(turn);
        self.screen.touch();
        self.note();
        end
    }

    fn update(&mut self, msg: &Msg) -> Option<End> {
        let Self { work, state, library, .. } = self;
        let effects = work.spend(|| app::update(state, msg, library));
        self.screen.touch();
        self.note();
        self.run_effects(effects)
    }

    fn run_effects(&mut self, effects: Vec<Effect>) -> Option<End> {
        for effect in effects {
            match effect {
                Effect::Quit => return Some(End::Quit),
                Effect::Repaint => self.screen.forget(),
                Effect::Mouse(taken) => self.screen.mouse(taken),
                Effect::Share(talk) => {
                    self.presence.shared_last = Some(Arc::clone(&talk));
                    self.shared.hub.publish(talk);
                }
                Effect::Reload => self.reload(),
                // Nothing of this machine is a client's: what a session may not do never becomes an effect.
                Effect::Suspend
                | Effect::Copy(..)
                | Effect::Take(_)
                | Effect::ShowPlain(_)
                | Effect::Remember(_)
                | Effect::Edit(_) => {}
            }
        }
        None
    }

    /// Has the file read anew, beside everything else; what comes of it is said when it has come.
    fn reload(&self) {
        let (shared, said) = (Arc::clone(&self.shared), self.said.0.clone());
        tokio::task::spawn_blocking(move || {
            // Nobody listens any more if the session is over.
            let _ = said.try_send(shared.reload());
        });
    }

    /// The file was read anew.
    fn go_on_over(&mut self) -> Option<End> {
        let library = self.libraries.borrow_and_update().clone();
        self.state.renew(&self.library, &library);
        self.library = library;
        self.screen.touch();
        None
    }

    /// Keeps the roll.
    fn note(&self) {
        let State { size, look, .. } = self.state;
        let is = Present { part: self.part, size, depth: look.depth, following: self.state.follows() };
        self.shared.roll.note(self.presence.number, Some(is));
    }

    /// Gives the terminal back, once it has said all it was asked for.
    async fn leave(mut self, end: End) {
        if end == End::Gone || end == End::Stalled {
            return;
        }
        let latest = Instant::now() + LAST_ANSWERS;
        while self.screen.is_asked() {
            let Ok(Some(bytes)) = timeout_at(latest, self.packets.recv()).await else { break };
            self.input.feed(&bytes, Instant::now().into_std(), &mut Vec::new());
            self.screen.answered(self.input.answers());
        }
        // What comes now is read by nobody: the connection must not wait for it to be.
        drop(self.packets);
        // A client that takes nothing any more loses its connection instead.
        let _ = timeout(LINGER, self.screen.leave(end.farewell(), 0)).await;
    }
}
