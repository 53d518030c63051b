//! The run file: where the server of a folder listens, and the token that lets commands beside it in.
//!
//! It is readable by its owner alone; whoever can read it can read the database too.

use std::fs::OpenOptions;
use std::io::Write;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::kernel::{Error, Result};

/// The file while the server runs; dropping it removes it.
pub struct RunFile(PathBuf);

impl RunFile {
    pub fn write(data: &Path, address: SocketAddr, https: bool, token: &str) -> Result<Self> {
        let path = data.join("larder.run");
        // A file of other permissions, left by somebody else, must not be written into.
        let _ = std::fs::remove_file(&path);
        let text = json!({"url": url(address, https), "token": token, "pid": std::process::id()});
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        // From here on half a file is removed again.
        let run_file = Self(path);
        file.and_then(|mut file| writeln!(file, "{text}")).map_err(|error| Error::file(&run_file.0, &error))?;
        Ok(run_file)
    }
}

impl Drop for RunFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The address as one may open it: a server that listens everywhere is reached on this machine.
pub fn url(address: SocketAddr, https: bool) -> String {
    let scheme = if https { "https" } else { "http" };
    let mut address = address;
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() { [127, 0, 0, 1].into() } else { std::net::Ipv6Addr::LOCALHOST.into() });
    }
    format!("{scheme}://{address}")
}
