//! Takes connections, or turns them away.
//!
//! Must never end because one connection could not be taken, or wait for one to say something.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use russh::server::run_stream;
use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::Shared;
use super::gate::{Bucket, Ticket};
use super::guard::{Guard, Switch};
use super::handler::{Visitor, Who};

/// How long nothing is taken after nothing could be, as when there are no file descriptors left.
const BREATH: Duration = Duration::from_millis(100);
/// After so long without a word, a peer is asked whether it is there; so often, until it is taken for gone.
const SILENT: Duration = Duration::from_secs(60);
const AGAIN: Duration = Duration::from_secs(20);
const TIMES: u32 = 3;
/// Lines a second that the log may get about connections that were not taken.
const LINES: u32 = 5;

/// Takes connections until the server ends.
pub(super) async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut stopping = shared.stopping.subscribe();
    let mut lines = Bucket::new(LINES, LINES * 4);
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        match taken {
            Ok((stream, from)) => match shared.gate.enter(from.ip()) {
                Ok(ticket) => {
                    tokio::spawn(serve(stream, from, ticket, Arc::clone(&shared)));
                }
                Err(refusal) => {
                    if lines.take(1.0) {
                        shared.log.event("refused", &[("from", &from), ("reason", &refusal.word())]);
                    }
                }
            },
            Err(error) => {
                if lines.take(1.0) {
                    shared.log.event("not-taken", &[("error", &error)]);
                }
                sleep(BREATH).await;
            }
        }
    }
}

/// Has the system send at once what is written, and ask a silent peer whether it is there.
fn prepare(stream: &TcpStream) {
    // Keys and frames are small, and each is waited for; without it they are only sent a little later.
    let _ = stream.set_nodelay(true);
    let questions = TcpKeepalive::new().with_time(SILENT).with_interval(AGAIN).with_retries(TIMES);
    // Without it, a machine that vanished keeps its place until its session is idle for too long.
    let _ = SockRef::from(stream).set_tcp_keepalive(&questions);
}

/// Waits until a client has not asked for anything in time. Once it has, nothing is waited for any more: the timers of
/// hundreds, let alone, would all wake an idle class.
async fn too_slow(mut is_busy: watch::Receiver<bool>, grace: Duration) {
    if timeout(grace, is_busy.wait_for(|busy| *busy)).await.is_ok() {
        std::future::pending::<()>().await;
    }
}

/// Serves one connection to its end.
async fn serve(stream: TcpStream, from: SocketAddr, ticket: Ticket, shared: Arc<Shared>) {
    prepare(&stream);
    let switch = Switch::new();
    let busy = Arc::new(watch::Sender::new(false));
    let is_busy = busy.subscribe();
    let who = Who { id: shared.next_connection(), from, switch: switch.clone(), busy };
    let id = who.id;
    let visitor = Visitor::new(who, ticket, Arc::clone(&shared));
    let guard = Guard::new(stream, &switch);
    let config = Arc::clone(&shared.config);
    let mut connection = pin!(async { run_stream(config, guard, visitor).await?.await });
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = too_slow(is_busy, shared.limits.grace) => {
            shared.log.event("too-slow", &[("id", &id), ("from", &from)]);
            switch.throw();
            connection.await
        }
    };
    match ended {
        // A client that simply leaves, or is made to.
        Ok(()) | Err(russh::Error::IO(_) | russh::Error::HUP | russh::Error::Disconnect) => {}
        Err(error) => shared.log.event("broken", &[("id", &id), ("from", &from), ("error", &error)]),
    }
}
