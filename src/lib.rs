//! Larder: a CRM and field-service desk in one process over one SQLite file.
//!
//! # The architecture on one page
//!
//! **A record kind is data.** Companies, sites, work orders and the rest are declared in [`kinds`],
//! one file each, in the words of [`kind`]. One engine, [`record`], serves them all: list, get,
//! write, search, import, export, history, merge. A new kind is one file and one migration.
//!
//! **A write is a value.** A [`db::Change`] is an ordered list of SQL statements with parameters,
//! plus what it touches. Rules are checked before, on a reader; whatever must hold at commit is
//! guarded in SQL (`INSERT INTO guard …` raises), so a change can be applied by anyone: today by
//! the one writer thread, which commits waiting changes in groups, each in its own savepoint.
//! Nothing is acknowledged before its commit is on disk.
//!
//! **A read is bytes.** A response body is built once, from rows straight to JSON, and kept by
//! [`cache`] with a stamp: the tables that it was read from, and the moment before the read. A commit
//! moves the clock of every table that it wrote to before anybody hears of it, so an answer that a
//! change has outdated is never shown, and nothing has to be searched for and thrown away.
//!
//! **Async and HTTP stay at the edge.** Only [`web`] knows actix. Inside is synchronous Rust:
//! functions over a connection, testable without a server.
//!
//! **Every resource is bounded and visible.** Each queue, body and buffer has a limit, with its
//! default beside it in [`config`], and a defined answer when it is full.
//!
//! ```text
//!   HTTP ──▶ web ──▶ auth (who) ──▶ record (what, over any kind) ──▶ db
//!                                     ▲        ▲                      ├─ writer   1 connection
//!                                   kind ◀── kinds                    └─ readers  2 connections
//! ```
//!
//! # Modules, in rank order
//!
//! A module may use what stands above it in this list, never what stands below;
//! `tests/tidy.rs` reads the tree and holds it to that.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`kernel`] | words that everything is said in: ids, moments, money, errors |
//! | [`config`] | every setting, once |
//! | [`outbound`] | the one gate through which calls to other servers go |
//! | [`db`] | the one owner of the database file: writer, readers, migrations, backups |
//! | [`cache`] | answers kept in memory: three tiers, stamped with what they were read from; memory pressure |
//! | [`limit`] | budgets of requests, penalties, and the brake on guessing passwords |
//! | [`stream`] | what long work tells of itself, kept and replayed; who listens to it |
//! | [`monitor`] | how the server is: what it counts, what alarms it, one score |
//! | [`kind`] | what a kind of record may declare, and who may do what with it |
//! | [`kinds`] | the business: one file for each kind |
//! | [`record`] | the engine over any kind; `record::import` reads files |
//! | [`auth`] | people, passwords, sessions, roles, one-time links |
//! | [`live`] | edit locks, presence, and the hub that feeds the sockets |
//! | [`report`] | reports: questions about the business, each answered in one document |
//! | [`upstream`] | the portal: what an upstream service says, loaded politely, checked and kept |
//! | [`notify`] | what people are told about, in the app and by e-mail, and other programs by webhook |
//! | [`demo`] | a made-up business, the same on every run; `demo::upstream` is its mail campaigns |
//! | [`chore`] | what is done behind the scenes: a queue that survives a kill, and what comes by the clock |
//! | [`web`] | HTTP: one table of routes, one handler file for each area |
//! | [`cli`] | the command line: one file for each command |
//!
//! # The life of a request
//!
//! A request finds its route in `web::routes`, its session in [`auth`] (from memory), and there its
//! [`kind::Access`]: the role compiled for this person. Then [`limit`] counts it. A read whose answer
//! [`cache`] holds ends there; another goes as a function to a reader thread, sees the data through a
//! [`record::View`] and comes back as bytes. A write is planned the same way on a reader, goes to the
//! writer as a [`db::Change`], and is answered once its group is on disk. [`monitor`] hears how long
//! each of them took.
#![forbid(unsafe_code)]

pub mod auth;
pub mod cache;
pub mod chore;
pub mod cli;
pub mod config;
pub mod db;
pub mod demo;
pub mod file;
pub mod kernel;
pub mod kind;
pub mod kinds;
pub mod limit;
pub mod live;
pub mod monitor;
pub mod notify;
pub mod outbound;
pub mod page;
pub mod record;
pub mod report;
pub mod stream;
pub mod upstream;
pub mod web;
