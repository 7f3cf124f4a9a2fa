//! Topics by their numbers, of any length: the first digit opens a topic at once, and a further one leads on from it.
//!
//! Nothing waits: in a file of twelve topics `1` opens the first, and `2` right after it the twelfth.

use super::tab;
use crate::action::{Action, Context};
use crate::app::{Library, State};
use crate::keys::{Key, Meaning};
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
    let more =
        if types_digits(library) { format!("; one more digit leads to {further}") } else { String::new() };
    state.message = Some(format!("topic {number}{more}"));
}

/// Whether the keys of the digits are the digits.
fn types_digits(library: &Library) -> bool {
    let key = |n: u8| library.keymap.key(Context::Number, Action::Digit(n));
    (0..=9).all(|n| key(n).is_some_and(|key| key == n.to_string()))
}

/// Goes on with the number of a topic.
pub(super) fn further(state: &mut State, digit: u8, library: &Library) {
    let number = std::mem::take(&mut state.number) * 10 + usize::from(digit);
    topic(state, number, library);
}

/// Whether a key is a digit that goes on with the number of a topic, to a topic that there is.
pub(super) fn leads_on(state: &State, key: Key, library: &Library) -> bool {
    let to = |digit: u8| state.number * 10 + usize::from(digit);
    state.context() == Context::Number
        && matches!(library.keymap.meaning(Context::Number, &[key]), Meaning::Run(Action::Digit(digit))
            if to(digit) <= library.knowledge.topics.len())
}
