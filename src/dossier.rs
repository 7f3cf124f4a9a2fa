//! The dossier that the program carries, as `src/pack.rs` left it when the program was built: [`crate::load`] unpacks it.

/// Its texts, one behind the other.
pub const TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/dossier.txt"));

/// Everything else, and how long each text is.
pub const NUMBERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dossier.numbers"));

/// The index of its words: [`crate::search`] unpacks it.
pub const INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dossier.index"));
