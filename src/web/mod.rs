//! The edge: HTTP by actix, and nothing of it anywhere else.
//!
//! A request comes in at `server`, is read and checked in `entry`, finds its route in the one
//! list of `routes`, becomes a `Call`, and leaves as an `Answer`.

mod admin;
mod answer;
mod app;
mod assets;
mod batch;
mod body;
mod bulk;
mod call;
mod chores;
mod cookie;
mod dashboard;
mod deliver;
mod entry;
mod export;
mod exports;
mod files;
mod form;
mod gather;
mod headers;
mod health;
mod imports;
mod kept;
mod limits;
mod links;
mod live;
mod loads;
mod monitoring;
mod notifications;
mod openapi;
mod origin;
mod pages;
mod parts;
mod people;
mod portal;
mod portal_sources;
mod problem;
mod query;
mod range;
mod reaper;
mod recents;
mod recipes;
mod records;
mod reference;
mod repeat;
mod report_runs;
mod reports;
mod route;
mod routes;
mod runs;
mod schema;
mod server;
mod session;
mod sockets;
pub mod stand_in;
mod statistics;
mod streams;
mod table;
mod tls;
mod warm_start;
mod webhooks;
mod who;

/// What the log leaves out unless it is asked for: which workers actix starts.
pub const QUIET: &str = "actix_server=warn";

pub use app::{App, backup_folder, sealed_places};
pub use openapi::document as describe;
pub use server::{run, run_deaf};
