//! Many readers over SSH: the same `app` and `ui`, another terminal each.
//!
//! A connection is let in at the `gate`, speaks SSH through a `handler` and, once it asks for a terminal, has a
//! `session` of its own: a task that waits for input, a new size, the presenter or a moment, and draws. Sessions
//! share a [`Library`] and what the presenter shares, and nothing else.
//!
//! Must never run a program, open a file or a connection for a client, or let one client's slowness, noise or crash
//! be felt by another.

mod accept;
mod auth;
mod bucket;
mod claims;
mod end;
mod exec;
mod gate;
mod guard;
mod handler;
mod host_key;
mod hub;
mod log;
mod presence;
mod protocol;
mod roll;
mod room;
mod screen;
mod seat;
mod session;
mod wake;
mod who;
mod work;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use russh::keys::{HashAlg, PublicKey};
use russh::server;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, watch};

use crate::app::{Attendance, Library, Note, Size, Talk, renewed};
use crate::config::Wish;
use crate::print::{Answer, Paper};
pub use auth::{Admission, Keys, KeysError, Password, PasswordError};
use bucket::Bucket;
use gate::Gate;
pub use host_key::HostKeyError;
pub use hub::{Hub, Local};
pub use log::Log;
use roll::Roll;
use who::Id;

/// How long sessions may take to give their terminals back when the server ends.
const FAREWELL: Duration = Duration::from_secs(2);
/// How long a client may take to end its connection once everything is said.
const LINGER: Duration = Duration::from_secs(2);
/// Lines a second that the log may get about connections that came to nothing; so many times as many at once.
const LINES: u32 = 5;
/// What a server allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once.
    pub sessions: usize,
    /// Connections at once from one address: a school may have only one.
    pub per_address: usize,
    /// Connections at once that have not said yet who they are.
    pub waiting: usize,
    /// New connections a second from one address; five times as many at once.
    pub new_per_second: u32,
    /// How long a client may take to say who it is, and to ask for something.
    pub grace: Duration,
    /// Passwords that a connection may try.
    pub attempts: u32,
    /// How long a session may be without a key.
    pub idle: Duration,
    /// How long a terminal that has answered may take to draw a frame.
    pub stalled: Duration,
    /// Passwords that may be wrong from one address, at once; six more are forgiven a minute.
    pub failures: u32,
    /// Bytes a second that a client may type or paste; eight times as many at once.
    pub input: u32,
    /// Keys and clicks a second that are taken in from a client; three times as many at once.
    pub keys: u32,
    /// The largest terminal that is drawn for, whatever a client claims.
    pub largest: Size,
}

impl Limits {
    /// For a class of some hundred.
    pub const DEFAULT: Self = Self {
        sessions: 600,
        per_address: 300,
        waiting: 300,
        new_per_second: 20,
        grace: Duration::from_secs(120),
        attempts: 3,
        idle: Duration::from_secs(2 * 60 * 60),
        stalled: Duration::from_secs(60),
        failures: 30,
        input: 2048,
        keys: 100,
        largest: Size { columns: 300, rows: 100 },
    };
}

/// Reads the file anew, for `SIGHUP` and for a presenter; the message says why it cannot be used.
pub type Reload = Box<dyn Fn() -> Result<Library, String> + Send + Sync>;

/// How a command is answered, on what paper.
pub type Answers = fn(&str, &Library, Paper) -> Answer;

/// How a server is to be.
pub struct Settings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where its key is, or is to be.
    pub host_key: PathBuf,
    /// Who may come in.
    pub admission: Admission,
    /// What is allowed.
    pub limits: Limits,
    /// What every session looks like, where its terminal does not say otherwise.
    pub wish: Wish,
    /// Where events are written.
    pub log: Log,
    /// How a command is answered that comes instead of a session.
    pub answer: Answers,
    /// How the file is read anew.
    pub reload: Reload,
    /// The session of a user of this name panics after its first frame, in a debug build, for a test to see.
    pub panics: Option<String>,
}

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Its key.
    #[error(transparent)]
    HostKey(#[from] HostKeyError),
    /// Its address.
    #[error("{0} cannot be listened on: {1}")]
    Listen(SocketAddr, io::Error),
    /// Threads or signals.
    #[error("the server cannot run: {0}")]
    Run(#[from] io::Error),
}

/// What all connections share.
struct Shared {
    config: Arc<server::Config>,
    admission: Admission,
    limits: Limits,
    wish: Wish,
    answer: Answers,
    log: Log,
    lines: Mutex<Bucket>,
    began: u64,
    gate: Arc<Gate>,
    roll: Roll,
    hub: Arc<dyn Hub>,
    library: watch::Sender<Library>,
    reload: Reload,
    reloading: Mutex<()>,
    stopping: watch::Sender<bool>,
    connections: AtomicU64,
    panics: Option<String>,
}

/// A server at work.
pub struct Server {
    runtime: Runtime,
    shared: Arc<Shared>,
    address: SocketAddr,
    key: PublicKey,
}

impl Server {
    /// Listens, and serves until it is dropped or told to stop.
    ///
    /// # Errors
    /// When the address is taken or the host key cannot be used.
    pub fn start(settings: Settings, library: Library, hub: Arc<dyn Hub>) -> Result<Self, ServeError> {
        let key = host_key::load_or_make(&settings.host_key)?;
        let public = key.public_key().clone();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name(THREAD)
            .max_blocking_threads(8)
            .enable_all()
            .build()?;
        let listener = runtime
            .block_on(TcpListener::bind(settings.listen))
            .map_err(|error| ServeError::Listen(settings.listen, error))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            config: Arc::new(protocol::config(key, &settings.admission, &settings.limits)),
            admission: settings.admission,
            limits: settings.limits,
            wish: settings.wish,
            answer: settings.answer,
            log: settings.log,
            lines: Mutex::new(Bucket::new(LINES, LINES * 4)),
            began: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs(),
            gate: Gate::new(settings.limits),
            roll: Roll::default(),
            hub,
            library: watch::Sender::new(library),
            reload: settings.reload,
            reloading: Mutex::new(()),
            stopping: watch::Sender::new(false),
            connections: AtomicU64::new(1),
            panics: settings.panics,
        });
        let server = Self { runtime, shared, address, key: public };
        server.shared.log.event("listening", &[("address", &server.address), ("key", &server.fingerprint())]);
        server.runtime.spawn(accept::accept(listener, Arc::clone(&server.shared)));
        Ok(server)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What students' clients show on the first connection.
    pub fn fingerprint(&self) -> String {
        self.key.fingerprint(HashAlg::Sha256).to_string()
    }

    /// Its key as a line of `known_hosts` has it, without the host.
    pub fn public_key(&self) -> String {
        // The comment behind it is whoever made the key.
        let line = self.key.to_openssh().unwrap_or_default();
        line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
    }

    /// Tells `heard` who is there, now and whenever that changes, for as long as it listens.
    pub fn tell(&self, mut heard: impl FnMut(Attendance) -> bool + Send + 'static) {
        let mut attendance = self.shared.roll.subscribe();
        self.runtime.spawn(async move {
            loop {
                let now = *attendance.borrow_and_update();
                if !heard(now) || attendance.changed().await.is_err() {
                    return;
                }
            }
        });
    }

    /// Has every session go on over another library: the file was read anew at the server's own terminal.
    pub fn renew(&self, library: Library) {
        self.shared.log.reopen();
        self.shared.renew(library);
    }

    /// Shares where the presenter at the server's own terminal is.
    pub fn publish(&self, talk: Arc<Talk>) {
        self.shared.hub.publish(talk);
    }

    /// Serves until one of the signals `ending` asks for the end, reads the file anew for each `SIGHUP`, and gives the signal's number.
    ///
    /// Every signal that would end the process is heard, so that each terminal is given back before. `heard` is called
    /// once they are.
    ///
    /// # Errors
    /// When signals cannot be waited for.
    pub fn wait(&self, ending: &[i32], heard: impl FnOnce()) -> io::Result<i32> {
        self.runtime.block_on(async {
            let (tell, mut ended) = mpsc::channel(1);
            for number in ending.iter().copied() {
                let (mut asked, tell) = (signal(SignalKind::from_raw(number))?, tell.clone());
                tokio::spawn(async move {
                    if asked.recv().await.is_some() {
                        // One is enough.
                        let _ = tell.try_send(number);
                    }
                });
            }
            let mut hang_up = signal(SignalKind::hangup())?;
            heard();
            loop {
                tokio::select! {
                    Some(number) = ended.recv() => return Ok(number),
                    _ = hang_up.recv() => {
                        // It is in the log.
                        self.shared.reload();
                    }
                }
            }
        })
    }

    /// Tells `heard` what presenters share who are not at the server's own terminal.
    pub fn tell_talk(&self, mut heard: impl FnMut(Arc<Talk>) -> bool + Send + 'static) {
        let mut talk = self.shared.hub.subscribe();
        self.runtime.spawn(async move {
            while talk.changed().await.is_ok() {
                let now = Arc::clone(&talk.borrow_and_update());
                if !heard(now) {
                    return;
                }
            }
        });
    }

    /// Ends every session with its terminal given back, and the server.
    pub fn stop(self) {
        self.shared.log.event("stopping", &[]);
        self.shared.stopping.send_replace(true);
        let everybody_left = async {
            // Whoever listens to it holds it.
            self.shared.stopping.closed().await;
        };
        let in_time =
            self.runtime.block_on(async { tokio::time::timeout(FAREWELL, everybody_left).await.is_ok() });
        self.shared.log.event("stopped", &[("everybody-left", &in_time)]);
        self.runtime.shutdown_background();
    }
}

/// The name of the threads on which sessions run: `shell` knows it, so that what panics there ends no terminal here.
const THREAD: &str = "serve";

impl Shared {
    /// Reads the file anew; every session goes on over it, or over the old one if it cannot be used. Gives what is to
    /// be said of it.
    fn reload(&self) -> Note {
        self.log.reopen();
        // One at a time: of two at once, the older could win.
        let _alone = self.reloading.lock().unwrap_or_else(PoisonError::into_inner);
        match (self.reload)() {
            Ok(library) => {
                let problems = library.problems.len();
                self.renew(library);
                renewed(problems)
            }
            Err(message) => {
                self.log.event("not-reloaded", &[("error", &message)]);
                let first = message.lines().next().unwrap_or_default();
                format!("what was read before stays: {first}").into()
            }
        }
    }

    fn renew(&self, library: Library) {
        self.log.event("reloaded", &[("problems", &library.problems.len())]);
        self.library.send_replace(library);
    }

    fn next_connection(&self) -> Id {
        Id { began: self.began, number: self.connections.fetch_add(1, Ordering::Relaxed) }
    }

    /// Whether there is room in the log for a line about a connection that came to nothing: anybody can make such lines.
    fn may_log(&self) -> bool {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).take(1.0)
    }
}
