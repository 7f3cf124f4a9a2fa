//! One connection's side of SSH: who it is, what it may ask for, and the refusal of everything else.
//!
//! Must never wait for a session's screen, answer a request with silence (clients would wait for ever), or open more
//! than one channel.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use russh::keys::{HashAlg, PublicKey};
use russh::server::{Auth, ChannelOpenHandle, Handler, Msg, PublicKeyOffer, Session, VerifiedPublicKey};
use russh::{Channel, ChannelId, Disconnect, Error, MethodSet, Pty};
use tokio::sync::{mpsc, watch};
use tokio::time::sleep;

use super::Shared;
use super::bucket::Bucket;
use super::claims::Claims;
use super::exec;
use super::gate::{Ticket, Visit};
use super::guard::Switch;
use super::room::Room;
use super::screen::Line;
use super::seat::Seat;
use super::session;
use super::who::{Heard, Who};
use crate::app::{Part, Size};
use crate::config::Look;

/// Packets of input that wait for a session.
const PACKETS: usize = 4;
/// Channels that a client may open a second, one after the other; ten times as many at once.
const CHANNELS: u32 = 2;
/// Refused keys of one connection that are written down; an agent may hold many.
const KEYS_LOGGED: u32 = 3;
/// A connection that says who it is, and then what it wants.
pub(super) struct Visitor {
    who: Who,
    ticket: Arc<Ticket>,
    visit: Visit,
    heard: Arc<Heard>,
    shared: Arc<Shared>,
    part: Option<Part>,
    passwords: u32,
    /// Keys that were refused.
    refused: u32,
    input: Bucket,
    /// Channels that it may open.
    channels: Bucket,
    /// What it may still send on its channel.
    room: Room,
    claims: Claims,
    channel: Option<ChannelId>,
    /// Something was asked for on the channel.
    begun: bool,
    /// The session's ends of the lines that lead to it.
    session: Option<(mpsc::Sender<Vec<u8>>, watch::Sender<Size>)>,
}

impl Visitor {
    pub(super) fn new(
        who: Who,
        (ticket, visit, heard): (Arc<Ticket>, Visit, Arc<Heard>),
        shared: Arc<Shared>,
    ) -> Self {
        let input = Bucket::new(shared.limits.input, shared.limits.input.saturating_mul(8));
        Self {
            who,
            ticket,
            visit,
            heard,
            shared,
            part: None,
            passwords: 0,
            refused: 0,
            input,
            channels: Bucket::new(CHANNELS, CHANNELS * 10),
            room: Room::default(),
            claims: Claims::default(),
            channel: None,
            begun: false,
            session: None,
        }
    }

    /// It says who it is: from now on its place is its own, and what comes without a meaning is seen.
    fn says(&self) {
        self.ticket.speaks();
        self.heard.speaks(&self.visit.wire);
    }

    /// Lets the client in as `part`, or not. Every answer forgets the one before.
    fn admit(&mut self, user: &str, method: &str, part: Option<Part>) -> Auth {
        self.part = part;
        user.clone_into(&mut self.who.user);
        let Some(part) = part else { return Auth::reject() };
        self.ticket.admitted();
        self.heard.admitted();
        let part = if part == Part::Presenter { "presenter" } else { "student" };
        let Who { id, from, .. } = &self.who;
        self.shared.log.event(
            "admitted",
            &[("id", id), ("from", from), ("user", &user), ("by", &method), ("as", &part)],
        );
        Auth::Accept
    }

    /// Takes account of what came on a channel: no more may than the client was told (RFC 4254 § 5.2).
    fn is_within(&mut self, bytes: usize) -> bool {
        let fits = self.room.take(bytes);
        if !fits {
            let Who { id, from, user, .. } = &self.who;
            self.shared
                .log
                .event("too-much", &[("id", id), ("from", from), ("user", user), ("bytes", &bytes)]);
        }
        fits
    }

    /// A command, or the lack of one, with what it is answered for.
    fn command(&self, text: &[u8]) -> exec::Command {
        let look = Look::of(&self.claims.environment, self.shared.wish);
        exec::Command { text: text.to_vec(), terminal: self.claims.size, look }
    }

    /// Forgets what was said on the channel before.
    fn forget(&mut self) {
        (self.session, self.channel, self.begun) = (None, None, false);
        self.claims = Claims::default();
    }

    /// Whether `channel` is the one that may ask for something now.
    fn may_begin(&mut self, channel: ChannelId) -> bool {
        let may = self.part.is_some() && self.channel == Some(channel) && !self.begun;
        if may {
            self.begun = true;
            self.who.busy.send_replace(true);
        }
        may
    }

    fn begin(&mut self, channel: ChannelId, size: Size, session: &Session) {
        let (input, packets) = mpsc::channel(PACKETS);
        let (sizes, size) = watch::channel(size);
        self.session = Some((input, sizes));
        let seat = Seat {
            who: self.who.clone(),
            part: self.part.unwrap_or(Part::Student),
            line: Line { handle: session.handle(), channel },
            environment: self.claims.environment.clone(),
            packets,
            size,
        };
        tokio::spawn(session::run(seat, Arc::clone(&self.shared)));
    }
}

/// A refusal that the client is told at once.
fn refuse(channel: ChannelId, session: &mut Session) -> Result<(), Error> {
    session.channel_failure(channel)
}

impl Handler for Visitor {
    type Error = Error;

    async fn auth_none(&mut self, user: &str) -> Result<Auth, Error> {
        self.says();
        let part = self.shared.admission.nothing(user);
        Ok(self.admit(user, "nothing", part))
    }

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Error> {
        self.says();
        let part = self.shared.admission.password(user, password);
        self.passwords += 1;
        let answer = self.admit(user, "password", part);
        if part.is_none() {
            self.shared
                .log
                .event("wrong-password", &[("id", &self.who.id), ("from", &self.who.from), ("user", &user)]);
            sleep(self.ticket.failed(1.0)).await;
            // The library would take the method off the list after one mistake.
            let is_last = self.passwords >= self.shared.limits.attempts;
            let methods = if is_last { MethodSet::empty() } else { self.shared.config.methods.clone() };
            return Ok(again(methods));
        }
        Ok(answer)
    }

    async fn auth_publickey_offered(&mut self, user: &str, offer: PublicKeyOffer<'_>) -> Result<Auth, Error> {
        self.says();
        // Nothing is proved yet, so nothing is remembered.
        let good: bool = self.shared.admission.key(user, offer.public_key).is_some();
        if good {
            return Ok(Auth::Accept);
        }
        self.refused += 1;
        if self.refused <= KEYS_LOGGED {
            let (Who { id, from, .. }, key) = (&self.who, offer.public_key.fingerprint(HashAlg::Sha256));
            self.shared
                .log
                .event("refused-key", &[("id", id), ("from", from), ("user", &user), ("key", &key)]);
        }
        Ok(again(self.shared.config.methods.clone()))
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Error> {
        self.says();
        let public: &PublicKey = key.public_key;
        let part = self.shared.admission.key(user, public);
        Ok(self.admit(user, &format!("key:{}", public.fingerprint(HashAlg::Sha256)), part))
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Error> {
        // A second one at once is refused by dropping the reply. The channel itself is dropped, too: what comes through
        // it comes to `data`, and unread messages in it would hold up the connection.
        // What was asked for on the one before may be done: clients that keep a connection (`ControlMaster`) open a channel
        // a command.
        let is_over = self.begun && !*self.who.busy.borrow();
        if self.channel.is_none() || is_over {
            self.forget();
            sleep(Duration::from_secs_f64(self.channels.borrow(1.0))).await;
            self.channel = Some(channel.id());
            self.room = Room::default();
            reply.accept().await;
        }
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        term: &str,
        columns: u32,
        rows: u32,
        _: u32,
        _: u32,
        _: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), Error> {
        self.claims.terminal(term, (columns, rows), self.shared.limits.largest);
        session.channel_success(channel)
    }

    async fn env_request(
        &mut self,
        channel: ChannelId,
        name: &str,
        value: &str,
        session: &mut Session,
    ) -> Result<(), Error> {
        if self.claims.variable(name, value) {
            session.channel_success(channel)
        } else {
            refuse(channel, session)
        }
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Error> {
        if !self.may_begin(channel) {
            return refuse(channel, session);
        }
        session.channel_success(channel)?;
        match self.claims.size {
            Some(size) if !matches!(self.claims.environment.term.as_str(), "" | "dumb") => {
                self.begin(channel, size, session);
            }
            _ => {
                let (line, nothing) = (Line { handle: session.handle(), channel }, self.command(b""));
                tokio::spawn(exec::without_terminal(
                    nothing,
                    line,
                    self.who.clone(),
                    Arc::clone(&self.shared),
                ));
            }
        }
        Ok(())
    }

    async fn exec_request(
        &mut self,
        channel: ChannelId,
        data: &[u8],
        session: &mut Session,
    ) -> Result<(), Error> {
        if !self.may_begin(channel) {
            return refuse(channel, session);
        }
        session.channel_success(channel)?;
        let command = self.command(data);
        let line = Line { handle: session.handle(), channel };
        tokio::spawn(exec::run(command, line, self.who.clone(), Arc::clone(&self.shared)));
        Ok(())
    }

    async fn subsystem_request(
        &mut self,
        channel: ChannelId,
        _: &str,
        session: &mut Session,
    ) -> Result<(), Error> {
        refuse(channel, session)
    }

    async fn x11_request(
        &mut self,
        channel: ChannelId,
        _: bool,
        _: &str,
        _: &str,
        _: u32,
        session: &mut Session,
    ) -> Result<(), Error> {
        refuse(channel, session)
    }

    async fn window_change_request(
        &mut self,
        _: ChannelId,
        columns: u32,
        rows: u32,
        _: u32,
        _: u32,
        _: &mut Session,
    ) -> Result<(), Error> {
        let size = self.claims.resized((columns, rows), self.shared.limits.largest);
        if let Some((_, sizes)) = &self.session {
            // A storm of sizes is one size: the last.
            sizes.send_replace(size);
        }
        Ok(())
    }

    fn adjust_window(&mut self, _: ChannelId, window: u32) -> u32 {
        self.room.refill();
        window
    }

    async fn extended_data(
        &mut self,
        _: ChannelId,
        _: u32,
        data: &[u8],
        session: &mut Session,
    ) -> Result<(), Error> {
        if self.is_within(data.len()) { Ok(()) } else { break_off(session, &self.who.switch) }
    }

    async fn data(&mut self, _: ChannelId, data: &[u8], session: &mut Session) -> Result<(), Error> {
        if !self.is_within(data.len()) {
            return break_off(session, &self.who.switch);
        }
        let Some((input, _)) = &self.session else { return Ok(()) };
        let debt = self.input.borrow(data.len() as f64);
        // A session always takes its input, or is gone and takes none; it never waits for this connection.
        let _ = input.send(data.to_vec()).await;
        if debt > 0.0 {
            // Nothing is read from this client meanwhile: it waits, and nobody else.
            sleep(Duration::from_secs_f64(debt)).await;
        }
        Ok(())
    }

    async fn channel_eof(&mut self, _: ChannelId, _: &mut Session) -> Result<(), Error> {
        // No key will ever come again, not even the one that quits.
        self.session = None;
        Ok(())
    }

    fn channel_close(
        &mut self,
        _: ChannelId,
        _: &mut Session,
    ) -> impl Future<Output = Result<(), Error>> + Send {
        // A session notices, and ends; a channel that never began is free at once.
        self.session = None;
        if !self.begun {
            self.channel = None;
        }
        async { Ok(()) }
    }
}

/// Ends a connection whose client sends more than it may.
fn break_off(session: &mut Session, switch: &Switch) -> Result<(), Error> {
    session.disconnect(Disconnect::ProtocolError, "more than the window or a packet holds", "en")?;
    switch.throw_soon();
    Ok(())
}

/// The same methods again: an offered key that is not known is no failed attempt at anything else.
fn again(methods: MethodSet) -> Auth {
    Auth::Reject { proceed_with_methods: Some(methods), partial_success: false }
}
