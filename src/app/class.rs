//! A session's part in a class: following a presenter, leaving, coming back; or being the one who is followed.
//!
//! Must never send a screen: what is shared is a [`Whereabouts`], and every session draws it for itself.

use std::sync::Arc;

use super::follow::{Asking, asking};
use super::{Effect, Library, Msg, Overlay, Place, Size, State, Whereabouts};
use crate::config::Depth;
use crate::knowledge::TourIx;

/// What a presenter shares with everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Talk {
    /// Where the presenter is; `None` while there is none.
    pub at: Option<Whereabouts>,
    /// Nobody may leave for the moment.
    pub held: bool,
    /// Nothing is to be seen for the moment.
    pub blank: bool,
}

/// Who is there, as the presenter sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attendance {
    /// Sessions, without the presenters' own.
    pub here: usize,
    /// Those of them that follow.
    pub following: usize,
    /// The fewest columns among them, and the rows of that terminal.
    pub narrowest: Option<Size>,
    /// The fewest colours among them.
    pub poorest: Option<Depth>,
}

/// Whether a session leads or learns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Everybody may follow this session.
    Presenter,
    /// This session may follow.
    Student,
}

/// How students come in, for whoever presents where the server runs and has to tell them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// What they type.
    pub line: String,
    /// What their clients show of the server's key.
    pub fingerprint: String,
}

/// A session's part in a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Whether it leads or learns.
    pub part: Part,
    /// What the presenter shares.
    pub talk: Arc<Talk>,
    /// Whether a student's session goes where the presenter goes.
    pub following: bool,
    /// Who is there; only a presenter's session is told.
    pub attendance: Attendance,
    /// How students come in, where the presenter is the one to tell them.
    pub door: Option<Door>,
}

impl Class {
    /// A part in a class in which nothing has been shared yet.
    pub fn new(part: Part) -> Self {
        Self { part, talk: Arc::default(), following: false, attendance: Attendance::default(), door: None }
    }

    /// What a reader is told about the class at all times, longest form first.
    pub fn lines(&self) -> Vec<String> {
        match (self.part, &self.talk.at) {
            (Part::Presenter, _) if self.attendance.here == 0 && self.door.is_some() => {
                let line = self.door.as_ref().map(|door| door.line.clone()).unwrap_or_default();
                vec![format!("nobody is here yet: {line}"), line, "nobody is here yet".to_owned()]
            }
            (Part::Presenter, _) => self.attendance.lines(self.talk.held),
            (Part::Student, None) => Vec::new(),
            (Part::Student, Some(_)) if self.talk.blank && self.following => {
                vec!["the presenter has switched all screens off".to_owned(), "off".to_owned()]
            }
            (Part::Student, Some(_)) if self.talk.held => {
                vec!["the presenter holds the class".to_owned(), "held".to_owned()]
            }
            (Part::Student, Some(_)) if self.following => {
                vec!["following the presenter; F leaves".to_owned(), "following".to_owned()]
            }
            (Part::Student, Some(at)) => {
                let address = at.address();
                let last = address.rsplit(['/', '#']).next().unwrap_or_default();
                vec![
                    format!("presenter is at {address}; F returns"),
                    format!("presenter is at {last}; F returns"),
                    "F returns".to_owned(),
                ]
            }
        }
    }
}

impl Attendance {
    fn lines(self, held: bool) -> Vec<String> {
        let Self { here, following, .. } = self;
        let lead = if held { "HELD, F lets go: " } else { "" };
        let short = format!("{lead}{following} of {here} follow");
        let narrowest = self
            .narrowest
            .map(|Size { columns, rows }| format!(", narrowest {columns}x{rows}"))
            .unwrap_or_default();
        let poorest = match self.poorest {
            Some(Depth::None) => ", some without colour",
            Some(Depth::Sixteen) => ", some with 16 colours",
            Some(Depth::Palette) => ", all with 256 colours",
            Some(Depth::True) | None => "",
        };
        vec![
            format!("{short}{narrowest}{poorest}"),
            format!("{short}{narrowest}"),
            short,
            following.to_string(),
        ]
    }
}

impl State {
    /// Gives a session a part in a class; a student begins where the presenter is, however late it is.
    pub fn join(&mut self, part: Part, talk: &Arc<Talk>, library: &Library) {
        let following = part == Part::Student && talk.at.is_some();
        self.class = Some(Box::new(Class { following, ..Class::new(part) }));
        hear(self, talk, library);
    }

    /// Whether the session goes where the presenter goes.
    pub fn follows(&self) -> bool {
        self.class.as_ref().is_some_and(|class| class.following)
    }
}

/// What is remembered of a session before a message, to see whether the message moved it away.
pub(super) struct Before {
    here: Here,
    followed: bool,
}

/// A place, the step of a tour, a search, and whether there is anything to be seen.
type Here = (Place, Option<(TourIx, usize, usize, bool)>, Option<Asking>, bool);

fn here(state: &State, library: &Library) -> Here {
    let step = state.tour.map(|tour| (tour.tour, tour.step, tour.part, tour.on_stage));
    (state.place(), step, asking(state, &library.knowledge), state.blank)
}

/// The session as it is before a message.
pub(super) fn before(state: &State, library: &Library) -> Option<Before> {
    state.class.is_some().then(|| Before { here: here(state, library), followed: state.follows() })
}

/// Follows, leaves, or shares where one is, once a message has been taken in.
pub(super) fn after(state: &mut State, before: Option<Before>, msg: &Msg, library: &Library) -> Vec<Effect> {
    let (Some(class), Some(before)) = (&state.class, before) else { return Vec::new() };
    let left = before.followed && class.following && here(state, library) != before.here;
    match (class.part, msg) {
        // Another presenter has the word, or nothing was done here.
        (Part::Presenter, Msg::Talk(_) | Msg::Clock(_)) => {}
        (Part::Presenter, Msg::Attendance(_)) if class.talk.at.is_some() => {}
        (Part::Presenter, _) => return share(state, class.talk.held, library),
        (Part::Student, Msg::Key(_) | Msg::Mouse(_) | Msg::Paste(_)) if left => own_move(state, library),
        (Part::Student, Msg::Resize(_)) if class.following => bring(state, library),
        _ => {}
    }
    Vec::new()
}

/// A follower moved by itself: that is leaving, unless the class is held.
fn own_move(state: &mut State, library: &Library) {
    let Some(class) = &mut state.class else { return };
    if class.talk.held {
        state.message = Some("the presenter holds the class for a moment".to_owned());
        bring(state, library);
    } else {
        class.following = false;
    }
}

/// Takes in what the presenter shares.
pub(super) fn hear(state: &mut State, talk: &Arc<Talk>, library: &Library) {
    let Some(class) = &mut state.class else { return };
    let before = std::mem::replace(&mut class.talk, Arc::clone(talk));
    if class.part == Part::Presenter {
        return;
    }
    let is_given = |talk: &Talk| (talk.at.is_some(), talk.held);
    if is_given(&before) != is_given(talk) {
        // What was said before is not so any more.
        state.message = None;
    }
    if before.at.is_some() && talk.at.is_none() {
        class.following = false;
        state.blank &= !before.blank;
        state.message = Some("the presenter has left".to_owned());
    }
    class.following |= talk.held && talk.at.is_some();
    if state.follows() {
        bring(state, library);
    }
}

/// Takes in who is there.
pub(super) fn count(state: &mut State, attendance: Attendance) {
    if let Some(class) = &mut state.class {
        class.attendance = attendance;
    }
}

/// `F`: follows or leaves; holds the class or lets it go.
pub(super) fn follow(state: &mut State, library: &Library) -> Vec<Effect> {
    let Some(class) = &mut state.class else {
        state.message = Some("there is no class here; tumen serve opens one".to_owned());
        return Vec::new();
    };
    match class.part {
        Part::Presenter => {
            let held = !class.talk.held;
            state.message =
                Some(if held { "the class is held; F lets it go" } else { "the class may move" }.into());
            return share(state, held, library);
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
pub(super) fn renew(state: &mut State, library: &Library) {
    if state.follows() {
        bring(state, library);
    }
}

/// Shares where the presenter is, if that has changed.
fn share(state: &mut State, held: bool, library: &Library) -> Vec<Effect> {
    let talk = Talk { at: Some(Whereabouts::of(state, library)), held, blank: state.blank };
    let Some(class) = &mut state.class else { return Vec::new() };
    if *class.talk == talk {
        return Vec::new();
    }
    class.talk = Arc::new(talk);
    vec![Effect::Share(Arc::clone(&class.talk))]
}
