//! Turns what SQLite complains of into words for people and programs.

use rusqlite::ErrorCode;

use crate::kernel::{Error, FieldError};

/// The code of an error that lies in the disk, or in what the connection knows of it.
pub const DISK_FAULT: &str = "disk_fault";

/// The code of an error that no waiting will cure.
pub const DAMAGED: &str = "damaged";

/// Maps a database error. Guards and constraints become errors of the request; everything else is
/// busy or internal.
pub fn fault(error: rusqlite::Error) -> Error {
    if let rusqlite::Error::SqliteFailure(failure, message) = &error {
        let message = message.as_deref().unwrap_or_default();
        if let Some(code) = message.strip_prefix("guard:") {
            return guard_error(code);
        }
        if let Some(columns) = message.strip_prefix("UNIQUE constraint failed: ") {
            let column = columns.rsplit('.').next().unwrap_or_default();
            return Error::Conflict(Box::new(crate::kernel::Detail {
                code: "taken",
                message: "Another record already has this value.".into(),
                fields: vec![FieldError::at(column, "taken", "Another record already has this value.")],
                extra: None,
            }));
        }
        if failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY {
            return Error::conflict(
                "reference",
                "This refers to a record that is gone, or others still refer to it. Refresh and look again.",
            );
        }
        match failure.code {
            ErrorCode::OperationInterrupted => {
                return Error::busy("deadline", "This took too long and was stopped. Narrow the filter and try again.");
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
                return Error::busy("busy", "The database is busy. Try again in a moment.");
            }
            ErrorCode::DiskFull => return disk_full(),
            // SQLite makes its shared memory larger, which nothing but a full disk prevents.
            _ if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => return disk_full(),
            ErrorCode::SystemIoFailure | ErrorCode::CannotOpen => {
                // The answer does not tell how the disk failed, so the log has to.
                tracing::error!(%error, code = failure.extended_code, "the disk failed");
                return Error::busy(
                    DISK_FAULT,
                    "The disk cannot be read or written just now. `larder doctor` says why.",
                );
            }
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                tracing::error!(%error, code = failure.extended_code, "the database is damaged");
                return damaged();
            }
            ErrorCode::OutOfMemory => {
                return Error::busy("memory", "This needs more memory than there is. Ask for less at a time.");
            }
            ErrorCode::TooBig => return Error::too_large("A value is too large."),
            _ => {}
        }
    }
    Error::internal(error)
}

fn disk_full() -> Error {
    Error::busy("disk_full", "The disk is full, nothing was changed. Free some space and try again.")
}

/// A page of the file is not what it was when it was written.
pub fn damaged() -> Error {
    Error::busy(DAMAGED, "The database is damaged. `larder doctor` says what to do.")
}

/// What the code of a guard (`guard:…`) means to the person whose change it refused.
///
/// Codes: `version`, `rights`, `gone`, `in_use`, `last_owner`, `locked`, `lock_lost`, `import_moved`,
/// `reference:FIELD`, `taken:FIELD`; anything else is a conflict of that name.
pub fn guard_error(code: &str) -> Error {
    match code.split_once(':').unwrap_or((code, "")) {
        ("version", _) => Error::conflict("version_mismatch", "Record was modified. Please refresh."),
        ("rights", _) => Error::forbidden("You may not make this change."),
        ("gone", _) => Error::not_found(),
        ("in_use", _) => Error::conflict("in_use", "Other records still refer to this one."),
        ("reference", field) => {
            Error::field(field, "unknown_reference", "There is no such record, or you may not see it.")
        }
        ("taken", field) => Error::field(field, "taken", "Another record already has this value."),
        ("idempotency", _) => {
            Error::conflict("idempotency_in_flight", "The same request is being handled. Try again in a moment.")
        }
        ("locked", _) => Error::conflict(
            "locked",
            "Somebody else is editing this just now. You can read it, and edit when they are done.",
        ),
        ("lock_lost", _) => Error::conflict(
            "lock_lost",
            "You no longer hold this record for editing, so this was not saved. Look at what stands there now, and save again.",
        ),
        ("last_owner", _) => Error::conflict(
            "last_owner",
            "A tenant needs an owner who can sign in, and this is the last one. Make another person owner first.",
        ),
        ("stream_closed", _) => Error::conflict("stream_closed", "This work has ended. Nothing more is told of it."),
        ("import_moved", _) => Error::conflict(
            "import_moved",
            "This import was stopped, or has come to its end meanwhile. Look at it again.",
        ),
        ("chore_taken", _) => Error::conflict("chore_taken", "Somebody else is at this by now."),
        ("document_full", _) => Error::too_large(
            "This takes more room than chores.documents_mb allows. Narrow the list, or ask for it in parts.",
        ),
        ("webhooks_full", _) => {
            Error::conflict("webhooks_full", "There are as many webhooks as there may be. Remove one that is not used.")
        }
        ("chores_full", _) => {
            Error::busy("chores_full", "As much as may wait is waiting already. Try again when some of it is done.")
        }
        (other, _) => {
            tracing::debug!(guard = other, "a change was refused");
            Error::conflict("refused", "The state of this record does not allow the change. Refresh and look again.")
        }
    }
}
