//! What wakes a session. Must never hold what only the session knows.

use super::end::End;
use crate::app::Note;

/// What a session waits for.
pub(super) enum Wake {
    /// Something was typed.
    Bytes(Vec<u8>),
    /// What was typed is to be taken in.
    Typed,
    /// A frame is out.
    Sent,
    /// The presenter moved.
    Talk,
    /// The terminal has another size.
    Size,
    /// Somebody came, left or follows.
    Attendance,
    /// Something is to be said.
    Said(Note),
    /// The file was read anew.
    Library,
    /// Something happens by itself.
    Time,
    /// There is time to go on with a search.
    Continue,
    /// The session is over.
    End(End),
}
