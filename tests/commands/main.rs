//! The command line as a person uses it: the real file, in folders of its own.

mod backups;
mod demo;
mod demo_upstream;
mod doctor;
mod imports;
mod shell;
mod tenants;
