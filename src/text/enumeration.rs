//! "A, B and C". Must never know what is listed.

/// What stands before item `at`, from 0, of `len`; before the first one, `lead`.
pub const fn before(at: usize, len: usize, lead: &str) -> &str {
    match at {
        0 => lead,
        _ if at + 1 == len => " and ",
        _ => ", ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_written_as_people_write_them() {
        for (items, expected) in [
            (&[][..], ""),
            (&["A"], "by A"),
            (&["A", "B"], "by A and B"),
            (&["A", "B", "C"], "by A, B and C"),
        ] {
            let parts =
                items.iter().enumerate().map(|(at, item)| [before(at, items.len(), "by "), item].concat());
            assert_eq!(parts.collect::<String>(), expected);
        }
    }
}
