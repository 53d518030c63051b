//! The edge: HTTP by actix, and nothing of it anywhere else.
//!
//! A request comes in at [`server`], is read and checked in [`entry`], finds its route in the one
//! list of [`routes`], becomes a [`call::Call`], and leaves as an [`answer::Answer`].

mod answer;
mod app;
mod batch;
mod body;
mod call;
mod cookie;
mod deliver;
mod entry;
mod form;
mod gather;
mod headers;
mod health;
mod origin;
mod problem;
mod query;
mod reaper;
mod records;
mod repeat;
mod route;
mod routes;
mod server;
mod table;
mod tls;
mod who;

pub use app::App;
pub use server::{Running, start};
