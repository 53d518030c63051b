//! Parses the command line, runs one command, maps errors to exit codes.
#![deny(unsafe_code)]

use std::process::ExitCode;

/// One allocator for all, SQLite and the image codecs included: what is measured is what is used.
#[global_allocator]
static ALLOCATOR: jemallocator::Jemalloc = jemallocator::Jemalloc;

const MALLOC_CONF: &std::ffi::CStr = c"narenas:1,background_thread:true,dirty_decay_ms:1000,muzzy_decay_ms:0";

/// How jemalloc is to behave on a small host: it reads this symbol before `main` begins.
#[allow(unsafe_code, reason = "exporting a symbol is the only way to set jemalloc up before it starts")]
#[unsafe(export_name = "malloc_conf")]
pub static SETTINGS_OF_JEMALLOC: &u8 = &MALLOC_CONF.to_bytes_with_nul()[0];

fn main() -> ExitCode {
    larder::cli::main()
}
