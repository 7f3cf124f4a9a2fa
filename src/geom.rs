//! Geometry of pictures: where what stands, in cells. Pure functions of numbers, each with its properties as tests.
//!
//! Must never know what is drawn, in which colour, or on what.

pub mod axis;
pub mod pack;
