//! The queue, its threads, its clock and its first users, over a real database.

mod clock;
mod documents;
mod fixture;
mod orders;
mod queue;
mod reports;
mod telling;
mod threads;
