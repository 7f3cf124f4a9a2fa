//! The roll: which sessions are there, as far as a presenter is told.
//!
//! Must never hold more of a session than its size, its colours and whether it follows.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

use crate::app::{Attendance, Part, Size};
use crate::config::Depth;

/// One session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Present {
    pub(super) part: Part,
    pub(super) size: Size,
    pub(super) depth: Depth,
    pub(super) following: bool,
}

/// Everybody who is there.
#[derive(Debug, Default)]
pub(super) struct Roll {
    present: Mutex<HashMap<u64, Present>>,
    attendance: watch::Sender<Attendance>,
}

impl Roll {
    /// Notes a session, or that it is gone.
    pub(super) fn note(&self, session: u64, is: Option<Present>) {
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match is {
            Some(is) => present.insert(session, is),
            None => present.remove(&session),
        };
        if before != is {
            self.attendance.send_replace(attendance(present.values().copied()));
        }
    }

    /// Who is there now, and who will be.
    pub(super) fn subscribe(&self) -> watch::Receiver<Attendance> {
        self.attendance.subscribe()
    }
}

fn attendance(present: impl Iterator<Item = Present>) -> Attendance {
    let (presenters, students): (Vec<Present>, Vec<Present>) =
        present.partition(|present| present.part == Part::Presenter);
    let nobody = Attendance { presenters: presenters.len(), ..Attendance::default() };
    students.into_iter().fold(nobody, |sum, Present { size, depth, following, .. }| Attendance {
        here: sum.here + 1,
        presenters: sum.presenters,
        following: sum.following + usize::from(following),
        narrowest: match sum.narrowest {
            Some(narrowest) if (narrowest.columns, narrowest.rows) <= (size.columns, size.rows) => {
                Some(narrowest)
            }
            _ => Some(size),
        },
        poorest: Some(sum.poorest.map_or(depth, |poorest| poorest.min(depth))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_and_the_poorest_are_known() {
        let roll = Roll::default();
        let seen = roll.subscribe();
        let present = |columns, depth, following| {
            Some(Present { part: Part::Student, size: Size { columns, rows: 24 }, depth, following })
        };
        roll.note(
            4,
            Some(Present {
                part: Part::Presenter,
                size: Size { columns: 40, rows: 12 },
                depth: Depth::None,
                following: false,
            }),
        );
        roll.note(1, present(100, Depth::True, true));
        roll.note(2, present(60, Depth::Palette, false));
        roll.note(3, present(80, Depth::Sixteen, true));
        let now = *seen.borrow();
        assert_eq!((now.here, now.following, now.presenters), (3, 2, 1), "a presenter is no student");
        assert_eq!(now.narrowest, Some(Size { columns: 60, rows: 24 }));
        assert_eq!(now.poorest, Some(Depth::Sixteen));
        roll.note(2, None);
        roll.note(3, None);
        let now = *seen.borrow();
        assert_eq!((now.here, now.narrowest), (1, Some(Size { columns: 100, rows: 24 })));
    }
}
