//! What an id is. Must never know who has which.

/// Whether `id` may be an id: ASCII letters, digits, `-` and `_`.
pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// `id` with `-` for every character that may not be in an id; empty only if it is.
pub(super) fn mended(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect()
}
