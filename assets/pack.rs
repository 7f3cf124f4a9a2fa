//! Runs when the program is built: reads the dossier that it carries, and leaves it in a form that needs no parsing.
//!
//! Reading RON takes most of a start, and the shipped file says the same every time. What comes out are the very
//! structures that `ron` makes of the file (`src/load/raw.rs`), in the notation of `postcard`
//! (<https://postcard.jamesmunns.com/wire-format>); `src/load/shipped.rs` takes it from there. Must never change what
//! the file says: a test compares the two.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[path = "../src/load/raw.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the program, which uses more of it")]
mod raw;

const FILE: &str = "assets/dprk-russia.ron";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FILE}");
    println!("cargo::rerun-if-changed=src/load/raw.rs");
    let text = fs::read_to_string(FILE)?;
    let file: raw::File<'_> = ron::from_str(&text).map_err(|error| format!("{FILE}: {error}"))?;
    let folder = env::var_os("OUT_DIR").ok_or("cargo says where to write")?;
    fs::write(Path::new(&folder).join("dprk-russia.postcard"), postcard::to_allocvec(&file)?)?;
    Ok(())
}
