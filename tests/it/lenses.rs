//! Any tab through any lens, with one selection: keys in, place and screen out.

use std::collections::BTreeSet;

use proptest::prelude::*;
use ratatui::layout::Rect;
use tumen::app::lens::{Optic, Row, evidence, timeline};
use tumen::app::{Lens, Library, Msg, Size, State};
use tumen::config::{Charset, Depth, Look, Theme};
use tumen::knowledge::{StandingKind, StatementIx};

use crate::invariants::Checked;
use crate::session::Session;

const LENSES: [(&str, Lens); 4] =
    [("t", Lens::Timeline), ("m", Lens::Map), ("w", Lens::Network), ("e", Lens::Evidence)];

#[test]
fn any_tab_is_seen_through_any_lens_and_back() {
    for (key, lens) in LENSES {
        for topic in 1..=6 {
            let mut session = Session::shipped(100, 30);
            session.press(&format!("{topic}"));
            let before = session.address();
            session.press(key);
            assert_eq!(session.state.lenses.shown, lens);
            assert!(session.screen().contains(lens.title()), "{}", session.screen());
            session.press("Backspace");
            assert_eq!(
                (session.state.lenses.shown, session.address()),
                (Lens::Read, before),
                "{key} on {topic}"
            );
        }
    }
}

#[test]
fn the_lens_stays_when_the_tab_changes_and_comes_back_with_its_place() {
    for (key, lens) in LENSES {
        let mut session = Session::shipped(100, 30);
        session.press(&format!("2 {key} j j"));
        let selected = session.address();
        session.press("Enter");
        // In the network Enter puts the other end into the middle.
        let after = if lens == Lens::Network { lens } else { Lens::Read };
        assert_eq!(session.state.lenses.shown, after, "{key}: Enter reads");
        session.press("Backspace");
        assert_eq!((session.state.lenses.shown, session.address()), (lens, selected), "{key}");
        session.press("Tab");
        assert_eq!(session.state.lenses.shown, lens, "{key}: a tab is looked at through the same lens");
    }
}

#[test]
fn a_statement_selected_in_one_lens_is_selected_in_the_others() {
    let mut session = Session::shipped(100, 30);
    session.press("2 e T j j j");
    let selected = session.address();
    session.press("t");
    assert_eq!(session.address(), selected, "the timeline has a mark for it");
    session.press("e");
    assert_eq!(session.address(), selected);
    session.press("r");
    assert_eq!(session.address(), selected, "reading goes on where one looked");
}

#[test]
fn on_the_page_of_an_entity_a_lens_shows_what_concerns_it() {
    for (key, lens) in LENSES {
        let mut session = Session::shipped(100, 30);
        session.press(&format!("/ 'stalin' Enter {key}"));
        assert_eq!(session.state.lenses.shown, lens);
        assert!(session.screen().contains("Joseph Stalin"), "{key}:\n{}", session.screen());
    }
}

/// The statements that the open lens leads to from any of its rows.
fn reached(session: &Session) -> BTreeSet<StatementIx> {
    let (state, library) = (&session.state, &session.library);
    let optic = state.lenses.optic().expect("a lens is open");
    let mut found = BTreeSet::new();
    for row in optic.rows(state.sight(library)) {
        if let Row::Mark(subject) = row {
            let sight = tumen::app::lens::Sight { subject: Some(subject), ..state.sight(library) };
            found.extend(optic.statements(sight));
        }
    }
    found
}

#[test]
fn every_statement_with_a_date_is_reached_in_the_timeline_and_every_statement_in_the_evidence() {
    let mut session = Session::shipped(100, 30);
    let knowledge = session.library.knowledge.clone();
    let (mut dated, mut judged) = (BTreeSet::new(), BTreeSet::new());
    for topic in 1..=knowledge.topics.len() {
        session.press(&format!("r {topic} t"));
        dated.extend(reached(&session));
        session.press("e");
        judged.extend(reached(&session));
    }
    let all: BTreeSet<_> = (0..knowledge.statements.len()).map(StatementIx::new).collect();
    let with_date: BTreeSet<_> = all.iter().copied().filter(|ix| knowledge.date_of(*ix).is_some()).collect();
    assert!(with_date.len() > 30, "the shipped file has dates");
    assert_eq!(dated, with_date);
    assert_eq!(judged, all);
}

/// The statements that are selected while `key` is pressed until nothing moves any more.
fn walked(session: &mut Session, key: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for _ in 0..300 {
        let before = session.address();
        found.insert(before.clone());
        check_lens(&session.state, &session.library).expect(&before);
        session.press(key);
        if session.address() == before {
            return found;
        }
    }
    panic!("{key} never comes to an end");
}

#[test]
fn walking_through_time_passes_every_mark_in_sight_at_every_size_and_zoom() {
    for (columns, rows) in [(80, 24), (200, 60), (60, 16)] {
        let mut session = Session::shipped(columns, rows);
        session.press("2 t");
        let marks = session.state.lenses.timeline.rows(session.state.sight(&session.library)).len();
        assert!(marks > 15);
        for zoom in ["0", "+ + +", "+ + + + + +"] {
            session.press(&format!("g {zoom}"));
            assert_eq!(walked(&mut session, "l").len(), marks, "{zoom:?} at {columns}×{rows}");
            assert_eq!(walked(&mut session, "h").len(), marks, "{zoom:?} at {columns}×{rows}");
        }
    }
}

#[test]
fn a_topic_without_dates_says_so_and_an_arrow_leads_to_what_has_one() {
    let mut session = Session::shipped(100, 30);
    session.press("3 t");
    assert!(session.screen().contains("Nothing in Ukraine War has a date."), "{}", session.screen());
    session.press("l");
    assert_eq!(session.address(), "overview/accord", "the latest of all");
    for keys in ["3 t T j", "3 t T k", "3 t T Space"] {
        let mut session = Session::shipped(100, 30);
        session.press(keys);
        assert_eq!(session.address(), "overview/accord", "as text too: {keys}");
    }
}

#[test]
fn the_last_row_says_which_of_how_many_is_selected_and_what_enter_does() {
    for (keys, position, enter) in [
        ("2 t g", "1/18", "Enter read"),
        ("2 t g l l", "3/18", "Enter read"),
        ("2 t T G", "18/18", "Enter read"),
        ("2 m", "1/", "Enter read"),
        ("2 w", "1/", "Enter centre"),
        ("4 e", "1/22", "Enter read"),
        ("4 e J J", "3/22", "Enter read"),
    ] {
        let mut session = Session::shipped(100, 30);
        session.press(keys);
        let screen = session.screen();
        let footer = screen.lines().last().unwrap_or_default();
        assert!(footer.contains(position) && footer.contains(enter), "{keys}: {footer}");
    }
}

#[test]
fn a_cell_of_the_evidence_lists_its_statements_one_by_one() {
    let mut session = Session::shipped(100, 30);
    session.press("4 e");
    let here = session.screen();
    assert!(here.contains("North Korean Needs"), "{here}");
    assert_eq!(walked(&mut session, "J").len(), 22, "as many as the cell of assessments counts");
}

#[test]
fn what_is_contested_is_seen_with_who_says_and_who_denies_it() {
    let mut session = Session::shipped(100, 30);
    session.press("1 e l");
    assert_eq!(session.address(), "overview/arms-suspicions#O10");
    let screen = session.screen();
    assert!(screen.contains("denied by North Korea"), "{screen}");
    assert!(screen.contains("United States") && screen.contains("South Korea"), "{screen}");
}

#[test]
fn a_click_selects_another_click_opens_and_the_wheel_zooms() {
    let mut session = Session::shipped(100, 30);
    session.press("2 t");
    let (x, y) = session.find("Slump and famine");
    session.click(x, y);
    assert_eq!(
        (session.state.lenses.shown, session.address().as_str()),
        (Lens::Timeline, "history/slump-and-famine")
    );
    let mouse = |button| Msg::Mouse(tumen::app::Mouse { button, column: x, row: y });
    session.take(&mouse(tumen::app::Button::WheelUp));
    assert!(session.state.lenses.timeline.window.is_some(), "the wheel goes nearer");
    session.take(&mouse(tumen::app::Button::WheelDown));
    assert_eq!(session.state.lenses.timeline.window, None, "and back");
    let (x, y) = session.find("Slump and famine");
    session.click(x, y);
    assert_eq!(
        (session.state.lenses.shown, session.address().as_str()),
        (Lens::Read, "history/slump-and-famine#H28")
    );
}

#[test]
fn a_small_or_plain_screen_shows_text_with_the_cursor_on_the_selected_row() {
    for (key, _) in LENSES {
        let mut session = Session::shipped(40, 12);
        session.press(&format!("2 {key} j"));
        let Size { columns, rows } = session.state.size;
        let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, columns, rows));
        let cursor = tumen::ui::draw(&session.state, &session.library, &mut buffer);
        let at = cursor.expect("a text has a cursor");
        assert_eq!(buffer[(at.x, at.y)].symbol(), "▌", "{key}: it stands on the selected row");
    }
}

#[test]
fn a_screen_of_lines_has_no_pictures_until_one_is_asked_for() {
    for (key, _) in LENSES {
        let mut session = Session::shipped(100, 30);
        session.state.screen = tumen::app::Screen::Lines;
        session.press(&format!("2 {key}"));
        assert!(session.state.lenses.is_text(session.state.sight(&session.library)), "{key}");
        session.press("T");
        assert!(!session.state.lenses.is_text(session.state.sight(&session.library)), "{key}");
    }
}

#[test]
fn the_count_of_the_selected_cell_can_be_read_in_every_theme() {
    for theme in [Theme::Dark, Theme::Light, Theme::Contrast] {
        let mut session = Session::shipped(100, 30);
        session.state.look = Look { theme, depth: Depth::True, charset: Charset::Unicode };
        session.press("2 e");
        let (x, y) = session.find(" 30 ");
        let buffer = session.buffer();
        let cell = &buffer[(x + 1, y)];
        assert_eq!(cell.symbol(), "3");
        assert_ne!(cell.fg, cell.bg, "{theme:?}");
    }
}

#[test]
fn what_is_not_asked_for_is_hidden_in_lenses_too() {
    let mut session = Session::shipped(100, 30);
    // Only what is established, the rest hidden.
    session.press("2 s Space G Enter Esc t");
    let reached_now = reached(&session);
    let knowledge = session.library.knowledge.clone();
    let established = |ix: &StatementIx| {
        knowledge.statement(*ix).standing.kind() == tumen::knowledge::StandingKind::Established
    };
    assert!(session.state.filter.hides && session.state.filter.is_on());
    assert!(reached_now.iter().any(established));
    session.press("e");
    assert!(reached(&session).iter().all(established));
    assert!(session.screen().contains("2 statements are hidden"), "{}", session.screen());
}

/// No two labels lie over each other, none leaves the area, and what is selected is seen.
pub(crate) fn check_lens(state: &State, library: &Library) -> Checked {
    let sight = state.sight(library);
    let area = sight.area;
    if state.lenses.shown == Lens::Read || state.lenses.is_text(sight) || area.is_empty() {
        return Ok(());
    }
    let mut taken: Vec<(u16, u16, u16)> = Vec::new();
    match state.lenses.shown {
        Lens::Timeline => {
            let chart = timeline::chart(&state.lenses.timeline, sight);
            for mark in chart.marks() {
                // The label may stand apart from its bar; no other bar lies between the two.
                let (from, to) = mark.cells();
                taken.push((mark.y, from, to));
            }
            for lane in &chart.lanes {
                let digits = |count: usize| count.to_string().len() as u16 + 1;
                taken.extend(lane.more.iter().map(|more| (more.y, more.x, more.x + digits(more.count))));
            }
            taken.extend(chart.eras.iter().map(|era| {
                (era.y, era.columns.0.min(era.label.0), era.columns.1.max(era.label.0 + era.label.1))
            }));
            let seen = chart.marks().any(|mark| mark.is_selected);
            let is_own = |lane: &timeline::Lane| lane.density.is_empty();
            let somewhere = chart.lanes.iter().any(is_own) && chart.scale.columns > 0;
            if somewhere && state.lenses.selected(sight).is_some() && !state.lenses.timeline.by_name {
                prop_assert!(seen, "what is selected is not seen in {area:?}: {:?}", state.lenses.timeline);
            }
        }
        Lens::Evidence => {
            let table = evidence::table(&state.lenses.evidence, sight);
            let fields = table.fields.iter().map(|field| field.area);
            let areas =
                fields.chain(table.names.iter().map(|name| name.area)).filter(|area| !area.is_empty());
            taken.extend(areas.map(|area| (area.y, area.x, area.right())));
            if !table.fields.is_empty() && state.lenses.selected(sight).is_some() {
                prop_assert!(
                    table.fields.iter().any(|field| field.is_selected),
                    "the selected cell is not seen"
                );
            }
        }
        _ => return Ok(()),
    }
    taken.sort_unstable();
    for pair in taken.windows(2) {
        prop_assert!(
            pair[0].0 < pair[1].0 || pair[0].2 <= pair[1].1,
            "{:?} and {:?} overlap",
            pair[0],
            pair[1]
        );
    }
    for (y, from, to) in taken {
        let inside = (area.top()..area.bottom()).contains(&y) && from >= area.left() && to <= area.right();
        prop_assert!(inside, "{from}..{to} in row {y} leaves {area:?}");
    }
    Ok(())
}

#[test]
fn where_the_second_table_has_no_room_the_selected_cell_is_in_the_first() {
    let mut session = Session::shipped(80, 24);
    session.press("e G").take(&Msg::Resize(Size { columns: 60, rows: 13 }));
    check_lens(&session.state, &session.library).expect("seen");
}

#[test]
fn every_lens_says_how_many_statements_are_hidden_and_never_that_there_are_none() {
    for (size, form) in [((100, 30), ""), ((160, 45), ""), ((100, 30), "T")] {
        for lens in ["t", "m", "w", "e"] {
            for topic in 1..=6 {
                let mut session = Session::shipped(size.0, size.1);
                session.press(&format!("{topic} {lens} {form}"));
                assert!(!session.screen().contains("hidden"), "{}", session.screen());
                session.state.filter.only(StandingKind::Unverified);
                session.state.filter.hides = true;
                let knowledge = session.library.knowledge.clone();
                let of_kind =
                    |ix: &StatementIx| knowledge.statement(*ix).standing.kind() == StandingKind::Unverified;
                let hidden = session.state.scope().statements(&knowledge).filter(|ix| !of_kind(ix)).count();
                let screen = session.screen();
                assert!(
                    screen.contains(&format!("{hidden} statements are hidden")),
                    "{topic} {lens} {form}:\n{screen}"
                );
                let none = ["nothing here", "nothing in "];
                assert!(
                    !none.iter().any(|none| screen.to_lowercase().contains(none)),
                    "{topic} {lens} {form}:\n{screen}"
                );
            }
        }
    }
}

#[test]
fn a_text_is_headed_by_what_it_shows_wherever_the_picture_looks() {
    let head = |keys: &str| {
        let mut session = Session::shipped(100, 30);
        session.press(keys);
        let panes = session.state.panes();
        session.screen().lines().nth(panes.caption.y.into()).unwrap_or_default().to_owned()
    };
    for (picture, moved) in [("2 t", "+ + +"), ("2 m", "+ +"), ("2 m", "0"), ("1 t", "+ +")] {
        assert_ne!(
            head(picture),
            head(&format!("{picture} {moved}")),
            "{picture}: the picture looks elsewhere"
        );
        assert_eq!(head(&format!("{picture} T")), head(&format!("{picture} {moved} T")), "{picture} {moved}");
    }
    let places = head("2 m T");
    assert!(!places.contains("outside"), "{places}");
}
