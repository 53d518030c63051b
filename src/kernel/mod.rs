//! Pure words that everything else is said in: no I/O, no database, no HTTP.

mod error;
mod id;
mod period;
mod steady;
mod text;
mod time;

pub use error::{Detail, Error, FieldError, Result};
pub use id::Id;
pub use period::{Period, clock_changes, relative_day};
pub use steady::Steady;
pub use text::{encode, fold, kebab, plural, shorten, spelled};
pub use time::{Date, Moment, zones};
