//! Work that goes on behind the scenes: a queue that survives a kill at any moment, the threads that
//! work it off, and the clock that puts into it what comes round again.
//!
//! ```text
//!   request ─▶ Queue::order ─┐                       ┌─ light   one thread
//!   clock ───▶ schedule ─────┴─▶ chores (the table) ─┴─ heavy   one thread, in turn with the slices of imports
//!   each tells how far it is on the stream with its own id
//! ```
//!
//! A sort of chore is data: see [`ChoreKind`]. Who is told of its end, `telling` says.

mod bell;
mod clock;
mod documents;
mod due;
mod export;
mod household;
mod kind;
mod kinds;
mod orders;
mod portal;
mod queue;
mod repeat;
mod report;
mod rhythm;
mod rights;
mod schedule;
mod series;
mod state;
mod task;
mod telling;
mod upkeep;
mod warm;
mod workers;

#[cfg(test)]
mod tests;

pub use bell::Bell;
pub use clock::Clock;
pub use documents::Document;
pub use export::{EXPORT, ExportOrder};
pub use household::Household;
pub use kind::{ChoreKind, Lane};
pub use kinds::{KINDS, Kinds};
pub use portal::watch as watch_portal;
pub use queue::{CHORES, Order, Queue};
pub use report::{KEPT, REPORT, ReportOrder};
pub use rhythm::Rhythm;
pub use rights::{check_chore, check_stream, only_managers, sees_all};
pub use schedule::{Line, by_clock, by_hand};
pub use state::{Chore, Depth, State};
pub use task::Task;
pub use warm::Warmer;
pub use workers::Workers;
