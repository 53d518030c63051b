//! The server as a client sees it: each test starts the real one on a port and a folder of its own.

mod admin;
mod batch;
mod bodies;
mod conditions;
mod description;
mod files;
mod health;
mod hostile;
mod hostile_files;
mod hostile_queries;
mod imports;
mod loads;
mod origins;
mod pages;
mod process;
mod recents;
mod records;
mod repeats;
mod rights;
mod routing;
mod server;
mod sign_in;
mod summary;
mod views;
mod web_app;
mod wire;
