//! The store, tried out on throw-away folders.

mod changes;
mod copies;
mod faults;
mod fixture;
mod folders;
mod measure;
mod reads;
mod search;
