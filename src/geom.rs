//! Geometry of pictures: where what stands, in cells. Pure functions of numbers, each with its properties as tests.
//!
//! Must never know what is drawn, in which colour, or on what: `app` and `ui` share what is worked out here.

pub mod axis;
pub mod dots;
pub mod edge;
pub mod group;
pub mod label;
pub mod land;
pub mod mercator;
pub mod pack;
pub mod room;
pub mod toward;
pub mod web;
pub mod world;
