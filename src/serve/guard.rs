//! The socket under a connection, with a switch that ends it at once, and a bound on how much is read.
//!
//! Asking the SSH library to disconnect waits in line behind what a stalled client does not read; a socket that fails
//! does not. Whatever a client sends costs something, new keys most of all: it is read no faster than the bound, so
//! that what is read without being wanted costs nobody else. Must never keep a connection alive once the switch is
//! thrown.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::watch;
use tokio::time::{Sleep, sleep, timeout};

use super::LINGER;
use super::bucket::Bucket;

/// Ends a connection from anywhere.
#[derive(Debug, Clone)]
pub(super) struct Switch(Arc<watch::Sender<bool>>);

impl Switch {
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Every read and write fails from now on.
    pub(super) fn throw(&self) {
        self.0.send_replace(true);
    }

    /// The same in a moment, if the client has not ended its connection by then: it is told why meanwhile.
    pub(super) fn throw_soon(&self) {
        let switch = self.clone();
        tokio::spawn(async move {
            let _ = timeout(LINGER, switch.gone()).await;
            switch.throw();
        });
    }

    /// Whether it was thrown.
    #[cfg(test)]
    pub(super) fn is_thrown(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the connection is no more, or has been made to end.
    pub(super) async fn gone(&self) {
        // Only its guard listens.
        self.0.closed().await;
    }

    async fn thrown(mut seen: watch::Receiver<bool>) {
        // The sender lives as long as anybody could throw it.
        let _ = seen.wait_for(|thrown| *thrown).await;
    }
}

/// What has come over a connection, for who only looks on.
#[derive(Debug, Default)]
pub(super) struct Wire {
    read: AtomicU64,
}

impl Wire {
    /// Bytes that have been read.
    pub(super) fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }
}

/// A stream with a [`Switch`].
pub(super) struct Guard<S> {
    stream: S,
    wire: Arc<Wire>,
    /// What may be read.
    bucket: Bucket,
    /// Nothing is read before its end.
    pause: Option<Pin<Box<Sleep>>>,
    thrown: Pin<Box<dyn Future<Output = ()> + Send>>,
    dead: bool,
}

impl<S> Guard<S> {
    /// Guards a stream of which no more than `bucket` allows is read.
    pub(super) fn new(stream: S, switch: &Switch, wire: Arc<Wire>, bucket: Bucket) -> Self {
        let thrown = Box::pin(Switch::thrown(switch.0.subscribe()));
        Self { stream, wire, bucket, pause: None, thrown, dead: false }
    }

    /// Fails if the switch was thrown, and has `context` woken when it is.
    fn check(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        self.dead = self.dead || self.thrown.as_mut().poll(context).is_ready();
        if self.dead { Err(io::ErrorKind::ConnectionAborted.into()) } else { Ok(()) }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Guard<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(context)?;
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        let read = buffer.filled().len() - before;
        self.wire.read.fetch_add(read as u64, Ordering::Relaxed);
        let debt = self.bucket.borrow(read as f64);
        if debt > 0.0 {
            self.pause = Some(Box::pin(sleep(Duration::from_secs_f64(debt))));
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guard<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
