//! The server as a client sees it: each test starts the real one on a port and a folder of its own.

mod admin;
mod batch;
mod bodies;
mod conditions;
mod description;
mod files;
mod health;
mod imports;
mod origins;
mod pages;
mod process;
mod records;
mod rights;
mod routing;
mod server;
mod sign_in;
mod web_app;
