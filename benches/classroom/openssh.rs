//! The same class with the clients that students have.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use crate::class::{ARE_YOU_THERE, Server, WALK, WELL};

/// A client, and how many frames it has got.
struct Client {
    child: Child,
    frames: Arc<AtomicU64>,
    keys: std::sync::mpsc::Sender<&'static [u8]>,
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn client(server: &Server, presents: bool) -> Client {
    let user = if presents { "presenter@127.0.0.1" } else { "student@127.0.0.1" };
    let key = if presents { server.key().display().to_string() } else { "none".to_owned() };
    let mut child = Command::new("ssh")
        .args([
            "-tt",
            "-F",
            "/dev/null",
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
        ])
        .args([
            "-o",
            "LogLevel=ERROR",
            "-o",
            "IdentitiesOnly=yes",
            "-p",
            &server.port.to_string(),
            "-i",
            &key,
            user,
        ])
        .env("TERM", "xterm-256color")
        .env_remove("SSH_AUTH_SOCK")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("ssh starts");
    let (mut input, mut output) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
    let frames = Arc::new(AtomicU64::new(0));
    let (keys, pressed) = std::sync::mpsc::channel::<&'static [u8]>();
    thread::spawn(move || {
        // Ends with the client, or with whoever presses keys.
        while pressed.recv().is_ok_and(|key| input.write_all(key).and_then(|()| input.flush()).is_ok()) {}
    });
    let (seen, answers) = (Arc::clone(&frames), keys.clone());
    thread::spawn(move || {
        let mut bytes = [0; 16 * 1024];
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            let asked = bytes[..count].windows(ARE_YOU_THERE.len()).filter(|w| *w == ARE_YOU_THERE).count();
            for _ in 0..asked {
                // The writer is gone when the client is.
                let _ = answers.send(WELL);
            }
            seen.fetch_add(asked as u64, Relaxed);
        }
    });
    Client { child, frames, keys }
}

/// So many clients of OpenSSH, and steps that reach all of them.
pub(crate) fn follow(followers: usize) {
    if Command::new("ssh").arg("-V").output().is_err() {
        println!("SKIPPED: there is no `ssh` on this machine");
        return;
    }
    let server = Server::start("openssh");
    let teacher = client(&server, true);
    until(|| teacher.frames.load(Relaxed) > 0);
    let start = Instant::now();
    let class: Vec<Client> = (0..followers).map(|_| client(&server, false)).collect();
    until(|| class.iter().all(|client| client.frames.load(Relaxed) > 0));
    let first = start.elapsed();
    let mut times = Vec::new();
    for step in 0..16 {
        thread::sleep(Duration::from_millis(150));
        let then: Vec<u64> = class.iter().map(|client| client.frames.load(Relaxed)).collect();
        let start = Instant::now();
        teacher.keys.send(WALK[step % WALK.len()].as_bytes()).expect("the presenter is there");
        until(|| class.iter().zip(&then).all(|(client, then)| client.frames.load(Relaxed) > *then));
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{followers} clients of OpenSSH: first frame on all after {} ms", first.as_millis());
    println!("  step → all have the frame: median {} ms, worst {} ms", median.as_millis(), worst.as_millis());
}

fn until(seen: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !seen() {
        assert!(Instant::now() < deadline, "it does not come");
        thread::sleep(Duration::from_millis(1));
    }
}
