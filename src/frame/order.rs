//! In which order the glyphs of a frame are sent: row by row, or colour by colour.
//!
//! A colour of 256 costs eleven bytes to set and of 24 bits up to nineteen, a jump within a row four or five. In a text
//! with links it is cheaper to leave the links out, and to write all of them when the pen has their colour.
//!
//! Must never tear apart what has to be sent from left to right: a run stays whole.

use std::ops::Range;

use ratatui::style::Color;

use super::glyph::Colours;
use super::pen::Pen;
use super::row::Row;

/// Glyphs of a row that are written one after the other.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The row's place among those that differ.
    pub(super) row: usize,
    pub(super) columns: Range<usize>,
}

/// Whether any colour is one of 256 or of 24 bits. The sixteen cost less to set than a jump.
pub(super) fn has_long_colours(rows: &[Row<'_>]) -> bool {
    let long = |colour| matches!(colour, Color::Indexed(_) | Color::Rgb(..));
    rows.iter().flat_map(Row::colours).any(|colours| colours.fg.is_some_and(long) || long(colours.bg))
}

/// From the left to the right, from above to below.
pub(super) fn by_row(rows: &[Row<'_>]) -> Vec<Place> {
    rows.iter().enumerate().map(|(row, all)| Place { row, columns: 0..all.len() }).collect()
}

/// All of one colour, then all of the next, each from above to below; first what is nearest to the pen.
pub(super) fn by_colour(rows: &[Row<'_>], pen: Pen) -> Vec<Place> {
    let mut groups: Vec<(Colours, Vec<Place>)> = Vec::new();
    for (row, all) in rows.iter().enumerate() {
        for run in all.runs() {
            let place = Place { row, columns: run.columns };
            let found = groups.iter_mut().rev().find(|(colours, _)| colours.agree(run.colours));
            if let Some((colours, places)) = found {
                *colours = colours.or(run.colours);
                places.push(place);
            } else {
                groups.push((run.colours, vec![place]));
            }
        }
    }
    let mut order = Vec::new();
    let mut pen = pen.colours();
    while let Some(next) = nearest(&groups, pen) {
        let (colours, places) = groups.remove(next);
        order.extend(places);
        pen = colours;
    }
    order
}

/// The group with the most in common with the pen; the first of several.
fn nearest(groups: &[(Colours, Vec<Place>)], pen: Colours) -> Option<usize> {
    let far = |colours: Colours| (pen.bg != colours.bg, pen.fg != colours.fg);
    (0..groups.len()).min_by_key(|at| groups.get(*at).map(|(colours, _)| far(*colours)))
}
