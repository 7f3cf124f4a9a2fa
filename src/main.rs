//! The program `tumen`. Only calls [`tumen`]'s command line and ends with its status.

use std::process::ExitCode;

fn main() -> ExitCode {
    tumen::cli::run(std::env::args_os())
}
