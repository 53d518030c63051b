//! The engine without a server: lists, writes and rights over a scratch database.

mod desk;
mod lists;
mod search;
mod writes;
