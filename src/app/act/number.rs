//! Topics by their numbers, of any length: the first digit opens a topic at once, and a further one leads on from it.
//!
//! Nothing waits: in a file of twelve topics `1` opens the first, and `2` right after it the twelfth.

use super::tab;
use crate::app::{Library, State};
use crate::keys::{Code, Key};
use crate::knowledge::TopicIx;

/// Opens the topic of a number, and says how the number may go on.
pub(super) fn topic(state: &mut State, number: usize, library: &Library) {
    let len = library.knowledge.topics.len();
    let Some(at) = number.checked_sub(1).filter(|at| *at < len) else {
        state.message = Some(format!("there is no topic {number}"));
        return;
    };
    tab(state, TopicIx::new(at), library);
    let first = number * 10;
    if first > len {
        return;
    }
    state.number = number;
    let last = (first + 9).min(len);
    let further = if first == last { format!("{first}") } else { format!("{first} to {last}") };
    state.message = Some(format!("topic {number}; one more digit leads to {further}"));
}

/// Takes a digit that goes on with the number of a topic. `false` if the key is none, or there is no such topic.
pub(super) fn goes_on(state: &mut State, key: Key, library: &Library) -> bool {
    let before = std::mem::take(&mut state.number);
    let digit = match key {
        Key { code: Code::Char(digit @ '0'..='9'), ctrl: false, alt: false, .. } => {
            digit as usize - '0' as usize
        }
        _ => return false,
    };
    let number = before * 10 + digit;
    if before == 0
        || !state.pending.is_empty()
        || state.overlay.is_some()
        || number > library.knowledge.topics.len()
    {
        return false;
    }
    topic(state, number, library);
    true
}
