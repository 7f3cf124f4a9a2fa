//! A session's part in a class: following a presenter, leaving, coming back; or being the one who is followed.
//!
//! Must never send a screen: what is shared is a [`Whereabouts`], and every session draws it for itself.

mod part;

use std::sync::Arc;

pub(super) use part::{
    after, before, count, follow, goes_on, hear, in_the_dark, is_ending, leads, quit, renew,
};

use super::{Size, Whereabouts};
use crate::config::Depth;

/// Why a session that leads a class cannot be stopped for a while.
pub const GOES_ON: &str = "the class would stop with it: nobody could come in or follow";

/// What a presenter shares with everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Talk {
    /// Where the presenter is; `None` while there is none.
    pub at: Option<Whereabouts>,
    /// The number of the session that presents.
    pub by: u64,
    /// Where the last presenter was who has left: whoever presents next goes on there.
    pub left: Option<Whereabouts>,
    /// Nobody may leave for the moment.
    pub held: bool,
    /// Nothing is to be seen for the moment.
    pub blank: bool,
}

impl Talk {
    /// What is shared once its presenter has left.
    #[must_use]
    pub fn ended(&self) -> Self {
        Self { left: self.at.clone().or_else(|| self.left.clone()), ..Self::default() }
    }
}

/// Who is there, as the presenter sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attendance {
    /// Sessions, without the presenters' own.
    pub here: usize,
    /// Those of them that follow.
    pub following: usize,
    /// Sessions of presenters elsewhere than at the server's own terminal.
    pub presenters: usize,
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
    /// Its number among the sessions of the server, whose own terminal has 0.
    pub id: u64,
    /// What the presenter shares.
    pub talk: Arc<Talk>,
    /// Whether the session goes where the presenter goes; of a presenter's, while another one presents.
    pub following: bool,
    /// It followed until the presenter left, and has not moved since: it follows again when one is back.
    pub waits: bool,
    /// The end of the class was asked for, and is to be asked for once more.
    ends: bool,
    /// Who is there; only a presenter's session is told.
    pub attendance: Attendance,
    /// How students come in, where the presenter is the one to tell them.
    pub door: Option<Door>,
}

impl Class {
    /// A part in a class in which nothing has been shared yet.
    pub fn new(part: Part) -> Self {
        Self {
            part,
            id: 0,
            talk: Arc::default(),
            following: part == Part::Presenter,
            waits: false,
            ends: false,
            attendance: Attendance::default(),
            door: None,
        }
    }

    /// Whether it is the session that presents.
    pub fn leads(&self) -> bool {
        self.part == Part::Presenter && self.talk.at.is_some() && self.talk.by == self.id
    }

    /// Whether another session presents.
    fn is_led(&self) -> bool {
        self.talk.at.is_some() && !self.leads()
    }

    /// Whether nobody has come yet, where students have to be told how to: the presenter needs that line before any other.
    pub fn is_empty(&self) -> bool {
        self.door.is_some() && self.attendance.here == 0
    }

    /// Whether this screen is off because the presenter wants it so.
    pub fn is_off(&self) -> bool {
        self.part == Part::Student && self.talk.at.is_some() && self.talk.blank
    }

    /// What a reader is told about the class at all times, longest form first; `key` follows, holds and takes
    /// over, and is left out where there is none.
    pub fn lines(&self, key: Option<&str>) -> Vec<String> {
        let with = |words: String, does: &str| match key {
            Some(key) if words.is_empty() => format!("{key} {does}"),
            Some(key) => format!("{words}; {key} {does}"),
            None => words,
        };
        match (self.part, &self.talk.at) {
            (Part::Presenter, Some(at)) if self.is_led() => {
                let at = if self.following { String::new() } else { format!(" at {}", at.address()) };
                vec![
                    with(format!("another presenter leads{at}"), "takes over"),
                    with("another leads".to_owned(), "takes over"),
                    with(String::new(), "takes over"),
                ]
            }
            (Part::Presenter, _) if self.is_empty() => {
                let line = self.door.as_ref().map(|door| door.line.clone()).unwrap_or_default();
                vec![format!("nobody is here yet: {line}"), line, "nobody is here yet".to_owned()]
            }
            (Part::Presenter, None) if !self.following => {
                vec![with("nobody presents".to_owned(), "does"), with(String::new(), "presents")]
            }
            (Part::Presenter, _) => {
                // Its own session is one of them, but for the one at the server's own terminal.
                let others = self.attendance.presenters.saturating_sub(usize::from(self.door.is_none()));
                self.attendance.lines(self.talk.held, key, others)
            }
            (Part::Student, None) => Vec::new(),
            (Part::Student, Some(_)) if self.talk.blank => {
                vec!["the presenter has switched all screens off".to_owned(), "off".to_owned()]
            }
            (Part::Student, Some(_)) if self.talk.held => {
                vec!["the presenter holds the class".to_owned(), "held".to_owned()]
            }
            (Part::Student, Some(_)) if self.following => {
                vec![with("following the presenter".to_owned(), "leaves"), "following".to_owned()]
            }
            (Part::Student, Some(at)) => {
                let address = at.address();
                let last = address.rsplit(['/', '#']).next().unwrap_or_default();
                vec![
                    with(format!("presenter is at {address}"), "returns"),
                    with(format!("presenter is at {last}"), "returns"),
                    with(String::new(), "returns"),
                ]
            }
        }
    }
}

impl Attendance {
    fn lines(self, is_held: bool, key: Option<&str>, others: usize) -> Vec<String> {
        let Self { here, following, .. } = self;
        let held = match key {
            _ if !is_held => String::new(),
            Some(key) => format!("HELD, {key} lets go: "),
            None => "HELD: ".to_owned(),
        };
        let lead = match others {
            0 => held,
            1 => format!("{held}1 more presenter, "),
            others => format!("{held}{others} more presenters, "),
        };
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
