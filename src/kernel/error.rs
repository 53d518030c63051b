//! The one error type. It knows nothing of HTTP; `web/problem.rs` alone turns it into an answer.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::path::Path;
use std::{fmt, io};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in at most nine sorts. `code` inside [`Detail`] tells programs which one of
/// a sort it was; the message tells a person what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the viewer may not know of it.
    #[error("{0}")]
    NotFound(Box<Detail>),
    /// The request cannot be understood or breaks a rule. Codes `malformed` and `cursor` mean
    /// that it could not even be read.
    #[error("{0}")]
    Invalid(Box<Detail>),
    /// The request is fine but the state is not: another version, a live dependant, a taken name.
    #[error("{0}")]
    Conflict(Box<Detail>),
    /// Nobody is signed in, or the sign-in failed.
    #[error("{0}")]
    Unauthorized(Box<Detail>),
    /// Signed in, and still not allowed.
    #[error("{0}")]
    Forbidden(Box<Detail>),
    /// Too many requests; try again after so many seconds.
    #[error("{0}")]
    TooMany(Box<Detail>, u32),
    /// The server cannot do it just now: a full queue, a deadline, a disk without room.
    #[error("{0}")]
    Busy(Box<Detail>),
    /// The request is larger than the stated limit.
    #[error("{0}")]
    TooLarge(Box<Detail>),
    /// A fault of ours. The source is logged; the person sees a request id only.
    #[error("internal error: {0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// The telling part of an error.
#[derive(Debug, Default)]
pub struct Detail {
    /// A stable word for programs, such as `version_mismatch`.
    pub code: &'static str,
    /// A sentence for people: what happened and what to do.
    pub message: Cow<'static, str>,
    /// What is wrong with which part of the body.
    pub fields: Vec<FieldError>,
    /// Further members of the answer, such as the current record of a 412, as JSON.
    pub extra: Option<serde_json::Map<String, serde_json::Value>>,
}

/// One complaint about one place of a request.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FieldError {
    /// RFC 6901 pointer into the body, or `?name` for a query parameter.
    pub pointer: String,
    pub code: &'static str,
    pub message: String,
}

impl FieldError {
    /// A complaint about the top-level member `field`.
    pub fn at(field: &str, code: &'static str, message: impl Into<String>) -> Self {
        let escaped = field.replace('~', "~0").replace('/', "~1").replace('.', "/");
        Self { pointer: format!("/{escaped}"), code, message: message.into() }
    }

    /// A complaint about the query parameter `name`.
    pub fn query(name: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self { pointer: format!("?{name}"), code, message: message.into() }
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for field in &self.fields {
            write!(f, " {}: {}", field.pointer, field.message)?;
        }
        Ok(())
    }
}

fn detail(code: &'static str, message: impl Into<Cow<'static, str>>) -> Box<Detail> {
    Box::new(Detail { code, message: message.into(), ..Detail::default() })
}

impl Error {
    pub fn not_found() -> Self {
        Self::NotFound(detail("not_found", "There is no such record, or you may not see it."))
    }
    pub fn invalid(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Invalid(detail(code, message))
    }
    /// The request could not be read at all.
    pub fn malformed(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Invalid(detail("malformed", message))
    }
    /// The request was read and breaks rules; one entry per rule.
    pub fn fields(fields: Vec<FieldError>) -> Self {
        let message = match fields.len() {
            1 => "One thing needs correcting.".into(),
            n => format!("{n} things need correcting.").into(),
        };
        Self::Invalid(Box::new(Detail { code: "invalid", message, fields, extra: None }))
    }
    pub fn field(field: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::fields(vec![FieldError::at(field, code, message)])
    }
    pub fn query(name: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::fields(vec![FieldError::query(name, code, message)])
    }
    pub fn conflict(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Conflict(detail(code, message))
    }
    pub fn unauthorized(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Unauthorized(detail(code, message))
    }
    pub fn forbidden(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Forbidden(detail("forbidden", message))
    }
    pub fn busy(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Busy(detail(code, message))
    }
    pub fn too_large(message: impl Into<Cow<'static, str>>) -> Self {
        Self::TooLarge(detail("too_large", message))
    }
    pub fn too_many(retry_after_s: u32, message: impl Into<Cow<'static, str>>) -> Self {
        Self::TooMany(detail("too_many", message), retry_after_s)
    }
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// A file or folder that the system does not let us use.
    pub fn file(path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                Self::conflict("not_writable", format!("{path} cannot be written: {error}."))
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                let message = format!("{path}: nothing more can be written ({error}). Free some space and try again.");
                Self::busy("disk_full", message)
            }
            _ => Self::internal(format!("{path}: {error}")),
        }
    }

    /// The stable word for programs.
    pub fn code(&self) -> &'static str {
        self.detail().map_or("internal", |d| d.code)
    }

    pub fn detail(&self) -> Option<&Detail> {
        match self {
            Self::NotFound(d)
            | Self::Invalid(d)
            | Self::Conflict(d)
            | Self::Unauthorized(d)
            | Self::Forbidden(d)
            | Self::TooMany(d, _)
            | Self::Busy(d)
            | Self::TooLarge(d) => Some(d),
            Self::Internal(_) => None,
        }
    }

    /// Adds a member to the answer, such as `current` with the record as it stands.
    pub fn with(mut self, name: &str, value: serde_json::Value) -> Self {
        match &mut self {
            Self::NotFound(d)
            | Self::Invalid(d)
            | Self::Conflict(d)
            | Self::Unauthorized(d)
            | Self::Forbidden(d)
            | Self::TooMany(d, _)
            | Self::Busy(d)
            | Self::TooLarge(d) => {
                d.extra.get_or_insert_default().insert(name.to_owned(), value);
            }
            Self::Internal(_) => {}
        }
        self
    }
}
