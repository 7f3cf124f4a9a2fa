//! Takes connections, or turns them away.
//!
//! Must never end because one connection could not be taken, or wait for one to say something.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use russh::Disconnect;
use russh::server::run_stream;
use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::bucket::Bucket;
use super::gate::{Refusal, Ticket, Visit};
use super::guard::{Guard, Switch};
use super::handler::Visitor;
use super::who::{Heard, Who};
use super::{LINGER, Shared};

/// How long nothing is taken after nothing could be, as when there are no file descriptors left.
const BREATH: Duration = Duration::from_millis(100);
/// After so long without a word, a peer is asked whether it is there; so often, until it is taken for gone.
const SILENT: Duration = Duration::from_secs(60);
const AGAIN: Duration = Duration::from_secs(20);
const TIMES: u32 = 3;
/// How many times what is typed may come over a connection, with all that SSH adds to it; and so many seconds of that
/// at once.
const WIRE: f64 = 8.0;
const AT_ONCE: f64 = 16.0;
/// What a connection that came in vain counts, beside a wrong password: a look at the fingerprint is no attack.
const IN_VAIN: f64 = 0.2;

/// Takes connections until the server ends.
pub(super) async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut stopping = shared.stopping.subscribe();
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        match taken {
            Ok((stream, from)) => {
                // An IPv4 address is written as one, also where it comes through a socket of IPv6.
                let from = SocketAddr::new(from.ip().to_canonical(), from.port());
                let visit = Visit { switch: Switch::new(), wire: Arc::default() };
                match shared.gate.enter(from, visit.clone()) {
                    Ok((ticket, displaced)) => {
                        if let Some(displaced) = displaced {
                            refused(displaced, Refusal::Displaced, &shared);
                        }
                        tokio::spawn(serve(stream, from, (ticket, visit), Arc::clone(&shared)));
                    }
                    Err(refusal) => {
                        refused(from, refusal, &shared);
                        // Before the version there may be other lines (RFC 4253 § 4.2); who cannot take it goes without.
                        let _ = stream.try_write(format!("Tumen: {}.\r\n", refusal.sentence()).as_bytes());
                    }
                }
            }
            Err(error) => {
                if shared.may_log() {
                    shared.log.event("not-taken", &[("error", &error)]);
                }
                sleep(BREATH).await;
            }
        }
    }
}

fn refused(from: SocketAddr, refusal: Refusal, shared: &Shared) {
    if shared.may_log() {
        shared.log.event("refused", &[("from", &from), ("reason", &refusal.word())]);
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

/// How long something that came before a client was let in may be without meaning.
const UNHEARD: Duration = Duration::from_secs(5);
/// How often a client that is not let in yet is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Why a client is made to leave before it was served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leave {
    /// It took too long.
    TooSlow,
    /// It asks for something that is not answered.
    Unanswered,
}

impl Leave {
    fn word(self) -> &'static str {
        match self {
            Self::TooSlow => "too-slow",
            Self::Unanswered => "unanswered",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::TooSlow => "Tumen: you took too long to say who you are and what you want; come again.",
            Self::Unanswered => {
                "Tumen: this client asks for the login service again before its next try, which is not answered \
                 here; have it try one way only, such as the password without any key."
            }
        }
    }
}

/// Waits until a client has to leave: it has not asked for anything in time, or what it says before it is let in means
/// nothing. While it is served nothing is waited for: the timers of hundreds would all wake an idle class.
async fn has_to_leave(visit: &Visit, heard: &Heard, busy: &watch::Sender<bool>, grace: Duration) -> Leave {
    let mut is_busy = busy.subscribe();
    loop {
        let until = Instant::now() + grace;
        let mut unheard: Option<Instant> = None;
        loop {
            let look = if heard.is_admitted() { until } else { until.min(Instant::now() + LOOK) };
            if timeout_at(look, is_busy.wait_for(|busy| *busy)).await.is_ok() {
                break;
            }
            let now = Instant::now();
            if now >= until {
                return Leave::TooSlow;
            }
            unheard = heard.has_more(&visit.wire).then(|| unheard.unwrap_or(now));
            if unheard.is_some_and(|since| now >= since + UNHEARD) {
                return Leave::Unanswered;
            }
        }
        // The sender lives as long as the connection.
        let _ = is_busy.wait_for(|busy| !*busy).await;
    }
}

/// Serves one connection to its end.
async fn serve(stream: TcpStream, from: SocketAddr, (ticket, visit): (Ticket, Visit), shared: Arc<Shared>) {
    prepare(&stream);
    let busy = Arc::new(watch::Sender::new(false));
    let heard = Arc::new(Heard::default());
    let who = Who {
        id: shared.next_connection(),
        from,
        user: String::new(),
        switch: visit.switch.clone(),
        busy: Arc::clone(&busy),
    };
    let (id, begun, ticket) = (who.id, Instant::now(), Arc::new(ticket));
    let visitor =
        Visitor::new(who, (Arc::clone(&ticket), visit.clone(), Arc::clone(&heard)), Arc::clone(&shared));
    let input = f64::from(shared.limits.input);
    let wire = Bucket::new(input * WIRE, input * WIRE * AT_ONCE);
    let guard = Guard::new(stream, &visit.switch, Arc::clone(&visit.wire), wire);
    let leave = has_to_leave(&visit, &heard, &busy, shared.limits.grace);
    let (ended, left) = connection(guard, visitor, (leave, &visit.switch), &shared).await;
    if let Some(left) = left {
        shared.log.event(left.word(), &[("id", &id), ("from", &from)]);
    }
    if !heard.is_admitted() {
        ticket.failed(IN_VAIN);
        let seconds = begun.elapsed().as_secs();
        if left.is_none() && shared.may_log() {
            shared.log.event("left", &[("id", &id), ("from", &from), ("seconds", &seconds)]);
        }
    }
    match ended {
        // A client that simply leaves, or is made to.
        Ok(()) | Err(russh::Error::IO(_) | russh::Error::HUP | russh::Error::Disconnect) => {}
        Err(error) if heard.is_admitted() || shared.may_log() => {
            shared.log.event(what_broke(&error), &[("id", &id), ("from", &from), ("error", &error)]);
        }
        Err(_) => {}
    }
}

/// The event of a connection that ended with an error.
fn what_broke(error: &russh::Error) -> &'static str {
    match error {
        russh::Error::NoCommonAlgo { .. } | russh::Error::KexInit | russh::Error::Kex => "no-key-exchange",
        _ => "broken",
    }
}

/// Speaks SSH to the end, or until the client has to leave: it is told why, if it can be.
async fn connection(
    guard: Guard<TcpStream>,
    visitor: Visitor,
    (leave, switch): (impl Future<Output = Leave>, &Switch),
    shared: &Shared,
) -> (Result<(), russh::Error>, Option<Leave>) {
    let mut leave = pin!(leave);
    let mut begun = pin!(run_stream(Arc::clone(&shared.config), guard, visitor));
    let running = tokio::select! {
        running = &mut begun => running,
        left = &mut leave => {
            switch.throw();
            return (begun.await.map(drop), Some(left));
        }
    };
    let running = match running {
        Ok(running) => running,
        Err(error) => return (Err(error), None),
    };
    let handle = running.handle();
    let mut running = pin!(running);
    let left = tokio::select! {
        ended = &mut running => return (ended, None),
        left = &mut leave => left,
    };
    let told = async {
        let words = left.sentence().to_owned();
        // Without an answer it is gone.
        let _ = handle.disconnect(Disconnect::ByApplication, words, "en".to_owned()).await;
        running.as_mut().await
    };
    let ended = timeout(LINGER, told).await;
    if let Ok(ended) = ended {
        return (ended, Some(left));
    }
    switch.throw();
    (running.await, Some(left))
}
