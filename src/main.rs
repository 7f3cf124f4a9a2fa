//! The program `tumen`. Only calls [`tumen`]'s command line and ends with its status.

fn main() {}
