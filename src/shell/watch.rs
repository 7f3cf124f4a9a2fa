//! Says when a file was saved. Folders are watched, since most editors write another file and rename it.
//!
//! Must never wake anybody while nothing is saved.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::Wake;

/// Watches `files` for as long as what it gives lives.
pub(super) fn watch(files: &[PathBuf], sender: Sender<Wake>) -> notify::Result<RecommendedWatcher> {
    let names: Vec<OsString> = files.iter().filter_map(|file| file.file_name()).map(OsString::from).collect();
    let is_ours = move |event: &Event| {
        event.paths.iter().filter_map(|path| path.file_name()).any(|name| names.iter().any(|own| own == name))
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_saved(event.kind) && is_ours(&event)) {
            // Nobody listens any more when the session is over already.
            let _ = sender.send(Wake::Saved);
        }
    })?;
    let mut folders: Vec<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    folders.sort();
    folders.dedup();
    for folder in folders {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}

/// Whether a file is whole again. Linux tells when it was closed; elsewhere every change may be the last one.
fn is_saved(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Modify(ModifyKind::Name(_)) => {
            true
        }
        EventKind::Create(_) | EventKind::Modify(_) => cfg!(not(target_os = "linux")),
        _ => false,
    }
}
