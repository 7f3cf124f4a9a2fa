//! The socket under a connection, with a switch that ends it at once.
//!
//! Asking the SSH library to disconnect waits in line behind what a stalled client does not read; a socket that fails
//! does not. Must never keep a connection alive once the switch is thrown.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::watch;

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

/// A stream with a [`Switch`].
pub(super) struct Guard<S> {
    stream: S,
    thrown: Pin<Box<dyn Future<Output = ()> + Send>>,
    dead: bool,
}

impl<S> Guard<S> {
    pub(super) fn new(stream: S, switch: &Switch) -> Self {
        Self { stream, thrown: Box::pin(Switch::thrown(switch.0.subscribe())), dead: false }
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
        Pin::new(&mut self.stream).poll_read(context, buffer)
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
