//! Calls that go out to other servers. They all pass one gate: an address that somebody typed in must not
//! lead into the network that this server stands in.

mod gate;
mod retry_after;

use std::time::Duration;

use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;

pub use gate::{Barred, Gate, is_public};
pub use retry_after::retry_after;

/// What calls are made with that go through a gate: nothing is followed anywhere else, and whoever does
/// not answer in time is hung up on.
pub fn agent(gate: Gate, timeout: Duration, idle: usize) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        // A redirect would lead past the address that somebody typed in, secrets and all.
        .max_redirects(0)
        .max_redirects_will_error(false)
        // A proxy would make the connection for us, and the gate would see the proxy's address alone.
        .proxy(None)
        .timeout_global(Some(timeout))
        .max_idle_connections_per_host(idle)
        .user_agent(concat!("Larder/", env!("CARGO_PKG_VERSION")))
        .build();
    Agent::with_parts(config, DefaultConnector::default(), gate)
}
