//! Followers that speak SSH themselves: cheap enough for hundreds of them beside the server.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use russh::client::{self, Handle};
use russh::keys::{PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh::{Channel, ChannelMsg};
use tokio::sync::{Semaphore, watch};
use tokio::time::sleep;

/// Steps whose time is taken.
const STEPS: usize = 40;
/// Longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(30);
/// The end of every frame, and what terminals answer.
pub(crate) const ARE_YOU_THERE: &[u8] = b"\x1b[5n";
pub(crate) const WELL: &[u8] = b"\x1b[0n";
/// A walk of the presenter in which every key shows something else.
pub(crate) const WALK: [&str; 8] = ["2", "j", "j", "k", "k", "3", "j", "k"];

/// The real program, and where it is.
pub(crate) struct Server {
    child: Child,
    folder: PathBuf,
    pub(crate) port: u16,
}

impl Server {
    /// A server that lets in as many as come, and the presenter's key `teacher` in its folder.
    pub(crate) fn start(name: &str) -> Self {
        Self::start_with(name, &[])
    }

    /// The same with flags of its own.
    pub(crate) fn start_with(name: &str, flags: &[&str]) -> Self {
        let folder = std::env::temp_dir().join(format!("tumen-bench-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("there is room");
        let key = folder.join("teacher");
        let made =
            Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
        assert!(made.is_ok_and(|status| status.success()), "ssh-keygen makes a key");
        let mut child = Command::new(env!("CARGO_BIN_EXE_tumen"))
            .args(["serve", "--listen", "127.0.0.1:0", "--max-sessions", "2000", "--max-per-address", "2000"])
            .args(["--max-waiting", "2000", "--max-rate", "100000", "--host-key"])
            .arg(folder.join("host-key"))
            .arg("--presenter-keys")
            .arg(folder.join("teacher.pub"))
            .arg("--log")
            .arg(folder.join("log"))
            .args(flags)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
        out.read_line(&mut line).expect("it says where it is");
        let port = line.trim().trim_end_matches('.').rsplit(':').next().and_then(|port| port.parse().ok());
        Self { child, folder, port: port.expect("a port") }
    }

    pub(crate) fn key(&self) -> PathBuf {
        self.folder.join("teacher")
    }

    /// Kilobytes that it holds (`proc_pid_status(5)`, `VmRSS`).
    pub(crate) fn resident(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it holds something");
        line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
    }

    /// Processor time that it used, in steps of 10 ms (`proc_pid_stat(5)`, fields 14 and 15).
    pub(crate) fn used(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("it runs");
        let fields = stat.rsplit(')').next().expect("a name in brackets").split_whitespace().skip(11).take(2);
        Duration::from_millis(fields.map(|ticks| ticks.parse::<u64>().expect("a number") * 10).sum())
    }
}

impl Server {
    /// How often its threads went to sleep, and so were woken (`proc_pid_status(5)`).
    pub(crate) fn naps(&self) -> u64 {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("it runs");
        let statuses = threads.flatten().filter_map(|thread| {
            // A thread may end meanwhile.
            fs::read_to_string(thread.path().join("status")).ok()
        });
        let switches = |status: String| -> u64 {
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            line.and_then(|number| number.trim().parse().ok()).expect("a number")
        };
        statuses.map(switches).sum()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A client that takes any server for the right one.
pub(crate) struct Trusting;

impl client::Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        Ok(true)
    }
}

pub(crate) async fn enter(port: u16, key: Option<&Path>) -> Handle<Trusting> {
    let config = client::Config { nodelay: true, ..client::Config::default() };
    let mut handle =
        client::connect(Arc::new(config), ("127.0.0.1", port), Trusting).await.expect("it is let in");
    let answer = match key {
        Some(path) => {
            let key = PrivateKey::read_openssh_file(path).expect("it was made");
            let key = PrivateKeyWithHashAlg::new(Arc::new(key), None);
            handle.authenticate_publickey("presenter", key).await
        }
        None => handle.authenticate_none("student").await,
    };
    assert!(answer.expect("it is answered").success(), "it is let in");
    handle
}

/// What a follower has seen.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) frames: AtomicU64,
    bytes: AtomicU64,
    /// When the last frame came, in microseconds since the bench began.
    pub(crate) last: AtomicU64,
}

/// Microseconds since the bench began.
pub(crate) fn now() -> u64 {
    static BEGAN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed().as_micros() as u64
}

pub(crate) async fn session(handle: &Handle<Trusting>) -> Channel<client::Msg> {
    let channel = handle.channel_open_session().await.expect("one is allowed");
    channel.request_pty(false, "xterm-256color", 80, 24, 0, 0, &[]).await.expect("asked");
    channel.request_shell(false).await.expect("asked");
    channel
}

/// Reads and answers until the session ends.
pub(crate) async fn read(
    mut channel: Channel<client::Msg>,
    seen: Arc<Seen>,
    mut keys: watch::Receiver<&'static str>,
) {
    loop {
        tokio::select! {
            message = channel.wait() => match message {
                Some(ChannelMsg::Data { data }) => {
                    seen.bytes.fetch_add(data.len() as u64, Relaxed);
                    let frames = data.windows(ARE_YOU_THERE.len()).filter(|w| *w == ARE_YOU_THERE).count();
                    if frames > 0 {
                        seen.last.store(now(), Relaxed);
                    }
                    seen.frames.fetch_add(frames as u64, Relaxed);
                    if frames > 0 && channel.data_bytes(WELL.repeat(frames)).await.is_err() {
                        return;
                    }
                }
                Some(_) => {}
                None => return,
            },
            Ok(()) = keys.changed() => {
                let key = *keys.borrow_and_update();
                channel.data_bytes(key.as_bytes().to_vec()).await.expect("the presenter is there");
            }
        }
    }
}

/// One step after the other, to so many followers.
pub(crate) async fn follow(followers: usize) {
    let server = Server::start(&followers.to_string());
    let (press, keys) = watch::channel("");
    let teacher = enter(server.port, Some(&server.key())).await;
    let own = Arc::new(Seen::default());
    tokio::spawn(read(session(&teacher).await, Arc::clone(&own), keys));
    until(|| own.frames.load(Relaxed) > 0).await;
    press.send_replace("g");
    let before = server.resident();
    let (_hold, silent) = watch::channel("");
    let mut class = Vec::new();
    let mut handles = Vec::new();
    for _ in 0..followers {
        let handle = enter(server.port, None).await;
        let seen = Arc::new(Seen::default());
        tokio::spawn(read(session(&handle).await, Arc::clone(&seen), silent.clone()));
        handles.push(handle);
        class.push(seen);
    }
    until(|| class.iter().all(|seen| seen.frames.load(Relaxed) > 0)).await;
    settle(&class).await;
    let (mut times, mut bytes) = (Vec::new(), Vec::new());
    let used = server.used();
    for step in 0..STEPS {
        let then: Vec<(u64, u64)> =
            class.iter().map(|seen| (seen.frames.load(Relaxed), seen.bytes.load(Relaxed))).collect();
        let start = Instant::now();
        press.send_replace(WALK[step % WALK.len()]);
        until(|| class.iter().zip(&then).all(|(seen, then)| seen.frames.load(Relaxed) > then.0)).await;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        settle(&class).await;
        let sum: u64 = class.iter().zip(&then).map(|(seen, then)| seen.bytes.load(Relaxed) - then.1).sum();
        bytes.push(sum as f64 / followers as f64);
    }
    let used = server.used().saturating_sub(used).as_secs_f64() * 1000.0 / STEPS as f64;
    let each = server.resident().saturating_sub(before) as f64 / followers as f64;
    // The answers to the last frames are still being taken in.
    sleep(Duration::from_secs(1)).await;
    let (idle, naps) = (server.used(), server.naps());
    sleep(Duration::from_secs(10)).await;
    let (idle, naps) = (server.used().saturating_sub(idle), server.naps() - naps);
    let (times, bytes) = (Figures::of(times), Figures::of(bytes));
    println!("{followers} followers at 80×24");
    println!(
        "  step → all have the frame: median {:.0} ms, worst {:.0} ms; {used:.0} ms of processor time",
        times.median, times.worst
    );
    println!("  bytes a follower and step: median {:.0}, worst {:.0}", bytes.median, bytes.worst);
    println!(
        "  memory a session: {each:.0} KiB; idle for 10 s: {} ms of processor time, {naps} wake-ups",
        idle.as_millis()
    );
}

/// New connections a second, with what each costs the server.
pub(crate) async fn connect(connections: usize) {
    let server = Server::start("connect");
    let (places, port) = (Arc::new(Semaphore::new(32)), server.port);
    let start = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let places = Arc::clone(&places);
            tokio::spawn(async move {
                let _place = places.acquire().await.expect("it is never closed");
                drop(enter(port, None).await);
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("it connects");
    }
    let rate = connections as f64 / start.elapsed().as_secs_f64();
    let each = server.used().as_secs_f64() * 1000.0 / connections as f64;
    println!(
        "{connections} connections, 32 at a time: {rate:.0} a second, {each:.1} ms of the server's processor time each"
    );
}

pub(crate) struct Figures {
    pub(crate) median: f64,
    pub(crate) worst: f64,
}

impl Figures {
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |at: usize| values.get(at).copied().unwrap_or_default();
        Self { median: at(values.len() / 2), worst: at(values.len() - 1) }
    }
}

pub(crate) async fn until(seen: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !seen() {
        assert!(Instant::now() < deadline, "it does not come");
        // The bench shares its machine with the server: looking all the time would slow what is measured.
        sleep(Duration::from_millis(1)).await;
    }
}

/// Waits until nobody gets anything any more.
pub(crate) async fn settle(class: &[Arc<Seen>]) {
    let sum = || class.iter().map(|seen| seen.bytes.load(Relaxed)).sum::<u64>();
    let mut before = sum();
    loop {
        sleep(Duration::from_millis(60)).await;
        let now = sum();
        if now == before {
            return;
        }
        before = now;
    }
}
