//! The dossier that the program carries, read already when the program was built (`src/pack.rs`).
//!
//! Must never say anything but what the file says: a test compares them. It has no problems, or the build would have
//! ended with them.

use super::packed::unpack;
use crate::dossier;
use crate::knowledge::Knowledge;

/// Its name, where a file's name is shown.
pub(super) const NAME: &str = "dprk-russia.ron";

/// What the file says; `None` if the program was built wrongly.
pub(super) fn knowledge() -> Option<Knowledge> {
    unpack(dossier::TEXTS, dossier::NUMBERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{self, pack};

    const WRITTEN: &[u8] = include_bytes!("../../assets/dprk-russia.ron");

    #[test]
    fn it_says_what_is_written() {
        let written = load::from_bytes(NAME, WRITTEN).unwrap();
        let carried = load::shipped().unwrap();
        assert_eq!((written.problems, carried.problems), (vec![], vec![]));
        let (written, carried) = (written.knowledge, carried.knowledge);
        assert_eq!(format!("{:#?}", carried.entries), format!("{:#?}", written.entries));
        assert_eq!(format!("{:#?}", carried.statements), format!("{:#?}", written.statements));
        assert_eq!(format!("{:#?}", carried.entities), format!("{:#?}", written.entities));
        assert_eq!(pack(&carried), pack(&written));
    }

    #[test]
    fn every_id_names_its_item() {
        let carried = knowledge().unwrap();
        let written = load::from_bytes(NAME, WRITTEN).unwrap().knowledge;
        assert_eq!(carried.ids.len(), written.ids.len());
        for (at, statement) in carried.statements.iter().enumerate() {
            let item = crate::knowledge::Item::Statement(crate::knowledge::StatementIx::new(at));
            let id = carried.ids.name(item);
            assert_eq!((carried.ids.get(id), written.ids.get(id)), (Some(item), Some(item)));
            for entity in statement.named() {
                assert_eq!(carried.mentions.statements(entity), written.mentions.statements(entity));
            }
        }
    }

    #[test]
    fn what_was_cut_off_is_noticed() {
        for (texts, numbers) in [
            (dossier::TEXTS, &dossier::NUMBERS[..dossier::NUMBERS.len() - 1]),
            (&dossier::TEXTS[..100], dossier::NUMBERS),
            ("", &[][..]),
        ] {
            assert!(unpack(texts, numbers).is_none());
        }
    }
}
