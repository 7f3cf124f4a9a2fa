//! `tumen serve`: what is asked for on the command line, checked before anything listens.
//!
//! Must never open a port to others without somebody having said who may come in.

mod door;
mod limits;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::arguments::Arguments;
use super::own::{self, Own};
use super::{Stop, explore, output, remote, source};
use crate::app::{Library, Msg, Part, State};
use crate::config::{Look, Wish};
use crate::disk::{Pipes, small};
use crate::keys::Keymap;
use crate::load::Loaded;
use crate::search::Index;
use crate::serve::{Admission, Keys, Local, Log, Password, Server, Settings};
use crate::shell;
use limits::LimitArguments;

/// `SIGTERM`: the end that a service manager asks for, which is none that has to be told.
const TERMINATE: i32 = 15;

/// Open a class: an SSH server with the dossier, for `ssh -p 2222 HOST`
#[derive(Debug, Args)]
#[command(after_help = "Students type `ssh -p 2222 HOST`; F follows the presenter.\n\
    Others than this machine reach it with --listen 0.0.0.0:2222, which needs\n\
    --password-file, --authorized-keys or --open. SIGHUP, or R of a\n\
    presenter, reads the file anew; SIGTERM ends the class.")]
pub(super) struct ServeArguments {
    /// Where to listen; `[::]` and `0.0.0.0` are everywhere
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:2222", value_parser = door::listen)]
    listen: SocketAddr,
    /// Let everybody in who can reach the port
    #[arg(long, conflicts_with_all = ["password_file", "authorized_keys"])]
    open: bool,
    /// Let in who knows the password: the first line of this file
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Let in who holds one of these public keys (Ed25519 or ECDSA, not RSA)
    #[arg(long, value_name = "FILE")]
    authorized_keys: Option<PathBuf>,
    /// Let these public keys present (Ed25519 or ECDSA, not RSA), as `ssh presenter@HOST`
    #[arg(long, value_name = "FILE")]
    presenter_keys: Option<PathBuf>,
    /// Present from this terminal, and end the class with it; with the id of a tour, begin there
    #[arg(long, value_name = "TOUR", num_args = 0..=1, default_missing_value = "")]
    present: Option<String>,
    /// The server's own key, made if it is not there [default: in the user's data folder]
    #[arg(long, value_name = "FILE")]
    host_key: Option<PathBuf>,
    /// Write events here, and not to standard error; with --present, otherwise nowhere
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArguments,
}

impl ServeArguments {
    /// Serves until the end.
    pub(super) fn run(&self, arguments: &Arguments) -> Result<u8, Stop> {
        let (file, wish) = (arguments.file(), arguments.wish(None));
        let library = library(file.as_deref())?;
        let stage = self.present.as_deref().map(|tour| Stage::set(tour, wish, &library)).transpose()?;
        let set = own::settings()?;
        // A log that may not grow is no reason to end a class.
        shell::outlive_file_limit();
        let settings = self.settings(arguments, wish)?;
        let server = Server::start(settings, library.clone(), Arc::new(Local::default()))
            .map_err(|error| Stop::Wrong(error.to_string()))?;
        if let Some(stage) = stage {
            let around = own::surroundings(&Own::default(), own::source(&[], file, &Own::default()), set);
            self.announce(&server);
            return stage.present(server, library, around);
        }
        let signal = server
            .wait(&shell::ENDING, || self.announce(&server))
            .map_err(|error| Stop::Wrong(format!("signals cannot be heard: {error}")))?;
        server.stop();
        // It is how a server is asked to end; what else ended it is told.
        Ok(if signal == TERMINATE { 0 } else { shell::End::Signal(signal).status() })
    }

    fn settings(&self, arguments: &Arguments, wish: Wish) -> Result<Settings, Stop> {
        let file = arguments.file();
        Ok(Settings {
            listen: self.listen,
            host_key: self.host_key()?,
            admission: self.admission()?,
            limits: self.limits.limits(),
            // Which colours a terminal has is its own matter; which theme the class sees is the teacher's.
            wish: Wish { color: None, ..wish },
            answer: remote,
            log: self.log(arguments)?,
            reload: Box::new(move || reload(file.as_deref())),
            panics: cfg!(debug_assertions).then(|| std::env::var("TUMEN_PANIC").ok()).flatten(),
        })
    }

    fn admission(&self) -> Result<Admission, Stop> {
        let password = self.password_file.as_deref().map(|path| {
            let word = Password::from_file(&read(path)?).map_err(|error| wrong(path, &error))?;
            is_secret(path).map(|()| word)
        });
        let keys = |path: &Option<PathBuf>| match path {
            Some(path) => Keys::from_file(&read(path)?).map_err(|error| wrong(path, &error)),
            None => Ok(Keys::default()),
        };
        let admission = Admission {
            open: self.open || (self.password_file.is_none() && self.authorized_keys.is_none()),
            password: password.transpose()?,
            students: keys(&self.authorized_keys)?,
            presenters: keys(&self.presenter_keys)?,
        };
        if admission.open && !self.open && !self.listen.ip().is_loopback() {
            let message = format!(
                "others could reach {}: say who may come in with --password-file or --authorized-keys, \
                 or that everybody may with --open",
                self.listen
            );
            return Err(Stop::Wrong(message));
        }
        Ok(admission)
    }

    fn host_key(&self) -> Result<PathBuf, Stop> {
        let home = || own::folder("XDG_DATA_HOME", ".local/share");
        let path = self.host_key.clone().or_else(|| Some(home()?.join("tumen/ssh_host_ed25519_key")));
        path.ok_or_else(|| {
            Stop::Wrong("there is no home for the host key; say where it is with --host-key".to_owned())
        })
    }

    fn log(&self, arguments: &Arguments) -> Result<Log, Stop> {
        let Some(path) = &self.log else {
            // Standard error is the terminal that is presented from.
            return Ok(if self.present.is_some() { Log::to(io::sink()) } else { Log::to(io::stderr()) });
        };
        let read = fs::metadata(path).ok().and_then(|about| source::read_from(&about, arguments));
        if let Some(what) = read {
            return Err(wrong(path, &format!("this is {what}, which a log would spoil; name another file")));
        }
        Log::in_file(path).map_err(|error| wrong(path, &error))
    }

    /// Says how to come in. It is an answer, so it goes to standard output.
    fn announce(&self, server: &Server) {
        let address = server.address();
        let (hosts, port) = (door::hosts(address), address.port());
        let mut lines = format!("The class is open on {address}.\n");
        for (at, host) in hosts.iter().enumerate() {
            let lead = if at == 0 { "Students type" } else { "or" };
            // Writing into a string cannot fail.
            let _ = writeln!(lines, "{lead:<17}{}", door::line(*host, port));
        }
        let _ = writeln!(lines, "and may compare  {}", server.fingerprint());
        for host in hosts {
            let _ = writeln!(lines, "known_hosts      [{host}]:{port} {}", server.public_key());
        }
        if self.open && !address.ip().is_loopback() {
            lines.push_str("Everybody who can reach this port is let in (--open).\n");
        }
        // Without anybody who reads it, the class is open all the same.
        let _ = shell::answer(lines.as_bytes());
    }
}

/// The local terminal, from which somebody presents.
struct Stage {
    tty: shell::Tty,
    state: State,
}

impl Stage {
    /// Looks whether there is a terminal, and a tour of that id if one is named.
    fn set(tour: &str, wish: Wish, library: &Library) -> Result<Self, Stop> {
        let environment = output::environment();
        let tty = shell::Tty::find().filter(|_| !matches!(environment.term.as_str(), "" | "dumb"));
        let Some(tty) = tty else {
            return Err(Stop::Wrong(
                "--present needs a terminal to present from; leave it out to serve without one".into(),
            ));
        };
        let mut state = State::new(tty.size(), Look::of(&environment, wish), library);
        if !tour.is_empty() {
            state
                .present(explore::tour(&library.knowledge, tour, "--present").map_err(Stop::Wrong)?, library);
        }
        state.join(Part::Presenter, &Arc::default(), library);
        Ok(Self { tty, state })
    }

    /// Presents until the end, which is the end of the class.
    fn present(mut self, server: Server, library: Library, around: shell::Surroundings) -> Result<u8, Stop> {
        if let Some(class) = &mut self.state.class {
            class.door = Some(door::door(&server));
        }
        let server = Arc::new(server);
        let [sharing, telling, renewing] = [(); 3].map(|()| Arc::clone(&server));
        let class = shell::Class {
            share: Box::new(move |talk| sharing.publish(talk)),
            listen: Box::new(move |tell| {
                let (tell, talk) = (Arc::new(tell), Arc::clone(&telling));
                let tell_talk = Arc::clone(&tell);
                telling.tell(move |attendance| tell(Msg::Attendance(attendance)));
                talk.tell_talk(move |talk| tell_talk(Msg::Talk(talk)));
            }),
            renew: Box::new(move |library| renewing.renew(library)),
        };
        let ended = shell::lead(self.tty, self.state, library, around, Some(class));
        if let Ok(server) = Arc::try_unwrap(server) {
            server.stop();
        }
        match ended {
            Ok(over) => Ok(output::farewell(&over)),
            Err(error) => Err(Stop::Wrong(format!("the terminal cannot be used: {error}"))),
        }
    }
}

/// Whether nobody else may read a file with a secret in it. What a service manager hands over is protected by its folder,
/// and may look as if its group could read it.
fn is_secret(path: &Path) -> Result<(), Stop> {
    let mode = fs::metadata(path).map_err(|error| wrong(path, &error))?.mode();
    let handed_over =
        std::env::var_os("CREDENTIALS_DIRECTORY").is_some_and(|folder| path.starts_with(folder));
    if mode & if handed_over { 0o007 } else { 0o077 } == 0 {
        return Ok(());
    }
    Err(Stop::Wrong(format!("{0}: others can read the password; `chmod 600 {0}`", path.display())))
}

/// Reads a small file that the user named.
fn read(path: &Path) -> Result<String, Stop> {
    small(path, Pipes::Awaited).map_err(|error| wrong(path, &error))
}

fn wrong(path: &Path, what: &impl std::fmt::Display) -> Stop {
    Stop::Wrong(format!("{}: {what}", path.display()))
}

/// The file with everything that sessions share.
fn library(file: Option<&Path>) -> Result<Library, Stop> {
    let library = shared(source::load(file)?, file)?;
    output::remark_on(&library.problems);
    Ok(library)
}

/// The file as it is now; what is wrong with it is for the presenter to see, and for `check`.
fn reload(file: Option<&Path>) -> Result<Library, String> {
    let said = |stop| match stop {
        Stop::Wrong(message) => message,
        Stop::Said(_) => String::new(),
    };
    match file {
        None => Err("the dossier came without a file".to_owned()),
        Some(path) if source::is_read_once(path) => Err("what comes through a pipe is read once".to_owned()),
        file => source::load(file).and_then(|loaded| shared(loaded, file)).map_err(said),
    }
}

fn shared(loaded: Loaded, file: Option<&Path>) -> Result<Library, Stop> {
    // The words of the dossier that the program carries were gathered when it was built.
    let index =
        if file.is_some() { Index::build(&loaded.knowledge) } else { Index::shipped(&loaded.knowledge) };
    loaded.knowledge.count_ahead();
    Ok(Library {
        knowledge: Arc::new(loaded.knowledge),
        problems: loaded.problems.into(),
        index: Some(Arc::new(index)),
        keymap: Arc::new(Keymap::from_table().map_err(|conflict| Stop::Wrong(conflict.to_string()))?),
    })
}
