//! The demo's mail-campaign service: this program once more, as a child that serves made-up figures
//! and leaves when its parent does.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use crate::kernel::{Error, Result};

/// The child; dropped, it ends.
pub struct DemoService {
    pub address: SocketAddr,
    child: Child,
}

/// A little, so that the portal is seen to load as it would from afar.
const LATENCY_MS: &str = "120";

impl DemoService {
    /// Starts it on a free port, and waits until it says where it is.
    ///
    /// # Errors
    /// Internal when it cannot be started or says something else.
    pub fn start() -> Result<Self> {
        let program = std::env::current_exe().map_err(Error::internal)?;
        let mut child = Command::new(program)
            .args(["demo-upstream", "--with-parent", "--latency-ms", LATENCY_MS])
            // Closed when this process ends, in whichever way: that is how the child hears of it.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(Error::internal)?;
        let mut line = String::new();
        let read = child.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
        let address = line.trim().rsplit("http://").next().and_then(|address| address.parse().ok());
        match (read, address) {
            (Some(Ok(_)), Some(address)) => Ok(Self { address, child }),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                Err(Error::internal(format!("the service said {line:?}")))
            }
        }
    }
}

impl Drop for DemoService {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It may be in the middle of an answer that takes as long as it was told to.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
