//! Why a file could not be kept.

use std::io::ErrorKind;

use crate::kernel::Error;

/// A full disk is named as such: whoever sends the file can do something about it.
pub fn unwritten(error: std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            Error::busy("disk_full", "The disk is full, the file was not taken. Free some space and try again.")
        }
        _ => Error::internal(error),
    }
}
