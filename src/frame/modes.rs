//! What switches a terminal into the session's modes and out of them: the same bytes at home and over SSH.
//!
//! Must never switch something on that [`LEAVE`] does not switch off.

/// Alternate screen, no wrapping at the right edge, bracketed paste. The cursor is the painter's business.
pub const ENTER: &[u8] = b"\x1b[?1049h\x1b[?7l\x1b[?2004h";
/// Clicks and the wheel, not every movement; in the notation that has no limit of 223 columns (SGR).
pub const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// What another program may have left behind and frames or keys would suffer from: reports of movements and of the focus,
/// other notations of clicks, keys of a calculator, rows that do not scroll, line drawing instead of letters. Comes after
/// [`ENTER`], since it moves the cursor.
pub const UNDO: &[u8] =
    b"\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1005l\x1b[?1015l\x1b[?1l\x1b>\x1b[?6l\x1b[r\x1b(B\x0f";
/// Leaves the mouse to the terminal.
pub const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";
/// Everything that may be on, switched off: an unfinished frame, mouse, paste, wrapping, colours, cursor, screen.
pub const LEAVE: &[u8] = b"\x1b[?2026l\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?7h\x1b[m\x1b[?25h\x1b[?1049l";
