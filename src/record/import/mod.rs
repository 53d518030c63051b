//! Import: a CSV or XLSX file becomes records, and can be taken back as a whole.
//!
//! ```text
//!   upload ─▶ source ─▶ profile ─▶ mapping, settings      a draft: columns, what each would become
//!                │                       │
//!                └─────▶ clerk ◀─────────┘                row by row: values, refs, keys
//!                          │ slice
//!              dry_run ◀───┴───▶ run ─▶ writer            what would happen, or what does
//!                                 │
//!                    rejected ◀───┴──▶ revert             rows that come back, or all of it
//! ```
//!
//! The command line and HTTP share all of it through [`Imports`]. Nothing is ever guessed: what a
//! file does not say clearly is taken the stated way and told, or rejected and told.

mod cells;
mod clerk;
mod dates;
mod describe;
mod dry_run;
mod encoding;
mod fault;
mod keys;
mod mapping;
mod near;
mod numbers;
mod own_fields;
mod profile;
mod refs;
mod rejected;
mod report;
mod revert;
mod run;
mod service;
mod settings;
mod slice;
mod source;
mod store;
mod upload;
mod values;
mod worker;
mod xlsx;

pub use rejected::Piece;
pub use service::{Imports, Unfinished};
pub use upload::MAX_FILE;
