//! The server's key: made once, kept for its owner alone, and shown by its fingerprint.
//!
//! Must never use a key that others can read, or write over one that is there: students' clients know the server by
//! it, and would refuse another.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use russh::keys::PrivateKey;
use russh::keys::ssh_key::LineEnding;
use russh::keys::ssh_key::private::{Ed25519Keypair, KeypairData};

use crate::disk::{Pipes, save, small};

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum HostKeyError {
    /// The file system says no.
    #[error("the host key {path} cannot be used: {error}")]
    File {
        /// The key's file.
        path: PathBuf,
        /// What is wrong.
        error: io::Error,
    },
    /// The file holds no key of a kind that is served.
    #[error(
        "{0} holds no usable private key; it must be Ed25519 or ECDSA, in OpenSSH's form, without a passphrase"
    )]
    Unreadable(PathBuf),
    /// It is a folder, a device or the like.
    #[error("the host key {0} is no file; name one, which is made if it is not there")]
    NoFile(PathBuf),
    /// Others may read it.
    #[error("the host key {0} can be read by others; `chmod 600` it")]
    Exposed(PathBuf),
    /// The system gives no random numbers.
    #[error("there are no random numbers: {0}")]
    Random(getrandom::Error),
}

/// The key in a file, which is made if it is not there.
///
/// # Errors
/// When the file cannot be made or read, is no key, or can be read by others.
pub(super) fn load_or_make(path: &Path) -> Result<PrivateKey, HostKeyError> {
    match load(path) {
        Err(HostKeyError::File { error, .. }) if error.kind() == io::ErrorKind::NotFound => {
            make(path)?;
            load(path)
        }
        other => other,
    }
}

fn load(path: &Path) -> Result<PrivateKey, HostKeyError> {
    let failed = |error| HostKeyError::File { path: path.to_owned(), error };
    let about = fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(HostKeyError::NoFile(path.to_owned()));
    }
    if about.mode() & 0o077 != 0 {
        return Err(HostKeyError::Exposed(path.to_owned()));
    }
    let text = small(path, Pipes::Awaited).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => HostKeyError::Unreadable(path.to_owned()),
        _ => failed(error),
    })?;
    let key = PrivateKey::from_openssh(&text).map_err(|_| HostKeyError::Unreadable(path.to_owned()))?;
    let usable = matches!(key.key_data(), KeypairData::Ed25519(_) | KeypairData::Ecdsa(_));
    if usable { Ok(key) } else { Err(HostKeyError::Unreadable(path.to_owned())) }
}

/// Makes a key. Of two servers that start at once, both use the key of the first.
fn make(path: &Path) -> Result<(), HostKeyError> {
    let failed = |error| HostKeyError::File { path: path.to_owned(), error };
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(HostKeyError::Random)?;
    let key = PrivateKey::from(Ed25519Keypair::from_seed(&seed));
    let text = key.to_openssh(LineEnding::LF).map_err(|_| HostKeyError::Unreadable(path.to_owned()))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    // Written whole under another name first: a key is there or it is not.
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}", std::process::id()));
    let draft = PathBuf::from(draft);
    // One of a killed server whose process had the same number would be replaced with the permissions that it has.
    let _ = fs::remove_file(&draft);
    let written = save(&draft, text.as_bytes(), 0o600).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        Ok(()) | Err(_) => File::open(folder)?.sync_all(),
    });
    let removed = fs::remove_file(&draft);
    written.and(removed).map_err(failed)
}
