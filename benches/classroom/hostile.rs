//! A class beside students who want to freeze it, and a class of the largest terminals.

use std::borrow::Cow;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use russh::client;
use russh::{Preferred, kex};
use tokio::sync::watch;
use tokio::time::sleep;

use crate::class::{Figures, Seen, Server, Trusting, WALK, enter, now, read, session, settle, until};

/// Steps whose time is taken, calm and beside the others: whole walks, so that each key shows something else.
const STEPS: usize = 8 * WALK.len();
/// Students who type letters of a word without end into the search.
const TYPISTS: usize = 4;
/// Clients that ask for the dearest key exchange of all.
const DEAR: usize = 4;
/// Clients that send packets of 250,000 bytes, whatever they are told.
const FLOODERS: usize = 30;

/// What sends more than it may: the clients of Rust and of OpenSSH cannot be made to.
const FLOODER: &str = r#"
import socket, sys, threading, time, paramiko
def flood():
    while True:
        try:
            transport = paramiko.Transport(socket.create_connection(("127.0.0.1", int(sys.argv[1]))))
            transport.start_client(timeout=10)
            transport.auth_none("flooder")
            channel = transport.open_session()
            channel.get_pty("xterm-256color", 80, 24)
            channel.invoke_shell()
            channel.out_window_size, channel.out_max_packet_size = 2**31 - 1, 250000
            while True:
                channel.sendall(b"j" * 249000)
        except Exception:
            time.sleep(2)
for _ in range(int(sys.argv[2])):
    threading.Thread(target=flood, daemon=True).start()
time.sleep(600)
"#;

/// A process that ends with its owner.
struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Prints how long frames take in a class of `followers`, calm and beside hostile students.
pub(crate) async fn beside(followers: usize) {
    let server = Server::start("hostile");
    let (press, keys) = watch::channel("");
    let teacher = enter(server.port, Some(&server.key())).await;
    let own = Arc::new(Seen::default());
    tokio::spawn(read(session(&teacher).await, Arc::clone(&own), keys));
    until(|| own.frames.load(Relaxed) > 0).await;
    press.send_replace("g");
    let (_hold, silent) = watch::channel("");
    let (mut class, mut handles) = (Vec::new(), Vec::new());
    for _ in 0..followers {
        let handle = enter(server.port, None).await;
        let seen = Arc::new(Seen::default());
        tokio::spawn(read(session(&handle).await, Arc::clone(&seen), silent.clone()));
        handles.push(handle);
        class.push(seen);
    }
    until(|| class.iter().all(|seen| seen.frames.load(Relaxed) > 0)).await;
    settle(&class).await;
    let calm = frames(&press, &class).await;
    let (over, hostile) = (Arc::new(AtomicBool::new(false)), watch::channel(()).1);
    for _ in 0..TYPISTS {
        tokio::spawn(type_without_end(server.port, Arc::clone(&over)));
    }
    for _ in 0..DEAR {
        tokio::spawn(ask_for_the_dearest(server.port, Arc::clone(&over)));
    }
    let flooder = Command::new("python3")
        .args(["-c", FLOODER, &server.port.to_string(), &FLOODERS.to_string()])
        .stderr(Stdio::null())
        .spawn();
    let has_paramiko = Command::new("python3").args(["-c", "import paramiko"]).stderr(Stdio::null()).status();
    if !has_paramiko.is_ok_and(|status| status.success()) {
        println!("SKIPPED: without python3 and paramiko, nobody ignores their window");
    }
    let _flooder = flooder.ok().map(Ends);
    drop(hostile);
    // All of them are at work.
    sleep(Duration::from_secs(5)).await;
    let used = (server.used(), now());
    let beside = frames(&press, &class).await;
    let share = (server.used().saturating_sub(used.0)).as_secs_f64() * 1e6 / (now() - used.1) as f64;
    over.store(true, Relaxed);
    println!(
        "{followers} followers, key → frame: calm median {:.1} ms, worst {:.1} ms; beside {TYPISTS} typists, {DEAR} \
         dear key exchanges, {FLOODERS} floods: median {:.1} ms ({:.2} ×), worst {:.1} ms ({:.2} ×), {share:.2} processors",
        calm.median,
        calm.worst,
        beside.median,
        beside.median / calm.median,
        beside.worst,
        beside.worst / calm.worst,
    );
}

/// The time from a key of the presenter to the frame of each follower, in milliseconds.
async fn frames(press: &watch::Sender<&'static str>, class: &[Arc<Seen>]) -> Figures {
    let mut times = Vec::new();
    for step in 0..STEPS {
        let then: Vec<u64> = class.iter().map(|seen| seen.frames.load(Relaxed)).collect();
        let start = now();
        press.send_replace(WALK[step % WALK.len()]);
        until(|| class.iter().zip(&then).all(|(seen, then)| seen.frames.load(Relaxed) > *then)).await;
        times
            .extend(class.iter().map(|seen| (seen.last.load(Relaxed).saturating_sub(start)) as f64 / 1000.0));
        settle(class).await;
    }
    Figures::of(times)
}

/// Letters of a word that is not in the file, as fast as they are taken.
async fn type_without_end(port: u16, over: Arc<AtomicBool>) {
    let handle = enter(port, None).await;
    let mut channel = session(&handle).await;
    let sender = channel.make_writer();
    tokio::spawn(async move { while channel.wait().await.is_some() {} });
    let mut sender = sender;
    let mut keys = b"/".to_vec();
    while !over.load(Relaxed) {
        if tokio::io::AsyncWriteExt::write_all(&mut sender, &keys).await.is_err() {
            return;
        }
        keys = [b"aeiou".repeat(40), vec![0x15]].concat();
    }
}

/// Connections with the dearest exchange alone.
async fn ask_for_the_dearest(port: u16, over: Arc<AtomicBool>) {
    let preferred = Preferred { kex: Cow::Borrowed(&[kex::DH_G18_SHA512]), ..Preferred::DEFAULT };
    let config = Arc::new(client::Config { preferred, ..client::Config::default() });
    while !over.load(Relaxed) {
        let refused = client::connect(Arc::clone(&config), ("127.0.0.1", port), Trusting).await;
        assert!(refused.is_err(), "it is not offered");
        sleep(Duration::from_millis(50)).await;
    }
}

/// Prints the memory that `sessions` with the largest allowed terminals take.
pub(crate) async fn largest(sessions: usize) {
    let server = Server::start("largest");
    let before = server.resident();
    let (_hold, silent) = watch::channel("");
    let counted = Arc::new(AtomicU64::new(0));
    let mut handles = Vec::new();
    for _ in 0..sessions {
        let handle = enter(server.port, None).await;
        let channel = handle.channel_open_session().await.expect("one is allowed");
        channel.request_pty(false, "xterm-256color", 5000, 5000, 0, 0, &[]).await.expect("asked");
        channel.request_shell(false).await.expect("asked");
        let seen = Arc::new(Seen::default());
        tokio::spawn(read(channel, Arc::clone(&seen), silent.clone()));
        until(|| seen.frames.load(Relaxed) > 0).await;
        counted.fetch_add(1, Relaxed);
        handles.push(handle);
    }
    let held = server.resident();
    println!(
        "{} sessions of the largest terminal: {} MiB in all, {} KiB each",
        counted.load(Relaxed),
        held / 1024,
        held.saturating_sub(before) / sessions as u64
    );
}
