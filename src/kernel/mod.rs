//! Pure words that everything else is said in: no I/O, no database, no HTTP.

mod error;
mod id;
mod text;
mod time;

pub use error::{Detail, Error, FieldError, Result};
pub use id::Id;
pub use text::{fold, kebab, plural, shorten};
pub use time::{Date, Moment};
