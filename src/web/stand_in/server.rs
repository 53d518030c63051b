//! Listens on loopback and nowhere else.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use actix_web::{App, HttpRequest, HttpServer, rt, web};

use crate::kernel::{Error, Result};

use super::StandIn;
use super::handle::handle;

/// More than any window of calls; the demo's machine has other work.
const CONNECTIONS: usize = 256;
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// A call that hangs on purpose must not hold up the end.
const GRACE_S: u64 = 1;

/// Answers until `told` or a signal says stop. `listening` is called once the address is bound.
///
/// # Errors
/// Invalid for an address that is not of this machine alone, or that is taken.
pub fn run(
    stand_in: StandIn,
    listen: SocketAddr,
    listening: impl FnOnce(SocketAddr) -> Result<()>,
    told: impl Future<Output = ()> + 'static,
) -> Result<()> {
    if !listen.ip().is_loopback() {
        return Err(Error::invalid(
            "listen",
            format!(
                "{listen} can be reached from outside. Made-up figures are served on this machine alone: \
                     name an address such as 127.0.0.1:0."
            ),
        ));
    }
    let stand_in = Arc::new(stand_in);
    rt::System::new().block_on(async {
        let server = HttpServer::new(move || {
            let stand_in = Arc::clone(&stand_in);
            App::new().default_service(web::to(move |request: HttpRequest, body: Bytes| {
                handle(Arc::clone(&stand_in), request, body)
            }))
        })
        .workers(1)
        .worker_max_blocking_threads(1)
        .max_connections(CONNECTIONS)
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(GRACE_S)
        // A caller that gave up is noticed, and its call counted as ended.
        .h1_allow_half_closed(false)
        .bind(listen)
        .map_err(|e| Error::invalid("listen", format!("{listen} cannot be listened on: {e}.")))?;
        let address = server.addrs().first().copied().unwrap_or(listen);
        let server = server.run();
        listening(address)?;
        let handle = server.handle();
        rt::spawn(async move {
            told.await;
            handle.stop(false).await;
        });
        server.await.map_err(Error::internal)
    })
}
