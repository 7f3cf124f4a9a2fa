//! The dossier that the program carries, read already when the program was built (`assets/pack.rs`).
//!
//! Must never say anything but what the file says: a test compares them. There is no source text any more, so that
//! problems would have no place; another test asserts that the file has none.

use super::raw::File;

/// Its name, where a file's name is shown.
pub(super) const NAME: &str = "dprk-russia.ron";

/// What `ron` made of it.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dprk-russia.postcard"));

/// The file as it is written.
pub(super) fn file() -> postcard::Result<File<'static>> {
    postcard::from_bytes(PACKED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    const WRITTEN: &str = include_str!("../../assets/dprk-russia.ron");

    #[test]
    fn it_says_what_is_written() {
        let written = load::parse(WRITTEN).unwrap();
        assert_eq!(format!("{:#?}", file().unwrap()), format!("{written:#?}"));
    }

    #[test]
    fn nothing_is_wrong_with_it() {
        assert_eq!(load::from_bytes(NAME, WRITTEN.as_bytes()).unwrap().problems, []);
        assert_eq!(load::shipped().unwrap().problems, []);
    }
}
