//! What the program is built from may be passed on: every dependency's licence is on a short list.
//!
//! `cargo metadata` answers from what the build has fetched already: no network is asked.

use std::process::Command;

use serde_json::Value;
use spdx::{Expression, Licensee};

/// Licences that allow the program to be given away, changed or not, with no more than their text beside it.
const ALLOWED: [&str; 9] = [
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "MIT",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "Unicode-3.0",
    "Zlib",
];

/// Whether a licence expression, as a manifest has it, can be met with the [`ALLOWED`] ones.
fn is_allowed(licence: &str) -> bool {
    let allowed: Vec<Licensee> = ALLOWED.iter().map(|name| Licensee::parse(name).expect(name)).collect();
    // Old manifests write "MIT/Apache-2.0" for "or".
    let Ok(expression) = Expression::parse(&licence.replace('/', " OR ")) else { return false };
    expression.evaluate(|wanted| allowed.iter().any(|licensee| licensee.satisfies(wanted)))
}

#[test]
fn expressions_are_read_as_they_are_meant() {
    for (licence, allowed) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0-only OR MIT", true),
        ("(MIT OR GPL-3.0-only) AND Unicode-3.0", true),
        ("MIT AND GPL-3.0-only", false),
        ("AGPL-3.0-or-later", false),
        ("anything I like", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(licence), allowed, "{licence}");
    }
}

#[test]
fn every_dependency_has_a_licence_on_the_list() {
    let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &target]);
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 50, "cargo names only {} packages", packages.len());
    for package in packages.iter().filter(|package| !package["source"].is_null()) {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_allowed(licence), "{} {} is under {licence:?}", package["name"], package["version"]);
    }
}
