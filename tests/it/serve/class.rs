//! A class for tests: a server of its own on a free port, and clients of OpenSSH.

use std::cell::Cell;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::num::NonZeroU16;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::pty::{Session, program};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// "Are you there?", and the answer of every terminal.
const ARE_YOU_THERE: &[u8] = b"\x1b[5n";
const WELL: &str = "\x1b[0n";

/// Whether there is an OpenSSH client. Where there is none, the test is left out, which is said past the test runner,
/// who shows nothing of a test that passes; under `CI=true`, which promises one, the test fails.
pub(crate) fn there_is_ssh() -> bool {
    let found = Command::new("ssh").arg("-V").output().is_ok_and(|output| output.status.success());
    if !found {
        let test = std::thread::current().name().unwrap_or("a test").to_owned();
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{test} needs `ssh`, and CI has to bring it");
        let _ = writeln!(std::io::stderr(), "LEFT OUT: {test} needs `ssh`, which this machine does not have");
    }
    found
}

/// A server with its folder.
pub(crate) struct Class {
    /// `None` if the server has a terminal of its own.
    server: Option<Child>,
    /// Everything of this class lies here.
    pub(crate) folder: PathBuf,
    /// Where it listens, on this machine.
    pub(crate) port: u16,
}

/// A folder of its own for one test.
fn folder() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("tumen-class-{}-{count}", std::process::id()));
    fs::create_dir_all(&folder).expect("there is room for a folder");
    folder
}

/// What a class needs before its server starts.
pub(crate) struct Room {
    pub(crate) folder: PathBuf,
}

impl Room {
    pub(crate) fn new() -> Self {
        Self { folder: folder() }
    }

    /// Writes a file, and gives its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.join(name);
        fs::write(&path, text).expect("files can be written");
        // A password that others can read is refused.
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it is ours");
        path.to_string_lossy().into_owned()
    }

    /// Makes a key pair, and gives the public half.
    pub(crate) fn key(&self, name: &str) -> String {
        make_key(&self.folder.join(name));
        fs::read_to_string(self.folder.join(format!("{name}.pub"))).expect("there is a public half")
    }

    /// The server of this room, in which the holder of the key `teacher` presents.
    pub(crate) fn open_with_teacher(self, arguments: &[&str]) -> Class {
        let keys = self.file("presenter_keys", &self.key("teacher"));
        self.open(&[&["--presenter-keys", &keys], arguments].concat())
    }

    /// The server of this room.
    pub(crate) fn open(self, arguments: &[&str]) -> Class {
        Class::in_room(self.folder, arguments, |_| {})
    }
}

fn make_key(path: &Path) {
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(path).status();
    assert!(made.is_ok_and(|status| status.success()), "a key can be made");
}

impl Class {
    /// A class with these flags.
    pub(crate) fn open(arguments: &[&str]) -> Self {
        Self::in_room(folder(), arguments, |_| {})
    }

    /// The same, with a last word about how the server is started.
    pub(crate) fn in_room(folder: PathBuf, arguments: &[&str], change: impl FnOnce(&mut Command)) -> Self {
        let log = fs::File::create(folder.join("log")).expect("a log can be written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_tumen"));
        command
            .args(["serve", "--host-key"])
            .arg(folder.join("host-key"))
            .args(if arguments.contains(&"--listen") { &[][..] } else { &["--listen", "127.0.0.1:0"] })
            .args(arguments)
            .env_remove("TUMEN_FILE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log);
        change(&mut command);
        let mut server = command.spawn().expect("the server starts");
        let mut lines = BufReader::new(server.stdout.take().expect("it is piped")).lines();
        let mut said = lines.by_ref().map_while(Result::ok);
        let open = said.next().unwrap_or_else(|| {
            panic!("the class did not open: {}", fs::read_to_string(folder.join("log")).unwrap_or_default())
        });
        let port = open.trim_end_matches('.').rsplit(':').next().and_then(|port| port.parse().ok());
        let known = said.find_map(|line| line.strip_prefix("known_hosts").map(|line| line.trim().to_owned()));
        fs::write(folder.join("known_hosts"), known.expect("the host key is said") + "\n").expect("written");
        Self { server: Some(server), folder, port: port.expect("the address ends with a port") }
    }

    /// The class of a server that has said where it is, and its key.
    pub(crate) fn of(said: &str) -> Self {
        let folder = folder();
        let known = said.lines().find_map(|line| line.strip_prefix("known_hosts"));
        fs::write(folder.join("known_hosts"), known.expect("the host key is said").trim().to_owned() + "\n")
            .expect("files can be written");
        let open = said.lines().next().unwrap_or_default().trim().trim_end_matches('.').rsplit(':').next();
        let port = open.and_then(|port| port.parse().ok()).expect("the address ends with a port");
        Self { server: None, folder, port }
    }

    /// What every client is told: nothing of this machine's own settings, and only the key that the server said.
    fn options(&self) -> Vec<String> {
        let known_hosts = self.folder.join("known_hosts");
        let mut options = vec!["-F".to_owned(), "/dev/null".to_owned()];
        for option in [
            &format!("UserKnownHostsFile={}", known_hosts.display()),
            "GlobalKnownHostsFile=/dev/null",
            "StrictHostKeyChecking=yes",
            "IdentitiesOnly=yes",
            "LogLevel=ERROR",
            "ConnectTimeout=20",
            &format!("Port={}", self.port),
        ] {
            options.extend(["-o".to_owned(), option.to_owned()]);
        }
        options
    }

    /// Runs a client without a terminal to its end.
    pub(crate) fn run(&self, client: &str, arguments: &[&str]) -> Output {
        self.run_with(&[], client, arguments)
    }

    /// The same with options that come before all others: of two, OpenSSH heeds the first.
    pub(crate) fn run_with(&self, before: &[&str], client: &str, arguments: &[&str]) -> Output {
        let key = if arguments.contains(&"-i") { &[][..] } else { &["-o", "IdentityFile=none"][..] };
        let child = Command::new(client)
            .args(before)
            .args(self.options())
            .args(["-o", "BatchMode=yes"])
            .args(key)
            .args(arguments)
            .env_remove("SSH_AUTH_SOCK")
            .env("DISPLAY", "localhost:0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the client starts");
        in_time(child, &format!("{client} {arguments:?}"))
    }

    /// A student called `user`, with a terminal of 80×24 and 256 colours.
    pub(crate) fn student(&self, user: &str) -> Student {
        self.student_with(user, (80, 24), "xterm-256color", &[])
    }

    /// A student with a terminal of one's own.
    pub(crate) fn student_with(
        &self,
        user: &str,
        size: (u16, u16),
        term: &str,
        arguments: &[&str],
    ) -> Student {
        let options = self.options();
        let mut all: Vec<&str> = options.iter().map(String::as_str).collect();
        if !arguments.contains(&"-i") {
            all.extend(["-o", "IdentityFile=none"]);
        }
        all.extend(arguments);
        let to = format!("{user}@127.0.0.1");
        all.push(&to);
        let command = program("ssh", &all).env("TERM", term);
        Student {
            screen: vt100::Parser::new(cells(size.1), cells(size.0), 0),
            ..Student::of(Session::start_at(size, command))
        }
    }

    /// The presenter, in a class with a teacher.
    pub(crate) fn presenter(&self) -> Student {
        let key = self.folder.join("teacher");
        self.student_with("presenter", (80, 24), "xterm-256color", &["-i", &key.to_string_lossy()])
    }

    /// Starts a client without a terminal that is written to.
    pub(crate) fn start(&self, client: &str, arguments: &[&str]) -> Child {
        Command::new(client)
            .args(self.options())
            .args(["-o", "BatchMode=yes", "-o", "IdentityFile=none"])
            .args(arguments)
            .env_remove("SSH_AUTH_SOCK")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the client starts")
    }

    /// Kilobytes that the server holds (`proc_pid_status(5)`, `VmRSS`).
    pub(crate) fn resident(&self) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id())).expect("the server is there");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it holds something");
        line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
    }

    /// Processor time that the server used, in hundredths of a second (`proc_pid_stat(5)`, fields 14 and 15).
    pub(crate) fn used(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.id())).expect("the server is there");
        let behind_name = stat.rsplit(')').next().expect("a name in brackets");
        let fields = behind_name.split_whitespace().skip(11).take(2);
        fields.map(|ticks| ticks.parse::<u64>().expect("a number")).sum()
    }

    /// How often the server's threads went to sleep, and so were woken (`proc_pid_status(5)`).
    pub(crate) fn naps(&self) -> u64 {
        let threads = fs::read_dir(format!("/proc/{}/task", self.id())).expect("the server is there");
        let of_thread = |status: String| -> u64 {
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            line.and_then(|number| number.trim().parse().ok()).expect("a number")
        };
        // A thread may end meanwhile.
        let statuses =
            threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("status")).ok());
        statuses.map(of_thread).sum()
    }

    /// A raw connection.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("it can time out");
        stream
    }

    /// What the server has written down.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).expect("there is a log")
    }

    /// Waits until the server has written something down, `times` times.
    pub(crate) fn log_has(&self, text: &str, times: usize) {
        let deadline = Instant::now() + PATIENCE;
        while self.log().matches(text).count() < times {
            assert!(Instant::now() < deadline, "{text:?} is not in the log:\n{}", self.log());
            std::thread::yield_now();
        }
    }

    /// Sends the server a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(self.server.as_ref().expect("it is ours")), signal)
            .expect("the server is there");
    }

    /// The process id of the server.
    pub(crate) fn id(&self) -> u32 {
        self.server.as_ref().expect("it is ours").id()
    }

    /// Waits for the end of the server.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) =
                self.server.as_mut().expect("it is ours").try_wait().expect("the server is ours")
            {
                return status;
            }
            assert!(Instant::now() < deadline, "the server does not end");
            std::thread::yield_now();
        }
    }
}

impl Drop for Class {
    fn drop(&mut self) {
        // It may have ended already.
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The output of a client, which has to end by itself.
fn in_time(child: Child, what: &str) -> Output {
    let pid = Pid::from_child(&child);
    let (ended, end) = std::sync::mpsc::channel();
    let waiter = std::thread::spawn(move || {
        let output = child.wait_with_output();
        // Nobody listens if it took too long.
        let _ = ended.send(());
        output
    });
    if end.recv_timeout(PATIENCE).is_err() {
        let _ = kill_process(pid, Signal::KILL);
        panic!("{what} hangs");
    }
    waiter.join().expect("it only waits").expect("the client can be waited for")
}

/// A number of cells that the emulator can have: terminals claim what they like.
fn cells(claimed: u16) -> NonZeroU16 {
    NonZeroU16::new(claimed.clamp(1, 500)).expect("it is at least one")
}

/// A student at a terminal.
pub(crate) struct Student {
    pub(crate) session: Session,
    screen: vt100::Parser,
    read: usize,
    /// Whether the terminal answers when it is asked whether it is there.
    answers: Cell<bool>,
}

impl Student {
    /// Whoever sits at a terminal of 80×24.
    pub(crate) fn of(session: Session) -> Self {
        let screen = vt100::Parser::new(cells(24), cells(80), 0);
        Self { session, screen, read: 0, answers: Cell::new(true) }
    }

    /// Types.
    pub(crate) fn press(&mut self, keys: &str) {
        self.session.press(keys);
    }

    /// A terminal that draws and never answers.
    pub(crate) fn mute(self) -> Self {
        self.answers.set(false);
        self
    }

    /// Another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.screen.screen_mut().set_size(cells(rows), cells(columns));
        self.session.resize(columns, rows);
    }

    /// What the terminal shows.
    pub(crate) fn shows(&self) -> String {
        self.screen.screen().contents()
    }

    /// Reads, draws and answers, until the screen is as wanted.
    pub(crate) fn until(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        self.draw();
        while !wanted(&self.shows()) {
            let more = self.session.read_some(deadline);
            self.draw();
            assert!(more || wanted(&self.shows()), "{what} is not seen:\n{}", self.shows());
        }
    }

    /// Waits until a text is on the screen.
    pub(crate) fn sees(&mut self, text: &str) {
        self.until(text, |screen| screen.contains(text));
    }

    /// Waits until a text is not on the screen any more.
    pub(crate) fn sees_no(&mut self, text: &str) {
        self.until(&format!("the end of {text}"), |screen| !screen.contains(text));
    }

    /// Draws what has been read, and answers the questions in it.
    fn draw(&mut self) {
        let new = &self.session.sent[self.read..];
        self.screen.process(new);
        // A question may lie across two reads.
        let from = self.read.saturating_sub(ARE_YOU_THERE.len() - 1);
        let asked =
            self.session.sent[from..].windows(ARE_YOU_THERE.len()).filter(|w| *w == ARE_YOU_THERE).count();
        self.read = self.session.sent.len();
        if self.answers.get() && asked > 0 {
            self.session.press(&WELL.repeat(asked));
        }
    }

    /// Waits for the end of the client, answering until then.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        while self.session.read_some(deadline) {
            self.draw();
        }
        self.session.end()
    }

    /// How many frames have come.
    pub(crate) fn frames(&self) -> usize {
        self.session.sent.windows(ARE_YOU_THERE.len()).filter(|window| *window == ARE_YOU_THERE).count()
    }
}
