//! The real program in a pseudo-terminal: what it sends, what it leaves behind, how it ends.
//!
//! Nothing here sleeps: everything is waited for, by reading until it is seen or by the end of the process, and
//! nothing is waited for longer than [`PATIENCE`].

use std::io::{Read, Write};
use std::process::{Child, ExitStatus};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use pty_process::blocking::{Command, Pts, Pty, open};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};
use rustix::termios::{Termios, tcgetattr};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A pseudo-terminal is opened and handed to a child by one test at a time: a child that another test started in
/// between would keep it open, and its end would never be seen.
static OPENING: Mutex<()> = Mutex::new(());

/// A program with a terminal.
pub(crate) struct Session {
    pty: Pty,
    child: Child,
    /// Everything that it has sent.
    pub(crate) sent: Vec<u8>,
    /// The line settings before it started.
    settings: Termios,
}

/// The program, with an environment that does not depend on who runs the test.
pub(crate) fn tumen(arguments: &[&str]) -> Command {
    program(env!("CARGO_BIN_EXE_tumen"), arguments)
}

/// Any program in the same environment.
pub(crate) fn program(path: &str, arguments: &[&str]) -> Command {
    Command::new(path)
        .args(arguments)
        .env_clear()
        .env("TERM", "xterm-256color")
        .env("LANG", "C.UTF-8")
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
}

impl Session {
    /// Starts a program on a terminal of 80×24 that it controls, as a terminal window does.
    pub(crate) fn start(command: Command) -> Self {
        Self::start_at((80, 24), command)
    }

    /// The same, with as many columns and rows.
    pub(crate) fn start_at(size: (u16, u16), mut command: Command) -> Self {
        Self::start_with(size, |pts| command.spawn_borrowed(pts).expect("the program starts"))
    }

    /// Starts a program on a terminal of some columns and rows.
    pub(crate) fn start_with((columns, rows): (u16, u16), spawn: impl FnOnce(&Pts) -> Child) -> Self {
        let _alone = OPENING.lock().expect("no test panics while it starts a program");
        let (pty, pts) = open().expect("there are pseudo-terminals");
        pty.resize(pty_process::Size::new(rows, columns)).expect("it has a size");
        let settings = tcgetattr(&pty).expect("it has settings");
        let child = spawn(&pts);
        Self { pty, child, sent: Vec::new(), settings }
    }

    /// Types.
    pub(crate) fn press(&mut self, keys: &str) {
        self.pty.write_all(keys.as_bytes()).expect("the terminal takes keys");
    }

    /// Another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.pty.resize(pty_process::Size::new(rows, columns)).expect("it has a size");
    }

    /// Sends the program a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("the program is there");
    }

    /// Reads until `text` has come, from the byte `from` of everything sent on; gives the place behind it.
    pub(crate) fn expect_after(&mut self, from: usize, text: &str) -> usize {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = from;
        loop {
            let rest = self.sent.get(seen..).unwrap_or_default();
            if let Some(at) = rest.windows(text.len()).position(|window| window == text.as_bytes()) {
                return seen + at + text.len();
            }
            seen = self.sent.len().saturating_sub(text.len()).max(from);
            assert!(self.read_some(deadline), "{text:?} did not come; there was {}", self.text());
        }
    }

    /// The same, from the beginning.
    pub(crate) fn expect(&mut self, text: &str) -> usize {
        self.expect_after(0, text)
    }

    /// Reads once; `false` if the program has closed the terminal or the time is over.
    pub(crate) fn read_some(&mut self, deadline: Instant) -> bool {
        let mut bytes = [0; 4096];
        if !wait_for(&self.pty, PollFlags::IN, deadline) {
            return false;
        }
        match self.pty.read(&mut bytes) {
            Ok(0) | Err(_) => false,
            Ok(count) => {
                self.sent.extend_from_slice(&bytes[..count]);
                true
            }
        }
    }

    /// Waits for the end of the program, and reads what it still sent.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        let process = pidfd_open(self.pid(), PidfdFlags::empty()).expect("processes can be watched");
        while !wait_for(&process, PollFlags::IN, Instant::now()) {
            // What is not read could keep it from ending.
            let mut files = [PollFd::new(&process, PollFlags::IN), PollFd::new(&self.pty, PollFlags::IN)];
            poll(&mut files, Some(&left(deadline))).expect("files can be polled");
            assert!(Instant::now() < deadline, "the program does not end; there was {}", self.text());
            self.read_some(Instant::now());
        }
        while self.read_some(Instant::now()) {}
        self.child.wait().expect("the child is ours")
    }

    /// Types the same keys again and again, with so much time between them, until the program ends.
    pub(crate) fn press_until_the_end(&mut self, keys: &str, pause: Duration) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        let process = pidfd_open(self.pid(), PidfdFlags::empty()).expect("processes can be watched");
        loop {
            self.press(keys);
            let next = Instant::now() + pause;
            while Instant::now() < next {
                if wait_for(&process, PollFlags::IN, Instant::now()) {
                    return self.end();
                }
                let mut files = [PollFd::new(&process, PollFlags::IN), PollFd::new(&self.pty, PollFlags::IN)];
                poll(&mut files, Some(&left(next))).expect("files can be polled");
                self.read_some(Instant::now());
            }
            assert!(Instant::now() < deadline, "the program does not end; there was {}", self.text());
        }
    }

    /// Takes the terminal away, and waits for the end of the program: how long that took, and the processor time
    /// that it used in all.
    pub(crate) fn lose_terminal(mut self) -> (ExitStatus, Duration, Duration) {
        let start = Instant::now();
        let process = pidfd_open(self.pid(), PidfdFlags::empty()).expect("processes can be watched");
        drop(self.pty);
        assert!(wait_for(&process, PollFlags::IN, start + PATIENCE), "the program does not end");
        let (took, used) = (start.elapsed(), processor_time(self.child.id()));
        (self.child.wait().expect("the child is ours"), took, used)
    }

    /// Whether the line settings are what they were before the program started.
    pub(crate) fn has_its_settings(&self) -> bool {
        let now = tcgetattr(&self.pty).expect("it has settings");
        let modes = |of: &Termios| (of.input_modes, of.output_modes, of.control_modes, of.local_modes);
        modes(&now) == modes(&self.settings)
    }

    /// What was sent, readable.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.sent).escape_debug().to_string()
    }

    /// The process id of the program.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }
}

fn wait_for(file: impl std::os::fd::AsFd, flags: PollFlags, deadline: Instant) -> bool {
    let mut files = [PollFd::new(&file, flags)];
    poll(&mut files, Some(&left(deadline))).expect("files can be polled") > 0
}

fn left(deadline: Instant) -> Timespec {
    let left = deadline.saturating_duration_since(Instant::now());
    Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() }
}

/// The processor time of a process that has ended and was not waited for yet, in steps of 10 ms (`proc_pid_stat(5)`,
/// fields 14 and 15).
fn processor_time(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("the process was not waited for");
    let behind_name = stat.rsplit(')').next().expect("a name in brackets");
    let ticks: u64 = behind_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<u64>().expect("a number"))
        .sum();
    Duration::from_millis(ticks * 10)
}
