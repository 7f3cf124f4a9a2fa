//! What happens to a session that has a part in a class: it follows, leaves, waits, is held; it leads, and hands over.
//!
//! Must never send anything: what is shared becomes an effect.

use std::sync::Arc;

use super::{Attendance, Class, Part, Talk};
use crate::action::Action;
use crate::app::filter::Filter;
use crate::app::follow::{Asking, asking};
use crate::app::{Effect, Library, Msg, Note, Overlay, Place, State, Whereabouts};
use crate::knowledge::TourIx;

impl State {
    /// Gives the session at the server's own terminal a part in a class; a student begins where the presenter is,
    /// however late it is.
    pub fn join(&mut self, part: Part, talk: &Arc<Talk>, library: &Library) {
        self.join_as(0, part, talk, library);
    }

    /// The same for the session of this number. A presenter begins where another one is, or where the last one was.
    pub fn join_as(&mut self, id: u64, part: Part, talk: &Arc<Talk>, library: &Library) {
        let following = part == Part::Presenter || talk.at.is_some();
        self.class = Some(Box::new(Class { id, following, ..Class::new(part) }));
        hear(self, talk, library);
        if let (Part::Presenter, None, Some(left)) = (part, &talk.at, &talk.left) {
            left.bring(self, library);
        }
    }

    /// Whether the session goes where another one goes.
    pub fn follows(&self) -> bool {
        self.class.as_ref().is_some_and(|class| class.following && class.is_led())
    }
}

/// Whether a session presents, or would as soon as anything is done in it.
pub(in crate::app) fn leads(state: &State) -> bool {
    state.class.as_ref().is_some_and(|class| class.part == Part::Presenter && !class.is_led())
}

/// What is remembered of a session before a message, to see whether the message moved it away.
pub(in crate::app) struct Before {
    here: Here,
    followed: bool,
}

/// A place, the step of a tour, a search, what is asked for, and whether there is anything to be seen.
type Here = (Place, Option<(TourIx, usize, usize, bool)>, Option<Asking>, Filter, bool);

fn here(state: &State, library: &Library) -> Here {
    let step = state.tour.map(|tour| (tour.tour, tour.step, tour.part, tour.on_stage));
    (state.place(), step, asking(state, &library.knowledge), state.filter, state.blank)
}

/// The session as it is before a message.
pub(in crate::app) fn before(state: &State, library: &Library) -> Option<Before> {
    let followed = |class: &Class| class.waits || class.following && class.is_led();
    state.class.as_deref().map(|class| Before { here: here(state, library), followed: followed(class) })
}

/// Follows, leaves, or shares where one is, once a message has been taken in.
pub(in crate::app) fn after(
    state: &mut State,
    before: Option<Before>,
    msg: &Msg,
    library: &Library,
) -> Vec<Effect> {
    let (Some(class), Some(before)) = (&state.class, before) else { return Vec::new() };
    let is_own = matches!(msg, Msg::Key(_) | Msg::Mouse(_) | Msg::Paste(_));
    match (class.part, msg) {
        // Another presenter has the word, or nothing was done here.
        (Part::Presenter, Msg::Talk(_) | Msg::Clock(_)) => {}
        (Part::Presenter, Msg::Attendance(_)) if class.talk.at.is_some() => {}
        (Part::Presenter, _) if class.leads() => return share(state, class.talk.held, library),
        // Nobody presents: whoever was last at the presenter's place goes on from there.
        (Part::Presenter, _) if class.talk.at.is_none() && class.following => {
            return share(state, false, library);
        }
        (_, Msg::Resize(_)) if state.follows() => bring(state, library),
        _ if is_own && before.followed && here(state, library) != before.here => own_move(state, library),
        _ => {}
    }
    Vec::new()
}

/// A follower moved by itself: that is leaving, unless the class is held.
fn own_move(state: &mut State, library: &Library) {
    let Some(class) = &mut state.class else { return };
    class.waits = false;
    if class.part == Part::Student && class.talk.held {
        state.message = Some("the presenter holds the class for a moment".to_owned());
        bring(state, library);
    } else {
        class.following = false;
    }
}

/// Takes in what the presenter shares.
pub(in crate::app) fn hear(state: &mut State, talk: &Arc<Talk>, library: &Library) {
    let context = state.context();
    let Some(class) = &mut state.class else { return };
    if class.part == Part::Presenter && talk.at.is_some() && talk.by == class.id {
        // One's own word, which may come back late.
        return;
    }
    let led = class.leads();
    let before = std::mem::replace(&mut class.talk, Arc::clone(talk));
    let is_given = |talk: &Talk| (talk.at.is_some(), talk.held);
    if class.part == Part::Student && is_given(&before) != is_given(talk) {
        // What was said before is not so any more.
        state.message = None;
    }
    let is_taken_over = led && class.is_led();
    class.following |= is_taken_over;
    match (class.part, before.at.is_some(), talk.at.is_some()) {
        (Part::Student, true, false) => {
            class.waits = class.following;
            class.following = false;
            state.message = Some("the presenter has left".to_owned());
        }
        (Part::Student, false, true) => class.following |= std::mem::take(&mut class.waits),
        (Part::Presenter, true, false) if !led => {
            state.message = Some("the other presenter has left".to_owned());
        }
        _ => {}
    }
    if is_taken_over {
        let note = Note::from("another presenter has taken over");
        state.message =
            Some(note.with(&[Action::Follow], "takes the class back").said(&library.keymap, context));
    }
    if class.part == Part::Student {
        class.following |= talk.held && talk.at.is_some();
        state.blank = class.is_off() || state.blank && !before.blank;
    }
    if state.follows() {
        bring(state, library);
    }
}

/// Takes in who is there.
pub(in crate::app) fn count(state: &mut State, attendance: Attendance) {
    if let Some(class) = &mut state.class {
        class.attendance = attendance;
    }
}

/// Follows or leaves; holds the class or lets it go; takes over from another presenter.
pub(in crate::app) fn follow(state: &mut State, library: &Library) -> Vec<Effect> {
    let Some(class) = &mut state.class else {
        state.message = Some("there is no class here; tumen serve opens one".to_owned());
        return Vec::new();
    };
    match class.part {
        Part::Presenter if class.leads() => {
            let held = !class.talk.held;
            let note = Note::from(if held { "the class is held" } else { "the class may move" });
            state.say(if held { note.with(&[Action::Follow], "lets it go") } else { note }, library);
            return share(state, held, library);
        }
        Part::Presenter => {
            state.message = Some("you present now".to_owned());
            class.following = true;
            return share(state, false, library);
        }
        Part::Student if class.talk.at.is_none() => state.message = Some("nobody presents".to_owned()),
        Part::Student if class.talk.held => {
            state.message = Some("the presenter holds the class for a moment".to_owned());
        }
        Part::Student => {
            class.following = !class.following;
            if class.following {
                bring(state, library);
            }
        }
    }
    Vec::new()
}

/// Ends the session; where that ends a class for others, it has to be asked for twice.
pub(in crate::app) fn quit(state: &mut State) -> Vec<Effect> {
    let Some(class) = state.class.as_mut().filter(|class| class.door.is_some()) else {
        return vec![Effect::Quit];
    };
    let here = class.attendance.here;
    if here == 0 || class.ends {
        return vec![Effect::Quit];
    }
    class.ends = true;
    let who = if here == 1 { "1 is here".to_owned() } else { format!("{here} are here") };
    state.message = Some(format!("{who}: the class ends for all if you press it once more"));
    Vec::new()
}

/// Whether the end of the class was asked for once.
pub(in crate::app) fn is_ending(state: &State) -> bool {
    state.class.as_ref().is_some_and(|class| class.ends)
}

/// Another key was pressed: the class does not end.
pub(in crate::app) fn goes_on(state: &mut State) {
    if let Some(class) = &mut state.class {
        class.ends = false;
    }
}

/// What a key does on a screen that the presenter has switched off: nothing but leave; `None` if it is on.
pub(in crate::app) fn in_the_dark(state: &State, action: Option<Action>) -> Option<Vec<Effect>> {
    let is_off = state.class.as_ref().is_some_and(|class| class.is_off());
    let leaves = matches!(action, Some(Action::Quit | Action::CloseOrQuit));
    is_off.then(|| if leaves { vec![Effect::Quit] } else { Vec::new() })
}

fn bring(state: &mut State, library: &Library) {
    let Some(talk) = state.class.as_ref().map(|class| Arc::clone(&class.talk)) else { return };
    let Some(at) = &talk.at else { return };
    if matches!(state.overlay, Some(Overlay::Links(_))) {
        // Its letters lie over links that are not there any more.
        state.overlay = None;
    }
    at.bring(state, library);
    state.blank = talk.blank;
}

/// Where the file was read anew: whoever follows is where the presenter is in it.
pub(in crate::app) fn renew(state: &mut State, library: &Library) {
    if state.follows() {
        bring(state, library);
    }
}

/// Shares where the presenter is, if that has changed.
fn share(state: &mut State, held: bool, library: &Library) -> Vec<Effect> {
    let (at, blank) = (Some(Whereabouts::of(state, library)), state.blank);
    let Some(class) = &mut state.class else { return Vec::new() };
    let talk = Talk { at, by: class.id, left: None, held, blank };
    if *class.talk == talk {
        return Vec::new();
    }
    class.talk = Arc::new(talk);
    vec![Effect::Share(Arc::clone(&class.talk))]
}
