//! Who may come in, and as what.
//!
//! Must never take anybody for the presenter but the holder of a key on the presenters' list, and must never
//! conclude anything from a key that was only offered: anyone can offer any public key.

use russh::keys::PublicKey;
use russh::keys::ssh_key::AuthorizedKeys;
use russh::keys::ssh_key::public::KeyData;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::app::Part;

/// The user name of the presenter; everybody else may be called anything.
pub(super) const PRESENTER: &str = "presenter";

/// How students are let in.
#[derive(Debug, Clone, Default)]
pub struct Admission {
    /// Everybody may come.
    pub open: bool,
    /// Whoever knows this may come.
    pub password: Option<Password>,
    /// Whoever holds one of these keys may come.
    pub students: Keys,
    /// Whoever holds one of these keys may present.
    pub presenters: Keys,
}

/// Letters of a password at least. Slowed down as guesses are (`gate`), fewer would be found in weeks.
const SHORTEST: usize = 6;

/// A first line that is no password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// There is nothing in it.
    #[error("its first line is empty")]
    Empty,
    /// It is guessed too soon.
    #[error(
        "the password in its first line has fewer than {SHORTEST} letters and would be guessed; take two words"
    )]
    Short,
}

/// A password, of which only a digest is kept.
#[derive(Clone)]
pub struct Password([u8; 32]);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

impl Password {
    /// Takes the first line of a file.
    ///
    /// # Errors
    /// When it is empty, or so short that it would be guessed.
    pub fn from_file(text: &str) -> Result<Self, PasswordError> {
        let line = text.lines().next().unwrap_or_default();
        match line.trim().chars().count() {
            0 => Err(PasswordError::Empty),
            1..SHORTEST => Err(PasswordError::Short),
            _ => Ok(Self(digest(line))),
        }
    }

    /// Whether `tried` is it, in a time that does not depend on how much of it is right.
    fn is(&self, tried: &str) -> bool {
        self.0.ct_eq(&digest(tried)).into()
    }
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Public keys, as in a file that `sshd` calls `authorized_keys`.
#[derive(Debug, Clone, Default)]
pub struct Keys(Vec<KeyData>);

/// A line that is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// It cannot be read.
    #[error("line {0} is no public key")]
    NoKey(usize),
    /// It limits the key in a way that would not be heeded here.
    #[error("line {0} has options before the key, which mean nothing here; leave them out")]
    Options(usize),
    /// It is of a kind that is not taken: its holder would be refused without knowing why.
    #[error(
        "line {0} is an RSA or DSA key, which is not taken here; `ssh-keygen -t ed25519` makes one that is"
    )]
    Old(usize),
    /// There is no key in it at all.
    #[error("there is no key in it")]
    Empty,
}

impl Keys {
    /// Reads the text of such a file.
    ///
    /// # Errors
    /// When a line is no key or has options: nobody is let in by half a file.
    pub fn from_file(text: &str) -> Result<Self, KeysError> {
        let mut keys = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let Some(entry) = AuthorizedKeys::new(line).next() else { continue };
            let entry = entry.map_err(|_| KeysError::NoKey(at + 1))?;
            if !entry.config_opts().is_empty() {
                return Err(KeysError::Options(at + 1));
            }
            // The package that would check RSA signatures has an open advisory (RUSTSEC-2023-0071), and clients have
            // made Ed25519 keys unasked since OpenSSH 9.5.
            if matches!(entry.public_key().key_data(), KeyData::Rsa(_) | KeyData::Dsa(_)) {
                return Err(KeysError::Old(at + 1));
            }
            keys.push(entry.public_key().key_data().clone());
        }
        if keys.is_empty() { Err(KeysError::Empty) } else { Ok(Self(keys)) }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn has(&self, key: &PublicKey) -> bool {
        self.0.contains(key.key_data())
    }
}

impl Admission {
    /// Whoever asks without a proof.
    pub(super) fn nothing(&self, user: &str) -> Option<Part> {
        (self.open && user != PRESENTER).then_some(Part::Student)
    }

    /// Whoever knows the password.
    pub(super) fn password(&self, user: &str, tried: &str) -> Option<Part> {
        let right = self.password.as_ref().is_some_and(|password| password.is(tried));
        (right && user != PRESENTER).then_some(Part::Student)
    }

    /// Whoever holds a key, once that is proved; before, what it would be good for.
    pub(super) fn key(&self, user: &str, key: &PublicKey) -> Option<Part> {
        let presents = self.presenters.has(key);
        if user == PRESENTER {
            presents.then_some(Part::Presenter)
        } else {
            (presents || self.students.has(key)).then_some(Part::Student)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEACHER: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti teacher";
    const STUDENT: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBTtWXc9mSdCHdpaLrOh4wTY3dCqXhDOGJPuFDOpY3Fp student";

    const RSA: &str = "\
        ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCe+LiIalkGqFs8fAFVTZ+X3i4qlIiQ15IeNqQSRqiB9IixVMenx8eperg6\
        OaHaGyz5Bj9YPpPBRA7W83SjPDEY5F4wBIsd1edH02WIykcYeUeBFXnSbFug6W18QhGDmc1AA7H3uJmrGZIiMvOefWB9hfin\
        vJa0j24TlBMjrQ7kTG2s3/SYned6fjgcUHwTXa7FNG6noquFJdAEaj0+h6S4ztcHhbpqvmwWeVNZECbBxlnkhjdzjVzTZA63\
        C18r4mkiJXevyUQUHA9k9d07uLMcYLeO/mN3gbbDx+j+7XFxQzEEgdpf/q3HMBe3/L2fsNEuNjVUSwXd6HWTsbIkSEuh old";

    fn key(line: &str) -> PublicKey {
        PublicKey::from_openssh(line).expect("a key")
    }

    #[test]
    fn only_a_presenters_key_presents() {
        let admission = Admission {
            open: true,
            password: Password::from_file("pass word\n").ok(),
            students: Keys::from_file(STUDENT).expect("a key"),
            presenters: Keys::from_file(TEACHER).expect("a key"),
        };
        let (student, presenter) = (Some(Part::Student), Some(Part::Presenter));
        assert_eq!(admission.nothing("anna"), student);
        assert_eq!(admission.nothing(PRESENTER), None);
        assert_eq!(admission.password("anna", "pass word"), student);
        assert_eq!(admission.password(PRESENTER, "pass word"), None);
        assert_eq!(admission.key(PRESENTER, &key(TEACHER)), presenter);
        assert_eq!(admission.key(PRESENTER, &key(STUDENT)), None);
        assert_eq!(admission.key("anna", &key(STUDENT)), student);
        assert_eq!(admission.key("anna", &key(TEACHER)), student);
    }

    #[test]
    fn what_is_closed_stays_closed() {
        let closed = Admission::default();
        assert_eq!(closed.nothing("anna"), None);
        assert_eq!(closed.password("anna", ""), None);
        assert_eq!(closed.key(PRESENTER, &key(TEACHER)), None);
        for (text, error) in [
            ("", PasswordError::Empty),
            ("\nsecond line", PasswordError::Empty),
            (" \t\n", PasswordError::Empty),
            ("a\n", PasswordError::Short),
            ("abcde", PasswordError::Short),
            ("김정은", PasswordError::Short),
        ] {
            assert_eq!(Password::from_file(text).err(), Some(error), "{text:?}");
        }
        let password = Password::from_file("right word").ok();
        let admission = Admission { password, ..Admission::default() };
        for wrong in ["", "right wor", "right word ", "RIGHT WORD"] {
            assert_eq!(admission.password("anna", wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn half_a_file_lets_nobody_in() {
        for (text, error) in [
            (String::new(), KeysError::Empty),
            ("# only a comment\n".to_owned(), KeysError::Empty),
            (format!("{TEACHER}\nssh-ed25519 nonsense\n"), KeysError::NoKey(2)),
            (format!("{TEACHER}\n{RSA}\n"), KeysError::Old(2)),
            (format!("# first\n\nfrom=\"10.0.0.1\" {TEACHER}"), KeysError::Options(3)),
        ] {
            assert_eq!(Keys::from_file(&text).map(|_| ()), Err(error), "{text:?}");
        }
    }
}
