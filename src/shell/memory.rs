//! Keeps what is remembered of a dossier, in a file of its own, on a thread of its own.
//!
//! A file is replaced whole (written beside it, flushed, renamed), under a lock that two Tumens share, and each writes
//! onto what is there then. Must never lose a file that it cannot read: that is set aside under another name. Where
//! nothing can be written, that is said once, and everything else goes on.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use super::Wake;
use crate::app::Msg;
use crate::config::{Change, Memory};

/// How long the end of a session waits for its last change to be on disk.
const PATIENCE: Duration = Duration::from_millis(500);

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
    /// Disconnected when the thread has written everything.
    finished: Receiver<()>,
}

impl Keeper {
    /// Begins to keep memory: what there is comes as a wake.
    pub(super) fn start(subject: Subject, wakes: Sender<Wake>) -> io::Result<Self> {
        let (changes, inbox) = mpsc::channel();
        let (finishing, finished) = mpsc::channel();
        thread::Builder::new().name("memory".into()).spawn(move || {
            let mut desk = Desk { wakes, path: subject.path(), about: subject.about(), complained: false };
            desk.recall();
            for change in inbox {
                desk.keep(change);
            }
            drop(finishing);
        })?;
        Ok(Self { changes, finished })
    }

    /// Keeps a change.
    pub(super) fn keep(&self, change: Change) {
        // A thread that is gone has said why.
        let _ = self.changes.send(change);
    }

    /// Waits until everything is kept, but not for long.
    pub(super) fn finish(self) {
        drop(self.changes);
        let _ = self.finished.recv_timeout(PATIENCE);
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
    complained: bool,
}

impl Desk {
    /// Reads what there is, and tells it.
    fn recall(&mut self) {
        match self.read() {
            Ok(Some(memory)) => self.tell(Msg::Remembered(memory)),
            Ok(None) => {}
            Err(error) => self.complain(&error),
        }
    }

    /// Writes a change onto what there is now.
    fn keep(&mut self, change: Change) {
        match self.write(change) {
            Ok(Some(memory)) => self.tell(Msg::Remembered(memory)),
            Ok(None) => {}
            Err(error) => self.complain(&error),
        }
    }

    fn tell(&self, msg: Msg) {
        // Nobody listens any more when the session is over already.
        let _ = self.wakes.send(Wake::Msg(msg));
    }

    fn complain(&mut self, error: &io::Error) {
        if !std::mem::replace(&mut self.complained, true) {
            self.tell(Msg::Said(format!("bookmarks and places cannot be kept: {error}")));
        }
    }

    /// What is on disk; a file that cannot be used is set aside.
    fn read(&self) -> io::Result<Option<Memory>> {
        let text = match fs::read(&self.path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        match Memory::read(&text) {
            Ok(memory) => Ok(Some(memory)),
            Err(why) => {
                let aside = free_name(&self.path);
                fs::rename(&self.path, &aside)?;
                let name = aside.file_name().unwrap_or_default().to_string_lossy().into_owned();
                self.tell(Msg::Said(format!("the file of bookmarks {why}; it is kept as {name}")));
                Ok(None)
            }
        }
    }

    /// Takes the lock, and replaces the file. `None` if it says the same already.
    fn write(&self, change: Change) -> io::Result<Option<Memory>> {
        let folder = self.path.parent().ok_or(ErrorKind::NotFound)?;
        // The XDG Base Directory Specification wants such folders to be the user's alone.
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let lock =
            File::options().create(true).truncate(false).write(true).mode(0o600).open(folder.join("lock"))?;
        lock.lock()?;
        let mut memory = self.read()?.unwrap_or_default();
        if memory.knows(&change) {
            return Ok(None);
        }
        memory.about.clone_from(&self.about);
        memory.take(change);
        let new = self.path.with_extension(format!("new-{}", std::process::id()));
        let mut file = File::options().create(true).truncate(true).write(true).mode(0o600).open(&new)?;
        let written = file.write_all(memory.written().as_bytes()).and_then(|()| file.sync_all());
        if let Err(error) = written.and_then(|()| fs::rename(&new, &self.path)) {
            let _ = fs::remove_file(&new);
            return Err(error);
        }
        // The new name is on disk only when the folder is.
        File::open(folder)?.sync_all()?;
        Ok(Some(memory))
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
    use crate::config::Bookmark;

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
        // The channel ends when the thread does.
        assert!(keeper.finished.recv().is_err());
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
                assert!(matches!(&told[0], Msg::Said(words) if words.contains(why)), "{told:?}");
                let aside = fs::read_to_string(subject.path().with_extension(kept)).expect("it is kept");
                assert_eq!(aside, text);
                assert_eq!(addresses(&subject), ["H1"]);
            }
        }
    }

    #[test]
    fn a_home_that_cannot_be_written_is_said_once() {
        let folder = tempfile::tempdir().expect("a folder");
        // A file where a folder has to be cannot be written into by anybody, not even by root.
        fs::write(folder.path().join("state"), "").expect("written");
        let told = session(&subject(folder.path()), vec![mark("H1"), mark("H2")]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(matches!(&told[0], Msg::Said(words) if words.contains("cannot be kept")));
    }
}
