//! Copies the bytes of a large file on all cores: for the system that is a sixth of the time that it takes to make sense
//! of them.
//!
//! Must never give back a part of a file as if it were the whole.

use std::fs;
use std::io;
use std::path::Path;

use super::cores::each;

/// Bytes of a large file that are read in one go.
const SLICE: usize = 1 << 22;

/// The first `size` bytes of the file at `path`.
#[cfg(unix)]
pub(in crate::load) fn bytes(path: &Path, size: usize) -> io::Result<Vec<u8>> {
    use std::os::unix::fs::FileExt;
    let file = fs::File::open(path)?;
    let mut all = vec![0; size];
    let mut read = Ok(());
    let slices = all.chunks_mut(SLICE).zip((0_u64..).step_by(SLICE));
    each(
        slices,
        |(slice, from)| file.read_exact_at(slice, from),
        |slice| {
            if slice.is_err() {
                read = slice;
            }
        },
    );
    read.map(|()| all)
}

/// The bytes of the file at `path`: here a file can be read from one place at a time only.
#[cfg(not(unix))]
pub(in crate::load) fn bytes(path: &Path, _: usize) -> io::Result<Vec<u8>> {
    fs::read(path)
}
