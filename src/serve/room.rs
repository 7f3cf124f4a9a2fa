//! How much a client may still send on its channel (RFC 4254 § 5.2). The library that speaks SSH gives the window, and takes
//! what comes beyond it all the same.
//!
//! Must never count a byte otherwise than a client that heeds its window does.

use super::protocol::{PACKET, WINDOW};

/// What a client may still send.
#[derive(Debug)]
pub(super) struct Room {
    left: usize,
    /// It is being given more, with the packet that came last.
    refilled: bool,
}

impl Default for Room {
    fn default() -> Self {
        Self { left: WINDOW as usize, refilled: false }
    }
}

impl Room {
    /// The window is as large again as at first, once the packet under way is taken.
    pub(super) fn refill(&mut self) {
        self.refilled = true;
    }

    /// Takes a packet; `false` if it is larger than a packet or the window may be.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        let fits = bytes <= PACKET as usize && bytes <= self.left;
        self.left = self.left.saturating_sub(bytes);
        if std::mem::take(&mut self.refilled) {
            self.left = WINDOW as usize;
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_heeds_the_window_is_never_cut_off() {
        let (packet, window) = (PACKET as usize, WINDOW as usize);
        let mut room = Room::default();
        // The library gives more as soon as less than half is left.
        let mut left = window;
        for bytes in [1, packet, packet - 1, 0, 7].into_iter().cycle().take(1000) {
            left -= bytes;
            if left < window / 2 {
                room.refill();
            }
            assert!(room.take(bytes));
            if left < window / 2 {
                left = window;
            }
        }
    }

    #[test]
    fn who_does_not_is() {
        assert!(!Room::default().take(PACKET as usize + 1));
        let mut room = Room::default();
        for _ in 0..WINDOW / PACKET {
            assert!(room.take(PACKET as usize));
        }
        assert!(!room.take(1), "the window is used up");
    }
}
