//! Keeps what is remembered of a dossier, in a file of its own, on a thread of its own.
//!
//! A file is replaced whole, under a lock that two Tumens share, and each writes onto what is there then. What cannot be
//! written is tried again with the next change and at the end of the session. Must never lose a file that it cannot read:
//! that is set aside under another name. Must never say that something is kept before it is.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::Wake;
use crate::app::Msg;
use crate::config::{Change, Memory};
use crate::disk::{led_to, save};

/// How long the end of a session waits for its last change to be on disk.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How long another Tumen may hold the lock, and how often it is asked for.
const LOCKED: Duration = Duration::from_millis(600);
const KNOCK: Duration = Duration::from_millis(10);
/// The most that is read of what is remembered, in bytes; some fifty thousand bookmarks.
const MOST: u64 = 1 << 23;

/// What memory is about, and where it belongs.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    /// The folder of all such files.
    pub(super) folder: PathBuf,
    /// The dossier's own id.
    pub(super) id: String,
    /// The files that it was read from; none is the shipped one.
    pub(super) files: Vec<PathBuf>,
}

/// The end of the thread that keeps memory.
pub(super) struct Keeper {
    changes: Sender<Change>,
    /// Gives what could not be kept, once the thread has tried everything.
    finished: Receiver<Option<String>>,
}

impl Keeper {
    /// Begins to keep memory: what there is comes as a wake.
    pub(super) fn start(subject: Subject, wakes: Sender<Wake>) -> io::Result<Self> {
        let (changes, inbox) = mpsc::channel();
        let (finishing, finished) = mpsc::channel();
        thread::Builder::new().name("memory".into()).spawn(move || {
            let mut desk = Desk {
                wakes,
                path: subject.path(),
                about: subject.about(),
                waiting: Vec::new(),
                trouble: None,
            };
            desk.recall();
            while let Ok(change) = inbox.recv() {
                desk.keep(std::iter::once(change).chain(inbox.try_iter()).collect());
            }
            // Nobody listens any more when the session could not wait.
            let _ = finishing.send(desk.unkept());
        })?;
        Ok(Self { changes, finished })
    }

    /// Keeps a change.
    pub(super) fn keep(&self, change: Change) {
        // A thread that is gone has said why.
        let _ = self.changes.send(change);
    }

    /// Waits until everything is kept, but not for long; says what is not.
    pub(super) fn finish(self) -> Option<String> {
        drop(self.changes);
        match self.finished.recv_timeout(PATIENCE) {
            Ok(unkept) => unkept,
            Err(RecvTimeoutError::Timeout) => {
                Some("the last place may not have been kept: the disk takes its time".to_owned())
            }
            Err(RecvTimeoutError::Disconnected) => Some("the last place has not been kept".to_owned()),
        }
    }
}

impl Subject {
    /// The shipped dossier has a name of its own; of others the path tells two of the same id apart.
    fn path(&self) -> PathBuf {
        // An id is made of letters, digits, `-` and `_`.
        let name = match &*self.files {
            [] => format!("{}.ron", self.id),
            files => format!("{}-{:016x}.ron", self.id, hash(files)),
        };
        self.folder.join(name)
    }

    fn about(&self) -> String {
        let files = self.files.iter().map(|file| whole(file).display().to_string());
        std::iter::once(self.id.clone()).chain(files).collect::<Vec<_>>().join(" ")
    }
}

/// The same path, whatever folder one is in and whatever links lead there.
fn whole(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// FNV-1a of 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): the standard hash may change with the compiler,
/// and a file's name must not.
fn hash(paths: &[PathBuf]) -> u64 {
    let paths: Vec<PathBuf> = paths.iter().map(|path| whole(path)).collect();
    let bytes = paths.iter().flat_map(|path| path.as_os_str().as_encoded_bytes().iter().chain(&[0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The thread's own things.
struct Desk {
    wakes: Sender<Wake>,
    path: PathBuf,
    about: String,
    /// Changes that are not on disk yet, in their order.
    waiting: Vec<Change>,
    /// Why they are not.
    trouble: Option<String>,
}

impl Desk {
    /// Reads what there is, and tells it.
    fn recall(&mut self) {
        match led_to(&self.path).and_then(|path| self.read(&path)) {
            Ok(Some(memory)) => self.tell(Msg::Remembered(memory)),
            Ok(None) => {}
            Err(error) => {
                self.tell(Msg::Said(format!("bookmarks and places cannot be kept: {error}").into()));
            }
        }
    }

    /// Writes changes, and those that wait, onto what is there now.
    fn keep(&mut self, changes: Vec<Change>) {
        self.waiting.extend(changes.iter().cloned());
        match self.write() {
            Ok(memory) => {
                self.waiting.clear();
                self.trouble = None;
                if let Some(memory) = memory {
                    self.tell(Msg::Remembered(memory));
                }
            }
            Err(error) => self.trouble = Some(error.to_string()),
        }
        for change in changes {
            self.tell(Msg::Kept(change, self.trouble.clone()));
        }
    }

    /// What is not on disk, in words.
    fn unkept(&self) -> Option<String> {
        let marks = self.waiting.iter().any(|change| !matches!(change, Change::Leave { .. }));
        let what = if marks { "new bookmarks and the last place have" } else { "the last place has" };
        self.trouble.as_ref().map(|why| format!("{what} not been kept: {why}"))
    }

    fn tell(&self, msg: Msg) {
        // Nobody listens any more when the session is over already.
        let _ = self.wakes.send(Wake::Msg(msg));
    }

    /// What is on disk at `path`; a file that cannot be used is set aside.
    fn read(&self, path: &Path) -> io::Result<Option<Memory>> {
        let about = match fs::metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            about => about?,
        };
        // To open a pipe would be to wait for it.
        if !about.is_file() {
            return Err(io::Error::other(format!("{} is no file", path.display())));
        }
        let text = if about.len() <= MOST { fs::read(path)? } else { Vec::new() };
        match Memory::read(&String::from_utf8_lossy(&text)) {
            Ok(memory) => Ok(Some(memory)),
            Err(why) => {
                let aside = free_name(path);
                fs::rename(path, &aside)?;
                let name = aside.file_name().unwrap_or_default().to_string_lossy().into_owned();
                self.tell(Msg::Said(format!("the file of bookmarks {why}; it is kept as {name}").into()));
                Ok(None)
            }
        }
    }

    /// Takes the lock, and replaces the file. `None` if it says the same already.
    fn write(&self) -> io::Result<Option<Memory>> {
        let folder = self.path.parent().ok_or(ErrorKind::NotFound)?;
        // The XDG Base Directory Specification wants such folders to be the user's alone.
        let place = |error: io::Error| io::Error::new(error.kind(), format!("{error}: {}", folder.display()));
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(place)?;
        let _lock = locked(&folder.join("lock"))?;
        let mut memory = self.read(&led_to(&self.path)?)?.unwrap_or_default();
        if self.waiting.iter().all(|change| memory.knows(change)) {
            return Ok(None);
        }
        memory.about.clone_from(&self.about);
        for change in &self.waiting {
            memory.take(change.clone());
        }
        save(&self.path, memory.written().as_bytes(), 0o600).map_err(place)?;
        Ok(Some(memory))
    }
}

/// The lock at `path`, once nobody else has it; it goes when what comes back does.
fn locked(path: &Path) -> io::Result<File> {
    let lock = File::options().create(true).truncate(false).write(true).mode(0o600).open(path)?;
    let began = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            // Some network file systems know no locks. Two Tumens at one moment are rare.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => return Ok(lock),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if began.elapsed() < LOCKED => thread::sleep(KNOCK),
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::other(format!("another program holds {}", path.display())));
            }
        }
    }
}

/// A name beside `path` that nothing has: `.kept`, `.kept-2`, and so on.
fn free_name(path: &Path) -> PathBuf {
    let mut name = path.with_extension("ron.kept");
    let mut number = 2_u32;
    while name.exists() {
        name = path.with_extension(format!("ron.kept-{number}"));
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Context;
    use crate::app::Note;
    use crate::config::Bookmark;
    use crate::keys::Keymap;

    fn mark(address: &str) -> Change {
        Change::Mark(Bookmark { address: address.into(), title: address.into() })
    }

    fn subject(folder: &Path) -> Subject {
        Subject {
            folder: folder.join("state").join("tumen"),
            id: "rivers".into(),
            files: vec!["a.ron".into()],
        }
    }

    /// Keeps changes in a session of their own; what was told.
    fn session(subject: &Subject, changes: Vec<Change>) -> Vec<Msg> {
        let (sender, wakes) = mpsc::channel();
        let keeper = Keeper::start(subject.clone(), sender).expect("a thread");
        for change in changes {
            keeper.keep(change);
        }
        drop(keeper.changes);
        // It comes when the thread ends.
        keeper.finished.recv().expect("it says whether everything is kept");
        wakes
            .into_iter()
            .filter_map(|wake| if let Wake::Msg(msg) = wake { Some(msg) } else { None })
            .collect()
    }

    fn addresses(subject: &Subject) -> Vec<String> {
        let text = fs::read_to_string(subject.path()).expect("it was written");
        let memory = Memory::read(&text).expect("it is whole");
        memory.bookmarks.into_iter().map(|mark| mark.address).collect()
    }

    #[test]
    fn what_one_session_keeps_the_next_one_finds() {
        let folder = tempfile::tempdir().expect("a folder");
        let subject = subject(folder.path());
        assert_eq!(session(&subject, vec![]), []);
        session(&subject, vec![mark("H1"), mark("H2")]);
        let told = session(&subject, vec![Change::Unmark("H1".into())]);
        assert!(matches!(&told[0], Msg::Remembered(memory) if memory.bookmarks.len() == 2), "{told:?}");
        assert_eq!(addresses(&subject), ["H2"]);
        let names: Vec<_> = fs::read_dir(&subject.folder)
            .expect("it is there")
            .map(|it| it.expect("it").file_name())
            .collect();
        assert_eq!(names.len(), 2, "the file and the lock, and nothing half done: {names:?}");
    }

    #[test]
    fn many_at_once_lose_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let subject = subject(folder.path());
        thread::scope(|scope| {
            for at in 0..4 {
                let subject = &subject;
                scope.spawn(move || session(subject, (0..5).map(|n| mark(&format!("{at}-{n}"))).collect()));
            }
        });
        assert_eq!(addresses(&subject).len(), 20);
    }

    #[test]
    fn what_cannot_be_read_is_set_aside_and_said() {
        for (text, why) in [("garbage", "is damaged"), ("Memory(format: 9)", "newer Tumen")] {
            let folder = tempfile::tempdir().expect("a folder");
            let subject = subject(folder.path());
            fs::create_dir_all(&subject.folder).expect("a folder");
            for kept in ["ron.kept", "ron.kept-2"] {
                fs::write(subject.path(), text).expect("written");
                let told = session(&subject, vec![mark("H1")]);
                assert!(matches!(&told[0], Msg::Said(note) if says(note, why)), "{told:?}");
                let aside = fs::read_to_string(subject.path().with_extension(kept)).expect("it is kept");
                assert_eq!(aside, text);
                assert_eq!(addresses(&subject), ["H1"]);
            }
        }
    }

    fn says(note: &Note, words: &str) -> bool {
        note.said(&Keymap::default(), Context::Command).contains(words)
    }

    /// What is said of each change: that it is kept, or why not.
    fn verdicts(told: &[Msg]) -> Vec<Option<String>> {
        let verdict = |msg: &Msg| if let Msg::Kept(_, but) = msg { Some(but.clone()) } else { None };
        told.iter().filter_map(verdict).collect()
    }

    #[test]
    fn nothing_is_called_kept_that_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(verdicts(&session(&subject(folder.path()), vec![mark("H1")])), [None]);
        // A file where a folder has to be cannot be written into by anybody, not even by root.
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("state"), "").expect("written");
        let told = session(&subject(folder.path()), vec![mark("H1"), mark("H2")]);
        assert!(matches!(&told[0], Msg::Said(note) if says(note, "cannot be kept")), "{told:?}");
        assert!(matches!(&*verdicts(&told), [Some(_), Some(_)]), "{told:?}");
    }

    #[test]
    fn what_could_not_be_kept_is_kept_as_soon_as_it_can_be() {
        let folder = tempfile::tempdir().expect("a folder");
        let subject = subject(folder.path());
        let obstacle = folder.path().join("state");
        fs::write(&obstacle, "").expect("written");
        let (sender, wakes) = mpsc::channel();
        let keeper = Keeper::start(subject.clone(), sender).expect("a thread");
        keeper.keep(mark("H1"));
        let tried = |wake: Wake| matches!(wake, Wake::Msg(Msg::Kept(_, Some(_))));
        assert!(wakes.iter().any(tried), "it cannot be kept");
        fs::remove_file(&obstacle).expect("removed");
        keeper.keep(Change::Leave { last: "H2".into(), way: vec![] });
        assert_eq!(keeper.finish(), None);
        assert_eq!(addresses(&subject), ["H1"]);
    }

    #[test]
    fn a_lock_that_is_never_given_back_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let subject = subject(folder.path());
        fs::create_dir_all(&subject.folder).expect("a folder");
        let held = File::create(subject.folder.join("lock")).expect("it can be made");
        held.lock().expect("nobody has it");
        let (sender, _wakes) = mpsc::channel();
        let keeper = Keeper::start(subject, sender).expect("a thread");
        keeper.keep(Change::Leave { last: "H2".into(), way: vec![] });
        let unkept = keeper.finish().expect("it is not kept");
        assert!(unkept.contains("the last place") && unkept.contains("lock"), "{unkept}");
    }

    #[test]
    fn a_link_stays_a_link_even_if_what_it_leads_to_is_damaged() {
        for text in [None, Some("garbage")] {
            let folder = tempfile::tempdir().expect("a folder");
            let subject = subject(folder.path());
            fs::create_dir_all(&subject.folder).expect("a folder");
            let real = folder.path().join("elsewhere.ron");
            if let Some(text) = text {
                fs::write(&real, text).expect("written");
            }
            std::os::unix::fs::symlink("../../elsewhere.ron", subject.path()).expect("linked");
            session(&subject, vec![mark("H1")]);
            assert!(fs::symlink_metadata(subject.path()).expect("it is there").is_symlink());
            assert_eq!(addresses(&subject), ["H1"]);
            assert_eq!(folder.path().join("elsewhere.ron.kept").exists(), text.is_some());
        }
    }

    #[test]
    fn a_pipe_or_a_folder_in_the_way_is_said_and_not_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let subject = subject(folder.path());
        fs::create_dir_all(&subject.folder).expect("a folder");
        for made in ["mkfifo", "mkdir"] {
            let status = std::process::Command::new(made).arg(subject.path()).status();
            assert!(status.expect("it runs").success());
            let told = session(&subject, vec![mark("H1")]);
            assert!(
                matches!(&*verdicts(&told), [Some(why)] if why.contains("is no file")),
                "{made}: {told:?}"
            );
            let status = std::process::Command::new("rm").arg("-r").arg(subject.path()).status();
            assert!(status.expect("it runs").success());
        }
    }
}
