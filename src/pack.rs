//! Runs when the program is built: reads the dossier that it carries, and leaves it in a form that needs no reading.
//!
//! Reading RON and resolving what refers to what took half of a start, and the shipped file says the same every time.
//! It is read by the very modules that read any other file, and packed by `src/load/packed.rs`; `src/dossier.rs` takes
//! it from there. A problem in the file ends the build, with its place and its remedy. Must never change what the file
//! says: a test compares the two.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "shared with the program, which uses more of it"
)]
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

mod knowledge;
mod load;

mod text {
    pub mod clean;
    pub mod markup;
    pub mod width;
}

/// There is nothing to carry yet.
mod dossier {
    pub const TEXTS: &str = "";
    pub const NUMBERS: &[u8] = &[];
}

const FILE: &str = "assets/dprk-russia.ron";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FILE}");
    let loaded = load::read(Path::new(FILE)).map_err(|problems| problems.to_string())?;
    if !loaded.problems.is_empty() {
        let mut all = String::new();
        for problem in &loaded.problems {
            write!(all, "\n\n{problem}")?;
        }
        return Err(all.into());
    }
    let packed = load::pack(&loaded.knowledge);
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo says where to write")?);
    fs::write(folder.join("dossier.txt"), packed.texts)?;
    fs::write(folder.join("dossier.numbers"), packed.numbers)?;
    Ok(())
}
