//! Says when a file was saved. Folders are watched, since most editors write another file and rename it: the folder of the
//! file, those of all links on the way to it, and, where a part of the way is missing, the last one that is there.
//!
//! What is saved many times in a moment is told once, when it is quiet. Must never wake anybody while nothing is saved.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::Wake;
use crate::app::Msg;

/// So long nothing is saved before it is told: some programs delete a file before they write it.
const QUIET: Duration = Duration::from_millis(50);
/// What goes on being saved is told so often all the same.
const LONGEST: Duration = Duration::from_millis(500);
/// Ways that are looked for again because they changed while their folders began to be watched.
const TRIES: usize = 10;
/// Links that are followed before they count as a circle, as Linux does (`path_resolution(7)`).
const LINKS: usize = 40;

/// Watches `files` until the session is over.
pub(super) fn watch(files: &[PathBuf], sender: Sender<Wake>) -> io::Result<()> {
    let (notice, noticed) = mpsc::channel();
    let trail = Arc::new(Mutex::new(Trail::default()));
    let seen = Arc::clone(&trail);
    let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| seen.lock().unwrap_or_else(PoisonError::into_inner).concerns(&event)) {
            // Nobody listens any more when watching has ended.
            let _ = notice.send(());
        }
    });
    let files = files.iter().map(std::path::absolute).collect::<io::Result<_>>()?;
    let mut lookout = Lookout { files, trail, watcher: watcher.map_err(io::Error::other)? };
    lookout.look().map_err(io::Error::other)?;
    thread::Builder::new().name("saves".into()).spawn(move || lookout.tell(&noticed, &sender))?;
    Ok(())
}

/// The way to the files, as it is now.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Trail {
    /// The files, the links that lead to them, and what is missing on the way.
    points: BTreeSet<PathBuf>,
    /// Their folders. No link leads to them.
    folders: BTreeSet<PathBuf>,
}

impl Trail {
    /// The way to all of `files`, which are absolute.
    fn to(files: &[PathBuf]) -> Self {
        let mut points = BTreeSet::new();
        for file in files {
            follow(file, &mut points);
        }
        let folders = points.iter().filter_map(|point| point.parent().map(Path::to_path_buf)).collect();
        Self { points, folders }
    }

    /// Whether one of the files may be another one now, or be whole again.
    fn concerns(&self, event: &Event) -> bool {
        let is_ours = |path: &PathBuf| self.points.contains(path);
        let is_folder = |path: &PathBuf| self.folders.contains(path);
        event.need_rescan()
            || is_saved(event.kind) && event.paths.iter().any(is_ours)
            || is_gone(event.kind) && event.paths.iter().any(is_folder)
    }
}

/// Adds to `points` what decides which file `path` is: it, each link on the way, or the first part of it that is missing.
fn follow(path: &Path, points: &mut BTreeSet<PathBuf>) {
    let mut way: Vec<OsString> = parts(path);
    let mut at = PathBuf::from("/");
    let mut links = 0;
    // Parts that are still to go, the next one last.
    way.reverse();
    while let Some(part) = way.pop() {
        if part == ".." {
            at.pop();
            continue;
        }
        let next = at.join(&part);
        match fs::symlink_metadata(&next) {
            Ok(about) if about.is_symlink() && links < LINKS => {
                links += 1;
                let to = fs::read_link(&next).unwrap_or_default();
                points.insert(next);
                if to.is_absolute() {
                    at = PathBuf::from("/");
                }
                way.extend(parts(&to).into_iter().rev());
            }
            Ok(about) if about.is_dir() && !way.is_empty() => at = next,
            // It is the file, or there is no way on.
            Ok(_) | Err(_) => {
                points.insert(next);
                return;
            }
        }
    }
}

/// The names in a path, and the steps up.
fn parts(path: &Path) -> Vec<OsString> {
    let is_step = |part: &Component<'_>| matches!(part, Component::Normal(_) | Component::ParentDir);
    path.components().filter(is_step).map(|part| part.as_os_str().to_owned()).collect()
}

/// What watches, and for whom.
struct Lookout {
    files: Vec<PathBuf>,
    trail: Arc<Mutex<Trail>>,
    watcher: RecommendedWatcher,
}

impl Lookout {
    /// Tells each save, until nobody listens.
    fn tell(mut self, saved: &Receiver<()>, sender: &Sender<Wake>) {
        while saved.recv().is_ok() {
            let began = Instant::now();
            while began.elapsed() < LONGEST {
                match saved.recv_timeout(QUIET) {
                    Ok(()) => {}
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            // What happens while folders change is in the file when it is read.
            let looked = self.look();
            if sender.send(Wake::Saved).is_err() {
                return;
            }
            if let Err(error) = looked {
                let words = format!("the file cannot be watched any more: {error}");
                let _ = sender.send(Wake::Msg(Msg::Said(words.into())));
                return;
            }
        }
    }

    /// Watches the folders on the way as it is now: those of before may have been removed, moved, or made again.
    fn look(&mut self) -> notify::Result<()> {
        let mut result = Ok(());
        for _ in 0..TRIES {
            let now = Trail::to(&self.files);
            let before = std::mem::replace(&mut *self.known(), now.clone());
            for folder in &before.folders {
                // What is gone is not watched any more.
                let _ = self.watcher.unwatch(folder);
            }
            result = now
                .folders
                .iter()
                .try_for_each(|folder| self.watcher.watch(folder, RecursiveMode::NonRecursive));
            // A folder may have come or gone before it was watched.
            if result.is_ok() && Trail::to(&self.files) == now {
                break;
            }
        }
        result
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Trail> {
        self.trail.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a file is whole again, or another one. Linux tells when it was closed; elsewhere every change may be the last.
fn is_saved(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Name(_))
        | EventKind::Create(_)
        | EventKind::Remove(_) => true,
        EventKind::Modify(_) => cfg!(not(target_os = "linux")),
        _ => false,
    }
}

/// Whether what was watched is there no more, or elsewhere.
fn is_gone(kind: EventKind) -> bool {
    matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_saves_in_a_moment_are_told_a_few_times_and_the_last_one_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("own.ron");
        fs::write(&path, "").expect("written");
        let (sender, wakes) = mpsc::channel();
        watch(std::slice::from_ref(&path), sender).expect("it can be watched");
        let began = Instant::now();
        for at in 0..500 {
            fs::write(&path, at.to_string()).expect("written");
            // Others in the folder are nobody's business.
            fs::write(folder.path().join("other.ron"), at.to_string()).expect("written");
        }
        let burst = began.elapsed();
        let last = wakes.recv_timeout(Duration::from_secs(20));
        assert!(matches!(last, Ok(Wake::Saved)), "{last:?}");
        let mut told = 1;
        while wakes.recv_timeout(2 * LONGEST).is_ok() {
            told += 1;
        }
        let most = burst.as_millis() / LONGEST.as_millis() + 2;
        assert!(told <= most, "told {told} times in {burst:?}");
    }

    #[test]
    fn the_way_to_a_file_holds_all_that_may_change_it() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a folder");
        // What leads to the folder of temporary files may be a link itself.
        let root = fs::canonicalize(folder.path()).expect("it is there");
        fs::create_dir_all(root.join("real/deep")).expect("made");
        fs::write(root.join("real/deep/a.ron"), "").expect("written");
        for (link, to) in [
            ("a.ron", "real/deep/a.ron"),
            ("now", "real"),
            ("real/up", "../a.ron"),
            ("whole", root.join("now/deep").to_str().expect("UTF-8")),
            ("circle", "circle"),
            ("nowhere", "gone/a.ron"),
        ] {
            symlink(to, root.join(link)).expect("linked");
        }
        for (file, points) in [
            ("real/deep/a.ron", &["real/deep/a.ron"][..]),
            ("real/deep/../deep/./a.ron", &["real/deep/a.ron"]),
            ("a.ron", &["a.ron", "real/deep/a.ron"]),
            ("now/up", &["now", "real/up", "a.ron", "real/deep/a.ron"]),
            ("whole/a.ron", &["whole", "now", "real/deep/a.ron"]),
            ("real/gone/far/a.ron", &["real/gone"]),
            ("real/deep/gone.ron", &["real/deep/gone.ron"]),
            ("nowhere", &["nowhere", "gone"]),
            ("real/deep/a.ron/b.ron", &["real/deep/a.ron"]),
            ("circle", &["circle"]),
        ] {
            let trail = Trail::to(&[root.join(file)]);
            let expected: BTreeSet<PathBuf> = points.iter().map(|point| root.join(point)).collect();
            assert_eq!(trail.points, expected, "{file}");
        }
    }
}
