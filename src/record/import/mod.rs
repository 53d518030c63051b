//! Import.
mod dates;
mod encoding;
mod near;
mod numbers;
mod source;
mod upload;
mod xlsx;
