//! One connection's side of SSH: who it is, what it may ask for, and the refusal of everything else.
//!
//! Must never wait for a session's screen, answer a request with silence (clients would wait for ever), or open more
//! than one channel.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use russh::keys::PublicKey;
use russh::server::{Auth, ChannelOpenHandle, Handler, Msg, PublicKeyOffer, Session, VerifiedPublicKey};
use russh::{Channel, ChannelId, Error, MethodSet, Pty};
use tokio::sync::{mpsc, watch};
use tokio::time::sleep;

use super::Shared;
use super::exec;
use super::gate::{Bucket, Ticket};
use super::guard::Switch;
use super::screen::Line;
use super::session::{self, Seat};
use crate::app::{Part, Size};
use crate::config::Environment;
use crate::text::clean::clean;

/// Packets of input that wait for a session.
const PACKETS: usize = 16;
/// Where a locale is looked for: the first of them that says something counts (POSIX, XBD 8.2).
const LOCALES: [&str; 3] = ["LC_ALL", "LC_CTYPE", "LANG"];
/// Letters of `TERM` and the like that are believed.
const LONGEST: usize = 64;
/// What a terminal that does not know its size is taken for.
const USUAL: Size = Size { columns: 80, rows: 24 };

/// A connection, as everything that serves it knows it.
#[derive(Debug, Clone)]
pub(super) struct Who {
    /// Its number in the log.
    pub(super) id: u64,
    pub(super) from: SocketAddr,
    /// Ends it at once.
    pub(super) switch: Switch,
    /// It has asked for something, and is being served.
    pub(super) busy: Arc<watch::Sender<bool>>,
}

/// A connection that says who it is, and then what it wants.
pub(super) struct Visitor {
    who: Who,
    ticket: Ticket,
    shared: Arc<Shared>,
    part: Option<Part>,
    passwords: u32,
    user: String,
    input: Bucket,
    environment: Environment,
    locales: [String; LOCALES.len()],
    terminal: Option<Size>,
    channel: Option<ChannelId>,
    /// The session's ends of the lines that lead to it.
    session: Option<(mpsc::Sender<Vec<u8>>, watch::Sender<Size>)>,
}

impl Visitor {
    pub(super) fn new(who: Who, ticket: Ticket, shared: Arc<Shared>) -> Self {
        let input = Bucket::new(shared.limits.input, shared.limits.input.saturating_mul(8));
        Self {
            who,
            ticket,
            shared,
            part: None,
            passwords: 0,
            user: String::new(),
            input,
            environment: Environment::default(),
            locales: Default::default(),
            terminal: None,
            channel: None,
            session: None,
        }
    }

    /// Lets the client in as `part`, or not. Every answer forgets the one before.
    fn admit(&mut self, user: &str, method: &str, part: Option<Part>) -> Auth {
        self.part = part;
        user.clone_into(&mut self.user);
        let Some(part) = part else { return Auth::reject() };
        self.ticket.admitted();
        let part = if part == Part::Presenter { "presenter" } else { "student" };
        self.shared.log.event(
            "admitted",
            &[
                ("id", &self.who.id),
                ("from", &self.who.from),
                ("user", &user),
                ("by", &method),
                ("as", &part),
            ],
        );
        Auth::Accept
    }

    /// The size that is drawn for, whatever the client claims.
    fn believed(&self, columns: u32, rows: u32) -> Size {
        if columns == 0 || rows == 0 {
            return USUAL;
        }
        let most = self.shared.limits.largest;
        Size { columns: columns.min(most.columns.into()) as u16, rows: rows.min(most.rows.into()) as u16 }
    }

    /// Whether `channel` is the one that may ask for something now.
    fn may_begin(&self, channel: ChannelId) -> bool {
        self.part.is_some() && self.channel == Some(channel) && !self.who.busy.send_replace(true)
    }

    fn begin(&mut self, channel: ChannelId, size: Size, session: &Session) {
        let (input, packets) = mpsc::channel(PACKETS);
        let (sizes, size) = watch::channel(size);
        self.session = Some((input, sizes));
        let seat = Seat {
            who: self.who.clone(),
            user: self.user.clone(),
            part: self.part.unwrap_or(Part::Student),
            line: Line { handle: session.handle(), channel },
            environment: self.environment.clone(),
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
        let part = self.shared.admission.nothing(user);
        Ok(self.admit(user, "nothing", part))
    }

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Error> {
        let part = self.shared.admission.password(user, password);
        self.passwords += 1;
        let answer = self.admit(user, "password", part);
        if part.is_none() {
            self.shared
                .log
                .event("wrong-password", &[("id", &self.who.id), ("from", &self.who.from), ("user", &user)]);
            // The library would take the method off the list after one mistake.
            let again = self.passwords < self.shared.limits.attempts;
            let methods = if again { self.shared.config.methods.clone() } else { MethodSet::empty() };
            return Ok(Auth::Reject { proceed_with_methods: Some(methods), partial_success: false });
        }
        Ok(answer)
    }

    async fn auth_publickey_offered(&mut self, user: &str, offer: PublicKeyOffer<'_>) -> Result<Auth, Error> {
        // Nothing is proved yet, so nothing is remembered.
        let good: bool = self.shared.admission.key(user, offer.public_key).is_some();
        Ok(if good { Auth::Accept } else { reject_key(&self.shared.config.methods) })
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Error> {
        let public: &PublicKey = key.public_key;
        let part = self.shared.admission.key(user, public);
        Ok(self.admit(user, "key", part))
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Error> {
        // A second one is refused by dropping the reply. The channel itself is dropped, too: what comes through it
        // comes to `data`, and unread messages in it would hold up the connection.
        if self.channel.is_none() {
            self.channel = Some(channel.id());
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
        self.terminal = Some(self.believed(columns, rows));
        self.environment.term = believed_text(term);
        session.channel_success(channel)
    }

    async fn env_request(
        &mut self,
        channel: ChannelId,
        name: &str,
        value: &str,
        session: &mut Session,
    ) -> Result<(), Error> {
        let value = believed_text(value);
        let Environment { colorterm, no_color, colorfgbg, locale, .. } = &mut self.environment;
        match name {
            "COLORTERM" => *colorterm = value,
            "NO_COLOR" => *no_color = value,
            "COLORFGBG" => *colorfgbg = value,
            _ => match LOCALES.iter().position(|known| *known == name) {
                Some(at) => {
                    self.locales[at] = value;
                    let first = self.locales.iter().find(|value| !value.is_empty());
                    *locale = first.cloned().unwrap_or_default();
                }
                None => return refuse(channel, session),
            },
        }
        session.channel_success(channel)
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Error> {
        if !self.may_begin(channel) {
            return refuse(channel, session);
        }
        session.channel_success(channel)?;
        match self.terminal {
            Some(size) if !matches!(self.environment.term.as_str(), "" | "dumb") => {
                self.begin(channel, size, session);
            }
            _ => {
                let line = Line { handle: session.handle(), channel };
                tokio::spawn(exec::without_terminal(line, self.who.clone(), Arc::clone(&self.shared)));
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
        let command = exec::Command { text: data.to_vec(), terminal: self.terminal.is_some() };
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
        let size = self.believed(columns, rows);
        self.terminal = self.terminal.map(|_| size);
        if let Some((_, sizes)) = &self.session {
            // A storm of sizes is one size: the last.
            sizes.send_replace(size);
        }
        Ok(())
    }

    async fn data(&mut self, _: ChannelId, data: &[u8], _: &mut Session) -> Result<(), Error> {
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
        self.session = None;
        async { Ok(()) }
    }
}

/// The same methods again: an offered key that is not known is no failed attempt at anything else.
fn reject_key(methods: &MethodSet) -> Auth {
    Auth::Reject { proceed_with_methods: Some(methods.clone()), partial_success: false }
}

/// A short text of a client's that drives no terminal.
fn believed_text(text: &str) -> String {
    clean(text).chars().take(LONGEST).collect()
}
