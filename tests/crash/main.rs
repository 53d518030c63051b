//! What is left when the power goes, the disk fills up or the file is damaged: the real program, in
//! processes that are treated badly.

mod chores;
mod client;
mod damage;
mod exports;
mod full_disk;
mod kill;
mod reports;
#[allow(dead_code, reason = "the tests of the commands use the rest of it")]
#[path = "../commands/shell.rs"]
mod shell;
mod stop;
mod webhooks;
