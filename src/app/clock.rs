//! The time that a tour has taken: when it is told to a session, so that nothing ticks where no time is seen.
//!
//! Whoever owns a session has a clock and asks here, before each message and before each frame, what is to be told.
//! Must never read a clock.

use super::{Msg, State};

/// Seconds of the session's clock after which the screen shows another time; `None` if it shows none.
///
/// An audience is told minutes, a speaker with notes seconds. Who follows is told none: the time is the speaker's.
pub fn next_tick(state: &State) -> Option<u32> {
    let presenting = state.tour.filter(|tour| tour.on_stage && !state.blank && !state.follows())?;
    let (taken, _) = presenting.taken(state.clock);
    Some(if presenting.began.is_none() {
        0
    } else if presenting.notes {
        1
    } else {
        60 - taken % 60
    })
}

/// How many seconds after its beginning a session is to be woken to show another time; `None` if it need not be.
pub fn due(state: &State) -> Option<u32> {
    next_tick(state).map(|tick| state.clock.saturating_add(tick))
}

/// What a session that began so many seconds ago is to be told before anything else happens to it, if it is to be told the time.
///
/// While a tour is under way that is every second in which something happens, also where it is not seen: a step
/// begins when its key is pressed.
pub fn tell(state: &State, seconds: u32) -> Option<Msg> {
    let tour = state.tour.filter(|_| !state.follows())?;
    (seconds != state.clock || tour.began.is_none()).then_some(Msg::Clock(seconds))
}
