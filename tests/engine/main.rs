//! The engine without a server: lists, writes and rights over a scratch database.

mod cancelled;
mod desk;
mod imports;
mod lists;
mod real_files;
mod reports;
mod rights;
mod search;
mod statistics;
mod triggers;
mod writes;
