//! Runs when the program is built: reads the dossier that it carries, and leaves it in a form that needs no reading.
//!
//! Reading RON and resolving what refers to what took half of a start, and gathering the words to search nine tenths of an
//! answer; the shipped file says the same every time.
//! It is read by the very modules that read any other file, and packed by `src/load/packed.rs`; `src/dossier.rs` takes
//! it from there. A problem in the file ends the build, with its place and its remedy. Must never change what the file
//! says: a test compares the two.
//!
//! It also says how the program is linked.
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
use std::process::Command;
use std::{env, fs};

mod knowledge;
mod load;
mod search;

mod text {
    pub mod blocks;
    pub mod clean;
    pub mod fold;
    pub mod markup;
    pub mod split;
    pub mod width;
}

/// There is nothing to carry yet.
mod dossier {
    pub const TEXTS: &str = "";
    pub const NUMBERS: &[u8] = &[];
    pub const INDEX: &[u8] = &[];
}

const FILE: &str = "assets/dprk-russia.ron";

/// The system's libraries that the standard library asks for, and the archives in which the same is found. GCC's
/// unwinder, which panics need, has another name as an archive.
const ARCHIVES: [(&str, &str); 7] = [
    ("c", "c"),
    ("m", "m"),
    ("pthread", "pthread"),
    ("dl", "dl"),
    ("rt", "rt"),
    ("util", "util"),
    ("gcc_s", "gcc_eh"),
];

fn main() -> Result<(), Box<dyn Error>> {
    link_for_a_quick_start();
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
    let index = search::Index::build_on(&loaded.knowledge, 1);
    fs::write(folder.join("dossier.index"), search::pack(&index))?;
    Ok(())
}

/// Has the released program linked so that it starts soon: what its loader has to do, a reader waits for.
///
/// Only where that was measured: for the GNU C library on Linux, by a compiler driver that knows these flags. Everything
/// else is linked as it always is: a program that starts a little later is better than none.
fn link_for_a_quick_start() {
    if !is_release() || !is_linux_with_glibc() {
        return;
    }
    let Some(driver) = driver() else { return };
    // At a fixed address, 6,400 pointers need not be adjusted at each start, in pages of which each process then has
    // its own copy. What is given up: the program's own code and tables lie where everybody knows, which helps whoever
    // has found a way to write into its memory; heap and stack lie where they like, as ever. The program has no unsafe
    // code of its own, its packages have some.
    println!("cargo::rustc-link-arg-bins=-no-pie");
    if let Some(folder) = archives(&driver) {
        // With the C library inside, nothing has to be found, mapped and bound: a sixth of a start. It is the way of
        // the target feature `crt-static`, which cargo takes only together with `--target`, and then for everything.
        println!("cargo::rustc-link-arg-bins=-static");
        println!("cargo::rustc-link-arg-bins=-L{}", folder.display());
    } else if let Some(folder) = archive(&driver, "gcc_eh").as_deref().and_then(Path::parent) {
        // At least `libgcc_s.so` need not be loaded: this archive is found before it.
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

fn is_release() -> bool {
    variable("PROFILE") == "release"
}

/// Whether the program is for this kind of system, and built on one for itself.
fn is_linux_with_glibc() -> bool {
    variable("CARGO_CFG_TARGET_OS") == "linux"
        && variable("CARGO_CFG_TARGET_ENV") == "gnu"
        && variable("TARGET") == variable("HOST")
}

/// The compiler driver that links; `None` where somebody has wishes of their own on how to link.
fn driver() -> Option<PathBuf> {
    let wishes = ["linker", "link-arg", "relocation-model", "crt-static", "sanitizer"];
    let flags = variable("CARGO_ENCODED_RUSTFLAGS");
    if wishes.iter().any(|wish| flags.contains(wish)) {
        return None;
    }
    let driver = env::var_os("RUSTC_LINKER").map_or_else(|| PathBuf::from("cc"), PathBuf::from);
    let name = driver.file_name()?.to_str()?;
    ["cc", "gcc", "clang"].iter().any(|known| name.ends_with(known)).then_some(driver)
}

/// A folder in which each library that is asked for is an archive, and so is found without a shared one beside it.
/// `None` where the system has not all of them: some install them apart from the compiler.
fn archives(driver: &Path) -> Option<PathBuf> {
    let folder = PathBuf::from(env::var_os("OUT_DIR")?).join("archives");
    fs::create_dir_all(&folder).ok()?;
    for (library, name) in ARCHIVES {
        let found = archive(driver, name)?;
        // Linkers read a text in the place of an archive as a script, which may name the real one.
        fs::write(folder.join(format!("lib{library}.a")), format!("INPUT(\"{}\")\n", found.display()))
            .ok()?;
    }
    Some(folder)
}

/// Where the driver has an archive, if it has it.
fn archive(driver: &Path, name: &str) -> Option<PathBuf> {
    let answer = Command::new(driver).arg(format!("-print-file-name=lib{name}.a")).output().ok()?;
    let path = PathBuf::from(String::from_utf8(answer.stdout).ok()?.trim());
    // A driver that knows no such file answers with the bare name.
    (path.is_absolute() && path.is_file()).then_some(path)
}
