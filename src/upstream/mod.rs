//! The portal: figures of workspaces at an upstream mail-campaign service.
//!
//! ```text
//!   who looks ─▶ dashboard (a pure read of what is kept)          never waits for the upstream
//!       └─ too old? ─▶ loader ─▶ gate ─▶ client ─▶ upstream       at most so many at once
//!                         └─▶ payload (checked) ─▶ store          one change for each piece
//! ```
//!
//! A *piece* is what one question gave for one workspace. It is kept in the database, so a dashboard
//! shows at once, has the rights of every other read, dies in the cache when a piece changes, and
//! survives a restart. Whoever looks at one that is too old wakes the [`Loader`] and is not kept
//! waiting.

mod address;
mod alerts;
mod breaker;
mod client;
mod commit;
mod dashboard;
mod errand;
mod fault;
mod feed;
mod health;
mod loader;
mod payload;
mod piece;
mod plan;
mod retry;
mod review;
mod rights;
mod road;
mod settings;
mod sources;
mod store;
mod warn;
mod watch;

pub use alerts::{Alert, Look, look};
pub use errand::{SEALED, Tested};
pub use health::health;
pub use loader::{Load, Loader, Loading};
pub use piece::Dashboard;
pub use plan::{Plan, is_watched};
pub use review::review;
pub use rights::{allowed, check, check_any};
pub use settings::Settings;
pub use sources::{
    SourceChange, bindings, find as find_source, list as sources, plan_binding, plan_source, plan_source_change,
    plan_source_removal, plan_source_tested,
};
pub use store::{outdated, show, without_token};
