//! A class under load: the real `tumen serve`, with some hundred followers of its own kind and of OpenSSH.
//!
//! Bounds: one step of the presenter reaches 100 / 500 followers in 60 / 200 ms (median), with 1 KB each; a session
//! takes 300 KiB; an idle class no processor time; beside hostile students the others wait no more than twice as long. An
//! argument, `hostile` or `memory`, runs that part alone. Server and clients share the machine: `cargo bench --bench classroom`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench prints, and fails by panicking"
)]

#[cfg(target_os = "linux")]
#[path = "classroom/class.rs"]
mod class;

#[cfg(target_os = "linux")]
#[path = "classroom/hostile.rs"]
mod hostile;

#[cfg(target_os = "linux")]
#[path = "classroom/openssh.rs"]
mod openssh;

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("SKIPPED: it reads /proc, which only Linux has");
}

#[cfg(target_os = "linux")]
fn main() {
    // `cargo test --benches` asks only whether it runs.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("there are threads");
    let only = std::env::args().nth(1).filter(|argument| !argument.starts_with('-'));
    if only.as_deref().is_none_or(|only| only == "hostile") {
        runtime.block_on(hostile::beside(200));
    }
    if only.as_deref().is_none_or(|only| only == "memory") {
        runtime.block_on(hostile::largest(300));
    }
    if only.is_some() {
        return;
    }
    for followers in [100, 500] {
        runtime.block_on(class::follow(followers));
    }
    runtime.block_on(class::connect(1000));
    openssh::follow(100);
}
