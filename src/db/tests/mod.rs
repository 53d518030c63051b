//! The store, tried out on throw-away folders.

mod changes;
mod fixture;
mod reads;
